package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"houdbaar/internal/scan"
)

// BenchmarkCrowd shows ten thousand devices, far more than a scan believes in: a word of
// the scan that brings a new one, and a step of the list. What is put into words beside the
// UI goroutine is not counted. The real window's frames are measured in cmd/houdbaar.
func BenchmarkCrowd(b *testing.B) {
	const crowd = 10_000
	o := storyOptions(&storyEngine{hold: true})
	o.App, o.Language, o.Look = test.NewTempApp(b), "en", "light"
	o.door = func(func()) {}
	w := New(o)
	w.win.Resize(fyne.NewSize(1280, 800))
	w.closeFirst()
	w.scan()
	b.Cleanup(func() { w.end(); w.running.Wait() })
	s := scan.Snapshot{Phase: scan.PhaseAsking, Findings: manyDevices(crowd)}
	v := composeSnapshot(w.printer.Load(), s, w.o.Today())
	b.Run("word", func(b *testing.B) {
		for b.Loop() {
			w.model.progress(s, v)
			w.showProgress()
		}
	})
	b.Run("step", func(b *testing.B) {
		high := w.results.list.height()
		for i := 0; b.Loop(); i++ {
			w.results.list.scroll.ScrollToOffset(fyne.NewPos(0, float32(i*37%int(high-800))))
			w.results.list.draw()
		}
	})
}
