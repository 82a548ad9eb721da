package lan

import "golang.org/x/sys/unix"

// shareGroup lets others bind the same group and port. Not with SO_REUSEPORT: then
// Linux gives each datagram to one of the sockets, whichever interface it came in
// on, and two interfaces each hear half.
func shareGroup(fd int) { unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEADDR, 1) }

// ownGroupsOnly keeps a socket from hearing what other programs joined on other
// interfaces (ip(7), IP_MULTICAST_ALL).
func ownGroupsOnly(fd, family int) {
	if family == unix.AF_INET6 {
		unix.SetsockoptInt(fd, unix.IPPROTO_IPV6, unix.IPV6_MULTICAST_ALL, 0)
		return
	}
	unix.SetsockoptInt(fd, unix.IPPROTO_IP, unix.IP_MULTICAST_ALL, 0)
}
