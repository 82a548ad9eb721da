package discover

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net"
	"net/netip"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/miekg/dns"

	"houdbaar/internal/device"
	"houdbaar/internal/lab"
)

// pointing is an invented device whose reply points to a URL.
func pointing(name, udn, location string) lab.Script {
	s := description(name, udn, root)
	s.SSDP[0] = bytes.ReplaceAll(s.SSDP[0], []byte("http://"+home+":5000/root.xml"), []byte(location))
	return s
}

func TestALocationElsewhereIsListedAndNotFetched(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		victim := n.Play(1, "", description("Router 7", "11111111-0000-4000-8000-000000000001", root), lab.Quirks{})
		for i, location := range []string{
			"http://10.77.0.1:5000/reboot",                       // another device
			"http://10.77.0.1:5000/root.xml",                     // even its description
			"http://127.0.0.1:80/",                               // this computer
			"http://10.77.0.100:80/",                             // this computer's address
			"http://192.0.2.1/desc.xml",                          // outside
			"http://[::ffff:10.77.0.1]:5000/",                    // in IPv6 clothing
			"http://10.77.0.1@10.77.0.26:5000/",                  // user information
			"http://router.lan/desc.xml",                         // a name
			"http://10.77.0.28:9100/",                            // its own printer port
			"http://10.77.0.29:25/",                              // its own mail port
			"http://[fe80::ff:fe00:1%25lo]:5000/",                // somebody's zone
			"file:///etc/passwd",                                 //
			"http://10.77.0.1:5000/" + strings.Repeat("a", 4000), //
		} {
			octet := byte(20 + i)
			n.Play(octet, "", pointing(fmt.Sprint("Pointer ", octet), fmt.Sprintf("11111111-0000-4000-8000-0000000000%d", octet), location), lab.Quirks{})
		}
		capture := n.Capture()
		r := all(t, open(t))
		packets := capture.Stop()
		for i := range 13 {
			addr := fmt.Sprint("10.77.0.", 20+i)
			r.has(t, device.SourceSSDP, addr)
			if _, _, ok := r.find(device.SourceHTTP, addr); ok {
				t.Errorf("%s: something was fetched", addr)
			}
		}
		if p := r.codes()["description_elsewhere"]; p.Args["address"] == "" || p.Args["location"] == "" {
			t.Errorf("problems %+v; want description_elsewhere", r.problems)
		}
		if got := victim.Heard(); countHTTP(got) != 1 {
			t.Errorf("the victim was asked %v; want its own description once", got)
		}
		for _, p := range packets {
			if p.SYN && (p.From == "client/lo" || p.From == "client" && p.Dst != netip.MustParseAddrPort("10.77.0.1:5000")) {
				t.Errorf("connection opened: %s", p)
			}
		}
		if out := packets.By("client").Outside(lab.Subnet); len(out) > 0 {
			t.Errorf("sent outside: %v", out)
		}
	})
}

// A device with more addresses than one may name another than it answers from: it is asked
// at the one that it is known to have, and at the other once that is known to be its own.
func TestALocationAtAnotherAddressOfTheDeviceIsRead(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		guests := pointing("Guests", "11111111-0000-4000-8000-000000000020", "http://172.17.0.1:5000/root.xml")
		n.Play(20, "", guests, lab.Quirks{})
		two := n.Host("two", 21, "")
		two.IP("addr add 10.77.0.22/24 dev eth0")
		serve(t, two, "eth0", "10.77.0.22", description("Two", "11111111-0000-4000-8000-000000000021", root))
		capture := n.Capture()
		net := open(t)
		r := run(t, net, All(net, false)...)
		packets := capture.Stop()
		r.has(t, device.SourceUPnP, "10.77.0.20", "modelName=Guests")
		r.has(t, device.SourceUPnP, "10.77.0.22", "modelName=Two")
		r.clean(t)
		if out := packets.By("client").Outside(lab.Subnet); len(out) > 0 {
			t.Errorf("sent outside: %v", out)
		}
	})
}

// A camera at its factory address, or behind a wrong mask, names its own address: it leads
// nobody astray, and cannot be asked.
func TestADeviceOfAnotherSubnetIsListedAndSaid(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		h := n.Host("camera", 20, "")
		h.IP("addr flush dev eth0", "addr add 192.168.0.20/24 dev eth0", "route add default dev eth0")
		serve(t, h, "eth0", "192.168.0.20", description("Camera", "11111111-0000-4000-8000-000000000020", root))
		r := all(t, open(t))
		r.has(t, device.SourceSSDP, "192.168.0.20")
		if p, ok := r.codes()["description_foreign"]; !ok || p.Args["address"] != "192.168.0.20" || len(r.problems) != 1 {
			t.Errorf("problems %+v; want description_foreign alone", r.problems)
		}
	})
}

// Over IPv6 a router answers from its address on the link, and names its public one
// (miniupnpd 2.3.1 with an address of 2001:db8::/32).
func TestAPublicLocationOverIPv6IsReadOnTheLink(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		n.Client.IP("addr add 2001:db8:1::100/64 dev eth0 nodad")
		d := n.Play(1, "", pointing("Router 6", "11111111-0000-4000-8000-000000000006", "http://[2001:db8:1::1]:5000/root.xml"), lab.Quirks{IPv6: true, NoIPv4: true})
		r := all(t, open(t))
		r.has(t, device.SourceUPnP, d.LinkLocal().String()+"%eth0", "modelName=Router 6")
		r.clean(t)
	})
}

func countHTTP(heard []lab.Heard) int {
	k := 0
	for _, h := range heard {
		if h.Kind == "http" {
			k++
		}
	}
	return k
}

func TestSlowAndBrokenDevicesDelayNobody(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		q := []lab.Quirks{
			{NoAnswer: true}, {Close: true}, {BytesPerSecond: 1}, {Oversize: 1 << 30}, {Redirect: "http://10.77.0.1:5000/reboot"},
			{FirstByte: 6500 * time.Millisecond}, {Redirect: "http://10.77.0.24:5000/root.xml"},
		}
		for i, quirks := range q {
			octet := byte(20 + i)
			n.Play(octet, "", description(fmt.Sprint("Odd ", octet), fmt.Sprintf("11111111-0000-4000-8000-0000000000%d", octet), root), quirks)
		}
		good := n.Play(1, "", description("Router 7", "11111111-0000-4000-8000-000000000001", root), lab.Quirks{})
		r := all(t, open(t))
		_, first, ok := r.find(device.SourceUPnP, "10.77.0.1", "modelName=Router 7")
		_, slow, ok2 := r.find(device.SourceUPnP, "10.77.0.25", "modelName=Odd 25") // 6.5 seconds
		if !ok || !ok2 || first > slow {
			t.Errorf("the good one was read at %s, %v, and the slow one at %s, %v; want the good one first", first, ok, slow, ok2)
		}
		r.has(t, device.SourceUPnP, "10.77.0.23", "modelName=Odd 23") // what came before the gigabyte
		r.has(t, device.SourceHTTP, "10.77.0.24", "status=302")       // not followed
		for _, octet := range []int{20, 21, 22, 24, 26} {
			r.has(t, device.SourceSSDP, fmt.Sprint("10.77.0.", octet))
		}
		if got := countHTTP(good.Heard()); got != 1 {
			t.Errorf("the good one was asked %d times; want once", got)
		}
		unread := map[string]bool{}
		for _, p := range r.problems {
			if p.Code != "description_unread" {
				t.Errorf("problem %+v", p)
			}
			unread[p.Args["address"]] = true
		}
		for _, octet := range []int{20, 21, 22, 24, 26} {
			if !unread[fmt.Sprint("10.77.0.", octet)] {
				t.Errorf("10.77.0.%d: nothing was said about its description", octet)
			}
		}
		if unread["10.77.0.23"] || unread["10.77.0.25"] {
			t.Errorf("of %v: 23 and 25 gave their descriptions", unread)
		}
	})
}

// TestAFloodFromForgedSendersDrownsNobody pours announcements and mDNS answers with
// forged sources on the client, as fast as a packet socket goes. The frames are for
// the client alone: what a flood does to the devices is not our affair.
func TestAFloodFromForgedSendersDrownsNobody(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		n.Play(1, "", description("Router 7", "11111111-0000-4000-8000-000000000001", root, igd1), lab.Quirks{})
		n.Play(11, "", services(t, "cam", "_axis-video._tcp|INVENTED|80|a=b"), lab.Quirks{})
		attacker := n.Host("attacker", 66, "")
		var raw, index int
		attacker.Do(func() error {
			eth0, err := net.InterfaceByName("eth0")
			if err != nil {
				return err
			}
			index = eth0.Index
			raw, err = unix.Socket(unix.AF_PACKET, unix.SOCK_DGRAM, 0)
			return err
		})
		defer unix.Close(raw)
		victim := &unix.SockaddrLinklayer{Protocol: 8, Ifindex: index, Halen: 6} // 0x0800 in network order
		mac, err := net.ParseMAC(n.Client.MAC)
		if err != nil {
			t.Fatal(err)
		}
		copy(victim.Addr[:], mac)
		var poured atomic.Int64
		stop := make(chan struct{})
		stopped := make(chan struct{})
		go func() {
			defer close(stopped)
			for k := 0; ; k++ {
				select {
				case <-stop:
					return
				default:
				}
				src := netip.AddrFrom4([4]byte{10, 77, byte(k >> 8 & 3), byte(k)})
				notify := fmt.Sprintf("NOTIFY * HTTP/1.1\r\nNTS: ssdp:alive\r\nNT: x\r\nUSN: uuid:%d\r\nLOCATION: http://%s:5000/%d.xml\r\n\r\n", k, src, k)
				unix.Sendto(raw, datagram(src, "239.255.255.250:1900", []byte(notify)), 0, victim)
				answer := mdnsAnswer("x" + strconv.Itoa(k))
				unix.Sendto(raw, datagram(src, "224.0.0.251:5353", answer), 0, victim)
				poured.Add(2)
			}
		}()
		until(t, func() bool { return poured.Load() > 10000 })
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		net := open(t)
		r := all(t, net)
		runtime.ReadMemStats(&after)
		close(stop)
		<-stopped
		r.has(t, device.SourceUPnP, "10.77.0.1", "modelName=Router 7")
		r.has(t, device.SourceMDNS, "10.77.0.11", "service=_axis-video._tcp", "txt.a=b")
		if p, ok := r.codes()["flood"]; !ok || p.Args["count"] == "" {
			t.Errorf("nothing was said about what was dropped: %+v", r.codes())
		}
		t.Logf("%d poured in %s, %d observations, %d packets sent, heap %d MB, system %d MB", poured.Load(), r.took, len(r.obs), net.Sent(), after.HeapAlloc>>20, after.Sys>>20)
		if net.Sent() > 300 {
			t.Errorf("%d packets sent; want at most 300", net.Sent())
		}
		if after.Sys > 300<<20 {
			t.Errorf("%d MB of memory", after.Sys>>20)
		}
	})
}

// datagram is an IPv4 packet with a UDP datagram without a checksum.
func datagram(from netip.Addr, to string, data []byte) []byte {
	dst := netip.MustParseAddrPort(to)
	b := make([]byte, 28, 28+len(data))
	b[0], b[8], b[9] = 0x45, 4, 17
	binary.BigEndian.PutUint16(b[2:], uint16(28+len(data)))
	copy(b[12:], from.AsSlice())
	copy(b[16:], dst.Addr().AsSlice())
	port := dst.Port()
	binary.BigEndian.PutUint16(b[20:], port)
	binary.BigEndian.PutUint16(b[22:], port)
	binary.BigEndian.PutUint16(b[24:], uint16(8+len(data)))
	sum := uint32(0) // the header's checksum (RFC 1071)
	for i := 0; i < 20; i += 2 {
		sum += uint32(binary.BigEndian.Uint16(b[i:]))
	}
	binary.BigEndian.PutUint16(b[10:], ^uint16(sum+sum>>16))
	return append(b, data...)
}

// mdnsAnswer points to one more instance of a camera service.
func mdnsAnswer(instance string) []byte {
	service := []byte("\x05_rtsp\x04_tcp\x05local\x00")
	name := append([]byte{byte(len(instance))}, instance...)
	name = append(name, service...)
	b := []byte{0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0}
	b = append(append(b, service...), 0, byte(dns.TypePTR), 0, dns.ClassINET, 0, 0, 0, 120, 0, byte(len(name)))
	return append(b, name...)
}

// TestAResponderThatAlwaysHasOneMoreCannotMakeUsFlood answers every question with
// the name of an instance it never mentioned before, which makes hashicorp/mdns ask
// without end.
func TestAResponderThatAlwaysHasOneMoreCannotMakeUsFlood(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		h := n.Host("storm", 66, "")
		asked := respond(t, h, func(k int) []byte { return mdnsAnswer("more" + strconv.Itoa(k)) })
		net := open(t)
		r := all(t, net)
		t.Logf("%d questions, %d observations, %d sent", asked.Load(), len(r.obs), net.Sent())
		if net.Sent() > 300 || asked.Load() > mdnsPackets+50 { // what the library sends before it is closed
			t.Errorf("%d packets sent, %d questions; want at most 300 and %d", net.Sent(), asked.Load(), mdnsPackets+50)
		}
	})
}

// respond answers every mDNS question that reaches h with what answer makes of its number.
func respond(t *testing.T, h *lab.Host, answer func(int) []byte) *atomic.Int64 {
	t.Helper()
	var c *net.UDPConn
	h.Do(func() error {
		eth0, err := net.InterfaceByName("eth0")
		if err != nil {
			return err
		}
		c, err = net.ListenMulticastUDP("udp4", eth0, &net.UDPAddr{IP: net.IPv4(224, 0, 0, 251), Port: 5353})
		return err
	})
	t.Cleanup(func() { c.Close() })
	var asked atomic.Int64
	go func() {
		for b := make([]byte, 9000); ; {
			k, from, err := c.ReadFromUDP(b)
			if err != nil {
				return
			}
			if k > 2 && b[2]&0x80 == 0 {
				n := asked.Add(1)
				a := answer(int(n))
				if from.Port == 5353 {
					from = &net.UDPAddr{IP: net.IPv4(224, 0, 0, 251), Port: 5353}
				} else {
					copy(a, b[:2])
				}
				c.WriteToUDP(a, from)
			}
		}
	}()
	return &asked
}
