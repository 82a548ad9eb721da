package lab

import (
	"bufio"
	"bytes"

	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"
	"golang.org/x/net/ipv4"
)

// router is an invented device with something to say in every protocol.
func router(t *testing.T) Script {
	t.Helper()
	var m dns.Msg
	m.Response = true
	for _, s := range []string{
		"_http._tcp.local. 4500 IN PTR Example\\ 7._http._tcp.local.",
		"Example\\ 7._http._tcp.local. 120 IN SRV 0 0 80 example.local.",
		"Example\\ 7._http._tcp.local. 4500 IN TXT \"model=Example 7\"",
		"example.local. 120 IN A 192.168.1.1",
		"example.local. 120 IN AAAA 2001:db8::1",
	} {
		rr, err := dns.NewRR(s)
		must(t, err)
		m.Answer = append(m.Answer, rr)
	}
	b, err := m.Pack()
	must(t, err)
	return Script{
		Name:    "invented router",
		Address: netip.MustParseAddr("192.168.1.1"),
		SSDP: [][]byte{
			[]byte("HTTP/1.1 200 OK\r\nST: upnp:rootdevice\r\nUSN: uuid:1::upnp:rootdevice\r\nLOCATION: http://192.168.1.1:5000/root.xml\r\nSERVER: Example/1.0\r\n\r\n"),
			[]byte("NOTIFY * HTTP/1.1\nHOST: 239.255.255.250:1900\nNT: urn:schemas-upnp-org:device:InternetGatewayDevice:1\nNTS: ssdp:alive\nUSN: uuid:1::urn\nLOCATION: http://192.168.1.1:5000/root.xml\n\n"),
		},
		MDNS: [][]byte{b},
		HTTP: []Exchange{
			{Request: []byte("GET /root.xml HTTP/1.1\r\nHost: 192.168.1.1:5000\r\n"), Response: []byte("HTTP/1.1 200 OK\r\nContent-Length: 46\r\n\r\n<url>http://192.168.1.1/</url> <b>192.168.1.11")},
			{Request: []byte("GET / HTTP/1.1\r\nHost: 192.168.1.1\r\n"), Response: []byte("HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Basic realm=\"Example 7\"\n\nno")},
			{Request: []byte("POST /HNAP1/ HTTP/1.1\r\nHost: 192.168.1.1\r\n"), Response: []byte("HTTP/1.1 200 OK\r\n\r\n<ok/>")},
		},
		UDP: map[uint16][][]byte{3702: {[]byte("<a:RelatesTo>uuid:old</a:RelatesTo><d:XAddrs>http://192.168.1.1/onvif</d:XAddrs>")}},
	}
}

// The tests below have a loopback of their own: what other tests on this computer
// multicast there would be heard, and answered.

// loopback plays the router on 127.0.77.octet.
func loopback(t *testing.T, octet byte, q Quirks) *Device {
	t.Helper()
	d, err := Loopback(netip.AddrFrom4([4]byte{127, 0, 77, octet}), router(t), q)
	must(t, err)
	t.Cleanup(func() { d.Close() })
	return d
}

// ask sends one datagram on the loopback and returns the answers that come within
// a quarter of a second, or until want are there.
func ask(t *testing.T, to string, b []byte, want int) (answers [][]byte, from []netip.AddrPort) {
	t.Helper()
	c, err := net.ListenUDP("udp4", net.UDPAddrFromAddrPort(netip.MustParseAddrPort("127.0.77.200:0")))
	must(t, err)
	defer c.Close()
	lo, err := net.InterfaceByName("lo")
	must(t, err)
	must(t, ipv4.NewPacketConn(c).SetMulticastInterface(lo))
	if _, err := c.WriteToUDPAddrPort(b, netip.MustParseAddrPort(to)); err != nil {
		t.Fatal(err)
	}
	wait := 250 * time.Millisecond
	if want > 0 {
		wait = time.Minute // they end it
	}
	c.SetReadDeadline(time.Now().Add(wait))
	for buf := make([]byte, 1<<16); ; {
		k, a, err := c.ReadFromUDPAddrPort(buf)
		if err != nil {
			return answers, from
		}
		answers, from = append(answers, bytes.Clone(buf[:k])), append(from, a)
		if len(answers) == want {
			c.SetReadDeadline(time.Now().Add(50 * time.Millisecond)) // one too many would be heard too
		}
	}
}

func search(target string) []byte {
	return []byte("M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\nST: " + target + "\r\n\r\n")
}

func TestADeviceAnswersTheSearchesThatAreForIt(t *testing.T) {
	Run(t, func(*Net) {
		d := loopback(t, 1, Quirks{})
		const group = "239.255.255.250:1900"
		for _, c := range []struct {
			name, to string
			ask      []byte
			want     int
		}{
			{"a search for all, to the group", group, search("ssdp:all"), 2},
			{"a search for root devices", group, search("upnp:rootdevice"), 1},
			{"a search for what it only announced", group, search("urn:schemas-upnp-org:device:InternetGatewayDevice:1"), 1},
			{"a search to its own address", "127.0.77.1:1900", search("upnp:rootdevice"), 1},
			{"a search for something else", group, search("urn:schemas-upnp-org:device:MediaServer:1"), 0},
			{"a search without MAN", group, bytes.Replace(search("ssdp:all"), []byte("ssdp:discover"), []byte("x"), 1), 0},
			{"a NOTIFY of another device", group, []byte("NOTIFY * HTTP/1.1\r\nNT: upnp:rootdevice\r\nNTS: ssdp:alive\r\n\r\n"), 0},
		} {
			t.Run(c.name, func(t *testing.T) {
				answers, from := ask(t, c.to, c.ask, c.want)
				if len(answers) != c.want {
					t.Fatalf("%d answers; want %d: %q", len(answers), c.want, answers)
				}
				for i, a := range answers {
					first, head := parseHead(a)
					if first != "HTTP/1.1 200 OK" || head["location"] != "http://127.0.77.1:5000/root.xml" || head["st"] == "" || head["nt"]+head["nts"]+head["host"] != "" || from[i].String() != "127.0.77.1:1900" {
						t.Errorf("from %s: %q", from[i], a)
					}
					if !bytes.HasSuffix(a, []byte("\n\n")) && !bytes.HasSuffix(a, []byte("\r\n\r\n")) {
						t.Errorf("no empty line at the end: %q", a)
					}
				}
			})
		}
		if n := d.Count("ssdp", "ssdp:all"); n != 1 {
			t.Errorf("heard %d searches for all; want 1: %v", n, d.Heard())
		}
	})
}

func TestQuirksOfASearch(t *testing.T) {
	Run(t, func(*Net) {
		const group = "239.255.255.250:1900"
		t.Run("only one target", func(t *testing.T) {
			loopback(t, 2, Quirks{OnlyTarget: "upnp:rootdevice"})
			if got, _ := ask(t, group, search("ssdp:all"), 0); len(got) != 0 {
				t.Errorf("%d answers to ssdp:all; want none", len(got))
			}
			if got, _ := ask(t, group, search("upnp:rootdevice"), 1); len(got) != 1 {
				t.Errorf("%d answers to its target; want 1", len(got))
			}
		})
		t.Run("the first question ignored", func(t *testing.T) {
			loopback(t, 2, Quirks{Ignore: 1})
			if got, _ := ask(t, group, search("ssdp:all"), 0); len(got) != 0 {
				t.Errorf("%d answers to the first; want none", len(got))
			}
			if got, _ := ask(t, group, search("ssdp:all"), 2); len(got) != 2 {
				t.Errorf("%d answers to the second; want 2", len(got))
			}
		})
		t.Run("late", func(t *testing.T) {
			loopback(t, 2, Quirks{Delay: 300 * time.Millisecond})
			began := time.Now()
			got, _ := ask(t, group, search("upnp:rootdevice"), 1)
			if took := time.Since(began); len(got) != 1 || took < 300*time.Millisecond {
				t.Errorf("%d answers after %v", len(got), took)
			}
		})
	})
}

func TestADeviceServesWhatWasRecordedAtTheAddressItLivesAt(t *testing.T) {
	Run(t, func(*Net) {
		d := loopback(t, 3, Quirks{})
		web := netip.AddrPortFrom(d.Addr, d.ports[80]).String() // port 80 moved
		for _, c := range []struct{ name, method, url, status, body string }{
			{"a description", "GET", "http://127.0.77.3:5000/root.xml", "200 OK", "<url>http://" + web + "/</url> <b>192.168.1.11"},
			{"a page behind a password", "GET", "http://" + web + "/", "401 Unauthorized", "no"},
			{"an answer to a POST", "POST", "http://" + web + "/HNAP1/", "200 OK", "<ok/>"},
			{"the same path asked otherwise", "GET", "http://" + web + "/HNAP1/", "404 Not Found", ""},
			{"a page that was not recorded", "GET", "http://127.0.77.3:5000/other", "404 Not Found", ""},
		} {
			t.Run(c.name, func(t *testing.T) {
				req, err := http.NewRequest(c.method, c.url, strings.NewReader(strings.Repeat("x", 1000*strings.Count(c.method, "POST"))))
				must(t, err)
				resp, err := (&http.Transport{}).RoundTrip(req)
				must(t, err)
				defer resp.Body.Close()
				body, err := io.ReadAll(resp.Body)
				if err != nil || resp.Status != c.status || string(body) != c.body {
					t.Errorf("%s %q, %v; want %s %q", resp.Status, body, err, c.status, c.body)
				}
			})
		}
		if n := d.Count("http", "GET /root.xml"); n != 1 {
			t.Errorf("the description was asked for %d times; want 1", n)
		}
	})
}

func TestQuirksOfAWebServer(t *testing.T) {
	Run(t, func(*Net) {
		get := func(t *testing.T, d *Device) (string, int64, error) {
			t.Helper()
			c, err := net.Dial("tcp4", netip.AddrPortFrom(d.Addr, d.ports[5000]).String())
			must(t, err)
			defer c.Close()
			c.SetDeadline(time.Now().Add(time.Second))
			io.WriteString(c, "GET /root.xml HTTP/1.1\r\nHost: x\r\n\r\n")
			r := bufio.NewReader(c)
			first, err := r.ReadString('\n')
			if err != nil {
				return first, 0, err
			}
			n, err := io.Copy(io.Discard, r)
			return strings.TrimSpace(first), n, err
		}
		t.Run("elsewhere", func(t *testing.T) {
			if first, _, err := get(t, loopback(t, 4, Quirks{Redirect: "http://192.0.2.1/"})); first != "HTTP/1.1 302 Found" || err != nil {
				t.Errorf("%q, %v", first, err)
			}
		})
		t.Run("oversized", func(t *testing.T) {
			if _, n, err := get(t, loopback(t, 4, Quirks{Oversize: 5 << 20})); n < 5<<20 || err != nil {
				t.Errorf("%d bytes, %v", n, err)
			}
		})
		t.Run("never", func(t *testing.T) {
			if first, _, err := get(t, loopback(t, 4, Quirks{NoAnswer: true})); err == nil {
				t.Errorf("answered %q", first)
			}
		})
		t.Run("a byte at a time", func(t *testing.T) {
			if first, n, err := get(t, loopback(t, 4, Quirks{BytesPerSecond: 50})); err == nil || n < 1 || n > 60 {
				t.Errorf("%q and %d bytes in a second, %v", first, n, err)
			}
		})
	})
}

func TestADeviceAnswersQuestionsAboutItsServices(t *testing.T) {
	Run(t, func(*Net) {
		d := loopback(t, 5, Quirks{})
		question := func(name string, kind uint16) []byte {
			var m dns.Msg
			m.Id = 7
			m.Question = []dns.Question{{Name: name, Qtype: kind, Qclass: dns.ClassINET}}
			b, err := m.Pack()
			must(t, err)
			return b
		}
		const instance = `Example\ 7._http._tcp.local.`
		for _, c := range []struct {
			name, ask     string
			kind          uint16
			answer, extra string
		}{
			{"the services there are", serviceTypes, dns.TypePTR, "_http._tcp.local.", ""},
			{"the instances of a service, in other letters", "_HTTP._tcp.local.", dns.TypePTR, instance, "SRV TXT A"},
			{"where an instance is", instance, dns.TypeSRV, "example.local.", "A"},
			{"an address", "example.local.", dns.TypeA, "127.0.77.5", ""},
		} {
			t.Run(c.name, func(t *testing.T) {
				got, _ := ask(t, "224.0.0.251:5353", question(c.ask, c.kind), 1)
				if len(got) != 1 {
					t.Fatalf("%d answers; want 1", len(got))
				}
				var m dns.Msg
				if err := m.Unpack(got[0]); err != nil || !m.Response || m.Id != 7 || len(m.Question) != 1 || len(m.Answer) != 1 {
					t.Fatalf("%v %v", err, m)
				}
				if a := m.Answer[0]; !strings.HasSuffix(a.String(), c.answer) || a.Header().Ttl > 10 {
					t.Errorf("answer %s; want %s with a small TTL", a, c.answer)
				}
				var extra []string
				for _, rr := range m.Extra {
					extra = append(extra, dns.TypeToString[rr.Header().Rrtype])
				}
				if got := strings.Join(extra, " "); got != c.extra {
					t.Errorf("extra %q; want %q", got, c.extra)
				}
			})
		}
		if got, _ := ask(t, "224.0.0.251:5353", question("_ipp._tcp.local.", dns.TypePTR), 0); len(got) != 0 {
			t.Errorf("answered a question about a service it does not have: %q", got)
		}
		if n := d.Count("mdns", "PTR "+serviceTypes); n != 1 {
			t.Errorf("heard %d questions for its services; want 1", n)
		}
	})
}

func TestADeviceAnswersAProbeByItsNumber(t *testing.T) {
	Run(t, func(*Net) {
		loopback(t, 6, Quirks{})
		got, _ := ask(t, "239.255.255.250:3702", []byte("<d:Probe><w:MessageID>uuid:new</w:MessageID></d:Probe>"), 1)
		if want := "<a:RelatesTo>uuid:new</a:RelatesTo><d:XAddrs>http://127.0.77.6"; len(got) != 1 || !strings.HasPrefix(string(got[0]), want) {
			t.Errorf("%q; want %q...", got, want)
		}
	})
}

func TestReaddressingTouchesNoOtherNumber(t *testing.T) {
	d := newDevice(netip.MustParseAddr("10.77.0.9"), Script{Address: netip.MustParseAddr("192.168.1.1")}, Quirks{})
	d.ports[80], d.ports[5000] = 8080, 5000
	for _, c := range []struct{ in, want string }{
		{"http://192.168.1.1/", "http://10.77.0.9:8080/"},
		{"http://192.168.1.1:80/x", "http://10.77.0.9:8080/x"},
		{"http://192.168.1.1:5000/x", "http://10.77.0.9:5000/x"},
		{"Host: 192.168.1.1:9999", "Host: 10.77.0.9:9999"},
		{"192.168.1.1", "10.77.0.9"},
		{"at 192.168.1.1.", "at 10.77.0.9."},
		{"192.168.1.10", "192.168.1.10"},
		{"version 1.192.168.1.1", "version 1.192.168.1.1"},
		{"192.168.1.1.2", "192.168.1.1.2"},
	} {
		if got := string(d.moved([]byte(c.in), d.Addr.String())); got != c.want {
			t.Errorf("%q became %q; want %q", c.in, got, c.want)
		}
	}
}
