package fingerprint

import (
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"houdbaar/internal/device"
)

const igd = "urn:schemas-upnp-org:device:InternetGatewayDevice:1"

// saw makes an observation of a source from field, value, field, value ...
func saw(source string, fields ...string) device.Observation {
	f := map[string]string{}
	for i := 0; i+1 < len(fields); i += 2 {
		f[fields[i]] = fields[i+1]
	}
	return device.Observation{Source: source, Addr: netip.MustParseAddr("192.0.2.1"), Fields: f}
}

func identify(obs ...device.Observation) device.Identity {
	return Default().Identify(device.Device{Observations: obs})
}

func TestNothingSaidIsAnIdentityToo(t *testing.T) {
	if diff := cmp.Diff(device.Identity{}, Default().Identify(device.Device{})); diff != "" {
		t.Errorf("an identity of nothing says something (-want +got):\n%s", diff)
	}
}

func TestATemplateThatNobodyFilledInIsNoName(t *testing.T) {
	id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "friendlyName", "%s", "manufacturer", "%s", "modelName", "%s"))
	if id.Name != "" || id.Vendor != "" || id.Model != "" {
		t.Errorf("called %q, by %q, model %q", id.Name, id.Vendor, id.Model)
	}
}

func TestAFriendlyNameIsAName(t *testing.T) {
	for _, name := range []string{"DIR-860L", "FRITZ!Box 7590", "RT-AC68U", "Archer C7", "DS-2CD2032-I", "R7000"} {
		id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "friendlyName", name))
		if id.Model != "" || id.Vendor != "" {
			t.Errorf("%q: read as %q %q; a name can be chosen", name, id.Vendor, id.Model)
		}
		if id.Name != name {
			t.Errorf("name is %q, want %q", id.Name, name)
		}
	}
}

// TestWhatPlaysIsNoRouter: a provider's name on a player is that of a television box.
func TestWhatPlaysIsNoRouter(t *testing.T) {
	for _, name := range []string{"Bbox Miami", "xfinity X1", "Ziggo", "KPN", "Vodafone", "Livebox"} {
		for _, sort := range []string{"MediaRenderer:1", "tvdevice:1", "dial:1"} {
			id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:"+sort, "friendlyName", name, "modelName", name))
			if id.Kind.Class() == device.ClassNetwork {
				t.Errorf("%s, a %s, is called a %s", name, sort, id.Kind)
			}
		}
	}
}

// Some send back whatever was searched for; the USN has the name of what answers.
// TestACameraOfAMakerOfRouters has makers who make one sort of thing make another, and says
// in its name what it is.
func TestACameraOfAMakerOfRouters(t *testing.T) {
	for title, want := range map[string]device.Kind{
		"Sitecom IPCAM-200":      device.Camera,
		"Aztech WIPC100":         device.Camera,
		"Aztech DSL1000":         device.Gateway,
		"WeVO 11AC NAS Router":   device.Router,
		"Aztech Wireless Camera": device.Camera,
	} {
		if got := identify(saw(device.SourceHTTP, "title", title)).Kind; got != want {
			t.Errorf("%q is a %q, want %q", title, got, want)
		}
	}
}

func TestWhoSendsTheSearchBackIsNoRouter(t *testing.T) {
	for _, usn := range []string{"urn:schemas-upnp-org:service:ContentDirectory:2", "urn:schemas-upnp-org:device:MediaRenderer:1", "urn:schemas-upnp-org:device:Basic:1"} {
		id := identify(saw(device.SourceSSDP, "server", "Linux UPnP/1.0 BH-upnpdev/2.0",
			"st", "urn:schemas-upnp-org:service:WANPPPConnection:1", "usn", "uuid:3d59d5e0-1dd2-11b2-bfd6-000391000000::"+usn))
		if id.Kind.Class() == device.ClassNetwork {
			t.Errorf("%s is a %s", usn, id.Kind)
		}
	}
}

func TestAComputerThatSharesItsLineIsNoRouterFromAShop(t *testing.T) {
	tests := map[string]struct {
		obs  device.Observation
		want device.Kind
	}{
		"Windows shares its connection": {saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "Microsoft Corporation",
			"modelName", "Internet Connection Sharing", "friendlyName", "Internet Connection Sharing"), device.Computer},
		"MiniUPnPd on Debian": {saw(device.SourceSSDP, "server", "Debian/9 UPnP/1.1 MiniUPnPd/2.1"), device.Router},
		"MiniDLNA on Debian": {saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:MediaServer:1",
			"manufacturer", "Justin Maggard", "modelName", "Windows Media Connect compatible (MiniDLNA)", "modelNumber", "1"), device.Unknown},
		"a media server": {saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:MediaServer:1",
			"manufacturer", "Plex, Inc.", "modelName", "Plex Media Server", "modelNumber", "1.32.5"), device.Computer},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			id := identify(test.obs)
			if id.Kind != test.want || id.Model != "" {
				t.Errorf("read as %s %q %q, want %s without a model", id.Kind, id.Vendor, id.Model, test.want)
			}
		})
	}
}

func TestThirdPartyFirmwareSilencesTheMakersVersion(t *testing.T) {
	id := identify(
		saw(device.SourceSSDP, "server", "OpenWRT/21.02 UPnP/1.1 MiniUPnPd/2.2"),
		saw(device.SourceHTTP, "title", "D-Link DIR-860L"),
		saw(device.SourceHNAP, "VendorName", "D-Link", "ModelName", "DIR-860L", "FirmwareVersion", "1.10", "HardwareVersion", "B1"),
	)
	if id.Software != "OpenWrt" || id.Firmware != "21.02" || id.Model != "DIR-860L" || id.Revision != "B1" {
		t.Errorf("got %s %s %s firmware %q software %q, want D-Link DIR-860L B1 with OpenWrt 21.02 and no version of D-Link's", id.Vendor, id.Model, id.Revision, id.Firmware, id.Software)
	}
}

func TestWithoutAMakerTheVersionIsThatOfWhatRuns(t *testing.T) {
	id := identify(saw(device.SourceSSDP, "server", "OpenWRT/21.02 UPnP/1.1 MiniUPnPd/2.2"))
	if id.Software != "OpenWrt" || id.Firmware != "21.02" || id.Vendor != "" {
		t.Errorf("got %q firmware %q vendor %q", id.Software, id.Firmware, id.Vendor)
	}
}

func TestASecondServerHeaderIsRead(t *testing.T) {
	for _, source := range []string{device.SourceSSDP, device.SourceHTTP} {
		id := identify(saw(source, "server", "nginx/1.2", "server#2", "Linux/2.6 UPnP/1.0 D-Link DIR-860L/1.0"))
		if id.Vendor != "D-Link" || id.Model != "DIR-860L" {
			t.Errorf("%s: got %q %q, want the model of the second header", source, id.Vendor, id.Model)
		}
		if id := identify(saw(source, "server", "Linux/2.6 UPnP/1.0 D-Link DIR-860L/1.0", "server#2", "Linux/2.6 UPnP/1.0 D-Link DIR-655/1.0")); len(id.Doubts) == 0 {
			t.Errorf("%s: two headers that name two devices are no doubt: %+v", source, id)
		}
	}
	if id := identify(saw(device.SourceUPnP, "server#2", "Linux/2.6 UPnP/1.0 D-Link DIR-860L/1.0")); id.Vendor != "" {
		t.Errorf("an element of a description called so was read as a header: %+v", id)
	}
}

// TestACertificateIsAWeakWord: anybody may show any.
func TestACertificateIsAWeakWord(t *testing.T) {
	for name, c := range map[string]struct {
		o             device.Observation
		vendor, model string
		doubted       bool
	}{
		"a maker":                       {saw(device.SourceHTTP, "certificate.o", "NETGEAR, Inc."), "NETGEAR", "", false},
		"a name of a maker's":           {saw(device.SourceHTTP, "certificate.cn", "192.168.0.1", "certificate.dns", "tplinkwifi.net"), "TP-Link", "", false},
		"a model":                       {saw(device.SourceHTTP, "certificate.cn", "RT-AC68U"), "ASUS", "RT-AC68U", true},
		"a maker and a model":           {saw(device.SourceHTTP, "certificate.cn", "RT-AC68U", "certificate.o", "ASUSTeK Computer Inc."), "ASUS", "RT-AC68U", true},
		"a title says the model too":    {saw(device.SourceHTTP, "certificate.cn", "RT-AC68U", "title", "RT-AC68U"), "ASUS", "RT-AC68U", false},
		"a name that begins as a maker": {saw(device.SourceHTTP, "certificate.cn", "asus.example.com"), "", "", false},
		"a site at home":                {saw(device.SourceHTTP, "certificate.cn", "netgear.jansen.example", "certificate.o", "Let's Encrypt"), "", "", false},
		"who made another's":            {saw(device.SourceHTTP, "certificate.issuer", "NETGEAR"), "", "", false},
		"another page says otherwise":   {saw(device.SourceHTTP, "title", "D-Link DIR-860L", "certificate.o", "NETGEAR"), "D-Link", "DIR-860L", false},
	} {
		id := identify(c.o)
		doubted := slices.ContainsFunc(id.Doubts, func(d device.Doubt) bool { return d.Part == device.PartModel })
		if id.Vendor != c.vendor || id.Model != c.model || doubted != c.doubted {
			t.Errorf("%s: got %q %q, doubts %+v; want %q %q", name, id.Vendor, id.Model, id.Doubts, c.vendor, c.model)
		}
	}
}

func TestWhatContradictsItselfIsDoubted(t *testing.T) {
	tests := map[string]struct {
		obs  []device.Observation
		want []device.Doubt
	}{
		"two models in one SERVER form": {
			[]device.Observation{
				saw(device.SourceSSDP, "server", "FRITZ!Box 7390 UPnP/1.0 AVM FRITZ!Box 7390 84.06.83"),
				saw(device.SourceSSDP, "server", "FRITZ!Box 7590 UPnP/1.0 AVM FRITZ!Box 7590 154.07.57"),
			},
			[]device.Doubt{
				{Part: device.PartModel, Values: []string{"FRITZ!Box 7390", "FRITZ!Box 7590"}},
				{Part: device.PartFirmware, Values: []string{"154.07.57", "84.06.83"}},
			},
		},
		"an announcement against an answer": {
			[]device.Observation{
				saw(device.SourceHNAP, "VendorName", "D-Link", "ModelName", "DIR-860L", "HardwareVersion", "A1"),
				saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "D-Link", "modelName", "D-Link Router", "modelNumber", "DIR-X5460"),
			},
			[]device.Doubt{{Part: device.PartModel, Values: []string{"DIR-860L", "DIR-X5460"}}},
		},
		"a page title against a maker and a model without rules of their own": {
			[]device.Observation{
				saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:Basic:1", "manufacturer", "Zavio", "modelName", "CB5220"),
				saw(device.SourceHTTP, "title", "Hikvision DS-2CD2032-I"),
			},
			[]device.Doubt{{Part: device.PartVendor, Values: []string{"Hikvision", "Zavio"}}},
		},
		"a page title against a model without a rule of its own": {
			[]device.Observation{
				saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "Reolink", "modelName", "RLC-410"),
				saw(device.SourceHTTP, "title", "Reolink RLC-823S1"),
			},
			[]device.Doubt{{Part: device.PartModel, Values: []string{"RLC-823S1", "RLC-410"}}},
		},
		"another revision": {
			[]device.Observation{
				saw(device.SourceHNAP, "VendorName", "D-Link", "ModelName", "DIR-860L", "HardwareVersion", "A1"),
				saw(device.SourceMDNS, "service", "_dhnap._tcp", "instance", "x", "txt.model_number", "DIR-860L", "txt.hw_version", "B1"),
			},
			[]device.Doubt{{Part: device.PartRevision, Values: []string{"A1", "B1"}}},
		},
		"another vendor": {
			[]device.Observation{
				saw(device.SourceTDP, "device_model", "C210", "device_type", "SMART.IPCAMERA"),
				saw(device.SourceSADP, "DeviceDescription", "DS-2CD2032-I", "SoftwareVersion", "V5.4.5build 170123"),
			},
			[]device.Doubt{{Part: device.PartVendor, Values: []string{"Hikvision", "TP-Link"}}},
		},
		"another box speaks in its name": {
			[]device.Observation{
				saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "Linksys", "modelName", "E1200", "modelNumber", "E1200"),
				saw(device.SourceSSDP, "server", "FRITZ!Box 7590 UPnP/1.0 AVM FRITZ!Box 7590 154.07.57"),
			},
			[]device.Doubt{{Part: device.PartVendor, Values: []string{"AVM", "Linksys"}}},
		},
		"a router that somebody calls a television": {
			[]device.Observation{
				saw(device.SourceSSDP, "server", "Linux, UPnP/1.0, DIR-860L Ver 1.10"),
				saw(device.SourceMDNS, "service", "_hap._tcp", "instance", "x", "txt.ci", "31"),
			},
			[]device.Doubt{{Part: device.PartKind, Values: []string{"tv", "router"}}},
		},
		"a system of routers and of switches": {
			[]device.Observation{saw(device.SourceHTTP, "realm", "level_15_access", "server", "cisco-IOS")},
			[]device.Doubt{{Part: device.PartKind, Values: []string{"router", "other"}}},
		},
		"the same where the model tells": {
			[]device.Observation{saw(device.SourceHTTP, "realm", "level_15_access", "server", "cisco-IOS"),
				saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "Cisco", "modelName", "RV130W")}, nil,
		},
		"a light bridge imitated by a program on a NAS": {
			[]device.Observation{
				saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:Basic:1", "manufacturer", "Synology", "modelName", "DS216+II", "modelNumber", "DS216+II 6.2-25426"),
				saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:Basic:1", "manufacturer", "Royal Philips Electronics", "modelName", "Philips hue bridge 2015", "modelNumber", "BSB002"),
			}, nil,
		},
		"the same, written twice": {
			[]device.Observation{
				saw(device.SourceHTTP, "realm", "TP-LINK Wireless N Router WR841N"),
				saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "TP-LINK", "modelName", "TL-WR841N", "modelNumber", "9.0"),
				saw(device.SourceSSDP, "server", "ipos/7.0 UPnP/1.0 TL-WR841N/9.0"),
			}, nil,
		},
		"with and without its revision": {
			[]device.Observation{
				saw(device.SourceHTTP, "realm", "NETGEAR R7500"),
				saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "NETGEAR, Inc.", "modelName", "NETGEAR Smart WiFi Router", "modelNumber", "R7500v2"),
			}, nil,
		},
		"one description read in two ways": {
			[]device.Observation{
				saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "Technicolor", "modelName", "MediaAccess TG", "modelNumber", "588v"),
				saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:Basic:1", "manufacturer", "Technicolor", "modelName", "MediaAccess TG", "modelNumber", "588v"),
			}, nil,
		},
		"a media server on a NAS": {
			[]device.Observation{
				saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:Basic:1", "manufacturer", "Synology", "modelName", "DS216+II", "modelNumber", "DS216+II 6.2-25426"),
				saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:MediaServer:1", "manufacturer", "Plex, Inc.", "modelName", "Plex Media Server", "modelNumber", "1.32.5"),
			}, nil,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			id := identify(test.obs...)
			sorted := cmp.Transformer("values", func(d device.Doubt) map[string]bool {
				m := map[string]bool{string(d.Part): true}
				for _, v := range d.Values {
					m[v] = true
				}
				return m
			})
			if diff := cmp.Diff(test.want, id.Doubts, sorted); diff != "" {
				t.Errorf("doubts (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTheLabelBeatsTheNetworkWithoutDoubt(t *testing.T) {
	id := identify(
		saw(device.SourceHNAP, "VendorName", "D-Link", "ModelName", "DIR-860L", "HardwareVersion", "A1"),
		saw(device.SourceLabel, "vendor", "D-Link", "model", "DIR-868L", "revision", "H/W Ver. B1"),
	)
	if id.Model != "DIR-868L" || id.Revision != "B1" || len(id.Doubts) != 0 {
		t.Errorf("got %s %s, doubts %v; want what the person read", id.Model, id.Revision, id.Doubts)
	}
	if !id.Corrected {
		t.Error("the identity does not say that a person corrected it")
	}
}

func TestEvidenceNamesFieldValueAndSender(t *testing.T) {
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	o := saw(device.SourceSSDP, "server", "FRITZ!Box 7530 UPnP/1.0 AVM FRITZ!Box 7530 164.07.29")
	o.At = at
	id := identify(o)
	want := device.Evidence{
		Part: device.PartFirmware, Gives: "164.07.29", Rule: "avm/server", Source: "ssdp", Field: "server",
		Value: o.Fields["server"], Addr: o.Addr, At: at,
	}
	for _, e := range id.Evidence {
		if e.Part == device.PartFirmware {
			if diff := cmp.Diff(want, e, cmp.Comparer(func(a, b netip.Addr) bool { return a == b })); diff != "" {
				t.Errorf("evidence (-want +got):\n%s", diff)
			}
			return
		}
	}
	t.Error("no evidence for the firmware")
}

func TestEveryPartHasEvidence(t *testing.T) {
	for _, r := range Default().all {
		for _, e := range r.Examples {
			id := identify(e.seen())
			has := map[device.Part]string{}
			for _, ev := range id.Evidence {
				if _, ok := has[ev.Part]; !ok {
					has[ev.Part] = ev.Gives
				}
			}
			for p, v := range map[device.Part]string{
				device.PartVendor: id.Vendor, device.PartModel: id.Model, device.PartRevision: id.Revision, device.PartFirmware: id.Firmware,
				device.PartKind: string(id.Kind), device.PartName: id.Name, device.PartProvider: id.Provider, device.PartSoftware: id.Software,
			} {
				if has[p] != v && !(p == device.PartModel && modelKey(has[p]) == modelKey(v)) { // spelt as the list has it
					t.Errorf("%s: %s is %q, its evidence says %q", r.name, p, v, has[p])
				}
			}
		}
	}
}

// TestAnOwnersNameIsNoProviderAndNoSystem: people call a router as they like.
func TestAnOwnersNameIsNoProviderAndNoSystem(t *testing.T) {
	for _, name := range []string{"Sky high", "Bell House", "Rogers family", "Tim's router", "Tim van Dijk", "Sunrise villa", "A1-villa", "pfSense backup", "OPNsense old"} {
		id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "NETGEAR", "modelName", "R7000", "friendlyName", name))
		if id.Provider != "" || id.Software != "" || id.Model != "R7000" {
			t.Errorf("%q: provider %q, software %q, model %q", name, id.Provider, id.Software, id.Model)
		}
	}
	for _, maker := range []string{"MikroTik Router", "NETGEAR R7000 Router"} {
		if id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "Unknown", "modelName", maker)); id.Vendor == "" {
			t.Errorf("%q names no maker", maker)
		}
	}
}

// TestAProgramsVersionIsNoFirmware, whatever key it stands under.
func TestAProgramsVersionIsNoFirmware(t *testing.T) {
	for _, v := range []string{"MiniUPnPd/1.9", "Linux 2.6.34", "RTL819x-SDK-3.4.11", "Boa/0.94.14", "libupnp 1.6.19", "3.0.0.4"} {
		for _, id := range []device.Identity{
			identify(saw(device.SourceDeviceInfo, "manufacturer", "ZTE", "model", "H369A", "softwareVersion", v)),
			identify(saw(device.SourceHNAP, "VendorName", "D-Link", "ModelName", "DIR-615", "FirmwareVersion", v)),
		} {
			if id.Firmware != "" {
				t.Errorf("%q became the firmware %q", v, id.Firmware)
			}
		}
	}
}

// TestANameHidesNothing: what people call a thing does not say that it is no access point.
func TestANameHidesNothing(t *testing.T) {
	for _, name := range []string{"TV", "Sonos keuken", "Chromecast", "Jan’s iPhone", "Plex Media Server"} {
		id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-wifialliance-org:device:WFADevice:1", "manufacturer", "Ralink", "friendlyName", name))
		camera := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:Basic:1", "manufacturer", "AXIS", "friendlyName", name))
		for _, id := range []device.Identity{id, camera} {
			if id.Kind.Class() == device.ClassOther && len(id.Doubts) == 0 {
				t.Errorf("%q is a %s without a doubt", name, id.Kind)
			}
		}
	}
	id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-wifialliance-org:device:WFADevice:1", "manufacturer", "HP", "modelName", "HP LaserJet M402", "friendlyName", "Chromecast"))
	if id.Kind.Class() != device.ClassOther || len(id.Doubts) > 0 {
		t.Errorf("a printer is a %s, %v", id.Kind, id.Doubts)
	}
}

// TestANameHidesNoMakersOtherThings: a word that a rule looks for in the model or the name is
// proof in the model alone, and who makes routers, cameras or drives made perhaps one of those.
func TestANameHidesNoMakersOtherThings(t *testing.T) {
	for _, name := range []string{"TV", "Smart TV", "Printer", "Xbox", "KNX", "Hue Bridge", "Apple TV", "Soundbar", "Galaxy S21", "kodi", "Network Switch"} {
		for _, o := range []device.Observation{
			saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:Basic:1", "manufacturer", "TP-Link", "friendlyName", name),
			saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:Basic:1", "manufacturer", "Synology", "friendlyName", name),
			saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-wifialliance-org:device:WFADevice:1", "manufacturer", "LG", "friendlyName", name),
			saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:MediaServer:1", "manufacturer", "NETGEAR", "friendlyName", name),
		} {
			if id := identify(o); id.Kind.Class() == device.ClassOther && len(id.Doubts) == 0 {
				t.Errorf("%s's %q is a %s without a doubt", o.Get("manufacturer"), name, id.Kind)
			}
		}
	}
	for _, o := range []device.Observation{
		saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:MediaRenderer:1", "manufacturer", "ZTE", "modelName", "ZXV10 B866", "friendlyName", "TV"),
		saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:Basic:1", "manufacturer", "HP", "modelName", "HP LaserJet M402", "friendlyName", "Printer"),
		saw(device.SourceMDNS, "service", "_aqara-setup._tcp", "instance", "FP2-1A2B"),
		saw(device.SourceMDNS, "service", "_workstation._tcp", "instance", "DESKTOP-A1B2C3D"),
	} {
		if id := identify(o); id.Kind.Class() != device.ClassOther || len(id.Doubts) > 0 {
			t.Errorf("%v is a %s, %v; want another device", o.Fields, id.Kind, id.Doubts)
		}
	}
}

// TestAMakersNameForItIsNoOwners: where the field for the model says only what it is, a Huawei
// gateway has its model for a name, and no doubt.
func TestAMakersNameForItIsNoOwners(t *testing.T) {
	id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "Huawei", "modelName", "Home Gateway", "friendlyName", "HG532 V2"))
	if id.Model != "HG532" || len(id.Doubts) > 0 {
		t.Errorf("it is a %q, %v", id.Model, id.Doubts)
	}
}

// TestTheOrderOfPacketsDoesNotMatter reverses the observations of a device.
func TestTheOrderOfPacketsDoesNotMatter(t *testing.T) {
	obs := []device.Observation{
		saw(device.SourceSSDP, "server", "Linux/2.6.30 UPnP/1.0 MiniUPnPd/1.6"),
		saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "D-Link", "modelName", "D-Link Router", "modelNumber", "DIR-860L", "friendlyName", "Home"),
		saw(device.SourceHNAP, "VendorName", "D-Link", "ModelName", "DIR-868L", "FirmwareVersion", "2.03", "HardwareVersion", "B1"),
		saw(device.SourceHTTP, "title", "D-LINK", "server", "Linux, HTTP/1.1, DIR-860L Ver 1.10"),
	}
	a := identify(obs...)
	for i, j := 0, len(obs)-1; i < j; i, j = i+1, j-1 {
		obs[i], obs[j] = obs[j], obs[i]
	}
	if diff := cmp.Diff(a, identify(obs...), cmp.Comparer(func(a, b netip.Addr) bool { return a == b })); diff != "" {
		t.Errorf("(-forth +back):\n%s", diff)
	}
}

func TestSignsOfAgeAreHintsOnly(t *testing.T) {
	id := identify(saw(device.SourceSSDP, "server", "Linux/2.6.30.9, UPnP/1.0, MiniUPnPd/1.4"))
	want := []device.Hint{{Code: "old_kernel", Value: "2.6.30.9"}, {Code: "old_miniupnpd", Value: "1.4"}}
	if diff := cmp.Diff(want, id.Hints); diff != "" {
		t.Errorf("hints (-want +got):\n%s", diff)
	}
	if id.Firmware != "" || id.Model != "" {
		t.Errorf("a sign of age became firmware %q or model %q", id.Firmware, id.Model)
	}
	for server, want := range map[string]string{"Linux 2.6.36, UPnP/1.0": "2.6.36", "Linux-2.4.20 UPnP/1.0": "2.4.20", "Linux/3.10.14 UPnP/1.0": "", "Linux/26.1 UPnP/1.0": ""} {
		if got := sign(identify(saw(device.SourceSSDP, "server", server)), "old_kernel"); got != want {
			t.Errorf("%q: the kernel %q, want %q", server, got, want)
		}
	}
	for text, want := range map[string]string{
		"build 2009-04-15": "2009-04-15", "built 20090415": "20090415", "Compiled Jan  5 2012": "Jan 5 2012", "firmware of 19dec2003": "19dec2003",
		"build 2024-04-15": "", "Decoder 2010": "", "Juniper 2000 gateway": "", "Marvell 2008": "",
	} {
		if got := sign(identify(saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "modelDescription", text)), "old_date"); got != want {
			t.Errorf("%q: the date %q, want %q", text, got, want)
		}
	}
}

// sign is the value of a hint, "" if there is none.
func sign(id device.Identity, code string) string {
	for _, h := range id.Hints {
		if h.Code == code {
			return h.Value
		}
	}
	return ""
}

func FuzzIdentify(f *testing.F) {
	f.Add("http", "title", "FRITZ!Box 7590")
	f.Add("upnp", "modelName", "BRCM963xx")
	f.Add("ssdp", "server", "Linux, HTTP/1.1, DIR-600 Ver 2.17")
	f.Add("mdns", "instance", "AXIS M5014 - 001122334455")
	f.Add("http", "title", "登录爱快流控路由 [5G] (192.168.1.1)")
	f.Add("http", "body", `<h2>Device</h2><table><tr><td>Model</td><td>WRT54GL</td></tr><tr><td>Firmware Version</td><td>1.0.2</td></tr></table>`)
	f.Fuzz(func(t *testing.T, source, field, value string) {
		id := identify(saw(source, field, value, "manufacturer", value, "deviceType", igd))
		for _, e := range id.Evidence {
			if e.Gives == "" {
				t.Errorf("empty evidence for %s", e.Part)
			}
		}
		if strings.ContainsAny(string(id.Kind), " {}") {
			t.Errorf("kind %q", id.Kind)
		}
	})
}

func TestAComputerThatCallsItselfATimeCapsule(t *testing.T) {
	files := saw(device.SourceMDNS, "service", "_device-info._tcp.local", "instance", "files", "txt.model", "TimeCapsule8,119")
	airport := saw(device.SourceMDNS, "service", "_airport._tcp.local", "instance", "files", "txt.syap", "119")
	alone := identify(files)
	if len(alone.Doubts) != 1 || alone.Doubts[0].Part != device.PartKind {
		t.Errorf("the doubts are %v, want one about the kind", alone.Doubts)
	}
	both := identify(files, airport)
	if len(both.Doubts) != 0 || both.Model != "Time Capsule" || both.Kind != device.Router {
		t.Errorf("it is a %s %q with the doubts %v, want a router and none", both.Kind, both.Model, both.Doubts)
	}
}

// TestADriveThatCallsItselfAComputer: drives share files with Windows and with Macs by programs
// that say "computer", or the code of a Mac for the picture. What a computer alone has settles it.
func TestADriveThatCallsItselfAComputer(t *testing.T) {
	windows := saw(device.SourceWSD, "types", "wsdp:Device pub:Computer")
	mac := saw(device.SourceMDNS, "service", "_device-info._tcp.local", "instance", "files", "txt.model", "MacPro7,1")
	for name, c := range map[string]struct {
		obs    []device.Observation
		kind   device.Kind
		doubts int
	}{
		"WSD alone":          {[]device.Observation{windows}, device.Computer, 1},
		"WSD and Windows":    {[]device.Observation{windows, saw(device.SourceHTTP, "server", "Microsoft-HTTPAPI/2.0")}, device.Computer, 0},
		"WSD and a drive":    {[]device.Observation{windows, saw(device.SourceHTTP, "title", "DiskStation")}, device.NAS, 0},
		"a code":             {[]device.Observation{mac, saw(device.SourceMDNS, "service", "_smb._tcp", "instance", "files")}, device.Computer, 1},
		"a code and AirPlay": {[]device.Observation{mac, saw(device.SourceMDNS, "service", "_companion-link._tcp", "instance", "files")}, device.Computer, 0},
		"a code and macOS":   {[]device.Observation{mac, saw(device.SourceMDNS, "service", "_device-info._tcp.local", "instance", "files", "txt.osxvers", "23")}, device.Computer, 0},
		"a bare name":        {[]device.Observation{saw(device.SourceMDNS, "service", "_device-info._tcp.local", "instance", "files", "txt.model", "MacPro")}, device.Unknown, 0},
	} {
		if id := identify(c.obs...); id.Kind != c.kind || len(id.Doubts) != c.doubts {
			t.Errorf("%s: %s, %v; want %s and %d doubts", name, id.Kind, id.Doubts, c.kind, c.doubts)
		}
	}
}

func TestASentenceIsNoFirmwareVersion(t *testing.T) {
	for _, text := range []string{"3.0.20 released on 3 March 2023", "5 updates are waiting for you", "up to date"} {
		id := identify(saw(device.SourceUPnP, "manufacturer", "Ubiquiti", "modelName", "UDM-Pro", "firmwareVersion", text))
		if id.Model != "UDM-Pro" || id.Firmware != "" {
			t.Errorf("%q: %q runs %q, want nothing said", text, id.Model, id.Firmware)
		}
	}
}

// A program on a drive tells its own version.
func TestTheVersionOfAServiceIsNotThatOfItsHost(t *testing.T) {
	drive := saw(device.SourceHTTP, "title", "Synology DS920+", "body", "<title>Synology DS920+</title><td>Firmware Version</td><td>7.1-42661</td>")
	for name, service := range map[string]device.Observation{
		"Home Assistant": saw(device.SourceMDNS, "service", "_home-assistant._tcp", "txt.version", "2024.3.1"),
		"a lamp gateway": saw(device.SourceMDNS, "service", "_coap._udp", "instance", "gw-b8d7af000001", "txt.version", "1.19.32"),
	} {
		if id := identify(drive, service); id.Vendor != "Synology" || id.Model != "DS920+" || id.Firmware != "7.1-42661" || id.Kind != device.NAS {
			t.Errorf("with %s it is a %s %s of %q, running %q", name, id.Vendor, id.Model, id.Kind, id.Firmware)
		}
	}
}

func TestWhatCastsWithoutAPictureIsNoTelevision(t *testing.T) {
	cast := func(more ...string) device.Observation {
		return saw(device.SourceMDNS, append([]string{"service", "_googlecast._tcp", "instance", "x"}, more...)...)
	}
	tests := map[string]struct {
		obs  []device.Observation
		kind device.Kind
		name string
	}{
		"a soundbar":  {[]device.Observation{cast("txt.md", "Q995GD", "txt.ca", "199172")}, device.Speaker, ""},
		"a stick":     {[]device.Observation{cast("txt.md", "Chromecast", "txt.ca", "4101")}, device.TV, ""},
		"nobody says": {[]device.Observation{cast("txt.md", "Chromecast")}, device.TV, ""},
		"a television in a group": {[]device.Observation{
			cast("txt.md", "BRAVIA 4K VH2", "txt.ca", "199173", "txt.fn", "Bedroom"),
			cast("txt.md", "Google Cast Group", "txt.ca", "198692", "txt.fn", "Upstairs"),
		}, "", "Bedroom"},
	}
	for name, test := range tests {
		id := identify(test.obs...)
		if test.kind != "" && id.Kind != test.kind || id.Name != test.name {
			t.Errorf("%s: %s %q, want %s %q", name, id.Kind, id.Name, test.kind, test.name)
		}
	}
}

// TestOneThingIsLeftOfWhatWasSaid: neither a group that it plays with, nor for whom the box was
// made, is its model; and a provider has one spelling.
func TestOneThingIsLeftOfWhatWasSaid(t *testing.T) {
	if id := identify(saw(device.SourceMDNS, "service", "_googlecast._tcp", "instance", "x", "txt.md", "Google Cast Group", "txt.ca", "199204")); id.Model != "" {
		t.Errorf("a group is the model %q", id.Model)
	}
	if id := identify(saw(device.SourceMDNS, "service", "_googlecast._tcp", "instance", "Google-Cast-Group-0123456789abcdef0123456789abcdef", "txt.md", "Google Cast Group")); id.Model != "" {
		t.Errorf("a group is the model %q by its instance", id.Model)
	}
	if id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "AVM", "modelNumber", " - 1und1")); id.Model != "" {
		t.Errorf("a brand is the model %q", id.Model)
	}
	if id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "SKY", "modelName", "SR102")); id.Provider != "Sky" {
		t.Errorf("the provider is %q, want Sky", id.Provider)
	}
}

func TestABoxThatImitatesAnAppleTVIsNotApples(t *testing.T) {
	for _, mark := range []string{"wechat_flag", "vv"} {
		id := identify(saw(device.SourceMDNS, "service", "_airplay._tcp", "instance", "x", "txt.model", "AppleTV3,2", "txt."+mark, "1"))
		if apples := id.Vendor == "Apple"; apples == (mark == "wechat_flag") {
			t.Errorf("%s: %q", mark, id.Vendor)
		}
	}
}

func TestAGatewayIsARouterWhateverItPlays(t *testing.T) {
	gateway := saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "Someone", "modelName", "ZK-4455")
	for _, o := range []device.Observation{
		saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:MediaRenderer:1", "manufacturer", "Someone", "modelName", "gmediarender"),
		saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:Printer:1", "manufacturer", "HP", "modelName", "LaserJet 1020"),
		saw(device.SourceWSD, "types", "wsdp:Device wprt:PrintDeviceType"),
	} {
		if id := identify(gateway, o); id.Kind.Class() != device.ClassNetwork {
			t.Errorf("with %v it is a %s", o.Fields, id.Kind)
		}
		if id := identify(o); id.Kind.Class() == device.ClassNetwork {
			t.Errorf("%v alone is a %s", o.Fields, id.Kind)
		}
	}
}

// TestWhatDescribesItselfAsAGatewayIsNotPutOutOfSight: a model that its maker has for a switch
// or a computer, or a program's words, may be another's; what the type of the description
// says stays in doubt beside it. Invented.
func TestWhatDescribesItselfAsAGatewayIsNotPutOutOfSight(t *testing.T) {
	for _, kind := range []string{igd, "urn:schemas-upnp-org:device:WLANAccessPointDevice:1"} {
		for maker, model := range map[string]string{"Dell": "OptiPlex 7010", "Allied Telesis": "x230-18GP", "Huawei": "CAM-U22", "Microsoft Corporation": "MN-700", "doubleTwist": "doubleTwist", "Sony Computer Entertainment Inc.": "PLAYSTATION 3"} {
			id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", kind, "manufacturer", maker, "modelName", model))
			doubted := slices.ContainsFunc(id.Doubts, func(d device.Doubt) bool { return d.Part == device.PartKind })
			if id.Kind.Class() == device.ClassOther && !doubted {
				t.Errorf("%s of %s's %s is a %s without a doubt", kind, maker, model, id.Kind)
			}
		}
	}
	for _, name := range []string{"Windows", "Microsoft zolder", "Internet Connection Sharing"} {
		id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "TP-Link", "modelName", "Wireless Router", "friendlyName", name))
		if id.Kind != device.Router {
			t.Errorf("a router that its owner calls %q is a %s", name, id.Kind)
		}
	}
}

// TestWPSAloneMayBeAnything: a printer offers it too. What names a model that is known, by the
// maker's families or by the list alone, is what that is.
func TestWPSAloneMayBeAnything(t *testing.T) {
	wps := "urn:schemas-wifialliance-org:device:WFADevice:1"
	if id := identify(saw(device.SourceSSDP, "st", wps)); id.Kind != device.AccessPoint || len(id.Doubts) != 1 {
		t.Errorf("alone it is a %s, %v; want an access point in doubt", id.Kind, id.Doubts)
	}
	for maker, model := range map[string]string{"NETGEAR": "R7000", "TOTOLINK": "A3002RU", "Netis": "NX62"} {
		if id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", wps, "manufacturer", maker, "modelName", model)); id.Kind != device.Router || len(id.Doubts) > 0 {
			t.Errorf("%s %s is a %s, %v", maker, model, id.Kind, id.Doubts)
		}
	}
}
