package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/miekg/dns"

	"houdbaar/internal/app"
	"houdbaar/internal/lab"
	"houdbaar/internal/report"
)

func finding(s report.ScanObject, a netip.Addr) (report.FindingObject, bool) {
	for _, f := range s.Findings {
		if slices.Contains(f.Addresses, a.String()) {
			return f, true
		}
	}
	return report.FindingObject{}, false
}

func at(octet byte) netip.Addr { return netip.AddrFrom4([4]byte{10, 77, 0, octet}) }

func TestAHomeOf44WhereTwentyAnswerOnlyTheirMaker(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		all := bigHome(t, n)
		capture := n.Capture()
		r := person{}.runs(t, bin, "scan", "--json", "--on", lab.HomeDay)
		packets := capture.Stop()
		s := r.scanned(t)
		t.Logf("%d findings in %v", len(s.Findings), r.took)
		if len(s.Findings) != 44 {
			t.Errorf("%d findings; want 44", len(s.Findings))
		}
		for i, d := range all {
			f, ok := finding(s, at(byte(firstTalker+i)))
			if !ok || f.Model != d.model || d.vendor != "" && f.Vendor != d.vendor || f.Firmware != d.firmware {
				t.Errorf("%s: %q %q firmware %q; want %q %q %q", d.name, f.Vendor, f.Model, f.Firmware, d.vendor, d.model, d.firmware)
			}
		}
		if f, _ := finding(s, at(1)); f.Vendor != "NETGEAR" || f.Model != "R7000" || f.Firmware == "" || !f.Gateway {
			t.Errorf("the gateway is %q %q, firmware %q", f.Vendor, f.Model, f.Firmware)
		}
		for octet, want := range map[byte]string{90: "other_device", 91: "other_device", 92: "cannot_tell", 93: "cannot_tell"} {
			if f, ok := finding(s, at(octet)); !ok || f.Verdict != want || f.Vendor != "" || f.Model != "" {
				t.Errorf("the silent device at .%d: %v %q %q, %s; want %s", octet, ok, f.Vendor, f.Model, f.Verdict, want)
			}
		}
		for _, p := range s.Problems {
			t.Errorf("a problem in a good network: %+v", p)
		}
		checkPackets(t, packets)
		checkGolden(t, packets.By("client"))
		each := checkEach(t, packets.By("client"))
		for i, d := range all {
			if k := each[at(byte(firstTalker+i))]; k != d.asked {
				t.Errorf("%s: %d datagrams and connections; want %d", d.name, k, d.asked)
			}
		}
		checkFrugal(t, s, packets.By("client"))
	})
}

// TestAnEmptySubnetCostsFewPackets: 253 addresses, and only the gateway is there.
func TestAnEmptySubnetCostsFewPackets(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		n.Host("gateway", 1, "")
		capture := n.Capture()
		s := person{}.runs(t, bin, "scan", "--json", "--on", lab.HomeDay).scanned(t)
		packets := capture.Stop().By("client")
		checkFrugal(t, s, packets)
		asked := map[netip.Addr]bool{}
		for _, p := range packets.Kind("arp") {
			asked[p.Dst.Addr()] = true
		}
		if len(asked) < 253 || len(packets.Kind("arp")) > 3*254+10 {
			t.Errorf("asked %d times who has one of %d addresses; want each of 253, at most three times", len(packets.Kind("arp")), len(asked))
		}
	})
}

// checkFrugal wants the whole of a default scan in at most 300 packets, a connection
// counted as one, and the scan to count what it sent.
func checkFrugal(t *testing.T, s report.ScanObject, mine lab.Packets) {
	t.Helper()
	sent := 0
	for _, p := range mine {
		if p.SYN || p.Kind == "ssdp" || p.Kind == "mdns" || strings.HasPrefix(p.Kind, "udp/") {
			sent++
		}
	}
	counted := 0
	for _, i := range s.Interfaces {
		counted += i.Sent
	}
	t.Logf("%d packets sent, %d counted", sent, counted)
	if sent > 300 || sent < 80 {
		t.Errorf("%d datagrams and connections; want at most 300, and no less than the questions to everybody", sent)
	}
	if counted < sent-5 || counted > sent+5 { // a connection may be tried twice
		t.Errorf("the scan counted %d packets, and sent %d", counted, sent)
	}
}

// checkGolden wants every datagram and every HTTP request to be on the list of what
// can be sent.
func checkGolden(t *testing.T, mine lab.Packets) {
	t.Helper()
	var allowed []*regexp.Regexp
	services, exact := map[string]bool{}, map[string]bool{}
	placeholder := regexp.MustCompile(`\{[A-Za-z0-9][^{}":]*\}`)
	for _, q := range app.Questions() {
		text := string(q.Bytes)
		if service, ok := strings.CutPrefix(text, "PTR? "); ok {
			services[service+"."] = true
			continue
		}
		if !placeholder.MatchString(text) {
			exact[text] = true
			continue
		}
		pattern := placeholder.ReplaceAllString(regexp.QuoteMeta(strings.ReplaceAll(placeholder.ReplaceAllString(text, "\x00"), "\r\n", "\n")), "")
		allowed = append(allowed, regexp.MustCompile(`(?s)^`+strings.ReplaceAll(pattern, "\x00", `[^\n]+?`)+`\s*$`))
	}
	if len(allowed) < 20 || len(exact) < 8 || len(services) < 20 {
		t.Fatalf("only %d patterns, %d packets and %d services", len(allowed), len(exact), len(services))
	}
	known := func(b []byte) bool {
		text := strings.ReplaceAll(string(b), "\r\n", "\n")
		return exact[string(b)] || slices.ContainsFunc(allowed, func(r *regexp.Regexp) bool { return r.MatchString(text) })
	}
	datagrams, requests, segments := 0, map[string][]byte{}, map[string]bool{}
	for _, p := range mine {
		switch {
		case p.Kind == "mdns":
			datagrams++
			var m dns.Msg
			if err := m.Unpack(p.Data); err != nil || m.Response {
				t.Errorf("%s: no question: %v", p, err)
				continue
			}
			for _, q := range m.Question {
				// A follow-up asks for a name that a device announced.
				announced := q.Qtype != dns.TypePTR || strings.HasSuffix(q.Name, "._tcp.local.") || strings.HasSuffix(q.Name, "._udp.local.")
				if !services[q.Name] && !announced {
					t.Errorf("%s asks for %s %s", p, q.Name, dns.TypeToString[q.Qtype])
				}
			}
		case p.Kind == "ssdp" || strings.HasPrefix(p.Kind, "udp/"):
			datagrams++
			if len(p.Data) == 0 && p.Dst.Port() == 9 {
				continue
			}
			if !known(p.Data) {
				t.Errorf("%s is not on the list: %q", p, p.Data)
			}
		case strings.HasPrefix(p.Kind, "tcp/"):
			// Data is the segment; its payload begins after the header.
			if payload := p.Data[min(len(p.Data), int(p.Data[12]>>4)*4):]; len(payload) > 0 {
				key := p.Src.String() + " " + p.Dst.String()
				if again := fmt.Sprintf("%s %x", key, p.Data[4:8]); !segments[again] { // a busy system repeats one that was not answered in time
					segments[again] = true
					requests[key] = append(requests[key], payload...)
				}
			}
		}
	}
	plain := 0
	for key, b := range requests {
		if !bytes.HasPrefix(b, []byte("GET ")) && !bytes.HasPrefix(b, []byte("POST ")) {
			continue // TLS
		}
		plain++
		if !known(normal(b)) {
			t.Errorf("%s: not on the list: %q", key, b)
		}
	}
	if datagrams < 20 || plain < 5 {
		t.Errorf("the capture held %d datagrams and %d requests; the check means nothing", datagrams, plain)
	}
}

// normal puts a request as the list has it: the version and the length left out, and no empty
// line before the body.
func normal(b []byte) []byte {
	head, body, _ := bytes.Cut(b, []byte("\r\n\r\n"))
	head = bytes.Replace(head, []byte(" HTTP/1.1"), nil, 1)
	head = regexp.MustCompile(`\r\nContent-Length: \d+`).ReplaceAll(head, nil)
	return append(append(head, "\r\n"...), body...)
}

// checkEach wants at most thirty datagrams and connections to one device, and returns
// how many each got.
func checkEach(t *testing.T, mine lab.Packets) map[netip.Addr]int {
	t.Helper()
	each := map[netip.Addr]int{}
	for _, p := range mine {
		a := p.Dst.Addr()
		if a.IsMulticast() || a == lab.Broadcast {
			continue
		}
		if p.SYN || p.Kind == "ssdp" || p.Kind == "mdns" || strings.HasPrefix(p.Kind, "udp/") {
			each[a]++
		}
	}
	most := 0
	for a, k := range each {
		most = max(most, k)
		if k > 30 {
			t.Errorf("%d datagrams and connections to %s; want at most 30", k, a)
		}
	}
	t.Logf("%d devices were spoken to; at most %d datagrams and connections to one", len(each), most)
	if len(each) < 5 {
		t.Error("hardly anybody was spoken to; the check means nothing")
	}
	return each
}

func TestTheSwitchLeavesDirectQuestionsOut(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		gateway := n.Play(1, "", netgear, lab.Quirks{})
		plugTalkers(n)
		capture := n.Capture()
		s := person{}.runs(t, bin, "scan", "--json", "--no-questions", "--on", lab.HomeDay).scanned(t)
		packets := capture.Stop().By("client")
		for _, p := range packets {
			if strings.HasPrefix(p.Kind, "udp/") || p.SYN {
				t.Errorf("sent although switched off: %s", p)
			}
		}
		if len(s.Findings) != 1 || s.Findings[0].Model != "" || gateway.Count("http", "") != 0 {
			t.Errorf("findings %+v; want the silent gateway", s.Findings)
		}
		if len(packets.Kind("ssdp")) == 0 {
			t.Error("not even SSDP was sent; the check means nothing")
		}
	})
}

func TestScanOfATypedAddress(t *testing.T) {
	t.Parallel() // it mostly waits, in namespaces of its own
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		n.Play(1, "", netgear, lab.Quirks{})
		all := plugTalkers(n)
		n.Play(20, "", script(t, "d-link-dir-860l-a1"), lab.Quirks{})
		n.Play(80, "", lab.Script{Name: "missed", UDP: all[15].udp}, lab.Quirks{Ignore: 1})
		n.Host("silent", 90, "a0:00:00:00:00:90")
		for name, c := range map[string]struct {
			octet           byte
			vendor          string
			model, firmware string
			findings        int
		}{
			"a UPnP router":                  {20, "", "DIR-860L", "", 1},
			"an ONVIF camera":                {50, "", "IPC-100", "2.1.0 build 7", 1},
			"a Dahua camera":                 {54, "", "IPC-HDW4431C-A", "2.622.0000000.7.R", 1},
			"a Xiongmai recorder":            {65, "Xiongmai", "", "", 1},
			"one whose first answer is lost": {80, "Xiongmai", "", "", 1},
			"a camera with an app":           {66, "VStarcam", "", "", 1},
			"a Reolink camera":               {67, "Reolink", "", "", 1},
			"a Foscam camera":                {69, "", "", "11.37.2.56", 1},
			"a MikroTik router":              {58, "MikroTik", "RB951G-2HnD", "6.49.10", 1},
			"a Kasa plug":                    {61, "", "HS110", "1.2.5 Build 171213 Rel.101523", 1},
			"the gateway with a page":        {1, "", "R7000", "V1.0.11.100_10.2.100", 1},
			"one that is silent":             {90, "", "", "", 1},
			"one that is not there":          {99, "", "", "", 1},
		} {
			capture := n.Capture()
			r := person{}.runs(t, bin, "scan", "--json", "--address", at(c.octet).String(), "--on", lab.HomeDay)
			packets := capture.Stop().By("client")
			s := r.scanned(t)
			f, ok := finding(s, at(c.octet))
			if c.vendor != "" && f.Vendor != c.vendor {
				t.Errorf("%s: the maker is %q, want %q", name, f.Vendor, c.vendor)
			}
			if !ok || len(s.Findings) != c.findings || f.Model != c.model || c.firmware != "" && f.Firmware != c.firmware {
				t.Errorf("%s: %d findings, %q, firmware %q; want %q, %q", name, len(s.Findings), f.Model, f.Firmware, c.model, c.firmware)
			}
			for _, p := range packets {
				if (p.SYN || strings.HasPrefix(p.Kind, "udp") || p.Kind == "ssdp" || p.Kind == "mdns") && p.Dst.Addr() != at(c.octet) {
					t.Errorf("%s: sent to somebody else: %s", name, p)
				}
			}
			if c.octet != 99 { // there the packets never got an address
				checkFew(t, name, packets)
			}
			t.Logf("%s: %v, %s", name, r.took, packets.Counts())
		}
	})
}

// checkFew checks that one typed address costs a few datagrams and connections.
func checkFew(t *testing.T, name string, mine lab.Packets) {
	t.Helper()
	const most = 30
	k := 0
	for _, p := range mine {
		if p.SYN || p.Kind == "ssdp" || strings.HasPrefix(p.Kind, "udp/") {
			k++
		}
	}
	if k > most || k == 0 {
		t.Errorf("%s: %d datagrams and connections; want 1 to %d", name, k, most)
	}
}

// TestWhatTheMakersSaidIsRecorded: a recording of such a device gives what the scan gave.
func TestWhatTheMakersSaidIsRecorded(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		all := plugTalkers(n)
		dir := t.TempDir()
		r := person{}.runs(t, bin, "scan", "--json", "--record", dir, "--on", lab.HomeDay)
		s := r.scanned(t)
		folders, err := filepath.Glob(dir + "/*")
		if err != nil || len(folders) != len(all) {
			t.Fatalf("%d folders, %v; want %d\n%s", len(folders), err, len(all), r.stderr)
		}
		again := map[string]int{}
		for line := range strings.Lines(person{}.runs(t, bin, append([]string{"identify", "--json", "--on", lab.HomeDay}, folders...)...).stdout) {
			var f report.FindingObject
			if err := json.Unmarshal([]byte(line), &f); err != nil {
				t.Fatalf("%v: %s", err, line)
			}
			again[f.Vendor+" "+f.Model+" "+f.Firmware+" "+f.Kind+" "+f.Verdict]++
		}
		for _, f := range s.Findings {
			key := f.Vendor + " " + f.Model + " " + f.Firmware + " " + f.Kind + " " + f.Verdict
			if f.Gateway {
				continue
			}
			if again[key]--; again[key] < 0 {
				t.Errorf("the scan had %q, the recordings %v", key, again)
			}
		}
	})
}

// TestASilentCameraIsAskedWhatItsMakersCamerasAnswer: nothing is known of it but the
// maker of its network part.
func TestASilentCameraIsAskedWhatItsMakersCamerasAnswer(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		n.Host("gateway", 1, "")
		n.Play(20, "00:05:5d:00:00:20", lab.Script{Name: "nipca", HTTP: []lab.Exchange{{
			Request:  []byte("GET /common/info.cgi HTTP/1.1\r\nHost: 10.77.0.20\r\n\r\n"),
			Response: []byte("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nmodel=DCS-932L\r\nversion=1.14\r\nhw_version=B\r\n"),
		}}}, lab.Quirks{})
		s := person{}.runs(t, bin, "scan", "--json", "--on", lab.HomeDay).scanned(t)
		if f, ok := finding(s, at(20)); !ok || f.Vendor != "D-Link" || f.Model != "DCS-932L" || f.Firmware == "" {
			t.Errorf("found %v: %q %q %q, %s", ok, f.Vendor, f.Model, f.Firmware, f.Verdict)
		}
	})
}

// TestATypedAddressBehindAnotherRouter: off the link, and asked because it was typed.
func TestATypedAddressBehindAnotherRouter(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		router := n.Host("router", 1, "")
		router.IP("addr add 192.168.50.9/32 dev lo")
		router.Do(func() error {
			l, err := net.Listen("tcp4", "192.168.50.9:80")
			if err != nil {
				return err
			}
			t.Cleanup(func() { l.Close() })
			go http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/currentsetting.htm" {
					http.NotFound(w, r)
					return
				}
				fmt.Fprint(w, "Firmware=V1.0.11.100_10.2.100\r\nRegionTag=R7000_WW\r\nModel=R7000\r\n")
			}))
			return nil
		})
		capture := n.Capture()
		s := person{}.runs(t, bin, "scan", "--json", "--address", "192.168.50.9", "--on", lab.HomeDay).scanned(t)
		packets := capture.Stop().By("client")
		if len(s.Findings) != 1 || s.Findings[0].Model != "R7000" || !strings.Contains(s.Summary, "192.168.50.9") {
			t.Errorf("findings %+v, %q", s.Findings, s.Summary)
		}
		for _, p := range packets {
			if (p.SYN || p.Kind == "ssdp" || strings.HasPrefix(p.Kind, "udp/")) && p.Dst.Addr() != netip.MustParseAddr("192.168.50.9") {
				t.Errorf("sent to somebody else: %s", p)
			}
		}
		checkFew(t, "behind another router", packets)
		r := person{}.runs(t, bin, "scan", "--address", "203.0.113.9")
		if r.status != 2 || r.stdout != "" {
			t.Errorf("a public address: status %d, %s", r.status, r.stdout)
		}
	})
}
