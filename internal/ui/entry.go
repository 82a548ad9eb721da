package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// A labelEntry passes the keys it has no use for to the window.
type labelEntry struct {
	widget.Entry
	w *Window
}

// TypedKey implements fyne.Focusable.
func (e *labelEntry) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape || k.Name == fyne.KeyF1 {
		e.w.typedKey(k)
		return
	}
	e.Entry.TypedKey(k)
}

// AccessibilityLabel implements fyne.Accessible.
func (e *labelEntry) AccessibilityLabel() string { return e.PlaceHolder }

// AccessibilityRole implements fyne.Accessible; Fyne has no role for an entry yet.
func (e *labelEntry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
