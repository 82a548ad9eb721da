package report

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"

	"houdbaar/internal/device"
	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// headline is the verdict for this kind of device: "Replace this router". A
// provider's box is replaced by asking, not by buying, and so it is updated.
func headline(p *i18n.Printer, f scan.Finding) string {
	this := p.Text("kind." + f.Identity.Kind.String() + ".this")
	if name := provider(f); name != "" && replaced(f) {
		return capital(p.Text("headline.provider", Clean(name, maxName), this))
	}
	if providerUpdates(f) {
		return capital(p.Text("headline.provider_update", Clean(provider(f), maxName), this))
	}
	return capital(p.Text("headline."+f.Verdict.Kind.String(), this))
}

func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

// replaced tells whether a device is to be replaced, now or soon.
func replaced(f scan.Finding) bool {
	return f.Verdict.Kind == lifecycle.ReplaceNow || f.Verdict.Kind == lifecycle.PlanReplacement
}

// chip is the verdict in two or three words.
func chip(p *i18n.Printer, f scan.Finding) string {
	if providerUpdates(f) {
		return p.Text("chip.update_firmware.provider")
	}
	return p.Text("chip." + f.Verdict.Kind.String())
}

// providerUpdates tells whether a device is to be updated by the provider: its software
// is the provider's own, and who has the box at home cannot install it.
func providerUpdates(f scan.Finding) bool {
	return f.Verdict.Kind == lifecycle.UpdateFirmware && provider(f) != ""
}

// provider is whose box it is, "" for one from a shop.
func provider(f scan.Finding) string {
	return cmp.Or(f.Verdict.Provider, f.Identity.Provider)
}

// tonight is what to do now, in order. The order matters: a reset wipes the new
// password, so it comes first, and an update before the password. typing is the step that
// asks to type a label, from one; 0 = none.
func tonight(p *i18n.Printer, f scan.Finding, o Options) (all []string, typing int) {
	s := steps{p: p, f: f, at: cmp.Or(o.at, window)}
	switch f.Verdict.Kind {
	case lifecycle.ReplaceNow:
		s.replace()
	case lifecycle.PlanReplacement:
		s.plan()
	case lifecycle.CheckLabel:
		s.label()
		s.guard()
	case lifecycle.UpdateFirmware:
		s.update()
		s.guard()
	case lifecycle.SupportedNow:
		s.guard()
		if provider(f) == "" {
			s.add("tonight.automatic")
		}
	case lifecycle.CannotTell:
		s.unknown()
		s.guard()
	}
	return s.out, s.typing
}

// warned tells whether a warning names the model.
func warned(f scan.Finding) bool { return len(f.Verdict.Campaigns) > 0 }

type steps struct {
	p      *i18n.Printer
	f      scan.Finding
	at     string // where they are read
	out    []string
	typing int // which of them asks to type a label, from one; 0 = none

	installs bool // a step brings the newest version
}

func (s *steps) add(key string, args ...any) { s.out = append(s.out, s.p.Text(key, args...)) }

func (s *steps) label() {
	s.out = append(s.out, LabelHelp(s.p, s.f.Identity.Vendor, itemNumber(s.f)))
	if typed(s.f) && s.at != paper {
		s.add("tonight.type.more")
	} else {
		s.add("tonight.type." + s.at)
	}
	s.typing = len(s.out)
}

// update has the newest version brought onto the device, and keeps it so.
func (s *steps) update() {
	if providerUpdates(s.f) {
		s.add("tonight.provider_update", Clean(provider(s.f), maxName))
		return
	}
	s.install()
	s.add("tonight.automatic")
}

// install brings the newest version onto the device.
func (s *steps) install() {
	s.installs = true
	if s.f.Identity.Kind.Class() == device.ClassNAS {
		s.add("tonight.backup")
	}
	if newest := Clean(s.f.Verdict.Newest, maxName); newest != "" {
		s.add("tonight.update.version", versionName(s.p, newest))
	} else {
		s.add("tonight.update")
	}
}

func (s *steps) replace() {
	class := s.f.Identity.Kind.Class()
	if name := provider(s.f); name != "" {
		s.add("tonight.callprovider", Clean(name, maxName))
		s.add("tonight.password")
		return
	}
	if class == device.ClassNetwork && warned(s.f) {
		// Only where the model is named: a reset costs people their settings.
		s.add("tonight.reset")
	}
	switch class {
	case device.ClassNAS:
		s.add("tonight.backup")
	case device.ClassCamera:
		s.add("tonight.unplug")
	}
	s.add("tonight.lastupdate")
	s.add("tonight.password")
	s.add("tonight.offline." + classKey(class))
}

func (s *steps) plan() {
	if name := provider(s.f); name != "" {
		s.add("tonight.callprovider", Clean(name, maxName))
		return
	}
	if _, ok := toInstall(s.f); ok {
		s.install()
	} else {
		s.add("tonight.update") // not its last: more may come
	}
	s.add("tonight.password")
	if warned(s.f) {
		s.add("tonight.offline." + classKey(s.f.Identity.Kind.Class()))
	}
	if s.f.Verdict.Until.String() == "" {
		s.add("tonight.replace")
	} else {
		s.add("tonight.remember")
	}
}

// unknown is what helps to tell.
func (s *steps) unknown() {
	f := s.f
	if _, ok := toInstall(f); ok {
		s.install()
	}
	switch {
	case provider(f) != "":
		s.add("tonight.askprovider", Clean(provider(f), maxName))
	case f.Verdict.Rule == lifecycle.RuleThirdPartyFirmware && len(f.Verdict.Reasons) > 0:
		s.add("tonight.software", Clean(f.Verdict.Reasons[0].Args["software"], maxName))
	case f.Verdict.Rule == lifecycle.RuleNoCatalogue:
		s.add("tonight.catalogue")
	case f.Identity.Model == "":
		s.label()
	case f.Identity.Vendor == "" && typed(f):
		s.add("tonight.maker")
	default:
		s.add("tonight.askmaker")
		if len(f.Match.Products) == 0 && f.Identity.Revision == "" && !typed(f) {
			s.label() // it may name it otherwise; what was met is known no better by its label
		}
	}
}

// guard is what helps whoever reads that a warning names their model, whether or not it
// still gets updates.
func (s *steps) guard() {
	if !warned(s.f) {
		return
	}
	if !s.installs && provider(s.f) == "" && s.f.Verdict.Rule != lifecycle.RuleThirdPartyFirmware {
		s.add("tonight.update")
	}
	s.add("tonight.password")
	if provider(s.f) == "" {
		s.add("tonight.offline." + classKey(s.f.Identity.Kind.Class()))
	}
}

// Where a line is read: there is a button in the window only.
const (
	window = "window"
	prompt = "prompt"
	paper  = "paper"
)

// typed tells whether a person typed what is known, from a label.
func typed(f scan.Finding) bool {
	return f.Identity.Corrected || slices.ContainsFunc(f.Identity.Evidence, func(e device.Evidence) bool {
		return e.Part == device.PartModel && e.Source == device.SourceLabel
	})
}

// classKey ends a key whose text differs per class.
func classKey(c device.Class) string {
	switch c {
	case device.ClassNetwork:
		return "network"
	case device.ClassCamera:
		return "camera"
	}
	return "other"
}

// buyYears is how long a new device should get updates at least. Five years is
// what the EU's Cyber Resilience Act, article 13(8), takes as the normal minimum.
const buyYears = 5

// buy is what to look for in a shop; nothing where there is nothing to buy.
func buy(p *i18n.Printer, f scan.Finding, on time.Time) []string {
	if !replaced(f) || provider(f) != "" {
		return nil
	}
	out := []string{p.Text("buy.automatic")}
	if !on.IsZero() {
		out = append([]string{p.Text("buy.until", strconv.Itoa(on.Year()+buyYears))}, out...)
	}
	return append(out, p.Text("buy."+classKey(f.Identity.Kind.Class())))
}

// providerScript is what to say to the provider's helpdesk.
func providerScript(p *i18n.Printer, f scan.Finding) string {
	name := Clean(provider(f), maxName)
	if name == "" {
		return ""
	}
	model := modelName(f)
	if lifecycle.VendorKey(f.Identity.Vendor) == lifecycle.VendorKey(name) {
		model = Clean(f.Identity.Model, maxName) // no “KPN Experia Box of KPN”
	}
	model = cmp.Or(model, p.Text("provider.box"))
	why := ""
	if len(f.Verdict.Reasons) > 0 {
		why = reasonText(p, f, f.Verdict.Reasons[0])
	}
	switch f.Verdict.Kind {
	case lifecycle.ReplaceNow, lifecycle.PlanReplacement:
		return p.Text("provider.replace", name, model, why)
	case lifecycle.UpdateFirmware:
		return p.Text("provider.update", name, model, why)
	case lifecycle.CannotTell, lifecycle.CheckLabel:
		return p.Text("provider.ask", name, model)
	}
	return ""
}

// LabelHelp says what to read on the label and where this maker prints it. item is the
// item number that decides, "" where none does.
func LabelHelp(p *i18n.Printer, vendor, item string) string {
	if item != "" {
		return p.Text("item.where", item)
	}
	if key := "label." + lifecycle.VendorKey(vendor); vendor != "" && p.Has(key) {
		return p.Text(key)
	}
	return p.Text("label.any")
}

// netgearItem is the end of one of NETGEAR's item numbers, which says for which market a
// device was made.
var netgearItem = regexp.MustCompile(`\b\d{3}(PES|EUS|UKS|NAS)\b`)

// netgearMarkets are those that its list and its shops tell apart (netgear.com/about/eos).
var netgearMarkets = map[string]string{"PES": "eu", "EUS": "eu", "UKS": "uk", "NAS": "na"}

// ItemNumber is the first item number among a model's hardware revisions, "EX6120-100PES",
// "" where there is none: where NETGEAR lists those, no version on the label settles it.
func ItemNumber(vendor, model string, revisions ...string) string {
	if lifecycle.VendorKey(vendor) == "netgear" {
		for _, r := range revisions {
			if item := netgearItem.FindString(r); item != "" {
				return Clean(model, maxName) + "-" + item
			}
		}
	}
	return ""
}

// itemNumber is one that the verdict hangs on.
func itemNumber(f scan.Finding) string {
	if f.Verdict.Kind != lifecycle.CheckLabel || len(f.Verdict.Reasons) == 0 {
		return ""
	}
	var said []string
	for _, s := range standings {
		said = append(said, f.Verdict.Reasons[0].Args[s])
	}
	return ItemNumber(f.Identity.Vendor, f.Identity.Model, said...)
}

// ItemText is a hardware revision, with where it was sold if it is an item's: "100PES (Europe)".
func ItemText(p *i18n.Printer, revision string) string {
	if m := netgearItem.FindStringSubmatch(revision); m != nil {
		return revision + " (" + p.Text("region."+netgearMarkets[m[1]]) + ")"
	}
	return revision
}
