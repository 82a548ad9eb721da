package main

import (
	"context"
	"fmt"

	"houdbaar/internal/app"
	"houdbaar/internal/history"
	"houdbaar/internal/report"
)

// compare prints what changed between two scans, of one visit or of two.
func (v *visiting) compare(ctx context.Context) (int, error) {
	s, err := v.reading(ctx)
	if err != nil {
		return failed, err
	}
	defer s.Close()
	c, err := v.compared(ctx, s, v.rest)
	if err != nil {
		return failed, err
	}
	if v.flags.json {
		return well, report.WriteJSON(v.out, v.comparison(c, report.Options{On: c.After.On, Unmask: v.unmask, HideNames: !v.unmask}))
	}
	fmt.Fprintln(v.out, v.Text("ctl.visit.compared", c.Refs[0], v.DateTime(c.Before.Started), c.Refs[1], v.DateTime(c.After.Started)))
	said := append(report.DoubtTexts(v.Printer, c.Comparison), report.Changes(v.Printer, c.Comparison, report.Options{On: c.After.On, Unmask: true})...)
	if len(said) == 0 {
		said = []string{v.Text("sheet.nochanges")}
	}
	for _, text := range said {
		fmt.Fprintln(v.out, "  -", text)
	}
	return well, nil
}

// compared compares a visit's last two scans, one scan with the one before it, or two
// that were named.
func (v *visiting) compared(ctx context.Context, s *history.Store, names []string) (app.Pair, error) {
	var picks [2]app.Pick
	for i, name := range names {
		var err error
		if picks[i].Ref, picks[i].Number, err = v.reference(name); err != nil {
			return app.Pair{}, err
		}
	}
	if len(names) == 1 {
		picks = [2]app.Pick{{Ref: picks[0].Ref}, picks[0]}
	}
	c, ok, err := app.Compare(ctx, s, picks[0], picks[1])
	if err != nil {
		return app.Pair{}, v.historyError(err)
	}
	if ok {
		return c, nil
	}
	for _, p := range picks {
		if _, there, err := s.Visit(ctx, p.Ref); err == nil && !there {
			return app.Pair{}, v.noSuch()
		}
	}
	return app.Pair{}, usage(v.Text("ctl.visit.two"))
}
