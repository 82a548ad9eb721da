package build

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
)

// An Import is what a file of another format says, in our words, before anybody has
// looked at it.
type Import struct {
	Publisher Publisher // its Sources and Facts, and what publisher.json would say
	Copies    []Copy
	Campaigns []Campaign
	Products  []Product         // what the file says of products: kind, other names
	Covers    func(string) bool // the keys of sources that the file is all of, for what is gone; nil = none
	Skipped   []string          // what was not taken over, and why
}

// skip notes something that was not taken over.
func (in *Import) skip(format string, args ...any) {
	in.Skipped = append(in.Skipped, fmt.Sprintf(format, args...))
}

// source adds a source once and returns its key.
func (in *Import) source(s Source) string {
	for _, have := range in.Publisher.Sources {
		if have.Key == s.Key {
			return s.Key
		}
	}
	in.Publisher.Sources = append(in.Publisher.Sources, s)
	return s.Key
}

// A Merge is what an import would change.
type Merge struct {
	New, Changed, Gone []string // one line a fact
	Products           []string // products that are not listed yet
	Skipped            []string
}

// Apply merges an import into s and says what that changes. Facts about products that
// are not listed are taken over only if addProducts is set, which lists them. What is gone from
// the file stays: a person decides whether it is withdrawn.
func (s *Sources) Apply(in Import, addProducts bool) Merge {
	m := Merge{Skipped: slices.Clone(in.Skipped)}
	at := slices.IndexFunc(s.Publishers, func(p Publisher) bool { return p.Folder == in.Publisher.Folder })
	if at < 0 {
		p := in.Publisher
		p.Sources, p.Facts = nil, nil
		s.Publishers = append(s.Publishers, p)
		at = len(s.Publishers) - 1
	}
	pub := &s.Publishers[at]
	for _, c := range in.Copies {
		if !slices.ContainsFunc(s.Copies, func(h Copy) bool { return h.Name == c.Name }) {
			s.Copies = append(s.Copies, c)
		}
	}
	for _, c := range in.Campaigns {
		if !slices.ContainsFunc(s.Campaigns, func(h Campaign) bool { return h.ID == c.ID }) {
			s.Campaigns = append(s.Campaigns, c)
		}
	}
	ix := s.index()
	about := map[string]Product{}
	for _, p := range in.Products {
		about[key(p.Vendor, p.Model, p.Revision)] = p
	}
	// A fact is the same one if the same source says the same thing of the same product.
	same := func(f Fact) string {
		return strings.Join([]string{key(f.Vendor, f.Model, f.Revision), f.Says, f.Region, f.Campaign, f.Source}, "\n")
	}
	have := map[string]int{}
	for i, f := range pub.Facts {
		have[same(f)] = i
	}
	seen := map[string]bool{}
	needed := map[string]bool{}
	unknown := map[string]bool{}
	for _, f := range in.Publisher.Facts {
		vendor, ok := ix.vendors[lifecycle.VendorKey(f.Vendor)]
		if !ok && addProducts && lifecycle.VendorKey(f.Vendor) != "" {
			s.Vendors = append(s.Vendors, Vendor{Name: f.Vendor})
			ix.vendors[lifecycle.VendorKey(f.Vendor)] = f.Vendor
			vendor, ok = f.Vendor, true
		}
		if !ok {
			unknown["vendor "+f.Vendor] = true
			continue
		}
		raw := key(f.Vendor, f.Model, f.Revision)
		f.Vendor = vendor
		if p, ok := ix.products[key(f.Vendor, f.Model, f.Revision)]; ok {
			f.Model, f.Revision = p.Model, p.Revision
		} else {
			p := about[raw]
			p.Vendor, p.Model, p.Revision = vendor, f.Model, f.Revision
			if model, ok := ix.models[key(vendor, f.Model, "")]; ok {
				p.Model = model // another revision of a listed model is written alike
			}
			line := strings.TrimSpace(p.Vendor + " " + p.Model + " " + p.Revision)
			if !addProducts {
				unknown["product "+line] = true
				continue
			}
			m.Products = append(m.Products, line)
			s.Products = append(s.Products, p)
			ix.add(p)
			f.Model = p.Model
		}
		k := same(f)
		if seen[k] {
			continue
		}
		seen[k] = true
		needed[f.Source] = true
		old, is := have[k]
		switch {
		case !is:
			m.New = append(m.New, describe(f))
			pub.Facts = append(pub.Facts, f)
		case pub.Facts[old].Date != f.Date || pub.Facts[old].Version != f.Version || pub.Facts[old].Detail != f.Detail:
			if pub.Facts[old].Withdrawn {
				m.Skipped = append(m.Skipped, "withdrawn here: "+describe(f))
				continue
			}
			m.Changed = append(m.Changed, describe(pub.Facts[old])+"  ->  "+describe(f))
			f.Note = pub.Facts[old].Note
			pub.Facts[old] = f
		}
	}
	for _, src := range in.Publisher.Sources {
		if i := slices.IndexFunc(pub.Sources, func(h Source) bool { return h.Key == src.Key }); i >= 0 {
			pub.Sources[i].Read = max(pub.Sources[i].Read, src.Read)
		} else if needed[src.Key] {
			pub.Sources = append(pub.Sources, src)
		}
	}
	if in.Covers != nil {
		for k, i := range have {
			if f := pub.Facts[i]; !seen[k] && in.Covers(f.Source) && !f.Withdrawn {
				m.Gone = append(m.Gone, describe(f))
			}
		}
	}
	for _, u := range sortedKeys(unknown) {
		m.Skipped = append(m.Skipped, "not listed: "+u)
	}
	for _, l := range [][]string{m.New, m.Changed, m.Gone, m.Products} {
		sort.Strings(l)
	}
	return m
}

func describe(f Fact) string {
	words := []string{f.Vendor, f.Model}
	for _, w := range []string{f.Revision, f.Says, f.Date, f.Version, f.Campaign, f.Region, f.Detail} {
		if w != "" {
			words = append(words, w)
		}
	}
	return strings.Join(words, " ") + " (" + f.Source + ")"
}

// index finds vendors and products by their keys.
type index struct {
	vendors  map[string]string  // vendor key to name
	products map[string]Product // key to product
	models   map[string]string  // key without revision to the model's spelling
	byVendor map[string][]lifecycle.Product
}

func (s *Sources) index() *index {
	ix := &index{map[string]string{}, map[string]Product{}, map[string]string{}, map[string][]lifecycle.Product{}}
	for _, v := range s.Vendors {
		ix.vendors[lifecycle.VendorKey(v.Name)] = v.Name
	}
	for _, p := range s.Products {
		ix.add(p)
	}
	return ix
}

func (ix *index) add(p Product) {
	ix.products[key(p.Vendor, p.Model, p.Revision)] = p
	ix.models[key(p.Vendor, p.Model, "")] = p.Model
	k := lifecycle.VendorKey(p.Vendor)
	ix.byVendor[k] = append(ix.byVendor[k], lifecycle.Product{ID: p.ID(), Vendor: p.Vendor, Model: p.Model, Revision: p.Revision, Aliases: p.Aliases})
}

// model finds the listed model that a text names exactly, and the revision in it:
// "Archer C7 V2" is Archer C7, V2. It says nothing about what is not listed.
func (ix *index) model(vendor, text string) (model, revision string, ok bool) {
	vendorKey := lifecycle.VendorKey(vendor)
	listed := ix.byVendor[vendorKey]
	try := func(text string) (model, revision string, ok bool) {
		m := lifecycle.Find(device.Identity{Vendor: vendor, Model: text}, listed)
		if m.How == lifecycle.NoMatch {
			return "", "", false
		}
		first := m.Products[0]
		for _, p := range m.Products {
			if p.Model != first.Model {
				return "", "", false // a name of several models
			}
		}
		if m.How == lifecycle.ByModelAndRevision { // written as one name: "R7500v2"
			return first.Model, first.Revision, true
		}
		return first.Model, "", true
	}
	if model, revision, ok := try(text); ok {
		return model, revision, true
	}
	if words := strings.Fields(text); len(words) > 1 {
		last := words[len(words)-1]
		if looksLikeRevision.MatchString(last) {
			front := strings.TrimSuffix(strings.TrimSpace(strings.Join(words[:len(words)-1], " ")), " Rev.")
			if model, _, ok := try(front); ok {
				return model, strings.Trim(last, "()"), true
			}
		}
	}
	return "", "", false
}

// looksLikeRevision is "v2", "V1.0", "B1" or "(A)" at the end of a product's name.
var looksLikeRevision = regexp.MustCompile(`^\(?(?:[vV]\d+(?:\.\d+)*|[A-F]\d?)\)?$`)

// mentioned returns the listed models of a vendor that a text names as whole words, and
// the revision that stands behind each ("" = none): what is said of a revision must not
// be taken for the model. A name without a digit ("Mini", "Home") is no evidence in
// running text.
func (ix *index) mentioned(vendor, text string) map[string]string {
	models := map[string]string{}
	for _, p := range ix.byVendor[lifecycle.VendorKey(vendor)] {
		if strings.ContainsAny(p.Model, "0123456789") {
			models[lifecycle.ModelKey(vendor, p.Model)] = p.Model
		}
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\n,;:()/\"", r) })
	found := map[string]string{}
	for i := range words {
		for n := 1; n <= 4 && i+n <= len(words); n++ {
			name := strings.TrimRight(strings.Join(words[i:i+n], " "), ".")
			model, ok := models[lifecycle.ModelKey(vendor, name)]
			if !ok || n > 1 && len(name) <= 3 {
				continue
			}
			revision := ""
			if i+n < len(words) && looksLikeRevision.MatchString(strings.TrimRight(words[i+n], ".")) {
				revision = strings.TrimRight(words[i+n], ".")
			}
			if have, is := found[model]; !is || have == "" {
				found[model] = revision
			}
		}
	}
	return found
}
