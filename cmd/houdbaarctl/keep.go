package main

import (
	"context"
	"fmt"
	"time"

	"houdbaar/internal/app"
	"houdbaar/internal/device"
	"houdbaar/internal/history"
	"houdbaar/internal/scan"
)

// openHistory opens the history before the scan, if something is to be kept: nobody waits
// for what cannot be. Nothing is kept otherwise: a tool that is run in somebody's home must
// not surprise.
func (s *scanning) openHistory(ctx context.Context) (err error) {
	if s.save {
		s.ref = history.Home
	}
	if s.ref == "" {
		return nil
	}
	if s.store, err = s.history(ctx); err == nil && s.ref != "new" {
		_, err = s.visit(ctx, s.store, s.ref, "")
	}
	return err
}

// corrections are what people said devices are: of the visit, or where nothing is kept
// of the own home. A history that cannot be read is no reason not to scan, and is said.
func (s *scanning) corrections(ctx context.Context) func(device.Device) (device.Identity, bool) {
	store, ref := s.store, s.ref
	var v history.Visit
	var err error
	if store == nil && history.Exists(app.HistoryPath()) {
		ref = history.Home
		if store, err = history.OpenOrView(ctx, app.HistoryPath(), time.Now); err == nil {
			defer store.Close()
		}
	}
	if store != nil {
		v, _, err = store.Visit(ctx, ref)
	}
	if err != nil {
		fmt.Fprintf(s.err, "houdbaarctl: %s\n", s.historyError(err))
	}
	return v.Corrector(0)
}

// keep keeps the scan and says where. Where there was no network nothing was looked at.
func (s *scanning) keep(done scan.Scan) error {
	if s.store == nil || !done.Searched() {
		return nil
	}
	ctx := context.Background() // what was found is kept also after Ctrl+C
	v, err := s.visit(ctx, s.store, s.ref, s.household)
	if err != nil {
		return err
	}
	number, err := s.store.Save(ctx, v.Ref, done)
	if err != nil {
		return s.historyError(err)
	}
	if v.Ref == history.Home {
		fmt.Fprintln(s.err, s.Text("ctl.save.home", number))
	} else {
		fmt.Fprintln(s.err, s.Text("ctl.save.kept", number, v.Ref))
	}
	return nil
}
