package report

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
	"golang.org/x/text/unicode/norm"
)

// visual puts a line whose sentence runs from left to right into the order in which it
// is seen: what a device is called may run from right to left. It is the Unicode
// bidirectional algorithm (UAX 9) for a line without embeddings, which Clean takes out.
// The one of golang.org/x/text gives the directions of a line's parts and not their order.
func visual(line string) string {
	runes := []rune(line)
	classes := make([]bidi.Class, len(runes))
	turns := false
	for i, r := range runes {
		p, _ := bidi.LookupRune(r)
		classes[i] = p.Class()
		if r == '·' { // it parts our own fields: a date is no part of the name before it
			classes[i] = bidi.L
		}
		turns = turns || classes[i] == bidi.R || classes[i] == bidi.AL || classes[i] == bidi.AN
	}
	if !turns {
		return line
	}
	levels := levelsOf(runes, classes)
	for level := uint8(2); level >= 1; level-- { // rule L2
		for from := 0; from < len(runes); from++ {
			to := from
			for to < len(runes) && levels[to] >= level {
				to++
			}
			if to > from {
				slices.Reverse(runes[from:to])
				slices.Reverse(levels[from:to])
				from = to
			}
		}
	}
	for i, r := range runes {
		if at := strings.IndexRune(brackets, r); at >= 0 && levels[i] == 1 { // rule L4
			pair := []rune(brackets)
			runes[i] = pair[slices.Index(pair, r)^1]
		}
	}
	return string(marksBehind(runes, levels))
}

// brackets are what looks the other way where the line does, in pairs.
const brackets = "()[]{}<>«»‹›"

// levelsOf gives each character 0 where it runs from left to right, 1 where from right
// to left, and 2 for a number among those.
func levelsOf(runes []rune, classes []bidi.Class) []uint8 {
	c := slices.Clone(classes)
	resolveWeak(c)
	pairUp(runes, c)
	levels := make([]uint8, len(c))
	for i := 0; i < len(c); i++ { // rules N1, N2 and I1
		switch c[i] {
		case bidi.R:
			levels[i] = 1
		case bidi.AN, bidi.EN:
			levels[i] = 2
		case bidi.ON:
			to := i
			for to < len(c) && c[to] == bidi.ON {
				to++
			}
			if i > 0 && to < len(c) && c[i-1] != bidi.L && c[to] != bidi.L {
				for j := i; j < to; j++ {
					levels[j] = 1
				}
			}
			i = to - 1
		}
	}
	return levels
}

// resolveWeak gives numbers, and the signs in and around them, a direction: rules W1 to W7.
func resolveWeak(c []bidi.Class) {
	last, strong := bidi.L, bidi.L
	for i, k := range c { // rules W1 to W3
		switch k {
		case bidi.NSM:
			c[i] = last
		case bidi.EN:
			if strong == bidi.AL {
				c[i] = bidi.AN
			}
		case bidi.L, bidi.R, bidi.AL:
			strong = k
		}
		last = c[i]
	}
	for i, k := range c {
		if k == bidi.AL {
			c[i] = bidi.R
		}
	}
	for i := 1; i+1 < len(c); i++ { // rule W4
		if before, after := c[i-1], c[i+1]; before == after && (c[i] == bidi.CS && (before == bidi.EN || before == bidi.AN) || c[i] == bidi.ES && before == bidi.EN) {
			c[i] = before
		}
	}
	spread := func(i, by int) { // rule W5
		for j := i + by; j >= 0 && j < len(c) && c[j] == bidi.ET; j += by {
			c[j] = bidi.EN
		}
	}
	for i, k := range c {
		if k == bidi.EN {
			spread(i, 1)
			spread(i, -1)
		}
	}
	strong = bidi.L
	for i, k := range c { // rules W6 and W7
		switch k {
		case bidi.L, bidi.R:
			strong = k
		case bidi.EN:
			if strong == bidi.L {
				c[i] = bidi.L
			}
		case bidi.AN:
		default:
			c[i] = bidi.ON
		}
	}
}

// pairUp gives two brackets that belong together the direction of what they hold (rule
// N0): that of the line if anything in them has it, else that of what stands before.
func pairUp(runes []rune, c []bidi.Class) {
	var open []int
	pair := []rune(brackets)
	for i, r := range runes {
		at := slices.Index(pair, r)
		switch {
		case at < 0 || c[i] != bidi.ON:
		case at%2 == 0:
			open = append(open, i)
		default:
			for k := len(open) - 1; k >= 0; k-- {
				from := open[k]
				if runes[from] != pair[at-1] {
					continue
				}
				open = open[:k]
				strong := func(k bidi.Class) bool { return k != bidi.ON && k != bidi.L }
				switch inside := c[from+1 : i]; {
				case slices.Contains(inside, bidi.L):
					c[from], c[i] = bidi.L, bidi.L
				case slices.ContainsFunc(inside, strong):
					before := bidi.L
					for _, k := range slices.Backward(c[:from]) {
						if k != bidi.ON {
							before = k
							break
						}
					}
					if before != bidi.L {
						before = bidi.R
					}
					c[from], c[i] = before, before
				}
				break
			}
		}
	}
}

// marksBehind puts combining marks behind their letters again, where they were turned
// before them (rule L3).
func marksBehind(runes []rune, levels []uint8) []rune {
	for from := 0; from < len(runes); from++ {
		to := from
		for to < len(runes) && levels[to] == 1 && mn(runes[to]) {
			to++
		}
		if to > from && to < len(runes) && levels[to] == 1 {
			slices.Reverse(runes[from : to+1])
			from = to
		}
	}
	return runes
}

func mn(r rune) bool {
	p, _ := bidi.LookupRune(r)
	return p.Class() == bidi.NSM
}

// An arabic letter has its shapes one after the other from first on: alone, at the end,
// and, where it joins what follows, at the beginning and in the middle of a word.
type arabic struct {
	first  rune
	shapes rune
}

// arabicLetters are the letters of Arabic and those that Persian and Urdu most use, with
// their places in Unicode's presentation forms.
var arabicLetters = func() map[rune]arabic {
	out := map[rune]arabic{}
	for _, forms := range [][2]rune{{0xfe80, 0xfef4}, {0xfb56, 0xfb59}, {0xfb7a, 0xfb7d}, {0xfb8a, 0xfb8b}, {0xfb8e, 0xfb95}, {0xfbfc, 0xfbff}} {
		for shape := forms[0]; shape <= forms[1]; shape++ {
			letter, _ := utf8.DecodeRuneInString(norm.NFKC.String(string(shape)))
			if out[letter].shapes == 0 {
				out[letter] = arabic{first: shape}
			}
			out[letter] = arabic{out[letter].first, out[letter].shapes + 1}
		}
	}
	return out
}()

// tatweel is a stroke between letters.
const tatweel = 'ـ'

// lamAlef are the letters that stand for lam and the alef behind it.
var lamAlef = map[rune]rune{'آ': 0xfef5, 'أ': 0xfef7, 'إ': 0xfef9, 'ا': 0xfefb}

// shaped gives Arabic letters the shapes that they have in their word: gopdf draws each
// character as it stands.
func shaped(text string) string {
	runes := []rune(text)
	if !slices.ContainsFunc(runes, func(r rune) bool { return arabicLetters[r].shapes > 0 }) {
		return text
	}
	beside := func(i, by int) rune { // past marks, which join nothing
		for i += by; i >= 0 && i < len(runes); i += by {
			if !mn(runes[i]) {
				return runes[i]
			}
		}
		return 0
	}
	var out []rune
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		letter := arabicLetters[r]
		if letter.shapes == 0 {
			out = append(out, r)
			continue
		}
		before, after := beside(i, -1), beside(i, 1)
		joined := letter.shapes > 1 && (before == tatweel || arabicLetters[before].shapes == 4)
		if i+1 < len(runes) && r == 'ل' && lamAlef[runes[i+1]] != 0 {
			shape := lamAlef[runes[i+1]]
			if joined {
				shape++
			}
			out = append(out, shape)
			i++
			continue
		}
		joins := letter.shapes == 4 && (after == tatweel || arabicLetters[after].shapes > 1)
		shape := letter.first
		switch {
		case joined && joins:
			shape += 3
		case joins:
			shape += 2
		case joined:
			shape++
		}
		out = append(out, shape)
	}
	return string(out)
}
