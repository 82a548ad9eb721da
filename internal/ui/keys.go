package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// focus gives the keyboard to a widget.
func (w *Window) focus(f fyne.Focusable) {
	if w.win.Canvas().Focused() != f {
		w.win.Canvas().Focus(f)
	}
}

// shortcuts are what keys do together with Ctrl, whatever on the screen has the keyboard;
// help names them.
func (w *Window) shortcuts() map[fyne.KeyName]func() {
	keys := map[fyne.KeyName]func(){fyne.KeyR: w.scan, fyne.KeyF: w.startFind, fyne.KeyP: w.startReport}
	for key, do := range keys {
		keys[key] = func() {
			if len(w.dialogs) == 0 { // nothing below it hears a key
				do()
			}
		}
	}
	return keys
}

// typedKey handles the keys that a focused widget has no use for.
func (w *Window) typedKey(e *fyne.KeyEvent) {
	if n := len(w.dialogs); n > 0 { // nothing below it hears a key
		if e.Name == fyne.KeyEscape {
			w.dialogs[n-1].Hide()
		}
		return
	}
	switch e.Name {
	case fyne.KeyEscape:
		w.escape()
	case fyne.KeyF1:
		w.show(screenHelp)
	case fyne.KeyLeft:
		if w.results != nil && w.results.left.Visible() {
			w.focus(w.results.list)
		}
	case fyne.KeyDown, fyne.KeyUp:
		if w.results != nil && w.results.left.Visible() && w.win.Canvas().Focused() == nil {
			w.focus(w.results.list)
			return
		}
		if w.model.screen == screenVisits && w.win.Canvas().Focused() == nil {
			w.focus(w.visits.list)
			return
		}
		w.turn(e.Name)
	case fyne.KeyReturn, fyne.KeyEnter:
		if w.results != nil && w.results.left.Visible() && w.win.Canvas().Focused() == nil {
			w.focus(w.results.list) // a device is marked in it before it has the keyboard
			w.results.list.TypedKey(e)
		}
	case fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyHome, fyne.KeyEnd:
		w.turn(e.Name)
	}
}

// turn scrolls what is read on this screen.
func (w *Window) turn(key fyne.KeyName) {
	s := w.scroller
	if s == nil {
		return
	}
	by, _ := way(key, 3*size(theme.SizeNameText), s.Size().Height*0.9, s.Content.MinSize().Height)
	s.ScrollToOffset(fyne.NewPos(0, s.Offset.Y+by))
}

// way is how far a key leads, down or up: a step, a page, or as far as it goes.
func way[T int | float32](key fyne.KeyName, step, page, all T) (by T, ok bool) {
	by, ok = map[fyne.KeyName]T{fyne.KeyDown: step, fyne.KeyUp: -step, fyne.KeyPageDown: page, fyne.KeyPageUp: -page, fyne.KeyHome: -all, fyne.KeyEnd: all}[key]
	return by, ok
}

// reveal scrolls what got the keyboard into view.
func (w *Window) reveal(o fyne.CanvasObject) {
	s := w.scroller
	if s == nil {
		return
	}
	if top, ok := find(s.Content, func(one fyne.CanvasObject) bool { return one == o }); ok {
		bottom, high := top+o.Size().Height, s.Size().Height
		switch {
		case top < s.Offset.Y:
			s.ScrollToOffset(fyne.NewPos(0, top-2*gap))
		case bottom > s.Offset.Y+high:
			s.ScrollToOffset(fyne.NewPos(0, bottom-high+2*gap))
		}
	}
}

// refill draws a part of the screen anew. Where the keyboard was in it, or in what is gone
// from the screen, it goes to what stands there instead, else to the first button. A dialog
// over it keeps the keyboard.
func (w *Window) refill(part *fyne.Container, fill func()) {
	held, _ := w.win.Canvas().Focused().(fyne.CanvasObject)
	stands := func(in fyne.CanvasObject) bool {
		_, ok := find(in, func(o fyne.CanvasObject) bool { return o == held })
		return ok
	}
	had := held != nil && w.win.Canvas().Overlays().Top() == nil && (stands(part) || !stands(w.win.Content()))
	part.RemoveAll()
	fill()
	part.Refresh()
	if had && !w.holdIn(part, held) {
		w.focusOn(part, func(o fyne.CanvasObject) bool { _, ok := o.(*press); return ok })
	}
}

// holdIn gives the keyboard to what stands in a part of the screen where something else had
// it, after that was drawn anew: to what is called the same or, in another language, to the
// button with the same word or the same sign. It tells whether there was one.
func (w *Window) holdIn(part, held fyne.CanvasObject) bool {
	called := func(o fyne.CanvasObject) string {
		if a, ok := o.(fyne.Accessible); ok {
			return a.AccessibilityLabel()
		}
		return ""
	}
	old, _ := held.(*press)
	button := func(same func(*press) bool) func(fyne.CanvasObject) bool {
		return func(o fyne.CanvasObject) bool { b, ok := o.(*press); return ok && old != nil && same(b) }
	}
	return w.focusOn(part, func(o fyne.CanvasObject) bool { return called(o) == called(held) }) ||
		w.focusOn(part, button(func(b *press) bool { return b.text == old.text && b.text != "" })) ||
		w.focusOn(part, button(func(b *press) bool { return b.sign == old.sign && b.sign != "" }))
}

// focusOn gives the keyboard to the first in a part of the screen that matches.
func (w *Window) focusOn(part fyne.CanvasObject, match func(fyne.CanvasObject) bool) bool {
	_, ok := find(part, func(o fyne.CanvasObject) bool {
		f, ok := o.(fyne.Focusable)
		if ok = ok && match(o); ok {
			w.focus(f)
		}
		return ok
	})
	return ok
}

// find looks through containers and scrollers for an object, and says how far below the
// top of root it stands.
func find(root fyne.CanvasObject, match func(fyne.CanvasObject) bool) (y float32, ok bool) {
	if match(root) {
		return 0, true
	}
	var below []fyne.CanvasObject
	switch root := root.(type) {
	case *fyne.Container:
		below = root.Objects
	case *container.Scroll:
		below = []fyne.CanvasObject{root.Content}
	}
	for _, one := range below {
		if y, ok := find(one, match); ok {
			return one.Position().Y + y, true
		}
	}
	return 0, false
}

// escape goes one step back: out of a page, out of a device, out of the filter, and
// only then it stops a scan.
func (w *Window) escape() {
	m := &w.model
	switch {
	case m.screen == screenFirst:
		w.closeFirst()
	case m.screen != screenResults && m.screen != screenHome:
		w.back()
	case m.screen == screenHome:
	case m.reading && w.results != nil && w.results.narrow:
		w.closeDetail()
	case m.filter != "":
		w.endFind()
	case m.canStop():
		w.stop()
	}
}
