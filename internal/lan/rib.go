package lan

import (
	"encoding/binary"
	"net"
	"net/netip"
)

// What a routing message of Darwin holds: rt_msghdr and the constants of Apple's
// net/route.h and sys/socket.h.
const (
	ribHeader  = 92 // bytes of rt_msghdr
	ribVersion = 5

	ribUp, ribGateway, ribHost, ribLink = 0x1, 0x2, 0x4, 0x400 // rtm_flags

	ribInet, ribLinkAddr, ribInet6 = 2, 18, 30 // sa_family
)

// A ribRoute is one routing message.
type ribRoute struct {
	index        int // of the interface
	flags        uint32
	dst, gateway netip.Addr       // not valid when missing or of another family
	wide         bool             // the mask holds no bit, or there is none
	mac          net.HardwareAddr // of the gateway, when that is a link address
}

// readRIB reads what sysctl answers to NET_RT_DUMP and NET_RT_FLAGS on Darwin, in its byte
// order, which is little-endian on every Mac that gets updates. Here rather than in
// golang.org/x/net/route, which gives up the whole table for one message that it does
// not understand (golang/go issues 44740, 70528 and 71557), and which only a Mac can test.
func readRIB(rib []byte) []ribRoute {
	var out []ribRoute
	for len(rib) >= 4 {
		n := int(binary.LittleEndian.Uint16(rib))
		if n < 4 || n > len(rib) {
			break
		}
		if m := rib[:n]; n >= ribHeader && m[2] == ribVersion {
			out = append(out, readRoute(m))
		}
		rib = rib[n:]
	}
	return out
}

func readRoute(m []byte) ribRoute {
	r := ribRoute{index: int(binary.LittleEndian.Uint16(m[4:])), flags: binary.LittleEndian.Uint32(m[8:]), wide: true}
	present := binary.LittleEndian.Uint32(m[12:]) // rtm_addrs: which follow, in this order
	b := m[ribHeader:]
	for i := 0; i < 3 && len(b) >= 2; i++ {
		if present>>i&1 == 0 {
			continue
		}
		length, whole := int(b[0]), max(4, (int(b[0])+3)&^3) // padded to four bytes
		a := b[:min(max(length, 2), len(b))]
		switch i {
		case 0:
			r.dst = ribAddr(a)
		case 1:
			r.gateway, r.mac = ribAddr(a), ribMAC(a)
		case 2:
			for _, c := range a[min(4, len(a)):] {
				r.wide = r.wide && c == 0
			}
		}
		b = b[min(whole, len(b)):]
	}
	return r
}

// ribAddr reads a sockaddr_in or sockaddr_in6, which may be cut short: what is missing is
// zero. A link-local address carries the number of its interface inside; that is left out.
func ribAddr(a []byte) netip.Addr {
	switch a[1] {
	case ribInet:
		var ip [4]byte
		copy(ip[:], a[min(4, len(a)):])
		return netip.AddrFrom4(ip)
	case ribInet6:
		var ip [16]byte
		copy(ip[:], a[min(8, len(a)):])
		if ip[0] == 0xfe && ip[1]&0xc0 == 0x80 {
			ip[2], ip[3] = 0, 0
		}
		return netip.AddrFrom16(ip)
	}
	return netip.Addr{}
}

// ribMAC reads the address in a sockaddr_dl, behind the interface's name.
func ribMAC(a []byte) net.HardwareAddr {
	if a[1] != ribLinkAddr || len(a) < 8 {
		return nil
	}
	from, n := 8+int(a[5]), int(a[6])
	if from+n > len(a) {
		return nil
	}
	return net.HardwareAddr(a[from : from+n])
}

// ribGateways are the default gateways among routes.
func ribGateways(routes []ribRoute, names map[int]string) []Gateway {
	var out []Gateway
	for _, r := range routes {
		if r.flags&(ribUp|ribGateway|ribHost) != ribUp|ribGateway || !r.wide || !r.dst.IsValid() || !r.dst.IsUnspecified() {
			continue
		}
		if name := names[r.index]; name != "" && r.gateway.IsValid() && !r.gateway.IsUnspecified() {
			out = append(out, Gateway{Interface: name, Addr: zoned(r.gateway, name)})
		}
	}
	return out
}

// ribNeighbours are the entries of the ARP and NDP tables among routes: those with a
// link-layer address.
func ribNeighbours(routes []ribRoute, names map[int]string) []Neighbour {
	var out []Neighbour
	for _, r := range routes {
		if r.flags&ribLink == 0 || !validMAC(r.mac) || !r.dst.IsValid() || r.dst.IsMulticast() {
			continue
		}
		if name := names[r.index]; name != "" {
			out = append(out, Neighbour{Interface: name, Addr: zoned(r.dst, name), MAC: r.mac.String()})
		}
	}
	return out
}
