package assets

import (
	"strings"
	"testing"
)

func TestTheVersionIsTheOneOfThePackages(t *testing.T) {
	if v := Fact("Version"); v == "" || !strings.HasPrefix(Version(), v) {
		t.Errorf("FyneApp.toml has version %q; the program says %q", v, Version())
	}
	commit = "1a2b3c4d5e6f"
	defer func() { commit = "" }()
	if got, want := Version(), Fact("Version")+" (1a2b3c4d5e6f)"; got != want {
		t.Errorf("built by a package script it says %q, want %q", got, want)
	}
	if got := Fact("NoSuchFact"); got != "" {
		t.Errorf("a fact that is not there is %q", got)
	}
}
