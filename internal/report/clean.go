package report

import (
	"slices"
	"strings"
	"unicode"
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
	var out []rune
	marks, space := 0, false
	for _, r := range strings.ToValidUTF8(text, "") {
		switch {
		case unicode.IsSpace(r) || strings.ContainsRune(blanks, r):
			space = len(out) > 0
			continue
		case unicode.In(r, unicode.Mn, unicode.Me):
			if marks++; marks > 2 || len(out) == 0 {
				continue
			}
		case !unicode.IsGraphic(r):
			continue
		default:
			marks = 0
		}
		if space {
			out = append(out, ' ')
		}
		out, space = append(out, r), false
		if len(out) > max {
			return strings.TrimRight(string(out[:max-1]), " ") + "…"
		}
	}
	return string(out)
}

// blanks are letters that show as nothing: Hangul fillers and the empty Braille
// pattern, used to make names that look empty or aligned.
const blanks = "\u115f\u1160\u2800\u3164\uffa0"

// cleanLines is Clean for text of several lines that a person typed.
func cleanLines(text string) string {
	var out []string
	for line := range strings.Lines(text) {
		out = append(out, Clean(line, maxSentence))
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}

// together joins what is not empty.
func together(between string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), between)
}

// union appends to a list what it has not yet.
func union(list, more []string) []string {
	for _, x := range more {
		if !slices.Contains(list, x) {
			list = append(list, x)
		}
	}
	return list
}

// each makes something of each member of a list. What it returns is never nil: JSON has
// no null for it.
func each[T, U any](list []T, of func(T) U) []U {
	out := []U{}
	for _, x := range list {
		out = append(out, of(x))
	}
	return out
}
