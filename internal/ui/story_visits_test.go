package ui

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/history"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// All households in this file are invented.

// A storyBook is the register of the stories: the own home and the visits, each an
// engine of its own.
type storyBook struct {
	own    *storyEngine
	visits []*storyEngine
	days   int
	stuck  string // the code why nothing can be kept, "" = it can
}

func (e *storyEngine) shelf() *storyBook {
	e.once.Do(func() {
		if e.book == nil {
			e.book = &storyBook{own: e}
		}
	})
	return e.book
}

func (e *storyEngine) Visits(_ context.Context, text string) (rows []history.Row, err error) {
	b := e.shelf()
	for _, one := range append([]*storyEngine{b.own}, b.visits...) {
		v, err := one.Visit(context.Background())
		if err != nil {
			return nil, err
		}
		row := history.Row{Ref: v.Ref, Household: v.Household, Created: v.Created, Scans: len(v.Scans)}
		if n := len(v.Scans); n > 0 {
			row.Last = v.Scans[n-1]
		}
		if (one != b.own || len(v.Scans) > 0) && strings.Contains(strings.ToLower(v.Ref+" "+v.Household+" "+v.Notes), strings.ToLower(text)) {
			rows = append(rows, row)
		}
	}
	if b.stuck != "" {
		err = storyLoss(b.stuck)
	}
	return rows, err
}

func (e *storyEngine) NewVisit(_ context.Context, household string) (string, error) {
	b := e.shelf()
	if b.stuck != "" {
		return "", storyLoss(b.stuck)
	}
	one := &storyEngine{findings: e.findings, book: b, ref: fmt.Sprintf("2026-11-21-NEW%d", len(b.visits)), household: household}
	b.visits = append([]*storyEngine{one}, b.visits...)
	return one.ref, nil
}

func (e *storyEngine) At(ref string) Engine {
	b := e.shelf()
	for _, one := range b.visits {
		if one.ref == ref {
			return one
		}
	}
	return b.own
}

func (e *storyEngine) ForgetVisit(_ context.Context, ref string) error {
	b := e.shelf()
	if ref == history.Home {
		return b.own.do(func() { b.own.kept, b.own.labels = nil, nil })
	}
	b.visits = slices.DeleteFunc(b.visits, func(one *storyEngine) bool { return one.ref == ref })
	return nil
}

func (e *storyEngine) ExportVisit(_ context.Context, to io.Writer, ref string, unmask bool) error {
	_, err := fmt.Fprintf(to, "%s %v", ref, unmask)
	return err
}

func (e *storyEngine) ImportVisit(_ context.Context, from io.Reader) (string, error) {
	said, err := io.ReadAll(from)
	if err != nil || !strings.HasPrefix(string(said), "good") {
		return "", storyLoss("no_visit")
	}
	return e.NewVisit(context.Background(), string(said))
}

func (e *storyEngine) KeepDays(context.Context) (int, error) { return e.shelf().days, nil }
func (e *storyEngine) SetKeepDays(_ context.Context, days int) (int, error) {
	e.shelf().days = days
	return 1, nil
}

func storyRow(number int, s scan.Scan) history.ScanInfo {
	row := history.ScanInfo{Number: number, Started: s.Started, Stopped: s.Stopped, On: s.On, Devices: len(s.Findings), NoRouter: s.NoRouter(), Counts: map[lifecycle.VerdictKind]int{}}
	for _, f := range s.Findings {
		row.Counts[f.Verdict.Kind]++
	}
	return row
}

func (e *storyEngine) Visit(context.Context) (v Visit, err error) {
	err = e.do(func() {
		v.Visit = history.Visit{Ref: cmp.Or(e.ref, history.Home), Household: e.household, Notes: e.notes, Visitor: e.visitor}
		if e.ref != "" {
			v.Created = storyDay
		}
		for i, s := range e.kept {
			v.Scans = append(v.Scans, storyRow(i+1, s))
		}
		if len(e.kept) == 0 {
			return
		}
		v.Created = e.kept[0].Started
		for _, f := range e.kept[len(e.kept)-1].Findings {
			if said := e.said[f.Device.ID]; said.Note != "" {
				v.Spoken = append(v.Spoken, history.Spoken{Known: history.Known{Note: said.Note}, Finding: &f})
			}
		}
	})
	return v, err
}

func (e *storyEngine) Describe(_ context.Context, household, notes, visitor string) error {
	return e.do(func() { e.household, e.notes, e.visitor = household, notes, visitor })
}

func (e *storyEngine) Reopen(_ context.Context, number int, again bool) (s scan.Scan, err error) {
	err = e.do(func() {
		s = e.kept[number-1]
		if again {
			s.On = storyDay
		}
	})
	return s, err
}

func (e *storyEngine) ForgetScan(_ context.Context, number int) error {
	return e.do(func() { e.kept = slices.Delete(slices.Clone(e.kept), number-1, number) })
}

func (e *storyEngine) Compare(_ context.Context, before, after int) (c history.Pair, err error) {
	err = e.do(func() {
		if after == 0 {
			after = len(e.kept)
		}
		if before == 0 {
			before = after - 1
		}
		if before, after = min(before, after), max(before, after); before < 1 || before == after {
			return
		}
		a, b := e.kept[before-1], e.kept[after-1]
		c = history.Pair{Comparison: scan.Compare(a, b, scan.Compared{Removed: func(f scan.Finding) bool { return e.gone[f.Device.ID] }}),
			Before: a, After: b, Numbers: [2]int{before, after}}
	})
	return c, err
}

func (e *storyEngine) SayGone(_ context.Context, d device.Device, gone bool) error {
	return e.do(func() {
		if e.gone == nil {
			e.gone = map[string]bool{}
		}
		e.gone[d.ID] = gone
	})
}

// keyed gives invented devices an identity by which they are known again.
func keyed(all []scan.Finding) []scan.Finding {
	out := slices.Clone(all)
	for i := range out {
		out[i].Device.ID = "mac-" + strings.ReplaceAll(out[i].Device.MAC, ":", "")
	}
	return out
}

// inventedVisits is a register with a home that was scanned twice, and n visits: the
// first was there twice, a month apart.
func inventedVisits(n int) *storyEngine {
	e := &storyEngine{findings: keyed(inventedHome())}
	b := e.shelf()
	earlier, now := storyDay.Add(-30*24*time.Hour+14*time.Hour+5*time.Minute), storyDay.Add(10*time.Hour+30*time.Minute)
	made := func(at time.Time, all []scan.Finding) scan.Scan {
		return scan.Scan{Started: at, Finished: at.Add(5 * time.Second), On: at.Truncate(24 * time.Hour), Catalogue: e.CatalogueMeta(), Interfaces: storyInterfaces, Findings: all}
	}
	before := keyed(inventedHome())
	before[0] = keyed([]scan.Finding{invented(2, device.Router, "", "D-Link", "DIR-850L", "A1", "1.09", before[0].Verdict)})[0] // the router was replaced
	before[0].Device.Gateway = true
	before[4].Identity.Firmware, before[4].Identity.FirmwareDisplay = "V3.4.0", "V3.4.0"
	before = append(before, keyed([]scan.Finding{invented(90, device.Camera, "Schuur", "D-Link", "DCS-932L", "A1", "1.11", before[1].Verdict)})...)
	e.kept = []scan.Scan{made(now.Add(-7*24*time.Hour), keyed(inventedHome())[:9]), made(now, e.findings)}
	e.ref = "home"
	names := []string{"Fam. Jansen, Dorpsstraat 12", "Mevrouw De Wit", "Buurthuis De Brug", "", "Familie Özdemir-Van den Heuvel, Burgemeester van Lanschotlaan 1204 bis", "Piet", "Sportclub VVO", "Fam. Bakker"}
	for i := range n {
		at := now.Add(-time.Duration(i) * 24 * time.Hour)
		one := &storyEngine{findings: e.findings, book: b, ref: fmt.Sprintf("%s-%04X", at.Format(time.DateOnly), 0x7A2B+i), household: names[i%len(names)]}
		one.kept = []scan.Scan{made(at, keyed(inventedHome())[i%8:])}
		b.visits = append(b.visits, one)
	}
	if n > 0 {
		first := b.visits[0]
		first.notes, first.visitor = "Router staat in de meterkast.\nTerugkomen in maart.", "Samira"
		first.kept = []scan.Scan{made(earlier, before), made(now, e.findings)}
		first.said = map[string]Said{first.findings[1].Device.ID: {Note: "in de hal, boven de deur"}}
		first.is = map[string]device.Identity{}
	}
	if n > 5 {
		b.visits[5].kept = nil // begun and not scanned
	}
	return e
}
