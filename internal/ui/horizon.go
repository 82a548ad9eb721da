package ui

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// horizonPage is the whole house on a timeline: what lapses when.
func (w *Window) horizonPage() fyne.CanvasObject {
	p, today := w.printer.Load(), w.o.Today()
	if w.model.result != nil && !w.model.result.On.IsZero() {
		today = w.model.result.On
	}
	all := w.model.lapses(p, today)
	if len(all) == 0 {
		return w.page(w.text("window.horizon"), prose(w.text("horizon.nothing")))
	}
	axis := container.New(years{today})
	for i := 1; i <= horizonYears; i++ {
		axis.Add(letters(strconv.Itoa(today.Year()+i), colourMuted, sizeSmall, fyne.TextStyle{}))
	}
	rows, events := stack(gap, axis), 0
	for _, l := range all {
		if l.future {
			events++
		}
		fill := canvas.NewRectangle(colour(chipText(l.line.Verdict)))
		fill.CornerRadius = 3
		bar := container.New(span{l.reach}, box(colourPanel, colourEdge, 1, 3), fill)
		name := w.press(pressQuiet, "", w.fit(l.line.Title, 380, size(theme.SizeNameText), false), func() {
			w.show(screenResults)
			w.openDetail(l.line.ID)
		})
		head := container.NewHBox(name, container.NewCenter(w.chip(l.line.Verdict, l.line.Chip)))
		side := size(theme.SizeNameText) * 2
		rows.Add(container.New(hang{line: side + gap}, w.kindPicture(l.line.Kind, side),
			stack(0, head, inset(0, 0, gap, 0, bar), prose(l.text, small, muted))))
	}
	last := fyne.CanvasObject(prose(w.text("horizon.no_dates"), muted))
	if events > 0 {
		last = container.NewHBox(w.press(pressPlain, "horizon", w.count("horizon.calendar", events), func() {
			w.paperwork.form = len(papers) - 1 // the calendar
			w.startReport()
		}))
	}
	return w.page(w.text("window.horizon"), prose(w.text("horizon.what"), muted), rows, last)
}

// years stands the years after today's over the tracks, each where it begins, as many as
// have room.
type years struct{ today time.Time }

// Layout implements fyne.Layout.
func (y years) Layout(o []fyne.CanvasObject, s fyne.Size) {
	from, free := gutter()+gap, float32(0)
	for i, one := range o {
		least := one.MinSize()
		x := from + (s.Width-from)*float32(reach(y.today, time.Date(y.today.Year()+1+i, 1, 1, 0, 0, 0, 0, time.UTC)))
		one.Resize(least)
		one.Move(fyne.NewPos(x, 0))
		if x < free || x+least.Width > s.Width {
			one.Hide()
			continue
		}
		one.Show()
		free = x + least.Width + gap
	}
}

// MinSize implements fyne.Layout.
func (years) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(200, o[0].MinSize().Height)
}

// span fills a part of a track.
type span struct{ reach float64 }

// Layout implements fyne.Layout.
func (t span) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Resize(s)
	o[1].Resize(fyne.NewSize(s.Width*float32(t.reach), s.Height))
}

// MinSize implements fyne.Layout.
func (span) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(120, 10) }
