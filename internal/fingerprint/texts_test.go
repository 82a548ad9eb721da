package fingerprint

import (
	"testing"

	"houdbaar/internal/device"
)

func TestTextsThatBeginWithAMaker(t *testing.T) {
	s := Default()
	for text, want := range map[string][2]string{
		"ZTE F660 Login":                      {"ZTE", "F660"},
		"Cisco Unified IP Phone 7921G":        {"Cisco", "7921G"},
		"TP-LINK Wireless N Router WR841N":    {"TP-Link", "WR841N"},
		"YunCore Wireless Router AX850":       {"YunCore", "AX850"}, // which others are as fast as
		"AXIS M3045":                          {"Axis", "M3045"},
		"Extron Electronics IPL 250":          {"Extron", "IPL 250"},
		"MikroTik Inc. RB951Ui-2HnD":          {"MikroTik", "RB951Ui-2HnD"},
		"Tenda AC6-1.2.3":                     {"Tenda", "AC6"},
		"IPCAM Central IPCC-9610":             {"IPCAM Central", "IPCC-9610"},
		"AXIS P1365 Mk II Network Camera":     {"Axis", "P1365 Mk II"},
		"AXIS 243Q(2) Blade 4.45":             {"Axis", "243Q"},
		"3Com - OfficeConnect":                {"3Com", ""},
		"Home - Mercury":                      {"", ""},
		"robin":                               {"", ""},
		"Airport parking":                     {"", ""},
		"MERCURY wireless router":             {"MERCURY", ""},
		"Meru Networks AP320":                 {"Meru", "AP320"},
		"Sharp MX-2600N":                      {"Sharp", "MX-2600N"},
		"Apple AirPort Extreme":               {"Apple", "AirPort Extreme"},
		"EZVIZ H3c 2K+":                       {"EZVIZ", "H3c 2K+"},
		"D-Link Internet Camera":              {"D-Link", ""},
		"Linksys forum, all about the WRT54G": {"", ""},
		"Reviews of the NETGEAR R7000":        {"", ""},
		"NETGEAR R7000 user manual":           {"", ""},
		"Broadcom BCM96348":                   {"", ""},
		"ASUS Login":                          {"ASUS", ""},
		"NETGEAR 802.11ac Router":             {"NETGEAR", ""},
		"Tenda ADSL2/2+ Modem":                {"Tenda", ""},
		"YouLess energy monitor":              {"Youless", ""},
		"Lantronix ThinWeb Manager 1.10":      {"Lantronix", ""},
		"Huawei 192.168.1.1":                  {"", ""},
		"IP phone Intelbras (192.168.1.5)":    {"Intelbras", ""},
		"H3C ER3200系统管理":                      {"H3C", "ER3200"},
		"登录爱快流控路由":                            {"iKuai", ""},
		"FAST 无线路由器":                          {"FAST", ""},
		"Logitec 無線LANルータ設定":                  {"Logitec", ""},
		"Tenda 企业级路由器":                        {"Tenda", ""},
		"维盟（WayOS）智能路由管理系统":                   {"WayOS", ""},
		"华为HG8245H密码":                         {"", ""},
		"NetGear [WIFI5GHz]":                  {"", ""},
		"小米官网":                                {"", ""},
		"LG® 27UL850":                         {"LG", "27UL850"},
		"Zyxel(R) NBG6617 Login":              {"Zyxel", "NBG6617"},
		"Intelbras - RX 1500":                 {"Intelbras", "RX 1500"},
		"Vaisala viewLinc":                    {"Vaisala", ""},
	} {
		t.Run(text, func(t *testing.T) {
			if vendor, model := s.namedFirst(text); vendor != want[0] || model != want[1] {
				t.Errorf("vendor %q and model %q, want %q", vendor, model, want)
			}
		})
	}
}

func TestATitleIsAModelOfTheHeadersMaker(t *testing.T) {
	for title, want := range map[string]string{"RTX830": "RTX830", "RTX990 Login": "RTX990", "RTX990 - Login page": "RTX990", "RTX990 review": ""} {
		if id := identify(saw(device.SourceHTTP, "server", "YAMAHA-RT", "title", title)); id.Model != want {
			t.Errorf("%q: %q, want %q", title, id.Model, want)
		}
	}
}

func TestAServerMayBeCalledByMakerAndModel(t *testing.T) {
	id := identify(saw(device.SourceHTTP, "server", "Sagemcom SE681 WiMAX"))
	if id.Vendor != "Sagemcom" || id.Model != "SE681" {
		t.Errorf("it is %q %q", id.Vendor, id.Model)
	}
	for server, vendor := range map[string]string{"lighttpd-Intelbras": "Intelbras", "lighttpd-1.4": "", "nginx-plus": "", "Boa-Asp": ""} {
		if id := identify(saw(device.SourceHTTP, "server", server)); id.Vendor != vendor {
			t.Errorf("%q is %q, want %q", server, id.Vendor, vendor)
		}
	}
	if id := identify(saw(device.SourceHTTP, "server", "Lantronix MSS100")); id.Vendor != "Lantronix" || id.Model != "MSS100" {
		t.Errorf("a model that no table has, behind its maker: %+v", id)
	}
	for _, server := range []string{"Cisco IOS15", "NETGEAR UPNP10", "Microsoft IIS10"} {
		if id := identify(saw(device.SourceHTTP, "server", server)); id.Model != "" {
			t.Errorf("a system or protocol behind a maker is model %q", id.Model)
		}
	}
	for server, model := range map[string]string{"Yealink SIP-T46S-66.85.0.5": "SIP-T46S", "DS-2CD2032-I/1.0": "DS-2CD2032-I", "D-Link DIR-615-E4": "DIR-615-E4"} {
		if id := identify(saw(device.SourceHTTP, "server", server)); id.Model != model {
			t.Errorf("%q is model %q, want %q", server, id.Model, model)
		}
	}
}

func TestACompanysNameIsItsMakers(t *testing.T) {
	for text, want := range map[string]string{
		"Aztech Systems, Ltd.":              "Aztech",
		"Shenzhen Tenda Technology Co.,Ltd": "Tenda",
		"Broadcom Corporation, Inc.":        "",
		"Opposite Inc.":                     "",
	} {
		if id := identify(saw(device.SourceHTTP, "title", text)); id.Vendor != want {
			t.Errorf("%q names %q", text, id.Vendor)
		}
	}
}

func TestAProgramBehindItsMakersNameIsNoModel(t *testing.T) {
	for _, text := range []string{"Hikvision iVMS-5060", "D-Link MPEG4"} {
		if id := identify(saw(device.SourceHTTP, "title", text)); id.Vendor == "" || id.Model != "" {
			t.Errorf("%q is a %q %q", text, id.Vendor, id.Model)
		}
	}
}

func TestACameraIsOneInAnyWords(t *testing.T) {
	for _, title := range []string{"Linksys Wireless-G Internet-Videokamera", "D-Link Kamera",
		"Cisco Video Surveillance 6930", "Cisco 6930 HD IP Camera"} { // whose telephones are numbers too
		if id := identify(saw(device.SourceHTTP, "title", title)); id.Kind != device.Camera {
			t.Errorf("%q is a %q", title, id.Kind)
		}
	}
}

func TestMakerAndModelMayBeJoinedByHyphens(t *testing.T) {
	s := Default()
	for text, want := range map[string][2]string{
		"ASUS-RT-AC66U":            {"ASUS", "RT-AC66U"},
		"ASUS_RT-N10U":             {"ASUS", "RT-N10U"},
		"OpenVox-Wireless-Gateway": {"OpenVox", ""},
		"Linksys-Muenster":         {"", ""},
		"linksys-rv042-nr021":      {"", ""},
		"Home-Router":              {"", ""},
	} {
		if vendor, model := s.namedJoined(text); vendor != want[0] || model != want[1] {
			t.Errorf("%s is read as %q, %q, want %q", text, vendor, model, want)
		}
	}
}

func TestChineseSaysMakerAndKindWithoutSpaces(t *testing.T) {
	for title, want := range map[string]struct {
		vendor string
		kind   device.Kind
	}{
		"小米路由器":   {"Xiaomi", device.Router},
		"斐讯路由器":   {"Phicomm", device.Router},
		"腾达无线路由器": {"Tenda", device.Router},
		"水星路由器":   {"MERCURY", device.Router},
		"迅捷路由器":   {"FAST", device.Router},
		"华为路由器":   {"Huawei", device.Router},
		"中兴光猫":    {"ZTE", device.Router},
		"锐捷路由器":   {"Ruijie", device.Router},
		"网件路由器":   {"NETGEAR", device.Router},
		"普联路由器":   {"TP-Link", device.Router},
		"烽火光猫":    {"FiberHome", device.Router},
		"华硕路由器":   {"ASUS", device.Router},
		"极路由":     {"HiWiFi", device.Router},
		"新华三路由器":  {"H3C", device.Router},
		"海康威视摄像机": {"Hikvision", device.Camera},
		"大华网络摄像机": {"Dahua", device.Camera},
		"宇视网络摄像机": {"Uniview", device.Camera},
		"群晖NAS":   {"Synology", device.NAS},
		"威联通NAS":  {"QNAP", device.NAS},
	} {
		if id := identify(saw(device.SourceHTTP, "title", title)); id.Vendor != want.vendor || id.Kind != want.kind {
			t.Errorf("%q is a %s of %q, want a %s of %q", title, id.Kind, id.Vendor, want.kind, want.vendor)
		}
	}
}

func TestAModelsBracketEndsWithIt(t *testing.T) {
	if _, model := Default().namedFirst("TP-LINK TD865W(TDP)"); model != "TD865W" {
		t.Errorf("the model is %q", model)
	}
}

func TestTheEndOfAnAddressIsNoPartOfAnInstancesModel(t *testing.T) {
	for instance, want := range map[string]string{
		"eufy HomeBase3-0474":     "HomeBase3",
		"Aqara Hub-1019":          "",
		"Heatmiser neoHub 0A1B2C": "neoHub",
	} {
		id := identify(saw(device.SourceMDNS, "service", "_hap._tcp", "instance", instance))
		if id.Model != want {
			t.Errorf("%q is read as the model %q, want %q", instance, id.Model, want)
		}
	}
}

func TestAServiceIsCalledByMakerAndModel(t *testing.T) {
	for _, c := range []struct{ service, instance, vendor, model string }{
		{"_ipp._tcp.local", "HP LaserJet Professional P1102w", "HP", "LaserJet Professional P1102w"},
		{"_googlecast._tcp.local", "Google-Nest-Hub-0123456789abcdef0123456789abcdef", "Google", "Nest Hub"},
		{"_http._tcp.local", "OKI-B430-A11C36", "Oki", "B430"},
		{"_http._tcp.local", "Piet-B430-A11C36", "", ""},
		{"_http._tcp.local", "Rachio-1A2B3C", "Rachio", ""},
		{"_http._tcp.local", "home-1A2B3C", "", ""},
	} {
		if id := identify(saw(device.SourceMDNS, "service", c.service, "instance", c.instance)); id.Vendor != c.vendor || id.Model != c.model {
			t.Errorf("%s is a %q %q, want %q %q", c.instance, id.Vendor, id.Model, c.vendor, c.model)
		}
	}
}

// A name that is also a word is no maker's where it makes no such thing.
func TestAWordBeforeARouterIsNoMakerOfRadios(t *testing.T) {
	for title, vendor := range map[string]string{
		"Dual WAN Router": "", "Quad Band LTE Router": "", "Quad NVR": "", "Monarch NAS": "", "Leak Camera": "",
		"Monarch printer": "Monarch", "Zebra Access Point": "Zebra", "Sharp printer": "Sharp", "MERCURY wireless router": "MERCURY",
	} {
		if id := identify(saw(device.SourceHTTP, "title", title)); id.Vendor != vendor {
			t.Errorf("%q is %q's, want %q", title, id.Vendor, vendor)
		}
	}
}

func TestTheGatewayOfAMakerOfOtherThingsLeadsElsewhere(t *testing.T) {
	for title, want := range map[string]device.Kind{
		"GARDENA smart Gateway":         device.Other, // in a test of the gateway's own pages
		"Beckhoff Gateway":              device.Other,
		"Dinstar VoIP Gateway":          device.Phone,
		"Siedle Smart Gateway":          device.Doorbell,
		"ads-tec Internet Gateway":      device.Router,
		"RUCKUS Smart Wi-Fi Gateway":    device.Router,
		"Smart Gateway":                 device.Router,
		"Janitza LTE Router or Gateway": device.Router,
	} {
		if id := identify(saw(device.SourceHTTP, "title", title)); id.Kind.Class() != want.Class() || want == device.Phone && id.Kind != want {
			t.Errorf("%q is a %s, want a %s", title, id.Kind, want)
		}
	}
}

// Whole titles and names that others use too are no provider's box, nor a program's firewall.
func TestAWordForManyThingsIsNoRouter(t *testing.T) {
	for title, router := range map[string]bool{
		"Salt": false, "Magenta": false, "Frontier": false, "Windows Firewall": false, "Firewall Analyzer": false, "Firewall Rules": false,
		"Salt Box": true, "Swisscom": true, "Rogers": true, "Firewall": true, "Firewall Login": true, "Deco": true,
	} {
		id := identify(saw(device.SourceHTTP, "title", title))
		if got := id.Kind.Class() == device.ClassNetwork; got != router {
			t.Errorf("%s is a %s of %q", title, id.Kind, id.Provider)
		}
	}
	if id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:Basic:1", "friendlyName", "Tim")); id.Kind != device.Unknown || id.Provider != "" {
		t.Errorf("Tim is a %s of %q", id.Kind, id.Provider)
	}
}
