package ui

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"houdbaar/internal/device"
	"houdbaar/internal/history"
	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

// This file is about what people say of devices: what one is, a note, a label.

// maxNote bounds a note, in characters.
const maxNote = 500

// remember keeps a finished scan, if it looked at a network, and then shows what is kept
// of its devices.
func (w *Window) remember(s scan.Scan) {
	here := w.home
	fetch(w, func(ctx context.Context, at site) (number int, err error) {
		if !s.Searched() {
			return 0, nil
		}
		return at.book.Save(ctx, at.ref, s)
	}, func(number int, err error) {
		if here.number = number; here != w.home {
			return
		}
		w.trouble = nil
		if err != nil {
			w.trouble = []string{w.text("said.scan_not_kept") + " " + w.lossText(err)}
		}
		w.recall(nil)
		w.askVisits()
		if w.model.screen == screenVisit {
			w.lookAgain()
		}
	})
}

// recall asks what is kept of the devices on the screen and of typed labels. then, if not
// nil, follows.
func (w *Window) recall(then func()) {
	s := scan.Scan{}
	if w.model.result != nil {
		s = *w.model.result
	}
	fetchHere(w, func(ctx context.Context, at site) (told, error) { return at.told(ctx, s) }, func(now told, err error) {
		if err != nil && len(w.trouble) == 0 {
			w.trouble = []string{w.lossText(err)}
		}
		w.said, w.model.typed = now.said, now.typed
		w.showKept()
		if then != nil {
			then()
		}
	})
}

// showKept brings the results up to date with what is kept.
func (w *Window) showKept() {
	m := &w.model
	if m.running() {
		return // it comes again at the end of the scan
	}
	if m.result == nil && len(m.typed) > 0 && m.state == stateNone {
		// Labels alone make a list too.
		m.result, m.state = &scan.Scan{On: w.engine.Today(), Catalogue: w.engine.CatalogueMeta()}, stateTyped
	}
	if m.state == stateTyped && len(m.typed) == 0 {
		m.result, m.state = nil, stateNone
		if m.screen == screenResults {
			m.screen = screenHome
		}
		w.build()
		return
	}
	w.reword()
	m.selectFirst()
	if w.results != nil {
		w.showEnd()
		return
	}
	if m.screen == screenHorizon || m.screen == screenHome || m.screen == screenSettings {
		w.build()
	}
}

// judgeAgain judges what is on the screen by what holds now.
func (w *Window) judgeAgain(then func()) {
	if w.model.result == nil || w.model.running() {
		w.recall(then)
		return
	}
	if w.model.reopened {
		w.reread(w.number, true, func() { w.recall(then) })
		return
	}
	now := *w.model.result
	fetchHere(w, func(ctx context.Context, at site) (scan.Scan, error) {
		return at.engine.Again(ctx, now, at.corrector(ctx, at.number))
	}, func(s scan.Scan, err error) {
		if w.model.running() {
			return
		}
		if err == nil {
			w.model.result = &s
			w.reword()
		}
		w.recall(then)
	})
}

// lossText says why something was not kept, and what to do.
func (w *Window) lossText(err error) string {
	return report.HistoryText(w.printer.Load(), history.Code(err), w.book.Path(), err.Error())
}

// fileText says why a file was not written.
func (w *Window) fileText(err error) string {
	return report.FileText(w.printer.Load(), history.Code(err), err)
}

// keep keeps something a person says, and then goes on.
func (w *Window) keep(do func(context.Context, site) error, then func()) {
	w.away(do, func(err error) {
		if err != nil {
			w.say(w.text("said.not_kept"), w.lossText(err))
			return
		}
		then()
	})
}

// tell is keep for what changes verdicts: it judges again, and then goes on.
func (w *Window) tell(keep func(context.Context, site) error, then func()) {
	w.keep(keep, func() { w.judgeAgain(then) })
}

// saver is the button that keeps what stands in fields, which is kept too when a person
// leaves one that was typed in. begin reads the fields and returns what keeps what it read.
// then follows only where the button was pressed: who leaves a field is pointing elsewhere,
// and nothing may move there.
func (w *Window) saver(begin func() func(context.Context, site) error, then func(), fields ...*field) *press {
	here := w.home
	var button *press
	typed := false
	save := func(then func()) {
		typed = false
		do, at := begin(), here.site
		w.keep(func(ctx context.Context, _ site) error { return do(context.WithoutCancel(ctx), at) }, func() {
			if !typed {
				button.SetText(w.text("said.note_saved"))
			}
			then()
		})
	}
	button = w.press(pressPlain, "", w.text("said.note_save"), func() { save(then) })
	for _, f := range fields {
		f.OnChanged = func(string) { typed = true; button.SetText(w.text("said.note_save")) }
		f.left = func() {
			if typed {
				save(func() {})
			}
		}
	}
	return button
}

// yours is what a person can say of a device, and what was said.
func (w *Window) yours(l report.Line) fyne.CanvasObject {
	block := w.block("label", w.text("said.head"))
	if w.model.isTyped(l.ID) {
		block.Add(indented(prose(w.text("said.typed"), muted)))
		block.Add(indentedButtons(container.NewHBox(w.press(pressQuiet, "remove", w.text("said.remove_label"), func() {
			id, _ := strconv.ParseInt(strings.TrimPrefix(l.ID, device.Typed), 10, 64)
			w.tell(func(ctx context.Context, at site) error { return at.book.RemoveSticker(ctx, at.ref, id) }, nil)
		}))))
		return flush(block)
	}
	f, ok := w.model.finding(l.ID)
	if !ok {
		return flush(block)
	}
	d, said := f.Device, w.said[l.ID]
	row := wrapped(0, 0)
	if said.corrected {
		block.Add(indented(prose(w.text("said.corrected"))))
		row.Add(w.press(pressQuiet, "back", w.text("said.withdraw"), func() {
			w.tell(func(ctx context.Context, at site) error { return at.book.Withdraw(ctx, at.ref, at.number, d) }, nil)
		}))
	}
	if l.Typing == 0 {
		row.Add(w.press(pressQuiet, "label", w.text("said.wrong"), func() { w.correct(l) }))
	}
	if len(row.Objects) > 0 {
		block.Add(indentedButtons(row))
	}

	block.Add(indented(w.note(d, said)))
	alone := slices.Contains(w.alone, l.ID)
	leave := w.tick(w.text("said.leave"), alone, func(on bool) { w.leave(l.ID, on) })
	block.Add(indentedButtons(explained(-1.5*gap, leave, w.text("said.leave_what"))))
	return flush(block)
}

// note is what a person writes about a device.
func (w *Window) note(d device.Device, said said) fyne.CanvasObject {
	here := w.home
	note := w.field(w.text("said.note"), shown(said.note, maxNote))
	save := w.saver(func() func(context.Context, site) error {
		said.note = strings.TrimSpace(shown(note.Text, maxNote))
		if here == w.home && w.said != nil {
			w.said = maps.Clone(w.said) // a report may be reading it
			w.said[d.ID] = said
		}
		text := said.note
		return func(ctx context.Context, at site) error { return at.book.Note(ctx, at.ref, at.number, d, text) }
	}, func() { w.recall(nil) }, note)
	note.OnSubmitted = func(string) { save.tapped() }
	return container.NewBorder(nil, nil, nil, save, note)
}

// history says in which earlier scans a device was seen.
func (w *Window) history(l report.Line) fyne.CanvasObject {
	seen := w.said[l.ID].seen
	if len(seen) == 0 {
		return nil
	}
	p := w.printer.Load()
	block := w.block("source", w.text("said.history"))
	for _, s := range seen {
		words := p.DateTime(s.At.Local()) + ": " + p.Text("chip."+s.Verdict.String())
		if s.Firmware != "" {
			words += " · " + report.Clean(s.Firmware, 60)
		}
		block.Add(indented(prose(words)))
	}
	return flush(block)
}
