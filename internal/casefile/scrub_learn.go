package casefile

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

var (
	macPattern  = regexp.MustCompile(`(?i)[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5}|[0-9a-f]{2}(?:%3a[0-9a-f]{2}){5}|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}`)
	uuidPattern = regexp.MustCompile(`(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	hexPattern  = regexp.MustCompile(`[0-9A-Fa-f]{12,}`)
	quadPattern = regexp.MustCompile(`\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}`)
	moreNumbers = regexp.MustCompile(`^\.[^\s<"'&)]`) // but not the end of a sentence
	v6Pattern   = regexp.MustCompile(`[0-9A-Fa-f:]*:[0-9A-Fa-f:]*:[0-9A-Fa-f:]*`)
	mailPattern = regexp.MustCompile(`[A-Za-z0-9._+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]+`)
	b64Pattern  = regexp.MustCompile(`[A-Za-z0-9+/_-]{16,}={0,2}`)
	// A version and an address stand right behind a word for it, or in the next cell of a table.
	versionAhead = regexp.MustCompile(`(?i)((?:[^r]|^)ver|version|firmware|software|build|rom|fw|sw|rev|release|kernel|display)[^<,;\n]{0,12}$|>[^<>]*(?:version|firmware|software|build)[^<>,;\n]{0,12}(?:<[^<>]*>\s*){1,4}$`)
	addressAhead = regexp.MustCompile(`(?i)(ip|ipv4|ip-?(?:addr|address|adres|adresse)|addr|address|adres|adresse|host|dns\d?|dns server ?\d?|gateway|gw|wan|url|location|internet)(?:[\s"'=:>\]]|&nbsp;|</?\w[^<>]*>?){0,12}$|://$`)
	// A sentence speaks of an address behind such a word, unless it is about a version.
	spokenAhead   = regexp.MustCompile(`(?i)(?:^|[\s>"'(])(?:from|at|to|over|via|by|is|was|with|as|on|login|client|visitor|peer|remote|van|op|naar|door|met|von|ist|mit|unter|auf)\s$`)
	versionSpoken = regexp.MustCompile(`(?i)\b(?:v|ver|versi(?:on|e)|firmware|software|build|rom|fw|sw|rev|release|kernel|latest|newest|current|update[sd]?|upgrade[sd]?|runs|running)\b[^.!?<>\n]{0,60}$`)
	// looseMAC finds MACs as people and some programs write them: in blanks, or without zeros
	// in front. macAhead must stand before one that is not known yet.
	looseMAC = regexp.MustCompile(`(?i)\b[0-9a-f]{2}(?: [0-9a-f]{2}){5}\b|\b[0-9a-f]{1,2}(?:-[0-9a-f]{1,2}){5}\b|\b[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5}\b`)
	macAhead = regexp.MustCompile(`(?i)(?:mac|bssid|hwaddr|physical|ethernet|hardware)[\w ]{0,16}(?:[\s:="'>]|&nbsp;|<[^<>]*>){0,8}$`)
	hexAhead = regexp.MustCompile(`(?i)\b[0-9a-f]{2}[ :-]$`)
	hexAfter = regexp.MustCompile(`(?i)^[ :-][0-9a-f]{2}\b`)
	// streetPattern is an address that a postman reads.
	streetPattern = regexp.MustCompile(`^\p{L}[\p{L}'’.-]*(?: [\p{L}\d'’.,-]+)+$`)
	phonePattern  = regexp.MustCompile(`\+?\d{9,15}`)
)

// learnMAC notes a MAC in any spelling, and nothing of a text that is none.
func (s *scrubber) learnMAC(mac string) {
	bare := bareMAC(mac)
	if strings.Trim(bare, "0") == "" || strings.Trim(bare, "f") == "" {
		return
	}
	if s.macs[bare] == 0 {
		s.macs.of(bare)
		s.tails[bare[8:]] = s.fakeMAC(bare)[8:]
		s.tails[bare[6:]] = s.fakeMAC(bare)[6:]
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

// paddedMAC returns the hex digits of a MAC in six groups of one or two, "" when it is none.
func paddedMAC(mac string) string {
	var out string
	for _, g := range strings.FieldsFunc(mac, betweenGroups) {
		out += strings.Repeat("0", 2-len(g)) + g
	}
	return bareMAC(out)
}

// overlayMAC writes the hex digits of fake over six groups of one or two.
func overlayMAC(b []byte, fake string) {
	for i, g := range bytes.FieldsFunc(b, betweenGroups) {
		overlay(g, fake[2*i+2-len(g):])
	}
}

func betweenGroups(r rune) bool { return strings.ContainsRune(" -:", r) }

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
	id = s.behindProduct(id)
	if len(id) < shortest || s.isMasked(id) || s.ofProduct(id) || bareMAC(id) != "" && s.macs[bareMAC(id)] > 0 {
		return
	}
	if saysNothing(id) || uuidPattern.MatchString(id) || strings.Trim(id, "0") == "" {
		return
	}
	s.ids.of(id)
}

// behindProduct returns what of a value stands behind what the caller knows the product is
// called by, "E1CE" of "WiiM Mini-E1CE": all of it, where that does not stand there.
func (s *scrubber) behindProduct(v string) string {
	own := 0
	for _, said := range s.said {
		if len(said) >= 3 && len(said) > own && strings.HasPrefix(v, said) {
			own = len(said)
		}
	}
	if own == 0 || own+1 >= len(v) || !strings.ContainsRune("-_ ", rune(v[own])) {
		return v
	}
	return v[own+1:]
}

// isMasked reports whether a value is just what the product says of itself.
func (s *scrubber) isMasked(v string) bool { return slices.Contains(s.masked, v) }

// saysNothing reports whether a value is a placeholder, or one of a few to choose from.
func saysNothing(v string) bool { return v == "" || emptyValues.MatchString(v) }

var emptyValues = regexp.MustCompile(`(?i)^(?:none|null|nil|undefined|unknown|unspecified|n/a|na|redacted|true|false|yes|no|on|off|ok|up|down|auto|automatic|manual|default|any|all|open|static|` +
	`dhcp|pppoe|bridge|(?:en|dis)abled?|(?:dis)?connected|online|offline|active|inactive|wep|(?:wpa\d?[/_ -]?)+(?:psk|personal|enterprise)?|aes|tkip|psk|string|text|password|` +
	`not[ _-]?(?:set|available|configured)|[*.•x-]+|-?\d{1,2})$`)

// hexEnd is what may be the end of a hardware address, behind what a device is called:
// "MSS620-acfe".
var hexEnd = regexp.MustCompile(`[-_ ]([0-9a-f]{4}|[0-9A-F]{4}|[0-9a-f]{6}|[0-9A-F]{6})$`)

// bornIn is a name in capitals with a year behind it, "JAN2000", which looks like a model.
var bornIn = regexp.MustCompile(`\b([A-Z]{3,})(?:19|20)\d\d\b`)

// learnName notes the words of a name that are no words of products.
func (s *scrubber) learnName(name string) {
	if strings.Contains(name, "://") || s.isMasked(name) {
		return
	}
	s.learnMAC(name)
	for _, number := range phonePattern.FindAllString(name, -1) {
		s.learnID(number, 9)
	}
	if m := hexEnd.FindStringSubmatchIndex(name); m != nil && strings.ContainsAny(name[m[2]:m[3]], "abcdefABCDEF") {
		s.learnID(name[m[2]:m[3]], 4) // by which it stays the end of one
		if strings.ContainsAny(name[m[2]:m[3]], "0123456789") {
			name = name[:m[2]]
		}
	}
	for _, m := range bornIn.FindAllStringSubmatch(name, -1) {
		if w := strings.ToLower(m[1]); !s.keep[w] {
			s.learnID(m[0], 7)
			s.learnWords([]string{w})
		}
	}
	for _, w := range letters(name) {
		if !s.keep[w] {
			s.words.of(w)
		}
	}
}
