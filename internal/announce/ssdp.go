package announce

import (
	"net/netip"
	"net/url"
	"strings"

	"houdbaar/internal/device"
)

// maxHeaders bounds the header lines of one message: devices send up to 25.
const maxHeaders = 100

// SSDP reads one SSDP datagram: a reply to a search, or a NOTIFY. Fields are the
// header names in lower case; of a header sent twice the first that says something
// wins, and another value is in "server#2". Key is the
// UUID of USN, which for an embedded device or service is not the root's.
//
// It forgives LF or CR line ends, folded lines, lines without a colon, and a missing
// last line. ok is false for a search of another computer and for anything else.
func SSDP(p Packet) (o device.Observation, ok bool) {
	if len(p.Data) > maxDatagram {
		return o, false
	}
	first, rest := headLine(skipEmptyLines(LineFeeds(p.Data)))
	word := strings.Fields(strings.ToUpper(first))
	reply := len(word) >= 2 && strings.HasPrefix(word[0], "HTTP/") && word[1] == "200"
	notify := len(word) >= 1 && word[0] == "NOTIFY"
	if !reply && !notify {
		return o, false
	}
	fields := map[string]string{}
	header, _, _ := parseHeader(rest)
	for name, values := range header {
		for _, v := range values {
			set(fields, name, v)
		}
	}
	o = p.observe(device.SourceSSDP, fields)
	uuid, _, _ := strings.Cut(fields["usn"], "::")
	if strings.HasPrefix(strings.ToLower(uuid), "uuid:") {
		o.Key = key(uuid)
	}
	return o, len(fields) > 0
}

// Location returns the absolute web address of the description an SSDP observation
// points to, "" for none. A relative one is taken to be on port 80 of the sender.
// Whether it may be fetched is for the caller to check: the text is the sender's claim.
func Location(o device.Observation) string {
	location, sender := strings.TrimSpace(o.Get("location")), ""
	if location == "" {
		return ""
	}
	if o.Addr.IsValid() {
		sender = "http://" + hostOf(o.Addr) + "/"
	}
	base, err := url.Parse(sender)
	if err != nil {
		return ""
	}
	u, err := base.Parse(location)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	u.User, u.Fragment = nil, ""
	return u.String()
}

// hostOf returns an address as the host of a URL; a zone is escaped.
func hostOf(a netip.Addr) string {
	a = a.Unmap()
	if a.Is4() {
		return a.String()
	}
	return "[" + strings.ReplaceAll(a.String(), "%", "%25") + "]"
}
