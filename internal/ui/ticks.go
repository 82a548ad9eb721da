package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// choice is a set of buttons of which one is on, beside each other where they fit.
func (w *Window) choice(options []string, chosen int, set func(int)) fyne.CanvasObject {
	all := make([]fyne.CanvasObject, len(options))
	for i, words := range options {
		sign := "choice"
		if i == chosen {
			sign = "chosen"
		}
		all[i] = w.press(pressChoice, sign, words, nil)
	}
	for i, one := range all {
		one.(*press).tapped = func() {
			for j, other := range all {
				other.(*press).sign = "choice"
				if j == i {
					other.(*press).sign = "chosen"
				}
				other.Refresh()
			}
			if i != chosen {
				chosen = i
				set(i)
			}
		}
	}
	return inset(0, 0, gap, 0, wrapped(gap, 0, all...))
}

// underTick is how far text stands in that belongs to a tick.
func (w *Window) underTick() float32 { return size(theme.SizeNameInlineIcon) + gap }

// A tick is a box to tick. Keys it has no use for go to the window.
type tick struct {
	widget.Check
	w *Window
}

// TypedKey implements fyne.Focusable.
func (t *tick) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
		t.SetChecked(!t.Checked)
		return
	}
	t.w.typedKey(e)
}

// FocusGained implements fyne.Focusable.
func (t *tick) FocusGained() { t.Check.FocusGained(); t.w.reveal(t) }

// AccessibilityLabel implements fyne.Accessible.
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

// A chooser is a list that opens to choose from. Keys it has no use for go to the window.
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

// TypedKey implements fyne.Focusable.
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

// FocusGained implements fyne.Focusable.
func (c *chooser) FocusGained() { c.Select.FocusGained(); c.w.reveal(c) }

// AccessibilityLabel implements fyne.Accessible.
func (c *chooser) AccessibilityLabel() string { return c.Selected }

// AccessibilityRole implements fyne.Accessible; Fyne has no role for a list that opens yet.
func (c *chooser) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// boxed draws the edge of an entry around what has none.
func boxed(o fyne.CanvasObject) fyne.CanvasObject {
	edge := canvas.NewRectangle(colour(theme.ColorNameInputBackground))
	edge.StrokeColor, edge.StrokeWidth, edge.CornerRadius = colour(theme.ColorNameInputBorder), 1, 6
	return container.NewStack(edge, o)
}
