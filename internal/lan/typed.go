package lan

import (
	"fmt"
	"net"
	"net/netip"
)

// Typed returns the same network with one more address that may be asked: one that
// a person typed. It must be private; it need not be on the link, because a camera
// may stand behind a second router. ErrNotLocal where this computer would ask it
// through an interface that is not used, such as a tunnel's, or not at all.
func (n *Network) Typed(a netip.Addr) (*Network, error) {
	if a.Is4In6() || !a.IsPrivate() && !a.IsLinkLocalUnicast() && !(a.IsLoopback() && n.loopback) {
		return nil, fmt.Errorf("ask %s: %w", a, ErrNotLocal)
	}
	m := *n
	m.typed, m.via = a, Interface{}
	if ifi, ok := n.Local(a); ok {
		m.via = ifi
		return &m, nil
	}
	source, err := Source(a)
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", a, ErrNotLocal)
	}
	for _, ifi := range n.Used() {
		if ifi.Own(source) {
			m.via = ifi
			return &m, nil
		}
	}
	return nil, fmt.Errorf("ask %s: %w", a, ErrNotLocal)
}

// Source returns the address from which this computer would send to a. It sends
// nothing: connecting a UDP socket only asks the system for the way.
func Source(a netip.Addr) (netip.Addr, error) {
	c, err := net.DialUDP("udp", nil, net.UDPAddrFromAddrPort(netip.AddrPortFrom(a, discard)))
	if err != nil {
		return netip.Addr{}, err
	}
	defer c.Close()
	return plain(c.LocalAddr()).Addr().WithZone(""), nil
}
