package scan

import (
	"context"
	"sync"

	"houdbaar/internal/device"
)

// probes asks devices in the background: few at once, one question at a time for
// each device, each prober once for each device.
type probes struct {
	ctx   context.Context
	r     *run
	slots chan struct{}
	done  chan struct{} // one value for each prober that ended
	wg    sync.WaitGroup

	mu           sync.Mutex
	busy         map[string]bool // by device ID
	asked, ended int
}

func newProbes(ctx context.Context, r *run) *probes {
	return &probes{ctx: ctx, r: r, slots: make(chan struct{}, maxProbes), done: make(chan struct{}, 1), busy: map[string]bool{}}
}

// start asks every device that some prober newly wants, and says whether there
// was one. A device that is being asked is left alone until that has ended; done
// then brings us back here.
func (p *probes) start(fs []Finding) bool {
	began := false
	for _, f := range fs {
		var wanted []Prober
		p.mu.Lock()
		if !p.busy[f.Device.ID] && p.ctx.Err() == nil && (p.r.Leave == nil || !p.r.Leave(f.Device.ID)) {
			for _, prober := range p.r.Probers {
				if key := prober.Name() + " " + f.Device.ID; !p.r.asked[key] && prober.Wants(f.Device, f.Identity) {
					p.r.asked[key] = true
					wanted = append(wanted, prober)
				}
			}
		}
		if len(wanted) > 0 {
			p.busy[f.Device.ID] = true
			p.asked++
		}
		p.mu.Unlock()
		if len(wanted) > 0 {
			began = true
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
		return
	}
	for _, prober := range wanted {
		if p.ctx.Err() != nil {
			return
		}
		func() {
			defer p.r.recoverFrom(prober.Name())
			// A device that does not answer a question is no problem of the scan.
			_ = prober.Probe(p.ctx, d, p.r.emit)
		}()
	}
}

func (p *probes) idle() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked == p.ended
}

func (p *probes) share() float64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.asked == 0 {
		return 1
	}
	return float64(p.ended) / float64(p.asked)
}

func (p *probes) wait() { p.wg.Wait() }
