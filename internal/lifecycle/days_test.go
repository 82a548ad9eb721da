package lifecycle

import "testing"

// Everything in this file is invented.

// What a source lists without a date was so when it was read, and perhaps no earlier.
func TestRule14AStatementWithoutADateCountsFromTheDayItWasRead(t *testing.T) {
	listed := source("maker", Vendor, "2026-09-08")
	id := who("ASUS", "RT-X", "", "3.0.0.4.1")
	newest := release("3.0.0.4.9", "2026-06-01")
	far := fact(EndOfSecuritySupport, "2030-01-01", listed)
	press := far
	press.Source.Trust = SecondHand
	for _, c := range []struct {
		name string
		day  string
		kind VerdictKind
		code string
		says []Fact
	}{
		{"ended, on the day it was read", "2026-09-08", ReplaceNow, CodeEndedNoDate, []Fact{fact(EndOfLife, "", listed)}},
		{"ended, the day before", "2026-09-07", PlanReplacement, CodeEndedLater, []Fact{fact(EndOfLife, "", listed)}},
		{"ended, within a year before", "2025-09-08", PlanReplacement, CodeEndedLater, []Fact{fact(EndOfSecuritySupport, "", listed)}},
		{"ended, long before", "2010-01-01", CannotTell, CodeNoStatement, []Fact{fact(EndOfSecuritySupport, "", listed)}},
		{"ended, and a list of the year before speaks for it", "2026-09-07", PlanReplacement, CodeEndedLater, []Fact{fact(EndOfLife, "", listed), fact(Supported, "2026-01-01", maker)}},
		{"ended with a date, long before it was read", "2020-01-01", ReplaceNow, CodeEnded, []Fact{fact(EndOfLife, "2019", listed)}},
		{"discontinued, on the day it was read", "2026-09-08", PlanReplacement, CodeDiscontinued, []Fact{fact(Discontinued, "", listed)}},
		{"discontinued, the day before", "2026-09-07", CannotTell, CodeNoStatement, []Fact{fact(Discontinued, "", listed)}},
		{"no longer sold, the day before", "2026-09-07", CannotTell, CodeNoStatement, []Fact{fact(EndOfSales, "", listed)}},
		{"supported, on the list's own day", "2026-01-01", SupportedNow, CodeSupportedListed, []Fact{fact(Supported, "2026-01-01", listed)}},
		{"supported, the day before the list's own", "2025-12-31", CannotTell, CodeNoStatement, []Fact{fact(Supported, "2026-01-01", listed)}},
		{"supported, read the day after", "2026-09-07", CannotTell, CodeNoStatement, []Fact{fact(Supported, "", listed)}},
		{"a far end, read lately", "2026-09-08", SupportedNow, CodeSupportedUntil, []Fact{far}},
		{"a far end, said years after the day", "2010-01-01", CannotTell, CodeNoStatement, []Fact{far}},
		{"an end, and the press tells of a far one", "2026-11-21", ReplaceNow, CodeEnded, []Fact{fact(EndOfLife, "2020", maker), press}},
		{"a firmware, on the day it was released", "2026-06-01", UpdateFirmware, CodeFirmwareBehind, []Fact{newest}},
		{"a firmware, the day before", "2026-05-31", CannotTell, CodeNoStatement, []Fact{newest}},
	} {
		v := Judge(id, Find(id, []Product{product("ASUS", "RT-X", "", c.says...)}), on(c.day), Options{})
		if v.Kind != c.kind || v.Reasons[0].Code != c.code {
			t.Errorf("%s: %v because of %s, want %v because of %s", c.name, v.Kind, v.Reasons[0].Code, c.kind, c.code)
		}
		if c.code == CodeEndedLater && (v.Reasons[0].Args["date"] != "2026-09-08" || len(v.Reasons[0].Sources) == 0) {
			t.Errorf("%s: args %v", c.name, v.Reasons[0].Args)
		}
		if c.code == CodeNoStatement && v.Newest != "" {
			t.Errorf("%s: a firmware of later, %s, is named", c.name, v.Newest)
		}
	}
}

// TestWhatWasSaidLastIsTold, whichever revision it was said of.
func TestWhatWasSaidLastIsTold(t *testing.T) {
	for _, c := range []struct {
		by           Source
		last, before string
		code         string
	}{{maker, "2025-10-20", "2025-03-01", CodeSupportedStale}, {press, "2026-10-01", "2026-03-01", CodeSupportedSecondHand}} {
		v := judged(who("NETGEAR", "R9", "", ""), product("NETGEAR", "R9", "v1", fact(Supported, c.last, c.by)), product("NETGEAR", "R9", "v2", fact(Supported, c.before, c.by)))
		want(t, v, CannotTell, c.code)
		if got := v.Reasons[0].Args["date"]; got != c.last {
			t.Errorf("%s: dated %s, want %s", c.code, got, c.last)
		}
	}
}

func TestACampaignOfLaterIsNotShown(t *testing.T) {
	named := fact(Named, "2026-03-01", cve)
	named.Campaign = "later"
	id := who("Linksys", "E1200", "", "")
	m := Find(id, []Product{product("Linksys", "E1200", "", named)})
	for day, n := range map[string]int{"2026-02-28": 0, "2026-03-01": 1, "2026-11-21": 1} {
		if v := Judge(id, m, on(day), Options{}); len(v.Campaigns) != n {
			t.Errorf("on %s: %d campaigns, want %d", day, len(v.Campaigns), n)
		}
	}
}
