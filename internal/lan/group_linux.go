package lan

import "golang.org/x/sys/unix"

// ownGroupsOnly keeps a socket from hearing what other programs joined on other
// interfaces (ip(7), IP_MULTICAST_ALL).
func ownGroupsOnly(fd, family int) {
	if family == unix.AF_INET6 {
		unix.SetsockoptInt(fd, unix.IPPROTO_IPV6, unix.IPV6_MULTICAST_ALL, 0)
		return
	}
	unix.SetsockoptInt(fd, unix.IPPROTO_IP, unix.IP_MULTICAST_ALL, 0)
}
