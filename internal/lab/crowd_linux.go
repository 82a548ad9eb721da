package lab

import (
	"bytes"
	"fmt"
	"net"
	"net/netip"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"
)

// Crowd makes the home a network of 10.77.0.0/16 and plugs in one host at octet 66 that
// answers a search in the names of so many devices, each of which is there to be asked. At
// most 16,384 fit. It returns how many replies were sent so far.
func (n *Net) Crowd(devices int) (replied func() int) {
	n.t.Helper()
	n.Client.IP(fmt.Sprintf("addr add %s/16 dev eth0", ClientAddr), fmt.Sprintf("addr del %s/24 dev eth0", ClientAddr))
	many := n.Host("many", 66, "")
	var c crowd
	many.IP("addr add 10.77.0.66/16 dev eth0", "addr del 10.77.0.66/24 dev eth0", "route add local 10.77.64.0/18 dev lo")
	many.Do(c.open)
	n.t.Cleanup(func() { c.search.Close(); c.web.Close(); c.out.Close() })
	go c.reply(devices)
	go c.serve()
	return func() int { return int(c.replied.Load()) }
}

type crowd struct {
	search  *net.UDPConn
	out     *net.UDPConn
	web     net.Listener
	replied atomic.Int64
}

func (c *crowd) open() error {
	eth0, err := net.InterfaceByName("eth0")
	if err != nil {
		return err
	}
	if c.search, err = net.ListenMulticastUDP("udp4", eth0, net.UDPAddrFromAddrPort(searchers[0])); err != nil {
		return err
	}
	if c.web, err = net.Listen("tcp4", "0.0.0.0:5000"); err != nil {
		return err
	}
	c.out, err = net.ListenUDP("udp4", &net.UDPAddr{Port: 1901})
	return err
}

// reply answers every search, each time in all names.
func (c *crowd) reply(devices int) {
	for b := make([]byte, 2048); ; {
		k, to, err := c.search.ReadFromUDPAddrPort(b)
		if err != nil {
			return
		}
		if !bytes.HasPrefix(b[:k], []byte("M-SEARCH")) {
			continue
		}
		for i := range devices {
			src := netip.AddrFrom4([4]byte{10, 77, byte(64 + i>>8), byte(i)})
			oob := unix.PktInfo4(&unix.Inet4Pktinfo{Spec_dst: src.As4()})
			reply := SSDPReply(fmt.Sprintf("44444444-0000-4000-8000-%012d", i), fmt.Sprintf("http://%s:5000/d.xml", src))
			c.out.WriteMsgUDPAddrPort(reply, oob, netip.AddrPortFrom(to.Addr().Unmap(), to.Port()))
			c.replied.Add(1)
		}
	}
}

func (c *crowd) serve() {
	for {
		conn, err := c.web.Accept()
		if err != nil {
			return
		}
		go func() {
			defer conn.Close()
			conn.SetDeadline(time.Now().Add(5 * time.Second))
			conn.Read(make([]byte, 2048))
			fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\n\r\n<root><device><friendlyName>Many</friendlyName><manufacturer>Invented</manufacturer><modelName>Many %s</modelName></device></root>", conn.LocalAddr())
		}()
	}
}
