package main

import (
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"houdbaar/internal/app"
	"houdbaar/internal/device"
	"houdbaar/internal/history"
	"houdbaar/internal/lab"
	"houdbaar/internal/lan"
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

// opened is an engine of its own.
func opened(t *testing.T) *engine {
	t.Helper()
	lab.HomeFolder(t, t.TempDir())
	e := openEngine(time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC))
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
	house, err := openPractice(real)
	must(t, err)
	p := house.(*practice)
	done, err := p.Scan(t.Context(), nil, nil, func(scan.Snapshot) {})
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
	_, err = p.Book().Save(t.Context(), history.Home, done)
	must(t, err)
	folder := p.folder
	if err := house.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(folder); !os.IsNotExist(err) {
		t.Errorf("the house is still there: %v", err)
	}
	if history.Exists(app.HistoryPath()) {
		t.Error("practice wrote to the real history")
	}
}

// TestWhatAPersonSaidCounts: of a device that a scan found, and of one that none did.
func TestWhatAPersonSaidCounts(t *testing.T) {
	e := opened(t)
	book := history.New(app.HistoryPath(), time.Now)
	defer book.Close()
	box := device.Device{ID: "mac-00005e005301", MAC: "00:00:5e:00:53:01", Observations: []device.Observation{{Source: device.SourceNeighbour, MAC: "00:00:5e:00:53:01"}}}
	now := scan.Scan{Started: time.Now(), On: e.Today(), Findings: []scan.Finding{{Device: box}}}
	said := device.Identity{Vendor: "D-Link", Model: "DIR-860L", Revision: "A1", Kind: device.Router, Corrected: true}
	_, err := book.AddSticker(t.Context(), history.Home, "", said)
	must(t, err, book.Correct(t.Context(), history.Home, 0, box, said))
	v, _, err := book.Visit(t.Context(), history.Home)
	must(t, err)
	if again, err := e.Again(t.Context(), now, v.Corrector(0)); err != nil || again.Findings[0].Verdict.Kind != lifecycle.ReplaceNow {
		t.Errorf("judged again: %v, %v", again.Findings[0].Verdict.Kind, err)
	}
	if typed, err := e.Labels(t.Context(), v, time.Time{}); err != nil || len(typed) != 1 || typed[0].Verdict.Kind != lifecycle.ReplaceNow {
		t.Errorf("typed %+v, %v", typed, err)
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

// TestLabelsAreReadWhileAPackWaitsForAScan: what came during a scan is installed after it,
// and until then nothing else waits.
func TestLabelsAreReadWhileAPackWaitsForAScan(t *testing.T) {
	e := opened(t)
	scanning, over := make(chan bool), make(chan bool)
	e.view = func([]string) (*lan.Network, error) {
		scanning <- true
		<-over
		return nil, errors.New("no network")
	}
	var running sync.WaitGroup
	running.Go(func() { e.Scan(t.Context(), nil, nil, func(scan.Snapshot) {}) })
	<-scanning
	running.Go(func() { e.StepBack(t.Context()) })
	for e.long.TryRLock() { // the change is not waiting yet
		e.long.RUnlock()
		time.Sleep(time.Millisecond)
	}
	read := make(chan error)
	go func() {
		_, err := e.Labels(t.Context(), history.Visit{}, time.Time{})
		read <- err
	}()
	select {
	case err := <-read:
		must(t, err)
	case <-time.After(10 * time.Second):
		t.Error("labels wait for the scan")
	}
	close(over)
	running.Wait()
}
