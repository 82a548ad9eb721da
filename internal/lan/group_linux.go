package lan

import (
	"os"

	"golang.org/x/sys/unix"
)

// ownGroupsOnly keeps a socket from hearing what other programs joined on other
// interfaces (ip(7), IP_MULTICAST_ALL).
func ownGroupsOnly(fd, family int) {
	if family == unix.AF_INET6 {
		unix.SetsockoptInt(fd, unix.IPPROTO_IPV6, unix.IPV6_MULTICAST_ALL, 0)
		return
	}
	unix.SetsockoptInt(fd, unix.IPPROTO_IP, unix.IP_MULTICAST_ALL, 0)
}

// namesInterface says that a datagram can name the interface by which it leaves (ip(7),
// IP_PKTINFO), also one to a single address.
const namesInterface = true

// bindTo keeps a socket to an interface. Systems before Linux 5.7 refuse that to users.
func bindTo(fd uintptr, ifi Interface) error {
	return os.NewSyscallError("SO_BINDTODEVICE", unix.SetsockoptString(int(fd), unix.SOL_SOCKET, unix.SO_BINDTODEVICE, ifi.Name))
}
