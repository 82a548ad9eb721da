package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"houdbaar/internal/i18n"
	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

// formats are how the names of reports end; the longer of two that fit comes first.
var formats = []string{".openeox.json", ".html", ".pdf", ".csv", ".json", ".ics"}

// formatOf returns the format that a file's name asks for, "" for none we make.
func formatOf(path string) string {
	for _, f := range formats {
		if strings.HasSuffix(strings.ToLower(path), f) {
			return f
		}
	}
	return ""
}

// create makes the file of a report, before the scan: nobody waits for what cannot
// be kept. A file that is there already is left alone.
func (t prompt) create(path string) (*os.File, error) {
	if formatOf(path) == "" {
		return nil, usage(t.Text("ctl.report.format", report.Clean(path, 200)))
	}
	return t.createAny(path)
}

func (t prompt) createAny(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil, usage(t.Text("ctl.report.exists", report.Clean(path, 200)))
	case err != nil:
		return nil, usage(t.Text("ctl.report.failed", report.Clean(path, 200), report.Clean(err.Error(), 200)))
	}
	return file, nil
}

// writeSheet writes a scan in the format the file's name asks for, with hardware
// addresses masked: it is made to leave the house. A calendar without a day is not made.
func (t prompt) writeSheet(file *os.File, done scan.Scan) error {
	days, err := writeFormat(file, formatOf(file.Name()), t.Printer, done, report.Options{On: done.On}, report.Sheet{})
	err = cmp.Or(err, file.Close())
	if err == nil && days == 0 {
		fmt.Fprintln(t.err, t.Text("ctl.visit.nodays"))
		return os.Remove(file.Name())
	}
	return err
}

// writeFormat writes a scan, and returns how many days a calendar got; 1 for every
// other format.
func writeFormat(w io.Writer, format string, p *i18n.Printer, done scan.Scan, o report.Options, sheet report.Sheet) (days int, err error) {
	whole := done
	whole.Findings = slices.Concat(done.Findings, sheet.Typed)
	switch format {
	case ".pdf":
		return 1, report.WritePDF(w, p, done, o, sheet)
	case ".csv":
		return 1, report.WriteCSV(w, p, whole, o)
	case ".json":
		return 1, report.WriteJSON(w, report.NewScanObject(p, whole, o))
	case ".ics":
		return report.WriteCalendar(w, p, whole, o)
	case ".openeox.json":
		_, err := report.WriteOpenEoX(w, whole)
		return 1, err
	}
	return 1, report.WriteHTML(w, p, done, o, sheet)
}

// replace writes a file that may be there already: whole beside it, then in its place,
// so that what was there is lost only when the new one is complete.
func (t prompt) replace(path string, write func(io.Writer) error) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".houdbaar-*")
	if err == nil {
		err = errors.Join(write(file), file.Close())
		if errors.Is(err, errNoDays) {
			os.Remove(file.Name())
			return errNoDays
		}
		if err == nil {
			err = os.Rename(file.Name(), path)
		}
		if err != nil {
			os.Remove(file.Name())
		}
	}
	if err != nil {
		return usage(t.Text("ctl.report.failed", report.Clean(path, 200), report.Clean(err.Error(), 200)))
	}
	return nil
}
