package ui

import (
	"context"
	"errors"
	"slices"
	"time"

	"houdbaar/internal/scan"
)

// askInterfaces reads this computer's interfaces away from the UI goroutine.
func (w *Window) askInterfaces() {
	fetchHere(w, func(_ context.Context, at site) ([]scan.Interface, error) { return at.engine.Interfaces(), nil }, func(found []scan.Interface, _ error) {
		w.interfaces, w.asked = found, true
		w.showNetwork()
		w.rebuild(screenSettings)
	})
}

// scan starts a scan on a goroutine of its own; its snapshots come back through the
// door, at most one waiting there. What people said counts from the start.
func (w *Window) scan() {
	if !w.model.canScan() || w.model.screen == screenFirst {
		return
	}
	w.model.start()
	w.reword()
	w.unfolded["problems"], w.trouble = false, nil
	ctx, cancel := context.WithCancel(context.Background())
	w.cancel, w.number = cancel, 0
	w.build()
	here, at, chosen, today, typed := w.home, w.site, w.chosen, w.engine.Today(), w.model.typed
	show := latest(w.door, func(s step) {
		if here == w.home {
			w.showStep(s, today)
		}
	})
	w.work(func() {
		defer cancel()
		result, err := at.engine.Scan(ctx, chosen, at.corrector(ctx, 0), func(s scan.Snapshot) {
			show(step{s, composeSnapshot(w.printer.Load(), s, today)})
		})
		if err != nil {
			result.Problems = append(slices.Clone(result.Problems), asProblem(err))
		}
		v := compose(w.printer.Load(), result, typed)
		w.door(func() {
			if here == w.home {
				w.endScan(result, v, err != nil)
			}
		})
	})
}

// A step is a snapshot of the running scan and its words.
type step struct {
	snapshot scan.Snapshot
	view     view
}

// showStep shows a step, in the language now in use.
func (w *Window) showStep(s step, today time.Time) {
	if s.view.language != w.printer.Load().Language() {
		s.view = composeSnapshot(w.printer.Load(), s.snapshot, today)
	}
	w.model.progress(s.snapshot, s.view)
	w.showProgress()
}

// endScan shows the complete scan, in the language now in use, and keeps one that did not
// fail.
func (w *Window) endScan(result scan.Scan, v view, failed bool) {
	if v.language != w.printer.Load().Language() {
		v = compose(w.printer.Load(), result, w.model.typed)
	}
	w.model.finish(result, v)
	if failed {
		w.model.state = stateFailed
	}
	w.showEnd()
	if failed {
		w.recall(nil)
	} else {
		w.remember(result)
	}
}

// asProblem puts the error of a scan that could not start among the problems; its
// words are chosen by code, the error stands in the small print.
func asProblem(err error) scan.Problem {
	var p interface{ Problem() scan.Problem }
	if errors.As(err, &p) {
		return p.Problem()
	}
	return scan.Problem{Source: "scan", Code: "general", Detail: err.Error()}
}

// stop ends the scan; what was found stays.
func (w *Window) stop() {
	if w.cancel == nil || !w.model.canStop() {
		return
	}
	w.model.stop()
	w.cancel()
	redraw(w.top, w.topBar())
	w.showProgress()
}

// showEnd brings the results screen from scanning to done, where it stands.
func (w *Window) showEnd() {
	redraw(w.top, w.topBar())
	if banners := w.banners(); len(banners)+len(w.flags.Objects) > 0 {
		w.flags.Objects = banners // a visit can be left now
		w.frame.Refresh()
	}
	if w.results != nil {
		redraw(w.results.foot, w.footer())
	}
	w.showProgress()
}
