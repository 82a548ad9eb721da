//go:build unix && !linux

package lan

import "golang.org/x/sys/unix"

// shareGroup lets others bind the same group and port; these systems want both options.
func shareGroup(fd int) {
	unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEADDR, 1)
	unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEPORT, 1)
}

// ownGroupsOnly is how these systems behave anyway.
func ownGroupsOnly(fd, family int) {}
