package main

import (
	"cmp"
	"context"
	"errors"
	"io"
	"time"

	"houdbaar/internal/app"
	"houdbaar/internal/device"
	"houdbaar/internal/history"
	"houdbaar/internal/scan"
	"houdbaar/internal/ui"
)

func (h *home) At(ref string) ui.Engine {
	return &home{engine: h.engine, book: h.book, ref: cmp.Or(ref, history.Home)}
}

func (h *home) Visits(ctx context.Context, text string) (rows []history.Row, err error) {
	err = h.read(ctx, func(s *history.Store) (err error) {
		rows, err = s.List(ctx, text)
		return err
	})
	return rows, errors.Join(err, h.onlyViewed())
}

func (h *home) NewVisit(ctx context.Context, household string) (ref string, err error) {
	err = h.write(ctx, func(s *history.Store) error {
		v, err := s.NewVisit(ctx, household)
		ref = v.Ref
		return err
	})
	return ref, err
}

func (h *home) ForgetVisit(ctx context.Context, ref string) error {
	return h.write(ctx, func(s *history.Store) error { return s.Forget(ctx, ref) })
}

func (h *home) ExportVisit(ctx context.Context, to io.Writer, ref string, unmask bool) error {
	return h.read(ctx, func(s *history.Store) error { return s.Write(ctx, to, ref, history.Export{Unmask: unmask}) })
}

func (h *home) ImportVisit(ctx context.Context, from io.Reader) (ref string, err error) {
	err = h.write(ctx, func(s *history.Store) (err error) {
		ref, err = s.Import(ctx, from)
		return err
	})
	return ref, err
}

func (h *home) KeepDays(ctx context.Context) (days int, err error) {
	err = h.read(ctx, func(s *history.Store) (err error) {
		days, err = s.Keep(ctx)
		return err
	})
	return days, err
}

func (h *home) SetKeepDays(ctx context.Context, days int) (forgotten int, err error) {
	err = h.write(ctx, func(s *history.Store) (err error) {
		if err := s.SetKeep(ctx, days); err != nil {
			return err
		}
		forgotten, err = s.Tidy(ctx)
		return err
	})
	return forgotten, err
}

func (h *home) Visit(ctx context.Context) (v ui.Visit, err error) {
	err = h.read(ctx, func(s *history.Store) (err error) {
		if v.Visit, _, err = s.Visit(ctx, h.ref); err == nil {
			v.Spoken, err = s.Spoken(ctx, v.Visit)
		}
		return err
	})
	v.Ref = h.ref
	if err == nil {
		h.use(func(a *app.Engine) { v.Labels, err = a.Labels(ctx, v.Visit, time.Time{}) })
	}
	return v, err
}

func (h *home) Describe(ctx context.Context, household, notes, visitor string) error {
	return h.write(ctx, func(s *history.Store) error { return s.Describe(ctx, h.ref, household, notes, visitor) })
}

func (h *home) Reopen(ctx context.Context, number int, again bool) (scan.Scan, error) {
	var kept app.Kept
	var found bool
	var err error
	h.use(func(a *app.Engine) {
		err = h.read(ctx, func(s *history.Store) (err error) {
			kept, found, err = a.Kept(ctx, s, h.ref, number, again)
			if err == nil && found {
				h.newest = kept.Number
			}
			return err
		})
	})
	if err == nil && !found {
		err = h.loss(history.ErrNotFound)
	}
	return kept.Scan, err
}

func (h *home) ForgetScan(ctx context.Context, number int) error {
	return h.write(ctx, func(s *history.Store) error { return s.ForgetScan(ctx, h.ref, number) })
}

func (h *home) Compare(ctx context.Context, before, after int) (pair history.Pair, err error) {
	err = h.read(ctx, func(s *history.Store) error {
		found, ok, err := s.Compare(ctx, history.Pick{Ref: h.ref, Number: before}, history.Pick{Ref: h.ref, Number: after})
		if ok {
			pair = found
		}
		return err
	})
	return pair, err
}

func (h *home) SayGone(ctx context.Context, d device.Device, gone bool) error {
	return h.write(ctx, func(s *history.Store) error {
		if gone {
			return s.SayGone(ctx, h.ref, h.newest, d)
		}
		return s.SayBack(ctx, h.ref, h.newest, d)
	})
}
