package fingerprint

import (
	"slices"
	"strings"
	"testing"

	"houdbaar/internal/device"
	"houdbaar/internal/firmware"
)

// TestModelAmidOtherWords: what says more than maker, model and sort of page may be a
// program's, a page about the model, or another model's. All titles are invented.
func TestModelAmidOtherWords(t *testing.T) {
	for title, sure := range map[string]bool{
		"NETGEAR R7000":                               true,
		"NETGEAR Router R7000":                        true,
		"R7000 - Login":                               true,
		"Welcome to the ASUS RT-AX86U":                true,
		"D-Link DIR-860L Rev. B1":                     true,
		"NETGEAR R7000 Firmware V1.0.11.216":          true,
		"NETGEAR R7000 (A0:40:A0:11:22:33)":           true,
		"AXIS M1014 Network Camera 5.50":              true,
		"TP-LINK Wireless Lite N Router TL-WR740N":    true,
		"TRENDnet | TV-IP751WC(TV-IP751WC)":           true,
		"EFM Networks ipTIME N604R":                   true,
		"ER3200系统管理":                                  true,
		"TRENDNET | TEW-632BRP | Wizard":              true,
		"ASUS Wireless Router RT-AC68U - Network Map": true,
		"ASUS 無線路由器 RT-AC68U - 網路地圖":                  true,
		"Synology DiskStation - DS218+":               true,
		"DIR-615 | Device Info":                       true,
		"NETGEAR R7000 - Paramètres":                  true,
		"Беспроводной маршрутизатор DIR-615":          true,
		"QNAP Turbo NAS TS-453A":                      true,
		"NETGEAR R7000 Web UI":                        true,
		"NETGEAR R7000 - Control Panel":               true,
		"NETGEAR R7000 - Página de inicio":            true,
		"NETGEAR R7000 - Панель управления":           true,
		"RTX830 かんたん設定ページ":                            true,
		"BUFFALO WSR-1166DHP3設定画面":                    true,
		"Tenda G3 企业级路由器":                             true,
		"ipTIME A2004NS-MU 관리 페이지":                    true,
		"NETGEAR R7000 Control":                       false,
		"NETGEAR R7000の使い方":                           false,
		"NETGEAR R7000 エミュレータ":                        false,
		"Sagemcom F@st 5359":                          true,
		"Sagemcom F@st 5359 Emulator":                 false,
		"Sitecom WL-351+":                             false,
		"NETGEAR R7000 Gen 2":                         false,
		"NETGEAR R7000 Emulator":                      false,
		"NETGEAR R7000 - Demo":                        false,
		"NETGEAR R7000 - Dashboard":                   false,
		"R7000 Firmware":                              false,
		"NETGEAR R7000 mqtt bridge":                   false,
		"NETGEAR R7000 X":                             false,
		"NETGEAR R7000 G2":                            false,
		"NETGEAR R7000 and R9999":                     false,
		"NETGEAR Emulator R7000":                      false,
		"NETGEAR R7000 Printer":                       false,
		"Ubiquiti UAP-AC-LR Monitor":                  false,
		"NETGEAR R7000 (EE)":                          false,
		"NETGEAR Monitor for Router R7000":            false,
		"NETGEAR Virtual Router R7000":                false,
		"TP-LINK Wireless Lite N Router TL-WR740N UI": false,
	} {
		id := identify(saw(device.SourceHTTP, "title", title))
		doubted := slices.ContainsFunc(id.Doubts, func(d device.Doubt) bool { return d.Part == device.PartModel })
		if got := id.Model != "" && !doubted; got != sure {
			t.Errorf("title %q: model %q, doubts %v; want sure %v", title, id.Model, id.Doubts, sure)
		}
	}
}

// TestModelInsideAModelName: a rule that takes a part of the name leaves it in doubt.
func TestModelInsideAModelName(t *testing.T) {
	for _, c := range [][3]string{
		{"D-Link", "Emulator for DAP-1522", ""},
		{"D-Link", "Wireless N Router DIR-615", "DIR-615"},
		{"Synology", "DS224+ Pro", "DS224+ Pro"},
		{"Synology", "RS408-RP", "RS408-RP"},
		{"AVM", "FRITZ!Box 6591 Cable (lgi)", "FRITZ!Box 6591 Cable"},
	} {
		id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", c[0], "modelName", c[1]))
		got := id.Model
		if len(id.Doubts) > 0 {
			got = ""
		}
		if got != c[2] {
			t.Errorf("%s %q: %q, in doubt %v; want %q", c[0], c[1], id.Model, id.Doubts, c[2])
		}
	}
}

// TestHeadingBelowAStrangeTitle: a page about a router is headed by its model too.
func TestHeadingBelowAStrangeTitle(t *testing.T) {
	for title, sure := range map[string]bool{"": true, "Login": true, "NETGEAR": true, "NETGEAR R7000 Router Information": true, "Inloggen": true, "Loading...": true, "Smokeping": false, "NETGEAR Monitor": false, "Dashboard": false} {
		id := identify(saw(device.SourceHTTP, "title", title, "body", "<h1>NETGEAR R7000</h1>"))
		if id.Model != "R7000" || (len(id.Doubts) == 0) != sure {
			t.Errorf("below %q: %q, in doubt %v; want sure %v", title, id.Model, id.Doubts, sure)
		}
	}
}

// TestRowBelowAMakersName: a table's model that no maker goes by is the maker's in the title.
func TestRowBelowAMakersName(t *testing.T) {
	for title, sure := range map[string]bool{"NETGEAR": true, "NETGEAR Router": true, "NETGEAR Monitor": false} {
		id := identify(saw(device.SourceHTTP, "title", title, "body", "<tr><td>Model</td><td>MR80</td></tr><tr><td>Firmware</td><td>9.9.9</td></tr>"))
		if id.Model != "MR80" || (len(id.Doubts) == 0) != sure {
			t.Errorf("below %q: %q, in doubt %v; want sure %v", title, id.Model, id.Doubts, sure)
		}
	}
}

// TestPagePassedOn: a computer's web server shows the page of a router that stands elsewhere.
func TestPagePassedOn(t *testing.T) {
	for server, sure := range map[string]bool{"": true, "nginx": true, "lighttpd/1.4.59": true, "nginx/1.24.0 (Ubuntu)": false, "Caddy": false, "SimpleHTTP/0.6 Python/3.11": false} {
		id := identify(saw(device.SourceHTTP, "title", "NETGEAR R7000", "server", server))
		if id.Model != "R7000" || (len(id.Doubts) == 0) != sure {
			t.Errorf("from %q: %q, in doubt %v; want sure %v", server, id.Model, id.Doubts, sure)
		}
	}
}

// TestMakerBesideAStranger: an emulator names its author, and the maker of what it plays.
func TestMakerBesideAStranger(t *testing.T) {
	for manufacturer, sure := range map[string]bool{"": true, "NETGEAR": true, "Realtek": true, "TalkTalk": true, "Foo Bar Devices": false, "hostapd": false} {
		id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", manufacturer, "modelName", "NETGEAR R7000"))
		if id.Model != "R7000" || (len(id.Doubts) == 0) != sure {
			t.Errorf("by %q: %q, in doubt %v; want sure %v", manufacturer, id.Model, id.Doubts, sure)
		}
	}
}

// TestTitleOnAnotherThing: a television says who it is; what its page is called does not
// make it a router that is sound.
func TestTitleOnAnotherThing(t *testing.T) {
	tv := saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:MediaRenderer:1", "manufacturer", "Samsung Electronics", "modelName", "UE40D7000")
	if id := identify(tv, saw(device.SourceHTTP, "title", "NETGEAR R7000")); len(id.Doubts) == 0 {
		t.Errorf("%s %s, in doubt of nothing", id.Vendor, id.Model)
	}
}

// TestDocumentAboutWhatItWorksWith: a program tells which router it speaks to.
func TestDocumentAboutWhatItWorksWith(t *testing.T) {
	for at, sure := range map[string]bool{"": true, "device.": true, "router.": true, "gateway.": false, "upstream.": false, "connected_to.": false} {
		id := identify(saw(device.SourceDeviceInfo, at+"manufacturer", "NETGEAR", at+"model", "R7000"))
		if id.Model != "R7000" || (len(id.Doubts) == 0) != sure {
			t.Errorf("in %q: %q, in doubt %v; want sure %v", at, id.Model, id.Doubts, sure)
		}
	}
}

// TestBridgedIntoHomeKit: a program offers the cameras of others.
func TestBridgedIntoHomeKit(t *testing.T) {
	for _, c := range []struct {
		instance, category string
		sure               bool
	}{{"Front door", "17", true}, {"Front door", "2", true}, {"Front door", "8", false}, {"Scrypted 1A2B", "17", false}} {
		id := identify(saw(device.SourceMDNS, "service", "_hap._tcp.local", "instance", c.instance, "txt.md", "D-Link DCS-8000LH", "txt.ci", c.category))
		if id.Model != "DCS-8000LH" || (len(id.Doubts) == 0) != c.sure {
			t.Errorf("%+v: %q, in doubt %v", c, id.Model, id.Doubts)
		}
	}
}

// TestOtherFirmwareInADocument: a document's words for firmware that is not the maker's are kept.
func TestOtherFirmwareInADocument(t *testing.T) {
	for _, fw := range []string{"OpenWrt 23.05.2", "DD-WRT v3.0-r44715 std", "3.0.0.4.386.12_merlin", "Gargoyle 1.14"} {
		if id := identify(saw(device.SourceDeviceInfo, "manufacturer", "NETGEAR", "model", "R7000", "firmware", fw)); firmware.Software(id.Firmware) == "" {
			t.Errorf("%q: firmware %q", fw, id.Firmware)
		}
	}
}

// TestAPlusIsAnotherModel, wherever it is read: in what a program on it answers too.
func TestAPlusIsAnotherModel(t *testing.T) {
	for _, text := range []string{"IC-3115W Network Camera", "IC-3115W+ Network Camera"} {
		id := identify(saw(device.SourceMDNS, "service", "_http._tcp", "instance", "[74:da:38:00:00:00]", "txt", text))
		if sure := id.Model == "IC-3115W" && len(id.Doubts) == 0; sure != !strings.Contains(text, "+") {
			t.Errorf("%q is a %s %s, %v", text, id.Vendor, id.Model, id.Doubts)
		}
	}
}
