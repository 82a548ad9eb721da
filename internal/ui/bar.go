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
	fill := canvas.NewRectangle(colour(theme.ColorNamePrimary))
	fill.CornerRadius = gap / 2
	return &barRenderer{b, box(colourPanel, colourEdge, 1, gap/2), fill}
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

func (r *barRenderer) Refresh()                     { r.Layout(r.b.Size()) }
func (r *barRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.track, r.fill} }
func (r *barRenderer) Destroy()                     {}
