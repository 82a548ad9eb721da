package lab

import (
	"encoding/hex"
	"net/netip"
	"testing"
)

func TestParsePacketNeverTakesAFrameForMoreThanItIs(t *testing.T) {
	ip4 := "450000280000400040060000" + "0a4d0064" + "0a4d0001"
	for _, c := range []struct{ name, frame, kind, dst string }{
		{"an empty frame", "", "short", "invalid AddrPort"},
		{"a frame of another protocol", "ffffffffffff02000000000188cc0207", "ethertype/88cc", "invalid AddrPort"},
		{"a TCP segment that opens a connection", "02000000000102000000000208004500002800004000400600000a4d00640a4d0001" + "c350005000000000000000005002000000000000", "tcp/80", "10.77.0.1:80"},
		{"a cut TCP segment", "0200000000010200000000020800" + ip4 + "c3500050", "damaged", "10.77.0.1:0"},
		{"a later fragment", "020000000001020000000002080045000028000000014011" + "0000" + "0a4d00640a4d0001" + "00000000", "fragment", "10.77.0.1:0"},
		{"a cut IPv4 header", "0200000000010200000000020800450000", "ethertype/0800", "invalid AddrPort"},
		{"a multicast listener report", "3333000000160200000000010000"[:24] + "86dd" + "600000000024" + "0001" + "fe80000000000000000000fffe000001" + "ff020000000000000000000000000016" + "3a00050200000100" + "8f00000000000001" + "04000000ff0200000000000000000000000000fb", "icmpv6", "[ff02::16]:0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, err := hex.DecodeString(c.frame)
			must(t, err)
			p := parsePacket(b)
			if p.Kind != c.kind || p.Dst.String() != c.dst {
				t.Errorf("kind %s to %s; want %s to %s", p.Kind, p.Dst, c.kind, c.dst)
			}
		})
	}
}

func TestOutsideAndWandering(t *testing.T) {
	for _, c := range []struct {
		name, dst          string
		outside, wandering bool
	}{
		{"a neighbour", "10.77.0.11:80", false, false},
		{"a link-local neighbour", "[fe80::1]:80", false, false},
		{"the SSDP group", "239.255.255.250:1900", false, false},
		{"the mDNS group", "[ff02::fb]:5353", false, false},
		{"the broadcast address of all", "255.255.255.255:9999", false, false},
		{"Ubiquiti's group, which is not scoped", "233.89.188.1:10001", false, true},
		{"a global IPv6 group", "[ff0e::c]:1900", false, true},
		{"a public address", "192.0.2.7:80", true, false},
		{"another private network", "192.168.1.1:80", true, false},
		{"a public IPv6 address", "[2001:db8::1]:80", true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			ps := Packets{{Dst: netip.MustParseAddrPort(c.dst)}}
			if got := len(ps.Outside(Subnet)) == 1; got != c.outside {
				t.Errorf("outside: %v; want %v", got, c.outside)
			}
			if got := len(ps.Wandering()) == 1; got != c.wandering {
				t.Errorf("wandering: %v; want %v", got, c.wandering)
			}
		})
	}
	if len(Packets{{Kind: "ethertype/88cc"}}.Outside(Subnet)) != 1 {
		t.Error("a frame that is not IP is a surprise, and is not reported as one")
	}
}

func FuzzParsePacket(f *testing.F) {
	b, _ := hex.DecodeString("02000000000102000000000208004500002800004000400600000a4d00640a4d0001c350005000000000000000005002000000000000")
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) { parsePacket(b) })
}
