package build

import (
	"bytes"
	"cmp"
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
		"vendors.csv":   table(s.Vendors, func(a, b Vendor) int { return compare(a.Name, b.Name) }),
		"copies.csv":    table(s.Copies, func(a, b Copy) int { return cmp.Compare(a.Name, b.Name) }),
		"campaigns.csv": table(s.Campaigns, func(a, b Campaign) int { return cmp.Compare(a.ID, b.ID) }),
	}
	byVendor := map[string][]Product{}
	for _, p := range s.Products {
		byVendor[p.Vendor] = append(byVendor[p.Vendor], p)
	}
	for vendor, products := range byVendor {
		files["products/"+slug(vendor)+".csv"] = table(products, compareProducts)
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
	files[p.Folder+"/sources.csv"] = table(p.Sources, func(a, b Source) int { return cmp.Compare(a.Key, b.Key) })
	if len(p.Facts) > 0 {
		files[p.Folder+"/facts.csv"] = table(p.Facts, compareFacts)
	}
	if len(p.Wider) > 0 {
		files[p.Folder+"/wider.csv"] = table(p.Wider, func(a, b Wider) int {
			return compare(a.Vendor, b.Vendor, a.Scope, b.Scope, a.Source, b.Source, a.Date, b.Date, a.Detail, b.Detail)
		})
	}
	return nil
}

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
