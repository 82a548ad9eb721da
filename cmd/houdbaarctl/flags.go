package main

import (
	"errors"
	"flag"
	"io"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"time"

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
	on   day
	lang language
}

func newFlags(name string) *common {
	c := &common{FlagSet: flag.NewFlagSet(name, flag.ContinueOnError)}
	c.SetOutput(io.Discard)
	c.BoolVar(&c.json, "json", false, "")
	c.Var(&c.on, "on", "")
	c.Var(&c.lang, "lang", "")
	return c
}

// read parses args and returns what is no flag. Flags may stand behind it.
func (c *common) read(t prompt, args []string) ([]string, error) {
	var rest []string
	for {
		if err := c.Parse(args); errors.Is(err, flag.ErrHelp) {
			return nil, errHelp
		} else if err != nil {
			return nil, usage(flagSentence(t, err))
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

// The three things that package flag has to say about a call.
var (
	unknownFlag = regexp.MustCompile(`^flag provided but not defined: -(.*)$`)
	needsValue  = regexp.MustCompile(`^flag needs an argument: -(.*)$`)
	badValue    = regexp.MustCompile(`^invalid (?:boolean )?value "(.*)" for (?:flag )?-([a-z-]+): `)
)

// flagSentence says in the person's language what is wrong with a flag.
func flagSentence(t prompt, err error) string {
	text := err.Error()
	if m := unknownFlag.FindStringSubmatch(text); m != nil {
		return t.Text("ctl.flag.unknown", report.Clean(m[1], 60))
	}
	if m := needsValue.FindStringSubmatch(text); m != nil {
		return t.Text("ctl.flag.value", m[1])
	}
	if m := badValue.FindStringSubmatch(text); m != nil {
		value := report.Clean(m[1], 60)
		switch m[2] {
		case "on":
			return t.Text("ctl.flag.on", value)
		case "lang":
			return t.Text("ctl.flag.lang", value)
		case "address":
			return t.Text("ctl.flag.address", value)
		case "timeout":
			return t.Text("ctl.flag.timeout", value)
		}
		return t.Text("ctl.flag.wrong", value, m[2])
	}
	return report.Clean(text, 200)
}

// day is a flag that holds a calendar day.
type day struct{ time.Time }

func (d *day) String() string { return "" }

func (d *day) Set(s string) (err error) {
	if d.Time, err = time.Parse(time.DateOnly, s); err == nil && d.IsZero() {
		return errors.New("the zero day means that none was given")
	}
	return err
}

// language is a flag that holds one of our languages; langOf has used it by then.
type language struct{}

func (l *language) String() string { return "" }

func (l *language) Set(s string) error {
	if !slices.Contains(i18n.Languages, i18n.Language(s)) {
		return errors.New("no such language")
	}
	return nil
}

// positive is a flag that holds a time span above zero.
type positive struct{ time.Duration }

func (p *positive) String() string { return "" }

func (p *positive) Set(s string) (err error) {
	if p.Duration, err = time.ParseDuration(s); err == nil && p.Duration <= 0 {
		err = errors.New("not above zero")
	}
	return err
}

// typed is a flag that holds an address.
type typed struct{ netip.Addr }

func (a *typed) String() string { return a.Addr.String() }

func (a *typed) Set(s string) (err error) {
	a.Addr, err = netip.ParseAddr(s)
	return err
}

// names is a flag that may be given more than once.
type names []string

func (n *names) String() string { return "" }

func (n *names) Set(s string) error { *n = append(*n, s); return nil }

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
