package lab_test

import (
	"io"
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

func TestADegradedWireLosesAndDelaysButStillCarriesTCP(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		h := n.Host("listener", 11, "")
		n.Degrade(lab.Link{Loss: 10, Delay: 30 * time.Millisecond})
		var udp *net.UDPConn
		var tcp net.Listener
		err := h.Do(func() (err error) {
			if udp, err = net.ListenUDP("udp4", &net.UDPAddr{Port: 7}); err != nil {
				return err
			}
			tcp, err = net.Listen("tcp4", ":80")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		defer udp.Close()
		defer tcp.Close()
		const size = 20_000
		go func() {
			c, err := tcp.Accept()
			if err == nil {
				c.Write(make([]byte, size))
				c.Close()
			}
		}()
		began := time.Now()
		c, err := net.Dial("tcp4", "10.77.0.11:80")
		if err != nil {
			t.Fatal(err)
		}
		// Two exchanges (ARP, then SYN), each over two wires and back.
		if took := time.Since(began); took < 120*time.Millisecond {
			t.Errorf("a connection took %v over wires of 30 ms", took)
		}
		got, err := io.Copy(io.Discard, c)
		if err != nil || got != size {
			t.Errorf("TCP carried %d bytes, %v; want %d", got, err, size)
		}

		capture := n.Capture()
		s, err := net.Dial("udp4", "10.77.0.11:7")
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		const sent = 200
		for range sent { // in a burst: all that arrives has arrived after a second
			s.Write([]byte("x"))
		}

		udp.SetReadDeadline(time.Now().Add(time.Second))
		heard := 0
		for b := make([]byte, 10); ; heard++ {
			if _, _, err := udp.ReadFromUDP(b); err != nil {
				break
			}
		}
		// Two wires of 10 % leave 81 %: 162, with a standard deviation of 6.
		if heard < 135 || heard > 189 {
			t.Errorf("%d of %d packets arrived; want about 162", heard, sent)
		}
		if got := len(capture.Stop().By("client").Kind("udp/7")); got != sent {
			t.Errorf("the capture heard %d packets sent; want %d", got, sent)
		}
	})
}
