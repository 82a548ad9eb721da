package casefile

import (
	"bytes"
	"cmp"
	_ "embed"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// letters returns the words of a text in lower case: runs of letters that could be
// of a language, which "Jan" in "Jan2000" is and "EX" in "EX5501" is not.
func letters(text string) []string {
	var out []string
	for _, w := range words(text) {
		t := text[w.from:w.to]
		if w.like {
			out = append(out, strings.ToLower(t))
		}
	}
	return out
}

// A word is a run of letters in a text.
type word struct {
	from, to int
	like     bool // it may be a word of a language
}

func words(text string) []word {
	var out []word
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !isLetter(r, n) {
			i += n
			continue
		}
		from, count, upper := i, 0, 0
		for i < len(text) {
			r, n = utf8.DecodeRuneInString(text[i:])
			if !isLetter(r, n) {
				break
			}
			if unicode.IsUpper(r) {
				upper++
			}
			count++
			i += n
		}
		digitNear := from > 0 && isDigit(text[from-1]) || i < len(text) && isDigit(text[i])
		out = append(out, word{from, i, count >= 2 && (!digitNear || count >= 3 && upper <= 1)})
	}
	return out
}

// isLetter takes a byte that is no UTF-8 for a letter of Latin-1.
func isLetter(r rune, size int) bool {
	return unicode.IsLetter(r) || r == utf8.RuneError && size == 1
}

// asUTF8 reads as Latin-1 what is no UTF-8.
func asUTF8(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	out := make([]rune, len(s))
	for i := range len(s) {
		out[i] = unicode.ToLower(rune(s[i]))
	}
	return string(out)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isAlnum(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// alone reports whether b[from:to] is not part of a longer word or number.
func alone(b []byte, from, to int) bool {
	return (from == 0 || !isAlnum(b[from-1])) && (to == len(b) || !isAlnum(b[to]))
}

func isHexByte(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// lowerASCII returns b with A to Z in lower case and every other byte as it is.
func lowerASCII(b []byte) []byte {
	out := bytes.Clone(b)
	for i, c := range out {
		if c >= 'A' && c <= 'Z' {
			out[i] = c + 'a' - 'A'
		}
	}
	return out
}

// overlay writes the hex digits of fake over those of b, in their case.
func overlay(b []byte, fake string) {
	i := 0
	for j := 0; j < len(b) && i < len(fake); j++ {
		if b[j] == '%' { // "%3A" between two digits
			j += 2
			continue
		}
		if !isHexByte(b[j]) {
			continue
		}
		c := fake[i]
		if c >= 'a' && hasUpper(b) {
			c -= 'a' - 'A'
		}
		b[j] = c
		i++
	}
}

func hasUpper(b []byte) bool {
	return bytes.ContainsAny(b, "ABCDEF") || !bytes.ContainsAny(b, "abcdef")
}

// shape writes over letters and digits: digits become 0, letters fill, in their
// case, and n is counted from the end, so that different things stay different.
func shape(b []byte, n int, fill byte) {
	span := 6 // "a" to "f": what looked like hex still does
	if fill == 'x' {
		span = 23
	}
	for i := len(b) - 1; i >= 0; i-- {
		c := b[i]
		switch {
		case isDigit(c):
			b[i] = '0' + byte(n%10)
			n /= 10
		case isAlnum(c):
			l := fill
			if n > 0 {
				l = 'a' + byte(n%span)
				n /= span
			}
			if c >= 'A' && c <= 'Z' {
				l -= 'a' - 'A'
			}
			b[i] = l
		}
	}
}

// indexAll returns where sub begins in b.
func indexAll(b, sub []byte) []int {
	var out []int
	if len(sub) == 0 {
		return nil
	}
	for at := 0; ; {
		i := bytes.Index(b[at:], sub)
		if i < 0 {
			return out
		}
		out = append(out, at+i)
		at += i + len(sub)
	}
}

// byLength returns the keys of m, longest first.
func byLength[V any](m map[string]V) []string {
	return slices.SortedFunc(maps.Keys(m), func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b))
	})
}

//go:embed words.txt
var wordsFile string

// productWords are words within names that say what a thing is and not whose it is: makers,
// product lines, kinds of device, and words of pages and of the protocols.
var productWords = regexp.MustCompile(`(?m)^#.*`).ReplaceAllString(wordsFile, "")
