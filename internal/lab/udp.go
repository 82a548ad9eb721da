package lab

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net"
	"net/netip"
	"regexp"
	"slices"
)

// The addresses of a lab's network. They are private (RFC 1918) and exist only
// inside the lab's namespaces.
var (
	Subnet     = netip.MustParsePrefix("10.77.0.0/24")
	Broadcast  = netip.MustParseAddr("10.77.0.255")
	ClientAddr = netip.MustParseAddr("10.77.0.100") // the computer under test
	RouterAddr = netip.MustParseAddr("10.77.0.1")   // its default gateway, whether or not a host is there
)

// probeGroups are the groups that devices listen to for a port's questions.
// Broadcasts reach them without.
var probeGroups = map[uint16]netip.Addr{
	3702:  netip.MustParseAddr("239.255.255.250"), // WS-Discovery
	10001: netip.MustParseAddr("233.89.188.1"),    // Ubiquiti
	37020: netip.MustParseAddr("239.255.255.250"), // Hikvision SADP
	37810: netip.MustParseAddr("239.255.255.251"), // Dahua DHDiscover
}

// listenUDP answers inquiries on every port that was recorded.
func (d *Device) listenUDP() error {
	for port, replies := range d.Script.UDP {
		kind := fmt.Sprintf("udp/%d", port)
		_, err := d.listen("udp4", port, probeGroups[port], func(voice *net.UDPConn, b []byte, from netip.AddrPort) {
			question := bytes.Clone(b)
			if !d.note(kind, fmt.Sprintf("% x", question[:min(16, len(question))]), from) {
				return
			}
			d.later(func() {
				for _, r := range replies {
					if fits(port, question, r) {
						voice.WriteToUDPAddrPort(d.tie(port, question, r), d.answerTo(port, r, from))
					}
				}
			})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// fits says whether a device that gives this reply understands the question.
func fits(port uint16, question, reply []byte) bool {
	if len(question) == 0 || len(reply) == 0 {
		return false
	}
	switch port {
	case 2000: // Reolink
		return bytes.Equal(question, []byte{0xaa, 0xaa, 0, 0})
	case 3702:
		return bytes.Contains(question, []byte("Probe>"))
	case 5678: // four zero bytes; another router's announcement is longer
		return len(question) == 4
	case 9999: // ASUS infosvr (0c 15 asks, 0c 16 answers) and Kasa share the port
		asus := reply[0] == 0x0c
		return asus && bytes.HasPrefix(question, []byte{0x0c, 0x15, 0x1f, 0}) && len(question) == 512 ||
			!asus && question[0] == 0xd0
	case 10000:
		return bytes.HasPrefix(question, []byte("MO_I\x00\x00")) && len(question) == 27
	case 10001: // Ubiquiti: version 1 or 2 in the first byte
		return question[0] == reply[0]
	case 10008: // V380
		return bytes.HasPrefix(question, []byte("NVDEVSEARCH^100"))
	case 32108: // PPPP: the plain search and the extended one; a veiled camera knows its own veil only
		return len(question) == 4 && question[0] == reply[0] && (question[0] != 0xf1 || question[1] == 0x30 || question[1] == 0x32)
	case 34569: // Xiongmai: message 1530
		return len(question) == 20 && question[0] == 0xff && binary.LittleEndian.Uint16(question[14:]) == 1530
	case 37020:
		return bytes.Contains(question, []byte("<Probe>")) && bytes.Contains(question, []byte("<Types>inquiry</Types>"))
	case 37810:
		return bytes.Contains(question, []byte(`"DHDiscover.search"`))
	}
	return true
}

// answerTo says where the answer goes: to who asked, or as the protocol has it to
// everybody. On loopback, where there is no everybody, to who asked.
func (d *Device) answerTo(port uint16, reply []byte, from netip.AddrPort) netip.AddrPort {
	switch {
	case d.loopback:
	case port == 37020:
		return netip.AddrPortFrom(probeGroups[port], port)
	case port == 10008: // V380 answers at the next port
		return netip.AddrPortFrom(Broadcast, port+1)
	case port == 2000: // Reolink answers who asked, at a port of its own
		return netip.AddrPortFrom(from.Addr(), 3000)
	case port == 5678, port == 10000, port == 34569, port == 9999 && reply[0] == 0x0c:
		return netip.AddrPortFrom(Broadcast, port)
	}
	return from
}

var (
	messageID = regexp.MustCompile(`<[^<>]*MessageID[^<>]*>\s*([^<>\s]+)\s*<`)
	relatesTo = regexp.MustCompile(`(<[^<>/]*RelatesTo[^<>]*>)[^<>]*<`)
	sadpUUID  = regexp.MustCompile(`(<Uuid>)([^<>]*)<`)
)

// tie makes a recorded reply an answer to this question: it names the question
// where the protocol wants that, and tells the address the device lives at.
func (d *Device) tie(port uint16, question, reply []byte) []byte {
	switch port {
	case 3702:
		reply = d.moved(reply, d.Addr.String())
		if m := messageID.FindSubmatch(question); m != nil {
			reply = relatesTo.ReplaceAll(reply, slices.Concat([]byte("${1}"), m[1], []byte("<")))
		}
	case 37020:
		reply = d.moved(reply, d.Addr.String())
		if m := sadpUUID.FindSubmatch(question); m != nil {
			reply = sadpUUID.ReplaceAll(reply, slices.Concat([]byte("${1}"), m[2], []byte("<")))
		}
	case 37810:
		// A 32-byte head with the length of what follows at 16 and 24.
		if len(reply) > 32 && bytes.Equal(reply[4:8], []byte("DHIP")) {
			body := d.moved(reply[32:], d.Addr.String())
			reply = slices.Concat(reply[:32], body)
			binary.LittleEndian.PutUint32(reply[16:], uint32(len(body)))
			binary.LittleEndian.PutUint32(reply[24:], uint32(len(body)))
		}
	}
	return reply
}
