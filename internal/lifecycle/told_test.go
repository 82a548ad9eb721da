package lifecycle

import (
	"testing"

	"houdbaar/internal/device"
)

// What stands beside a verdict, and what of a match is left out. Everything in this file
// is invented.

// reasonOf returns the reason of a code, an empty one if there is none.
func reasonOf(v Verdict, code string) Reason {
	for _, r := range v.Reasons {
		if r.Code == code {
			return r
		}
	}
	return Reason{}
}

func in(region string, f Fact) Fact { f.Region = region; return f }

func TestOnlyARevisionReadFromTheLabelIsTakenForOne(t *testing.T) {
	v1 := product("TP-Link", "Archer C9", "v1", fact(EndOfSecuritySupport, "2021-03-01", maker))
	v5 := product("TP-Link", "Archer C9", "v5", fact(Supported, "2026-10-01", maker))
	id := who("TP-Link", "Archer C9", "v4", "")
	id.Evidence = []device.Evidence{
		{Part: device.PartRevision, Source: "upnp", Value: "v4"},
		{Part: device.PartModel, Source: device.SourceLabel, Value: "Archer C9"},
	}
	want(t, judged(id, v1, v5), CheckLabel, CodeRevisionUnlisted) // the label was read for the model only
	for revision, kind := range map[string]VerdictKind{"v1": ReplaceNow, "v5": SupportedNow} {
		read := who("TP-Link", "Archer C9", revision, "")
		read.Evidence = []device.Evidence{{Part: device.PartRevision, Source: device.SourceLabel, Value: revision}}
		if v := judged(read, v1, v5); v.Kind != kind || has(v, CodeEveryListedRevision) || has(v, CodeMatchedAlias) {
			t.Errorf("a label with the listed revision %s: %v because of %+v", revision, v.Kind, v.Reasons)
		}
	}
}

func TestAnEndThatIsToBeAnnouncedIsNoEnd(t *testing.T) {
	for _, says := range []Statement{EndOfSecuritySupport, EndOfLife, EndOfSales, Discontinued} {
		f := fact(says, "", maker)
		f.TBA = true
		want(t, judged(who("ASUS", "RT-X", "", ""), product("ASUS", "RT-X", "", f)), CannotTell, CodeNoStatement)
	}
}

func TestAnyNameOfASourceMakesItOne(t *testing.T) {
	for _, s := range []Source{{Publisher: "maker"}, {Title: "a list"}, {URL: "https://example.org/list"}} {
		s.Trust, s.Read = Vendor, on("2026-11-01")
		want(t, judged(who("ASUS", "RT-X", "", ""), product("ASUS", "RT-X", "", fact(EndOfLife, "2020", s))), ReplaceNow, CodeEnded)
	}
}

func TestWhatWasTakenBackIsToldOfThatRevisionOnly(t *testing.T) {
	gone := fact(EndOfSecuritySupport, "2021-03-01", maker)
	gone.Withdrawn, gone.Why = true, "a misprint"
	unsourced, later := gone, gone
	unsourced.Source = Source{}
	later.Source.Read = on("2026-11-22")
	for name, c := range map[string]struct {
		revision string
		products []Product
		told     bool
	}{
		"of the model as a whole":      {"v4", []Product{product("ASUS", "RT-X", "", gone), product("ASUS", "RT-X", "v1")}, true},
		"of that revision":             {"v1", []Product{product("ASUS", "RT-X", "v1", gone), product("ASUS", "RT-X", "v2")}, true},
		"of an unlisted one's sibling": {"v4", []Product{product("ASUS", "RT-X", "v1", gone)}, false},
		"of a listed one's sibling":    {"v2", []Product{product("ASUS", "RT-X", "v1", gone), product("ASUS", "RT-X", "v2")}, false},
		"without a source":             {"v1", []Product{product("ASUS", "RT-X", "v1", unsourced)}, false},
		"not yet read":                 {"v1", []Product{product("ASUS", "RT-X", "v1", later)}, false},
	} {
		if v := judged(who("ASUS", "RT-X", c.revision, ""), c.products...); has(v, CodeWithdrawn) != c.told {
			t.Errorf("%s: told %v, want %v", name, !c.told, c.told)
		}
	}
}

func TestACampaignIsToldOfWhatItNames(t *testing.T) {
	named := func(when string, s Source) Fact {
		f := fact(Named, when, s)
		f.Campaign = "socksescort"
		return f
	}
	for name, c := range map[string]struct {
		revision string
		products []Product
		told     bool
	}{
		"the model as a whole":       {"v4", []Product{product("ASUS", "RT-X", "", named("2026-03-01", cve)), product("ASUS", "RT-X", "v1")}, true},
		"without a day":              {"", []Product{product("ASUS", "RT-X", "", named("", cve))}, true},
		"an unlisted one's sibling":  {"v4", []Product{product("ASUS", "RT-X", "v1", named("2026-03-01", cve))}, false},
		"without a source":           {"", []Product{product("ASUS", "RT-X", "", named("2026-03-01", Source{}))}, false},
		"not yet named":              {"", []Product{product("ASUS", "RT-X", "", named("2026-12-01", cve))}, false},
		"one of what it can be only": {"", []Product{product("ASUS", "RT-X", "v1", named("2026-03-01", cve)), product("ASUS", "RT-X", "v2")}, true},
	} {
		if v := judged(who("ASUS", "RT-X", c.revision, ""), c.products...); (len(v.Campaigns) == 1) != c.told {
			t.Errorf("%s: campaigns %+v, want %v", name, v.Campaigns, c.told)
		}
	}
}

func TestWhoDisagreesIsToldWithRegionAndItem(t *testing.T) {
	dead, soon := in("US", fact(EndOfLife, "2021-03-01", maker)), fact(EndOfSecuritySupport, "2027-03-01", maker)
	dead.Detail = "R9-100NAS"
	v := judged(who("NETGEAR", "R9", "", ""), product("NETGEAR", "R9", "", dead, soon))
	want(t, v, PlanReplacement, CodeSourcesDisagree)
	if a := v.Reasons[0].Args; v.Until.String() != "2027-03-01" || a["ended"] != "maker US R9-100NAS" || a["supported"] != "maker" {
		t.Errorf("until %q, args %v", v.Until, a)
	}
	// One for everybody and one of another region: both speak against the end.
	v = judged(who("NETGEAR", "R9", "", ""), product("NETGEAR", "R9", "", fact(EndOfLife, "2021-03-01", maker), fact(Supported, "2026-10-01", maker), in("US", fact(Supported, "2026-09-01", maker))))
	want(t, v, CheckLabel, CodeSourcesDisagree)
}

func TestOnWhatAVerdictRestsIsSaidOfTheFactsThatMadeIt(t *testing.T) {
	us := fact(Discontinued, "", press)
	us.Region = "US"
	for _, says := range []Statement{EndOfLife, EndOfSecuritySupport} {
		v := judged(who("ASUS", "RT-X", "", ""), product("ASUS", "RT-X", "", fact(says, "2027-03-01", maker), us))
		want(t, v, PlanReplacement, CodeEndsSoon)
		if has(v, CodeSecondHandOnly) || has(v, CodeOtherRegion) {
			t.Errorf("an end by the maker, for everybody, is told as %+v", v.Reasons)
		}
		v = judged(who("ASUS", "RT-X", "", ""), product("ASUS", "RT-X", "", in("US", fact(says, "2027-03-01", press)), fact(Discontinued, "", maker)))
		want(t, v, PlanReplacement, CodeEndsSoon)
		if !has(v, CodeSecondHandOnly) || reasonOf(v, CodeOtherRegion).Args["region"] != "US" {
			t.Errorf("an end by the press, for America, is told as %+v", v.Reasons)
		}
	}
	own := fact(EndOfLife, "2020", Source{Publisher: "ASUS", Title: "as read", Trust: SecondHand})
	if got := reasonOf(judged(who("ASUS", "RT-X", "", ""), product("ASUS", "RT-X", "", own)), CodeSecondHandOnly).Args["publishers"]; got != "ASUS" {
		t.Errorf("with nobody between, publishers are %q", got)
	}
}

func TestTheEarliestAndTheLatestAreTold(t *testing.T) {
	read := func(by, day string) Fact { return fact(EndOfLife, "", source(by, Vendor, day)) }
	v := judged(who("ASUS", "RT-X", "", ""), product("ASUS", "RT-X", "", read("a list", "2027-02-01"), read("b list", "2026-12-01"), read("c list", "2027-01-01")))
	want(t, v, PlanReplacement, CodeEndedLater)
	if got := v.Reasons[0].Args["date"]; got != "2026-12-01" {
		t.Errorf("ended by %s", got)
	}
	one := product("ASUS", "RT-X", "v1", fact(EndOfLife, "2022-05-01", maker))
	two := product("ASUS", "RT-X", "v2", fact(EndOfLife, "2020-05-01", maker))
	v = judged(who("ASUS", "RT-X", "", ""), one, two)
	want(t, v, ReplaceNow, CodeEndedRange)
	if a := v.Reasons[0].Args; a["first"] != "2020-05-01" || a["last"] != "2022-05-01" {
		t.Errorf("ended from %s to %s", a["first"], a["last"])
	}
	v = judged(who("ASUS", "RT-X", "", ""), product("ASUS", "RT-X", "", fact(Supported, "", maker), fact(Supported, "2026-03-01", maker)))
	want(t, v, SupportedNow, CodeSupportedListed)
	if got := v.Reasons[0].Args["date"]; got != "2026-11-01" {
		t.Errorf("listed on %s, not on the day that a list without a date was read", got)
	}
	v = judged(who("ASUS", "RT-X", "", ""), product("ASUS", "RT-X", "", fact(Exists, "2026-03-01", maker), fact(Exists, "2026-05-01", maker)))
	if got := v.Reasons[0].Args["looked"]; got != "2026-05-01" {
		t.Errorf("last looked for on %q", got)
	}
}

func TestWithoutARevisionAllThatIsSaidOfEachIsTold(t *testing.T) {
	later := fact(EndOfLife, "", source("maker", Vendor, "2026-12-01"))
	for name, c := range map[string]struct {
		facts []Fact
		code  string
	}{
		"ended for others, updated since": {[]Fact{in("US", fact(EndOfLife, "2025-01-01", maker)), release("1.2", "2026-06-01")}, CodeUpdatedSince},
		"listed as ended on a later day":  {[]Fact{later}, CodeEndedLater},
		"looked for and not found":        {[]Fact{fact(Exists, "2026-05-01", maker)}, CodeNoStatement},
		"said for another region":         {[]Fact{in("US", fact(Supported, "2026-05-01", maker))}, CodeSupportedElsewhere},
		"a far end for another region":    {[]Fact{in("US", fact(EndOfSecuritySupport, "2030-05-01", maker))}, CodeSupportedElsewhere},
		"said by the press":               {[]Fact{fact(Supported, "2026-05-01", press)}, CodeSupportedSecondHand},
		"said long ago":                   {[]Fact{fact(Supported, "2024-05-01", maker)}, CodeSupportedStale},
	} {
		t.Run(name, func(t *testing.T) {
			one, two := product("ASUS", "RT-X", "v1", c.facts...), product("ASUS", "RT-X", "v2", c.facts...)
			v := judged(who("ASUS", "RT-X", "", ""), one, two)
			if v.Reasons[0].Code != c.code || v.Kind == SupportedNow || v.Kind == ReplaceNow {
				t.Errorf("%v because of %+v", v.Kind, v.Reasons)
			}
			if c.code == CodeNoStatement && v.Reasons[0].Args["looked"] != "2026-05-01" {
				t.Errorf("looked for on %q", v.Reasons[0].Args["looked"])
			}
		})
	}
}

func TestTheMakersPageIsTheSameWhateverTheOrder(t *testing.T) {
	one, two := product("ASUS", "RT-X", "v1"), product("ASUS", "RT-X", "1.0")
	one.Page, two.Page = "https://example.org/b", "https://example.org/a"
	none := product("ASUS", "RT-X", "V1.0")
	for _, products := range [][]Product{{one, two, none}, {two, none, one}, {none, one, two}} {
		if got := judged(who("ASUS", "RT-X", "v1", ""), products...).Reasons[0].Args["page"]; got != "https://example.org/a" {
			t.Errorf("page %q", got)
		}
	}
}

func TestANameThatProductsShareIsToldWithTheirModels(t *testing.T) {
	box := func(vendor, model, provider string, aliases []string, f ...Fact) Product {
		p := product(vendor, model, "", f...)
		p.Provider, p.Aliases = provider, aliases
		return p
	}
	dead, good := fact(EndOfLife, "2020", maker), fact(Supported, "2026-10-01", maker)
	id := who("Ziggo", "Connect Box", "", "")
	v := judged(id, box("Arris", "TG2492LG", "Ziggo", []string{"Connectbox"}, dead), box("Compal", "CH7465LG", "Ziggo", []string{"Connect Box"}, good))
	want(t, v, CheckLabel, CodeSeveralModels)
	if a := v.Reasons[0].Args; a["models"] != "Arris TG2492LG, Compal CH7465LG" || a["alias"] != "Connect Box" || a["vendor"] != "Ziggo" {
		t.Errorf("args %v", a)
	}
	v = judged(id, box("Compal", "CH7465LG", "Ziggo", []string{"Connectbox"}, dead), box("Arris", "TG2492LG", "Ziggo", []string{"Connect Box"}, dead))
	want(t, v, ReplaceNow, CodeEnded)
	if a := reasonOf(v, CodeSeveralModels).Args; a["ended"] != "Arris TG2492LG, Compal CH7465LG" || a["alias"] != "Connect Box" || v.Provider != "Ziggo" {
		t.Errorf("provider %q, args %v", v.Provider, a)
	}
	own := who("Arris", "Hub", "", "")
	v = judged(own, box("Arris", "TG1", "Ziggo", []string{"Hub"}, dead), box("Arris", "TG2", "Telenet", []string{"Hub"}, dead))
	if want(t, v, ReplaceNow, CodeEnded); v.Provider != "" {
		t.Errorf("a box of two providers is %s's", v.Provider)
	}
	// By another name and a revision: the label's is the one.
	v1, v2 := product("ASUS", "RT-X", "v1", dead), product("ASUS", "RT-X", "v2", good)
	v1.Aliases, v2.Aliases = []string{"Falcon"}, []string{"Falcon"}
	v = judged(who("asus", "Falcon", "v1", ""), v1, v2)
	want(t, v, ReplaceNow, CodeEnded)
	if a := reasonOf(v, CodeMatchedAlias).Args; a["alias"] != "Falcon" || a["vendor"] != "ASUS" || a["model"] != "RT-X" || has(v, CodeEveryListedRevision) {
		t.Errorf("reasons %+v", v.Reasons)
	}
}

func TestTheProvidersOwnBoxIsJudgedByItsOwnRelease(t *testing.T) {
	id := who("Zyxel", "EX1", "", "")
	id.Provider = "Odido"
	box := product("Zyxel", "EX1", "", release("V5.50(ABOM.8)C0", "2026-10-01"))
	box.Provider = "Odido"
	want(t, judged(id, box), SupportedNow, CodeSupportedUpdated)
}

func TestAProductIsNamedAsTheCatalogueNamesIt(t *testing.T) {
	v := judged(who("netgear inc.", "r9000", "", ""), product("NETGEAR", "R9000", "", fact(EndOfLife, "2020", maker)))
	want(t, v, ReplaceNow, CodeEnded)
	if a := v.Reasons[0].Args; a["vendor"] != "NETGEAR" || a["model"] != "R9000" || a["label"] != VendorKey("NETGEAR") {
		t.Errorf("args %v", a)
	}
	id := who("NETGEAR", "", "", "")
	want(t, Judge(id, Match{How: ByModel, Products: []Product{product("NETGEAR", "R9000", "", fact(Supported, "2026-10-01", maker))}}, today, Options{}), CannotTell, CodeNoModel)
}

func TestDoubtsAreToldWhateverTheVerdict(t *testing.T) {
	doubt := func(id device.Identity, part device.Part, values ...string) device.Identity {
		id.Doubts = []device.Doubt{{Part: part, Values: values}}
		return id
	}
	dead, good := fact(EndOfLife, "2020", maker), fact(Supported, "2026-10-01", maker)
	v := judged(doubt(who("ASUS", "RT-X", "", ""), device.PartRevision, "A1", "B1"), product("ASUS", "RT-X", "", dead))
	if want(t, v, ReplaceNow, CodeEnded); reasonOf(v, CodeRevisionInDoubt).Args["values"] != "A1, B1" {
		t.Errorf("reasons %+v", v.Reasons)
	}
	v = judged(doubt(who("ASUS", "RT-X", "", "1.0"), device.PartRevision, "A1", "B1"), product("ASUS", "RT-X", "", good, release("1.1", "2026-10-01")))
	want(t, v, CheckLabel, CodeRevisionInDoubt)
	v = judged(doubt(who("ASUS", "RT-X", "", ""), device.PartVendor, "ASUS", "Acme"), product("ASUS", "RT-X", ""))
	want(t, v, CheckLabel, CodeIdentityInDoubt)
	guessed := doubt(who("ASUS", "RT-X", "", ""), device.PartVendor, "ASUS")
	for _, v := range []Verdict{judged(guessed, product("ASUS", "RT-X", "")), judged(guessed)} {
		if !has(v, CodeMakerGuessed) {
			t.Errorf("that the maker was guessed is not told: %+v", v.Reasons)
		}
	}
	if v := judged(who("ASUS", "RT-X", "", "")); len(v.Reasons) != 1 {
		t.Errorf("without a doubt: %+v", v.Reasons)
	}
	printer := doubt(device.Identity{Kind: device.Printer, Vendor: "HP"}, device.PartVendor, "HP", "ASUS")
	want(t, Judge(printer, Match{}, today, Options{}), CannotTell, CodeIdentityInDoubt)
	printer = doubt(printer, device.PartVendor, "HP") // a guess between printers' makers
	want(t, Judge(printer, Match{}, today, Options{}), OtherDevice, CodeOtherDevice)
	open := who("ASUS", "RT-X", "", "")
	open.Software = "OpenWrt"
	if v := judged(open, product("ASUS", "RT-X", "")); len(v.Reasons) != 1 {
		t.Errorf("of a maker who says nothing: %+v", v.Reasons)
	}
}

func TestWhatOtherRevisionsAreSaidToBeIsSourced(t *testing.T) {
	whole, other := product("ASUS", "RT-X", "", fact(EndOfLife, "2020", maker)), product("ASUS", "RT-X", "v1", fact(Supported, "2026-10-01", cve), fact(Supported, "2026-10-01", source("maker of v1", Vendor, "2026-11-01")))
	v := judged(who("ASUS", "RT-X", "v2", ""), whole, other)
	want(t, v, CheckLabel, CodeRevisionsDisagree)
	if n := len(v.Reasons[0].Sources); n != 2 {
		t.Errorf("%d sources: %v", n, v.Reasons[0].Sources)
	}
	american := product("ASUS", "RT-X", "v1", in("US", fact(EndOfLife, "2020", maker)))
	if v := judged(who("ASUS", "RT-X", "", ""), american); !has(v, CodeOtherRegion) {
		t.Errorf("that only an American list says so is not told: %+v", v.Reasons)
	}
	all := product("ASUS", "RT-X", "", fact(Supported, "2026-10-01", maker))
	want(t, judged(who("ASUS", "RT-X", "", ""), all, product("ASUS", "RT-X", "v1"), product("ASUS", "RT-X", "v2")), SupportedNow, CodeSupportedListed)
}

func TestARegionIsOneOfSeveralHoweverTheyAreListed(t *testing.T) {
	for region, ours := range map[string]bool{"": true, " ": true, "US/EU": true, "US,EU": true, "US EU": true, "us, eu": true, "US": false, "AU/US": false, "DEU": false} {
		if home(region) != ours {
			t.Errorf("%q: %v, want %v", region, !ours, ours)
		}
	}
}

func TestAVersionWithoutANumberOrOfAnotherRegionIsNotTheNewest(t *testing.T) {
	good := fact(Supported, "2026-10-01", maker)
	v := judged(who("NETGEAR", "R9", "", "1.0.1"), product("NETGEAR", "R9", "", good, release("", "2026-09-01")))
	want(t, v, SupportedNow, CodeSupportedListed)
	if v.Newest != "" || len(v.Reasons) != 1 {
		t.Errorf("newest %q, reasons %+v", v.Newest, v.Reasons)
	}
	unsure := who("NETGEAR", "R9", "", "")
	unsure.Doubts = []device.Doubt{{Part: device.PartFirmware, Values: []string{"1.0.1", "1.0.2"}}}
	v = judged(unsure, product("NETGEAR", "R9", "", good, release("1.0.3", "2026-09-01")))
	want(t, v, UpdateFirmware, CodeFirmwareBehind)
	if v.Newest != "V1.0.3" || has(v, CodeFirmwareNotKnown) || reasonOf(v, CodeFirmwareInDoubt).Args["values"] != "1.0.1, 1.0.2" {
		t.Errorf("newest %q, reasons %+v", v.Newest, v.Reasons)
	}
}
