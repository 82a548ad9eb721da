//go:build windows || darwin

package lan

import (
	"net/netip"
	"os"
	"testing"
)

// TestTheSystemsTables reads the tables of the system that the test runs on: Windows,
// Wine or macOS. HOUDBAAR_GATEWAY and HOUDBAAR_GATEWAY_MAC say what must be in them,
// when whoever starts the test knows.
func TestTheSystemsTables(t *testing.T) {
	gateways, err := Gateways()
	must(t, err)
	neighbours, err := Neighbours()
	must(t, err)
	t.Logf("gateways %v, neighbours %v", gateways, neighbours)
	for _, g := range gateways {
		if !g.Addr.IsValid() || g.Interface == "" {
			t.Errorf("gateway %v", g)
		}
	}
	for _, n := range neighbours {
		if !n.Addr.IsValid() || n.Interface == "" || len(n.MAC) != len("aa:bb:cc:dd:ee:ff") {
			t.Errorf("neighbour %v", n)
		}
	}
	want, err := netip.ParseAddr(os.Getenv("HOUDBAAR_GATEWAY"))
	if err != nil {
		return
	}
	found := false
	for _, g := range gateways {
		found = found || g.Addr == want
	}
	if !found {
		t.Errorf("gateways %v; want %v", gateways, want)
	}
	found = false
	for _, n := range neighbours {
		found = found || n.Addr == want && n.MAC == os.Getenv("HOUDBAAR_GATEWAY_MAC")
	}
	if !found {
		t.Errorf("neighbours %v; want %v at %s", neighbours, want, os.Getenv("HOUDBAAR_GATEWAY_MAC"))
	}
}
