package discover

import (
	"bytes"
	"context"
	"maps"
	"net/netip"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/miekg/dns"

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
var homeServices = [2][]string{{
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
// Responders wait up to 120 ms before they answer a shared question, and do not
// multicast what they multicast within the last second (RFC 6762, section 6): where an
// answer is lost, one more question within that second brings none. So the services
// are asked for in pairs, 1.2 s apart: the second is for whoever lost the first.
var (
	askAll = []time.Duration{0, 400 * time.Millisecond, 1200 * time.Millisecond, 1600 * time.Millisecond,
		2400 * time.Millisecond, 2800 * time.Millisecond, 3600 * time.Millisecond, 3900 * time.Millisecond}
	askMissing = []time.Duration{150 * time.Millisecond, 300 * time.Millisecond, 600 * time.Millisecond,
		1000 * time.Millisecond, 1500 * time.Millisecond, 2100 * time.Millisecond, 2700 * time.Millisecond, 3400 * time.Millisecond}
)

const (
	mdnsListen = 4300 * time.Millisecond // as long as SSDP listens anyway
	mdnsTTL    = 255                     // RFC 6762, section 11
	mdnsPort   = 5353
	mdnsMost   = 128 // different packets of one sender
	eachAsked  = 4   // times that one missing record is asked for
	typesMost  = 64  // services beyond our own that are asked for
	missesMost = 256 // records asked for at one time
	settle     = 40 * time.Millisecond
	patience   = 500 * time.Millisecond // with who named a service that all are asked for
)

// mdnsBrowse browses DNS-SD on every interface, in both families.
//
// On each it asks from an ephemeral port, which needs no port 5353 and disturbs
// nobody, and gets short answers by unicast (RFC 6762, section 6.7). It also asks
// from a socket bound to the group's own address, beside Avahi or Bonjour, and
// hears there whole answers and announcements; where that socket cannot be had it
// goes on without.
//
// hashicorp/mdns cannot carry this (it finds four of nine services in a home of
// real responders); it gives a second opinion, see mdns_second.go.
type mdnsBrowse struct {
	n      *lan.Network
	voices *voices
}

func (mdnsBrowse) Name() string { return device.SourceMDNS }

// Discover browses for 4.3 s. A service is emitted as soon as it is heard of, and
// again when more is known about it.
func (d mdnsBrowse) Discover(ctx context.Context, emit func(device.Observation), problem func(scan.Problem)) {
	ctx, done := context.WithTimeout(ctx, mdnsListen)
	defer done()
	c := &crew{source: device.SourceMDNS, problem: problem}
	// Those who answer to our own ports, and those who speak to the groups.
	answers, told := newCrowd(d.n, mdnsMost, d.voices), newCrowd(d.n, mdnsMost, d.voices)
	used := d.n.Used()
	// A second opinion; looked at before our own sockets take the port. The library also joins
	// the group where the system would, which must be no VPN.
	way, known := d.n.Through(lan.MDNS4.Addr())
	mayAsk := runtime.GOOS != "windows" && lan.PortFree(mdnsPort) && (!known || way.Used())
	for _, ifi := range used {
		b := &browser{
			crew: c, emit: emit, ifi: ifi, n: d.n.Allow(mdnsPackets / len(used)),
			memory: newMemory(), news: make(chan struct{}, 1), heard: map[netip.Addr]*sender{},
			services: map[string]bool{}, asked: map[dns.Question]asked{}, thrifty: len(used) > 2,
		}
		b.sockets, b.groups = c.open(ctx, b.n, ifi, [2]netip.AddrPort{lan.MDNS4, lan.MDNS6}, mdnsTTL, b.taker(answers), b.taker(told))
		if len(b.sockets) > 0 {
			c.Go(func() { b.browse(ctx) })
			if mayAsk && b.grouped(false) {
				c.Go(func() { b.askSecond(ctx) })
			}
		}
	}
	c.wg.Wait()
	report(c.source, problem, answers, told)
}

// A browser browses one interface. What stands below mu is shared with the
// sockets' readers, which never wait; the rest is the browser's own.
type browser struct {
	crew *crew
	emit emitter
	n    *lan.Network
	ifi  lan.Interface

	sockets  []*lan.Socket // ephemeral ones, one a family and subnet
	groups   []*lan.Socket // bound to the groups
	services map[string]bool
	asked    map[dns.Question]asked
	sent     int
	thrifty  bool  // there are many interfaces to share the allowance with
	err      error // of the last Send that failed

	second atomic.Pointer[second] // nil: it does not run

	memory *memory
	news   chan struct{} // 1 = something new was heard

	mu    sync.Mutex
	heard map[netip.Addr]*sender
	hints [][2]string // instance and service
}

// asked is how often a missing record was asked for, and when it may be asked for anew.
type asked struct {
	times int
	again time.Time
}

type sender struct {
	packets  []announce.Packet
	fresh    bool // there are packets that were not read yet
	said     []device.Observation
	services []string  // that it named
	named    time.Time // when it named the first
}

// taker returns what is done with each datagram. Answers come from port 5353 and no
// other (RFC 6762, section 6).
func (b *browser) taker(crowd *crowd) func([]byte, netip.AddrPort) {
	return func(data []byte, from netip.AddrPort) {
		switch {
		case len(data) < 12:
		case data[2]&0x80 == 0:
			b.overheard(from)
		case from.Port() == mdnsPort && crowd.admit(from.Addr(), len(data)) && !b.keep(data, from):
			crowd.forgive(from.Addr(), len(data))
		}
	}
}

// keep keeps an answer; false when its sender gave the same one before.
func (b *browser) keep(data []byte, from netip.AddrPort) bool {
	if !b.memory.news(from.Addr().String(), string(data[2:])) { // the first two bytes repeat the number of our question
		return false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.heard[from.Addr()]
	if s == nil {
		s = &sender{}
		b.heard[from.Addr()] = s
	}
	s.packets = append(s.packets, announce.Packet{At: time.Now(), Interface: b.ifi.Name, From: from, Data: bytes.Clone(data)})
	s.fresh = true
	select {
	case b.news <- struct{}{}:
	default:
	}
	return true
}

// browse asks and listens until ctx ends.
func (b *browser) browse(ctx context.Context) {
	started := time.Now()
	all, missing := askAll, askMissing
	settled := time.NewTimer(0) // reads what was heard, a moment after the first of it came
	settled.Stop()
	defer settled.Stop()
	waiting, rest := false, settle
	next := time.NewTimer(0)
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			b.read()
			if b.sent == 0 && b.err != nil {
				b.crew.failed(b.ifi, b.sockets[0].V6, b.err)
			}
			return
		case <-b.news:
			if !waiting {
				waiting = true
				settled.Reset(rest)
			}
		case <-settled.C:
			waiting = false
			began := time.Now()
			b.read()
			rest = max(settle, 4*time.Since(began)) // a flood makes reading dear
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

// read reads all that those said who said something new, and emits what is new or
// says more than before.
func (b *browser) read() {
	b.mu.Lock()
	fresh := map[*sender][]announce.Packet{}
	for _, s := range b.heard {
		if s.fresh {
			fresh[s], s.fresh = s.packets, false
		}
	}
	b.mu.Unlock()
	for s, packets := range fresh {
		before := s.said
		s.said = announce.MDNS(packets)
		for _, o := range s.said {
			if !slices.ContainsFunc(before, func(p device.Observation) bool { return p.Key == o.Key && maps.Equal(p.Fields, o.Fields) }) {
				b.emit(o)
			}
		}
		if s.services = announce.MDNSServices(packets); len(s.services) > 0 && s.named.IsZero() {
			s.named = time.Now()
		}
		for _, service := range s.services {
			if len(b.services) < typesMost && !asksFor(service) {
				b.services[service] = true
			}
		}
	}
}

func (b *browser) said() []device.Observation {
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []device.Observation
	for _, s := range b.heard {
		out = append(out, s.said...)
	}
	return out
}
