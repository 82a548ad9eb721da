package ui

import (
	"context"
	"errors"
	"slices"

	"houdbaar/internal/scan"
)

// askInterfaces reads this computer's interfaces away from the UI goroutine.
func (w *Window) askInterfaces() {
	fetchHere(w, func(e Engine, _ context.Context) ([]scan.Interface, error) { return e.Interfaces(), nil }, func(found []scan.Interface, _ error) {
		w.interfaces, w.asked = found, true
		w.showNetwork()
		w.rebuild(screenSettings)
	})
}

// scan starts a scan on a goroutine of its own; its snapshots come back through the
// door, at most one waiting there.
func (w *Window) scan() {
	if !w.model.canScan() || w.model.screen == screenFirst {
		return
	}
	w.model.start()
	w.reword()
	w.unfolded["problems"], w.trouble = false, nil
	ctx, cancel := context.WithCancel(context.Background())
	w.cancel = cancel
	w.build()
	engine, chosen, today, typed := w.engine, w.chosen, w.o.Today(), w.model.typed
	over := make(chan struct{})
	w.scanned = over
	type step struct {
		snapshot scan.Snapshot
		view     view
	}
	show := latest(w.door, func(s step) {
		if engine != w.engine {
			return
		}
		if s.view.language != w.printer.Load().Language() {
			s.view = composeSnapshot(w.printer.Load(), s.snapshot, today)
		}
		w.model.progress(s.snapshot, s.view)
		w.showProgress()
	})
	w.running.Go(func() {
		defer close(over)
		defer cancel()
		result, err := engine.Scan(ctx, chosen, func(s scan.Snapshot) {
			show(step{s, composeSnapshot(w.printer.Load(), s, today)})
		})
		failed := err != nil
		if failed {
			result.Problems = append(slices.Clone(result.Problems), asProblem(err))
		}
		v := compose(w.printer.Load(), result, typed)
		w.door(func() {
			if engine != w.engine {
				return
			}
			if v.language != w.printer.Load().Language() {
				v = compose(w.printer.Load(), result, typed)
			}
			w.model.finish(result, v, nil)
			if failed {
				w.model.state = stateFailed
			}
			w.showEnd()
			if failed {
				w.recall(nil)
			} else {
				w.remember(result)
			}
		})
	})
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
