package lan

import (
	"net"
	"net/netip"
	"os"

	"golang.org/x/net/route"
	"golang.org/x/sys/unix"
)

// Gateways reads the default gateways from the routing table (sysctl NET_RT_DUMP).
func Gateways() ([]Gateway, error) {
	msgs, err := dump(route.RIBTypeRoute, 0)
	if err != nil {
		return nil, err
	}
	names := interfaceNames()
	var out []Gateway
	for _, m := range msgs {
		r, ok := m.(*route.RouteMessage)
		if !ok || r.Flags&unix.RTF_UP == 0 || r.Flags&unix.RTF_GATEWAY == 0 || r.Flags&unix.RTF_HOST != 0 || len(r.Addrs) <= unix.RTAX_NETMASK {
			continue
		}
		dst, hop := routeAddr(r.Addrs[unix.RTAX_DST]), routeAddr(r.Addrs[unix.RTAX_GATEWAY])
		if mask := routeAddr(r.Addrs[unix.RTAX_NETMASK]); !dst.IsUnspecified() || mask.IsValid() && !mask.IsUnspecified() {
			continue
		}
		if name := names[r.Index]; hop.IsValid() && !hop.IsUnspecified() && name != "" {
			out = append(out, Gateway{Interface: name, Addr: zoned(hop.WithZone(""), name)})
		}
	}
	return out, nil
}

// Neighbours reads the routes that carry a link-layer address, which is how
// Darwin keeps its ARP and NDP tables.
func Neighbours() ([]Neighbour, error) {
	msgs, err := dump(route.RIBType(unix.NET_RT_FLAGS), unix.RTF_LLINFO)
	if err != nil {
		return nil, err
	}
	names := interfaceNames()
	var out []Neighbour
	for _, m := range msgs {
		r, ok := m.(*route.RouteMessage)
		if !ok || len(r.Addrs) <= unix.RTAX_GATEWAY {
			continue
		}
		link, ok := r.Addrs[unix.RTAX_GATEWAY].(*route.LinkAddr)
		if !ok || !validMAC(link.Addr) {
			continue
		}
		a := routeAddr(r.Addrs[unix.RTAX_DST])
		if name := names[r.Index]; a.IsValid() && !a.IsMulticast() && name != "" {
			out = append(out, Neighbour{Interface: name, Addr: zoned(a.WithZone(""), name), MAC: net.HardwareAddr(link.Addr).String()})
		}
	}
	return out, nil
}

func dump(kind route.RIBType, arg int) ([]route.Message, error) {
	raw, err := route.FetchRIB(unix.AF_UNSPEC, kind, arg)
	if err != nil {
		return nil, os.NewSyscallError("route", err)
	}
	return route.ParseRIB(kind, raw)
}

func routeAddr(a route.Addr) netip.Addr {
	switch a := a.(type) {
	case *route.Inet4Addr:
		return netip.AddrFrom4(a.IP)
	case *route.Inet6Addr:
		return netip.AddrFrom16(a.IP)
	}
	return netip.Addr{}
}

func interfaceNames() map[int]string {
	names := map[int]string{}
	list, _ := net.Interfaces()
	for _, i := range list {
		names[i.Index] = i.Name
	}
	return names
}
