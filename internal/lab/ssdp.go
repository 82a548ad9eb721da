package lab

import (
	"bytes"
	"net"
	"net/netip"
	"strings"
)

const ssdpPort = 1900

var (
	ssdp4 = netip.MustParseAddr("239.255.255.250")
	ssdp6 = netip.MustParseAddr("ff02::c")
)

// search answers one M-SEARCH as UDA 1.1, 1.3.3 asks: every recorded reply whose
// target was searched for, or all of them for ssdp:all.
func (d *Device) search(voice *net.UDPConn, b []byte, from netip.AddrPort) {
	first, head := parseHead(b)
	if !strings.HasPrefix(first, "M-SEARCH * HTTP/1.") || head["man"] != `"ssdp:discover"` || head["st"] == "" {
		return
	}
	target := head["st"]
	if !d.note("ssdp", target, from) || d.Quirks.Mute || d.Quirks.OnlyTarget != "" && target != d.Quirks.OnlyTarget {
		return
	}
	d.later(func() {
		for _, said := range d.Script.SSDP {
			reply, st := asReply(said)
			if reply != nil && (target == st || target == "ssdp:all") {
				voice.WriteToUDPAddrPort(d.moved(reply, d.host(from)), from)
			}
		}
	})
}

// notify sends the device's announcements: what was recorded as NOTIFY, and the
// replies as the NOTIFYs they would be.
func (d *Device) notify() {
	if d.ssdp == nil {
		return
	}
	for _, said := range d.Script.SSDP {
		if n := asNotify(said); n != nil {
			d.ssdp.WriteToUDPAddrPort(d.moved(n, d.Addr.String()), netip.AddrPortFrom(ssdp4, ssdpPort))
		}
	}
}

// asReply returns a recorded datagram as a reply to a search, and its target. A
// device that says NOTIFY answers searches with the same words but for NT, NTS
// and HOST. byebye has no reply.
func asReply(said []byte) ([]byte, string) {
	first, head := parseHead(said)
	if strings.HasPrefix(first, "HTTP/1.") {
		return ended(said), head["st"]
	}
	if !strings.HasPrefix(first, "NOTIFY") || head["nts"] != "ssdp:alive" {
		return nil, ""
	}
	return rehead(said, "HTTP/1.1 200 OK", map[string]string{"nt": "ST: " + head["nt"], "nts": "EXT:", "host": ""}), head["nt"]
}

func asNotify(said []byte) []byte {
	first, head := parseHead(said)
	if strings.HasPrefix(first, "NOTIFY") {
		return ended(said)
	}
	if head["st"] == "" {
		return nil
	}
	return rehead(said, "NOTIFY * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nNTS: ssdp:alive", map[string]string{"st": "NT: " + head["st"], "ext": ""})
}

// rehead returns a head with another first line and some lines replaced, by
// lower-case name; "" takes a line out.
func rehead(said []byte, first string, lines map[string]string) []byte {
	var out strings.Builder
	out.WriteString(first + "\r\n")
	for i, line := range strings.Split(strings.TrimRight(string(said), "\r\n"), "\n") {
		line = strings.TrimRight(line, "\r")
		name, _, _ := strings.Cut(line, ":")
		switch to, ok := lines[strings.ToLower(strings.TrimSpace(name))]; {
		case i == 0:
		case !ok:
			out.WriteString(line + "\r\n")
		case to != "":
			out.WriteString(to + "\r\n")
		}
	}
	return []byte(out.String() + "\r\n")
}

// ended makes sure that a datagram ends with an empty line, which a case folder
// uses to part datagrams.
func ended(b []byte) []byte {
	eol := "\n"
	if bytes.Contains(b, []byte("\r\n")) {
		eol = "\r\n"
	}
	return append(bytes.TrimRight(bytes.Clone(b), "\r\n"), eol+eol...)
}

// parseHead returns the first line and the headers, by lower-case name.
func parseHead(b []byte) (string, map[string]string) {
	lines := strings.Split(string(b), "\n")
	head := map[string]string{}
	for _, line := range lines[1:] {
		line = strings.TrimRight(line, "\r")
		if line == "" {
			break
		}
		if name, value, ok := strings.Cut(line, ":"); ok {
			head[strings.ToLower(strings.TrimSpace(name))] = strings.TrimSpace(value)
		}
	}
	return strings.TrimRight(lines[0], "\r"), head
}
