package build

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"houdbaar/internal/lifecycle"
)

// A Format is one that publishers' files come in.
type Format struct {
	Name, About string
	Asks        bool // its files do not say whose they are: publisher, key, title and address are asked for
	Apart       bool // by its terms what comes of it stays apart
	Read        func(r io.Reader, o Origin, s *Sources) (Import, error)
}

// Formats are all that can be imported.
var Formats = []Format{
	{Name: "kev", About: "CISA's catalogue of known exploited vulnerabilities, JSON", Read: readKEV},
	{Name: "cve", About: "CVE records, JSON 5 (tag unsupported-when-assigned)", Read: readCVE},
	{Name: "openeox", About: "an OpenEoX shell, or a core with -vendor and -model", Asks: true, Read: readOpenEoX},
	{Name: "csv", About: "a list typed from a page", Asks: true, Read: readCSV},
	{Name: "endoflife", About: "endoflife.date: an answer of its API, or the page in Markdown (-vendor)", Asks: true, Read: readEndOfLife},
	{Name: "sunsetscan", About: "SunsetScan's hardware database (its data is CC BY-NC 4.0)", Apart: true, Read: readSunsetScan},
}

// An Import is what a file of another format says, in our words, before anybody has
// looked at it.
type Import struct {
	Publisher Publisher // its Sources and Facts, and what publisher.json would say
	Campaigns []Campaign
	Products  []Product         // what the file says of products: kind, other names
	Covers    func(string) bool // the keys of sources that the file is all of, for what is gone; nil = none
	Skipped   []string          // what was not taken over, and why
}

// skip notes something that was not taken over.
func (in *Import) skip(format string, args ...any) {
	in.Skipped = append(in.Skipped, fmt.Sprintf(format, args...))
}

// add adds a fact.
func (in *Import) add(f Fact) { in.Publisher.Facts = append(in.Publisher.Facts, f) }

// source adds a source once and returns its key.
func (in *Import) source(s Source) string {
	if !slices.ContainsFunc(in.Publisher.Sources, func(have Source) bool { return have.Key == s.Key }) {
		in.Publisher.Sources = append(in.Publisher.Sources, s)
	}
	return s.Key
}

// An Origin says where a file that does not say so itself comes from.
type Origin struct {
	Publisher Publisher // folder of an existing publisher, or a whole new one
	Key       string    // of the source
	Title     string
	URL       string
	Read      string
	Vendor    string // for a file that names no vendor
	Model     string // for a core, which names no product
	Kind      string // of products that are not listed yet
}

// begin begins an import of a file that is all of the origin's source.
func (o Origin) begin() Import {
	in := Import{Publisher: o.Publisher, Covers: func(key string) bool { return key == o.Key }}
	in.source(Source{Key: o.Key, Title: o.Title, URL: o.URL, Read: o.Read})
	return in
}

// A Merge is what an import would change.
type Merge struct {
	New, Changed, Gone []string // one line a fact
	Products           []string // products that are not listed yet
	Skipped            []string
}

// Add puts what another import would change behind it.
func (m *Merge) Add(o Merge) {
	m.New = append(m.New, o.New...)
	m.Changed = append(m.Changed, o.Changed...)
	m.Gone = append(m.Gone, o.Gone...)
	m.Products = append(m.Products, o.Products...)
	m.Skipped = append(m.Skipped, o.Skipped...)
}

// Apply merges an import into s and says what that changes. Facts about products that
// are not listed are taken over only if addProducts is set, which lists them. What is gone from
// the file stays: a person decides whether it is withdrawn.
func (s *Sources) Apply(in Import, addProducts bool) Merge {
	m := merging{s: s, ix: s.index(), addProducts: addProducts, about: map[string]Product{}, unlisted: map[string]bool{}}
	m.Skipped = slices.Clone(in.Skipped)
	for _, p := range in.Products {
		m.about[p.key()] = p
	}
	for _, c := range in.Campaigns {
		if !slices.ContainsFunc(s.Campaigns, func(h Campaign) bool { return h.ID == c.ID }) {
			s.Campaigns = append(s.Campaigns, c)
		}
	}
	pub := s.publisher(in.Publisher)
	have := map[string]int{} // claims to facts
	for i, f := range pub.Facts {
		have[f.claim()] = i
	}
	seen, read := map[string]bool{}, map[string]bool{} // claims, and keys of sources
	for _, f := range in.Publisher.Facts {
		f, ok := m.listed(f)
		if !ok || seen[f.claim()] {
			continue
		}
		seen[f.claim()], read[f.Source] = true, true
		if i, is := have[f.claim()]; is {
			m.replace(&pub.Facts[i], f)
			continue
		}
		m.New = append(m.New, describe(f))
		pub.Facts = append(pub.Facts, f)
	}
	for _, src := range in.Publisher.Sources {
		if i := slices.IndexFunc(pub.Sources, func(h Source) bool { return h.Key == src.Key }); i >= 0 {
			pub.Sources[i].Read = max(pub.Sources[i].Read, src.Read)
		} else if read[src.Key] {
			pub.Sources = append(pub.Sources, src)
		}
	}
	for claim, i := range have {
		if f := pub.Facts[i]; in.Covers != nil && in.Covers(f.Source) && !seen[claim] && !f.Withdrawn {
			m.Gone = append(m.Gone, describe(f))
		}
	}
	for _, what := range slices.Sorted(maps.Keys(m.unlisted)) {
		m.Skipped = append(m.Skipped, "not listed: "+what)
	}
	for _, l := range [][]string{m.New, m.Changed, m.Gone, m.Products} {
		slices.Sort(l)
	}
	return m.Merge
}

// A merging is an import on its way into the sources.
type merging struct {
	Merge
	s           *Sources
	ix          *index
	addProducts bool
	about       map[string]Product // by key, what the file says of a product
	unlisted    map[string]bool    // vendors and products that were left out
}

// publisher returns the publisher of that folder, which it begins where there is none.
func (s *Sources) publisher(p Publisher) *Publisher {
	at := slices.IndexFunc(s.Publishers, func(h Publisher) bool { return h.Folder == p.Folder })
	if at < 0 {
		p.Sources, p.Facts = nil, nil
		s.Publishers = append(s.Publishers, p)
		at = len(s.Publishers) - 1
	}
	return &s.Publishers[at]
}

// claim is the same for facts in which one source says the same thing of the same product,
// whatever day and version it gives.
func (f Fact) claim() string {
	return strings.Join([]string{f.key(), f.Says, f.Region, f.Campaign, f.Source}, "\n")
}

// listed writes a fact as its vendor and product are listed. Those that are not are listed
// now, or left out.
func (m *merging) listed(f Fact) (Fact, bool) {
	vendor, ok := m.ix.vendors[lifecycle.VendorKey(f.Vendor)]
	if !ok {
		if !m.addProducts || lifecycle.VendorKey(f.Vendor) == "" {
			m.unlisted["vendor "+f.Vendor] = true
			return f, false
		}
		vendor = f.Vendor
		m.s.Vendors = append(m.s.Vendors, Vendor{Name: vendor})
		m.ix.vendors[lifecycle.VendorKey(vendor)] = vendor
	}
	f.Vendor = vendor
	if p, ok := m.ix.products[f.key()]; ok {
		f.Model, f.Revision = p.Model, p.Revision
		return f, true
	}
	if model, ok := m.ix.models[key(vendor, f.Model, "")]; ok {
		f.Model = model // another revision of a listed model is written alike
	}
	name := said(f.Vendor, f.Model, f.Revision)
	if !m.addProducts {
		m.unlisted["product "+name] = true
		return f, false
	}
	p := m.about[f.key()]
	p.Vendor, p.Model, p.Revision = f.Vendor, f.Model, f.Revision
	m.Products = append(m.Products, name)
	m.s.Products = append(m.s.Products, p)
	m.ix.add(p)
	return f, true
}

// replace puts a fact in the place of one that claims the same, if it says it otherwise.
func (m *merging) replace(old *Fact, f Fact) {
	switch {
	case old.Date == f.Date && old.Version == f.Version && old.Detail == f.Detail:
	case old.Withdrawn:
		m.Skipped = append(m.Skipped, "withdrawn here: "+describe(f))
	default:
		m.Changed = append(m.Changed, describe(*old)+"  ->  "+describe(f))
		f.Note = old.Note
		*old = f
	}
}

func describe(f Fact) string {
	return said(f.Vendor, f.Model, f.Revision, f.Says, f.Date, f.Version, f.Campaign, f.Region, f.Detail) + " (" + f.Source + ")"
}
