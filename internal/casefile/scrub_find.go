package casefile

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// findHex learns MACs and identities that stand in a text as bare digits: 12 hex
// digits of one case with a letter and a figure among them are taken for a MAC,
// more for an identity, unless they are part of what the product says it is.
func (s *scrubber) findHex(b []byte, masked []bool) {
	for _, m := range hexPattern.FindAllIndex(b, -1) {
		t := string(b[m[0]:m[1]])
		mixed := strings.ContainsAny(t, "0123456789") && strings.ContainsAny(strings.ToLower(t), "abcdef") && (t == strings.ToLower(t) || t == strings.ToUpper(t))
		if !mixed || masked[m[0]] || !alone(b, m[0], m[1]) {
			continue
		}
		if len(t) == 12 && !(m[0] > 4 && b[m[0]-1] == '-' && isHexByte(b[m[0]-2])) { // not the end of a UUID
			s.learnMAC(t)
		} else if len(t) > 12 {
			s.learnID(t, 13)
		}
	}
}

// mask marks the bytes that say what the product is.
func (s *scrubber) mask(b []byte) []bool {
	out := make([]bool, len(b))
	for _, v := range s.masked {
		for _, i := range indexAll(b, []byte(v)) {
			if alone(b, i, i+len(v)) {
				for j := i; j < i+len(v); j++ {
					out[j] = true
				}
			}
		}
	}
	return out
}

func (s *scrubber) uuid(b []byte) {
	id := strings.ToLower(string(b))
	if strings.Trim(id, "0-") == "" {
		return
	}
	overlay(b, fmt.Sprintf("00000000000040008000%012x", s.uuids.of(id)))
}

// base64 replaces within a base64 text that holds something to replace.
func (s *scrubber) base64(b []byte) {
	for _, enc := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding} {
		plain, err := enc.DecodeString(string(b))
		if err != nil {
			continue
		}
		if !utf8.Valid(plain) || bytes.ContainsFunc(plain, func(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' }) {
			return // not a text
		}
		s.text(plain)
		copy(b, enc.EncodeToString(plain))
		return
	}
}

// nameWords replaces the words of names, and the ends of MACs that names carry,
// where the text is not masked.
func (s *scrubber) nameWords(b []byte, masked []bool) {
	if len(s.words)+len(s.tails) == 0 {
		return
	}
	lower := lowerASCII(b)
	for _, tail := range byLength(s.tails) {
		fake := s.tails[tail]
		if len(tail) == 4 && !strings.ContainsAny(tail, "0123456789") || strings.Trim(tail, "0") == "" {
			continue
		}
		for _, i := range indexAll(lower, []byte(tail)) {
			// Only at the end of a name: "RT-AC68U-9A30", "dchFD4E.local", "NETGEAR123456".
			ends := i+len(tail) == len(b) || !isAlnum(b[i+len(tail)])
			if ends && i > 0 && (b[i-1] == '-' || b[i-1] == '_' || b[i-1] == ' ' || b[i-1] >= 'a' && b[i-1] <= 'z' || len(tail) == 6 && !isDigit(b[i-1])) && !masked[i] {
				overlay(b[i:i+len(tail)], fake)
			}
		}
	}
	text := string(b)
	for _, w := range words(text) {
		n := s.words[strings.ToLower(asUTF8(text[w.from:w.to]))]
		if n == 0 || masked[w.from] || !w.like || isJSONKey(b, w.from, w.to) {
			continue
		}
		shape(b[w.from:w.to], n, 'x')
	}
	for _, w := range slices.Sorted(maps.Keys(s.words)) {
		p := escaped(w)
		if p == nil {
			continue
		}
		for _, m := range p.FindAllIndex(b, -1) {
			if !masked[m[0]] {
				for i := m[0]; i < m[1]; i++ {
					b[i] = 'x'
				}
			}
		}
	}
}

// escaped returns what finds a word in which a letter beyond ASCII is written as an
// escape of JSON, XML, HTML or a URL; nil for a word that needs none.
func escaped(w string) *regexp.Regexp {
	if !strings.ContainsFunc(w, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return nil
	}
	p := "(?i)"
	for _, c := range w {
		if c < utf8.RuneSelf {
			p += regexp.QuoteMeta(string(c))
			continue
		}
		var percent string
		for _, x := range []byte(string(c)) {
			percent += fmt.Sprintf("%%%02x", x)
		}
		p += fmt.Sprintf(`(?:%s|\\u%04x|&#%d;|&#x0*%x;|&[a-z]{2,8};|%s)`, regexp.QuoteMeta(string(c)), c, c, c, percent)
	}
	return regexp.MustCompile(p)
}
