package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
)

// say shows a sentence that must be read before going on.
func (w *Window) say(title, text string) {
	d := dialog.NewCustomWithoutButtons(shown(title, 80), prose(text), w.win)
	w.pop(d, 200, w.press(pressPrimary, "", w.text("window.close"), d.Hide))
}

// ask asks before something that cannot be undone.
func (w *Window) ask(title, question, yes string, do func()) {
	d := dialog.NewCustomWithoutButtons(shown(title, 80), prose(question), w.win)
	w.pop(d, 220, w.press(pressPlain, "", w.text("window.cancel"), d.Hide), w.press(pressPrimary, "", yes, func() {
		d.Hide()
		do()
	}))
}

// askText asks for a line of text, which may stay empty.
func (w *Window) askText(title, question, example, yes string, do func(string)) {
	entry := w.field(example, "")
	d := dialog.NewCustomWithoutButtons(shown(title, 80), stack(gap, prose(question), entry), w.win)
	begin := func() {
		d.Hide()
		do(entry.Text)
	}
	entry.OnSubmitted = func(string) { begin() }
	w.pop(d, 260, w.press(pressPlain, "", w.text("window.cancel"), d.Hide), w.press(pressPrimary, "", yes, begin))
	w.focus(entry)
}

// pop shows a dialog with its buttons. Escape closes it.
func (w *Window) pop(d *dialog.CustomDialog, high float32, buttons ...fyne.CanvasObject) {
	row := container.NewHBox(layout.NewSpacer())
	for _, b := range buttons {
		row.Add(b)
	}
	d.SetButtons([]fyne.CanvasObject{row})
	w.stand(d)
	d.Resize(fyne.NewSize(min(480*w.textSize, w.win.Canvas().Size().Width*0.9), high))
	d.Show()
}

// popFile shows a dialog that chooses a file or a folder.
func (w *Window) popFile(d *dialog.FileDialog) {
	w.stand(d)
	d.Show() // before it has a size, which it takes from its parts
	s := w.win.Canvas().Size()
	d.Resize(fyne.NewSize(min(s.Width-4*gap, 900), min(s.Height-4*gap, 640)))
}

// stand makes a dialog the one that Escape closes.
func (w *Window) stand(d interface {
	dialog.Dialog
	SetOnClosed(func())
}) {
	w.dialog = d
	d.SetOnClosed(func() { w.dialog = nil })
}
