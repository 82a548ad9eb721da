package announce

import "bytes"

// dhipHeader is the length of the header before the JSON, and its first bytes:
// that length, and the magic word.
const dhipHeader = 32

var dhipMagic = []byte("\x20\x00\x00\x00DHIP")

// readDHIP reads the answer to Dahua's DHDiscover.search: what stands below
// params.deviceInfo, and mac.
func readDHIP(b []byte) map[string]string {
	if !bytes.HasPrefix(b, dhipMagic) || len(b) < dhipHeader {
		return nil
	}
	doc := flattenJSON(toUTF8(b[dhipHeader:], ""))
	fields := below(doc, "params.deviceInfo")
	if fields == nil {
		return nil
	}
	if mac := doc["mac"]; mac != "" {
		set(fields, "mac", mac)
	}
	return fields
}
