package lifecycle

import (
	"strings"
	"testing"
	"time"

	"houdbaar/internal/device"
)

// The products and sources in this file are invented, unless a comment names the case.

var today = time.Date(2026, 11, 21, 15, 4, 5, 0, time.UTC)

func on(s string) time.Time {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		panic(err)
	}
	return t
}

// date reads "2026-11-21", "2026-11" or "2026".
func date(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func source(publisher string, trust Trust, read string) Source {
	return Source{Publisher: publisher, Title: publisher + " list", URL: "https://example.org/" + publisher, Read: on(read), Trust: trust}
}

var (
	maker = source("maker", Vendor, "2026-11-01")
	cve   = source("CVE", Authority, "2026-11-01")
	press = source("press", SecondHand, "2026-11-01")
)

// fact makes a fact; a date of "" is none.
func fact(says Statement, when string, s Source) Fact {
	return Fact{Says: says, Date: date(when), Source: s}
}

func release(version, when string) Fact {
	f := fact(NewestFirmware, when, maker)
	f.Version = version
	return f
}

func product(vendor, model, revision string, facts ...Fact) Product {
	return Product{ID: strings.ToLower(vendor + "/" + model + "/" + revision), Vendor: vendor, Model: model, Revision: revision, Kind: device.Router, Facts: facts}
}

func who(vendor, model, revision, firmware string) device.Identity {
	return device.Identity{Vendor: vendor, Model: model, Revision: revision, Firmware: firmware, Kind: device.Router}
}

// judged finds and judges on today with the default options.
func judged(id device.Identity, products ...Product) Verdict {
	return Judge(id, Find(id, products), today, Options{})
}

func has(v Verdict, code string) bool {
	for _, r := range v.Reasons {
		if r.Code == code {
			return true
		}
	}
	return false
}

func want(t *testing.T, v Verdict, kind VerdictKind, code string) {
	t.Helper()
	if v.Kind != kind || len(v.Reasons) == 0 || v.Reasons[0].Code != code {
		t.Errorf("got %v, reasons %+v (rule %s); want %v because of %s", v.Kind, v.Reasons, v.Rule, kind, code)
	}
}

func TestRule01NoPathLeadsToGreenWithoutAPositiveFreshFact(t *testing.T) {
	old := source("maker", Vendor, "2024-11-20")
	elsewhere := fact(Supported, "2026-10-01", maker)
	elsewhere.Region = "US"
	withdrawn := fact(Supported, "2026-10-01", maker)
	withdrawn.Withdrawn = true
	unsourced := fact(Supported, "2026-10-01", Source{})
	known := release("1.0.9.88", "2026-10-01")
	known.Says = KnownFirmware
	toldOf := release("1.0.9.88", "2026-10-01")
	toldOf.Source = press
	tba := Fact{Says: EndOfSecuritySupport, TBA: true, Source: maker}
	for name, c := range map[string]struct {
		facts []Fact
		code  string
	}{
		"silence":                {nil, CodeNoStatement},
		"it exists":              {[]Fact{fact(Exists, "2026-11-21", maker)}, CodeNoStatement},
		"an end to be announced": {[]Fact{tba}, CodeNoStatement},
		"a far end of life only": {[]Fact{fact(EndOfLife, "2030-01-01", maker)}, CodeNoStatement},
		"a far end, read more than 24 months ago": {[]Fact{fact(EndOfSecuritySupport, "2030-01-01", old)}, CodeSupportedStale},
		"a list of thirteen months ago":           {[]Fact{fact(Supported, "2025-10-20", maker)}, CodeSupportedStale},
		"a list of another region":                {[]Fact{elsewhere}, CodeSupportedElsewhere},
		"a withdrawn list":                        {[]Fact{withdrawn}, CodeNoStatement},
		"a statement without a source":            {[]Fact{unsourced}, CodeNoStatement},
		"the press says supported":                {[]Fact{fact(Supported, "2026-10-01", press)}, CodeSupportedSecondHand},
		"the press tells of a far end":            {[]Fact{fact(EndOfSecuritySupport, "2028-06-30", press)}, CodeSupportedSecondHand},
		"the press tells of a release":            {[]Fact{toldOf}, CodeSupportedSecondHand},
		"a release of thirteen months ago":        {[]Fact{release("1.0.9.88", "2025-10-20")}, CodeNoStatement},
		"a release of some day in 2025":           {[]Fact{release("1.0.9.88", "2025")}, CodeNoStatement},
		"a release without a date":                {[]Fact{release("1.0.9.88", "")}, CodeNoStatement},
		"a version that exists":                   {[]Fact{known}, CodeNoStatement},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, judged(who("NETGEAR", "R9", "", "1.0.9.88"), product("NETGEAR", "R9", "", c.facts...)), CannotTell, c.code)
		})
	}
	green := map[string]struct {
		fact Fact
		code string
	}{
		"a far end":            {fact(EndOfSecuritySupport, "2028-06-30", maker), CodeSupportedUntil},
		"a list of this year":  {fact(Supported, "2026-01-10", maker), CodeSupportedListed},
		"a list read lately":   {fact(Supported, "", maker), CodeSupportedListed},
		"a release of July":    {release("1.0.9.88", "2026-07"), CodeSupportedUpdated},
		"a release a year ago": {release("1.0.9.88", "2025-11-21"), CodeSupportedUpdated},
	}
	for name, c := range green {
		t.Run(name, func(t *testing.T) {
			v := judged(who("NETGEAR", "R9", "", "1.0.9.88"), product("NETGEAR", "R9", "", c.fact))
			want(t, v, SupportedNow, c.code)
			if len(v.Reasons[0].Sources) == 0 {
				t.Error("green without a source")
			}
		})
	}
}

func TestRule02ASilentGatewayAndAnUnknownThingAreNeverWell(t *testing.T) {
	v := Judge(device.Identity{}, Match{}, today, Options{Gateway: true})
	want(t, v, CannotTell, CodeGatewaySilent)
	v = Judge(device.Identity{Kind: device.Computer}, Match{}, today, Options{Gateway: true})
	want(t, v, CannotTell, CodeGatewaySilent)
	want(t, Judge(device.Identity{}, Match{}, today, Options{}), CannotTell, CodeNotIdentified)
	want(t, Judge(device.Identity{Kind: device.Camera, Vendor: "Axis"}, Match{}, today, Options{}), CannotTell, CodeNoModel)
	want(t, Judge(device.Identity{Kind: device.Printer, Vendor: "HP", Model: "C309a"}, Match{}, today, Options{}), OtherDevice, CodeOtherDevice)
	doubtful := device.Identity{Kind: device.Printer, Doubts: []device.Doubt{{Part: device.PartKind, Values: []string{"printer", "router"}}}}
	want(t, Judge(doubtful, Match{}, today, Options{}), CannotTell, CodeKindInDoubt)
	// A computer may say that it is a Time Capsule.
	perhaps := who("Apple", "Time Capsule", "", "")
	perhaps.Kind, perhaps.Doubts = device.Router, []device.Doubt{{Part: device.PartKind, Values: []string{"router", "computer"}}}
	want(t, judged(perhaps, product("Apple", "Time Capsule", "", fact(EndOfSecuritySupport, "2015-01-01", maker))), CheckLabel, CodeKindInDoubt)
	// A maker who was guessed from the model makes nothing green, and nothing red.
	guessed := who("Foo", "F100", "", "")
	guessed.Doubts = []device.Doubt{{Part: device.PartVendor, Values: []string{"Foo"}}}
	want(t, judged(guessed, product("Foo", "F100", "", fact(Supported, "2026-11-01", maker))), CheckLabel, CodeMakerGuessed)
	want(t, judged(guessed, product("Foo", "F100", "", fact(EndOfSecuritySupport, "2015-01-01", maker))), CheckLabel, CodeMakerGuessed)
	want(t, judged(guessed, product("Foo", "F100", "")), CannotTell, CodeNoStatement)
	want(t, judged(guessed), CannotTell, CodeNotInCatalogue)
	// Nor does the name that it goes by, which its owner may have given (rule 13).
	called := who("Foo", "F100", "", "")
	called.Doubts = []device.Doubt{{Part: device.PartModel, Values: []string{"F100"}}}
	want(t, judged(called, product("Foo", "F100", "")), CheckLabel, CodeModelCalled) // it may be another one
	want(t, judged(called, product("Foo", "F100", "", fact(Supported, "2026-11-01", maker))), CheckLabel, CodeModelCalled)
	want(t, judged(called, product("Foo", "F100", "", fact(EndOfSecuritySupport, "2015-01-01", maker))), CheckLabel, CodeModelCalled)
	guessed.Kind = device.Printer
	want(t, judged(guessed), OtherDevice, CodeOtherDevice)
}

func TestRule03NoPrefixOrLikenessDecides(t *testing.T) {
	dead := fact(EndOfSecuritySupport, "2015-01-01", maker)
	for _, c := range [][3]string{
		{"Linksys", "E1000", "E100"}, {"Linksys", "E100", "E1000"}, {"NETGEAR", "R7000P", "R7000"}, {"NETGEAR", "R7000", "R7000P"},
		{"TP-Link", "Archer C20i", "Archer C20"}, {"Synology", "DS216+", "DS216"}, {"ASUS", "RT-AC66U B1", "RT-AC66U"},
	} {
		want(t, judged(who(c[0], c[1], "", ""), product(c[0], c[2], "", dead)), CannotTell, CodeNotInCatalogue)
	}
	want(t, judged(who("NETGEAR", "R7000", "P", ""), product("NETGEAR", "R7000P", "", dead)), CannotTell, CodeNotInCatalogue)
	want(t, judged(who("Linksys", "E100", "0", ""), product("Linksys", "E1000", "", dead)), CannotTell, CodeNotInCatalogue)
	v := judged(who("ASUS", "RT-AC66U", "B1", ""), product("ASUS", "RT-AC66U", "", dead), product("ASUS", "RT-AC66U_B1", "", fact(Supported, "2026-10-01", maker)))
	want(t, v, SupportedNow, CodeSupportedListed)
	v = judged(who("NETGEAR", "R7500v2", "", ""), product("NETGEAR", "R7500", "v1", dead), product("NETGEAR", "R7500", "v2", dead))
	want(t, v, ReplaceNow, CodeEnded)
	want(t, judged(who("AVM", "FRITZ!Repeater 600 v2", "", ""), product("AVM", "FRITZ!Repeater 600 v2", "v2", fact(Supported, "2026-10-01", maker))), SupportedNow, CodeSupportedListed)
	if has(v, CodeEveryListedRevision) {
		t.Error("R7500v2 is not taken for a known revision")
	}
}

func TestRule04AnUpdateNeverLiftsAnEnd(t *testing.T) {
	dead := fact(EndOfSecuritySupport, "2024-06-30", maker)
	want(t, judged(who("NETGEAR", "R9", "", "1.0.9.88"), product("NETGEAR", "R9", "", dead, release("1.0.11.100", "2026-11-01"))), ReplaceNow, CodeEnded)
	v := judged(who("NETGEAR", "R9", "", "1.0.11.100"), product("NETGEAR", "R9", "", dead, release("1.0.11.100", "2026-11-01")))
	want(t, v, ReplaceNow, CodeEnded)
	v = judged(who("NETGEAR", "R9", "", "1.0.11.100"), product("NETGEAR", "R9", "", release("1.0.11.100", "2019-11-01")))
	want(t, v, CannotTell, CodeNoStatement)
	if !has(v, CodeLastUpdate) {
		t.Error("the last listed update is not mentioned")
	}
}

func TestRule05ThirdPartyFirmwareIsNotJudgedByTheVendorsDates(t *testing.T) {
	for _, f := range []Fact{fact(EndOfSecuritySupport, "2020-01-01", maker), fact(Supported, "2026-10-01", maker)} {
		id := who("D-Link", "DIR-860L", "B1", "")
		id.Software = "OpenWrt"
		v := judged(id, product("D-Link", "DIR-860L", "B1", f))
		want(t, v, CannotTell, CodeThirdParty)
		if v.Reasons[0].Args["software"] != "OpenWrt" || len(v.Reasons) != 2 || len(v.Reasons[1].Sources) == 0 {
			t.Errorf("reasons %+v: want the software and what the vendor says", v.Reasons)
		}
		id.Firmware = "23.05" // OpenWrt's own, which is not held against the vendor's
		v = judged(id, product("D-Link", "DIR-860L", "B1", f, release("24.01", "2026-10-01")))
		want(t, v, CannotTell, CodeThirdParty)
		if v.Newest != "" || has(v, CodeFirmwareBehind) || has(v, CodeLatestFirmware) || has(v, CodeFirmwareNotCompared) {
			t.Errorf("its version is compared with the vendor's: newest %q, reasons %+v", v.Newest, v.Reasons)
		}
		typed := judged(who("D-Link", "DIR-860L", "B1", "OpenWrt 23.05.2"), product("D-Link", "DIR-860L", "B1", f))
		want(t, typed, CannotTell, CodeThirdParty)
	}
}

func TestRule06AProvidersBoxGoesTheProvidersWay(t *testing.T) {
	box := product("ZTE", "H369A", "", fact(EndOfSecuritySupport, "2023-01-01", press))
	box.Provider, box.Aliases = "KPN", []string{"Experia Box V10"}
	for _, id := range []device.Identity{who("ZTE", "H369A", "", ""), who("KPN", "Experia Box V10", "", "")} {
		v := judged(id, box)
		want(t, v, ReplaceNow, CodeEnded)
		if v.Provider != "KPN" || !has(v, CodeProviderBox) {
			t.Errorf("provider %q, reasons %+v", v.Provider, v.Reasons)
		}
	}
	id := who("Zyxel", "EX1", "", "")
	id.Provider = "Odido"
	v := judged(id, product("Zyxel", "EX1", "", release("V5.50(ABOM.8)C0", "2026-10-01")))
	want(t, v, CannotTell, CodeSupportedProvider)
	if v.Provider != "Odido" {
		t.Errorf("provider %q", v.Provider)
	}
}

func TestRule07APersonsCorrectionIsShownAsSuch(t *testing.T) {
	id := who("D-Link", "DIR-860L", "B1", "")
	id.Corrected = true
	id.Doubts = []device.Doubt{{Part: device.PartModel, Values: []string{"DIR-860L", "DIR-868L"}}}
	v := judged(id, product("D-Link", "DIR-860L", "B1", fact(EndOfSecuritySupport, "2021-01-01", maker)))
	want(t, v, ReplaceNow, CodeEnded)
	if !has(v, CodeCorrected) {
		t.Error("the correction is not shown")
	}
}

func TestRule09VersionOrderIsTheVendorsOwn(t *testing.T) {
	good := fact(Supported, "2026-10-01", maker)
	for _, c := range []struct {
		vendor, installed, newest string
		kind                      VerdictKind
		code                      string
	}{
		{"NETGEAR", "V1.0.9.88_10.2.88", "1.0.11.100", UpdateFirmware, CodeFirmwareBehind},
		{"NETGEAR", "V1.0.11.100_10.2.100", "1.0.9.88", SupportedNow, CodeSupportedListed},
		{"AVM", "154.07.29", "FRITZ!OS 7.57", UpdateFirmware, CodeFirmwareBehind},
		{"AVM", "154.07.57", "FRITZ!OS 7.57", SupportedNow, CodeSupportedListed},
		{"D-Link", "2.00B05", "2.01B01", UpdateFirmware, CodeFirmwareBehind},
		{"D-Link", "1.05B02", "2.01B01", SupportedNow, CodeSupportedListed},
	} {
		f := release(c.newest, "2026-09-01")
		v := judged(who(c.vendor, "X1", "", c.installed), product(c.vendor, "X1", "", good, f))
		want(t, v, c.kind, c.code)
	}
	v := judged(who("D-Link", "X1", "", "1.05B02"), product("D-Link", "X1", "", good, release("2.01B01", "2026-09-01")))
	if !has(v, CodeFirmwareNotCompared) {
		t.Error("versions that cannot be ordered are not shown as such")
	}
	known := release("9.9.9.9", "2026-09-01")
	known.Says = KnownFirmware
	want(t, judged(who("NETGEAR", "X1", "", "1.0.0.1"), product("NETGEAR", "X1", "", good, known)), SupportedNow, CodeSupportedListed)
	fixed := release("1.0.0.2", "")
	fixed.Says, fixed.Detail = FixedFirmware, "CVE-2099-0001"
	v = judged(who("NETGEAR", "X1", "", "1.0.0.1"), product("NETGEAR", "X1", "", good, fixed))
	want(t, v, UpdateFirmware, CodeFirmwareBehind)
	if v.Reasons[0].Args["fixes"] != "CVE-2099-0001" || v.Newest != "V1.0.0.2" {
		t.Errorf("args %v, newest %q", v.Reasons[0].Args, v.Newest)
	}
}

func TestRule10SourcesThatDisagreeAreShownAsTheyAre(t *testing.T) {
	a, b := fact(EndOfSecuritySupport, "2021-03-01", maker), fact(EndOfSecuritySupport, "2019", press)
	v := judged(who("TP-Link", "Archer C2", "v1", ""), product("TP-Link", "Archer C2", "v1", a, b))
	want(t, v, ReplaceNow, CodeEndedRange)
	if got := v.Reasons[0].Args; got["first"] != "2019" || got["last"] != "2021-03-01" || len(v.Reasons[0].Sources) != 2 || v.Until.String() != "2021-03-01" {
		t.Errorf("args %v, sources %v, until %v", got, v.Reasons[0].Sources, v.Until)
	}
	us, eu := fact(EndOfSecuritySupport, "2021-03-01", maker), fact(EndOfSecuritySupport, "2029-03-01", maker)
	us.Region, eu.Region = "US", "EU"
	want(t, judged(who("TP-Link", "Archer C2", "v1", ""), product("TP-Link", "Archer C2", "v1", us, eu)), CheckLabel, CodeSourcesDisagree)
	eu.Region, us.Region = "", ""
	want(t, judged(who("TP-Link", "Archer C2", "v1", ""), product("TP-Link", "Archer C2", "v1", us, eu)), PlanReplacement, CodeSourcesDisagree)
	us.Region = "US"
	v = judged(who("TP-Link", "Archer C2", "v1", ""), product("TP-Link", "Archer C2", "v1", us))
	want(t, v, ReplaceNow, CodeEnded)
	if !has(v, CodeOtherRegion) {
		t.Error("another region's list is not said to be one")
	}
}

func TestRule12ARegionThatNoSourceMentionsInheritsNothing(t *testing.T) {
	for region, c := range map[string]map[string]VerdictKind{
		"US": {"EU/5.0": CheckLabel, "5.0 (EU)": CheckLabel, "US/5.0": ReplaceNow, "5.0": ReplaceNow, "V5": ReplaceNow},
		"EU": {"EU/5.0": ReplaceNow, "UK/5.0": ReplaceNow, "US/5.0": CheckLabel},
		"":   {"EU/5.0": ReplaceNow, "US/5.0": ReplaceNow},
	} {
		f := fact(EndOfSecuritySupport, "2021-03-01", maker)
		f.Region = region
		for revision, kind := range c {
			if v := judged(who("TP-Link", "Archer C2", revision, ""), product("TP-Link", "Archer C2", "V5", f)); v.Kind != kind {
				t.Errorf("said for %q, the label says %q: %v, want %v", region, revision, v.Kind, kind)
			}
		}
	}
}

func TestRule11DiscontinuedIsNotEnded(t *testing.T) {
	for _, f := range []Fact{fact(Discontinued, "", cve), fact(EndOfSales, "2012-01-01", maker), fact(EndOfSales, "", maker)} {
		want(t, judged(who("ASUS", "RT-X", "", ""), product("ASUS", "RT-X", "", f)), PlanReplacement, CodeDiscontinued)
		want(t, judged(who("ASUS", "RT-X", "", ""), product("ASUS", "RT-X", "", f, release("3.0.0.4.386_45934", "2026-09-01"))), PlanReplacement, CodeDiscontinuedUpdated)
		want(t, judged(who("ASUS", "RT-X", "", ""), product("ASUS", "RT-X", "", f, fact(Supported, "2026-09-01", maker))), SupportedNow, CodeSupportedListed)
	}
	want(t, judged(who("ASUS", "RT-X", "", ""), product("ASUS", "RT-X", "", fact(EndOfSales, "2027-01-01", maker))), CannotTell, CodeNoStatement)
}

func TestRule12AnUnlistedRevisionInheritsNothing(t *testing.T) {
	dead, good := fact(EndOfSecuritySupport, "2021-03-01", maker), fact(EndOfSecuritySupport, "2029-03-01", maker)
	v1, v5 := product("TP-Link", "Archer AX55", "v1", dead), product("TP-Link", "Archer AX55", "5.0", good)
	for _, spelling := range []string{"v5", "V5", "5", "5.0", "Ver: 5.0", "Archer AX55 v5 00000000"} {
		want(t, judged(who("TP-Link", "Archer AX55", spelling, ""), v1, v5), SupportedNow, CodeSupportedUntil)
	}
	want(t, judged(who("TP-Link", "Archer AX55", "V1.0", ""), v1, v5), ReplaceNow, CodeEnded)
	for _, other := range []string{"4.0", "5.6", "v5.8"} {
		want(t, judged(who("TP-Link", "Archer AX55", other, ""), v1, v5), CheckLabel, CodeRevisionUnlisted)
		want(t, judged(who("TP-Link", "Archer AX55", other, ""), v1), CheckLabel, CodeRevisionUnlisted)
		want(t, judged(who("TP-Link", "Archer AX55", other, ""), v5), CheckLabel, CodeRevisionUnlisted)
		want(t, judged(who("TP-Link", "Archer AX55", other, ""), product("TP-Link", "Archer AX55", "v1")), CannotTell, CodeRevisionUnlisted)
		read := who("TP-Link", "Archer AX55", other, "")
		read.Evidence = device.ByPerson(read, time.Time{}) // who looked at the label is not sent there again
		want(t, judged(read, v1, v5), CannotTell, CodeRevisionUnlisted)
		read.Revision += " somehow" // was that read rightly?
		want(t, judged(read, v1, v5), CheckLabel, CodeRevisionUnlisted)
	}
	v := judged(who("TP-Link", "Archer AX55", "", ""), v1, v5, product("TP-Link", "Archer AX55", "v10"))
	want(t, v, CheckLabel, CodeRevisionUnknown)
	want(t, judged(who("TP-Link", "Archer AX55", "4.0/5.0", ""), v1, v5), CheckLabel, CodeRevisionUnknown) // one build for two
	if a := v.Reasons[0].Args; a["ended"] != "v1" || a["supported"] != "5.0" || a["silent"] != "v10" || a["label"] != "tplink" {
		t.Errorf("args %v", a)
	}
	v = judged(who("TP-Link", "Archer AX55", "", ""), v1, product("TP-Link", "Archer AX55", "v2", dead))
	want(t, v, ReplaceNow, CodeEnded)
	if !has(v, CodeEveryListedRevision) {
		t.Error("nothing says that the revision was not known")
	}
	for _, later := range [][]string{{"v10"}, {"C1"}, {"v2", "v3.20"}} { // there was a first one: nobody speaks of it
		var ended, stopped []Product
		for _, r := range later {
			ended = append(ended, product("TP-Link", "Archer AX55", r, dead))
			stopped = append(stopped, product("TP-Link", "Archer AX55", r, fact(Discontinued, "", maker)))
		}
		want(t, judged(who("TP-Link", "Archer AX55", "", ""), ended...), CheckLabel, CodeRevisionUnknown)
		want(t, judged(who("TP-Link", "Archer AX55", "", ""), stopped...), CheckLabel, CodeRevisionUnknown)
		want(t, judged(who("TP-Link", "Archer AX55", later[0], ""), ended...), ReplaceNow, CodeEnded)
		want(t, judged(who("TP-Link", "Archer AX55", "", ""), append(ended, product("TP-Link", "Archer AX55", "", dead))...), ReplaceNow, CodeEnded)
	}
	want(t, judged(who("Reolink", "RLC-410", "", ""), product("Reolink", "RLC-410", "IPC_3816M", dead)), ReplaceNow, CodeEnded) // a board's name counts nothing
	us := dead
	us.Region = "US" // that list leaves out what was sold in Europe
	american := product("TP-Link", "Archer AX55", "v1", us)
	want(t, judged(who("TP-Link", "Archer AX55", "v1", ""), american), ReplaceNow, CodeEnded)
	want(t, judged(who("TP-Link", "Archer AX55", "", ""), american), CheckLabel, CodeRevisionUnknown)
	stopped := fact(Discontinued, "", maker)
	stopped.Region = "US"
	american = product("TP-Link", "Archer AX55", "v1", stopped)
	want(t, judged(who("TP-Link", "Archer AX55", "v1", ""), american), PlanReplacement, CodeDiscontinued)
	want(t, judged(who("TP-Link", "Archer AX55", "", ""), american), CheckLabel, CodeRevisionUnknown)
	want(t, judged(who("TP-Link", "Archer AX55", "", ""), v5), CheckLabel, CodeRevisionUnknown) // green is for that very product
}

// A device's own page may state a hardware version that is its board's and not its label's:
// "B1" of a maker whose labels have "V2". That is no reason to read pages otherwise. Where a
// product of the maker has that very version, the page says which one this is (D-Link's
// pages state what its labels do). Where none has, the version is unlisted: it inherits
// nothing, and only what is said of the whole model, whatever the version, is red or green.
func TestRule12AVersionInAnotherFormThanTheLabelsDecidesNothing(t *testing.T) {
	dead, good := fact(EndOfSecuritySupport, "2021-03-01", maker), fact(EndOfSecuritySupport, "2029-03-01", maker)
	for _, board := range []string{"B1", "A", "A10", "C", "2B"} {
		for _, says := range []Fact{dead, good} {
			v1, v2 := product("NETGEAR", "R6400", "v1", says), product("NETGEAR", "R6400", "v2", says)
			want(t, judged(who("NETGEAR", "R6400", board, ""), v1), CheckLabel, CodeRevisionUnlisted)
			want(t, judged(who("NETGEAR", "R6400", board, ""), v1, v2), CheckLabel, CodeRevisionUnlisted)
			whole := product("NETGEAR", "R6400", "", says)
			if with, without := judged(who("NETGEAR", "R6400", board, ""), whole), judged(who("NETGEAR", "R6400", "", ""), whole); with.Kind != without.Kind {
				t.Errorf("with %s %v, without %v", board, with.Kind, without.Kind)
			}
		}
		whole, v1 := product("NETGEAR", "R6400", "", good), product("NETGEAR", "R6400", "v1", dead)
		want(t, judged(who("NETGEAR", "R6400", board, ""), whole, v1), CheckLabel, CodeRevisionsDisagree)
	}
	a1, b1 := product("D-Link", "DIR-860L", "A1", dead), product("D-Link", "DIR-860L", "B1", good)
	want(t, judged(who("D-Link", "DIR-860L", "A1", ""), a1, b1), ReplaceNow, CodeEnded)
	want(t, judged(who("D-Link", "DIR-860L", "B1", ""), a1, b1), SupportedNow, CodeSupportedUntil)
}

func TestAStatementOnTheWholeModelHoldsUnlessRevisionsAreToldApart(t *testing.T) {
	dead, good := fact(EndOfSecuritySupport, "", cve), fact(EndOfSecuritySupport, "2029-03-01", maker)
	whole := product("D-Link", "DIR-8", "", dead)
	v := judged(who("D-Link", "DIR-8", "C1", ""), whole)
	want(t, v, ReplaceNow, CodeEndedNoDate)
	if !has(v, CodeAuthorityOnly) {
		t.Error("nothing says that only an authority says so")
	}
	want(t, judged(who("D-Link", "DIR-8", "C1", ""), whole, product("D-Link", "DIR-8", "A1")), ReplaceNow, CodeEndedNoDate)
	want(t, judged(who("D-Link", "DIR-8", "A1", ""), whole, product("D-Link", "DIR-8", "A1")), ReplaceNow, CodeEndedNoDate)
	want(t, judged(who("D-Link", "DIR-8", "C1", ""), whole, product("D-Link", "DIR-8", "A1", good)), CheckLabel, CodeRevisionsDisagree)
	want(t, judged(who("D-Link", "DIR-8", "B1", ""), whole, product("D-Link", "DIR-8", "A1", good), product("D-Link", "DIR-8", "B1")), CheckLabel, CodeRevisionsDisagree)
	want(t, judged(who("D-Link", "DIR-8", "A1", ""), whole, product("D-Link", "DIR-8", "A1", good)), PlanReplacement, CodeSourcesDisagree)
	want(t, judged(who("D-Link", "DIR-8", "", ""), whole, product("D-Link", "DIR-8", "A1")), ReplaceNow, CodeEndedNoDate)
}

func TestRule13NoVendorNoMatch(t *testing.T) {
	p := product("Tenda", "AC10", "", fact(EndOfSecuritySupport, "2021-01-01", maker))
	id := who("", "AC10", "", "")
	if m := Find(id, []Product{p}); m.How != NoMatch || len(m.Products) != 0 {
		t.Errorf("matched %+v", m)
	}
	want(t, judged(id, p), CannotTell, CodeNoVendor)
	want(t, Judge(id, Match{How: ByModel, Products: []Product{p}}, today, Options{}), CannotTell, CodeNoVendor)
	want(t, judged(who("Mercusys", "AC10", "", ""), p), CannotTell, CodeNotInCatalogue)
	named := device.Identity{Vendor: "Tenda", Name: "AC10", Kind: device.Router}
	want(t, judged(named, p), CannotTell, CodeNoModel)
}

func TestRule14StatesAreDerivedOnTheDay(t *testing.T) {
	for _, c := range []struct {
		end, day string
		kind     VerdictKind
	}{
		{"2026-11-20", "2026-11-21", ReplaceNow},
		{"2026-11-21", "2026-11-21", PlanReplacement}, // the last good day
		{"2026-11", "2026-11-30", PlanReplacement},
		{"2026-11", "2026-12-01", ReplaceNow},
		{"2026", "2026-12-31", PlanReplacement},
		{"2026", "2027-01-01", ReplaceNow},
		{"2027-11-21", "2026-11-21", PlanReplacement},
		{"2027-11-22", "2026-11-21", SupportedNow},
		{"2027-12", "2026-11-21", SupportedNow},
		{"2027", "2026-11-21", PlanReplacement}, // may end in January
		{"2028", "2026-11-21", SupportedNow},
	} {
		id := who("eero", "Pro", "", "")
		p := product("eero", "Pro", "", fact(EndOfSecuritySupport, c.end, maker))
		v := Judge(id, Find(id, []Product{p}), on(c.day), Options{})
		if v.Kind != c.kind || v.Until.String() != c.end {
			t.Errorf("end %s on %s: %v until %v, want %v", c.end, c.day, v.Kind, v.Until, c.kind)
		}
	}
	id := who("eero", "Pro", "", "")
	m := Find(id, []Product{product("eero", "Pro", "", fact(EndOfSecuritySupport, "2028-11-01", maker))})
	if v := Judge(id, m, today, Options{Horizon: 3 * 365 * 24 * time.Hour}); v.Kind != PlanReplacement {
		t.Errorf("with a horizon of three years: %v", v.Kind)
	}
	want(t, judged(id, product("eero", "Pro", "", fact(EndOfLife, "2027-02-01", maker))), PlanReplacement, CodeEndsSoon)
	want(t, judged(id, product("eero", "Pro", "", fact(EndOfLife, "2025-02-01", maker))), ReplaceNow, CodeEnded)
}

func TestRule15ARevisionIsNeverAFirmware(t *testing.T) {
	f := release("3.16.9 Build 150701", "2026-09-01")
	v := judged(who("TP-Link", "TL-MR3420", "2.0", ""), product("TP-Link", "TL-MR3420", "V2", fact(Supported, "2026-10-01", maker), f))
	want(t, v, SupportedNow, CodeSupportedListed)
	if !has(v, CodeFirmwareNotKnown) {
		t.Errorf("reasons %+v: the revision was taken for a firmware", v.Reasons)
	}
}

func TestBeingNamedDecidesNothing(t *testing.T) {
	named := fact(Named, "2026-03-01", cve)
	named.Campaign = "socksescort"
	gone := named
	gone.Withdrawn = true
	v := judged(who("Linksys", "E300", "", ""), product("Linksys", "E300", "", gone))
	if len(v.Campaigns) != 0 {
		t.Errorf("a withdrawn campaign is shown: %+v", v.Campaigns)
	}
	v = judged(who("Linksys", "E1200", "", ""), product("Linksys", "E1200", "", named, named))
	want(t, v, CannotTell, CodeNoStatement)
	if len(v.Campaigns) != 1 || v.Campaigns[0].Args["campaign"] != "socksescort" || len(v.Campaigns[0].Sources) != 1 {
		t.Errorf("campaigns %+v", v.Campaigns)
	}
	want(t, judged(who("Linksys", "E1200", "", ""), product("Linksys", "E1200", "", named, fact(Supported, "2026-10-01", maker))), SupportedNow, CodeSupportedListed)
}

func TestADeviceThatContradictsItselfIsNeverGreen(t *testing.T) {
	for part, code := range map[device.Part]string{device.PartVendor: CodeIdentityInDoubt, device.PartModel: CodeIdentityInDoubt, device.PartRevision: CodeRevisionInDoubt} {
		id := who("ASUS", "RT-X", "", "")
		id.Doubts = []device.Doubt{{Part: part, Values: []string{"one", "other"}}}
		want(t, judged(id, product("ASUS", "RT-X", "", fact(Supported, "2026-10-01", maker))), CheckLabel, code)
	}
	id := who("ASUS", "RT-X", "A1", "")
	id.Doubts = []device.Doubt{{Part: device.PartRevision, Values: []string{"A1", "B1"}}}
	want(t, judged(id, product("ASUS", "RT-X", "A1", fact(EndOfLife, "2020", maker)), product("ASUS", "RT-X", "B1", fact(Supported, "2026-10-01", maker))), CheckLabel, CodeRevisionUnknown)
	want(t, judged(id, product("ASUS", "RT-X", "A1", fact(EndOfLife, "2020", maker)), product("ASUS", "RT-X", "B1", fact(EndOfLife, "2020", maker))), ReplaceNow, CodeEnded)
}

// Ziggo hands out a Compal and an Arris box under one name.
func TestANameOfTwoModelsIsNeverGreen(t *testing.T) {
	box := func(vendor, model string, f Fact) Product {
		p := product(vendor, model, "", f)
		p.Provider, p.Aliases = "Ziggo", []string{"Connectbox"}
		return p
	}
	dead, good := fact(EndOfLife, "2020", maker), fact(Supported, "2026-10-01", maker)
	id := who("Ziggo", "Connectbox", "", "")
	want(t, judged(id, box("Compal", "CH7465LG", good), box("Arris", "TG2492LG", good)), CheckLabel, CodeSeveralModels)
	v := judged(id, box("Compal", "CH7465LG", dead), box("Arris", "TG2492LG", good))
	want(t, v, CheckLabel, CodeSeveralModels)
	if a := v.Reasons[0].Args; a["ended"] != "Compal CH7465LG" || a["supported"] != "Arris TG2492LG" {
		t.Errorf("args %v", a)
	}
	v = judged(id, box("Compal", "Compal CH7465LG", dead), box("Arris", "TG2492LG", good))
	if a := v.Reasons[0].Args; a["ended"] != "Compal CH7465LG" {
		t.Errorf("a maker that stands in the model too: args %v", a)
	}
	want(t, judged(id, box("Compal", "CH7465LG", dead), box("Arris", "TG2492LG", dead)), ReplaceNow, CodeEnded)
	v = judged(id, box("Compal", "CH7465LG", good))
	want(t, v, SupportedNow, CodeSupportedListed)
	if !has(v, CodeMatchedAlias) || v.Provider != "Ziggo" {
		t.Errorf("reasons %+v", v.Reasons)
	}
}

// TestASilentTelephoneIsKeptApart: neither green nor red, and only while nothing else is known.
func TestASilentTelephoneIsKeptApart(t *testing.T) {
	apart := []device.Hint{{Code: device.HintKeptApart}}
	for name, c := range map[string]struct {
		id   device.Identity
		o    Options
		kind VerdictKind
	}{
		"nothing else known":         {device.Identity{Hints: apart}, Options{}, OtherDevice},
		"it is the gateway":          {device.Identity{Hints: apart}, Options{Gateway: true}, CannotTell},
		"it named its maker":         {device.Identity{Hints: apart, Vendor: "D-Link"}, Options{}, CannotTell},
		"it named its kind":          {device.Identity{Hints: apart, Kind: device.Camera}, Options{}, CannotTell},
		"a person said what it is":   {device.Identity{Hints: apart, Corrected: true}, Options{}, CannotTell},
		"only its maker is hinted":   {device.Identity{Hints: []device.Hint{{Code: "mac_vendor", Value: "x"}}}, Options{}, CannotTell},
		"it runs other firmware too": {device.Identity{Hints: apart, Software: "OpenWrt"}, Options{}, CannotTell},
	} {
		if got := Judge(c.id, Match{}, today, c.o); got.Kind != c.kind {
			t.Errorf("%s: %v, want %v", name, got.Kind, c.kind)
		}
	}
}
