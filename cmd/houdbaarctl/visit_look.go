package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"houdbaar/internal/app"
	"houdbaar/internal/history"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/report"
)

// list prints the visits.
func (v *visiting) list(ctx context.Context) error {
	rows, err := v.rows(ctx)
	switch {
	case err != nil:
		return err
	case v.flags.json:
		return v.listJSON(rows)
	}
	if len(rows) == 0 && v.search != "" {
		fmt.Fprintln(v.out, v.Text("ctl.visit.nonefound"))
	} else if len(rows) == 0 {
		fmt.Fprintln(v.out, v.Text("ctl.visit.none"))
	}
	for _, r := range rows {
		fmt.Fprintln(v.out, strings.TrimRight(v.Text("ctl.visit.row", fmt.Sprintf("%-16s", r.Ref), v.called(r.Ref, r.Household), v.counts(r)), " "))
	}
	return nil
}

func (v *visiting) rows(ctx context.Context) ([]history.Row, error) {
	if !history.Exists(app.HistoryPath()) {
		return nil, nil
	}
	if err := v.reading(ctx); err != nil {
		return nil, err
	}
	rows, err := v.store.List(ctx, v.search)
	return rows, v.historyError(err)
}

// called is what a visit is called, for a person.
func (v *visiting) called(ref, household string) string {
	if ref == history.Home && household == "" {
		return v.Text("ctl.visit.home")
	}
	return report.Clean(household, 60)
}

// counts says how a visit stands: day, scans, devices, how many need something.
func (v *visiting) counts(r history.Row) string {
	if r.Last.Number == 0 {
		return v.Date(r.Created)
	}
	parts := []string{v.Date(r.Last.Started), v.N("ctl.visit.scans", r.Scans), v.N("ctl.visit.devices", r.Last.Devices)}
	act := 0
	for _, kind := range lifecycle.Actions {
		act += r.Last.Counts[kind]
	}
	if act > 0 {
		parts = append(parts, v.N("ctl.visit.act", act))
	}
	return strings.Join(parts, ", ")
}

// show prints a visit and one of its scans.
func (v *visiting) show(ctx context.Context) error {
	if err := v.reading(ctx); err != nil {
		return err
	}
	f, err := v.find(ctx, v.rest[0])
	if err != nil {
		return err
	}
	f.Scan.Findings = slices.Concat(f.Scan.Findings, f.Typed)
	options := v.options(f.Scan.On)
	if v.flags.json {
		if err := report.WriteJSON(v.out, v.object(f)); err != nil {
			return err
		}
	} else {
		v.head(f)
		if f.Number == 0 && len(f.Typed) == 0 {
			fmt.Fprintln(v.out, v.Text("ctl.visit.empty"))
			return nil
		}
		if err := report.WriteText(v.out, v.Printer, f.Scan, options); err != nil {
			return err
		}
		for _, one := range f.Scan.Findings {
			if note := f.Note(one.Device); note != "" {
				fmt.Fprintf(v.out, "%s: %s\n", report.NewLine(v.Printer, one, options).Title, v.Text("sheet.devicenote", report.Clean(note, 400)))
			}
		}
		for _, label := range f.Typed {
			fmt.Fprintln(v.out, v.Text("ctl.visit.typed", label.Device.ID, report.NewLine(v.Printer, label, options).Title))
		}
	}
	return wellIf(report.AllWell(f.Scan))
}

// head prints what a person wrote about a visit, and which scan follows.
func (v *visiting) head(f app.Kept) {
	fmt.Fprintln(v.out, strings.TrimRight(f.Ref+"  "+v.called(f.Ref, f.Household), " "))
	if !f.Imported.IsZero() {
		fmt.Fprintln(v.out, v.Text("ctl.visit.imported", v.Date(f.Imported)))
	}
	if f.Visitor != "" {
		fmt.Fprintln(v.out, v.Text("ctl.visit.visitor", report.Clean(f.Visitor, 160)))
	}
	if f.Notes != "" {
		fmt.Fprintln(v.out, v.Text("ctl.visit.notes", report.Clean(f.Notes, 400)))
	}
	if f.Number == 0 {
		return
	}
	fmt.Fprintln(v.out, v.Text("ctl.visit.scan", f.Number, v.DateTime(f.Scan.Started)))
	if !v.again {
		fmt.Fprintln(v.out, v.Text("ctl.visit.judged", v.Date(f.Scan.On)))
	}
	fmt.Fprintln(v.out)
}

// compare prints what changed between two scans, of one visit or of two.
func (v *visiting) compare(ctx context.Context) error {
	if err := v.reading(ctx); err != nil {
		return err
	}
	c, err := v.compared(ctx, v.rest)
	if err != nil {
		return err
	}
	if v.flags.json {
		return report.WriteJSON(v.out, v.comparison(c, report.Options{On: c.After.On, Unmask: v.unmask, HideNames: !v.unmask}))
	}
	names := c.Refs
	for i, number := range c.Numbers {
		if number > 0 {
			names[i] += ":" + strconv.Itoa(number)
		}
	}
	fmt.Fprintln(v.out, v.Text("ctl.visit.compared", names[0], v.DateTime(c.Before.Started), names[1], v.DateTime(c.After.Started)))
	said := append(report.DoubtTexts(v.Printer, c.Comparison), report.Changes(v.Printer, c.Comparison, report.Options{On: c.After.On, Unmask: true})...)
	if len(said) == 0 {
		said = []string{v.Text("sheet.nochanges")}
	}
	for _, text := range said {
		fmt.Fprintln(v.out, "  -", text)
	}
	return nil
}

// compared compares a visit's last two scans, one scan with the one before it, or two
// that were named.
func (v *visiting) compared(ctx context.Context, names []string) (history.Pair, error) {
	var picks [2]history.Pick
	for i, name := range names {
		var err error
		if picks[i].Ref, picks[i].Number, err = v.reference(name); err != nil {
			return history.Pair{}, err
		}
	}
	if len(names) == 1 {
		picks = [2]history.Pick{{Ref: picks[0].Ref}, picks[0]}
	}
	c, ok, err := v.store.Compare(ctx, picks[0], picks[1])
	if err != nil {
		return history.Pair{}, v.historyError(err)
	}
	if ok {
		return c, nil
	}
	for _, p := range picks {
		if _, there, err := v.store.Visit(ctx, p.Ref); err == nil && !there {
			return history.Pair{}, v.noSuch()
		}
	}
	return history.Pair{}, usage(v.Text("ctl.visit.two"))
}
