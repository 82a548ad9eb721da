package announce

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// printedEscape is an escape of the form in which DNS names and texts are printed (RFC 4343,
// section 2.1): a backslash before a mark, or before the number of a byte. At the end of a
// text it may be cut short.
var printedEscape = regexp.MustCompile("\\\\(?:[0-9]{3}|[ -/:-@\\[-`{-~]|[0-9]{0,2}$)")

// Unprinted undoes every escape of a printed DNS name or text once. A backslash that begins
// none, and one at the end, stay.
func Unprinted(s string) string {
	return printedEscape.ReplaceAllStringFunc(s, func(escape string) string {
		n, err := strconv.ParseUint(escape[1:], 10, 8)
		switch {
		case len(escape) == 4 && err == nil:
			return string([]byte{byte(n)})
		case len(escape) == 2 && err != nil:
			return escape[1:]
		}
		return escape
	})
}

// asSaid returns a name or text as it was meant, where it was sent in the form in which
// programs print it: firmware and recorders pass on "My\032Camera". It is taken for that
// where every backslash begins an escape and one of them is of a dot or of the number of a
// byte that a program would escape, so that "100\% x" and "\\server\share" stay what they are.
func asSaid(s string) string {
	if !strings.Contains(s, `\`) || strings.Contains(printedEscape.ReplaceAllString(s, ""), `\`) {
		return s
	}
	printed := false
	for _, escape := range printedEscape.FindAllString(s, -1) {
		if len(escape) != 4 {
			printed = printed || escape == `\.`
			continue
		}
		n, err := strconv.ParseUint(escape[1:], 10, 8)
		if c := byte(n); err != nil || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
			return s
		}
		printed = true
	}
	said := Unprinted(s)
	if !printed || !utf8.ValidString(said) || strings.ContainsFunc(said, unicode.IsControl) {
		return s
	}
	return said
}
