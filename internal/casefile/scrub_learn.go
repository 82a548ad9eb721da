package casefile

import (
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

var (
	macPattern   = regexp.MustCompile(`(?i)[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5}|[0-9a-f]{2}(?:%3a[0-9a-f]{2}){5}|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}`)
	uuidPattern  = regexp.MustCompile(`(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	hexPattern   = regexp.MustCompile(`[0-9A-Fa-f]{12,}`)
	quadPattern  = regexp.MustCompile(`\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}`)
	v6Pattern    = regexp.MustCompile(`[0-9A-Fa-f:]*:[0-9A-Fa-f:]*:[0-9A-Fa-f:]*`)
	mailPattern  = regexp.MustCompile(`[A-Za-z0-9._+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]+`)
	b64Pattern   = regexp.MustCompile(`[A-Za-z0-9+/_-]{16,}={0,2}`)
	versionAhead = regexp.MustCompile(`(?i)((?:[^r]|^)ver|version|firmware|software|build|rom|fw|sw|rev|release|kernel|display)[^<,;\n]{0,12}$`)
	addressAhead = regexp.MustCompile(`(?i)(ip|ipv4|addr|address|host|dns\d?|gateway|gw|wan|url|location)[\s"'=:>]{0,6}$|://$`)
	// streetPattern is an address that a postman reads.
	streetPattern = regexp.MustCompile(`^\p{L}[\p{L}'’.-]*(?: [\p{L}\d'’.,-]+)+$`)
	phonePattern  = regexp.MustCompile(`\+?\d{9,15}`)
)

// learnMAC notes a MAC in any spelling.
func (s *scrubber) learnMAC(mac string) {
	bare := bareMAC(mac)
	if len(bare) != 12 || strings.Trim(bare, "0") == "" || strings.Trim(bare, "f") == "" {
		return
	}
	if _, ok := s.macs[bare]; !ok {
		s.macs[bare] = len(s.macs) + 1
		s.tails[bare[8:]] = s.fakeMAC(bare)[8:]
	}
}

// bareMAC returns the lower-case hex digits of a MAC, "" when it is none.
func bareMAC(mac string) string {
	out := strings.ToLower(strings.NewReplacer(":", "", "-", "", ".", "", "%3A", "", "%3a", "").Replace(strings.TrimSpace(mac)))
	if len(out) != 12 {
		return ""
	}
	if _, err := hex.DecodeString(out); err != nil {
		return ""
	}
	return out
}

// fakeMAC returns the replacement of a learned MAC. The maker's three bytes stay;
// of a random MAC only the first does.
func (s *scrubber) fakeMAC(bare string) string {
	first, _ := hex.DecodeString(bare[:2])
	prefix := bare[:6]
	if first[0]&2 != 0 {
		prefix = bare[:2] + "0000"
	}
	return fmt.Sprintf("%s%06x", prefix, s.macs[bare]&0xffffff)
}

// learnID notes a serial number or network name of at least shortest bytes, unless
// it is what the product is called (FRITZ!Box 7590 as its own network name; "v1"
// as the serial number of a NETGEAR).
func (s *scrubber) learnID(id string, shortest int) {
	if len(id) < shortest || s.isMasked(id) || s.ofProduct(id) || bareMAC(id) != "" && s.macs[bareMAC(id)] > 0 {
		return
	}
	if saysNothing(id) || uuidPattern.MatchString(id) || strings.Trim(id, "0") == "" {
		return
	}
	if _, ok := s.ids[id]; !ok {
		s.ids[id] = len(s.ids) + 1
	}
}

// isMasked reports whether a value is just what the product says of itself.
func (s *scrubber) isMasked(v string) bool { return slices.Contains(s.masked, v) }

// saysNothing reports whether a value is a placeholder, or one of a few to choose from.
func saysNothing(v string) bool { return v == "" || emptyValues.MatchString(v) }

var emptyValues = regexp.MustCompile(`(?i)^(?:none|null|nil|undefined|unknown|unspecified|n/a|na|redacted|true|false|yes|no|on|off|ok|up|down|auto|automatic|manual|default|any|all|open|static|` +
	`dhcp|pppoe|bridge|(?:en|dis)abled?|(?:dis)?connected|online|offline|active|inactive|wep|(?:wpa\d?[/_ -]?)+(?:psk|personal|enterprise)?|aes|tkip|psk|string|text|password|` +
	`not[ _-]?(?:set|available|configured)|[*.•x-]+|-?\d{1,2})$`)

// learnName notes the words of a name that are no words of products.
func (s *scrubber) learnName(name string) {
	if strings.Contains(name, "://") || s.isMasked(name) {
		return
	}
	if mac := bareMAC(name); mac != "" {
		s.learnMAC(name)
	}
	for _, number := range phonePattern.FindAllString(name, -1) {
		s.learnID(number, 9)
	}
	for _, w := range letters(name) {
		if !s.keep[w] && s.words[w] == 0 {
			s.words[w] = len(s.words) + 1
		}
	}
}
