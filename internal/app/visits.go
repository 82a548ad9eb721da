package app

import (
	"cmp"
	"context"
	"slices"

	"houdbaar/internal/device"
	"houdbaar/internal/history"
	"houdbaar/internal/scan"
)

// A Kept is a visit with one of its scans, judged, and the devices that were typed from
// labels.
type Kept struct {
	history.Visit
	Number int // of the scan; 0 = the visit has none
	Scan   scan.Scan
	Typed  []scan.Finding
}

// Note is what a person wrote about a device.
func (k Kept) Note(d device.Device) string {
	said, _ := k.Said(k.Number, d)
	return said.Note
}

// Kept reads a visit and a scan of it, number 0 = the newest. What was decided then
// stands, unless again is set: then the scan is judged by the catalogue, the day and the
// corrections of today. Nothing is written. It is false when there is no such visit or
// scan.
func (e *Engine) Kept(ctx context.Context, s *history.Store, ref string, number int, again bool) (Kept, bool, error) {
	visit, ok, err := s.Visit(ctx, ref)
	if err != nil || !ok {
		return Kept{}, false, err
	}
	k := Kept{Visit: visit, Number: number}
	if number == 0 && len(visit.Scans) > 0 {
		k.Number = visit.Scans[len(visit.Scans)-1].Number
	}
	if k.Number == 0 {
		k.Scan.Catalogue = e.CatalogueMeta()
	} else if k.Scan, ok, err = s.Scan(ctx, ref, k.Number); err != nil || !ok {
		return Kept{}, false, err
	}
	if k.Number > 0 && again {
		k.Scan.On = e.Today()
		mine := *e
		mine.Correct = visit.Corrector(k.Number)
		if k.Scan, err = mine.Again(ctx, k.Scan); err != nil {
			return Kept{}, false, err
		}
	}
	k.Scan.On = cmp.Or(k.Scan.On, e.Today())
	k.Typed, err = e.Labels(ctx, visit, k.Scan)
	return k, err == nil, err
}

// Labels judges what was typed from labels in a visit for the day that a scan is judged
// for; without one, today.
func (e *Engine) Labels(ctx context.Context, v history.Visit, with scan.Scan) ([]scan.Finding, error) {
	var out []scan.Finding
	for _, label := range v.Stickers {
		f, err := e.judge().Identity(ctx, label.Device(), label.Identity(), cmp.Or(with.On, e.Today()))
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// lookedThrough is in how many scans of a visit the devices are looked for of which a
// person said something.
const lookedThrough = 20

// Spoken is a device of which a person said something, as the newest scan that met it
// found it. Finding is nil when none of the newest did.
type Spoken struct {
	history.Known
	Finding *scan.Finding
}

// SpokenOf lists the devices of a visit of which a person said something, newest scans
// first searched for what they are.
func SpokenOf(ctx context.Context, s *history.Store, v history.Visit) ([]Spoken, error) {
	var out []Spoken
	for _, k := range v.Devices {
		if k.Note != "" || !k.Gone.IsZero() || len(k.Corrections) > 0 {
			out = append(out, Spoken{Known: k})
		}
	}
	missing := len(out)
	for i := len(v.Scans) - 1; i >= max(0, len(v.Scans)-lookedThrough) && missing > 0; i-- {
		number := v.Scans[i].Number
		done, ok, err := s.Scan(ctx, v.Ref, number)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue // forgotten by another program meanwhile
		}
		for j, f := range done.Findings {
			k, ok := v.Said(number, f.Device)
			if !ok {
				continue
			}
			at := slices.IndexFunc(out, func(one Spoken) bool { return one.ID == k.ID })
			if at >= 0 && out[at].Finding == nil {
				out[at].Finding = &done.Findings[j]
				missing--
			}
		}
	}
	return out, nil
}
