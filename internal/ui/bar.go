package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

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
