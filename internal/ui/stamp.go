package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"houdbaar/internal/lifecycle"
)

// A stamp is a verdict as sign, words and colour in a row of a list, which paints it
// itself: a row is one widget, and is used again for another item. Elsewhere a verdict
// is a chip.
type stamp struct {
	back *canvas.Rectangle
	sign *canvas.Image
	text *canvas.Text
}

func newStamp() stamp {
	s := stamp{canvas.NewRectangle(nil), newImage(), canvas.NewText("", nil)}
	s.back.StrokeWidth, s.back.CornerRadius = 1, 6
	s.text.TextSize, s.text.TextStyle.Bold = size(sizeSmall), true
	return s
}

func (s stamp) objects() []fyne.CanvasObject { return []fyne.CanvasObject{s.back, s.sign, s.text} }

// hide shows or hides the stamp.
func (s stamp) hide(hidden bool) {
	s.back.Hidden, s.sign.Hidden, s.text.Hidden = hidden, hidden, hidden
}

// set gives the stamp the sign and the colours of a verdict.
func (s stamp) set(w *Window, v lifecycle.VerdictKind) {
	ink := colour(chipText(v))
	s.back.FillColor, s.back.StrokeColor, s.text.Color = colour(chipFill(v)), colour(chipEdge(v)), ink
	draw(s.sign, w.drawings.verdict(v, ink, stampSign()))
}

// stampSign is the side of the sign.
func stampSign() float32 { return size(sizeSmall) * 1.1 }

// stampSize is how large a stamp with these words is.
func stampSize(words string) fyne.Size {
	small := size(sizeSmall)
	return fyne.NewSize(fyne.MeasureText(words, small, fyne.TextStyle{Bold: true}).Width+stampSign()+6+2*gap, small*1.4+6)
}

// place lays the stamp out. Words that do not fit in the width are cut.
func (s stamp) place(words string, at fyne.Position, width float32) {
	least, side := stampSize(words), stampSign()
	if least.Width > width {
		words = fit(words, width-side-6-2*gap, size(sizeSmall), true)
		least.Width = width
	}
	place(s.back, at.X, at.Y, least.Width, least.Height)
	place(s.sign, at.X+gap, at.Y+(least.Height-side)/2, side, side)
	s.text.Text = words
	write(s.text, words, at.X+gap+side+6, at.Y+(least.Height-s.text.MinSize().Height)/2)
}
