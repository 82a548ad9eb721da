package announce

import "strings"

// readGoogleWifi reads /api/v1/status of Google Wifi and Nest Wifi: its software.
// and system. parts. What it says of the line and of the clients is no business of ours.
func readGoogleWifi(p page) []map[string]string {
	if p.json["software.softwareVersion"] == "" {
		return nil
	}
	fields := map[string]string{}
	for name, v := range p.json {
		if strings.HasPrefix(name, "software.") || strings.HasPrefix(name, "system.") {
			fields[name] = v
		}
	}
	return said(fields)
}
