//go:build unix

package lan

import (
	"os"

	"golang.org/x/sys/unix"
)

// shared lets several sockets of ours have one port.
func shared(fd uintptr) error {
	return os.NewSyscallError("SO_REUSEADDR", unix.SetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_REUSEADDR, 1))
}

// errNoAddress is what the system says of an address that is not, or not yet, its own.
const errNoAddress = unix.EADDRNOTAVAIL
