package build

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"houdbaar/internal/lifecycle"
)

func TestCompare(t *testing.T) {
	list := lifecycle.Source{Publisher: "Invented", Title: "List", URL: "https://invented.example.com/", Trust: lifecycle.Vendor}
	day := func(s string) lifecycle.Date {
		d, err := time.Parse(time.DateOnly, s)
		must(t, err)
		return lifecycle.Date{Time: d, Precision: lifecycle.Day}
	}
	product := func(id, model string, facts ...lifecycle.Fact) lifecycle.Product {
		return lifecycle.Product{ID: id, Vendor: "Invented", Model: model, Facts: facts}
	}
	exists := lifecycle.Fact{Says: lifecycle.Exists, Source: list}
	ended := lifecycle.Fact{Says: lifecycle.EndOfSecuritySupport, Date: day("2026-01-31"), Region: "EU", Source: list}
	got := Compare(
		[]lifecycle.Product{product("invented/x1", "X1", exists), product("invented/x2", "X2", exists), product("invented/x3", "X3", exists)},
		[]lifecycle.Product{product("invented/x1", "X1", exists), product("invented/x3", "X3", ended), product("invented/x4", "X4", ended)},
		time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC))
	want := []Change{
		{ID: "invented/x2", Gone: true},
		{ID: "invented/x3", Facts: []string{
			"+ end_of_security_support 2026-01-31 in EU (Invented, List)",
			"- exists (Invented, List)",
		}, After: lifecycle.ReplaceNow},
		{ID: "invented/x4", New: true, After: lifecycle.ReplaceNow},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("changes (-want +got):\n%s", d)
	}
}
