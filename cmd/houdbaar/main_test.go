package main

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"houdbaar/assets"
	"houdbaar/internal/lab"
	"houdbaar/internal/ui"
)

func TestACallIsRead(t *testing.T) {
	o, on, _ := read([]string{"--lang", "nl", "--on=2026-11-21", "--theme", "dark", "--interface", "eth0", "--interface", "wlan0", "--text-size", "125%", "--scan"}, nil, nil)
	if o == nil {
		t.Fatal("a good call is refused")
	}
	if o.Language != "nl" || o.Look != "dark" || o.TextSize != 1.25 || !o.ScanNow || !slices.Equal(o.Interfaces, []string{"eth0", "wlan0"}) {
		t.Errorf("options %+v", *o)
	}
	if want := time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC); on != want {
		t.Errorf("day %v, want %v", on, want)
	}
}

func TestACallThatIsNotUnderstoodSaysSo(t *testing.T) {
	for call, want := range map[string][2]string{
		"--on 21-11-2026":  {"“21-11-2026” is no day", "“21-11-2026” is geen dag"},
		"--lang fr":        {"“fr” is no language we have", "De taal “fr” hebben we niet"},
		"--theme pink":     {"“pink” is no theme we have", "Het thema “pink” hebben we niet"},
		"--text-size 400":  {"“400” is no text size", "“400” is geen lettergrootte"},
		"--text-size 125x": {"“125x” is no text size", "“125x” is geen lettergrootte"},
		"--no-such-flag":   {"There is no flag --no-such-flag", "De optie --no-such-flag bestaat niet"},
		"--interface":      {"The flag --interface needs a value", "Achter de optie --interface hoort nog iets"},
		"--scan=x":         {"“x” does not fit the flag --scan", "“x” past niet bij de optie --scan"},
		"extra\x1b[31m":    {"“extra", "“extra"},
		"--scan=no --on x": {"“no” does not fit", "“no” past niet"},
	} {
		for i, language := range []string{"en_GB.UTF-8", "nl_NL.UTF-8"} {
			t.Setenv("LC_ALL", language)
			var out, err bytes.Buffer
			o, _, status := read(strings.Split(call, " "), &out, &err)
			if said := err.String(); o != nil || status != failed || !strings.Contains(said, want[i]) || !strings.Contains(said, "houdbaar --help") || out.Len() > 0 ||
				strings.Contains(said, "\x1b") || strings.Contains(said, "pars") {
				t.Errorf("%q: status %d, out %q, err %q; want %q", call, status, out.String(), said, want[i])
			}
		}
	}
}

func TestHelpNamesEveryFlagInBothLanguages(t *testing.T) {
	for _, l := range []string{"nl", "en"} {
		var out bytes.Buffer
		if o, _, status := read([]string{"--lang", l, "--help"}, &out, nil); o != nil || status != 0 {
			t.Fatalf("--help: status %d", status)
		}
		for _, flag := range []string{"--lang", "--on", "--theme", "--interface", "--text-size", "--scan", "--version", "--help"} {
			if !strings.Contains(out.String(), flag) {
				t.Errorf("%s: help does not name %s:\n%s", l, flag, out.String())
			}
		}
	}
}

func TestWithoutAScreenThereIsNoWindow(t *testing.T) {
	for name, c := range map[string]struct {
		system string
		env    map[string]string
		want   bool
	}{
		"a remote shell": {"linux", nil, false},
		"X11":            {"linux", map[string]string{"DISPLAY": ":0"}, true},
		"Wayland":        {"freebsd", map[string]string{"WAYLAND_DISPLAY": "wayland-0"}, true},
		"Windows":        {"windows", nil, true},
		"macOS":          {"darwin", nil, true},
	} {
		if got := display(c.system, func(k string) string { return c.env[k] }); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// TestTheWindowIsTheProgramOfThePackages: the desktop joins a window to its menu entry
// and its settings by this identifier.
func TestTheWindowIsTheProgramOfThePackages(t *testing.T) {
	if ui.AppID != assets.Fact("ID") {
		t.Errorf("the window is %q, the packages are %q", ui.AppID, assets.Fact("ID"))
	}
}

func TestTheVersionIsToldWithTheDayOfTheList(t *testing.T) {
	lab.HomeFolder(t, t.TempDir())
	var out bytes.Buffer
	if o, _, status := read([]string{"--version", "--lang", "en"}, &out, nil); o != nil || status != 0 {
		t.Fatalf("--version: status %d", status)
	}
	if !strings.HasPrefix(out.String(), "houdbaar "+assets.Version()+"\n") || !regexp.MustCompile(`products of \d+ \w+ 20\d\d`).MatchString(out.String()) {
		t.Errorf("--version says %q", out.String())
	}
}
