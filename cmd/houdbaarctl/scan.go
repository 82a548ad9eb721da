package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"time"

	"houdbaar/assets"
	"houdbaar/internal/app"
	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

// scanCommand scans the network and prints what was found. Ctrl+C, and the other
// endings, stop the scan and keep what was found.
func scanCommand(ctx context.Context, t prompt, args []string) (int, error) {
	flags := newFlags("scan")
	var timeout time.Duration
	flags.Func("timeout", "", func(s string) (err error) {
		if timeout, err = time.ParseDuration(s); err == nil && timeout <= 0 {
			return errors.New("not above zero")
		}
		return err
	})
	var only netip.Addr
	flags.Func("address", "", func(s string) (err error) {
		only, err = netip.ParseAddr(s)
		return err
	})
	var interfaces []string
	flags.interfaces(&interfaces)
	var record, sheet, visit, household string
	flags.StringVar(&record, "record", "", "")
	flags.StringVar(&sheet, "report", "", "")
	flags.StringVar(&visit, "visit", "", "")
	flags.StringVar(&household, "household", "", "")
	var save, quiet bool
	flags.BoolVar(&save, "save", false, "")
	flags.BoolVar(&quiet, "no-questions", false, "")
	if err := flags.none(t, args); err != nil {
		return failed, err
	}
	switch {
	case save && visit != "":
		return failed, usage(t.Text("ctl.flag.either", "save", "visit"))
	case only.IsValid() && len(interfaces) > 0:
		return failed, usage(t.Text("ctl.flag.either", "address", "interface"))
	case household != "" && visit != "new":
		return failed, usage(t.Text("ctl.flag.household"))
	}
	engine := t.open()
	defer engine.Close()
	engine.On, engine.Quiet = flags.on, quiet
	if record != "" {
		// Said before the scan, not after: nobody waits for what cannot be kept.
		if err := os.MkdirAll(record, 0o700); err != nil {
			return failed, usage(t.Text("ctl.record.folder", record, report.Clean(err.Error(), 200)))
		}
	}
	keep, err := t.keeper(ctx, save, visit, household)
	if err != nil {
		return failed, err
	}
	defer keep.Close()
	engine.Correct = keep.corrections(ctx)
	var file *os.File
	if sheet != "" { // before the scan as well
		if report.FormatOf(sheet) == "" {
			return failed, usage(t.Text("ctl.report.format", report.Clean(sheet, 200)))
		}
		if file, err = t.create(sheet, "ctl.report.exists"); err != nil {
			return failed, err
		}
		defer file.Close()
	}
	if timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, timeout)
		defer cancel()
	}
	var done scan.Scan
	if only.IsValid() {
		done, err = engine.ScanAddress(ctx, only, t.progress())
	} else {
		done, err = engine.Scan(ctx, interfaces, t.progress())
	}
	if err != nil {
		if file != nil {
			os.Remove(file.Name())
		}
		if errors.Is(err, app.ErrElsewhere) {
			return failed, usage(t.Text("ctl.address.elsewhere", only.String()))
		}
		return failed, usage(t.Text("ctl.scan.failed", report.Clean(err.Error(), 200)))
	}
	// Kept before anything is printed, as the terminal may be closed by now; what went
	// wrong is said last.
	kept := keep.keep(done)
	if file != nil {
		kept = cmp.Or(kept, t.writeSheet(file, done))
	}
	if record != "" {
		kept = cmp.Or(kept, t.record(engine, record, done))
	}
	options := report.Options{On: done.On, Unmask: true}
	if flags.json {
		err = report.WriteJSON(t.out, report.NewScanObject(t.Printer, done, options))
	} else {
		err = report.WriteText(t.out, t.Printer, done, options)
	}
	if err != nil {
		return failed, err
	}
	if kept != nil {
		return failed, kept
	}
	if !done.Searched() {
		for _, problem := range done.Problems {
			fmt.Fprintf(t.err, "houdbaarctl: %s\n", report.ProblemText(t.Printer, problem))
		}
		if len(done.Problems) == 0 {
			fmt.Fprintf(t.err, "houdbaarctl: %s\n", report.Summary(t.Printer, done))
		}
		return failed, nil
	}
	if report.AllWell(done) {
		return well, nil
	}
	return action, nil
}

// record writes the devices of a scan as case folders and says how many. What could
// not be written makes the command fail, after the rest was written.
func (t prompt) record(engine *app.Engine, dir string, done scan.Scan) error {
	n, err := engine.Record(dir, done, "houdbaarctl "+assets.Version())
	fmt.Fprintf(t.err, "%s\n", t.N("ctl.record.written", n, dir))
	if err != nil {
		return usage(t.Text("ctl.record.failed", dir, report.Clean(err.Error(), 400)))
	}
	return nil
}

// progress shows on one line of a terminal what goes on; nil where stderr is none.
func (t prompt) progress() func(scan.Snapshot) {
	f, ok := t.err.(*os.File)
	if !ok {
		return nil
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return nil
	}
	return func(s scan.Snapshot) {
		text := ""
		if s.Phase != scan.PhaseDone {
			text = fmt.Sprintf("%3.0f%% %s", 100*s.Fraction, report.PhaseText(t.Printer, s))
		}
		io.WriteString(f, "\r\x1b[K"+text)
	}
}
