package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"houdbaar/internal/history"
	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

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
// addresses masked: it is made to leave the house. A calendar without a day is not made.
func (t prompt) writeSheet(file *os.File, done scan.Scan) error {
	err := t.fill(file, file.Name(), func(w io.Writer) error {
		return report.Write(w, report.FormatOf(file.Name()), t.Printer, done, report.Options{On: done.On}, report.Sheet{})
	})
	if errors.Is(err, report.ErrNoDays) {
		fmt.Fprintln(t.err, t.Text("ctl.visit.nodays"))
		return nil
	}
	return err
}

// put writes a new file, or with overwrite in the place of one that is there: whole
// beside it first, so that what was there is lost only when the new one is complete.
func (t prompt) put(path string, overwrite bool, write func(io.Writer) error) error {
	if !overwrite {
		file, err := t.create(path, "ctl.visit.exists")
		if err != nil {
			return err
		}
		return t.fill(file, path, write)
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".houdbaar-*")
	if err != nil {
		return t.unwritten(path, err)
	}
	if err := t.fill(file, path, write); err != nil {
		return err
	}
	if err := os.Rename(file.Name(), path); err != nil {
		os.Remove(file.Name())
		return t.unwritten(path, err)
	}
	return nil
}

// fill writes an open file, which a person knows by path. What could not be written whole
// is not left behind.
func (t prompt) fill(file *os.File, path string, write func(io.Writer) error) error {
	err := errors.Join(write(file), file.Close())
	if err == nil {
		return nil
	}
	os.Remove(file.Name())
	var said usage
	switch {
	case errors.Is(err, report.ErrNoDays):
		return report.ErrNoDays
	case errors.As(err, &said):
		return said
	}
	return t.unwritten(path, err)
}

// unwritten says that a file cannot be written, and why.
func (t prompt) unwritten(path string, err error) error {
	return usage(t.Text("ctl.report.failed", report.Clean(path, 200), report.FileText(t.Printer, history.Code(err), err)))
}
