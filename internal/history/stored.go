package history

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"fmt"
	"io"
	"net/netip"
	"slices"
	"sync"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// The stored form of a finding: JSON with names and codes of its own, so that a field
// renamed in Go, or a constant moved, changes nothing that was kept. Struct types that
// are converted (observation, evidence, ...) do not compile when the type they stand
// for gets a field: then it needs a name here.
type (
	finding struct {
		Device   box      `json:"device"`
		Identity identity `json:"identity"`
		Match    match    `json:"match"`
		Verdict  verdict  `json:"verdict"`
	}
	box struct {
		ID           string        `json:"id"`
		Addrs        []netip.Addr  `json:"addresses,omitempty"`
		MAC          string        `json:"mac,omitempty"`
		Gateway      bool          `json:"gateway,omitempty"`
		Observations []observation `json:"observations,omitempty"`
	}
	observation struct {
		At        time.Time         `json:"at,omitzero"`
		Source    string            `json:"source"`
		Interface string            `json:"interface,omitempty"`
		Addr      netip.Addr        `json:"address,omitzero"`
		MAC       string            `json:"mac,omitempty"`
		Key       string            `json:"key,omitempty"`
		Fields    map[string]string `json:"fields,omitempty"`
		Raw       [][]byte          `json:"raw,omitempty"`
	}
	identity struct {
		Vendor          string      `json:"vendor,omitempty"`
		Model           string      `json:"model,omitempty"`
		Revision        string      `json:"hardware_revision,omitempty"`
		Firmware        string      `json:"firmware,omitempty"`
		FirmwareDisplay string      `json:"firmware_display,omitempty"`
		Kind            device.Kind `json:"kind,omitempty"`
		Name            string      `json:"name,omitempty"`
		Provider        string      `json:"provider,omitempty"`
		Software        string      `json:"software,omitempty"`
		Corrected       bool        `json:"corrected,omitempty"`
		CorrectedBy     string      `json:"corrected_by,omitempty"`
		CorrectedAt     time.Time   `json:"corrected_at,omitzero"`
		Evidence        []evidence  `json:"evidence,omitempty"`
		Doubts          []doubt     `json:"doubts,omitempty"`
		Hints           []hint      `json:"hints,omitempty"`
	}
	evidence struct {
		Part   device.Part `json:"part"`
		Gives  string      `json:"gives,omitempty"`
		Rule   string      `json:"rule,omitempty"`
		Source string      `json:"source,omitempty"`
		Field  string      `json:"field,omitempty"`
		Value  string      `json:"value,omitempty"`
		Addr   netip.Addr  `json:"address,omitzero"`
		At     time.Time   `json:"at,omitzero"`
	}
	doubt struct {
		Part   device.Part `json:"part"`
		Values []string    `json:"values,omitempty"`
	}
	hint struct {
		Code  string `json:"code"`
		Value string `json:"value,omitempty"`
	}
	match struct {
		How      string    `json:"how"`
		Alias    string    `json:"alias,omitempty"`
		Products []product `json:"products,omitempty"`
		Unlisted bool      `json:"unlisted,omitempty"`
		Siblings []product `json:"siblings,omitempty"`

		Withdrawn []fact `json:"withdrawn,omitempty"`
	}
	product struct {
		ID       string      `json:"id"`
		Vendor   string      `json:"vendor"`
		Model    string      `json:"model"`
		Revision string      `json:"hardware_revision,omitempty"`
		Kind     device.Kind `json:"kind,omitempty"`
		Provider string      `json:"provider,omitempty"`
		Aliases  []string    `json:"aliases,omitempty"`
		Page     string      `json:"page,omitempty"`
		Facts    []fact      `json:"facts,omitempty"`
	}
	fact struct {
		Says      lifecycle.Statement `json:"says"`
		Date      string              `json:"date,omitempty"`
		TBA       bool                `json:"tba,omitempty"`
		Version   string              `json:"version,omitempty"`
		Region    string              `json:"region,omitempty"`
		Campaign  string              `json:"campaign,omitempty"`
		Detail    string              `json:"detail,omitempty"`
		Withdrawn bool                `json:"withdrawn,omitempty"`
		Why       string              `json:"why,omitempty"`
		Source    source              `json:"source"`
	}
	source struct {
		Publisher string    `json:"publisher,omitempty"`
		Title     string    `json:"title,omitempty"`
		URL       string    `json:"url,omitempty"`
		Read      time.Time `json:"read,omitzero"`
		Trust     string    `json:"trust"`
		Via       string    `json:"via,omitempty"`
	}
	verdict struct {
		Kind      string   `json:"kind"`
		Rule      string   `json:"rule,omitempty"`
		Reasons   []reason `json:"reasons,omitempty"`
		Campaigns []reason `json:"campaigns,omitempty"`
		Until     string   `json:"until,omitempty"`
		Newest    string   `json:"newest,omitempty"`
		Provider  string   `json:"provider,omitempty"`
	}
	reason struct {
		Code    string            `json:"code"`
		Args    map[string]string `json:"args,omitempty"`
		Sources []source          `json:"sources,omitempty"`
	}
	// circumstances are what a scan says beside its findings.
	circumstances struct {
		Only       string         `json:"only,omitempty"` // the one address that was looked at
		Interfaces []netInterface `json:"interfaces,omitempty"`
		Problems   []problem      `json:"problems,omitempty"`
	}
	netInterface struct {
		Name      string   `json:"name"`
		Addresses []string `json:"addresses,omitempty"`
		Used      bool     `json:"used,omitempty"`
		Why       string   `json:"why,omitempty"`
		Sent      int      `json:"sent,omitempty"`
		Heard     int      `json:"heard,omitempty"`
	}
	problem struct {
		Source string            `json:"source"`
		Code   string            `json:"code"`
		Args   map[string]string `json:"args,omitempty"`
		Detail string            `json:"detail,omitempty"`
	}
)

// hows are the codes of the ways to match. The place in the list is the Go value.
var hows = []string{lifecycle.NoMatch: "none", lifecycle.ByAlias: "alias", lifecycle.ByModel: "model", lifecycle.ByModelAndRevision: "revision"}

// verdictKind reads the code of a verdict.
func verdictKind(code string) (lifecycle.VerdictKind, error) {
	for k := lifecycle.CannotTell; k <= lifecycle.OtherDevice; k++ {
		if k.String() == code {
			return k, nil
		}
	}
	return 0, fmt.Errorf("no verdict %q", code)
}

// each converts a list, nil where it is empty.
func each[A, B any](list []A, convert func(A) B) []B {
	var out []B
	for _, a := range list {
		out = append(out, convert(a))
	}
	return out
}

// toStored is the stored form of a finding.
func toStored(f scan.Finding) finding {
	id := f.Identity
	return finding{
		Device: box{f.Device.ID, f.Device.Addrs, f.Device.MAC, f.Device.Gateway,
			each(f.Device.Observations, func(o device.Observation) observation { return observation(o) })},
		Identity: identity{id.Vendor, id.Model, id.Revision, id.Firmware, id.FirmwareDisplay, id.Kind, id.Name, id.Provider, id.Software, id.Corrected, id.CorrectedBy, id.CorrectedAt,
			each(id.Evidence, func(e device.Evidence) evidence { return evidence(e) }),
			each(id.Doubts, func(d device.Doubt) doubt { return doubt(d) }),
			each(id.Hints, func(h device.Hint) hint { return hint(h) })},
		Match: match{hows[f.Match.How], f.Match.Alias, each(f.Match.Products, toProduct), f.Match.Unlisted, each(f.Match.Siblings, toProduct), each(f.Match.Withdrawn, toFact)},
		Verdict: verdict{f.Verdict.Kind.String(), f.Verdict.Rule, each(f.Verdict.Reasons, toReason), each(f.Verdict.Campaigns, toReason),
			f.Verdict.Until.String(), f.Verdict.Newest, f.Verdict.Provider},
	}
}

func toProduct(p lifecycle.Product) product {
	return product{p.ID, p.Vendor, p.Model, p.Revision, p.Kind, p.Provider, p.Aliases, p.Page, each(p.Facts, toFact)}
}

func toFact(f lifecycle.Fact) fact {
	return fact{f.Says, f.Date.String(), f.TBA, f.Version, f.Region, f.Campaign, f.Detail, f.Withdrawn, f.Why, toSource(f.Source)}
}

func toReason(r lifecycle.Reason) reason { return reason{r.Code, r.Args, each(r.Sources, toSource)} }

func toSource(s lifecycle.Source) source {
	return source{s.Publisher, s.Title, s.URL, s.Read, lifecycle.Trusts[s.Trust], s.Via}
}

// A reader turns stored forms back, and keeps the first thing that is wrong.
type reader struct{ err error }

func (r *reader) wrong(err error) {
	if r.err == nil {
		r.err = err
	}
}

func (r *reader) code(list []string, code, what string) int {
	i := slices.Index(list, code)
	if i < 0 {
		r.wrong(fmt.Errorf("no %s %q", what, code))
		return 0
	}
	return i
}

func (r *reader) date(text string) lifecycle.Date {
	d, err := lifecycle.ParseDate(text)
	if err != nil {
		r.wrong(err)
	}
	return d
}

func (r *reader) finding(f finding) scan.Finding {
	id := f.Identity
	kind, err := verdictKind(f.Verdict.Kind)
	if err != nil {
		r.wrong(err)
	}
	return scan.Finding{
		Device: device.Device{ID: f.Device.ID, Addrs: f.Device.Addrs, MAC: f.Device.MAC, Gateway: f.Device.Gateway,
			Observations: each(f.Device.Observations, func(o observation) device.Observation { return device.Observation(o) })},
		Identity: device.Identity{Vendor: id.Vendor, Model: id.Model, Revision: id.Revision, Firmware: id.Firmware, FirmwareDisplay: id.FirmwareDisplay,
			Kind: id.Kind, Name: id.Name, Provider: id.Provider, Software: id.Software, Corrected: id.Corrected, CorrectedBy: id.CorrectedBy, CorrectedAt: id.CorrectedAt,
			Evidence: each(id.Evidence, func(e evidence) device.Evidence { return device.Evidence(e) }),
			Doubts:   each(id.Doubts, func(d doubt) device.Doubt { return device.Doubt(d) }),
			Hints:    each(id.Hints, func(h hint) device.Hint { return device.Hint(h) })},
		Match: lifecycle.Match{How: lifecycle.How(r.code(hows, f.Match.How, "way to match")), Alias: f.Match.Alias,
			Products: each(f.Match.Products, r.product), Unlisted: f.Match.Unlisted, Siblings: each(f.Match.Siblings, r.product),
			Withdrawn: each(f.Match.Withdrawn, r.fact)},
		Verdict: lifecycle.Verdict{Kind: kind, Rule: f.Verdict.Rule, Reasons: each(f.Verdict.Reasons, r.reason), Campaigns: each(f.Verdict.Campaigns, r.reason),
			Until: r.date(f.Verdict.Until), Newest: f.Verdict.Newest, Provider: f.Verdict.Provider},
	}
}

func (r *reader) product(p product) lifecycle.Product {
	return lifecycle.Product{ID: p.ID, Vendor: p.Vendor, Model: p.Model, Revision: p.Revision, Kind: p.Kind, Provider: p.Provider, Aliases: p.Aliases, Page: p.Page,
		Facts: each(p.Facts, r.fact)}
}

func (r *reader) fact(f fact) lifecycle.Fact {
	return lifecycle.Fact{Says: f.Says, Date: r.date(f.Date), TBA: f.TBA, Version: f.Version, Region: f.Region, Campaign: f.Campaign,
		Detail: f.Detail, Withdrawn: f.Withdrawn, Why: f.Why, Source: r.source(f.Source)}
}

func (r *reader) reason(x reason) lifecycle.Reason {
	return lifecycle.Reason{Code: x.Code, Args: x.Args, Sources: each(x.Sources, r.source)}
}

func (r *reader) source(s source) lifecycle.Source {
	return lifecycle.Source{Publisher: s.Publisher, Title: s.Title, URL: s.URL, Read: s.Read, Trust: lifecycle.Trust(r.code(lifecycle.Trusts, s.Trust, "trust")), Via: s.Via}
}

func toCircumstances(s scan.Scan) circumstances {
	return circumstances{s.Only, each(s.Interfaces, func(i scan.Interface) netInterface { return netInterface(i) }),
		each(s.Problems, func(p scan.Problem) problem { return problem(p) })}
}

func (c circumstances) to(s *scan.Scan) {
	s.Only = c.Only
	s.Interfaces = each(c.Interfaces, func(i netInterface) scan.Interface { return scan.Interface(i) })
	s.Problems = each(c.Problems, func(p problem) scan.Problem { return scan.Problem(p) })
}

// maxBody is the most that one stored finding may unpack to. A thousand observations
// of the largest kind are a tenth of it.
const maxBody = 64 << 20

// A deflate writer takes 600 kB to make; a visit packs sixty findings.
var packers = sync.Pool{New: func() any { w, _ := flate.NewWriter(nil, flate.DefaultCompression); return w }}
var unpackers = sync.Pool{New: func() any { return flate.NewReader(nil) }}

// pack makes v deflated JSON.
func pack(v any) ([]byte, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w := packers.Get().(*flate.Writer)
	defer packers.Put(w)
	w.Reset(&out)
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// unpack reads what pack made.
func unpack(packed []byte, v any) error {
	r := unpackers.Get().(io.ReadCloser)
	defer unpackers.Put(r)
	if err := r.(flate.Resetter).Reset(bytes.NewReader(packed), nil); err != nil {
		return err
	}
	data, err := io.ReadAll(io.LimitReader(r, maxBody+1))
	if err != nil {
		return err
	}
	if len(data) > maxBody {
		return fmt.Errorf("unpacks to more than %d bytes", maxBody)
	}
	return json.Unmarshal(data, v)
}
