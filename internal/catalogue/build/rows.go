package build

import (
	"cmp"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"hash"
	"io"
	"maps"
	"slices"
	"strings"

	"houdbaar/internal/catalogue"
	"houdbaar/internal/lifecycle"
)

// rows writes the rows of every table. The order in which they are written, and so
// their ids, hangs on nothing but what they say.
//
// The version that it returns and writes is the newest day a source was read and, to tell
// it from another one of that day, a digest of all that is written.
func rows(tx *sql.Tx, s *Sources) (version string, err error) {
	products, facts, withdrawn := gather(s)
	shareAliases(products)
	w := writer{tx: tx, sources: map[from]int{}, wrote: sha256.New()}
	io.WriteString(w.wrote, catalogue.Schema)
	w.addSources(s, facts, withdrawn)
	w.addProducts(s, products, facts, w.addModels(products))
	w.addWithdrawn(withdrawn)
	add := w.into("meta", 2)
	add("date", newest(s))
	add("products", fmt.Sprint(len(products)))
	version = fmt.Sprintf("%s-%x", newest(s), w.wrote.Sum(nil)[:4])
	add("version", version)
	return version, errors.Join(w.errs...)
}

// shareAliases gives every revision of a model the other names of the model, though only
// some of them had it: by that name too, the device can be each of them. A name that ends
// in the revision is that one's alone.
func shareAliases(products []Product) {
	shared := map[model][]string{}
	for _, p := range products {
		m := model{p.Vendor, p.Model}
		for _, a := range p.Aliases {
			if !endsIn(a, p.Revision) && !endsIn(a, lifecycle.RevisionKey(p.Revision)) {
				shared[m] = append(shared[m], a)
			}
		}
	}
	for i, p := range products {
		all := slices.Clone(p.Aliases)
		for _, a := range shared[model{p.Vendor, p.Model}] {
			all = also(all, a)
		}
		products[i].Aliases = all
	}
}

// endsIn reports whether a name ends in a revision: "X20-100PES" in 100PES, but no "WA3001" in 1.
func endsIn(name, revision string) bool {
	before, found := strings.CutSuffix(strings.ToLower(strings.TrimSuffix(name, ")")), strings.ToLower(revision))
	joined := before != "" && strings.Trim(before[len(before)-1:]+revision[:min(1, len(revision))], "0123456789") == ""
	return found && revision != "" && !joined
}

// A writer fills tables and keeps the first things that went wrong.
type writer struct {
	tx      *sql.Tx
	sources map[from]int // the ids of the sources written
	wrote   hash.Hash    // of all that was written
	errs    []error
}

// from is where a fact was read: a source of a publisher.
type from struct{ folder, key string }

// model is what products are revisions of.
type model struct{ vendor, name string }

// into returns what writes rows of one table, with one prepared statement.
func (w *writer) into(table string, columns int) func(values ...any) {
	stmt, err := w.tx.Prepare("INSERT INTO " + table + " VALUES (?" + strings.Repeat(", ?", columns-1) + ")")
	if err != nil {
		w.errs = append(w.errs, err)
		return func(...any) {}
	}
	return func(values ...any) {
		fmt.Fprintf(w.wrote, "%s %#v\n", table, values)
		if _, err := stmt.Exec(values...); err != nil && len(w.errs) < 5 {
			w.errs = append(w.errs, fmt.Errorf("%s %v: %w", table, values[:min(3, len(values))], err))
		}
	}
}

// addSources writes the sources that something rests on, in the order of folder and
// key, and the credit lines they ask for.
func (w *writer) addSources(s *Sources, facts map[string][]placed, withdrawn []placed) {
	used := map[from]bool{}
	for _, of := range facts {
		for _, f := range of {
			used[f.from()] = true
		}
	}
	for _, f := range withdrawn {
		used[f.from()] = true
	}
	credits, credit := map[string]bool{}, map[string]string{}
	for _, c := range s.Copies {
		credit[c.Name] = c.Credit
	}
	add := w.into("source", 8)
	for _, p := range slices.SortedFunc(slices.Values(s.Publishers), func(a, b Publisher) int { return cmp.Compare(a.Folder, b.Folder) }) {
		for _, src := range slices.SortedFunc(slices.Values(p.Sources), func(a, b Source) int { return cmp.Compare(a.Key, b.Key) }) {
			at := from{p.Folder, src.Key}
			if !used[at] {
				continue
			}
			w.sources[at] = len(w.sources) + 1
			add(w.sources[at], cmp.Or(src.Publisher, p.Name), src.Title, src.URL, src.Read, cmp.Or(src.Trust, p.Trust), src.Via, src.ViaURL)
			credits[p.Credit], credits[credit[src.Via]] = true, true
		}
	}
	delete(credits, "")
	add = w.into("credit", 2)
	for i, line := range slices.Sorted(maps.Keys(credits)) {
		add(i+1, line)
	}
}

// addModels writes the models, the shortest first, and by which three letters a search
// finds them. It returns their ids.
func (w *writer) addModels(products []Product) map[model]int {
	spellings := map[model]map[string]bool{}
	for _, p := range products {
		m := model{p.Vendor, p.Model}
		if spellings[m] == nil {
			spellings[m] = map[string]bool{}
		}
		for _, a := range p.Aliases {
			spellings[m][a] = true
		}
		if p.Provider != "" && p.Provider != p.Vendor {
			spellings[m][p.Provider+" "+p.Model] = true
			for _, a := range p.Aliases {
				spellings[m][p.Provider+" "+a] = true
			}
		}
	}
	models := slices.SortedFunc(maps.Keys(spellings), func(a, b model) int {
		return cmp.Or(cmp.Compare(len(a.vendor)+len(a.name), len(b.vendor)+len(b.name)), cmp.Compare(a.vendor, b.vendor), cmp.Compare(a.name, b.name))
	})
	ids, grams := map[model]int{}, map[string][]int{}
	add := w.into("model", 4)
	for i, m := range models {
		ids[m] = i + 1
		words := catalogue.Words(m.vendor, m.name, slices.Sorted(maps.Keys(spellings[m])))
		add(i+1, m.vendor, m.name, strings.Join(words, "\n"))
		for _, g := range catalogue.Grams(words) {
			grams[g] = append(grams[g], i+1)
		}
	}
	add = w.into("gram", 2)
	for _, g := range slices.Sorted(maps.Keys(grams)) {
		add(g, catalogue.AppendModels(nil, grams[g]))
	}
	return ids
}

// addProducts writes the products, by which keys an identity meets them, and their facts.
func (w *writer) addProducts(s *Sources, products []Product, facts map[string][]placed, models map[model]int) {
	page := map[string]string{}
	for _, v := range s.Vendors {
		page[v.Name] = v.Page
	}
	type name struct {
		vendor, key string
		product     int
	}
	var names []name
	addProduct, addFact := w.into("product", 8), w.into("fact", 9)
	for i, p := range products {
		id := i + 1
		its := cmp.Or(p.Page, page[p.Provider], page[p.Vendor]) // a provider's box has the provider's answer
		addProduct(id, p.ID(), models[model{p.Vendor, p.Model}], p.Revision, p.Kind, p.Provider, its, strings.Join(p.Aliases, "\n"))
		lp := lifecycle.Product{Vendor: p.Vendor, Model: p.Model, Revision: p.Revision, Provider: p.Provider, Aliases: p.Aliases}
		for _, v := range lifecycle.ProductVendorKeys(lp) {
			for _, k := range lifecycle.ProductKeys(lp) {
				names = append(names, name{v, k, id})
			}
		}
		for n, f := range facts[p.key()] {
			addFact(id, n+1, f.Says, f.Date, f.Version, f.Region, f.Campaign, f.Detail, w.sources[f.from()])
		}
	}
	slices.SortFunc(names, func(a, b name) int {
		return cmp.Or(cmp.Compare(a.vendor, b.vendor), cmp.Compare(a.key, b.key), cmp.Compare(a.product, b.product))
	})
	addName := w.into("name", 3)
	for _, n := range names {
		addName(n.vendor, n.key, n.product)
	}
}

func (w *writer) addWithdrawn(withdrawn []placed) {
	add := w.into("withdrawn", 13)
	for i, f := range withdrawn {
		p := Product{Vendor: f.Vendor, Model: f.Model, Revision: f.Revision}
		add(i+1, p.ID(), f.Vendor, f.Model, f.Revision, f.Says, f.Date, f.Version, f.Region, f.Campaign, f.Detail, f.Note, w.sources[f.from()])
	}
}

// placed is a fact and the folder it comes from.
type placed struct {
	Fact
	folder string
}

// from is where it was read.
func (p placed) from() from { return from{p.folder, p.Source} }

// gather returns the products in the order of their IDs, the facts of each by its key,
// in their order, and what was withdrawn.
func gather(s *Sources) (products []Product, facts map[string][]placed, withdrawn []placed) {
	products = slices.SortedFunc(slices.Values(s.Products), func(a, b Product) int { return cmp.Compare(a.ID(), b.ID()) })
	facts = map[string][]placed{}
	known := map[string]bool{}
	for _, p := range products {
		known[p.key()] = true
	}
	for _, p := range s.Publishers {
		for _, f := range p.Facts {
			switch k := f.key(); {
			case f.Withdrawn:
				withdrawn = append(withdrawn, placed{f, p.Folder})
			case known[k]:
				facts[k] = append(facts[k], placed{f, p.Folder})
			}
		}
	}
	for _, list := range facts {
		inOrder(list)
	}
	inOrder(withdrawn)
	slices.SortStableFunc(withdrawn, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.Vendor, b.Vendor), cmp.Compare(a.Model, b.Model), cmp.Compare(a.Revision, b.Revision))
	})
	return products, facts, withdrawn
}

// rank is the place of a fact's statement among those of a product.
func rank(f Fact) int { return slices.Index(lifecycle.Statements, lifecycle.Statement(f.Says)) }

// inOrder sorts the facts of a product.
func inOrder(list []placed) {
	slices.SortStableFunc(list, func(a, b placed) int {
		return cmp.Or(cmp.Compare(rank(a.Fact), rank(b.Fact)), cmp.Compare(a.folder, b.folder), cmp.Compare(a.Date, b.Date),
			cmp.Compare(a.Version, b.Version), cmp.Compare(a.Region, b.Region), cmp.Compare(a.Campaign, b.Campaign),
			cmp.Compare(a.Source, b.Source), cmp.Compare(a.Detail, b.Detail))
	})
}
