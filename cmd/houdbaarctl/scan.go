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
	"houdbaar/internal/history"
	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

// A scanning is one call of houdbaarctl scan: what was asked.
type scanning struct {
	prompt
	flags      *common
	timeout    time.Duration
	only       netip.Addr
	interfaces []string
	save       bool
	ref        string         // of the visit to keep it in, or "new" for one that is made once there is something to keep
	household  string         // of a new one
	store      *history.Store // nil = nothing is to be kept
	folder     string         // for the devices as case folders
	sheet      string         // the file of a report
	quiet      bool
}

// read reads the flags, and refuses those that do not go together.
func (s *scanning) read(args []string) error {
	s.flags.Func("timeout", "", func(text string) (err error) {
		if s.timeout, err = time.ParseDuration(text); err == nil && s.timeout <= 0 {
			return errors.New("not above zero")
		}
		return err
	})
	s.flags.Func("address", "", func(text string) (err error) {
		s.only, err = netip.ParseAddr(text)
		return err
	})
	s.flags.interfaces(&s.interfaces)
	s.flags.BoolVar(&s.save, "save", false, "")
	s.flags.StringVar(&s.ref, "visit", "", "")
	s.flags.StringVar(&s.household, "household", "", "")
	s.flags.StringVar(&s.folder, "record", "", "")
	s.flags.StringVar(&s.sheet, "report", "", "")
	s.flags.BoolVar(&s.quiet, "no-questions", false, "")
	if err := s.flags.none(s.prompt, args); err != nil {
		return err
	}
	switch {
	case s.save && s.ref != "":
		return usage(s.Text("ctl.flag.either", "save", "visit"))
	case s.only.IsValid() && len(s.interfaces) > 0:
		return usage(s.Text("ctl.flag.either", "address", "interface"))
	case s.household != "" && s.ref != "new":
		return usage(s.Text("ctl.flag.household"))
	case s.sheet != "" && report.FormatOf(s.sheet) == "":
		return usage(s.Text("ctl.report.format", report.Clean(s.sheet, 200)))
	}
	return nil
}

// scanCommand scans the network and prints what was found. Ctrl+C, and the other
// endings, stop the scan and keep what was found.
func scanCommand(ctx context.Context, t prompt, args []string) error {
	s := &scanning{prompt: t, flags: newFlags("scan")}
	if err := s.read(args); err != nil {
		return err
	}
	engine := t.open()
	defer engine.Close()
	engine.On, engine.Quiet = s.flags.on, s.quiet
	// What cannot be kept is said before the scan: nobody waits for it.
	if s.folder != "" {
		if err := os.MkdirAll(s.folder, 0o700); err != nil {
			return usage(t.Text("ctl.record.folder", s.folder, report.FileText(t.Printer, history.Code(err), err)))
		}
	}
	err := s.openHistory(ctx)
	defer s.store.Close()
	if err != nil {
		return err
	}
	engine.Correct = s.corrections(ctx)
	var file *os.File
	if s.sheet != "" {
		if file, err = t.create(s.sheet, "ctl.report.exists"); err != nil {
			return err
		}
		defer file.Close()
	}
	done, err := s.scan(ctx, engine)
	if err != nil {
		if file != nil {
			file.Close() // Windows removes no open file
			os.Remove(file.Name())
		}
		return err
	}
	// Kept before anything is printed, as the terminal may be closed by now; what went
	// wrong is said last.
	kept := s.keep(done)
	if file != nil {
		kept = cmp.Or(kept, t.writeSheet(file, done))
	}
	if s.folder != "" {
		kept = cmp.Or(kept, t.record(engine, s.folder, done))
	}
	return cmp.Or(kept, s.print(done))
}

// scan scans as it was asked.
func (s *scanning) scan(ctx context.Context, engine *app.Engine) (done scan.Scan, err error) {
	if s.timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, s.timeout)
		defer cancel()
	}
	if s.only.IsValid() {
		done, err = engine.ScanAddress(ctx, s.only, s.progress())
	} else {
		done, err = engine.Scan(ctx, s.interfaces, s.progress())
	}
	switch {
	case errors.Is(err, app.ErrElsewhere):
		err = usage(s.Text("ctl.address.elsewhere", s.only.String()))
	case err != nil:
		err = usage(s.Text("ctl.scan.failed", report.Clean(err.Error(), 200)))
	}
	return done, err
}

// print prints a scan, or where nothing could be searched why, once.
func (s *scanning) print(done scan.Scan) (err error) {
	options := s.options(done.On)
	switch {
	case s.flags.json:
		err = report.WriteJSON(s.out, report.NewScanObject(s.Printer, done, options))
	case done.Searched() || len(done.Findings) > 0:
		err = report.WriteText(s.out, s.Printer, done, options)
	}
	if err != nil {
		return err
	}
	if !done.Searched() {
		s.unsearched(done)
		return failed
	}
	return wellIf(report.AllWell(done))
}

// unsearched says why nothing could be searched, and of each interface why not that one.
func (s *scanning) unsearched(done scan.Scan) {
	for _, problem := range done.Problems {
		fmt.Fprintf(s.err, "houdbaarctl: %s\n", report.ProblemText(s.Printer, problem))
	}
	if len(done.Problems) == 0 {
		fmt.Fprintf(s.err, "houdbaarctl: %s\n", report.Summary(s.Printer, done))
	}
	for _, text := range report.Unused(s.Printer, done.Interfaces) {
		fmt.Fprintf(s.err, "  %s\n", text)
	}
}

// record writes the devices of a scan as case folders and says how many. What could
// not be written makes the command fail, after the rest was written.
func (t prompt) record(engine *app.Engine, dir string, done scan.Scan) error {
	n, err := engine.Record(dir, done, "houdbaarctl "+assets.Version())
	fmt.Fprintf(t.err, "%s\n", t.N("ctl.record.written", n, dir))
	if err != nil {
		return usage(t.Text("ctl.record.failed", dir, report.FileText(t.Printer, history.Code(err), err)))
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
