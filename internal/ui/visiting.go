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
	there := site{engine: w.engine, book: w.book, ref: ref}
	fetch(w, func(ctx context.Context, _ site) (visit, error) { return there.visit(ctx) }, func(v visit, err error) {
		switch {
		case err != nil:
			w.say(w.text("window.visits"), w.lossText(err))
			return
		case w.practice != nil || w.model.running():
			return
		case ref == w.ref:
		case ref == history.Home:
			w.goHome()
		default:
			if !w.visiting() {
				w.waiting = w.home
			}
			w.move(&home{site: there, model: model{screen: screenVisits, trail: []screen{screenHome}},
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
	w.waiting = nil
	own.alone = w.alone
	own.model.screen, own.model.trail = screenVisits, []screen{screenHome}
	if own.model.state != stateNone {
		own.model.trail = []screen{screenResults}
	}
	w.move(own)
}

// leaveVisit goes from a visit to the list, with the own home behind it.
func (w *Window) leaveVisit() {
	if !w.visiting() || w.busyScanning(w.text("window.visits")) {
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
	today := w.o.Today()
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
