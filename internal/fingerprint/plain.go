package fingerprint

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"houdbaar/internal/device"
)

// asRead returns observations with their fields as people read them, however they were typed:
// with one blank for several, any hyphen as "-", the wide letters and digits of Japan and China
// as English ones, and without what cannot be seen. A page's body, which is taken apart
// elsewhere, gets its hyphens only.
func asRead(observations []device.Observation) []device.Observation {
	out := slices.Clone(observations)
	for i, o := range observations {
		out[i].Fields = maps.Clone(o.Fields)
		for field, v := range o.Fields {
			switch {
			case field == "body":
				out[i].Fields[field] = withHyphens(v)
			case oddlyTyped(v):
				out[i].Fields[field] = plainly(v)
			}
		}
	}
	return out
}

// otherHyphens are the dashes that people and programs set in a word for a hyphen: "DIR‑860L".
var otherHyphens = regexp.MustCompile(`\b[‐‑‒–−]\b`)

// withHyphens returns a page with hyphens for such dashes.
func withHyphens(page string) string {
	if !strings.ContainsAny(page, "‐‑‒–−") {
		return page
	}
	return otherHyphens.ReplaceAllString(page, "-")
}

// oddlyTyped reports whether plainly may have something to do.
func oddlyTyped(v string) bool {
	for i := range len(v) {
		if v[i] >= utf8.RuneSelf || v[i] == ' ' && (i == 0 || i == len(v)-1 || v[i-1] == ' ') {
			return true
		}
	}
	return false
}

// plainly returns a text as people read it.
func plainly(v string) string {
	v = strings.Map(func(r rune) rune {
		switch {
		case r < utf8.RuneSelf:
			return r
		case unicode.Is(unicode.Zs, r):
			return ' '
		case unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Join_Control, r): // joiners make emoji
			return -1
		case '\u2010' <= r && r <= '\u2013', r == '\u2212', r == '\ufe63', r == '\uff0d':
			return '-'
		case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ':
			return r - '！' + '!'
		}
		return r
	}, v)
	for strings.Contains(v, "  ") {
		v = strings.ReplaceAll(v, "  ", " ")
	}
	return strings.Trim(v, " ")
}
