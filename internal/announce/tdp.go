package announce

import (
	"maps"
	"strings"
)

// tdpHeader is the length of the head before the JSON of a TP-Link TDP packet.
const tdpHeader = 16

// readTDP reads the open JSON of a TP-Link TDP answer (Tapo and newer Kasa): the
// keys below result. The sealed block in encrypt_info is left alone.
func readTDP(b []byte) map[string]string {
	if len(b) <= tdpHeader {
		return nil
	}
	fields := below(flattenJSON(toUTF8(b[tdpHeader:], "")), "result")
	maps.DeleteFunc(fields, func(name, _ string) bool { return strings.HasPrefix(name, "encrypt_info") })
	return fields
}
