package lab_test

import (
	"net"
	"net/netip"
	"os"
	"testing"
	"time"

	"houdbaar/internal/lab"
)

func TestAHostHearsTheClientAndAnswers(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		h := n.Host("echo", 11, "00:40:8c:00:00:11")
		var echo *net.UDPConn
		err := h.Do(func() (err error) {
			echo, err = net.ListenUDP("udp4", &net.UDPAddr{Port: 7})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		defer echo.Close()
		go func() {
			b := make([]byte, 100)
			for {
				k, from, err := echo.ReadFromUDPAddrPort(b)
				if err != nil {
					return
				}
				echo.WriteToUDPAddrPort(b[:k], from)
			}
		}()
		c, err := net.Dial("udp4", "10.77.0.11:7")
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		c.SetDeadline(time.Now().Add(5 * time.Second))
		if _, err := c.Write([]byte("hello")); err != nil {
			t.Fatal(err)
		}
		b := make([]byte, 100)
		k, err := c.Read(b)
		if err != nil || string(b[:k]) != "hello" {
			t.Errorf("the host answered %q, %v; want hello", b[:k], err)
		}
	})
}

func TestTheClientHasNoOtherNetworkThanTheBridge(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		ifs, err := net.Interfaces()
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range ifs {
			if i.Name != "lo" && i.Name != "eth0" {
				t.Errorf("the client has interface %s; want only lo and eth0", i.Name)
			}
		}
		if len(ifs) != 2 {
			t.Errorf("the client has %d interfaces; want 2", len(ifs))
		}
		conf, err := os.ReadFile("/etc/resolv.conf")
		if err == nil && string(conf) != "nameserver 10.77.0.1\n" {
			t.Errorf("names would be looked up at %q", conf)
		}
		if !lab.Subnet.Contains(lab.ClientAddr) || !lab.Subnet.Contains(netip.MustParseAddr("10.77.0.11")) {
			t.Error("the subnet does not hold its hosts")
		}
	})
}
