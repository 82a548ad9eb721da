// Package scan is the pipeline: discover, correlate, probe, identify, look up,
// judge. It defines the interfaces that the rooms with sockets and files satisfy.
//
// It promises that Run returns only when every goroutine it started has ended,
// that a source that fails is a Problem and not the end of the scan, and that
// stopping keeps what was found. It refuses to open sockets and to read the
// clock: time comes from Scanner.Clock.
package scan

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"sync"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
)

const (
	// snapshotEvery keeps the screen at five updates a second: enough to look
	// live, few enough that drawing never falls behind.
	snapshotEvery = 200 * time.Millisecond
	// At the beginning, when nearly all devices answer at once, it is every 50 ms,
	// so that the first is seen within 200 ms.
	opening      = 500 * time.Millisecond
	openingEvery = 50 * time.Millisecond
	longestRest  = 5 * time.Second
	// maxProbes is how many devices are asked at once. A home router's little web
	// server is easily upset; four at a time finishes a home within seconds.
	maxProbes = 4
	// longestAsking is how long devices are asked after listening has ended. A home
	// of sixty is done in ten seconds; only devices that swallow every packet take
	// more.
	longestAsking = 30 * time.Second
	// settle is how long a scan listens before it asks single devices anything: a
	// device that names itself within the first second is not bothered with the
	// questions for those that do not.
	settle = time.Second
	// maxObservations bounds memory: a home of a hundred devices gives some two
	// thousand. What comes after is counted and said.
	maxObservations = 50_000
	// maxProblems bounds what a person is told; a home has a handful.
	maxProblems = 50
	// maxFromOne bounds what one sender can fill of that.
	maxFromOne = 1_000
)

// A Scanner holds what a scan works with. Its fields are set before Run and not
// changed while one runs.
type Scanner struct {
	Judge
	Discoverers []Discoverer
	Probers     []Prober
	Interfaces  func() []Interface // the interfaces and their counters; nil = none to show
	Clock       func() time.Time
	On          time.Time                  // the day to judge for; zero = the day the scan starts
	Expect      time.Duration              // how long discovery takes, for the progress bar
	Only        string                     // the one address that is looked at, "" = the whole network
	Leave       func(deviceID string) bool // which devices no prober is to ask; nil = none
}

// Run scans. It blocks until all it started has ended. progress gets whole
// snapshots, in order, from one goroutine, at most five a second and one at the
// end; it may be nil. Cancelling ctx stops the scan: Run then returns what was
// found with Stopped set.
func (s *Scanner) Run(ctx context.Context, progress func(Snapshot)) Scan {
	if progress == nil {
		progress = func(Snapshot) {}
	}
	started := s.Clock()
	r := &run{Scanner: s, started: started, on: lifecycle.Midnight(cmp.Or(s.On, started)), heard: make(chan struct{}, 1), from: map[netip.Addr]int{}}
	return r.all(ctx, progress)
}

// A run is the state of one scan. The loop in all owns everything but what mu guards.
type run struct {
	*Scanner
	started time.Time
	on      time.Time

	mu       sync.Mutex
	obs      []device.Observation
	from     map[netip.Addr]int
	dropped  int
	problems []Problem
	heard    chan struct{} // 1 = there is something new

	judged   map[string]Finding // by device ID; good until the device says something new
	fraction float64
}

// all runs the discoverers, the probers beside them, and shows what there is by then.
func (r *run) all(ctx context.Context, progress func(Snapshot)) Scan {
	discovered := r.discover(ctx)
	probes := newProbes(ctx, r)
	beat := time.NewTimer(0)
	defer beat.Stop()
	phase, dirty, ready := PhaseListening, true, false
	var shown []Finding
	show := func() {
		rest := snapshotEvery
		if r.Clock().Sub(r.started) < opening {
			rest = openingEvery
		}
		if dirty {
			began := r.Clock()
			shown = r.findings()
			// A flood of devices makes each round dearer; rest five times as long as it took.
			// A sleep in the middle of it is no work.
			rest = max(rest, min(5*r.Clock().Sub(began), longestRest))
		}
		if phase == PhaseAsking || r.Clock().Sub(r.started) >= settle {
			probes.start(shown)
		}
		progress(r.snapshot(phase, shown, probes))
		ready = !dirty // after a quiet beat the next word is shown at once
		dirty = false
		beat.Reset(rest)
	}
	for !(phase == PhaseAsking && probes.share() == 1 && !probes.start(r.findings())) {
		select {
		case <-beat.C:
			show()
		case <-r.heard:
			dirty = true
			if ready {
				show()
			}
		case <-probes.done:
			dirty = true
		case <-discovered:
			discovered, phase, dirty = nil, PhaseAsking, true
			defer time.AfterFunc(longestAsking, probes.cut).Stop()
		}
	}
	probes.wait(ctx.Err() != nil)
	if r.dropped > 0 {
		r.problem(Problem{Source: "scan", Code: "flood", Args: map[string]string{"count": fmt.Sprint(r.dropped)}})
	}
	scan := r.result(ctx.Err() != nil)
	progress(Snapshot{Phase: PhaseDone, Fraction: 1, Findings: scan.Findings})
	return scan
}

// discover starts the discoverers. What it returns is closed when all have ended.
func (r *run) discover(ctx context.Context) <-chan struct{} {
	var running sync.WaitGroup
	for _, d := range r.Discoverers {
		running.Go(func() {
			defer r.recoverFrom(d.Name())
			d.Discover(ctx, r.emit, r.problem)
		})
	}
	ended := make(chan struct{})
	go func() { running.Wait(); close(ended) }()
	return ended
}

// result returns the scan, when nothing of it runs any more.
func (r *run) result(stopped bool) Scan {
	findings := r.findings() // before the problems: it may have one
	scan := Scan{Started: r.started, Finished: r.started.Add(max(0, r.Clock().Sub(r.started))), Stopped: stopped, On: r.on, Only: r.Only,
		Problems: r.problems, Findings: findings}
	if r.Catalogue != nil {
		scan.Catalogue = r.Catalogue.Meta()
	}
	if r.Interfaces != nil {
		scan.Interfaces = r.Interfaces()
	}
	return scan
}

// emit takes one observation from a discoverer or prober. It never blocks.
func (r *run) emit(o device.Observation) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.obs) >= maxObservations || r.from[o.Addr] >= maxFromOne {
		r.dropped++
		return
	}
	r.from[o.Addr]++
	r.obs = append(r.obs, o)
	select {
	case r.heard <- struct{}{}:
	default:
	}
}

func (r *run) problem(p Problem) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, had := range r.problems {
		if had.Source == p.Source && had.Code == p.Code && maps.Equal(had.Args, p.Args) {
			return // one interface failing again and again is one problem
		}
	}
	switch {
	case p.Code == "flood": // first of all, however much else was in the way
		r.problems = slices.Insert(r.problems, 0, p)
	case len(r.problems) < maxProblems:
		r.problems = append(r.problems, p)
	}
}

// recoverFrom keeps a crash in one source from ending the scan.
func (r *run) recoverFrom(source string) {
	if x := recover(); x != nil {
		r.problem(Failed(source, fmt.Sprint("panic: ", x)))
	}
}

// findings correlates all that was heard and judges the devices that said
// something new.
func (r *run) findings() []Finding {
	r.mu.Lock()
	obs := slices.Clone(r.obs)
	r.mu.Unlock()
	var findings []Finding
	judged := map[string]Finding{}
	for _, d := range device.Correlate(obs) {
		f, ok := r.judged[d.ID]
		if !ok || changed(f.Device, d) {
			var err error
			// What was found is judged even after Stop: the look-up has a context of its own.
			f, err = r.Device(context.Background(), d, r.on)
			if err != nil {
				r.problem(Problem{Source: "catalogue", Code: "catalogue_unusable", Detail: err.Error()})
			}
		}
		judged[d.ID] = f
		findings = append(findings, f)
	}
	r.judged = judged
	Order(findings)
	return findings
}

// changed says whether a device said something new, or any observation was replaced by
// a later one.
func changed(a, b device.Device) bool {
	return a.Gateway != b.Gateway || !slices.EqualFunc(a.Observations, b.Observations, func(x, y device.Observation) bool {
		return x.At.Equal(y.At) && x.Source == y.Source && x.Key == y.Key && len(x.Fields) == len(y.Fields)
	}) || !slices.Equal(a.Addrs, b.Addrs)
}

func (r *run) snapshot(phase Phase, fs []Finding, p *probes) Snapshot {
	f := 0.0
	if r.Expect > 0 {
		f = min(0.8, 0.8*float64(r.Clock().Sub(r.started))/float64(r.Expect))
	}
	if phase == PhaseAsking {
		f = 0.8 + 0.2*p.share()
	}
	r.fraction = max(r.fraction, f)
	return Snapshot{Phase: phase, Fraction: r.fraction, Findings: fs}
}

// Order sorts findings by what needs action, the gateway first within a group,
// then by address, so that a list does not jump between two scans.
func Order(fs []Finding) {
	place := func(d device.Device) int {
		if d.Gateway {
			return 0
		}
		return 1
	}
	slices.SortFunc(fs, func(a, b Finding) int {
		return cmp.Or(
			lifecycle.ByUrgency(a.Verdict.Kind, b.Verdict.Kind),
			cmp.Compare(place(a.Device), place(b.Device)),
			slices.CompareFunc(a.Device.Addrs, b.Device.Addrs, netip.Addr.Compare),
			cmp.Compare(a.Device.ID, b.Device.ID))
	})
}
