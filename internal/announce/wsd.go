package announce

import (
	"net/url"
	"strings"
)

// maxMatches bounds the matches read of one WS-Discovery message: a device
// answers with one.
const maxMatches = 16

// readWSD reads WS-Discovery ProbeMatch, ResolveMatch and Hello. Fields are types,
// scopes, xaddrs and address as they came (blanks joined), and scope.<category> with
// what an ONVIF scope of that category says, unescaped: scope.hardware, scope.name,
// scope.location, and scope.model as some cameras have it.
func readWSD(b []byte) []map[string]string {
	doc := parseXML(toUTF8(b, ""))
	var matches []*node
	for _, name := range []string{"ProbeMatch", "ResolveMatch", "Hello"} {
		matches = doc.all(name, matches)
	}
	var out []map[string]string
	for _, m := range matches[:min(len(matches), maxMatches)] {
		fields := map[string]string{}
		for element, field := range map[string]string{"Types": "types", "Scopes": "scopes", "XAddrs": "xaddrs", "Address": "address"} {
			if n := m.find(element); n != nil && !n.cut {
				set(fields, field, strings.Join(strings.Fields(n.text), " "))
			}
		}
		for _, scope := range strings.Fields(fields["scopes"]) {
			_, path, ok := strings.Cut(scope, "://")
			part := strings.SplitN(path, "/", 3) // host, category, value
			if !ok || len(part) < 3 || part[2] == "" {
				continue
			}
			value, err := url.PathUnescape(part[2])
			if err != nil {
				value = part[2]
			}
			set(fields, "scope."+strings.ToLower(part[1]), toUTF8([]byte(value), ""))
		}
		if len(fields) > 0 {
			out = append(out, fields)
		}
	}
	return out
}
