package device

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func addr(s string) netip.Addr { return netip.MustParseAddr(s) }

func neighbour(a, mac string) Observation {
	return Observation{Source: SourceNeighbour, Addr: addr(a), MAC: mac}
}

func upnp(a, udn string) Observation {
	return Observation{Source: SourceUPnP, Addr: addr(a), Key: udn, Fields: map[string]string{"UDN": udn}}
}

func mdns(a, instance, host, addresses string) Observation {
	return Observation{Source: SourceMDNS, Addr: addr(a), Key: instance,
		Fields: map[string]string{"service": "_http._tcp", "instance": instance, "host": host, "addresses": addresses}}
}

// subnet is what one MAC answers for: 192.168.1.from to 192.168.1.to.
func subnet(mac string, from, to int) []Observation {
	var all []Observation
	for i := from; i <= to; i++ {
		all = append(all, neighbour(fmt.Sprint("192.168.1.", i), mac))
	}
	return all
}

// shape writes devices as "id: addresses" lines.
func shape(ds []Device) []string {
	var lines []string
	for _, d := range ds {
		var as []string
		for _, a := range d.Addrs {
			as = append(as, a.String())
		}
		lines = append(lines, d.ID+": "+strings.Join(as, " "))
	}
	return lines
}

func TestCorrelate(t *testing.T) {
	const udn = "11111111-2222-3333-4444-555555555555"
	for name, c := range map[string]struct {
		obs  []Observation
		want []string
	}{
		"nothing seen is no device": {nil, nil},
		"one MAC with an IPv4 and an IPv6 address is one device": {
			[]Observation{neighbour("192.168.1.1", "02:00:00:00:00:01"), neighbour("fd00::1", "02:00:00:00:00:01")},
			[]string{"mac-020000000001: 192.168.1.1 fd00::1"}},
		"a link-local address carries its MAC": {
			[]Observation{neighbour("192.168.1.1", "02:00:00:00:00:01"), mdns("fe80::ff:fe00:1%eth0", "x", "x.local", "")},
			[]string{"mac-020000000001: 192.168.1.1 fe80::ff:fe00:1%eth0"}},
		"an extender that hides its clients behind its MAC joins none of them": {
			[]Observation{neighbour("192.168.1.7", "02:00:00:00:00:01"), neighbour("192.168.1.8", "02:00:00:00:00:01")},
			[]string{"ip-192.168.1.7: 192.168.1.7", "ip-192.168.1.8: 192.168.1.8"}},
		"a MAC that answers for a whole subnet makes no devices of it, but of those who speak": {
			append(subnet("02:00:00:00:00:01", 1, 200), Observation{Source: SourceRoute, Addr: addr("192.168.1.1")}, upnp("192.168.1.9", udn), neighbour("192.168.1.250", "02:00:00:00:00:02")),
			[]string{"ip-192.168.1.1: 192.168.1.1", "mac-020000000002: 192.168.1.250", "udn-" + udn + ": 192.168.1.9"}},
		"one UDN from two addresses without MACs is one device": {
			[]Observation{upnp("192.168.1.1", udn), upnp("192.168.1.254", udn)},
			[]string{"udn-" + udn + ": 192.168.1.1 192.168.1.254"}},
		"a device that repeats another's UDN from its own network card stays itself": {
			[]Observation{upnp("192.168.1.1", udn), upnp("192.168.1.66", udn),
				neighbour("192.168.1.1", "02:00:00:00:00:01"), neighbour("192.168.1.66", "02:00:00:00:00:66")},
			[]string{"mac-020000000001: 192.168.1.1", "mac-020000000066: 192.168.1.66"}},
		"a UDN that names nobody joins nobody": {
			[]Observation{upnp("192.168.1.1", "0"), upnp("192.168.1.2", "0")},
			[]string{"ip-192.168.1.1: 192.168.1.1", "ip-192.168.1.2: 192.168.1.2"}},
		"one mDNS host answering on both families is one device": {
			[]Observation{mdns("192.168.1.9", "Hal", "hal.local.", "192.168.1.9"), mdns("fe80::9%eth0", "Hal", "HAL.local", "192.168.1.9")},
			[]string{"ip-192.168.1.9: 192.168.1.9 fe80::9%eth0"}},
		"a reflector's echo of a device that spoke itself is dropped": {
			[]Observation{mdns("192.168.1.9", "Hal", "hal.local", "192.168.1.9"), mdns("192.168.1.1", "Hal", "hal.local", "192.168.1.9")},
			[]string{"ip-192.168.1.9: 192.168.1.9"}},
		"what a reflector says of a device elsewhere is that device's": {
			[]Observation{upnp("192.168.1.1", udn), mdns("192.168.1.1", "Printer", "printer.local", "192.168.20.5")},
			[]string{"ip-192.168.20.5: 192.168.20.5", "udn-" + udn + ": 192.168.1.1"}},
		"an IPv4-mapped sender is the IPv4 sender": {
			[]Observation{upnp("::ffff:192.168.1.1", udn), neighbour("192.168.1.1", "02:00:00:00:00:01")},
			[]string{"mac-020000000001: 192.168.1.1"}},
	} {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(c.want, shape(Correlate(c.obs))); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

func TestLaterObservationReplacesEarlier(t *testing.T) {
	a := mdns("192.168.1.9", "Hal", "", "")
	b := mdns("192.168.1.9", "Hal", "hal.local", "192.168.1.9")
	ds := Correlate([]Observation{a, b})
	if len(ds) != 1 || len(ds[0].Observations) != 1 || ds[0].Observations[0].Get("host") != "hal.local" {
		t.Errorf("got %+v, want the later observation alone", ds)
	}
}

func TestCorrelateDoesNotDependOnOrder(t *testing.T) {
	var obs []Observation
	for i := range 40 {
		a := fmt.Sprintf("192.168.1.%d", i+1)
		obs = append(obs, neighbour(a, fmt.Sprintf("02:00:00:00:00:%02x", i/2)), upnp(a, fmt.Sprintf("udn-of-device-%d", i/3)),
			mdns(a, "x"+a, fmt.Sprintf("host%d.local", i/5), a))
	}
	want := shape(Correlate(obs))
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		mixed := slices.Clone(obs)
		r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		if d := cmp.Diff(want, shape(Correlate(mixed))); d != "" {
			t.Fatalf("another order gave another result (-want +got)\n%s", d)
		}
	}
}

// BenchmarkCorrelate shows how the cost grows from a home to a flood.
func BenchmarkCorrelate(b *testing.B) {
	for _, n := range []int{30, 1000, 10000} {
		for _, udn := range []string{"", "the-very-same-udn"} {
			b.Run(fmt.Sprintf("%d devices %s", n, udn), func(b *testing.B) {
				var obs []Observation
				for i := range n {
					a := netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)}).String()
					mac := fmt.Sprintf("02:00:00:00:%02x:%02x", i>>8, i&255)
					key := udn
					if key == "" {
						key = "udn-of-device-" + a
					}
					obs = append(obs, neighbour(a, mac), upnp(a, key), mdns(a, a, "host-"+a, a))
				}
				for b.Loop() {
					Correlate(obs)
				}
			})
		}
	}
}
