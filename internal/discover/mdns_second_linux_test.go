package discover

import (
	"io"
	"log"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/mdns"

	"github.com/miekg/dns"

	"houdbaar/internal/device"
	"houdbaar/internal/lab"
)

// library runs hashicorp/mdns as it comes, for a second.
func library(t *testing.T, service string) []*mdns.ServiceEntry {
	t.Helper()
	eth0, err := net.InterfaceByName("eth0")
	if err != nil {
		t.Fatal(err)
	}
	entries := make(chan *mdns.ServiceEntry, 1024)
	err = mdns.Query(&mdns.QueryParam{Service: service, Timeout: time.Second, Interface: eth0, Entries: entries, DisableIPv6: true, Logger: log.New(io.Discard, "", 0)})
	if err != nil {
		t.Fatal(err)
	}
	close(entries)
	var out []*mdns.ServiceEntry
	for e := range entries {
		out = append(out, e)
	}
	return out
}

// TestWhyTheLibraryIsOnAShortLead shows what the library does on its own; when one
// of these no longer holds the lead may become longer.
func TestWhyTheLibraryIsOnAShortLead(t *testing.T) {
	t.Run("it loses all but the last of the instances in a packet", func(t *testing.T) {
		lab.Run(t, func(n *lab.Net) {
			n.Play(11, "", services(t, "cam", "_http._tcp|A|80|a=b", "_http._tcp|B|81|a=b", "_http._tcp|C|82|a=b"), lab.Quirks{})
			got := library(t, "_http._tcp")
			for try := 0; try < 3 && len(got) == 0; try++ {
				got = library(t, "_http._tcp")
			}
			if len(got) != 1 {
				t.Errorf("it found %d of 3; it was known to find 1", len(got))
			}
		})
	})
	t.Run("a responder can make it flood the network", func(t *testing.T) {
		lab.Run(t, func(n *lab.Net) {
			asked := respond(t, n.Host("storm", 66, ""), func(k int) []byte { return mdnsAnswer("more" + strconv.Itoa(k)) })
			for try := 0; try < 3 && asked.Load() == 0; try++ { // a link that has just come up drops packets for a moment
				library(t, "_rtsp._tcp")
			}
			t.Logf("%d questions in a second", asked.Load())
			if asked.Load() < 500 {
				t.Errorf("%d questions in a second; it was known to send thousands", asked.Load())
			}
		})
	})
	t.Run("it takes the unicast datagrams from a running responder", func(t *testing.T) {
		lab.Run(t, func(n *lab.Net) {
			avahi(t, n.Client, "desktop", "_ssh._tcp|desktop|22")
			friend := n.Host("friend", 12, "")
			until(t, func() bool { return direct(t, friend, "10.77.0.100:5353") }) // alone it does answer
			done := make(chan struct{})
			go func() { defer close(done); library(t, "_http._tcp") }()
			until(t, func() bool { return holders(t) > 1 })
			if direct(t, friend, "10.77.0.100:5353") {
				t.Error("the daemon answered while the library ran; it was known not to")
			}
			<-done
		})
	})
}

// holders returns how many sockets of this computer have port 5353 on IPv4.
func holders(t *testing.T) int {
	t.Helper()
	b, err := os.ReadFile("/proc/net/udp")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Count(string(b), ":14E9 00000000:0000")
}

// TestTheLeadHolds runs the browser with its second opinion against the responder
// that makes the library flood.
func TestTheLeadHolds(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		respond(t, n.Host("storm", 66, ""), func(k int) []byte { return mdnsAnswer("more" + strconv.Itoa(k)) })
		capture := n.Capture()
		net := open(t)
		all(t, net)
		packets := capture.Stop().By("client")
		asked := questions(packets)
		t.Logf("%d on the wire, %d counted: %s", asked, net.Sent(), packets.Counts())
		// Between the question that was one too many and the closing of its
		// sockets a few more may leave.
		if mdns := len(packets.Kind("mdns")); mdns > mdnsPackets+50 {
			t.Errorf("%d mDNS packets on the wire; want at most %d and a few", mdns, mdnsPackets)
		}
		if asked > 300 {
			t.Errorf("%d packets on the wire; want at most 300", asked)
		}
	})
}

func TestTheSecondOpinionIsAskedAndCountedAndGivesNamesOnly(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		n.Host("router", 1, "")
		d := n.Play(11, "", services(t, "cam", "_http._tcp|A|80|a=b"), lab.Quirks{})
		capture := n.Capture()
		net := open(t)
		r := all(t, net)
		r.clean(t)
		packets := capture.Stop().By("client")
		asked := questions(packets)
		if asked != net.Sent() {
			t.Errorf("%d packets on the wire, %d counted; want the same", asked, net.Sent())
		}
		single := 0 // questions of one service alone, which only the library sends
		for _, p := range packets.Kind("mdns") {
			if len(p.Data) > 6 && p.Data[5] == 1 && p.Data[7] == 0 {
				single++
			}
		}
		if single < len(secondServices) {
			t.Errorf("%d questions of the library; want at least %d: %v", single, len(secondServices), d.Heard())
		}
		for _, o := range r.obs {
			if o.Source == device.SourceMDNS && (!o.Addr.IsValid() || len(o.Raw) == 0) {
				t.Errorf("an observation without a sender or its bytes: %+v", o)
			}
		}
	})
}

func TestAHintIsAskedForOnceItIsNotKnown(t *testing.T) {
	b := &browser{services: map[string]bool{}, asked: map[dns.Question]asked{}}
	b.hint(`Zo\195\171\'s\ Cam\.2._http._tcp.local.`, "_http._tcp")
	b.hint("Other._rtsp._tcp.local.", "_http._tcp")
	b.hint("x\\000._http._tcp.local.", "_http._tcp")
	got := b.missing()
	want := []dns.Question{ask(dns.TypeSRV, "Zoë's Cam.2", "_http", "_tcp", "local"), ask(dns.TypeTXT, "Zoë's Cam.2", "_http", "_tcp", "local")}
	if !slices.Equal(got, want) {
		t.Errorf("questions %v; want %v", got, want)
	}
}
