package ui

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
)

// This file has the small parts all screens are made of.

// gap is the distance between things that belong together, in Fyne's units; other
// distances are multiples of it.
const gap = 8

// A pressStyle is how loud a button is.
type pressStyle uint8

// The styles: one primary button a screen, plain ones beside it, quiet ones among
// text, the one large button of the home screen, and rows to choose from.
const (
	pressPlain pressStyle = iota
	pressPrimary
	pressQuiet
	pressLarge
	pressRow
)

// A press is a button with a sign, a word and a ring when it has the keyboard.
type press struct {
	widget.BaseWidget
	text   string
	spoken string // for a screen reader, where text is empty
	sign   string // "copy", or "kind-router" for a picture of a kind; "" = none
	style  pressStyle
	tapped func()

	w                        *Window
	hovered, focused, asleep bool
}

var (
	_ fyne.Focusable     = (*press)(nil)
	_ fyne.Tappable      = (*press)(nil)
	_ fyne.Accessible    = (*press)(nil)
	_ fyne.Disableable   = (*press)(nil)
	_ desktop.Hoverable  = (*press)(nil)
	_ desktop.Cursorable = (*press)(nil)
)

func (w *Window) press(style pressStyle, sign, text string, tapped func()) *press {
	b := &press{text: text, sign: sign, style: style, tapped: tapped, w: w}
	b.ExtendBaseWidget(b)
	return b
}

// Tapped implements fyne.Tappable.
func (b *press) Tapped(*fyne.PointEvent) {
	if !b.asleep && b.tapped != nil {
		b.tapped()
	}
}

// TypedKey implements fyne.Focusable.
func (b *press) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		b.Tapped(nil)
	default:
		b.w.typedKey(e)
	}
}

// TypedRune implements fyne.Focusable.
func (b *press) TypedRune(rune) {}

// FocusGained implements fyne.Focusable.
func (b *press) FocusGained() { b.focused = true; b.Refresh(); b.w.reveal(b) }

// FocusLost implements fyne.Focusable.
func (b *press) FocusLost() { b.focused = false; b.Refresh() }

// MouseIn implements desktop.Hoverable.
func (b *press) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (b *press) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (b *press) MouseOut() { b.hovered = false; b.Refresh() }

// Cursor implements desktop.Cursorable.
func (b *press) Cursor() desktop.Cursor {
	if b.asleep {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// Enable implements fyne.Disableable.
func (b *press) Enable() { b.asleep = false; b.Refresh() }

// Disable implements fyne.Disableable.
func (b *press) Disable() { b.asleep = true; b.Refresh() }

// Disabled implements fyne.Disableable.
func (b *press) Disabled() bool { return b.asleep }

// SetText changes the word.
func (b *press) SetText(text string) { b.text = text; b.Refresh() }

// AccessibilityLabel implements fyne.Accessible.
func (b *press) AccessibilityLabel() string {
	if b.text == "" {
		return b.spoken
	}
	return b.text
}

// AccessibilityRole implements fyne.Accessible.
func (b *press) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer implements fyne.Widget.
func (b *press) CreateRenderer() fyne.WidgetRenderer {
	r := &pressRenderer{b: b, fill: canvas.NewRectangle(nil), veil: canvas.NewRectangle(nil), ring: canvas.NewRectangle(nil),
		sign: &canvas.Image{FillMode: canvas.ImageFillContain}, text: canvas.NewText("", nil)}
	r.Refresh()
	return r
}

type pressRenderer struct {
	b                *press
	fill, veil, ring *canvas.Rectangle
	sign             *canvas.Image
	text             *canvas.Text
}

// sizes returns the text size, the sign's side and the room around them.
func (r *pressRenderer) sizes() (text, sign, padX, padY float32) {
	th := r.b.Theme()
	text, sign = th.Size(theme.SizeNameText), th.Size(theme.SizeNameInlineIcon)
	switch r.b.style {
	case pressLarge:
		return th.Size(theme.SizeNameHeadingText), sign * 1.5, 40, 16
	case pressQuiet:
		return text, sign * 0.9, gap, 6
	case pressRow:
		return text, text * 2, 14, 10
	}
	return text, sign, 14, 8
}

func (r *pressRenderer) MinSize() fyne.Size {
	text, sign, padX, padY := r.sizes()
	size := fyne.NewSize(0, max(fyne.MeasureText("Ag", text, r.text.TextStyle).Height, sign))
	if r.b.text != "" {
		size.Width = fyne.MeasureText(r.b.text, text, r.text.TextStyle).Width
	}
	if r.b.sign != "" {
		size.Width += sign
		if r.b.text != "" {
			size.Width += gap
		}
	}
	if r.b.text == "" {
		padX = padY
	}
	return size.AddWidthHeight(2*padX, 2*padY)
}

func (r *pressRenderer) Layout(size fyne.Size) {
	_, sign, padX, _ := r.sizes()
	for _, rect := range []*canvas.Rectangle{r.fill, r.veil} {
		rect.Resize(size)
	}
	r.ring.Move(fyne.NewPos(1, 1))
	r.ring.Resize(size.SubtractWidthHeight(2, 2))
	text := fyne.NewSize(0, 0)
	if r.b.text != "" {
		text = r.text.MinSize()
	}
	width := text.Width
	if r.b.sign != "" {
		width += sign
		if r.b.text != "" {
			width += gap
		}
	}
	x := (size.Width - width) / 2
	if r.b.style == pressRow {
		x = padX
	}
	if r.b.sign != "" {
		r.sign.Resize(fyne.NewSquareSize(sign))
		r.sign.Move(fyne.NewPos(x, (size.Height-sign)/2))
		x += sign + gap
	}
	r.text.Resize(text)
	r.text.Move(fyne.NewPos(x, (size.Height-text.Height)/2))
}

func (r *pressRenderer) Refresh() {
	b := r.b
	ink, fill, edge := colour(theme.ColorNameForeground), colour(colourPanel), colour(colourEdge)
	switch b.style {
	case pressPrimary, pressLarge:
		ink, fill, edge = colour(theme.ColorNameForegroundOnPrimary), colour(theme.ColorNamePrimary), colour(theme.ColorNamePrimary)
	case pressQuiet:
		ink, fill, edge = colour(theme.ColorNameHyperlink), nil, nil
	}
	if b.asleep {
		ink, fill, edge = colour(theme.ColorNameDisabled), colour(colourPanel), colour(colourEdge)
	}
	size, _, _, _ := r.sizes()
	radius := float32(gap)
	if b.style == pressLarge {
		radius = 12
	}
	r.fill.FillColor, r.fill.StrokeColor, r.fill.StrokeWidth, r.fill.CornerRadius = fill, edge, 1, radius
	r.veil.FillColor, r.veil.CornerRadius = nil, radius
	if b.hovered && !b.asleep {
		r.veil.FillColor = colour(theme.ColorNameHover)
		if b.style == pressPrimary || b.style == pressLarge {
			r.veil.FillColor = colour(theme.ColorNamePressed)
		}
	}
	r.ring.FillColor, r.ring.CornerRadius, r.ring.StrokeWidth, r.ring.StrokeColor = nil, radius-1, 0, nil
	if b.focused {
		r.ring.StrokeWidth, r.ring.StrokeColor = 2, colour(colourRing)
		if b.style == pressPrimary || b.style == pressLarge {
			r.ring.Move(fyne.NewPos(3, 3))
			r.ring.Resize(b.Size().SubtractWidthHeight(6, 6))
			r.ring.StrokeColor = ink
		}
	}
	r.text.Text, r.text.Color, r.text.TextSize = b.text, ink, size
	r.text.TextStyle = fyne.TextStyle{Bold: b.style != pressQuiet}
	r.sign.Hidden = b.sign == ""
	if b.sign != "" {
		_, side, _, _ := r.sizes()
		if kind, ok := strings.CutPrefix(b.sign, "kind-"); ok {
			r.sign.Resource = b.w.drawings.kind(device.Kind(kind), ink, side)
		} else {
			r.sign.Resource = b.w.drawings.sign(b.sign, ink, side)
		}
	}
	r.Layout(b.Size())
	if b.focused && (b.style == pressPrimary || b.style == pressLarge) {
		r.ring.Move(fyne.NewPos(3, 3))
		r.ring.Resize(b.Size().SubtractWidthHeight(6, 6))
	}
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *pressRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.fill, r.veil, r.sign, r.text, r.ring}
}

func (r *pressRenderer) Destroy() {}

// A link opens a web page. Keys it has no use for go to the window.
type link struct {
	widget.Hyperlink
	w *Window
}

// TypedKey implements fyne.Focusable.
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

// FocusGained implements fyne.Focusable.
func (l *link) FocusGained() { l.Hyperlink.FocusGained(); l.w.reveal(l) }

// link returns a wrapping link to a web address, or plain text where it is none.
func (w *Window) link(text, address string) fyne.CanvasObject {
	u, ok := webAddress(address)
	if !ok {
		return prose(text)
	}
	l := &link{w: w}
	l.Text, l.URL, l.Wrapping = shown(text, maxShown), u, fyne.TextWrapWord
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

// AccessibilityLabel implements fyne.Accessible.
func (t *words) AccessibilityLabel() string { return t.String() }

// AccessibilityRole implements fyne.Accessible.
func (t *words) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// prose is wrapping text, taken as it is: never markdown.
func prose(text string, options ...proseOption) *words {
	style := widget.RichTextStyle{ColorName: theme.ColorNameForeground, SizeName: theme.SizeNameText}
	for _, o := range options {
		o(&style)
	}
	t := &words{}
	t.Segments = []widget.RichTextSegment{&widget.TextSegment{Text: shown(text, 4*maxShown), Style: style}}
	t.Wrapping, t.Scroll = fyne.TextWrapWord, container.ScrollNone
	t.ExtendBaseWidget(t)
	return t
}

// colour returns a colour of the theme now in use.
func colour(name fyne.ThemeColorName) color.Color {
	return fyne.CurrentApp().Settings().Theme().Color(name, fyne.CurrentApp().Settings().ThemeVariant())
}

// size returns a size of the theme now in use.
func size(name fyne.ThemeSizeName) float32 {
	return fyne.CurrentApp().Settings().Theme().Size(name)
}

// picture is a drawing at a fixed size.
func picture(res fyne.Resource, side float32) fyne.CanvasObject {
	img := canvas.NewImageFromResource(res)
	img.FillMode = canvas.ImageFillContain
	img.SetMinSize(fyne.NewSquareSize(side))
	return img
}

// card puts content on a rounded panel.
func card(fill, edge fyne.ThemeColorName, content fyne.CanvasObject) fyne.CanvasObject {
	back := canvas.NewRectangle(colour(fill))
	back.CornerRadius = 10
	back.StrokeColor, back.StrokeWidth = colour(edge), 1
	return container.NewStack(back, container.New(layout.NewCustomPaddedLayout(gap, gap, gap, gap), content))
}

// A chip is a verdict as sign, word and colour.
type chip struct {
	widget.BaseWidget
	word    string
	content fyne.CanvasObject
}

func (w *Window) chip(v lifecycle.VerdictKind, word string) *chip {
	ink := colour(chipText(v))
	back := canvas.NewRectangle(colour(chipFill(v)))
	back.CornerRadius = 6
	back.StrokeColor, back.StrokeWidth = colour(chipEdge(v)), 1
	text := canvas.NewText(word, ink)
	text.TextSize = size(sizeSmall)
	text.TextStyle.Bold = true
	side := size(sizeSmall) * 1.1
	c := &chip{word: word, content: container.NewStack(back, inset(4, 4, gap, gap,
		container.New(layout.NewCustomPaddedHBoxLayout(6), container.NewCenter(picture(w.drawings.verdict(v, ink, side), side)), text)))}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer implements fyne.Widget.
func (c *chip) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.content) }

// AccessibilityLabel implements fyne.Accessible.
func (c *chip) AccessibilityLabel() string { return c.word }

// AccessibilityRole implements fyne.Accessible.
func (c *chip) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// stack lays objects below each other with the given distance.
func stack(distance float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(pile{distance}, objects...)
}

// A pile is the layout of stack. It gives each object its width first and asks for
// its height then, because text that wraps knows its height only by its width;
// Fyne's own box asks before, and puts it right a frame later, if at all.
type pile struct{ distance float32 }

// Layout implements fyne.Layout.
func (p pile) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		before := o.MinSize().Height
		o.Resize(fyne.NewSize(s.Width, before))
		if after := o.MinSize().Height; after != before {
			o.Resize(fyne.NewSize(s.Width, after))
		}
		o.Move(fyne.NewPos(0, y))
		y += o.Size().Height + p.distance
	}
}

// MinSize implements fyne.Layout.
func (p pile) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least, seen := fyne.Size{}, 0
	for _, o := range objects {
		if o.Visible() {
			one := o.MinSize()
			least.Width = max(least.Width, one.Width)
			least.Height += one.Height
			seen++
		}
	}
	least.Height += p.distance * float32(max(0, seen-1))
	return least
}

// above stands top over rest, in the order in which the keyboard visits them.
func above(top, rest fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewBorderLayout(top, nil, nil, nil), top, rest)
}

// gutter is the width left of all text of a device, where signs and numbers hang.
func gutter() float32 { return size(theme.SizeNameText) * 3 }

// beside hangs a drawing or a number in the gutter left of content, at the height of
// its first line.
func beside(hanging, content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(hang{line: size(theme.SizeNameText)*1.4 + 2*gap}, hanging, content)
}

// A hang is the layout of beside: its first line is so high.
type hang struct{ line float32 }

// Layout implements fyne.Layout.
func (h hang) Layout(o []fyne.CanvasObject, s fyne.Size) {
	least := o[0].MinSize()
	o[0].Resize(least)
	o[0].Move(fyne.NewPos((gutter()-least.Width)/2, (h.line-least.Height)/2))
	o[1].Resize(fyne.NewSize(s.Width-gutter(), s.Height))
	o[1].Move(fyne.NewPos(gutter(), 0))
}

// MinSize implements fyne.Layout.
func (h hang) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(gutter()+o[1].MinSize().Width, max(h.line, o[1].MinSize().Height))
}

// inset keeps a distance around content.
func inset(top, bottom, left, right float32, content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(top, bottom, left, right), content)
}

// A column keeps text at a readable width: at most widest, left or in the middle.
type column struct {
	widest float32
	middle bool
}

// Layout implements fyne.Layout.
func (c column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(size.Width, c.widest)
	x := float32(0)
	if c.middle {
		x = (size.Width - width) / 2
	}
	for _, o := range objects {
		o.Resize(fyne.NewSize(width, size.Height))
		o.Move(fyne.NewPos(x, 0))
	}
}

// MinSize implements fyne.Layout.
func (c column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var least fyne.Size
	for _, o := range objects {
		least = least.Max(o.MinSize())
	}
	return least
}

// A fold shows or hides content below a line that can be pressed.
func (w *Window) fold(open bool, sign, text string, content func() fyne.CanvasObject, toggle func()) fyne.CanvasObject {
	arrow := "closed"
	if open {
		arrow = "opened"
	}
	var head *press
	head = w.press(pressQuiet, arrow, text, func() {
		had := head.focused
		toggle()
		if had {
			w.refocus(text)
		}
	})
	row := container.NewHBox(head)
	if !open {
		return row
	}
	return stack(0, row, content())
}

// A bar is a thin progress bar, without animation so that waiting costs nothing.
type bar struct {
	widget.BaseWidget
	value  float64 // 0 to 1
	spoken string
}

func newBar() *bar {
	b := &bar{}
	b.ExtendBaseWidget(b)
	return b
}

// set moves the bar.
func (b *bar) set(value float64, spoken string) {
	b.value, b.spoken = value, spoken
	b.Refresh()
}

// AccessibilityLabel implements fyne.Accessible.
func (b *bar) AccessibilityLabel() string { return b.spoken }

// AccessibilityRole implements fyne.Accessible.
func (b *bar) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget.
func (b *bar) CreateRenderer() fyne.WidgetRenderer {
	r := &barRenderer{b: b, track: canvas.NewRectangle(nil), fill: canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

type barRenderer struct {
	b           *bar
	track, fill *canvas.Rectangle
}

func (r *barRenderer) MinSize() fyne.Size { return fyne.NewSize(40, gap) }
func (r *barRenderer) Layout(size fyne.Size) {
	r.track.Resize(size)
	r.fill.Resize(fyne.NewSize(max(size.Height, size.Width*float32(r.b.value)), size.Height))
}
func (r *barRenderer) Refresh() {
	r.track.FillColor, r.track.CornerRadius = colour(colourPanel), gap/2
	r.track.StrokeColor, r.track.StrokeWidth = colour(colourEdge), 1
	r.fill.FillColor, r.fill.CornerRadius = colour(theme.ColorNamePrimary), gap/2
	r.Layout(r.b.Size())
	r.track.Refresh()
	r.fill.Refresh()
}
func (r *barRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.track, r.fill} }
func (r *barRenderer) Destroy()                     {}

// setProse replaces the words of a prose.
func setProse(t *words, text string) {
	segment := t.Segments[0].(*widget.TextSegment)
	if text = shown(text, 4*maxShown); segment.Text != text {
		segment.Text = text
		t.Refresh()
	}
}
