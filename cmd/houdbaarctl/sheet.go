package main

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"houdbaar/internal/i18n"
	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

// create makes the file of a report, before the scan: nobody waits for what cannot
// be kept. A file that is there already is left alone.
func (t prompt) create(path string) (*os.File, error) {
	if ext := strings.ToLower(filepath.Ext(path)); ext != ".html" && ext != ".csv" {
		return nil, usage(t.Text("ctl.report.format", report.Clean(path, 200)))
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil, usage(t.Text("ctl.report.exists", report.Clean(path, 200)))
	case err != nil:
		return nil, usage(t.Text("ctl.report.failed", report.Clean(path, 200), report.Clean(err.Error(), 200)))
	}
	return file, nil
}

// writeSheet writes a scan in the format the file's name asks for, with hardware
// addresses masked: it is made to leave the house.
func writeSheet(file *os.File, p *i18n.Printer, done scan.Scan) error {
	var err error
	options := report.Options{On: done.On}
	if strings.EqualFold(filepath.Ext(file.Name()), ".csv") {
		err = report.WriteCSV(file, p, done, options)
	} else {
		err = report.WriteHTML(file, p, done, options, report.Sheet{})
	}
	return cmp.Or(err, file.Close())
}
