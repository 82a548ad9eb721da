package discover

import (
	"context"
	"runtime"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lan"
	"houdbaar/internal/scan"
)

// hearing tests whether a firewall on this computer keeps out what devices answer: the
// list would be short then, and look complete. Its questions never leave this computer.
type hearing struct{ n *lan.Network }

func (hearing) Name() string { return "hearing" }

// Discover says so where the test went unheard on every interface and, by the time that
// SSDP has listened, nobody's answer to a question to everybody came in either. It does on
// Linux, the only system on which it was tried: people who are told of a firewall in vain
// switch it off. Elsewhere the doctor tests.
func (d hearing) Discover(ctx context.Context, _ func(device.Observation), problem func(scan.Problem)) {
	if runtime.GOOS != "linux" {
		return
	}
	started, used := time.Now(), d.n.Used()
	sent := 0
	for _, ifi := range used {
		asked, heard := d.n.SelfTest(ctx, ifi)
		if heard > 0 {
			return
		}
		sent += asked
	}
	if sent == 0 || !pause(ctx, ssdpListen-time.Since(started)) {
		return
	}
	for _, ifi := range used {
		if ifi.Replies() > 0 {
			return
		}
	}
	problem(scan.Problem{Source: d.Name(), Code: "firewall"})
}
