package report

import (
	"cmp"
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
// provider's box is replaced by asking, not by buying.
func headline(p *i18n.Printer, f scan.Finding) string {
	this := p.Text("kind." + f.Identity.Kind.String() + ".this")
	if name := provider(f); name != "" && replaced(f) {
		return capital(p.Text("headline.provider", Clean(name, maxName), this))
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

// replaced tells whether a device is to be replaced, now or soon.
func replaced(f scan.Finding) bool {
	return f.Verdict.Kind == lifecycle.ReplaceNow || f.Verdict.Kind == lifecycle.PlanReplacement
}

// provider is whose box it is, "" for one from a shop.
func provider(f scan.Finding) string {
	return cmp.Or(f.Verdict.Provider, f.Identity.Provider)
}

// tonight is what to do now, in order. The order matters: a reset wipes the new
// password, so it comes first, and an update before the password.
func tonight(p *i18n.Printer, f scan.Finding, o Options) []string {
	var steps []string
	add := func(key string, args ...any) { steps = append(steps, p.Text(key, args...)) }
	label := func() {
		steps = append(steps, LabelHelp(p, f.Identity.Vendor))
		if typed(f) && o.at != paper {
			add("tonight.type.more")
		} else {
			add("tonight.type." + cmp.Or(o.at, window))
		}
	}
	class := f.Identity.Kind.Class()
	switch f.Verdict.Kind {
	case lifecycle.ReplaceNow:
		if name := provider(f); name != "" {
			add("tonight.callprovider", Clean(name, maxName))
			add("tonight.password")
			break
		}
		if class == device.ClassNetwork && warned(f) {
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
		if _, ok := toInstall(f); ok {
			install(p, f, add)
		} else {
			add("tonight.lastupdate")
		}
		add("tonight.password")
		if warned(f) {
			add("tonight.offline." + classKey(class))
		}
		if f.Verdict.Until.String() == "" {
			add("tonight.replace")
		} else {
			add("tonight.remember")
		}
	case lifecycle.CheckLabel:
		label()
		guard(f, add)
	case lifecycle.UpdateFirmware:
		install(p, f, add)
		add("tonight.automatic")
		if warned(f) {
			add("tonight.password")
		}
	case lifecycle.SupportedNow:
		add("tonight.automatic")
	case lifecycle.CannotTell:
		if _, ok := toInstall(f); ok {
			install(p, f, add)
		}
		switch {
		case provider(f) != "":
			add("tonight.askprovider", Clean(provider(f), maxName))
		case f.Verdict.Rule == lifecycle.RuleThirdPartyFirmware && len(f.Verdict.Reasons) > 0:
			add("tonight.software", Clean(f.Verdict.Reasons[0].Args["software"], maxName))
		case f.Verdict.Rule == lifecycle.RuleNoCatalogue:
			add("tonight.catalogue")
		case f.Identity.Model == "":
			label()
		case f.Identity.Vendor == "" && typed(f):
			add("tonight.maker")
		default:
			add("tonight.askmaker")
			if len(f.Match.Products) == 0 && f.Identity.Revision == "" && !typed(f) {
				label() // it may name it otherwise; what was met is known no better by its label
			}
		}
		guard(f, add)
	}
	return steps
}

// warned tells whether a warning names the model.
func warned(f scan.Finding) bool { return len(f.Verdict.Campaigns) > 0 }

// guard adds what helps whoever reads that a warning names their model, whether or not
// it still gets updates.
func guard(f scan.Finding, add func(key string, args ...any)) {
	if !warned(f) {
		return
	}
	if _, ok := toInstall(f); !ok && provider(f) == "" && f.Verdict.Rule != lifecycle.RuleThirdPartyFirmware {
		add("tonight.update")
	}
	add("tonight.password")
	if provider(f) == "" {
		add("tonight.offline." + classKey(f.Identity.Kind.Class()))
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

// install adds the step that brings the newest version onto a device.
func install(p *i18n.Printer, f scan.Finding, add func(key string, args ...any)) {
	if f.Identity.Kind.Class() == device.ClassNAS {
		add("tonight.backup")
	}
	if newest := Clean(f.Verdict.Newest, maxName); newest != "" {
		add("tonight.update.version", versionName(p, newest))
	} else {
		add("tonight.update")
	}
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
	model := cmp.Or(modelName(f), p.Text("provider.box"))
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
