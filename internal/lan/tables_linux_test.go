package lan

import (
	"encoding/binary"
	"net"
	"net/netip"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"

	"houdbaar/internal/lab"
)

func TestReadingTheIPv4Routes(t *testing.T) {
	if binary.NativeEndian.Uint16([]byte{1, 0}) != 1 {
		t.Skip("the example was taken from a little-endian machine")
	}
	// Invented after proc_net(5): a home with Wi-Fi and cable, a rejecting route and a line cut short.
	const table = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
wlan0	00000000	01B2A8C0	0003	0	0	600	00000000	0	0	0
eth0	00000000	01B2A8C0	0003	0	0	100	00000000	0	0	0
eth0	0000A8C0	00000000	0001	0	0	100	0000FFFF	0	0	0
tun0	00000000	00000000	0001	0	0	50	00000000	0	0	0
tun0	00000000	0100080A	0003	0	0	0	00000080	0	0	0
*	00000000	0100080A	0203	0	0	0	00000000	0	0	0
eth1	00000000	0100080A	00
`
	want := []Gateway{{"wlan0", netip.MustParseAddr("192.168.178.1"), 600}, {"eth0", netip.MustParseAddr("192.168.178.1"), 100}}
	if d := cmp.Diff(want, readRoute4(strings.NewReader(table)), sameAddr); d != "" {
		t.Error(d)
	}
}

func TestReadingTheIPv6Routes(t *testing.T) {
	const zero = "00000000000000000000000000000000"
	const router = "fe800000000000000000000000000001"
	table := strings.Join([]string{
		zero + " 00 " + zero + " 00 " + router + " 00000400 00000001 00000000 00450003     eth0",
		zero + " 00 " + zero + " 00 " + zero + " ffffffff 00000001 00000000 00200200       lo",
		"20010db8000000000000000000000000 40 " + zero + " 00 " + router + " 00000100 00000001 00000000 00000003     eth0",
		zero + " 00 " + zero + " 00 nothexadecimal 00000400 00000001 00000000 00450003     eth0",
		"short",
	}, "\n")
	want := []Gateway{{"eth0", netip.MustParseAddr("fe80::1%eth0"), 0x400}}
	if d := cmp.Diff(want, readRoute6(strings.NewReader(table)), sameAddr); d != "" {
		t.Error(d)
	}
}

func TestReadingTheARPTable(t *testing.T) {
	const table = `IP address       HW type     Flags       HW address            Mask     Device
192.168.1.1      0x1         0x2         02:00:5e:00:53:01     *        eth0
192.168.1.7      0x1         0x0         00:00:00:00:00:00     *        eth0
192.168.1.8      0x1         0x0         02:00:5e:00:53:08     *        eth0
192.168.1.9      0x1         0x2         nonsense              *        eth0
`
	want := []Neighbour{{"eth0", netip.MustParseAddr("192.168.1.1"), "02:00:5e:00:53:01"}}
	if d := cmp.Diff(want, readARP(strings.NewReader(table)), sameAddr); d != "" {
		t.Error(d)
	}
}

// neigh builds the data of an RTM_NEWNEIGH message.
func neigh(index, state int, attrs ...[]byte) syscall.NetlinkMessage {
	b := make([]byte, 12)
	binary.NativeEndian.PutUint32(b[4:], uint32(index))
	binary.NativeEndian.PutUint16(b[8:], uint16(state))
	for _, a := range attrs {
		b = append(b, a...)
	}
	return syscall.NetlinkMessage{Header: syscall.NlMsghdr{Type: unix.RTM_NEWNEIGH}, Data: b}
}

func attr(kind int, data ...byte) []byte {
	b := binary.NativeEndian.AppendUint16(nil, uint16(4+len(data)))
	b = binary.NativeEndian.AppendUint16(b, uint16(kind))
	b = append(b, data...)
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	return b
}

func TestReadingTheNeighbourMessages(t *testing.T) {
	ip := attr(unix.NDA_DST, 192, 168, 1, 1)
	mac := attr(unix.NDA_LLADDR, 2, 0, 0x5e, 0, 0x53, 1)
	link := attr(unix.NDA_DST, netip.MustParseAddr("fe80::1").AsSlice()...)
	got := readNeigh([]syscall.NetlinkMessage{
		neigh(2, unix.NUD_REACHABLE, ip, mac),
		neigh(2, unix.NUD_STALE, mac, link),
		neigh(2, unix.NUD_FAILED, ip, mac),
		neigh(2, unix.NUD_INCOMPLETE, ip),
		neigh(2, unix.NUD_NOARP, attr(unix.NDA_DST, 224, 0, 0, 251), attr(unix.NDA_LLADDR, 1, 0, 0x5e, 0, 0, 0xfb)),
		neigh(9, unix.NUD_REACHABLE, ip, mac),
		neigh(2, unix.NUD_REACHABLE, ip, attr(unix.NDA_LLADDR, 1, 2, 3)),
		neigh(2, unix.NUD_REACHABLE, ip, []byte{200, 0, 2, 0, 1}),
		{Header: syscall.NlMsghdr{Type: unix.RTM_NEWNEIGH}, Data: []byte{1, 2}},
	}, map[int]string{2: "eth0"})
	want := []Neighbour{
		{"eth0", netip.MustParseAddr("192.168.1.1"), "02:00:5e:00:53:01"},
		{"eth0", netip.MustParseAddr("fe80::1%eth0"), "02:00:5e:00:53:01"},
	}
	if d := cmp.Diff(want, got, sameAddr); d != "" {
		t.Error(d)
	}
}

// TestTheSystemsTables reads the kernel's own tables, filled by a real packet.
func TestTheSystemsTables(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		h := n.Host("router", 1, "02:00:5e:00:53:01")
		gateways, err := Gateways()
		if err != nil || len(gateways) != 1 || gateways[0].Addr != h.Addr || gateways[0].Interface != "eth0" {
			t.Errorf("gateways %v, %v", gateways, err)
		}
		n.Client.IP("route add default via fe80::1 dev eth0")
		if g, _ := Gateways(); len(g) != 2 || g[1].Addr != netip.MustParseAddr("fe80::1%eth0") {
			t.Errorf("gateways with IPv6 %v", g)
		}
		// A refused connection is enough to learn the MAC, and nothing is stored at the router.
		if c, err := net.Dial("tcp4", "10.77.0.1:80"); err == nil {
			c.Close()
		}
		got, err := Neighbours()
		must(t, err)
		want := Neighbour{"eth0", h.Addr, h.MAC}
		if len(got) != 1 || got[0] != want {
			t.Errorf("neighbours %v; want %v", got, want)
		}
	})
}
