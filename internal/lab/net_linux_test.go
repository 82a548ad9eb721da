package lab_test

import (
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/miekg/dns"
	"golang.org/x/sys/unix"

	"houdbaar/internal/lab"
)

func must(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func TestAHostHearsTheClientAndAnswers(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		h := n.Host("echo", 11, "00:40:8c:00:00:11")
		var echo *net.UDPConn
		h.Do(func() (err error) {
			echo, err = net.ListenUDP("udp4", &net.UDPAddr{Port: 7})
			return err
		})
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
		must(t, err)
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
		must(t, err)
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
		n.Degrade()
		ip, err := exec.LookPath("ip")
		must(t, err)
		lock, err := os.Open(ip)
		must(t, err)
		defer lock.Close()
		if err := unix.Flock(int(lock.Fd()), unix.LOCK_SH|unix.LOCK_NB); err != unix.EWOULDBLOCK {
			t.Errorf("another network could be made meanwhile: %v", err)
		}
		var udp *net.UDPConn
		var tcp net.Listener
		h.Do(func() (err error) {
			if udp, err = net.ListenUDP("udp4", &net.UDPAddr{Port: 7}); err != nil {
				return err
			}
			tcp, err = net.Listen("tcp4", ":80")
			return err
		})
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
		must(t, err)
		// Two exchanges (ARP, then SYN), each there and back.
		if took := time.Since(began); took < 120*time.Millisecond {
			t.Errorf("a connection took %v where each way takes 30 ms", took)
		}
		got, err := io.Copy(io.Discard, c)
		if err != nil || got != size {
			t.Errorf("TCP carried %d bytes, %v; want %d", got, err, size)
		}

		capture := n.Capture()
		s, err := net.Dial("udp4", "10.77.0.11:7")
		must(t, err)
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
		// 90 %: 180, with a standard deviation of 4.
		if heard < 162 || heard > 196 {
			t.Errorf("%d of %d packets arrived; want about 180", heard, sent)
		}
		if got := len(capture.Stop().By("client").Kind("udp/7")); got != sent {
			t.Errorf("the capture heard %d packets sent; want %d", got, sent)
		}
	})
}

// TestADeviceRestsASecondBeforeItMulticastsTheSame: an asker that asks all the time is
// answered once a second, as RFC 6762, section 6, has it.
func TestADeviceRestsASecondBeforeItMulticastsTheSame(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		s, err := lab.Read("recordings/hp-officejet-pro-8210")
		must(t, err)
		printer := n.Play(11, "", s, lab.Quirks{})
		group := &net.UDPAddr{IP: net.IPv4(224, 0, 0, 251), Port: 5353}
		eth0, err := net.InterfaceByName("eth0")
		must(t, err)
		c, err := net.ListenMulticastUDP("udp4", eth0, group)
		must(t, err)
		defer c.Close()
		question, err := new(dns.Msg).SetQuestion("_ipp._tcp.local.", dns.TypePTR).Pack()
		must(t, err)
		var answered []time.Time
		b := make([]byte, 9000)
		asked := 0
		for end := time.Now().Add(10 * time.Second); len(answered) < 3 && time.Now().Before(end); asked++ {
			c.WriteToUDP(question, group)
			c.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
			for {
				_, from, err := c.ReadFromUDPAddrPort(b)
				if err != nil {
					break
				}
				if from.Addr().Unmap() == printer.Addr {
					answered = append(answered, time.Now())
				}
			}
		}
		if len(answered) < 3 || asked < 10 {
			t.Fatalf("%d answers to %d questions", len(answered), asked)
		}
		for i, at := range answered[1:] {
			if rest := at.Sub(answered[i]); rest < 950*time.Millisecond {
				t.Errorf("answered again after %v", rest)
			}
		}
	})
}
