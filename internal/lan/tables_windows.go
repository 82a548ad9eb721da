package lan

import (
	"net"
	"net/netip"
	"os"
	"slices"
	"unsafe"

	"golang.org/x/sys/windows"
)

// Gateways reads the default gateways with GetIpForwardTable2 of iphlpapi.dll.
func Gateways() ([]Gateway, error) {
	var table *windows.MibIpForwardTable2
	if err := windows.GetIpForwardTable2(windows.AF_UNSPEC, &table); err != nil {
		return nil, os.NewSyscallError("GetIpForwardTable2", err)
	}
	defer windows.FreeMibTable(unsafe.Pointer(table))
	names := interfaceNames()
	var out []Gateway
	for _, row := range table.Rows() {
		if row.DestinationPrefix.PrefixLength != 0 || row.Loopback != 0 {
			continue
		}
		hop := sockaddr(unsafe.Pointer(&row.NextHop))
		if name := names[int(row.InterfaceIndex)]; hop.IsValid() && !hop.IsUnspecified() && name != "" {
			out = append(out, Gateway{Interface: name, Addr: zoned(hop, name), Metric: int(row.Metric)})
		}
	}
	slices.SortStableFunc(out, func(a, b Gateway) int { return a.Metric - b.Metric })
	return out, nil
}

// ipNetRow is MIB_IPNET_ROW2 of netioapi.h, which x/sys does not have.
type ipNetRow struct {
	Address               windows.RawSockaddrInet6 // the SOCKADDR_INET union
	InterfaceIndex        uint32
	InterfaceLuid         uint64
	PhysicalAddress       [32]byte
	PhysicalAddressLength uint32
	State                 uint32 // NL_NEIGHBOR_STATE: 0 unreachable, 1 incomplete, 2 probe, 3 delay, 4 stale, 5 reachable, 6 permanent
	Flags                 uint8
	ReachabilityTime      uint32
}

// ipNetTable is MIB_IPNET_TABLE2.
type ipNetTable struct {
	NumEntries uint32
	Table      [1]ipNetRow
}

var getIPNetTable2 = windows.NewLazySystemDLL("iphlpapi.dll").NewProc("GetIpNetTable2")

// Neighbours reads the ARP and NDP tables with GetIpNetTable2 of iphlpapi.dll. One of
// them is enough: a system may be without IPv6.
func Neighbours() ([]Neighbour, error) {
	if err := getIPNetTable2.Find(); err != nil {
		return nil, err
	}
	names := interfaceNames()
	out, err4 := neighbours(windows.AF_INET, names)
	more, err6 := neighbours(windows.AF_INET6, names)
	if err4 != nil && err6 != nil {
		return nil, err4
	}
	return append(out, more...), nil
}

func neighbours(family uintptr, names map[int]string) ([]Neighbour, error) {
	var table *ipNetTable
	if rc, _, _ := getIPNetTable2.Call(family, uintptr(unsafe.Pointer(&table))); rc != 0 {
		return nil, os.NewSyscallError("GetIpNetTable2", windows.Errno(rc))
	}
	defer windows.FreeMibTable(unsafe.Pointer(table))
	var out []Neighbour
	for _, row := range unsafe.Slice(&table.Table[0], table.NumEntries) {
		if row.State < 2 || row.PhysicalAddressLength != 6 {
			continue
		}
		mac := net.HardwareAddr(slices.Clone(row.PhysicalAddress[:6]))
		a := sockaddr(unsafe.Pointer(&row.Address))
		if name := names[int(row.InterfaceIndex)]; a.IsValid() && !a.IsMulticast() && validMAC(mac) && name != "" {
			out = append(out, Neighbour{Interface: name, Addr: zoned(a, name), MAC: mac.String()})
		}
	}
	return out, nil
}

func sockaddr(p unsafe.Pointer) netip.Addr {
	switch (*windows.RawSockaddrInet6)(p).Family {
	case windows.AF_INET:
		return netip.AddrFrom4((*windows.RawSockaddrInet4)(p).Addr)
	case windows.AF_INET6:
		return netip.AddrFrom16((*windows.RawSockaddrInet6)(p).Addr)
	}
	return netip.Addr{}
}
