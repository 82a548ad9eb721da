package casefile

import (
	"bytes"
	"encoding/hex"
	"regexp"
	"slices"

	"houdbaar/internal/announce"
)

func markHeader(b []byte, masked []bool) {
	line := 0
	for i, c := range b {
		if c == ':' && lineStart(b, line, i) {
			for j := line; j < i; j++ {
				masked[j] = true
			}
		}
		if c == '\n' {
			line = i + 1
		}
	}
}

// markFormat marks tags, but for their quoted values.
func markFormat(b []byte, masked []bool) {
	until := 0
	var quote byte
	for i, c := range b {
		switch {
		case i < until:
			if quote == 0 && (c == '"' || c == '\'') {
				quote = c
			} else if c == quote {
				quote = 0
			}
			masked[i] = masked[i] || quote == 0
		case c == '<' && i+1 < len(b) && (b[i+1] == '/' || b[i+1] == '?' || b[i+1] == '!' || isAlnum(b[i+1]) && !isDigit(b[i+1])):
			if bytes.HasPrefix(b[i:], cdata) { // a text between marks
				until, quote = i+len(cdata), 0
			} else if end := bytes.IndexAny(b[i+1:min(len(b), i+maxTag)], "<>"); end >= 0 && b[i+1+end] == '>' {
				until, quote = i+1+end, 0
			}
		}
	}
}

var cdata = []byte("<![CDATA[")

// maxTag is the longest tag that is taken for one; see announce.
const maxTag = 4 << 10

// lineStart reports whether b[from:to] can be the name of a header.
func lineStart(b []byte, from, to int) bool {
	return from < to && to-from <= 40 && !slices.ContainsFunc(b[from:to], func(c byte) bool { return !inName(c) })
}

// inName reports whether a byte may stand in the name of a header or a key.
func inName(c byte) bool { return isAlnum(c) || c == '_' || c == '-' || c == '.' }

// isJSONKey reports whether b[from:to] is within a key: a string before a colon.
func isJSONKey(b []byte, from, to int) bool {
	for from > 0 && inName(b[from-1]) {
		from--
	}
	for to < len(b) && inName(b[to]) {
		to++
	}
	return from > 0 && b[from-1] == '"' && to < len(b) && b[to] == '"' && bytes.HasPrefix(bytes.TrimLeft(b[to+1:], " \t"), []byte(":"))
}

// escape is a mark as a script or an address on the web may write it: \x2e, %2D. Of the latter
// only those that stand within a name, a number or an address.
var escape = regexp.MustCompile(announce.ByteEscape.String() + `|%(?:2[0BbDdEe]|3[Aa]|40|5[Ff])`)

// page replaces in a message or document, whose header lines end at head, also where it
// writes marks as escapes: 192\x2e0\x2e2\x2e1.
func (s *scrubber) page(b []byte, head int) {
	escapes := escape.FindAllIndex(b, -1)
	if len(escapes) == 0 {
		s.plainPage(b, head)
		return
	}
	var plain []byte
	plainHead, from := head, 0
	for _, at := range escapes {
		plain = append(append(plain, b[from:at[0]]...), markOf(b, at)...)
		if from = at[1]; from <= head {
			plainHead -= at[1] - at[0] - 1
		}
	}
	plain = append(plain, b[from:]...)
	s.plainPage(plain, plainHead)
	from = 0
	for _, at := range escapes {
		n := copy(b[from:at[0]], plain)
		if mark := plain[n : n+1]; mark[0] != markOf(b, at)[0] {
			copy(b[at[1]-2:], hex.EncodeToString(mark))
		}
		plain, from = plain[n+1:], at[1]
	}
	copy(b[from:], plain)
}

// markOf returns the one byte that an escape at a place of b stands for. A blank of an address
// on the web is a mark there, for a value of it goes on behind.
func markOf(b []byte, at []int) []byte {
	if string(b[at[0]:at[1]]) == "%20" {
		return []byte("_")
	}
	mark, _ := hex.DecodeString(string(b[at[1]-2 : at[1]]))
	return mark
}
