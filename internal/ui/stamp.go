package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"houdbaar/internal/history"
	"houdbaar/internal/lifecycle"
)

// newImage makes a drawing that a widget paints itself.
func newImage() *canvas.Image { return &canvas.Image{FillMode: canvas.ImageFillContain} }

// draw gives an image a drawing; refreshing an image reads its drawing again, and rows
// share a few.
func draw(img *canvas.Image, res fyne.Resource) {
	if img.Resource != res {
		img.Resource = res
		img.Refresh()
	}
}

// write stands words somewhere, as large as they are.
func write(t *canvas.Text, words string, x, y float32) {
	t.Text = words
	t.Move(fyne.NewPos(x, y))
	t.Resize(t.MinSize())
}

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

// An outcome is what a scan came to: whether the router was missed, and how many devices
// have which verdict, in words, the most urgent first.
type outcome []verdictCount

// A verdictCount is a verdict and, in words, how many devices have it.
type verdictCount struct {
	kind lifecycle.VerdictKind
	text string
}

// outcome puts what a scan came to into words. What is not judged counts only where
// there is nothing else.
func (w *Window) outcome(s history.ScanInfo) outcome {
	var out outcome
	if s.NoRouter {
		out = append(out, verdictCount{lifecycle.CannotTell, w.text("outcome.no_router")})
	}
	for _, kind := range lifecycle.Urgency {
		n := s.Counts[kind]
		if n == 0 || kind == lifecycle.OtherDevice && len(out) > 0 {
			continue
		}
		out = append(out, verdictCount{kind, w.text("window.group", w.text("group."+kind.String()), n)})
	}
	return out
}

// lay returns where each verdict of an outcome stands in a room of a width, and how high
// all of them are: side by side, and below each other where the room ends.
func (o outcome) lay(width float32) (at []fyne.Position, high float32) {
	const apart = gap / 2
	x, y := float32(0), float32(0)
	for _, one := range o {
		s := stampSize(one.text)
		if x > 0 && x+s.Width > width {
			x, y = 0, y+s.Height+apart
		}
		at = append(at, fyne.NewPos(x, y))
		x += s.Width + apart
		high = y + s.Height
	}
	return at, high
}
