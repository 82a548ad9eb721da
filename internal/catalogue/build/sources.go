package build

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"houdbaar/internal/lifecycle"
)

// Sources is all of assets/sources, as written there.
type Sources struct {
	Vendors    []Vendor
	Products   []Product
	Publishers []Publisher
	Copies     []Copy
	Campaigns  []Campaign
	Wanted     []Wanted // the models that commonly stand in homes, for coverage
}

// A Pos is the file and line something stands in.
type Pos struct {
	File string
	Line int
}

// String returns "tp-link/facts.csv:12".
func (p Pos) String() string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

// A Vendor is a maker or provider, in its one spelling.
type Vendor struct {
	Pos
	Name     string
	Page     string // its support page, for a next step
	Provider bool   // an internet provider whose boxes carry its name
	Aka      []string
}

// A Product is a line of products/<vendor>.csv.
type Product struct {
	Pos
	Vendor, Model, Revision, Kind, Provider, Page, Note string
	Aliases                                             []string
}

// A Publisher is a folder: somebody who says things about products.
type Publisher struct {
	Folder string `json:"-"`
	Name   string `json:"publisher"`
	Trust  string `json:"trust"` // vendor, authority, second_hand
	Home   string `json:"home,omitempty"`
	Terms  string `json:"terms"`
	Credit string `json:"credit,omitempty"` // a line that must be shown, if the terms ask for one

	// SameDates says, by date, why many products share it: a reviewer looked.
	SameDates map[string]string `json:"same_dates,omitempty"`

	Sources []Source `json:"-"`
	Facts   []Fact   `json:"-"`
	Wider   []Wider  `json:"-"`
}

// A Source is a line of sources.csv: a document that was read.
type Source struct {
	Pos
	Key       string
	Publisher string // who published it, "" = the folder's publisher
	Title     string
	URL       string
	Read      string // the day
	Published string // the day it was published, where that could be taken for a milestone; "" = not noted
	Trust     string // "" = the folder's
	Via       string // the copy it was read in, a name of copies.csv
	ViaURL    string
}

// A Fact is a line of facts.csv: one thing one source says about one product.
type Fact struct {
	Pos
	Vendor, Model, Revision string
	Region                  string
	Says                    string
	Date                    string
	Version                 string
	Campaign                string
	Detail                  string
	Source                  string // key in sources.csv
	Note                    string // for reviewers, not shown
	Withdrawn               bool
}

// Wider is a line of wider.csv: a statement about more than a product.
type Wider struct {
	Pos
	Vendor, Scope, Says, Date, Detail, Source string
}

// A Copy is a line of copies.csv: where other publishers' words were read.
type Copy struct {
	Pos
	Name, Home, Terms, Credit string
}

// A Campaign is a line of campaigns.csv.
type Campaign struct {
	Pos
	ID, Name, Authority, Year string
}

// Wanted is a line of wanted.txt.
type Wanted struct {
	Vendor, Model string
}

// The columns of the files, in their order.
var (
	vendorColumns   = []string{"vendor", "page", "provider", "aka"}
	productColumns  = []string{"model", "revision", "kind", "provider", "aliases", "page", "note"}
	copyColumns     = []string{"name", "home", "terms", "credit"}
	campaignColumns = []string{"id", "name", "authority", "year"}
	sourceColumns   = []string{"key", "publisher", "title", "url", "read", "published", "trust", "via", "via_url"}
	factColumns     = []string{"vendor", "model", "revision", "region", "says", "date", "version", "campaign", "detail", "source", "note", "withdrawn"}
	widerColumns    = []string{"vendor", "scope", "says", "date", "detail", "source"}
)

// A loader reads source files, and keeps what is wrong with them.
type loader struct {
	fsys   fs.FS
	failed []error
}

// Load reads all source files. An error names the file and the line.
func Load(fsys fs.FS) (*Sources, error) {
	s := &Sources{}
	l := &loader{fsys: fsys}
	l.read("vendors.csv", vendorColumns, func(pos Pos, get func(string) string) error {
		provider, err := yes(get("provider"))
		s.Vendors = append(s.Vendors, Vendor{pos, get("vendor"), get("page"), provider, list(get("aka"))})
		return err
	})
	l.read("copies.csv", copyColumns, func(pos Pos, get func(string) string) error {
		s.Copies = append(s.Copies, Copy{pos, get("name"), get("home"), get("terms"), get("credit")})
		return nil
	})
	l.read("campaigns.csv", campaignColumns, func(pos Pos, get func(string) string) error {
		s.Campaigns = append(s.Campaigns, Campaign{pos, get("id"), get("name"), get("authority"), get("year")})
		return nil
	})
	l.products(s)
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("read sources: %w", err)
	}
	for _, e := range entries {
		if e.IsDir() && e.Name() != "products" {
			l.publisher(s, e.Name())
		}
	}
	l.wanted(s)
	return s, errors.Join(l.failed...)
}

func (l *loader) fail(err error) { l.failed = append(l.failed, err) }

// products reads a file for each vendor.
func (l *loader) products(s *Sources) {
	bySlug := map[string]string{}
	for _, v := range s.Vendors {
		bySlug[slug(v.Name)] = v.Name
	}
	files, err := fs.Glob(l.fsys, "products/*.csv")
	if err != nil {
		l.fail(err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(path.Base(file), ".csv")
		vendor, ok := bySlug[name]
		if !ok {
			l.fail(fmt.Errorf("%s: no vendor of vendors.csv is written %q as a file name", file, name))
			continue
		}
		l.read(file, productColumns, func(pos Pos, get func(string) string) error {
			s.Products = append(s.Products, Product{pos, vendor, get("model"), get("revision"), get("kind"), get("provider"), get("page"), get("note"), list(get("aliases"))})
			return nil
		})
	}
}

// publisher reads the folder of a publisher.
func (l *loader) publisher(s *Sources, folder string) {
	p := Publisher{Folder: folder}
	body, err := fs.ReadFile(l.fsys, folder+"/publisher.json")
	if err != nil {
		l.fail(fmt.Errorf("a folder of sources needs publisher.json: %w", err))
		return
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&p); err != nil {
		l.fail(fmt.Errorf("%s/publisher.json: %w", folder, err))
		return
	}
	l.read(folder+"/sources.csv", sourceColumns, func(pos Pos, get func(string) string) error {
		p.Sources = append(p.Sources, Source{pos, get("key"), get("publisher"), get("title"), get("url"), get("read"), get("published"), get("trust"), get("via"), get("via_url")})
		return nil
	})
	l.readAny(folder+"/facts.csv", factColumns, func(pos Pos, get func(string) string) error {
		withdrawn, err := yes(get("withdrawn"))
		p.Facts = append(p.Facts, Fact{pos, get("vendor"), get("model"), get("revision"), get("region"), get("says"), get("date"), get("version"), get("campaign"), get("detail"), get("source"), get("note"), withdrawn})
		return err
	})
	l.readAny(folder+"/wider.csv", widerColumns, func(pos Pos, get func(string) string) error {
		p.Wider = append(p.Wider, Wider{pos, get("vendor"), get("scope"), get("says"), get("date"), get("detail"), get("source")})
		return nil
	})
	s.Publishers = append(s.Publishers, p)
}

// wanted reads the list of wanted models, where there is one.
func (l *loader) wanted(s *Sources) {
	body, err := fs.ReadFile(l.fsys, "wanted.txt")
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		l.fail(err)
		return
	}
	for i, line := range strings.Split(strings.TrimSpace(string(body)), "\n") {
		vendor, model, ok := strings.Cut(strings.TrimSpace(line), "|")
		if !ok {
			l.fail(fmt.Errorf("wanted.txt:%d: want vendor|model", i+1))
			continue
		}
		s.Wanted = append(s.Wanted, Wanted{vendor, model})
	}
}

// read gives row the place of each row of a file, and what gives a field of it by its
// column.
func (l *loader) read(file string, columns []string, row func(pos Pos, get func(column string) string) error) {
	if err := readCSV(l.fsys, file, columns, row); err != nil {
		l.fail(err)
	}
}

// readAny is read of a file that need not be there.
func (l *loader) readAny(file string, columns []string, row func(pos Pos, get func(column string) string) error) {
	if err := readCSV(l.fsys, file, columns, row); err != nil && !errors.Is(err, fs.ErrNotExist) {
		l.fail(err)
	}
}

// readCSV reads a file whose first line must be exactly the columns.
func readCSV(fsys fs.FS, file string, columns []string, row func(Pos, func(string) string) error) error {
	f, err := fsys.Open(file)
	if err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = len(columns)
	head, err := r.Read()
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	at := map[string]int{}
	for i, name := range head {
		if name != columns[i] {
			return fmt.Errorf("%s:1: columns are %s, want %s", file, strings.Join(head, ","), strings.Join(columns, ","))
		}
		at[name] = i
	}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		line, _ := r.FieldPos(0)
		pos := Pos{file, line}
		if err := row(pos, func(name string) string { return record[at[name]] }); err != nil {
			return fmt.Errorf("%s: %w", pos, err)
		}
	}
}

func yes(s string) (bool, error) {
	switch s {
	case "yes":
		return true, nil
	case "":
		return false, nil
	}
	return false, fmt.Errorf("%q: want yes or nothing", s)
}

// list splits "a; b".
func list(s string) []string {
	var out []string
	for _, part := range strings.Split(s, ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// slug writes a name for a file or an ID: "FRITZ!Box 7590" is "fritz-box-7590". A
// plus sign tells models apart, so it stays as a word.
func slug(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(strings.ReplaceAll(name, "+", " plus ")) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
			continue
		}
		gap = true
	}
	return b.String()
}

// ID returns the stable ID of a product: "d-link/dir-860l/b1".
func (p Product) ID() string {
	id := slug(p.Vendor) + "/" + slug(p.Model)
	if p.Revision != "" {
		id += "/" + slug(p.Revision)
	}
	return id
}

// key is the product's; see key.
func (p Product) key() string { return key(p.Vendor, p.Model, p.Revision) }

// key is that of the product that a fact is about.
func (f Fact) key() string { return key(f.Vendor, f.Model, f.Revision) }

// key is what makes a product one: its spelling does not count. Without a revision it is
// what makes a model one.
func key(vendor, model, revision string) string {
	return lifecycle.VendorKey(vendor) + "\n" + lifecycle.ModelKey(vendor, model) + "\n" + lifecycle.RevisionKey(revision)
}
