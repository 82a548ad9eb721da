package probe

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lab"
	"houdbaar/internal/lan"
)

// doorPort is where the devices of this test answer; each has an address of its own.
const doorPort = 18084

// answered lets one door ask a device that answers with response, whatever it is asked
// for, and returns what was understood, by source, how many connections were tried, and
// how many questions came.
func answered(t *testing.T, number int, name string, response []byte, q lab.Quirks, patience time.Duration) (understood map[string]device.Observation, sent, asked int) {
	t.Helper()
	n, err := lan.Open(lan.Options{Loopback: true})
	if err != nil {
		t.Fatal(err)
	}
	door := named(name, n)
	at := netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 84 + byte(number/200), byte(number%200) + 1}), doorPort)
	dev := device.Device{Addrs: []netip.Addr{at.Addr()}}
	ask := door.questions[0]
	if door.where != nil {
		dev.Observations = []device.Observation{{Source: device.SourceWSD, Addr: at.Addr(),
			Fields: map[string]string{"scopes": "onvif://www.onvif.org/hardware/X", "xaddrs": "http://" + at.String() + ask.Path}}}
	} else {
		door.ports = []port{{number: doorPort}}
	}
	played, err := lab.Loopback(at.Addr(), lab.Script{Name: name, HTTP: []lab.Exchange{{
		Request: []byte(fmt.Sprintf("%s %s HTTP/1.1\r\nHost: %s\r\n\r\n", ask.Method, ask.Path, at)), Response: response}}}, q)
	if err != nil {
		t.Fatal(err)
	}
	defer played.Close()
	ctx, done := context.WithTimeout(t.Context(), patience)
	defer done()
	heard := map[string]device.Observation{}
	door.Probe(ctx, dev, func(o device.Observation) { heard[o.Source] = o })
	for _, h := range played.Heard() {
		if h.What != ask.Method+" "+ask.Path {
			t.Errorf("was asked for %s", h.What)
		}
	}
	return heard, n.Sent(), len(played.Heard())
}

// named returns a door for one run on n.
func named(name string, n *lan.Network) door {
	d := doors[slices.IndexFunc(doors, func(d door) bool { return d.name == name })]
	d.n, d.shut = n, new(sync.Map)
	return d
}

// TestALinksysOfCiscosDaysIsAskedInItsWords: it does not know the name of today, and is
// asked once in each.
func TestALinksysOfCiscosDaysIsAskedInItsWords(t *testing.T) {
	for known, want := range map[string]int{"cisco.com": 2, "linksys.com": 1, "": 1} {
		var asked atomic.Int32
		dev, p := played(t, func(w http.ResponseWriter, r *http.Request) {
			asked.Add(1)
			if known == "" {
				http.NotFound(w, r)
				return
			}
			if r.Header.Get("X-JNAP-Action") != "http://"+known+"/jnap/core/GetDeviceInfo" {
				fmt.Fprint(w, `{"result":"_ErrorUnknownAction"}`)
				return
			}
			fmt.Fprint(w, `{"result":"OK","output":{"manufacturer":"Linksys","modelNumber":"EA4500","firmwareVersion":"2.1.42.183584"}}`)
		})
		door := named("jnap", loopback(t))
		door.ports = []port{p}
		model := ""
		door.Probe(t.Context(), dev, func(o device.Observation) { model += o.Get("modelNumber") })
		if (model == "EA4500") != (known != "") {
			t.Errorf("%s: model %q", known, model)
		}
		if got := int(asked.Load()); got != want {
			t.Errorf("%s: asked %d times, want %d", known, got, want)
		}
	}
}

// TestEveryDoorInEveryGeneration has each door opened by devices of several ages, which
// answer well or badly. What is understood is what was said, or nothing.
func TestEveryDoorInEveryGeneration(t *testing.T) {
	page := func(status string) func(generation) []byte {
		return func(generation) []byte {
			body := "<html><body><h1>" + status + "</h1></body></html>"
			return []byte(fmt.Sprintf("HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", status, len(body), body))
		}
	}
	manners := []struct {
		name     string
		response func(generation) []byte // nil = its own
		quirks   lab.Quirks
		patience time.Duration
		whole    bool // all that it says must be understood
		nothing  bool // nothing may be, but that there is a page
	}{
		{name: "well", whole: true},
		{name: "well, without a length", response: func(g generation) []byte { return g.response(false) }, whole: true},
		{name: "well, in lines that end with CR", response: func(g generation) []byte {
			head, body, _ := bytes.Cut(g.response(true), []byte("\r\n\r\n"))
			return append(append(bytes.ReplaceAll(head, []byte("\r\n"), []byte("\r")), "\r\r"...), body...)
		}, whole: true},
		{name: "slowly", quirks: lab.Quirks{BytesPerSecond: 20000, FirstByte: 20 * time.Millisecond}, whole: true},
		{name: "cut short", response: func(g generation) []byte { return g.half(true) }},
		{name: "cut short, without a length", response: func(g generation) []byte { return g.half(false) }},
		{name: "cut in its head", response: func(g generation) []byte { return g.response(true)[:12] }, nothing: true},
		{name: "with far too much after it", response: func(g generation) []byte { return g.response(false) }, quirks: lab.Quirks{Oversize: 1 << 20}},
		{name: "with another page", response: page("200 OK"), nothing: true},
		{name: "with bytes that are no HTTP", response: func(generation) []byte { return []byte("\x00\x01\x02\xff\xfe\r\n\r\n\x00") }, nothing: true},
		{name: "401", response: page("401 Unauthorized"), nothing: true},
		{name: "404", response: page("404 Not Found"), nothing: true},
		{name: "500", response: page("500 Internal Server Error"), nothing: true},
		{name: "with a redirect elsewhere", quirks: lab.Quirks{Redirect: "http://192.0.2.1/"}, nothing: true},
		{name: "by hanging up", quirks: lab.Quirks{Close: true}, nothing: true},
		{name: "never", quirks: lab.Quirks{NoAnswer: true}, patience: 60 * time.Millisecond, nothing: true},
	}
	perDoor, number := map[string]int{}, 0
	for _, g := range generations {
		if g.source != "" {
			perDoor[g.door]++
		}
		for _, m := range manners {
			number++
			n := number
			t.Run(g.door+"/"+g.name+"/"+m.name, func(t *testing.T) {
				t.Parallel()
				if m.response == nil {
					m.response = func(g generation) []byte { return g.response(true) }
				}
				if m.patience == 0 {
					m.patience = 5 * time.Second
				}
				heard, sent, asked := answered(t, n, g.door, m.response(g), m.quirks, m.patience)
				if most := len(named(g.door, nil).questions); sent < 1 || asked > most { // a connection may be tried again
					t.Errorf("%d connections and %d questions, want at most %d", sent, asked, most)
				}
				for source, o := range heard {
					if strings.Contains(fmt.Sprint(o), "A0AA00000") || strings.Contains(fmt.Sprint(o.Fields), "Thuis") {
						t.Errorf("what names the household was kept: %+v", o)
					}
					if source == device.SourceDeviceInfo && !m.nothing { // what no reader knows is kept as it was said
						for field, v := range o.Fields {
							if field != "url" && !strings.Contains(g.body, v) {
								t.Errorf("%s = %q was not said", field, v)
							}
						}
						continue
					}
					if source != device.SourceHTTP && (source != g.source || m.nothing) {
						t.Errorf("understood %s: %v", source, o.Fields)
					}
				}
				for field, want := range g.want {
					got := heard[g.source].Get(field)
					if m.whole && got != want || !m.whole && got != "" && got != want && !m.nothing {
						t.Errorf("%s.%s = %q, want %q", g.source, field, got, want)
					}
				}
			})
		}
	}
	for _, d := range doors {
		if perDoor[d.Name()] < 2 {
			t.Errorf("%s is played in %d generations, want two at least", d.Name(), perDoor[d.Name()])
		}
	}
}
