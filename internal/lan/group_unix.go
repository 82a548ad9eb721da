//go:build unix

package lan

import (
	"net"
	"net/netip"
	"os"
	"runtime"

	"golang.org/x/net/ipv4"
	"golang.org/x/net/ipv6"
	"golang.org/x/sys/unix"
)

// listenGroup binds the group's own address and port and joins it on ifi. The
// net package always binds the wildcard, and then the newest wildcard socket on
// a port takes the unicast datagrams away from a running Avahi or Bonjour.
func listenGroup(ifi Interface, group netip.AddrPort) (net.PacketConn, error) {
	family := unix.AF_INET
	var addr unix.Sockaddr = &unix.SockaddrInet4{Port: int(group.Port()), Addr: [4]byte(group.Addr().AsSlice()[:4])}
	if group.Addr().Is6() {
		family = unix.AF_INET6
		addr = &unix.SockaddrInet6{Port: int(group.Port()), Addr: group.Addr().As16(), ZoneId: uint32(ifi.Index)}
	}
	fd, err := unix.Socket(family, unix.SOCK_DGRAM, 0)
	if err != nil {
		return nil, os.NewSyscallError("socket", err)
	}
	unix.CloseOnExec(fd)
	// Others may have the same group and port. Not with SO_REUSEPORT on Linux: it then gives
	// each datagram to one of the sockets, whichever interface it came in on, and two
	// interfaces each hear half. Other systems want both options.
	shared(uintptr(fd))
	if runtime.GOOS != "linux" {
		unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEPORT, 1)
	}
	if family == unix.AF_INET6 {
		unix.SetsockoptInt(fd, unix.IPPROTO_IPV6, unix.IPV6_V6ONLY, 1)
	}
	ownGroupsOnly(fd, family)
	err = unix.Bind(fd, addr)
	if err == unix.EADDRINUSE { // somebody shares it by the other option alone
		unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEPORT, 1)
		err = unix.Bind(fd, addr)
	}
	if err != nil {
		unix.Close(fd)
		return nil, os.NewSyscallError("bind", err)
	}
	f := os.NewFile(uintptr(fd), "group")
	conn, err := net.FilePacketConn(f) // a copy of fd, non-blocking
	f.Close()
	if err != nil {
		return nil, err
	}
	sys := &net.Interface{Index: ifi.Index, Name: ifi.Name}
	if family == unix.AF_INET6 {
		err = ipv6.NewPacketConn(conn).JoinGroup(sys, &net.UDPAddr{IP: group.Addr().AsSlice()})
	} else {
		err = ipv4.NewPacketConn(conn).JoinGroup(sys, &net.UDPAddr{IP: group.Addr().AsSlice()})
	}
	if err != nil {
		conn.Close()
		return nil, err
	}
	return conn, nil
}

// shared lets several sockets of ours have one port.
func shared(fd uintptr) error {
	return os.NewSyscallError("SO_REUSEADDR", unix.SetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_REUSEADDR, 1))
}

// errNoAddress is what the system says of an address that is not, or not yet, its own.
const errNoAddress = unix.EADDRNOTAVAIL
