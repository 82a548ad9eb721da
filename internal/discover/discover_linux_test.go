package discover

import (
	"context"
	"errors"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/miekg/dns"

	"houdbaar/internal/device"
	"houdbaar/internal/lab"
	"houdbaar/internal/lan"
	"houdbaar/internal/scan"
)

// result is what a run emitted, with when, counted from its start.
type result struct {
	mu       sync.Mutex
	obs      []device.Observation
	at       []time.Duration
	problems []scan.Problem
	took     time.Duration
	n        *lan.Network
}

// hang is far more than any search takes: it only ends a test of one that never would.
const hang = 2 * time.Minute

var errHangs = errors.New("the search does not end")

// start runs discoverers side by side as scan does. The returned function waits.
func start(t *testing.T, ctx context.Context, n *lan.Network, discoverers ...scan.Discoverer) (*result, func()) {
	t.Helper()
	ctx, stop := context.WithTimeoutCause(ctx, hang, errHangs)
	r := &result{n: n}
	began := time.Now()
	var wg sync.WaitGroup
	for _, d := range discoverers {
		wg.Go(func() {
			d.Discover(ctx, func(o device.Observation) {
				r.mu.Lock()
				defer r.mu.Unlock()
				r.obs, r.at = append(r.obs, o), append(r.at, time.Since(began))
			}, func(p scan.Problem) {
				r.mu.Lock()
				defer r.mu.Unlock()
				r.problems = append(r.problems, p)
			})
		})
	}
	return r, func() {
		wg.Wait()
		r.took = time.Since(began)
		if context.Cause(ctx) == errHangs {
			t.Error(errHangs)
		}
		stop()
	}
}

func open(t *testing.T, names ...string) *lan.Network {
	t.Helper()
	n, err := lan.Open(lan.Options{Interfaces: names})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// run runs discoverers until they have ended.
func run(t *testing.T, n *lan.Network, discoverers ...scan.Discoverer) *result {
	t.Helper()
	r, wait := start(t, t.Context(), n, discoverers...)
	wait()
	return r
}

// all runs everything there is on a network, but for the makers' own words.
func all(t *testing.T, n *lan.Network) *result {
	t.Helper()
	return run(t, n, All(n, true)...)
}

// questions returns how many of the packets sent are of those that the allowance is for.
func questions(sent lab.Packets) int {
	asked := 0
	for _, p := range sent {
		if p.Kind == "ssdp" || p.Kind == "mdns" || p.SYN {
			asked++
		}
	}
	return asked
}

// find returns the last observation of a source that an address made and that
// has all the given "field=value"s, and when it came.
func (r *result) find(source, addr string, fields ...string) (device.Observation, time.Duration, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
next:
	for i := len(r.obs) - 1; i >= 0; i-- {
		o := r.obs[i]
		if o.Source != source || addr != "" && o.Addr.String() != addr {
			continue
		}
		for _, f := range fields {
			name, value, _ := strings.Cut(f, "=")
			if o.Get(name) != value {
				continue next
			}
		}
		return o, r.at[i], true
	}
	return device.Observation{}, 0, false
}

func (r *result) has(t *testing.T, source, addr string, fields ...string) device.Observation {
	t.Helper()
	o, _, ok := r.find(source, addr, fields...)
	if !ok {
		t.Errorf("no %s observation of %s with %v; problems %+v", source, addr, fields, r.problems[:min(5, len(r.problems))])
		for i, o := range r.obs[:min(500, len(r.obs))] {
			if o.Addr.String() == addr {
				t.Logf("%s %s %v", r.at[i], o.Source, o.Fields)
			}
		}
	}
	return o
}

// codes returns the codes of the problems, each once.
func (r *result) codes() map[string]scan.Problem {
	out := map[string]scan.Problem{}
	for _, p := range r.problems {
		out[p.Code] = p
	}
	return out
}

// clean wants no problem at all.
func (r *result) clean(t *testing.T) {
	t.Helper()
	for _, p := range r.problems {
		t.Errorf("problem %s %s %v: %s", p.Source, p.Code, p.Args, p.Detail)
	}
}

const home = "192.168.1.1" // where the invented scripts were "recorded"

// description is an invented UPnP device that answers the searches given.
func description(name, udn string, targets ...string) lab.Script {
	s := lab.Script{Name: name, Address: netip.MustParseAddr(home)}
	for _, st := range targets {
		s.SSDP = append(s.SSDP, []byte("HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=1800\r\nEXT:\r\nST: "+st+"\r\nUSN: uuid:"+udn+"::"+st+
			"\r\nSERVER: Invented/1.0 UPnP/1.1 "+name+"/2.3\r\nLOCATION: http://"+home+":5000/root.xml\r\n\r\n"))
	}
	s.HTTP = []lab.Exchange{{
		Request: []byte("GET /root.xml HTTP/1.1\r\nHost: " + home + ":5000\r\n\r\n"),
		Response: []byte("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\n\r\n" + `<?xml version="1.0"?><root xmlns="urn:schemas-upnp-org:device-1-0"><device>` +
			`<deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType><friendlyName>` + name + `</friendlyName>` +
			`<manufacturer>Invented</manufacturer><modelName>` + name + `</modelName><UDN>uuid:` + udn + `</UDN><firmwareVersion>2.3</firmwareVersion></device></root>`),
	}}
	return s
}

// services is an invented device that offers DNS-SD services: "type|instance|port|txt".
func services(t *testing.T, name string, list ...string) lab.Script {
	t.Helper()
	s := lab.Script{Name: name, Address: netip.MustParseAddr(home)}
	m := dns.Msg{}
	m.Response = true
	add := func(text string) {
		rr, err := dns.NewRR(text)
		if err != nil {
			t.Fatal(err)
		}
		m.Answer = append(m.Answer, rr)
	}
	for _, l := range list {
		f := strings.Split(l, "|")
		instance := strings.ReplaceAll(f[1], " ", `\ `) + "." + f[0] + ".local."
		add(f[0] + ".local. 4500 IN PTR " + instance)
		add(instance + " 120 IN SRV 0 0 " + f[2] + " " + name + ".local.")
		add(instance + ` 4500 IN TXT "` + f[3] + `"`)
	}
	add(name + ".local. 120 IN A " + home)
	b, err := m.Pack()
	if err != nil {
		t.Fatal(err)
	}
	s.MDNS = [][]byte{b}
	return s
}

const (
	igd1 = "urn:schemas-upnp-org:device:InternetGatewayDevice:1"
	root = "upnp:rootdevice"
)

// TestANameSentAsItIsPrintedIsRead: the label holds a backslash and digits, not a blank.
func TestANameSentAsItIsPrintedIsRead(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		n.Play(11, "", services(t, "cam", `_http._tcp|My\\032Cam|80|model=DCS\\045932L`), lab.Quirks{})
		r := all(t, open(t))
		for _, o := range r.obs {
			if o.Get("instance") == "My Cam" && o.Get("txt.model") == "DCS-932L" && o.Get("port") == "80" {
				return
			}
		}
		t.Errorf("heard %+v", r.obs)
	})
}

func TestAHomeIsFoundFastFrugallyAndEachDescriptionIsReadOnce(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		router := n.Play(1, "02:00:5e:00:53:01", description("Router 7", "11111111-0000-4000-8000-000000000001", root, igd1), lab.Quirks{IPv6: true})
		n.Play(11, "02:00:5e:00:53:11", services(t, "cam", "_axis-video._tcp|INVENTED M1 - 0011|80|macaddress=0011", "_http._tcp|INVENTED M1 - 0011|80|path=/"), lab.Quirks{IPv6: true})
		n.Play(12, "02:00:5e:00:53:12", services(t, "bridge", "_unheardof._tcp|Thing|99|md=T1"), lab.Quirks{})
		n.Play(13, "", description("Only WANIP", "11111111-0000-4000-8000-000000000013", "urn:schemas-upnp-org:service:WANIPConnection:1"), lab.Quirks{OnlyTarget: "urn:schemas-upnp-org:service:WANIPConnection:1"})
		n.Play(14, "", description("Only told", "11111111-0000-4000-8000-000000000014", root), lab.Quirks{Mute: true, Announce: 700 * time.Millisecond})
		n.Play(15, "", services(t, "six", "_hap._tcp|Six|80|md=S6"), lab.Quirks{NoIPv4: true})
		n.Play(16, "", description("Six only", "11111111-0000-4000-8000-000000000016", root), lab.Quirks{NoIPv4: true})
		capture := n.Capture()
		net := open(t)
		r := all(t, net)
		packets := capture.Stop()

		r.clean(t)
		gw := r.has(t, device.SourceRoute, "10.77.0.1", "gateway=eth0")
		if gw.Interface != "eth0" {
			t.Errorf("gateway on interface %q", gw.Interface)
		}
		if o := r.has(t, device.SourceNeighbour, "10.77.0.1"); o.MAC != "02:00:5e:00:53:01" {
			t.Errorf("gateway's MAC %q", o.MAC)
		}
		o := r.has(t, device.SourceSSDP, "10.77.0.1", "st="+igd1)
		if o.Get("server") != "Invented/1.0 UPnP/1.1 Router 7/2.3" || o.Interface != "eth0" || len(o.Raw) != 1 {
			t.Errorf("SSDP observation %+v", o)
		}
		if o := r.has(t, device.SourceUPnP, "10.77.0.1", "modelName=Router 7", "firmwareVersion=2.3"); !strings.HasPrefix(string(o.Raw[0]), "GET /root.xml HTTP/1.1\r\n") {
			t.Errorf("the exchange is not kept: %.60q", o.Raw)
		}
		r.has(t, device.SourceSSDP, router.Addr.String())
		r.has(t, device.SourceUPnP, "10.77.0.13", "modelName=Only WANIP")
		r.has(t, device.SourceSSDP, "10.77.0.14", "nts=ssdp:alive")
		r.has(t, device.SourceUPnP, "10.77.0.14", "modelName=Only told")
		r.has(t, device.SourceMDNS, "10.77.0.11", "service=_axis-video._tcp", "instance=INVENTED M1 - 0011", "port=80", "txt.macaddress=0011", "addresses=10.77.0.11")
		r.has(t, device.SourceMDNS, "10.77.0.11", "service=_http._tcp", "txt.path=/")
		r.has(t, device.SourceMDNS, "10.77.0.12", "service=_unheardof._tcp", "txt.md=T1", "port=99")
		six := "fe80::ff:fe00:10%eth0"
		r.has(t, device.SourceUPnP, six, "modelName=Six only")
		r.has(t, device.SourceMDNS, "fe80::ff:fe00:f%eth0", "service=_hap._tcp", "txt.md=S6")

		// The router's description was at two addresses, IPv4 and IPv6; each is a URL of its own.
		if got := router.Count("http", "GET /root.xml"); got != 2 {
			t.Errorf("the router's description was read %d times; want 2", got)
		}
		sent := packets.By("client")
		asked := questions(sent)
		t.Logf("sent %d (counted %d): %s", asked, net.Sent(), sent.Counts())
		if asked > 300 || asked != net.Sent() {
			t.Errorf("%d packets on the wire, %d counted; want the same and at most 300", asked, net.Sent())
		}
		if out := sent.Outside(lab.Subnet); len(out) > 0 {
			t.Errorf("sent outside the home: %v", out)
		}
		if i := Interfaces(net); len(i) != 2 || i[1].Sent != net.Sent() || i[1].Heard == 0 || i[0].Why != "loopback" {
			t.Errorf("interfaces %+v", i)
		}
		var first, last time.Duration = time.Hour, 0
		for _, want := range [][]string{{device.SourceSSDP, "10.77.0.1"}, {device.SourceMDNS, "10.77.0.11"}, {device.SourceUPnP, "10.77.0.13"}, {device.SourceMDNS, "10.77.0.12"}, {device.SourceUPnP, six}} {
			r.mu.Lock()
			for i, o := range r.obs {
				if o.Source == want[0] && o.Addr.String() == want[1] {
					first, last = min(first, r.at[i]), max(last, r.at[i])
					t.Logf("%s %s at %s", want[0], want[1], r.at[i])
					break
				}
			}
			r.mu.Unlock()
		}
		t.Logf("first device %s, last %s, all done %s", first, last, r.took)
	})
}
