package lan

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"time"

	"golang.org/x/net/ipv4"
)

// The self-test: this many questions, and this long for the last to be heard.
const (
	selfTests = 3
	selfGap   = 50 * time.Millisecond
	selfWait  = 400 * time.Millisecond
)

// selfGroup is where the self-test goes; with a time to live of 0 it never leaves
// this computer (RFC 1112, section 6.1).
var selfGroup = net.IPv4(239, 255, 255, 250)

// SelfTest sends a few datagrams on ifi to a responder of its own, on a port that the
// system chooses, in such a way that they come back in through the interface as a
// device's answer would, but never leave this computer. It returns how many were sent
// and heard. Heard none of those sent: a firewall on this computer takes them.
func (n *Network) SelfTest(ctx context.Context, ifi Interface) (sent, heard int) {
	sources := ifi.Sources(false)
	if len(sources) == 0 {
		return 0, 0
	}
	in, err := net.ListenMulticastUDP("udp4", &net.Interface{Index: ifi.Index, Name: ifi.Name}, &net.UDPAddr{IP: selfGroup})
	if err != nil {
		return 0, 0
	}
	defer in.Close()
	// Go has switched it off; on Windows it is the socket that hears which decides.
	if ipv4.NewPacketConn(in).SetMulticastLoopback(true) != nil {
		return 0, 0
	}
	out, err := net.ListenPacket("udp4", netip.AddrPortFrom(sources[0], 0).String())
	if err != nil {
		return 0, 0
	}
	defer out.Close()
	p := ipv4.NewPacketConn(out)
	if errors.Join(p.SetMulticastInterface(&net.Interface{Index: ifi.Index, Name: ifi.Name}), p.SetMulticastTTL(0), p.SetMulticastLoopback(true)) != nil {
		return 0, 0
	}
	port := in.LocalAddr().(*net.UDPAddr).Port
	for i := range selfTests {
		if _, err := out.WriteTo([]byte("Houdbaar"), &net.UDPAddr{IP: selfGroup, Port: port}); err != nil {
			continue
		}
		sent++
		if i < selfTests-1 {
			time.Sleep(selfGap)
		}
	}
	in.SetReadDeadline(time.Now().Add(selfWait))
	defer context.AfterFunc(ctx, func() { in.SetReadDeadline(time.Unix(1, 0)) })()
	buf := make([]byte, 64)
	for heard < sent {
		k, from, err := in.ReadFromUDPAddrPort(buf)
		if err != nil {
			break
		}
		if from.Addr().Unmap() == sources[0] && string(buf[:k]) == "Houdbaar" {
			heard++
		}
	}
	return sent, heard
}
