package lan_test

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"houdbaar/internal/lab"
	"houdbaar/internal/lan"
)

func must(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// hearing collects what a socket hears.
func hearing(t *testing.T, s *lan.Socket) <-chan string {
	t.Helper()
	heard := make(chan string, 100)
	t.Cleanup(func() { s.Close() })
	go func() {
		for {
			b, from, err := s.Receive()
			if err != nil {
				close(heard)
				return
			}
			heard <- from.Addr().String() + " " + string(b)
		}
	}()
	return heard
}

// next returns what is heard next, "" where nothing ever is.
func next(heard <-chan string) string {
	select {
	case s := <-heard:
		return s
	case <-time.After(time.Minute):
		return ""
	}
}

// shout sends a datagram from a host.
func shout(t *testing.T, h *lab.Host, to, text string) {
	t.Helper()
	h.Do(func() error {
		c, err := net.Dial("udp4", to)
		if err != nil {
			return err
		}
		defer c.Close()
		_, err = c.Write([]byte(text))
		return err
	})
}

// TestAskingByIPv6WaitsUntilTheAddressMayBeUsed takes the address anew, as joining a
// network does, and then one that a neighbour has, which may never be used.
func TestAskingByIPv6WaitsUntilTheAddressMayBeUsed(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		friend := n.Host("friend", 11, "")
		for what, c := range map[string]struct {
			addr netip.Addr
			want int
		}{"its own": {n.Client.LinkLocal(), 1}, "a neighbour's": {friend.LinkLocal(), 0}} {
			n.Client.IP("addr flush dev eth0 scope link", "addr add "+c.addr.String()+"/64 dev eth0")
			if conn, err := net.ListenPacket("udp6", "["+c.addr.String()+"%eth0]:0"); err == nil {
				conn.Close()
				t.Errorf("%s: the address may be used at once, so nothing is shown", what)
			}
			network, err := lan.Open(lan.Options{})
			must(t, err)
			used := network.Used()
			if len(used) != 1 || len(used[0].Sources(false)) != 1 {
				t.Fatalf("%s: interfaces %+v", what, used)
			}
			sources := used[0].Sources(true)
			if len(sources) != c.want {
				t.Errorf("%s: asks from %v", what, sources)
			}
			for _, source := range sources {
				s, err := network.Ask(used[0], source, 1)
				if err != nil {
					t.Fatalf("%s: %v", what, err)
				}
				s.Close()
			}
		}
	})
}

func TestASocketSpeaksAndHearsOnItsInterfaceAlone(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		friend := n.Host("friend", 11, "")
		other := n.Host("other", 77, "")
		anchor := exec.Command("sleep", "600")
		other.Start(anchor)
		n.Client.IP("link add eth1 type veth peer name eth9 netns "+strconv.Itoa(anchor.Process.Pid),
			"link set eth1 addrgenmode none", "addr add 10.78.0.100/24 dev eth1", "link set eth1 up")
		other.IP("link set eth0 down", "addr add 10.78.0.7/24 dev eth9", "link set eth9 up", "route add 224.0.0.0/4 dev eth9")
		network, err := lan.Open(lan.Options{})
		must(t, err)
		used := network.Used()
		if len(used) != 2 || used[0].Name != "eth0" || used[1].Name != "eth1" {
			t.Fatalf("interfaces %+v", used)
		}
		eth0, eth1 := used[0], used[1]
		joined0, err := network.Join(eth0, lan.MDNS4, 255)
		must(t, err)
		heard0 := hearing(t, joined0)
		joined1, err := network.Join(eth1, lan.MDNS4, 255)
		must(t, err)
		heard1 := hearing(t, joined1)

		// A link that has just come up drops packets for a moment.
		warm := func(h *lab.Host, heard <-chan string) {
			for range 50 {
				shout(t, h, "224.0.0.251:5353", "warm")
				select {
				case <-heard:
					return
				case <-time.After(100 * time.Millisecond):
				}
			}
			t.Fatalf("%s is not heard at all", h.Name)
		}
		warm(friend, heard0)
		warm(other, heard1)
		before0, before1 := eth0.Heard(), eth1.Heard()
		shout(t, friend, "224.0.0.251:5353", "from the home")
		shout(t, other, "224.0.0.251:5353", "from elsewhere")
		if got := next(heard0); got != "10.77.0.11 from the home" {
			t.Errorf("eth0 heard %q", got)
		}
		if got := next(heard1); got != "10.78.0.7 from elsewhere" {
			t.Errorf("eth1 heard %q", got)
		}
		// A group's socket never takes what is for this computer's own responder.
		shout(t, friend, "10.77.0.100:5353", "for the responder")
		// Somebody with an address that cannot be in this home is not heard.
		friend.IP("addr add 203.0.113.9/24 dev eth0")
		friend.Do(func() error {
			c, err := net.ListenPacket("udp4", "203.0.113.9:0")
			if err != nil {
				return err
			}
			defer c.Close()
			_, err = c.WriteTo([]byte("forged"), &net.UDPAddr{IP: net.IPv4(224, 0, 0, 251), Port: 5353})
			return err
		})
		shout(t, friend, "224.0.0.251:5353", string(make([]byte, 9001)))
		shout(t, friend, "224.0.0.251:5353", "last")
		if got := next(heard0); got != "10.77.0.11 last" {
			t.Errorf("eth0 heard %.80q; want the last alone", got)
		}

		capture := n.Capture()
		s, err := network.Ask(eth0, eth0.Sources(false)[0], 2)
		must(t, err)
		defer s.Close()
		if err := s.Send([]byte("hello"), lan.SSDP4); err != nil {
			t.Error(err)
		}
		if err := s.Send([]byte("hello"), netip.AddrPortFrom(friend.Addr, 1900)); err != nil {
			t.Error(err)
		}
		for to, want := range map[string]error{
			"8.8.8.8:1900": lan.ErrNotLocal, "10.78.0.7:1900": lan.ErrNotLocal, "224.0.0.1:1900": lan.ErrNotLocal, "239.255.255.250:1901": lan.ErrNotLocal,
			"255.255.255.255:9": lan.ErrNotLocal, "[ff02::c]:1900": lan.ErrFamily, "127.0.0.1:53": lan.ErrNotLocal,
		} {
			if err := s.Send([]byte("never"), netip.MustParseAddrPort(to)); !errors.Is(err, want) {
				t.Errorf("sending to %s: %v; want %v", to, err, want)
			}
		}
		mine := capture.Stop().By("client").Kind("ssdp")
		if len(mine) != 2 || eth0.Sent() != 2 || eth1.Sent() != 0 {
			t.Errorf("on the wire %v, counted %d and %d", mine, eth0.Sent(), eth1.Sent())
		}
		if got0, got1 := eth0.Heard()-before0, eth1.Heard()-before1; got0 != 2 || got1 != 1 {
			t.Errorf("counted %d and %d heard; want 2 and 1", got0, got1)
		}
	})
}

func TestWhatAProgramMadeIsATunnelWhateverItsName(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		tun, err := os.OpenFile("/dev/net/tun", os.O_RDWR, 0)
		if err != nil {
			t.Skipf("no program can make an interface here: %v", err) // a kernel without TUN, or not for this user
		}
		tun.Close()
		n.Client.IP("tuntap add office0 mode tap", "addr add 10.8.0.2/24 dev office0", "link set office0 up")
		network, err := lan.Open(lan.Options{})
		must(t, err)
		for _, i := range network.Interfaces() {
			if want := map[string]string{"lo": "loopback", "office0": "tunnel"}[i.Name]; i.Why != want {
				t.Errorf("%s: %q; want %q", i.Name, i.Why, want)
			}
		}
		chosen, err := lan.Open(lan.Options{Interfaces: []string{"office0"}})
		must(t, err)
		if used := chosen.Used(); len(used) != 1 {
			t.Errorf("chosen: %+v", used)
		}
	})
}

// Two interfaces may have the same address on their links, as those of one card have.
func TestAnAddressWithAZoneLiesThroughIt(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		n.Client.IP("link add aside0 type veth peer name far0", "link set aside0 addrgenmode none", "link set far0 up", "link set aside0 up",
			"addr add fe80::5/64 dev eth0 nodad", "addr add fe80::5/64 dev aside0 nodad")
		network, err := lan.Open(lan.Options{})
		must(t, err)
		for _, name := range []string{"eth0", "aside0"} {
			if got, ok := network.Through(netip.MustParseAddr("fe80::1%" + name)); !ok || got.Name != name {
				t.Errorf("%s: %q, %v", name, got.Name, ok)
			}
		}
	})
}

// An interface with two subnets asks in each from its own address there.
func TestASocketSpeaksFromItsOwnAddress(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		n.Client.IP("addr add 10.79.0.100/24 dev eth0")
		network, err := lan.Open(lan.Options{})
		must(t, err)
		eth0 := network.Used()[0]
		capture := n.Capture()
		want := eth0.Sources(false)
		for _, source := range want {
			s, err := network.Ask(eth0, source, 1)
			must(t, err)
			must(t, s.Send([]byte("hello"), lan.SSDP4))
			s.Close()
		}
		var from []netip.Addr
		for _, p := range capture.Stop().By("client").Kind("ssdp") {
			from = append(from, p.Src.Addr())
		}
		if len(want) != 2 || !slices.Equal(from, want) {
			t.Errorf("spoke from %v; want %v", from, want)
		}
	})
}

// Over TLS as old devices speak it, a page takes four times the way there and back, more
// than the three seconds of a question. Each try to connect that comes too late is ended.
func TestWhatIsFarAwayIsWaitedForLonger(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		n.Slow(500 * time.Millisecond)
		far := n.Host("far", 11, "")
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "far away") }))
		server.Listener.Close()
		far.Do(func() (err error) { server.Listener, err = net.Listen("tcp4", "10.77.0.11:8443"); return })
		server.TLS = &tls.Config{MaxVersion: tls.VersionTLS12}
		server.StartTLS()
		defer server.Close()
		shout(t, far, lab.ClientAddr.String()+":9", "so that we know its hardware address")
		until(t, func() bool { return lan.IsNeighbour(far.Addr) })
		network, err := lan.Open(lan.Options{})
		must(t, err)
		capture := n.Capture()
		x, err := network.Fetch(t.Context(), lan.Question{Method: "GET", Path: "/"}, lan.Target{Addr: netip.AddrPortFrom(far.Addr, 8443), TLS: true})
		if err != nil || !strings.HasSuffix(string(x.Response), "far away") || x.Certificate == nil {
			t.Errorf("%q, %v", x.Response, err)
		}
		began := 0
		for _, p := range capture.Stop().By("client") {
			if p.SYN {
				began++
			}
		}
		if began > 5 || network.Sent() != 3 {
			t.Errorf("%d packets to connect, %d counted; want at most 5, and 3", began, network.Sent())
		}
	})
}

func until(t *testing.T, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("waited 20 s in vain")
		}
	}
}

func TestPortFree(t *testing.T) {
	c, err := net.ListenPacket("udp4", "0.0.0.0:0")
	must(t, err)
	port := uint16(c.LocalAddr().(*net.UDPAddr).Port)
	if lan.PortFree(port) {
		t.Error("a port that is taken is said to be free")
	}
	c.Close()
	if !lan.PortFree(port) {
		t.Error("a port that is free is said to be taken")
	}
}
