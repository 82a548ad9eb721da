package build

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
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
	Name     string `csv:"vendor"`
	Page     string // its support page, for a next step
	Provider bool   // an internet provider whose boxes carry its name
	Aka      []string
}

// A Product is a line of products/<vendor>.csv.
type Product struct {
	Pos
	Vendor                          string `csv:"-"` // the file's
	Model, Revision, Kind, Provider string
	Aliases                         []string
	Page, Note                      string
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
	ViaURL    string `csv:"via_url"`
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

// A loader reads source files, and keeps what is wrong with them.
type loader struct {
	fsys   fs.FS
	failed []error
}

// Load reads all source files. An error names the file and the line.
func Load(fsys fs.FS) (*Sources, error) {
	s, l := &Sources{}, &loader{fsys: fsys}
	load(l, "vendors.csv", &s.Vendors)
	load(l, "copies.csv", &s.Copies)
	load(l, "campaigns.csv", &s.Campaigns)
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

// optional are the files that need not be there.
var optional = []string{"facts.csv", "wider.csv"}

// load reads the rows of a file.
func load[T any](l *loader, file string, to *[]T) {
	var err error
	*to, err = readRows[T](l.fsys, file)
	if err != nil && !(errors.Is(err, fs.ErrNotExist) && slices.Contains(optional, path.Base(file))) {
		l.fail(err)
	}
}

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
		var products []Product
		load(l, file, &products)
		for _, p := range products {
			p.Vendor = vendor
			s.Products = append(s.Products, p)
		}
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
	load(l, folder+"/sources.csv", &p.Sources)
	load(l, folder+"/facts.csv", &p.Facts)
	load(l, folder+"/wider.csv", &p.Wider)
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

// slug writes a name for a file or an ID: "FRITZ!Box 7590" is "fritz-box-7590". A
// plus sign tells models apart, so it stays as a word.
func slug(name string) string {
	words := strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(name, "+", " plus ")), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(words, "-")
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
