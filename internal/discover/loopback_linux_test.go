package discover

import (
	"net/netip"
	"testing"

	"houdbaar/internal/device"
	"houdbaar/internal/lab"
	"houdbaar/internal/lan"
)

// TestOnTheLoopbackAlone runs everything without namespaces, as the practice house
// does: on real sockets, on no interface but the loopback.
func TestOnTheLoopbackAlone(t *testing.T) {
	at := netip.MustParseAddr("127.0.83.5")
	d, err := lab.Loopback(at, description("Router 7", "11111111-0000-4000-8000-000000000001", root), lab.Quirks{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	n, err := lan.Open(lan.Options{Loopback: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range n.Used() {
		if len(i.Prefixes) == 0 || !i.Prefixes[0].Addr().IsLoopback() {
			t.Fatalf("interface %s would be used", i.Name)
		}
	}
	r := all(t, n)
	r.has(t, device.SourceUPnP, at.String(), "modelName=Router 7")
	for _, i := range Interfaces(n) {
		if i.Sent > 0 && !i.Used {
			t.Errorf("%d packets sent on %s", i.Sent, i.Name)
		}
	}
}
