package ui

import (
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/report"
)

// horizonPage is the whole house on a timeline: what lapses when.
func (w *Window) horizonPage() fyne.CanvasObject {
	p, today := w.printer.Load(), w.engine.Today()
	if w.model.result != nil && !w.model.result.On.IsZero() {
		today = w.model.result.On
	}
	all := w.model.lapses(p, today)
	switch {
	case len(all) == 0 && w.model.result != nil && !w.model.running():
		return w.page(w.text("window.horizon"), prose(w.text("horizon.none")))
	case len(all) == 0:
		return w.without(w.text("window.horizon"), w.text("horizon.nothing"))
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
		name := w.press(pressQuiet, "", fit(l.line.Title, 380, size(theme.SizeNameText), false), func() {
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
			w.paperwork.form = slices.Index(report.Formats, ".ics")
			w.startReport()
		}))
	}
	return w.page(w.text("window.horizon"), prose(w.text("horizon.what"), muted), rows, last)
}

// years stands the years after today's over the tracks, each where it begins, as many as
// have room.
type years struct{ today time.Time }

func (y years) Layout(o []fyne.CanvasObject, s fyne.Size) {
	from, free := gutter()+gap, float32(0)
	for i, one := range o {
		least := one.MinSize()
		x := from + (s.Width-from)*float32(reach(y.today, time.Date(y.today.Year()+1+i, 1, 1, 0, 0, 0, 0, time.UTC)))
		place(one, x, 0, least.Width, least.Height)
		if x < free || x+least.Width > s.Width {
			one.Hide()
			continue
		}
		one.Show()
		free = x + least.Width + gap
	}
}

func (years) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(200, o[0].MinSize().Height)
}

// span fills a part of a track.
type span struct{ reach float64 }

func (t span) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Resize(s)
	o[1].Resize(fyne.NewSize(s.Width*float32(t.reach), s.Height))
}

func (span) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(120, 10) }

// horizonYears is how far the timeline reaches.
const horizonYears = 10

// reach is how far along the timeline a day stands, 0 to 1.
func reach(today, day time.Time) float64 {
	return min(1, max(0, day.Sub(today).Hours()/(horizonYears*365.25*24)))
}

// never comes after every day.
var never = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// A lapse is when a device's updates end, in words and on the timeline.
type lapse struct {
	line   report.Line
	date   time.Time // never = not known
	future bool      // it is dated and still to come
	reach  float64   // 0 to 1 of the timeline: how long updates go on for certain
	text   string
}

// lapses are the devices that count, the first to lapse first; those whose day is not
// known come last.
func (m *model) lapses(p *i18n.Printer, today time.Time) []lapse {
	until := map[string]lifecycle.Date{}
	for _, f := range slices.Concat(m.findings(), m.typed) {
		until[f.Device.ID] = f.Verdict.Until
	}
	var out []lapse
	for _, g := range m.view.groups {
		if g.Verdict == lifecycle.OtherDevice {
			continue
		}
		for _, line := range g.Lines {
			l := lapse{line: line, date: never}
			date := until[line.ID]
			if date.Precision != lifecycle.NoDate {
				l.date = date.Time
			}
			switch {
			case l.date.Before(today):
				l.text = p.Text("horizon.since", p.DateText(date.String()))
			case l.date != never:
				l.future, l.reach = true, reach(today, l.date)
				l.text = p.Text("horizon.until", p.DateText(date.String()))
			case line.Verdict == lifecycle.ReplaceNow:
				l.text = p.Text("horizon.ended")
			case line.Verdict == lifecycle.SupportedNow || line.Verdict == lifecycle.UpdateFirmware:
				l.text = p.Text("horizon.supported")
			default:
				l.text = p.Text("horizon.unknown")
			}
			out = append(out, l)
		}
	}
	slices.SortStableFunc(out, func(a, b lapse) int { return a.date.Compare(b.date) })
	return out
}
