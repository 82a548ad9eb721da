package ui

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"houdbaar/internal/history"
	"houdbaar/internal/report"
)

// A visitList is the screen of the visits: what is typed, and what was found.
type visitList struct {
	typed   string
	asked   int
	rows    []history.Row
	known   bool  // they were asked for
	any     bool  // there is a visit besides the own home
	trouble error // why nothing can be kept, or why there is nothing to see
	entry   *field
	list    *ledger
	middle  *fyne.Container
}

// askVisits asks for the visits in which the words that are typed occur.
func (w *Window) askVisits() {
	if w.practice != nil {
		return // a practice house has no visits
	}
	r := &w.visits
	r.asked++
	asked, text := r.asked, r.typed
	fetch(w, func(ctx context.Context, at site) ([]history.Row, error) {
		rows, err := at.book.List(ctx, text)
		return rows, errors.Join(err, at.book.Stuck())
	}, func(rows []history.Row, err error) {
		if asked != r.asked {
			return
		}
		r.rows, r.known, r.trouble = rows, true, err
		had := r.any
		if strings.TrimSpace(text) == "" {
			r.any = slices.ContainsFunc(rows, func(v history.Row) bool { return v.Ref != history.Home })
		}
		switch {
		case w.model.screen == screenVisits && r.middle != nil:
			w.drawVisits()
		case w.model.screen == screenHome || had != r.any:
			w.build()
		}
	})
}

// ownRow is the own home in the list, false when nothing was scanned there.
func (r *visitList) ownRow() (history.Row, bool) {
	i := slices.IndexFunc(r.rows, func(v history.Row) bool { return v.Ref == history.Home && v.Scans > 0 })
	if i < 0 {
		return history.Row{}, false
	}
	return r.rows[i], true
}

// visitsPage lists the homes that were looked at. It draws only the rows in sight, so
// two thousand open as fast as two.
func (w *Window) visitsPage() fyne.CanvasObject {
	r := &w.visits
	r.entry = w.finder(w.text("visits.find"), r.typed, func(text string) {
		r.typed = text
		w.askVisits()
	})
	r.list = newLedger(w)
	r.entry.keys[fyne.KeyDown] = func() { w.focus(r.list) }
	r.entry.keys[fyne.KeyEscape] = func() {
		if r.entry.Text == "" {
			w.escape()
		} else {
			r.entry.SetText("")
		}
	}
	r.middle = container.NewStack()
	buttons := container.NewHBox(w.press(pressPrimary, "house", w.text("visits.new"), w.newVisit),
		w.press(pressPlain, "open", w.text("visits.import"), w.importVisit))
	head := stack(gap/2, container.New(tail{}, prose(w.text("window.visits"), heading), flush(buttons)), inset(gap/2, gap, gap, gap, r.entry))
	w.drawVisits()
	return container.New(column{widest: 860 * w.textSize, middle: true}, inset(2*gap, 0, gap, gap, above(head, r.middle)))
}

// drawVisits shows the rows, or why there are none.
func (w *Window) drawVisits() {
	r := &w.visits
	r.list.set(r.rows)
	r.middle.RemoveAll()
	notice := stack(0)
	if r.trouble != nil {
		notice.Add(inset(0, gap, gap, gap, w.remark("notice", prose(w.lossText(r.trouble)))))
	}
	switch {
	case len(r.rows) > 0:
		r.middle.Add(above(notice, r.list))
	case !r.known:
	case strings.TrimSpace(r.typed) != "":
		r.middle.Add(stack(0, notice, prose(w.text("ctl.visit.nonefound"), muted, centred)))
	case r.trouble != nil:
		r.middle.Add(notice)
	default:
		side := 4 * size(theme.SizeNameText)
		r.middle.Add(container.NewVScroll(stack(0, inset(3*gap, gap, 0, 0, container.NewCenter(picture(w.drawings.sign("house", colour(colourMuted), side), side))),
			prose(w.text("visits.none"), subhead, centred), prose(w.text("visits.none_what"), centred, muted))))
	}
	r.middle.Refresh()
}

// newVisit asks whose home it is and begins a visit there.
func (w *Window) newVisit() {
	if w.busyScanning(w.text("window.visits")) {
		return
	}
	household := w.field(w.text("visit.household"), "")
	content := stack(gap, prose(w.text("visits.new_what")), household)
	begin := w.pop(w.text("visits.new"), content, 260, w.text("visits.begin"), func() {
		name := report.Clean(household.Text, maxHousehold)
		fetch(w, func(ctx context.Context, at site) (string, error) {
			v, err := at.book.NewVisit(ctx, name)
			return v.Ref, err
		}, w.newlyThere("said.not_kept"))
	})
	household.OnSubmitted = func(string) { begin.Tapped(nil) }
	w.focus(household)
}

// maxHousehold bounds what a household is called, in characters.
const maxHousehold = 120

// newlyThere opens a visit that was made or taken over just now, or says below a title why
// it was not.
func (w *Window) newlyThere(title string) func(ref string, err error) {
	return func(ref string, err error) {
		if err != nil {
			w.say(w.text(title), w.lossText(err))
			return
		}
		w.visits.typed = ""
		w.askVisits()
		w.openVisit(ref)
	}
}

// importVisit takes over a visit file from another computer.
func (w *Window) importVisit() {
	if w.busyScanning(w.text("window.visits")) {
		return
	}
	w.chooseFile(func(f io.ReadCloser) {
		fetch(w, func(ctx context.Context, at site) (string, error) {
			defer f.Close()
			return at.book.Import(ctx, f)
		}, w.newlyThere("visits.import"))
	})
}

// busyScanning says so, below what was asked for, when a scan is on: what it finds is kept
// where it began.
func (w *Window) busyScanning(asked string) bool {
	if w.model.running() {
		w.say(asked, w.text("checkup.busy"))
	}
	return w.model.running()
}

// visitTitle is what a visit is called for people.
func (w *Window) visitTitle(ref, household string) string {
	switch {
	case household != "":
		return report.Clean(household, maxHousehold)
	case ref == history.Home:
		return w.text("visit.home")
	}
	return w.text("visit.unnamed", ref)
}

// visitFacts are the small print of a visit: its reference, its last day, what there is, and
// whether that is all.
func (w *Window) visitFacts(v history.Row) string {
	p := w.printer.Load()
	var parts []string
	if v.Ref != history.Home && v.Household != "" {
		parts = append(parts, v.Ref)
	}
	if v.Scans == 0 {
		return strings.Join(append(parts, p.Date(v.Created.Local()), w.text("visit.not_scanned")), " · ")
	}
	parts = append(parts, p.Date(v.Last.Started.Local()), w.count("ctl.visit.scans", v.Scans), w.count("ctl.visit.devices", v.Last.Devices))
	if v.Last.Stopped {
		parts = append(parts, w.text("visit.stopped"))
	}
	return strings.Join(parts, " · ")
}
