package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

// proposals is how many products are proposed when nothing matches: what fits a
// screen beside the answer.
const proposals = 8

// checkCommand judges what somebody read on a label.
func checkCommand(ctx context.Context, t prompt, args []string) error {
	flags := newFlags("check")
	var id device.Identity
	flags.label(&id)
	rest, err := flags.read(t, args)
	if err != nil {
		return err
	}
	if err := t.trim(&id); err != nil { // also where the model stands without its flag
		return err
	}
	if len(rest) > 0 {
		return t.extra(rest[0])
	}
	engine := t.open()
	defer engine.Close()
	engine.On = flags.on
	f, err := engine.Check(ctx, id)
	if err != nil {
		return err
	}
	options := t.options(engine.Today())
	object := report.NewFindingObject(t.Printer, f, options)
	if f.Match.How == lifecycle.NoMatch {
		products, err := engine.Search(ctx, strings.TrimSpace(id.Vendor+" "+id.Model+" "+id.Revision), proposals)
		if err != nil {
			return err
		}
		object.Proposals = []report.ProductObject{}
		for _, p := range products {
			object.Proposals = append(object.Proposals, report.NewProductObject(p))
		}
	}
	if flags.json {
		return cmp.Or(report.WriteJSON(t.out, object), error(status(f)))
	}
	if err := report.WriteFinding(t.out, t.Printer, f, options); err != nil {
		return err
	}
	if len(object.Proposals) > 0 {
		fmt.Fprintf(t.out, "\n%s\n", t.Text("ctl.check.proposals"))
		for _, p := range object.Proposals {
			fmt.Fprintf(t.out, "  %s\n", report.ProductText(t.Printer, p))
		}
	}
	return status(f)
}

// trim takes the blanks off what a person typed, of which the model must be some.
func (t prompt) trim(id *device.Identity) error {
	for _, part := range []*string{&id.Vendor, &id.Model, &id.Revision, &id.Firmware} {
		*part = strings.TrimSpace(*part)
	}
	if id.Model == "" {
		return usage(t.Text("ctl.check.model"))
	}
	return nil
}

// status is the exit status that one finding asks for.
func status(f scan.Finding) exit {
	switch {
	case f.Verdict.Kind == lifecycle.SupportedNow || f.Verdict.Kind == lifecycle.OtherDevice:
		return well
	case f.Verdict.Rule == lifecycle.RuleNoCatalogue:
		return failed
	}
	return action
}
