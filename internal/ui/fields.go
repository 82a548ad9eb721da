package ui

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// This file has what a person fills in, ticks and chooses. All of it passes the keys it
// has no use for to the window.

// A field is an entry for text.
type field struct {
	widget.Entry
	w    *Window
	says string                  // what to write here, where a label beside it says so and no placeholder
	keys map[fyne.KeyName]func() // what a key does here, where it is not the usual
	left func()                  // keeps what stands here when a person goes elsewhere, nil = nobody does
}

// field makes an entry for a line of text.
func (w *Window) field(placeholder, text string) *field {
	f := &field{w: w, keys: map[fyne.KeyName]func(){}}
	f.ExtendBaseWidget(f)
	f.SetPlaceHolder(placeholder)
	f.SetText(text)
	return f
}

// finder makes an entry that searches while a person types.
func (w *Window) finder(placeholder, text string, search func(string)) *field {
	f := w.field(placeholder, text)
	f.SetIcon(w.drawings.sign("find", colour(colourMuted), size(theme.SizeNameInlineIcon)))
	f.OnChanged = search
	return f
}

func (f *field) TypedKey(e *fyne.KeyEvent) {
	if do := f.keys[e.Name]; do != nil {
		do()
	} else if e.Name == fyne.KeyEscape || e.Name == fyne.KeyF1 {
		f.w.typedKey(e)
	} else {
		f.Entry.TypedKey(e)
	}
}

// TypedShortcut passes the window's own on: Fyne gives all of them to the entry alone.
func (f *field) TypedShortcut(s fyne.Shortcut) {
	if c, ok := s.(*desktop.CustomShortcut); ok && c.Modifier == fyne.KeyModifierShortcutDefault && f.w.shortcuts()[c.KeyName] != nil {
		f.w.shortcuts()[c.KeyName]()
		return
	}
	f.Entry.TypedShortcut(s)
}

func (f *field) FocusGained() { f.Entry.FocusGained(); f.w.reveal(f) }
func (f *field) FocusLost()   { f.Entry.FocusLost(); f.leave() }

// leave is for when a person goes elsewhere, which not always takes the focus away first.
func (f *field) leave() {
	if f.left != nil {
		f.left()
	}
}

// leaveField lets go of the field that a person is in.
func (w *Window) leaveField() {
	if f, ok := w.win.Canvas().Focused().(*field); ok {
		f.leave()
	}
}

func (f *field) CreateRenderer() fyne.WidgetRenderer {
	r := &fieldRenderer{WidgetRenderer: f.Entry.CreateRenderer()}
	r.wheel = &wheel{f: f, entry: r.WidgetRenderer}
	r.wheel.ExtendBaseWidget(r.wheel)
	return r
}

// A fieldRenderer is that of the entry, with a wheel over all.
type fieldRenderer struct {
	fyne.WidgetRenderer
	wheel *wheel
}

func (r *fieldRenderer) Layout(s fyne.Size) {
	r.WidgetRenderer.Layout(s)
	r.wheel.Resize(s)
}

func (r *fieldRenderer) Objects() []fyne.CanvasObject {
	return append(slices.Clone(r.WidgetRenderer.Objects()), r.wheel)
}

// A wheel takes the mouse wheel where it lies over a field: Fyne's entry keeps it to
// itself, also where it has nothing to scroll, and then the page under it stands still.
type wheel struct {
	widget.BaseWidget
	f     *field
	entry fyne.WidgetRenderer
}

func (o *wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}

// Scrolled implements fyne.Scrollable: it moves the lines of the field, or else the page
// that the field is on.
func (o *wheel) Scrolled(e *fyne.ScrollEvent) {
	for _, inner := range o.entry.Objects() {
		if s, ok := inner.(*container.Scroll); ok && o.f.MultiLine {
			before := s.Offset
			s.Scrolled(e)
			if s.Offset != before {
				return
			}
		}
	}
	page, top := o.f.w.scroller, o.f.w.win.Canvas().Overlays().Top()
	if page != nil && top == nil && lies(o.f, page) {
		page.Scrolled(e)
	}
}

// lies tells whether the middle of one object lies within another.
func lies(a, b fyne.CanvasObject) bool {
	d := fyne.CurrentApp().Driver()
	at := d.AbsolutePositionForObject(a).Subtract(d.AbsolutePositionForObject(b))
	x, y := at.X+a.Size().Width/2, at.Y+a.Size().Height/2
	return x >= 0 && y >= 0 && x < b.Size().Width && y < b.Size().Height
}

func (f *field) AccessibilityLabel() string { return cmp.Or(f.says, f.PlaceHolder) }

// AccessibilityRole implements fyne.Accessible; Fyne has no role for an entry yet.
func (f *field) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// choose is a set of buttons, one for each option, of which the one for now is on.
func choose[T comparable](w *Window, options []T, now T, name func(T) string, set func(T)) fyne.CanvasObject {
	var names []string
	for _, one := range options {
		names = append(names, name(one))
	}
	return w.choice(names, slices.Index(options, now), func(i int) { set(options[i]) })
}

// choice is choose by number. The buttons stand beside each other where they fit.
func (w *Window) choice(names []string, chosen int, set func(int)) fyne.CanvasObject {
	row := wrapped(gap, 0)
	mark := func() {
		for i, one := range row.Objects {
			b := one.(*press)
			b.sign = "choice"
			if i == chosen {
				b.sign = "chosen"
			}
			b.Refresh()
		}
	}
	for i, name := range names {
		row.Add(w.press(pressChoice, "", name, func() {
			if i != chosen {
				chosen = i
				mark()
				set(i)
			}
		}))
	}
	mark()
	return inset(0, 0, gap, 0, row)
}

// A tick is a box to tick.
type tick struct {
	widget.Check
	w *Window
}

func (t *tick) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
		t.SetChecked(!t.Checked)
		return
	}
	t.w.typedKey(e)
}

func (t *tick) FocusGained() { t.Check.FocusGained(); t.w.reveal(t) }

func (t *tick) AccessibilityLabel() string {
	if t.Checked {
		return t.w.text("window.ticked", t.Text)
	}
	return t.w.text("window.unticked", t.Text)
}

// AccessibilityRole implements fyne.Accessible; Fyne has no role for a box to tick yet.
func (t *tick) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// tick makes a box to tick; its words do not wrap, so they are short.
func (w *Window) tick(words string, on bool, set func(bool)) *tick {
	t := &tick{w: w}
	t.Text, t.Checked, t.OnChanged = words, on, set
	t.ExtendBaseWidget(t)
	return t
}

// explained stands what a box to tick means below its words.
func explained(distance float32, t *tick, what string) fyne.CanvasObject {
	return stack(distance, t, inset(0, 0, size(theme.SizeNameInlineIcon)+gap, 0, prose(what, small, muted)))
}

// A chooser is a list that opens to choose from.
type chooser struct {
	widget.Select
	w *Window
}

// chooser makes a list of words of which one is chosen.
func (w *Window) chooser(words []string, chosen int, set func(int)) *chooser {
	c := &chooser{w: w}
	c.Options = words
	c.ExtendBaseWidget(c)
	if chosen >= 0 && chosen < len(words) {
		c.SetSelectedIndex(chosen)
	}
	c.OnChanged = func(string) { set(c.SelectedIndex()) }
	return c
}

func (c *chooser) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape, fyne.KeyF1, fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyHome, fyne.KeyEnd:
		c.w.typedKey(e)
	case fyne.KeyReturn, fyne.KeyEnter:
		c.Select.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	default:
		c.Select.TypedKey(e)
	}
}

func (c *chooser) FocusGained()               { c.Select.FocusGained(); c.w.reveal(c) }
func (c *chooser) AccessibilityLabel() string { return c.Selected }

// AccessibilityRole implements fyne.Accessible; Fyne has no role for a list that opens yet.
func (c *chooser) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// boxed draws the edge of an entry around what has none.
func boxed(o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(box(theme.ColorNameInputBackground, theme.ColorNameInputBorder, 1, 6), o)
}
