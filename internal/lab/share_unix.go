//go:build unix

package lab

import "golang.org/x/sys/unix"

// share lets several devices, and other programs, have the same UDP port.
func share(fd uintptr) {
	unix.SetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_REUSEADDR, 1)
	unix.SetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_REUSEPORT, 1)
	// A limited broadcast (Kasa, MNDP) reaches a wildcard socket without more.
}
