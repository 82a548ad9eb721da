package discover

import (
	"context"
	"fmt"
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

// Go starts f.
func (c *crew) Go(f func()) { c.wg.Go(func() { c.safely(f) }) }

// safely runs f and turns a crash into a Problem.
func (c *crew) safely(f func()) {
	defer func() {
		if x := recover(); x != nil {
			c.problem(scan.Problem{Source: c.source, Code: "source_failed",
				Args: map[string]string{"source": c.source}, Detail: fmt.Sprint("panic: ", x)})
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
