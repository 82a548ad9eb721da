package discover

import (
	"bytes"
	"context"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/huin/goupnp/ssdp"

	"houdbaar/internal/announce"
	"houdbaar/internal/device"
	"houdbaar/internal/lan"
	"houdbaar/internal/scan"
)

// searchTargets are what is searched for, the most telling first. Some routers
// answer one of them only. On IPv6 the first three are enough: what answers there
// answers to them, and mostly on IPv4 as well.
var searchTargets = []string{
	ssdp.UPNPRootDevice,
	"urn:schemas-upnp-org:device:InternetGatewayDevice:1",
	ssdp.SSDPAll,
	"urn:schemas-upnp-org:device:InternetGatewayDevice:2",
	"urn:dslforum-org:device:InternetGatewayDevice:1",
	"urn:schemas-upnp-org:service:WANIPConnection:1",
	"urn:schemas-upnp-org:service:WANPPPConnection:1",
}

const targets6 = 3

// bursts are when each target is sent and how long a device may wait before it
// answers (MX). goupnp sends a search three times within milliseconds; on a bad
// radio link such a burst is lost as a whole. Two quick ones have nearly all of a
// home answering within 1.5 s, two more are for what was lost, with more room. The last
// is for a device that could not find out our hardware address: a system asks for
// it three times, a second apart, before it drops what it had to say and may try anew.
var bursts = []struct {
	at time.Duration
	mx time.Duration
}{{0, time.Second}, {400 * time.Millisecond, time.Second}, {time.Second, time.Second}, {2 * time.Second, 2 * time.Second}, {3200 * time.Millisecond, time.Second}}

const (
	ssdpGap    = 10 * time.Millisecond   // between two searches: little devices have little buffers
	ssdpListen = 4400 * time.Millisecond // the last burst, its MX and a little
	ssdpLonger = 2200 * time.Millisecond // at most, for those that could not answer yet
	ssdpTTL    = 2                       // UPnP Device Architecture 1.1, section 1.3.2
	ssdpMost   = 256                     // different messages of one sender; a FRITZ!Box has some 100
)

// ssdpSearch searches by SSDP on every interface, in both families, listens to
// announcements, and reads the descriptions that are pointed to.
type ssdpSearch struct {
	n     *lan.Network
	pages *lan.Network // with the allowance for descriptions

	voices *voices
}

func (ssdpSearch) Name() string { return device.SourceSSDP }

// Discover searches for 4.4 s, up to 6.6 s where somebody seems not to get through
// (see voices.silent), and then waits for the descriptions still coming in, each at
// most 8 s after it was begun.
func (d ssdpSearch) Discover(ctx context.Context, emit func(device.Observation), problem func(scan.Problem)) {
	listen, done := context.WithTimeout(ctx, ssdpListen+ssdpLonger)
	defer done()
	before := neighbours(d.n)
	gateways, _ := lan.Gateways()
	for _, g := range gateways {
		before[g.Addr] = true // it comes by because it is spoken to first, and may well be silent
	}
	r := newSSDPRun(ctx, d.n, d.pages, d.voices, emit, problem)
	var sockets []*lan.Socket
	for _, ifi := range d.n.Used() {
		asking, _ := r.open(listen, d.n, ifi, [2]netip.AddrPort{lan.SSDP4, lan.SSDP6}, ssdpTTL, r.taker(ifi, r.answers), r.taker(ifi, r.told))
		sockets = append(sockets, asking...)
	}
	if len(sockets) == 0 {
		done()
		r.wg.Wait()
		return
	}
	four, six := share(sockets)
	for _, s := range sockets {
		targets := searchTargets[:four]
		if s.V6 {
			targets = searchTargets[:six]
		}
		r.Go(func() { r.search(listen, s, targets) })
	}
	r.Go(func() {
		for pause(listen, 250*time.Millisecond) {
			r.pages.reconsider()
		}
	})
	r.Go(func() {
		defer done()
		pause(listen, ssdpListen)
		r.linger(listen, sockets, func() bool { return d.voices.silent(d.n, before) })
	})
	r.wg.Wait()
	report(r.source, problem, r.answers, r.told)
	r.pages.report(problem)
}

// linger listens on for as long as somebody seems not to get through, and searches twice
// more: it may get through now, and has nothing left to answer.
func (r *ssdpRun) linger(ctx context.Context, sockets []*lan.Socket, silent func() bool) {
	for waited := 0; ctx.Err() == nil && silent(); waited++ {
		if waited == 0 || waited == 5 {
			for _, s := range sockets {
				r.once(ctx, &httpu{socket: s}, searchTargets[0], time.Second)
			}
		}
		pause(ctx, 200*time.Millisecond)
	}
}

// share returns how many targets are searched for on each IPv4 and each IPv6
// socket: all, unless there are so many sockets that the allowance would not last.
func share(sockets []*lan.Socket) (four, six int) {
	n4, n6 := 0, 0
	for _, s := range sockets {
		if s.V6 {
			n6++
		} else {
			n4++
		}
	}
	for _, six = range []int{targets6, 1} {
		four = len(searchTargets)
		if n4 > 0 {
			left := ssdpPackets - n4 - n6*six*len(bursts) // one for the gateway each
			four = min(four, left/(n4*len(bursts)))
		}
		if four >= targets6 {
			break
		}
	}
	return max(four, 1), six
}

type ssdpRun struct {
	crew
	emit    emitter
	answers *crowd // those who answered our searches
	told    *crowd // those who announced themselves
	pages   *pages
	memory  *memory
}

// newSSDPRun prepares a search on n. pages, with an allowance of its own, is for the
// descriptions, which are read until ctx ends.
func newSSDPRun(ctx context.Context, n, pages *lan.Network, v *voices, emit emitter, problem trouble) *ssdpRun {
	r := &ssdpRun{crew: crew{source: device.SourceSSDP, problem: problem}, emit: emit,
		answers: newCrowd(n, ssdpMost, v), told: newCrowd(n, ssdpMost, v), memory: newMemory()}
	r.pages = newPages(ctx, pages, &r.crew, r.answers, emit)
	return r
}

func (r *ssdpRun) search(ctx context.Context, s *lan.Socket, targets []string) {
	sender := &httpu{socket: s}
	if !s.V6 {
		r.askGateway(ctx, sender)
	}
	started := time.Now()
	for _, b := range bursts {
		if !pause(ctx, b.at-time.Since(started)) {
			return
		}
		for _, target := range targets {
			r.once(ctx, sender, target, b.mx)
			if !pause(ctx, ssdpGap) {
				return
			}
		}
	}
	if sender.sent == 0 && sender.err != nil && ctx.Err() == nil {
		r.failed(s.Interface, s.V6, sender.err)
	}
}

// once sends one search, to be answered within mx.
func (r *ssdpRun) once(ctx context.Context, sender *httpu, target string, mx time.Duration) {
	// RawSearch puts the whole seconds left as MX.
	answerBy, done := context.WithTimeout(ctx, mx+300*time.Millisecond)
	defer done()
	ssdp.RawSearch(answerBy, sender, target, 1)
}

// askGateway sends one search to the gateway itself: it may answer that where
// multicast is lost, and being spoken to puts its MAC in the neighbour table.
func (r *ssdpRun) askGateway(ctx context.Context, sender *httpu) {
	gateways, _ := lan.Gateways()
	for _, g := range gateways {
		if g.Interface != sender.socket.Interface.Name || g.Addr.Is6() {
			continue
		}
		r.once(ctx, &httpu{socket: sender.socket, to: netip.AddrPortFrom(g.Addr, 1900)}, ssdp.UPNPRootDevice, bursts[0].mx)
		return
	}
}

// taker returns what is done with each datagram heard on ifi: emit it if it says
// something new, and have the description read that it points to.
func (r *ssdpRun) taker(ifi lan.Interface, crowd *crowd) func([]byte, netip.AddrPort) {
	return func(b []byte, from netip.AddrPort) {
		// Other computers' searches come by the dozen and are no devices.
		if bytes.HasPrefix(b, []byte("M-SEARCH")) || !crowd.admit(from.Addr(), len(b)) {
			return
		}
		o, ok := announce.SSDP(announce.Packet{At: time.Now(), Interface: ifi.Name, From: from, Data: bytes.Clone(b)})
		// Every target is answered at every burst, so that most say nothing new.
		if !ok || !r.memory.news(o.Interface, o.Addr.String(), o.Get("usn"), o.Get("location"), o.Get("server"), o.Get("nts")) {
			crowd.forgive(from.Addr(), len(b))
			return
		}
		r.emit(o)
		if location := location(o); location != "" {
			r.pages.read(location, o)
		}
	}
}

// location returns the URL an observation points to, "" if it points nowhere, as a
// byebye does. An absolute one stays as it was written: nothing may make it look
// more harmless before it is checked.
func location(o device.Observation) string {
	if strings.EqualFold(o.Get("nts"), "ssdp:byebye") {
		return ""
	}
	if raw := strings.TrimSpace(o.Get("location")); strings.Contains(raw, ":") {
		return raw
	}
	return announce.Location(o)
}

// httpu sends the searches that goupnp's ssdp.RawSearch prepares, on one socket.
// goupnp's own client can do neither IPv6 nor choose the interface, loses the
// sender's address, and hands over nothing before the time is up; so replies are
// heard by the socket's own reader, and RawSearch gets none.
type httpu struct {
	socket *lan.Socket
	to     netip.AddrPort // zero: the group
	sent   int
	err    error // of the last Send that failed
}

func (c *httpu) DoWithContext(req *http.Request, numSends int) ([]*http.Response, error) {
	to, host := lan.SSDP4, req.Host
	if c.socket.V6 {
		to, host = lan.SSDP6, "[FF02::C]:1900" // as UPnP writes it, Annex A.4
	}
	if c.to.IsValid() {
		to, host = c.to, c.to.String()
	}
	//lint:ignore SA1008 goupnp writes these names in capitals, as UPnP does
	b := searchText(host, req.Header["MAN"][0], req.Header["MX"][0], req.Header["ST"][0])
	for range numSends {
		if err := c.socket.Send(b, to); err != nil {
			c.err = err
			return nil, err
		}
		c.sent++
	}
	return nil, nil
}

// searchText is an SSDP search as it is sent (UPnP Device Architecture 1.1, section 1.3.2).
func searchText(host, man, mx, target string) []byte {
	return []byte("M-SEARCH * HTTP/1.1\r\nHOST: " + host + "\r\nMAN: " + man + "\r\nMX: " + mx + "\r\nST: " + target +
		"\r\nUSER-AGENT: Houdbaar UPnP/1.1\r\n\r\n")
}
