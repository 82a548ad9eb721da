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
	fill, veil, ring *canvas.Rectangle
	picture          *canvas.Image
	word             *canvas.Text
}

func (w *Window) press(style pressStyle, sign, text string, tapped func()) *press {
	b := &press{text: text, sign: sign, style: style, tapped: tapped, w: w}
	b.ExtendBaseWidget(b)
	return b
}

func (b *press) Tapped(*fyne.PointEvent) {
	if !b.Disabled() && b.tapped != nil {
		b.tapped()
	}
}

func (b *press) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		b.Tapped(nil)
	default:
		b.w.typedKey(e)
	}
}

func (b *press) TypedRune(rune)                 {}
func (b *press) FocusGained()                   { b.focused = true; b.Refresh(); b.w.reveal(b) }
func (b *press) FocusLost()                     { b.focused = false; b.Refresh() }
func (b *press) MouseIn(*desktop.MouseEvent)    { b.hovered = true; b.Refresh() }
func (b *press) MouseMoved(*desktop.MouseEvent) {}
func (b *press) MouseOut()                      { b.hovered = false; b.Refresh() }

func (b *press) Cursor() desktop.Cursor {
	if b.Disabled() {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// SetText changes the word.
func (b *press) SetText(text string) { b.text = text; b.Refresh() }

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

func (b *press) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (b *press) CreateRenderer() fyne.WidgetRenderer {
	b.fill, b.veil, b.ring = canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	b.picture, b.word = newImage(), canvas.NewText("", nil)
	b.paint()
	return renderer{b}
}

// loud tells whether the button is filled with the primary colour.
func (b *press) loud() bool { return b.style == pressPrimary || b.style == pressLarge }

// sizes returns the text size, the sign's side and the room around them.
func (b *press) sizes() (text, sign, padX, padY float32) {
	th := b.Theme()
	text, sign = th.Size(theme.SizeNameText), th.Size(theme.SizeNameInlineIcon)
	switch b.style {
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
func (b *press) wide() float32 {
	text, sign, _, _ := b.sizes()
	word := fyne.MeasureText(b.text, text, b.word.TextStyle).Width
	switch {
	case b.sign == "":
		return word
	case b.text == "":
		return sign
	}
	return sign + gap + word
}

func (b *press) least() fyne.Size {
	text, sign, padX, padY := b.sizes()
	if b.text == "" {
		padX = padY
	}
	high := max(fyne.MeasureText("Ag", text, b.word.TextStyle).Height, sign)
	return fyne.NewSize(b.wide()+2*padX, high+2*padY)
}

func (b *press) lay(size fyne.Size) {
	_, sign, padX, _ := b.sizes()
	b.fill.Resize(size)
	b.veil.Resize(size)
	in := float32(1)
	if b.focused && b.loud() {
		in = 3
	}
	place(b.ring, in, in, size.Width-2*in, size.Height-2*in)
	x := (size.Width - b.wide()) / 2
	if b.style == pressRow {
		x = padX
	}
	if b.sign != "" {
		place(b.picture, x, (size.Height-sign)/2, sign, sign)
		x += sign + gap
	}
	var text fyne.Size
	if b.text != "" {
		text = b.word.MinSize()
	}
	place(b.word, x, (size.Height-text.Height)/2, text.Width, text.Height)
}

func (b *press) paint() {
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
	size, side, _, _ := b.sizes()
	radius := float32(gap)
	if b.style == pressLarge {
		radius = 12
	}
	b.fill.FillColor, b.fill.StrokeColor, b.fill.StrokeWidth, b.fill.CornerRadius = fill, edge, 1, radius
	b.veil.FillColor, b.veil.CornerRadius = nil, radius
	if b.hovered && !b.Disabled() {
		b.veil.FillColor = colour(theme.ColorNameHover)
		if b.loud() {
			b.veil.FillColor = colour(theme.ColorNamePressed)
		}
	}
	b.ring.FillColor, b.ring.CornerRadius, b.ring.StrokeWidth, b.ring.StrokeColor = nil, radius-1, 0, nil
	if b.focused {
		b.ring.StrokeWidth, b.ring.StrokeColor = 2, colour(colourRing)
		if b.loud() {
			b.ring.StrokeColor = ink
		}
	}
	b.word.Text, b.word.Color, b.word.TextSize = b.text, ink, size
	b.word.TextStyle = fyne.TextStyle{Bold: b.style != pressQuiet && b.style != pressChoice}
	b.word.TextStyle.Underline = b.style == pressQuiet && b.w.look == lookHighContrast // there no colour tells it from text
	b.picture.Hidden = b.sign == ""
	if kind, ok := strings.CutPrefix(b.sign, "kind-"); ok {
		b.picture.Resource = b.w.drawings.kind(device.Kind(kind), ink, side)
	} else if b.sign != "" {
		if b.sign == "chosen" {
			ink = colour(theme.ColorNamePrimary)
		}
		b.picture.Resource = b.w.drawings.sign(b.sign, ink, side)
	}
	b.lay(b.Size())
	for _, o := range b.objects() {
		o.Refresh()
	}
}

func (b *press) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{b.fill, b.veil, b.picture, b.word, b.ring}
}
