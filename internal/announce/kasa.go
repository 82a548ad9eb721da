package announce

import "strings"

// readKasa reads the answer to TP-Link Kasa get_sysinfo: JSON in which each byte
// is combined with the one before (as encrypted), the first with 171. Fields are
// the keys of get_sysinfo; those of cameras, which stand one deeper, are lifted.
// Where the device stands on earth is dropped on receipt.
func readKasa(b []byte) []map[string]string {
	plain := make([]byte, len(b))
	last := byte(171)
	for i, c := range b {
		plain[i], last = c^last, c
	}
	if len(plain) == 0 || plain[0] != '{' {
		return nil
	}
	doc, _ := flattenJSON(toUTF8(plain, ""))
	info := below(doc, "system.get_sysinfo")
	for name, v := range below(info, "system") {
		if info[name] == "" {
			info[name] = v
		}
		delete(info, "system."+name)
	}
	for name := range info {
		if strings.Contains(name, "latitude") || strings.Contains(name, "longitude") {
			delete(info, name)
		}
	}
	return said(info)
}
