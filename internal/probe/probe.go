// Package probe asks one device who it is, at the doors that some makers leave
// open: read-only questions over HTTP, all in doors.go.
//
// It promises that a question is sent only where it fits what is already known of
// the device or its place, that every question stands in app's
// testdata/questions.golden, and that nothing but GET, and POST of an inquiry, is
// ever sent: no credential, no default password, nothing that changes a device. It
// refuses to read the answers (announce does) and to open sockets (lan does).
package probe

import (
	"context"
	"fmt"
	"net/netip"
	"strings"
	"sync"

	"houdbaar/internal/announce"
	"houdbaar/internal/device"
	"houdbaar/internal/lan"
	"houdbaar/internal/scan"
)

// A door is one place where some devices tell who they are.
type door struct {
	name      string
	ports     []port                                         // tried in order until one answers
	where     func(d device.Device) []place                  // instead of ports, what the device itself announced; nil = ports
	questions []lan.Question                                 // the next only where the one before was understood and told nothing
	fits      func(d device.Device, id device.Identity) bool // whether to ask, from what is known so far
	onward    bool                                           // the page that the answer leads to is asked for too, if that is on the device itself

	n    *lan.Network
	shut *sync.Map // the netip.AddrPorts that did not answer any door: a silent gateway is not waited for once by every one
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

// All returns the doors, for one run on n.
func All(n *lan.Network) []scan.Prober {
	shut := new(sync.Map)
	var all []scan.Prober
	for _, d := range doors {
		d.n, d.shut = n, shut
		all = append(all, d)
	}
	return all
}

// onwardPath stands for where a front page leads.
const onwardPath = "{path that the front page leads to}"

// Questions returns all that the doors ask, in braces what a device says itself.
func Questions() []scan.Question {
	var out []scan.Question
	for _, d := range doors {
		list := func(q lan.Question, whom, to, host string) {
			out = append(out, scan.Question{Name: d.name, Group: scan.GroupDevice, Whom: whom, To: to, Bytes: q.Text(host)})
		}
		for _, q := range d.questions {
			if d.where != nil {
				list(q, scan.WhomAnnounced, "the address, port and path that the device announced", "{address}")
			} else {
				list(q, scan.WhomDevice, d.at()+" of the device", "{address}")
			}
		}
		if d.onward { // it was led there, maybe by a name
			list(get(onwardPath)[0], scan.WhomDevice, "the port that its front page names, of the device", "{address, or the name that the device has for itself}")
		}
	}
	return out
}

func (d door) at() string {
	var all []string
	for _, p := range d.ports {
		scheme := "http"
		if p.tls {
			scheme = "https"
		}
		all = append(all, fmt.Sprintf("%s port %d", scheme, p.number))
	}
	return strings.Join(all, ", else ")
}

// Name returns the door's name, which is the source of what it hears.
func (d door) Name() string { return d.name }

// Wants reports whether the question fits the device and is worth asking: a
// device that is something else, or that already told everything, is left alone.
func (d door) Wants(dev device.Device, id device.Identity) bool {
	if id.Kind.Class() == device.ClassOther || len(dev.Addrs) == 0 || id.Vendor != "" && id.Model != "" && id.Firmware != "" {
		return false
	}
	if vendor, ok := made(dev); ok && id.Vendor == "" {
		id.Vendor = vendor // for what fits; it names nothing
	}
	return d.fits(dev, id)
}

// Probe asks. It stops at the first port that answers; a device that refuses or
// keeps silent is passed over.
func (d door) Probe(ctx context.Context, dev device.Device, emit func(device.Observation)) {
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
				return
			}
		}
	}
}

func (d door) places(dev device.Device) []place {
	if d.where != nil {
		return d.where(dev)
	}
	var out []place
	for _, p := range d.ports {
		out = append(out, place{target: lan.Target{Addr: netip.AddrPortFrom(dev.Addrs[0], p.number), TLS: p.tls}}) // IPv4 first
	}
	return out
}

type reply struct {
	answered bool
	vague    bool     // answered without fault (200), and told nothing
	onward   []string // where the answer sends its visitor, or what it shows in frames, as the device wrote it
}

func (d door) ask(ctx context.Context, q lan.Question, t lan.Target, emit func(device.Observation)) reply {
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
