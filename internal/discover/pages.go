package discover

import (
	"context"
	"errors"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"houdbaar/internal/announce"
	"houdbaar/internal/device"
	"houdbaar/internal/lan"
	"houdbaar/internal/scan"
)

const (
	pageWait    = 8 * time.Second // a NAS's media server was seen to take more than six
	pagesAtOnce = 32              // descriptions read at the same time
	pagesOfOne  = 2               // of one device at the same time: its web server is small
	pagesMost   = 10              // different descriptions of one device; a FRITZ!Box has eight
)

// descriptionQuestion is the one thing discovery asks a device over HTTP.
var descriptionQuestion = lan.Question{Method: "GET", Wait: pageWait,
	Why: "the UPnP description that the device announced"}

// pages reads descriptions, each URL of a device once, so that one slow or broken
// device delays no other.
type pages struct {
	ctx   context.Context
	n     *lan.Network
	crew  *crew
	crowd *crowd
	emit  emitter
	slots chan struct{}

	mu      sync.Mutex
	begun   map[lan.Target]map[string]bool // paths, by where
	ofOne   map[netip.Addr]chan struct{}   // slots of one device
	count   map[netip.Addr]int
	skipped int
}

func newPages(ctx context.Context, n *lan.Network, c *crew, crowd *crowd, emit emitter) *pages {
	return &pages{ctx: ctx, n: n, crew: c, crowd: crowd, emit: emit, slots: make(chan struct{}, pagesAtOnce),
		begun: map[lan.Target]map[string]bool{}, ofOne: map[netip.Addr]chan struct{}{}, count: map[netip.Addr]int{}}
}

// read begins to read the description at location, unless that was begun before
// or location is not the device's own: whoever answers a search could otherwise
// make this computer ask any other device anything.
func (p *pages) read(location string, said device.Observation) {
	target, path, err := lan.ParseURL(location, said.Addr)
	if err != nil {
		p.refused(said, location, err)
		return
	}
	own := target.Addr.Addr()
	if own != said.Addr && !p.sameBox(own, said.Addr) {
		p.refused(said, location, errors.New("the address is another device's"))
		return
	}
	slots, ok := p.begin(target, path)
	if !ok {
		return
	}
	p.crew.Go(func() {
		for _, s := range []chan struct{}{slots, p.slots} {
			select {
			case s <- struct{}{}:
				defer func() { <-s }()
			case <-p.ctx.Done():
				return
			}
		}
		p.fetch(target, path, said)
	})
}

// sameBox reports whether two addresses have one MAC: a router that answers from
// one of its addresses and describes itself at another.
func (p *pages) sameBox(a, b netip.Addr) bool {
	table, _ := lan.Neighbours()
	return lan.SameBox(table, a, b)
}

// refused says that a description was not fetched because it stands elsewhere.
func (p *pages) refused(said device.Observation, location string, err error) {
	p.crew.problem(scan.Problem{Source: p.crew.source, Code: "description_elsewhere",
		Args: map[string]string{"address": said.Addr.String(), "location": location}, Detail: err.Error()})
}

// begin notes a description and returns the slots of its device; false when it
// was begun before or the device has had its share.
func (p *pages) begin(t lan.Target, path string) (chan struct{}, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.begun[t][path] {
		return nil, false
	}
	a := t.Addr.Addr()
	if p.count[a] >= pagesMost || !p.crowd.real(a) {
		p.skipped++
		return nil, false
	}
	if p.begun[t] == nil {
		p.begun[t] = map[string]bool{}
	}
	p.begun[t][path] = true
	p.count[a]++
	if p.ofOne[a] == nil {
		p.ofOne[a] = make(chan struct{}, pagesOfOne)
	}
	return p.ofOne[a], true
}

// fetch reads one description, a second time if the first brought nothing, and
// emits what it says. Half a description is better than none.
func (p *pages) fetch(t lan.Target, path string, said device.Observation) {
	q := descriptionQuestion
	q.Path = path
	started := time.Now()
	x, err := p.n.Fetch(p.ctx, q, t)
	if err != nil && len(x.Response) == 0 && again(err) && time.Since(started) < pageWait/2 && pause(p.ctx, 300*time.Millisecond) {
		q.Wait = pageWait - time.Since(started)
		x, err = p.n.Fetch(p.ctx, q, t)
	}
	if errors.Is(err, lan.ErrAllowance) {
		p.mu.Lock()
		p.skipped++
		p.mu.Unlock()
		return
	}
	found := false
	if len(x.Response) > 0 {
		for _, o := range announce.HTTP(announce.Exchange{At: x.At, Interface: said.Interface, From: t.Addr,
			URL: t.String() + path, Request: x.Request, Response: x.Response}) {
			found = found || o.Source == device.SourceUPnP
			p.emit(o)
		}
	}
	if p.ctx.Err() == nil && (err != nil || !found) {
		detail := "the answer is no description"
		if err != nil {
			detail = err.Error()
		}
		p.crew.problem(scan.Problem{Source: p.crew.source, Code: "description_unread",
			Args: map[string]string{"address": said.Addr.String()}, Detail: detail})
	}
}

// again reports whether an exchange that brought nothing is worth a second try.
func again(err error) bool {
	for _, no := range []error{lan.ErrAllowance, lan.ErrNotLocal, lan.ErrPort, lan.ErrQuestion, lan.ErrTooLarge, context.Canceled} {
		if errors.Is(err, no) {
			return false
		}
	}
	return true
}

// report says how many descriptions were left unread because there were too many.
func (p *pages) report(problem trouble) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.skipped > 0 {
		problem(scan.Problem{Source: p.crew.source, Code: "descriptions_skipped",
			Args: map[string]string{"count": strconv.Itoa(p.skipped)}})
	}
}
