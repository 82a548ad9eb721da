package fingerprint

import (
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"

	"houdbaar/internal/device"
)

func TestWhatAHardwareAddressSays(t *testing.T) {
	apart := device.Hint{Code: device.HintKeptApart}
	random := device.Hint{Code: hintRandom}
	madeBy := func(maker string) device.Hint { return device.Hint{Code: hintMaker, Value: maker} }
	const intel, hikvision, apple = "Intel Corporate", "Hangzhou Hikvision Digital Technology Co.,Ltd.", "Apple, Inc."
	const samsung, hp = "Samsung Electronics Co.,Ltd", "Hewlett Packard Enterprise"
	for name, c := range map[string]struct {
		mac, maker string
		said       string // a source, "" = it is silent
		gateway    bool
		want       []device.Hint
	}{
		"a telephone with a made-up address is kept apart":    {mac: "da:a1:19:00:00:01", want: []device.Hint{apart, random}},
		"a made-up address has no maker":                      {mac: "da:a1:19:00:00:01", maker: samsung, want: []device.Hint{apart, random}},
		"a silent laptop is kept apart":                       {mac: "00:1b:21:00:00:01", maker: intel, want: []device.Hint{apart, madeBy(intel)}},
		"a silent camera stays a riddle":                      {mac: "44:47:cc:00:00:01", maker: hikvision, want: []device.Hint{madeBy(hikvision)}},
		"Apple has made routers":                              {mac: "00:03:93:00:00:01", maker: apple, want: []device.Hint{madeBy(apple)}},
		"Samsung has made routers":                            {mac: "00:00:f0:00:00:01", maker: samsung, want: []device.Hint{madeBy(samsung)}},
		"HP's routers are another company's":                  {mac: "94:18:82:00:00:01", maker: hp, want: []device.Hint{madeBy(hp)}},
		"a maker nobody knows stays a riddle":                 {mac: "00:00:00:00:00:01"},
		"the way out is never kept apart":                     {mac: "da:a1:19:00:00:01", gateway: true, want: []device.Hint{random}},
		"who says anything at all speaks for itself":          {mac: "da:a1:19:00:00:01", said: device.SourceMDNS, want: []device.Hint{random}},
		"who only has a page speaks for itself":               {mac: "00:1b:21:00:00:01", maker: intel, said: device.SourceHTTP, want: []device.Hint{madeBy(intel)}},
		"an extender with a made-up address that is the path": {mac: "02:00:00:00:00:01", said: device.SourceRoute, want: []device.Hint{random}},
	} {
		t.Run(name, func(t *testing.T) {
			a := netip.MustParseAddr("192.168.1.7")
			d := device.Device{MAC: c.mac, Addrs: []netip.Addr{a}, Gateway: c.gateway, Observations: []device.Observation{
				{Source: device.SourceNeighbour, Addr: a, MAC: c.mac, Fields: map[string]string{"vendor": c.maker}}}}
			if c.said != "" {
				d.Observations = append(d.Observations, device.Observation{Source: c.said, Addr: a, Fields: map[string]string{}})
			}
			if diff := cmp.Diff(device.Identity{Hints: c.want}, Default().Identify(d)); diff != "" {
				t.Errorf("an address gives hints and nothing else (-want +got):\n%s", diff)
			}
		})
	}
}
