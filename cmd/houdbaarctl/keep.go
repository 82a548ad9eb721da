package main

import (
	"context"
	"fmt"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/history"
	"houdbaar/internal/scan"
)

// A keeper keeps a scan in a visit, if that was asked. Nothing is kept otherwise: a
// tool that is run in somebody's home must not surprise.
type keeper struct {
	prompt
	store     *history.Store // nil = nothing is to be kept
	ref       string         // "new" = a visit that is made once there is something to keep
	household string         // of a new one
}

// keeper opens the history before the scan: nobody waits for what cannot be kept.
// save is the own home, visit a reference or "new".
func (t prompt) keeper(ctx context.Context, save bool, visit, household string) (*keeper, error) {
	k := &keeper{prompt: t, ref: visit, household: household}
	if save {
		k.ref = history.Home
	}
	if k.ref == "" {
		return k, nil
	}
	var err error
	if k.store, err = t.history(ctx); err != nil {
		return nil, err
	}
	if k.ref == "new" {
		return k, nil
	}
	if _, err := t.visit(ctx, k.store, k.ref, ""); err != nil {
		k.Close()
		return nil, err
	}
	return k, nil
}

// corrections are what people said devices are: of the visit, or where nothing is kept
// of the own home. A history that cannot be read is no reason not to scan, and is said.
func (k *keeper) corrections(ctx context.Context) func(device.Device) (device.Identity, bool) {
	store, ref := k.store, k.ref
	var v history.Visit
	var err error
	if store == nil && history.Exists(historyPath()) {
		ref = history.Home
		if store, _, err = history.OpenOrView(ctx, historyPath(), time.Now); err == nil {
			defer store.Close()
		}
	}
	if store != nil {
		v, _, err = store.Visit(ctx, ref)
	}
	if err != nil {
		fmt.Fprintf(k.err, "houdbaarctl: %s\n", k.historyError(err))
	}
	return v.Corrector(0)
}

// keep keeps the scan and says where. Where there was no network nothing was looked at.
func (k *keeper) keep(done scan.Scan) error {
	if k.store == nil || !done.Searched() {
		return nil
	}
	ctx := context.Background() // what was found is kept also after Ctrl+C
	v, err := k.visit(ctx, k.store, k.ref, k.household)
	if err != nil {
		return err
	}
	k.ref = v.Ref
	number, err := k.store.Save(ctx, k.ref, done)
	if err != nil {
		return k.historyError(err)
	}
	if k.ref == history.Home {
		fmt.Fprintln(k.err, k.Text("ctl.save.home", number))
	} else {
		fmt.Fprintln(k.err, k.Text("ctl.save.kept", number, k.ref))
	}
	return nil
}

// Close closes the history.
func (k *keeper) Close() { k.store.Close() }
