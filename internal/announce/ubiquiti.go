package announce

import "encoding/binary"

// ubiquitiText names the text values of Ubiquiti discovery by their type, after
// nmap's ubiquiti-discovery script: 0x0c is a short code (LM5), 0x14 and in
// version 2 0x15 what the label has.
var ubiquitiText = map[byte]string{
	0x03: "firmware", 0x0b: "name", 0x0c: "platform", 0x0d: "essid", 0x14: "model", 0x15: "model", 0x16: "version",
}

// readUbiquiti reads a discovery reply, version 1 (01 00, or 01 06 from an airOS 8 that
// announces itself), 2 (02 ...) or 0 (00 00, a recorder's): two bytes of head, two of length,
// then values with one byte type and two bytes length. A question has no values.
func readUbiquiti(b []byte) map[string]string {
	if len(b) < 7 {
		return nil
	}
	whole := int(binary.BigEndian.Uint16(b[2:])) == len(b)-4 // zeros alone may be anything
	if !(b[0] == 1 && (b[1] == 0 || b[1] == 6) || b[0] == 2 || b[0] == 0 && b[1] == 0 && whole) {
		return nil
	}
	fields := map[string]string{}
	for b = b[4:]; len(b) >= 3; {
		kind, n := b[0], int(binary.BigEndian.Uint16(b[1:]))
		b = b[3:]
		if n > len(b) {
			break
		}
		if name := ubiquitiText[kind]; name != "" {
			set(fields, name, cString(b[:n]))
		}
		b = b[n:]
	}
	return fields
}
