package lan

import (
	"net"
	"net/netip"
)

// listenGroup cannot bind a group's address on Windows, and a second wildcard
// socket on the port would take datagrams away from the system's own service.
func listenGroup(Interface, netip.AddrPort) (net.PacketConn, error) { return nil, ErrPlatform }
