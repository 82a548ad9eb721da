package lifecycle

import (
	"slices"
	"testing"

	"houdbaar/internal/device"
)

// Everything in this file is invented.

func TestAFirmwareOfTheModelSaysNothingOfItsRevisions(t *testing.T) {
	whole := product("TP-Link", "TL-X", "", release("1.3.0", "2026-10-01"))
	want(t, judged(who("TP-Link", "TL-X", "", "1.2.0"), whole), UpdateFirmware, CodeFirmwareBehind)
	for _, revision := range []string{"", "v1", "v2"} {
		v := judged(who("TP-Link", "TL-X", revision, "1.2.0"), whole, product("TP-Link", "TL-X", "v1", fact(Exists, "", maker)))
		if v.Kind != CannotTell {
			t.Errorf("revision %q: %v because of %s", revision, v.Kind, v.Reasons[0].Code)
		}
	}
}

func TestTheNewestOfSeveralReleasesIsNamed(t *testing.T) {
	good := fact(Supported, "2026-10-01", maker)
	v := judged(who("NETGEAR", "R9", "", "1.0.9.88"), product("NETGEAR", "R9", "", good, release("1.0.11.100", "2026-03-01"), release("1.0.10.9", "2026-05-01")))
	want(t, v, UpdateFirmware, CodeFirmwareBehind)
	if v.Newest != "V1.0.11.100" || v.Reasons[0].Args["newest"] != "V1.0.11.100" || v.Reasons[0].Args["installed"] != "V1.0.9.88" {
		t.Errorf("newest %q, args %v", v.Newest, v.Reasons[0].Args)
	}
}

func TestWhatIsNotKnownToBeSupportedStillHearsOfAFix(t *testing.T) {
	fixed := release("1.0.0.2", "2021-05-01")
	fixed.Says, fixed.Detail = FixedFirmware, "CVE-2099-0001"
	v := judged(who("NETGEAR", "R9", "", "1.0.0.1"), product("NETGEAR", "R9", "", fixed))
	want(t, v, CannotTell, CodeNoStatement)
	if !has(v, CodeFirmwareBehind) || v.Newest != "V1.0.0.2" {
		t.Errorf("newest %q, reasons %+v", v.Newest, v.Reasons)
	}
	v = judged(who("NETGEAR", "R9", "", "1.0.0.2"), product("NETGEAR", "R9", "", fixed))
	if has(v, CodeFirmwareBehind) {
		t.Error("a fixed device is called behind")
	}
}

func TestOnlyAVersionThatCanBeOrderedIsCalledTheNewest(t *testing.T) {
	good := fact(Supported, "2026-10-01", maker)
	fixed := release("1.05B02", "2019-01-01")
	fixed.Says = FixedFirmware
	v := judged(who("D-Link", "X1", "", "1.05B02"), product("D-Link", "X1", "", good, fixed, release("2.01B01", "2026-09-01")))
	want(t, v, SupportedNow, CodeSupportedListed)
	if has(v, CodeLatestFirmware) || !has(v, CodeFirmwareNotCompared) {
		t.Errorf("reasons %+v", v.Reasons)
	}
}

func TestANewerVersionOfAnotherRegionIsNotAnUpdateHere(t *testing.T) {
	there := release("1.0.12.1", "2026-10-01")
	there.Region = "US"
	v := judged(who("NETGEAR", "R9", "", "1.0.11.100"), product("NETGEAR", "R9", "", fact(Supported, "2026-10-01", maker), release("1.0.11.100", "2026-09-01"), there))
	want(t, v, SupportedNow, CodeSupportedListed)
	if has(v, CodeFirmwareBehind) || v.Newest != "V1.0.11.100" {
		t.Errorf("newest %q, reasons %+v", v.Newest, v.Reasons)
	}
}

func TestAVersionThatNobodyKnowsIsNotTheNewestWeKnow(t *testing.T) {
	it := product("NETGEAR", "R9", "", fact(Supported, "2026-10-01", maker), release("1.0.11.100", "2026-09-01"))
	for installed, code := range map[string]string{"1.0.11.100": CodeLatestFirmware, "9.9.9.9": CodeLastUpdate} {
		v := judged(who("NETGEAR", "R9", "", installed), it)
		want(t, v, SupportedNow, CodeSupportedListed)
		if !has(v, code) || has(v, CodeLatestFirmware) != (code == CodeLatestFirmware) || v.Newest != "V1.0.11.100" {
			t.Errorf("%s: newest %q, reasons %+v", installed, v.Newest, v.Reasons)
		}
	}
}

func TestOfTwoPromisesTheEarlierIsShown(t *testing.T) {
	v := judged(who("NETGEAR", "R9", "", ""), product("NETGEAR", "R9", "",
		fact(EndOfSecuritySupport, "2030-06-30", maker), fact(EndOfSecuritySupport, "2028-06-30", maker)))
	want(t, v, SupportedNow, CodeSupportedUntil)
	if v.Until.String() != "2028-06-30" || v.Reasons[0].Args["date"] != "2028-06-30" {
		t.Errorf("until %v, args %v", v.Until, v.Reasons[0].Args)
	}
}

func TestADeviceOfTwoFirmwaresIsBehindWhenBothAre(t *testing.T) {
	it := product("NETGEAR", "R9", "", fact(Supported, "2026-10-01", maker), release("1.0.11.100", "2026-09-01"))
	id := who("NETGEAR", "R9", "", "1.0.9.88")
	for values, kind := range map[[2]string]VerdictKind{
		{"1.0.9.88", "1.0.10.9"}:   UpdateFirmware,
		{"1.0.9.88", "1.0.11.100"}: SupportedNow,
		{"1.0.9.88", "odd"}:        UpdateFirmware,
		{"odd", "1.0.9.88"}:        UpdateFirmware,
		{"odd", "1.0.11.100"}:      SupportedNow,
	} {
		id.Doubts = []device.Doubt{{Part: device.PartFirmware, Values: values[:]}}
		v := judged(id, it)
		if v.Kind != kind || has(v, CodeFirmwareBehind) != (kind == UpdateFirmware) || !has(v, CodeFirmwareInDoubt) || has(v, CodeLatestFirmware) {
			t.Errorf("%v: %v, reasons %+v", values, v.Kind, v.Reasons)
		}
	}
}

func TestAStaleEndIsDatedByTheDayItWasRead(t *testing.T) {
	old := source("maker", Vendor, "2024-05-06")
	v := judged(who("eero", "Pro", "", ""), product("eero", "Pro", "", fact(EndOfSecuritySupport, "2030-01-01", old)))
	want(t, v, CannotTell, CodeSupportedStale)
	if got := v.Reasons[0].Args["date"]; got != "2024-05-06" {
		t.Errorf("dated %s", got)
	}
}

func TestASiblingThatIsNamedIsNotThisOne(t *testing.T) {
	named := fact(Named, "", cve)
	named.Campaign = "themoon"
	v1, v2 := product("Linksys", "EA1", "v1", named), product("Linksys", "EA1", "v2")
	for revision, n := range map[string]int{"v1": 1, "v2": 0, "v3": 0, "": 1} {
		v := judged(who("Linksys", "EA1", revision, ""), v1, v2)
		if len(v.Campaigns) != n {
			t.Errorf("revision %q: campaigns %+v, want %d", revision, v.Campaigns, n)
		}
		if n == 1 && v.Campaigns[0].Args["revision"] != "v1" {
			t.Errorf("revision %q: which revision is named is not said: %v", revision, v.Campaigns[0].Args)
		}
	}
}

func TestRevisionsAreListedAsPeopleCount(t *testing.T) {
	got := []string{"v10", "B1", "v2", "A1", "3.20", "3.6", "v1"}
	slices.SortFunc(got, Natural)
	if want := []string{"3.6", "3.20", "A1", "B1", "v1", "v2", "v10"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestDatesKeepThePrecisionOfTheirSource(t *testing.T) {
	for _, s := range []string{"", "2026", "2026-11", "2026-11-21"} {
		if got := date(s).String(); got != s {
			t.Errorf("%q is written %q", s, got)
		}
	}
	if got := date("2024-02").Last().Format("2006-01-02"); got != "2024-02-29" {
		t.Errorf("the last day of February 2024 is %s", got)
	}
}

func TestWhoRetellsTheMakerIsNamedAndNotTheMaker(t *testing.T) {
	retold := fact(EndOfSecuritySupport, "2018-05-01", Source{Publisher: "D-Link", Title: "as quoted", Trust: SecondHand, Via: "Forum archive"})
	forum := fact(EndOfSecuritySupport, "2018-05-01", Source{Publisher: "Forum", Title: "the same", Trust: SecondHand})
	for want, facts := range map[string][]Fact{"Forum archive": {retold}, "Forum": {retold, forum}} {
		v := judged(who("D-Link", "DIR-8", "", ""), product("D-Link", "DIR-8", "", facts...))
		i := slices.IndexFunc(v.Reasons, func(r Reason) bool { return r.Code == CodeSecondHandOnly })
		if i < 0 || v.Reasons[i].Args["publishers"] != want {
			t.Errorf("reasons %v; want it to be second-hand, from the %s", v.Reasons, want)
		}
	}
}
