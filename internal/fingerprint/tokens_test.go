package fingerprint

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"houdbaar/internal/device"
)

func TestASuffixBelongsToTheModel(t *testing.T) {
	for title, want := range map[string]string{
		"Deco XE70 Pro":     "Deco XE70 Pro",
		"RT-N12+":           "RT-N12+",
		"Vigor2620 LTE":     "Vigor2620 LTE",
		"Tenda RX9 Pro":     "RX9 Pro",
		"TL-WR841N Profile": "TL-WR841N",
		"Tapo TC70":         "Tapo TC70",
		"TL-WR841N/A":       "TL-WR841N/A",
		"TL-WR841N/EU":      "TL-WR841N",
		"TL-WR841N/ND":      "TL-WR841N",
		"TL-WR841N/V1.2":    "TL-WR841N",
		"RT-AC68U E-Book":   "RT-AC68U",
		"DIR‑860L":          "DIR-860L",
		"RT–AC68U – Login":  "RT-AC68U",
		"UniFi AI Turret":   "AI Turret",
	} {
		if got := identify(saw(device.SourceHTTP, "title", title)).Model; got != want {
			t.Errorf("%q is model %q, want %q", title, got, want)
		}
	}
}

func TestAModelInsideALongerOneIsNone(t *testing.T) {
	for _, title := range []string{"LCS-883-DSL-4F", "CG-WGR1200X"} {
		if id := identify(saw(device.SourceHTTP, "title", title)); id.Vendor == "D-Link" || id.Model == "DSL-4F" || id.Model == "WGR1200X" {
			t.Errorf("%q is %s %s", title, id.Vendor, id.Model)
		}
	}
}

func TestWhatIsJoinedToAModelIsOfItsKind(t *testing.T) {
	if id := identify(saw(device.SourceHTTP, "title", "RC8021W-ADT")); id.Vendor != "Sercomm" || id.Kind != device.Camera {
		t.Errorf("it is a %q by %s", id.Kind, id.Vendor)
	}
	if id := identify(saw(device.SourceHTTP, "title", "OC835-V2")); id.Kind != device.Camera {
		t.Errorf("it is a %q", id.Kind)
	}
}

// oneHouse are makers whose models others sell or make under their own name.
var oneHouse = map[string][]string{
	"7Links": {"Pearl"}, "Cisco": {"Linksys", "Technicolor"}, "Samsung": {"Hanwha"}, "Thomson": {"Technicolor"}, "Zyxel": {"Keenetic"},
	"Mitel": {"Aastra"}, "SoyeaLink": {"Huawei"}, "TCL": {"Alcatel"}, "TalkTalk": {"Huawei"}, "Telenet": {"Compal", "Sagemcom"}, "Vodafone": {"Sercomm"},
}

func TestNoTokenTakesTheModelOfAnotherMaker(t *testing.T) {
	s := Default()
	for _, list := range s.known {
		for _, m := range list {
			for i := range s.tokens {
				tok := &s.tokens[i]
				if tok.find(m.model) != m.model || m.of(tok.vendor) || slices.Contains(oneHouse[m.vendor], tok.vendor) {
					continue
				}
				if !slices.ContainsFunc(list, func(o knownModel) bool { return o.of(tok.vendor) }) {
					t.Errorf("%s %s is %s's by %s", m.vendor, m.model, tok.vendor, tok.Match)
				}
			}
		}
	}
}

func TestAPlayerIsTakenAtItsWord(t *testing.T) {
	for field, model := range map[string]string{"txt.md": "HT-ZF9", "txt.model": "NR1607", "txt.am": "RX-V773"} {
		id := identify(saw(device.SourceMDNS, "service", "_raop._tcp.local", "instance", "AABBCCDDEEFF@Room", field, model))
		if id.Vendor == "" || id.Model != model || id.Kind != device.Speaker {
			t.Errorf("%s %q is %s %s %q", field, model, id.Kind, id.Vendor, id.Model)
		}
	}
}

func TestAPageAboutOtherThingsIsNotTheirs(t *testing.T) {
	for _, c := range []struct {
		o    device.Observation
		want string // model
	}{
		{saw(device.SourceHTTP, "title", "DIR-615 Wireless Router"), "DIR-615"},
		{saw(device.SourceHTTP, "title", "D-Link DIR-615 - Login"), "DIR-615"},
		{saw(device.SourceHTTP, "title", "Welcome to TL-WR841N"), "TL-WR841N"},
		{saw(device.SourceHTTP, "title", "openHAB - DIR-615 presence"), ""},
		{saw(device.SourceHTTP, "title", "Grafana - DIR-860L traffic"), ""},
		{saw(device.SourceHTTP, "title", "FRITZ!Box 7490 exporter"), ""},
		{saw(device.SourceHTTP, "title", "RT-AC68U - Uptime Kuma"), ""},
		{saw(device.SourceHTTP, "title", "NETGEAR R7000 - Home Assistant"), ""},
		{saw(device.SourceHTTP, "title", "Camera Viewer: DCS-932L, DCS-5222L"), ""},
		{saw(device.SourceHTTP, "title", "DCS-932L, DCS-5222L"), ""},
		{saw(device.SourceHTTP, "title", "D-Link DIR-615 and D-Link DCS-932L"), ""},
		{saw(device.SourceHTTP, "title", "DHCP clients - phone, DCS-930L"), ""},
		{saw(device.SourceHTTP, "title", "Neighbour networks: DIR-615, WRT54G"), ""},
		{saw(device.SourceHTTP, "title", "Wireless survey R6400v2"), ""},
		{saw(device.SourceHTTP, "title", "garage - DCS-932L"), ""},
		{saw(device.SourceHTTP, "title", "DIR-615 drivers"), ""},
		{saw(device.SourceMDNS, "service", "_http._tcp.local", "instance", "DIR-615"), "DIR-615"},
		{saw(device.SourceMDNS, "service", "_http._tcp.local", "instance", "DCS-930L B0C554"), "DCS-930L"},
		{saw(device.SourceMDNS, "service", "_http._tcp.local", "instance", "DIR-615 stats on pi"), ""},
		{saw(device.SourceMDNS, "service", "_http._tcp.local", "instance", "Home Assistant DIR-615"), ""},
		{saw(device.SourceMDNS, "service", "_esphomelib._tcp.local", "instance", "dcs-932l-relay"), ""},
		{saw(device.SourceMDNS, "service", "_esphomelib._tcp.local", "instance", "DIR-615"), ""},
		{saw(device.SourceMDNS, "service", "_home-assistant._tcp.local", "instance", "NETGEAR R7000"), ""},
		{saw(device.SourceMDNS, "service", "_smb._tcp.local", "instance", "E1500"), ""},
	} {
		if id := identify(c.o); id.Model != c.want {
			t.Errorf("%v is %s %q, want %q", c.o.Fields, id.Vendor, id.Model, c.want)
		}
	}
}

// Programs that watch a device head their page with its name; routers' own pages are called
// "Status" too.
func TestAReportAboutADeviceIsNotIts(t *testing.T) {
	body := `<tr><td>Firmware Version</td><td>1.10</td></tr>`
	for title, own := range map[string]bool{
		"Hikvision-DS-2CD2042WD-I statistics": false,
		"NETGEAR R7000 statistics":            false,
		"D-Link DIR-615 dashboard":            false,
		"R7000 Dashboard":                     false,
		"DIR-615 router graphs":               false,
		"FRITZ!Box WLAN7490 Statistiken":      false,
		"Status of NETGEAR R7000":             false,
		"Statistics for DIR-615":              false,
		"Dashboard for FRITZ!Box 7490":        false,
		"FRITZ!Box 7590 AX statistics":        false,
		"FRITZ!Box 7590 Statistik":            false,
		"NETGEAR Router R7000 Status":         true,
		"DIR-615 Status":                      true,
		"Router Status":                       true,
		"Status of Router":                    true,
		"Synology Dashboard":                  true,
		"MBR1400 - Dashboard":                 true,
		"Mikrotik RB750 graphs page":          true,
	} {
		id := identify(saw(device.SourceHTTP, "title", title, "body", "<title>"+title+"</title>"+body))
		if got := id.Firmware != ""; got != own || !own && id.Vendor+id.Model != "" {
			t.Errorf("%s: %q %q, firmware %q", title, id.Vendor, id.Model, id.Firmware)
		}
	}
}

func TestAShortModelOfAServiceNamesNoMaker(t *testing.T) {
	for vendor, o := range map[string]device.Observation{
		"":        saw(device.SourceMDNS, "service", "_nut._tcp.local", "instance", "ups", "txt.model", "E1500", "txt.firmware", "1.2"),
		"Linksys": saw(device.SourceMDNS, "service", "_http._tcp.local", "instance", "Linksys 1", "txt.model", "E1500"),
	} {
		if id := identify(o); id.Vendor != vendor {
			t.Errorf("%v is of %q, want %q", o.Fields, id.Vendor, vendor)
		}
	}
}

func TestNoThingOfHomeKitIsAPrinter(t *testing.T) {
	shower := saw(device.SourceMDNS, "service", "_hap._tcp", "instance", "U by Moen-015F44", "txt.md", "TS3304")
	if id := identify(shower); id.Vendor == "Canon" || id.Kind == device.Printer || id.Model != "TS3304" {
		t.Errorf("a shower is a %s of %q, %q", id.Kind, id.Vendor, id.Model)
	}
	printer := saw(device.SourceMDNS, "service", "_http._tcp", "instance", "Canon TS3304")
	if id := identify(printer); id.Vendor != "Canon" {
		t.Errorf("a printer is of %q", id.Vendor)
	}
}

func TestAShortModelInALongTextIsNobodys(t *testing.T) {
	for title, want := range map[string]string{
		"E900":                    "Linksys",
		"Linksys E900 - Login":    "Linksys",
		"Wireless Router E900":    "Linksys",
		"Solar inverter E900":     "",
		"Heat pump ERX900 - E900": "",
	} {
		id := identify(saw(device.SourceHTTP, "title", title))
		if id.Vendor != want {
			t.Errorf("%q is of %q, want %q", title, id.Vendor, want)
		}
	}
}

func TestAShortModelAloneOnlyGuessesItsMaker(t *testing.T) {
	guess := []device.Doubt{{Part: device.PartVendor, Values: []string{"Linksys"}}}
	for name, c := range map[string]struct {
		o      device.Observation
		model  string
		doubts []device.Doubt
	}{
		"in a realm":               {saw(device.SourceHTTP, "realm", "E1500"), "E1500", guess},
		"as a title":               {saw(device.SourceHTTP, "title", "E1500"), "E1500", guess},
		"in a SERVER header":       {saw(device.SourceSSDP, "server", "Linux/2.6 UPnP/1.0 E1500/1.0"), "E1500", guess},
		"behind its maker":         {saw(device.SourceHTTP, "realm", "Linksys E1500"), "E1500", nil},
		"behind its maker, served": {saw(device.SourceSSDP, "server", "Linux/2.6 UPnP/1.0 Linksys/E1500/1.0"), "E1500", nil},
		"a long one":               {saw(device.SourceHTTP, "realm", "WRT54GL"), "WRT54GL", nil},
		"watched by a program":     {saw(device.SourceSSDP, "server", "HomeAssistant/2021.3 UPnP/1.0 WRT54GL/1.0"), "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			id := identify(c.o)
			if id.Model != c.model {
				t.Errorf("it is %q, want %q", id.Model, c.model)
			}
			if diff := cmp.Diff(c.doubts, id.Doubts); diff != "" {
				t.Errorf("doubts (-want +got):\n%s", diff)
			}
		})
	}
}

// TestAVersionOfThreeNumbersIsNoLabels: it is the firmware's, and half of it is nothing.
func TestAVersionOfThreeNumbersIsNoLabels(t *testing.T) {
	for title, want := range map[string]string{
		"Tenda AC6 V15.03.05.16":              "",
		"NETGEAR R7000 v1.0.9.88":             "",
		"TP-LINK TL-WR841N v9.1":              "V9.1",
		"TP-LINK TL-WR841N v9.":               "V9",
		"TP-LINK TL-WR841N v9.1.2":            "",
		"ZyXEL VMG1312-B10A V1.00(AAJZ.14)C0": "",
	} {
		if id := identify(saw(device.SourceHTTP, "title", title)); id.Model == "" || id.Revision != want {
			t.Errorf("%s: %q %q, want %q", title, id.Model, id.Revision, want)
		}
	}
}

func TestALongerModelIsNotTheShorterOnesMakers(t *testing.T) {
	if id := identify(saw(device.SourceHTTP, "realm", "ZXV10 W300D")); id.Vendor != "ZTE" || id.Model != "ZXV10 W300D" {
		t.Errorf("it is %q's %q", id.Vendor, id.Model)
	}
}
