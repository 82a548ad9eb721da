package ui

import (
	"slices"
	"time"

	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/report"
)

// horizonYears is how far the timeline reaches.
const horizonYears = 10

// reach is how far along the timeline a day stands, 0 to 1.
func reach(today, day time.Time) float64 {
	return min(1, max(0, day.Sub(today).Hours()/(horizonYears*365.25*24)))
}

// A lapse is when a device's updates end, in words and on the timeline.
type lapse struct {
	line   report.Line
	date   time.Time // zero = not known
	future bool      // it is dated and still to come
	reach  float64   // 0 to 1 of the timeline: how long updates go on for certain
	text   string
}

// lapses are the devices that count, the first to lapse first; those whose day is not
// known come last.
func (m *model) lapses(p *i18n.Printer, today time.Time) []lapse {
	until := map[string]lifecycle.Date{}
	for _, f := range slices.Concat(m.findings, m.typed) {
		until[f.Device.ID] = f.Verdict.Until
	}
	var out []lapse
	for _, g := range m.view.groups {
		if g.Verdict == lifecycle.OtherDevice {
			continue
		}
		for _, line := range g.Lines {
			l := lapse{line: line}
			date := until[line.ID]
			switch {
			case date.Precision != lifecycle.NoDate && !date.Time.Before(today):
				l.date, l.future = date.Time, true
				l.reach = reach(today, date.Time)
				l.text = p.Text("horizon.until", p.DateText(date.String()))
			case date.Precision != lifecycle.NoDate:
				l.date = date.Time
				l.text = p.Text("horizon.since", p.DateText(date.String()))
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
	slices.SortStableFunc(out, func(a, b lapse) int {
		if a.date.IsZero() != b.date.IsZero() {
			if a.date.IsZero() {
				return 1
			}
			return -1
		}
		return a.date.Compare(b.date)
	})
	return out
}
