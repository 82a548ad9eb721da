package announce

import (
	"encoding/binary"
	"maps"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"houdbaar/internal/device"
)

// Limits on a set of mDNS packets.
const (
	maxRecords   = 512  // of one packet; the fullest seen has 60
	maxHops      = 32   // compression pointers followed for one name
	maxInstances = 2048 // of one set: 100 devices with 20 services each
	maxPackets   = 16   // kept as Raw of one instance; answers repeat themselves
	maxStrings   = 128  // of one TXT record
)

// DNS record types that DNS-SD uses.
const (
	typeA     = 1
	typePTR   = 12
	typeHINFO = 13
	typeTXT   = 16
	typeAAAA  = 28
	typeSRV   = 33
)

// A record is one resource record, with its name in labels: an instance name may
// hold dots, so a dotted name would be ambiguous.
type record struct {
	name   []string
	kind   uint16
	ttl    uint32
	data   []byte   // as it came; names inside are in target
	target []string // of PTR and SRV
}

// MDNS reads a whole set of mDNS packets, from any number of devices, and joins
// what each sender spread over several. It gives one observation for each service
// instance that has a pointer, SRV or TXT record, whatever else is missing, and
// one without service and instance for a host that only has an address or HINFO.
//
// Fields are service ("_http._tcp"), instance, host, port, addresses (the sender's
// claim, parted by blanks), txt.<lower-case key>, hinfo.cpu and hinfo.os. Instance and
// texts are without the escapes of a printed name, if they were sent with them; Key is
// the full instance name as it came, which is the one to ask for. Questions are ignored. A goodbye (TTL 0) says who speaks
// as well as a greeting does (a D-Link DCH-G020 was recorded with nothing else),
// but only fills in what no greeting said.
//
// The wire format is read here because golang.org/x/net/dns/dnsmessage refuses
// labels with a dot, and it and miekg/dns give up a packet at its first bad record.
func MDNS(ps []Packet) []device.Observation {
	type sender struct {
		iface string
		addr  netip.Addr
	}
	var order []*gathering
	bySender := map[sender]*gathering{}
	for _, p := range ps {
		s := sender{p.Interface, p.From.Addr().Unmap()}
		g := bySender[s]
		if g == nil {
			g = &gathering{}
			bySender[s], order = g, append(order, g)
		}
		for _, r := range parseDNS(p.Data) {
			if r.ttl == 0 {
				g.goodbyes = append(g.goodbyes, func() { g.take(r, p) })
			} else {
				g.take(r, p)
			}
		}
	}
	var out []device.Observation
	for _, g := range order {
		for _, take := range g.goodbyes {
			take()
		}
		out = append(out, g.observations()...)
	}
	return out
}

// A gathering is what the records of one sender say, being put together.
type gathering struct {
	instances, hosts sightings
	goodbyes         []func() // to be taken when all else was
}

// take notes what one record says.
func (g *gathering) take(r record, p Packet) {
	switch r.kind {
	case typePTR:
		g.instance(r.target, p)
	case typeSRV:
		if s := g.instance(r.name, p); s != nil && s.o.Get("port") == "" {
			s.host = strings.Join(r.target, ".")
			set(s.o.Fields, "host", s.host)
			set(s.o.Fields, "port", strconv.Itoa(int(binary.BigEndian.Uint16(r.data[4:]))))
		}
	case typeTXT:
		if s := g.instance(r.name, p); s != nil {
			readTXT(r.data, s.o.Get("service"), s.o.Fields)
		}
	case typeA, typeAAAA:
		if a, ok := netip.AddrFromSlice(r.data); ok {
			s := g.host(r.name, p)
			if t := a.Unmap().String(); !slices.Contains(s.addresses, t) && len(s.addresses) < 16 {
				s.addresses = append(s.addresses, t)
			}
		}
	case typeHINFO:
		if list := characterStrings(r.data); len(list) >= 2 {
			s := g.host(r.name, p)
			set(s.o.Fields, "hinfo.cpu", toUTF8(list[0], ""))
			set(s.o.Fields, "hinfo.os", toUTF8(list[1], ""))
		}
	}
}

// instance returns the sighting of an instance that p names, nil when the labels are
// no instance's.
func (g *gathering) instance(labels []string, p Packet) *sighting {
	name, service, ok := splitInstance(labels)
	if !ok {
		return nil
	}
	full := strings.Join(labels, ".")
	s := g.instances.at(full, p)
	if s.o.Key == "" {
		s.o.Key = full
		set(s.o.Fields, "service", service)
		set(s.o.Fields, "instance", asSaid(name))
	}
	return s
}

// host returns the sighting of a host that p names.
func (g *gathering) host(labels []string, p Packet) *sighting {
	name := strings.Join(labels, ".")
	s := g.hosts.at(name, p)
	set(s.o.Fields, "host", name)
	return s
}

// observations returns the instances, each with what its host says, and then the hosts
// that no instance is on.
func (g *gathering) observations() []device.Observation {
	var out []device.Observation
	for _, s := range g.instances.order {
		if h := g.hosts.byName[strings.ToLower(s.host)]; h != nil {
			h.used = true
			s.add(h)
		}
		out = append(out, s.o)
	}
	for _, h := range g.hosts.order {
		if !h.used {
			set(h.o.Fields, "addresses", strings.Join(h.addresses, " "))
			out = append(out, h.o)
		}
	}
	return out
}

// sightings are instances or hosts, in the order in which they were first named.
type sightings struct {
	byName map[string]*sighting // in lower case
	order  []*sighting
}

// A sighting is an instance or host being put together.
type sighting struct {
	o         device.Observation
	host      string   // of an instance
	addresses []string // of a host
	used      bool     // a host that an instance is on
}

// at returns the sighting of a name that p says something about. Of too many it is one
// that nobody keeps.
func (l *sightings) at(name string, p Packet) *sighting {
	id := strings.ToLower(name)
	s := l.byName[id]
	if s == nil {
		s = &sighting{o: p.observe(device.SourceMDNS, map[string]string{})}
		s.o.Raw = nil
		if len(l.order) < maxInstances {
			if l.byName == nil {
				l.byName = map[string]*sighting{}
			}
			l.byName[id] = s
			l.order = append(l.order, s)
		}
	}
	s.o.At = p.At
	s.keep(p.Data)
	return s
}

// keep keeps a packet once, unless there are many.
func (s *sighting) keep(packet []byte) {
	had := func(p []byte) bool { return &p[0] == &packet[0] }
	if len(s.o.Raw) < maxPackets && !slices.ContainsFunc(s.o.Raw, had) {
		s.o.Raw = append(s.o.Raw, packet)
	}
}

// add gives an instance what its host says.
func (s *sighting) add(host *sighting) {
	set(s.o.Fields, "addresses", strings.Join(host.addresses, " "))
	for _, name := range []string{"hinfo.cpu", "hinfo.os"} {
		if v, ok := host.o.Fields[name]; ok {
			set(s.o.Fields, name, v)
		}
	}
	for _, packet := range host.o.Raw {
		s.keep(packet)
	}
}

// MDNSServices returns the service types that packets name, sorted: those to ask
// for next, such as "_http._tcp".
func MDNSServices(ps []Packet) []string {
	seen := map[string]bool{}
	note := func(labels []string) {
		for i := 0; i+1 < len(labels); i++ {
			if isService(labels[i:]) && len(seen) < maxInstances {
				seen[labels[i]+"."+labels[i+1]] = true
				return
			}
		}
	}
	for _, p := range ps {
		for _, r := range parseDNS(p.Data) {
			note(r.target)
			if r.kind == typeSRV || r.kind == typeTXT || r.kind == typePTR {
				note(r.name)
			}
		}
	}
	delete(seen, "_dns-sd._udp")
	return slices.Sorted(maps.Keys(seen))
}

// isService reports whether labels begin with a service type.
func isService(labels []string) bool {
	return len(labels) >= 2 && strings.HasPrefix(labels[0], "_") && len(labels[0]) > 1 &&
		(strings.EqualFold(labels[1], "_tcp") || strings.EqualFold(labels[1], "_udp"))
}

// splitInstance takes "My Printer._http._tcp.local" apart.
func splitInstance(labels []string) (instance, service string, ok bool) {
	for i := 1; i < len(labels); i++ {
		if isService(labels[i:]) {
			// "_printer._sub._http._tcp" and "_services._dns-sd._udp" name types.
			if last := labels[i-1]; last == "_sub" || strings.EqualFold(labels[i], "_dns-sd") {
				return "", "", false
			}
			return strings.Join(labels[:i], "."), labels[i] + "." + labels[i+1], true
		}
	}
	return "", "", false
}

// readTXT stores the key=value strings of a TXT record under "txt.". The first of
// two equal keys wins (RFC 6763, 6.4). A string without "=" is a key without value;
// it is kept in "txt" as well, because Edimax puts its model there.
func readTXT(data []byte, service string, fields map[string]string) {
	for _, raw := range characterStrings(data) {
		parts := []string{toUTF8(raw, "")}
		if strings.EqualFold(service, "_airport._tcp") {
			parts = unpackAirPort(parts[0])
		}
		for _, s := range parts {
			name, value, ok := strings.Cut(s, "=")
			if !ok {
				set(fields, "txt", asSaid(s))
			}
			name = "txt." + strings.ToLower(strings.TrimSpace(name))
			if _, again := fields[name]; !again && name != "txt." {
				set(fields, name, asSaid(value))
			}
		}
	}
}

// unpackAirPort splits the one string of an AirPort base station,
// "waMA=...,raMA=...,syAP=115,syVs=7.8.1", at commas that a key follows.
func unpackAirPort(s string) []string {
	var out []string
	for _, part := range strings.Split(s, ",") {
		name, _, ok := strings.Cut(part, "=")
		if len(out) > 0 && (!ok || name == "" || strings.ContainsAny(name, " .:-")) {
			out[len(out)-1] += "," + part
			continue
		}
		out = append(out, part)
	}
	return out
}

// characterStrings splits rdata into its length-prefixed strings; one that the
// record's end cuts short is dropped.
func characterStrings(b []byte) [][]byte {
	var out [][]byte
	for len(b) > 0 && len(out) < maxStrings {
		n := int(b[0])
		if n >= len(b) {
			break
		}
		if n > 0 {
			out = append(out, b[1:1+n])
		}
		b = b[1+n:]
	}
	return out
}

// parseDNS returns the records of a response. A bad record is skipped, one whose
// length cannot be known ends the packet; what came before is kept.
func parseDNS(b []byte) []record {
	if len(b) < 12 || len(b) > maxDatagram || b[2]&0x80 == 0 {
		return nil
	}
	count := func(i int) int { return int(binary.BigEndian.Uint16(b[i:])) }
	off := 12
	for range min(count(4), maxRecords) {
		_, next, ok := dnsName(b, off)
		if !ok || next+4 > len(b) {
			return nil
		}
		off = next + 4
	}
	var out []record
	for range min(count(6)+count(8)+count(10), maxRecords) {
		name, next, ok := dnsName(b, off)
		if !ok || next+10 > len(b) {
			break
		}
		r := record{name: name, kind: binary.BigEndian.Uint16(b[next:]), ttl: binary.BigEndian.Uint32(b[next+4:])}
		start := next + 10
		end := start + int(binary.BigEndian.Uint16(b[next+8:]))
		if end > len(b) {
			break
		}
		r.data, off = b[start:end], end
		switch r.kind {
		case typePTR:
			r.target, _, ok = dnsName(b[:end], start)
		case typeSRV:
			if ok = len(r.data) > 6; ok {
				r.target, _, ok = dnsName(b[:end], start+6)
			}
		}
		if ok {
			out = append(out, r)
		}
	}
	return out
}

// dnsName reads the name at off and returns its labels and where it ends.
func dnsName(b []byte, off int) (labels []string, end int, ok bool) {
	hops, size := 0, 0
	for off < len(b) {
		n := int(b[off])
		switch {
		case n == 0:
			if hops == 0 {
				end = off + 1
			}
			return labels, end, true
		case n&0xc0 == 0xc0:
			if off+1 >= len(b) || hops >= maxHops {
				return nil, 0, false
			}
			if hops == 0 {
				end = off + 2
			}
			hops++
			off = (n&0x3f)<<8 | int(b[off+1])
		case n&0xc0 != 0:
			return nil, 0, false
		default:
			if size += n + 1; off+1+n > len(b) || size > 255 { // RFC 1035, 2.3.4
				return nil, 0, false
			}
			labels = append(labels, toUTF8(b[off+1:off+1+n], ""))
			off += 1 + n
		}
	}
	return nil, 0, false
}
