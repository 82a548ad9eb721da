package discover

import (
	"bytes"
	"context"
	"hash/maphash"
	"net/netip"
	"slices"
	"sync/atomic"
	"time"

	"github.com/huin/goupnp/ssdp"

	"houdbaar/internal/device"
	"houdbaar/internal/lan"
	"houdbaar/internal/scan"
)

// addressPackets are for one typed address: three searches, the makers' questions
// once, and where nothing answered, and it is no gateway, the first of them again.
// Descriptions and probe's doors, most of which are a gateway's, come on top; all stay
// within thirty.
const (
	addressPackets = 3 + 15 + addressAgain
	addressAgain   = 4
	addressPages   = 6
	addressListen  = 2500 * time.Millisecond
)

// addressBursts are when the address is searched; the makers' questions go with the
// second, and again with the third.
var addressBursts = [3]time.Duration{0, 400 * time.Millisecond, 1200 * time.Millisecond}

// Address returns the discoverer for one address that a person typed. n must allow
// it, see lan.Network.Typed. Nothing is sent to anybody else. quiet leaves the
// makers' questions out.
func Address(n *lan.Network, a netip.Addr, quiet bool) []scan.Discoverer {
	return []scan.Discoverer{address{n: n, a: a, quiet: quiet}}
}

type address struct {
	n     *lan.Network
	a     netip.Addr
	quiet bool
}

// Name returns "address".
func (address) Name() string { return "address" }

// Discover asks the address by SSDP and in the makers' words, all by unicast, and
// reads the descriptions it points to.
func (d address) Discover(ctx context.Context, emit func(device.Observation), problem func(scan.Problem)) error {
	ifi, ok := d.n.Local(d.a)
	sources := ifi.Sources(d.a.Is6())
	if !ok || len(sources) == 0 {
		return lan.ErrNotLocal
	}
	source := sources[0]
	if s, err := lan.Source(d.a); err == nil && ifi.Own(s) && !d.a.Is6() {
		source = s
	}
	listen, done := context.WithTimeout(ctx, addressListen)
	defer done()
	emit(device.Observation{At: time.Now(), Source: device.SourceTyped, Interface: ifi.Name, Addr: d.a, Fields: map[string]string{}})
	gateways, _ := lan.Gateways()
	gateway := slices.ContainsFunc(gateways, func(g lan.Gateway) bool { return g.Addr == d.a })
	if gateway {
		emit(device.Observation{At: time.Now(), Source: device.SourceRoute, Interface: ifi.Name, Addr: d.a, Fields: map[string]string{"gateway": ifi.Name}})
	}
	var answered atomic.Bool
	tell := func(o device.Observation) {
		answered.Store(true)
		emit(o)
	}
	c := &crew{source: device.SourceSSDP, problem: problem}
	v := new(voices)
	r := &ssdpRun{crew: crew{source: device.SourceSSDP, problem: problem}, emit: tell,
		answers: newCrowd(d.n, ssdpMost, v), told: newCrowd(d.n, ssdpMost, v), seen: map[uint64]bool{}, seed: maphash.MakeSeed()}
	r.pages = newPages(ctx, d.n.Allow(addressPages), &r.crew, r.answers, tell)
	n := d.n.Allow(addressPackets)
	s, err := n.Ask(ifi, source, ssdpTTL)
	if err != nil {
		r.failed(ifi, d.a.Is6(), err)
		return nil
	}
	only := func(take func([]byte, netip.AddrPort)) func([]byte, netip.AddrPort) {
		return func(b []byte, from netip.AddrPort) {
			if from.Addr() == d.a {
				take(b, from)
			}
		}
	}
	c.hear(listen, s, only(r.taker(ifi, r.answers)))
	var askers []*asker
	if !d.quiet && d.a.Is4() {
		for _, q := range makersQuestions() {
			a := &asker{makersQuestion: q, ifi: ifi, only: d.a, emit: tell, crowd: newCrowd(d.n, askingMost, v),
				seed: maphash.MakeSeed(), seen: map[uint64]bool{}}
			if a.openFour(listen, n, c, source, q.hear != 0 && lan.PortFree(q.hear)); a.four != nil {
				askers = append(askers, a)
			}
		}
	}
	started := time.Now()
	for round, at := range addressBursts {
		if !pause(listen, at-time.Since(started)) {
			break
		}
		answerBy, stop := context.WithTimeout(listen, time.Second+300*time.Millisecond)
		ssdp.RawSearch(answerBy, &httpu{socket: s, to: netip.AddrPortFrom(d.a, 1900)}, ssdp.UPNPRootDevice, 1)
		stop()
		for i, a := range askers {
			if round == 1 || round == 2 && i < addressAgain && !gateway && !answered.Load() {
				a.askOne(d.a)
				pause(listen, askingGap)
			}
		}
	}
	c.wg.Wait()
	r.wg.Wait()
	d.neighbour(ifi, emit)
	return nil
}

// neighbour emits the hardware address, where the address is on the link.
func (d address) neighbour(ifi lan.Interface, emit emitter) {
	table, _ := lan.Neighbours()
	for _, e := range table {
		if e.Addr == d.a && e.Interface == ifi.Name {
			emit(device.Observation{At: time.Now(), Source: device.SourceNeighbour, Interface: e.Interface, Addr: e.Addr, MAC: e.MAC, Fields: maker(e.MAC)})
		}
	}
}

// askOne asks one device, by unicast, what the first burst asks everybody.
func (a *asker) askOne(to netip.Addr) error {
	b := bytes.Clone(a.rounds[0].bytes)
	return a.four.Send(a.numbered(b), netip.AddrPortFrom(to, a.rounds[0].to.Port()))
}
