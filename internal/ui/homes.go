package ui

import (
	"context"
	"sync"

	"houdbaar/internal/history"
	"houdbaar/internal/scan"
)

// This file has what a home is to the window, and the ways from one to another.

// A site is where something is asked and kept: a home, as other goroutines know it.
type site struct {
	engine Engine
	book   *history.Store
	ref    string // of the visit
	number int    // of the scan on the screen, 0 = it was not kept
}

// visiting tells whether this is a visit, not the own home.
func (at site) visiting() bool { return at.ref != history.Home }

// A home is all that the window knows of one home; the practice house and the real one
// never share any of it.
type home struct {
	site
	works      sync.WaitGroup // what runs here
	practice   Practice       // nil = this is real
	model      model
	said       map[string]said // what is kept of the devices on the screen, by Device.ID
	label      *labelScreen
	trouble    []string         // what could not be kept
	interfaces []scan.Interface // this computer's, as last asked
	asked      bool             // they are known
	checkup    checkup
	alone      []string      // IDs of devices that are not to be asked directly
	diary      visitOnScreen // the visit on the screen
}

// move makes another home the one on the screen.
func (w *Window) move(h *home) {
	w.home, w.catalogue, w.paperwork.saved, w.cancel = h, catalogueSearch{}, "", nil
	w.checkup.running = false // what it found elsewhere meanwhile was not heard
	w.use()
	if w.model.state != stateNone {
		w.reword()
	}
	w.build()
	w.askInterfaces()
}

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
		w.rebuild(screenVisit)
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
