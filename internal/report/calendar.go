package report

import (
	"cmp"
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

// writeCalendar writes a calendar (RFC 5545) with the day on which each device gets its
// last security updates. Only what a source dates and is still to come is in it.
func writeCalendar(w io.Writer, p *i18n.Printer, s scan.Scan, o Options) error {
	s, o = leaving(s, o)
	made := cmp.Or(s.Finished, s.On)
	var c calendar
	c.line("BEGIN", "VCALENDAR")
	c.line("VERSION", "2.0")
	c.line("PRODID", "-//Houdbaar//Houdbaar//"+strings.ToUpper(string(p.Language())))
	c.line("CALSCALE", "GREGORIAN")
	c.line("X-WR-CALNAME", calendarText(p.Text("calendar.name")))
	said := map[string]bool{}
	for _, g := range Groups(p, s, o) {
		for i, l := range g.Lines {
			until := g.Findings[i].Verdict.Until
			if until.Precision == lifecycle.NoDate || until.Last().Before(o.On) {
				continue
			}
			of := p.Text("calendar.ends", l.Title) + until.Last().Format(time.DateOnly) + l.ID
			if o.HideNames {
				// The same product twice is one event, also when the calendar is made again.
				of = l.Model + until.Last().Format(time.DateOnly)
			}
			sum := sha256.Sum256([]byte(of))
			if uid := hex.EncodeToString(sum[:12]); !said[uid] {
				said[uid] = true
				c.event(p, uid, made, l, until, o.On)
			}
		}
	}
	if len(said) == 0 {
		return ErrNoDays
	}
	c.line("END", "VCALENDAR")
	_, err := io.WriteString(w, c.String())
	return err
}

type calendar struct{ strings.Builder }

func (c *calendar) line(name, value string) { c.WriteString(folded(name + ":" + value)) }

// event writes the end of a device's updates, and a reminder thirty days before. Of a
// month or a year it is the first day, or the last once it has begun, and its name says so.
func (c *calendar) event(p *i18n.Printer, uid string, made time.Time, l Line, until lifecycle.Date, on time.Time) {
	day := until.Time // of a month or a year the first, to be in time
	if day.Before(on) {
		day = until.Last()
	}
	title, about := p.Text("calendar.ends", l.Title), l.Reason
	if until.Precision != lifecycle.Day {
		title += " (" + untilText(p, until.String()) + ")"
	}
	for _, source := range l.Sources {
		about += "\n" + together(" ", source.Publisher, source.URL)
	}
	c.line("BEGIN", "VEVENT")
	c.line("UID", uid+"@houdbaar.invalid")
	c.line("DTSTAMP", made.UTC().Format("20060102T150405Z"))
	c.line("DTSTART;VALUE=DATE", day.Format("20060102"))
	c.line("DTEND;VALUE=DATE", day.AddDate(0, 0, 1).Format("20060102"))
	c.line("SUMMARY", calendarText(title))
	c.line("DESCRIPTION", calendarText(about))
	c.line("TRANSP", "TRANSPARENT")
	c.line("BEGIN", "VALARM")
	c.line("ACTION", "DISPLAY")
	c.line("TRIGGER", "-P30D")
	c.line("DESCRIPTION", calendarText(p.Text("calendar.remind", title)))
	c.line("END", "VALARM")
	c.line("END", "VEVENT")
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
