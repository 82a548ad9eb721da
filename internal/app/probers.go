package app

import (
	"houdbaar/internal/device"
	"houdbaar/internal/lan"
	"houdbaar/internal/probe"
	"houdbaar/internal/scan"
)

// probers are what asks one device at a time: all there are, on this network; none
// when the engine is quiet.
func (e *Engine) probers(n *lan.Network) []scan.Prober {
	if e.Quiet {
		return nil
	}
	if e.Probers != nil {
		return e.Probers(n)
	}
	return probe.All(n)
}

// A typedProber asks a device whose address was typed what an unknown gateway is
// asked: the person says that it matters.
type typedProber struct{ scan.Prober }

// Wants is the prober's, for a device of which nobody knows who made it.
func (p typedProber) Wants(d device.Device, id device.Identity) bool {
	d.Gateway = d.Gateway || id.Vendor == "" || id.Model == ""
	return p.Prober.Wants(d, id)
}
