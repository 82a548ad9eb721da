package lifecycle

import (
	"bytes"
	"encoding/json"
	"testing"
)

// The values are those of the mandatory tests of OpenEoX Core 1.0 CSD01, section 7.1.
func TestTheMandatoryTestsOfOpenEoX(t *testing.T) {
	for name, c := range map[string]struct {
		core EoXCore
		want bool // a conflict
	}{
		"an end of life before the end of security support":         {EoXCore{EndOfLife: "2025-11-19T16:00:00Z", EndOfSecuritySupport: "2025-12-31T12:00:00Z"}, true},
		"the same moment in two zones":                              {EoXCore{EndOfLife: "2025-12-31T12:00:00Z", EndOfSecuritySupport: "2025-12-31T14:00:00+02:00"}, false},
		"an end of life before the end of sales, by zone":           {EoXCore{EndOfLife: "2025-12-31T12:00:00Z", EndOfSales: "2025-12-31T12:00:00-01:00", EndOfSecuritySupport: "tba"}, true},
		"an end of life to be announced":                            {EoXCore{EndOfLife: "tba", EndOfSecuritySupport: "2025-12-31T12:00:00Z"}, false},
		"a blank instead of the T":                                  {EoXCore{EndOfLife: "2025-12-31 12:00:00Z", EndOfSecuritySupport: "tba"}, true},
		"no zone":                                                   {EoXCore{EndOfLife: "2025-12-31T12:00:00", EndOfSecuritySupport: "tba"}, true},
		"a leap second":                                             {EoXCore{EndOfLife: "2016-12-31T23:59:60Z", EndOfSecuritySupport: "tba"}, true},
		"a fraction of a second":                                    {EoXCore{EndOfLife: "2025-12-31T12:00:00.5Z", EndOfSecuritySupport: "tba"}, false},
		"general availability after the end of security support":    {EoXCore{EndOfLife: "tba", EndOfSecuritySupport: "2025-11-19T16:00:00Z", GeneralAvailability: "2026-01-21T17:00:00Z"}, true},
		"general availability on the day of the end":                {EoXCore{EndOfLife: "tba", EndOfSecuritySupport: "2025-11-19T16:00:00Z", GeneralAvailability: "2025-11-19T16:00:00Z"}, false},
		"an end of security support before the end of sales is odd": {EoXCore{EndOfLife: "tba", EndOfSales: "2025-12-31T12:00:00Z", EndOfSecuritySupport: "2025-11-19T16:00:00Z"}, false},
	} {
		if got := c.core.Conflict(); (got != "") != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestWhatIsWrittenAsOpenEoXIsAsTheSchemasWantIt(t *testing.T) {
	tba := Fact{Says: GeneralAvailability, TBA: true, Source: maker}
	var b bytes.Buffer
	left, err := WriteOpenEoX(&b, []Product{
		product("Acme", "R1", "A1", fact(EndOfSecuritySupport, "2025-06", maker), fact(EndOfSales, "2020", maker), fact(GeneralAvailability, "2018", maker)),
		product("Acme", "R2", "", fact(EndOfSecuritySupport, "2025", maker), fact(EndOfSecuritySupport, "2024-02-29", press), tba),
		product("Acme", "R3", "", fact(EndOfSecuritySupport, "2025", maker), fact(EndOfLife, "2024", press)), // the two contradict each other
		product("Acme", "R4", "", fact(EndOfLife, "", maker)),                                                // no date
		product("Acme", "R5", "", fact(EndOfLife, "2020", maker)),                                            // nothing on security
		product("Acme", "R6", "", fact(Supported, "2026-01-01", maker)),                                      // no end at all
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"$schema":"https://docs.oasis-open.org/openeox/tbd/schema/shell.json","statements":[` +
		`{"core":{"$schema":"https://docs.oasis-open.org/openeox/v1.0/schema/core.json","end_of_life":"tba","end_of_sales":"2020-12-31T23:59:59Z","end_of_security_support":"2025-06-30T23:59:59Z","general_availability":"2018-01-01T00:00:00Z","last_updated":"2026-11-01T00:00:00Z"},` +
		`"product":{"$schema":"https://docs.oasis-open.org/openeox/tbd/schema/product_hardware.json","product_name":"R1","product_version":"A1","vendor_name":"Acme"},"product_identification_helper":{"model_numbers":["R1"]}},` +
		`{"core":{"$schema":"https://docs.oasis-open.org/openeox/v1.0/schema/core.json","end_of_life":"tba","end_of_security_support":"2024-02-29T23:59:59Z","last_updated":"2026-11-01T00:00:00Z"},` +
		`"product":{"$schema":"https://docs.oasis-open.org/openeox/tbd/schema/product_hardware.json","product_name":"R2","product_version":"any","vendor_name":"Acme"},"product_identification_helper":{"model_numbers":["R2"]}}]}`
	var got bytes.Buffer
	if err := json.Compact(&got, b.Bytes()); err != nil {
		t.Fatal(err)
	}
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
	if left != 3 {
		t.Errorf("%d left out, want 3", left)
	}
}

func TestOfSeveralWordsOnOneMilestoneOpenEoXGetsTheCarefulOne(t *testing.T) {
	tba := func(says Statement) Fact { return Fact{Says: says, TBA: true, Source: maker} }
	gone := fact(EndOfSecuritySupport, "2001", maker)
	gone.Withdrawn = true
	early, late := fact(EndOfSecuritySupport, "2024", source("a", Vendor, "2026-01-05")), fact(EndOfSecuritySupport, "2025", source("b", Vendor, "2026-02-05"))
	for name, c := range map[string]struct {
		facts []Fact
		want  string // of the end of security support
		says  bool
	}{
		"the earlier of two":              {[]Fact{early, late}, "2024-12-31T23:59:59Z", true},
		"the earlier of two, turned":      {[]Fact{late, early}, "2024-12-31T23:59:59Z", true},
		"a day before an announced one":   {[]Fact{tba(EndOfSecuritySupport), early}, "2024-12-31T23:59:59Z", true},
		"a day before an announced one 2": {[]Fact{early, tba(EndOfSecuritySupport)}, "2024-12-31T23:59:59Z", true},
		"an announced one":                {[]Fact{tba(EndOfSecuritySupport)}, "tba", true},
		"what was taken back":             {[]Fact{gone, early}, "2024-12-31T23:59:59Z", true},
		"only what was taken back":        {[]Fact{gone}, "", false},
		"an end without a day":            {[]Fact{fact(EndOfSecuritySupport, "", maker)}, "", true},
		"not sold since some day":         {[]Fact{fact(EndOfSales, "", maker)}, "", false},
		"not sold since a day":            {[]Fact{fact(EndOfSales, "2020", maker)}, "", true},
		"on sale since a day":             {[]Fact{fact(GeneralAvailability, "2020", maker)}, "", false},
	} {
		core, says := eoxCore(product("Acme", "R1", "", c.facts...))
		if core.EndOfSecuritySupport != c.want || says != c.says {
			t.Errorf("%s: %q, %v; want %q, %v", name, core.EndOfSecuritySupport, says, c.want, c.says)
		}
	}
	for _, facts := range [][]Fact{{early, late}, {late, early}} {
		if core, _ := eoxCore(product("Acme", "R1", "", facts...)); core.LastUpdated != "2026-02-05T00:00:00Z" {
			t.Errorf("last updated %s", core.LastUpdated)
		}
	}
	known := fact(GeneralAvailability, "2020-05", maker)
	if core, _ := eoxCore(product("Acme", "R1", "", tba(GeneralAvailability), known)); core.GeneralAvailability != "2020-05-01T00:00:00Z" {
		t.Errorf("on sale since %q", core.GeneralAvailability)
	}
}
