package probe

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lan"
)

func TestEveryQuestionOnlyReads(t *testing.T) {
	inquiries := []string{"jnap", "axis", "onvif"} // a POST that is known to change nothing
	for _, d := range doors {
		name := d.Name()
		for _, q := range d.questions {
			if q.Method != "GET" && !(q.Method == "POST" && slices.Contains(inquiries, name)) {
				t.Errorf("%s sends %s", name, q.Method)
			}
			for k := range q.Header {
				if strings.EqualFold(k, "Authorization") || strings.EqualFold(k, "Cookie") {
					t.Errorf("%s sends %s", name, k)
				}
			}
		}
	}
}

func TestWants(t *testing.T) {
	gateway := device.Device{Addrs: []netip.Addr{netip.MustParseAddr("192.168.1.1")}, Gateway: true}
	other := device.Device{Addrs: []netip.Addr{netip.MustParseAddr("192.168.1.9")}, Observations: []device.Observation{{Source: device.SourceSSDP}}}
	neighbour := device.Device{Addrs: other.Addrs, Observations: []device.Observation{{Source: device.SourceNeighbour}}}
	by := func(owner string) device.Device {
		return device.Device{Addrs: other.Addrs, Observations: []device.Observation{{Source: device.SourceNeighbour, Fields: map[string]string{"vendor": owner}}}}
	}
	for name, c := range map[string]struct {
		dev  device.Device
		id   device.Identity
		want string
	}{
		"a gateway nobody knows is asked what routers answer": {gateway, device.Identity{Kind: device.Router}, "currentsetting googlewifi hnap http jnap xiaomi"},
		"a FRITZ!Box is asked for its version":                {gateway, device.Identity{Vendor: "AVM", Model: "FRITZ!Box 7590", Kind: device.Router}, "boxinfo tr064"},
		"a NETGEAR is asked only NETGEAR's question":          {gateway, device.Identity{Vendor: "NETGEAR", Model: "R7000", Kind: device.Router}, "currentsetting"},
		"who told everything is left alone":                   {gateway, device.Identity{Vendor: "AVM", Model: "x", Firmware: "1", Kind: device.Router}, ""},
		"a television is left alone":                          {other, device.Identity{Vendor: "LG", Kind: device.TV}, ""},
		"a printer that hides its model is left alone":        {other, device.Identity{Kind: device.Printer}, ""},
		"a D-Link camera is asked D-Link's questions":         {other, device.Identity{Vendor: "D-Link", Kind: device.Camera}, "hnap http nipca"},
		"who announced something odd is asked for its page":   {other, device.Identity{}, "http"},
		"a silent neighbour may be a phone and is left alone": {neighbour, device.Identity{}, ""},
		"a silent telephone of a known maker is left alone":   {by("Xiaomi Communications Co Ltd"), device.Identity{}, ""},
		"a silent device of a camera maker is asked":          {by("Hangzhou Hikvision Digital Technology Co.,Ltd."), device.Identity{}, "http"},
		"a silent D-Link is asked what D-Links answer":        {by("D-Link International"), device.Identity{}, "hnap http nipca"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, d := range doors {
				if d.Wants(c.dev, c.id) {
					got = append(got, d.Name())
				}
			}
			slices.Sort(got)
			if g := strings.Join(got, " "); g != c.want {
				t.Errorf("asked %q, want %q", g, c.want)
			}
		})
	}
}

// played returns a device on loopback whose web server is h, and its port.
func played(t *testing.T, h http.HandlerFunc) (device.Device, port) {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	ap := netip.MustParseAddrPort(s.Listener.Addr().String())
	return device.Device{Addrs: []netip.Addr{ap.Addr()}, Observations: []device.Observation{{Source: device.SourceWSD, Addr: ap.Addr(),
		Fields: map[string]string{"scopes": "onvif://www.onvif.org/hardware/X", "xaddrs": "http://" + ap.String() + "/onvif/device_service"}}}}, port{number: ap.Port()}
}

func loopback(t *testing.T) *lan.Network {
	t.Helper()
	n, err := lan.Open(lan.Options{Loopback: true})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestASilentDeviceIsLeftWhenTheContextEnds(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0") // accepts in the kernel, never answers
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ap := netip.MustParseAddrPort(l.Addr().String())
	d := named("http", loopback(t))
	d.ports = []port{{number: ap.Port()}}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	d.Probe(ctx, device.Device{Addrs: []netip.Addr{ap.Addr()}}, func(device.Observation) { t.Error("heard something") })
	<-ctx.Done() // Probe came back, with or just before the deadline
}

func TestASilentPortIsWaitedForOnce(t *testing.T) {
	dev, p := played(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	n := loopback(t)
	for _, prober := range All(n) {
		if d := prober.(door); d.where == nil {
			d.ports = []port{p}
			d.Probe(t.Context(), dev, func(device.Observation) {})
		}
	}
	if got := n.Sent(); got != 1 {
		t.Errorf("%d connections to a port that never answers, want 1", got)
	}
}

func TestONVIFIsAskedOnlyWhereTheCameraItselfIs(t *testing.T) {
	own := netip.MustParseAddr("192.168.1.23")
	for xaddrs, want := range map[string]int{
		"http://192.168.1.23/onvif/device_service":                             1,
		"http://192.168.1.23:8000/onvif/device_service http://[fe80::1]/onvif": 1,
		"http://192.168.1.1/onvif/device_service":                              0,
		"http://192.0.2.7/onvif/device_service":                                0,
		"http://user@192.168.1.23/onvif":                                       0,
		"":                                                                     0,
	} {
		dev := device.Device{Addrs: []netip.Addr{own}, Observations: []device.Observation{{Source: device.SourceWSD, Addr: own,
			Fields: map[string]string{"scopes": "onvif://www.onvif.org/hardware/X", "xaddrs": xaddrs}}}}
		if got := len(onvifPlaces(dev)); got != want {
			t.Errorf("xaddrs %q gave %d places, want %d", xaddrs, got, want)
		}
	}
}
