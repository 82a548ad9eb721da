package fingerprint

import (
	"net/netip"
	"slices"
	"testing"

	"houdbaar/internal/device"
)

func TestWhatAHardwareAddressSays(t *testing.T) {
	type c struct {
		mac, maker string
		said       string // a source, "" = it is silent
		gateway    bool
		hint       string
		apart      bool
	}
	for name, c := range map[string]c{
		"a telephone with a made-up address is kept apart":    {mac: "da:a1:19:00:00:01", hint: HintRandom, apart: true},
		"a silent laptop is kept apart":                       {mac: "00:1b:21:00:00:01", maker: "Intel Corporate", hint: HintMaker, apart: true},
		"a silent camera stays a riddle":                      {mac: "44:47:cc:00:00:01", maker: "Hangzhou Hikvision Digital Technology Co.,Ltd.", hint: HintMaker},
		"Apple has made routers":                              {mac: "00:03:93:00:00:01", maker: "Apple, Inc.", hint: HintMaker},
		"Samsung has made routers":                            {mac: "00:00:f0:00:00:01", maker: "Samsung Electronics Co.,Ltd", hint: HintMaker},
		"HP's routers are another company's":                  {mac: "94:18:82:00:00:01", maker: "Hewlett Packard Enterprise", hint: HintMaker},
		"a maker nobody knows stays a riddle":                 {mac: "00:00:00:00:00:01"},
		"the way out is never kept apart":                     {mac: "da:a1:19:00:00:01", gateway: true, hint: HintRandom},
		"who says anything at all speaks for itself":          {mac: "da:a1:19:00:00:01", said: device.SourceMDNS, hint: HintRandom},
		"who only has a page speaks for itself":               {mac: "00:1b:21:00:00:01", maker: "Intel Corporate", said: device.SourceHTTP, hint: HintMaker},
		"an extender with a made-up address that is the path": {mac: "02:00:00:00:00:01", said: device.SourceRoute, hint: HintRandom},
	} {
		t.Run(name, func(t *testing.T) {
			a := netip.MustParseAddr("192.168.1.7")
			d := device.Device{MAC: c.mac, Addrs: []netip.Addr{a}, Gateway: c.gateway, Observations: []device.Observation{
				{Source: device.SourceNeighbour, Addr: a, MAC: c.mac, Fields: map[string]string{"vendor": c.maker}}}}
			if c.said != "" {
				d.Observations = append(d.Observations, device.Observation{Source: c.said, Addr: a, Fields: map[string]string{}})
			}
			id := Default().Identify(d)
			if got := slices.ContainsFunc(id.Hints, func(h device.Hint) bool { return h.Code == device.HintKeptApart }); got != c.apart {
				t.Errorf("kept apart %v, want %v (%v)", got, c.apart, id.Hints)
			}
			if c.hint != "" && !slices.ContainsFunc(id.Hints, func(h device.Hint) bool { return h.Code == c.hint }) {
				t.Errorf("hints %v, want %s", id.Hints, c.hint)
			}
			if id.Vendor != "" || id.Model != "" || id.Kind != device.Unknown {
				t.Errorf("a hardware address gave %q %q %q", id.Vendor, id.Model, id.Kind)
			}
		})
	}
}
