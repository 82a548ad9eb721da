package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"houdbaar/internal/report"
)

// forget removes a visit, a scan, what is old, or everything.
func (v *visiting) forget(ctx context.Context) error {
	ways := len(v.rest)
	if v.all {
		ways++
	}
	if v.olderThan != "" {
		ways++
	}
	if ways != 1 {
		return usage(v.Text("ctl.visit.which"))
	}
	if v.all && !v.yes {
		return usage(v.Text("ctl.visit.yes"))
	}
	if v.olderThan != "" {
		return v.forgetOld(ctx)
	}
	if err := v.writing(ctx); err != nil {
		return err
	}
	if v.all {
		return v.told(v.Text("ctl.visit.forgotten", v.Text("ctl.visit.everything")), v.store.Erase(ctx))
	}
	ref, number, err := v.reference(v.rest[0])
	switch {
	case err != nil:
		return err
	case number > 0:
		err = v.store.ForgetScan(ctx, ref, number)
	default:
		err = v.store.Forget(ctx, ref)
	}
	return v.told(v.Text("ctl.visit.forgotten", report.Clean(v.rest[0], 60)), err)
}

// forgetOld removes the visits that are older than asked.
func (v *visiting) forgetOld(ctx context.Context) error {
	days, err := v.days(v.olderThan)
	if err == nil {
		err = v.writing(ctx)
	}
	if err != nil {
		return err
	}
	n, err := v.store.ForgetBefore(ctx, time.Now().AddDate(0, 0, -days))
	return v.told(v.N("ctl.visit.forgotten.old", n), err)
}

// days reads how old something may be. More than 32 bits would lie before the first moment
// that can be reckoned with, and come out in the future.
func (v *visiting) days(text string) (int, error) {
	days, err := strconv.ParseInt(text, 10, 32)
	if err != nil || days < 1 {
		return 0, usage(v.Text("ctl.visit.days", report.Clean(text, 60)))
	}
	return int(days), nil
}

// keep sets after how many days visits are forgotten.
func (v *visiting) keep(ctx context.Context) error {
	days := 0
	if v.rest[0] != "forever" {
		var err error
		if days, err = v.days(v.rest[0]); err != nil {
			return err
		}
	}
	if err := v.writing(ctx); err != nil {
		return err
	}
	if err := v.store.SetKeep(ctx, days); err != nil {
		return v.historyError(err)
	}
	if days == 0 {
		fmt.Fprintln(v.out, v.Text("ctl.visit.keep.forever"))
		return nil
	}
	fmt.Fprintln(v.out, v.N("ctl.visit.keep", days))
	n, err := v.store.Tidy(ctx)
	return v.told(v.N("ctl.visit.forgotten.old", n), err)
}
