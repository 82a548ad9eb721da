package announce

import (
	"encoding/binary"
	"strconv"
)

// mndpText names the text values of MikroTik neighbour discovery by their type.
var mndpText = map[uint16]string{5: "identity", 7: "version", 8: "platform", 11: "software_id", 12: "board", 16: "interface"}

// readMNDP reads MikroTik neighbour discovery: four bytes of head, then values
// with two bytes type and two bytes length. The question is the head alone.
func readMNDP(b []byte) map[string]string {
	if len(b) < 8 {
		return nil
	}
	fields := map[string]string{}
	for b = b[4:]; len(b) >= 4; {
		kind, n := binary.BigEndian.Uint16(b), int(binary.BigEndian.Uint16(b[2:]))
		b = b[4:]
		if n > len(b) {
			break
		}
		if name := mndpText[kind]; name != "" {
			set(fields, name, toUTF8(b[:n], ""))
		} else if kind == 10 && n == 4 {
			set(fields, "uptime", strconv.FormatUint(uint64(binary.LittleEndian.Uint32(b)), 10)) // seconds
		}
		b = b[n:]
	}
	if fields["version"] == "" && fields["platform"] == "" && fields["board"] == "" && fields["identity"] == "" {
		return nil
	}
	return fields
}
