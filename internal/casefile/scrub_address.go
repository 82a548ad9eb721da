package casefile

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

// quad replaces a public IPv4 address, and leaves alone what may be a version: what
// stands after a word for one, and, where no word for an address stands before
// it, what the product says of itself (not free), and outside of sentences low first numbers
// and paths.
func (s *scrubber) quad(b []byte, from, to int, free bool) {
	a, err := netip.ParseAddr(string(b[from:to]))
	if err != nil || !isPublic(a) {
		return
	}
	ahead := b[max(0, from-80):from]
	spoken := spokenAhead.Match(ahead) && !versionSpoken.Match(ahead)
	if versionAhead.Match(ahead) && !spoken { // "from" ends in "rom"
		return
	}
	first := a.As4()[0]
	if !addressAhead.Match(ahead) && (!free || !spoken && (first < 20 || from > 0 && bytes.IndexByte([]byte("/-_"), b[from-1]) >= 0)) {
		return
	}
	copy(b[from:to], s.fakeQuad(a, string(b[from:to])))
}

// fakeQuad returns the replacement of a public IPv4 address, written as long as
// text: the first number becomes 0, 10 or 240, where nobody lives.
func (s *scrubber) fakeQuad(a netip.Addr, text string) string {
	n := s.addrs.of(a)
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
	return a.IsGlobalUnicast() && !a.IsPrivate() && !slices.ContainsFunc(notPublic, func(p netip.Prefix) bool { return p.Contains(a) })
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
	n := s.addrs.of(a)
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
