package ui

import "fyne.io/fyne/v2"

// This file is the roster under the keyboard.

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
	r.w.model.choose(it.key)
	r.on.showDetail()
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
		r.w.openDetail(it.key)
	case itemFold:
		r.w.model.fold(it.verdict)
		r.set(r.w.model.items)
	}
}
