package ui

import (
	"context"
	"io"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"houdbaar/internal/history"
	"houdbaar/internal/report"
)

// A visitOnScreen is the visit that is shown, and what came of handing it over.
type visitOnScreen struct {
	visit   visit
	unmask  bool   // names and addresses go into its file
	message string // what came of the file
}

// maxVisitNotes bounds the notes of a visit, in characters.
const maxVisitNotes = 4000

// lookAgain reads the visit anew, after something in it changed.
func (w *Window) lookAgain() {
	fetchHere(w, func(ctx context.Context, at site) (visit, error) { return at.visit(ctx) }, func(v visit, err error) {
		if err == nil {
			w.diary.visit = v
			w.rebuild(screenVisit)
		}
	})
}

// visitPage is one home: its scans, what people said there, and what can be done with it.
func (w *Window) visitPage() fyne.CanvasObject {
	v, p := w.diary.visit, w.printer.Load()
	what, word := w.text("visit.begun", v.Ref, p.Date(v.Created.Local())), "visit.scan"
	if v.Ref == history.Home {
		what, word = w.text("visit.home_what"), "home.scan"
	}
	facts := stack(-gap, prose(what, muted))
	if !v.Imported.IsZero() {
		facts.Add(prose(w.text("ctl.visit.imported", p.Date(v.Imported.Local())), muted))
	}
	row := wrapped(gap, gap/2, w.press(pressPrimary, "scan", w.text(word), w.scan))
	if n := len(v.Scans); n > 0 {
		row.Add(w.press(pressPlain, "report", w.text("window.report"), func() { w.reopen(v.Scans[n-1].Number, false, w.startReport) }))
	}
	if len(v.Scans) > 1 {
		row.Add(w.press(pressPlain, "changes", w.text("window.changes"), func() { w.openChanges(0, 0) }))
	}
	if v.Ref != history.Home {
		row.Add(w.copyButton(w.text("visit.copy"), v.Ref))
	}
	parts := []fyne.CanvasObject{facts, inset(0, gap, gap, gap, row), w.section(w.text("visit.scans"), w.scanRows(v))}
	if said := w.spoken(v); said != nil {
		parts = append(parts, w.section(w.text("visit.said"), said))
	}
	if v.Ref != history.Home {
		parts = append(parts, w.section(w.text("visit.about"), w.describe(v)))
	}
	if !v.Created.IsZero() {
		parts = append(parts, w.section(w.text("visit.hand_over"), w.handOver(v)), w.section(w.text("visit.remove"), w.forget(v)))
	}
	return w.page(w.visitTitle(v.Ref, v.Household), parts...)
}

// scanRows lists the scans of a visit, the newest first.
func (w *Window) scanRows(v visit) fyne.CanvasObject {
	if len(v.Scans) == 0 {
		return prose(w.text("ctl.visit.empty"), muted)
	}
	list := stack(gap)
	for _, s := range slices.Backward(v.Scans) {
		chips := wrapped(gap/2, gap/2)
		for _, one := range w.outcome(s) {
			chips.Add(w.chip(one.kind, one.text))
		}
		open := w.about(w.press(pressPlain, "", w.text("visit.open"), func() { w.reopen(s.Number, false, nil) }), w.scanTitle(s))
		remove := w.press(pressQuiet, "remove", "", func() { w.forgetScan(s) })
		remove.spoken = w.text("visit.remove_scan") + ": " + w.scanTitle(s)
		more := w.count("ctl.visit.devices", s.Devices)
		if s.Stopped {
			more += " · " + w.text("visit.stopped")
		}
		more += " · " + w.text("visit.judged", w.printer.Load().Date(s.On))
		words := stack(-gap, prose(w.scanTitle(s), bold), prose(more, small, muted))
		if len(chips.Objects) > 0 {
			words.Add(inset(gap, 0, gap, gap, chips))
		}
		list.Add(panel(container.New(tail{}, words, container.NewHBox(open, remove))))
	}
	return inset(gap/2, gap, gap, gap, list)
}

// scanTitle names a scan by its moment.
func (w *Window) scanTitle(s history.ScanInfo) string {
	return w.printer.Load().DateTime(s.Started.Local())
}

// forgetScan asks once more, and forgets one scan.
func (w *Window) forgetScan(s history.ScanInfo) {
	here, at := w.home, w.site
	w.ask(w.text("visit.remove_scan"), w.text("visit.remove_scan_ask", w.scanTitle(s)), w.text("visit.forget_yes"), func() {
		w.away(func(ctx context.Context, _ site) error { return at.book.ForgetScan(ctx, at.ref, s.Number) }, func(err error) {
			if err != nil {
				w.say(w.text("visit.remove_scan"), w.lossText(err))
			}
			if w.model.reopened && w.number == s.Number && here == w.home {
				typed := w.model.typed
				w.model, w.number = model{screen: screenVisit, trail: []screen{screenHome, screenVisits}, typed: typed}, 0
			}
			w.lookAgain()
		})
	})
}

// spoken lists what people said of the devices of a visit; nil when nobody did.
func (w *Window) spoken(v visit) fyne.CanvasObject {
	p := w.printer.Load()
	list := stack(gap / 2)
	add := func(l report.Line, said ...string) {
		pic := w.signIn("why", colourMuted)
		if l.ID != "" {
			pic = w.kindPicture(l.Kind, size(theme.SizeNameText)*2)
		}
		block := stack(-gap, prose(l.Title, bold))
		for _, text := range said {
			block.Add(prose(text))
		}
		list.Add(beside(pic, block))
	}
	for _, one := range v.spoken {
		l := report.Line{Title: w.text("visit.unseen")}
		if one.Finding != nil {
			l = report.NewLine(p, *one.Finding, report.Options{On: w.engine.Today()})
		}
		var said []string
		if is, ok := one.Is(); ok {
			said = append(said, w.text("visit.is", report.ProductText(p, report.ProductObject{Vendor: is.Vendor, Model: is.Model, HardwareRevision: is.Revision})))
		}
		if one.Note != "" {
			said = append(said, report.Clean(one.Note, maxNote))
		}
		if !one.Gone.IsZero() {
			said = append(said, w.text("visit.gone", p.Date(one.Gone.Local())))
		}
		if len(said) > 0 {
			add(l, said...)
		}
	}
	for _, f := range v.labels {
		l := report.NewLine(p, f, report.Options{On: w.engine.Today()})
		add(l, strings.Trim(l.Small+" · "+w.text("sticker.by_you")+" · "+l.Chip, " ·"))
	}
	if len(list.Objects) == 0 {
		return nil
	}
	return inset(gap, 0, 0, 0, list)
}

// describe is what a person writes about a visit.
func (w *Window) describe(v visit) fyne.CanvasObject {
	asked := func(key, text string) *field {
		f := w.field("", text)
		f.says = w.text(key)
		return f
	}
	household, visitor, notes := asked("visit.household", v.Household), asked("visit.visitor", v.Visitor), asked("visit.notes", v.Notes)
	notes.MultiLine, notes.Wrapping = true, fyne.TextWrapWord
	notes.SetMinRowsVisible(3)
	here := w.home
	keep := w.saver(func() func(context.Context, site) error {
		h, n, by := report.Clean(household.Text, maxHousehold), bounded(notes.Text, maxVisitNotes), report.Clean(visitor.Text, maxHousehold)
		if now := &w.diary.visit; here == w.home {
			now.Household, now.Notes, now.Visitor = h, n, by
		}
		return func(ctx context.Context, at site) error { return at.book.Describe(ctx, at.ref, h, n, by) }
	}, func() {}, household, visitor, notes)
	named := func(f *field) fyne.CanvasObject {
		return stack(-gap/2, prose(f.says, small, muted), flush(f))
	}
	return stack(0, named(household), named(visitor), named(notes), inset(gap, gap, gap, gap, container.NewHBox(keep)))
}

// bounded cuts text that somebody typed; its lines stay.
func bounded(text string, most int) string {
	r := []rune(strings.TrimSpace(text))
	return string(r[:min(len(r), most)])
}

// handOver saves the visit as one file, for another computer.
func (w *Window) handOver(v visit) fyne.CanvasObject {
	d, what := &w.diary, "visit.export_what"
	if v.Ref == history.Home {
		what = "visit.export_home"
	}
	block := stack(0, prose(w.text(what), muted),
		inset(0, 0, gap, 0, explained(-gap, w.tick(w.text("paper.unmask"), d.unmask, func(on bool) { d.unmask = on }), w.text("visit.unmask_what"))),
		prose(w.text("paper.folder")+": "+w.reportFolder()),
		inset(0, gap, gap, gap, wrapped(gap, 0,
			w.press(pressPlain, "report", w.text("visit.export"), func() { w.exportVisit(v) }),
			w.press(pressQuiet, "", w.text("paper.other_folder"), w.chooseFolder))))
	if d.message != "" {
		block.Add(w.remark("info", prose(d.message)))
	}
	return block
}

// exportVisit writes the visit file. One that is there already stays: the new one gets a
// number.
func (w *Window) exportVisit(v visit) {
	folder, unmask := w.reportFolder(), w.diary.unmask
	name := report.FileName(v.Ref, w.engine.Today(), "")
	fetchHere(w, func(ctx context.Context, at site) (string, error) {
		return writeNew(folder, name, history.Extension, func(to io.Writer) error {
			return at.book.Write(ctx, to, v.Ref, history.Export{Unmask: unmask})
		})
	}, func(path string, err error) {
		w.diary.message = w.text("paper.saved", path)
		if err != nil {
			w.diary.message = w.text("visit.export_failed", w.fileText(err))
		}
		w.rebuild(screenVisit)
	})
}

// forget removes the visit after it asked once more.
func (w *Window) forget(v visit) fyne.CanvasObject {
	word := "visit.forget"
	if v.Ref == history.Home {
		word = "visit.forget_home"
	}
	do := func() {
		here := w.home
		w.away(func(ctx context.Context, at site) error { return at.book.Forget(ctx, v.Ref) }, func(err error) {
			if here == w.home {
				if v.Ref == history.Home {
					w.model, w.number = model{screen: screenVisits, trail: []screen{screenHome}}, 0
					w.said, w.diary = nil, visitOnScreen{}
					w.build()
				} else {
					w.goHome()
				}
			}
			w.askVisits()
			if err != nil {
				w.say(w.text(word), w.lossText(err))
			}
		})
	}
	return inset(0, 0, gap, 0, container.NewHBox(w.press(pressQuiet, "remove", w.text(word), func() {
		if !w.busyScanning(w.text(word)) {
			w.ask(w.text(word), w.text("visit.forget_ask"), w.text("visit.forget_yes"), do)
		}
	})))
}
