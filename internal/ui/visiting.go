package ui

import (
	"context"

	"houdbaar/internal/history"
	"houdbaar/internal/scan"
)

// openVisit goes to the page of a visit. From then on scans, notes and labels are kept
// there; the own home waits as it was.
func (w *Window) openVisit(ref string) {
	if w.busyScanning(w.text("window.visits")) || w.practice != nil {
		return
	}
	if ref == history.Home {
		ref = ""
	}
	engine := w.engine
	if ref != w.visiting {
		engine = w.engine.At(ref)
	}
	fetch(w, func(_ Engine, ctx context.Context) (Visit, error) { return engine.Visit(ctx) }, func(v Visit, err error) {
		switch {
		case err != nil:
			w.say(w.text("window.visits"), w.lossText(err))
			return
		case w.practice != nil || w.model.running():
			return
		case ref == w.visiting:
		case ref == "":
			w.goHome()
		default:
			if w.visiting == "" {
				w.waiting = w.home
			}
			w.move(home{engine: engine, model: model{screen: screenVisits, trail: []screen{screenHome}}, visiting: ref,
				interfaces: w.interfaces, asked: w.asked, alone: w.alone})
			w.recall(nil)
		}
		w.diary = visitOnScreen{visit: v}
		if w.model.screen == screenVisit {
			w.build()
		}
		w.show(screenVisit)
	})
}

// goHome makes the own home the one on the screen again, at the list of visits.
func (w *Window) goHome() {
	own := w.waiting
	w.waiting = home{}
	own.alone = w.alone
	own.model.screen, own.model.trail = screenVisits, []screen{screenHome}
	if own.model.state != stateNone {
		own.model.trail = []screen{screenResults}
	}
	w.move(own)
}

// leaveVisit goes from a visit to the list, with the own home behind it.
func (w *Window) leaveVisit() {
	if w.visiting == "" || w.busyScanning(w.text("window.visits")) {
		return
	}
	w.goHome()
	w.askVisits()
}

// reopen puts a kept scan on the screen: as it was judged then or, with again, as it is
// judged today. then, if not nil, follows instead of going there.
func (w *Window) reopen(number int, again bool, then func()) {
	if w.busyScanning(w.text("window.visits")) {
		return
	}
	fetchHere(w, func(e Engine, ctx context.Context) (scan.Scan, error) { return e.Reopen(ctx, number, again) }, func(s scan.Scan, err error) {
		if w.model.running() {
			return
		}
		if err != nil {
			w.say(w.text("window.visits"), w.lossText(err))
			return
		}
		w.trouble = nil
		w.model.finish(s, compose(w.printer.Load(), s, w.model.typed), &keptScan{number, again})
		w.recall(then)
		if then != nil {
			return
		}
		if w.model.screen == screenResults {
			w.build()
		}
		w.show(screenResults)
	})
}
