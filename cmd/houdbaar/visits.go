package main

import (
	"context"
	"errors"
	"io"

	"houdbaar/internal/app"
	"houdbaar/internal/device"
	"houdbaar/internal/history"
	"houdbaar/internal/scan"
	"houdbaar/internal/ui"
)

// A visiting is the engine at another home than the own one: it keeps there, and what
// people said there counts.
type visiting struct {
	*engine
	*memory
}

// Scan implements ui.Engine.
func (v visiting) Scan(ctx context.Context, interfaces []string, progress func(scan.Snapshot)) (scan.Scan, error) {
	return v.engine.scan(ctx, v.memory, interfaces, progress)
}

// Again implements ui.Memory.
func (v visiting) Again(ctx context.Context, s scan.Scan) (scan.Scan, error) {
	return v.engine.again(ctx, v.memory, s)
}

// At implements ui.Register.
func (m *memory) At(ref string) ui.Engine {
	if ref == "" {
		ref = history.Home
	}
	return visiting{m.engine, &memory{engine: m.engine, book: m.book, ref: ref}}
}

// Visits implements ui.Register.
func (m *memory) Visits(ctx context.Context, text string) ([]ui.VisitRow, error) {
	var out []ui.VisitRow
	err := m.read(ctx, func(s *history.Store) error {
		rows, err := s.List(ctx, text)
		for _, r := range rows {
			one := ui.VisitRow{Ref: r.Ref, Household: r.Household, Home: r.Ref == history.Home, Begun: r.Created, Scans: r.Scans}
			if r.Scans > 0 {
				one.Last = scanRow(r.Last)
			}
			out = append(out, one)
		}
		return err
	})
	return out, errors.Join(err, m.onlyViewed())
}

func scanRow(i history.ScanInfo) ui.ScanRow {
	return ui.ScanRow{Number: i.Number, At: i.Started, Stopped: i.Stopped, On: i.On, Devices: i.Devices, Counts: i.Counts, NoRouter: i.NoRouter}
}

// NewVisit implements ui.Register.
func (m *memory) NewVisit(ctx context.Context, household string) (ref string, err error) {
	err = m.write(ctx, func(s *history.Store) error {
		v, err := s.NewVisit(ctx, household)
		ref = v.Ref
		return err
	})
	return ref, err
}

// ForgetVisit implements ui.Register.
func (m *memory) ForgetVisit(ctx context.Context, ref string) error {
	return m.write(ctx, func(s *history.Store) error { return s.Forget(ctx, ref) })
}

// ExportVisit implements ui.Register.
func (m *memory) ExportVisit(ctx context.Context, to io.Writer, ref string, unmask bool) error {
	return m.read(ctx, func(s *history.Store) error { return s.Write(ctx, to, ref, history.Export{Unmask: unmask}) })
}

// ImportVisit implements ui.Register.
func (m *memory) ImportVisit(ctx context.Context, from io.Reader) (ref string, err error) {
	err = m.write(ctx, func(s *history.Store) (err error) {
		ref, err = s.Import(ctx, from)
		return err
	})
	return ref, err
}

// KeepDays implements ui.Register.
func (m *memory) KeepDays(ctx context.Context) (days int, err error) {
	err = m.read(ctx, func(s *history.Store) (err error) {
		days, err = s.Keep(ctx)
		return err
	})
	return days, err
}

// SetKeepDays implements ui.Register.
func (m *memory) SetKeepDays(ctx context.Context, days int) (forgotten int, err error) {
	err = m.write(ctx, func(s *history.Store) (err error) {
		if err := s.SetKeep(ctx, days); err != nil {
			return err
		}
		forgotten, err = s.Tidy(ctx)
		return err
	})
	return forgotten, err
}

// Visit implements ui.Diary.
func (m *memory) Visit(ctx context.Context) (ui.Visit, error) {
	out := ui.Visit{Home: m.ref == history.Home}
	var v history.Visit
	err := m.read(ctx, func(s *history.Store) error {
		var there bool
		var err error
		if v, there, err = s.Visit(ctx, m.ref); err != nil || !there {
			return err
		}
		out.Ref, out.Household, out.Notes, out.Visitor, out.Begun, out.Imported = v.Ref, v.Household, v.Notes, v.Visitor, v.Created, v.Imported
		for _, i := range v.Scans {
			out.Scans = append(out.Scans, scanRow(i))
		}
		spoken, err := s.Spoken(ctx, v)
		for _, one := range spoken {
			said := ui.Spoken{Finding: one.Finding, Note: one.Note, Gone: one.Gone}
			if id, ok := one.Is(); ok {
				said.Is = &id
			}
			out.Spoken = append(out.Spoken, said)
		}
		return err
	})
	if err != nil {
		return out, err
	}
	m.engine.use(func(a *app.Engine) { out.Labels, err = a.Labels(ctx, v, scan.Scan{}) })
	return out, err
}

// Describe implements ui.Diary.
func (m *memory) Describe(ctx context.Context, household, notes, visitor string) error {
	return m.write(ctx, func(s *history.Store) error { return s.Describe(ctx, m.ref, household, notes, visitor) })
}

// Reopen implements ui.Diary.
func (m *memory) Reopen(ctx context.Context, number int, again bool) (scan.Scan, error) {
	var kept app.Kept
	var found bool
	var err error
	m.engine.use(func(a *app.Engine) {
		err = m.read(ctx, func(s *history.Store) (err error) {
			kept, found, err = a.Kept(ctx, s, m.ref, number, again)
			if err == nil && found {
				m.newest = kept.Number
			}
			return err
		})
	})
	if err == nil && !found {
		err = loss{history.ErrNotFound, m.path()}
	}
	return kept.Scan, err
}

// ForgetScan implements ui.Diary.
func (m *memory) ForgetScan(ctx context.Context, number int) error {
	return m.write(ctx, func(s *history.Store) error { return s.ForgetScan(ctx, m.ref, number) })
}

// Compare implements ui.Diary.
func (m *memory) Compare(ctx context.Context, before, after int) (ui.Compared, error) {
	var out ui.Compared
	err := m.read(ctx, func(s *history.Store) error {
		pair, ok, err := s.Compare(ctx, history.Pick{Ref: m.ref, Number: before}, history.Pick{Ref: m.ref, Number: after})
		if err != nil || !ok {
			return err
		}
		v, _, err := s.Visit(ctx, m.ref)
		out.Comparison = pair.Comparison
		for _, i := range v.Scans {
			switch i.Number {
			case pair.Numbers[0]:
				out.Before = scanRow(i)
			case pair.Numbers[1]:
				out.After = scanRow(i)
			}
		}
		return err
	})
	return out, err
}

// SayGone implements ui.Diary.
func (m *memory) SayGone(ctx context.Context, d device.Device, gone bool) error {
	return m.write(ctx, func(s *history.Store) error {
		if gone {
			return s.SayGone(ctx, m.ref, m.newest, d)
		}
		return s.SayBack(ctx, m.ref, m.newest, d)
	})
}
