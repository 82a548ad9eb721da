package report

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// TestOneWarningStandsOnce: of several weak spots, or revisions, that are told in the same
// words, and each source once.
func TestOneWarningStandsOnce(t *testing.T) {
	named := func(campaign, title string) lifecycle.Reason {
		return lifecycle.Reason{Code: lifecycle.CodeNamed, Args: map[string]string{"campaign": campaign, "detail": title}, Sources: []lifecycle.Source{{Publisher: "CISA", Title: title}}}
	}
	f := scan.Finding{Verdict: lifecycle.Verdict{Kind: lifecycle.ReplaceNow, Campaigns: []lifecycle.Reason{named("CISA KEV", "CVE-1"), named("VPNFilter", "list"), named("CISA KEV", "CVE-2"), named("CISA KEV", "CVE-1")}}}
	got := NewLine(i18n.New(i18n.English), f, Options{}).Badges
	if len(got) != 2 || len(got[0].Sources) != 2 || got[0].Sources[1].Title != "CVE-2" || len(got[1].Sources) != 1 {
		t.Errorf("the warnings are %+v", got)
	}
}

// TestWhatEndsOnADayIsRememberedWithIt: without one there is nothing to note.
func TestWhatEndsOnADayIsRememberedWithIt(t *testing.T) {
	p := i18n.New(i18n.English)
	day := lifecycle.Date{Time: time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC), Precision: lifecycle.Day}
	for want, until := range map[string]lifecycle.Date{"tonight.remember": day, "tonight.replace": {}} {
		f := scan.Finding{Identity: device.Identity{Kind: device.Router}, Verdict: lifecycle.Verdict{Kind: lifecycle.PlanReplacement, Until: until}}
		got := NewLine(p, f, Options{}).Tonight
		if !slices.Contains(got, p.Text(want)) {
			t.Errorf("until %q: %q", until, got)
		}
		if !slices.Contains(got, p.Text("tonight.update")) || slices.Contains(got, p.Text("tonight.lastupdate")) {
			t.Errorf("until %q its updates are called the last: %q", until, got)
		}
	}
}

// TestAKnownNewerVersionIsSaidAndAStep: also where we cannot tell, and before an end.
func TestAKnownNewerVersionIsSaidAndAStep(t *testing.T) {
	p := i18n.New(i18n.English)
	newer := lifecycle.Reason{Code: lifecycle.CodeFirmwareBehind, Args: map[string]string{"installed": "V1.0", "newest": "V1.2", "fixes": "CVE-2021-45504"}}
	for _, kind := range []lifecycle.VerdictKind{lifecycle.CannotTell, lifecycle.PlanReplacement} {
		f := scan.Finding{Identity: device.Identity{Vendor: "Acme", Model: "R1", Firmware: "V1.0", Kind: device.Router}, Verdict: lifecycle.Verdict{
			Kind: kind, Newest: "V1.2", Reasons: []lifecycle.Reason{{Code: lifecycle.CodeNoStatement}, {Code: lifecycle.CodeOtherRegion, Args: map[string]string{"region": "US"}}, newer}}}
		l := NewLine(p, f, Options{})
		if !strings.Contains(l.Reason, "version V1.2, and it fixes CVE-2021-45504") || !strings.Contains(l.Reason, "(the US)") {
			t.Errorf("%v: the reason is %q", kind, l.Reason)
		}
		if want := p.Text("tonight.update.version", "version V1.2"); l.Tonight[0] != want {
			t.Errorf("%v: the first step is %q, want %q", kind, l.Tonight[0], want)
		}
		f.Identity.Provider = "KPN"
		if l := NewLine(p, f, Options{}); strings.Contains(strings.Join(l.Tonight, " "), "V1.2") {
			t.Errorf("%v: the provider's box is to be updated by hand: %q", kind, l.Tonight)
		}
	}
}

// TestAProvidersBoxIsUpdatedByTheProvider: who has it at home cannot install anything.
func TestAProvidersBoxIsUpdatedByTheProvider(t *testing.T) {
	newer := lifecycle.Reason{Code: lifecycle.CodeFirmwareBehind, Args: map[string]string{"installed": "V1.0", "newest": "V1.2"}}
	ours := scan.Finding{Identity: device.Identity{Vendor: "Acme", Model: "H5", Kind: device.Gateway}, Verdict: lifecycle.Verdict{
		Kind: lifecycle.UpdateFirmware, Rule: lifecycle.RuleBehindNewest, Newest: "V1.2", Provider: "KPN", Reasons: []lifecycle.Reason{newer}}}
	shop := ours
	shop.Verdict.Provider = ""
	for l, c := range map[i18n.Language]struct{ headline, ask, summary string }{
		i18n.English: {"Ask KPN to update this modem", "Will you put the newer version on it?", "Ask your provider to update 1 device. Update the software of 2 devices."},
		i18n.Dutch:   {"Vraag KPN om dit modem bij te werken", "Wilt u de nieuwere versie erop zetten?", "Vraag uw provider om 1 apparaat bij te werken. Werk de software van 2 apparaten bij."},
	} {
		p := i18n.New(l)
		got := NewLine(p, ours, Options{})
		if got.Headline != c.headline || !strings.Contains(got.Provider, c.ask) || len(got.Tonight) != 1 || got.Tonight[0] != p.Text("tonight.provider_update", "KPN") {
			t.Errorf("%q, %q, %q", got.Headline, got.Provider, got.Tonight)
		}
		if all := strings.Join(append(got.Tonight, got.Chip, got.Why[len(got.Why)-1].Text[0]), " "); strings.Contains(all, p.Text("chip.update_firmware")) || strings.Contains(all, p.Text("rule.behind_newest")) {
			t.Errorf("it is still told to update: %q", all)
		}
		if text := Summary(p, scan.Scan{Findings: []scan.Finding{ours, shop, shop}}); !strings.Contains(text, c.summary) {
			t.Errorf("the summary is %q", text)
		}
		if got := NewLine(p, shop, Options{}); got.Chip != p.Text("chip.update_firmware") || got.Tonight[0] != p.Text("tonight.update.version", p.Text("small.version", "V1.2")) {
			t.Errorf("from a shop: %q, %q", got.Chip, got.Tonight)
		}
	}
}

// TestWhoIsNamedReadsWhatHelps: a warning without anything to do about it only frightens.
func TestWhoIsNamedReadsWhatHelps(t *testing.T) {
	p := i18n.New(i18n.English)
	warning := []lifecycle.Reason{{Code: lifecycle.CodeNamed, Args: map[string]string{"campaign": "socksescort"}}}
	for _, kind := range []lifecycle.VerdictKind{lifecycle.ReplaceNow, lifecycle.PlanReplacement, lifecycle.CheckLabel, lifecycle.UpdateFirmware, lifecycle.SupportedNow, lifecycle.CannotTell} {
		f := scan.Finding{Identity: device.Identity{Vendor: "Acme", Model: "R1", Kind: device.Router}, Verdict: lifecycle.Verdict{Kind: kind}}
		if got := NewLine(p, f, Options{}).Tonight; kind != lifecycle.ReplaceNow && slices.Contains(got, p.Text("tonight.offline.network")) {
			t.Errorf("%v, named nowhere: %q", kind, got)
		}
		f.Verdict.Campaigns = warning
		got := strings.Join(NewLine(p, f, Options{}).Tonight, "\n")
		for _, key := range []string{"tonight.password", "tonight.offline.network"} {
			if strings.Count(got, p.Text(key)) != 1 {
				t.Errorf("%v: %q is not once in %q", kind, p.Text(key), got)
			}
		}
		f.Verdict.Provider = "KPN"
		if got := NewLine(p, f, Options{}).Tonight; slices.Contains(got, p.Text("tonight.offline.network")) || slices.Contains(got, p.Text("tonight.update")) {
			t.Errorf("%v: the provider's box is to be set by hand: %q", kind, got)
		}
	}
}

// TestWhenTheLastUpdateCameIsASignOfAge: where we cannot tell, and its day is known.
func TestWhenTheLastUpdateCameIsASignOfAge(t *testing.T) {
	last := lifecycle.Reason{Code: lifecycle.CodeLastUpdate, Args: map[string]string{"version": "V1.2", "date": "2019-03"}}
	f := scan.Finding{Verdict: lifecycle.Verdict{Reasons: []lifecycle.Reason{{Code: lifecycle.CodeNoStatement}, last}}}
	if got := NewLine(i18n.New(i18n.English), f, Options{}).Reason; !strings.HasSuffix(got, "The last update we know of came in March 2019: version V1.2.") {
		t.Errorf("the reason is %q", got)
	}
}

// TestTheLabelIsReadOnlyWhereItTellsMore: a model that was met is known no better by it.
func TestTheLabelIsReadOnlyWhereItTellsMore(t *testing.T) {
	p := i18n.New(i18n.English)
	model := device.Identity{Vendor: "Acme", Model: "R1"}
	for name, c := range map[string]struct {
		id   device.Identity
		met  []lifecycle.Product
		read bool
	}{
		"no model":                     {id: device.Identity{Vendor: "Acme"}, read: true},
		"a model that was not met":     {id: model, read: true},
		"a model that was met":         {id: model, met: []lifecycle.Product{{ID: "acme/r1"}}},
		"a model with its version":     {id: device.Identity{Vendor: "Acme", Model: "R1", Revision: "V2"}},
		"a model with silent versions": {id: model, met: []lifecycle.Product{{ID: "acme/r1/v1", Revision: "V1"}, {ID: "acme/r1/v2", Revision: "V2"}}},
	} {
		got := NewLine(p, scan.Finding{Identity: c.id, Match: lifecycle.Match{Products: c.met}}, Options{}).Tonight
		if slices.Contains(got, p.Text("label.any")) != c.read || len(got) == 0 {
			t.Errorf("%s: the steps are %q", name, got)
		}
	}
}

// TestOtherFirmwareIsAskedOfItsOwnMaker: neither the device's maker nor its label knows.
func TestOtherFirmwareIsAskedOfItsOwnMaker(t *testing.T) {
	p := i18n.New(i18n.English)
	for _, model := range []string{"", "R1"} {
		f := scan.Finding{Identity: device.Identity{Model: model, Kind: device.Router}, Verdict: lifecycle.Judge(
			device.Identity{Vendor: "Acme", Model: model, Software: "OpenWrt"}, lifecycle.Match{}, time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC), lifecycle.Options{})}
		if got := NewLine(p, f, Options{}).Tonight; len(got) != 1 || got[0] != p.Text("tonight.software", "OpenWrt") {
			t.Errorf("the model %q: the steps are %q", model, got)
		}
	}
}

// TestTheNextStepIsThereWhereItIsRead: only the window has a button, and nobody types a
// label again.
func TestTheNextStepIsThereWhereItIsRead(t *testing.T) {
	p := i18n.New(i18n.English)
	seen := scan.Finding{Identity: device.Identity{Vendor: "Acme", Model: "R1"}, Verdict: lifecycle.Verdict{Kind: lifecycle.CheckLabel}}
	read := seen
	read.Identity.Evidence = device.ByPerson(read.Identity, time.Time{})
	for key, f := range map[string]scan.Finding{"tonight.type.prompt": seen, "tonight.type.more": read} {
		var text, page strings.Builder
		s := scan.Scan{Findings: []scan.Finding{f}}
		must(t, errors.Join(WriteText(&text, p, s, Options{}), writeHTML(&page, p, s, Options{}, Sheet{})))
		if words := strings.Join(strings.Fields(text.String()), " "); !strings.Contains(words, p.Text(key)) {
			t.Errorf("%s is not at the prompt: %s", key, words)
		}
		if !strings.Contains(page.String(), p.Text("tonight.type.paper")) {
			t.Errorf("%s: the paper does not say where to look it up", key)
		}
	}
	if l := NewLine(p, seen, Options{}); l.Typing == 0 || l.Tonight[l.Typing-1] != p.Text("tonight.type.window") {
		t.Errorf("the window says %q, and asks for the label at %d", l.Tonight, l.Typing)
	}
	nobody := scan.Finding{Identity: device.Identity{Model: "R1", Corrected: true}, Verdict: lifecycle.Verdict{Reasons: []lifecycle.Reason{{Code: lifecycle.CodeNoVendor}}}}
	l := NewLine(p, nobody, Options{})
	if len(l.Tonight) != 1 || l.Tonight[0] != p.Text("tonight.maker") || l.Typing != 0 || l.Reason != "You typed the model R1, and not who made it." {
		t.Errorf("without a maker: %q, %q", l.Reason, l.Tonight)
	}
}

// TestAModelThatSomebodyTypedIsNotCalledKnown: it may be no model at all.
func TestAModelThatSomebodyTypedIsNotCalledKnown(t *testing.T) {
	id := device.Identity{Vendor: "Acme", Model: "foobar"}
	id.Evidence = device.ByPerson(id, time.Time{})
	f := scan.Finding{Identity: id, Verdict: lifecycle.Verdict{Reasons: []lifecycle.Reason{{Code: lifecycle.CodeNotInCatalogue}}}}
	if got := NewLine(i18n.New(i18n.English), f, Options{}).Reason; got != "The model foobar is not in our list." {
		t.Errorf("the reason is %q", got)
	}
}

// TestTheCodeOnPaperLeadsToTheMaker: whose page is about all that it makes.
func TestTheCodeOnPaperLeadsToTheMaker(t *testing.T) {
	f := scan.Finding{Identity: device.Identity{Vendor: "Acme", Model: "R1"}, Match: lifecycle.Match{Products: []lifecycle.Product{{Vendor: "Acme", Model: "R1", Page: "https://support.example.com/"}}}}
	doc, err := newDocument(i18n.New(i18n.English), scan.Scan{Findings: []scan.Finding{f}}, Options{}, Sheet{})
	if want := "Point a telephone’s camera here for the website of Acme, and look there for the R1:"; err != nil || doc.QR.Caption != want || doc.QR.URL != "https://support.example.com/" {
		t.Errorf("%+v, %v; want %q", doc.QR, err, want)
	}
}

// TestAPlaceIsAWord: sources write codes, which only some readers know, and one that
// nobody explained is quoted.
func TestAPlaceIsAWord(t *testing.T) {
	for _, c := range []struct{ region, dutch, english string }{
		{"Asia, US", "(Azië en de VS)", "(Asia and the US)"},
		{"EU/RU/JP", "(Europa, Rusland en Japan)", "(Europe, Russia and Japan)"},
		{"CPI", "(wat de bron “CPI” noemt)", "(what the source calls “CPI”)"},
		{"Rise, US", "(de VS en wat de bron “Rise” noemt)", "(the US and what the source calls “Rise”)"},
	} {
		r := lifecycle.Reason{Code: lifecycle.CodeOtherRegion, Args: map[string]string{"region": c.region}}
		f := scan.Finding{Verdict: lifecycle.Verdict{Reasons: []lifecycle.Reason{r}}}
		for l, want := range map[i18n.Language]string{i18n.Dutch: c.dutch, i18n.English: c.english} {
			if got := NewLine(i18n.New(l), f, Options{}).Reason; !strings.Contains(got, want) {
				t.Errorf("%q does not say %q", got, want)
			}
		}
	}
}

// TestARegionIsSaidOnce: where the first sentence names it, no second one does.
func TestARegionIsSaidOnce(t *testing.T) {
	args := map[string]string{"vendor": "Acme", "region": "CPI", "first": "2020-01-01", "last": "2026-05-01", "version": "V2"}
	f := scan.Finding{Verdict: lifecycle.Verdict{Reasons: []lifecycle.Reason{{Code: lifecycle.CodeUpdatedSince, Args: args}, {Code: lifecycle.CodeOtherRegion, Args: args}}}}
	if got := NewLine(i18n.New(i18n.English), f, Options{}).Reason; strings.Count(got, "CPI") != 1 {
		t.Errorf("the reason is %q", got)
	}
}

// TestTheTrailOfAVersionThatNobodyMentions: what holds for the whole model comes first,
// and a version that is known is not called unknown.
func TestTheTrailOfAVersionThatNobodyMentions(t *testing.T) {
	p := i18n.New(i18n.English)
	whole, b1 := lifecycle.Product{Vendor: "D-Link", Model: "DIR-860L"}, lifecycle.Product{Vendor: "D-Link", Model: "DIR-860L", Revision: "B1"}
	f := scan.Finding{Identity: device.Identity{Vendor: "D-Link", Model: "DIR-860L", Revision: "A1"},
		Match: lifecycle.Match{How: lifecycle.ByModel, Unlisted: true, Products: []lifecycle.Product{whole, b1}}}
	want := []string{p.Text("why.how.whole"), "D-Link DIR-860L", p.Text("why.unlisted", "A1"), "D-Link DIR-860L Ver. B1"}
	if got := matched(p, f); !slices.Equal(got, want) {
		t.Errorf("it matches by %q, want %q", got, want)
	}
	f.Identity.Revision, f.Match.Unlisted = "", false
	if got := matched(p, f); got[0] != p.Text("why.how.model") {
		t.Errorf("without a version: %q", got)
	}
}

// TestAnItemNumberIsReadAsOne: NETGEAR lists its devices by where they were sold, and
// whoever looks for a version finds none, or types "1".
func TestAnItemNumberIsReadAsOne(t *testing.T) {
	p := i18n.New(i18n.English)
	asked := func(vendor, ended, supported string) Line {
		return NewLine(p, scan.Finding{Identity: device.Identity{Vendor: vendor, Model: "EX1", Kind: device.Extender}, Verdict: lifecycle.Verdict{Kind: lifecycle.CheckLabel,
			Reasons: []lifecycle.Reason{{Code: lifecycle.CodeRevisionUnknown, Args: map[string]string{"ended": ended, "supported": supported}}}}}, Options{})
	}
	l := asked("NETGEAR", "v2", "100PES,100NAS")
	if l.Item != "EX1-100PES" || l.Tonight[0] != p.Text("item.where", "EX1-100PES") {
		t.Errorf("%q: %q", l.Item, l.Tonight)
	}
	if !strings.Contains(l.Reason, "for: v2.") || !strings.Contains(l.Reason, "100PES (Europe) and 100NAS (North America)") {
		t.Errorf("%q", l.Reason)
	}
	for _, l := range []Line{asked("NETGEAR", "v2", "v3"), asked("Acme", "", "100PES")} {
		if l.Item != "" || l.Tonight[0] != LabelHelp(p, "NETGEAR", "") && l.Tonight[0] != LabelHelp(p, "", "") {
			t.Errorf("%q: %q", l.Item, l.Tonight)
		}
	}
}
