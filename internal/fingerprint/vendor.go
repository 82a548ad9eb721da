package fingerprint

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Vendor brings a manufacturer to the one spelling the catalogue has. known says
// whether the vendor is in the table; else the text comes back without its legal
// form. "" means that the text names no maker of the device: a chip's maker, a
// program's author, a filler, words for what it is.
func (s *Set) Vendor(raw string) (name string, known bool) {
	raw = strings.TrimSpace(raw)
	w, k := words(raw), fold(raw)
	if k == "" || s.noVendor[k] || s.chipMaker(raw) {
		return "", false
	}
	if v, ok := s.aliases[k]; ok {
		return v, true
	}
	// The longest alias that the name begins with, when only legal form follows or
	// the alias is long enough to be nobody else's.
	for n := min(len(w)-1, s.longest); n > 0; n-- {
		a := strings.Join(w[:n], " ")
		v, ok := s.aliases[a]
		if !ok {
			continue
		}
		more := slices.ContainsFunc(w[n:], func(x string) bool { return !s.legal[x] && len(x) != 1 })
		if !more || len(a) >= 4 && (!s.everyday[a] || s.aDevice.MatchString(raw) || strings.ContainsFunc(raw, isDigit)) {
			return v, true
		}
	}
	if strings.Contains(raw, "://") || strings.HasPrefix(strings.ToLower(raw), "www.") || len(raw) > 60 || unfilled.MatchString(raw) || author.MatchString(raw) {
		return "", false
	}
	if domain.MatchString(raw) {
		v := s.vendorOfSite(raw)
		return v, v != ""
	}
	raw = s.bare(raw)
	k = fold(raw)
	if s.noVendor[k] {
		return "", false
	}
	if v, ok := s.aliases[k]; ok {
		return v, true
	}
	if s.descriptive(raw) {
		return "", false // "Security Camera"
	}
	return raw, false
}

// unfilled is a template's place that nobody filled: "%s", "${vendor}".
var unfilled = regexp.MustCompile(`^(?:%\w|\$[{(]\w+[})]|@\w+@)$`)

// author is a person who wrote a program: "(c) 2005 A. Person <a@example.org>".
var author = regexp.MustCompile(`(?i)^(?:\(c\)|©|copyright\b) ?\d{4}|<\S+@\S+>`)

// domain is a site where a maker's name should stand.
var domain = regexp.MustCompile(`(?i)^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|info|biz|eu|de|nl|uk|fr|it|cn|jp|kr|tw|io|co|tv|cc|me)$`)

// chipMaker reports whether a manufacturer makes chips.
func (s *Set) chipMaker(raw string) bool {
	k := fold(raw) + " "
	return slices.ContainsFunc(s.chips, func(c string) bool { return strings.HasPrefix(k, c+" ") })
}

// bare takes the legal form, the trade and the town off a company's name.
func (s *Set) bare(raw string) string {
	fields := strings.FieldsFunc(raw, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == '(' || r == ')' })
	plainly := func(w string) string { return strings.Join(words(w), "") }
	for len(fields) > 1 && s.places[plainly(fields[0])] {
		fields = fields[1:]
	}
	for len(fields) > 1 {
		w := plainly(fields[len(fields)-1])
		if w != "" && !s.legal[w] {
			break
		}
		fields = fields[:len(fields)-1]
	}
	return strings.TrimRight(strings.Join(fields, " "), ".,")
}

// vendorOfSite returns the maker of the table that a maker's address names:
// "http://www.level1.com" is LevelOne's. "" = none.
func (s *Set) vendorOfSite(site string) string {
	u, err := url.Parse(strings.TrimSpace(site))
	if err != nil {
		return ""
	}
	host := u.Hostname()
	if host == "" {
		host, _, _ = strings.Cut(u.Path, "/") // written without "http://"
	}
	labels := strings.Split(strings.ToLower(host), ".")
	for i := len(labels) - 2; i >= 0; i-- {
		if l := labels[i]; len(l) > 3 || i == len(labels)-2 { // "co" and "com" stand before a country
			if s.elsewhere[l] || s.noVendor[l] {
				return ""
			}
			if v := cmp.Or(s.aliases[fold(l)], s.aliases[strings.ReplaceAll(l, "-", "")]); v != "" && len(l) >= 3 {
				return v
			}
		}
	}
	return ""
}
