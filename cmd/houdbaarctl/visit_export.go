package main

import (
	"cmp"
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

// export writes a scan as a report, or a whole visit as one file.
func (v *visiting) export(ctx context.Context) error {
	path := v.rest[1]
	format := report.FormatOf(path)
	whole := strings.EqualFold(filepath.Ext(path), history.Extension)
	if format == "" && !whole {
		return usage(v.Text("ctl.visit.format", report.Clean(path, 200)))
	}
	if err := v.reading(ctx); err != nil {
		return err
	}
	write := func(w io.Writer) error {
		ref, _, err := v.reference(v.rest[0])
		if err != nil {
			return err
		}
		return v.historyError(v.store.Write(ctx, w, ref, history.Export{Unmask: v.unmask}))
	}
	if !whole {
		f, err := v.find(ctx, v.rest[0])
		if err != nil {
			return err
		}
		if f.Number == 0 && len(f.Typed) == 0 {
			return usage(v.Text("ctl.visit.empty"))
		}
		sheet, err := v.sheet(ctx, f)
		if err != nil {
			return err
		}
		write = func(w io.Writer) error {
			return report.Write(w, format, v.Printer, f.Scan, report.Options{On: f.Scan.On, Unmask: v.unmask}, sheet)
		}
	}
	if err := v.put(path, v.overwrite, write); errors.Is(err, report.ErrNoDays) {
		fmt.Fprintln(v.err, v.Text("ctl.visit.nodays"))
		return nil
	} else if err != nil {
		return err
	}
	fmt.Fprintln(v.err, v.Text("ctl.visit.written", report.Clean(path, 200)))
	if whole && !v.unmask {
		fmt.Fprintln(v.err, v.Text("ctl.visit.masked"))
	}
	return nil
}

// sheet is what a visit adds to the paper of a scan: with an earlier scan, what changed.
func (v *visiting) sheet(ctx context.Context, f app.Kept) (report.Sheet, error) {
	sheet := report.Sheet{Household: f.Household, Visitor: cmp.Or(v.visitor, f.Visitor), Note: cmp.Or(v.note, f.Notes), Typed: f.Typed, Notes: f.Note}
	if f.Number < 2 || len(f.Scans) < 2 || f.Scans[0].Number >= f.Number {
		return sheet, nil
	}
	c, ok, err := v.store.Compare(ctx, history.Pick{Ref: f.Ref}, history.Pick{Ref: f.Ref, Number: f.Number})
	if err != nil || !ok {
		return sheet, v.historyError(err)
	}
	sheet.Changes, sheet.Since = &c.Comparison, c.Before.Started
	return sheet, nil
}

// takeOver imports a visit file.
func (v *visiting) takeOver(ctx context.Context) error {
	file, err := os.Open(v.rest[0])
	if err != nil {
		return usage(v.Text("ctl.visit.unread", report.Clean(v.rest[0], 200), report.FileText(v.Printer, history.Code(err), err)))
	}
	defer file.Close()
	if err := v.writing(ctx); err != nil {
		return err
	}
	ref, err := v.store.Import(ctx, file)
	return v.told(v.Text("ctl.visit.imported.as", ref), err)
}
