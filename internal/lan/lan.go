// Package lan is the only door to the network: which interfaces this computer
// has, its default gateways and neighbours, UDP sockets that ask one interface,
// and a guarded HTTP exchange.
//
// It promises that nothing leaves for an address outside the local prefixes or
// a known multicast group, that every packet is counted against an allowance
// and no device gets more than thirty of its own, that no proxy, cookie or credential
// is ever used, nothing is followed and no name is ever looked up, and that every
// wait and every size is bounded. It refuses to understand what it carries: that is
// announce's work.
package lan

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// What the door refuses. Callers branch on these with errors.Is.
var (
	ErrNotLocal  = errors.New("address is not on a local network")
	ErrPort      = errors.New("port does not speak HTTP")
	ErrQuestion  = errors.New("question is not allowed")
	ErrTooLarge  = errors.New("answer is too large")
	ErrAllowance = errors.New("no packets left to send")
	ErrFamily    = errors.New("interface has no address of this family")
	ErrPlatform  = errors.New("not possible on this system")
)

// Options choose the interfaces.
type Options struct {
	Interfaces []string // by name; empty means every usable one
	Loopback   bool     // use the loopback interface as if it were a network, and no other
}

// A Network is this computer's view of its networks at one moment. Take a new
// one for each scan. It is safe for concurrent use.
type Network struct {
	interfaces []Interface
	missing    []string
	loopback   bool
	allowance  *allowance // nil: unlimited

	each  *each      // what was sent to single devices
	typed netip.Addr // may be asked wherever it is, see Typed; zero = none
	via   Interface  // through which
}

// Open looks at the interfaces of this computer. It sends nothing. On a network that
// was joined a moment ago it waits, two and a half seconds at most, until IPv6 can be
// used; where it still cannot, it is done without. An error means that the system would
// not list the interfaces; a computer without any usable one is not an error, see Used.
func Open(o Options) (*Network, error) {
	for began := time.Now(); ; time.Sleep(settleRest) {
		n, err := look(o)
		settling := func(i Interface) bool { return i.settling }
		if err != nil || !slices.ContainsFunc(n.interfaces, settling) || time.Since(began) > settleMost {
			return n, err
		}
	}
}

// How often Open looks again, and how long.
const (
	settleRest = 100 * time.Millisecond
	settleMost = 2500 * time.Millisecond
)

func look(o Options) (*Network, error) {
	all, err := systemInterfaces()
	if err != nil {
		return nil, err
	}
	gateways, _ := Gateways() // only to recognise a bridge that is the way out
	n := &Network{loopback: o.Loopback, each: &each{sent: map[netip.Addr]int{}}}
	for _, ifi := range all {
		wayOut := slices.ContainsFunc(gateways, func(g Gateway) bool { return g.Interface == ifi.Name })
		if ifi.Why = why(ifi, o, wayOut); ifi.Used() && ifi.settles() {
			ifi.settling = true
			ifi.Why = why(ifi, o, wayOut) // it may have nothing else
		}
		ifi.Chosen = slices.Contains(o.Interfaces, ifi.Name)
		ifi.count = new(counters)
		n.interfaces = append(n.interfaces, ifi)
	}
	for _, name := range o.Interfaces {
		if !slices.ContainsFunc(all, func(i Interface) bool { return i.Name == name }) {
			n.missing = append(n.missing, name)
		}
	}
	return n, nil
}

// Interfaces returns every interface, used or not, in the system's order.
func (n *Network) Interfaces() []Interface { return slices.Clone(n.interfaces) }

// Used returns the interfaces that are used.
func (n *Network) Used() []Interface {
	return slices.DeleteFunc(n.Interfaces(), func(i Interface) bool { return !i.Used() })
}

// Lost returns the names of used interfaces that are no longer connected as they were when
// n was opened: gone, down, without a cable or Wi-Fi, or with other addresses.
func (n *Network) Lost() []string {
	now, err := systemInterfaces()
	if err != nil {
		return nil
	}
	var lost []string
	for _, i := range n.Used() {
		if !slices.ContainsFunc(now, i.stays) {
			lost = append(lost, i.Name)
		}
	}
	return lost
}

// stays reports whether now is the interface, connected as it was.
func (i Interface) stays(now Interface) bool {
	return now.Index == i.Index && now.up && (now.carrier || !i.carrier) &&
		slices.ContainsFunc(i.Prefixes, func(p netip.Prefix) bool { return slices.Contains(now.Prefixes, p) })
}

// Missing returns the names that were chosen and are not there.
func (n *Network) Missing() []string { return slices.Clone(n.missing) }

// Allow returns the same network with an allowance of its own: at most packets
// datagrams and connections together may be sent through it. Sending counts on
// the interfaces of n too.
func (n *Network) Allow(packets int) *Network {
	m := *n
	m.allowance = &allowance{parent: n.allowance}
	m.allowance.left.Store(int64(packets))
	return &m
}

// Sent returns how many packets were sent on all interfaces together: each
// datagram and each TCP connection counts as one.
func (n *Network) Sent() int {
	sum := 0
	for _, i := range n.interfaces {
		sum += i.Sent()
	}
	return sum
}

// Claim counts a packet on ifi, also one that a library sends through a socket of its own;
// ErrAllowance means that there is none left.
func (n *Network) Claim(ifi Interface) error {
	if !n.allowance.take() {
		return ErrAllowance
	}
	ifi.count.sent.Add(1)
	return nil
}

// takeFor claims one packet on ifi to a single device.
func (n *Network) takeFor(ifi Interface, a netip.Addr) error {
	if !n.each.take(a) {
		return fmt.Errorf("%d packets to %s: %w", eachMost, a, ErrAllowance)
	}
	return n.Claim(ifi)
}

// eachMost is how many datagrams and connections one address is sent on its own, in
// the whole life of a Network: what goes to everybody does not count.
const eachMost = 30

// each counts what was sent to single addresses.
type each struct {
	mu   sync.Mutex
	sent map[netip.Addr]int
}

func (e *each) take(a netip.Addr) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.sent[a] >= eachMost {
		return false
	}
	e.sent[a]++
	return true
}

// Local returns the used interface on whose link a is. IPv4 must be private or
// link-local and inside a prefix of the interface; IPv6 link-local must carry
// the interface as its zone; other IPv6 must be inside a prefix. An address that
// is IPv4 in IPv6 clothing is never local: whoever writes it so has a reason.
func (n *Network) Local(a netip.Addr) (Interface, bool) {
	if !a.IsValid() || a.Is4In6() || a.IsMulticast() || a.IsUnspecified() {
		return Interface{}, false
	}
	for _, ifi := range n.interfaces {
		if ifi.Used() && ifi.onLink(a, n.loopback) {
			return ifi, true
		}
	}
	if a == n.typed {
		return n.via, true
	}
	return Interface{}, false
}

func (i Interface) onLink(a netip.Addr, loopback bool) bool {
	if a.IsLoopback() {
		return loopback && i.loopback
	}
	if a.Is6() && a.IsLinkLocalUnicast() {
		return a.Zone() == i.Name && i.has6()
	}
	if a.Zone() != "" || a.Is4() && !a.IsPrivate() && !a.IsLinkLocalUnicast() {
		return false
	}
	for _, p := range i.Prefixes {
		// A prefix shorter than these is not a home's link but a mistake or a trick.
		if p.Addr().Is4() && p.Bits() < 8 || p.Addr().Is6() && p.Bits() < 48 {
			continue
		}
		if p.Contains(a) && !isBroadcast(p, a) {
			return true
		}
	}
	return false
}

// isBroadcast reports whether a, which is in p, is the network's own or its broadcast
// address: the first or the last.
func isBroadcast(p netip.Prefix, a netip.Addr) bool {
	return a.Is4() && p.Bits() < 31 && (a == p.Masked().Addr() || !p.Contains(a.Next()))
}

// allowance is how many packets may still be sent. The nil allowance never ends.
type allowance struct {
	left   atomic.Int64
	parent *allowance
}

func (a *allowance) take() bool {
	if a == nil {
		return true
	}
	if a.left.Add(-1) < 0 || !a.parent.take() {
		a.left.Add(1)
		return false
	}
	return true
}

// counters are what was sent and heard on one interface, and what of that answered a
// question to everybody.
type counters struct{ sent, heard, replies atomic.Int64 }

// plain returns the address of a socket address without IPv4-in-IPv6 clothing,
// which only our own system's sockets put on.
func plain(a net.Addr) netip.AddrPort {
	u, ok := a.(*net.UDPAddr)
	if !ok {
		return netip.AddrPort{}
	}
	ap := u.AddrPort()
	return netip.AddrPortFrom(ap.Addr().Unmap(), ap.Port())
}

// Typed returns the same network with one more address that may be asked: one that
// a person typed. It must be private; it need not be on the link, because a camera
// may stand behind a second router. ErrNotLocal where this computer would ask it
// through an interface that is not used, such as a tunnel's, or not at all.
func (n *Network) Typed(a netip.Addr) (*Network, error) {
	refused := fmt.Errorf("ask %s: %w", a, ErrNotLocal)
	if a.Is4In6() || !a.IsPrivate() && !a.IsLinkLocalUnicast() && !(a.IsLoopback() && n.loopback) {
		return nil, refused
	}
	via, ok := n.Local(a)
	if !ok {
		via, ok = n.Through(a)
	}
	if !ok || !via.Used() {
		return nil, refused
	}
	m := *n
	m.typed, m.via = a, via
	return &m, nil
}

// Through returns the interface, used or not, by which this computer would send to a. An
// address with a zone says so itself; interfaces on one card may share their own there.
func (n *Network) Through(a netip.Addr) (Interface, bool) {
	source, err := Source(a)
	for _, ifi := range n.interfaces {
		if err == nil && ifi.Own(source) && (a.Zone() == "" || a.Zone() == ifi.Name) {
			return ifi, true
		}
	}
	return Interface{}, false
}

// strays reports whether this computer would send to a, which is on a used link, through an
// interface that is not used: a VPN may hold the home's own addresses. Where it cannot be
// told another way, one to the same subnet that was only not chosen will do.
func (n *Network) strays(a netip.Addr) bool {
	via, ok := n.Through(a)
	return ok && !via.Used() && (namesInterface || !via.leadsHome(a))
}

// A Deafness is a used interface on which the system drops what the home answers.
type Deafness struct {
	Interface string
	Through   string // the interface through which it would send there itself; "" = no way at all
	NotChosen bool   // that one leads to the same home, and is only not used because others were chosen
}

// Deaf returns the used interfaces that are deaf, as Linux makes them under a strict rp_filter,
// to the whole home or to a part of it.
func (n *Network) Deaf() []Deafness {
	var deaf []Deafness
	lost := n.Lost()
	for _, ifi := range n.Used() {
		p, ok := ifi.Subnet()
		if !ok || !wantsSameWay(ifi.Name) || slices.Contains(lost, ifi.Name) {
			continue
		}
		for _, a := range spread(p) {
			own := func(i Interface) bool { return i.Own(a) } // which no way leads to: it is here
			if via, known := n.Through(a); (!known || !via.Used()) && !slices.ContainsFunc(n.interfaces, own) {
				deaf = append(deaf, Deafness{ifi.Name, via.Name, known && via.leadsHome(a)})
				break
			}
		}
	}
	return deaf
}

// spreadMost is of how many addresses of a subnet the way is asked. Each takes some
// microseconds (a socket), and a VPN may hold any part.
const spreadMost = 256

// spread returns the addresses of an IPv4 subnet, or as many that lie evenly over it.
func spread(p netip.Prefix) []netip.Addr {
	b := p.Masked().Addr().As4()
	first, size := binary.BigEndian.Uint32(b[:]), uint64(1)<<(32-p.Bits())
	var out []netip.Addr
	for i := uint64(0); i < size; i += max(1, size/spreadMost) {
		binary.BigEndian.PutUint32(b[:], first+uint32(i))
		if a := netip.AddrFrom4(b); !isBroadcast(p, a) {
			out = append(out, a)
		}
	}
	return out
}

// leadsHome reports whether a is on the interface's link, and it would be used had no other
// been chosen.
func (i Interface) leadsHome(a netip.Addr) bool {
	return i.onLink(a, false) && why(i, Options{}, false) == ""
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
