package main

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"houdbaar/internal/app"
	"houdbaar/internal/device"
	"houdbaar/internal/history"
	"houdbaar/internal/scan"
	"houdbaar/internal/ui"
)

// looksBack is in how many earlier scans a device is looked for.
const looksBack = 10

// A memory keeps in one visit of the history file: the owner's own home or another.
type memory struct {
	engine *engine
	*book
	ref    string
	newest int // the number of the scan on the screen, 0 = it was not kept; guarded by the book
}

// visit is what is kept; the zero visit if that is nothing.
func (m *memory) visit(ctx context.Context) (v history.Visit, err error) {
	err = m.read(ctx, func(s *history.Store) (err error) {
		v, _, err = s.Visit(ctx, m.ref)
		return err
	})
	return v, err
}

// corrector is what people said of devices of a scan, 0 for a new one; nil when nothing
// can be read.
func (m *memory) corrector(ctx context.Context, number int) func(device.Device) (device.Identity, bool) {
	v, err := m.visit(ctx)
	if err != nil {
		return nil
	}
	return v.Corrector(number)
}

func (m *memory) number() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.newest
}

// Keep implements ui.Memory.
func (m *memory) Keep(ctx context.Context, done scan.Scan) error {
	return m.write(ctx, func(s *history.Store) (err error) {
		m.newest = 0
		m.newest, err = s.Save(ctx, m.ref, done)
		return err
	})
}

// Told implements ui.Memory.
func (m *memory) Told(ctx context.Context, now scan.Scan) (map[string]ui.Said, []scan.Finding, error) {
	v, err := m.visit(ctx)
	if err != nil {
		return nil, nil, err
	}
	number := m.number()
	said := map[string]ui.Said{}
	for _, f := range now.Findings {
		if k, ok := v.Said(number, f.Device); ok {
			_, corrected := k.Is()
			said[f.Device.ID] = ui.Said{Note: k.Note, Corrected: corrected}
		}
	}
	if err := m.earlier(ctx, v, now, said); err != nil {
		return said, nil, err
	}
	var typed []scan.Finding
	m.engine.use(func(a *app.Engine) { typed, err = a.Labels(ctx, v, now) })
	return said, typed, err
}

// earlier adds in which scans before now a device was seen.
func (m *memory) earlier(ctx context.Context, v history.Visit, now scan.Scan, said map[string]ui.Said) error {
	known := map[string]string{} // from key to Device.ID
	for _, f := range now.Findings {
		for _, key := range scan.Keys(f.Device) {
			known[key] = f.Device.ID
		}
	}
	looked := 0
	for i := len(v.Scans) - 1; i >= 0 && looked < looksBack; i-- {
		info := v.Scans[i]
		if !info.Started.Before(now.Started) {
			continue
		}
		looked++
		var before scan.Scan
		err := m.read(ctx, func(s *history.Store) (err error) {
			before, _, err = s.Scan(ctx, m.ref, info.Number)
			return err
		})
		if err != nil {
			return err
		}
		for _, f := range before.Findings {
			for _, key := range scan.Keys(f.Device) {
				if id := known[key]; id != "" {
					one := said[id]
					one.Seen = append(one.Seen, ui.Seen{At: before.Started, Verdict: f.Verdict.Kind, Firmware: cmp.Or(f.Identity.FirmwareDisplay, f.Identity.Firmware)})
					said[id] = one
					break
				}
			}
		}
	}
	return nil
}

// Correct implements ui.Memory.
func (m *memory) Correct(ctx context.Context, d device.Device, id device.Identity) error {
	return m.write(ctx, func(s *history.Store) error {
		return s.Correct(ctx, m.ref, m.newest, d, history.Correction{Vendor: id.Vendor, Model: id.Model, Revision: id.Revision, Kind: id.Kind})
	})
}

// Withdraw implements ui.Memory.
func (m *memory) Withdraw(ctx context.Context, d device.Device) error {
	return m.write(ctx, func(s *history.Store) error { return s.Withdraw(ctx, m.ref, m.newest, d) })
}

// Note implements ui.Memory.
func (m *memory) Note(ctx context.Context, d device.Device, text string) error {
	return m.write(ctx, func(s *history.Store) error { return s.Note(ctx, m.ref, m.newest, d, text) })
}

// AddLabel implements ui.Memory.
func (m *memory) AddLabel(ctx context.Context, id device.Identity) error {
	return m.write(ctx, func(s *history.Store) error {
		_, err := s.AddSticker(ctx, m.ref, history.Sticker{Vendor: id.Vendor, Model: id.Model, Revision: id.Revision, Kind: id.Kind})
		return err
	})
}

// RemoveLabel implements ui.Memory.
func (m *memory) RemoveLabel(ctx context.Context, deviceID string) error {
	id, err := strconv.ParseInt(strings.TrimPrefix(deviceID, device.Typed), 10, 64)
	if err != nil {
		return fmt.Errorf("%q is no label", deviceID)
	}
	return m.write(ctx, func(s *history.Store) error { return s.RemoveSticker(ctx, m.ref, id) })
}

// Erase implements ui.Memory.
func (m *memory) Erase(ctx context.Context) error {
	return m.read(ctx, func(s *history.Store) error {
		m.newest = 0
		return s.Erase(ctx)
	})
}
