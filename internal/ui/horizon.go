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
	axis := []fyne.CanvasObject{}
	at := []float32{}
	for i := 1; i <= horizonYears; i++ { // each stands where its year begins
		year := canvas.NewText(strconv.Itoa(today.Year()+i), colour(colourMuted))
		year.TextSize = size(sizeSmall)
		axis = append(axis, year)
		at = append(at, float32(reach(today, time.Date(today.Year()+i, 1, 1, 0, 0, 0, 0, time.UTC))))
	}
	rows := stack(gap, container.New(&years{gutter: gutter(), at: at}, axis...))
	for _, l := range all {
		side := size(theme.SizeNameText) * 2
		ink := colour(chipText(l.line.Verdict))
		picture := w.kindPicture(l.line.Kind, side)
		track := canvas.NewRectangle(colour(colourPanel))
		track.StrokeColor, track.StrokeWidth, track.CornerRadius = colour(colourEdge), 1, 3
		fill := canvas.NewRectangle(ink)
		fill.CornerRadius = 3
		bar := container.New(&span{reach: l.reach}, track, fill)
		id := l.line.ID
		name := w.press(pressQuiet, "", w.fit(l.line.Title, 380, size(theme.SizeNameText), false), func() {
			w.show(screenResults)
			w.openDetail(id)
		})
		head := container.NewHBox(name, container.NewCenter(w.chip(l.line.Verdict, l.line.Chip)))
		rows.Add(container.New(hang{line: side + gap}, picture, stack(0, head, inset(0, 0, gap, 0, bar), prose(l.text, small, muted))))
	}
	events := 0
	for _, l := range all {
		if l.future {
			events++
		}
	}
	tail := prose(w.text("horizon.no_dates"), muted)
	parts := []fyne.CanvasObject{prose(w.text("horizon.what"), muted), rows}
	if events == 0 {
		parts = append(parts, tail)
	} else {
		parts = append(parts, container.NewHBox(w.press(pressPlain, "horizon", w.count("horizon.calendar", events), func() {
			w.paperwork.form = len(papers) - 1 // the calendar
			w.startReport()
		})))
	}
	return w.page(w.text("window.horizon"), parts...)
}

// years stands the years of the axis over the tracks, as many as have room.
type years struct {
	gutter float32
	at     []float32 // 0 to 1 of the track
}

// Layout implements fyne.Layout.
func (y *years) Layout(o []fyne.CanvasObject, s fyne.Size) {
	from, wide := y.gutter+gap, s.Width-y.gutter-gap
	free := float32(0)
	for i, one := range o {
		least := one.MinSize()
		x := from + wide*y.at[i]
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
func (y *years) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(200, o[0].MinSize().Height)
}

// span fills a part of a track.
type span struct{ reach float64 }

// Layout implements fyne.Layout.
func (t *span) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Resize(s)
	o[1].Resize(fyne.NewSize(s.Width*float32(t.reach), s.Height))
}

// MinSize implements fyne.Layout.
func (t *span) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(120, 10) }
