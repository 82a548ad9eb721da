package lan

import (
	"net"
	"net/netip"
	"slices"
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

// interfaceNames returns the names of this computer's interfaces by their index.
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
	macs := map[netip.Addr]string{}
	for _, n := range table {
		macs[n.Addr] = n.MAC
	}
	return macs[a] != "" && macs[a] == macs[b]
}
