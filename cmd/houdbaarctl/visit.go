package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"houdbaar/internal/app"
	"houdbaar/internal/device"
	"houdbaar/internal/history"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

// A visiting is one call of houdbaarctl visit: what was asked, and what answers it.
type visiting struct {
	prompt
	flags     *common
	rest      []string // what is no flag, behind the subcommand
	search    string
	again     bool
	unmask    bool
	overwrite bool
	visitor   string
	note      string
	olderThan string
	all, yes  bool
}

// visitCommand looks at what was kept.
func visitCommand(ctx context.Context, t prompt, args []string) (int, error) {
	v := &visiting{prompt: t, flags: newFlags("visit")}
	v.flags.StringVar(&v.search, "search", "", "")
	v.flags.BoolVar(&v.again, "again", false, "")
	v.flags.BoolVar(&v.unmask, "unmask", false, "")
	v.flags.BoolVar(&v.overwrite, "overwrite", false, "")
	v.flags.StringVar(&v.visitor, "visitor", "", "")
	v.flags.StringVar(&v.note, "note", "", "")
	v.flags.StringVar(&v.olderThan, "older-than", "", "")
	v.flags.BoolVar(&v.all, "all", false, "")
	v.flags.BoolVar(&v.yes, "yes", false, "")
	rest, err := v.flags.read(t, args)
	if err != nil {
		return failed, err
	}
	if len(rest) == 0 {
		return failed, usage(t.Text("ctl.visit.what"))
	}
	commands := map[string]struct {
		run         func(*visiting, context.Context) (int, error)
		least, most int
		missing     string
	}{
		"list":    {(*visiting).list, 0, 0, ""},
		"show":    {(*visiting).show, 1, 1, "ctl.visit.which"},
		"compare": {(*visiting).compare, 1, 2, "ctl.visit.which"},
		"export":  {(*visiting).export, 2, 2, "ctl.visit.file"},
		"import":  {(*visiting).takeOver, 1, 1, "ctl.visit.file"},
		"forget":  {(*visiting).forget, 0, 1, "ctl.visit.which"},
		"keep":    {(*visiting).keep, 1, 1, "ctl.visit.days"},
	}
	c, ok := commands[rest[0]]
	v.rest = rest[1:]
	switch {
	case !ok:
		return failed, usage(t.Text("ctl.visit.what"))
	case len(v.rest) > c.most:
		return failed, usage(t.Text("ctl.extra", report.Clean(v.rest[c.most], 60)))
	case len(v.rest) == 0 && c.least > 0 && rest[0] != "import" && rest[0] != "keep":
		return failed, usage(t.Text("ctl.visit.which"))
	case len(v.rest) < c.least:
		return failed, usage(t.Text(c.missing, ""))
	}
	return c.run(v, ctx)
}

// historyPath is where the history file stands, "" where there is no folder for it.
func historyPath() string {
	dir, err := app.DataFolder()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, history.FileName)
}

// historyError says what is wrong with the history file in the person's language.
func (t prompt) historyError(err error) error {
	if err == nil {
		return nil
	}
	return usage(report.HistoryText(t.Printer, history.Code(err), historyPath(), err.Error()))
}

// history opens the history file; it is made where it is not there.
func (t prompt) history(ctx context.Context) (*history.Store, error) {
	s, err := history.Open(ctx, historyPath(), time.Now)
	return s, t.historyError(err)
}

// reference takes "REF" or "REF:NUMBER" apart; number 0 is the newest scan.
func (t prompt) reference(text string) (ref string, number int, err error) {
	ref, behind, given := strings.Cut(text, ":")
	if given {
		if number, err = strconv.Atoi(behind); err != nil || number < 1 {
			return "", 0, usage(t.Text("ctl.visit.number", report.Clean(text, 60)))
		}
	}
	return ref, number, nil
}

// list prints the visits.
func (v *visiting) list(ctx context.Context) (int, error) {
	if v.flags.json {
		return v.listJSON(ctx)
	}
	rows, err := v.rows(ctx)
	if err != nil {
		return failed, err
	}
	if len(rows) == 0 && v.search != "" {
		fmt.Fprintln(v.out, v.Text("ctl.visit.nonefound"))
	} else if len(rows) == 0 {
		fmt.Fprintln(v.out, v.Text("ctl.visit.none"))
	}
	for _, r := range rows {
		fmt.Fprintln(v.out, strings.TrimRight(v.Text("ctl.visit.row", fmt.Sprintf("%-16s", r.Ref), v.household(r.Ref, r.Household), v.counts(r)), " "))
	}
	return well, nil
}

func (v *visiting) rows(ctx context.Context) ([]history.Row, error) {
	if !history.Exists(historyPath()) {
		return nil, nil
	}
	s, err := v.history(ctx)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	rows, err := s.List(ctx, history.Filter{Text: v.search})
	return rows, v.historyError(err)
}

// household is what a visit is called, for a person.
func (v *visiting) household(ref, household string) string {
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
	for _, kind := range []lifecycle.VerdictKind{lifecycle.ReplaceNow, lifecycle.PlanReplacement, lifecycle.CheckLabel, lifecycle.UpdateFirmware} {
		act += r.Last.Counts[kind]
	}
	if act > 0 {
		parts = append(parts, v.N("ctl.visit.act", act))
	}
	return strings.Join(parts, ", ")
}

// found is a visit with one of its scans, judged, and what was typed.
type found struct {
	history.Visit
	number int
	scan   scan.Scan
	typed  []scan.Finding
}

// find reads a visit and a scan of it. With --again it is judged by the list, the day
// and the corrections of today; otherwise what was decided then stands.
func (v *visiting) find(ctx context.Context, s *history.Store, text string) (found, error) {
	ref, number, err := v.reference(text)
	if err != nil {
		return found{}, err
	}
	visit, ok, err := s.Visit(ctx, ref)
	if err != nil {
		return found{}, v.historyError(err)
	}
	if !ok {
		return found{}, usage(report.HistoryText(v.Printer, "not_found", "", ""))
	}
	f := found{Visit: visit, number: number}
	done, ok, err := s.Scan(ctx, ref, number)
	switch {
	case err != nil:
		return found{}, v.historyError(err)
	case !ok && number > 0:
		return found{}, usage(report.HistoryText(v.Printer, "not_found", "", ""))
	case ok && number == 0:
		f.number = visit.Scans[len(visit.Scans)-1].Number
	}
	f.scan = done
	if !v.again && (!ok || len(visit.Stickers) == 0) {
		return f, nil
	}
	engine := v.open()
	defer engine.Close()
	engine.On = v.flags.on.Time
	if v.again && ok {
		f.scan.On = engine.Today()
		engine.Correct = visit.Corrector(f.number)
		if f.scan, err = engine.Again(ctx, f.scan); err != nil {
			return found{}, err
		}
	} else if ok && engine.On.IsZero() {
		engine.On = f.scan.On
	}
	for _, label := range visit.Stickers {
		typed, err := engine.JudgeTyped(ctx, scan.Finding{Device: label.Device(), Identity: label.Identity()})
		if err != nil {
			return found{}, err
		}
		f.typed = append(f.typed, typed)
	}
	if f.scan.On.IsZero() {
		f.scan.On = engine.Today()
	}
	return f, nil
}

// notes returns what a person wrote about a device.
func (f found) notes(d device.Device) string {
	k, _ := f.Said(f.number, d)
	return k.Note
}

// show prints a visit and one of its scans.
func (v *visiting) show(ctx context.Context) (int, error) {
	s, err := v.history(ctx)
	if err != nil {
		return failed, err
	}
	defer s.Close()
	f, err := v.find(ctx, s, v.rest[0])
	if err != nil {
		return failed, err
	}
	f.scan.Findings = append(f.scan.Findings, f.typed...)
	options := report.Options{On: f.scan.On, Unmask: true}
	if v.flags.json {
		if err := report.WriteJSON(v.out, v.object(f)); err != nil {
			return failed, err
		}
	} else {
		v.head(f)
		if f.number == 0 {
			fmt.Fprintln(v.out, v.Text("ctl.visit.empty"))
			return well, nil
		}
		if err := report.WriteText(v.out, v.Printer, f.scan, options); err != nil {
			return failed, err
		}
		for _, one := range f.scan.Findings {
			if note := f.notes(one.Device); note != "" {
				fmt.Fprintf(v.out, "%s: %s\n", report.NewLine(v.Printer, one, options).Title, v.Text("sheet.devicenote", report.Clean(note, 400)))
			}
		}
	}
	if report.AllWell(f.scan) {
		return well, nil
	}
	return action, nil
}

// head prints what a person wrote about a visit, and which scan follows.
func (v *visiting) head(f found) {
	fmt.Fprintln(v.out, strings.TrimRight(f.Ref+"  "+v.household(f.Ref, f.Household), " "))
	if !f.Imported.IsZero() {
		fmt.Fprintln(v.out, v.Text("ctl.visit.imported", v.Date(f.Imported)))
	}
	if f.Visitor != "" {
		fmt.Fprintln(v.out, v.Text("ctl.visit.visitor", report.Clean(f.Visitor, 160)))
	}
	if f.Notes != "" {
		fmt.Fprintln(v.out, v.Text("ctl.visit.notes", report.Clean(f.Notes, 400)))
	}
	if f.number == 0 {
		return
	}
	fmt.Fprintln(v.out, v.Text("ctl.visit.scan", f.number, v.DateTime(f.scan.Started)))
	if !v.again {
		fmt.Fprintln(v.out, v.Text("ctl.visit.judged", v.Date(f.scan.On)))
	}
	fmt.Fprintln(v.out)
}

// compare prints what changed between two scans, of one visit or of two.
func (v *visiting) compare(ctx context.Context) (int, error) {
	s, err := v.history(ctx)
	if err != nil {
		return failed, err
	}
	defer s.Close()
	c, err := v.compared(ctx, s, v.rest)
	if err != nil {
		return failed, err
	}
	options := report.Options{On: c.after.On, Unmask: true}
	if v.flags.json {
		return well, report.WriteJSON(v.out, v.comparison(c, report.Options{On: c.after.On, Unmask: v.unmask, HideNames: !v.unmask}))
	}
	fmt.Fprintln(v.out, v.Text("ctl.visit.compared", c.names[0], v.DateTime(c.before.Started), c.names[1], v.DateTime(c.after.Started)))
	said := append(report.DoubtTexts(v.Printer, c.Comparison), report.Changes(v.Printer, c.Comparison, options)...)
	if len(said) == 0 {
		said = []string{v.Text("sheet.nochanges")}
	}
	for _, text := range said {
		fmt.Fprintln(v.out, "  -", text)
	}
	return well, nil
}

// pair is two scans and what changed from the first to the second.
type pair struct {
	scan.Comparison
	before, after scan.Scan
	names         [2]string
}

// compared compares a visit's last two scans, one scan with the one before it, or two
// that were named.
func (v *visiting) compared(ctx context.Context, s *history.Store, names []string) (pair, error) {
	ref, number, err := v.reference(names[0])
	if err != nil {
		return pair{}, err
	}
	before, after := 0, number
	other := ref
	if len(names) == 2 {
		before = number
		if other, after, err = v.reference(names[1]); err != nil {
			return pair{}, err
		}
	}
	if other == ref {
		c, scans, ok, err := s.Compare(ctx, ref, before, after)
		if err != nil {
			return pair{}, v.historyError(err)
		}
		if !ok {
			if _, there, err := s.Visit(ctx, ref); err == nil && !there {
				return pair{}, usage(report.HistoryText(v.Printer, "not_found", "", ""))
			}
			return pair{}, usage(v.Text("ctl.visit.two"))
		}
		return pair{c, scans[0], scans[1], [2]string{ref, ref}}, nil
	}
	var out pair
	for i, text := range names {
		f, err := v.find(ctx, s, text)
		if err != nil {
			return pair{}, err
		}
		if f.number == 0 {
			return pair{}, usage(v.Text("ctl.visit.two"))
		}
		out.names[i] = f.Ref
		if i == 0 {
			out.before = f.scan
		} else {
			out.after = f.scan
		}
	}
	out.Comparison = scan.Compare(out.before, out.after, scan.Compared{})
	return out, nil
}

// errNoDays says that a calendar would be empty; RFC 5545 knows no empty calendar.
var errNoDays = errors.New("no day to come")

// export writes a scan as a report, or a whole visit as one file.
func (v *visiting) export(ctx context.Context) (int, error) {
	path := v.rest[1]
	format := formatOf(path)
	whole := strings.EqualFold(filepath.Ext(path), history.Extension)
	if format == "" && !whole {
		return failed, usage(v.Text("ctl.visit.format", report.Clean(path, 200)))
	}
	s, err := v.history(ctx)
	if err != nil {
		return failed, err
	}
	defer s.Close()
	write := func(w io.Writer) error {
		ref, _, err := v.reference(v.rest[0])
		if err != nil {
			return err
		}
		return v.historyError(s.Write(ctx, w, ref, history.Export{Unmask: v.unmask}))
	}
	if !whole {
		f, err := v.find(ctx, s, v.rest[0])
		if err != nil {
			return failed, err
		}
		if f.number == 0 && len(f.typed) == 0 {
			return failed, usage(v.Text("ctl.visit.empty"))
		}
		sheet, err := v.sheet(ctx, s, f)
		if err != nil {
			return failed, err
		}
		write = func(w io.Writer) error {
			days, err := writeFormat(w, format, v.Printer, f.scan, report.Options{On: f.scan.On, Unmask: v.unmask}, sheet)
			if err == nil && days == 0 {
				return errNoDays
			}
			return err
		}
	}
	if err := v.put(path, write); errors.Is(err, errNoDays) {
		fmt.Fprintln(v.err, v.Text("ctl.visit.nodays"))
		return well, nil
	} else if err != nil {
		return failed, err
	}
	fmt.Fprintln(v.err, v.Text("ctl.visit.written", report.Clean(path, 200)))
	return well, nil
}

// sheet is what a visit adds to the paper of a scan: with an earlier scan, what changed.
func (v *visiting) sheet(ctx context.Context, s *history.Store, f found) (report.Sheet, error) {
	sheet := report.Sheet{Household: f.Household, Visitor: f.Visitor, Note: f.Notes, Typed: f.typed, Notes: f.notes}
	if v.visitor != "" {
		sheet.Visitor = v.visitor
	}
	if v.note != "" {
		sheet.Note = v.note
	}
	if f.number < 2 || len(f.Scans) < 2 || f.Scans[0].Number >= f.number {
		return sheet, nil
	}
	c, scans, ok, err := s.Compare(ctx, f.Ref, 0, f.number)
	if err != nil || !ok {
		return sheet, v.historyError(err)
	}
	sheet.Changes, sheet.Since = &c, scans[0].Started
	return sheet, nil
}

// put writes a new file, or with --overwrite in the place of one that is there. What
// could not be written whole is not left behind.
func (v *visiting) put(path string, write func(io.Writer) error) error {
	if v.overwrite {
		return v.replace(path, write)
	}
	file, err := v.createAny(path)
	if err != nil {
		return err
	}
	if err := errors.Join(write(file), file.Close()); err != nil {
		os.Remove(path)
		if errors.Is(err, errNoDays) {
			return errNoDays
		}
		var said usage
		if errors.As(err, &said) {
			return said
		}
		return usage(v.Text("ctl.report.failed", report.Clean(path, 200), report.Clean(err.Error(), 200)))
	}
	return nil
}

// takeOver imports a visit file.
func (v *visiting) takeOver(ctx context.Context) (int, error) {
	file, err := os.Open(v.rest[0])
	if err != nil {
		return failed, usage(v.Text("ctl.visit.unread", report.Clean(v.rest[0], 200), report.Clean(err.Error(), 200)))
	}
	defer file.Close()
	s, err := v.history(ctx)
	if err != nil {
		return failed, err
	}
	defer s.Close()
	ref, err := s.Import(ctx, file)
	if err != nil {
		return failed, v.historyError(err)
	}
	fmt.Fprintln(v.out, v.Text("ctl.visit.imported.as", ref))
	return well, nil
}

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
	s, err := v.history(ctx)
	if err != nil {
		return failed, err
	}
	defer s.Close()
	what := v.Text("ctl.visit.everything")
	switch {
	case v.all:
		err = s.Erase(ctx)
	case v.olderThan != "":
		days, bad := strconv.Atoi(v.olderThan)
		if bad != nil || days < 1 {
			return failed, usage(v.Text("ctl.visit.days", report.Clean(v.olderThan, 60)))
		}
		n, err := s.ForgetBefore(ctx, time.Now().AddDate(0, 0, -days))
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
			err = s.ForgetScan(ctx, ref, number)
		} else {
			err = s.Forget(ctx, ref)
		}
	}
	if err != nil {
		return failed, v.historyError(err)
	}
	fmt.Fprintln(v.out, v.Text("ctl.visit.forgotten", what))
	return well, nil
}

// keep sets after how many days visits are forgotten.
func (v *visiting) keep(ctx context.Context) (int, error) {
	days, err := strconv.Atoi(v.rest[0])
	if v.rest[0] == "forever" {
		days, err = 0, nil
	} else if err != nil || days < 1 {
		return failed, usage(v.Text("ctl.visit.days", report.Clean(v.rest[0], 60)))
	}
	s, err := v.history(ctx)
	if err != nil {
		return failed, err
	}
	defer s.Close()
	if err := s.SetKeep(ctx, days); err != nil {
		return failed, v.historyError(err)
	}
	if days == 0 {
		fmt.Fprintln(v.out, v.Text("ctl.visit.keep.forever"))
		return well, nil
	}
	fmt.Fprintln(v.out, v.N("ctl.visit.keep", days))
	n, err := s.Tidy(ctx)
	if err != nil {
		return failed, v.historyError(err)
	}
	fmt.Fprintln(v.out, v.N("ctl.visit.forgotten.old", n))
	return well, nil
}
