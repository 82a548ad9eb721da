package app

import (
	"path/filepath"
	"testing"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/history"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// visited is a history with a visit of two scans: a router that is there twice, and a
// camera that is in the second only.
func visited(t *testing.T, e *Engine) (*history.Store, string) {
	t.Helper()
	s, err := history.Open(t.Context(), filepath.Join(t.TempDir(), history.FileName), time.Now)
	must(t, err)
	t.Cleanup(func() { s.Close() })
	v, err := s.NewVisit(t.Context(), "Familie Voorbeeld")
	must(t, err)
	box := func(mac string) scan.Finding {
		return scan.Finding{Device: device.Device{ID: "mac-" + mac, MAC: mac, Observations: []device.Observation{{Source: device.SourceNeighbour, MAC: mac}}}}
	}
	first := scan.Scan{Started: e.On.AddDate(0, -1, 0), On: e.On.AddDate(0, -1, 0), Findings: []scan.Finding{box("00:00:5e:00:53:01")}}
	second := scan.Scan{Started: e.On, On: e.On, Findings: []scan.Finding{box("00:00:5e:00:53:01"), box("00:00:5e:00:53:02")}}
	for _, one := range []scan.Scan{first, second} {
		if _, err := s.Save(t.Context(), v.Ref, one); err != nil {
			t.Fatal(err)
		}
	}
	must(t, s.Correct(t.Context(), v.Ref, 2, second.Findings[0].Device, device.Identity{Vendor: "D-Link", Model: "DIR-860L", Revision: "A1", Kind: device.Router}))
	if _, err := s.AddSticker(t.Context(), v.Ref, "", device.Identity{Vendor: "D-Link", Model: "DIR-860L", Revision: "A1", Kind: device.Router}); err != nil {
		t.Fatal(err)
	}
	return s, v.Ref
}

func TestAKeptScanIsJudgedAsThenOrAsToday(t *testing.T) {
	c := newCourt(t)
	e := &Engine{rules: c.rules, catalogue: c.db, On: c.on}
	s, ref := visited(t, e)
	then, ok, err := e.Kept(t.Context(), s, ref, 1, false)
	if err != nil || !ok || then.Number != 1 || !then.Scan.On.Equal(c.on.AddDate(0, -1, 0)) {
		t.Fatalf("scan %d for %v, %v, %v", then.Number, then.Scan.On, ok, err)
	}
	if k := then.Scan.Findings[0].Verdict.Kind; k != lifecycle.CannotTell {
		t.Errorf("what was decided then became %s", k)
	}
	now, ok, err := e.Kept(t.Context(), s, ref, 0, true)
	if err != nil || !ok || now.Number != 2 || !now.Scan.On.Equal(c.on) {
		t.Fatalf("scan %d for %v, %v, %v", now.Number, now.Scan.On, ok, err)
	}
	if k := now.Scan.Findings[0].Verdict.Kind; k != lifecycle.ReplaceNow {
		t.Errorf("with the correction it is %s", k)
	}
	if len(now.Typed) != 1 || now.Typed[0].Verdict.Kind != lifecycle.ReplaceNow {
		t.Errorf("typed %+v", now.Typed)
	}
	if _, ok, err := e.Kept(t.Context(), s, ref, 9, false); ok || err != nil {
		t.Errorf("a scan that is not there: %v, %v", ok, err)
	}
	kept, _, err := s.Scan(t.Context(), ref, 2)
	if err != nil || kept.Findings[0].Verdict.Kind != lifecycle.CannotTell {
		t.Errorf("judging again wrote %v, %v", kept.Findings[0].Verdict.Kind, err)
	}
}

func TestWhatWasSaidHasTheNameOfItsDevice(t *testing.T) {
	c := newCourt(t)
	e := &Engine{rules: c.rules, catalogue: c.db, On: c.on}
	s, ref := visited(t, e)
	v, _, err := s.Visit(t.Context(), ref)
	must(t, err)
	all, err := s.Spoken(t.Context(), v)
	if err != nil || len(all) != 1 || all[0].Finding == nil || all[0].Finding.Device.MAC != "00:00:5e:00:53:01" {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestAnyTwoScansAreCompared(t *testing.T) {
	c := newCourt(t)
	e := &Engine{rules: c.rules, catalogue: c.db, On: c.on}
	s, ref := visited(t, e)
	within, ok, err := s.Compare(t.Context(), history.Pick{Ref: ref}, history.Pick{Ref: ref})
	if err != nil || !ok || within.Count(scan.Appeared) != 1 || within.Count(scan.Stayed) != 1 {
		t.Errorf("within a visit: %+v, %v, %v", within.Devices, ok, err)
	}
	if _, err := s.Save(t.Context(), history.Home, within.Before); err != nil {
		t.Fatal(err)
	}
	between, ok, err := s.Compare(t.Context(), history.Pick{Ref: ref, Number: 2}, history.Pick{Ref: history.Home, Number: 1})
	if err != nil || !ok || between.Count(scan.NotSeen) != 1 || between.Count(scan.Stayed) != 1 {
		t.Errorf("between two: %+v, %v, %v", between.Devices, ok, err)
	}
	if _, ok, err := s.Compare(t.Context(), history.Pick{Ref: history.Home}, history.Pick{Ref: history.Home}); ok || err != nil {
		t.Errorf("one scan with itself: %v, %v", ok, err)
	}
}
