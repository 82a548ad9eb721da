package discover

import (
	"bytes"
	"fmt"
	"net"
	"net/netip"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"houdbaar/internal/announce"
	"houdbaar/internal/device"
	"houdbaar/internal/lab"
	"houdbaar/internal/scan"
)

// An answer is what an invented device says in a maker's protocol, and what must
// be understood of it.
type answer struct {
	source, field, want string
	port                uint16
	reply               []byte
}

// answers are at least two generations of each protocol, in the forms and with the
// versions that public recordings and descriptions have.
func answers() []answer {
	nameOnly := strings.ReplaceAll(string(lab.WSDReply("00000000-0000-4000-8000-000000000102", "X", "IPC-300", "http://10.77.0.11/onvif/device_service")), "onvif://www.onvif.org/hardware/X", "onvif://www.onvif.org/Profile/Streaming")
	return []answer{
		{device.SourceWSD, "scope.name", "IPC-300", 3702, []byte(strings.NewReplacer("<d:", "<wsdd:", "</d:", "</wsdd:", "xmlns:d=", "xmlns:wsdd=").Replace(nameOnly))},
		{device.SourceSADP, "DeviceDescription", "DS-K1T671M", 37020, []byte(`<?xml version="1.0" encoding="UTF-8"?><ProbeMatch><Uuid>0</Uuid><Types>inquiry</Types><DeviceType>135340</DeviceType><DeviceDescription>DS-K1T671M</DeviceDescription><CommandPort>8000</CommandPort><HttpPort>80</HttpPort><DHCP>false</DHCP></ProbeMatch>`)},
		{device.SourceDHIP, "DeviceType", "XVR", 37810, append(lab.DHIPReply("", "HCVR", "XVR", ""), "\n\x00"...)},
		{device.SourceMNDP, "version", "6.49.10 (long-term)", 5678, lab.MNDPReply("", "RB951G-2HnD", "6.49.10 (long-term)")},
		{device.SourceInfosvr, "FirmwareVersion", "3.0.0.4.374", 9999, lab.InfosvrReply("RT-N66U", "3.0.0.4.374")},
		{device.SourceKasa, "model", "KC120(EU)", 9999, announce.VeilKasa([]byte(`{"system":{"get_sysinfo":{"err_code":0,"system":{"model":"KC120(EU)","hw_ver":"1.0","sw_ver":"2.2.0"}}}}`))},
		{device.SourceFoscam, "firmware", "11.22.2.51", 10000, lab.FoscamReply("", [4]byte{11, 22, 2, 51}, [4]byte{2, 4, 18, 17})},
		{device.SourceDVRIP, "ChannelNum", "1", 34569, lab.DVRIPReply("LocalHost", 1, "")},
		{device.SourceDVRIP, "BuildDate", "2014-09-04 16:32:11", 34569, lab.DVRIPReply("", 16, "2014-09-04 16:32:11")},
		{device.SourcePPPP, "prefix", "VSTB", 32108, lab.PPPPReply("VSTB")},
		{device.SourcePPPP, "prefix", "FTYC", 32108, lab.PPPPReply("FTYC")},
		{device.SourcePPPP, "prefix", "DGOA", 32108, announce.VeilPPPP("camera", lab.PPPPReply("DGOA"))},
		{device.SourcePPPP, "prefix", "AAA", 32108, announce.VeilPPPP("SHIX", lab.PPPPReply("AAA"))},
		{device.SourcePPPP, "prefix", "VE", 32108, announce.VeilPPPP("vstarcam2018", lab.PPPPReply("VE"))},
		{device.SourcePPPP, "prefix", "ACCQ", 32108, announce.VeilPPPP("@@@@....", lab.PPPPReply("ACCQ"))},
		{device.SourceV380, "result", "1", 10008, lab.V380Reply("1")},
		{device.SourceV380, "result", "300", 10008, lab.V380Reply("300")},
		{device.SourceReolink, "type", "1", 2000, lab.ReolinkReply(1, 1, "Front")},
		{device.SourceReolink, "type", "2", 2000, lab.ReolinkReply(2, 8, "")},
		{device.SourceWSD, "scope.hardware", "IPC-100", 3702, lab.WSDReply("00000000-0000-4000-8000-000000000101", "IPC-100", "IPC", "http://10.77.0.10/onvif/device_service")},
		{device.SourceSADP, "SoftwareVersion", "V5.4.5build 170123", 37020, lab.SADPReply("DS-2CD2032-I", "V5.4.5build 170123")},
		{device.SourceDHIP, "DeviceType", "IPC-HDW4431C-A", 37810, lab.DHIPReply("Dahua", "IPC", "IPC-HDW4431C-A", "2.622.0000000.7.R")},
		{device.SourceUbiquiti, "model", "UDMPRO", 10001, lab.UbiquitiReply(2, "UDMPRO", "4.0.6")},
		{device.SourceUbiquiti, "model", "NanoStation Loco M5", 10001, lab.UbiquitiReply(1, "NanoStation Loco M5", "XM.ar7240.v5.6.3.28591.151130.1749")},
		{device.SourceMNDP, "board", "RB433", 5678, lab.MNDPReply("", "RB433", "5.22")},
		{device.SourceInfosvr, "ProductID", "RT-AC68U", 9999, lab.InfosvrReply("RT-AC68U", "3.0.0.4.386")},
		{device.SourceKasa, "model", "HS110(EU)", 9999, lab.KasaReply("IOT.SMARTPLUGSWITCH", "HS110(EU)", "1.0", "1.2.5 Build 171213 Rel.101523")},
		{device.SourceTDP, "device_model", "C210(EU)", 20002, lab.TDPReply("SMART.IPCAMERA", "C210(EU)", "2.0", "1.4.2 Build 240829 Rel.54953n")},
		{device.SourceTDP, "device_model", "C220(EU)", 20004, lab.TDPReply("SMART.IPCAMERA", "C220(EU)", "1.0", "1.2.2 Build 240914")},
		{device.SourceFoscam, "firmware", "11.37.2.56", 10000, lab.FoscamReply("Garden", [4]byte{11, 37, 2, 56}, [4]byte{2, 4, 10, 1})},
	}
}

// TestTheMakersAnswers has each protocol answered well and badly by devices on a network.
func TestTheMakersAnswers(t *testing.T) {
	for name, c := range map[string]struct {
		change func(a answer) []byte // of the reply
		quirks lab.Quirks
		whole  bool // what was said must be understood
		none   bool // nothing may be
	}{
		"well":                      {whole: true},
		"slowly":                    {quirks: lab.Quirks{Delay: 1100 * time.Millisecond}, whole: true},
		"only from the fourth time": {quirks: lab.Quirks{Ignore: 3}, whole: true},
		"never":                     {quirks: lab.Quirks{Ignore: 99}, none: true},
		"cut short":                 {change: func(a answer) []byte { return a.reply[:len(a.reply)/2] }},
		"cut to a few bytes":        {change: func(a answer) []byte { return a.reply[:min(5, len(a.reply))] }, none: true},
		"with far too much":         {change: func(a answer) []byte { return append(bytes.Clone(a.reply), make([]byte, 20000)...) }},
		"in another protocol":       {change: func(a answer) []byte { return []byte(string(a.reply[:1]) + " HTTP/1.1 400 Bad Request\r\n\r\n") }, none: true},
	} {
		t.Run(name, func(t *testing.T) {
			lab.Run(t, func(n *lab.Net) {
				all := answers()
				ages := map[string]int{}
				for _, a := range all {
					ages[a.source]++
				}
				for _, q := range makersQuestions {
					if ages[q.source] < 2 {
						t.Errorf("%s is played in %d generations, want two at least", q.source, ages[q.source])
					}
				}
				for i, a := range all {
					reply := a.reply
					if c.change != nil {
						reply = c.change(a)
					}
					n.Play(byte(10+i), "", lab.Script{Name: a.source, UDP: map[uint16][][]byte{a.port: {reply}}}, c.quirks)
				}
				net := open(t)
				capture := n.Capture()
				r := run(t, net, asking{n: net, voices: new(voices)})
				packets := capture.Stop().By("client")
				for i, a := range all {
					addr := netip.AddrFrom4([4]byte{10, 77, 0, byte(10 + i)})
					said := ""
					for _, o := range r.obs {
						if o.Addr != addr {
							continue
						}
						if o.Source != a.source {
							t.Errorf("%s at %s was read as %s: %v", a.source, addr, o.Source, o.Fields)
						}
						said = o.Get(a.field)
					}
					switch {
					case c.whole && said != a.want:
						t.Errorf("%s %s = %q, want %q", a.source, a.field, said, a.want)
					case said != "" && (c.none || said != a.want):
						t.Errorf("%s %s = %q, which it never said", a.source, a.field, said)
					}
				}
				perPort := map[uint16]int{}
				for _, p := range packets {
					if p.Dst.Port() != 0 && strings.HasPrefix(p.Kind, "udp/") {
						perPort[p.Dst.Port()]++
					}
				}
				want := map[uint16]int{3702: 8, 37020: 4, 37810: 4, 10001: 8, 5678: 4, 9999: 8, 20002: 4, 20004: 4, 10000: 4, 2000: 4, 10008: 4, 32108: 24, 34569: 4}
				if fmt.Sprint(perPort) != fmt.Sprint(want) {
					t.Errorf("sent by port %v, want %v", perPort, want)
				}
				if net.Sent() != askingPackets {
					t.Errorf("counted %d packets, want %d", net.Sent(), askingPackets)
				}
				if len(r.problems) != 0 {
					t.Errorf("problems %+v", r.problems)
				}
			})
		})
	}
}

// TestAnswersFromTheWrongPlaceAreLeft: another port, another subnet, this computer, a flood.
func TestAnswersFromTheWrongPlaceAreLeft(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		tdp := lab.TDPReply("SMART.IPCAMERA", "C210", "2.0", "1.0")
		// A host that answers whatever comes to port 20002, from where it should not.
		from := func(h *lab.Host, local string, times int) {
			h.Do(func() error {
				in, err := net.ListenPacket("udp4", map[bool]string{true: "0.0.0.0:20002", false: "10.77.0.255:20002"}[local == ""])
				if err != nil {
					return err
				}
				out := in
				if local != "" {
					if out, err = net.ListenPacket("udp4", local); err != nil {
						return err
					}
					t.Cleanup(func() { out.Close() })
				}
				t.Cleanup(func() { in.Close() })
				go func() {
					buf := make([]byte, 2048)
					for {
						_, to, err := in.ReadFrom(buf)
						if err != nil {
							return
						}
						for i := range times {
							reply := bytes.Replace(tdp, []byte(`"1.0"`), fmt.Appendf(nil, `"1.%d"`, i), 1)
							out.WriteTo(reply, to)
						}
					}
				}()
				return nil
			})
		}
		wrongPort, wrongNet, flood := n.Host("port", 11, ""), n.Host("net", 12, ""), n.Host("flood", 13, "")
		wrongNet.IP("addr add 192.168.50.9/24 dev eth0")
		from(wrongPort, "10.77.0.11:4444", 1)
		from(wrongNet, "192.168.50.9:20002", 1)
		from(flood, "", 500)
		net := open(t)
		r := run(t, net, asking{n: net, voices: new(voices)})
		heard := map[netip.Addr]int{}
		for _, o := range r.obs {
			heard[o.Addr]++
		}
		if heard[flood.Addr] == 0 || heard[flood.Addr] > askingMost {
			t.Errorf("%d observations of the flooder, want 1 to %d", heard[flood.Addr], askingMost)
		}
		if len(heard) != 1 {
			t.Errorf("heard %v, want the flooder alone", heard)
		}
		if !slices.ContainsFunc(r.problems, func(p scan.Problem) bool { return p.Code == "flood" }) {
			t.Errorf("nothing was said of the flood: %+v", r.problems)
		}
	})
}

func TestRealWSDiscoveryPeersAnswer(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		peers := []*lab.Host{n.WSDD2(12)}
		if _, err := exec.LookPath("wsdd"); err == nil { // Debian 13 has none
			peers = append(peers, n.WSDD(11))
		}
		net := open(t)
		r := run(t, net, asking{n: net, voices: new(voices)})
		for _, h := range peers {
			if !slices.ContainsFunc(r.obs, func(o device.Observation) bool {
				return o.Addr == h.Addr && o.Source == device.SourceWSD && strings.Contains(o.Get("types"), "Device") && o.Key != ""
			}) {
				t.Errorf("%s did not answer, or was not understood: %+v", h.Name, r.obs)
			}
		}
	})
}

// TestSilentNeighboursAreFound: with the tables alone they are not.
func TestSilentNeighboursAreFound(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		camera := n.Host("camera", 200, "44:47:cc:00:00:01")
		gateway := n.Host("gateway", 1, "")
		if c, err := net.Dial("tcp4", "10.77.0.1:80"); err == nil { // refused: but now it is in the table
			c.Close()
		}
		net := open(t)
		capture := n.Capture()
		r := run(t, net, tables{net}, nudge{n: net, voices: new(voices)})
		packets := capture.Stop().By("client")
		if !slices.ContainsFunc(r.obs, func(o device.Observation) bool {
			return o.Source == device.SourceNeighbour && o.Addr == camera.Addr && o.MAC == camera.MAC && strings.Contains(o.Get("vendor"), "Hikvision")
		}) {
			t.Errorf("the silent camera was not found: %+v", r.obs)
		}
		asked := map[netip.Addr]bool{}
		for _, p := range packets.Kind("arp") {
			asked[p.Dst.Addr()] = true
		}
		if len(asked) < 252 { // 254, less this computer, less the gateway that is known
			t.Errorf("asked who has %d addresses, want all 252", len(asked))
		}
		if left := len(packets.Kind("udp")); left != 1 || net.Sent() != left {
			t.Errorf("%d nudges left and %d are counted, want the camera's alone", left, net.Sent())
		}
		for _, p := range packets.Kind("udp") {
			if p.Dst.Addr() == gateway.Addr || p.Dst.Port() != 9 || len(p.Data) != 0 {
				t.Errorf("sent %s", p)
			}
		}
		first, last := packets[0].At, packets[len(packets)-1].At
		if last.Sub(first) < time.Second {
			t.Errorf("all within %v; that is not gentle", last.Sub(first))
		}
	})
}

// A router that answers ARP for everybody is said to, and makes no crowd of devices.
func TestABoxThatAnswersForEverybodyIsOneDevice(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		router := n.Host("router", 1, "")
		n.Host("silent", 30, "")
		for i := 40; i < 40+device.ManyForOne; i++ {
			router.IP(fmt.Sprintf("addr add 10.77.0.%d/32 dev eth0", i))
		}
		net := open(t)
		r := run(t, net, tables{net}, nudge{n: net, voices: new(voices)})
		if p := r.codes()["one_for_many"]; p.Args["count"] != "33" || len(r.problems) != 1 {
			t.Errorf("problems %+v; want one_for_many of 33 alone", r.problems)
		}
		if devices := device.Correlate(r.obs); len(devices) != 2 {
			t.Errorf("%d devices; want two: %+v", len(devices), devices)
		}
	})
}

func TestNeighbourhood(t *testing.T) {
	for prefix, want := range map[string]struct {
		n           int
		first, last string
	}{
		"192.168.1.7/24":  {253, "192.168.1.1", "192.168.1.254"},
		"192.168.1.5/30":  {1, "192.168.1.6", "192.168.1.6"},
		"10.0.3.7/23":     {509, "10.0.2.1", "10.0.3.254"},
		"10.0.2.7/22":     {510, "10.0.2.0", "10.0.3.254"}, // the half around this computer
		"10.0.1.7/22":     {510, "10.0.0.1", "10.0.1.255"},
		"10.0.1.7/16":     {},
		"192.168.1.7/31":  {},
		"203.0.113.7/24":  {},
		"169.254.1.7/24":  {},
		"100.64.0.7/24":   {},
		"fe80::1/64":      {},
		"192.168.1.7/32":  {},
		"192.168.255.1/8": {},
	} {
		got := neighbourhood(netip.MustParsePrefix(prefix), false)
		if len(got) != want.n {
			t.Errorf("%s: %d addresses, want %d", prefix, len(got), want.n)
			continue
		}
		own := netip.MustParsePrefix(prefix)
		for _, a := range got {
			if a == own.Addr() || !own.Contains(a) {
				t.Errorf("%s: nudges %s", prefix, a)
			}
		}
		if len(got) > 1 && (got[0].String() != want.first || got[len(got)-1].String() != want.last) {
			t.Errorf("%s: from %s to %s, want %s to %s", prefix, got[0], got[len(got)-1], want.first, want.last)
		}
	}
}

func TestAChosenLargeSubnetIsNudgedAroundThisComputer(t *testing.T) {
	large := netip.MustParsePrefix("10.1.2.3/16")
	if got := neighbourhood(large, false); len(got) != 0 {
		t.Errorf("%d addresses of a subnet nobody chose", len(got))
	}
	got := neighbourhood(large, true)
	if len(got) == 0 || len(got) > nudgeMost+1 || !slices.Contains(got, netip.MustParseAddr("10.1.2.4")) || slices.Contains(got, netip.MustParseAddr("10.1.4.1")) {
		t.Errorf("%d addresses around 10.1.2.3, want the /23", len(got))
	}
}

func TestWhatIsNotLookedAtIsToldOf(t *testing.T) {
	for prefix, want := range map[string]string{"10.0.2.7/22": "silent_part 10.0.2.0/23", "10.1.2.3/16": "silent_none 10.1.2.0/23"} {
		p, got := netip.MustParsePrefix(prefix), ""
		nudge{}.left(p, len(neighbourhood(p, false)) > 0, func(said scan.Problem) { got = said.Code + " " + said.Args["part"] })
		if got != want {
			t.Errorf("%s: says %q, want %q", prefix, got, want)
		}
	}
}

func TestUUIDsDiffer(t *testing.T) {
	a, b := newUUID(), newUUID()
	if a == b || len(a) != 36 || a[14] != '4' {
		t.Errorf("%s, %s", a, b)
	}
}
