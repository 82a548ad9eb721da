package report

import (
	"encoding/json"
	"fmt"
	"io"
	"net/netip"
	"strings"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// schema names the form of a scan object. A change that breaks readers gets a new
// number.
const schema = "houdbaar.scan/1"

// A ScanObject is a scan as other programs read it. Times are RFC 3339, days
// "2006-01-02", texts in the printer's language. Lists are never null.
type ScanObject struct {
	Schema     string            `json:"schema"`
	Started    string            `json:"started"`
	Finished   string            `json:"finished"`
	Stopped    bool              `json:"stopped"`
	On         string            `json:"on"`
	Catalogue  CatalogueObject   `json:"catalogue"`
	Interfaces []InterfaceObject `json:"interfaces"`
	Problems   []ProblemObject   `json:"problems"`
	Summary    string            `json:"summary"`
	Findings   []FindingObject   `json:"findings"`
}

// A CatalogueObject says which catalogue judged.
type CatalogueObject struct {
	Version  string `json:"version"`
	Date     string `json:"date"`
	Products int    `json:"products"`
}

// An InterfaceObject is a network interface of this computer.
type InterfaceObject struct {
	Name      string   `json:"name"`
	Addresses []string `json:"addresses"`
	Used      bool     `json:"used"`
	Why       string   `json:"why"` // why it was not used, a code; "" when it was
	Sent      int      `json:"sent"`
	Received  int      `json:"received"`
}

// A ProblemObject is something that hampered the scan.
type ProblemObject struct {
	Source string `json:"source"`
	Code   string `json:"code"`
	Text   string `json:"text"`
	Detail string `json:"detail"`
}

// A FindingObject is one device, who it is and what to do. Case and Proposals are there
// only where a command has them to say.
type FindingObject struct {
	Case             string           `json:"case,omitempty"`
	ID               string           `json:"id"`
	Addresses        []string         `json:"addresses"`
	MAC              string           `json:"mac"`
	Gateway          bool             `json:"gateway"`
	Name             string           `json:"name"`
	Kind             string           `json:"kind"`
	Vendor           string           `json:"vendor"`
	Model            string           `json:"model"`
	HardwareRevision string           `json:"hardware_revision"`
	Firmware         string           `json:"firmware"`
	FirmwareDisplay  string           `json:"firmware_display"`
	Provider         string           `json:"provider"`
	Software         string           `json:"software"` // third-party firmware, "" = the maker's own
	Verdict          string           `json:"verdict"`
	Rule             string           `json:"rule"`
	Reasons          []ReasonObject   `json:"reasons"`
	Campaigns        []ReasonObject   `json:"campaigns"`
	Product          *ProductObject   `json:"product"` // null when nothing in the catalogue matches
	Evidence         []EvidenceObject `json:"evidence"`
	Doubts           []DoubtObject    `json:"doubts"`
	Hints            []HintObject     `json:"hints"`
	Proposals        []ProductObject  `json:"proposals,omitzero"`
}

// A ReasonObject is one reason with its sources.
type ReasonObject struct {
	Code    string         `json:"code"`
	Text    string         `json:"text"`
	Sources []SourceObject `json:"sources"`
}

// A SourceObject is where a fact was read, and the day it was.
type SourceObject struct {
	Publisher string `json:"publisher"`
	Title     string `json:"title"`
	URL       string `json:"url"`
	Read      string `json:"read"`
	Via       string `json:"via"` // the copy it was read in, "" = read there itself
}

// A ProductObject is a product of the catalogue.
type ProductObject struct {
	Vendor           string `json:"vendor"`
	Model            string `json:"model"`
	HardwareRevision string `json:"hardware_revision"`
}

// An EvidenceObject is one field that gave one part of the identity.
type EvidenceObject struct {
	Source  string `json:"source"`
	Field   string `json:"field"`
	Value   string `json:"value"`
	Address string `json:"address"`
	Part    string `json:"part"`
}

// A DoubtObject is a part that the device does not say for sure, and what it may be.
type DoubtObject struct {
	Part   string   `json:"part"`
	Values []string `json:"values"`
}

// A HintObject is a sign of age or origin; it never decides a verdict.
type HintObject struct {
	Code  string `json:"code"`
	Value string `json:"value"`
}

// NewScanObject makes the object of a scan.
func NewScanObject(p *i18n.Printer, s scan.Scan, o Options) ScanObject {
	s, o = leaving(s, o)
	out := ScanObject{
		Schema:     schema,
		Started:    Moment(s.Started),
		Finished:   Moment(s.Finished),
		Stopped:    s.Stopped,
		On:         Day(s.On),
		Catalogue:  NewCatalogueObject(s.Catalogue),
		Interfaces: each(s.Interfaces, interfaceObject),
		Problems: each(s.Problems, func(x scan.Problem) ProblemObject {
			return ProblemObject{Source: x.Source, Code: x.Code, Text: ProblemText(p, x), Detail: x.Detail}
		}),
		Summary:  Summary(p, s),
		Findings: each(s.Findings, func(f scan.Finding) FindingObject { return NewFindingObject(p, f, o) }),
	}
	if !o.Unmask {
		for i := range out.Findings {
			out.Findings[i].ID = fmt.Sprintf("device-%d", i+1) // the real one is made from the hardware address
		}
	}
	return out
}

// NewCatalogueObject makes the object of a catalogue.
func NewCatalogueObject(c scan.CatalogueMeta) CatalogueObject {
	return CatalogueObject{Version: c.Version, Date: Day(c.Date), Products: c.Products}
}

func interfaceObject(i scan.Interface) InterfaceObject {
	return InterfaceObject{Name: i.Name, Addresses: append([]string{}, i.Addresses...), Used: i.Used, Why: i.Why, Sent: i.Sent, Received: i.Heard}
}

// NewFindingObject makes the object of one finding. Values stay as the device sent
// them, but for what is masked; a reader that shows them must clean them.
func NewFindingObject(p *i18n.Printer, f scan.Finding, o Options) FindingObject {
	hide := func(field, value string) string { return o.masked(f, field, value) }
	out := FindingObject{
		ID:               hide("", f.Device.ID),
		Addresses:        each(f.Device.Addrs, netip.Addr.String),
		MAC:              hide("", f.Device.MAC),
		Gateway:          f.Device.Gateway,
		Name:             f.Identity.Name,
		Kind:             f.Identity.Kind.String(),
		Vendor:           f.Identity.Vendor,
		Model:            f.Identity.Model,
		HardwareRevision: f.Identity.Revision,
		Firmware:         f.Identity.Firmware,
		FirmwareDisplay:  f.Identity.FirmwareDisplay,
		Provider:         provider(f),
		Software:         f.Identity.Software,
		Verdict:          f.Verdict.Kind.String(),
		Rule:             f.Verdict.Rule,
		Reasons:          reasonObjects(p, f, f.Verdict.Reasons),
		Campaigns:        reasonObjects(p, f, f.Verdict.Campaigns),
		Product:          productObject(f.Match),
		Evidence: each(f.Identity.Evidence, func(e device.Evidence) EvidenceObject {
			value := hide(e.Field, e.Value)
			if e.Part == device.PartName && !o.Unmask {
				value = "…"
			}
			return EvidenceObject{Source: e.Source, Field: e.Field, Value: value, Address: addr(e.Addr), Part: string(e.Part)}
		}),
		Doubts: each(f.Identity.Doubts, func(d device.Doubt) DoubtObject {
			return DoubtObject{Part: string(d.Part), Values: each(d.Values, func(v string) string { return hide("", v) })}
		}),
		Hints: each(f.Identity.Hints, func(h device.Hint) HintObject { return HintObject{Code: h.Code, Value: hide("", h.Value)} }),
	}
	if !o.Unmask {
		out.Name = ""
	}
	return out
}

func reasonObjects(p *i18n.Printer, f scan.Finding, reasons []lifecycle.Reason) []ReasonObject {
	return each(reasons, func(r lifecycle.Reason) ReasonObject {
		return ReasonObject{Code: r.Code, Text: reasonText(p, f, r), Sources: each(r.Sources, NewSourceObject)}
	})
}

// NewSourceObject makes the object of a source.
func NewSourceObject(s lifecycle.Source) SourceObject {
	return SourceObject{Publisher: s.Publisher, Title: s.Title, URL: s.URL, Read: Day(s.Read), Via: s.Via}
}

// productObject is the product the device is, as far as it is settled: no revision
// while it can be several, nothing while it can be several models. What is said of
// the model without a revision stands beside the revision that matched.
func productObject(m lifecycle.Match) *ProductObject {
	if m.How == lifecycle.NoMatch || len(m.Products) == 0 {
		return nil
	}
	first := m.Products[0]
	out := &ProductObject{Vendor: first.Vendor, Model: first.Model}
	for _, other := range m.Products[1:] {
		if other.Vendor != first.Vendor || other.Model != first.Model {
			return nil
		}
	}
	revisions := map[string]string{}
	for _, p := range m.Products {
		if p.Revision != "" {
			revisions[lifecycle.RevisionKey(p.Revision)] = p.Revision
		}
	}
	if !m.Unlisted && len(revisions) == 1 && (m.How == lifecycle.ByModelAndRevision || len(m.Products) == 1) {
		for _, r := range revisions {
			out.HardwareRevision = r
		}
	}
	return out
}

// writeOpenEoX writes what publishers said with a date of the products a scan met, as
// OpenEoX. Only devices of which the product is settled are in it: with what is said of
// the model without a revision beside the revision that matched. Those that have ended
// without a date are left out: OpenEoX has no word for it.
func writeOpenEoX(w io.Writer, s scan.Scan) error {
	var products []lifecycle.Product
	seen := map[string]bool{}
	for _, f := range s.Findings {
		settled := productObject(f.Match)
		if settled == nil || f.Match.Unlisted || len(f.Match.Products) > 1 && settled.HardwareRevision == "" {
			continue
		}
		for _, p := range f.Match.Products {
			if !seen[p.ID] {
				seen[p.ID] = true
				products = append(products, p)
			}
		}
	}
	_, err := lifecycle.WriteOpenEoX(w, products)
	return err
}

// NewProductObject makes the object of a product.
func NewProductObject(p lifecycle.Product) ProductObject {
	return ProductObject{Vendor: p.Vendor, Model: p.Model, HardwareRevision: p.Revision}
}

// ProductText is a product in one line: "D-Link DIR-860L Ver. B1".
func ProductText(p *i18n.Printer, o ProductObject) string {
	name := Clean(device.FullName(o.Vendor, o.Model), maxValue)
	if o.HardwareRevision != "" {
		name += " " + revisionName(p, o.HardwareRevision)
	}
	return name
}

// WriteJSON writes v as indented JSON.
func WriteJSON(w io.Writer, v any) error { return writeJSON(w, v, "  ") }

// WriteJSONLine writes v as JSON on one line.
func WriteJSONLine(w io.Writer, v any) error { return writeJSON(w, v, "") }

func writeJSON(w io.Writer, v any, indent string) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	return e.Encode(v)
}

// Moment writes a time as the objects hold it, "" for none.
func Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// Day writes a day as the objects hold it, "" for none.
func Day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// addr writes an address as the objects hold it, "" for none.
func addr(a netip.Addr) string { return strings.TrimPrefix(a.String(), "invalid IP") }
