package lan

import (
	"encoding/hex"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What Macs sent, as their owners published it (golang/go issues 44740 and 70528, golang/net
// pull request 220); of hardware addresses only the maker's half is kept.
const (
	// A group that the interface left: RTM_DELMADDR, which is no route.
	ribLeftGroup = `32000510 30000000 00000000 04000000 14120400 06030600 656e30ac 87a30000 01000000 0e120000 00000600 91e0f001 0000`
	// 100.113.0.0/16 by a tunnel; the mask is cut short after its last one.
	ribTunnel = `88000501 00000000 41080000 07000000 927b0000 01000000 00000000 00000000 00000000
		00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000
		10020000 64710000 00000000 00000000 14122100 01080000 7574756e 34333139 00000000 06020000 ffff 0000`
	// An answer about the default route that names no gateway; its mask has length 0.
	ribNoGateway = `84000504 01000000 03080001 15000000 1b010000 f55a0000 03000000 00000000 00000000
		00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000
		10020000 00000000 00000000 00000000 00020000 14120000 00000000 00000000 00000000 00000000`
	// ::/0 by a router on interface 13: the addresses as they were sent, behind the header
	// that "route monitor" printed of them (length 152, UP, GATEWAY, DONE, STATIC, IFSCOPE).
	ribDefault6 = `98000501 0d000000 43080001 07000000 2e3d0100 01000000 00000000 00000000 00000000
		00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000
		1c1e0000 00000000 00000000 00000000 00000000 00000000 00000000
		1c1e0000 00000000 fe800000 00000000 02d04cff fe000001 00000000 021e0000`

	// Written after Apple's net/route.h, with the link address of the message above: the
	// default route and a neighbour of a home, and the same neighbour by IPv6.
	ribDefault4 = `88000504 04000000 03080000 07000000 00000000 00000000 00000000 00000000 00000000
		00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000
		10020000 00000000 00000000 00000000 10020000 c0a8b201 00000000 00000000 02020000 00000000 0000 0000`
	ribNeighbour4 = `80000504 04000000 05040000 03000000 00000000 00000000 00000000 00000000 00000000
		00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000
		10020000 c0a8b201 00000000 00000000 14120400 06030600 656e30ac 87a30000 01000000`
	ribNeighbour6 = `8c000504 04000000 05040000 03000000 00000000 00000000 00000000 00000000 00000000
		00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000
		1c1e0000 00000000 fe800004 00000000 ae87a3ff fe000001 00000000 14120400 06000600 ac87a300 00010000 00000000`
	// Nobody has answered for this address yet: the link address is empty.
	ribAsking = `80000504 04000000 05040000 03000000 00000000 00000000 00000000 00000000 00000000
		00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000
		10020000 c0a8b2fe 00000000 00000000 14120400 06000000 00000000 00000000 00000000`
)

var sameAddr = cmp.Comparer(func(a, b netip.Addr) bool { return a == b })

func ribOf(t *testing.T, messages ...string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.Join(strings.Fields(strings.Join(messages, "")), ""))
	must(t, err)
	return b
}

var ribNames = map[int]string{1: "lo0", 4: "en0", 13: "en11", 33: "utun4319"}

func TestReadingTheRoutesOfAMac(t *testing.T) {
	routes := readRIB(ribOf(t, ribLeftGroup, ribTunnel, ribNoGateway, ribDefault6, ribDefault4, ribNeighbour4))
	want := []Gateway{
		{Interface: "en11", Addr: netip.MustParseAddr("fe80::2d0:4cff:fe00:1%en11")},
		{Interface: "en0", Addr: netip.MustParseAddr("192.168.178.1")},
	}
	if d := cmp.Diff(want, ribGateways(routes, ribNames), sameAddr); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]Gateway(nil), ribGateways(routes, nil), sameAddr); d != "" {
		t.Errorf("interfaces that are gone: %s", d)
	}
}

func TestReadingTheNeighboursOfAMac(t *testing.T) {
	routes := readRIB(ribOf(t, ribNeighbour4, ribAsking, ribTunnel, ribNeighbour6, ribDefault4))
	want := []Neighbour{
		{"en0", netip.MustParseAddr("192.168.178.1"), "ac:87:a3:00:00:01"},
		{"en0", netip.MustParseAddr("fe80::ae87:a3ff:fe00:1%en0"), "ac:87:a3:00:00:01"},
	}
	if d := cmp.Diff(want, ribNeighbours(routes, ribNames), sameAddr); d != "" {
		t.Error(d)
	}
}

func TestOneMessageThatNobodyUnderstandsHidesNoRoute(t *testing.T) {
	strange := ribOf(t, ribTunnel)
	for i := ribHeader; i < len(strange); i++ {
		strange[i] = 0xff
	}
	routes := readRIB(append(strange, ribOf(t, ribDefault4)...))
	if got := ribGateways(routes, ribNames); len(got) != 1 {
		t.Errorf("%v; want the gateway behind the strange message", got)
	}
}

func FuzzReadRIB(f *testing.F) {
	for _, m := range []string{ribLeftGroup, ribTunnel, ribNoGateway, ribDefault6, ribDefault4, ribNeighbour4, ribNeighbour6, ribAsking} {
		b, err := hex.DecodeString(strings.Join(strings.Fields(m), ""))
		must(f, err)
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		routes := readRIB(b)
		for _, g := range ribGateways(routes, ribNames) {
			if !g.Addr.IsValid() || g.Addr.IsUnspecified() || g.Interface == "" {
				t.Errorf("gateway %v", g)
			}
		}
		for _, n := range ribNeighbours(routes, ribNames) {
			if !n.Addr.IsValid() || n.Addr.IsMulticast() || len(n.MAC) != len("aa:bb:cc:dd:ee:ff") {
				t.Errorf("neighbour %v", n)
			}
		}
	})
}
