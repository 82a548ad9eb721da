// Command houdbaar is the window. It opens the engine, opens the window, and ends
// when the window is closed.
//
// Exit status: 0 the window was closed, 2 it could not be opened or the call was not
// understood.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"houdbaar/assets"
	"houdbaar/internal/app"
	"houdbaar/internal/history"
	"houdbaar/internal/i18n"
	"houdbaar/internal/report"
	"houdbaar/internal/ui"
)

// failed is the exit status when no window was opened.
const failed = 2

// roomy is how much memory the program's own data take before garbage is collected more
// often. A usual scan stays below; among forgers, who make much garbage, it keeps 60 MB off.
const roomy = 96 << 20

func main() {
	o, on, status := read(os.Args[1:], os.Stdout, os.Stderr)
	if o == nil {
		os.Exit(status)
	}
	if t := words(o.Language); !display(runtime.GOOS, os.Getenv) {
		fmt.Fprintln(os.Stderr, t.Text("houdbaar.no_display"))
		os.Exit(failed)
	}
	debug.SetMemoryLimit(roomy)
	log.SetOutput(&watch{to: os.Stderr, give: giveUp(words(o.Language))})
	engine, book := openEngine(on), history.New(app.HistoryPath(), time.Now)
	o.Engine, o.Book = engine, book
	o.Practice = func() (ui.Practice, error) { return openPractice(engine) }
	o.Drawings, o.Icon, o.Version = assets.Drawings(), assets.Icon, assets.Version()
	o.Questions, o.Licences = app.Questions(), assets.Licences
	o.Screens = screens
	ui.New(*o).Run()
	if err := errors.Join(book.Close(), engine.Close()); err != nil {
		fmt.Fprintln(os.Stderr, "houdbaar:", err)
	}
}

// words speaks the language given in the call, else the system's.
func words(language string) *i18n.Printer { return i18n.New(app.Language(language)) }

// read reads the call. Without options, status is the exit status: help and version
// were asked for, or the call was not understood.
func read(args []string, stdout, stderr io.Writer) (o *ui.Options, on time.Time, status int) {
	o = &ui.Options{}
	flags := flag.NewFlagSet("houdbaar", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Func("lang", "", oneOf(&o.Language, string(i18n.Dutch), string(i18n.English)))
	flags.Func("theme", "", oneOf(&o.Look, ui.Looks()...))
	flags.Func("interface", "", func(s string) error { o.Interfaces = append(o.Interfaces, s); return nil })
	flags.Func("on", "", func(s string) (err error) { on, err = time.Parse(time.DateOnly, s); return err })
	flags.Func("text-size", "", func(s string) error {
		percent, err := strconv.Atoi(strings.TrimSuffix(s, "%"))
		if err != nil || percent < 100 || percent > 150 {
			return errors.New("100 to 150")
		}
		o.TextSize = float32(percent) / 100
		return nil
	})
	flags.BoolVar(&o.ScanNow, "scan", false, "")
	showVersion := flags.Bool("version", false, "")
	err := flags.Parse(args)
	t := words(o.Language)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, t.Text("houdbaar.usage"))
		return nil, on, 0
	case err == nil && flags.NArg() > 0:
		fmt.Fprintln(stderr, t.Text("houdbaar.misuse", t.Text("ctl.extra", report.Clean(flags.Arg(0), 60))))
		return nil, on, failed
	case err != nil:
		fmt.Fprintln(stderr, t.Text("houdbaar.misuse", report.FlagText(t, err)))
		return nil, on, failed
	case *showVersion:
		engine := openEngine(on)
		defer engine.Close()
		fmt.Fprintf(stdout, "houdbaar %s\n%s\n", assets.Version(), report.CatalogueText(t, engine.CatalogueMeta(), engine.Today()))
		return nil, on, 0
	}
	return o, on, 0
}

// oneOf is a flag that takes one of some words.
func oneOf(to *string, words ...string) func(string) error {
	return func(s string) error {
		if !slices.Contains(words, s) {
			return errors.New(strings.Join(words, ", "))
		}
		*to = s
		return nil
	}
}

// display tells whether there is a screen to open a window on. Only on Linux and its
// like it can be seen beforehand.
func display(system string, env func(string) string) bool {
	return system == "windows" || system == "darwin" || env("DISPLAY") != "" || env("WAYLAND_DISPLAY") != ""
}
