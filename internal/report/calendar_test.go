package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// calendarOf writes a calendar, holds it to RFC 5545 line by line, and returns its
// events: name to value, as written.
func calendarOf(t *testing.T, p *i18n.Printer, s scan.Scan) []map[string]string {
	t.Helper()
	var b bytes.Buffer
	must(t, writeCalendar(&b, p, s, Options{}))
	text := b.String()
	if !strings.HasSuffix(text, "\r\n") || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\n") || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\r") {
		t.Errorf("lines do not end in CRLF:\n%q", text)
	}
	for _, line := range strings.Split(text, "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Errorf("a line of %d octets: %q", len(line), line)
		}
	}
	var events []map[string]string
	var open []string
	property := regexp.MustCompile(`^([A-Z-]+(?:;[A-Z]+=[A-Z]+)*):(.*)$`)
	for _, line := range strings.Split(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n ", ""), "\r\n"), "\r\n") {
		m := property.FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("no content line: %q", line)
		}
		switch name, value := m[1], m[2]; {
		case name == "BEGIN":
			open = append(open, value)
			if value == "VEVENT" {
				events = append(events, map[string]string{})
			}
		case name == "END":
			if len(open) == 0 || open[len(open)-1] != value {
				t.Fatalf("END:%s within %v", value, open)
			}
			open = open[:len(open)-1]
		case len(open) == 2:
			events[len(events)-1][name] = value
		}
	}
	if len(open) > 0 {
		t.Errorf("left open: %v", open)
	}
	return events
}

func TestTheCalendarHoldsTheDaysThatAreStillToCome(t *testing.T) {
	for _, l := range i18n.Languages {
		events := calendarOf(t, i18n.New(l), household(t))
		var days []string
		for _, e := range events {
			days = append(days, e["DTSTART;VALUE=DATE"]+" "+e["DTEND;VALUE=DATE"]+" "+e["SUMMARY"])
			for _, name := range []string{"UID", "DTSTAMP", "DESCRIPTION"} {
				if e[name] == "" {
					t.Errorf("an event without %s: %v", name, e)
				}
			}
		}
		want := map[i18n.Language]string{
			i18n.Dutch:   "20270331 20270401 Eye Cam 2: de beveiligingsupdates stoppen|20311231 20320101 Disk D2+: de beveiligingsupdates stoppen",
			i18n.English: "20270331 20270401 Eye Cam 2: security updates end|20311231 20320101 Disk D2+: security updates end",
		}[l]
		if got := strings.Join(days, "|"); got != want {
			t.Errorf("%s: got %s, want %s", l, got, want)
		}
	}
	// A year of which nobody said the day: in time.
	s := scan.Scan{On: today, Findings: []scan.Finding{made("Acme", "X", lifecycle.PlanReplacement, func(f *scan.Finding) {
		f.Verdict.Until, _ = lifecycle.ParseDate("2027")
	})}}
	if events := calendarOf(t, english, s); len(events) != 1 || events[0]["DTSTART;VALUE=DATE"] != "20270101" || !strings.HasSuffix(events[0]["SUMMARY"], "(some time in 2027)") {
		t.Errorf("some time in 2027: %v", events)
	}
	var b bytes.Buffer
	if err := Write(&b, ".ics", english, scan.Scan{On: today}, Options{}, Sheet{}); !errors.Is(err, ErrNoDays) || b.Len() > 0 {
		t.Errorf("a scan of nothing: %v, %q", err, b.String())
	}
}

func TestNothingInACalendarIsMoreThanText(t *testing.T) {
	s := scan.Scan{On: today}
	for _, model := range []string{"a;b,c\\d", "x\r\nEND:VEVENT\r\nBEGIN:VALARM", strings.Repeat("é", 58), "a\x00b:c"} {
		s.Findings = append(s.Findings, made("Acme", model, lifecycle.PlanReplacement, func(f *scan.Finding) {
			f.Device.ID = "mac-" + model
			f.Verdict.Until = lifecycle.Date{Time: today, Precision: lifecycle.Month}
		}))
	}
	events := calendarOf(t, english, s)
	if len(events) != 4 {
		t.Fatalf("%d events", len(events))
	}
	seen := map[string]bool{}
	for _, e := range events {
		seen[e["UID"]] = true
		if strings.Contains(strings.NewReplacer(`\\`, "", `\;`, "", `\,`, "", `\n`, "").Replace(e["SUMMARY"]), `\`) || regexp.MustCompile(`(^|[^\\])[;,]`).MatchString(strings.ReplaceAll(e["SUMMARY"], `\\`, "")) {
			t.Errorf("not escaped: %s", e["SUMMARY"])
		}
	}
	if len(seen) != 4 {
		t.Errorf("%d different UIDs", len(seen))
	}
}

func TestOpenEoXHoldsTheDatesOfTheProductsThatWereMet(t *testing.T) {
	var b bytes.Buffer
	must(t, writeOpenEoX(&b, household(t)))
	var shell lifecycle.EoXShell
	must(t, json.Unmarshal(b.Bytes(), &shell))
	got := map[string]string{}
	for _, s := range shell.Statements {
		got[s.Product.Vendor+" "+s.Product.Name+" "+s.Product.Version] = s.Core.EndOfSecuritySupport
	}
	for product, want := range map[string]string{
		"Acme R1 A1":    "2018-05-01T23:59:59Z",
		"Eye Cam 2 any": "2027-03-31T23:59:59Z",
		"Disk D2+ any":  "2031-12-31T23:59:59Z",
	} {
		if got[product] != want {
			t.Errorf("%s: got %q, want %q", product, got[product], want)
		}
	}
	// The one that can be A1 or B1 is neither; the provider's ended without a date.
	if len(got) != 3 {
		t.Errorf("%d statements: %v", len(got), got)
	}
	b.Reset()
	if err := writeOpenEoX(&b, scan.Scan{}); err != nil || !strings.Contains(b.String(), `"statements": []`) {
		t.Errorf("nothing: %v %s", err, b.String())
	}
}
