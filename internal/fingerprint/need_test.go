package fingerprint

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAPatternNeedsOneOfItsTexts(t *testing.T) {
	for _, c := range []struct {
		about, pattern string
		want           []string
	}{
		{"the longest of its literals", `abc\d+defg`, []string{"defg"}},
		{"either of two", `fire|water`, []string{"fire", "water"}},
		{"what follows where a letter may be missing", `D-?Link\w`, []string{"link"}},
		{"in Greek, the letters that fields are lowered to", `ρολόι|ΜΟΝΤΕΜ`, []string{"ρολόι", "μοντεμ"}},
		{"nothing, when it is too short", `ab\w`, nil},
		{"nothing, when one of two is too short", `fire|ab`, nil},
		{"nothing, when it may be left out", `(?:fire)?\d`, nil},
	} {
		if diff := cmp.Diff(c.want, need(c.pattern)); diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", c.about, c.pattern, diff)
		}
	}
}
