package ui

import (
	"slices"
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A roster is the list of devices. It draws only the rows in sight, so a thousand
// devices cost as much as ten, and it keeps the row under the pointer where it is
// when others come in above it. It is one stop for the keyboard, like a list box.
type roster struct {
	widget.BaseWidget
	w     *Window
	on    *results // whose list it is
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
}

func newRoster(on *results) *roster {
	r := &roster{w: on.w, on: on, rows: map[string]*row{}}
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
	if now, ok := r.top(anchor); ok {
		r.scroll.Offset.Y = now - at
	}
	r.scroll.Offset.Y = max(0, min(r.scroll.Offset.Y, r.height()-r.scroll.Size().Height))
	r.scroll.Refresh()
	r.draw()
}

// anchor returns the item that must not move and where it is on the screen: the one
// under the pointer, else the selected one if in sight, else the first in sight. At
// the very top nothing is held, so that what is most urgent stays in view.
func (r *roster) anchor() (key string, at float32) {
	from, selected := r.scroll.Offset.Y, r.w.model.selected
	if top, ok := r.top(r.hovered); ok {
		return r.hovered, top - from
	}
	if from <= 0 {
		return "", 0
	}
	if top, ok := r.top(selected); ok && top >= from && top < from+r.scroll.Size().Height {
		return selected, top - from
	}
	for i, it := range r.items {
		if r.tops[i] >= from {
			return it.key, r.tops[i] - from
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
	if i := r.index(key); i >= 0 {
		return r.tops[i], true
	}
	return 0, false
}

func (r *roster) index(key string) int {
	return slices.IndexFunc(r.items, func(it item) bool { return it.key == key })
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
	width := r.body.Size().Width
	for i := from; i < to; i++ {
		it := &r.items[i]
		one := r.rows[it.key]
		if one == nil {
			if n := len(r.spare); n > 0 {
				one, r.spare = r.spare[n-1], r.spare[:n-1]
			} else {
				one = newRow(r)
				r.body.rows = append(r.body.rows, one)
			}
			one.hovered, one.shown = false, nil
			r.rows[it.key] = one
			one.Show()
		}
		if at := fyne.NewPos(0, r.tops[i]); one.Position() != at {
			one.Move(at)
		}
		one.Resize(fyne.NewSize(width, r.tops[i+1]-r.tops[i]))
		one.set(it, r.w.model.selected == it.key, r.focused && !r.quiet && r.cursor() == it.key)
	}
	canvas.Refresh(r.body)
}

func (r *roster) AccessibilityLabel() string             { return r.w.text("window.devices") }
func (r *roster) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }
func (r *roster) CreateRenderer() fyne.WidgetRenderer    { return renderer{r} }
func (r *roster) least() fyne.Size                       { return fyne.NewSize(200, 80) }
func (r *roster) objects() []fyne.CanvasObject           { return []fyne.CanvasObject{r.scroll} }
func (r *roster) lay(s fyne.Size) {
	r.compact = s.Width < size(theme.SizeNameText)*25
	r.measure()
	r.scroll.Resize(s)
	r.draw()
}
func (r *roster) paint() {
	r.lay(r.Size())
	for _, one := range r.rows {
		one.Refresh()
	}
}

// A rosterBody is the long sheet that scrolls.
type rosterBody struct {
	widget.BaseWidget
	r    *roster
	rows []fyne.CanvasObject
}

func (b *rosterBody) CreateRenderer() fyne.WidgetRenderer { return renderer{b} }
func (b *rosterBody) least() fyne.Size                    { return fyne.NewSize(100, b.r.height()) }
func (b *rosterBody) lay(fyne.Size)                       { b.r.draw() }
func (b *rosterBody) paint()                              {}
func (b *rosterBody) objects() []fyne.CanvasObject        { return b.rows }

// cursor is the item the keyboard is on: the selected device or a fold.
func (r *roster) cursor() string {
	if r.w.onFold != "" {
		return r.w.onFold
	}
	return r.w.model.selected
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
	r.choose(it.key)
}

// choose shows a device beside the list, and brings its row in sight.
func (r *roster) choose(id string) {
	r.w.model.choose(id)
	r.on.showDetail()
	r.reveal(id)
}

// Tapped on the empty part of the list gives it the keyboard.
func (r *roster) Tapped(*fyne.PointEvent) { r.w.focus(r) }

func (r *roster) FocusGained() {
	r.focused = true
	if r.cursor() == "" {
		r.step(1)
	}
	r.draw()
}

func (r *roster) FocusLost()     { r.focused, r.quiet, r.w.onFold = false, false, ""; r.draw() }
func (r *roster) TypedRune(rune) {}

func (r *roster) TypedKey(e *fyne.KeyEvent) {
	r.quiet = false
	_, device := r.heights()
	page := max(1, int(r.scroll.Size().Height/device)-1)
	if n, ok := way(e.Name, 1, page, len(r.items)); ok {
		r.step(n)
		return
	}
	switch e.Name {
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
		r.w.openDetail(it.key)
	case itemFold:
		r.w.model.fold(it.verdict)
		r.set(r.w.model.items)
	}
}
