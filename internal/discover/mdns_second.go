package discover

import (
	"context"
	"io"
	"log"
	"maps"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/hashicorp/mdns"

	"houdbaar/internal/announce"
)

// A second opinion: hashicorp/mdns, another implementation of the same protocol,
// is asked for the services that most routers and cameras have. What it names and
// the browser has not heard of, the browser asks for itself; the library's own
// answer is not believed, because it does not say who gave it, takes anybody's word
// for anything, and reports one of several instances in a packet.
//
// It is kept on a short lead (mdns_second_test.go measures why):
//   - It binds the wildcard on port 5353 and, while it runs, takes the unicast
//     datagrams away from a running Avahi or Bonjour; so it runs only where nobody
//     has that port.
//   - Every packet that leaves it incomplete makes it multicast one more question,
//     without end; so each of its questions is heard by the browser's own socket,
//     counted against the allowance, and the library is closed at the twentieth.
//     Where that socket could not be had, it does not run; nor where anybody was
//     already heard who leaves answers incomplete.
//   - It cannot be stopped before its time-out; so that is short.
//   - It writes into entries it has handed over; so they are read when it is done.
const (
	secondAfter = 1500 * time.Millisecond // of browsing ourselves
	secondWait  = 200 * time.Millisecond  // for one service
	secondMost  = 20                      // questions, before it is closed
	hintsMost   = 64
)

var secondServices = []string{"_http._tcp", "_axis-video._tcp", "_rtsp._tcp"}

// A second is one run of the library on one interface.
type second struct {
	asked atomic.Int32
	stop  context.CancelFunc
}

// askSecond runs the library and adds what it names to b's hints.
func (b *browser) askSecond(ctx context.Context) {
	ifi, err := net.InterfaceByIndex(b.ifi.Index)
	if err != nil || !pause(ctx, secondAfter) || b.leftIncomplete() {
		return
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s := &second{stop: stop}
	b.second.Store(s)
	defer b.second.Store(nil)
	for _, service := range secondServices {
		if ctx.Err() != nil {
			return
		}
		entries := make(chan *mdns.ServiceEntry, 1024)
		// Its error is of no interest: it fails where there is no default route.
		mdns.QueryContext(ctx, &mdns.QueryParam{Service: service, Domain: "local", Timeout: secondWait, Interface: ifi,
			Entries: entries, DisableIPv6: true, Logger: log.New(io.Discard, "", 0)})
		close(entries)
		for e := range entries {
			b.hint(e.Name, service)
		}
	}
}

// leftIncomplete reports whether some packet about a service that the library would
// ask for names an instance without its port, its address or its text: what makes
// the library ask again, and whoever answers so may do it for ever.
func (b *browser) leftIncomplete() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.heard {
		for _, p := range s.packets {
			for _, o := range announce.MDNS([]announce.Packet{p}) {
				text := func(field string) bool { return strings.HasPrefix(field, "txt.") }
				if slices.Contains(secondServices, o.Get("service")) && (o.Get("port") == "" || o.Get("addresses") == "" ||
					!slices.ContainsFunc(slices.Collect(maps.Keys(o.Fields)), text)) {
					return true
				}
			}
		}
	}
	return false
}

// overheard notes a question that this computer multicast from an ephemeral port:
// the library's, since the browser's own are not heard here.
func (b *browser) overheard(from netip.AddrPort) {
	s := b.second.Load()
	if s == nil || from.Port() == mdnsPort {
		return
	}
	for _, p := range b.ifi.Prefixes {
		if p.Addr() == from.Addr() {
			if err := b.n.Claim(b.ifi); err != nil || s.asked.Add(1) >= secondMost {
				s.stop()
			}
			return
		}
	}
}

// hint has an instance asked for that the library named.
func (b *browser) hint(name, service string) {
	label, ok := strings.CutSuffix(strings.ToLower(name), "."+strings.ToLower(service)+".local.")
	if !ok {
		return // an answer to somebody else's question
	}
	label = announce.Unprinted(name[:len(label)])
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.hints) < hintsMost && !strings.Contains(label, "\x00") {
		b.hints = append(b.hints, [2]string{label, service})
	}
}
