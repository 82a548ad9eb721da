package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"houdbaar/internal/history"
	"houdbaar/internal/report"
)

// enterPractice goes to the practice house. The real results wait.
func (w *Window) enterPractice() {
	if w.practice != nil || w.model.running() || w.o.Practice == nil || w.entering || w.visiting() {
		return
	}
	w.entering = true
	fetch(w, func(context.Context, site) (Practice, error) { return w.o.Practice() }, func(house Practice, err error) {
		w.entering = false
		if err != nil {
			w.say(w.text("window.practice"), w.text("practice.failed", report.Clean(err.Error(), 200)))
			return
		}
		there := &home{site: site{engine: house, book: house.Book(), ref: history.Home}, practice: house, model: model{screen: screenHome}}
		if w.model.running() || w.visiting() || len(w.dialogs) > 0 { // a person went on meanwhile
			w.pullDown(there)
			return
		}
		w.waiting = w.home
		w.move(there)
	})
}

// playedAfter says whether a device of the practice house is invented, "" elsewhere.
func (w *Window) playedAfter(id string) string {
	f, ok := w.model.finding(id)
	if w.practice == nil || !ok {
		return ""
	}
	switch invented, ok := w.practice.Invented(f.Device); {
	case !ok:
		return ""
	case invented:
		return w.text("practice.invented")
	}
	return w.text("practice.real")
}

// leavePractice goes back to the real results, and pulls the house down.
func (w *Window) leavePractice() {
	house := w.home
	if house.practice == nil {
		return
	}
	w.leaveField()
	if w.cancel != nil {
		w.cancel()
	}
	w.move(w.waiting)
	w.waiting = nil
	w.pullDown(house)
}

// pullDown closes a practice house once all that runs there has put its things away: what
// is kept after it would make its folder anew.
func (w *Window) pullDown(house *home) {
	w.running.Go(func() {
		house.works.Wait()
		if err := house.practice.Close(); err != nil {
			fyne.LogError("close the practice house", err)
		}
	})
}
