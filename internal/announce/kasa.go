package announce

import (
	"maps"
	"strings"
)

// kasaKey is what the first byte of a Kasa packet is combined with.
const kasaKey = 171

// VeilKasa combines each byte with the one before as it goes out, which TP-Link calls
// encryption; the key is the same for everybody.
func VeilKasa(plain []byte) []byte {
	out, last := make([]byte, len(plain)), byte(kasaKey)
	for i, c := range plain {
		last ^= c
		out[i] = last
	}
	return out
}

// UnveilKasa is the other way round.
func UnveilKasa(veiled []byte) []byte {
	out, last := make([]byte, len(veiled)), byte(kasaKey)
	for i, c := range veiled {
		out[i], last = c^last, c
	}
	return out
}

// readKasa reads the answer to TP-Link Kasa get_sysinfo, which is JSON. Fields are
// the keys of get_sysinfo; those of cameras, which stand one deeper, are lifted.
// Where the device stands on earth is dropped on receipt.
func readKasa(b []byte) map[string]string {
	info := below(flattenJSON(toUTF8(UnveilKasa(b), "")), "system.get_sysinfo")
	for name, v := range below(info, "system") {
		if info[name] == "" {
			info[name] = v
		}
		delete(info, "system."+name)
	}
	maps.DeleteFunc(info, func(name, _ string) bool {
		return strings.Contains(name, "latitude") || strings.Contains(name, "longitude")
	})
	return info
}
