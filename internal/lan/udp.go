package lan

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"sync"
	"syscall"
	"time"

	"golang.org/x/net/ipv4"
	"golang.org/x/net/ipv6"
)

// The multicast groups this program may speak to: UPnP's, mDNS's and those of the makers'
// own questions.
var (
	SSDP4 = netip.MustParseAddrPort("239.255.255.250:1900")
	SSDP6 = netip.MustParseAddrPort("[ff02::c]:1900")
	MDNS4 = netip.MustParseAddrPort("224.0.0.251:5353")
	MDNS6 = netip.MustParseAddrPort("[ff02::fb]:5353")
	WSD4  = netip.MustParseAddrPort("239.255.255.250:3702")
	WSD6  = netip.MustParseAddrPort("[ff02::c]:3702")
	SADP  = netip.MustParseAddrPort("239.255.255.250:37020")
	DHIP  = netip.MustParseAddrPort("239.255.255.251:37810")

	groups = []netip.AddrPort{SSDP4, SSDP6, MDNS4, MDNS6, WSD4, WSD6, SADP, DHIP}
	// broadcastPorts are the ports to which a question may go by broadcast.
	broadcastPorts = []uint16{2000, 5678, 9999, 10000, 10001, 10008, 20002, 20004, 32108, 34569, 37810}
)

// discard is the port of a nudge (RFC 863): whoever listens there throws away what comes.
const discard = 9

// maxDatagram is the largest that Receive takes whole; larger ones are dropped.
// mDNS allows 9000 bytes (RFC 6762, section 17).
const maxDatagram = 9000

// A Socket sends and hears UDP on one interface, in one family. Close ends a
// waiting Receive. It is safe for concurrent use, but only one may Receive.
type Socket struct {
	Interface Interface
	V6        bool

	n    *Network
	conn net.PacketConn
	p4   *ipv4.PacketConn
	p6   *ipv6.PacketConn
	buf  []byte
	asks bool   // on an ephemeral port: what comes answers us
	from net.IP // the address it has of its own; nil = the system chooses

	mu    sync.Mutex
	asked map[netip.AddrPort]bool // single devices; what they answer any firewall lets in
}

// Ask opens a socket on an ephemeral port of source, one of ifi.Sources. What it
// sends to a group leaves through ifi with the given time to live, and is not
// heard by this computer itself except on loopback.
func (n *Network) Ask(ifi Interface, source netip.Addr, ttl int) (*Socket, error) {
	network := "udp4"
	if source.Is6() {
		network = "udp6"
	}
	conn, err := net.ListenPacket(network, netip.AddrPortFrom(source, 0).String())
	if err != nil {
		return nil, err
	}
	s, err := n.socket(ifi, source, conn, ttl)
	if s != nil {
		s.asks, s.from = true, source.AsSlice()
	}
	return s, err
}

// Join opens a socket that hears what others send to the group on ifi, beside
// any other program that does so: it binds the group's own address, so that it
// can never take a datagram meant for this computer's own responder. What it
// sends comes from the group's port. ErrPlatform where that cannot be had.
func (n *Network) Join(ifi Interface, group netip.AddrPort, ttl int) (*Socket, error) {
	conn, err := listenGroup(ifi, group)
	if err != nil {
		return nil, err
	}
	return n.socket(ifi, group.Addr(), conn, ttl)
}

// socket sets where and how far a socket's multicasts go.
func (n *Network) socket(ifi Interface, source netip.Addr, conn net.PacketConn, ttl int) (*Socket, error) {
	s := &Socket{Interface: ifi, V6: source.Is6(), n: n, conn: conn, buf: make([]byte, maxDatagram+1), asked: map[netip.AddrPort]bool{}}
	sys := &net.Interface{Index: ifi.Index, Name: ifi.Name}
	var errs [3]error
	if s.V6 {
		s.p6 = ipv6.NewPacketConn(conn)
		errs = [3]error{s.p6.SetMulticastInterface(sys), s.p6.SetMulticastHopLimit(ttl), s.p6.SetMulticastLoopback(ifi.loopback)}
		s.p6.SetControlMessage(ipv6.FlagInterface, true) // best effort: not everywhere
	} else {
		s.p4 = ipv4.NewPacketConn(conn)
		errs = [3]error{s.p4.SetMulticastInterface(sys), s.p4.SetMulticastTTL(ttl), s.p4.SetMulticastLoopback(ifi.loopback)}
		s.p4.SetControlMessage(ipv4.FlagInterface, true)
	}
	if u, ok := conn.(*net.UDPConn); ok {
		u.SetReadBuffer(1 << 20) // answers come in bursts; the system may give less
	}
	if err := errors.Join(errs[:]...); err != nil {
		conn.Close()
		return nil, err
	}
	return s, nil
}

// Send sends one datagram to one of the groups above, to an address on the socket's own
// link, or, when to has no address, to the broadcast address of the socket's subnet and one
// of the ports above.
func (s *Socket) Send(b []byte, to netip.AddrPort) error {
	broadcast, ok := s.Interface.broadcast()
	a, everybody := to.Addr(), slices.Contains(groups, to)
	if !a.IsValid() {
		a, everybody = broadcast, ok && slices.Contains(broadcastPorts, to.Port())
	}
	if ifi, local := s.n.Local(to.Addr()); !everybody && (!local || ifi.Name != s.Interface.Name) {
		return fmt.Errorf("send to %s: %w", to, ErrNotLocal)
	}
	if a.Is6() != s.V6 {
		return fmt.Errorf("send to %s: %w", to, ErrFamily)
	}
	to = netip.AddrPortFrom(a, to.Port())
	if everybody {
		if err := s.n.Claim(s.Interface); err != nil {
			return err
		}
	} else {
		if err := s.n.takeFor(s.Interface, a); err != nil {
			return err
		}
		s.mu.Lock()
		s.asked[to] = true
		s.mu.Unlock()
	}
	if a.IsMulticast() && s.V6 {
		to = netip.AddrPortFrom(a.WithZone(s.Interface.Name), to.Port())
	}
	return s.write(b, to)
}

// write sends a datagram through the socket's own interface, whatever way the system would
// take: a VPN may hold the home's addresses, and two interfaces may be in one subnet. Where
// the system cannot be told so, what it would send elsewhere is refused.
func (s *Socket) write(b []byte, to netip.AddrPort) error {
	if !namesInterface && !to.Addr().IsMulticast() && s.n.strays(to.Addr()) {
		return fmt.Errorf("send to %s: %w", to, ErrNotLocal)
	}
	var err error
	switch addr := net.UDPAddrFromAddrPort(to); {
	case !namesInterface:
		_, err = s.conn.WriteTo(b, addr)
	case s.V6:
		_, err = s.p6.WriteTo(b, &ipv6.ControlMessage{Src: s.from, IfIndex: s.Interface.Index}, addr)
	default:
		_, err = s.p4.WriteTo(b, &ipv4.ControlMessage{Src: s.from, IfIndex: s.Interface.Index}, addr)
	}
	return err
}

// Receive waits for a datagram. Its bytes are good until the next call.
// Datagrams that came in on another interface, that are too large, or whose
// sender cannot be in this home are skipped. An error is final: the socket was
// closed, or its interface is gone.
func (s *Socket) Receive() ([]byte, netip.AddrPort, error) {
	for failed := 0; ; {
		k, index, from, err := s.read()
		if err != nil {
			// A peer that refused an earlier datagram can show up as an error here
			// (Windows: WSAECONNRESET); only a lasting one ends the socket.
			if errors.Is(err, net.ErrClosed) || failed >= 16 {
				return nil, netip.AddrPort{}, err
			}
			failed++
			time.Sleep(time.Millisecond)
			continue
		}
		failed = 0
		if index != 0 && index != s.Interface.Index || k > maxDatagram {
			continue
		}
		a := zoned(from.Addr(), s.Interface.Name)
		if !s.neighbourly(a) {
			continue
		}
		s.Interface.count.heard.Add(1)
		if from = netip.AddrPortFrom(a, from.Port()); s.asks && !s.wasAsked(from) {
			s.Interface.count.replies.Add(1)
		}
		return s.buf[:k], from, nil
	}
}

func (s *Socket) wasAsked(a netip.AddrPort) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[a]
}

// neighbourly says whether a sender can be a device in this home: on the link,
// or with a private address of another subnet, as a camera has that still stands
// at its factory address. A public address outside the link is forged or astray.
func (s *Socket) neighbourly(a netip.Addr) bool {
	if _, ok := s.n.Local(a); ok {
		return true
	}
	return a.IsPrivate() || a.Is4() && a.IsLinkLocalUnicast()
}

// read reads one datagram into the buffer: its length, the index of the interface it came
// in on (0 = not known), and who sent it.
func (s *Socket) read() (length, index int, from netip.AddrPort, err error) {
	var sender net.Addr
	if s.V6 {
		var how *ipv6.ControlMessage
		if length, how, sender, err = s.p6.ReadFrom(s.buf); how != nil {
			index = how.IfIndex
		}
	} else {
		var how *ipv4.ControlMessage
		if length, how, sender, err = s.p4.ReadFrom(s.buf); how != nil {
			index = how.IfIndex
		}
	}
	return length, index, plain(sender), err
}

// PortFree reports whether no other program on this computer has a UDP port on
// IPv4, not even one that would share it.
func PortFree(port uint16) bool {
	conn, err := net.ListenPacket("udp4", netip.AddrPortFrom(netip.IPv4Unspecified(), port).String())
	if err != nil {
		return false
	}
	conn.Close()
	return true
}

// Close closes the socket.
func (s *Socket) Close() error { return s.conn.Close() }

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
	return s.write(nil, netip.AddrPortFrom(a, discard))
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
	s, err := n.socket(ifi, sources[0], conn, 1)
	if s != nil && own.IsValid() {
		s.from = own.AsSlice()
	}
	return s, err
}
