package casefile

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net/netip"
	"regexp"

	"houdbaar/internal/announce"
)

// dns replaces in place within an mDNS packet: in labels and TXT strings, whose
// lengths stay, and in addresses. Data of record types that nobody reads is zeroed,
// because an OPT record may hold the MAC of a sleeping computer.
func (s *scrubber) dns(b []byte) {
	if len(b) < 12 {
		return
	}
	count := func(i int) int { return int(binary.BigEndian.Uint16(b[i:])) }
	off, ok := 12, true
	for range count(4) {
		if off, ok = s.dnsName(b, off, len(b)); !ok || off+4 > len(b) {
			return
		}
		off += 4
	}
	for range count(6) + count(8) + count(10) {
		if off, ok = s.dnsName(b, off, len(b)); !ok || off+10 > len(b) {
			return
		}
		kind := binary.BigEndian.Uint16(b[off:])
		start := off + 10
		end := start + int(binary.BigEndian.Uint16(b[off+8:]))
		if end > len(b) {
			clear(b[start:])
			return
		}
		data := b[start:end]
		switch kind {
		case 12: // PTR
			s.dnsName(b, start, end)
		case 33: // SRV
			s.dnsName(b, start+6, end)
		case 16, 13: // TXT, HINFO
			for len(data) > 0 && int(data[0]) < len(data) {
				s.txt(data[1 : 1+data[0]])
				data = data[1+data[0]:]
			}
		case 1, 28: // A, AAAA
			if a, ok := netip.AddrFromSlice(data); ok {
				copy(data, s.fakeAddr(a).AsSlice())
			}
		case 47: // NSEC: a name, then which types there are
			s.dnsName(b, start, end)
		default:
			clear(data)
		}
		off = end
	}
}

// dnsName replaces in the labels of a name, up to a pointer: what it points to is
// replaced where it stands. It returns where the name ends.
func (s *scrubber) dnsName(b []byte, off, end int) (int, bool) {
	reverse := false
	if i := bytes.Index(b[min(off, len(b)):], []byte("\x03ip6\x04arpa")); i >= 0 && i <= 64 {
		reverse = true
	}
	for off < end {
		n := int(b[off])
		switch {
		case n == 0:
			return off + 1, true
		case n&0xc0 == 0xc0:
			return off + 2, off+2 <= end
		case n&0xc0 != 0 || off+1+n > end:
			return 0, false
		}
		label := b[off+1 : off+1+n]
		if reverse && n == 1 && isHexByte(label[0]) {
			label[0] = '0' // the digits of an address, of which half may be a MAC
		} else {
			s.text(label)
		}
		off += 1 + n
	}
	return 0, false
}

// txtNames are the keys of TXT strings, beside keyNames, whose value is of one device,
// whatever it is.
var txtNames = keys(`id rpad rpha rphn rphi rpba psi gid pgid gcgl xp at sb nn ranm mac macaddress`)

func (s *scrubber) txt(b []byte) {
	key, value, ok := bytes.Cut(b, []byte("="))
	if !ok || bareMAC(string(value)) != "" || s.isMasked(string(value)) {
		s.text(b)
		return
	}
	about := keyAbout(string(key))
	whole := about == aSerial || about == aNetwork || about == aSecret || about == aOwner || txtNames.MatchString(plainKey(string(key)))
	if !whole || saysNothing(string(value)) {
		s.text(b)
		return
	}
	shape(value, 1, 'a')
	for i, c := range value { // bytes that are no text at all
		if c < ' ' || c >= 0x80 {
			value[i] = '0'
		}
	}
}

var (
	cookiePattern  = regexp.MustCompile(`(?im)^((?:set-)?cookie|authorization|x-csrf[a-z-]*):[ \t]*([^\r\n]*)`)
	noncePattern   = regexp.MustCompile(`(?i)\b(?:nonce|opaque)="([^"]*)"`)
	loginPattern   = regexp.MustCompile(`://([^\s/:@"'<>]{1,64}):([^\s/@"'<>]{1,64})@`)
	encodedPattern = regexp.MustCompile(`(?i)^(content-length|transfer-encoding|content-encoding):`)
)

// exchange returns an exchange with everything replaced. A body in chunks or
// compressed is written plain, and the head says so.
func (s *scrubber) exchange(b []byte) []byte {
	x, err := announce.ParseExchange(b)
	if err != nil {
		b = bytes.Clone(b)
		s.page(b, 0)
		return b
	}
	request := bytes.TrimRight(bytes.Clone(x.Request), "\r\n")
	s.page(request, len(request))
	r := announce.ParseResponse(x.Response)
	response := bytes.Clone(announce.LineFeeds(x.Response)) // in other lines nothing would be found
	body := announce.FromUTF16(r.Body)                      // in which nothing would be found
	if r.Proto != "" && (len(body) != len(r.Body) || r.Header.Get("transfer-encoding") != "" || r.Header.Get("content-encoding") != "" || !bytes.HasSuffix(response, r.Body)) {
		var head []byte
		for _, line := range bytes.SplitAfter(response, []byte("\n")) {
			line = bytes.TrimRight(line, "\r\n")
			if len(line) == 0 {
				break
			}
			if !encodedPattern.Match(line) {
				head = append(append(head, line...), "\r\n"...)
			}
		}
		if !r.Cut {
			head = fmt.Appendf(head, "Content-Length: %d\r\n", len(body))
		}
		response = append(append(head, "\r\n"...), body...)
	}
	s.page(response, headLength(response))
	return append(append(request, "\r\n\r\n"...), response...)
}

// headLength returns where the head of a message ends: at its first empty line.
func headLength(b []byte) int {
	for _, end := range []string{"\n\r\n", "\n\n"} {
		if i := bytes.Index(b, []byte(end)); i >= 0 {
			return i + 1
		}
	}
	return 0
}

// plainPage replaces in a message or document without escapes of a script: the
// values of keys that always name one device or network, then everything else.
func (s *scrubber) plainPage(b []byte, head int) {
	for _, m := range cookiePattern.FindAllSubmatchIndex(b, -1) {
		shape(b[m[4]:m[5]], 0, 'a')
	}
	for _, m := range noncePattern.FindAllSubmatchIndex(b, -1) {
		shape(b[m[2]:m[3]], 0, 'a')
	}
	for _, m := range loginPattern.FindAllSubmatchIndex(b, -1) {
		s.learnName(string(b[m[2]:m[3]]))
		shape(b[m[4]:m[5]], 0, 'a')
	}
	s.hosts(b)
	for _, p := range pairs(b, head) {
		s.pair(p, b[p.from:p.to])
	}
	s.learnPeople(b, head)
	s.document(b, head)
}

// number writes over a bare number of JSON, and leaves a number: no zero may lead.
func number(b []byte) {
	next := byte('1')
	for i, c := range b {
		if c == 'e' || c == 'E' {
			return
		}
		if c >= '0' && c <= '9' {
			if c != '0' || next == '0' {
				b[i] = next
			}
			next = '0'
		}
	}
}
