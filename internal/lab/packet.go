package lab

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// A Packet is one Ethernet frame, taken apart as far as the checks need.
type Packet struct {
	At   time.Time
	From string // the host that sent it, by the bridge's port; "client/lo" for the client's loopback
	Kind string // "ssdp", "mdns", "udp/3702", "tcp/80", "arp", "igmp", "icmp", "icmpv6", "ethertype/88cc", ...
	Src  netip.AddrPort
	Dst  netip.AddrPort // ARP: the address asked for; port 0 where there is none
	SYN  bool           // opens a TCP connection
	Size int            // bytes of the frame
	Data []byte         // the UDP payload or TCP segment
}

// String returns one line for a failure message.
func (p Packet) String() string {
	return fmt.Sprintf("%s %s: %s > %s, %d bytes", p.From, p.Kind, p.Src, p.Dst, p.Size)
}

// parsePacket takes an Ethernet frame apart. What it does not know keeps a Kind
// that says so: a check that looks for surprises must see them.
func parsePacket(b []byte) Packet {
	p := Packet{Size: len(b), Kind: "short"}
	if len(b) < 14 {
		return p
	}
	kind, body := binary.BigEndian.Uint16(b[12:]), b[14:]
	switch {
	case kind == 0x0806 && len(body) >= 28:
		p.Kind = "arp"
		p.Src = netip.AddrPortFrom(netip.AddrFrom4([4]byte(body[14:18])), 0)
		p.Dst = netip.AddrPortFrom(netip.AddrFrom4([4]byte(body[24:28])), 0)
	case kind == 0x0800 && len(body) >= 20:
		p.ip4(body)
	case kind == 0x86dd && len(body) >= 40:
		p.ip6(body)
	default:
		p.Kind = fmt.Sprintf("ethertype/%04x", kind)
	}
	return p
}

func (p *Packet) ip4(b []byte) {
	src, dst := netip.AddrFrom4([4]byte(b[12:16])), netip.AddrFrom4([4]byte(b[16:20]))
	head, size := int(b[0]&15)*4, min(int(binary.BigEndian.Uint16(b[2:])), len(b))
	p.Src, p.Dst = netip.AddrPortFrom(src, 0), netip.AddrPortFrom(dst, 0)
	if binary.BigEndian.Uint16(b[6:])&0x1fff != 0 {
		p.Kind = "fragment"
		return
	}
	if head < 20 || head > size {
		p.Kind = "damaged"
		return
	}
	p.transport(b[9], b[head:size])
}

func (p *Packet) ip6(b []byte) {
	src, dst := netip.AddrFrom16([16]byte(b[8:24])), netip.AddrFrom16([16]byte(b[24:40]))
	p.Src, p.Dst = netip.AddrPortFrom(src, 0), netip.AddrPortFrom(dst, 0)
	next, body := b[6], b[40:]
	// Multicast listener reports come behind a hop-by-hop header (RFC 3810, 5).
	for next == 0 && len(body) >= 8 && len(body) >= (int(body[1])+1)*8 {
		next, body = body[0], body[(int(body[1])+1)*8:]
	}
	if next == 44 {
		p.Kind = "fragment"
		return
	}
	p.transport(next, body)
}

func (p *Packet) transport(proto byte, b []byte) {
	const tcp, udp = 6, 17
	if proto != tcp && proto != udp {
		names := map[byte]string{1: "icmp", 2: "igmp", 58: "icmpv6"}
		p.Kind = cmp.Or(names[proto], fmt.Sprintf("ip/%d", proto))
		return
	}
	if len(b) < 8 || proto == tcp && len(b) < 20 {
		p.Kind = "damaged"
		return
	}
	src, dst := binary.BigEndian.Uint16(b), binary.BigEndian.Uint16(b[2:])
	p.Src, p.Dst = netip.AddrPortFrom(p.Src.Addr(), src), netip.AddrPortFrom(p.Dst.Addr(), dst)
	port := min(src, dst) // the one that is not ephemeral
	if proto == udp {
		names := map[uint16]string{ssdpPort: "ssdp", mdnsPort: "mdns"}
		p.Kind, p.Data = cmp.Or(names[dst], names[src], fmt.Sprintf("udp/%d", port)), b[8:]
		return
	}
	if p.SYN = b[13]&0x12 == 0x02; p.SYN {
		port = dst
	}
	p.Kind, p.Data = fmt.Sprintf("tcp/%d", port), b
}

// Packets is what a capture saw, in order.
type Packets []Packet

// By returns the packets a host sent.
func (ps Packets) By(host string) Packets {
	return ps.where(func(p Packet) bool { return p.From == host })
}

// Kind returns the packets of the kinds; "tcp" and "udp" stand for every port.
func (ps Packets) Kind(kinds ...string) Packets {
	return ps.where(func(p Packet) bool {
		for _, k := range kinds {
			if p.Kind == k || strings.HasPrefix(p.Kind, k+"/") || k == "udp" && (p.Kind == "ssdp" || p.Kind == "mdns") {
				return true
			}
		}
		return false
	})
}

// Outside returns the packets that are neither multicast nor for an address on
// the link: in one of the subnets, or link-local.
func (ps Packets) Outside(subnets ...netip.Prefix) Packets {
	return ps.where(func(p Packet) bool {
		switch a := p.Dst.Addr(); {
		case !a.IsValid():
			return true // not IP at all: a surprise
		case a.IsMulticast(), a.IsLinkLocalUnicast(), a == netip.AddrFrom4([4]byte{255, 255, 255, 255}):
			return false
		default:
			return !within(a, subnets)
		}
	})
}

// Wandering returns the multicast packets that routers may forward: their group is
// not link-local and their time to live is not known to be small. Only 224.0.0.0/24,
// 239.255.0.0/16 (RFC 2365: local scope) and IPv6 scopes up to site-local stay home.
func (ps Packets) Wandering() Packets {
	home := []netip.Prefix{netip.MustParsePrefix("224.0.0.0/24"), netip.MustParsePrefix("239.255.0.0/16")}
	return ps.where(func(p Packet) bool {
		switch a := p.Dst.Addr(); {
		case !a.IsMulticast():
			return false
		case a.Is6():
			return a.As16()[1]&15 > 5
		default:
			return !within(a, home)
		}
	})
}

func within(a netip.Addr, nets []netip.Prefix) bool {
	return slices.ContainsFunc(nets, func(p netip.Prefix) bool { return p.Contains(a) })
}

// Counts says how many packets of each kind there are, such as "arp 3, ssdp 24".
func (ps Packets) Counts() string {
	counts := map[string]int{}
	for _, p := range ps {
		counts[p.Kind]++
	}
	kinds := slices.Sorted(maps.Keys(counts))
	for i, k := range kinds {
		kinds[i] = fmt.Sprintf("%s %d", k, counts[k])
	}
	return strings.Join(kinds, ", ")
}

func (ps Packets) where(keep func(Packet) bool) Packets {
	var out Packets
	for _, p := range ps {
		if keep(p) {
			out = append(out, p)
		}
	}
	return out
}
