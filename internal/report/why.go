package report

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"houdbaar/internal/device"
	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// why is the trail from what was received to the rule that decided.
func why(p *i18n.Printer, f scan.Finding, o Options) []Step {
	steps := []Step{
		{Head: p.Text("why.said"), Text: said(p, f, o)},
		{Head: p.Text("why.read"), Text: read(p, f, o)},
		{Head: p.Text("why.matched"), Text: matched(p, f)},
		{Head: p.Text("why.sources"), Text: sourced(p, f)},
	}
	if more := besides(p, f); len(more) > 0 {
		steps = append(steps, Step{Head: p.Text("why.besides"), Text: more})
	}
	return append(steps, Step{Head: p.Text("why.rule"), Text: ruled(p, f)})
}

// said lists the fields that were used, as they came, each once.
func said(p *i18n.Printer, f scan.Finding, o Options) []string {
	var out []string
	seen := map[string]bool{}
	for _, e := range f.Identity.Evidence {
		line := p.Text("why.field", protocol(p, e.Source), Clean(e.Field, maxName), Clean(o.masked(f, e.Field, e.Value), maxValue))
		var where []string
		if e.Addr.IsValid() {
			where = append(where, e.Addr.String())
		}
		if name := inbound(f.Device, e); name != "" {
			where = append(where, name)
		}
		if !e.At.IsZero() {
			where = append(where, p.DateTime(e.At))
		}
		if len(where) > 0 {
			line += " (" + strings.Join(where, ", ") + ")"
		}
		if !seen[line] {
			seen[line] = true
			out = append(out, line)
		}
	}
	if len(out) > 0 {
		return out
	}
	if !heard(f.Device) {
		return []string{p.Text("why.silent")}
	}
	return []string{p.Text("why.nothing")}
}

// inbound is the interface on which the evidence came in, "" where that is not known.
func inbound(d device.Device, e device.Evidence) string {
	for _, o := range d.Observations {
		if o.Source == e.Source && o.Addr == e.Addr && o.At.Equal(e.At) && o.Interface != "" {
			return Clean(o.Interface, maxName)
		}
	}
	return ""
}

// heard tells whether the device itself said anything: the system's own tables
// know a device that keeps silent.
func heard(d device.Device) bool {
	return slices.ContainsFunc(d.Observations, func(o device.Observation) bool {
		return o.Source != device.SourceNeighbour && o.Source != device.SourceRoute && o.Source != device.SourceTyped
	})
}

func protocol(p *i18n.Printer, source string) string {
	if key := "source." + source; p.Has(key) {
		return p.Text(key)
	}
	return Clean(source, maxName)
}

// read says what was made of it: the identity, its rules, doubts and hints.
func read(p *i18n.Printer, f scan.Finding, o Options) []string {
	id := f.Identity
	var out []string
	part := func(name device.Part, value string) {
		if value == "" {
			return
		}
		line := p.Text("why.part."+string(name), Clean(value, maxValue))
		for _, e := range id.Evidence {
			if e.Part == name && e.Rule != "" {
				line += " " + p.Text("why.by", Clean(e.Rule, maxName))
				break
			}
		}
		out = append(out, line)
	}
	part(device.PartVendor, id.Vendor)
	part(device.PartModel, id.Model)
	part(device.PartRevision, id.Revision)
	firmware := id.Firmware
	if d := id.FirmwareDisplay; d != "" && d != firmware {
		if firmware == "" {
			firmware = d
		} else {
			firmware = d + " (" + firmware + ")"
		}
	}
	part(device.PartFirmware, firmware)
	part(device.PartSoftware, id.Software)
	part(device.PartProvider, id.Provider)
	part(device.PartKind, p.Text("kind."+id.Kind.String()))
	if id.Corrected {
		switch by := Clean(id.CorrectedBy, maxName); {
		case id.CorrectedAt.IsZero():
			out = append(out, p.Text("why.corrected"))
		case by == "":
			out = append(out, p.Text("why.corrected_on", p.Date(id.CorrectedAt)))
		default:
			out = append(out, p.Text("why.corrected_by", by, p.Date(id.CorrectedAt)))
		}
	}
	for _, d := range id.Doubts {
		values := each(d.Values, func(v string) string { return "“" + Clean(v, maxName) + "”" })
		switch {
		case len(values) > 1:
			out = append(out, p.Text("why.doubt", p.Text("part."+string(d.Part)), p.List(values)))
		case d.Part == device.PartModel:
			out = append(out, p.Text("why.called", values[0]))
		default:
			out = append(out, p.Text("why.guessed", values[0]))
		}
	}
	return append(out, hints(p, f, o)...)
}

// hints are signs of age or origin in words; never a verdict.
func hints(p *i18n.Printer, f scan.Finding, o Options) []string {
	var out []string
	for _, h := range f.Identity.Hints {
		if key := "hint." + h.Code; p.Has(key) {
			out = append(out, p.Text(key, Clean(o.masked(f, "", h.Value), maxName)))
		}
	}
	return out
}

// matched says which products of the catalogue the device can be.
func matched(p *i18n.Printer, f scan.Finding) []string {
	m := f.Match
	if f.Verdict.Rule == lifecycle.RuleNoCatalogue {
		return []string{p.Text("text.no_catalogue")}
	}
	if m.How == lifecycle.NoMatch || len(m.Products) == 0 {
		if f.Identity.Model == "" {
			return []string{p.Text("why.nomodel")}
		}
		return []string{p.Text("why.nomatch")}
	}
	how := map[lifecycle.How]string{
		lifecycle.ByAlias:            "why.how.alias",
		lifecycle.ByModel:            "why.how.model",
		lifecycle.ByModelAndRevision: "why.how.revision",
	}[m.How]
	if m.How == lifecycle.ByModel && f.Identity.Revision != "" {
		how = "why.how.whole"
	}
	out := []string{p.Text(how, Clean(m.Alias, maxName))}
	var siblings []string // of a version that no source mentions
	for _, prod := range m.Products {
		text := ProductText(p, NewProductObject(prod))
		if m.Unlisted && prod.Revision != "" {
			siblings = append(siblings, text)
		} else {
			out = append(out, text)
		}
	}
	if m.Unlisted {
		out = append(append(out, p.Text("why.unlisted", Clean(f.Identity.Revision, maxName))), siblings...)
	}
	return out
}

// sourced says what the sources say that the verdict rests on, with who and when; where
// there is none, why.
func sourced(p *i18n.Printer, f scan.Finding) []string {
	var out []string
	for i, r := range f.Verdict.Reasons {
		switch {
		case decides(f, i):
			out = append(out, cited(p, reasonText(p, f, r), r))
		case r.Code == lifecycle.CodeNoStatement:
			out = append(out, reasonText(p, f, r))
		}
	}
	if len(out) == 0 {
		out = []string{p.Text("why.nosource")}
	}
	return out
}

// besides is what else is said of the model, with who and when: it decides nothing.
func besides(p *i18n.Printer, f scan.Finding) []string {
	var out []string
	for i, r := range f.Verdict.Reasons {
		switch {
		case decides(f, i):
		case r.Code != lifecycle.CodeNoStatement:
			out = append(out, cited(p, reasonText(p, f, r), r))
		case len(r.Sources) > 0:
			out = append(out, cited(p, p.Text("why.exists"), r))
		}
	}
	for _, r := range f.Verdict.Campaigns {
		out = append(out, cited(p, reasonText(p, f, r), r))
	}
	return out
}

// cited is a sentence with who said it, and when that was read.
func cited(p *i18n.Printer, text string, r lifecycle.Reason) string {
	for _, s := range sourceLines(p, r.Sources) {
		text += fmt.Sprintf(" [%s, %s]", s.Publisher, s.ReadText)
	}
	return text
}

// decides tells whether the verdict rests on its reason at i. On that a model exists, on
// its versions and on what was taken back rests none; a version that the device is behind
// decides only where the advice is to update.
func decides(f scan.Finding, i int) bool {
	if i > 0 && f.Verdict.Rule == lifecycle.RuleThirdPartyFirmware {
		return false // of its maker's software
	}
	switch f.Verdict.Reasons[i].Code {
	case lifecycle.CodeNoStatement, lifecycle.CodeFirmwareNotKnown, lifecycle.CodeFirmwareNotCompared, lifecycle.CodeLatestFirmware, lifecycle.CodeLastUpdate, lifecycle.CodeWithdrawn:
		return false
	case lifecycle.CodeFirmwareBehind:
		return f.Verdict.Kind == lifecycle.UpdateFirmware
	}
	return true
}

func ruled(p *i18n.Printer, f scan.Finding) []string {
	if providerUpdates(f) {
		return []string{p.Text("rule.behind_newest.provider")}
	}
	if key := "rule." + f.Verdict.Rule; p.Has(key) {
		return []string{p.Text(key)}
	}
	return []string{p.Text("verdict." + f.Verdict.Kind.String() + ".general")}
}

// sourceLines are sources as a person sees them, each once.
func sourceLines(p *i18n.Printer, sources []lifecycle.Source) []SourceLine {
	var out []SourceLine
	seen := map[string]bool{}
	for _, s := range sources {
		line := SourceLine{
			Publisher: Clean(s.Publisher, maxName),
			Title:     Clean(s.Title, maxValue),
			Read:      s.Read,
			Via:       Clean(s.Via, maxValue),
		}
		if _, ok := Web(s.URL); ok {
			line.URL = s.URL
		}
		if !s.Read.IsZero() {
			line.ReadText = p.Text("source.read", p.Date(s.Read))
			if line.Via != "" {
				line.ReadText = p.Text("source.via", line.ReadText, line.Via)
			}
		}
		if key := s.Publisher + "\n" + s.Title + "\n" + s.URL; !seen[key] {
			seen[key] = true
			out = append(out, line)
		}
	}
	return out
}

// SourceOf is one source as a person sees it.
func SourceOf(p *i18n.Printer, s lifecycle.Source) SourceLine {
	return sourceLines(p, []lifecycle.Source{s})[0]
}

// Web parses a link that a browser may be given: http or https, with a host and without
// credentials.
func Web(link string) (*url.URL, bool) {
	u, err := url.Parse(link)
	return u, err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil
}
