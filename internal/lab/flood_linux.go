package lab

import (
	"encoding/binary"
	"fmt"
	"net"
	"net/netip"
	"sync/atomic"
	"time"

	"github.com/miekg/dns"
	"golang.org/x/sys/unix"
)

// variety is how many different datagrams of each sort a flood has.
const variety = 4096

// searchers are the multicast groups where who searches is heard.
var searchers = []netip.AddrPort{netip.MustParseAddrPort("239.255.255.250:1900"), netip.MustParseAddrPort("224.0.0.251:5353")}

// Flood plugs in a host at octet 66 that pours datagrams with forged senders on the
// client, at most so many a second: SSDP notices, mDNS answers, and SSDP replies to the
// very port that a search came from. It returns once it pours; rate says how many a second
// there were on average, and ends it.
func (n *Net) Flood(perSecond int) (rate func() float64) {
	n.t.Helper()
	victim, err := net.ParseMAC(n.Client.MAC)
	n.must(err)
	var f flood
	attacker := n.Host("attacker", 66, "")
	attacker.Do(func() error {
		eth0, err := net.InterfaceByName("eth0")
		if err != nil {
			return err
		}
		f.to = unix.SockaddrLinklayer{Protocol: 8, Ifindex: eth0.Index, Halen: 6} // IPv4, in network order
		copy(f.to.Addr[:], victim)
		if f.ear, err = net.ListenMulticastUDP("udp4", eth0, net.UDPAddrFromAddrPort(searchers[0])); err != nil {
			return err
		}
		f.raw, err = unix.Socket(unix.AF_PACKET, unix.SOCK_DGRAM, 0)
		return err
	})
	f.forge()
	go f.listen()
	ended, done := make(chan struct{}), make(chan struct{})
	began := time.Now()
	go func() {
		defer close(done)
		f.pour(perSecond, began, ended)
	}()
	return func() float64 {
		close(ended)
		<-done
		took := time.Since(began).Seconds()
		unix.Close(f.raw)
		f.ear.Close()
		return float64(f.poured) / took
	}
}

type flood struct {
	raw      int
	to       unix.SockaddrLinklayer
	ear      *net.UDPConn
	notices  [][]byte // IPv4 packets
	answers  [][]byte
	replies  [][]byte
	searches atomic.Uint32 // the port of the client's newest SSDP search, 0 = none yet
	poured   int
}

// forge makes the packets, so that pouring costs little.
func (f *flood) forge() {
	for k := range variety {
		from := netip.AddrFrom4([4]byte{10, 77, byte(k >> 14), byte(k)})
		if k%3 == 0 {
			from = netip.AddrFrom4([4]byte{192, 168, byte(k >> 8), byte(k)})
		}
		place := fmt.Sprintf("http://%s:5000/%d.xml", from, k)
		f.notices = append(f.notices, forged(from, searchers[0], fmt.Appendf(nil, "NOTIFY * HTTP/1.1\r\nNTS: ssdp:alive\r\nNT: x\r\nUSN: uuid:%d\r\nLOCATION: %s\r\n\r\n", k, place)))
		f.replies = append(f.replies, forged(from, netip.AddrPortFrom(ClientAddr, 1900), SSDPReply(fmt.Sprintf("33333333-0000-4000-8000-%012d", k), place)))
		var m dns.Msg
		m.Response = true
		m.Answer = []dns.RR{&dns.PTR{Hdr: dns.RR_Header{Name: "_rtsp._tcp.local.", Rrtype: dns.TypePTR, Class: dns.ClassINET, Ttl: 120}, Ptr: fmt.Sprintf("cam%d._rtsp._tcp.local.", k)}}
		answer, err := m.Pack()
		if err != nil {
			panic(err) // the message is ours
		}
		f.answers = append(f.answers, forged(from, searchers[1], answer))
	}
}

// listen notes where searches come from.
func (f *flood) listen() {
	for b := make([]byte, 9000); ; {
		k, from, err := f.ear.ReadFromUDPAddrPort(b)
		if err != nil {
			return
		}
		if from.Addr().Unmap() == ClientAddr && k > 8 && string(b[:8]) == "M-SEARCH" {
			f.searches.Store(uint32(from.Port()))
		}
	}
}

// pour sends in bursts, as many as are due.
func (f *flood) pour(perSecond int, began time.Time, ended <-chan struct{}) {
	for tick := time.NewTicker(time.Millisecond); ; {
		select {
		case <-ended:
			tick.Stop()
			return
		case <-tick.C:
		}
		due := int(time.Since(began).Seconds() * float64(perSecond))
		due = min(due, f.poured+perSecond/100) // what a busy computer did not get done is not caught up with
		for ; f.poured < due; f.poured++ {
			k := f.poured / 3 % variety
			packet := f.notices[k]
			switch port := f.searches.Load(); {
			case f.poured%3 == 1:
				packet = f.answers[k]
			case f.poured%3 == 2 && port != 0:
				packet = f.replies[k]
				binary.BigEndian.PutUint16(packet[22:], uint16(port))
			}
			unix.Sendto(f.raw, packet, 0, &f.to)
		}
	}
}

// forged is an IPv4 packet with a UDP datagram, from the port it goes to.
func forged(from netip.Addr, to netip.AddrPort, data []byte) []byte {
	b := make([]byte, 28, 28+len(data))
	b[0], b[8], b[9] = 0x45, 4, 17
	binary.BigEndian.PutUint16(b[2:], uint16(28+len(data)))
	copy(b[12:], from.AsSlice())
	copy(b[16:], to.Addr().AsSlice())
	binary.BigEndian.PutUint16(b[20:], to.Port())
	binary.BigEndian.PutUint16(b[22:], to.Port())
	binary.BigEndian.PutUint16(b[24:], uint16(8+len(data)))
	sum := uint32(0) // RFC 1071
	for i := 0; i < 20; i += 2 {
		sum += uint32(binary.BigEndian.Uint16(b[i:]))
	}
	binary.BigEndian.PutUint16(b[10:], ^uint16(sum+sum>>16))
	return append(b, data...)
}
