// Package report turns findings into words: the line that screen and paper share,
// the summary sentence, the advice, and the documents.
//
// It promises that text from the network is cleaned before it is shown, that a
// verdict is never worded stronger than it is, and that "all is well" is said only
// when everything was heard, identified and supported. It refuses to decide a
// verdict, to read the clock, and to hold words: those are i18n's.
package report

import (
	"cmp"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"houdbaar/internal/device"
	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// A Line is everything a person may read about one finding, in one language.
// Screen and paper both show lines, so they cannot disagree. All text that came
// from the network is cleaned (control and bidirectional characters removed,
// length bounded) before it gets here.
type Line struct {
	ID       string                // Device.ID
	Kind     device.Kind           // for the picture
	KindName string                // "router", "camera", in the language
	Verdict  lifecycle.VerdictKind // for icon and colour

	Title    string // the name people know: their name for it, else vendor and model, else address
	Model    string // "D-Link DIR-860L"; "" when not known
	Product  string // the model without its maker: "DIR-860L"
	Small    string // "Ver. B1 · firmware 2.00": revision and firmware, "" when not known
	Address  string // "192.168.1.23"
	MAC      string // masked unless asked for
	Page     string // http(s) address on the device itself, "" when it gave none that is its own
	Chip     string // the verdict in two or three words: "Replace this device"
	Headline string // the verdict for this kind: "Replace this router"
	Reason   string // one or two sentences
	Badges   []Badge
	Tonight  []string     // what to do now, in order
	Typing   int          // which step of Tonight asks to type the label, from one; 0 = none
	Item     string       // the item number that decides where its maker lists those: "EX6120-100PES", else ""
	Buy      []string     // what to look for when buying, empty when there is nothing to buy
	Provider string       // script for the provider's helpdesk, "" for a box from a shop
	Why      []Step       // the trail
	Sources  []SourceLine // what the verdict, and what Reason says, rests on
	Besides  []SourceLine // what else is known of the model: that it exists, or its versions
}

// A Badge is a campaign that names the model, and what that does and does not mean.
type Badge struct {
	Text    string
	Means   string // "That does not mean yours is infected."
	Sources []SourceLine
}

// Where is the address, "" where the title is just that.
func (l Line) Where() string {
	if l.Address == l.Title {
		return ""
	}
	return l.Address
}

// A Step is one step of the "Why?" trail: received, read, matched, sourced, ruled.
type Step struct {
	Head string // "What the device said"
	Text []string
}

// A SourceLine is one source as a person sees it.
type SourceLine struct {
	Publisher string
	Title     string
	URL       string // http(s) only
	Read      time.Time
	ReadText  string // "read on 21 November 2026"
	Via       string // "read through ..." where it was read in a copy, else ""
}

// A Group is the lines under one heading, in the order of what needs action.
type Group struct {
	Verdict lifecycle.VerdictKind
	Heading string
	Lines   []Line

	Findings []scan.Finding // which each line words, at its place
}

// Options are what the reader chose. The zero value is the careful one.
type Options struct {
	On     time.Time // the day judged for; says until when a new device should get updates
	Unmask bool      // show hardware addresses, serials and UUIDs in full

	// HideNames leaves out what people called their devices: on paper and in files
	// that leave the house a name may be a person's. What writes paper and tables sets it
	// unless Unmask is set.
	HideNames bool

	Width int // where lines at the prompt break, in characters; 0 = not known

	at string // where it is read, "" = the window; what writes text and paper sets it
}

// masked is a value that a device said in a field, fit to show.
func (o Options) masked(f scan.Finding, field, value string) string {
	if o.Unmask {
		return value
	}
	return scan.MaskValue(field, value, f.Device.MAC)
}

// NewLine puts a finding into words.
func NewLine(p *i18n.Printer, f scan.Finding, o Options) Line {
	if o.HideNames {
		f.Identity.Name = ""
	}
	l := Line{
		ID:       f.Device.ID,
		Kind:     f.Identity.Kind,
		KindName: kindName(p, f.Identity),
		Verdict:  f.Verdict.Kind,
		Title:    title(p, f),
		Model:    modelName(f),
		Product:  Clean(f.Identity.Model, maxName),
		Small:    small(p, f),
		Address:  address(f.Device),
		MAC:      f.Device.MAC,
		Page:     page(f.Device),
		Chip:     chip(p, f),
		Headline: headline(p, f),
		Badges:   badges(p, f),
		Item:     itemNumber(f),
		Buy:      buy(p, f, o.On),
		Provider: providerScript(p, f),
		Why:      why(p, f, o),
	}
	if !o.Unmask {
		l.MAC = scan.MaskMAC(l.MAC)
	}
	l.Tonight, l.Typing = tonight(p, f, o)
	l.Reason = reason(p, f)
	var sources, besides []lifecycle.Source
	for i, r := range f.Verdict.Reasons {
		said := strings.Contains(l.Reason, reasonText(p, f, r))
		switch {
		case r.Code == lifecycle.CodeWithdrawn && !said:
			// who was wrong is no source of the verdict; the trail names both
		case decides(f, i) || said && r.Code != lifecycle.CodeNoStatement:
			sources = append(sources, r.Sources...)
		default:
			besides = append(besides, r.Sources...)
		}
	}
	l.Sources = sourceLines(p, sources)
	l.Besides = slices.DeleteFunc(sourceLines(p, besides), func(s SourceLine) bool { return slices.Contains(l.Sources, s) })
	return l
}

// title is the name people know: the name they gave it, else vendor and model,
// else what and where it is. A name that only repeats the model is none.
func title(p *i18n.Printer, f scan.Finding) string {
	name, model := Clean(f.Identity.Name, maxName), modelName(f)
	if model != "" {
		if name == "" || saysSame(name, f.Identity) {
			return model
		}
		return name + " (" + Clean(f.Identity.Model, maxName) + ")"
	}
	what := p.Text("kind." + f.Identity.Kind.String())
	if v := Clean(f.Identity.Vendor, maxName); v != "" {
		what = p.Text("title.of", v, what)
	}
	switch {
	case f.Device.Gateway:
		return p.Text("title.gateway")
	case name != "":
		return name
	case f.Identity.Kind != device.Unknown || f.Identity.Vendor != "":
		return capital(what)
	case address(f.Device) != "":
		return address(f.Device)
	}
	return capital(what)
}

// saysSame tells whether a name is no more than the maker's own: it holds the model, or is
// the model without the maker in it.
func saysSame(name string, id device.Identity) bool {
	n, vendor, model := device.Letters(name), device.Letters(id.Vendor), device.Letters(id.Model)
	return strings.Contains(n, model) || n == vendor || vendor+n == model
}

// modelName is vendor and model, "" when the model is not known.
func modelName(f scan.Finding) string {
	if f.Identity.Model == "" {
		return ""
	}
	return Clean(device.FullName(f.Identity.Vendor, f.Identity.Model), maxName)
}

// small is revision, firmware and third-party firmware, in small print.
func small(p *i18n.Printer, f scan.Finding) string {
	revision, fw, software := "", firmware(f.Identity), Clean(f.Identity.Software, maxName)
	if f.Identity.Revision != "" {
		revision = revisionName(p, f.Identity.Revision)
	}
	if fw != "" && !named(fw) {
		fw = p.Text("small.firmware", fw)
	}
	if strings.Contains(fw, software) {
		software = ""
	}
	return together(" · ", revision, fw, software)
}

// firmware is a version as the label writes it.
func firmware(id device.Identity) string {
	return Clean(cmp.Or(id.FirmwareDisplay, id.Firmware), maxName)
}

// named tells whether a version brings its own name: "FRITZ!OS 7.57", not "V1.0.9".
func named(version string) bool {
	letters := 0
	for _, r := range version {
		if !unicode.IsLetter(r) {
			break
		}
		letters++
	}
	return letters >= 3
}

// versionName is a firmware version inside a sentence: "version 1.10", "FRITZ!OS 7.57".
func versionName(p *i18n.Printer, version string) string {
	if version == "" || named(version) {
		return version
	}
	return p.Text("small.version", version)
}

// revisionName is a hardware revision as labels print it: "Ver. B1", "V5".
func revisionName(p *i18n.Printer, revision string) string {
	r := Clean(revision, 20)
	if len(r) > 1 && (r[0] == 'V' || r[0] == 'v') && r[1] >= '0' && r[1] <= '9' {
		return "V" + r[1:]
	}
	return p.Text("small.revision", r)
}

// address is the device's first address without a zone.
func address(d device.Device) string {
	if len(d.Addrs) == 0 {
		return ""
	}
	return d.Addrs[0].WithZone("").String()
}

// page is the device's own web page: one it announced itself, on an address that
// is its own, http or https. Anything else is "": a device must not choose where a
// double click leads.
func page(d device.Device) string {
	for _, o := range d.Observations {
		base, err := url.Parse(o.Get("url"))
		if o.Source != device.SourceUPnP || err != nil || o.Get("presentationURL") == "" {
			continue
		}
		u, err := base.Parse(strings.TrimSpace(o.Get("presentationURL")))
		if err != nil {
			continue
		}
		if _, ok := Web(u.String()); !ok {
			continue
		}
		if addr, err := netip.ParseAddr(u.Hostname()); err == nil && has(d, addr) {
			return u.String()
		}
	}
	for _, o := range d.Observations {
		scheme, ok := map[string]string{"_http._tcp": "http", "_https._tcp": "https"}[o.Get("service")]
		port, err := strconv.ParseUint(o.Get("port"), 10, 16)
		if o.Source != device.SourceMDNS || !ok || err != nil || port == 0 || !has(d, o.Addr) || o.Addr.Zone() != "" {
			continue
		}
		return scheme + "://" + netip.AddrPortFrom(o.Addr, uint16(port)).String() + "/"
	}
	return ""
}

func has(d device.Device, addr netip.Addr) bool {
	return addr.IsValid() && slices.ContainsFunc(d.Addrs, func(a netip.Addr) bool { return a.WithZone("") == addr.WithZone("") })
}

// kindName names the kind of a device; where nothing is known of it, what its hardware
// address hints at.
func kindName(p *i18n.Printer, id device.Identity) string {
	if id.Kind == device.Unknown && id.Vendor == "" && id.Model == "" {
		for _, h := range id.Hints {
			switch h.Code {
			case device.HintKeptApart:
				return p.Text("kind.unknown_apart")
			case "mac_vendor":
				return p.Text("kind.unknown_by", Clean(h.Value, maxName))
			}
		}
	}
	return p.Text("kind." + id.Kind.String())
}
