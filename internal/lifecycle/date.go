package lifecycle

import (
	"fmt"
	"time"
)

// How long a fact may speak for a device being supported. A fact that speaks against
// it never fades.
const (
	// futureFresh: a published end date may be moved forward, and vendors review
	// their lists at least every second year.
	futureFresh = 24 // months since the source was read
	// listFresh: a list of supported models is a statement about its own day; vendors
	// that keep one revise it every year.
	listFresh = 12 // months since the list's date
	// releaseFresh: a vendor that fixes things has released something in a year
	// (VERDICTS: "a firmware released in the 12 months before the day").
	releaseFresh = 12 // months since the release
	// defaultHorizon: a year is enough to plan a purchase.
	defaultHorizon = 12 // months
)

// layouts are how dates are written, by their precision.
var layouts = [...]string{NoDate: "", Year: "2006", Month: "2006-01", Day: "2006-01-02"}

// String returns the date to its precision: "2026-11-21", "2026-11", "2026" or "".
func (d Date) String() string { return d.Time.Format(layouts[d.Precision]) }

// ParseDate reads what String writes.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	for precision, layout := range layouts {
		if len(layout) != len(s) {
			continue
		}
		if t, err := time.Parse(layout, s); err == nil {
			return Date{Time: t, Precision: Precision(precision)}, nil
		}
	}
	return Date{}, fmt.Errorf("date %q: want a day, a month or a year", s)
}

// given reports whether there is a date at all.
func (d Date) given() bool { return d.Precision != NoDate && !d.Time.IsZero() }

// first returns the first day the date can mean; without a date it is long ago.
func (d Date) first() time.Time { return Midnight(d.Time) }

// Last returns the last day the date can mean.
func (d Date) Last() time.Time {
	t := d.first()
	switch d.Precision {
	case Year:
		return time.Date(t.Year(), time.December, 31, 0, 0, 0, 0, time.UTC)
	case Month:
		return time.Date(t.Year(), t.Month()+1, 0, 0, 0, 0, 0, time.UTC)
	}
	return t
}

// past reports whether the whole day, month or year is over on today. A milestone's
// date is its last good day.
func (d Date) past(today time.Time) bool { return d.given() && today.After(d.Last()) }

// within reports whether all of the date lies in the months before today, today
// included, so that a year or month counts from its first day.
func (d Date) within(months int, today time.Time) bool {
	return !d.first().After(today) && !d.first().AddDate(0, months, 0).Before(today)
}

// Midnight is the calendar day of t in its own zone, as UTC midnight.
func Midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// dayOf returns t as a date, none for the zero time.
func dayOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	return Date{Time: Midnight(t), Precision: Day}
}
