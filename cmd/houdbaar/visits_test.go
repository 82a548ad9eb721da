package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/history"
	"houdbaar/internal/lab"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
	"houdbaar/internal/ui"
)

// box is a device that can be known again.
func box(n int) scan.Finding {
	mac := fmt.Sprintf("00:00:5e:00:53:%02x", n)
	return scan.Finding{Device: device.Device{ID: fmt.Sprintf("mac-00005e0053%02x", n), MAC: mac, Observations: []device.Observation{{Source: device.SourceNeighbour, MAC: mac}}}}
}

// TestWhatIsDoneAtAVisitStaysThere keeps a visit and the own home apart, and tells all
// that was kept.
func TestWhatIsDoneAtAVisitStaysThere(t *testing.T) {
	e := opened(t)
	ref, err := e.NewVisit(t.Context(), "Familie Voorbeeld")
	must(t, err)
	visit := e.At(ref)
	first := scan.Scan{Started: time.Now().AddDate(0, -1, 0), On: e.Today().AddDate(0, -1, 0), Findings: []scan.Finding{box(1), box(2)}}
	second := scan.Scan{Started: time.Now(), On: e.Today(), Findings: []scan.Finding{box(1), box(3)}}
	said := device.Identity{Vendor: "D-Link", Model: "DIR-860L", Revision: "A1", Kind: device.Router, Corrected: true}
	must(t, visit.Keep(t.Context(), first), visit.Keep(t.Context(), second), e.Keep(t.Context(), first), visit.Correct(t.Context(), box(1).Device, said),
		visit.Note(t.Context(), box(1).Device, "in the attic"), visit.AddLabel(t.Context(), said), visit.Describe(t.Context(), "Familie Voorbeeld", "notes", "Samira"))
	rows, err := e.Visits(t.Context(), "")
	if err != nil || len(rows) != 2 || rows[0].Ref != history.Home || rows[1].Ref != ref || rows[1].Scans != 2 || rows[1].Last.Devices != 2 {
		t.Fatalf("visits %+v, %v", rows, err)
	}
	v, err := visit.Visit(t.Context())
	if err != nil || v.Ref != ref || v.Notes != "notes" || v.Visitor != "Samira" || len(v.Scans) != 2 || len(v.Labels) != 1 {
		t.Fatalf("visit %+v, %v", v, err)
	}
	if len(v.Spoken) != 1 || v.Spoken[0].Finding == nil || v.Spoken[0].Note != "in the attic" || v.Spoken[0].Corrections[0].Model != "DIR-860L" {
		t.Errorf("spoken %+v", v.Spoken)
	}
	if own, err := e.Visit(t.Context()); err != nil || own.Ref != history.Home || len(own.Scans) != 1 || len(own.Spoken)+len(own.Labels) != 0 {
		t.Errorf("own home %+v, %v", own, err)
	}

	// A kept scan, as it was and as it is judged today.
	then, err := visit.Reopen(t.Context(), 1, false)
	if err != nil || then.Findings[0].Verdict.Kind != lifecycle.CannotTell || !then.On.Equal(first.On) {
		t.Errorf("then: %v for %v, %v", then.Findings[0].Verdict.Kind, then.On, err)
	}
	now, err := visit.Reopen(t.Context(), 1, true)
	if err != nil || now.Findings[0].Verdict.Kind != lifecycle.ReplaceNow || !now.On.Equal(e.Today()) {
		t.Errorf("now: %v for %v, %v", now.Findings[0].Verdict.Kind, now.On, err)
	}
	if _, err := visit.Reopen(t.Context(), 9, false); history.Code(err) != "not_found" {
		t.Errorf("a scan that is not there: %v", err)
	}

	// What changed, and what a person says of it.
	c, err := visit.Compare(t.Context(), 0, 0)
	if err != nil || c.Numbers != [2]int{1, 2} || c.Count(scan.Appeared) != 1 || c.Count(scan.NotSeen) != 1 {
		t.Errorf("changes %+v, %v", c, err)
	}
	for _, gone := range []bool{true, false} {
		must(t, visit.SayGone(t.Context(), box(2).Device, gone))
		if c, err := visit.Compare(t.Context(), 2, 1); err != nil || (c.Count(scan.Gone) == 1) != gone || (c.Count(scan.NotSeen) == 0) != gone {
			t.Errorf("said gone %v: %+v, %v", gone, c.Devices, err)
		}
	}

	// To another computer and back, and then it is forgotten.
	var file bytes.Buffer
	must(t, e.ExportVisit(t.Context(), &file, ref, true))
	again, err := e.ImportVisit(t.Context(), &file)
	if err != nil || again == ref {
		t.Fatalf("taken over as %q, %v", again, err)
	}
	if v, err := e.At(again).Visit(t.Context()); err != nil || len(v.Scans) != 2 || v.Imported.IsZero() || len(v.Spoken) != 1 {
		t.Errorf("taken over: %+v, %v", v, err)
	}
	if err := e.ForgetVisit(t.Context(), ref); err != nil {
		t.Error(err)
	}
	if _, err := visit.Reopen(t.Context(), 1, false); history.Code(err) != "not_found" {
		t.Errorf("a visit that was forgotten: %v", err)
	}
	if n, err := e.SetKeepDays(t.Context(), 30); err != nil || n != 0 {
		t.Errorf("%d visits were older, %v", n, err)
	}
	if days, err := e.KeepDays(t.Context()); err != nil || days != 30 {
		t.Errorf("kept for %d days, %v", days, err)
	}
}

// TestNothingIsMadeToLook: asking of a history that is not there makes none.
func TestNothingIsMadeToLook(t *testing.T) {
	e := opened(t)
	if rows, err := e.Visits(t.Context(), ""); err != nil || len(rows) != 0 {
		t.Errorf("visits %v, %v", rows, err)
	}
	if v, err := e.Visit(t.Context()); err != nil || v.Ref != history.Home || !v.Created.IsZero() {
		t.Errorf("visit %+v, %v", v, err)
	}
	if c, err := e.Compare(t.Context(), 0, 0); err != nil || c.Numbers != [2]int{} {
		t.Errorf("compared %+v, %v", c, err)
	}
	if _, err := os.Stat(e.path()); !os.IsNotExist(err) {
		t.Errorf("there is a file: %v", err)
	}
}

// TestAHistoryOfANewerProgramIsNamed has its sentence and is left as it is.
func TestAHistoryOfANewerProgramIsNamed(t *testing.T) {
	e := opened(t)
	head := make([]byte, 4096)
	copy(head, "SQLite format 3\x00")
	copy(head[60:], []byte{0, 0, 0, 99, 0, 0, 0, 0, 0x48, 0x6f, 0x75, 0x76})
	must(t, os.MkdirAll(e.Where(), 0o700))
	must(t, os.WriteFile(e.path(), head, 0o600))
	_, err := e.Visits(t.Context(), "")
	var l ui.Loss
	if !errors.As(err, &l) {
		t.Fatalf("the error is %v", err)
	}
	if l.Code != "newer" {
		t.Errorf("code %q", l.Code)
	}
	if after, err := os.ReadFile(e.path()); err != nil || !bytes.Equal(after, head) {
		t.Errorf("the file changed, or %v", err)
	}
}

// TestTheDayIsToldWhileTheCatalogueChanges: the window asks for it at any moment.
func TestTheDayIsToldWhileTheCatalogueChanges(t *testing.T) {
	lab.HomeFolder(t, t.TempDir())
	e := openEngine(time.Time{})
	defer e.Close()
	before := e.Today()
	told := make(chan time.Time)
	go func() { told <- e.Today() }()
	if _, err := e.StepBack(t.Context()); err == nil { // the catalogue is opened anew all the same
		t.Error("there is a catalogue to go back to")
	}
	if day := <-told; !day.Equal(before) {
		t.Errorf("the day became %v", day)
	}
}

// BenchmarkVisits opens the list of 2,000 visits of 60 devices through the engine, one of
// them with its newest scan, and a comparison.
func BenchmarkVisits(b *testing.B) {
	lab.HomeFolder(b, b.TempDir())
	e := openHome(time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC))
	defer e.Close()
	findings := make([]scan.Finding, 60)
	for i := range findings {
		findings[i] = box(i)
	}
	ref := ""
	for i := range 2000 {
		var err error
		if ref, err = e.NewVisit(b.Context(), fmt.Sprint("Familie ", i)); err != nil {
			b.Fatal(err)
		}
		for n := range 1 + i%2 {
			must(b, e.At(ref).Keep(b.Context(), scan.Scan{Started: time.Now(), On: e.Today(), Findings: findings[n:]}))
		}
	}
	visit := e.At(ref)
	for name, do := range map[string]func() error{
		"list":    func() error { _, err := e.Visits(b.Context(), ""); return err },
		"search":  func() error { _, err := e.Visits(b.Context(), "familie 1999"); return err },
		"visit":   func() error { _, err := visit.Visit(b.Context()); return err },
		"scan":    func() error { _, err := visit.Reopen(b.Context(), 0, false); return err },
		"again":   func() error { _, err := visit.Reopen(b.Context(), 0, true); return err },
		"changes": func() error { _, err := visit.Compare(b.Context(), 0, 0); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				must(b, do())
			}
		})
	}
}
