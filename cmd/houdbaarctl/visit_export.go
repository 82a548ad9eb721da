package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"houdbaar/internal/app"
	"houdbaar/internal/history"
	"houdbaar/internal/report"
)

// errNoDays says that a calendar would be empty; RFC 5545 knows no empty calendar.
var errNoDays = errors.New("no day to come")

// export writes a scan as a report, or a whole visit as one file.
func (v *visiting) export(ctx context.Context) (int, error) {
	path := v.rest[1]
	format := formatOf(path)
	whole := strings.EqualFold(filepath.Ext(path), history.Extension)
	if format == "" && !whole {
		return failed, usage(v.Text("ctl.visit.format", report.Clean(path, 200)))
	}
	s, err := v.reading(ctx)
	if err != nil {
		return failed, err
	}
	defer s.Close()
	write := func(w io.Writer) error {
		ref, _, err := v.reference(v.rest[0])
		if err != nil {
			return err
		}
		return v.historyError(s.Write(ctx, w, ref, history.Export{Unmask: v.unmask}))
	}
	if !whole {
		f, err := v.find(ctx, s, v.rest[0])
		if err != nil {
			return failed, err
		}
		if f.Number == 0 && len(f.Typed) == 0 {
			return failed, usage(v.Text("ctl.visit.empty"))
		}
		sheet, err := v.sheet(ctx, s, f)
		if err != nil {
			return failed, err
		}
		write = func(w io.Writer) error {
			days, err := writeFormat(w, format, v.Printer, f.Scan, report.Options{On: f.Scan.On, Unmask: v.unmask}, sheet)
			if err == nil && days == 0 {
				return errNoDays
			}
			return err
		}
	}
	if err := v.put(path, write); errors.Is(err, errNoDays) {
		fmt.Fprintln(v.err, v.Text("ctl.visit.nodays"))
		return well, nil
	} else if err != nil {
		return failed, err
	}
	fmt.Fprintln(v.err, v.Text("ctl.visit.written", report.Clean(path, 200)))
	if whole && !v.unmask {
		fmt.Fprintln(v.err, v.Text("ctl.visit.masked"))
	}
	return well, nil
}

// sheet is what a visit adds to the paper of a scan: with an earlier scan, what changed.
func (v *visiting) sheet(ctx context.Context, s *history.Store, f app.Kept) (report.Sheet, error) {
	sheet := report.Sheet{Household: f.Household, Visitor: f.Visitor, Note: f.Notes, Typed: f.Typed, Notes: f.Note}
	if v.visitor != "" {
		sheet.Visitor = v.visitor
	}
	if v.note != "" {
		sheet.Note = v.note
	}
	if f.Number < 2 || len(f.Scans) < 2 || f.Scans[0].Number >= f.Number {
		return sheet, nil
	}
	c, scans, ok, err := s.Compare(ctx, f.Ref, 0, f.Number)
	if err != nil || !ok {
		return sheet, v.historyError(err)
	}
	sheet.Changes, sheet.Since = &c, scans[0].Started
	return sheet, nil
}

// put writes a new file, or with --overwrite in the place of one that is there. What
// could not be written whole is not left behind.
func (v *visiting) put(path string, write func(io.Writer) error) error {
	if v.overwrite {
		return v.replace(path, write)
	}
	file, err := v.createAny(path)
	if err != nil {
		return err
	}
	if err := errors.Join(write(file), file.Close()); err != nil {
		os.Remove(path)
		if errors.Is(err, errNoDays) {
			return errNoDays
		}
		var said usage
		if errors.As(err, &said) {
			return said
		}
		return usage(v.Text("ctl.report.failed", report.Clean(path, 200), report.Clean(err.Error(), 200)))
	}
	return nil
}

// takeOver imports a visit file.
func (v *visiting) takeOver(ctx context.Context) (int, error) {
	file, err := os.Open(v.rest[0])
	if err != nil {
		return failed, usage(v.Text("ctl.visit.unread", report.Clean(v.rest[0], 200), report.Clean(err.Error(), 200)))
	}
	defer file.Close()
	s, err := v.history(ctx)
	if err != nil {
		return failed, err
	}
	defer s.Close()
	ref, err := s.Import(ctx, file)
	if err != nil {
		return failed, v.historyError(err)
	}
	fmt.Fprintln(v.out, v.Text("ctl.visit.imported.as", ref))
	return well, nil
}
