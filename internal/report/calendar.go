package report

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// WriteCalendar writes a calendar (RFC 5545) with the day on which each device gets its
// last security updates, and a reminder thirty days before. Only what a source dates and
// is still to come is in it; of a month or a year that is the first day, or the last once
// it has begun, and its name says so. events is how many.
func WriteCalendar(w io.Writer, p *i18n.Printer, s scan.Scan, o Options) (events int, err error) {
	s, o = leaving(s, o)
	made := s.Finished
	if made.IsZero() {
		made = s.On
	}
	var b strings.Builder
	line := func(name, value string) { b.WriteString(folded(name + ":" + value)) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//Houdbaar//Houdbaar//"+strings.ToUpper(string(p.Language())))
	line("CALSCALE", "GREGORIAN")
	line("X-WR-CALNAME", calendarText(p.Text("calendar.name")))
	said := map[string]bool{}
	for _, g := range Groups(p, s, o) {
		for i, l := range g.Lines {
			until := g.Findings[i].Verdict.Until
			if until.Precision == lifecycle.NoDate || until.Last().Before(o.On) {
				continue
			}
			day := until.Time // of a month or a year the first, to be in time
			if day.Before(o.On) {
				day = until.Last()
			}
			title := p.Text("calendar.ends", l.Title)
			of := title + until.Last().Format(time.DateOnly) + l.ID
			if o.HideNames {
				// The same product twice is one event, also when the calendar is made again.
				of = l.Model + until.Last().Format(time.DateOnly)
			}
			sum := sha256.Sum256([]byte(of))
			uid := hex.EncodeToString(sum[:12])
			if said[uid] {
				continue
			}
			said[uid] = true
			events++
			if until.Precision != lifecycle.Day {
				title += " (" + untilText(p, until.String()) + ")"
			}
			about := l.Reason
			for _, source := range l.Sources {
				about += "\n" + together(" ", source.Publisher, source.URL)
			}
			line("BEGIN", "VEVENT")
			line("UID", uid+"@houdbaar.invalid")
			line("DTSTAMP", made.UTC().Format("20060102T150405Z"))
			line("DTSTART;VALUE=DATE", day.Format("20060102"))
			line("DTEND;VALUE=DATE", day.AddDate(0, 0, 1).Format("20060102"))
			line("SUMMARY", calendarText(title))
			line("DESCRIPTION", calendarText(about))
			line("TRANSP", "TRANSPARENT")
			line("BEGIN", "VALARM")
			line("ACTION", "DISPLAY")
			line("TRIGGER", "-P30D")
			line("DESCRIPTION", calendarText(p.Text("calendar.remind", title)))
			line("END", "VALARM")
			line("END", "VEVENT")
		}
	}
	line("END", "VCALENDAR")
	_, err = io.WriteString(w, b.String())
	return events, err
}

// calendarText escapes a value of type TEXT: RFC 5545, 3.3.11.
func calendarText(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0x7f {
			return -1
		}
		return r
	}, text)
	return strings.NewReplacer(`\`, `\\`, `;`, `\;`, `,`, `\,`, "\n", `\n`).Replace(text)
}

// folded breaks a content line after at most 75 octets, never inside a letter, and ends
// it: RFC 5545, 3.1.
func folded(line string) string {
	var b strings.Builder
	length := 0
	for _, r := range line {
		n := utf8.RuneLen(r)
		if length+n > 75 {
			b.WriteString("\r\n ")
			length = 1
		}
		b.WriteRune(r)
		length += n
	}
	b.WriteString("\r\n")
	return b.String()
}
