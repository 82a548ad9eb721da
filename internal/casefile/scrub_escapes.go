package casefile

import (
	"encoding/hex"
	"regexp"

	"houdbaar/internal/announce"
)

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
