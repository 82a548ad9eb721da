package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
)

// say shows a sentence that must be read before going on.
func (w *Window) say(title, text string) {
	message := prose(text)
	d := dialog.NewCustom(title, w.text("window.close"), message, w.win)
	d.Resize(fyne.NewSize(min(480, w.win.Canvas().Size().Width*0.9), 200))
	d.Show()
}

// ask asks before something that cannot be undone.
func (w *Window) ask(title, question, yes string, do func()) {
	d := dialog.NewCustomConfirm(title, yes, w.text("window.cancel"), prose(question), func(ok bool) {
		if ok {
			do()
		}
	}, w.win)
	d.Resize(fyne.NewSize(min(480, w.win.Canvas().Size().Width*0.9), 220))
	d.Show()
}

// dialogSize is the size of a dialog that chooses a file.
func (w *Window) dialogSize() fyne.Size {
	s := w.win.Canvas().Size()
	return fyne.NewSize(min(s.Width-4*gap, 900), min(s.Height-4*gap, 640))
}
