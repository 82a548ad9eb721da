package discover

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"houdbaar/internal/announce"
	"houdbaar/internal/device"
	"houdbaar/internal/lan"
	"houdbaar/internal/scan"
)

const (
	askingPackets = 9*4 + 6*8 // on each interface, beside the 300 of discovery
	askingMost    = 32        // different packets of one sender and protocol
	askingGap     = 15 * time.Millisecond
	askingListen  = 4300 * time.Millisecond // as long as SSDP listens anyway
	askingTTL     = 1
)

// askingBursts are when questions are asked. The first leaves SSDP and mDNS the first
// word. A question with half as many rounds is asked in every second one: where a
// tenth of all packets is lost each way, one in 770 devices misses four askings or is
// not heard (TestHowOftenADeviceIsMissed).
var askingBursts = [8]time.Duration{200 * time.Millisecond, 650 * time.Millisecond, 1100 * time.Millisecond, 1550 * time.Millisecond,
	2000 * time.Millisecond, 2450 * time.Millisecond, 2900 * time.Millisecond, 3350 * time.Millisecond}

// asking asks the makers' questions on every interface.
type asking struct {
	n      *lan.Network
	voices *voices
}

func (asking) Name() string { return "asking" }

// Discover asks each question four times, and listens for 4.3 s in all.
func (d asking) Discover(ctx context.Context, emit func(device.Observation), problem func(scan.Problem)) {
	ctx, done := context.WithTimeout(ctx, askingListen)
	defer done()
	c := &crew{source: d.Name(), problem: problem}
	var crowds []*crowd
	free, taken := freePorts() // looked at once: our own sockets take them
	if taken != "" {
		problem(scan.Problem{Source: d.Name(), Code: "announcements_unheard", Args: map[string]string{"port": taken}, Detail: "UDP " + taken})
	}
	for _, ifi := range d.n.Used() {
		n := d.n.Allow(askingPackets)
		var askers []*asker
		for _, q := range makersQuestions {
			a := newAsker(q, ifi, emit, newCrowd(d.n, askingMost, d.voices))
			crowds = append(crowds, a.crowd)
			if sources := ifi.Sources(false); len(sources) > 0 {
				a.openFour(ctx, n, c, sources[0], free[q.hear])
			}
			a.open(ctx, n, c)
			askers = append(askers, a)
		}
		c.Go(func() { c.burst(ctx, askers, ifi) })
	}
	c.wg.Wait()
	report(c.source, problem, crowds...)
}

// freePorts returns which of the ports that answers are sent to are free, and names those
// that another program has.
func freePorts() (free map[uint16]bool, taken string) {
	free = map[uint16]bool{}
	var others []string
	for _, q := range makersQuestions {
		if q.hear == 0 {
			continue
		}
		if free[q.hear] = lan.PortFree(q.hear); !free[q.hear] {
			others = append(others, strconv.Itoa(int(q.hear)))
		}
	}
	return free, strings.Join(others, ", ")
}

// burst asks all questions of one interface, burst by burst, slowly.
func (c *crew) burst(ctx context.Context, askers []*asker, ifi lan.Interface) {
	started := time.Now()
	sent, lastErr := 0, error(nil)
	for round, at := range askingBursts {
		if !pause(ctx, at-time.Since(started)) {
			break
		}
		for _, a := range askers {
			every := len(askingBursts) / len(a.rounds)
			if round%every != 0 {
				continue
			}
			switch err := a.ask(round / every); {
			case err == nil:
				sent++
			case !errors.Is(err, lan.ErrFamily):
				lastErr = err
			}
			if !pause(ctx, askingGap) {
				break
			}
		}
	}
	if sent == 0 && lastErr != nil && ctx.Err() == nil {
		c.failed(ifi, false, lastErr)
	}
}

// An asker asks one question on one interface and takes the answers.
type asker struct {
	makersQuestion
	ifi   lan.Interface
	emit  emitter
	crowd *crowd
	four  *lan.Socket // nil = no IPv4 there
	six   *lan.Socket
	only  netip.Addr // whose answers are taken; zero = everybody's

	memory *memory
	mu     sync.Mutex
	uuids  [][]byte // of the bursts so far
}

func newAsker(q makersQuestion, ifi lan.Interface, emit emitter, c *crowd) *asker {
	return &asker{makersQuestion: q, ifi: ifi, emit: emit, crowd: c, memory: newMemory()}
}

// openFour opens the IPv4 socket to ask from, and those that hear what is answered to a
// port of the protocol's own: one for what is said to all, and one for what is said to
// this interface's address, which only one of several on the whole port would get.
// free says that no other program has that port.
func (a *asker) openFour(ctx context.Context, n *lan.Network, c *crew, source netip.Addr, free bool) {
	if a.hear != 0 && free {
		for _, at := range []netip.Addr{{}, source} {
			if s, err := n.Hear(a.ifi, at, a.hear); err == nil {
				a.four = s // and asks from there: MikroTik's protocol wants it
				c.hear(ctx, s, a.take)
			}
		}
	}
	if a.four == nil {
		if s, err := n.Ask(a.ifi, source, askingTTL); err == nil {
			a.four = s
			c.hear(ctx, s, a.take)
		}
	}
}

// open opens the other sockets to ask from, and those that hear what is answered to a
// group. One that cannot be had is done without.
func (a *asker) open(ctx context.Context, n *lan.Network, c *crew) {
	for _, r := range a.rounds {
		if sources := a.ifi.Sources(true); r.to.Addr().Is6() && a.six == nil && len(sources) > 0 {
			if s, err := n.Ask(a.ifi, sources[0], askingTTL); err == nil {
				a.six = s
				c.hear(ctx, s, a.take)
			}
		}
	}
	if a.group.IsValid() && len(a.ifi.Sources(false)) > 0 {
		if s, err := n.Join(a.ifi, a.group, askingTTL); err == nil {
			c.hear(ctx, s, a.take)
		}
	}
}

func (a *asker) ask(round int) error {
	r := a.rounds[round]
	s := a.four
	if r.to.Addr().Is6() {
		s = a.six
	}
	if s == nil {
		return lan.ErrFamily
	}
	return s.Send(a.numbered(r.bytes), r.to)
}

// numbered puts a new number where the mark stands, and remembers it.
func (a *asker) numbered(b []byte) []byte {
	if !bytes.Contains(b, []byte(uuidMark)) {
		return b
	}
	id := []byte(newUUID())
	a.mu.Lock()
	a.uuids = append(a.uuids, id)
	a.mu.Unlock()
	return bytes.Replace(b, []byte(uuidMark), id, 1)
}

// newUUID returns a random UUID (RFC 9562, version 4).
func newUUID() string {
	var b [16]byte
	rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// take takes an answer of a device on the link, from the right port where the protocol
// has one, that says something it has not said before.
func (a *asker) take(b []byte, from netip.AddrPort) {
	if _, local := a.crowd.n.Local(from.Addr()); !local || a.ifi.Own(from.Addr()) || a.only.IsValid() && from.Addr() != a.only {
		return
	}
	if !a.anyPort && !a.rightPort(from.Port()) && !(a.tied && a.answers(b)) || !a.crowd.admit(from.Addr(), len(b)) {
		return
	}
	if !a.memory.news(from.Addr().String(), string(b)) {
		a.crowd.forgive(from.Addr(), len(b))
		return
	}
	// What is no answer counts too: who sends much of it is heard no more.
	for _, o := range announce.UDP(announce.Port(a.source), announce.Packet{At: time.Now(), Interface: a.ifi.Name, From: from, Data: bytes.Clone(b)}) {
		a.emit(o)
	}
}

// rightPort reports whether answers come from a port: the one that was asked.
func (a *asker) rightPort(port uint16) bool {
	return slices.ContainsFunc(a.rounds, func(r shout) bool { return r.to.Port() == port })
}

// answers reports whether bytes name the number of a question that was asked.
func (a *asker) answers(b []byte) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.ContainsFunc(a.uuids, func(id []byte) bool { return bytes.Contains(b, id) })
}
