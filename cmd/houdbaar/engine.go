package main

import (
	"context"
	"io"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"houdbaar/assets"
	"houdbaar/internal/app"
	"houdbaar/internal/catalogue"
	"houdbaar/internal/device"
	"houdbaar/internal/history"
	"houdbaar/internal/lan"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
	"houdbaar/internal/ui"
)

// An engine is what looks at a network for the window and judges, as a person set it.
type engine struct {
	*base
	view func(interfaces []string) (*lan.Network, error) // nil = of this computer's networks

	set    sync.Mutex
	wishes ui.Wishes
}

// A base is what all engines share: the catalogue and the rules. It opens when it is
// first told or asked something, which the window does once its first screen is drawn:
// that needs nothing from it, and opening takes as long as drawing. Whoever asks it
// something waits until it is open.
type base struct {
	open  chan struct{} // closed when it is
	start func()        // begins to open it, once

	long   sync.RWMutex // held for reading by what takes seconds; whoever changes the catalogue waits for it first
	mu     sync.RWMutex // held for writing while the catalogue changes
	behind *app.Engine
	meta   atomic.Pointer[scan.CatalogueMeta] // never waits for a scan or a pack
}

// openEngine returns an engine that will judge for a day; zero = today.
func openEngine(on time.Time) *engine {
	b := &base{open: make(chan struct{})}
	b.start = sync.OnceFunc(func() {
		go func() {
			defer close(b.open)
			b.behind = app.Open(assets.Catalogue)
			b.behind.On = on
			b.told()
		}()
	})
	return &engine{base: b}
}

// wait waits until the base is open.
func (b *base) wait() {
	b.start()
	<-b.open
}

// told notes which catalogue judges from now on.
func (b *base) told() {
	meta := b.behind.CatalogueMeta()
	b.meta.Store(&meta)
}

// use calls f with the engine as a person set it, which nobody else changes.
func (e *engine) use(f func(*app.Engine)) {
	e.wait()
	e.mu.RLock()
	defer e.mu.RUnlock()
	e.set.Lock()
	wishes := e.wishes
	e.set.Unlock()
	mine := *e.behind
	mine.View = e.view
	mine.Quiet = wishes.Quiet
	mine.Options = lifecycle.Options{Horizon: wishes.Horizon}
	mine.Leave = func(id string) bool { return slices.Contains(wishes.Leave, id) }
	f(&mine)
}

// useLong is use for what takes seconds. A change of the catalogue that comes meanwhile
// waits until it is over; everything that is short does not wait behind that.
func (e *engine) useLong(f func(*app.Engine)) {
	e.long.RLock()
	defer e.long.RUnlock()
	e.use(f)
}

func (e *engine) Use(w ui.Wishes) {
	e.start()
	e.set.Lock()
	defer e.set.Unlock()
	e.wishes = w
}

func (e *engine) Scan(ctx context.Context, interfaces []string, said ui.Corrector, progress func(scan.Snapshot)) (done scan.Scan, err error) {
	e.useLong(func(a *app.Engine) {
		a.Correct = said
		done, err = a.Scan(ctx, interfaces, progress)
	})
	return done, err
}

func (e *engine) Again(ctx context.Context, s scan.Scan, said ui.Corrector) (again scan.Scan, err error) {
	e.use(func(a *app.Engine) {
		a.Correct = said
		again, err = a.Again(ctx, s)
	})
	return again, err
}

func (e *engine) Labels(ctx context.Context, v history.Visit, on time.Time) (typed []scan.Finding, err error) {
	e.use(func(a *app.Engine) { typed, err = a.Labels(ctx, v, on) })
	return typed, err
}

func (e *engine) Interfaces() (all []scan.Interface) {
	e.use(func(a *app.Engine) { all = a.Interfaces() })
	return all
}

func (e *engine) Doctor(ctx context.Context, interfaces []string) (h scan.Health, err error) {
	e.useLong(func(a *app.Engine) { h, err = a.Doctor(ctx, interfaces) })
	return h, err
}

func (e *engine) Search(ctx context.Context, text string, limit int) (found []lifecycle.Product, err error) {
	e.use(func(a *app.Engine) { found, err = a.Search(ctx, text, limit) })
	return found, err
}

func (e *engine) Check(ctx context.Context, id device.Identity) (f scan.Finding, err error) {
	e.use(func(a *app.Engine) { f, err = a.Check(ctx, id) })
	return f, err
}

func (e *engine) CatalogueMeta() scan.CatalogueMeta {
	e.wait()
	return *e.meta.Load()
}

func (e *engine) Credits(ctx context.Context) (lines []string, err error) {
	e.use(func(a *app.Engine) { lines, err = a.Credits(ctx) })
	return lines, err
}

func (e *engine) InstallPack(ctx context.Context, pack io.Reader) (scan.CatalogueMeta, error) {
	return e.change(func() (scan.CatalogueMeta, error) { return e.behind.InstallPack(ctx, pack) })
}

// FetchPack implements ui.Engine. Everything else goes on until the pack is here.
func (e *engine) FetchPack(ctx context.Context, address string, progress func(have, of int64)) (scan.CatalogueMeta, error) {
	var asking app.Engine
	e.use(func(a *app.Engine) { asking = *a })
	pack, err := asking.FetchPack(ctx, address, progress)
	if err != nil {
		return scan.CatalogueMeta{}, refused(err)
	}
	return e.InstallPack(ctx, pack)
}

func (e *engine) StepBack(ctx context.Context) (scan.CatalogueMeta, error) {
	return e.change(func() (scan.CatalogueMeta, error) { return e.behind.StepBack(ctx) })
}

func (e *engine) change(f func() (scan.CatalogueMeta, error)) (scan.CatalogueMeta, error) {
	e.wait()
	e.long.Lock()
	defer e.long.Unlock()
	e.mu.Lock()
	defer e.mu.Unlock()
	meta, err := f()
	e.told()
	return meta, refused(err)
}

func (e *engine) Publishers() (all []scan.Publisher, err error) {
	e.use(func(a *app.Engine) { all, err = a.Publishers() })
	return all, err
}

func (e *engine) Trust(key io.Reader) (p scan.Publisher, err error) {
	e.use(func(a *app.Engine) { p, err = a.Trust(key) })
	return p, refused(err)
}

func (e *engine) Distrust(id string) (err error) {
	e.use(func(a *app.Engine) { _, err = a.Distrust(id) })
	return refused(err)
}

// refused is why a catalogue was not changed, with its code.
func refused(err error) error {
	if err == nil {
		return nil
	}
	return ui.Refusal{Err: err, Code: catalogue.Code(err)}
}

// Today is the day judged for. It never waits for a scan or a pack.
func (e *engine) Today() time.Time {
	date := e.CatalogueMeta().Date // once the engine is open
	return e.behind.Day(date)
}

// Close closes what the engine holds.
func (e *engine) Close() error {
	e.wait()
	return e.behind.Close()
}
