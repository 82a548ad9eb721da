package discover

import (
	"cmp"
	"context"
	"errors"
	"net/netip"
	"slices"
	"strconv"
	"sync"
	"time"

	"houdbaar/internal/announce"
	"houdbaar/internal/device"
	"houdbaar/internal/lan"
	"houdbaar/internal/scan"
)

const (
	pageWait   = 8 * time.Second // a NAS's media server was seen to take more than six
	pagesOfOne = 2               // descriptions of one device read at the same time: its web server is small
	pagesMost  = 10              // different descriptions of one device that answered us; a FRITZ!Box has eight
	toldMost   = 4               // of one that only announced itself, which anybody can do in its name
	saidMost   = 20              // problems of one kind told one by one
	trustMost  = 30              // descriptions begun of senders that are not in the neighbour table yet
	unsureMost = 4               // of them, those tried a second time
)

// pages reads descriptions, each URL of a device once, so that one slow or broken
// device delays no other.
type pages struct {
	ctx   context.Context
	n     *lan.Network
	crew  *crew
	crowd *crowd
	emit  emitter

	mu      sync.Mutex
	begun   map[page]bool
	ofOne   map[netip.Addr]chan struct{} // slots of one device
	count   map[claimant]int
	said    map[string]int // problems, by code
	trusted int
	unsure  int
	doubted map[claimant][]lead // of senders that may not be there
	apart   []lead              // at addresses that may be the sender's too
	skipped int
}

// A claimant is a device, apart by whether it answered or announced: announcements
// forged in its name must not use up what its answers may have read.
type claimant struct {
	addr netip.Addr
	told bool
}

// A page is where a description is.
type page struct {
	target lan.Target
	path   string
}

// A lead is where a description is, and who said so.
type lead struct {
	page
	said  device.Observation
	named string // where it said so, if it is asked at its own address instead; "" = there
}

func newPages(ctx context.Context, n *lan.Network, c *crew, crowd *crowd, emit emitter) *pages {
	return &pages{ctx: ctx, n: n, crew: c, crowd: crowd, emit: emit, said: map[string]int{}, doubted: map[claimant][]lead{},
		begun: map[page]bool{}, ofOne: map[netip.Addr]chan struct{}{}, count: map[claimant]int{}}
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
	d := lead{page: page{target, path}, said: said}
	own := target.Addr.Addr()
	_, local := p.n.Local(own)
	switch {
	case local && (own == said.Addr || lan.SameBox(own, said.Addr)): // a router may have several
		p.begin(d)
	case p.elsewhere(own, said.Addr, local):
		d.target.Addr = netip.AddrPortFrom(said.Addr, target.Addr.Port())
		d.named = location
		p.begin(d)
	case !local && own == said.Addr: // it stands at an address of another subnet
		p.problem("description_foreign", map[string]string{"address": own.String()}, lan.ErrNotLocal.Error())
	case !local:
		p.refused(said, location, lan.ErrNotLocal)
	default:
		p.wait(d)
	}
}

// elsewhere reports whether a device that names the address own is rather to be asked at
// the one it spoke from. Over IPv6 it answers from its address on the link and names its
// public one (miniupnpd). Over IPv4 it may name one of a network of its own, for guests or
// for its containers (172.17.0.1).
func (p *pages) elsewhere(own, spoke netip.Addr, local bool) bool {
	_, here := p.n.Local(spoke)
	return here && own.Is4() == spoke.Is4() && (own.Is6() || !local && own.IsPrivate())
}

// wait keeps a description at an address that may be the sender's, until the neighbour
// table knows both.
func (p *pages) wait(d lead) {
	p.mu.Lock()
	full := len(p.apart) >= saidMost
	if !full {
		p.apart = append(p.apart, d)
	}
	p.mu.Unlock()
	if full {
		p.another(d)
	}
}

// another says that a description was not fetched because it is another device's.
func (p *pages) another(d lead) {
	p.refused(d.said, d.target.String()+d.path, errors.New("the address is another device's"))
}

// settle begins what has turned out to be at the sender's own address, and refuses the
// rest when there is no more waiting.
func (p *pages) settle(last bool) {
	p.mu.Lock()
	apart := p.apart
	p.apart = nil
	p.mu.Unlock()
	for _, d := range apart {
		switch own := d.target.Addr.Addr(); {
		case !last && lan.SameBox(own, d.said.Addr):
			p.begin(d)
		case last || lan.IsNeighbour(own) && lan.IsNeighbour(d.said.Addr):
			p.another(d)
		default:
			p.wait(d)
		}
	}
}

// begin begins to read a description of a sender that is there.
func (p *pages) begin(d lead) {
	slots, ok := p.claim(d)
	if !ok {
		return
	}
	p.crew.Go(func() {
		select {
		case slots <- struct{}{}:
			defer func() { <-slots }()
			p.fetch(d)
		case <-p.ctx.Done():
		}
	})
}

// refused says that a description was not fetched because it stands elsewhere.
func (p *pages) refused(said device.Observation, location string, err error) {
	p.problem("description_elsewhere", map[string]string{"address": said.Addr.String(), "location": location}, err.Error())
}

// problem tells a problem of one device, up to a number; the rest are counted.
func (p *pages) problem(code string, args map[string]string, detail string) {
	p.mu.Lock()
	p.said[code]++
	tell := p.said[code] <= saidMost
	if !tell {
		p.skipped++
	}
	p.mu.Unlock()
	if tell {
		p.crew.problem(scan.Problem{Source: p.crew.source, Code: code, Args: args, Detail: detail})
	}
}

// claim notes a description and returns the slots of its device; false when it
// was begun before, the device has had its share, or it may not be there.
func (p *pages) claim(d lead) (chan struct{}, bool) {
	who := claimant{d.target.Addr.Addr(), d.said.Get("nts") != ""}
	most := pagesMost
	if who.told {
		most = toldMost
	}
	real := p.crowd.real(who.addr)
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.begun[d.page]:
		return nil, false
	case p.count[who] >= most:
		p.skipped++
		return nil, false
	case !real && (p.trusted >= trustMost || p.count[who] > 0):
		if len(p.doubted[who]) < most {
			p.doubted[who] = append(p.doubted[who], d)
		} else {
			p.skipped++
		}
		return nil, false
	case !real:
		p.trusted++
	}
	p.begun[d.page] = true
	p.count[who]++
	if p.ofOne[who.addr] == nil {
		p.ofOne[who.addr] = make(chan struct{}, pagesOfOne)
	}
	return p.ofOne[who.addr], true
}

// reconsider begins what was doubted and has turned out to be there, or to be the sender's.
func (p *pages) reconsider() {
	p.settle(false)
	p.mu.Lock()
	doubted := p.doubted
	p.doubted = map[claimant][]lead{}
	p.mu.Unlock()
	for who, list := range doubted {
		if !p.crowd.real(who.addr) {
			p.mu.Lock()
			p.doubted[who] = append(list, p.doubted[who]...)
			p.mu.Unlock()
			continue
		}
		for _, d := range list {
			p.begin(d)
		}
	}
}

// fetch reads one description and emits what it says. Half a description is better
// than none.
func (p *pages) fetch(d lead) {
	x, err := p.exchange(d)
	if errors.Is(err, lan.ErrAllowance) {
		p.mu.Lock()
		p.skipped++
		p.mu.Unlock()
		return
	}
	read := false // the description, or so much of a broken one that it has its UDN
	if len(x.Response) > 0 {
		for _, o := range announce.HTTP(announce.Exchange{At: x.At, Interface: d.said.Interface, From: d.target.Addr,
			URL: d.target.String() + d.path, Request: x.Request, Response: x.Response}) {
			read = read || o.Source == device.SourceUPnP && (err == nil || o.Get("UDN") != "")
			p.emit(o)
		}
	}
	if p.ctx.Err() == nil && !read && d.named != "" {
		p.refused(d.said, d.named, cmp.Or(err, lan.ErrNotLocal))
	} else if p.ctx.Err() == nil && !read {
		detail := "the answer is no description"
		if err != nil {
			detail = err.Error()
		}
		p.problem("description_unread", map[string]string{"address": d.said.Addr.String()}, detail)
	}
}

// exchange asks for one description, a second time if the first try brought nothing, or
// nothing yet after half the time: who sends again what was lost waits twice as long
// each time, so that three losses in a row are silence until the end. The first try
// goes on, since the device may only be slow.
func (p *pages) exchange(d lead) (lan.Exchange, error) {
	type result struct {
		lan.Exchange
		err error
	}
	ctx, done := context.WithTimeout(p.ctx, pageWait)
	defer done() // ends the other try
	half := time.NewTimer(pageWait / 2)
	defer half.Stop()
	results := make(chan result, 2)
	running, tries := 0, 0
	try := func() {
		running, tries = running+1, tries+1
		p.crew.Go(func() {
			x, err := p.n.Fetch(ctx, lan.Question{Method: "GET", Path: d.path, Wait: pageWait}, d.target)
			results <- result{x, err}
		})
	}
	try()
	for began, best := time.Now(), (result{}); ; {
		select {
		case <-half.C:
			if tries == 1 && p.there(d) {
				try()
			}
		case r := <-results:
			running--
			if best.err == nil || r.err == nil || len(r.Response) > len(best.Response) {
				best = r
			}
			switch {
			case r.err == nil || errors.Is(r.err, lan.ErrTooLarge):
				return best.Exchange, best.err
			case running > 0: // the other try goes on
			case tries > 1 || len(r.Response) > 0 || !again(r.err) || time.Since(began) >= pageWait/2 ||
				!p.there(d) || !pause(ctx, 300*time.Millisecond):
				return best.Exchange, best.err
			default:
				try()
			}
		}
	}
}

// there reports whether who said something is worth a second try: a neighbour, a
// gateway, and of those who answered us a few even where the system could not find out
// their hardware address in three times asking. Many would be made up.
func (p *pages) there(d lead) bool {
	if a := d.target.Addr.Addr(); lan.IsNeighbour(a) || lan.IsGateway(a) {
		return true
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.unsure++
	return d.said.Get("nts") == "" && p.unsure <= unsureMost
}

// again reports whether an exchange that brought nothing is worth a second try.
func again(err error) bool {
	never := []error{lan.ErrAllowance, lan.ErrNotLocal, lan.ErrPort, lan.ErrQuestion, lan.ErrTooLarge, context.Canceled}
	return !slices.ContainsFunc(never, func(no error) bool { return errors.Is(err, no) })
}

// report says how many descriptions were left unread because there were too many.
func (p *pages) report(problem trouble) {
	p.settle(true)
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, list := range p.doubted {
		p.skipped += len(list)
	}
	if p.skipped > 0 {
		problem(scan.Problem{Source: p.crew.source, Code: "descriptions_skipped",
			Args: map[string]string{"count": strconv.Itoa(p.skipped)}})
	}
}
