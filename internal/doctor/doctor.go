// Package doctor tests whether searching works on this computer and network, and
// gathers what tells apart why it does not: a firewall, a VPN, a missing permission,
// guest Wi-Fi, UPnP switched off, a second router in front.
//
// It promises to send nothing but what a scan sends, a test that never leaves this
// computer, and one question to the router for its address on the other side. It
// refuses to conclude: scan.Health.Diagnosis does.
package doctor

import (
	"context"
	"net/netip"
	"runtime"
	"slices"
	"strings"
	"sync"

	"houdbaar/internal/device"
	"houdbaar/internal/discover"
	"houdbaar/internal/lan"
	"houdbaar/internal/scan"
)

// elsewhere is a documentation address (RFC 5737) that stands for the rest of the
// world. Nothing is sent to it: only the way there is looked up.
var elsewhere = netip.MustParseAddr("192.0.2.1")

// Examine tests the network with what a scan would send; quiet leaves the makers'
// questions out. It takes some five seconds, and ends early with ctx.
func Examine(ctx context.Context, n *lan.Network, quiet bool) scan.Health {
	h := scan.Health{System: runtime.GOOS}
	type test struct{ sent, heard int }
	tests := map[string]test{}
	for _, ifi := range n.Used() {
		sent, heard := n.SelfTest(ctx, ifi)
		tests[ifi.Name] = test{sent, heard}
	}
	obs, problems := listen(ctx, discover.All(n, quiet))
	for _, p := range problems {
		h.Refused = h.Refused || strings.Contains(p.Detail, "no route to host") || runtime.GOOS == "linux" && strings.Contains(p.Detail, "operation not permitted")
	}
	for _, deaf := range n.Deaf() {
		h.Dropped, h.OtherWay = h.Dropped || !deaf.NotChosen, h.OtherWay || deaf.NotChosen
	}
	out, _ := n.Through(elsewhere)
	h.WayOut = out.Why
	for _, ifi := range n.Used() {
		if p, ok := ifi.Subnet(); ok {
			if far := p.Masked().Addr().Next(); far != p.Addr() { // any neighbour's address will do
				home, _ := n.Through(far)
				h.WayHome = home.Why
			}
		}
	}
	look(n, &h, obs)
	h.Outside = outside(ctx, n, h.Gateway, obs)
	replies := map[string]int{}
	for _, ifi := range n.Used() {
		replies[ifi.Name] = ifi.Replies()
	}
	for _, i := range discover.Interfaces(n) {
		h.Interfaces = append(h.Interfaces, scan.TestedInterface{Interface: i,
			TestSent: tests[i.Name].sent, TestHeard: tests[i.Name].heard, Replies: replies[i.Name]})
	}
	return h
}

// listen runs discoverers side by side and returns what they said.
func listen(ctx context.Context, discoverers []scan.Discoverer) ([]device.Observation, []scan.Problem) {
	var mu sync.Mutex
	var obs []device.Observation
	var problems []scan.Problem
	var wg sync.WaitGroup
	observe := func(o device.Observation) {
		mu.Lock()
		defer mu.Unlock()
		obs = append(obs, o)
	}
	hamper := func(p scan.Problem) {
		mu.Lock()
		defer mu.Unlock()
		problems = append(problems, p)
	}
	for _, d := range discoverers {
		wg.Go(func() {
			d.Discover(ctx, observe, hamper)
		})
	}
	wg.Wait()
	return obs, problems
}

// look fills in who is there and who spoke. Who says nothing and has the gateway's hardware
// address may be somewhere else: the gateway of a guest network answers for everybody.
func look(n *lan.Network, h *scan.Health, obs []device.Observation) {
	obs = slices.DeleteFunc(obs, func(o device.Observation) bool {
		ifi, local := n.Local(o.Addr)
		return !local || ifi.Own(o.Addr)
	})
	for _, o := range obs {
		if o.Source == device.SourceRoute && (!h.Gateway.IsValid() || o.Addr.Is4() && !h.Gateway.Is4()) {
			h.Gateway = o.Addr
		}
	}
	mac := "" // the gateway's
	for _, o := range obs {
		if o.Addr == h.Gateway && o.MAC != "" {
			mac = o.MAC
		}
	}
	for _, d := range device.Correlate(obs) {
		some := func(is func(device.Observation) bool) bool { return slices.ContainsFunc(d.Observations, is) }
		present := some(func(o device.Observation) bool { return o.Source != device.SourceRoute })
		h.Grouped = h.Grouped || some(func(o device.Observation) bool { return grouped(o, d.Gateway) })
		switch {
		case slices.Contains(d.Addrs, h.Gateway):
			h.Reached = present
			h.UPnP = some(func(o device.Observation) bool { return o.Source == device.SourceSSDP || o.Source == device.SourceUPnP })
		case some(func(o device.Observation) bool {
			return o.Source != device.SourceRoute && o.Source != device.SourceNeighbour
		}):
			h.Neighbours++
			h.Answers++
		case present && (mac == "" || d.MAC != mac):
			h.Neighbours++
		}
	}
}

// grouped reports whether a device said what shows that it hears what is sent to a group:
// neither was it asked alone, as a gateway is for its root device, nor by broadcast, nor did
// it speak unasked.
func grouped(o device.Observation, gateway bool) bool {
	switch o.Source {
	case device.SourceSSDP:
		st := o.Get("st")
		return st != "" && !(gateway && st == "upnp:rootdevice")
	case device.SourceMDNS, device.SourceWSD, device.SourceSADP:
		return true
	}
	return false
}
