package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode"

	"github.com/miekg/dns"

	"houdbaar/internal/casefile"
	"houdbaar/internal/lab"
	"houdbaar/internal/report"
)

// mostMemory is the most that the whole process may take whatever the network does, in
// bytes. What a flood does to the time is BenchmarkScanUnderAFlood's.
const mostMemory = 300 << 20

// hostileScan scans among devices that mean harm, and wants the scan to end,
// in bounded memory, with nothing sent outside and the honest devices found.
func hostileScan(t *testing.T, n *lab.Net, bin string, honest []resident) (report.ScanObject, lab.Packets) {
	t.Helper()
	capture := n.Capture()
	s := boundedScan(t, bin, honest)
	packets := capture.Stop()
	checkPackets(t, packets)
	return s, packets
}

// boundedScan wants a scan to end, in bounded memory, with the honest devices found.
func boundedScan(t *testing.T, bin string, honest []resident) report.ScanObject {
	t.Helper()
	var usage *syscall.Rusage
	r := person{used: func(state *os.ProcessState) { usage, _ = state.SysUsage().(*syscall.Rusage) }}.runs(t, bin, "scan", "--json", "--on", lab.HomeDay)
	if usage == nil {
		t.Fatal("the system does not say how much memory a process had")
	}
	peak := usage.Maxrss << 10
	s := r.scanned(t)
	t.Logf("%d findings, %d problems in %v, at most %d MB", len(s.Findings), len(s.Problems), r.took.Round(time.Millisecond), peak>>20)
	if peak > mostMemory {
		t.Errorf("took %d MB of memory; want at most %d", peak>>20, mostMemory>>20)
	}
	for _, h := range honest {
		found := 0
		for _, f := range s.Findings {
			if slices.Contains(f.Addresses, h.addr.String()) {
				found++
				if f.Verdict != h.verdict || f.Model != h.model {
					t.Errorf("%s is %s %s; want %s %s", h.addr, f.Model, f.Verdict, h.model, h.verdict)
				}
			}
		}
		if found != 1 {
			t.Errorf("%s %s was found %d times; want once", h.addr, h.model, found)
		}
	}
	return s
}

// A resident is an honest device and what must be said of it.
type resident struct {
	addr           netip.Addr
	model, verdict string
}

// honestHome plugs in a gateway that is to be replaced and a camera.
func honestHome(t *testing.T, n *lab.Net) []resident {
	t.Helper()
	camera := script(t, "hikvision-ds-2cd2143g0-i")
	e, err := casefile.Read(filepath.Join(recordings, "hikvision-ds-2cd2143g0-i"))
	must(t, err)
	return []resident{{one(t, n).Addr, "DIR-860L", "replace_now"}, {n.Play(9, "", camera, lab.Quirks{}).Addr, "DS-2CD2143G0-I", e.Truth.ExpectVerdict}}
}

// udn is an invented UUID.
func udn(k int) string { return fmt.Sprintf("22222222-0000-4000-8000-%012d", k) }

// serving is a script of one page at :5000/d.xml, whatever the page is.
func serving(name string, k int, response []byte) lab.Script {
	return lab.Script{Name: name, Address: netip.MustParseAddr("192.168.1.1"), SSDP: [][]byte{lab.SSDPReply(udn(k), "http://192.168.1.1:5000/d.xml")},
		HTTP: []lab.Exchange{{Request: []byte("GET /d.xml HTTP/1.1\r\nHost: 192.168.1.1:5000\r\n\r\n"), Response: response}}}
}

// xmlPage is a page of a description's type.
func xmlPage(head, body string) []byte {
	return []byte("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n" + head + "\r\n" + body)
}

// packed is so many bytes of the same letter, compressed.
func packed(size int) string {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	for chunk := bytes.Repeat([]byte("a"), 1<<20); size > 0; size -= len(chunk) {
		w.Write(chunk)
	}
	w.Close()
	return b.String()
}

func TestScanAmongBombs(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		honest := honestHome(t, n)
		entities := `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">`
		for c := 'b'; c <= 'z'; c++ {
			entities += fmt.Sprintf(`<!ENTITY %c "%s">`, c, strings.Repeat(fmt.Sprintf("&%c;", c-1), 10))
		}
		outside := `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "http://10.77.0.1:5000/reboot"><!ENTITY y SYSTEM "file:///etc/passwd">]>`
		described := func(model string) string {
			return `<root><device><friendlyName>` + model + `</friendlyName><modelName>` + model + `</modelName></device></root>`
		}
		octet := byte(20)
		for _, bomb := range []struct {
			name     string
			response []byte
			quirks   lab.Quirks
		}{
			{"entities", xmlPage("", entities+`]>`+described("&z;")), lab.Quirks{}},
			{"entities from elsewhere", xmlPage("", outside+described("&x;&y;")), lab.Quirks{}},
			{"depth", xmlPage("", strings.Repeat("<a>", 80_000)), lab.Quirks{}},
			{"devices within devices", xmlPage("", "<root>"+strings.Repeat("<device><deviceList>", 12_000)), lab.Quirks{}},
			{"one tag without an end", xmlPage("", "<root><device "+strings.Repeat(`a="b" `, 40_000)), lab.Quirks{}},
			{"JSON depth", []byte("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + strings.Repeat(`{"a":[`, 40_000)), lab.Quirks{}},
			{"a body of a gigabyte", xmlPage("", described("Long")), lab.Quirks{Oversize: 1 << 30}},
			{"a length that is a lie", xmlPage("Content-Length: 99999999999\r\n", described("Lie")), lab.Quirks{}},
			{"a length below nought", xmlPage("Content-Length: -1\r\n", described("Less")), lab.Quirks{}},
			{"headers without end", append([]byte("HTTP/1.1 200 OK\r\n"), bytes.Repeat([]byte("X-Header: aaaaaaaaaaaaaaaaaaaaaaaa\r\n"), 200_000)...), lab.Quirks{}},
			{"one header without end", append([]byte("HTTP/1.1 200 OK\r\nServer: "), bytes.Repeat([]byte("a"), 8<<20)...), lab.Quirks{}},
			{"a byte a second", xmlPage("", described("Slow")), lab.Quirks{BytesPerSecond: 1}},
			{"nothing at all", nil, lab.Quirks{NoAnswer: true}},
			{"gzip", xmlPage("Content-Encoding: gzip\r\n", packed(200<<20)), lab.Quirks{}},
			{"gzip within gzip", xmlPage("Content-Encoding: gzip, gzip\r\n", packed(1<<20)), lab.Quirks{}},
			{"chunks of one byte", xmlPage("Transfer-Encoding: chunked\r\n", strings.Repeat("1\r\na\r\n", 60_000)), lab.Quirks{}},
			{"a chunk of 2^62", xmlPage("Transfer-Encoding: chunked\r\n", "3fffffffffffffff\r\naaaa"), lab.Quirks{}},
			{"a redirect to itself", nil, lab.Quirks{Redirect: "/d.xml"}},
			{"a redirect to another device", nil, lab.Quirks{Redirect: "http://10.77.0.1:5000/reboot"}},
			{"a redirect outside", nil, lab.Quirks{Redirect: "http://192.0.2.1/"}},
			{"a redirect to this computer", nil, lab.Quirks{Redirect: "http://127.0.0.1:22/"}},
		} {
			n.Play(octet, "", serving(bomb.name, int(octet), bomb.response), bomb.quirks)
			octet++
		}
		s, packets := hostileScan(t, n, bin, honest)
		for _, p := range packets {
			if p.SYN && (p.From == "client/lo" || p.From == "client" && (p.Dst.Port() == 22 || p.Dst.Port() == 25 || p.Dst.Port() == 9100)) {
				t.Errorf("connection opened: %s", p)
			}
		}
		for k := byte(20); k < octet; k++ {
			if _, ok := finding(s, at(k)); !ok {
				t.Errorf("10.77.0.%d is not on the list", k)
			}
		}
		for _, f := range s.Findings {
			if strings.Contains(f.Name+f.Model, "root:") || len(f.Name) > 1000 {
				t.Errorf("a name of %d bytes: %.80q", len(f.Name), f.Name)
			}
		}
	})
}

// TestScanIsNotLedAway gives LOCATION in every form that means another place than it
// seems to, by SSDP and by WS-Discovery.
func TestScanIsNotLedAway(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		honest := honestHome(t, n)
		victim := n.Play(8, "", serving("victim", 8, xmlPage("", "<root/>")), lab.Quirks{})
		octet := byte(20)
		for _, url := range []string{
			"http://10.77.0.8:5000/reboot", "http://10.77.0.8:5000/d.xml", "http://127.0.0.1/", "http://127.1/", "http://0.0.0.0:80/", "http://localhost/",
			"http://10.77.0.100:80/", "http://192.0.2.1/d.xml", "https://192.0.2.1/", "http://[2001:db8::1]/", "http://[::1]/", "http://[::ffff:10.77.0.8]:5000/",
			"http://[::ffff:192.0.2.1]/", "http://[64:ff9b::c000:201]/", "http://10.77.0.8@10.77.0.{}:5000/", "http://10.77.0.{}:5000@10.77.0.8:5000/", "http://10.77.0.{}:25/", "http://10.77.0.{}:9100/",
			"http://10.77.0.{}:22/", "http://10.77.0.{}:0/", "http://10.77.0.{}:65536/", "http://router.home/d.xml", "http://10.77.0.{}.nip.example/", "http://10.77.8/", "http://0x0a4d0008:5000/",
			"http://172818440:5000/", "http://010.077.0.8:5000/", "http://10.77.0.{}:5000\\@10.77.0.8:5000/", "http://10.77.0.{}:5000#@10.77.0.8:5000/", "file:///etc/passwd", "gopher://10.77.0.{}:25/", "ftp://10.77.0.{}/",
			"http://10.77.0.{}:5000/a\rX-Injected: 1", "http://255.255.255.255/", "http://10.77.0.255/", "http://224.0.0.1/", "//10.77.0.8:5000/reboot", "javascript:alert(1)",
		} {
			url = strings.ReplaceAll(url, "{}", fmt.Sprint(octet))
			s := lab.Script{Name: fmt.Sprint("leads-", octet), SSDP: [][]byte{lab.SSDPReply(udn(int(octet)), url)}}
			if octet%2 == 0 {
				s.UDP = map[uint16][][]byte{3702: {lab.WSDReply(udn(int(octet)), "IPC-1", "Cam", url)}}
			}
			n.Play(octet, "", s, lab.Quirks{})
			octet++
		}
		_, packets := hostileScan(t, n, bin, honest)
		for _, h := range victim.Heard() {
			if h.Kind == "http" && h.What != "GET /d.xml" && h.What != "GET /" {
				t.Errorf("the victim was asked %s", h.What)
			}
		}
		if k := victim.Count("http", "GET /d.xml"); k > 1 {
			t.Errorf("the victim was asked %d times for its description", k)
		}
		for _, p := range packets {
			if !p.SYN || !strings.HasPrefix(p.From, "client") {
				continue
			}
			if a := p.Dst.Addr(); p.From == "client/lo" || a == lab.ClientAddr || !lab.Subnet.Contains(a) || a == lab.Broadcast || p.Dst.Port() == 22 || p.Dst.Port() == 25 || p.Dst.Port() == 9100 || p.Dst.Port() == 0 {
				t.Errorf("connection opened: %s", p)
			}
		}
	})
}

// TestScanAmongThieves lets a device claim another's UUID, name and address, and what
// would make the other look supported.
func TestScanAmongThieves(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		honest := honestHome(t, n)
		first, _, _ := bytes.Cut(script(t, "d-link-dir-860l-a1").SSDP[0], []byte("\r\n\r\n"))
		_, rest, ok := bytes.Cut(bytes.ToLower(first), []byte("uuid:"))
		if !ok {
			t.Fatalf("no UUID in %q", first)
		}
		stolen := string(rest[:36])
		lie := `<?xml version="1.0"?><root xmlns="urn:schemas-upnp-org:device-1-0"><device><deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType><friendlyName>FRITZ!Box 7590</friendlyName><manufacturer>AVM Berlin</manufacturer><modelName>FRITZ!Box 7590</modelName><UDN>uuid:` + stolen + `</UDN></device></root>`
		s := serving("thief", 66, xmlPage("", lie))
		s.SSDP = [][]byte{lab.SSDPReply(stolen, "http://192.168.1.1:5000/d.xml", "SERVER: FRITZ!Box 7590 UPnP/1.0 AVM FRITZ!Box 7590 154.08.02\r\n")}
		var m dns.Msg
		m.Response = true
		for _, text := range []string{
			"_http._tcp.local. 4500 IN PTR fritz._http._tcp.local.", "fritz._http._tcp.local. 120 IN SRV 0 0 80 dlinkrouter.local.",
			`fritz._http._tcp.local. 4500 IN TXT "model=FRITZ!Box 7590"`, "dlinkrouter.local. 120 IN A 10.77.0.1",
		} {
			rr, err := dns.NewRR(text)
			must(t, err)
			m.Answer = append(m.Answer, rr)
		}
		b, err := m.Pack()
		must(t, err)
		s.MDNS = [][]byte{b}
		n.Play(66, "", s, lab.Quirks{Announce: 200 * time.Millisecond})
		got, _ := hostileScan(t, n, bin, honest)
		if f, ok := finding(got, at(66)); !ok || slices.Contains(f.Addresses, honest[0].addr.String()) {
			t.Errorf("the thief is %+v", f)
		}
	})
}

// TestNamesAreMadeHarmless lets devices call themselves what would move a cursor,
// turn a line around, end a string or fill a screen.
func TestNamesAreMadeHarmless(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		honest := honestHome(t, n)
		for i, name := range []string{
			"\x1b[2J\x1b]0;owned\x07", "abc\u202egnp.exe", "\u2066\u2067\u200f\u200b\ufeff", "nul\x00nul", "line\nline\r\nline\u2028line", strings.Repeat("W", 64<<10),
			"\xff\xfe\x80", "<script>alert(1)</script>", "=cmd|'/c calc'!A1", "\"; rm -rf / #", "$(reboot)`reboot`", "%s%n%!d(MISSING)", "{vendor} {{.Model}}", strings.Repeat("\u0301", 3000), "\U000e0041\U000e0042",
		} {
			body := "<root><device><friendlyName><![CDATA[" + name + "]]></friendlyName><manufacturer><![CDATA[" + name + "]]></manufacturer><modelName><![CDATA[" + name + "]]></modelName><modelNumber><![CDATA[" + name + "]]></modelNumber></device></root>"
			s := serving(fmt.Sprint("name-", i), 20+i, xmlPage("Server: "+strings.NewReplacer("\r", "", "\n", "").Replace(name)+"\r\n", body))
			n.Play(byte(20+i), "", s, lab.Quirks{})
		}
		hostileScan(t, n, bin, honest)
		dir := t.TempDir()
		sheet := filepath.Join(dir, "report.html")
		r := person{}.runs(t, bin, "scan", "--on", lab.HomeDay, "--report", sheet)
		html, err := os.ReadFile(sheet)
		must(t, err)
		for what, text := range map[string]string{"the list": r.stdout, "what is said beside it": r.stderr, "the report": string(html)} {
			for _, c := range text {
				if c != '\n' && (unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) || c == '\u2028') {
					t.Errorf("%s holds %U", what, c)
					break
				}
			}
			for i, line := range strings.Split(text, "\n") {
				if what != "the report" && len(line) > 2000 {
					t.Errorf("%s: line %d has %d bytes", what, i+1, len(line))
				}
			}
		}
		if bytes.Contains(html, []byte("<script")) {
			t.Error("the report holds a script")
		}
	})
}

func TestScanUnderAFlood(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		honest := honestHome(t, n)
		stop := n.Flood(100_000)
		s := boundedScan(t, bin, honest)
		t.Logf("%.0f forged datagrams a second; fewer than 20,000 are no real flood", stop())
		t.Logf("said: %s", problem(t, s, "flood"))
	})
}

// TestScanOfTenThousandDevices has one network card answer in ten thousand devices'
// names, each of which is there to be asked.
func TestScanOfTenThousandDevices(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		honest := honestHome(t, n)
		replied := n.Crowd(10_000)
		s := boundedScan(t, bin, honest)
		if replied() < 10_000 {
			t.Errorf("only %d replies; the test means nothing", replied())
		}
		if len(s.Findings) < 256 { // more are only believed when they are in the neighbour table
			t.Errorf("%d findings; want a crowd", len(s.Findings))
		}
		t.Logf("said: %s", problem(t, s, "flood", "descriptions_skipped"))
	})
}

// TestScanWhileTheNetworkChanges takes the address away in mid-scan and gives another,
// as another Wi-Fi does, and stops the process for a while, as sleep does.
func TestScanWhileTheNetworkChanges(t *testing.T) {
	bin := build(t)
	run := func(name string, lost bool, change func(t *testing.T, n *lab.Net, pid int)) {
		t.Run(name, func(t *testing.T) {
			lab.Run(t, func(n *lab.Net) {
				d := one(t, n)
				pid := 0
				wait := person{started: func(p *os.Process) { pid = p.Pid }}.start(t, bin, "scan", "--json", "--on", lab.HomeDay)
				until(t, func() bool { return d.Count("http", "") > 0 })
				change(t, n, pid)
				r := wait()
				s := r.scanned(t)
				if f, ok := finding(s, d.Addr); !ok || f.Verdict == "supported" || f.Verdict == "other_device" {
					t.Errorf("the router is %+v", f)
				}
				said := false
				for _, p := range s.Problems {
					t.Logf("said: %s", p.Text)
					said = said || p.Code == "network_lost"
				}
				if said != lost {
					t.Errorf("it says that the network was lost: %v", said)
				}
			})
		})
	}
	run("another Wi-Fi", true, func(t *testing.T, n *lab.Net, _ int) {
		n.Client.IP("addr flush dev eth0", "addr add 10.99.0.5/24 dev eth0")
	})
	run("away and back", false, func(t *testing.T, n *lab.Net, _ int) {
		n.Client.IP("link set eth0 down", "link set eth0 up", "route add default via 10.77.0.1 dev eth0")
	})
	run("the interface is replaced by another of its name", true, func(t *testing.T, n *lab.Net, _ int) {
		n.Client.IP("link del eth0", "link add eth0 type veth peer name far0", "link set eth0 up", "addr add 10.99.0.5/24 dev eth0")
	})
	run("sleep and wake", false, func(t *testing.T, _ *lab.Net, pid int) {
		must(t, syscall.Kill(pid, syscall.SIGSTOP))
		time.Sleep(3 * time.Second) // a sleep is what is tested
		must(t, syscall.Kill(pid, syscall.SIGCONT))
	})
}
