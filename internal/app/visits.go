package app

import (
	"cmp"
	"context"
	"time"

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
	k.Typed, err = e.Labels(ctx, visit, k.Scan.On)
	return k, err == nil, err
}

// Labels judges what was typed from labels in a visit for a day; zero = today.
func (e *Engine) Labels(ctx context.Context, v history.Visit, on time.Time) ([]scan.Finding, error) {
	var out []scan.Finding
	for _, label := range v.Stickers {
		f, err := e.judge().Identity(ctx, label.Device(), label.Identity(), cmp.Or(on, e.Today()))
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}
