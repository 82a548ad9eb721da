package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"houdbaar/internal/app"
	"houdbaar/internal/device"
	"houdbaar/internal/history"
	"houdbaar/internal/scan"
	"houdbaar/internal/ui"
)

// A home is the window's engine at one home, the owner's own or another: it keeps in a visit
// of the history file, and what people said there counts.
type home struct {
	*engine
	*book
	ref    string
	newest int // the number of the scan on the screen, 0 = it was not kept; guarded by the book
}

// openHome returns the own home, which will be judged for a day; zero = today.
func openHome(on time.Time) *home {
	return &home{engine: openEngine(on), book: &book{}, ref: history.Home}
}

// Close closes what all homes share.
func (h *home) Close() error { return errors.Join(h.book.close(), h.engine.Close()) }

// Scan implements ui.Engine. What people corrected counts from the start.
func (h *home) Scan(ctx context.Context, interfaces []string, progress func(scan.Snapshot)) (done scan.Scan, err error) {
	h.use(func(a *app.Engine) {
		a.Correct = h.corrector(ctx, 0)
		done, err = a.Scan(ctx, interfaces, progress)
	})
	return done, err
}

func (h *home) Again(ctx context.Context, s scan.Scan) (again scan.Scan, err error) {
	h.use(func(a *app.Engine) {
		a.Correct = h.corrector(ctx, h.number())
		again, err = a.Again(ctx, s)
	})
	return again, err
}

// visit is what is kept; the zero visit if that is nothing.
func (h *home) visit(ctx context.Context) (v history.Visit, err error) {
	err = h.read(ctx, func(s *history.Store) (err error) {
		v, _, err = s.Visit(ctx, h.ref)
		return err
	})
	return v, err
}

// corrector is what people said of devices of a scan, 0 for a new one; nil when nothing
// can be read.
func (h *home) corrector(ctx context.Context, number int) func(device.Device) (device.Identity, bool) {
	v, err := h.visit(ctx)
	if err != nil {
		return nil
	}
	return v.Corrector(number)
}

func (h *home) number() int {
	h.book.mu.Lock()
	defer h.book.mu.Unlock()
	return h.newest
}

func (h *home) Keep(ctx context.Context, done scan.Scan) error {
	return h.write(ctx, func(s *history.Store) (err error) {
		h.newest = 0
		h.newest, err = s.Save(ctx, h.ref, done)
		return err
	})
}

func (h *home) Told(ctx context.Context, now scan.Scan) (map[string]ui.Said, []scan.Finding, error) {
	var v history.Visit
	var seen map[string][]history.Seen
	err := h.read(ctx, func(s *history.Store) (err error) {
		if v, _, err = s.Visit(ctx, h.ref); err == nil {
			seen, err = s.Earlier(ctx, v, now)
		}
		return err
	})
	number := h.number()
	said := map[string]ui.Said{}
	for _, f := range now.Findings {
		k, ok := v.Said(number, f.Device)
		if before := seen[f.Device.ID]; ok || len(before) > 0 {
			_, corrected := k.Is()
			said[f.Device.ID] = ui.Said{Note: k.Note, Corrected: corrected, Seen: before}
		}
	}
	var typed []scan.Finding
	if err == nil {
		h.use(func(a *app.Engine) { typed, err = a.Labels(ctx, v, now.On) })
	}
	return said, typed, err
}

func (h *home) Correct(ctx context.Context, d device.Device, id device.Identity) error {
	return h.write(ctx, func(s *history.Store) error {
		return s.Correct(ctx, h.ref, h.newest, d, id)
	})
}

func (h *home) Withdraw(ctx context.Context, d device.Device) error {
	return h.write(ctx, func(s *history.Store) error { return s.Withdraw(ctx, h.ref, h.newest, d) })
}

func (h *home) Note(ctx context.Context, d device.Device, text string) error {
	return h.write(ctx, func(s *history.Store) error { return s.Note(ctx, h.ref, h.newest, d, text) })
}

func (h *home) AddLabel(ctx context.Context, id device.Identity) error {
	return h.write(ctx, func(s *history.Store) error {
		_, err := s.AddSticker(ctx, h.ref, "", id)
		return err
	})
}

func (h *home) RemoveLabel(ctx context.Context, deviceID string) error {
	id, err := strconv.ParseInt(strings.TrimPrefix(deviceID, device.Typed), 10, 64)
	if err != nil {
		return fmt.Errorf("%q is no label", deviceID)
	}
	return h.write(ctx, func(s *history.Store) error { return s.RemoveSticker(ctx, h.ref, id) })
}

func (h *home) Erase(ctx context.Context) error {
	return h.read(ctx, func(s *history.Store) error {
		h.newest = 0
		return s.Erase(ctx)
	})
}
