package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"

	"houdbaar/internal/app"
	"houdbaar/internal/lab"
	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

// A talker is a device that answers one of the makers' protocols and nothing else.
// All of them are invented.
type talker struct {
	name, vendor, model, firmware string
	udp                           map[uint16][][]byte
	http                          []lab.Exchange
}

func one16(port uint16, reply []byte) map[uint16][][]byte { return map[uint16][][]byte{port: {reply}} }

// talkers returns the devices, the first of them at 10.77.0.octet. The last has no
// model in its protocol.
func talkers(octet byte) []talker {
	onvif := func(at byte, path string, answer []byte) (string, []lab.Exchange) {
		url := fmt.Sprintf("http://10.77.0.%d%s", at, path)
		return url, []lab.Exchange{{Request: []byte("POST " + path + " HTTP/1.1\r\nHost: 10.77.0.1\r\n\r\n"), Response: answer}}
	}
	url1, http1 := onvif(octet, "/onvif/device_service", lab.ONVIFAnswer("Invented", "IPC-100", "2.1.0 build 7"))
	url2, http2 := onvif(octet+1, "/onvif/device_service", []byte("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
	return []talker{
		{"onvif-open", "", "IPC-100", "2.1.0 build 7", one16(3702, lab.WSDReply("00000000-0000-4000-8000-000000000101", "IPC-100", "IPC", url1)), http1},
		{"onvif-login", "", "IPC-200", "", one16(3702, lab.WSDReply("00000000-0000-4000-8000-000000000102", "IPC-200", "IPC", url2)), http2},
		{"hikvision", "Hikvision", "DS-2CD2032-I", "V5.4.5build 170123", one16(37020, lab.SADPReply("DS-2CD2032-I", "V5.4.5build 170123")), nil},
		{"hikvision-oem", "Hikvision", "OEM-100", "V5.5.0build 180702", one16(37020, lab.SADPReply("OEM-100", "V5.5.0build 180702")), nil},
		{"dahua", "Dahua", "IPC-HDW4431C-A", "2.622.0000000.7.R", one16(37810, lab.DHIPReply("Dahua", "IPC", "IPC-HDW4431C-A", "2.622.0000000.7.R")), nil},
		{"amcrest", "Amcrest", "IP2M-841", "2.420.AC00.18.R", one16(37810, lab.DHIPReply("Amcrest", "IPC", "IP2M-841", "2.420.AC00.18.R")), nil},
		{"ubiquiti-v1", "Ubiquiti", "NanoStation Loco M5", "5.6.3", one16(10001, lab.UbiquitiReply(1, "NanoStation Loco M5", "XM.ar7240.v5.6.3.28591.151130.1749")), nil},
		{"ubiquiti-v2", "Ubiquiti", "UDMPRO", "4.0.6", one16(10001, lab.UbiquitiReply(2, "UDMPRO", "4.0.6")), nil},
		{"mikrotik", "MikroTik", "RB951G-2HnD", "6.49.10", one16(5678, lab.MNDPReply("", "RB951G-2HnD", "6.49.10 (long-term)")), nil},
		{"mikrotik-old", "MikroTik", "RB433", "5.22", one16(5678, lab.MNDPReply("", "RB433", "5.22")), nil},
		{"asus", "ASUS", "RT-AC68U", "3.0.0.4.386", one16(9999, lab.InfosvrReply("RT-AC68U", "3.0.0.4.386")), nil},
		{"kasa", "TP-Link", "HS110", "1.2.5 Build 171213 Rel.101523", one16(9999, lab.KasaReply("IOT.SMARTPLUGSWITCH", "HS110(EU)", "1.0", "1.2.5 Build 171213 Rel.101523")), nil},
		{"tapo", "TP-Link", "C210", "1.4.2 Build 240829 Rel.54953n", one16(20002, lab.TDPReply("SMART.IPCAMERA", "C210(EU)", "2.0", "1.4.2 Build 240829 Rel.54953n")), nil},
		{"tapo-new", "TP-Link", "C220", "1.2.2 Build 240914", one16(20004, lab.TDPReply("SMART.IPCAMERA", "C220(EU)", "1.0", "1.2.2 Build 240914")), nil},
		{"foscam", "", "", "11.37.2.56", one16(10000, lab.FoscamReply("", [4]byte{11, 37, 2, 56}, [4]byte{2, 4, 10, 1})), nil},
	}
}

// netgear is a gateway that tells what it is on one page only.
var netgear = lab.Script{Name: "netgear", HTTP: []lab.Exchange{{
	Request:  []byte("GET /currentsetting.htm HTTP/1.1\r\nHost: 10.77.0.1\r\n\r\n"),
	Response: []byte("HTTP/1.0 200 OK\r\nConnection: close\r\n\r\nFirmware=V1.0.11.100_10.2.100\r\nRegionTag=R7000_WW\r\nModel=R7000\r\n"),
}}}

// bigHome plugs in forty devices: a gateway with one page, fifteen talkers, nineteen
// recordings and five that say nothing.
func bigHome(t *testing.T, n *lab.Net) []talker {
	t.Helper()
	n.Play(1, "", netgear, lab.Quirks{})
	all := talkers(50)
	for i, d := range all {
		n.Play(byte(50+i), fmt.Sprintf("a0:00:00:00:00:%02x", 50+i), lab.Script{Name: d.name, UDP: d.udp, HTTP: d.http}, lab.Quirks{})
	}
	dirs, err := filepath.Glob(recordings + "/*")
	if err != nil || len(dirs) != 19 {
		t.Fatalf("%d recordings, %v; this home wants 19", len(dirs), err)
	}
	for i, dir := range dirs {
		s, err := lab.Read(dir)
		if err != nil {
			t.Fatal(err)
		}
		n.Play(byte(10+i), "", s, lab.Quirks{})
	}
	for i, mac := range []string{"da:a1:19:00:00:01", "da:a1:19:00:00:02", "00:1b:21:00:00:01", "44:47:cc:00:00:01", "a0:00:00:00:00:99"} {
		n.Host(fmt.Sprintf("silent%d", i), byte(90+i), mac)
	}
	return all
}

func finding(s report.ScanObject, a netip.Addr) (report.FindingObject, bool) {
	for _, f := range s.Findings {
		if slices.Contains(f.Addresses, a.String()) {
			return f, true
		}
	}
	return report.FindingObject{}, false
}

func at(octet byte) netip.Addr { return netip.AddrFrom4([4]byte{10, 77, 0, octet}) }

func TestAHomeOfFortyWhereFifteenAnswerOnlyTheirMaker(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		all := bigHome(t, n)
		capture := n.Capture()
		r := person{}.runs(t, bin, "scan", "--json", "--on", lab.HomeDay)
		packets := capture.Stop()
		s := r.scanned(t)
		t.Logf("%d findings in %v", len(s.Findings), r.took)
		if r.took > 6*time.Second {
			t.Errorf("took %v; want less than 6 s", r.took)
		}
		if len(s.Findings) != 40 {
			t.Errorf("%d findings; want 40", len(s.Findings))
		}
		for i, d := range all {
			f, ok := finding(s, at(byte(50+i)))
			if !ok || f.Model != d.model || d.vendor != "" && f.Vendor != d.vendor || f.Firmware != d.firmware {
				t.Errorf("%s: %q %q firmware %q; want %q %q %q", d.name, f.Vendor, f.Model, f.Firmware, d.vendor, d.model, d.firmware)
			}
		}
		if f, _ := finding(s, at(1)); f.Vendor != "NETGEAR" || f.Model != "R7000" || f.Firmware == "" || !f.Gateway {
			t.Errorf("the gateway is %q %q, firmware %q", f.Vendor, f.Model, f.Firmware)
		}
		for octet, want := range map[byte]string{90: "other_device", 91: "other_device", 92: "other_device", 93: "cannot_tell", 94: "cannot_tell"} {
			if f, ok := finding(s, at(octet)); !ok || f.Verdict != want || f.Vendor != "" || f.Model != "" {
				t.Errorf("the silent device at .%d: %v %q %q, %s; want %s", octet, ok, f.Vendor, f.Model, f.Verdict, want)
			}
		}
		for _, p := range s.Problems {
			t.Errorf("a problem in a good network: %+v", p)
		}
		checkPackets(t, packets)
		checkGolden(t, packets.By("client"))
		checkEach(t, packets.By("client"))
	})
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
	datagrams, requests := 0, map[string][]byte{}
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
				requests[key] = append(requests[key], payload...)
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

// checkEach wants at most thirty datagrams and connections to one device.
func checkEach(t *testing.T, mine lab.Packets) {
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
}

func TestTheSwitchLeavesDirectQuestionsOut(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		gateway := n.Play(1, "", netgear, lab.Quirks{})
		all := talkers(50)
		for i, d := range all {
			n.Play(byte(50+i), "", lab.Script{Name: d.name, UDP: d.udp, HTTP: d.http}, lab.Quirks{})
		}
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
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		n.Play(1, "", netgear, lab.Quirks{})
		all := talkers(50)
		for i, d := range all {
			n.Play(byte(50+i), "a0:00:00:00:00:"+fmt.Sprintf("%02x", 50+i), lab.Script{Name: d.name, UDP: d.udp, HTTP: d.http}, lab.Quirks{})
		}
		upnp, err := lab.Read(recordings + "/d-link-dir-860l-a1")
		if err != nil {
			t.Fatal(err)
		}
		n.Play(20, "", upnp, lab.Quirks{})
		n.Host("silent", 90, "a0:00:00:00:00:90")
		for name, c := range map[string]struct {
			octet           byte
			model, firmware string
			findings        int
		}{
			"a UPnP router":           {20, "DIR-860L", "", 1},
			"an ONVIF camera":         {50, "IPC-100", "2.1.0 build 7", 1},
			"a Dahua camera":          {54, "IPC-HDW4431C-A", "2.622.0000000.7.R", 1},
			"a Kasa plug":             {61, "HS110", "1.2.5 Build 171213 Rel.101523", 1},
			"the gateway with a page": {1, "R7000", "V1.0.11.100_10.2.100", 1},
			"one that is silent":      {90, "", "", 1},
			"one that is not there":   {99, "", "", 1},
		} {
			capture := n.Capture()
			r := person{}.runs(t, bin, "scan", "--json", "--address", at(c.octet).String(), "--on", lab.HomeDay)
			packets := capture.Stop().By("client")
			s := r.scanned(t)
			f, ok := finding(s, at(c.octet))
			if !ok || len(s.Findings) != c.findings || f.Model != c.model || c.firmware != "" && f.Firmware != c.firmware {
				t.Errorf("%s: %d findings, %q, firmware %q; want %q, %q", name, len(s.Findings), f.Model, f.Firmware, c.model, c.firmware)
			}
			for _, p := range packets {
				if (p.SYN || strings.HasPrefix(p.Kind, "udp") || p.Kind == "ssdp" || p.Kind == "mdns") && p.Dst.Addr() != at(c.octet) {
					t.Errorf("%s: sent to somebody else: %s", name, p)
				}
			}
			if c.octet != 99 { // there the packets never got an address
				checkEachAtMost(t, name, packets, 30)
			}
			if r.took > 6*time.Second && c.octet != 99 {
				t.Errorf("%s: took %v", name, r.took)
			}
			t.Logf("%s: %v, %s", name, r.took, packets.Counts())
		}
	})
}

func checkEachAtMost(t *testing.T, name string, mine lab.Packets, most int) {
	t.Helper()
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

// doctored runs the doctor and returns its diagnoses.
func doctored(t *testing.T, bin string) ([]string, report.HealthObject) {
	t.Helper()
	r := person{}.runs(t, bin, "doctor", "--json")
	var h report.HealthObject
	if err := json.Unmarshal([]byte(r.stdout), &h); err != nil {
		t.Fatalf("%v\n%s\n%s", err, r.stdout, r.stderr)
	}
	var codes []string
	for _, d := range h.Diagnosis {
		codes = append(codes, d.Code)
		if len(strings.Fields(d.Text)) < 4 || len(strings.Fields(d.Fix)) < 4 {
			t.Errorf("%s: %q, %q: no sentence and fix", d.Code, d.Text, d.Fix)
		}
	}
	t.Logf("%v in %v: %+v", codes, r.took, h)
	return codes, h
}

// igd is a router whose description offers the outside address, which it tells.
func igd(outside string) lab.Script {
	description := `<?xml version="1.0"?><root xmlns="urn:schemas-upnp-org:device-1-0"><device><deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType><friendlyName>Router</friendlyName><manufacturer>Invented</manufacturer><modelName>R-1</modelName><UDN>uuid:00000000-0000-4000-8000-0000000000cc</UDN><deviceList><device><deviceType>urn:schemas-upnp-org:device:WANConnectionDevice:1</deviceType><UDN>uuid:00000000-0000-4000-8000-0000000000cd</UDN><serviceList><service><serviceType>urn:schemas-upnp-org:service:WANIPConnection:1</serviceType><serviceId>urn:upnp-org:serviceId:WANIPConn1</serviceId><controlURL>/ctl/IPConn</controlURL><eventSubURL>/evt</eventSubURL><SCPDURL>/x.xml</SCPDURL></service></serviceList></device></deviceList></device></root>`
	answer := `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><u:GetExternalIPAddressResponse xmlns:u="urn:schemas-upnp-org:service:WANIPConnection:1"><NewExternalIPAddress>` + outside + `</NewExternalIPAddress></u:GetExternalIPAddressResponse></s:Body></s:Envelope>`
	page := func(body string) []byte {
		return []byte(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", len(body), body))
	}
	return lab.Script{Name: "igd", Address: lab.RouterAddr,
		SSDP: [][]byte{[]byte("HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=1800\r\nEXT:\r\nLOCATION: http://10.77.0.1:5000/root.xml\r\nSERVER: Invented/1.0 UPnP/1.1 R-1/1\r\nST: upnp:rootdevice\r\nUSN: uuid:00000000-0000-4000-8000-0000000000cc::upnp:rootdevice\r\n\r\n")},
		HTTP: []lab.Exchange{
			{Request: []byte("GET /root.xml HTTP/1.1\r\nHost: 10.77.0.1:5000\r\n\r\n"), Response: page(description)},
			{Request: []byte("POST /ctl/IPConn HTTP/1.1\r\nHost: 10.77.0.1:5000\r\n\r\n"), Response: page(answer)},
		}}
}

func TestDoctor(t *testing.T) {
	bin := build(t)
	run := func(name string, want []string, f func(t *testing.T, n *lab.Net)) {
		t.Run(name, func(t *testing.T) {
			lab.Run(t, func(n *lab.Net) {
				f(t, n)
				if got, _ := doctored(t, bin); !slices.Equal(got, want) {
					t.Errorf("diagnosis %v; want %v", got, want)
				}
			})
		})
	}
	must := func(t *testing.T, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	camera := func(n *lab.Net) {
		n.Play(50, "", lab.Script{Name: "camera", UDP: one16(37020, lab.SADPReply("DS-1", "V1"))}, lab.Quirks{})
	}
	run("nothing is wrong", []string{scan.DoctorOK}, func(t *testing.T, n *lab.Net) {
		n.Play(1, "", igd("203.0.113.9"), lab.Quirks{})
		camera(n)
	})
	run("a firewall takes the answers", []string{scan.DoctorFirewall}, func(t *testing.T, n *lab.Net) {
		n.Play(1, "", igd("203.0.113.9"), lab.Quirks{})
		camera(n)
		c := exec.Command(n.Program("nft"), "-f", "-")
		c.Stdin = strings.NewReader("table inet t {\nchain in {\ntype filter hook input priority 0; policy accept;\niif lo accept\nct state established,related accept\nmeta l4proto udp drop\n}\n}\n")
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("nft: %v %s", err, out)
		}
	})
	run("a VPN holds the way out", []string{scan.DoctorVPN}, func(t *testing.T, n *lab.Net) {
		n.Play(1, "", igd("203.0.113.9"), lab.Quirks{})
		camera(n)
		must(t, n.Client.IP("link add tun0 type veth peer name far0", "link set far0 up", "addr add 10.8.0.2/24 dev tun0", "link set tun0 up", "route add 0.0.0.0/1 dev tun0", "route add 128.0.0.0/1 dev tun0"))
	})
	run("guest Wi-Fi keeps devices apart", []string{scan.DoctorIsolated}, func(t *testing.T, n *lab.Net) {
		n.Play(1, "", igd("203.0.113.9"), lab.Quirks{})
		camera(n)
		must(t, n.Isolate(at(50)))
	})
	run("UPnP is off on the router", []string{scan.DoctorUPnPOff}, func(t *testing.T, n *lab.Net) {
		n.Host("router", 1, "")
		camera(n)
	})
	run("a second router stands in front", []string{scan.DoctorDoubleNAT}, func(t *testing.T, n *lab.Net) {
		n.Play(1, "", igd("192.168.178.23"), lab.Quirks{})
		camera(n)
	})
	run("no network at all", []string{scan.DoctorNoNetwork}, func(t *testing.T, n *lab.Net) {
		must(t, n.Client.IP("link set eth0 down"))
	})
}

// TestWhatTheMakersSaidIsRecorded: a recording of such a device gives what the scan gave.
func TestWhatTheMakersSaidIsRecorded(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		all := talkers(50)
		for i, d := range all {
			n.Play(byte(50+i), fmt.Sprintf("a0:00:00:00:00:%02x", 50+i), lab.Script{Name: d.name, UDP: d.udp, HTTP: d.http}, lab.Quirks{})
		}
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
		if err := router.IP("addr add 192.168.50.9/32 dev lo"); err != nil {
			t.Fatal(err)
		}
		err := router.Do(func() error {
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
		if err != nil {
			t.Fatal(err)
		}
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
		checkEachAtMost(t, "behind another router", packets, 30)
		r := person{}.runs(t, bin, "scan", "--address", "203.0.113.9")
		if r.status != 2 || r.stdout != "" {
			t.Errorf("a public address: status %d, %s", r.status, r.stdout)
		}
	})
}
