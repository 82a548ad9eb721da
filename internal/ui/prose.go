package ui

import (
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"houdbaar/internal/report"
)

// fit cuts text to a width, with an ellipsis where something was left out.
func fit(text string, width, textSize float32, bold bool) string {
	style := fyne.TextStyle{Bold: bold}
	wide := func(s string) bool { return fyne.MeasureText(s, textSize, style).Width > width }
	text = fromTheLeft(shown(text, maxShown))
	if !wide(text) {
		return text
	}
	runes := []rune(text)
	cut := sort.Search(len(runes), func(n int) bool { return wide(string(runes[:n+1]) + "…") }) // the most that fits
	return string(runes[:cut]) + "…"
}

// A link opens a web page. Keys it has no use for go to the window.
type link struct {
	widget.Hyperlink
	w *Window
}

func (l *link) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace {
		l.Hyperlink.TypedKey(e)
		return
	}
	if e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
		l.Hyperlink.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		return
	}
	l.w.typedKey(e)
}

func (l *link) FocusGained() { l.Hyperlink.FocusGained(); l.w.reveal(l) }

// link returns a wrapping link to a web address, or plain text where it is none.
func (w *Window) link(text, address string) fyne.CanvasObject {
	u, ok := report.Web(address)
	if !ok {
		return prose(text)
	}
	l := &link{w: w}
	l.Text, l.URL, l.Wrapping = shown(text, maxShown), u, fyne.TextWrapWord
	l.TextStyle.Underline = w.look == lookHighContrast
	l.OnTapped = func() { w.openURL(u) }
	l.ExtendBaseWidget(l)
	return l
}

// A proseOption changes how prose looks.
type proseOption func(*widget.RichTextStyle)

func bold(s *widget.RichTextStyle)    { s.TextStyle.Bold = true }
func centred(s *widget.RichTextStyle) { s.Alignment = fyne.TextAlignCenter }
func muted(s *widget.RichTextStyle)   { s.ColorName = colourMuted }
func small(s *widget.RichTextStyle)   { s.SizeName = sizeSmall }

func heading(s *widget.RichTextStyle) {
	s.SizeName = theme.SizeNameHeadingText
	s.TextStyle.Bold = true
}

func subhead(s *widget.RichTextStyle) {
	s.SizeName = theme.SizeNameSubHeadingText
	s.TextStyle.Bold = true
}

func question(s *widget.RichTextStyle) { s.SizeName = sizeTitle; s.TextStyle.Bold = true }

func inked(c fyne.ThemeColorName) proseOption {
	return func(s *widget.RichTextStyle) { s.ColorName = c }
}

// A words is text on the screen that a screen reader can read too; Fyne's RichText
// alone is silent.
type words struct{ widget.RichText }

func (t *words) AccessibilityLabel() string             { return t.String() }
func (t *words) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// prose is wrapping text, taken as it is: never markdown.
func prose(text string, options ...proseOption) *words {
	style := widget.RichTextStyle{ColorName: theme.ColorNameForeground, SizeName: theme.SizeNameText}
	for _, o := range options {
		o(&style)
	}
	t := &words{}
	t.Segments = []widget.RichTextSegment{&widget.TextSegment{Text: fromTheLeft(shown(text, 4*maxShown)), Style: style}}
	t.Wrapping, t.Scroll = fyne.TextWrapWord, container.ScrollNone
	t.ExtendBaseWidget(t)
	return t
}

// tag is text that does not wrap, beside what it names.
func tag(text string) *words {
	t := prose(text, bold)
	t.Wrapping = fyne.TextWrapOff
	return t
}

// setProse replaces the words of a prose.
func setProse(t *words, text string) {
	segment := t.Segments[0].(*widget.TextSegment)
	if text = fromTheLeft(shown(text, 4*maxShown)); segment.Text != text {
		segment.Text = text
		t.Refresh()
	}
}
