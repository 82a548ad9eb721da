package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lab"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// must ends a test that cannot go on.
func must(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// opened is a home that keeps in a folder of its own.
func opened(t *testing.T) *home {
	t.Helper()
	lab.HomeFolder(t, t.TempDir())
	e := openHome(time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC))
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// TestThePracticeHouseIsScannedByTheRealCode wants every resident found by what it says
// on its sockets, and nothing else, and all of it gone afterwards.
func TestThePracticeHouseIsScannedByTheRealCode(t *testing.T) {
	real := opened(t)
	real.wait()
	real.behind.On = real.CatalogueMeta().Date // what the list said on its own day
	house, err := openPractice(real.engine)
	must(t, err)
	p := house.(*practice)
	done, err := p.Scan(t.Context(), nil, func(scan.Snapshot) {})
	must(t, err)
	verdicts := map[lifecycle.VerdictKind]int{}
	for _, f := range done.Findings {
		verdicts[f.Verdict.Kind]++
		t.Logf("%v %s %s %s: %s", f.Device.Addrs, f.Identity.Vendor, f.Identity.Model, f.Identity.Revision, f.Verdict.Kind)
		if _, ok := p.Invented(f.Device); !ok {
			t.Errorf("%s does not say if it is invented", f.Identity.Model)
		}
		for _, a := range f.Device.Addrs {
			if !a.IsLoopback() {
				t.Errorf("%s has the address %s", f.Device.ID, a)
			}
		}
	}
	if len(done.Findings) != len(residents) {
		t.Errorf("%d devices were found of %d", len(done.Findings), len(residents))
	}
	for _, kind := range lifecycle.Urgency {
		if verdicts[kind] == 0 {
			t.Errorf("nothing is %s", kind)
		}
	}
	for _, problem := range done.Problems {
		t.Errorf("problem %+v", problem)
	}
	for _, i := range done.Interfaces {
		if i.Sent > 0 && i.Addresses != nil && !strings.HasPrefix(i.Addresses[0], "127.") {
			t.Errorf("%d packets left on %s", i.Sent, i.Name)
		}
	}

	// A pack for the real catalogue may come meanwhile; also one that is refused opens it anew.
	if _, err := real.StepBack(t.Context()); err == nil {
		t.Fatal("there is a catalogue to go back to")
	}
	if found, err := p.Search(t.Context(), "archer c7", 1); err != nil || len(found) != 1 {
		t.Errorf("after a change of the catalogue: %v, %v", found, err)
	}

	// What is said in the house stays there.
	must(t, p.Keep(t.Context(), done))
	must(t, p.Correct(t.Context(), done.Findings[0].Device, device.Identity{Vendor: "D-Link", Model: "DIR-860L", Revision: "B1"}))
	folder := p.folder
	if err := house.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(folder); !os.IsNotExist(err) {
		t.Errorf("the house is still there: %v", err)
	}
	if _, err := os.Stat(filepath.Join(real.Where(), "history.db")); !os.IsNotExist(err) {
		t.Errorf("practice wrote to the real history: %v", err)
	}
}

// TestACorrectionOutlivesARescan is keyed by what a device is known again by, and a
// label and a note are kept too; all of it goes when it is erased.
func TestACorrectionOutlivesARescan(t *testing.T) {
	e := opened(t)
	box := device.Device{ID: "mac-00005e005301", MAC: "00:00:5e:00:53:01", Observations: []device.Observation{{Source: device.SourceNeighbour, MAC: "00:00:5e:00:53:01"}}}
	now := scan.Scan{Started: time.Now(), On: e.Today(), Findings: []scan.Finding{{Device: box}}}
	if len(scan.Keys(box)) == 0 {
		t.Fatal("the box is not known again by anything")
	}
	said := device.Identity{Vendor: "D-Link", Model: "DIR-860L", Revision: "A1", Kind: device.Router, Corrected: true}
	must(t, e.Keep(t.Context(), now), e.Correct(t.Context(), box, said), e.Note(t.Context(), box, "in the attic"), e.AddLabel(t.Context(), said))
	again, err := e.Again(t.Context(), now)
	if err != nil || again.Findings[0].Verdict.Kind != lifecycle.ReplaceNow {
		t.Fatalf("judged again: %v, %v", again.Findings[0].Verdict.Kind, err)
	}

	// Another run of the program.
	e.book.close()
	next := scan.Scan{Started: now.Started.Add(time.Hour), On: e.Today(), Findings: []scan.Finding{{Device: box}}}
	if id, ok := e.corrector(t.Context(), 0)(box); !ok || id.Model != "DIR-860L" {
		t.Errorf("a rescan would not know it: %+v, %v", id, ok)
	}
	told, typed, err := e.Told(t.Context(), next)
	must(t, err)
	if s := told[box.ID]; s.Note != "in the attic" || !s.Corrected || len(s.Seen) != 1 {
		t.Errorf("told %+v", s)
	}
	if len(typed) != 1 || typed[0].Verdict.Kind != lifecycle.ReplaceNow {
		t.Fatalf("typed %+v", typed)
	}
	for _, err := range []error{e.Withdraw(t.Context(), box), e.RemoveLabel(t.Context(), typed[0].Device.ID)} {
		if err != nil {
			t.Error(err)
		}
	}
	if _, ok := e.corrector(t.Context(), 0)(box); ok {
		t.Error("a correction that was withdrawn still holds")
	}
	must(t, e.Erase(t.Context()))
	if told, typed, err := e.Told(t.Context(), next); err != nil || len(told)+len(typed) > 0 {
		t.Errorf("after erasing: %v, %v, %v", told, typed, err)
	}
}
