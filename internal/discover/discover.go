// Package discover listens to and asks the whole local network, by UPnP (SSDP and
// the descriptions it points to), by mDNS with DNS-SD and in the makers' own words
// (makers.go), and reads the system's own tables of gateways and neighbours.
//
// It promises to be frugal (at most 300 packets for a home), to send only what
// stands in these files and only through lan, to hand on every observation as it
// comes, and to turn every obstacle into a scan.Problem instead of giving up. It
// ends by itself after four and a half seconds, later only where somebody cannot
// get through or a description is still coming in, and at once when its context
// ends. It refuses to read what devices say, which is announce's work, and to
// decide which sightings are one box.
//
// What is emitted again with the same Source, Addr, Interface and Key replaces
// what was emitted before: more is known now.
package discover

import (
	"context"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lan"
	"houdbaar/internal/scan"
)

// The allowances in packets, together 300. A home of thirty devices and a computer
// with one interface need about a third of each; several interfaces share them.
const (
	ssdpPackets        = 120
	descriptionPackets = 90 // connections
	mdnsPackets        = 90
)

// All returns the discoverers, for one run on n. The list is the reviewable fact
// of what is sent on somebody's network.
//
// Unless quiet, makers' own words are asked too: with questions to the whole network
// (84 packets on each interface), and by nudging silent neighbours into the neighbour
// table (one empty packet to each address of a home's subnet that somebody has). Both
// come on top of the allowance; a home of 44 devices takes three quarters of 300 for
// everything together.
func All(n *lan.Network, quiet bool) []scan.Discoverer {
	v := new(voices)
	core := n.Allow(ssdpPackets + descriptionPackets + mdnsPackets)
	all := []scan.Discoverer{
		tables{core},
		hearing{core},
		ssdpSearch{n: core.Allow(ssdpPackets), pages: core.Allow(descriptionPackets), voices: v},
		mdnsBrowse{n: core.Allow(mdnsPackets), voices: v},
	}
	if quiet {
		return all
	}
	return append(all, asking{n: n, voices: v}, nudge{n: n, voices: v})
}

// Interfaces returns every interface of this computer, why it was not used, and
// what was sent and heard on it so far.
func Interfaces(n *lan.Network) []scan.Interface {
	var out []scan.Interface
	for _, i := range n.Interfaces() {
		o := scan.Interface{Name: i.Name, Used: i.Used(), Why: i.Why, Sent: i.Sent(), Heard: i.Heard()}
		for _, p := range i.Prefixes {
			o.Addresses = append(o.Addresses, p.String())
		}
		out = append(out, o)
	}
	return out
}

// The functions through which a run reports.
type (
	emitter = func(device.Observation)
	trouble = func(scan.Problem)
)

// pause waits for d; false when ctx ended first.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
