package main

import (
	"context"
	"time"

	"houdbaar/assets"
	"houdbaar/internal/app"
	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// An engine opens while the window does: unpacking the catalogue takes as long as
// drawing the first screen, which needs nothing from it. Whoever asks it something
// waits until it is open.
type engine struct {
	open   chan struct{} // closed when it is
	behind *app.Engine
}

// openEngine starts to open the engine, to judge for a day; zero = today.
func openEngine(on time.Time) *engine {
	e := &engine{open: make(chan struct{})}
	go func() {
		defer close(e.open)
		e.behind = app.Open(assets.Catalogue)
		e.behind.On = on
	}()
	return e
}

func (e *engine) opened() *app.Engine {
	<-e.open
	return e.behind
}

// Scan implements ui.Engine.
func (e *engine) Scan(ctx context.Context, interfaces []string, progress func(scan.Snapshot)) (scan.Scan, error) {
	return e.opened().Scan(ctx, interfaces, progress)
}

// Interfaces implements ui.Engine.
func (e *engine) Interfaces() []scan.Interface { return e.opened().Interfaces() }

// CatalogueMeta implements ui.Engine.
func (e *engine) CatalogueMeta() scan.CatalogueMeta { return e.opened().CatalogueMeta() }

// Search implements ui.Searcher.
func (e *engine) Search(ctx context.Context, text string, limit int) ([]lifecycle.Product, error) {
	return e.opened().Search(ctx, text, limit)
}

// Check implements ui.Searcher.
func (e *engine) Check(ctx context.Context, id device.Identity) (scan.Finding, error) {
	return e.opened().Check(ctx, id)
}

// Today is the day judged for.
func (e *engine) Today() time.Time { return e.opened().Today() }

// Close closes what the engine holds.
func (e *engine) Close() error { return e.opened().Close() }
