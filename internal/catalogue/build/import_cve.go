package build

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"houdbaar/internal/lifecycle"
)

// readCVE reads one CVE record (JSON 5). The tag "unsupported-when-assigned" says that
// the products it lists as affected got no more updates when the record was made; that
// and nothing else is taken over, and only for the product and revision it names.
func readCVE(r io.Reader, o Origin, s *Sources) (Import, error) {
	var record struct {
		DataType string `json:"dataType"`
		Metadata struct {
			ID        string `json:"cveId"`
			State     string `json:"state"`
			Published string `json:"datePublished"`
		} `json:"cveMetadata"`
		Containers struct {
			CNA struct {
				Tags     []string `json:"tags"`
				Affected []struct {
					Vendor  string `json:"vendor"`
					Product string `json:"product"`
				} `json:"affected"`
			} `json:"cna"`
		} `json:"containers"`
	}
	in := Import{Publisher: Publisher{Folder: "cve", Name: "CVE Program", Trust: "authority", Home: "https://www.cve.org/",
		Terms: "CVE terms of use: https://www.cve.org/Legal/TermsOfUse"}}
	if err := json.NewDecoder(r).Decode(&record); err != nil {
		return in, fmt.Errorf("read CVE record: %w", err)
	}
	id := record.Metadata.ID
	switch {
	case record.DataType != "CVE_RECORD" || id == "":
		return in, fmt.Errorf("read CVE record: not one of format 5")
	case record.Metadata.State != "PUBLISHED":
		in.skip("%s: state is %s", id, record.Metadata.State)
		return in, nil
	case !slices.Contains(record.Containers.CNA.Tags, "unsupported-when-assigned"):
		in.skip("%s: no tag unsupported-when-assigned", id)
		return in, nil
	}
	ix := s.index()
	published := ""
	if len(record.Metadata.Published) >= len("2006-01-02") {
		published = record.Metadata.Published[:len("2006-01-02")]
	}
	for _, a := range record.Containers.CNA.Affected {
		vendor, ok := ix.vendors[lifecycle.VendorKey(a.Vendor)]
		if !ok {
			in.skip("%s: vendor %q is not listed", id, a.Vendor)
			continue
		}
		f := Fact{Vendor: vendor, Says: string(lifecycle.EndOfSecuritySupport)}
		if f.Model, f.Revision, ok = ix.model(vendor, a.Product); !ok {
			f.Model = a.Product
		}
		f.Source = in.source(Source{Key: id, Title: id, URL: "https://www.cve.org/CVERecord?id=" + id, Read: o.Read, Published: published})
		in.add(f)
	}
	return in, nil
}
