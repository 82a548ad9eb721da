package scan

import (
	"net/netip"
	"testing"

	"houdbaar/internal/device"
)

func TestARouterIsMissedOnlyWhereItWasLookedFor(t *testing.T) {
	found := Finding{Device: device.Device{Addrs: []netip.Addr{netip.MustParseAddr("192.0.2.1")}}}
	router, typed := found, Finding{Identity: device.Identity{Corrected: true}}
	router.Device.Gateway = true
	used := []Interface{{Name: "eth0", Used: true}}
	for name, c := range map[string]struct {
		scan                 Scan
		noRouter, labelsOnly bool
	}{
		"a home with a router":      {Scan{Interfaces: used, Findings: []Finding{found, router}}, false, false},
		"a home without":            {Scan{Interfaces: used, Findings: []Finding{found}}, true, false},
		"nothing answered":          {Scan{Interfaces: used}, true, false},
		"one address":               {Scan{Interfaces: used, Only: "192.0.2.7", Findings: []Finding{found}}, false, false},
		"labels, and no scan":       {Scan{Findings: []Finding{typed}}, false, true},
		"labels beside a scan":      {Scan{Interfaces: used, Findings: []Finding{typed}}, true, false},
		"no network and no labels":  {Scan{}, true, false},
		"an invented device behind": {Scan{Findings: []Finding{typed, found}}, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			if c.scan.NoRouter() != c.noRouter || c.scan.LabelsOnly() != c.labelsOnly {
				t.Errorf("no router %v, labels only %v; want %v, %v", c.scan.NoRouter(), c.scan.LabelsOnly(), c.noRouter, c.labelsOnly)
			}
		})
	}
}
