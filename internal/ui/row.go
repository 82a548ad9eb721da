package ui

import (
	"reflect"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A row draws one item of the roster: picture, name, revision and firmware, and the
// verdict as sign, word and colour.
type row struct {
	widget.BaseWidget
	r                *roster
	item             item
	shown            *item     // the roster's own item that was drawn last
	drawn            fyne.Size // and how large
	marked, ringed   bool
	hovered          bool
	fill, mark, ring *canvas.Rectangle
	pic, arrow       *canvas.Image
	title, small     *canvas.Text
	verdict          stamp
}

func newRow(r *roster) *row {
	o := &row{r: r, fill: canvas.NewRectangle(nil), mark: canvas.NewRectangle(nil), ring: canvas.NewRectangle(nil), pic: newImage(), arrow: newImage(),
		title: canvas.NewText("", nil), small: letters("", colourMuted, sizeSmall, fyne.TextStyle{}), verdict: newStamp()}
	o.title.TextStyle.Bold = true
	o.fill.CornerRadius, o.mark.CornerRadius, o.ring.CornerRadius = gap, 2, gap
	o.ExtendBaseWidget(o)
	return o
}

// set gives the row another item or another state, and draws it if that differs.
func (o *row) set(it *item, marked, ringed bool) {
	same := o.shown != nil && (o.shown == it || reflect.DeepEqual(o.item, *it)) && o.marked == marked && o.ringed == ringed && o.drawn == o.Size()
	o.shown = it
	if !same {
		o.item, o.marked, o.ringed = *it, marked, ringed
		o.Refresh()
	}
}

func (o *row) Tapped(*fyne.PointEvent) {
	o.r.quiet = true
	o.r.w.focus(o.r)
	if o.item.kind == itemDevice && o.r.w.tappedTwice(o.item.key) {
		o.r.w.openPage(o.item.key)
		return
	}
	o.r.act(o.item)
}

func (o *row) MouseIn(*desktop.MouseEvent) {
	o.r.hovered, o.hovered = o.item.key, true
	o.Refresh()
}

func (o *row) MouseMoved(*desktop.MouseEvent) {}

func (o *row) MouseOut() {
	if o.r.hovered == o.item.key {
		o.r.hovered = ""
	}
	o.hovered = false
	o.Refresh()
}

func (o *row) AccessibilityLabel() string {
	if o.item.kind != itemDevice {
		return o.item.text
	}
	l := o.item.line
	label := l.Title
	if second := secondLine(l); strings.Contains(second, l.KindName) {
		label += ", " + second
	} else {
		label += ", " + l.KindName + ", " + second
	}
	return shown(label+", "+l.Chip, maxShown)
}

func (o *row) AccessibilityRole() fyne.AccessibleRole {
	if o.item.kind == itemHeading {
		return fyne.AccessibleRoleText
	}
	return fyne.AccessibleRoleButton
}

func (o *row) CreateRenderer() fyne.WidgetRenderer { return renderer{o} }
func (o *row) least() fyne.Size                    { return fyne.NewSize(100, 10) }
func (o *row) objects() []fyne.CanvasObject {
	return append(append([]fyne.CanvasObject{o.fill, o.mark, o.pic, o.title, o.small}, o.verdict.objects()...), o.arrow, o.ring)
}

func (o *row) paint() {
	it := o.item
	isDevice := it.kind == itemDevice
	o.fill.FillColor, o.mark.FillColor = nil, nil
	switch {
	case o.marked && isDevice:
		o.fill.FillColor = colour(theme.ColorNameSelection)
		o.mark.FillColor = colour(chipText(it.verdict))
	case o.hovered && it.kind != itemHeading:
		o.fill.FillColor = colour(theme.ColorNameHover)
	}
	o.ring.FillColor, o.ring.StrokeColor, o.ring.StrokeWidth = nil, nil, 0
	if o.ringed {
		o.ring.StrokeColor, o.ring.StrokeWidth = colour(colourRing), 2
	}
	// What does not show is not painted either.
	o.fill.Hidden, o.mark.Hidden, o.ring.Hidden = o.fill.FillColor == nil, o.mark.FillColor == nil, !o.ringed
	o.pic.Hidden, o.small.Hidden = !isDevice, !isDevice
	o.verdict.hide(!isDevice)
	o.arrow.Hidden = it.kind != itemFold
	if isDevice {
		o.title.TextSize, o.title.Color = size(theme.SizeNameText), colour(theme.ColorNameForeground)
		draw(o.pic, o.r.w.drawings.kind(it.line.Kind, colour(theme.ColorNameForeground), 2*size(theme.SizeNameText)))
		o.verdict.set(o.r.w, it.verdict)
	} else {
		o.title.TextSize, o.title.Color = size(sizeSmall), colour(colourMuted)
		if it.kind == itemFold {
			arrow := "opened"
			if it.folded {
				arrow = "closed"
			}
			draw(o.arrow, o.r.w.drawings.sign(arrow, colour(colourMuted), 1.2*size(sizeSmall)))
		}
	}
	o.lay(o.Size())
	o.drawn = o.Size()
	for _, c := range []fyne.CanvasObject{o.fill, o.mark, o.title, o.small, o.verdict.back, o.verdict.text, o.ring} {
		c.Refresh()
	}
}

func (o *row) lay(s fyne.Size) {
	it := o.item
	if s.Width <= 0 {
		return
	}
	place(o.fill, gap, 1, s.Width-2*gap, s.Height-2)
	place(o.ring, gap, 1, s.Width-2*gap, s.Height-2)
	place(o.mark, gap+3, gap, 4, s.Height-2*gap)
	text, small := size(theme.SizeNameText), size(sizeSmall)
	if it.kind != itemDevice {
		x := float32(2 * gap)
		if it.kind == itemFold {
			place(o.arrow, x, s.Height-small*1.3-gap, small*1.2, small*1.2)
			x += small*1.2 + 6
		}
		write(o.title, fit(o.r.w.text("window.group", it.text, it.count), s.Width-x-2*gap, small, true), x, s.Height-small*1.4-gap)
		return
	}
	side := text * 2
	place(o.pic, 2*gap+4, 1.5*gap, side, side)
	left := 2*gap + 4 + side + gap*1.25
	right := s.Width - 2*gap
	y := float32(gap * 1.25)

	titleRight, stampAt := right, fyne.NewPos(left, y+text*1.4+small*1.4+4)
	if !o.r.compact {
		width := stampSize(it.line.Chip).Width
		titleRight, stampAt = right-width-gap, fyne.NewPos(right-width, y-2)
	}
	o.verdict.place(it.line.Chip, stampAt, right-left)
	title := fit(it.line.Title, titleRight-left, text, true)
	if title != it.line.Title {
		title = fit(shortTitle(it.line), titleRight-left, text, true)
	}
	write(o.title, title, left, y)
	write(o.small, fit(secondLine(it.line), right-left, small, false), left, y+text*1.4+2)
}
