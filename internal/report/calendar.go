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
// last security updates, and a reminder thirty days before. Only days that a source
// gives and that are still to come are in it; events is how many.
func WriteCalendar(w io.Writer, p *i18n.Printer, s scan.Scan, o Options) (events int, err error) {
	if o.HideNames = !o.Unmask; o.HideNames {
		s = scan.Masked(s, "calendar")
	}
	if o.On.IsZero() {
		o.On = s.On
	}
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
		for _, l := range g.Lines {
			f := findingOf(s, l.ID)
			day, ok := lastDay(f.Verdict.Until)
			if !ok || day.Before(o.On) {
				continue
			}
			title := p.Text("calendar.ends", l.Title)
			sum := sha256.Sum256([]byte(title + day.Format(time.DateOnly) + l.ID))
			uid := hex.EncodeToString(sum[:12])
			if o.HideNames {
				// The same product twice is one event, also when the calendar is made again.
				sum = sha256.Sum256([]byte(l.Model + day.Format(time.DateOnly)))
				uid = hex.EncodeToString(sum[:12])
			}
			if said[uid] {
				continue
			}
			said[uid] = true
			events++
			about := l.Reason
			for _, source := range l.Sources {
				about += "\n" + strings.Trim(source.Publisher+" "+source.URL, " ")
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

// findingOf is the finding of a device.
func findingOf(s scan.Scan, id string) scan.Finding {
	for _, f := range s.Findings {
		if f.Device.ID == id {
			return f
		}
	}
	return scan.Finding{}
}

// lastDay is the last day a date can mean, false where there is none.
func lastDay(d lifecycle.Date) (time.Time, bool) {
	switch t := d.Time; d.Precision {
	case lifecycle.Day:
		return t, true
	case lifecycle.Month:
		return t.AddDate(0, 1, -1), true
	case lifecycle.Year:
		return t.AddDate(1, 0, -1), true
	}
	return time.Time{}, false
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

// WriteOpenEoX writes what publishers said with a date of the products a scan met, as
// OpenEoX. Only devices of which the product is settled are in it: with what is said of
// the model without a revision beside the revision that matched. left is how many
// products have ended without a date, for which OpenEoX has no word.
func WriteOpenEoX(w io.Writer, s scan.Scan) (left int, err error) {
	var products []lifecycle.Product
	seen := map[string]bool{}
	for _, f := range s.Findings {
		settled := productObject(f.Match)
		if settled == nil || f.Match.Unlisted || len(f.Match.Products) > 1 && settled.HardwareRevision == "" {
			continue
		}
		for _, p := range f.Match.Products {
			if !seen[p.ID] {
				seen[p.ID] = true
				products = append(products, p)
			}
		}
	}
	return lifecycle.WriteOpenEoX(w, products)
}
