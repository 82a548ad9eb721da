package build

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"houdbaar/internal/lifecycle"
)

// readKEV reads CISA's catalogue of known exploited vulnerabilities (JSON). A product is
// taken over if CISA names it in the entry; "could be end-of-life" is not taken for an
// end.
func readKEV(r io.Reader, o Origin, s *Sources) (Import, error) {
	var file struct {
		CatalogVersion  string `json:"catalogVersion"`
		Vulnerabilities []struct {
			ID          string `json:"cveID"`
			Vendor      string `json:"vendorProject"`
			Product     string `json:"product"`
			Name        string `json:"vulnerabilityName"`
			Description string `json:"shortDescription"`
			Action      string `json:"requiredAction"`
		} `json:"vulnerabilities"`
	}
	in := Import{
		Publisher: Publisher{Folder: "cisa", Name: "CISA", Trust: "authority", Home: "https://www.cisa.gov/known-exploited-vulnerabilities-catalog", Terms: "CC0"},
		Campaigns: []Campaign{{ID: "cisa-kev", Name: "CISA Known Exploited Vulnerabilities", Authority: "CISA"}},
		Covers:    func(key string) bool { return strings.HasPrefix(key, "kev-") },
	}
	if err := json.NewDecoder(r).Decode(&file); err != nil {
		return in, fmt.Errorf("read KEV: %w", err)
	}
	if file.CatalogVersion == "" || len(file.Vulnerabilities) == 0 {
		return in, fmt.Errorf("read KEV: no catalogVersion or no vulnerabilities: not the KEV catalogue")
	}
	ix := s.index()
	for _, v := range file.Vulnerabilities {
		vendor, ok := ix.vendors[lifecycle.VendorKey(v.Vendor)]
		if !ok {
			continue // most of the catalogue is about software
		}
		products := ix.names(vendor, v.Product, v.Name+" ; "+v.Description)
		if len(products) == 0 {
			in.skip("%s: %s %s: no listed model is named", v.ID, v.Vendor, v.Product)
			continue
		}
		key := in.source(Source{Key: "kev-" + strings.ToLower(v.ID), Title: "Known Exploited Vulnerabilities catalogue: " + v.ID,
			URL: "https://www.cisa.gov/known-exploited-vulnerabilities-catalog?search_api_fulltext=" + v.ID, Read: o.Read})
		for _, p := range products {
			f := Fact{Vendor: vendor, Model: p.model, Revision: p.revision, Source: key}
			named := f
			named.Says, named.Campaign, named.Detail = string(lifecycle.Named), "cisa-kev", v.ID
			in.add(named)
			switch text := strings.ToLower(v.Description + " " + v.Action); {
			case strings.Contains(text, "could be end-of-life"), strings.Contains(text, "could be eol"), strings.Contains(text, "may be end-of-life"):
				f.Says, f.Detail = string(lifecycle.Discontinued), "CISA: could be end-of-life or end-of-service; stop using it if no mitigation is available"
				in.add(f)
			case strings.Contains(text, "end-of-life"), strings.Contains(text, "end-of-service"):
				f.Says, f.Detail = string(lifecycle.EndOfLife), "CISA: end-of-life or end-of-service, disconnect it if it is still in use"
				in.add(f)
			}
		}
	}
	return in, nil
}
