package lifecycle

import "testing"

// Everything in this file is invented; the case is that of TP-Link's American list, whose
// ends are followed by TP-Link's own versions for the same hardware.

func TestAnotherRegionsEndIsDoubtedWhereTheMakersFirmwareFollowedIt(t *testing.T) {
	end := func(region, when string) Fact {
		f := fact(EndOfSecuritySupport, when, maker)
		f.Region = region
		return f
	}
	update := func(region, when string, from Source) Fact {
		f := release("1.0.9", when)
		f.Region, f.Source = region, from
		return f
	}
	for name, c := range map[string]struct {
		facts []Fact
		kind  VerdictKind
		code  string
	}{
		"a version for everybody since":              {[]Fact{end("US", "2025-12-03"), update("", "2026-09-04", cve)}, PlanReplacement, CodeUpdatedSince},
		"a version for Europe since, years ago":      {[]Fact{end("CPI", "2021-01-11"), update("EU", "2023-03-17", maker)}, PlanReplacement, CodeUpdatedSince},
		"a version for that very region since":       {[]Fact{end("US", "2024-04-23"), update("US", "2026-05-29", maker)}, PlanReplacement, CodeUpdatedSince},
		"a version for that very region, long ago":   {[]Fact{end("US", "2020-04-23"), update("US", "2022-11-29", maker)}, ReplaceNow, CodeEnded},
		"a version after the first of two ends only": {[]Fact{end("US", "2024-04-23"), end("CPI", "2026-10-01"), update("", "2026-05-29", maker)}, ReplaceNow, CodeEndedRange},
		"a version of the day it ended":              {[]Fact{end("US", "2026-05-29"), update("", "2026-05-29", maker)}, ReplaceNow, CodeEnded},
		"a version of some day in that year":         {[]Fact{end("US", "2026-05-29"), update("", "2026", maker)}, ReplaceNow, CodeEnded},
		"a version told of by others":                {[]Fact{end("US", "2025-12-03"), update("", "2026-09-04", press)}, ReplaceNow, CodeEnded},
		"a version of a day to come":                 {[]Fact{end("US", "2025-12-03"), update("", "2027-09-04", maker)}, ReplaceNow, CodeEnded},
		"an end without a day":                       {[]Fact{end("US", ""), update("", "2026-09-04", maker)}, ReplaceNow, CodeEndedNoDate},
		"an end for everybody":                       {[]Fact{end("", "2025-12-03"), update("", "2026-09-04", maker)}, ReplaceNow, CodeEnded},
		"an end for Europe":                          {[]Fact{end("US", "2025-12-03"), end("EU", "2025-12-03"), update("", "2026-09-04", maker)}, ReplaceNow, CodeEnded},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, judged(who("TP-Link", "RE9", "V4", ""), product("TP-Link", "RE9", "V4", c.facts...)), c.kind, c.code)
		})
	}
	v := judged(who("TP-Link", "RE9", "V4", "1.0.1"), product("TP-Link", "RE9", "V4", end("US", "2025-12-03"), update("", "2026-09-04", cve)))
	if got := v.Reasons[0].Args; got["first"] != "2025-12-03" || got["region"] != "US" || got["last"] != "2026-09-04" || got["version"] != "1.0.9" || len(v.Reasons[0].Sources) != 2 {
		t.Errorf("args %v, sources %v", got, v.Reasons[0].Sources)
	}
	if !has(v, CodeFirmwareBehind) {
		t.Errorf("the newer version is not told: %+v", v.Reasons)
	}
	v = judged(who("TP-Link", "RE9", "V4", ""), product("TP-Link", "RE9", "V4", end("US", "2025-12-03"), update("EU", "2026-03-17", cve), update("US", "2026-04-19", cve)))
	if got := v.Reasons[0].Args["last"]; got != "2026-03-17" {
		t.Errorf("told is the version of %s, not Europe's", got)
	}
}

func TestAVersionThatExistsTakesTheNameOfTheNewestFromAnOlderOne(t *testing.T) {
	exists := release("7.4.1-90080", "2026-07-23")
	exists.Says, exists.Source = KnownFirmware, press
	nas := product("Synology", "DS9", "", release("7.4-90075", "2026-06-16"), exists)
	v := judged(who("Synology", "DS9", "", "7.4-90075"), nas)
	want(t, v, SupportedNow, CodeSupportedUpdated)
	if has(v, CodeLatestFirmware) || !has(v, CodeLastUpdate) || v.Newest != "DSM 7.4.1-90080" {
		t.Errorf("an older version is called the newest: %+v, newest %q", v.Reasons, v.Newest)
	}
	if v := judged(who("Synology", "DS9", "", "7.4.1-90080"), nas); !has(v, CodeLatestFirmware) {
		t.Errorf("the newest version is not called so: %+v", v.Reasons)
	}
	if v := judged(who("Synology", "DS9", "", ""), nas); v.Newest != "DSM 7.4.1-90080" {
		t.Errorf("without a version of its own the newest is %q", v.Newest)
	}
}

func TestNoLongerMadeAndUpdatedAreBothToldAtSecondHand(t *testing.T) {
	stopped, update := fact(Discontinued, "", press), release("7.4-90075", "2026-06-16")
	update.Source = press
	v := judged(who("Synology", "DS9", "", ""), product("Synology", "DS9", "", stopped, update))
	want(t, v, PlanReplacement, CodeDiscontinuedUpdated)
	if got := v.Reasons[0].Args; got["date"] != "2026-06-16" || !has(v, CodeSecondHandOnly) {
		t.Errorf("args %v, reasons %+v", got, v.Reasons)
	}
	update.Date = date("2025-06-16")
	want(t, judged(who("Synology", "DS9", "", ""), product("Synology", "DS9", "", stopped, update)), PlanReplacement, CodeDiscontinued)
}

func TestWithoutARevisionAnUpdateIsToldWhereEveryRevisionHadOne(t *testing.T) {
	stopped, mine, theirs := fact(Discontinued, "", maker), release("1.0.9", "2026-08-01"), release("2.0.4", "2026-07-01")
	told := mine
	told.Source = press
	for name, c := range map[string]struct {
		first, second []Fact
		code          string
	}{
		"both had one":                     {[]Fact{stopped, mine}, []Fact{stopped, theirs}, CodeDiscontinuedUpdated},
		"both had one, one at second hand": {[]Fact{stopped, told}, []Fact{stopped, theirs}, CodeDiscontinuedUpdated},
		"one had none":                     {[]Fact{stopped, mine}, []Fact{stopped}, CodeDiscontinued},
		"one had none, one at second hand": {[]Fact{stopped, told}, []Fact{stopped}, CodeDiscontinued},
	} {
		t.Run(name, func(t *testing.T) {
			one, two := product("TP-Link", "RE9", "V1", c.first...), product("TP-Link", "RE9", "V2", c.second...)
			want(t, judged(who("TP-Link", "RE9", "V1", ""), one, two), PlanReplacement, CodeDiscontinuedUpdated)
			v := judged(who("TP-Link", "RE9", "", ""), one, two)
			want(t, v, PlanReplacement, c.code)
			if v.Newest != "" {
				t.Errorf("newest %q, which is one revision's", v.Newest)
			}
		})
	}
}

func TestAnUndatedVersionThatIsHigherIsNotOvertakenByADatedOne(t *testing.T) {
	higher := release("5.11.0", "")
	nas := product("Synology", "DS9", "", release("5.9.14", "2026-06-16"), higher)
	if v := judged(who("Synology", "DS9", "", "5.9.14"), nas); has(v, CodeLatestFirmware) || !has(v, CodeFirmwareBehind) {
		t.Errorf("the lower version is called the newest: %+v", v.Reasons)
	}
	if v := judged(who("Synology", "DS9", "", ""), nas); v.Newest != "DSM 5.11.0" {
		t.Errorf("the newest is %q", v.Newest)
	}
}
