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
func (m *memory) Visits(ctx context.Context, text string) (rows []history.Row, err error) {
	err = m.read(ctx, func(s *history.Store) (err error) {
		rows, err = s.List(ctx, text)
		return err
	})
	return rows, errors.Join(err, m.onlyViewed())
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
func (m *memory) Visit(ctx context.Context) (v ui.Visit, err error) {
	err = m.read(ctx, func(s *history.Store) (err error) {
		if v.Visit, _, err = s.Visit(ctx, m.ref); err == nil {
			v.Spoken, err = s.Spoken(ctx, v.Visit)
		}
		return err
	})
	v.Ref = m.ref
	if err == nil {
		m.engine.use(func(a *app.Engine) { v.Labels, err = a.Labels(ctx, v.Visit, scan.Scan{}) })
	}
	return v, err
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
func (m *memory) Compare(ctx context.Context, before, after int) (pair history.Pair, err error) {
	err = m.read(ctx, func(s *history.Store) error {
		found, ok, err := s.Compare(ctx, history.Pick{Ref: m.ref, Number: before}, history.Pick{Ref: m.ref, Number: after})
		if ok {
			pair = found
		}
		return err
	})
	return pair, err
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
