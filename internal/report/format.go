package report

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"houdbaar/internal/i18n"
	"houdbaar/internal/scan"
)

// Formats are the files that a scan can be written to, by how their names end, the one
// most people want first.
var Formats = []string{".pdf", ".html", ".csv", ".json", ".openeox.json", ".ics"}

// ErrNoDays says that a calendar would be empty; RFC 5545 knows no empty calendar.
var ErrNoDays = errors.New("no day to come")

// FormatOf returns the format that a file's name asks for, "" where there is none such.
func FormatOf(path string) string {
	format := ""
	for _, f := range Formats {
		if strings.HasSuffix(strings.ToLower(path), f) && len(f) > len(format) {
			format = f
		}
	}
	return format
}

// Write writes a scan in a format, with what was typed from labels. A calendar without a
// day is ErrNoDays, and nothing is written.
func Write(w io.Writer, format string, p *i18n.Printer, s scan.Scan, o Options, sheet Sheet) error {
	whole := s
	whole.Findings = slices.Concat(s.Findings, sheet.Typed)
	scan.Order(whole.Findings)
	switch format {
	case ".pdf":
		return writePDF(w, p, s, o, sheet)
	case ".html":
		return writeHTML(w, p, s, o, sheet)
	case ".csv":
		return writeCSV(w, p, whole, o)
	case ".json":
		return WriteJSON(w, NewScanObject(p, whole, o))
	case ".openeox.json":
		return writeOpenEoX(w, whole)
	case ".ics":
		return writeCalendar(w, p, whole, o)
	}
	return fmt.Errorf("no format %q", format)
}
