package lan

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/net/ipv4"
	"golang.org/x/net/ipv6"
)

// The multicast groups this program may speak to.
var (
	SSDP4 = netip.MustParseAddrPort("239.255.255.250:1900")
	SSDP6 = netip.MustParseAddrPort("[ff02::c]:1900")
	MDNS4 = netip.MustParseAddrPort("224.0.0.251:5353")
	MDNS6 = netip.MustParseAddrPort("[ff02::fb]:5353")
)

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
	asks bool // on an ephemeral port: what comes answers us

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
		s.asks = true
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

// Send sends one datagram to one of the groups above, or to an address on the
// socket's own link.
func (s *Socket) Send(b []byte, to netip.AddrPort) error {
	switch to {
	case SSDP4, SSDP6, MDNS4, MDNS6:
	default:
		if ifi, ok := s.n.Local(to.Addr()); !ok || ifi.Name != s.Interface.Name {
			return fmt.Errorf("send to %s: %w", to, ErrNotLocal)
		}
	}
	return s.emit(b, to)
}

// emit counts and sends one datagram.
func (s *Socket) emit(b []byte, to netip.AddrPort) error {
	a := to.Addr()
	if a.Is6() != s.V6 {
		return fmt.Errorf("send to %s: %w", to, ErrFamily)
	}
	if broadcast, _ := s.Interface.broadcast(); a.IsMulticast() || a == broadcast {
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
	_, err := s.conn.WriteTo(b, net.UDPAddrFromAddrPort(to))
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
