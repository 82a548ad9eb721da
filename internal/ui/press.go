package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"houdbaar/internal/device"
)

// A pressStyle is how loud a button is.
type pressStyle uint8

// The styles: one primary button a screen, plain ones beside it, quiet ones among
// text, the one large button of the home screen, rows to choose from, and one of a set
// of which one is on.
const (
	pressPlain pressStyle = iota
	pressPrimary
	pressQuiet
	pressLarge
	pressRow
	pressChoice
)

// A press is a button with a sign, a word and a ring when it has the keyboard.
type press struct {
	widget.DisableableWidget
	text   string
	spoken string // for a screen reader, where text alone does not say it
	sign   string // "copy", or "kind-router" for a picture of a kind; "" = none
	style  pressStyle
	tapped func()

	w                *Window
	hovered, focused bool
}

var (
	_ fyne.Focusable     = (*press)(nil)
	_ fyne.Tappable      = (*press)(nil)
	_ fyne.Accessible    = (*press)(nil)
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
	if !b.Disabled() && b.tapped != nil {
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
	if b.Disabled() {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// SetText changes the word.
func (b *press) SetText(text string) { b.text = text; b.Refresh() }

// AccessibilityLabel implements fyne.Accessible.
func (b *press) AccessibilityLabel() string {
	switch {
	case b.spoken != "":
		return b.spoken
	case b.style == pressChoice && b.sign == "chosen":
		return b.w.text("window.ticked", b.text)
	case b.style == pressChoice:
		return b.w.text("window.unticked", b.text)
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

// loud tells whether the button is filled with the primary colour.
func (b *press) loud() bool { return b.style == pressPrimary || b.style == pressLarge }

// sizes returns the text size, the sign's side and the room around them.
func (r *pressRenderer) sizes() (text, sign, padX, padY float32) {
	th := r.b.Theme()
	text, sign = th.Size(theme.SizeNameText), th.Size(theme.SizeNameInlineIcon)
	switch r.b.style {
	case pressLarge:
		return th.Size(theme.SizeNameHeadingText), sign * 1.5, 40, 16
	case pressQuiet:
		return text, sign * 0.9, gap, 6
	case pressChoice:
		return text, sign, gap / 2, 6
	case pressRow:
		return text, text * 2, 14, 10
	}
	return text, sign, 14, 8
}

// wide is how wide sign and word are together.
func (r *pressRenderer) wide() float32 {
	text, sign, _, _ := r.sizes()
	word := fyne.MeasureText(r.b.text, text, r.text.TextStyle).Width
	switch {
	case r.b.sign == "":
		return word
	case r.b.text == "":
		return sign
	}
	return sign + gap + word
}

func (r *pressRenderer) MinSize() fyne.Size {
	text, sign, padX, padY := r.sizes()
	if r.b.text == "" {
		padX = padY
	}
	high := max(fyne.MeasureText("Ag", text, r.text.TextStyle).Height, sign)
	return fyne.NewSize(r.wide()+2*padX, high+2*padY)
}

func (r *pressRenderer) Layout(size fyne.Size) {
	_, sign, padX, _ := r.sizes()
	r.fill.Resize(size)
	r.veil.Resize(size)
	in := float32(1)
	if r.b.focused && r.b.loud() {
		in = 3
	}
	place(r.ring, in, in, size.Width-2*in, size.Height-2*in)
	x := (size.Width - r.wide()) / 2
	if r.b.style == pressRow {
		x = padX
	}
	if r.b.sign != "" {
		place(r.sign, x, (size.Height-sign)/2, sign, sign)
		x += sign + gap
	}
	var text fyne.Size
	if r.b.text != "" {
		text = r.text.MinSize()
	}
	place(r.text, x, (size.Height-text.Height)/2, text.Width, text.Height)
}

func (r *pressRenderer) Refresh() {
	b := r.b
	ink, fill, edge := colour(theme.ColorNameForeground), colour(colourPanel), colour(colourEdge)
	switch b.style {
	case pressPrimary, pressLarge:
		ink, fill, edge = colour(theme.ColorNameForegroundOnPrimary), colour(theme.ColorNamePrimary), colour(theme.ColorNamePrimary)
	case pressQuiet:
		ink, fill, edge = colour(theme.ColorNameHyperlink), nil, nil
	case pressChoice:
		fill, edge = nil, nil
	}
	if b.Disabled() {
		ink, fill, edge = colour(theme.ColorNameDisabled), colour(colourPanel), colour(colourEdge)
	}
	size, side, _, _ := r.sizes()
	radius := float32(gap)
	if b.style == pressLarge {
		radius = 12
	}
	r.fill.FillColor, r.fill.StrokeColor, r.fill.StrokeWidth, r.fill.CornerRadius = fill, edge, 1, radius
	r.veil.FillColor, r.veil.CornerRadius = nil, radius
	if b.hovered && !b.Disabled() {
		r.veil.FillColor = colour(theme.ColorNameHover)
		if b.loud() {
			r.veil.FillColor = colour(theme.ColorNamePressed)
		}
	}
	r.ring.FillColor, r.ring.CornerRadius, r.ring.StrokeWidth, r.ring.StrokeColor = nil, radius-1, 0, nil
	if b.focused {
		r.ring.StrokeWidth, r.ring.StrokeColor = 2, colour(colourRing)
		if b.loud() {
			r.ring.StrokeColor = ink
		}
	}
	r.text.Text, r.text.Color, r.text.TextSize = b.text, ink, size
	r.text.TextStyle = fyne.TextStyle{Bold: b.style != pressQuiet && b.style != pressChoice}
	r.text.TextStyle.Underline = b.style == pressQuiet && b.w.look == lookHighContrast // there no colour tells it from text
	r.sign.Hidden = b.sign == ""
	if kind, ok := strings.CutPrefix(b.sign, "kind-"); ok {
		r.sign.Resource = b.w.drawings.kind(device.Kind(kind), ink, side)
	} else if b.sign != "" {
		if b.sign == "chosen" {
			ink = colour(theme.ColorNamePrimary)
		}
		r.sign.Resource = b.w.drawings.sign(b.sign, ink, side)
	}
	r.Layout(b.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *pressRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.fill, r.veil, r.sign, r.text, r.ring}
}

func (r *pressRenderer) Destroy() {}
