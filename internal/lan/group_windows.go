package lan

import (
	"net"
	"net/netip"

	"golang.org/x/sys/windows"
)

// listenGroup cannot bind a group's address on Windows, and a second wildcard
// socket on the port would take datagrams away from the system's own service.
func listenGroup(Interface, netip.AddrPort) (net.PacketConn, error) { return nil, ErrPlatform }

// shared leaves a port to one socket: sharing would take datagrams away from another program.
func shared(uintptr) error { return nil }

// errNoAddress is what the system says of an address that is not, or not yet, its own;
// syscall.EADDRNOTAVAIL is a number of Go's own there.
const errNoAddress = windows.WSAEADDRNOTAVAIL

// namesInterface is not tried on these systems; what would leave by another way is refused.
const namesInterface = false

func bindTo(uintptr, Interface) error { return ErrPlatform }
