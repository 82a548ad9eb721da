package fingerprint

import (
	"regexp/syntax"
	"slices"
	"strings"
)

// need returns texts of which one must stand, in lower case, in anything that the
// pattern matches in any case; nil when no such texts can be told. Looking for a text is some
// hundred times faster than trying a pattern on a page of 32 KiB.
func need(pattern string) []string {
	re, _ := syntax.Parse("(?i)"+pattern, syntax.Perl) // it was compiled before
	return needOf(re.Simplify())
}

func needOf(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		s := lower(string(re.Rune))
		// The letters whose other cases are not in ASCII ("K" is also the Kelvin sign)
		// keep their place: fields are lowered by the same function.
		if len(s) < shortestNeed {
			return nil
		}
		return []string{s}
	case syntax.OpCapture, syntax.OpPlus:
		return needOf(re.Sub[0])
	case syntax.OpConcat:
		var best []string
		better := func(n []string) {
			if n != nil && (best == nil || shortest(n) > shortest(best)) {
				best = n
			}
		}
		run := []string{""} // all that the parts since the last inexact one can be
		for _, sub := range re.Sub {
			better(needOf(sub))
			texts := wholeTexts(sub)
			if run = crossed(run, texts); run == nil {
				if run = texts; run == nil {
					run = []string{""}
				}
			}
			if shortest(run) >= shortestNeed {
				better(run)
			}
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			n := needOf(sub)
			if n == nil {
				return nil
			}
			all = append(all, n...)
		}
		return all
	}
	return nil
}

const (
	shortestNeed = 3  // bytes: shorter texts stand on every page
	mostExact    = 32 // texts; looking for more is no faster than the pattern
)

// wholeTexts returns all texts, in lower case, that the pattern can match, nil when they are
// too many to tell. The parser takes "DIR|DSL" apart into a D and two endings; this puts
// them together again.
func wholeTexts(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpWordBoundary, syntax.OpNoWordBoundary, syntax.OpBeginText, syntax.OpEndText:
		return []string{""}
	case syntax.OpLiteral:
		return []string{lower(string(re.Rune))}
	case syntax.OpCharClass:
		var all []string
		for i := 0; i < len(re.Rune); i += 2 {
			for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
				if all = append(all, lower(string(r))); len(all) > mostExact {
					return nil
				}
			}
		}
		slices.Sort(all)
		return slices.Compact(all)
	case syntax.OpCapture:
		return wholeTexts(re.Sub[0])
	case syntax.OpQuest:
		if one := wholeTexts(re.Sub[0]); one != nil {
			return append(one, "")
		}
	case syntax.OpConcat:
		all := []string{""}
		for _, sub := range re.Sub {
			all = crossed(all, wholeTexts(sub))
		}
		return all
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			one := wholeTexts(sub)
			if one == nil || len(all)+len(one) > mostExact {
				return nil
			}
			all = append(all, one...)
		}
		return all
	}
	return nil
}

// crossed returns each of a followed by each of b, nil when one is nil or it is too many.
func crossed(a, b []string) []string {
	if a == nil || b == nil || len(a)*len(b) > mostExact {
		return nil
	}
	var all []string
	for _, x := range a {
		for _, y := range b {
			all = append(all, x+y)
		}
	}
	return all
}

func shortest(texts []string) int {
	n := len(texts[0])
	for _, t := range texts {
		n = min(n, len(t))
	}
	return n
}

// lowered gives the fields of one observation in lower case, each made once.
type lowered struct {
	fields map[string]string
	low    map[string]string
	grams  map[string]*grams // of long fields
}

// long is the length, in bytes, from which a field's grams are worth making.
const long = 1024

// grams are the runs of three bytes that a text has, each as one of 65,536 bits: a
// text that lacks one of another's grams does not contain it. Looking for some
// hundred texts on a page of 32 KiB is so some ten times faster.
type grams [1 << 13]byte

func bit(a, b, c byte) (at, mask uint32) {
	h := (uint32(a)<<16 | uint32(b)<<8 | uint32(c)) * 2654435761 >> 16
	return h >> 3, 1 << (h & 7)
}

func gramsOf(text string) *grams {
	var g grams
	for i := 0; i+2 < len(text); i++ {
		at, mask := bit(text[i], text[i+1], text[i+2])
		g[at] |= byte(mask)
	}
	return &g
}

// mayHave reports whether the text of g can contain t.
func (g *grams) mayHave(t string) bool {
	for i := 0; i+2 < len(t); i++ {
		if at, mask := bit(t[i], t[i+1], t[i+2]); g[at]&byte(mask) == 0 {
			return false
		}
	}
	return true
}

// gramsOf returns the grams of a long field, nil for a short one.
func (l *lowered) gramsOf(field, value string) *grams {
	if len(value) < long {
		return nil
	}
	g := l.grams[field]
	if g == nil {
		g = gramsOf(value)
		if l.grams == nil {
			l.grams = map[string]*grams{}
		}
		l.grams[field] = g
	}
	return g
}

func (l *lowered) get(field string) string {
	v, ok := l.low[field]
	if !ok {
		v = lower(l.fields[field])
		if l.low == nil {
			l.low = map[string]string{}
		}
		l.low[field] = v
	}
	return v
}

// hasAny reports whether one of texts stands in the field, or texts is nil.
func (l *lowered) hasAny(field string, texts []string) bool {
	if texts == nil {
		return true
	}
	v := l.get(field)
	g := l.gramsOf(field, v)
	for _, t := range texts {
		if g != nil && !g.mayHave(t) {
			continue
		}
		if strings.Contains(v, t) {
			return true
		}
	}
	return false
}

// lower returns a text in lower case, with those Greek letters alike that patterns take for
// one: the mu that is a unit's sign, the iota below a letter, and the sigma at a word's end.
func lower(s string) string { return alikeInGreek.Replace(strings.ToLower(s)) }

var alikeInGreek = strings.NewReplacer("µ", "μ", "\u0345", "ι", "ς", "σ")
