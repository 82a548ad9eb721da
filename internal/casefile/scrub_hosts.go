package casefile

import (
	_ "embed"
	"regexp"
	"strings"
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

// hosts learns the names that homes have on the internet, and writes over those that no
// word search would find.
func (s *scrubber) hosts(b []byte) {
	for _, p := range []*regexp.Regexp{hostPattern, quickConnect} {
		for _, m := range p.FindAllSubmatchIndex(b, -1) {
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
