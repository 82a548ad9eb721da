// Package probe asks one device who it is, at the doors that some makers leave
// open: read-only questions over HTTP, one file per protocol.
//
// It promises that a question is sent only where it fits what is already known of
// the device or its place, that every question is a value at the top of its file
// with its reason and stands in app's testdata/questions.golden, and that nothing but
// GET, and POST of an inquiry, is ever sent: no credential, no default password,
// nothing that changes a device. It refuses to read the answers (announce does)
// and to open sockets (lan does).
package probe

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"sync"

	"houdbaar/internal/announce"
	"houdbaar/internal/device"
	"houdbaar/internal/lan"
)

// A Door is one place where some devices tell who they are.
type Door struct {
	name      string
	ports     []port         // tried in order until one answers
	questions []lan.Question // the next only where the one before was understood and told nothing
	// fits says whether to ask, from what is known so far.
	fits func(d device.Device, id device.Identity) bool
	// where overrides ports with what the device itself announced; nil = ports.
	where func(d device.Device) []place
	// onward is asked where the answer sends its visitor, if that is the device itself;
	// nil = nothing is.
	onward *lan.Question
	n      *lan.Network
	// shut holds the netip.AddrPorts that did not answer any door, so that a silent
	// gateway is not waited for once by every one.
	shut *sync.Map
}

// A port is where a door may be.
type port struct {
	number uint16
	tls    bool
}

// A place is where one device is asked.
type place struct {
	target lan.Target
	path   string // that the device announced; "" = the question's own
}

// web is where a device's own pages are.
var web = []port{{80, false}, {443, true}}

// All returns the doors, for one run on n. The list is the reviewable fact of
// what is asked of single devices.
func All(n *lan.Network) []Door {
	doors := []Door{tr064, boxinfo, currentSetting, jnap, hnap, nipca, axis, googleWifi, xiaomi, onvif, index}
	shut := new(sync.Map)
	for i := range doors {
		doors[i].n, doors[i].shut = n, shut
	}
	return doors
}

// Questions returns what the door asks, in braces what a device says itself.
func (d Door) Questions() []lan.Question {
	if d.onward == nil {
		return d.questions
	}
	return append(slices.Clone(d.questions), *d.onward)
}

// Where says at which ports it asks q, for the list that a person can read.
func (d Door) Where(q lan.Question) string {
	if d.onward != nil && d.onward.Path == q.Path {
		return "the port that its front page names, of the device"
	}
	if d.where != nil {
		return "the address, port and path that the device announced"
	}
	var at []string
	for _, p := range d.ports {
		scheme := "http"
		if p.tls {
			scheme = "https"
		}
		at = append(at, fmt.Sprintf("%s port %d", scheme, p.number))
	}
	return strings.Join(at, ", else ") + " of the device"
}

// Announced reports whether it asks only where a device itself said that it answers.
func (d Door) Announced() bool { return d.where != nil }

// Name returns the door's name, which is the source of what it hears.
func (d Door) Name() string { return d.name }

// Wants reports whether the question fits the device and is worth asking: a
// device that is something else, or that already told everything, is left alone.
func (d Door) Wants(dev device.Device, id device.Identity) bool {
	if id.Kind.Class() == device.ClassOther || len(dev.Addrs) == 0 || complete(id) {
		return false
	}
	if vendor, ok := made(dev); ok && id.Vendor == "" {
		id.Vendor = vendor // for what fits; it names nothing
	}
	return d.fits(dev, id)
}

// complete reports whether nothing more needs to be asked.
func complete(id device.Identity) bool {
	return id.Vendor != "" && id.Model != "" && id.Firmware != ""
}

// Probe asks. It stops at the first port that answers; a device that refuses or
// keeps silent is no error.
func (d Door) Probe(ctx context.Context, dev device.Device, emit func(device.Observation)) error {
	for _, p := range d.places(dev) {
		for i, q := range d.questions {
			if p.path != "" {
				q.Path = p.path
			}
			r := d.ask(ctx, q, p.target, emit)
			if !r.answered {
				break
			}
			if !r.vague || i == len(d.questions)-1 {
				d.follow(ctx, place{p.target, q.Path}, r, emit)
				return nil
			}
		}
	}
	return ctx.Err()
}

// places returns where to ask a device.
func (d Door) places(dev device.Device) []place {
	if d.where != nil {
		return d.where(dev)
	}
	var out []place
	for _, p := range d.ports {
		out = append(out, place{target: lan.Target{Addr: netip.AddrPortFrom(dev.Addrs[0], p.number), TLS: p.tls}}) // IPv4 first
	}
	return out
}

// A reply is what came of one question.
type reply struct {
	answered bool
	vague    bool     // answered without fault (200), and told nothing
	onward   []string // where the answer sends its visitor, or what it shows in frames, as the device wrote it
}

// ask asks one question.
func (d Door) ask(ctx context.Context, q lan.Question, t lan.Target, emit func(device.Observation)) reply {
	if _, shut := d.shut.Load(t.Addr); shut {
		return reply{}
	}
	x, err := d.n.Fetch(ctx, q, t)
	if len(x.Response) == 0 {
		d.shut.Store(t.Addr, true)
		return reply{}
	}
	r := reply{answered: true}
	for _, o := range announce.HTTP(announce.Exchange{At: x.At, Interface: x.Interface, From: t.Addr, URL: t.String() + q.Path,
		Request: x.Request, Response: x.Response, Certificate: x.Certificate, Cut: err != nil}) {
		emit(o)
		switch o.Source {
		case device.SourceHTTP:
			r.vague, r.onward = o.Get("status") == "200", announce.Onward(o)
		case d.name:
			r.vague = false
		}
	}
	return r
}

// unknownGateway reports whether the device is the way out and has not said who made it.
func unknownGateway(dev device.Device, id device.Identity) bool {
	return dev.Gateway && (id.Vendor == "" || id.Model == "")
}

// by returns a fit for the makers named, and for a gateway nobody knows when that is said.
func by(gatewayToo bool, vendors ...string) func(device.Device, device.Identity) bool {
	return func(dev device.Device, id device.Identity) bool {
		return gatewayToo && unknownGateway(dev, id) || slices.Contains(vendors, id.Vendor)
	}
}
