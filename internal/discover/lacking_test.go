package discover

import (
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"

	"houdbaar/internal/announce"
	"houdbaar/internal/device"
)

// saying returns the packet of a device that answers by mDNS with records, in the form of zone
// files.
func saying(t *testing.T, records ...string) []announce.Packet {
	t.Helper()
	var m dns.Msg
	m.Response = true
	for _, record := range records {
		rr, err := dns.NewRR(record)
		if err != nil {
			t.Fatal(err)
		}
		m.Answer = append(m.Answer, rr)
	}
	data, err := m.Pack()
	if err != nil {
		t.Fatal(err)
	}
	return []announce.Packet{{From: netip.MustParseAddrPort("10.77.0.19:5353"), Data: data}}
}

// TestAServiceWhoseInstanceGotLostIsAskedForAgain: a printer named its services by
// unicast, and what it multicast about them was lost.
func TestAServiceWhoseInstanceGotLostIsAskedForAgain(t *testing.T) {
	heard := func(lines ...string) *sender {
		return &sender{fresh: true, packets: saying(t, lines...)}
	}
	named := []string{"_services._dns-sd._udp.local. 10 IN PTR _ipp._tcp.local.", "_services._dns-sd._udp.local. 10 IN PTR _unheardof._tcp.local."}
	instance := "_ipp._tcp.local. 10 IN PTR Printer._ipp._tcp.local."
	for name, c := range map[string]struct {
		said []string
		ago  time.Duration
		want []string
	}{
		"a service that all are asked for is waited for": {named, 0, []string{"_unheardof._tcp"}},
		"its answer must have been lost":                 {named, time.Second, []string{"_ipp._tcp", "_unheardof._tcp"}},
		"its instance came":                              {append(slices.Clone(named), instance), time.Second, []string{"_unheardof._tcp"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := heard(c.said...)
			b := &browser{services: map[string]bool{}, asked: map[dns.Question]asked{}, emit: func(device.Observation) {},
				heard: map[netip.Addr]*sender{netip.MustParseAddr("10.77.0.19"): s}}
			b.read()
			s.named = s.named.Add(-c.ago)
			if got := b.lacking(); !slices.Equal(got, c.want) {
				t.Errorf("lacking %v; want %v", got, c.want)
			}
			questions := b.missing()
			for _, service := range c.want {
				if !slices.Contains(questions, askService(service)) {
					t.Errorf("%s is not asked for: %v", service, questions)
				}
			}
		})
	}
}

// TestAPrintedNameIsAskedForAsItCame: its sender knows no other.
func TestAPrintedNameIsAskedForAsItCame(t *testing.T) {
	var lines []string
	for _, name := range []string{`My\\032Cam`, `100\\% x`, `Zo\195\171\.1`} { // as miekg/dns writes My\032Cam, 100\% x and Zoë.1
		lines = append(lines, "_http._tcp.local. 10 IN PTR "+strings.ReplaceAll(name, " ", `\ `)+"._http._tcp.local.")
	}
	said := announce.MDNS(saying(t, lines...))
	asked := incomplete(said)
	for i, want := range []struct{ sent, instance string }{{`My\032Cam`, "My Cam"}, {`100\% x`, `100\% x`}, {"Zoë.1", "Zoë.1"}} {
		if got := said[i].Get("instance"); got != want.instance {
			t.Errorf("the instance is %q, want %q", got, want.instance)
		}
		if q := askInstance(dns.TypeSRV, want.sent, "_http._tcp"); !slices.Contains(asked, q) {
			t.Errorf("%q is not asked for: %v", want.sent, asked)
		}
	}
}
