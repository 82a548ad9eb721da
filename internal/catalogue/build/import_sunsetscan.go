package build

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"houdbaar/internal/lifecycle"
)

// sunsetRecord is what is read of a record.
type sunsetRecord struct {
	ID       string `json:"id"`
	Vendor   string `json:"vendor"`
	Model    string `json:"model"`
	Hardware string `json:"hardware_version"`
	Region   string `json:"region"`
	Part     string `json:"part_number"`
	Class    string `json:"device_class"`
	Dates    struct {
		EndOfSale          string `json:"end_of_sale"`
		LastSale           string `json:"last_sale"`
		EndOfLife          string `json:"end_of_life"`
		EndOfSupport       string `json:"end_of_support"`
		EndOfService       string `json:"end_of_service"`
		EndOfVulnerability string `json:"end_of_vulnerability"`
	} `json:"dates"`
	Lifecycle struct {
		Status string `json:"status"`
	} `json:"lifecycle"`
	Source struct {
		URL string `json:"url"`
	} `json:"source"`
}

// readSunsetScan reads SunsetScan's hardware database (schema
// sunsetscan.hardware_eol.v1): one whole file, or one of its record files. Its data is
// CC BY-NC 4.0: who imports it has accepted that, and what comes of it stays apart.
//
// Its security dates are mostly derived from other dates, so they are not taken:
// what the vendor said is, under the name the vendor gave it.
func readSunsetScan(r io.Reader, o Origin, _ *Sources) (Import, error) {
	in := Import{Publisher: Publisher{Folder: "sunsetscan", Name: "SunsetScan", Trust: "second_hand", Home: "https://github.com/NoCoderRandom/sunsetscan",
		Terms: "CC BY-NC 4.0: not for commercial use", Credit: "Contains data of SunsetScan's hardware lifecycle database, CC BY-NC 4.0: not for commercial use."}}
	var file struct {
		Records []sunsetRecord `json:"records"`
	}
	if err := json.NewDecoder(r).Decode(&file); err != nil {
		return in, fmt.Errorf("read SunsetScan: %w", err)
	}
	if len(file.Records) == 0 {
		return in, fmt.Errorf("read SunsetScan: no records; give a whole database or a record file, not the index")
	}
	keys := map[string]string{} // address to key
	for _, rec := range file.Records {
		if rec.Vendor == "" || rec.Model == "" || !strings.HasPrefix(rec.Source.URL, "http") {
			in.skip("%s: no vendor, model or source", rec.ID)
			continue
		}
		key, ok := keys[rec.Source.URL]
		if !ok {
			key = fmt.Sprintf("page-%04d", len(keys)+1)
			keys[rec.Source.URL] = key
			in.source(Source{Key: key, Title: rec.Vendor + " page, as SunsetScan read it", URL: rec.Source.URL, Read: o.Read})
		}
		detail := ""
		if rec.Part != "" && lifecycle.ModelKey(rec.Vendor, rec.Part) != lifecycle.ModelKey(rec.Vendor, rec.Model) {
			detail = "item " + rec.Part
		}
		before := len(in.Publisher.Facts)
		add := func(says lifecycle.Statement, date, detail string) {
			in.add(Fact{Vendor: rec.Vendor, Model: rec.Model, Revision: rec.Hardware, Region: rec.Region,
				Says: string(says), Date: date, Detail: detail, Source: key})
		}
		d := rec.Dates
		if sale := cmp.Or(d.EndOfSale, d.LastSale); sale != "" {
			add(lifecycle.EndOfSales, sale, detail)
		}
		if d.EndOfVulnerability != "" {
			add(lifecycle.EndOfSecuritySupport, d.EndOfVulnerability, detail)
		}
		if end := cmp.Or(d.EndOfSupport, d.EndOfService, d.EndOfLife); end != "" {
			add(lifecycle.EndOfLife, end, detail)
		}
		if before == len(in.Publisher.Facts) {
			switch rec.Lifecycle.Status {
			case "unsupported_status_only":
				add(lifecycle.Discontinued, "", strings.Trim(detail+"; listed as unsupported, no date", "; "))
			case "supported_status_only":
				add(lifecycle.Supported, "", detail)
			default:
				add(lifecycle.Exists, "", detail)
			}
		}
		in.Products = append(in.Products, Product{Vendor: rec.Vendor, Model: rec.Model, Revision: rec.Hardware, Kind: sunsetKinds[rec.Class]})
	}
	return in, nil
}

// sunsetKinds maps its device classes to ours; others stay unknown.
var sunsetKinds = map[string]string{
	"router": "router", "wireless_router": "router", "mesh_wifi": "mesh", "access_point": "access_point", "wireless_access_point": "access_point",
	"range_extender": "extender", "modem": "modem", "gateway": "gateway", "ip_camera": "camera", "camera": "camera", "nvr": "nvr", "dvr": "nvr",
	"nas": "nas", "network_switch": "other", "printer": "printer",
}
