// Package discover listens to and asks the whole local network: UPnP (SSDP and
// the descriptions it points to), mDNS with DNS-SD, and the system's own tables
// of gateways and neighbours. One file per protocol.
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
	"errors"
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
func All(n *lan.Network) []scan.Discoverer { return core(n, new(voices)) }

// core returns what is always run; Asking adds to it.
func core(n *lan.Network, v *voices) []scan.Discoverer {
	n = n.Allow(ssdpPackets + descriptionPackets + mdnsPackets)
	return []scan.Discoverer{
		tables{n},
		ssdpSearch{n: n.Allow(ssdpPackets), pages: n.Allow(descriptionPackets), voices: v},
		mdnsBrowse{n: n.Allow(mdnsPackets), voices: v},
	}
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

// family names an address family for a problem's words.
func family(v6 bool) string {
	if v6 {
		return "IPv6"
	}
	return "IPv4"
}

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

// deaf says that announcements on a port cannot be heard, and why; nothing where
// the system never allows it.
func deaf(source, port string, ifi lan.Interface, err error, problem trouble) {
	if err == nil || errors.Is(err, lan.ErrPlatform) {
		return
	}
	problem(scan.Problem{Source: source, Code: "announcements_unheard",
		Args: map[string]string{"interface": ifi.Name, "port": port}, Detail: err.Error()})
}
