package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"houdbaar/internal/report"
)

// unread is the line of a folder that could not be read.
type unread struct {
	Case  string `json:"case"`
	Error string `json:"error"`
}

// identifyCommand reads recorded case folders and prints one finding for each. A
// folder that cannot be read is an error line; the rest still runs.
func identifyCommand(ctx context.Context, t prompt, args []string) error {
	flags := newFlags("identify")
	dirs, err := flags.read(t, args)
	if err != nil {
		return err
	}
	if len(dirs) == 0 {
		return usage(t.Text("ctl.identify.none"))
	}
	engine := t.open()
	defer engine.Close()
	engine.On = flags.on
	options := t.options(engine.Today())
	worst := well
	for _, dir := range dirs {
		name := filepath.Base(filepath.Clean(dir))
		f, err := engine.Identify(ctx, dir)
		if err != nil {
			worst = failed
			why := t.unreadable(name, err)
			fmt.Fprintf(t.err, "houdbaarctl: %s\n", why)
			if flags.json {
				if err := report.WriteJSONLine(t.out, unread{Case: name, Error: why}); err != nil {
					return err
				}
			}
			continue
		}
		worst = max(worst, status(f))
		if flags.json {
			object := report.NewFindingObject(t.Printer, f, options)
			object.Case = name
			err = report.WriteJSONLine(t.out, object)
		} else {
			fmt.Fprintf(t.out, "%s\n", report.Clean(name, 200))
			err = report.WriteFinding(t.out, t.Printer, f, options)
		}
		if err != nil {
			return err
		}
	}
	return worst
}

// unreadable says why a folder could not be read and what to do.
func (t prompt) unreadable(name string, err error) string {
	name = report.Clean(name, 200)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return t.Text("ctl.identify.missing", name)
	case errors.Is(err, fs.ErrPermission):
		return t.Text("ctl.identify.forbidden", name)
	}
	return t.Text("ctl.identify.unread", name, report.Clean(err.Error(), 400))
}
