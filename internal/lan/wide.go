package lan

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"syscall"
)

// The groups of the makers' own questions, beside those of SSDP and mDNS.
var (
	WSD4 = netip.MustParseAddrPort("239.255.255.250:3702")
	WSD6 = netip.MustParseAddrPort("[ff02::c]:3702")
	SADP = netip.MustParseAddrPort("239.255.255.250:37020")
	DHIP = netip.MustParseAddrPort("239.255.255.251:37810")
)

var (
	wideGroups = []netip.AddrPort{WSD4, WSD6, SADP, DHIP}
	// broadcastPorts are the ports to which a question may go by broadcast.
	broadcastPorts = []uint16{2000, 5678, 9999, 10000, 10001, 10008, 20002, 20004, 32108, 34569, 37810}
)

// discard is the port of a nudge (RFC 863): whoever listens there throws away what comes.
const discard = 9

// Shout sends one datagram to everybody on the socket's link: to one of the groups
// above, or, when to has no address, to the broadcast address of the socket's
// subnet and one of the ports above.
func (s *Socket) Shout(b []byte, to netip.AddrPort) error {
	if !to.Addr().IsValid() {
		a, ok := s.Interface.broadcast()
		if !ok || !slices.Contains(broadcastPorts, to.Port()) {
			return fmt.Errorf("broadcast to port %d: %w", to.Port(), ErrNotLocal)
		}
		to = netip.AddrPortFrom(a, to.Port())
	} else if !slices.Contains(wideGroups, to) {
		return fmt.Errorf("send to %s: %w", to, ErrNotLocal)
	}
	return s.emit(b, to)
}

// Nudge sends an empty datagram to the discard port of one address on the link. The
// system must find out its hardware address first, and so it gets into the
// neighbour table; what the device makes of the datagram does not matter. It takes
// from the allowance, and is counted when Nudged says that it left.
func (s *Socket) Nudge(a netip.Addr) error {
	if ifi, ok := s.n.Local(a); !ok || ifi.Name != s.Interface.Name || a.Is6() != s.V6 {
		return fmt.Errorf("nudge %s: %w", a, ErrNotLocal)
	}
	if !s.n.each.take(a) || !s.n.allowance.take() {
		return ErrAllowance
	}
	_, err := s.conn.WriteTo(nil, net.UDPAddrFromAddrPort(netip.AddrPortFrom(a, discard)))
	return err
}

// Nudged counts those of the nudges to these addresses that left. A system holds a
// datagram back until somebody says that the address is theirs, and drops it when
// nobody does: then only the question who has it (ARP) was on the wire. Where the
// neighbour table cannot be read all are counted.
func (s *Socket) Nudged(all []netip.Addr) {
	table, err := Neighbours()
	for _, a := range all {
		if err != nil || a.IsLoopback() || slices.ContainsFunc(table, func(n Neighbour) bool { return n.Addr == a }) {
			s.Interface.count.sent.Add(1)
		}
	}
}

// broadcast returns the broadcast address of the subnet that i.Sources names
// first; false when it has none.
func (i Interface) broadcast() (netip.Addr, bool) {
	p, ok := i.Subnet()
	if !ok || p.Bits() >= 31 {
		return netip.Addr{}, false
	}
	b := p.Masked().Addr().As4()
	for bit := p.Bits(); bit < 32; bit++ {
		b[bit/8] |= 0x80 >> (bit % 8)
	}
	return netip.AddrFrom4(b), true
}

// Subnet returns the address that i.Sources names first, with its prefix length.
func (i Interface) Subnet() (netip.Prefix, bool) {
	sources := i.Sources(false)
	for _, p := range i.Prefixes {
		if len(sources) > 0 && p.Addr() == sources[0] {
			return p, true
		}
	}
	return netip.Prefix{}, false
}

// Own reports whether a is one of this computer's addresses on i.
func (i Interface) Own(a netip.Addr) bool {
	return slices.ContainsFunc(i.Prefixes, func(p netip.Prefix) bool { return p.Addr() == a.WithZone("") })
}

// Hear opens a socket on an IPv4 port of ifi, at one of ifi.Sources or, if own is the
// zero Addr, at every address, for broadcasts: some makers' devices answer to a port of
// their own, and to nothing else. It fails where another program has the port, which it
// could otherwise take datagrams away from; more than one interface of ours may have it.
func (n *Network) Hear(ifi Interface, own netip.Addr, port uint16) (*Socket, error) {
	sources := ifi.Sources(false)
	if len(sources) == 0 {
		return nil, ErrFamily
	}
	at := netip.AddrPortFrom(netip.IPv4Unspecified(), port)
	if ifi.loopback {
		own = sources[0] // many share 0.0.0.0 there
	}
	if own.IsValid() {
		at = netip.AddrPortFrom(own, port)
	}
	lc := net.ListenConfig{Control: func(_, _ string, c syscall.RawConn) error {
		var shareErr error
		err := c.Control(func(fd uintptr) { shareErr = shared(fd) })
		return errors.Join(err, shareErr)
	}}
	conn, err := lc.ListenPacket(context.Background(), "udp4", at.String())
	if err != nil {
		return nil, err
	}
	return n.socket(ifi, sources[0], conn, 1)
}
