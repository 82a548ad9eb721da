package ui

import (
	"context"
	"sync"

	"fyne.io/fyne/v2"
)

// A door is the one way from other goroutines to Fyne's. Tests put their own
// function here, because the test driver runs what it is given on the caller.
type door func(func())

// openDoor returns the door, through another one in tests. The real one queues without
// blocking the caller. Nobody comes through once the window is closed: there is no UI
// goroutine any more.
func (w *Window) openDoor(through door) door {
	if through == nil {
		through = fyne.Do
	}
	return func(f func()) {
		if !w.over.Load() {
			through(f)
		}
	}
}

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

// fetch runs f off the UI goroutine, at the place that is on the screen now, and then, on
// it, what follows.
func fetch[T any](w *Window, f func(context.Context, site) (T, error), then func(T, error)) {
	at := w.site
	w.work(func() {
		v, err := f(w.life, at)
		w.door(func() { then(v, err) })
	})
}

// work runs f off the UI goroutine, as a work of the home that is on the screen now.
func (w *Window) work(f func()) {
	here := w.home
	here.works.Add(1)
	w.running.Go(func() {
		defer here.works.Done()
		f()
	})
}

// away is fetch for what has no result.
func (w *Window) away(f func(context.Context, site) error, then func(error)) {
	fetch(w, func(ctx context.Context, at site) (struct{}, error) { return struct{}{}, f(ctx, at) }, func(_ struct{}, err error) { then(err) })
}

// fetchHere is fetch for what is of the home on the screen: nothing follows where it is
// another one by then.
func fetchHere[T any](w *Window, f func(context.Context, site) (T, error), then func(T, error)) {
	here := w.home
	fetch(w, f, func(v T, err error) {
		if here == w.home {
			then(v, err)
		}
	})
}
