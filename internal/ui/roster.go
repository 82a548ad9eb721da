package ui

import (
	"reflect"
	"sort"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"houdbaar/internal/lifecycle"
)

// A roster is the list of devices. It draws only the rows in sight, so a thousand
// devices cost as much as ten, and it keeps the row under the pointer where it is
// when others come in above it. It is one stop for the keyboard, like a list box.
type roster struct {
	widget.BaseWidget
	w     *Window
	items []item
	tops  []float32 // where each item begins; one more for the end

	scroll *container.Scroll
	body   *rosterBody
	rows   map[string]*row // in sight, by key
	spare  []*row

	focused bool
	quiet   bool   // it has the keyboard because of the mouse: no ring
	hovered string // key of the item under the pointer
	compact bool   // the chip stands below the title
	size    fyne.Size

	chosen func(id string)                  // a device was selected
	opened func(id string)                  // a device was opened with Enter or a tap
	folded func(v lifecycle.VerdictKind)    // a folding heading was pressed
	page   func(id string)                  // a device was double-clicked
	marked func() (id string, reading bool) // what is selected
}

var (
	_ fyne.Focusable  = (*roster)(nil)
	_ fyne.Accessible = (*roster)(nil)
)

func (w *Window) roster() *roster {
	r := &roster{w: w, rows: map[string]*row{}}
	r.body = &rosterBody{r: r}
	r.body.ExtendBaseWidget(r.body)
	r.scroll = container.NewVScroll(r.body)
	r.scroll.OnScrolled = func(fyne.Position) { r.draw() }
	r.ExtendBaseWidget(r)
	return r
}

// heights of a heading and of a device's row for the text size in use.
func (r *roster) heights() (head, device float32) {
	text, small := size(theme.SizeNameText), size(sizeSmall)
	line := func(s float32) float32 { return s * 1.4 }
	head = line(small) + 2.5*gap
	device = line(text) + line(small) + 3*gap
	if r.compact {
		device += line(small) + 1.5*gap
	}
	return head, device
}

// set replaces the items and keeps what the person looks at in its place.
func (r *roster) set(items []item) {
	anchor, at := r.anchor()
	r.items = items
	r.measure()
	r.body.Refresh()
	if anchor != "" {
		if now, ok := r.top(anchor); ok {
			r.scroll.Offset.Y = max(0, min(now-at, r.height()-r.scroll.Size().Height))
		}
	}
	r.scroll.Offset.Y = max(0, min(r.scroll.Offset.Y, r.height()-r.scroll.Size().Height))
	r.scroll.Refresh()
	r.draw()
}

// anchor returns the item that must not move and where it is on the screen: the one
// under the pointer, else the selected one if in sight, else the first in sight. At
// the very top nothing is held, so that what is most urgent stays in view.
func (r *roster) anchor() (key string, at float32) {
	if top, ok := r.top(r.hovered); ok && r.hovered != "" {
		return r.hovered, top - r.scroll.Offset.Y
	}
	if r.scroll.Offset.Y <= 0 {
		return "", 0
	}
	if id, _ := r.marked(); id != "" {
		if top, ok := r.top(id); ok && top >= r.scroll.Offset.Y && top < r.scroll.Offset.Y+r.scroll.Size().Height {
			return id, top - r.scroll.Offset.Y
		}
	}
	for i, it := range r.items {
		if r.tops[i] >= r.scroll.Offset.Y {
			return it.key, r.tops[i] - r.scroll.Offset.Y
		}
	}
	return "", 0
}

// measure lays the items out from top to bottom.
func (r *roster) measure() {
	head, device := r.heights()
	r.tops = make([]float32, len(r.items)+1)
	y := float32(0)
	for i, it := range r.items {
		r.tops[i] = y
		if it.kind == itemDevice {
			y += device
		} else {
			y += head
		}
	}
	r.tops[len(r.items)] = y
}

func (r *roster) height() float32 {
	if len(r.tops) == 0 {
		return 0
	}
	return r.tops[len(r.tops)-1]
}

func (r *roster) top(key string) (float32, bool) {
	if i := r.index(key); i >= 0 && i < len(r.tops) {
		return r.tops[i], true
	}
	return 0, false
}

func (r *roster) index(key string) int {
	for i, it := range r.items {
		if it.key == key && key != "" {
			return i
		}
	}
	return -1
}

// draw shows the rows in sight and hides the rest. Rows that were there and say the same
// are left as they are: that is nearly all of them while the list scrolls.
func (r *roster) draw() {
	top, bottom := r.scroll.Offset.Y, r.scroll.Offset.Y+r.scroll.Size().Height
	from := sort.Search(len(r.items), func(i int) bool { return r.tops[i+1] >= top })
	to, inSight := from, map[string]bool{}
	for ; to < len(r.items) && r.tops[to] <= bottom; to++ {
		inSight[r.items[to].key] = true
	}
	for key, one := range r.rows {
		if !inSight[key] {
			one.Hide()
			r.spare = append(r.spare, one)
			delete(r.rows, key)
		}
	}
	marked, _ := r.marked()
	width := r.body.Size().Width
	for i := from; i < to; i++ {
		it := &r.items[i]
		one := r.rows[it.key]
		if one == nil {
			if n := len(r.spare); n > 0 {
				one, r.spare = r.spare[n-1], r.spare[:n-1]
			} else {
				one = newRow(r)
				r.body.objects = append(r.body.objects, one)
			}
			one.hovered, one.shown = false, nil
			r.rows[it.key] = one
			one.Show()
		}
		if at := fyne.NewPos(0, r.tops[i]); one.Position() != at {
			one.Move(at)
		}
		one.Resize(fyne.NewSize(width, r.tops[i+1]-r.tops[i]))
		one.set(it, marked == it.key, r.focused && !r.quiet && r.cursor() == it.key)
	}
	canvas.Refresh(r.body)
}

// cursor is the item the keyboard is on: the selected device or a fold.
func (r *roster) cursor() string {
	if r.w.onFold != "" {
		return r.w.onFold
	}
	id, _ := r.marked()
	return id
}

// reveal scrolls an item into view.
func (r *roster) reveal(key string) {
	i := r.index(key)
	if i < 0 {
		return
	}
	top, bottom := r.tops[i], r.tops[i+1]
	if i == 1 {
		top = 0
	}
	switch view := r.scroll.Size().Height; {
	case top < r.scroll.Offset.Y:
		r.scroll.Offset.Y = top
	case bottom > r.scroll.Offset.Y+view:
		r.scroll.Offset.Y = bottom - view
	}
	r.scroll.Refresh()
	r.draw()
}

// step moves the keyboard by n items, over headings that do nothing.
func (r *roster) step(n int) {
	at := r.index(r.cursor())
	way := 1
	if n < 0 {
		way = -1
	}
	if at < 0 {
		at, way = -1, 1
		n = 1
	}
	goal := max(0, min(at+n, len(r.items)-1))
	for goal >= 0 && goal < len(r.items) && r.items[goal].kind == itemHeading {
		if goal == 0 {
			way = 1 // above the first heading there is nothing
		}
		goal += way
	}
	if goal < 0 || goal >= len(r.items) {
		return
	}
	it := r.items[goal]
	if it.kind == itemFold {
		r.w.onFold = it.key
		r.reveal(it.key)
		return
	}
	r.w.onFold = ""
	r.chosen(it.key)
	r.reveal(it.key)
}

// Tapped on the empty part of the list gives it the keyboard.
func (r *roster) Tapped(*fyne.PointEvent) { r.w.focus(r) }

// FocusGained implements fyne.Focusable.
func (r *roster) FocusGained() {
	r.focused = true
	if r.cursor() == "" {
		r.step(1)
	}
	r.draw()
}

// FocusLost implements fyne.Focusable.
func (r *roster) FocusLost() { r.focused, r.quiet, r.w.onFold = false, false, ""; r.draw() }

// TypedRune implements fyne.Focusable.
func (r *roster) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (r *roster) TypedKey(e *fyne.KeyEvent) {
	r.quiet = false
	_, device := r.heights()
	page := max(1, int(r.scroll.Size().Height/device)-1)
	switch e.Name {
	case fyne.KeyDown:
		r.step(1)
	case fyne.KeyUp:
		r.step(-1)
	case fyne.KeyPageDown:
		r.step(page)
	case fyne.KeyPageUp:
		r.step(-page)
	case fyne.KeyHome:
		r.step(-len(r.items))
	case fyne.KeyEnd:
		r.step(len(r.items))
	case fyne.KeyRight:
		r.w.win.Canvas().FocusNext() // into the device
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if i := r.index(r.cursor()); i >= 0 {
			r.act(r.items[i])
		}
	default:
		r.w.typedKey(e)
	}
}

// act opens a device or turns a fold.
func (r *roster) act(it item) {
	switch it.kind {
	case itemDevice:
		r.w.onFold = ""
		r.opened(it.key)
	case itemFold:
		r.folded(it.verdict)
	}
}

// AccessibilityLabel implements fyne.Accessible.
func (r *roster) AccessibilityLabel() string { return r.w.text("window.devices") }

// AccessibilityRole implements fyne.Accessible.
func (r *roster) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer implements fyne.Widget.
func (r *roster) CreateRenderer() fyne.WidgetRenderer { return &rosterRenderer{r} }

type rosterRenderer struct{ r *roster }

func (x *rosterRenderer) MinSize() fyne.Size { return fyne.NewSize(200, 80) }
func (x *rosterRenderer) Layout(s fyne.Size) {
	r := x.r
	r.size = s
	r.compact = s.Width < size(theme.SizeNameText)*25
	r.measure()
	r.scroll.Resize(s)
	r.draw()
}
func (x *rosterRenderer) Refresh() {
	x.Layout(x.r.Size())
	for _, one := range x.r.rows {
		one.Refresh()
	}
}
func (x *rosterRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{x.r.scroll} }
func (x *rosterRenderer) Destroy()                     {}

// A rosterBody is the long sheet that scrolls.
type rosterBody struct {
	widget.BaseWidget
	r       *roster
	objects []fyne.CanvasObject
}

// CreateRenderer implements fyne.Widget.
func (b *rosterBody) CreateRenderer() fyne.WidgetRenderer { return &rosterBodyRenderer{b} }

type rosterBodyRenderer struct{ b *rosterBody }

func (x *rosterBodyRenderer) MinSize() fyne.Size { return fyne.NewSize(100, x.b.r.height()) }
func (x *rosterBodyRenderer) Layout(fyne.Size)   { x.b.r.draw() }
func (x *rosterBodyRenderer) Refresh()           {}
func (x *rosterBodyRenderer) Objects() []fyne.CanvasObject {
	return x.b.objects
}
func (x *rosterBodyRenderer) Destroy() {}

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
	pic, sign, arrow *canvas.Image
	title, small     *canvas.Text
	chipBack         *canvas.Rectangle
	chipText         *canvas.Text
}

var (
	_ fyne.Tappable     = (*row)(nil)
	_ desktop.Hoverable = (*row)(nil)
	_ fyne.Accessible   = (*row)(nil)
)

func newRow(r *roster) *row {
	image := func() *canvas.Image { return &canvas.Image{FillMode: canvas.ImageFillContain} }
	o := &row{r: r, fill: canvas.NewRectangle(nil), mark: canvas.NewRectangle(nil), ring: canvas.NewRectangle(nil),
		pic: image(), sign: image(), arrow: image(), title: canvas.NewText("", nil), small: canvas.NewText("", nil),
		chipBack: canvas.NewRectangle(nil), chipText: canvas.NewText("", nil)}
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

// Tapped implements fyne.Tappable.
func (o *row) Tapped(*fyne.PointEvent) {
	o.r.quiet = true
	o.r.w.focus(o.r)
	if o.item.kind == itemDevice && o.r.w.tappedTwice(o.item.key) {
		o.r.page(o.item.key)
		return
	}
	o.r.act(o.item)
}

// MouseIn implements desktop.Hoverable.
func (o *row) MouseIn(*desktop.MouseEvent) {
	o.r.hovered, o.hovered = o.item.key, true
	o.Refresh()
}

// MouseMoved implements desktop.Hoverable.
func (o *row) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (o *row) MouseOut() {
	if o.r.hovered == o.item.key {
		o.r.hovered = ""
	}
	o.hovered = false
	o.Refresh()
}

// AccessibilityLabel implements fyne.Accessible.
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

// AccessibilityRole implements fyne.Accessible.
func (o *row) AccessibilityRole() fyne.AccessibleRole {
	if o.item.kind == itemHeading {
		return fyne.AccessibleRoleText
	}
	return fyne.AccessibleRoleButton
}

// CreateRenderer implements fyne.Widget.
func (o *row) CreateRenderer() fyne.WidgetRenderer { return &rowRenderer{o} }

type rowRenderer struct{ o *row }

func (x *rowRenderer) MinSize() fyne.Size { return fyne.NewSize(100, 10) }
func (x *rowRenderer) Destroy()           {}
func (x *rowRenderer) Objects() []fyne.CanvasObject {
	o := x.o
	return []fyne.CanvasObject{o.fill, o.mark, o.pic, o.title, o.small, o.chipBack, o.sign, o.chipText, o.arrow, o.ring}
}

// Refresh takes words and colours from the item and lays them out.
func (x *rowRenderer) Refresh() {
	o, it := x.o, x.o.item
	isDevice := it.kind == itemDevice
	o.title.TextStyle.Bold, o.chipText.TextStyle.Bold = true, true
	o.title.TextSize, o.small.TextSize, o.chipText.TextSize = size(theme.SizeNameText), size(sizeSmall), size(sizeSmall)
	o.title.Color, o.small.Color = colour(theme.ColorNameForeground), colour(colourMuted)
	o.fill.CornerRadius, o.mark.CornerRadius, o.ring.CornerRadius, o.chipBack.CornerRadius = gap, 2, gap, 6
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
	o.pic.Hidden, o.small.Hidden, o.chipBack.Hidden, o.sign.Hidden, o.chipText.Hidden = !isDevice, !isDevice, !isDevice, !isDevice, !isDevice
	o.arrow.Hidden = it.kind != itemFold
	if isDevice {
		ink := colour(chipText(it.verdict))
		draw(o.pic, o.r.w.drawings.kind(it.line.Kind, colour(theme.ColorNameForeground), 2*size(theme.SizeNameText)))
		draw(o.sign, o.r.w.drawings.verdict(it.verdict, ink, 1.1*size(sizeSmall)))
		o.chipText.Color = ink
		o.chipBack.FillColor, o.chipBack.StrokeColor, o.chipBack.StrokeWidth = colour(chipFill(it.verdict)), colour(chipEdge(it.verdict)), 1
	} else {
		o.title.TextSize = size(sizeSmall)
		o.title.Color = colour(colourMuted)
		if it.kind == itemFold {
			arrow := "opened"
			if it.folded {
				arrow = "closed"
			}
			draw(o.arrow, o.r.w.drawings.sign(arrow, colour(colourMuted), 1.2*size(sizeSmall)))
		}
	}
	x.Layout(o.Size())
	o.drawn = o.Size()
	for _, c := range []fyne.CanvasObject{o.fill, o.mark, o.title, o.small, o.chipBack, o.chipText, o.ring} {
		c.Refresh()
	}
}

// draw gives an image a drawing; refreshing an image reads its drawing again, and rows
// share a few.
func draw(img *canvas.Image, res fyne.Resource) {
	if img.Resource != res {
		img.Resource = res
		img.Refresh()
	}
}

// Layout implements fyne.WidgetRenderer.
func (x *rowRenderer) Layout(s fyne.Size) {
	o, it := x.o, x.o.item
	if s.Width <= 0 {
		return
	}
	inner := fyne.NewSize(s.Width-2*gap, s.Height-2)
	for _, rect := range []*canvas.Rectangle{o.fill, o.ring} {
		rect.Move(fyne.NewPos(gap, 1))
		rect.Resize(inner)
	}
	o.mark.Move(fyne.NewPos(gap+3, gap))
	o.mark.Resize(fyne.NewSize(4, s.Height-2*gap))
	text, small := size(theme.SizeNameText), size(sizeSmall)
	if it.kind != itemDevice {
		x := float32(2 * gap)
		if it.kind == itemFold {
			o.arrow.Resize(fyne.NewSquareSize(small * 1.2))
			o.arrow.Move(fyne.NewPos(x, s.Height-small*1.3-gap))
			x += small*1.2 + 6
		}
		o.title.Text = o.r.w.fit(o.r.w.groupText(it), s.Width-x-2*gap, small, true)
		o.title.Move(fyne.NewPos(x, s.Height-small*1.4-gap))
		o.title.Resize(o.title.MinSize())
		return
	}
	side := text * 2
	o.pic.Resize(fyne.NewSquareSize(side))
	o.pic.Move(fyne.NewPos(2*gap+4, 1.5*gap))
	left := 2*gap + 4 + side + gap*1.25
	right := s.Width - 2*gap
	y := float32(gap * 1.25)

	word := it.line.Chip
	sign := small * 1.1
	chip := fyne.NewSize(fyne.MeasureText(word, small, o.chipText.TextStyle).Width+sign+6+2*gap, small*1.4+6)
	titleRight := right
	chipAt := fyne.NewPos(right-chip.Width, y-2)
	if o.r.compact {
		chipAt = fyne.NewPos(left, y+text*1.4+small*1.4+4)
		if chip.Width > right-left {
			chip.Width = right - left
			word = o.r.w.fit(word, chip.Width-sign-6-2*gap, small, true)
		}
	} else {
		titleRight = right - chip.Width - gap
	}
	o.chipBack.Move(chipAt)
	o.chipBack.Resize(chip)
	o.sign.Resize(fyne.NewSquareSize(sign))
	o.sign.Move(chipAt.AddXY(gap, (chip.Height-sign)/2))
	o.chipText.Text = word
	least := o.chipText.MinSize()
	o.chipText.Resize(least)
	o.chipText.Move(chipAt.AddXY(gap+sign+6, (chip.Height-least.Height)/2))

	o.title.Text = o.r.w.fit(it.line.Title, titleRight-left, text, true)
	o.title.Move(fyne.NewPos(left, y))
	o.title.Resize(o.title.MinSize())
	o.small.Text = o.r.w.fit(secondLine(it.line), right-left, small, false)
	o.small.Move(fyne.NewPos(left, y+text*1.4+2))
	o.small.Resize(o.small.MinSize())
}
