package announce

import "strings"

// readNIPCA reads /common/info.cgi of D-Link cameras and their siblings: lines
// key=value, of which model and version matter most.
func readNIPCA(p page) []map[string]string {
	if p.xml != nil || p.json != nil || !strings.Contains(strings.ToLower(p.path), "info.cgi") {
		return nil
	}
	fields := keyValues(p)
	if fields["model"] == "" && fields["version"] == "" {
		return nil
	}
	return said(fields)
}
