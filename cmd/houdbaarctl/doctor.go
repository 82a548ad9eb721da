package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"houdbaar/internal/app"
	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

// doctorCommand tests whether searching works here.
func doctorCommand(ctx context.Context, t prompt, args []string) error {
	flags := newFlags("doctor")
	var interfaces []string
	flags.interfaces(&interfaces)
	if err := flags.none(t, args); err != nil {
		return err
	}
	engine := app.Open(t.builtIn)
	defer engine.Close()
	h, err := engine.Doctor(ctx, interfaces)
	if err != nil {
		return usage(t.Text("ctl.scan.failed", report.Clean(err.Error(), 200)))
	}
	if flags.json {
		err = report.WriteJSON(t.out, report.NewHealthObject(t.Printer, h))
	} else {
		err = report.WriteHealth(t.out, t.Printer, h)
	}
	return cmp.Or(err, wellIf(h.Diagnosis()[0] == scan.DoctorOK))
}

// questionsCommand shows everything that can be sent.
func questionsCommand(_ context.Context, t prompt, args []string) error {
	flags := newFlags("questions")
	if err := flags.none(t, args); err != nil {
		return err
	}
	if flags.json {
		return report.WriteJSON(t.out, report.Questions(t.Printer, app.Questions()))
	}
	group, why := "", ""
	for _, q := range report.Questions(t.Printer, app.Questions()) {
		if q.Group != group {
			fmt.Fprintf(t.out, "%s\n\n", strings.ToUpper(q.Group))
		}
		if head := q.Why + "\n  → " + q.Whom + ": " + q.To; head != why || q.Group != group {
			fmt.Fprintf(t.out, "%s\n", head)
			why = head
		}
		group = q.Group
		if q.Text != "" {
			fmt.Fprintf(t.out, "    %s\n", strings.ReplaceAll(strings.TrimSpace(q.Text), "\n", "\n    "))
		}
	}
	return nil
}
