package report

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"houdbaar/internal/device"
	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// reason is why, in one or two sentences: what decided, and the one thing that
// changes how to take it; where we cannot tell, a sign of age. A newer version that is
// known is said besides. The rest stands in the trail.
func reason(p *i18n.Printer, f scan.Finding) string {
	if len(f.Verdict.Reasons) == 0 {
		return p.Text("verdict." + f.Verdict.Kind.String() + ".general")
	}
	return together(" ", reasonText(p, f, f.Verdict.Reasons[0]), qualified(p, f), updated(p, f))
}

// qualified is the one thing that changes how to take a verdict, "" for none.
func qualified(p *i18n.Printer, f scan.Finding) string {
	for _, code := range qualifies {
		if code == lifecycle.CodeOtherRegion && f.Verdict.Reasons[0].Code == lifecycle.CodeUpdatedSince {
			continue // it names the region itself
		}
		if r, ok := behind(f, code); ok {
			return reasonText(p, f, r)
		}
	}
	return ""
}

// updated says which version is newer, and where we cannot tell of when the last is, or
// another sign of age.
func updated(p *i18n.Printer, f scan.Finding) string {
	if r, ok := toInstall(f); ok {
		return reasonText(p, f, r)
	}
	if f.Verdict.Kind != lifecycle.CannotTell {
		return ""
	}
	if r, ok := behind(f, lifecycle.CodeLastUpdate); ok && r.Args["date"] != "" {
		return reasonText(p, f, r)
	}
	for _, h := range f.Identity.Hints {
		if key := "hint." + h.Code; strings.HasPrefix(h.Code, "old_") && p.Has(key) {
			return p.Text(key, Clean(h.Value, maxName))
		}
	}
	return ""
}

// behind is the reason with a code that stands behind the first.
func behind(f scan.Finding, code string) (lifecycle.Reason, bool) {
	for i, r := range f.Verdict.Reasons {
		if i > 0 && r.Code == code {
			return r, true
		}
	}
	return lifecycle.Reason{}, false
}

// toInstall is the reason that says which newer version to install, where the verdict is
// not about that itself: of a device whose end is near or not known.
func toInstall(f scan.Finding) (lifecycle.Reason, bool) {
	if k := f.Verdict.Kind; k != lifecycle.CannotTell && k != lifecycle.PlanReplacement || provider(f) != "" {
		return lifecycle.Reason{}, false
	}
	return behind(f, lifecycle.CodeFirmwareBehind)
}

// qualifies are the reasons worth a second sentence, the most important first.
var qualifies = []string{
	lifecycle.CodeProviderBox,
	lifecycle.CodeSecondHandOnly,
	lifecycle.CodeAuthorityOnly,
	lifecycle.CodeOtherRegion,
	lifecycle.CodeEveryListedRevision,
	lifecycle.CodeFirmwareInDoubt,
	lifecycle.CodeFirmwareNotCompared,
	lifecycle.CodeLatestFirmware,
	lifecycle.CodeCorrected,
	lifecycle.CodeWithdrawn,
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
	for _, said := range standings {
		if list := words[said]; list != "" {
			text += " " + p.Fill("revisions."+said, map[string]string{"list": list})
		}
	}
	return text
}

// standings are the arguments that say of which revisions what is said.
var standings = []string{"ended", "plan", "supported", "disagree", "silent"}

// perRevision are the codes that carry what is said of each revision or model.
var perRevision = map[string]bool{
	lifecycle.CodeRevisionUnknown:   true,
	lifecycle.CodeRevisionUnlisted:  true,
	lifecycle.CodeRevisionsDisagree: true,
	lifecycle.CodeSeveralModels:     true,
}

// variant picks the wording where a code has more than one: without a value that is
// not known (key.no_date), for a box to be replaced, for a campaign that is no
// warning with a name, for the only revision known, for what a person typed, for what others than the maker say.
func variant(p *i18n.Printer, f scan.Finding, key string, r lifecycle.Reason, words map[string]string) string {
	switch {
	case r.Code == lifecycle.CodeProviderBox:
		if f.Identity.Provider == "" && lifecycle.VendorKey(f.Identity.Vendor) != lifecycle.VendorKey(provider(f)) {
			key += ".usual" // neither the device nor a person says so, and another one may have it too
		}
		if replaced(f) {
			key += ".replace"
		}
		return key
	case r.Code == lifecycle.CodeNamed && p.Has(key+"."+r.Args["campaign"]):
		return key + "." + r.Args["campaign"]
	case r.Code == lifecycle.CodeEveryListedRevision && words["revisions"] != "" && !strings.ContainsAny(r.Args["revisions"], ",;"):
		return key + ".only"
	}
	if typed(f) && p.Has(key+".typed") {
		return key + ".typed"
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

// lists are the arguments that hold several values, with commas or semicolons between.
var lists = append([]string{"revisions", "models", "values", "publishers", "region"}, standings...)

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
	if p.Language() != i18n.English {
		out["why"] = "" // the catalogue's own note, which is in English
	}
	for _, name := range dates {
		out[name+"_on"] = p.OnDate(out[name])
		out[name+"_until"] = untilText(p, out[name])
		out[name] = p.DateText(out[name])
	}
	for _, name := range lists {
		words := strings.FieldsFunc(strings.ReplaceAll(out[name], ", ", ","), func(r rune) bool { return r == ',' || r == ';' })
		if name == "region" { // codes last: a list reads better
			slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(unnamed(p, a), unnamed(p, b)) })
		}
		for i, word := range words {
			if r.Code == lifecycle.CodeKindInDoubt && p.Has("kind."+word) {
				words[i] = p.Text("kind." + word)
			}
			switch {
			case name == "region":
				words[i] = RegionText(p, word)
			case perRevision[r.Code] || name == "revisions":
				words[i] = ItemText(p, word)
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

// RegionText is where a fact is said to hold. A code that nobody explained is quoted as
// the source has it: TP-Link's lists print CPI, Rise and USW and say nowhere what they are.
func RegionText(p *i18n.Printer, code string) string {
	words := strings.Split(code, "/") // "EU/RU/JP"
	for i, word := range words {
		word = strings.TrimSpace(word)
		if key := "region." + strings.ToLower(word); p.Has(key) {
			words[i] = p.Text(key)
		} else {
			words[i] = p.Text("region.code", Clean(word, maxName))
		}
	}
	return p.List(words)
}

// unnamed is 1 for a region's code without words, else 0.
func unnamed(p *i18n.Printer, code string) int {
	if p.Has("region."+strings.ToLower(code)) || strings.Contains(code, "/") {
		return 0
	}
	return 1
}

// NamedText says that a campaign names a model, as the catalogue has it.
func NamedText(p *i18n.Printer, campaign string) string {
	return reasonText(p, scan.Finding{}, lifecycle.Reason{Code: lifecycle.CodeNamed, Args: map[string]string{"campaign": campaign}})
}

// badges are the warnings that name the model, with what that means. What several say in
// the same words, of several weak spots or revisions, stands there once, with the sources
// of all.
func badges(p *i18n.Printer, f scan.Finding) []Badge {
	var out []Badge
	sources := map[string][]lifecycle.Source{}
	for _, c := range f.Verdict.Campaigns {
		text := reasonText(p, f, c)
		if _, had := sources[text]; !had {
			out = append(out, Badge{Text: text, Means: p.Text("named.means")})
		}
		sources[text] = append(sources[text], c.Sources...)
	}
	for i, b := range out {
		out[i].Sources = sourceLines(p, sources[b.Text])
	}
	return out
}

// untilText is a date behind "until": of a year nobody said which day.
func untilText(p *i18n.Printer, date string) string {
	if len(date) == len("2006") {
		return p.Text("date.within", date)
	}
	return p.DateText(date)
}
