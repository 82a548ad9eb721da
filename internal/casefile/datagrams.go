package casefile

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/netip"
	"regexp"

	"houdbaar/internal/announce"
)

// udp replaces in place within a datagram from a port. Where things stand in one is
// explained where announce reads it.
func (s *scrubber) udp(port uint16, b []byte) {
	switch port {
	case announce.PortKasa:
		if len(b) > 2 && b[0] == 0x0c {
			s.infosvr(b)
		} else {
			plain := announce.UnveilKasa(b)
			s.page(plain, 0)
			copy(b, announce.VeilKasa(plain))
		}
	case announce.PortTDP:
		s.tdp(b)
	case announce.PortDHIP:
		s.page(b[min(32, len(b)):], 0)
	case announce.PortDVRIP:
		s.dvrip(b)
	case announce.PortPPPP:
		pppp(b)
	case announce.PortV380:
		v380(b)
	case announce.PortReolink:
		s.reolink(b)
	case announce.PortUbiquiti:
		fields(b, 1, s.ubiquiti)
	case announce.PortMNDP:
		fields(b, 2, s.mndp)
	case announce.PortFoscam:
		s.foscam(b)
	default:
		s.page(b, 0)
	}
}

var sealedPattern = regexp.MustCompile(`"encrypt_info"\s*:\s*\{[^}]*"data"\s*:\s*"([^"]*)"`)

// tdp replaces in a reply of TP-Link's, and all of its sealed part.
func (s *scrubber) tdp(b []byte) {
	if len(b) <= 16 {
		return
	}
	if m := sealedPattern.FindSubmatchIndex(b); m != nil {
		shape(b[m[2]:m[3]], 0, 'a')
	}
	s.page(b[16:], 0)
}

// pppp leaves the first part of a camera's number, which is a manufacturer's.
func pppp(b []byte) {
	key, plain := announce.UnveilPPPP(b)
	if plain == nil {
		clear(b)
		return
	}
	clear(plain[12:16])
	shape(plain[16:], 0, 'a')
	copy(b, announce.VeilPPPP(key, plain))
}

// v380 leaves the first two words: the rest are addresses, names and the camera's number.
func v380(b []byte) {
	said, rest, _ := bytes.Cut(b, []byte{0})
	clear(rest)
	if parts := bytes.SplitN(said, []byte("^"), 3); len(parts) == 3 {
		for i, c := range parts[2] {
			if c != '^' {
				parts[2][i] = '0'
			}
		}
	}
}

// reolink leaves what is read of a reply: what it is, the question said back, the name.
func (s *scrubber) reolink(b []byte) {
	if len(b) < 164 {
		clear(b)
		return
	}
	name, rest, _ := bytes.Cut(b[132:164], []byte{0})
	s.text(name)
	for _, other := range [][]byte{rest, b[:50], b[51:104], b[108:132], b[164:]} {
		clear(other)
	}
}

// fields calls f with each field behind the first four bytes: its type, of one byte or two,
// its length and its value follow each other. What was cut short is cleared.
func fields(b []byte, typeBytes int, f func(of uint16, value []byte)) {
	b = b[min(4, len(b)):]
	for head := typeBytes + 2; len(b) >= head; {
		end := head + int(binary.BigEndian.Uint16(b[typeBytes:]))
		if end > len(b) {
			clear(b[head:])
			return
		}
		of := uint16(b[0])
		if typeBytes == 2 {
			of = binary.BigEndian.Uint16(b)
		}
		f(of, b[head:end])
		b = b[end:]
	}
}

func (s *scrubber) ubiquiti(of uint16, value []byte) {
	switch of {
	case 0x03, 0x0b, 0x0c, 0x14, 0x15, 0x16: // firmware, name, platform, model, version
		s.text(value)
	case 0x0d: // network name
		shape(value, 1, 'x')
	case 0x01:
		s.macBytes(value)
	case 0x02:
		six := min(6, len(value))
		s.macBytes(value[:six])
		s.v4Bytes(value[six:])
	default:
		clear(value)
	}
}

func (s *scrubber) mndp(of uint16, value []byte) {
	switch of {
	case 1:
		s.macBytes(value)
	case 5, 7, 8, 12, 16: // identity, version, platform, board, interface
		s.text(value)
	case 10, 14: // uptime, how it was packed
	case 11: // software id: of one licence
		shape(value, 1, 'a')
	case 15:
		if a, ok := netip.AddrFromSlice(value); ok {
			copy(value, s.fakeAddr(a).AsSlice())
		}
	case 17:
		s.v4Bytes(value)
	default:
		clear(value)
	}
}

// foscam replaces the id, the name and the four addresses of a reply.
func (s *scrubber) foscam(b []byte) {
	if len(b) >= 36 {
		s.text(b[23:35])
	}
	if len(b) >= 73 {
		s.text(b[36:57])
		for i := 57; i < 73; i += 4 {
			s.v4Bytes(b[i : i+4])
		}
	}
}

// dvrip writes a reply of Xiongmai's again: the number of the message, and what is read
// of it. A reply that was cut short may have no room for the end.
func (s *scrubber) dvrip(b []byte) {
	obs := announce.UDP(announce.PortDVRIP, announce.Packet{Data: bytes.Clone(b)})
	if len(obs) == 0 {
		clear(b)
		return
	}
	name := []byte(obs[0].Get("HostName"))
	s.text(name)
	read := obs[0].Fields
	if len(name) > 0 {
		read["HostName"] = string(name)
	}
	var body bytes.Buffer
	e := json.NewEncoder(&body)
	e.SetEscapeHTML(false) // it must fit
	e.Encode(map[string]map[string]string{"NetWork.NetCommon": read})
	clear(b[1:14])
	clear(b[16:])
	copy(b[20:], body.Bytes())
}

// infosvr replaces in an ASUS reply: printer and network name, MAC, and what
// follows it.
func (s *scrubber) infosvr(b []byte) {
	if len(b) > 8 {
		clear(b[8:min(len(b), 136)])
	}
	if len(b) > 136 {
		shape(b[136:min(len(b), 168)], 1, 'x')
	}
	if len(b) >= 255 {
		s.macBytes(b[249:255])
		clear(b[255:])
	}
}

func (s *scrubber) macBytes(b []byte) {
	if len(b) != 6 {
		clear(b)
		return
	}
	bare := fmt.Sprintf("%x", b)
	s.learnMAC(bare)
	if s.macs[bare] > 0 {
		hex.Decode(b, []byte(s.fakeMAC(bare)))
	}
}

func (s *scrubber) v4Bytes(b []byte) {
	if a, ok := netip.AddrFromSlice(b); ok && a.Is4() {
		copy(b, s.fakeAddr(a).AsSlice())
	}
}
