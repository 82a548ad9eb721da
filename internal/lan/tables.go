package lan

import (
	"net"
	"net/netip"
	"slices"

	"github.com/gopacket/gopacket/macs"
)

// A Gateway is a default gateway: where packets for elsewhere go.
type Gateway struct {
	Interface string
	Addr      netip.Addr // with zone for link-local IPv6
	Metric    int        // the smaller is preferred
}

// A Neighbour is an entry of the system's ARP or NDP table.
type Neighbour struct {
	Interface string
	Addr      netip.Addr // with zone for link-local IPv6
	MAC       string     // "aa:bb:cc:dd:ee:ff"
}

// zoned gives a link-local IPv6 address its interface.
func zoned(a netip.Addr, name string) netip.Addr {
	if a.Is6() && !a.Is4In6() && a.IsLinkLocalUnicast() {
		return a.WithZone(name)
	}
	return a.Unmap()
}

func interfaceNames() map[int]string {
	names := map[int]string{}
	list, _ := net.Interfaces()
	for _, i := range list {
		names[i.Index] = i.Name
	}
	return names
}

// IsGateway reports whether an address is a default gateway's.
func IsGateway(a netip.Addr) bool {
	gateways, _ := Gateways()
	return slices.ContainsFunc(gateways, func(g Gateway) bool { return g.Addr == a })
}

// IsNeighbour reports whether the neighbour table knows who has an address.
func IsNeighbour(a netip.Addr) bool {
	table, _ := Neighbours()
	return slices.ContainsFunc(table, func(n Neighbour) bool { return n.Addr == a })
}

// SameBox reports whether the neighbour table gives both addresses the same MAC.
func SameBox(a, b netip.Addr) bool {
	table, _ := Neighbours()
	mac := map[netip.Addr]string{}
	for _, n := range table {
		mac[n.Addr] = n.MAC
	}
	return mac[a] != "" && mac[a] == mac[b]
}

// Maker returns to whom the IEEE gave the first half of a hardware address, as the
// IEEE writes it: who made the network part, and often, not always, the device.
// It is "" for an address that is locally administered, of which nobody gave out
// anything, and for one that is unknown. The list is the one in gopacket,
// taken from standards-oui.ieee.org; blocks smaller than 24 bits are not in it.
func Maker(mac string) string {
	m, err := net.ParseMAC(mac)
	if err != nil || !validMAC(m) || m[0]&2 != 0 {
		return ""
	}
	if owner := macs.ValidMACPrefixMap[[3]byte(m[:3])]; owner != "IEEE Registration Authority" && owner != "Private" {
		return owner
	}
	return ""
}
