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
	var all []string
	switch re.Op {
	case syntax.OpLiteral:
		// The letters whose other cases are not in ASCII ("K" is also the Kelvin sign)
		// keep their place: fields are lowered by the same function.
		if s := lower(string(re.Rune)); len(s) >= shortestNeed {
			return []string{s}
		}
	case syntax.OpCapture, syntax.OpPlus:
		return needOf(re.Sub[0])
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			if n := needOf(sub); n != nil && (all == nil || shortest(n) > shortest(all)) {
				all = n
			}
		}
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			n := needOf(sub)
			if n == nil {
				return nil
			}
			all = append(all, n...)
		}
	}
	return all
}

// shortestNeed is in bytes: shorter texts stand on every page.
const shortestNeed = 3

func shortest(texts []string) int {
	return len(slices.MinFunc(texts, func(a, b string) int { return len(a) - len(b) }))
}

// lowered gives the fields of one observation in lower case, each made once.
type lowered struct {
	fields map[string]string
	low    map[string]string
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
	return slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(v, t) })
}

// lower returns a text in lower case, with those Greek letters alike that patterns take for
// one: the mu that is a unit's sign, the iota below a letter, and the sigma at a word's end.
func lower(s string) string { return alikeInGreek.Replace(strings.ToLower(s)) }

var alikeInGreek = strings.NewReplacer("µ", "μ", "\u0345", "ι", "ς", "σ")
