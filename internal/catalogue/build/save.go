package build

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

var (
	productColumns = []string{"model", "revision", "kind", "provider", "aliases", "page", "note"}
	sourceColumns  = []string{"key", "publisher", "title", "url", "read", "published", "trust", "via", "via_url"}
	widerColumns   = []string{"vendor", "scope", "says", "date", "detail", "source"}
	vendorColumns  = []string{"vendor", "page", "provider", "aka"}
	copyColumns    = []string{"name", "home", "terms", "credit"}

	campaignColumns = []string{"id", "name", "authority", "year"}
)

// less compares what comes first, ignoring case, then exactly.
func less(pairs ...string) bool {
	for i := 0; i+1 < len(pairs); i += 2 {
		a, b := pairs[i], pairs[i+1]
		if la, lb := strings.ToLower(a), strings.ToLower(b); la != lb {
			return la < lb
		}
		if a != b {
			return a < b
		}
	}
	return false
}

func lessProduct(a, b Product) bool { return less(a.Model, b.Model, a.Revision, b.Revision) }

func lessFact(a, b Fact) bool {
	sa, sb := fmt.Sprintf("%02d", rank(a)), fmt.Sprintf("%02d", rank(b))
	return less(a.Vendor, b.Vendor, a.Model, b.Model, a.Revision, b.Revision, sa, sb, a.Region, b.Region,
		a.Campaign, b.Campaign, a.Date, b.Date, a.Version, b.Version, a.Source, b.Source, a.Detail, b.Detail)
}

// Save writes the files of s below dir, sorted, one fact a line. Files that would
// not change are left alone. It returns the names of those it wrote.
func Save(s *Sources, dir string) ([]string, error) {
	files := map[string][]byte{}
	put := func(name string, columns []string, rows [][]string) error {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.Write(columns)
		w.WriteAll(rows)
		files[name] = b.Bytes()
		return w.Error()
	}
	join := func(l []string) string { return strings.Join(l, "; ") }
	mark := func(b bool) string {
		if b {
			return "yes"
		}
		return ""
	}
	vendors := append([]Vendor(nil), s.Vendors...)
	sort.SliceStable(vendors, func(i, j int) bool { return less(vendors[i].Name, vendors[j].Name) })
	var rows [][]string
	for _, v := range vendors {
		rows = append(rows, []string{v.Name, v.Page, mark(v.Provider), join(v.Aka)})
	}
	if err := put("vendors.csv", vendorColumns, rows); err != nil {
		return nil, err
	}
	copies := append([]Copy(nil), s.Copies...)
	sort.SliceStable(copies, func(i, j int) bool { return copies[i].Name < copies[j].Name })
	rows = nil
	for _, c := range copies {
		rows = append(rows, []string{c.Name, c.Home, c.Terms, c.Credit})
	}
	if err := put("copies.csv", copyColumns, rows); err != nil {
		return nil, err
	}
	campaigns := append([]Campaign(nil), s.Campaigns...)
	sort.SliceStable(campaigns, func(i, j int) bool { return campaigns[i].ID < campaigns[j].ID })
	rows = nil
	for _, c := range campaigns {
		rows = append(rows, []string{c.ID, c.Name, c.Authority, c.Year})
	}
	if err := put("campaigns.csv", campaignColumns, rows); err != nil {
		return nil, err
	}
	byVendor := map[string][]Product{}
	for _, p := range s.Products {
		byVendor[p.Vendor] = append(byVendor[p.Vendor], p)
	}
	for vendor, list := range byVendor {
		sort.SliceStable(list, func(i, j int) bool { return lessProduct(list[i], list[j]) })
		rows = nil
		for _, p := range list {
			rows = append(rows, []string{p.Model, p.Revision, p.Kind, p.Provider, join(p.Aliases), p.Page, p.Note})
		}
		if err := put("products/"+slug(vendor)+".csv", productColumns, rows); err != nil {
			return nil, err
		}
	}
	for _, p := range s.Publishers {
		body, err := json.MarshalIndent(p, "", "  ")
		if err != nil {
			return nil, err
		}
		files[p.Folder+"/publisher.json"] = append(unescape(body), '\n')
		list := append([]Source(nil), p.Sources...)
		sort.SliceStable(list, func(i, j int) bool { return list[i].Key < list[j].Key })
		rows = nil
		for _, x := range list {
			rows = append(rows, []string{x.Key, x.Publisher, x.Title, x.URL, x.Read, x.Published, x.Trust, x.Via, x.ViaURL})
		}
		if err := put(p.Folder+"/sources.csv", sourceColumns, rows); err != nil {
			return nil, err
		}
		facts := append([]Fact(nil), p.Facts...)
		sort.SliceStable(facts, func(i, j int) bool { return lessFact(facts[i], facts[j]) })
		rows = nil
		for _, f := range facts {
			rows = append(rows, []string{f.Vendor, f.Model, f.Revision, f.Region, f.Says, f.Date, f.Version, f.Campaign, f.Detail, f.Source, f.Note, mark(f.Withdrawn)})
		}
		if len(rows) > 0 {
			if err := put(p.Folder+"/facts.csv", factColumns, rows); err != nil {
				return nil, err
			}
		}
		wider := append([]Wider(nil), p.Wider...)
		sort.SliceStable(wider, func(i, j int) bool {
			a, b := wider[i], wider[j]
			return less(a.Vendor, b.Vendor, a.Scope, b.Scope, a.Source, b.Source, a.Date, b.Date, a.Detail, b.Detail)
		})
		rows = nil
		for _, w := range wider {
			rows = append(rows, []string{w.Vendor, w.Scope, w.Says, w.Date, w.Detail, w.Source})
		}
		if len(rows) > 0 {
			if err := put(p.Folder+"/wider.csv", widerColumns, rows); err != nil {
				return nil, err
			}
		}
	}
	var wrote []string
	for _, name := range sortedKeys(files) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if have, err := os.ReadFile(path); err == nil && bytes.Equal(have, files[name]) {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return wrote, fmt.Errorf("save sources: %w", err)
		}
		if err := os.WriteFile(path, files[name], 0o644); err != nil {
			return wrote, fmt.Errorf("save sources: %w", err)
		}
		wrote = append(wrote, name)
	}
	return wrote, nil
}

// unescape undoes what encoding/json does for HTML, so that files stay readable.
func unescape(body []byte) []byte {
	return []byte(strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(body)))
}
