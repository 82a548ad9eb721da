package lab

import (
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/miekg/dns"
)

const mdnsPort = 5353

var (
	mdns4 = netip.MustParseAddr("224.0.0.251")
	mdns6 = netip.MustParseAddr("ff02::fb")
)

// serviceTypes is what the enumeration of services asks for (RFC 6763, 9).
const serviceTypes = "_services._dns-sd._udp.local."

// legacySize is the most a reply to a one-shot question holds: Avahi leaves out
// records that do not fit the 512 bytes of plain DNS.
const legacySize = 512

// records is what a responder knows.
type records []dns.RR

// readRecords collects the records of recorded messages and moves the device's
// addresses. Its link-local IPv6 addresses become the one it has now; other IPv6
// addresses it no longer has.
func readRecords(messages [][]byte, was, addr, addr6 netip.Addr) records {
	var out records
	for _, b := range messages {
		var m dns.Msg
		if m.Unpack(b) != nil || !m.Response {
			continue
		}
		for _, rr := range append(m.Answer, m.Extra...) {
			rr = dns.Copy(rr)
			rr.Header().Class &^= 1 << 15 // the cache-flush bit is set anew
			switch r := rr.(type) {
			case *dns.A:
				if a, ok := netip.AddrFromSlice(r.A.To4()); !ok || was.IsValid() && a != was {
					continue
				}
				r.A = addr.AsSlice()
			case *dns.AAAA:
				if !r.AAAA.IsLinkLocalUnicast() || !addr6.IsValid() {
					continue
				}
				r.AAAA = addr6.AsSlice()
			case *dns.OPT, *dns.NSEC:
				continue
			}
			if rr.Header().Ttl == 0 {
				continue // a goodbye
			}
			out = append(out, rr)
		}
	}
	// Services exist where somebody can be asked for their instances.
	for _, rr := range out {
		p, ok := rr.(*dns.PTR)
		if ok && !strings.EqualFold(p.Hdr.Name, serviceTypes) {
			out = append(out, &dns.PTR{Hdr: dns.RR_Header{Name: serviceTypes, Rrtype: dns.TypePTR, Class: dns.ClassINET, Ttl: 4500}, Ptr: p.Hdr.Name})
		}
	}
	return unique(out, nil)
}

func (r records) find(name string, kind uint16) []dns.RR {
	var out []dns.RR
	for _, rr := range r {
		if strings.EqualFold(rr.Header().Name, name) && (kind == dns.TypeANY || rr.Header().Rrtype == kind) {
			out = append(out, rr)
		}
	}
	return out
}

// extra returns what a good responder adds to an answer (RFC 6763, 12).
func (r records) extra(answers []dns.RR) []dns.RR {
	all := slices.Clone(answers)
	for i := 0; i < len(all); i++ { // what is added leads to more
		switch x := all[i].(type) {
		case *dns.PTR:
			if !strings.EqualFold(x.Hdr.Name, serviceTypes) {
				all = slices.Concat(all, r.find(x.Ptr, dns.TypeSRV), r.find(x.Ptr, dns.TypeTXT))
			}
		case *dns.SRV:
			all = slices.Concat(all, r.find(x.Target, dns.TypeA), r.find(x.Target, dns.TypeAAAA))
		}
	}
	return unique(all, answers)
}

// unique returns the records of a that are not in without, each once.
func unique(a, without []dns.RR) []dns.RR {
	seen := map[string]bool{}
	for _, rr := range without {
		seen[rr.String()] = true
	}
	var out []dns.RR
	for _, rr := range a {
		if !seen[rr.String()] {
			seen[rr.String()] = true
			out = append(out, rr)
		}
	}
	return out
}

// question answers one mDNS query: by multicast, where what was multicast within the
// last second is not said again (RFC 6762, 6), by unicast where every question
// asks for that (QU), or as plain DNS to a one-shot asker (RFC 6762, 6.7).
func (d *Device) question(voice *net.UDPConn, b []byte, from netip.AddrPort) {
	var q dns.Msg
	if q.Unpack(b) != nil || q.Response || q.Opcode != dns.OpcodeQuery {
		return
	}
	var answers []dns.RR
	unicast, hear := true, false
	for _, x := range q.Question {
		if d.note("mdns", dns.TypeToString[x.Qtype]+" "+x.Name, from) {
			hear = true
		}
		unicast = unicast && x.Qclass>>15 == 1
		answers = append(answers, d.records.find(x.Name, x.Qtype)...)
	}
	answers = unique(answers, q.Answer) // what the asker knows is not said again
	if !hear || d.Quirks.Mute {
		return
	}
	legacy := from.Port() != mdnsPort
	extra := d.records.extra(answers)
	if !unicast && !legacy {
		answers, extra = d.rested(from.Addr().Is6(), answers, extra)
	}
	if len(answers) == 0 {
		return
	}
	to := netip.AddrPortFrom(mdns4, mdnsPort)
	if from.Addr().Is6() {
		to = netip.AddrPortFrom(mdns6.WithZone(d.ifi.Name), mdnsPort)
	}
	if unicast || legacy {
		to = from
	}
	reply := pack(&q, answers, extra, legacy)
	d.later(func() {
		if reply != nil {
			voice.WriteToUDPAddrPort(reply, to)
		}
	})
}

// rested returns those of the answers, and of what is added to them, that were not
// multicast within the last second in a family, and notes that they are now.
func (d *Device) rested(v6 bool, answers, extra []dns.RR) (a, x []dns.RR) {
	d.mu.Lock()
	defer d.mu.Unlock()
	tired := func(rr dns.RR) bool { return time.Since(d.said[v6][rr.String()]) < time.Second }
	a = slices.DeleteFunc(slices.Clone(answers), tired)
	if len(a) == 0 {
		return nil, nil
	}
	x = slices.DeleteFunc(slices.Clone(extra), tired)
	if d.said[v6] == nil {
		d.said[v6] = map[string]time.Time{}
	}
	for _, rr := range slices.Concat(a, x) {
		d.said[v6][rr.String()] = time.Now()
	}
	return a, x
}

// sayRecords multicasts all records, as a device does when it starts.
func (d *Device) sayRecords() {
	if d.mdns == nil {
		return
	}
	if b := pack(&dns.Msg{}, d.records, nil, false); b != nil {
		d.mdns.WriteToUDPAddrPort(b, netip.AddrPortFrom(mdns4, mdnsPort))
	}
}

// pack writes a reply, leaving out what does not fit. nil = not even one answer does.
func pack(q *dns.Msg, answers, extra []dns.RR, legacy bool) []byte {
	m := dns.Msg{Compress: true}
	m.Response, m.Authoritative = true, true
	size := 9000 // RFC 6762, 17
	if legacy {
		m.Id, m.Question, size = q.Id, nil, legacySize
		for _, x := range q.Question {
			x.Qclass &^= 1 << 15
			m.Question = append(m.Question, x)
		}
	}
	for i, rr := range slices.Concat(answers, extra) {
		rr = dns.Copy(rr)
		h := rr.Header()
		switch {
		case legacy:
			h.Ttl = min(h.Ttl, 10)
		case h.Rrtype != dns.TypePTR:
			h.Class |= 1 << 15 // unique: flush what was known
		}
		list := &m.Answer
		if i >= len(answers) {
			list = &m.Extra
		}
		if *list = append(*list, rr); m.Len() > size {
			*list = (*list)[:len(*list)-1]
		}
	}
	if len(m.Answer) == 0 {
		return nil
	}
	b, err := m.Pack()
	if err != nil {
		return nil
	}
	return b
}
