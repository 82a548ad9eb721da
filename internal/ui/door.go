package ui

import (
	"context"
	"sync"

	"fyne.io/fyne/v2"
)

// A door is the one way from other goroutines to Fyne's. Tests put their own
// function here, because the test driver runs what it is given on the caller.
type door func(func())

// openDoor returns the real door: it queues without blocking the caller.
func openDoor() door { return fyne.Do }

// latest returns a function that any goroutine may call as often as it likes:
// apply sees the newest value on the UI goroutine, and at most one call waits in
// the queue, so a slow screen shows fewer steps and never falls behind.
func latest[T any](d door, apply func(T)) func(T) {
	var mu sync.Mutex
	var newest T
	waiting := false
	return func(v T) {
		mu.Lock()
		newest = v
		queue := !waiting
		waiting = true
		mu.Unlock()
		if !queue {
			return
		}
		d(func() {
			mu.Lock()
			v := newest
			waiting = false
			mu.Unlock()
			apply(v)
		})
	}
}

// away runs f off the UI goroutine with the engine of the home that is on the screen now,
// and then, on it, what follows.
func (w *Window) away(f func(Engine, context.Context) error, then func(error)) {
	fetch(w, func(e Engine, ctx context.Context) (struct{}, error) { return struct{}{}, f(e, ctx) }, func(_ struct{}, err error) { then(err) })
}

// fetch is away for what has a result.
func fetch[T any](w *Window, f func(Engine, context.Context) (T, error), then func(T, error)) {
	engine := w.engine
	w.running.Go(func() {
		v, err := f(engine, w.life)
		w.door(func() { then(v, err) })
	})
}

// fetchHere is fetch for what is of the home on the screen: nothing follows where it is
// another one by then.
func fetchHere[T any](w *Window, f func(Engine, context.Context) (T, error), then func(T, error)) {
	engine := w.engine
	fetch(w, f, func(v T, err error) {
		if engine == w.engine {
			then(v, err)
		}
	})
}
