package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// firstPage is what a person reads once: what it does, what it sends, whose network.
func (w *Window) firstPage() fyne.CanvasObject {
	cards := stack(gap)
	for _, c := range []struct{ sign, key, words string }{{"scan", "first.does", "first.does.text"}, {"lock", "first.sends", "first.sends.text"}, {"house", "first.whose", "first.whose.text"}} {
		block := stack(-gap/2, prose(w.text(c.key), subhead), prose(w.text(c.words)))
		if c.key == "first.sends" {
			block.Add(w.askSwitch(w.text("first.ask_what")))
		}
		cards.Add(w.remark(c.sign, block))
	}
	cards.Add(container.NewCenter(w.press(pressLarge, "", w.text("first.go"), w.closeFirst)))
	return w.page(w.text("first.welcome"), cards)
}

// closeFirst goes from the first cards to the home screen; they do not come again.
func (w *Window) closeFirst() {
	w.app.Preferences().SetBool(prefFirst, true)
	w.model.screen = screenHome
	w.build()
}
