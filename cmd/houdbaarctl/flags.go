package main

import (
	"errors"
	"flag"
	"io"
	"slices"
	"strings"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/i18n"
	"houdbaar/internal/report"
)

// errHelp means that help was asked for.
var errHelp = errors.New("help")

// usage is a call that is not understood, as a sentence for the person.
type usage string

func (u usage) Error() string { return string(u) }

// common are the flags that every command has.
type common struct {
	*flag.FlagSet
	json bool
	on   time.Time // the day to judge for, zero = today
}

func newFlags(name string) *common {
	c := &common{FlagSet: flag.NewFlagSet(name, flag.ContinueOnError)}
	c.SetOutput(io.Discard)
	c.BoolVar(&c.json, "json", false, "")
	c.Func("on", "", func(s string) (err error) {
		if c.on, err = time.Parse(time.DateOnly, s); err == nil && c.on.IsZero() {
			return errors.New("the zero day means that none was given")
		}
		return err
	})
	c.Func("lang", "", func(s string) error { // langOf has used it by then
		if !slices.Contains(i18n.Languages, i18n.Language(s)) {
			return errors.New("no such language")
		}
		return nil
	})
	return c
}

// interfaces adds the flag for the interfaces to use, which may be given more than once.
func (c *common) interfaces(to *[]string) {
	c.Func("interface", "", func(s string) error { *to = append(*to, s); return nil })
}

// label adds the flags for what stands on a label.
func (c *common) label(id *device.Identity) {
	c.StringVar(&id.Vendor, "vendor", "", "")
	c.StringVar(&id.Model, "model", "", "")
	c.StringVar(&id.Revision, "revision", "", "")
	c.StringVar(&id.Firmware, "firmware", "", "")
}

// other returns a flag that was given and is neither one of these, by their names with a
// space between, nor one that every command has; "" = none.
func (c *common) other(flags string) (name string) {
	its := append(strings.Fields(flags), "json", "on", "lang")
	c.Visit(func(f *flag.Flag) {
		if !slices.Contains(its, f.Name) {
			name = f.Name
		}
	})
	return name
}

// none parses args of a command that takes nothing but flags.
func (c *common) none(t prompt, args []string) error {
	rest, err := c.read(t, args)
	if err == nil && len(rest) > 0 {
		return t.extra(rest[0])
	}
	return err
}

// extra says that a word is one too many.
func (t prompt) extra(word string) error { return usage(t.Text("ctl.extra", report.Clean(word, 60))) }

// read parses args and returns what is no flag. Flags may stand behind it.
func (c *common) read(t prompt, args []string) ([]string, error) {
	var rest []string
	for {
		if err := c.Parse(args); errors.Is(err, flag.ErrHelp) {
			return nil, errHelp
		} else if err != nil {
			return nil, usage(report.FlagText(t.Printer, err))
		}
		ended := len(args) > c.NArg() && args[len(args)-c.NArg()-1] == "--"
		args = c.Args()
		if ended {
			return append(rest, args...), nil
		}
		if len(args) == 0 {
			return rest, nil
		}
		rest, args = append(rest, args[0]), args[1:]
	}
}

// langOf finds the language in a call before it is parsed, so that what is wrong
// with the call is said in it.
func langOf(args []string) string {
	for i, a := range args {
		name, value, given := strings.Cut(strings.TrimLeft(a, "-"), "=")
		if !strings.HasPrefix(a, "-") || name != "lang" {
			continue
		}
		if given {
			return value
		}
		if i+1 < len(args) {
			return args[i+1]
		}
	}
	return ""
}

// takesLang tells whether argument i is the value of a --lang before it.
func takesLang(args []string, i int) bool {
	return i > 0 && strings.HasPrefix(args[i-1], "-") && strings.TrimLeft(args[i-1], "-") == "lang"
}

// asks tells whether a call has the flag, which takes no value.
func asks(args []string, name string) bool {
	return slices.Contains(args, "--"+name) || slices.Contains(args, "-"+name)
}
