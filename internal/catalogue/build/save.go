package build

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// compare compares texts pair by pair, ignoring case, then exactly; the first pair that
// differs decides.
func compare(pairs ...string) int {
	for i := 0; i < len(pairs); i += 2 {
		a, b := pairs[i], pairs[i+1]
		if c := cmp.Or(cmp.Compare(strings.ToLower(a), strings.ToLower(b)), cmp.Compare(a, b)); c != 0 {
			return c
		}
	}
	return 0
}

func compareProducts(a, b Product) int { return compare(a.Model, b.Model, a.Revision, b.Revision) }

func compareFacts(a, b Fact) int {
	return cmp.Or(compare(a.Vendor, b.Vendor, a.Model, b.Model, a.Revision, b.Revision),
		cmp.Compare(rank(a), rank(b)),
		compare(a.Region, b.Region, a.Campaign, b.Campaign, a.Date, b.Date, a.Version, b.Version, a.Source, b.Source, a.Detail, b.Detail))
}

// Save writes the files of s below dir, sorted, one fact a line. Files that would
// not change are left alone. It returns the names of those it wrote.
func Save(s *Sources, dir string) ([]string, error) {
	files := map[string][]byte{
		"vendors.csv": table(vendorColumns, s.Vendors,
			func(a, b Vendor) int { return compare(a.Name, b.Name) },
			func(v Vendor) []string { return []string{v.Name, v.Page, mark(v.Provider), join(v.Aka)} }),
		"copies.csv": table(copyColumns, s.Copies,
			func(a, b Copy) int { return cmp.Compare(a.Name, b.Name) },
			func(c Copy) []string { return []string{c.Name, c.Home, c.Terms, c.Credit} }),
		"campaigns.csv": table(campaignColumns, s.Campaigns,
			func(a, b Campaign) int { return cmp.Compare(a.ID, b.ID) },
			func(c Campaign) []string { return []string{c.ID, c.Name, c.Authority, c.Year} }),
	}
	byVendor := map[string][]Product{}
	for _, p := range s.Products {
		byVendor[p.Vendor] = append(byVendor[p.Vendor], p)
	}
	for vendor, products := range byVendor {
		files["products/"+slug(vendor)+".csv"] = table(productColumns, products, compareProducts, func(p Product) []string {
			return []string{p.Model, p.Revision, p.Kind, p.Provider, join(p.Aliases), p.Page, p.Note}
		})
	}
	for _, p := range s.Publishers {
		if err := savePublisher(p, files); err != nil {
			return nil, err
		}
	}
	return writeChanged(files, dir)
}

// savePublisher puts the files of a publisher's folder among the others.
func savePublisher(p Publisher, files map[string][]byte) error {
	var body bytes.Buffer
	enc := json.NewEncoder(&body)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false) // people read it
	if err := enc.Encode(p); err != nil {
		return err
	}
	files[p.Folder+"/publisher.json"] = body.Bytes()
	files[p.Folder+"/sources.csv"] = table(sourceColumns, p.Sources,
		func(a, b Source) int { return cmp.Compare(a.Key, b.Key) },
		func(s Source) []string {
			return []string{s.Key, s.Publisher, s.Title, s.URL, s.Read, s.Published, s.Trust, s.Via, s.ViaURL}
		})
	if len(p.Facts) > 0 {
		files[p.Folder+"/facts.csv"] = table(factColumns, p.Facts, compareFacts, func(f Fact) []string {
			return []string{f.Vendor, f.Model, f.Revision, f.Region, f.Says, f.Date, f.Version, f.Campaign, f.Detail, f.Source, f.Note, mark(f.Withdrawn)}
		})
	}
	if len(p.Wider) > 0 {
		files[p.Folder+"/wider.csv"] = table(widerColumns, p.Wider,
			func(a, b Wider) int {
				return compare(a.Vendor, b.Vendor, a.Scope, b.Scope, a.Source, b.Source, a.Date, b.Date, a.Detail, b.Detail)
			},
			func(w Wider) []string { return []string{w.Vendor, w.Scope, w.Says, w.Date, w.Detail, w.Source} })
	}
	return nil
}

// table is a file of rows in their order, below the names of its columns.
func table[T any](columns []string, items []T, order func(a, b T) int, row func(T) []string) []byte {
	var b bytes.Buffer // writing to which cannot fail
	w := csv.NewWriter(&b)
	w.Write(columns)
	for _, item := range slices.SortedStableFunc(slices.Values(items), order) {
		w.Write(row(item))
	}
	w.Flush()
	return b.Bytes()
}

// mark is what yes reads.
func mark(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

// join is what list reads.
func join(parts []string) string { return strings.Join(parts, "; ") }

// writeChanged writes the files that are not there like this, and returns their names.
func writeChanged(files map[string][]byte, dir string) (wrote []string, err error) {
	for _, name := range slices.Sorted(maps.Keys(files)) {
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
