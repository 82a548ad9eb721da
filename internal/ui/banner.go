package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"houdbaar/internal/lifecycle"
)

// banners say what must not be forgotten on any screen: that nothing is real, whose home
// this is, that this is a scan of another day.
func (w *Window) banners() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	add := func(banner fyne.CanvasObject) { out = append(out, inset(gap/2, 0, gap, gap, banner)) }
	if w.practice != nil {
		add(w.banner(lifecycle.PlanReplacement, w.text("practice.banner"), w.press(pressPlain, "back", w.text("practice.leave"), w.leavePractice)))
	}
	var said []string
	var buttons []fyne.CanvasObject
	colours, m := lifecycle.CannotTell, &w.model
	if w.visiting() && m.screen != screenVisit {
		colours = lifecycle.UpdateFirmware
		said = append(said, w.text("visit.banner", w.visitTitle(w.diary.visit.Ref, w.diary.visit.Household)))
	}
	if m.reopened && m.screen == screenResults && m.result != nil {
		key, word := "visit.kept", "visit.again"
		if m.again {
			key, word = "visit.kept_again", "visit.then"
		}
		said = append(said, w.text(key, w.printer.Load().DateTime(m.result.Started.Local())))
		buttons = append(buttons, w.press(pressQuiet, "scan", w.text(word), func() { w.reopen(w.number, !m.again, nil) }))
	} else if len(said) > 0 {
		said = append(said, w.text("visit.banner_what"))
	}
	if w.visiting() && !m.running() {
		buttons = append(buttons, w.press(pressQuiet, "back", w.text("visit.leave"), w.leaveVisit))
	}
	if len(said) > 0 {
		add(w.banner(colours, strings.Join(said, " "), buttons...))
	}
	return out
}

// banner is a sentence with what can be done about it, in the colours of a verdict.
func (w *Window) banner(colours lifecycle.VerdictKind, text string, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	words := prose(text, bold, inked(chipText(colours)))
	return card(chipFill(colours), chipEdge(colours), container.New(tail{}, words, container.NewHBox(buttons...)))
}

// tail stands its second object right of the first or, where that leaves the first less
// than half of the width, below it.
type tail struct{}

func (tail) Layout(o []fyne.CanvasObject, s fyne.Size) {
	text, end := o[0], o[1]
	least := end.MinSize()
	if least.Width > s.Width/2 {
		high := heightIn(text, s.Width)
		place(text, 0, 0, s.Width, high)
		place(end, 0, high, least.Width, least.Height)
		return
	}
	wide := s.Width - least.Width - gap
	high := heightIn(text, wide)
	both := max(high, least.Height)
	place(text, 0, (both-high)/2, wide, high)
	place(end, wide+gap, (both-least.Height)/2, least.Width, least.Height)
}

// MinSize implements fyne.Layout; text that wraps has the height of the width it was
// given last.
func (tail) MinSize(o []fyne.CanvasObject) fyne.Size {
	text, end := o[0], o[1]
	least, wide := end.MinSize(), text.Size().Width
	if wide > 0 && text.Position().X == end.Position().X { // below each other
		return fyne.NewSize(least.Width, text.MinSize().Height+least.Height)
	}
	return fyne.NewSize(least.Width, max(text.MinSize().Height, least.Height))
}
