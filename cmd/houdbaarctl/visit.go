package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"houdbaar/internal/app"
	"houdbaar/internal/device"
	"houdbaar/internal/history"
	"houdbaar/internal/report"
)

// A visiting is one call of houdbaarctl visit: what was asked, and what answers it.
type visiting struct {
	prompt
	store     *history.Store // nil until it is opened
	engine    *app.Engine    // the same
	flags     *common
	rest      []string // what is no flag, behind the subcommand
	search    string
	again     bool
	unmask    bool
	overwrite bool
	household string
	visitor   string
	note      string
	olderThan string
	all, yes  bool

	said     device.Identity // what a person says a device is
	place    string          // where it stands
	withdraw bool            // what was said is taken back
	remove   string          // a label, by its mark
}

// kinds are those that are judged, and one for all the rest.
var kinds = []device.Kind{device.Router, device.Gateway, device.Mesh, device.AccessPoint, device.Extender, device.Modem, device.Camera,
	device.Doorbell, device.NVR, device.NAS, device.Other}

// declare adds the flags of all that can be done with visits.
func (v *visiting) declare() {
	v.flags.StringVar(&v.search, "search", "", "")
	v.flags.BoolVar(&v.again, "again", false, "")
	v.flags.BoolVar(&v.unmask, "unmask", false, "")
	v.flags.BoolVar(&v.overwrite, "overwrite", false, "")
	v.flags.StringVar(&v.household, "household", "", "")
	v.flags.StringVar(&v.visitor, "visitor", "", "")
	v.flags.StringVar(&v.note, "note", "", "")
	v.flags.StringVar(&v.olderThan, "older-than", "", "")
	v.flags.BoolVar(&v.all, "all", false, "")
	v.flags.BoolVar(&v.yes, "yes", false, "")
	v.flags.label(&v.said)
	v.flags.Func("kind", "", func(k string) error {
		if v.said.Kind = device.Kind(k); !slices.Contains(kinds, v.said.Kind) {
			return errors.New("no such kind")
		}
		return nil
	})
	v.flags.StringVar(&v.place, "place", "", "")
	v.flags.BoolVar(&v.withdraw, "withdraw", false, "")
	v.flags.StringVar(&v.remove, "remove", "", "")
}

// visitCommand looks at what was kept, and keeps what people say.
func visitCommand(ctx context.Context, t prompt, args []string) error {
	v := &visiting{prompt: t, flags: newFlags("visit")}
	v.declare()
	rest, err := v.flags.read(t, args)
	if err != nil {
		return err
	}
	if len(rest) == 0 {
		return usage(t.Text("ctl.visit.what"))
	}
	defer v.close()
	commands := map[string]struct {
		run     func(context.Context) error
		most    int
		missing []string // what is said without the first, the second that it needs
		flags   string   // beside those that every command has
	}{
		"list":    {v.list, 0, nil, "search unmask"},
		"show":    {v.show, 1, []string{"ctl.visit.which"}, "again unmask"},
		"compare": {v.compare, 2, []string{"ctl.visit.which"}, "unmask"},
		"note":    {v.write, 3, []string{"ctl.visit.which"}, "household visitor"},
		"correct": {v.correct, 2, []string{"ctl.visit.which", "ctl.visit.named"}, "vendor model revision firmware kind withdraw"},
		"gone":    {v.gone, 2, []string{"ctl.visit.which", "ctl.visit.named"}, "withdraw"},
		"label":   {v.label, 1, []string{"ctl.visit.which"}, "vendor model revision firmware kind place household remove"},
		"export":  {v.export, 2, []string{"ctl.visit.which", "ctl.visit.file"}, "again unmask overwrite visitor note"},
		"import":  {v.takeOver, 1, []string{"ctl.visit.from"}, ""},
		"forget":  {v.forget, 1, nil, "older-than all yes"},
		"keep":    {v.keep, 1, []string{"ctl.visit.days"}, ""},
	}
	c, ok := commands[rest[0]]
	v.rest = rest[1:]
	switch given, other := len(v.rest), v.flags.other(c.flags); {
	case !ok:
		return usage(t.Text("ctl.visit.what"))
	case other != "":
		return usage(t.Text("ctl.flag.other", other, rest[0]))
	case given > c.most:
		return t.extra(v.rest[c.most])
	case given < len(c.missing):
		return usage(t.Text(c.missing[given], ""))
	}
	return c.run(ctx)
}

// historyError says what is wrong with the history file in the person's language.
func (t prompt) historyError(err error) error {
	if err == nil {
		return nil
	}
	return usage(report.HistoryText(t.Printer, history.Code(err), app.HistoryPath(), err.Error()))
}

// noSuch says that there is no such visit or scan.
func (t prompt) noSuch() error { return t.historyError(history.ErrNotFound) }

// history opens the history file; it is made where it is not there.
func (t prompt) history(ctx context.Context) (*history.Store, error) {
	s, err := history.Open(ctx, app.HistoryPath(), time.Now)
	return s, t.historyError(err)
}

// visit finds a visit. The own home need not be there yet, and "new" makes a visit, whose
// reference is said.
func (t prompt) visit(ctx context.Context, s *history.Store, ref, household string) (history.Visit, error) {
	if ref == "new" {
		v, err := s.NewVisit(ctx, household)
		if err == nil {
			fmt.Fprintln(t.err, t.Text("ctl.save.visit", v.Ref))
		}
		return v, t.historyError(err)
	}
	v, found, err := s.Visit(ctx, ref)
	if err == nil && !found && ref != history.Home {
		return v, t.noSuch()
	}
	v.Ref = ref
	return v, t.historyError(err)
}

// close closes what the call opened.
func (v *visiting) close() {
	v.store.Close()
	if v.engine != nil {
		v.engine.Close()
	}
}

// judge is what judges for the day that the call gives.
func (v *visiting) judge() *app.Engine {
	if v.engine == nil {
		v.engine = v.open()
		v.engine.On = v.flags.on
	}
	return v.engine
}

// writing opens the history file.
func (v *visiting) writing(ctx context.Context) (err error) {
	v.store, err = v.history(ctx)
	return err
}

// reading opens the history file to look into. One that cannot be written is viewed,
// which is said.
func (v *visiting) reading(ctx context.Context) (err error) {
	if v.store, err = history.OpenOrView(ctx, app.HistoryPath(), time.Now); err == nil && v.store.Stuck() != nil {
		fmt.Fprintln(v.err, v.Text("ctl.visit.viewed"))
	}
	return v.historyError(err)
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

// find reads a visit and a scan of it. With --again it is judged by the list, the day
// and the corrections of today; otherwise what was decided then stands.
func (v *visiting) find(ctx context.Context, text string) (app.Kept, error) {
	ref, number, err := v.reference(text)
	if err != nil {
		return app.Kept{}, err
	}
	k, ok, err := v.judge().Kept(ctx, v.store, ref, number, v.again)
	if err == nil && !ok {
		return app.Kept{}, v.noSuch()
	}
	return k, v.historyError(err)
}
