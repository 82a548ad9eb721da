package discover

import (
	"context"
	"net/netip"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lan"
	"houdbaar/internal/scan"
)

// When and how fast silent neighbours are nudged. Before that, what wants to answer
// has come into the neighbour table by itself, and is left alone.
const (
	nudgeAfter = 1200 * time.Millisecond
	nudgeFor   = 2 * time.Second // the time over which all addresses are spread
	nudgeMost  = 510             // a /23; Linux keeps 1024 neighbours at most, found or not
	nudgeWhole = 23              // the largest subnet of which all is nudged
	nudgeBits  = 22              // the largest subnet of which a part is nudged unasked
	nudgeCount = time.Second     // after the last: a system asks three times, a second apart, who has an address
)

// nudge sends one empty datagram to each address of this computer's own subnet that
// is not in the neighbour table yet. The system asks the network who has the address
// (ARP), and a device that says nothing else answers that; tables then finds it.
// It needs no administrator's rights, and takes two seconds for a home of 254 addresses.
// Where nobody has an address no datagram leaves, so that a scan of an empty subnet
// costs hardly more than one of a full one; the system's own questions who has it
// (ARP, up to three for each address) never leave the link.
type nudge struct {
	n      *lan.Network
	voices *voices
}

func (nudge) Name() string { return "nudge" }

// Discover nudges; what comes of it is in the neighbour table.
func (d nudge) Discover(ctx context.Context, _ func(device.Observation), problem func(scan.Problem)) {
	if !pause(ctx, nudgeAfter) {
		return
	}
	c := &crew{source: d.Name(), problem: problem}
	for _, ifi := range d.n.Used() {
		p, ok := ifi.Subnet()
		if !ok {
			continue
		}
		s, err := d.n.Allow(nudgeMost).Ask(ifi, p.Addr(), 1)
		if err != nil {
			continue // SSDP says what is wrong with the interface
		}
		all := neighbourhood(p, ifi.Chosen)
		if p.Addr().Is4() && p.Addr().IsPrivate() && p.Bits() < nudgeWhole {
			d.left(p, len(all) > 0, problem)
		}
		c.Go(func() {
			defer s.Close()
			d.nudge(ctx, s, all)
		})
	}
	c.wg.Wait()
}

// left says which part of a subnet was looked at for silent devices, for the rest was not.
func (d nudge) left(p netip.Prefix, some bool, problem func(scan.Problem)) {
	code := "silent_none"
	if some {
		code = "silent_part"
	}
	problem(scan.Problem{Source: d.Name(), Code: code, Args: map[string]string{"subnet": p.Masked().String(), "part": around(p).String()}})
}

func (d nudge) nudge(ctx context.Context, s *lan.Socket, all []netip.Addr) {
	known := neighbours(d.n)
	var nudged []netip.Addr
	defer func() {
		pause(ctx, nudgeCount)
		s.Nudged(nudged)
	}()
	for _, a := range all {
		if known[a] || s.Interface.Own(a) {
			continue
		}
		// Who answers this has nothing to tell us that it could not get through.
		d.voices.add(a)
		if s.Nudge(a) == nil { // one that cannot be sent is one that is not there
			nudged = append(nudged, a)
		}
		if !pause(ctx, nudgeFor/time.Duration(max(len(all), 254))) {
			return
		}
	}
}

// neighbourhood returns the addresses to nudge on the link with this address and
// prefix: all of a /23 or smaller; of a subnet up to /22 the /23 around the address;
// none of a larger one, which is no home's, unless a person chose the interface; nor
// of public or self-given addresses.
func neighbourhood(p netip.Prefix, chosen bool) []netip.Addr {
	if !p.Addr().Is4() || !p.Addr().IsPrivate() && !p.Addr().IsLoopback() || p.Bits() < nudgeBits && !chosen || p.Bits() > 30 {
		return nil
	}
	near := around(p)
	var out []netip.Addr
	for a := near.Addr(); near.Contains(a); a = a.Next() {
		if a != p.Masked().Addr() && p.Contains(a.Next()) && a != p.Addr() {
			out = append(out, a)
		}
	}
	return out
}

// around returns the part of a subnet that is around the address, or all of a small one.
func around(p netip.Prefix) netip.Prefix {
	return netip.PrefixFrom(p.Addr(), max(p.Bits(), nudgeWhole)).Masked()
}
