package announce

import (
	"bytes"
	"fmt"
)

// Where things stand in an answer of Foscam's (and Wansview's) device search, 88
// bytes: a head of 23 that begins with "MO_I", id[13], name[21], four addresses of
// 4, 4 reserved, system version[4], web version[4], port, a flag. After the
// vendor's "Ipcamera device search protocol", as ISYHelper's udpping.py reads it.
const (
	foscamName   = 23 + 13
	foscamSystem = foscamName + 21 + 4*4 + 4
	foscamWeb    = foscamSystem + 4
	foscamEnd    = foscamWeb + 4
)

// readFoscam reads that answer. The id, which is a MAC, is left out.
func readFoscam(b []byte) map[string]string {
	if len(b) < foscamEnd || !bytes.HasPrefix(b, []byte("MO_I")) {
		return nil
	}
	version := func(v []byte) string { return fmt.Sprintf("%d.%d.%d.%d", v[0], v[1], v[2], v[3]) }
	fields := map[string]string{}
	set(fields, "name", cString(b[foscamName:foscamName+21]))
	set(fields, "firmware", version(b[foscamSystem:]))
	set(fields, "web", version(b[foscamWeb:]))
	return fields
}
