package casefile

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"houdbaar/internal/device"
)

// A scrubber replaces what names a person, a household, a network or one single
// device, by something of the same length and make-up. The same thing becomes the
// same replacement throughout a folder. Replacements are counted, not hashed, so
// that nothing can be worked back; a vendor's MAC prefix stays.
//
// What a device says of its product is kept: models, versions, vendors, and the
// words of products within names. Private addresses are kept as well: they are the
// same in most homes.
type scrubber struct {
	keep    map[string]bool // words that belong to products, lower case
	masked  []string        // values that say what the product is: nothing but MACs and UUIDs changes in them
	macs    map[string]int  // 12 lower-case hex digits → number
	ids     map[string]int  // serial numbers, network names and the like → number
	words   map[string]int  // words of names, lower case → number
	uuids   map[string]int  // lower case → number
	addrs   map[netip.Addr]int
	tails   map[string]string         // last 4 hex digits of a MAC, as names end in → replacement
	escapes map[string]*regexp.Regexp // of words
}

// newScrubber learns from the fields of a device's observations what to replace
// and what to keep. Keep are words that belong to products.
func newScrubber(d device.Device, keep []string) *scrubber {
	s := &scrubber{
		keep: map[string]bool{}, macs: map[string]int{}, ids: map[string]int{}, words: map[string]int{},
		uuids: map[string]int{}, addrs: map[netip.Addr]int{}, tails: map[string]string{}, escapes: map[string]*regexp.Regexp{},
	}
	for _, list := range [][]string{productWords, keep} {
		for _, phrase := range list {
			for _, w := range letters(phrase) {
				s.keep[w] = true
			}
		}
	}
	var names []string
	s.learnMAC(d.MAC)
	for _, o := range d.Observations {
		s.learnMAC(o.MAC)
		for _, name := range sortedKeys(o.Fields) {
			value := strings.TrimSpace(o.Fields[name])
			if name == "modelDescription" {
				s.masked = append(s.masked, versions(value)...)
			}
			switch classify(o.Source, name) {
			case aProduct:
				value = productPart(name, value)
				if len(value) >= 3 {
					s.masked = append(s.masked, value)
				}
				for _, w := range letters(value) {
					s.keep[w] = true
				}
			case aSerial:
				names = append(names, "\x00"+value)
			case aNetwork:
				names = append(names, "\x01"+value, value)
			case aMAC:
				s.learnMAC(value)
			case aName:
				names = append(names, value)
			case aUDN:
				id, _, _ := strings.Cut(value, "::")
				if len(id) > 5 && strings.EqualFold(id[:5], "uuid:") {
					id = id[5:]
				}
				if last := id[strings.LastIndexByte(id, '-')+1:]; !uuidPattern.MatchString(id) && len(last) >= 6 && strings.ContainsAny(last, "0123456789") {
					names = append(names, "\x00"+last)
				}
			}
		}
		if server := o.Fields["server"]; strings.Contains(server, avmServer) {
			name, _, _ := strings.Cut(server, avmServer)
			names = append(names, name)
		}
	}
	for _, v := range names { // after all products are known
		switch {
		case strings.HasPrefix(v, "\x00"):
			s.learnID(v[1:], 5)
		case strings.HasPrefix(v, "\x01"):
			s.learnID(v[1:], 3)
		default:
			s.learnName(v)
		}
	}
	return s
}

// avmServer stands in SERVER of a FRITZ!Box, after the name its owner gave it.
const avmServer = " UPnP/1.0 AVM "

// productPart returns what of a field's value says what the product is.
func productPart(name, value string) string {
	if i := strings.Index(value, avmServer); i >= 0 && name == "server" {
		return strings.TrimSpace(value[i:])
	}
	return value
}

// versions returns the parts of a description that are or hold a version: those
// with a digit and a dot, as "SG40_sip-fr-4.15.10.1_7.21.3.1" of an Orange Livebox.
func versions(text string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;()[]", r) }) {
		if strings.Contains(part, ".") && strings.ContainsAny(part, "0123456789") {
			out = append(out, part)
		}
	}
	return out
}

// What a field can be about.
type about uint8

const (
	aNothing about = iota
	aProduct
	aSerial
	aNetwork
	aMAC
	aName
	aUDN
)

var (
	serialNames = regexp.MustCompile(`^(.*serial.*|sn|devicesn|device-?id|devid|hwid|machinename|udid|uid|softwareid|advertisingid|deviceuuid|hhid|mhhid|owner|cpuid|imei|routerid|keygendeviceid)$`)
	personNames = regexp.MustCompile(`^(friendlyname|friendlydevicename|userdevicename|userdevicelocation|roomname|zonename|alias|devicename|nickname|identity|name|hostname|host|instance|routername|ranm|fn|nm|note|nn|dn|displayname|contact|email|user|username|location|country/.*)$`)
	productName = regexp.MustCompile(`model|manufact|vendor|product|prodnbr|prodfullname|prodshortname|brand|firmware|version|^sw_?ver|^hw_?ver|^[hsf]w$|romver|hardware|platform|board|devicetype|^server$|^types?$|^services?$|^ty$|^md$|^realm$|^title$|syvs|syap|revision|^version$|devicedescription|^web$`)
)

// classify says what a field is about. The names are those of announce.
func classify(source, name string) about {
	if source == device.SourceHTTP && strings.HasPrefix(name, "header.") || name == "body" || name == "path" || name == "url" {
		return aNothing
	}
	base, _, _ := strings.Cut(name, "#")
	base = strings.ToLower(base[strings.LastIndexByte(base, '.')+1:])
	plain := strings.NewReplacer("-", "", "_", "").Replace(base)
	switch {
	case plain == "udn" || plain == "usn" && source == device.SourceSSDP:
		return aUDN
	case source == device.SourceSSDP && (plain == "location" || plain == "host"):
		return aNothing
	case plain == "modeldescription": // media servers put the computer's name there
		return aNothing
	case serialNames.MatchString(plain):
		return aSerial
	case strings.Contains(plain, "ssid") && !strings.Contains(plain, "bssid"):
		return aNetwork
	case strings.Contains(plain, "mac") && !strings.Contains(plain, "machine"):
		return aMAC
	case personNames.MatchString(plain):
		return aName
	case productName.MatchString(plain) && plain != "title":
		return aProduct
	}
	return aNothing
}

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
	if len(id) < shortest || s.isMasked(id) || bareMAC(id) != "" && s.macs[bareMAC(id)] > 0 {
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

// saysNothing reports whether a value is a placeholder.
func saysNothing(v string) bool {
	return slices.Contains([]string{"", "none", "null", "unknown", "n/a", "redacted", "true", "false"}, strings.ToLower(v))
}

// learnName notes the words of a name that are no words of products.
func (s *scrubber) learnName(name string) {
	if strings.Contains(name, "://") || s.isMasked(name) {
		return
	}
	if mac := bareMAC(name); mac != "" {
		s.learnMAC(name)
	}
	for _, w := range letters(name) {
		if !s.keep[w] && s.words[w] == 0 {
			s.words[w] = len(s.words) + 1
		}
	}
}

// letters returns the words of a text in lower case: runs of letters that could be
// of a language, which "Jan" in "Jan2000" is and "EX" in "EX5501" is not.
func letters(text string) []string {
	var out []string
	for _, w := range words(text) {
		t := text[w.from:w.to]
		if w.like {
			out = append(out, strings.ToLower(t))
		}
	}
	return out
}

// A word is a run of letters in a text.
type word struct {
	from, to int
	like     bool // it may be a word of a language
}

// words finds the runs of letters.
func words(text string) []word {
	var out []word
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !isLetter(r, n) {
			i += n
			continue
		}
		from, count, upper := i, 0, 0
		for i < len(text) {
			r, n = utf8.DecodeRuneInString(text[i:])
			if !isLetter(r, n) {
				break
			}
			if unicode.IsUpper(r) {
				upper++
			}
			count++
			i += n
		}
		digitNear := from > 0 && isDigit(text[from-1]) || i < len(text) && isDigit(text[i])
		out = append(out, word{from, i, count >= 2 && (!digitNear || count >= 3 && upper <= 1)})
	}
	return out
}

// isLetter takes a byte that is no UTF-8 for a letter of Latin-1.
func isLetter(r rune, size int) bool {
	return unicode.IsLetter(r) || r == utf8.RuneError && size == 1
}

// asUTF8 reads as Latin-1 what is no UTF-8.
func asUTF8(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	out := make([]rune, len(s))
	for i := range len(s) {
		out[i] = unicode.ToLower(rune(s[i]))
	}
	return string(out)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isAlnum(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// alone reports whether b[from:to] is not part of a longer word or number.
func alone(b []byte, from, to int) bool {
	return (from == 0 || !isAlnum(b[from-1])) && (to == len(b) || !isAlnum(b[to]))
}

// isHexByte reports whether c is a hexadecimal digit.
func isHexByte(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// text replaces in place, in a text without a format of its own.
func (s *scrubber) text(b []byte) { s.replace(b, make([]bool, len(b))) }

// document replaces in place, in a message or document. Name words are left alone
// where the format's own words stand: in tags, in keys of JSON, and in the names of
// header lines, which end at head.
func (s *scrubber) document(b []byte, head int) {
	format := make([]bool, len(b))
	markFormat(b, format)
	markHeader(b[:head], format)
	s.replace(b, format)
}

// replace does the work of text and document; format marks where name words stay.
func (s *scrubber) replace(b []byte, format []bool) {
	s.findHex(b)
	masked := s.mask(b)
	free := func(from, to int) bool {
		for i := from; i < to; i++ {
			if masked[i] {
				return false
			}
		}
		return true
	}
	for _, m := range uuidPattern.FindAllIndex(b, -1) {
		s.uuid(b[m[0]:m[1]])
	}
	for _, m := range macPattern.FindAllIndex(b, -1) {
		if m[0] > 0 && (isHexByte(b[m[0]-1]) || b[m[0]-1] == ':') || m[1] < len(b) && (isHexByte(b[m[1]]) || b[m[1]] == ':') {
			continue
		}
		bare := bareMAC(string(b[m[0]:m[1]]))
		if strings.Contains(string(b[m[0]:m[1]]), ".") && !free(m[0], m[1]) {
			continue
		}
		s.learnMAC(bare)
		if s.macs[bare] > 0 {
			overlay(b[m[0]:m[1]], s.fakeMAC(bare))
		}
	}
	lower := lowerASCII(b) // as it was, so that a replacement is not replaced again
	for _, bare := range sortedKeys(s.macs) {
		for _, i := range indexAll(lower, []byte(bare)) {
			overlay(b[i:i+12], s.fakeMAC(bare))
		}
	}
	for _, id := range byLength(s.ids) {
		for _, i := range indexAll(b, []byte(id)) {
			if free(i, i+len(id)) && alone(b, i, i+len(id)) {
				shape(b[i:i+len(id)], s.ids[id], 'a')
			}
		}
	}
	for _, m := range mailPattern.FindAllIndex(b, -1) {
		if free(m[0], m[1]) {
			shape(b[m[0]:m[1]], 0, 'x')
		}
	}
	for _, m := range quadPattern.FindAllIndex(b, -1) {
		if alone(b, m[0], m[1]) && (m[1] == len(b) || b[m[1]] != '.') && (m[0] == 0 || b[m[0]-1] != '.') {
			s.quad(b, m[0], m[1], free(m[0], m[1]))
		}
	}
	for _, m := range v6Pattern.FindAllIndex(b, -1) {
		s.v6(b[m[0]:m[1]])
	}
	for i := range format {
		format[i] = format[i] || masked[i]
	}
	s.nameWords(b, format)
	for _, m := range b64Pattern.FindAllIndex(b, -1) {
		if free(m[0], m[1]) {
			s.base64(b[m[0]:m[1]])
		}
	}
}

// findHex learns MACs and identities that stand in a text as bare digits: 12 hex
// digits of one case with a letter and a figure among them are taken for a MAC,
// 16 and more for an identity, unless they are part of what the product says it is.
func (s *scrubber) findHex(b []byte) {
	masked := s.mask(b)
	for _, m := range hexPattern.FindAllIndex(b, -1) {
		t := string(b[m[0]:m[1]])
		mixed := strings.ContainsAny(t, "0123456789") && strings.ContainsAny(strings.ToLower(t), "abcdef") && (t == strings.ToLower(t) || t == strings.ToUpper(t))
		if !mixed || masked[m[0]] || !alone(b, m[0], m[1]) {
			continue
		}
		if len(t) == 12 && !(m[0] > 4 && b[m[0]-1] == '-' && isHexByte(b[m[0]-2])) { // not the end of a UUID
			s.learnMAC(t)
		} else if len(t) >= 16 {
			s.learnID(t, 16)
		}
	}
}

// mask marks the bytes that say what the product is.
func (s *scrubber) mask(b []byte) []bool {
	out := make([]bool, len(b))
	for _, v := range s.masked {
		for _, i := range indexAll(b, []byte(v)) {
			if alone(b, i, i+len(v)) {
				for j := i; j < i+len(v); j++ {
					out[j] = true
				}
			}
		}
	}
	return out
}

// uuid replaces one UUID.
func (s *scrubber) uuid(b []byte) {
	id := strings.ToLower(string(b))
	if strings.Trim(id, "0-") == "" {
		return
	}
	if s.uuids[id] == 0 {
		s.uuids[id] = len(s.uuids) + 1
	}
	overlay(b, fmt.Sprintf("00000000000040008000%012x", s.uuids[id]))
}

// quad replaces a public IPv4 address, and leaves alone what may be a version: what
// stands after a word for one, and, where no word for an address stands before
// it, what the product says of itself (not free), low first numbers and paths.
func (s *scrubber) quad(b []byte, from, to int, free bool) {
	a, err := netip.ParseAddr(string(b[from:to]))
	if err != nil || !isPublic(a) {
		return
	}
	ahead := b[max(0, from-40):from]
	if versionAhead.Match(ahead) {
		return
	}
	first := a.As4()[0]
	if !addressAhead.Match(ahead) && (!free || first < 20 || from > 0 && bytes.IndexByte([]byte("/-_"), b[from-1]) >= 0) {
		return
	}
	copy(b[from:to], s.fakeQuad(a, string(b[from:to])))
}

// fakeQuad returns the replacement of a public IPv4 address, written as long as
// text: the first number becomes 0, 10 or 240, where nobody lives.
func (s *scrubber) fakeQuad(a netip.Addr, text string) string {
	if s.addrs[a] == 0 {
		s.addrs[a] = len(s.addrs) + 1
	}
	n := s.addrs[a]
	parts := strings.Split(text, ".")
	for i := len(parts) - 1; i > 0; i-- {
		low := []int{0, 0, 10, 100}[len(parts[i])]
		span := []int{0, 10, 90, 100}[len(parts[i])]
		parts[i] = fmt.Sprint(low + n%span)
		n /= span
	}
	parts[0] = []string{"", "0", "10", "240"}[len(parts[0])]
	return strings.Join(parts, ".")
}

// isPublic reports whether an address belongs to somebody on the internet.
func isPublic(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsGlobalUnicast() || a.IsPrivate() {
		return false
	}
	for _, p := range notPublic {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

var notPublic = []netip.Prefix{
	netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("0.0.0.0/8"),
}

// fakeAddr returns the replacement of an address in binary. Of an IPv6 address the
// local kind (fe80, fd00) stays and the rest is a number.
func (s *scrubber) fakeAddr(a netip.Addr) netip.Addr {
	a = a.Unmap().WithZone("")
	if a.Is4() {
		if isPublic(a) {
			return netip.MustParseAddr(s.fakeQuad(a, a.String()))
		}
		return a
	}
	if a.IsLoopback() || a.IsMulticast() || a.IsUnspecified() {
		return a
	}
	if s.addrs[a] == 0 {
		s.addrs[a] = len(s.addrs) + 1
	}
	n := s.addrs[a]
	out := [16]byte{0: 0xfd, 14: byte(n >> 8), 15: byte(n)}
	if a.IsLinkLocalUnicast() {
		out[0], out[1] = 0xfe, 0x80
	}
	return netip.AddrFrom16(out)
}

// v6 replaces an IPv6 address, group by group.
func (s *scrubber) v6(b []byte) {
	a, err := netip.ParseAddr(string(b))
	if err != nil || a.IsLoopback() || a.IsMulticast() || a.IsUnspecified() || len(b) < 8 {
		return
	}
	fake := s.fakeAddr(a).As16()
	n := int(fake[14])<<8 | int(fake[15])
	groups := bytes.Split(b, []byte(":"))
	for i, g := range groups {
		for j := range g {
			g[j] = '0'
		}
		if i == 0 && len(g) == 4 {
			copy(g, hex.EncodeToString(fake[:2]))
		}
	}
	if last := groups[len(groups)-1]; len(last) > 0 {
		copy(last, fmt.Sprintf("%0*x", len(last), n)[:len(last)])
	}
}

// nameWords replaces the words of names, and the ends of MACs that names carry,
// where the text is not masked.
func (s *scrubber) nameWords(b []byte, masked []bool) {
	if len(s.words)+len(s.tails) == 0 {
		return
	}
	lower := lowerASCII(b)
	for _, tail := range sortedKeys(s.tails) {
		fake := s.tails[tail]
		if !strings.ContainsAny(tail, "0123456789") || strings.Trim(tail, "0") == "" {
			continue
		}
		for _, i := range indexAll(lower, []byte(tail)) {
			// Only at the end of a name: "RT-AC68U-9A30", "dchFD4E.local".
			ends := i+4 == len(b) || !isAlnum(b[i+4])
			if ends && i > 0 && (b[i-1] == '-' || b[i-1] == '_' || b[i-1] == ' ' || b[i-1] >= 'a' && b[i-1] <= 'z') && !masked[i] {
				overlay(b[i:i+4], fake)
			}
		}
	}
	text := string(b)
	for _, w := range words(text) {
		n := s.words[strings.ToLower(asUTF8(text[w.from:w.to]))]
		if n == 0 || masked[w.from] || !w.like || isJSONKey(b, w.from, w.to) {
			continue
		}
		shape(b[w.from:w.to], n, 'x')
	}
	for _, w := range sortedKeys(s.words) {
		p := s.escaped(w)
		if p == nil {
			continue
		}
		for _, m := range p.FindAllIndex(b, -1) {
			if !masked[m[0]] {
				for i := m[0]; i < m[1]; i++ {
					b[i] = 'x'
				}
			}
		}
	}
}

// escaped returns what finds a word in which a letter beyond ASCII is written as an
// escape of JSON, XML, HTML or a URL; nil for a word that needs none.
func (s *scrubber) escaped(w string) *regexp.Regexp {
	if p, ok := s.escapes[w]; ok {
		return p
	}
	p, beyond := "(?i)", false
	for _, c := range w {
		if c < utf8.RuneSelf {
			p += regexp.QuoteMeta(string(c))
			continue
		}
		beyond = true
		var percent string
		for _, x := range []byte(string(c)) {
			percent += fmt.Sprintf("%%%02x", x)
		}
		p += fmt.Sprintf(`(?:%s|\\u%04x|&#%d;|&#x0*%x;|&[a-z]{2,8};|%s)`, regexp.QuoteMeta(string(c)), c, c, c, percent)
	}
	var out *regexp.Regexp
	if beyond {
		out = regexp.MustCompile(p)
	}
	s.escapes[w] = out
	return out
}

// lowerASCII returns b with A to Z in lower case and every other byte as it is.
func lowerASCII(b []byte) []byte {
	out := bytes.Clone(b)
	for i, c := range out {
		if c >= 'A' && c <= 'Z' {
			out[i] = c + 'a' - 'A'
		}
	}
	return out
}

// markHeader marks the names of header lines.
func markHeader(b []byte, masked []bool) {
	line := 0
	for i, c := range b {
		if c == ':' && lineStart(b, line, i) {
			for j := line; j < i; j++ {
				masked[j] = true
			}
		}
		if c == '\n' {
			line = i + 1
		}
	}
}

// markFormat marks tags, but for their quoted values.
func markFormat(b []byte, masked []bool) {
	until := 0
	var quote byte
	for i, c := range b {
		switch {
		case i < until:
			if quote == 0 && (c == '"' || c == '\'') {
				quote = c
			} else if c == quote {
				quote = 0
			}
			masked[i] = masked[i] || quote == 0
		case c == '<' && i+1 < len(b) && (b[i+1] == '/' || b[i+1] == '?' || b[i+1] == '!' || isAlnum(b[i+1]) && !isDigit(b[i+1])):
			end := bytes.IndexAny(b[i+1:min(len(b), i+maxTag)], "<>")
			if end >= 0 && b[i+1+end] == '>' {
				until, quote = i+1+end, 0
			}
		}
	}
}

// maxTag is the longest tag that is taken for one; see announce.
const maxTag = 4 << 10

// lineStart reports whether b[from:to] can be the name of a header.
func lineStart(b []byte, from, to int) bool {
	if to-from > 40 || from >= to {
		return false
	}
	for _, c := range b[from:to] {
		if !isAlnum(c) && c != '-' && c != '.' && c != '_' {
			return false
		}
	}
	return true
}

// isJSONKey reports whether b[from:to] is within a key: a string before a colon.
func isJSONKey(b []byte, from, to int) bool {
	for from > 0 && (isAlnum(b[from-1]) || b[from-1] == '_' || b[from-1] == '-' || b[from-1] == '.') {
		from--
	}
	for to < len(b) && (isAlnum(b[to]) || b[to] == '_' || b[to] == '-' || b[to] == '.') {
		to++
	}
	return from > 0 && b[from-1] == '"' && to < len(b) && b[to] == '"' && bytes.HasPrefix(bytes.TrimLeft(b[to+1:], " \t"), []byte(":"))
}

// base64 replaces within a base64 text that holds something to replace.
func (s *scrubber) base64(b []byte) {
	for _, enc := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding} {
		plain, err := enc.DecodeString(string(b))
		if err != nil {
			continue
		}
		if !utf8.Valid(plain) || bytes.ContainsFunc(plain, func(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' }) {
			return // not a text
		}
		s.text(plain)
		copy(b, enc.EncodeToString(plain))
		return
	}
}

// overlay writes the hex digits of fake over those of b, in their case.
func overlay(b []byte, fake string) {
	i := 0
	for j := 0; j < len(b) && i < len(fake); j++ {
		if b[j] == '%' { // "%3A" between two digits
			j += 2
			continue
		}
		if !isHexByte(b[j]) {
			continue
		}
		c := fake[i]
		if c >= 'a' && hasUpper(b) {
			c -= 'a' - 'A'
		}
		b[j] = c
		i++
	}
}

func hasUpper(b []byte) bool {
	return bytes.ContainsAny(b, "ABCDEF") || !bytes.ContainsAny(b, "abcdef")
}

// shape writes over letters and digits: digits become 0, letters fill, in their
// case, and n is counted from the end, so that different things stay different.
func shape(b []byte, n int, fill byte) {
	span := 6 // "a" to "f": what looked like hex still does
	if fill == 'x' {
		span = 23
	}
	for i := len(b) - 1; i >= 0; i-- {
		c := b[i]
		switch {
		case isDigit(c):
			b[i] = '0' + byte(n%10)
			n /= 10
		case isAlnum(c):
			l := fill
			if n > 0 {
				l = 'a' + byte(n%span)
				n /= span
			}
			if c >= 'A' && c <= 'Z' {
				l -= 'a' - 'A'
			}
			b[i] = l
		}
	}
}

// indexAll returns where sub begins in b.
func indexAll(b, sub []byte) []int {
	var out []int
	if len(sub) == 0 {
		return nil
	}
	for at := 0; ; {
		i := bytes.Index(b[at:], sub)
		if i < 0 {
			return out
		}
		out = append(out, at+i)
		at += i + len(sub)
	}
}

// byLength returns the keys of m, longest first.
func byLength(m map[string]int) []string {
	out := sortedKeys(m)
	sort.SliceStable(out, func(i, j int) bool { return len(out[i]) > len(out[j]) })
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
