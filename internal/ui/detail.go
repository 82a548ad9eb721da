package ui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

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
		content.Add(card(colourPanel, colourEdge, beside(w.sign("provider"), script)))
	}
	if len(l.Tonight) > 0 {
		steps := stack(0, prose(w.text("detail.tonight"), subhead))
		for i, step := range l.Tonight {
			steps.Add(w.step(strconv.Itoa(i+1), step))
		}
		content.Add(beside(w.sign("tonight"), steps))
	}
	if len(l.Buy) > 0 {
		points := stack(0, prose(w.text("detail.buy"), subhead))
		for _, point := range l.Buy {
			points.Add(w.step("•", point))
		}
		content.Add(beside(w.sign("buy"), points))
	}
	if len(l.Sources) > 0 {
		sources := stack(0, prose(w.text("detail.sources"), subhead))
		for _, s := range l.Sources {
			sources.Add(w.source(s))
		}
		content.Add(beside(w.sign("source"), sources))
	}
	toggle := func() { w.whyOpen = !w.whyOpen; redraw() }
	content.Add(w.fold(w.whyOpen, "why", w.text("detail.why"), func() fyne.CanvasObject { return w.trail(l) }, toggle))
	return inset(2*gap, 4*gap, 2*gap, 2*gap, container.New(column{widest: 680 * w.textSize}, content))
}

// sign is a small drawing at the size of a line of text.
func (w *Window) sign(name string) fyne.CanvasObject {
	return picture(w.drawings.sign(name, colour(theme.ColorNamePrimary)), size(theme.SizeNameInlineIcon))
}

// whichDevice names the device as the row did, with what a helpdesk wants to copy.
func (w *Window) whichDevice(l report.Line) fyne.CanvasObject {
	names := stack(-gap, prose(l.Title, subhead), prose(secondLine(l), muted))
	head := container.NewBorder(nil, nil, container.NewCenter(picture(w.drawings.kind(l.Kind, colour(theme.ColorNameForeground)), size(theme.SizeNameText)*3)), nil, names)
	tools := container.New(layout.NewRowWrapLayoutWithCustomPadding(0, 0))
	if l.Model != "" {
		tools.Add(w.copyButton(w.text("detail.copy_model"), l.Model))
	}
	if l.Address != "" {
		tools.Add(w.copyButton(l.Address, l.Address))
	}
	if _, ok := w.model.ownPage(l.ID); ok {
		tools.Add(w.press(pressQuiet, "open", w.text("detail.own_page"), func() { w.openPage(l.ID) }))
	}
	return stack(0, head, tools)
}

// verdictCard is the verdict as sign, words and colour, and the reason.
func (w *Window) verdictCard(l report.Line) fyne.CanvasObject {
	ink := chipText(l.Verdict)
	words := stack(-gap/2, prose(l.Headline, heading, inked(ink)), prose(l.Reason))
	side := size(theme.SizeNameHeadingText) * 1.3
	drawing := container.NewVBox(inset(gap, 0, gap, 0, picture(w.drawings.verdict(l.Verdict, colour(ink)), side)))
	return card(chipFill(l.Verdict), chipEdge(l.Verdict), container.NewBorder(nil, nil, drawing, nil, words))
}

// badgeCard says where the model is named, and what that does not mean.
func (w *Window) badgeCard(b report.Badge) fyne.CanvasObject {
	words := stack(0, stack(-gap, prose(b.Text, bold), prose(b.Means)))
	for _, s := range b.Sources {
		words.Add(w.source(s))
	}
	return card(colourPanel, colourEdge, beside(w.sign("notice"), words))
}

// step is a numbered or dotted line.
func (w *Window) step(mark, text string) fyne.CanvasObject {
	number := canvas.NewText(mark, colour(colourMuted))
	number.TextSize = size(theme.SizeNameText)
	number.TextStyle.Bold = true
	width := fyne.MeasureText("8", number.TextSize, number.TextStyle).Width
	number.Alignment = fyne.TextAlignTrailing
	place := container.NewVBox(inset(gap, 0, gap, 0, container.NewGridWrap(fyne.NewSize(max(width, number.MinSize().Width), number.MinSize().Height), number)))
	return container.NewBorder(nil, nil, place, nil, prose(text))
}

// source is one source: a link, its publisher and the day it was read.
func (w *Window) source(s report.SourceLine) fyne.CanvasObject {
	title, note := s.Title, s.ReadText
	if title == "" {
		title = s.Publisher
	} else if s.Publisher != "" {
		note = w.text("detail.source_note", s.Publisher, s.ReadText)
	}
	if s.Via != "" {
		note += " · " + s.Via
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
	return card(colourPanel, colourEdge, steps)
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
