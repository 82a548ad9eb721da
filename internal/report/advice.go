package report

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"houdbaar/internal/device"
	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// headline is the verdict for this kind of device: "Replace this router". A
// provider's box is replaced by asking, not by buying.
func headline(p *i18n.Printer, f scan.Finding) string {
	this := p.Text("kind." + f.Identity.Kind.String() + ".this")
	switch f.Verdict.Kind {
	case lifecycle.ReplaceNow, lifecycle.PlanReplacement:
		if name := provider(f); name != "" {
			return capital(p.Text("headline.provider", Clean(name, maxName), this))
		}
	}
	return capital(p.Text("headline."+f.Verdict.Kind.String(), this))
}

// capital makes the first letter a capital.
func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

// provider is whose box it is, "" for one from a shop.
func provider(f scan.Finding) string {
	if f.Verdict.Provider != "" {
		return f.Verdict.Provider
	}
	return f.Identity.Provider
}

// reasonText is one reason in words. A code without words falls back on the
// verdict's general sentence, never on the code itself.
func reasonText(p *i18n.Printer, f scan.Finding, r lifecycle.Reason) string {
	key := "reason." + r.Code
	if !p.Has(key) {
		return p.Text("verdict." + f.Verdict.Kind.String() + ".general")
	}
	words := values(p, f, r)
	text := p.Fill(variant(p, f, key, r, words), words)
	if !perRevision[r.Code] {
		return text
	}
	for _, said := range []string{"ended", "plan", "supported", "disagree", "silent"} {
		if list := words[said]; list != "" {
			text += " " + p.Fill("revisions."+said, map[string]string{"list": list})
		}
	}
	return text
}

// perRevision are the codes that carry what is said of each revision or model.
var perRevision = map[string]bool{
	lifecycle.CodeRevisionUnknown:   true,
	lifecycle.CodeRevisionUnlisted:  true,
	lifecycle.CodeRevisionsDisagree: true,
	lifecycle.CodeSeveralModels:     true,
}

// variant picks the wording where a code has more than one: without a value that is
// not known (key.no_date), for a box to be replaced, for a campaign that is no
// warning with a name, for what others than the maker say.
func variant(p *i18n.Printer, f scan.Finding, key string, r lifecycle.Reason, words map[string]string) string {
	replace := f.Verdict.Kind == lifecycle.ReplaceNow || f.Verdict.Kind == lifecycle.PlanReplacement
	switch {
	case r.Code == lifecycle.CodeProviderBox && replace:
		return key + ".replace"
	case r.Code == lifecycle.CodeNamed && p.Has(key+"."+r.Args["campaign"]):
		return key + "." + r.Args["campaign"]
	}
	if others(f) && p.Has(key+".others") {
		key += ".others"
	}
	for _, name := range []string{"date", "fixes", "looked", "newest", "revisions", "why"} {
		if words[name] == "" && p.Has(key+".no_"+name) {
			return key + ".no_" + name
		}
	}
	return key
}

// others tells whether the verdict rests on others than the maker; then no sentence
// may begin with the maker's name.
func others(f scan.Finding) bool {
	return slices.ContainsFunc(f.Verdict.Reasons, func(r lifecycle.Reason) bool {
		return r.Code == lifecycle.CodeSecondHandOnly || r.Code == lifecycle.CodeAuthorityOnly
	})
}

// dates are the arguments that hold one; {date_on} is the same with its preposition.
var dates = []string{"date", "first", "last", "looked"}

// cveID is the public name of a weak spot.
var cveID = regexp.MustCompile(`CVE-\d{4}-\d{4,7}`)

// lists are the arguments that hold several values, comma separated.
var lists = []string{"revisions", "models", "values", "publishers", "ended", "plan", "supported", "disagree", "silent"}

// values makes a reason's arguments fit for a sentence: cleaned, dates written out,
// lists joined, codes in words, and the device's own vendor, model and revision
// where the reason gives none.
func values(p *i18n.Printer, f scan.Finding, r lifecycle.Reason) map[string]string {
	out := map[string]string{
		"vendor":   f.Identity.Vendor,
		"model":    f.Identity.Model,
		"revision": f.Identity.Revision,
		"provider": provider(f),
		"software": f.Identity.Software,
		"alias":    "", "campaign": "", "part": "", "region": "", "why": "",
	}
	for name, value := range r.Args {
		if value != "" || out[name] == "" {
			out[name] = value
		}
	}
	for name, value := range out {
		out[name] = Clean(value, maxSentence)
	}
	for _, name := range dates {
		out[name+"_on"] = p.OnDate(out[name])
		out[name] = p.DateText(out[name])
	}
	for _, name := range lists {
		words := splitList(out[name])
		for i, word := range words {
			if r.Code == lifecycle.CodeKindInDoubt && p.Has("kind."+word) {
				words[i] = p.Text("kind." + word)
			}
		}
		out[name] = p.List(words)
	}
	// What a version fixes is a source's own text; only the names of weak spots in it
	// mean the same in every language.
	out["fixes"] = p.List(cveID.FindAllString(out["fixes"], 5))
	for _, name := range []string{"installed", "newest", "version"} {
		out[name] = versionName(p, out[name])
	}
	if key := "part." + out["part"]; p.Has(key) {
		out["part"] = p.Text(key)
	}
	if key := "campaign." + out["campaign"]; p.Has(key) {
		out["campaign"] = p.Text(key)
	}
	out["product"] = device.FullName(out["vendor"], out["model"])
	if out["vendor"] == "" {
		out["vendor"] = p.Text("vendor.unknown")
	}
	return out
}

// splitList takes apart a list as the codes carry it: with commas or semicolons.
func splitList(s string) []string {
	return strings.FieldsFunc(strings.ReplaceAll(s, ", ", ","), func(r rune) bool { return r == ',' || r == ';' })
}

// badges are the warnings that name the model, with what that means. What several say in
// the same words, of several weak spots, stands there once, with the sources of all.
func badges(p *i18n.Printer, f scan.Finding) []Badge {
	var out []Badge
	for _, c := range f.Verdict.Campaigns {
		text := reasonText(p, f, c)
		if i := slices.IndexFunc(out, func(b Badge) bool { return b.Text == text }); i >= 0 {
			out[i].Sources = append(out[i].Sources, sourceLines(p, c.Sources)...)
			continue
		}
		out = append(out, Badge{
			Text:    text,
			Means:   p.Text("named.means"),
			Sources: sourceLines(p, c.Sources),
		})
	}
	return out
}

// tonight is what to do now, in order. The order matters: a reset wipes the new
// password, so it comes first, and an update before the password.
func tonight(p *i18n.Printer, f scan.Finding) []string {
	var steps []string
	add := func(key string, args ...any) { steps = append(steps, p.Text(key, args...)) }
	class := f.Identity.Kind.Class()
	switch f.Verdict.Kind {
	case lifecycle.ReplaceNow:
		if name := provider(f); name != "" {
			add("tonight.callprovider", Clean(name, maxName))
			add("tonight.password")
			break
		}
		if class == device.ClassNetwork && len(f.Verdict.Campaigns) > 0 {
			// Only where the model is named: a reset costs people their settings.
			add("tonight.restart")
			add("tonight.reset")
		}
		if class == device.ClassNAS {
			add("tonight.backup")
		}
		if class == device.ClassCamera {
			add("tonight.unplug")
		}
		add("tonight.lastupdate")
		add("tonight.password")
		add("tonight.offline." + classKey(class))
	case lifecycle.PlanReplacement:
		if name := provider(f); name != "" {
			add("tonight.callprovider", Clean(name, maxName))
			break
		}
		add("tonight.lastupdate")
		add("tonight.password")
		if f.Verdict.Until.String() == "" {
			add("tonight.replace")
		} else {
			add("tonight.remember")
		}
	case lifecycle.CheckLabel:
		steps = append(steps, LabelHelp(p, f.Identity.Vendor))
		add("tonight.type")
	case lifecycle.UpdateFirmware:
		if class == device.ClassNAS {
			add("tonight.backup")
		}
		if newest := Clean(f.Verdict.Newest, maxName); newest != "" {
			add("tonight.update.version", versionName(p, newest))
		} else {
			add("tonight.update")
		}
		add("tonight.automatic")
		if len(f.Verdict.Campaigns) > 0 {
			add("tonight.password")
		}
	case lifecycle.SupportedNow:
		add("tonight.automatic")
	case lifecycle.CannotTell:
		switch {
		case provider(f) != "":
			add("tonight.askprovider", Clean(provider(f), maxName))
		case f.Identity.Model == "":
			steps = append(steps, LabelHelp(p, f.Identity.Vendor))
			add("tonight.type")
		default:
			add("tonight.askmaker")
			if f.Identity.Revision == "" {
				steps = append(steps, LabelHelp(p, f.Identity.Vendor))
				add("tonight.type")
			}
		}
	}
	return steps
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
	if k := f.Verdict.Kind; (k != lifecycle.ReplaceNow && k != lifecycle.PlanReplacement) || provider(f) != "" {
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
	if model == "" {
		model = p.Text("provider.box")
	}
	switch f.Verdict.Kind {
	case lifecycle.ReplaceNow, lifecycle.PlanReplacement:
		why := ""
		if len(f.Verdict.Reasons) > 0 {
			why = reasonText(p, f, f.Verdict.Reasons[0])
		}
		return p.Text("provider.replace", name, model, why)
	case lifecycle.CannotTell, lifecycle.CheckLabel:
		return p.Text("provider.ask", name, model)
	}
	return ""
}

// LabelHelp says what to read on the label and where this maker prints it.
func LabelHelp(p *i18n.Printer, vendor string) string {
	if key := "label." + lifecycle.VendorKey(vendor); vendor != "" && p.Has(key) {
		return p.Text(key)
	}
	return p.Text("label.any")
}
