package ui

import (
	"context"
	"time"

	"houdbaar/internal/history"
	"houdbaar/internal/scan"
)

// This file reads what is kept of a home.

// A visit is what is kept of one home, without the findings of its scans. Created is zero
// where nothing is kept yet.
type visit struct {
	history.Visit
	spoken []history.Spoken
	labels []scan.Finding // typed from labels
}

// visit reads the visit.
func (at site) visit(ctx context.Context) (v visit, err error) {
	if v.Visit, _, err = at.book.Visit(ctx, at.ref); err == nil {
		v.spoken, err = at.book.Spoken(ctx, v.Visit)
	}
	v.Ref = at.ref
	if err == nil {
		v.labels, err = at.engine.Labels(ctx, v.Visit, time.Time{})
	}
	return v, err
}

// said is what is kept of a device.
type said struct {
	note      string
	corrected bool           // a person said what it is
	seen      []history.Seen // in earlier scans, the newest first
}

// A told is what is kept of the devices of a scan, by Device.ID, and the devices that were
// typed from labels.
type told struct {
	said  map[string]said
	typed []scan.Finding
}

// told reads what is kept of the devices of a scan.
func (at site) told(ctx context.Context, now scan.Scan) (told, error) {
	var out told
	var seen map[string][]history.Seen
	v, _, err := at.book.Visit(ctx, at.ref)
	if err == nil {
		seen, err = at.book.Earlier(ctx, v, now)
	}
	out.said = map[string]said{}
	for _, f := range now.Findings {
		k, ok := v.Said(at.number, f.Device)
		if before := seen[f.Device.ID]; ok || len(before) > 0 {
			_, corrected := k.Is()
			out.said[f.Device.ID] = said{k.Note, corrected, before}
		}
	}
	if err == nil {
		out.typed, err = at.engine.Labels(ctx, v, now.On)
	}
	return out, err
}

// corrector is what people said of devices of a scan, 0 for a new one; nobody said anything
// where that cannot be read.
func (at site) corrector(ctx context.Context, number int) Corrector {
	v, _, _ := at.book.Visit(ctx, at.ref)
	return v.Corrector(number)
}

// kept reads a kept scan as it was judged on its day.
func (at site) kept(ctx context.Context, number int) (scan.Scan, error) {
	done, ok, err := at.book.Scan(ctx, at.ref, number)
	if err == nil && !ok {
		err = history.ErrNotFound
	}
	return done, err
}

// compare says what changed from one scan to a later one, 0 = the newest and the one before
// it. The pair's numbers are 0 where there are no two.
func (at site) compare(ctx context.Context, before, after int) (history.Pair, error) {
	pair, ok, err := at.book.Compare(ctx, history.Pick{Ref: at.ref, Number: before}, history.Pick{Ref: at.ref, Number: after})
	if !ok {
		pair = history.Pair{}
	}
	return pair, err
}

// reopen puts a kept scan on the screen: as it was judged then or, with again, as it is
// judged today. then, if not nil, follows instead of going there.
func (w *Window) reopen(number int, again bool, then func()) {
	if w.busyScanning(w.text("window.visits")) {
		return
	}
	w.reread(number, again, func() {
		w.recall(then)
		if then != nil {
			return
		}
		w.rebuild(screenResults)
		w.show(screenResults)
	})
}

// reread makes a kept scan the one that is shown. Then the rest follows.
func (w *Window) reread(number int, again bool, then func()) {
	today := w.engine.Today()
	fetchHere(w, func(ctx context.Context, at site) (scan.Scan, error) {
		s, err := at.kept(ctx, number)
		if again || s.On.IsZero() {
			s.On = today
		}
		if again && err == nil {
			s, err = at.engine.Again(ctx, s, at.corrector(ctx, number))
		}
		return s, err
	}, func(s scan.Scan, err error) {
		if w.model.running() {
			return
		}
		if err != nil {
			w.say(w.text("window.visits"), w.lossText(err))
			return
		}
		w.trouble, w.number = nil, number
		w.model.finish(s, compose(w.printer.Load(), s, w.model.typed))
		w.model.reopened, w.model.again = true, again
		then()
	})
}
