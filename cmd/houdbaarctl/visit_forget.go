package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"houdbaar/internal/report"
)

// forget removes a visit, a scan, what is old, or everything.
func (v *visiting) forget(ctx context.Context) (int, error) {
	ways := len(v.rest)
	if v.all {
		ways++
	}
	if v.olderThan != "" {
		ways++
	}
	if ways != 1 {
		return failed, usage(v.Text("ctl.visit.which"))
	}
	if v.all && !v.yes {
		return failed, usage(v.Text("ctl.visit.yes"))
	}
	err := v.writing(ctx)
	if err != nil {
		return failed, err
	}
	what := v.Text("ctl.visit.everything")
	switch {
	case v.all:
		err = v.store.Erase(ctx)
	case v.olderThan != "":
		days, bad := v.days(v.olderThan)
		if bad != nil {
			return failed, bad
		}
		n, err := v.store.ForgetBefore(ctx, time.Now().AddDate(0, 0, -days))
		if err != nil {
			return failed, v.historyError(err)
		}
		fmt.Fprintln(v.out, v.N("ctl.visit.forgotten.old", n))
		return well, nil
	default:
		ref, number, bad := v.reference(v.rest[0])
		if bad != nil {
			return failed, bad
		}
		what = report.Clean(v.rest[0], 60)
		if number > 0 {
			err = v.store.ForgetScan(ctx, ref, number)
		} else {
			err = v.store.Forget(ctx, ref)
		}
	}
	if err != nil {
		return failed, v.historyError(err)
	}
	fmt.Fprintln(v.out, v.Text("ctl.visit.forgotten", what))
	return well, nil
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
func (v *visiting) keep(ctx context.Context) (int, error) {
	days := 0
	if v.rest[0] != "forever" {
		var bad error
		if days, bad = v.days(v.rest[0]); bad != nil {
			return failed, bad
		}
	}
	if err := v.writing(ctx); err != nil {
		return failed, err
	}
	if err := v.store.SetKeep(ctx, days); err != nil {
		return failed, v.historyError(err)
	}
	if days == 0 {
		fmt.Fprintln(v.out, v.Text("ctl.visit.keep.forever"))
		return well, nil
	}
	fmt.Fprintln(v.out, v.N("ctl.visit.keep", days))
	n, err := v.store.Tidy(ctx)
	if err != nil {
		return failed, v.historyError(err)
	}
	fmt.Fprintln(v.out, v.N("ctl.visit.forgotten.old", n))
	return well, nil
}
