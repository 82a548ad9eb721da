package app

import (
	"houdbaar/internal/lan"
	"houdbaar/internal/probe"
	"houdbaar/internal/scan"
)

// probers are what asks one device at a time: all there are, on this network.
func (e *Engine) probers(n *lan.Network) []scan.Prober {
	if e.Probers != nil {
		return e.Probers(n)
	}
	var all []scan.Prober
	for _, door := range probe.All(n) {
		all = append(all, door)
	}
	return all
}
