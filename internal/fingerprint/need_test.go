package fingerprint

import (
	"strings"
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
		{"endings that the parser took off a common start", `\b(?:DIR|DSL|DAP)-\w*\d`, []string{"dir-", "dsl-", "dap-"}},
		{"a start, a class and another", `F[57][DK]\d`, []string{"f5d", "f5k", "f7d", "f7k"}},
		{"both forms, where a letter may be missing", `D-?Link\w`, []string{"d-link", "dlink"}},
		{"each digit behind a short text", `v[12]\.\w|ab[34]`, []string{"v1.", "v2.", "ab3", "ab4"}},
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

func TestATextOnALongPageIsFound(t *testing.T) {
	page := strings.Repeat("<td>wireless settings</td>\n", 200) + "model_name = rt-n66u"
	l := &lowered{fields: map[string]string{"body": strings.ToUpper(page)}}
	for text, want := range map[string]bool{"rt-n66u": true, "wireless": true, "rt-n66w": false, "firmware": false, "settings of": false} {
		if l.hasAny("body", []string{text}) != want {
			t.Errorf("%q: found is not %v", text, want)
		}
	}
}
