package ui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"houdbaar/internal/scan"
)

// BenchmarkCrowd shows ten thousand devices, far more than a scan believes in, and a
// thousand: a word of the scan that brings a new one, and a step of the list. What is put
// into words beside the UI goroutine is not counted. A step must not take longer in a longer
// list: its ratio is about 1; that of a word may be ten. The real window's frames are
// measured in cmd/houdbaar.
func BenchmarkCrowd(b *testing.B) {
	few, many := newCrowd(b, 1_000), newCrowd(b, 10_000)
	for name, once := range map[string]func(crowd, int){"word": crowd.word, "step": crowd.step} {
		b.Run(name, func(b *testing.B) {
			var took [2]time.Duration
			for i := 0; b.Loop(); i++ {
				for k, c := range []crowd{few, many} {
					began := time.Now()
					once(c, i)
					took[k] += time.Since(began)
				}
			}
			b.ReportMetric(float64(took[1].Microseconds())/1000/float64(b.N), "ms/"+name)
			b.ReportMetric(took[1].Seconds()/took[0].Seconds(), "ratio")
		})
	}
}

// A crowd is a window in the middle of a scan, with what the scan says next.
type crowd struct {
	w *Window
	s scan.Snapshot
	v view
}

func newCrowd(b *testing.B, devices int) crowd {
	o := storyOptions(&storyEngine{hold: true}, b.TempDir())
	o.App, o.Language, o.Look = test.NewTempApp(b), "en", "light"
	o.door = func(func()) {}
	w := New(o)
	w.win.Resize(fyne.NewSize(1280, 800))
	w.closeFirst()
	w.scan()
	b.Cleanup(func() { w.end(); w.running.Wait() })
	s := scan.Snapshot{Phase: scan.PhaseAsking, Findings: manyDevices(devices)}
	c := crowd{w, s, composeSnapshot(w.printer.Load(), s, storyDay)}
	c.word(0)
	return c
}

// word shows what the scan says next.
func (c crowd) word(int) {
	c.w.model.progress(c.s, c.v)
	c.w.showProgress()
}

// step turns the list a little further.
func (c crowd) step(i int) {
	list := c.w.results.list
	list.scroll.ScrollToOffset(fyne.NewPos(0, float32(i*37%int(list.height()-800))))
	list.draw()
}
