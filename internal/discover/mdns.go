package discover

import (
	"bytes"
	"context"
	"hash/maphash"
	"net/netip"
	"time"

	"houdbaar/internal/announce"
	"houdbaar/internal/device"
	"houdbaar/internal/lan"
	"houdbaar/internal/scan"
)

// enumerate asks which services there are at all (RFC 6763, section 9).
const enumerate = "_services._dns-sd._udp"

// homeServices are asked for by name without waiting for the enumeration, which
// some devices do not answer: those of routers and cameras first, then those that
// tell what a thing is when it is neither.
var homeServices = [][]string{{
	enumerate, "_axis-video._tcp", "_rtsp._tcp", "_psia._tcp", "_CGI._tcp", "_onvif._tcp", "_hap._tcp",
	"_dhnap._tcp", "_dcp._tcp", "_airport._tcp", "_eero._tcp", "_miio._udp", "_device-info._tcp",
}, {
	"_http._tcp", "_https._tcp", "_smb._tcp", "_workstation._tcp", "_adisk._tcp", "_qdiscover._tcp",
	"_ipp._tcp", "_ipps._tcp", "_printer._tcp", "_pdl-datastream._tcp", "_uscan._tcp",
	"_googlecast._tcp", "_airplay._tcp", "_raop._tcp", "_companion-link._tcp", "_sonos._tcp", "_spotify-connect._tcp",
	"_androidtvremote2._tcp", "_amzn-wplay._tcp", "_nvstream._tcp", "_hue._tcp", "_matter._tcp", "_esphomelib._tcp",
	"_shelly._tcp", "_home-assistant._tcp",
}}

// When the services are asked for, and when what is still missing is asked for.
// Responders wait up to 120 ms before they answer a shared question (RFC 6762,
// section 6).
var (
	askAll     = []time.Duration{0, 400 * time.Millisecond, 1300 * time.Millisecond, 2600 * time.Millisecond}
	askMissing = []time.Duration{150 * time.Millisecond, 300 * time.Millisecond, 600 * time.Millisecond,
		1000 * time.Millisecond, 1600 * time.Millisecond, 2300 * time.Millisecond, 2900 * time.Millisecond}
)

const (
	mdnsListen = 3500 * time.Millisecond
	mdnsTTL    = 255 // RFC 6762, section 11
	mdnsPort   = 5353
	mdnsMost   = 128 // different packets of one sender
	eachAsked  = 3   // times that one missing record is asked for
	typesMost  = 64  // services beyond our own that are asked for
	missesMost = 256 // records asked for at one time
	settle     = 40 * time.Millisecond
)

// mdnsBrowse browses DNS-SD on every interface, in both families.
//
// On each it asks from an ephemeral port, which needs no port 5353 and disturbs
// nobody, and gets short answers by unicast (RFC 6762, section 6.7). It also asks
// from a socket bound to the group's own address, beside Avahi or Bonjour, and
// hears there whole answers and announcements; where that socket cannot be had it
// goes on without.
//
// hashicorp/mdns is not used for this: see mdns_library_test.go, which measures
// what it does to a network.
type mdnsBrowse struct {
	n      *lan.Network
	voices *voices
}

// Name returns "mdns".
func (mdnsBrowse) Name() string { return device.SourceMDNS }

// Discover browses for 3.5 s. A service is emitted as soon as it is heard of, and
// again when more is known about it.
func (d mdnsBrowse) Discover(ctx context.Context, emit func(device.Observation), problem func(scan.Problem)) error {
	ctx, done := context.WithTimeout(ctx, mdnsListen)
	defer done()
	c := &crew{source: device.SourceMDNS, problem: problem}
	crowd := newCrowd(mdnsMost, d.voices)
	used := d.n.Used()
	for _, ifi := range used {
		b := &browser{
			crew: c, crowd: crowd, emit: emit, ifi: ifi, n: d.n.Allow(mdnsPackets / len(used)),
			seed: maphash.MakeSeed(), heard: make(chan announce.Packet, 256),
			asked: map[question]int{}, emitted: map[[3]string]map[string]string{}, seen: map[uint64]bool{},
		}
		if b.open(ctx); len(b.sockets) > 0 {
			c.Go(func() { b.browse(ctx) })
		}
	}
	c.wg.Wait()
	crowd.report(c.source, problem)
	return nil
}

// A browser browses one interface. Its fields are its own goroutine's, except
// what take uses.
type browser struct {
	crew  *crew
	crowd *crowd
	emit  emitter
	n     *lan.Network
	ifi   lan.Interface

	sockets []*lan.Socket // ephemeral ones, one a family and subnet
	groups  []*lan.Socket // bound to the groups
	sent    int
	turns   int   // of asking for what is missing
	err     error // of the last Send that failed

	seed    maphash.Seed
	heard   chan announce.Packet
	seen    map[uint64]bool
	packets []announce.Packet
	said    []device.Observation // what packets say together
	emitted map[[3]string]map[string]string
	asked   map[question]int
}

// open opens the sockets; those that cannot be had are Problems.
func (b *browser) open(ctx context.Context) {
	for _, v6 := range []bool{false, true} {
		group := lan.MDNS4
		if v6 {
			group = lan.MDNS6
		}
		sources := b.ifi.Sources(v6)
		for _, source := range sources {
			s, err := b.n.Ask(b.ifi, source, mdnsTTL)
			if err != nil {
				b.failed(v6, err)
				continue
			}
			b.sockets = append(b.sockets, s)
			b.crew.hear(ctx, s, b.take(ctx))
		}
		if len(sources) == 0 {
			continue
		}
		s, err := b.n.Join(b.ifi, group, mdnsTTL)
		if err != nil {
			deaf(b.crew.source, "5353", b.ifi, err, b.crew.problem)
			continue
		}
		b.groups = append(b.groups, s)
		b.crew.hear(ctx, s, b.take(ctx))
	}
}

func (b *browser) failed(v6 bool, err error) {
	b.crew.problem(scan.Problem{Source: b.crew.source, Code: "interface_failed",
		Args: map[string]string{"interface": b.ifi.Name, "family": family(v6)}, Detail: err.Error()})
}

// take returns what is done with each datagram: answers from port 5353, which is
// the only port they may come from (RFC 6762, section 6), go to the browser.
func (b *browser) take(ctx context.Context) func([]byte, netip.AddrPort) {
	return func(data []byte, from netip.AddrPort) {
		if from.Port() != mdnsPort || len(data) < 12 || data[2]&0x80 == 0 || !b.crowd.admit(from.Addr(), len(data)) {
			return
		}
		p := announce.Packet{At: time.Now(), Interface: b.ifi.Name, From: from, Data: bytes.Clone(data)}
		select {
		case b.heard <- p:
		case <-ctx.Done():
		}
	}
}

// browse asks and listens until ctx ends.
func (b *browser) browse(ctx context.Context) {
	started := time.Now()
	all, missing := askAll, askMissing
	quiet := time.NewTimer(0) // reads what was heard, once nothing more comes for a moment
	quiet.Stop()
	defer quiet.Stop()
	pending, cost := false, settle
	next := time.NewTimer(0)
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			b.drain()
			b.read()
			if b.sent == 0 && b.err != nil {
				b.failed(false, b.err)
			}
			return
		case p := <-b.heard:
			if b.keep(p); !pending {
				pending = true
				quiet.Reset(cost)
			}
		case <-quiet.C:
			pending = false
			began := time.Now()
			b.read()
			cost = max(settle, 4*time.Since(began))
		case <-next.C:
			now := time.Since(started)
			if len(all) > 0 && now >= all[0] {
				b.askAll(len(askAll) - len(all))
				all = all[1:]
			}
			if len(missing) > 0 && now >= missing[0] {
				b.read()
				b.askMissing()
				missing = missing[1:]
			}
			wait := mdnsListen
			for _, at := range [][]time.Duration{all, missing} {
				if len(at) > 0 {
					wait = min(wait, at[0]-time.Since(started))
				}
			}
			next.Reset(max(wait, 0))
		}
	}
}

// drain keeps what is still waiting.
func (b *browser) drain() {
	for {
		select {
		case p := <-b.heard:
			b.keep(p)
		default:
			return
		}
	}
}

// keep adds a packet to the set, unless the same sender said the same before.
func (b *browser) keep(p announce.Packet) {
	var h maphash.Hash
	h.SetSeed(b.seed)
	h.WriteString(p.From.Addr().String())
	h.Write(p.Data[2:]) // the first two bytes repeat the number of our question
	if k := h.Sum64(); !b.seen[k] {
		b.seen[k] = true
		b.packets = append(b.packets, p)
		return
	}
	b.crowd.forgive(p.From.Addr(), len(p.Data))
}

// read reads the whole set again and emits what is new or says more than before.
func (b *browser) read() {
	b.said = announce.MDNS(b.packets)
	for _, o := range b.said {
		id := [3]string{o.Addr.String(), o.Key, ""}
		if o.Key == "" {
			id[2] = o.Get("host")
		}
		if before, ok := b.emitted[id]; ok && same(before, o.Fields) {
			continue
		}
		b.emitted[id] = o.Fields
		b.emit(o)
	}
}

func same(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if w, ok := b[k]; !ok || w != v {
			return false
		}
	}
	return true
}
