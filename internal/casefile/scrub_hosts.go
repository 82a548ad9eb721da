package casefile

import (
	_ "embed"
	"regexp"
	"strings"

	"houdbaar/internal/announce"
)

// hostPattern finds names of a home on the internet: what stands before the domain of a
// service that gives them out.
var hostPattern = regexp.MustCompile(`(?i)\b((?:[a-z0-9_-]+\.)+)(?:` +
	strings.NewReplacer(".", `\.`, "*", `[a-z-]+`).Replace(strings.Join(strings.Fields(ddnsDomains), "|")) + `)\b`)

// ddnsDomains are those of makers and of services for everybody; * is any word.
//
//go:embed ddns.txt
var ddnsDomains string

// quickConnect finds the name of a home behind a slash.
var quickConnect = regexp.MustCompile(`(?i)\bquickconnect\.to/([a-z0-9_-]+)`)

// homeWord and homeHost find the name of a device within a home, in an address on the web or
// where one is asked for by it: a single word, or what stands before an end that only homes
// use, or one maker's devices ("kast.fritz.box").
var (
	homeWord = regexp.MustCompile(webHost + `([a-z0-9_-]*[a-z][a-z0-9_-]*)` + hostEnd)
	homeHost = regexp.MustCompile(webHost + `((?:[a-z0-9_-]+\.)+)(?:local|localdomain|lan|home|home\.arpa|internal|intranet|` +
		`router|gateway|setup|station|cpe|cube|ip|fritz\.(?:box|nas|repeater|powerline))` + hostEnd)
)

// homeDomain finds the domain of a home where its own page sends one: all of it but its end.
var homeDomain = regexp.MustCompile(`(?im)^(?:location:[ \t]*https?://|host:[ \t]*)((?:[a-z0-9_-]+\.)+)([a-z]{2,})` + hostEnd)

// webHost and hostEnd are what stands around a host.
const (
	webHost = `(?im)(?:://|^host:[ \t]*)`
	hostEnd = `(?:[:/"'<\s]|$)`
)

// hosts learns the names that homes have on the internet and devices have in them, and writes
// over those that no word search would find.
func (s *scrubber) hosts(b []byte) {
	for _, p := range []*regexp.Regexp{hostPattern, quickConnect, homeWord, homeHost, homeDomain} {
		for _, m := range p.FindAllSubmatchIndex(b, -1) {
			if p == homeDomain && given(string(b[m[2]:m[5]])) {
				continue
			}
			for _, label := range strings.Split(strings.TrimSuffix(string(b[m[2]:m[3]]), "."), ".") {
				if s.ofProduct(label) {
					continue
				}
				s.learnName(label)
				if strings.ContainsAny(label, "0123456789") {
					s.learnID(label, 3)
				}
			}
		}
	}
}

// given tells whether a host is a maker's name for its device, or is a service's that gives
// names out.
func given(host string) bool { return announce.OwnName(host) || hostPattern.MatchString(host) }
