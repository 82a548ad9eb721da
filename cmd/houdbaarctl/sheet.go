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

// create makes a file. One that is there already is left alone; exists is the text that
// says so.
func (t prompt) create(path, exists string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil, usage(t.Text(exists, report.Clean(path, 200)))
	case err != nil:
		return nil, t.unwritten(path, err)
	}
	return file, nil
}

// writeSheet writes a scan in the format the file's name asks for, with hardware
// addresses masked: it is made to leave the house. A calendar without a day is not made,
// and what could not be written whole is not left behind.
func (t prompt) writeSheet(file *os.File, done scan.Scan) error {
	err := writeFormat(file, formatOf(file.Name()), t.Printer, done, report.Options{On: done.On}, report.Sheet{})
	err = cmp.Or(err, file.Close())
	if errors.Is(err, errNoDays) {
		fmt.Fprintln(t.err, t.Text("ctl.visit.nodays"))
		return os.Remove(file.Name())
	}
	if err != nil {
		os.Remove(file.Name())
		return t.unwritten(file.Name(), err)
	}
	return nil
}

// errNoDays says that a calendar would be empty; RFC 5545 knows no empty calendar.
var errNoDays = errors.New("no day to come")

// writeFormat writes a scan, or errNoDays for a calendar without a day.
func writeFormat(w io.Writer, format string, p *i18n.Printer, done scan.Scan, o report.Options, sheet report.Sheet) error {
	whole := done
	whole.Findings = slices.Concat(done.Findings, sheet.Typed)
	switch format {
	case ".pdf":
		return report.WritePDF(w, p, done, o, sheet)
	case ".csv":
		return report.WriteCSV(w, p, whole, o)
	case ".json":
		return report.WriteJSON(w, report.NewScanObject(p, whole, o))
	case ".ics":
		days, err := report.WriteCalendar(w, p, whole, o)
		if err == nil && days == 0 {
			return errNoDays
		}
		return err
	case ".openeox.json":
		_, err := report.WriteOpenEoX(w, whole)
		return err
	}
	return report.WriteHTML(w, p, done, o, sheet)
}

// put writes a new file, or with overwrite in the place of one that is there: whole
// beside it first, so that what was there is lost only when the new one is complete. What
// could not be written whole is not left behind.
func (t prompt) put(path string, overwrite bool, write func(io.Writer) error) error {
	var file *os.File
	var err error
	if !overwrite {
		file, err = t.create(path, "ctl.visit.exists")
	} else if file, err = os.CreateTemp(filepath.Dir(path), ".houdbaar-*"); err != nil {
		err = t.unwritten(path, err)
	}
	if err != nil {
		return err
	}
	err = errors.Join(write(file), file.Close())
	if err == nil && overwrite {
		err = os.Rename(file.Name(), path)
	}
	if err == nil {
		return nil
	}
	os.Remove(file.Name())
	var said usage
	switch {
	case errors.Is(err, errNoDays):
		return errNoDays
	case errors.As(err, &said):
		return said
	}
	return t.unwritten(path, err)
}

// unwritten says that a file cannot be written, and why.
func (t prompt) unwritten(path string, err error) error {
	return usage(t.Text("ctl.report.failed", report.Clean(path, 200), report.Clean(err.Error(), 200)))
}
