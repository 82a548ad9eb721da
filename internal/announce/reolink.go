package announce

import "strconv"

// Where things stand in an answer of Reolink's device search, 388 bytes: what it is
// (1 a camera, 2 a recorder), the question said back, the name[32]. As
// reolink_discovery's core.py and the packets in neolink's issue 102 have it. Hardware
// address and number stand there too and are left out.
const (
	reolinkSize = 388
	reolinkType = 50
	reolinkEcho = 104
	reolinkName = 132
)

// readReolink reads that answer.
func readReolink(b []byte) map[string]string {
	if len(b) != reolinkSize || string(b[reolinkEcho:reolinkEcho+4]) != "\xaa\xaa\x00\x00" {
		return nil
	}
	fields := map[string]string{}
	set(fields, "type", strconv.Itoa(int(b[reolinkType])))
	set(fields, "name", cString(b[reolinkName:reolinkName+32]))
	return fields
}
