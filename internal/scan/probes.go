package scan

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"houdbaar/internal/device"
)

// probes asks devices in the background: few at once, one question at a time for
// each device, each prober once for each device. Nobody is asked who is known not to
// be there, nor after longestAsking: forged senders cost a wait each.
type probes struct {
	ctx   context.Context
	cut   context.CancelFunc
	r     *run
	slots chan struct{}
	done  chan struct{} // one value for each prober that ended
	wg    sync.WaitGroup

	mu           sync.Mutex
	asked        map[string]bool // by prober and device ID: asked or being asked
	busy         map[string]bool // by device ID
	there        map[string]bool // by device ID: who is, as far as is known by now
	begun, ended int             // devices
	unasked      int             // after the cut
}

func newProbes(ctx context.Context, r *run) *probes {
	ctx, cut := context.WithCancel(ctx)
	return &probes{ctx: ctx, cut: cut, r: r, slots: make(chan struct{}, maxProbes), done: make(chan struct{}, 1),
		asked: map[string]bool{}, busy: map[string]bool{}}
}

// start asks every device that some prober newly wants, and says whether there
// was one. A device that is being asked is left alone until that has ended; done
// then brings us back here.
func (p *probes) start(fs []Finding) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	present := present(fs)
	p.there = map[string]bool{}
	for _, f := range fs {
		p.there[f.Device.ID] = present(f.Device) || p.r.Only != ""
	}
	began := false
	for _, f := range fs {
		id := f.Device.ID
		if !p.there[id] || p.busy[id] || p.ctx.Err() != nil || p.r.Leave != nil && p.r.Leave(id) {
			continue
		}
		var wanted []Prober
		for _, prober := range p.r.Probers {
			if key := prober.Name() + " " + id; !p.asked[key] && prober.Wants(f.Device, f.Identity) {
				p.asked[key] = true
				wanted = append(wanted, prober)
			}
		}
		if len(wanted) > 0 {
			began = true
			p.busy[id] = true
			p.begun++
			p.wg.Go(func() { p.ask(f.Device, wanted) })
		}
	}
	return began
}

func (p *probes) ask(d device.Device, wanted []Prober) {
	defer func() {
		p.mu.Lock()
		delete(p.busy, d.ID)
		p.ended++
		p.mu.Unlock()
		select {
		case p.done <- struct{}{}:
		default:
		}
	}()
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-p.ctx.Done():
		p.mu.Lock()
		p.unasked++
		p.mu.Unlock()
		return
	}
	if p.left(d, wanted) {
		return
	}
	for _, prober := range wanted {
		if p.ctx.Err() != nil {
			return
		}
		func() {
			defer p.r.recoverFrom(prober.Name())
			prober.Probe(p.ctx, d, p.r.emit)
		}()
	}
}

// left reports whether d turned out not to be there while it waited for its turn: before
// the neighbour table fills anybody may be. It may be asked later if it does appear.
func (p *probes) left(d device.Device, wanted []Prober) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.there[d.ID] {
		return false
	}
	for _, prober := range wanted {
		delete(p.asked, prober.Name()+" "+d.ID)
	}
	return true
}

// present returns whether a device is there, as far as the system knows: in its
// neighbour table, or read from already. Where the system knows no neighbour at all,
// anybody may be.
func present(fs []Finding) func(device.Device) bool {
	of := func(sources ...string) func(device.Device) bool {
		return func(d device.Device) bool {
			return slices.ContainsFunc(d.Observations, func(o device.Observation) bool { return slices.Contains(sources, o.Source) })
		}
	}
	neighbour := of(device.SourceNeighbour)
	if !slices.ContainsFunc(fs, func(f Finding) bool { return neighbour(f.Device) }) {
		return func(device.Device) bool { return true }
	}
	return of(device.SourceNeighbour, device.SourceRoute, device.SourceHTTP, device.SourceTyped)
}

// share is how much of the asking is done: 1 when nobody is being asked.
func (p *probes) share() float64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.begun == 0 {
		return 1
	}
	return float64(p.ended) / float64(p.begun)
}

// wait waits until all have ended, and says how many were not asked any more unless
// the scan was stopped.
func (p *probes) wait(stopped bool) {
	p.wg.Wait()
	p.cut()
	if !stopped && p.unasked > 0 {
		p.r.problem(Problem{Source: "scan", Code: "asking_cut", Args: map[string]string{"count": fmt.Sprint(p.unasked)}})
	}
}
