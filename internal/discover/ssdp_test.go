package discover

import (
	"fmt"
	"net/netip"
	"testing"

	"houdbaar/internal/device"
	"houdbaar/internal/lan"
)

func TestTheSearchesOfManyInterfacesStayWithinTheAllowance(t *testing.T) {
	for n, want := range map[int][2]int{1: {7, 3}, 2: {7, 3}, 3: {4, 3}, 4: {4, 1}, 6: {2, 1}, 10: {1, 1}} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			var sockets []*lan.Socket
			for range n {
				sockets = append(sockets, &lan.Socket{}, &lan.Socket{V6: true})
			}
			four, six := share(sockets)
			if four != want[0] || six != want[1] {
				t.Errorf("%d and %d targets; want %d and %d", four, six, want[0], want[1])
			}
			if sum := n * (1 + (four+six)*len(bursts)); sum > ssdpPackets {
				t.Errorf("%d packets; want at most %d", sum, ssdpPackets)
			}
		})
	}
	if four, six := share([]*lan.Socket{{V6: true}}); four != len(searchTargets) || six != targets6 {
		t.Errorf("IPv6 alone: %d and %d", four, six)
	}
}

func TestWhereAnObservationPoints(t *testing.T) {
	for name, c := range map[string]struct{ location, nts, want string }{
		"a plain one":                       {location: " http://192.168.1.1:5000/d.xml ", want: "http://192.168.1.1:5000/d.xml"},
		"nowhere":                           {},
		"a goodbye":                         {location: "http://192.168.1.1/d.xml", nts: "ssdp:byebye"},
		"user information stays to be seen": {location: "http://a@192.168.1.1/", want: "http://a@192.168.1.1/"},
		"a path alone":                      {location: "/d.xml", want: "http://192.168.1.1/d.xml"},
	} {
		o := device.Observation{Addr: netip.MustParseAddr("192.168.1.1"), Fields: map[string]string{"location": c.location, "nts": c.nts}}
		if got := location(o); got != c.want {
			t.Errorf("%s: %q; want %q", name, got, c.want)
		}
	}
}
