package announce

import (
	"bytes"
	"regexp"
	"strings"
)

// xiaomiPrivate finds the members of init_info that must not be kept: the serial
// number ("id", also seen as "sn"), from which the first password of old boxes can
// be worked out, and what names the household. An unfinished one counts too.
var xiaomiPrivate = regexp.MustCompile(`(?i)"(id|sn|serial[a-z_]*|routerid|routername|ssid[a-z0-9_]*|mac|bssid)"\s*:\s*(?:"(?:[^"\\]|\\.)*"?|[^",}\s]+)`)

// isXiaomi reports whether an exchange is, or looks like, Xiaomi's init_info.
func isXiaomi(x Exchange, r Response) bool {
	target, _ := x.request()
	return strings.Contains(target+x.URL, "xqsystem") || bytes.Contains(r.Body, []byte(`"romversion"`))
}

// withoutXiaomiSerial returns a raw response, which says r, with those members emptied,
// before anything else sees them. The body is written out plain, so the head no longer
// says how it was packed.
func withoutXiaomiSerial(raw []byte, r Response) []byte {
	var head []byte
	if r.Proto != "" {
		rest := skipEmptyLines(LineFeeds(raw))
		for len(rest) > 0 {
			var line []byte
			line, rest, _ = bytes.Cut(rest, []byte("\n"))
			line = bytes.TrimRight(line, "\r")
			if len(bytes.TrimSpace(line)) == 0 {
				break
			}
			name, _, _ := bytes.Cut(bytes.ToLower(line), []byte(":"))
			switch string(bytes.TrimSpace(name)) {
			case "content-length", "content-encoding", "transfer-encoding", "set-cookie":
				continue
			}
			head = append(append(head, line...), "\r\n"...)
		}
		head = append(head, "\r\n"...)
	}
	return append(head, xiaomiPrivate.ReplaceAll(r.Body, []byte(`"$1":""`))...)
}

// readXiaomi reads /cgi-bin/luci/api/xqsystem/init_info, as old and as newer firmware
// answers; HTTP has taken the serial number out before.
func readXiaomi(p page) map[string]string {
	if p.json["romversion"] == "" && (p.json["hardware.platform"] == "" || p.json["hardware.version"] == "") {
		return nil
	}
	return p.json
}
