package announce

import "strings"

// tdpHeader is the length of the head before the JSON of a TP-Link TDP packet.
const tdpHeader = 16

// readTDP reads the open JSON of a TP-Link TDP answer (Tapo and newer Kasa): the
// keys below result. The sealed block in encrypt_info is left alone.
func readTDP(b []byte) map[string]string {
	if len(b) <= tdpHeader {
		return nil
	}
	fields := below(flattenJSON(toUTF8(b[tdpHeader:], "")), "result")
	for name := range fields {
		if strings.HasPrefix(name, "encrypt_info") {
			delete(fields, name)
		}
	}
	return fields
}
