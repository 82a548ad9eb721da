// Command minimal is the smallest window that Fyne makes: what the real one is timed
// against. With -list it shows Fyne's own list of as many rows as a crowd has.
package main

import (
	"flag"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"
)

func main() {
	list := flag.Bool("list", false, "")
	flag.Parse()
	a := app.NewWithID("nl.houdbaar.minimal")
	w := a.NewWindow("Minimal")
	w.SetContent(widget.NewLabel("Hello"))
	if *list {
		w.SetContent(widget.NewList(func() int { return 256 }, func() fyne.CanvasObject { return widget.NewLabel("") },
			func(i int, o fyne.CanvasObject) { o.(*widget.Label).SetText(fmt.Sprint("row ", i)) }))
	}
	w.Resize(fyne.NewSize(1100, 720))
	w.ShowAndRun()
}
