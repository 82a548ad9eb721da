package assets

import (
	_ "embed" // for FyneApp.toml
	"runtime/debug"
	"strings"
)

// facts is what the packages say of the program too: version, identifier, name.
//
//go:embed FyneApp.toml
var facts string

// commit is the state of the source, for a build that package scripts make
// (-ldflags -X); an ordinary build in a clone knows its own.
var commit string

// Version says which program this is: the version in FyneApp.toml and, where it is
// known, the commit it was built from: "0.1.0 (1a2b3c4d5e6f)".
func Version() string {
	if c := builtFrom(); c != "" {
		return Fact("Version") + " (" + c + ")"
	}
	return Fact("Version")
}

// Fact is a value of FyneApp.toml as the package scripts read it: the first line
// that gives the name a value, without the quotes. "" when there is none.
func Fact(name string) string {
	for line := range strings.Lines(facts) {
		if key, value, ok := strings.Cut(line, "="); ok && strings.TrimSpace(key) == name {
			return strings.Trim(strings.TrimSpace(value), `"`)
		}
	}
	return ""
}

// builtFrom is the commit, shortened to twelve digits, with a "+" when the source
// had changes of its own; "" when nobody knows.
func builtFrom() string {
	if commit != "" {
		return commit
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	revision, changed := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = "+"
		}
	}
	if revision == "" {
		return ""
	}
	return revision[:min(12, len(revision))] + changed
}
