package fingerprint

import (
	"regexp/syntax"
	"strings"
)

// need returns texts of which one must stand, in lower case, in anything that the
// pattern matches; nil when no such texts can be told. Looking for a text is some
// hundred times faster than trying a pattern on a page of 32 KiB.
func need(pattern string) []string {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil
	}
	return needOf(re.Simplify())
}

func needOf(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		s := strings.ToLower(string(re.Rune))
		// The letters whose other cases are not in ASCII ("K" is also the Kelvin sign)
		// keep their place: fields are lowered by the same function.
		if len(s) < 3 {
			return nil
		}
		return []string{s}
	case syntax.OpCapture, syntax.OpPlus:
		return needOf(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return needOf(re.Sub[0])
		}
	case syntax.OpConcat:
		var best []string
		for _, sub := range re.Sub {
			if n := needOf(sub); n != nil && (best == nil || shortest(n) > shortest(best)) {
				best = n
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
}

func (l *lowered) get(field string) string {
	v, ok := l.low[field]
	if !ok {
		v = strings.ToLower(l.fields[field])
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
	for _, t := range texts {
		if strings.Contains(v, t) {
			return true
		}
	}
	return false
}
