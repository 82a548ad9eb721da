package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"houdbaar/internal/app"
	"houdbaar/internal/device"
	"houdbaar/internal/history"
	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

// checked is what a person typed, with the maker's spelling and the product's kind, and
// what follows from it on a day.
func (v *visiting) checked(ctx context.Context) (f scan.Finding, on time.Time, err error) {
	id := v.said
	if err := v.trim(&id); err != nil {
		return f, on, err
	}
	f, err = v.judge().Check(ctx, id)
	return f, v.judge().Today(), err
}

// meant finds the device that a person names: by its address, its hardware address, its
// mark in the JSON, or its name on the list, where no other has that.
func (v *visiting) meant(k app.Kept, name string) (scan.Finding, error) {
	var called []scan.Finding
	for _, f := range k.Scan.Findings {
		if name == f.Device.ID || f.Device.MAC != "" && strings.EqualFold(name, f.Device.MAC) ||
			slices.ContainsFunc(f.Device.Addrs, func(a netip.Addr) bool { return a.String() == name }) {
			return f, nil
		}
		if strings.EqualFold(name, report.NewLine(v.Printer, f, report.Options{On: k.Scan.On, Unmask: true}).Title) {
			called = append(called, f)
		}
	}
	if len(called) == 1 {
		return called[0], nil
	}
	key := "ctl.visit.device"
	if len(called) > 1 {
		key = "ctl.visit.devices_called"
	}
	return scan.Finding{}, usage(v.Text(key, report.Clean(name, 60), report.Clean(v.rest[0], 60)))
}

// about opens the history and finds the device that the call names.
func (v *visiting) about(ctx context.Context) (k app.Kept, f scan.Finding, err error) {
	if err = v.writing(ctx); err != nil {
		return k, f, err
	}
	if k, err = v.find(ctx, v.rest[0]); err == nil {
		f, err = v.meant(k, v.rest[1])
	}
	return k, f, err
}

// named opens the history and finds the visit that the call names.
func (v *visiting) named(ctx context.Context) (history.Visit, error) {
	ref, _, err := v.reference(v.rest[0])
	if err == nil {
		err = v.writing(ctx)
	}
	if err != nil {
		return history.Visit{}, err
	}
	return v.visit(ctx, v.store, ref, v.household)
}

// told prints what was done, or says why it was not.
func (v *visiting) told(what string, err error) error {
	if err != nil {
		return v.historyError(err)
	}
	fmt.Fprintln(v.out, what)
	return nil
}

// done says that something was kept, or why not.
func (v *visiting) done(err error) error { return v.told(v.Text("ctl.visit.noted"), err) }

// write keeps a note about a visit or a device, and what the visit is called.
func (v *visiting) write(ctx context.Context) error {
	if len(v.rest) == 3 {
		k, f, err := v.about(ctx)
		if err != nil {
			return err
		}
		return v.done(v.store.Note(ctx, k.Ref, k.Number, f.Device, v.rest[2]))
	}
	given := map[string]bool{}
	v.flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	if len(v.rest) == 1 && !given["household"] && !given["visitor"] {
		return usage(v.Text("ctl.visit.text"))
	}
	visit, err := v.named(ctx)
	if err != nil {
		return err
	}
	if given["household"] {
		visit.Household = v.household
	}
	if given["visitor"] {
		visit.Visitor = v.visitor
	}
	if len(v.rest) == 2 {
		visit.Notes = v.rest[1]
	}
	return v.done(v.store.Describe(ctx, visit.Ref, visit.Household, visit.Notes, visit.Visitor))
}

// gone keeps that a device was taken away, or with --withdraw that it was not.
func (v *visiting) gone(ctx context.Context) error {
	k, f, err := v.about(ctx)
	if err != nil {
		return err
	}
	if v.withdraw {
		return v.done(v.store.SayBack(ctx, k.Ref, k.Number, f.Device))
	}
	return v.done(v.store.SayGone(ctx, k.Ref, k.Number, f.Device))
}

// correct keeps what a person says a device is, and prints what follows.
func (v *visiting) correct(ctx context.Context) error {
	k, f, err := v.about(ctx)
	if err != nil {
		return err
	}
	if v.withdraw {
		return v.done(v.store.Withdraw(ctx, k.Ref, k.Number, f.Device))
	}
	is, _, err := v.checked(ctx)
	if err != nil {
		return err
	}
	id := is.Identity
	if err := v.store.Correct(ctx, k.Ref, k.Number, f.Device, id); err != nil {
		return v.historyError(err)
	}
	v.again = true
	if k, err = v.find(ctx, v.rest[0]); err != nil {
		return err
	}
	if f, err = v.meant(k, f.Device.ID); err != nil {
		return err
	}
	return v.follows(f, k.Scan.On)
}

// label keeps a device that no scan found, typed from its label, and prints what
// follows; or forgets one.
func (v *visiting) label(ctx context.Context) error {
	var f scan.Finding
	var on time.Time
	var err error
	if v.remove == "" {
		if f, on, err = v.checked(ctx); err != nil {
			return err
		}
	}
	visit, err := v.named(ctx)
	if err != nil {
		return err
	}
	if v.remove != "" {
		at := slices.IndexFunc(visit.Stickers, func(st history.Sticker) bool {
			return v.remove == st.Device().ID || v.remove == strconv.FormatInt(st.ID, 10)
		})
		if at < 0 {
			return usage(v.Text("ctl.visit.nolabel", report.Clean(v.remove, 60)))
		}
		return v.done(v.store.RemoveSticker(ctx, visit.Ref, visit.Stickers[at].ID))
	}
	id := f.Identity
	kept, err := v.store.AddSticker(ctx, visit.Ref, v.place, id)
	if err != nil {
		return v.historyError(err)
	}
	f.Device = kept.Device()
	return v.follows(f, on)
}

// follows prints what a device is, as a person said, and what to do. It was kept, so the
// command did not fail where there is no catalogue.
func (v *visiting) follows(f scan.Finding, on time.Time) error {
	status := min(status(f), action)
	options := v.options(on)
	if v.flags.json {
		return cmp.Or(report.WriteJSON(v.out, report.NewFindingObject(v.Printer, f, options)), error(status))
	}
	if strings.HasPrefix(f.Device.ID, device.Typed) {
		fmt.Fprintln(v.out, v.Text("ctl.visit.typed", f.Device.ID, report.NewLine(v.Printer, f, options).Title))
	} else {
		fmt.Fprintln(v.out, v.Text("ctl.visit.noted"))
	}
	fmt.Fprintln(v.out)
	return cmp.Or(report.WriteFinding(v.out, v.Printer, f, options), error(status))
}
