package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// entry makes an entry for a line of text.
func (w *Window) entry(placeholder, text string) *labelEntry {
	e := &labelEntry{w: w}
	e.ExtendBaseWidget(e)
	e.SetPlaceHolder(placeholder)
	e.SetText(text)
	return e
}

// A labelEntry passes the keys it has no use for to the window.
type labelEntry struct {
	widget.Entry
	w      *Window
	clears bool   // Escape empties it first
	down   func() // where the key Down leads, nil = nowhere
}

// finderEntry makes an entry that searches while a person types.
func (w *Window) finderEntry(placeholder, text string, search func(string)) *labelEntry {
	e := w.entry(placeholder, text)
	e.Icon = w.drawings.sign("find", colour(colourMuted), size(theme.SizeNameInlineIcon))
	e.clears, e.OnChanged = true, search
	return e
}

// TypedKey implements fyne.Focusable.
func (e *labelEntry) TypedKey(k *fyne.KeyEvent) {
	switch {
	case k.Name == fyne.KeyEscape && e.clears && e.Text != "":
		e.SetText("")
	case k.Name == fyne.KeyEscape, k.Name == fyne.KeyF1:
		e.w.typedKey(k)
	case k.Name == fyne.KeyDown && e.down != nil:
		e.down()
	default:
		e.Entry.TypedKey(k)
	}
}

// FocusGained implements fyne.Focusable.
func (e *labelEntry) FocusGained() { e.Entry.FocusGained(); e.w.reveal(e) }

// AccessibilityLabel implements fyne.Accessible.
func (e *labelEntry) AccessibilityLabel() string { return e.PlaceHolder }

// AccessibilityRole implements fyne.Accessible; Fyne has no role for an entry yet.
func (e *labelEntry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
