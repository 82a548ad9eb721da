package device

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

// Correlate says which observations are about one box. It is a pure function of
// the whole set and is run again whenever the set grows, so the order in which
// packets came does not matter.
//
// The address that sent something is the anchor. Two addresses are one device
// when the neighbour table gives them one MAC, when they announce the same root
// UDN, or when they answer for the same mDNS host name; but never when both MACs
// are known and differ: whoever repeats another's UDN or host name from another
// network card stays a device of its own. A MAC that stands for several IPv4
// addresses (a Wi-Fi extender that hides its clients behind its own) joins none
// of them by itself; one that stands for more than ManyForOne answers for addresses
// that nobody has, and those that say nothing are no devices.
//
// What one device says in another's name (an mDNS reflector, a sleep proxy, a
// forger) counts only for an address from which nothing else was heard.
//
// A later observation replaces an earlier one of the same source, sender and
// subject. The result is sorted by ID, its observations by source and key.
func Correlate(obs []Observation) []Device {
	obs = latest(obs)
	set := newUnion(withoutProxied(sightings(obs)))
	nodes := set.nodes
	for _, names := range []func(*node) []string{set.mac, udns, hosts} {
		set.joinAll(names)
	}

	boxes := map[*node]*Device{}
	for _, n := range nodes {
		root := set.root(n)
		d := boxes[root]
		if d == nil {
			d = &Device{MAC: set.macs[root]}
			boxes[root] = d
		}
		d.Addrs = append(d.Addrs, n.addr)
		d.Observations = append(d.Observations, n.obs...)
	}
	devices := make([]Device, 0, len(boxes))
	for _, d := range boxes {
		slices.SortFunc(d.Addrs, compareAddr)
		slices.SortStableFunc(d.Observations, compareObservation)
		d.Gateway = slices.ContainsFunc(d.Observations, func(o Observation) bool { return o.Source == SourceRoute })
		d.ID = id(d, set)
		devices = append(devices, *d)
	}
	unique(devices)
	slices.SortFunc(devices, func(a, b Device) int { return cmp.Compare(a.ID, b.ID) })
	return devices
}

// A node is all that one address said.
type node struct {
	addr   netip.Addr
	mac    string
	obs    []Observation
	parent *node
}

// latest keeps the last observation of each subject.
func latest(obs []Observation) []Observation {
	type subject struct {
		source, key, part string
		addr              netip.Addr
	}
	last := make(map[subject]int, len(obs))
	kept := make([]Observation, 0, len(obs))
	for _, o := range obs {
		o.Addr = o.Addr.Unmap()
		s := subject{o.Source, o.Key, "", o.Addr}
		switch o.Source {
		case SourceMDNS:
			s.part = o.Get("service")
		case SourceUPnP:
			s.part = o.Get("url") + " " + o.Get("depth") + " " + o.Get("UDN")
		case SourceSSDP:
			s.part = o.Get("usn") + " " + o.Get("st") + " " + o.Get("location")
		case SourceHTTP:
			s.part = o.Get("path")
		}
		if at, ok := last[s]; ok {
			kept[at] = o
			continue
		}
		last[s] = len(kept)
		kept = append(kept, o)
	}
	return kept
}

// sightings makes a node of each address, with the MAC the system knows for it.
func sightings(obs []Observation) []*node {
	macOf := map[netip.Addr]string{}
	own := map[netip.Addr]bool{}
	for _, o := range obs {
		if o.MAC != "" {
			macOf[o.Addr] = strings.ToLower(o.MAC)
		}
		if len(spokenFor(o)) == 0 {
			own[o.Addr] = true
		}
	}
	byAddr := map[netip.Addr]*node{}
	var nodes []*node
	add := func(a netip.Addr, o Observation) {
		n := byAddr[a]
		if n == nil {
			n = &node{addr: a, mac: cmp.Or(macOf[a], macFromEUI64(a))}
			byAddr[a] = n
			nodes = append(nodes, n)
		}
		n.obs = append(n.obs, o)
	}
	for _, o := range obs {
		others := spokenFor(o)
		if len(others) == 0 {
			add(o.Addr, o)
			continue
		}
		itself := func(a netip.Addr) bool { return own[a] || own[a.WithZone(o.Addr.Zone())] }
		if !slices.ContainsFunc(others, itself) { // else that device speaks too
			add(others[0], o)
		}
	}
	slices.SortFunc(nodes, func(a, b *node) int { return compareAddr(a.addr, b.addr) })
	return nodes
}

// ManyForOne is how many IPv4 addresses one MAC stands for at most for all of them to be
// devices. An extender has fewer clients; a router or access point that answers ARP for
// everybody (proxy ARP) has the whole subnet.
const ManyForOne = 32

// withoutProxied leaves out the addresses of which nothing was heard but the answer of such
// a MAC.
func withoutProxied(nodes []*node) []*node {
	v4 := addresses(nodes)
	return slices.DeleteFunc(nodes, func(n *node) bool {
		heard := slices.ContainsFunc(n.obs, func(o Observation) bool { return o.Source != SourceNeighbour })
		return !heard && n.addr.Is4() && v4[n.mac] > ManyForOne
	})
}

// addresses counts the IPv4 addresses that each MAC stands for.
func addresses(nodes []*node) map[string]int {
	v4 := map[string]int{}
	for _, n := range nodes {
		if n.addr.Is4() && n.mac != "" {
			v4[n.mac]++
		}
	}
	return v4
}

// spokenFor returns the addresses that an mDNS answer gives for its host when
// its sender is none of them; nil when the sender speaks for itself. A sender
// with a link-local IPv6 address speaks for itself whatever it lists, as its
// IPv4 addresses are what it should list.
func spokenFor(o Observation) []netip.Addr {
	if o.Source != SourceMDNS || o.Addr.Is6() && o.Addr.IsLinkLocalUnicast() {
		return nil
	}
	var others []netip.Addr
	for _, text := range strings.Fields(o.Get("addresses")) {
		a, err := netip.ParseAddr(text)
		if err != nil {
			continue
		}
		a = a.Unmap()
		if a == o.Addr.WithZone("") {
			return nil
		}
		// Only addresses of the sender's own family prove that it is another box.
		if a.Is4() == o.Addr.Is4() {
			others = append(others, a)
		}
	}
	slices.SortFunc(others, compareAddr)
	return others
}

// A union is a disjoint-set forest over nodes that never joins two MACs.
type union struct {
	nodes []*node
	macs  map[*node]string // of the root: the one MAC of its set, "" = none known
	v4    map[string]int   // how many IPv4 addresses a MAC stands for
}

func newUnion(nodes []*node) *union {
	u := &union{nodes: nodes, macs: map[*node]string{}, v4: addresses(nodes)}
	for _, n := range nodes {
		n.parent = n
		u.macs[n] = n.mac
	}
	return u
}

func (u *union) root(n *node) *node {
	for n.parent != n {
		n.parent = n.parent.parent
		n = n.parent
	}
	return n
}

// join makes one set of two unless their MACs are known and differ.
func (u *union) join(a, b *node) {
	a, b = u.root(a), u.root(b)
	if a == b {
		return
	}
	ma, mb := u.macs[a], u.macs[b]
	if ma != "" && mb != "" && ma != mb {
		return
	}
	b.parent = a
	u.macs[a] = cmp.Or(ma, mb)
}

// joinAll joins every node that key names alike; key returns nothing for a node
// that has no such name.
func (u *union) joinAll(key func(*node) []string) {
	first := map[string][]*node{}
	for _, n := range u.nodes {
	keys:
		for _, k := range key(n) {
			for _, other := range first[k] {
				u.join(other, n)
				if u.root(other) == u.root(n) {
					continue keys
				}
			}
			if len(first[k]) < maxNamesakes {
				first[k] = append(first[k], n)
			}
		}
	}
}

// maxNamesakes is how many different boxes may bear one name before the name is
// worth nothing; it keeps ten thousand forgers of one UDN from costing n².
const maxNamesakes = 8

// mac is the MAC of a node, if it stands for no other IPv4 address.
func (u *union) mac(n *node) []string {
	if n.mac == "" || u.v4[n.mac] > 1 {
		return nil
	}
	return []string{n.mac}
}

// udns are the UDNs that a node announces.
func udns(n *node) (names []string) {
	for _, o := range n.obs {
		if udn := o.UDN(); udn != "" {
			names = append(names, udn)
		}
	}
	return names
}

// hosts are the mDNS host names that a node answers for as its own.
func hosts(n *node) (names []string) {
	for _, o := range n.obs {
		if host := o.Get("host"); o.Source == SourceMDNS && host != "" && len(spokenFor(o)) == 0 {
			names = append(names, strings.ToLower(strings.TrimSuffix(host, ".")))
		}
	}
	return names
}

// id names a device so that the next scan finds it again: by MAC, else by UDN,
// else by address.
func id(d *Device, u *union) string {
	if d.MAC != "" && u.v4[d.MAC] <= 1 {
		return "mac-" + strings.ReplaceAll(d.MAC, ":", "")
	}
	for _, o := range d.Observations {
		if udn := o.UDN(); udn != "" {
			return "udn-" + udn
		}
	}
	return "ip-" + d.Addrs[0].String()
}

// unique tells apart devices that would bear one ID (two boxes behind one name).
func unique(devices []Device) {
	count := map[string]int{}
	for _, d := range devices {
		count[d.ID]++
	}
	for i, d := range devices {
		if count[d.ID] > 1 {
			devices[i].ID += "-" + d.Addrs[0].String()
		}
	}
}

// macFromEUI64 reads the MAC that a modified EUI-64 IPv6 interface identifier
// carries (RFC 4291 appendix A); "" when there is none.
func macFromEUI64(a netip.Addr) string {
	if !a.Is6() || !a.IsLinkLocalUnicast() {
		return ""
	}
	b := a.As16()
	if b[11] != 0xff || b[12] != 0xfe {
		return ""
	}
	return fmt.Sprintf("%02x:%02x:%02x:%02x:%02x:%02x", b[8]^2, b[9], b[10], b[13], b[14], b[15])
}

// compareAddr puts IPv4 first, then global IPv6, then link-local.
func compareAddr(a, b netip.Addr) int {
	rank := func(x netip.Addr) int {
		switch {
		case x.Is4():
			return 0
		case !x.IsLinkLocalUnicast():
			return 1
		}
		return 2
	}
	return cmp.Or(cmp.Compare(rank(a), rank(b)), a.Compare(b))
}

func compareObservation(a, b Observation) int {
	return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Key, b.Key), compareAddr(a.Addr, b.Addr))
}
