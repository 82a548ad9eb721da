package discover

import (
	"net/netip"
	"strconv"
	"sync"
	"time"

	"houdbaar/internal/lan"
	"houdbaar/internal/scan"
)

// How many senders are believed. A home has fewer than a hundred devices; more
// senders than freeSenders are only heard if they are in the neighbour table,
// where a host comes by asking for our address before it answers us, and a forged
// sender does not.
const (
	freeSenders = 256
	strangers   = 32 // of them from other subnets
	mostSenders = 2048
	tableAge    = 50 * time.Millisecond

	mostBytes  = 128 << 10 // of one sender; the most talkative box seen says 40 KiB
	mostMemory = 24 << 20  // of all senders
)

// A crowd decides whose packets are taken and how many, so that neither one loud
// device nor a flood from forged senders can crowd out the others or fill the
// memory. What comes to the groups, where anybody can pour, has another crowd than
// what answers to our own ports. It is safe for concurrent use.
type crowd struct {
	n      *lan.Network
	most   int // packets taken from one sender; an eighth of it once there are many
	voices *voices

	mu      sync.Mutex
	taken   map[netip.Addr]taken
	strange int // senders from other subnets
	bytes   int
	dropped int
	table   map[netip.Addr]bool
	read    time.Time
}

type taken struct{ packets, bytes int }

func newCrowd(n *lan.Network, most int, v *voices) *crowd {
	return &crowd{n: n, most: most, voices: v, taken: map[netip.Addr]taken{}}
}

// admit reports whether one more packet of a sender is taken, and counts it.
func (c *crowd) admit(from netip.Addr, size int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	t, known := c.taken[from]
	most := c.most
	if len(c.taken) >= freeSenders {
		most /= 8
	}
	if t.packets >= most || t.bytes+size > mostBytes || c.bytes+size > mostMemory || !known && !c.room(from) {
		c.dropped++
		return false
	}
	if !known {
		c.voices.add(from)
	}
	c.count(from, 1, size)
	return true
}

// forgive gives a sender back a packet that said nothing new and was not kept.
func (c *crowd) forgive(from netip.Addr, size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.count(from, -1, -size)
}

func (c *crowd) count(from netip.Addr, packets, size int) {
	t := c.taken[from]
	c.taken[from] = taken{t.packets + packets, t.bytes + size}
	c.bytes += size
}

func (c *crowd) room(from netip.Addr) bool {
	if _, local := c.n.Local(from); !local {
		if c.strange >= strangers {
			return false
		}
		c.strange++
		return true
	}
	if len(c.taken) < freeSenders {
		return true
	}
	return len(c.taken) < mostSenders && c.neighbour(from)
}

// real reports whether a sender is known to be there.
func (c *crowd) real(from netip.Addr) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return from.IsLoopback() || c.neighbour(from)
}

// neighbour looks a sender up in the neighbour table, read again when it is old.
func (c *crowd) neighbour(a netip.Addr) bool {
	if time.Since(c.read) > tableAge {
		c.table, c.read = map[netip.Addr]bool{}, time.Now()
		list, _ := lan.Neighbours()
		for _, n := range list {
			c.table[n.Addr] = true
		}
	}
	return c.table[a]
}

// report says how many packets crowds dropped, if any.
func report(source string, problem trouble, crowds ...*crowd) {
	dropped, senders := 0, 0
	for _, c := range crowds {
		c.mu.Lock()
		dropped, senders = dropped+c.dropped, max(senders, len(c.taken))
		c.mu.Unlock()
	}
	if dropped > 0 {
		problem(scan.Problem{Source: source, Code: "flood",
			Args: map[string]string{"count": strconv.Itoa(dropped), "senders": strconv.Itoa(senders)}})
	}
}

// voices are the senders that were heard by any protocol.
type voices struct {
	mu    sync.Mutex
	heard map[netip.Addr]bool
}

func (v *voices) add(a netip.Addr) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.heard == nil {
		v.heard = map[netip.Addr]bool{}
	}
	v.heard[a] = true
}

// silent reports whether there is a neighbour on n that was not in the table
// before, and has not been heard. Most likely it wants to answer, asked for our
// hardware address, and the network lost what we told it.
func (v *voices) silent(n *lan.Network, before map[netip.Addr]bool) bool {
	table := neighbours(n)
	v.mu.Lock()
	defer v.mu.Unlock()
	for a := range table {
		if !before[a] && !v.heard[a] {
			return true
		}
	}
	return false
}

// neighbours returns the addresses in the neighbour table that are on n.
func neighbours(n *lan.Network) map[netip.Addr]bool {
	out := map[netip.Addr]bool{}
	list, _ := lan.Neighbours()
	for _, e := range list {
		if _, local := n.Local(e.Addr); local {
			out[e.Addr] = true
		}
	}
	return out
}
