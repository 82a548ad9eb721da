package lan

import (
	"errors"
	"net"
	"net/netip"
	"os"
	"regexp"
	"slices"
	"strings"
)

// An Interface is a network interface of this computer.
type Interface struct {
	Name     string
	Index    int
	Prefixes []netip.Prefix // its addresses with their prefix lengths, as the system lists them
	Why      string         // why it is not used: "", or a code as in scan.Interface.Why
	Chosen   bool           // a person named it

	up, multicast, loopback bool
	leadsAway               bool // a point-to-point line, or a program on this computer is at the other end
	carrier                 bool // a cable is in, or Wi-Fi is joined, as far as the system tells
	settling                bool // it cannot ask by IPv6 yet
	count                   *counters
}

// Used reports whether the interface is used.
func (i Interface) Used() bool { return i.Why == "" }

// Sent returns how many packets were sent on it.
func (i Interface) Sent() int { return int(i.count.sent.Load()) }

// Heard returns how many packets were received on it.
func (i Interface) Heard() int { return int(i.count.heard.Load()) }

// Replies returns how many datagrams came to our own ports in answer to questions that
// went to everybody: what a firewall that blocks this program keeps out first.
func (i Interface) Replies() int { return int(i.count.replies.Load()) }

// Sources returns the addresses to ask from: for IPv4 one in each subnet (at
// most three; a self-given 169.254 address only when there is no other), for
// IPv6 the link-local one, once the system lets programs use it.
func (i Interface) Sources(v6 bool) []netip.Addr {
	var out, selfGiven []netip.Addr
	var subnets []netip.Prefix
	for _, p := range i.Prefixes {
		a := p.Addr()
		switch {
		case v6 && i.settling:
			return nil
		case v6 && a.Is6() && a.IsLinkLocalUnicast():
			return []netip.Addr{a.WithZone(i.Name)}
		case v6 && i.loopback && a.Is6():
			return []netip.Addr{a}
		case v6 || a.Is6() || slices.Contains(subnets, p.Masked()):
		case a.IsLinkLocalUnicast():
			selfGiven = append(selfGiven, a)
		case len(out) < 3:
			subnets = append(subnets, p.Masked())
			out = append(out, a)
		}
	}
	if len(out) == 0 && len(selfGiven) > 0 {
		return selfGiven[:1]
	}
	return out
}

func (i Interface) has6() bool { return len(i.Sources(true)) > 0 }

// settles reports whether the address to ask from by IPv6 is not to be used yet: for up
// to two seconds after a network is joined the system asks whether somebody else has it
// (RFC 4862, section 5.4), and for good where somebody does.
func (i Interface) settles() bool {
	sources := i.Sources(true)
	if len(sources) == 0 {
		return false
	}
	conn, err := net.ListenPacket("udp6", netip.AddrPortFrom(sources[0], 0).String())
	if err == nil {
		conn.Close()
	}
	return errors.Is(err, errNoAddress)
}

// systemInterfaces asks the system for its interfaces and their addresses. An
// interface that vanishes meanwhile is listed without addresses.
func systemInterfaces() ([]Interface, error) {
	list, err := net.Interfaces()
	if err != nil {
		return nil, err
	}
	var out []Interface
	for _, n := range list {
		i := Interface{
			Name: n.Name, Index: n.Index,
			up: n.Flags&net.FlagUp != 0, multicast: n.Flags&net.FlagMulticast != 0,
			leadsAway: n.Flags&net.FlagPointToPoint != 0 || byProgram(n.Name), loopback: n.Flags&net.FlagLoopback != 0,
			carrier: n.Flags&net.FlagRunning != 0,
		}
		addrs, _ := n.Addrs()
		for _, a := range addrs {
			if ipn, ok := a.(*net.IPNet); ok {
				addr, ok := netip.AddrFromSlice(ipn.IP)
				ones, _ := ipn.Mask.Size()
				if ok {
					i.Prefixes = append(i.Prefixes, netip.PrefixFrom(addr.Unmap(), ones))
				}
			}
		}
		out = append(out, i)
	}
	return out, nil
}

// byProgram reports whether a program on this computer is at the other end of an interface,
// as a VPN's is whatever it is called (Linux, TUN and TAP).
func byProgram(name string) bool {
	_, err := os.Stat("/sys/class/net/" + name + "/tun_flags")
	return err == nil
}

// wantsSameWay reports whether the system takes IPv4 packets on an interface only from where
// it would send through that interface itself (Linux). Of the setting for all and its own the
// higher counts, but 2 is the milder one (Documentation/networking/ip-sysctl.rst, rp_filter).
func wantsSameWay(name string) bool {
	highest := ""
	for _, of := range []string{"all", name} {
		b, _ := os.ReadFile("/proc/sys/net/ipv4/conf/" + of + "/rp_filter")
		highest = max(highest, strings.TrimSpace(string(b)))
	}
	return highest == "1"
}

// tunnels and containers are names by which systems and well-known programs call
// interfaces that lead somewhere else than the home: virtual private networks,
// and bridges to virtual machines and containers on this very computer. Apple's
// peer-to-peer radio links (awdl, llw) count as tunnels: no router is on them.
var (
	tunnels    = regexp.MustCompile(`(?i)^(tun|tap|wg|ppp|utun|ipsec|gre|gretap|sit|ip6tnl|ipip|vti|he-ipv6|tailscale|nordlynx|proton|mullvad|nebula|awdl|llw|gif|stf|teredo|isatap|6to4)([^a-z].*)?$|^zt[0-9a-z]{8}|wireguard|openvpn|tap-windows|zerotier|tailscale|wintun`)
	containers = regexp.MustCompile(`(?i)^(docker[0-9_]|docker_gwbridge|br-|veth|virbr|vnet[0-9]|vmnet|vboxnet|cni|podman|lxcbr|lxdbr|incusbr|flannel|cali|cilium|kube-|weave|waydroid|bridge1[0-9][0-9]$|vEthernet)|virtualbox|vmware`)
)

// why says why an interface is not used, "" when it is. A bridge with a
// container's name that carries the default route is the home network after all
// (br-lan; vEthernet on a Hyper-V host); a tunnel that does is still a tunnel.
func why(i Interface, o Options, isWayOut bool) string {
	chosen := slices.Contains(o.Interfaces, i.Name)
	switch {
	case i.loopback && !o.Loopback:
		return "loopback"
	case len(o.Interfaces) > 0 && !chosen, o.Loopback && !i.loopback:
		return "not_chosen"
	case !i.up:
		return "down"
	case i.loopback:
		return ""
	case !chosen && containers.MatchString(i.Name) && !isWayOut:
		return "container"
	case !chosen && (i.leadsAway || tunnels.MatchString(i.Name)):
		return "tunnel"
	case len(i.Sources(false)) == 0 && !i.has6():
		return "no_address"
	case !i.multicast:
		return "no_multicast"
	}
	return ""
}

// validMAC wants a single station: six bytes, not all zero, no group bit.
func validMAC(m net.HardwareAddr) bool {
	return len(m) == 6 && !slices.Equal(m, make(net.HardwareAddr, 6)) && m[0]&1 == 0
}
