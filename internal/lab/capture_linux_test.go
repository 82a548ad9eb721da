package lab_test

import (
	"net"
	"strings"
	"testing"

	"houdbaar/internal/lab"
)

func TestACaptureSeesEveryPacketOnceAndTellsTheKinds(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		h := n.Host("listener", 11, "")
		var l net.Listener
		h.Do(func() (err error) {
			l, err = net.Listen("tcp4", ":80")
			return err
		})
		defer l.Close()
		c := n.Capture()
		for _, to := range []string{"239.255.255.250:1900", "224.0.0.251:5353", "10.77.0.11:3702", "192.0.2.1:1234", "127.0.0.1:53"} {
			s, err := net.Dial("udp4", to)
			must(t, err)
			s.Write([]byte("question to " + to))
			s.Close()
		}
		s, err := net.Dial("tcp4", "10.77.0.11:80")
		must(t, err)
		s.Close()
		all := c.Stop()
		mine := all.By("client")
		for kind, want := range map[string]int{"ssdp": 1, "mdns": 1, "udp/3702": 1} {
			if got := mine.Kind(kind); len(got) != want {
				t.Errorf("%s: %d packets; want %d\n%s", kind, len(got), want, mine.Counts())
			} else if !strings.HasPrefix(string(got[0].Data), "question to ") {
				t.Errorf("%s: payload %q", kind, got[0].Data)
			}
		}
		if got := all.By("client/lo").Kind("udp/53"); len(got) != 1 {
			t.Errorf("%d packets to a name server on the loopback; want 1", len(got))
		}
		syn := 0
		for _, p := range mine.Kind("tcp") {
			if p.SYN {
				syn++
			}
		}
		if syn != 1 {
			t.Errorf("%d TCP connections opened; want 1: %s", syn, all.Counts())
		}
		// 192.0.2.1 goes to the router, which is not there: only the question for
		// its address is on the wire, so nothing is outside.
		if out := mine.Outside(lab.Subnet); len(out) != 0 {
			t.Errorf("outside: %v", out)
		}
	})
}

func TestACaptureSeesWhatIsSentToAnOutsideAddress(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		n.Host("router", 1, "")
		c := n.Capture()
		s, err := net.Dial("udp4", "192.0.2.1:1234")
		must(t, err)
		defer s.Close()
		s.Write([]byte("out"))
		// The packet waits for the router's hardware address; the second one finds it.
		if tcp, err := net.Dial("tcp4", "10.77.0.1:1"); err == nil {
			tcp.Close()
		}
		s.Write([]byte("out"))
		out := c.Stop().By("client").Outside(lab.Subnet)
		if len(out) != 2 {
			t.Errorf("%d packets seen to an outside address; want 2: %v", len(out), out)
		}
	})
}
