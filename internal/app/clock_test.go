package app

import (
	"testing"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lan"
	"houdbaar/internal/lifecycle"
)

// TestAClockThatIsBehindMakesNothingGreen judges on computers whose battery is dead.
func TestAClockThatIsBehindMakesNothingGreen(t *testing.T) {
	e := at(t, t.TempDir(), builtIn(t, "DIR-1", "2026-11-01"))
	e.View = func([]string) (*lan.Network, error) { return lan.Open(lan.Options{Interfaces: []string{"none"}}) }
	for name, c := range map[string]struct {
		now, on string
		want    string
		said    bool
	}{
		"a clock that is right":                  {"2026-11-21", "", "2026-11-21", false},
		"a clock on the day of the catalogue":    {"2026-11-01", "", "2026-11-01", false},
		"a clock at its beginning":               {"1970-01-01", "", "2026-11-01", true},
		"a clock a day behind":                   {"2026-10-31", "", "2026-11-01", true},
		"a person wants to know it for that day": {"1970-01-01", "2018-01-01", "2018-01-01", false},
	} {
		e.On = time.Time{}
		if c.on != "" {
			e.On, _ = time.Parse(time.DateOnly, c.on)
		}
		e.Clock = func() time.Time { now, _ := time.Parse(time.DateOnly, c.now); return now.Add(13 * time.Hour) }
		if got := e.Today().Format(time.DateOnly); got != c.want {
			t.Errorf("%s: judged for %s; want %s", name, got, c.want)
		}
		f, err := e.Check(t.Context(), device.Identity{Vendor: "D-Link", Model: "DIR-1"})
		if err != nil || c.on == "" && f.Verdict.Kind != lifecycle.ReplaceNow {
			t.Errorf("%s: %s, %v", name, f.Verdict.Kind, err)
		}
		done, err := e.Scan(t.Context(), nil, nil)
		said := false
		for _, p := range done.Problems {
			said = said || p.Code == "clock_behind"
		}
		if err != nil || said != c.said {
			t.Errorf("%s: said %v, %v: %+v; want %v", name, said, err, done.Problems, c.said)
		}
	}
}
