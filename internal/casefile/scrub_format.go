package casefile

import "bytes"

// markHeader marks the names of header lines.
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
	if to-from > 40 || from >= to {
		return false
	}
	for _, c := range b[from:to] {
		if !isAlnum(c) && c != '-' && c != '.' && c != '_' {
			return false
		}
	}
	return true
}

// isJSONKey reports whether b[from:to] is within a key: a string before a colon.
func isJSONKey(b []byte, from, to int) bool {
	for from > 0 && (isAlnum(b[from-1]) || b[from-1] == '_' || b[from-1] == '-' || b[from-1] == '.') {
		from--
	}
	for to < len(b) && (isAlnum(b[to]) || b[to] == '_' || b[to] == '-' || b[to] == '.') {
		to++
	}
	return from > 0 && b[from-1] == '"' && to < len(b) && b[to] == '"' && bytes.HasPrefix(bytes.TrimLeft(b[to+1:], " \t"), []byte(":"))
}
