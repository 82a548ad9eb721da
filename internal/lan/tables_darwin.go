package lan

import (
	"os"

	"golang.org/x/net/route"
	"golang.org/x/sys/unix"
)

// Gateways reads the default gateways from the routing table (sysctl NET_RT_DUMP).
func Gateways() ([]Gateway, error) {
	routes, err := dump(route.RIBTypeRoute, 0)
	return ribGateways(routes, interfaceNames()), err
}

// Neighbours reads the routes that carry a link-layer address, which is how
// Darwin keeps its ARP and NDP tables.
func Neighbours() ([]Neighbour, error) {
	routes, err := dump(route.RIBType(unix.NET_RT_FLAGS), unix.RTF_LLINFO)
	return ribNeighbours(routes, interfaceNames()), err
}

func dump(kind route.RIBType, arg int) ([]ribRoute, error) {
	raw, err := route.FetchRIB(unix.AF_UNSPEC, kind, arg)
	if err != nil {
		return nil, os.NewSyscallError("route", err)
	}
	return readRIB(raw), nil
}
