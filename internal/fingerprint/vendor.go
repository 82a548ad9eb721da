package fingerprint

import (
	"regexp"
	"strings"
	"unicode"
)

// legal are the words that end a company's name without naming it.
var legal = map[string]bool{
	"inc": true, "incorporated": true, "ltd": true, "limited": true, "llc": true, "corp": true, "corporation": true,
	"co": true, "company": true, "gmbh": true, "ag": true, "kg": true, "bv": true, "nv": true, "sa": true, "sas": true, "ab": true, "as": true, "oy": true, "oyj": true, "plc": true, "pte": true, "pty": true, "srl": true, "spa": true, "kk": true,
	"technologies": true, "technology": true, "tech": true, "international": true, "electronics": true, "electronic": true, "electric": true, "systems": true, "system": true, "communications": true, "communication": true, "networks": true, "network": true, "computer": true, "industries": true, "industrial": true, "group": true, "holdings": true, "foundation": true, "berlin": true, "digital": true, "broadband": true,
}

// words splits into lower-case words of letters and digits.
func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// fold brings a vendor's name to the form that aliases are compared in.
func fold(s string) string { return strings.Join(words(s), " ") }

var vendorTail = regexp.MustCompile(`(?i)[\s,]+(?:inc|incorporated|ltd|limited|llc|corp|corporation|co|company|gmbh|s\.?a\.?s?|b\.?v|n\.?v|ab|ag|a/s|oy|plc|pte|pty|s\.?r\.?l|s\.?p\.?a|k\.?k|systems gmbh)\.?$`)

// Vendor brings a manufacturer to the one spelling the catalogue has. known says
// whether the vendor is in the table; else the text comes back without its legal
// form. "" means that the text names no maker of the device: a chip's maker, a
// program's author, a filler.
func (s *Set) Vendor(raw string) (name string, known bool) {
	raw = strings.TrimSpace(raw)
	w := words(raw)
	if len(w) == 0 || s.noVendor[strings.Join(w, " ")] {
		return "", false
	}
	if v, ok := s.aliases[strings.Join(w, " ")]; ok {
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
		rest := true
		for _, x := range w[n:] {
			rest = rest && legal[x] || len(x) == 1
		}
		if rest || len(a) >= 4 {
			return v, true
		}
	}
	if strings.Contains(raw, "://") || strings.HasPrefix(strings.ToLower(raw), "www.") || len(raw) > 60 {
		return "", false
	}
	for {
		cut := vendorTail.ReplaceAllString(raw, "")
		if cut == raw || cut == "" {
			break
		}
		raw = strings.TrimRight(cut, " ,")
	}
	if s.noVendor[fold(raw)] {
		return "", false
	}
	return raw, false
}
