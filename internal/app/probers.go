package app

import (
	"houdbaar/internal/lan"
	"houdbaar/internal/scan"
)

// probers are what asks one device at a time.
func (e *Engine) probers(n *lan.Network) []scan.Prober {
	if e.Probers != nil {
		return e.Probers(n)
	}
	return nil
}
