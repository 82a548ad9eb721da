package lan

import "golang.org/x/sys/windows"

// shared leaves a port to one socket: on Windows sharing would take datagrams away
// from another program.
func shared(uintptr) error { return nil }

// errNoAddress is what the system says of an address that is not, or not yet, its own;
// syscall.EADDRNOTAVAIL is a number of Go's own there.
const errNoAddress = windows.WSAEADDRNOTAVAIL
