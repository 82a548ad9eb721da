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
