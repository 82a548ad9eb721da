// Command houdbaarctl is the engine at a prompt: it scans the network, judges a
// typed identity, identifies recorded case folders, tests whether searching works
// here, shows all that can be sent, looks at what was kept, and installs catalogue packs.
// It links no window.
//
// Exit status: 0 nothing to do and everything that matters identified, 1 something
// to replace, plan, update or check, something we cannot tell, or a scan that may have
// missed devices, 2 it could not be done.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"houdbaar/assets"
	"houdbaar/internal/app"
	"houdbaar/internal/i18n"
	"houdbaar/internal/report"
)

// An exit is the status that a command ends with. It is the command's error where all was
// said already.
type exit int

// The exit statuses.
const (
	well   exit = 0 // nothing to do
	action exit = 1 // something to do, or something we cannot tell
	failed exit = 2 // it could not be done
)

// Error is for the interface alone: nobody is shown it.
func (e exit) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), endings()...)
	defer stop()
	os.Exit(int(run(ctx, os.Args[1:], assets.Catalogue, os.Stdout, os.Stderr)))
}

// endings are the signals that stop a command and let it keep what it has: Ctrl+C, a
// request to end, and a terminal that is closed, unless nohup says that one does not count.
func endings() []os.Signal {
	out := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		out = append(out, syscall.SIGHUP)
	}
	return out
}

// A prompt is what a command works with.
type prompt struct {
	*i18n.Printer
	builtIn  fs.FS // holds the catalogue
	out, err io.Writer
}

var commands = map[string]func(context.Context, prompt, []string) error{
	"scan": scanCommand, "check": checkCommand, "identify": identifyCommand, "visit": visitCommand, "doctor": doctorCommand, "questions": questionsCommand, "catalogue": catalogueCommand,
}

// run runs one command and returns its exit status.
func run(ctx context.Context, args []string, builtIn fs.FS, stdout, stderr io.Writer) exit {
	out := &output{Writer: stdout}
	t := prompt{Printer: i18n.New(app.Language(langOf(args))), builtIn: builtIn, out: out, err: stderr}
	word, rest := command(args)
	run, known := commands[word]
	var err error
	switch {
	case asks(rest, "version"):
		t.version()
	case known:
		err = run(ctx, t, rest)
	case word == "help" || asks(rest, "help") || asks(rest, "h") || slices.Contains(rest, "help"):
		err = errHelp
	case len(rest) == len(args):
		err = usage(t.Text("ctl.nocommand"))
	default:
		err = usage(t.Text("ctl.nocommand.unknown", report.Clean(word, 60)))
	}
	if errors.Is(err, errHelp) {
		err = nil
		fmt.Fprint(out, t.Text("ctl.help"))
	}
	var status exit
	if errors.As(err, &status) {
		err = nil
	}
	var wrong usage
	switch err = cmp.Or(err, out.err); {
	case errors.As(err, &wrong):
		fmt.Fprintf(stderr, "houdbaarctl: %s\n%s\n", string(wrong), t.Text("ctl.seehelp"))
		return failed
	case err != nil:
		fmt.Fprintf(stderr, "houdbaarctl: %s\n", t.Text("ctl.failed", report.Clean(err.Error(), 400)))
		return failed
	}
	return status
}

// options are how this prompt shows things on a day.
func (t prompt) options(on time.Time) report.Options {
	return report.Options{On: on, Unmask: true, Width: width(t.out)}
}

// width is how wide a terminal is, 0 for what is none.
func width(w io.Writer) int {
	if out, ok := w.(*output); ok {
		w = out.Writer
	}
	if f, ok := w.(*os.File); ok {
		return columns(f.Fd())
	}
	return 0
}

// wellIf ends a command well, or with something to do.
func wellIf(ok bool) error {
	if ok {
		return nil
	}
	return action
}

// An output keeps the first error: what could not be printed was not done.
type output struct {
	io.Writer
	err error
}

func (o *output) Write(b []byte) (int, error) {
	n, err := o.Writer.Write(b)
	if o.err == nil {
		o.err = err
	}
	return n, err
}

// command takes the first word that is no flag out of a call, if there is one.
func command(args []string) (word string, rest []string) {
	for i, a := range args {
		if _, known := commands[a]; known || !strings.HasPrefix(a, "-") && !takesLang(args, i) {
			return a, slices.Delete(slices.Clone(args), i, i+1)
		}
	}
	return "", args
}

// version says which program and which list this is.
func (t prompt) version() {
	engine := app.Open(t.builtIn)
	defer engine.Close()
	fmt.Fprintf(t.out, "houdbaarctl %s\n%s\n", assets.Version(), report.CatalogueText(t.Printer, engine.CatalogueMeta(), engine.Today()))
}

// open opens the engine and says what is wrong with the catalogue, if anything.
func (t prompt) open() *app.Engine {
	engine := app.Open(t.builtIn)
	if problem, ok := engine.CatalogueProblem(); ok {
		fmt.Fprintf(t.err, "houdbaarctl: %s\n", report.ProblemText(t.Printer, problem))
	}
	return engine
}
