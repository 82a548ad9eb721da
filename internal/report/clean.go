package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// How much of a text from the network is shown, in characters: a name that fits a
// row, a value that fits two lines of the trail, a list inside a sentence.
const (
	maxName     = 60
	maxValue    = 160
	maxSentence = 400
)

// Clean makes text from the network fit to show: control, bidirectional and
// invisible characters go, white space becomes single spaces, at most two
// combining marks stay on a letter, bytes that are not UTF-8 go, and what is longer
// than max characters is cut with an ellipsis. It never returns more than max
// characters; max must be at least 1.
func Clean(text string, max int) string {
	var b strings.Builder
	length, marks := 0, 0
	space, cut := false, false
	for i, size := 0, 0; i < len(text); i += size {
		var r rune
		r, size = utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && size <= 1:
			continue
		case unicode.IsSpace(r) || r == '\u2028' || r == '\u2029' || blank(r):
			space = length > 0
			continue
		case unicode.In(r, unicode.Mn, unicode.Me):
			if marks++; marks > 2 || length == 0 {
				continue
			}
		case !unicode.IsGraphic(r):
			continue
		default:
			marks = 0
		}
		need := 1
		if space {
			need = 2
		}
		if length+need > max {
			cut = true
			break
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
		length += need
	}
	out := b.String()
	if cut {
		runes := []rune(out)
		if len(runes) >= max {
			runes = runes[:max-1]
		}
		out = strings.TrimRight(string(runes), " ") + "…"
	}
	return out
}

// blank tells the letters that show as nothing: Hangul fillers and the empty
// Braille pattern, used to make names that look empty or aligned.
func blank(r rune) bool {
	switch r {
	case '\u115f', '\u1160', '\u2800', '\u3164', '\uffa0':
		return true
	}
	return false
}
