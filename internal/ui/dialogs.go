package ui

import (
	"io"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
)

// say shows a sentence that must be read before going on.
func (w *Window) say(title, text string) {
	w.pop(title, prose(text), 200, w.text("window.close"), nil)
}

// ask asks before something that cannot be undone.
func (w *Window) ask(title, question, yes string, do func()) {
	w.pop(title, prose(question), 220, yes, do)
}

// pop shows a dialog, and returns its button: it closes the dialog and, beside one that
// only closes, does what was asked for. Escape closes it too.
func (w *Window) pop(title string, content fyne.CanvasObject, high float32, word string, do func()) *press {
	d := dialog.NewCustomWithoutButtons(shown(title, 80), content, w.win)
	row := container.NewHBox(layout.NewSpacer())
	if do != nil {
		row.Add(w.press(pressPlain, "", w.text("window.cancel"), d.Hide))
	}
	yes := w.press(pressPrimary, "", word, func() {
		d.Hide()
		if do != nil {
			do()
		}
	})
	row.Add(yes)
	d.SetButtons([]fyne.CanvasObject{row})
	w.stand(d)
	d.Resize(fyne.NewSize(min(480*w.textSize, w.win.Canvas().Size().Width*0.9), high))
	d.Show()
	return yes
}

// chooseFile asks for a file. Who takes it closes it.
func (w *Window) chooseFile(take func(io.ReadCloser)) {
	w.popFile("window.choose_file", dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if err == nil && f != nil {
			take(f)
		}
	}, w.win))
}

// popFile shows a dialog that chooses a file or a folder. Fyne's own title is two words
// that make no sentence in Dutch, and its icons cut off names that begin alike.
func (w *Window) popFile(title string, d *dialog.FileDialog) {
	d.SetTitleText(w.text(title))
	d.SetView(dialog.ListView)
	w.stand(d)
	d.Show() // before it has a size, which it takes from its parts
	s := w.win.Canvas().Size()
	d.Resize(fyne.NewSize(min(s.Width-4*gap, 900), min(s.Height-4*gap, 640)))
}

// stand puts a dialog over the screen, and over what stands there: the last one is the one
// that Escape closes.
func (w *Window) stand(d interface {
	dialog.Dialog
	SetOnClosed(func())
}) {
	w.dialogs = append(w.dialogs, d)
	d.SetOnClosed(func() {
		w.dialogs = slices.DeleteFunc(w.dialogs, func(one dialog.Dialog) bool { return one == d })
	})
}
