package discover

import (
	"context"
	"net/netip"
	"sync/atomic"
	"time"

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

func (address) Name() string { return "address" }

// Discover asks the address by SSDP and in the makers' words, all by unicast, and
// reads the descriptions it points to.
func (d address) Discover(ctx context.Context, emit func(device.Observation), problem func(scan.Problem)) {
	ifi, ok := d.n.Local(d.a)
	sources := ifi.Sources(d.a.Is6())
	if !ok || len(sources) == 0 {
		problem(scan.Failed(d.Name(), lan.ErrNotLocal.Error()))
		return
	}
	source := sources[0]
	if s, err := lan.Source(d.a); err == nil && ifi.Own(s) && !d.a.Is6() {
		source = s
	}
	listen, done := context.WithTimeout(ctx, addressListen)
	defer done()
	emit(device.Observation{At: time.Now(), Source: device.SourceTyped, Interface: ifi.Name, Addr: d.a, Fields: map[string]string{}})
	gateway := lan.IsGateway(d.a)
	if gateway {
		emit(wayOut(ifi.Name, d.a))
	}
	var answered atomic.Bool
	tell := func(o device.Observation) {
		answered.Store(true)
		emit(o)
	}
	v := new(voices)
	r := newSSDPRun(ctx, d.n, d.n.Allow(addressPages), v, tell, problem)
	n := d.n.Allow(addressPackets)
	s, err := n.Ask(ifi, source, ssdpTTL)
	if err != nil {
		r.failed(ifi, d.a.Is6(), err)
		return
	}
	take := r.taker(ifi, r.answers)
	r.hear(listen, s, func(b []byte, from netip.AddrPort) {
		if from.Addr() == d.a {
			take(b, from)
		}
	})
	askers := d.askers(listen, n, &r.crew, ifi, source, tell, v)
	started := time.Now()
	for round, at := range addressBursts {
		if !pause(listen, at-time.Since(started)) {
			break
		}
		r.once(listen, &httpu{socket: s, to: netip.AddrPortFrom(d.a, 1900)}, searchTargets[0], time.Second)
		for i, a := range askers {
			if round == 1 || round == 2 && i < addressAgain && !gateway && !answered.Load() {
				a.four.Send(a.numbered(a.rounds[0].bytes), netip.AddrPortFrom(d.a, a.rounds[0].to.Port()))
				pause(listen, askingGap)
			}
		}
	}
	r.wg.Wait()
	r.pages.settle(true)
	d.neighbour(ifi, emit)
}

// askers opens what is needed for the makers' questions, which are for IPv4.
func (d address) askers(ctx context.Context, n *lan.Network, c *crew, ifi lan.Interface, source netip.Addr, emit emitter, v *voices) []*asker {
	if d.quiet || !d.a.Is4() {
		return nil
	}
	var out []*asker
	for _, q := range makersQuestions {
		a := newAsker(q, ifi, emit, newCrowd(d.n, askingMost, v))
		a.only = d.a
		if a.openFour(ctx, n, c, source, q.hear != 0 && lan.PortFree(q.hear)); a.four != nil {
			out = append(out, a)
		}
	}
	return out
}

// neighbour emits the hardware address, where the address is on the link.
func (d address) neighbour(ifi lan.Interface, emit emitter) {
	table, _ := lan.Neighbours()
	for _, e := range table {
		if e.Addr == d.a && e.Interface == ifi.Name {
			emit(present(e))
		}
	}
}
