package build

import (
	"cmp"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"houdbaar/internal/catalogue"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/sqlite"
)

// Write makes the catalogue file at path from s. It writes beside path and renames,
// so that path is always a whole catalogue or the one before. digest tells the
// sources apart (Digest).
func Write(s *Sources, digest, path string) error {
	temp := path + ".new"
	if err := os.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("write catalogue: %w", err)
	}
	defer os.Remove(temp)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("write catalogue: %w", err)
	}
	db, err := sqlite.Create(temp)
	if err != nil {
		return fmt.Errorf("write catalogue: %w", err)
	}
	err = fill(db, s, digest)
	if closeErr := db.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return fmt.Errorf("write catalogue: %w", err)
	}
	version := version(s, digest)
	if err := os.WriteFile(path+catalogue.VersionSuffix, []byte(version+"\n"), 0o644); err != nil {
		return fmt.Errorf("write catalogue: %w", err)
	}
	if err := os.Rename(temp, path); err != nil {
		return fmt.Errorf("write catalogue: %w", err)
	}
	return nil
}

// version names a catalogue: the newest day a source was read, and what tells it from
// another one of that day.
func version(s *Sources, digest string) string { return newest(s) + "-" + digest[:min(8, len(digest))] }

func newest(s *Sources) string {
	day := ""
	for _, p := range s.Publishers {
		for _, src := range p.Sources {
			day = max(day, src.Read)
		}
	}
	return day
}

func fill(db *sql.DB, s *Sources, digest string) error {
	if _, err := db.Exec(fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", catalogue.AppID, catalogue.SchemaVersion)); err != nil {
		return err
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec(catalogue.Schema); err != nil {
		return err
	}
	if err := rows(tx, s, digest); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = db.Exec(`VACUUM`)
	return err
}

// inserter inserts rows of one table with one prepared statement.
func inserter(tx *sql.Tx, table string, columns int) (func(values ...any) error, error) {
	stmt, err := tx.Prepare("INSERT INTO " + table + " VALUES (?" + strings.Repeat(", ?", columns-1) + ")")
	if err != nil {
		return nil, err
	}
	return func(values ...any) error {
		if _, err := stmt.Exec(values...); err != nil {
			return fmt.Errorf("%s %v: %w", table, values[:min(3, len(values))], err)
		}
		return nil
	}, nil
}

func rows(tx *sql.Tx, s *Sources, digest string) error {
	var errs []error
	into := func(table string, columns int) func(values ...any) {
		insert, err := inserter(tx, table, columns)
		if err != nil {
			errs = append(errs, err)
			return func(...any) {}
		}
		return func(values ...any) {
			if err := insert(values...); err != nil && len(errs) < 5 {
				errs = append(errs, err)
			}
		}
	}
	// Sources, in the order of folder and key; only those that something rests on.
	type from struct{ folder, key string }
	used := map[from]bool{}
	products, facts, withdrawn := gather(s)
	for _, of := range facts {
		for _, f := range of {
			used[from{f.folder, f.Source}] = true
		}
	}
	for _, f := range withdrawn {
		used[from{f.folder, f.Source}] = true
	}
	for _, p := range s.Publishers {
		for _, w := range p.Wider {
			used[from{p.Folder, w.Source}] = true
		}
	}
	sourceID := map[from]int{}
	credits := map[string]bool{}
	credit := map[string]string{}
	for _, c := range s.Copies {
		credit[c.Name] = c.Credit
	}
	addSource := into("source", 8)
	publishers := append([]Publisher(nil), s.Publishers...)
	sort.Slice(publishers, func(i, j int) bool { return publishers[i].Folder < publishers[j].Folder })
	for _, p := range publishers {
		list := append([]Source(nil), p.Sources...)
		sort.Slice(list, func(i, j int) bool { return list[i].Key < list[j].Key })
		for _, src := range list {
			at := from{p.Folder, src.Key}
			if !used[at] {
				continue
			}
			id := len(sourceID) + 1
			sourceID[at] = id
			name, trust := src.Publisher, src.Trust
			if name == "" {
				name = p.Name
			}
			if trust == "" {
				trust = p.Trust
			}
			addSource(id, name, src.Title, src.URL, src.Read, trust, src.Via, src.ViaURL)
			credits[p.Credit], credits[credit[src.Via]] = true, true
		}
	}
	delete(credits, "")
	addCredit := into("credit", 2)
	for i, line := range sortedKeys(credits) {
		addCredit(i+1, line)
	}
	page := map[string]string{}
	for _, v := range s.Vendors {
		page[v.Name] = v.Page
	}
	// Models, products and their names.
	type model struct{ vendor, name string }
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
	models := make([]model, 0, len(spellings))
	for m := range spellings {
		models = append(models, m)
	}
	slices.SortFunc(models, func(a, b model) int {
		return cmp.Or(cmp.Compare(len(a.vendor)+len(a.name), len(b.vendor)+len(b.name)), cmp.Compare(a.vendor, b.vendor), cmp.Compare(a.name, b.name))
	})
	addModel := into("model", 4)
	modelID := map[model]int{}
	grams := map[string][]int{}
	for i, m := range models {
		modelID[m] = i + 1
		words := catalogue.Words(m.vendor, m.name, sortedKeys(spellings[m]))
		addModel(i+1, m.vendor, m.name, strings.Join(words, "\n"))
		for _, g := range catalogue.Grams(words) {
			grams[g] = append(grams[g], i+1)
		}
	}
	addGram := into("gram", 2)
	for _, g := range sortedKeys(grams) {
		addGram(g, catalogue.AppendModels(nil, grams[g]))
	}
	addProduct, addName, addFact := into("product", 8), into("name", 3), into("fact", 9)
	count := 0
	type name struct {
		vendor, key string
		product     int
	}
	var names []name
	for i, p := range products {
		id := i + 1
		its := p.Page
		if its == "" && p.Provider != "" {
			its = page[p.Provider] // its box, its answer
		}
		if its == "" {
			its = page[p.Vendor]
		}
		addProduct(id, p.ID(), modelID[model{p.Vendor, p.Model}], p.Revision, p.Kind, p.Provider, its, strings.Join(p.Aliases, "\n"))
		lp := lifecycle.Product{Vendor: p.Vendor, Model: p.Model, Revision: p.Revision, Provider: p.Provider, Aliases: p.Aliases}
		for _, v := range lifecycle.ProductVendorKeys(lp) {
			for _, k := range lifecycle.ProductKeys(lp) {
				names = append(names, name{v, k, id})
			}
		}
		for n, f := range facts[key(p.Vendor, p.Model, p.Revision)] {
			addFact(id, n+1, f.Says, f.Date, f.Version, f.Region, f.Campaign, f.Detail, sourceID[from{f.folder, f.Source}])
			count++
		}
	}
	sort.Slice(names, func(i, j int) bool {
		a, b := names[i], names[j]
		if a.vendor != b.vendor {
			return a.vendor < b.vendor
		}
		if a.key != b.key {
			return a.key < b.key
		}
		return a.product < b.product
	})
	for _, n := range names {
		addName(n.vendor, n.key, n.product)
	}
	addWithdrawn := into("withdrawn", 13)
	for i, f := range withdrawn {
		p := Product{Vendor: f.Vendor, Model: f.Model, Revision: f.Revision}
		addWithdrawn(i+1, p.ID(), f.Vendor, f.Model, f.Revision, f.Says, f.Date, f.Version, f.Region, f.Campaign, f.Detail, f.Note, sourceID[from{f.folder, f.Source}])
	}
	addWider := into("wider", 7)
	n := 0
	for _, p := range publishers {
		for _, w := range p.Wider {
			n++
			addWider(n, w.Vendor, w.Scope, w.Says, w.Date, w.Detail, sourceID[from{p.Folder, w.Source}])
		}
	}
	addCampaign := into("campaign", 4)
	campaigns := append([]Campaign(nil), s.Campaigns...)
	sort.Slice(campaigns, func(i, j int) bool { return campaigns[i].ID < campaigns[j].ID })
	for _, c := range campaigns {
		addCampaign(c.ID, c.Name, c.Authority, c.Year)
	}
	addMeta := into("meta", 2)
	addMeta("date", newest(s))
	addMeta("digest", digest)
	addMeta("facts", fmt.Sprint(count))
	addMeta("products", fmt.Sprint(len(products)))
	addMeta("version", version(s, digest))
	return errors.Join(errs...)
}

// placed is a fact and the folder it comes from.
type placed struct {
	Fact
	folder string
}

// gather returns the products in the order of their IDs, the facts of each by its key,
// in their order, and what was withdrawn.
func gather(s *Sources) (products []Product, facts map[string][]placed, withdrawn []placed) {
	products = slices.Clone(s.Products)
	sort.Slice(products, func(i, j int) bool { return products[i].ID() < products[j].ID() })
	facts = map[string][]placed{}
	known := map[string]bool{}
	for _, p := range products {
		known[key(p.Vendor, p.Model, p.Revision)] = true
	}
	for _, p := range s.Publishers {
		for _, f := range p.Facts {
			switch k := key(f.Vendor, f.Model, f.Revision); {
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

// Digest tells the contents of a folder of sources apart from any other.
func Digest(fsys fs.FS) (string, error) {
	h := sha256.New()
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		switch filepath.Ext(name) {
		case ".csv", ".json":
		default:
			return nil
		}
		body, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(body)
		fmt.Fprintf(h, "%s %x\n", name, sum)
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("read sources: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
