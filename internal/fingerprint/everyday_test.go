package fingerprint

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"houdbaar/internal/device"
)

// Titles that people and programs give: none says who made the device or what it is.
func TestEverydayTitlesNameNothing(t *testing.T) {
	for _, text := range []string{
		"Home - Nova", "mercury", "robin", "Airport Express bus timetable", "RTX3080 rig", "RTX5000",
		"VIP Xtra club", "Smart Hub", "Home Hub", "Homebox", "Network space usage", "Jetpack Compose docs",
		"Videojet 1520", "Orange Pi Home", "Time Capsule: letters to the future", "Garage", "Aquarium",
		"Conference", "Sensor", "Access Control", "Ils ont raison", "Video Server", "Door phone forum",
		"Storage Options", "Checkpoint", "Mini LoRa gateway", "Blink Mini review", "FRITZ!Box 7490 Forum", "Develop", "Sunny Home", "Nighthawk gaming",
		"Play Station 3", "Orange Box", "Sky Q Box", "Spark Gateway", "Barricade tape in stock", "Barricade game", "ARV2023 conference", "DVC100",
		"Armor X2", "Orange Power Station", "Device(s)", "Gateway configuration for LoRa", "Three Hub", "ring-1", "Ringo", "Home/1.0", "Smart Home/Dashboard",
		"Wzmacniacz audio", "功率放大器", "Repetidor VHF", "Punto de acceso biométrico", "HDMI分享器", "Rejestrator temperatury", "Moen server",
		"OpenRG wiki", "Infosec Training Portal", "Best Power Station", "Wise Group Wiki", "Meta System", "AP-4000", "LIVE555 Streaming Media",
	} {
		t.Run(text, func(t *testing.T) {
			for _, o := range []device.Observation{
				saw(device.SourceHTTP, "title", text),
				saw(device.SourceMDNS, "service", "_ssh._tcp", "instance", text),
			} {
				if id := identify(o); id.Vendor != "" || id.Kind != device.Unknown {
					t.Errorf("in %s it is %q's %s", o.Source, id.Vendor, id.Kind)
				}
			}
		})
	}
}

// What routes pictures, sounds or a cutter's way, and what leads to radio bulbs, joins no home
// to the internet.
func TestNotEveryRouterRoutesPackets(t *testing.T) {
	for _, title := range []string{"SDI Router", "Audio Router", "CNC Router", "DMX Router", "OpenThread Border Router", "Smart Home Gateway", "Modbus/TCP to RTU Gateway", "Weather Station Gateway"} {
		if id := identify(saw(device.SourceHTTP, "title", title)); id.Kind.Class() == device.ClassNetwork {
			t.Errorf("%q is a %s", title, id.Kind)
		}
	}
}

// The access point of a heating's valves, and what joins a boiler to its maker, is no router.
func TestWhatJoinsAHousesThingsIsNoRouter(t *testing.T) {
	for _, words := range [][2]string{{"HomeMatic Access Point", "HmIP-HAP"}, {"Internet gateway for heating", "OPTO1"}, {"Smart Home Gateway", "SHC"}, {"free@home System Access Point", "SysAP"}} {
		id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:Basic:1", "friendlyName", words[0], "modelName", words[1]))
		if id.Kind.Class() == device.ClassNetwork {
			t.Errorf("%q is a %s", words[0], id.Kind)
		}
	}
}

// Cameras that iSpy's list names: no television, printer or switch of another maker.
func TestACamerasNameHidesItNot(t *testing.T) {
	for _, title := range []string{"Nexus IP-D50VP", "VIPS3020", "FS-6488W30", "WP-244W", "ADS-446"} {
		if id := identify(saw(device.SourceHTTP, "title", title)); id.Kind != device.Unknown {
			t.Errorf("%q is a %s", title, id.Kind)
		}
	}
	id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:Basic:1", "manufacturer", "Cotier", "friendlyName", "TV-631W", "modelName", "TV-631W"))
	if id.Kind != device.Camera {
		t.Errorf("Cotier's TV-631W is a %s", id.Kind)
	}
}

// A switch is none of what its maker is known for.
func TestASwitchIsWhatItsTitleSays(t *testing.T) {
	for _, title := range []string{"QNAP Switch", "QNAP QSS Switch", "Hikvision Switch", "PLANET GS-4210-24P", "Cudy GS1008PS2", "Uniview NSW3110"} {
		if id := identify(saw(device.SourceHTTP, "title", title)); id.Kind.Class() != device.ClassOther {
			t.Errorf("%q is a %s", title, id.Kind)
		}
	}
}

// What a router's own pages are called must not put it out of sight.
func TestARoutersPagesHideItNot(t *testing.T) {
	for _, title := range []string{"Access Control", "Remote Management", "Power Management", "Serial Port", "Parental Control", "LTE Router - Energy Monitor", "Out of Band Management", "Telemetry", "SMS Gateway", "Video Wall", "Document Camera", "Intercom System"} {
		if id := identify(saw(device.SourceHTTP, "title", title)); id.Kind.Class() == device.ClassOther {
			t.Errorf("%q is a %s", title, id.Kind)
		}
	}
}

// The program that serves a page says nothing against its title: lighttpd is no lamp, and what
// RomPager calls itself is no program to download.
func TestAWebServersProgramIsNoDevice(t *testing.T) {
	for _, c := range []struct {
		title, server string
		want          device.Kind
	}{
		{"VPN Gateway", "lighttpd/1.4.35", device.Router},
		{"VPN Gateway", "Linux, UPnP/1.0, Portable SDK for UPnP devices/1.6", device.Router},
		{"IP Surveillance", "Allegro-Software-RomPager/4.34", device.Camera},
		{"CCTV Login", "Allegro-Software-RomPager/4.34", device.Camera},
		{"HDVR", "Allegro-Software-RomPager/4.34", device.NVR},
		{"Mesh Router", "Icecast 2.4.4", device.Router},
	} {
		if id := identify(saw(device.SourceHTTP, "title", c.title, "server", c.server)); id.Kind != c.want {
			t.Errorf("%q of %q is a %s, want %s", c.title, c.server, id.Kind, c.want)
		}
	}
}

// What shares several lines, and a radio or access point of a maker of switches, is in sight.
func TestWordsOfOtherThingsHideNoRouter(t *testing.T) {
	for _, title := range []string{"TP-LINK Load Balancer", "Multi-WAN Load Balancer", "Ceragon Microwave Radio", "Dell PowerConnect W-IAP92", "N-Tron 702-W", "CCTV Alarm System", "Akuvox Door Access", "Video Phone Door Station"} {
		if id := identify(saw(device.SourceHTTP, "title", title)); id.Kind.Class() == device.ClassOther {
			t.Errorf("%q is a %s", title, id.Kind)
		}
	}
}

// A word of everybody's language is no name of a provider's box.
func TestAProvidersNameIsNotYetItsBox(t *testing.T) {
	for _, title := range []string{"du home office", "Movistar Base de conocimiento", "PLDT Home Account Login", "Airtel Xstream Play", "Virgin Hub Community", "Stonegate Primary School", "Vilar"} {
		if id := identify(saw(device.SourceHTTP, "title", title)); id.Kind != device.Unknown {
			t.Errorf("%q is a %s", title, id.Kind)
		}
	}
}

// Headings of a router's own menu, and what it can do besides, do not hide it.
func TestARoutersMenuHidesItNot(t *testing.T) {
	for _, heading := range []string{"Drucker", "Imprimante", "Telefonanlage", "Centralino", "коммутатор", "打印机"} {
		body := "<h2>" + heading + "</h2>"
		if id := identify(saw(device.SourceHTTP, "title", "Livebox", "body", body)); id.Kind.Class() != device.ClassNetwork {
			t.Errorf("with the heading %q it is a %s", heading, id.Kind)
		}
		if id := identify(saw(device.SourceHTTP, "title", "Start", "body", body)); id.Kind != device.Unknown {
			t.Errorf("a page of the heading %q is a %s", heading, id.Kind)
		}
	}
	for _, title := range []string{"路由器 交换机管理系统", "FRITZ!Box Telefonanlage"} {
		if id := identify(saw(device.SourceHTTP, "title", title)); id.Kind.Class() != device.ClassNetwork {
			t.Errorf("%q is a %s", title, id.Kind)
		}
	}
}

// A program's page about a model of several words is no page of the device.
func TestAMonitorOfADeviceIsNotTheDevice(t *testing.T) {
	for _, title := range []string{"AVM FRITZ!Repeater 1200 AX Monitor", "Ubiquiti UniFi 6 Long Range Statistics", "NETGEAR Orbi RBR850 Mesh Router Traffic", "Hikvision DS-2CD1047G3-LIU/SL Monitor", "ASUS ZenWiFi AX (XT8) Statistics"} {
		if id := identify(saw(device.SourceHTTP, "title", title)); id.Model != "" {
			t.Errorf("%q is a page of a %s", title, id.Model)
		}
	}
	if id := identify(saw(device.SourceHTTP, "title", "MBR1400 - Dashboard")); id.Model != "MBR1400" {
		t.Errorf("a router's own page is of %q", id.Model)
	}
}

// RS422 is a serial line too.
func TestADriveIsNoSerialLine(t *testing.T) {
	for _, title := range []string{"RS422+", "Synology RS422+", "Synology-RS422+"} {
		if id := identify(saw(device.SourceHTTP, "title", title)); id.Kind.Class() == device.ClassOther {
			t.Errorf("%q is a %s", title, id.Kind)
		}
	}
}

// The name of a line is its maker's, not a router's: laptops are called TUF too.
func TestALaptopOfAMakerOfRoutersIsNone(t *testing.T) {
	for _, title := range []string{"ASUS-TUF-A15", "ASUS TUF-A15"} {
		if id := identify(saw(device.SourceHTTP, "title", title)); id.Kind.Class() == device.ClassNetwork {
			t.Errorf("%q is a %s", title, id.Kind)
		}
	}
}

// Makers of telephones whose models are letters and a few digits make routers too.
func TestARouterOfAMakerOfTelephonesIsNone(t *testing.T) {
	for _, text := range []string{"Huawei B315s-22", "Huawei H122-373", "Huawei E5573Cs-322", "Huawei HG8245H", "Huawei EchoLife HG553", "Huawei WiFi AX3", "Huawei WS8100-23",
		"Huawei HiRouter-CD20", "Huawei K562e-10", "Huawei CPE Pro 2", "Multilaser G-PON", "Multilaser E-1200", "Multilaser F 300", "Multilaser RE170"} {
		maker, model, _ := strings.Cut(text, " ")
		for _, o := range []device.Observation{
			saw(device.SourceHTTP, "title", text),
			saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:Basic:1", "manufacturer", maker, "modelName", model),
		} {
			if id := identify(o); id.Kind.Class() == device.ClassOther {
				t.Errorf("%s: %q is a %s", o.Source, text, id.Kind)
			}
		}
	}
}

// What speaks for the telephone in a router's realm does not hide the router.
func TestARoutersTelephoneHidesItNot(t *testing.T) {
	for _, realm := range []string{"Speedport VoIP", "Linksys VoIP", "FRITZ!Box VoIP"} {
		if id := identify(saw(device.SourceHTTP, "realm", realm)); id.Kind == device.Phone {
			t.Errorf("%q is a %s", realm, id.Kind)
		}
	}
}

func TestANameInsideAnotherWordIsNoName(t *testing.T) {
	for _, text := range []string{"InterSpace", "Pacer/1.0", "LowerASCII/1.0", "PowerAlert/1.0", "Reinvigorate", "PrepareContext", "Endianness", "Home/1.0", "Milestones", "Web Services", "Web Wiz Rich Text Editor/1.0", "IBM_HTTP_Server/2.0"} {
		for _, field := range []string{"server", "title"} {
			if id := identify(saw(device.SourceHTTP, field, text)); id.Kind != device.Unknown || id.Vendor != "" {
				t.Errorf("the %s %q is a %q of %q", field, text, id.Kind, id.Vendor)
			}
		}
	}
	for _, text := range []string{"verbose/1.0", "rtlGetVersion/1.0", "adslimit/1.0"} {
		if id := identify(saw(device.SourceSSDP, "server", "Linux/3.10 UPnP/1.0 "+text)); id.Kind != device.Unknown || id.Vendor != "" {
			t.Errorf("the server %q is a %q of %q", text, id.Kind, id.Vendor)
		}
	}
}

func TestAMakersNameIsAllOfIt(t *testing.T) {
	for _, maker := range []string{"Opposite", "Purelib", "Promised", "Strongfrom"} {
		if id := identify(saw(device.SourceUPnP, "depth", "0", "manufacturer", maker, "modelName", "Thing")); id.Kind != device.Unknown {
			t.Errorf("a thing of %q is a %q", maker, id.Kind)
		}
	}
}

// A provider's television box is not what joins the home to the provider.
func TestAProvidersTelevisionBoxIsNoGateway(t *testing.T) {
	for _, title := range []string{"Ziggo Mediabox", "KPN TV Box", "Telenet TV-box", "Virgin Media TV", "Orange décodeur TV", "Freebox Player"} {
		if id := identify(saw(device.SourceHTTP, "title", title)); id.Kind.Class() == device.ClassNetwork {
			t.Errorf("%q is %q's %s", title, id.Vendor, id.Kind)
		}
	}
}

// What has a maker of many things must not be put out of sight by the maker's name, nor
// by a number that another maker's things have too.
func TestNothingJudgedIsHiddenByItsMaker(t *testing.T) {
	for _, c := range []struct {
		text string
		want device.Class
	}{
		{"AXIS P8513 Network Camera", device.ClassCamera},
		{"Gigaset elements camera", device.ClassCamera},
		{"Grandstream GWN7062", device.ClassNetwork},
		{"SoyeaLink B535-333", device.ClassNetwork},
		{"Fanvil i30", device.ClassCamera},
		{"Moxa EDR-G903", device.ClassNetwork},
		{"Phoenix Contact FL MGUARD", device.ClassNetwork},
		{"Zebra Technologies AP7522", device.ClassNetwork},
		{"ScreenBeam WCB6200Q", device.ClassNetwork},
		{"Alcatel-Lucent OmniAccess", device.ClassNetwork},
		{"Basalte Adelante", device.ClassCamera},
		{"Paradox HD77", device.ClassCamera},
		{"Ajax Systems", device.ClassUnknown},
		{"TOA Corporation", device.ClassUnknown},
		{"Qolsys IQ WiFi 6", device.ClassUnknown},
		{"AudioCodes Mediant 800 MSBR", device.ClassUnknown},
		{"SIMATIC NET SCALANCE W788-1", device.ClassUnknown},
		{"ABB Welcome", device.ClassUnknown},
		{"Aqara", device.ClassUnknown},
		{"Tuya", device.ClassUnknown},
		{"SmartThings Wifi", device.ClassUnknown},
		{"AP8533", device.ClassUnknown},
		{"AP8050DN", device.ClassUnknown},
		{"Medialink", device.ClassUnknown},
	} {
		t.Run(c.text, func(t *testing.T) {
			if id := identify(saw(device.SourceHTTP, "title", c.text)); id.Kind.Class() != c.want {
				t.Errorf("it is %q's %s", id.Vendor, id.Kind)
			}
		})
	}
}

func TestACameraOfAMakerOfSpeakersIsACamera(t *testing.T) {
	id := identify(saw(device.SourceUPnP, "manufacturer", "Google", "modelName", "Google Nest Cam (Indoor)", "depth", "0"))
	if id.Kind != device.Camera {
		t.Errorf("it is a %s", id.Kind)
	}
}

// TestACameraBesideALoudspeakerIsNotHidden: a router passes on what stands behind it, and a
// computer plays one thing and another; what says in a standard's words that it is a camera
// or a router keeps it in sight. Invented after the form.
func TestACameraBesideALoudspeakerIsNotHidden(t *testing.T) {
	speaker := saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:MediaRenderer:1", "manufacturer", "Yamaha Corporation", "modelName", "RX-V3900")
	camera := saw(device.SourceWSD, "types", "dn:NetworkVideoTransmitter", "scope.name", "IPCAM")
	if id := identify(camera); id.Kind != device.Camera || len(id.Doubts) > 0 {
		t.Fatalf("alone it is a %s, %v", id.Kind, id.Doubts)
	}
	if id := identify(speaker); id.Kind != device.Speaker || len(id.Doubts) > 0 {
		t.Fatalf("alone it is a %s, %v", id.Kind, id.Doubts)
	}
	if id := identify(speaker, camera); id.Kind.Class() == device.ClassOther && !slices.ContainsFunc(id.Doubts, func(d device.Doubt) bool { return d.Part == device.PartKind }) {
		t.Errorf("together they are a %s, and no doubt: %v", id.Kind, id.Doubts)
	}
}

// A program on a router that offers a service hides it no more than its web page's title does.
func TestWhatAnnouncesAGatewayIsOne(t *testing.T) {
	gateway := saw(device.SourceSSDP, "st", "urn:schemas-upnp-org:device:InternetGatewayDevice:1", "server", "Linux UPnP/1.0")
	for name, beside := range map[string]device.Observation{
		"a music player":      saw(device.SourceMDNS, "service", "_mpd._tcp", "instance", "box"),
		"a program's service": saw(device.SourceMDNS, "service", "_jellyfin._tcp", "instance", "box"),
		"a page of switches":  saw(device.SourceHTTP, "title", "Energy monitor"),
		"a port":              saw(device.SourceSSDP, "location", "http://192.0.2.1:49152/setup.xml"),
	} {
		t.Run(name, func(t *testing.T) {
			if id := identify(gateway, beside); id.Kind.Class() != device.ClassNetwork {
				t.Errorf("it is a %s", id.Kind)
			}
		})
	}
}

func TestAPythonProgramMayRunOnAnything(t *testing.T) {
	if id := identify(saw(device.SourceHTTP, "server", "BaseHTTP/0.6 Python/3.9.2")); id.Kind != device.Unknown {
		t.Errorf("it is a %s", id.Kind)
	}
}

func TestAPageOfPicturesAndTablesIsNobodys(t *testing.T) {
	for title, body := range map[string]string{
		"Homer dashboard":  `<img src="/assets/qnap-logo.png">`,
		"Attached devices": `<td>F5D7230-4</td>`,
	} {
		t.Run(title, func(t *testing.T) {
			if id := identify(saw(device.SourceHTTP, "title", title, "body", body)); id.Vendor != "" || id.Model != "" {
				t.Errorf("it is %q's %q", id.Vendor, id.Model)
			}
		})
	}
}

func TestAModelIsNotCutFromALongerOne(t *testing.T) {
	for text, want := range map[string]string{
		"Linux/2.6 UPnP/1.0 ASUS_RT-N600RU/1.0":        "RT-N600RU",
		"Linux/2.6 UPnP/1.0 WN-AC1167GR/1.0":           "WN-AC1167GR",
		"Linux/2.6 UPnP/1.0 Wavlink_WL-WN530HG4/1.0":   "WL-WN530HG4",
		"Linux/2.6 UPnP/1.0 Apple_AirPort_Extreme/1.0": "AirPort Extreme",
	} {
		t.Run(text, func(t *testing.T) {
			if id := identify(saw(device.SourceSSDP, "server", text)); id.Model != want {
				t.Errorf("it is %q's %q, want %q", id.Vendor, id.Model, want)
			}
		})
	}
}

// A maker of whom the catalogue has a model that may be a router, a camera or a drive makes
// more than what is never judged.
func TestAMakerInTheCatalogueIsNotPutOutOfSight(t *testing.T) {
	for _, models := range Default().known {
		for _, m := range models {
			if made := Default().vendors[m.maker].Kind; made.Class() == device.ClassOther && m.kind.Class() != device.ClassOther {
				t.Errorf("%s makes only things of the kind %s, and a %s", m.maker, made, m.model)
			}
		}
	}
}

// TestAProvidersTelevisionBoxIsNoRouter: it bears the same name, which its owner may have
// given it.
func TestAProvidersTelevisionBoxIsNoRouter(t *testing.T) {
	media := []string{"_androidtvremote2", "_googlecast", "_airplay", "_spotify-connect", "_workstation", "_smb", "_ssh"}
	for _, name := range []string{"KPN TV+ Box", "Ziggo Next Mini", "Ziggo Mediabox", "Odido TV Box", "Proximus TV Box", "Freebox Player", "kpn", "ziggo", "odido"} {
		for _, service := range media {
			id := identify(saw(device.SourceMDNS, "service", service+"._tcp.local", "instance", name, "host", "x.local"))
			if c := id.Kind.Class(); c != device.ClassOther && c != device.ClassUnknown {
				t.Errorf("%s at %s is a %s", name, service, id.Kind)
			}
		}
		id := identify(saw(device.SourceUPnP, "deviceType", "urn:schemas-upnp-org:device:MediaRenderer:1", "friendlyName", name, "manufacturer", "X", "modelName", "Y"))
		if c := id.Kind.Class(); c != device.ClassOther && c != device.ClassUnknown {
			t.Errorf("%s as a renderer is a %s", name, id.Kind)
		}
	}
	for _, title := range []string{"Bbox Miami", "Bbox 4K", "Verizon Fios TV"} {
		if id := identify(saw(device.SourceHTTP, "title", title)); id.Kind.Class() == device.ClassNetwork {
			t.Errorf("the title %q is a %s", title, id.Kind)
		}
	}
	if id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:Basic:1", "manufacturer", "vivo", "modelName", "V2219")); id.Kind.Class() == device.ClassNetwork {
		t.Errorf("a telephone of vivo, who is called like a provider, is a %s", id.Kind)
	}
	if id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "Vodafone", "modelName", "Smart Pro Hub")); id.Kind.Class() != device.ClassNetwork {
		t.Errorf("a gateway that is called like one of Vodafone's telephones is a %s", id.Kind)
	}
	for _, name := range []string{"KPN Box 12", "Ziggo Connectbox"} {
		if id := identify(saw(device.SourceMDNS, "service", "_http._tcp.local", "instance", name)); id.Kind.Class() != device.ClassNetwork {
			t.Errorf("%s is a %s", name, id.Kind)
		}
	}
}

func TestARouterThatSharesAPrinterIsNotPutOutOfSight(t *testing.T) {
	id := identify(
		saw(device.SourceSSDP, "server", "Linux UPnP/1.0", "st", igd),
		saw(device.SourceMDNS, "service", "_ipp._tcp.local", "instance", "EPSON XP-520", "txt.ty", "EPSON XP-520 Series"),
	)
	want := []device.Doubt{{Part: device.PartKind, Values: []string{"printer", "router"}}}
	if diff := cmp.Diff(want, id.Doubts); diff != "" {
		t.Errorf("doubts (-want +got):\n%s", diff)
	}
}

// Who speaks the protocol of cameras alone stays in doubt, whatever else it says it is.
func TestWhoSpeaksACamerasProtocolIsNotPutOutOfSight(t *testing.T) {
	for name, c := range map[string][2]device.Observation{
		"a recorder that calls itself an inverter": {saw(device.SourceDVRIP, "ChannelNum", "4"), saw(device.SourceMDNS, "service", "_solaredge-modbus._tcp", "instance", "x")},
		"a camera that calls itself a plug":        {saw(device.SourcePPPP, "prefix", "FTYC"), saw(device.SourceMDNS, "service", "_hap._tcp", "instance", "x", "txt.ci", "7")},
		"a camera that calls itself a light":       {saw(device.SourceV380, "result", "1"), saw(device.SourceMDNS, "service", "_hap._tcp", "instance", "x", "txt.ci", "5")},
		"a camera that calls itself a printer":     {saw(device.SourcePPPP, "prefix", "VSTB"), saw(device.SourceHTTP, "title", "HP LaserJet P1102w")},
		"a camera with a printer's prefix":         {saw(device.SourcePPPP, "prefix", "EUPRAKM"), saw(device.SourceWSD, "types", "dn:NetworkVideoTransmitter")},
	} {
		id := identify(c[0], c[1])
		doubted := slices.ContainsFunc(id.Doubts, func(d device.Doubt) bool { return d.Part == device.PartKind })
		if id.Kind.Class() != device.ClassCamera && !doubted {
			t.Errorf("%s: %s, and no doubt of it", name, id.Kind)
		}
	}
}

func TestWhatAMakerBuildsOnOpenWrtIsTheMakers(t *testing.T) {
	server := saw(device.SourceSSDP, "server", "OpenWRT/19.07.4 UPnP/1.1 MiniUPnPd/2.1")
	described := func(manufacturer, model string) device.Observation {
		return saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:InternetGatewayDevice:1", "manufacturer", manufacturer, "modelName", model)
	}
	if id := identify(server, described("Arcadyan, Inc.", "PRV33AX349B-B")); id.Software != "" || id.Firmware != "" {
		t.Errorf("a maker's box runs %q %q", id.Software, id.Firmware)
	}
	if id := identify(server, described("OpenWrt", "OpenWrt router")); id.Software != "OpenWrt" || id.Firmware != "19.07.4" {
		t.Errorf("OpenWrt is %q %q", id.Software, id.Firmware)
	}
	livebox := saw(device.SourceSSDP, "server", "OpenWRT/12.09.1 UPnP/1.1 MiniUPnPd/2.1.20191006", "st", "urn:schemas-upnp-org:device:InternetGatewayDevice:1")
	if id := identify(livebox); id.Software != "" || id.Firmware != "" || id.Kind != device.Router {
		t.Errorf("a version that OpenWrt never had is a %s that runs %q %q", id.Kind, id.Software, id.Firmware)
	}
}

func TestABoxAtATelevisionIsNoGatewayOfItsMaker(t *testing.T) {
	for model, want := range map[string]device.Kind{"XStream_Smart_Box_001": device.TV, "UHD_STB_100": device.TV, "Set-Top Box 4K": device.TV, "STBR2": device.Gateway, "Livebox": device.Gateway} {
		if id := identify(saw(device.SourceUPnP, "manufacturer", "Technicolor", "modelName", model)); id.Kind != want {
			t.Errorf("%s is a %s, want %s", model, id.Kind, want)
		}
	}
}

func TestADoorStationIsNoSwitchboard(t *testing.T) {
	if id := identify(saw(device.SourceHTTP, "title", "Loxone Intercom Video")); id.Kind != device.Doorbell {
		t.Errorf("a door station is a %s", id.Kind)
	}
}

func TestAMakersOwnDeviceTypeIsNoRouter(t *testing.T) {
	o := saw(device.SourceSSDP, "server", "Unknown/0.0 UPnP/1.0 Virata-EmWeb/R6_0_1", "nt", "urn:replaytv-com:device:ReplayDevice:1")
	if id := identify(o); id.Kind != device.Unknown {
		t.Errorf("a television recorder is a %s", id.Kind)
	}
	delete(o.Fields, "nt")
	if id := identify(o); id.Kind != device.Router {
		t.Errorf("its web server alone is of a %s, not a router", id.Kind)
	}
}

// A maker of routers, cameras or drives makes other things too: what a title calls a thing
// goes before what its maker is best known for.
func TestAMakersOtherThingsAreNoneOfItsRouters(t *testing.T) {
	for _, maker := range []string{"D-Link", "TP-Link", "NETGEAR", "Linksys", "Zyxel", "Huawei", "ZTE", "Sagemcom", "TRENDnet", "Edimax", "Mercusys", "TOTOLINK", "Zhone", "Aztech"} {
		for _, thing := range []string{"TV", "Phone", "Telephone", "Decoder", "Alarm", "Printer", "Speaker", "Camera", "IPC", "NVR", "NAS", "Switch", "Set-Top Box"} {
			if id := identify(saw(device.SourceHTTP, "title", maker+" "+thing)); id.Kind.Class() == device.ClassNetwork {
				t.Errorf("%s %s is a %s", maker, thing, id.Kind)
			}
			for _, field := range []string{"modelName", "modelDescription"} {
				if id := identify(saw(device.SourceUPnP, "deviceType", "urn:schemas-upnp-org:device:Basic:1", "manufacturer", maker, field, thing)); id.Kind.Class() == device.ClassNetwork {
					t.Errorf("a %s %s by its %s is a %s", maker, thing, field, id.Kind)
				}
			}
		}
		for _, whole := range []string{"Wireless Router Switch", "Access Point Switch", "VoIP Gateway Phone", "DSL Modem UPS"} { // what is in a router hides none
			if id := identify(saw(device.SourceUPnP, "deviceType", "urn:schemas-upnp-org:device:Basic:1", "manufacturer", maker, "modelDescription", whole)); id.Kind.Class() == device.ClassOther {
				t.Errorf("the %s of %s is a %s", whole, maker, id.Kind)
			}
		}
		if id := identify(saw(device.SourceHTTP, "title", maker+" Router")); id.Kind.Class() != device.ClassNetwork {
			t.Errorf("%s Router is a %s", maker, id.Kind)
		}
	}
}
