package ui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"houdbaar/internal/lifecycle"
	"houdbaar/internal/report"
)

// detail is everything about one device, most needed first: which one it is, what to
// do and why, what to do tonight and what to buy, and below that the trail and the
// sources. redraw is called when a fold was turned.
func (w *Window) detail(l report.Line, narrow bool, redraw func()) fyne.CanvasObject {
	content := stack(gap)
	if narrow {
		content.Add(container.NewHBox(w.press(pressPlain, "back", w.text("window.back"), w.closeDetail)))
	}
	content.Add(w.whichDevice(l))
	content.Add(w.verdictCard(l))
	for _, b := range l.Badges {
		content.Add(w.badgeCard(b))
	}
	if l.Provider != "" {
		script := stack(0, prose(w.text("detail.provider"), bold), prose(l.Provider),
			container.NewHBox(w.copyButton(w.text("detail.copy_script"), l.Provider)))
		content.Add(w.remark("provider", script))
	}
	if len(l.Tonight) > 0 {
		content.Add(flush(w.tonight(l)))
	}
	if len(l.Buy) > 0 {
		points := w.block("buy", w.text("detail.buy"))
		for _, point := range l.Buy {
			points.Add(w.step("•", point))
		}
		content.Add(flush(points))
	}
	if len(l.Sources)+len(l.Besides) > 0 {
		content.Add(flush(w.sources(l)))
	}
	content.Add(w.fold("why", w.text("detail.why"), "", func() fyne.CanvasObject { return w.trail(l) }, redraw))
	if _, listed := w.model.line(l.ID); listed {
		content.Add(w.yours(l))
		if h := w.history(l); h != nil {
			content.Add(h)
		}
	}
	return inset(gap, 4*gap, 2*gap, 2*gap, container.New(column{widest: 680 * w.textSize}, content))
}

// block begins a part of the page: its sign and its heading.
func (w *Window) block(sign, heading string) *fyne.Container {
	return stack(-gap/2, beside(w.sign(sign), prose(heading, subhead)))
}

// flush keeps what stands on the page in line with what stands on cards.
func flush(content fyne.CanvasObject) fyne.CanvasObject { return inset(0, 0, gap, gap, content) }

// sign is a small drawing at the size of a line of text.
func (w *Window) sign(name string) fyne.CanvasObject {
	return w.signIn(name, theme.ColorNamePrimary)
}

// signIn is a sign in a colour of the theme.
func (w *Window) signIn(name string, c fyne.ThemeColorName) fyne.CanvasObject {
	side := size(theme.SizeNameInlineIcon)
	return picture(w.drawings.sign(name, colour(c), side), side)
}

// whichDevice names the device as the row did, with what a helpdesk wants to copy.
func (w *Window) whichDevice(l report.Line) fyne.CanvasObject {
	names := stack(-gap, prose(l.Title, subhead), prose(secondLine(l), muted))
	if text := w.playedAfter(l.ID); text != "" {
		names.Add(prose(text, muted))
	}
	side := size(theme.SizeNameText) * 2.6
	head := container.New(hang{line: names.MinSize().Height}, w.kindPicture(l.Kind, side), names)
	tools := wrapped(0, 0)
	if l.Model != "" {
		tools.Add(w.copyButton(w.text("detail.copy_model"), l.Model))
	}
	if l.Address != "" {
		tools.Add(w.copyButton(l.Address, l.Address))
	}
	if _, ok := w.model.ownPage(l.ID); ok {
		tools.Add(w.press(pressQuiet, "open", w.text("detail.own_page"), func() { w.openPage(l.ID) }))
	}
	return flush(stack(0, head, container.New(hang{}, canvas.NewText("", nil), tools)))
}

// verdictCard is the verdict as sign, words and colour, and the reason.
func (w *Window) verdictCard(l report.Line) fyne.CanvasObject {
	ink := chipText(l.Verdict)
	words := stack(-gap/2, prose(l.Headline, heading, inked(ink)), prose(l.Reason))
	side := size(theme.SizeNameHeadingText) * 1.3
	drawing := picture(w.drawings.verdict(l.Verdict, colour(ink), side), side)
	return card(chipFill(l.Verdict), chipEdge(l.Verdict), container.New(hang{line: size(theme.SizeNameHeadingText)*1.4 + 2*gap}, drawing, words))
}

// badgeCard says where the model is named, and what that does not mean.
func (w *Window) badgeCard(b report.Badge) fyne.CanvasObject {
	words := stack(0, stack(-gap, prose(b.Text, bold), prose(b.Means)))
	for _, s := range b.Sources {
		words.Add(w.source(s))
	}
	return w.remark("notice", words)
}

// tonight is what to do now, step by step.
func (w *Window) tonight(l report.Line) fyne.CanvasObject {
	steps := w.block("tonight", w.text("detail.tonight"))
	f, known := w.model.finding(l.ID)
	for i, step := range l.Tonight {
		steps.Add(w.step(strconv.Itoa(i+1), step))
		if i == 0 && known && l.Verdict == lifecycle.CheckLabel {
			steps.Add(inset(0, gap/2, gutter()+gap, 0, w.labelPicture(f.Identity.Vendor, f.Identity.Model, l.Kind, l.Item)))
		}
		if known && i+1 == l.Typing { // the button that it speaks of
			steps.Add(indented(container.NewHBox(w.press(pressPlain, "label", w.text("said.correct"), func() { w.correct(l) }))))
		}
	}
	return steps
}

// step is a numbered or dotted line, the mark in the gutter.
func (w *Window) step(mark, text string) fyne.CanvasObject {
	return beside(letters(mark, colourMuted, theme.SizeNameText, fyne.TextStyle{Bold: true}), prose(text))
}

// sources are what the verdict rests on, and under a heading of their own what only tells
// more of the model.
func (w *Window) sources(l report.Line) fyne.CanvasObject {
	heading, others := w.text("detail.sources"), w.text("why.besides")
	if len(l.Sources) == 0 {
		heading, others = others, ""
	}
	sources := w.block("source", heading)
	add := func(o fyne.CanvasObject) { sources.Add(beside(canvas.NewText("", nil), o)) }
	for _, s := range l.Sources {
		add(w.source(s))
	}
	if len(l.Besides) > 0 && others != "" {
		add(prose(others, bold))
	}
	for _, s := range l.Besides {
		add(w.source(s))
	}
	return sources
}

// source is one source: a link, its publisher and the day it was read.
func (w *Window) source(s report.SourceLine) fyne.CanvasObject {
	title, note := s.Title, s.ReadText
	if title == "" {
		title = s.Publisher
	} else if s.Publisher != "" {
		note = w.text("detail.source_note", s.Publisher, s.ReadText)
	}
	return stack(-1.5*gap, w.link(title, s.URL), prose(note, small, muted))
}

// trail is the way from what was received to the verdict.
func (w *Window) trail(l report.Line) fyne.CanvasObject {
	steps := stack(gap / 2)
	all := ""
	for _, s := range l.Why {
		block := stack(-gap, prose(s.Head, bold))
		all += s.Head + "\n"
		for _, text := range s.Text {
			block.Add(prose(text, small))
			all += "  " + text + "\n"
		}
		steps.Add(block)
	}
	if l.MAC != "" {
		steps.Add(prose(w.text("detail.mac", l.MAC), small, muted))
	}
	steps.Add(container.NewHBox(w.copyButton(w.text("detail.copy_trail"), all)))
	return panel(steps)
}

// copyButton copies a text and says so.
func (w *Window) copyButton(word, text string) *press {
	var b *press
	b = w.press(pressQuiet, "copy", word, func() {
		w.app.Clipboard().SetContent(text)
		b.SetText(w.text("detail.copied"))
	})
	b.spoken = w.text("detail.copy_spoken", word)
	return b
}
