package discover

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"net/netip"
	"sync"

	"houdbaar/internal/lan"
	"houdbaar/internal/scan"
)

// A crew is the goroutines of one run. Discover waits for all of them before it
// returns, and a crash in one is a Problem and not the end of the program.
type crew struct {
	wg      sync.WaitGroup
	source  string
	problem trouble
}

func (c *crew) Go(f func()) { c.wg.Go(func() { c.safely(f) }) }

// safely runs f and turns a crash into a Problem.
func (c *crew) safely(f func()) {
	defer func() {
		if x := recover(); x != nil {
			c.problem(scan.Failed(c.source, fmt.Sprint("panic: ", x)))
		}
	}()
	f()
}

// hear hands every datagram on s to take until s is closed or ctx ends, which
// closes it. The bytes are good only during take.
func (c *crew) hear(ctx context.Context, s *lan.Socket, take func([]byte, netip.AddrPort)) {
	ended := make(chan struct{})
	c.Go(func() {
		select {
		case <-ctx.Done():
		case <-ended:
		}
		s.Close()
	})
	c.Go(func() {
		defer close(ended)
		for {
			b, from, err := s.Receive()
			if err != nil {
				return
			}
			c.safely(func() { take(b, from) })
		}
	})
}

// open opens the sockets of an interface in both families: one to ask from for each of its
// sources, and one that hears what is said to the family's group, which do with each
// datagram what answers and told do. Those that cannot be had are Problems.
func (c *crew) open(ctx context.Context, n *lan.Network, ifi lan.Interface, groups [2]netip.AddrPort, ttl int,
	answers, told func([]byte, netip.AddrPort)) (asking, hearing []*lan.Socket) {
	for _, group := range groups {
		v6 := group.Addr().Is6()
		sources := ifi.Sources(v6)
		for _, source := range sources {
			s, err := n.Ask(ifi, source, ttl)
			if err != nil {
				c.failed(ifi, v6, err)
				continue
			}
			asking = append(asking, s)
			c.hear(ctx, s, answers)
		}
		if len(sources) == 0 {
			continue
		}
		s, err := n.Join(ifi, group, ttl)
		if err != nil {
			c.deaf(ifi, group.Port(), err)
			continue
		}
		hearing = append(hearing, s)
		c.hear(ctx, s, told)
	}
	return asking, hearing
}

// failed says that an interface cannot be asked on.
func (c *crew) failed(ifi lan.Interface, v6 bool, err error) {
	family := "IPv4"
	if v6 {
		family = "IPv6"
	}
	c.problem(scan.Problem{Source: c.source, Code: "interface_failed",
		Args: map[string]string{"interface": ifi.Name, "family": family}, Detail: err.Error()})
}

// deaf says that announcements on a port cannot be heard, and why; nothing where
// the system never allows it.
func (c *crew) deaf(ifi lan.Interface, port uint16, err error) {
	if errors.Is(err, lan.ErrPlatform) {
		return
	}
	c.problem(scan.Problem{Source: c.source, Code: "announcements_unheard",
		Args: map[string]string{"interface": ifi.Name, "port": fmt.Sprint(port)}, Detail: err.Error()})
}

// A memory knows what was said before, by its hash. It is safe for concurrent use.
type memory struct {
	mu    sync.Mutex
	seed  maphash.Seed
	heard map[uint64]bool
}

func newMemory() *memory { return &memory{seed: maphash.MakeSeed(), heard: map[uint64]bool{}} }

// news reports whether words are said for the first time.
func (m *memory) news(words ...string) bool {
	var h maphash.Hash
	h.SetSeed(m.seed)
	for _, w := range words {
		h.WriteString(w)
		h.WriteByte(0)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	k := h.Sum64()
	if m.heard[k] {
		return false
	}
	m.heard[k] = true
	return true
}
