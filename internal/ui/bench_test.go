package ui

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// BenchmarkScroll moves a list of a thousand by one step and paints the window: ours,
// and Fyne's own list with a line of text a row.
func BenchmarkScroll(b *testing.B) {
	const rows = 1000
	b.Run("houdbaar", func(b *testing.B) {
		o := storyOptions(&storyEngine{findings: manyDevices(rows), stride: rows})
		o.App, o.Language, o.Look = test.NewTempApp(b), "en", "light"
		queue := make(chan func(), 10000)
		o.door = func(f func()) { queue <- f }
		w := New(o)
		w.win.Resize(fyne.NewSize(1280, 800))
		w.closeFirst()
		w.scan()
		for !(w.model.state == stateDone) {
			(<-queue)()
		}
		w.running.Wait()
		high := w.results.list.height()
		for i := 0; b.Loop(); i++ {
			w.results.list.scroll.ScrollToOffset(fyne.NewPos(0, float32(i*37%int(high-800))))
			w.win.Canvas().Capture()
		}
	})
	b.Run("minimal", func(b *testing.B) {
		test.NewTempApp(b)
		list := widget.NewList(func() int { return rows }, func() fyne.CanvasObject { return widget.NewLabel("") },
			func(i int, o fyne.CanvasObject) { o.(*widget.Label).SetText(fmt.Sprint("row ", i)) })
		w := test.NewTempWindow(b, list)
		w.Resize(fyne.NewSize(1280, 800))
		for i := 0; b.Loop(); i++ {
			list.ScrollToOffset(float32(i * 37 % 30000))
			w.Canvas().Capture()
		}
	})
}
