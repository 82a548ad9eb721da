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
	value       float64 // 0 to 1
	spoken      string
	track, fill *canvas.Rectangle
}

func newBar() *bar {
	b := &bar{track: box(colourPanel, colourEdge, 1, gap/2), fill: canvas.NewRectangle(colour(theme.ColorNamePrimary))}
	b.fill.CornerRadius = gap / 2
	b.ExtendBaseWidget(b)
	return b
}

// set moves the bar.
func (b *bar) set(value float64, spoken string) {
	b.value, b.spoken = value, spoken
	b.Refresh()
}

func (b *bar) AccessibilityLabel() string             { return b.spoken }
func (b *bar) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
func (b *bar) CreateRenderer() fyne.WidgetRenderer    { return renderer{b} }
func (b *bar) least() fyne.Size                       { return fyne.NewSize(40, gap) }
func (b *bar) paint()                                 { b.lay(b.Size()) }
func (b *bar) objects() []fyne.CanvasObject           { return []fyne.CanvasObject{b.track, b.fill} }
func (b *bar) lay(size fyne.Size) {
	b.track.Resize(size)
	b.fill.Resize(fyne.NewSize(max(size.Height, size.Width*float32(b.value)), size.Height))
}
