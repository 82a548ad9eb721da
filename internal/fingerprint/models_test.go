package fingerprint

import (
	"slices"
	"testing"

	"houdbaar/internal/device"
)

// TestAChipIsNoModel puts chips, systems and programs wherever a model may stand.
func TestAChipIsNoModel(t *testing.T) {
	for _, v := range []string{
		"BRCM963xx", "BCM96358", "BCM4708", "RTL8196C", "RTL8671", "RTD1195", "MT7621", "MT7628AN", "AR9331", "QCA9558",
		"IPQ4019", "Ralink", "RT3052", "RT2880", "Broadcom ADSL", "TC3162", "EN7528", "EN751221", "ZX279128S", "Hi3518", "VX180",
		"MiniUPnPd", "MiniUPnPd/2.1", "miniupnpd 1.8", "MiniDLNA", "ReadyDLNA", "Kodi", "Plex Media Server", "gmrender-resurrect",
		"DiskStation", "OpenWrt", "OpenWRT Router", "DD-WRT", "DD-WRT v3.0", "Tomato", "FreshTomato", "AsusWRT", "Linux", "Linux 2.6.30",
		"Windows", "Windows Media Player", "Portable SDK for UPnP devices", "RouterOS", "EdgeOS", "Android 9",
		"Wireless Router", "Broadband Router", "Router", "Internet Gateway Device", "WPS Router", "IPCam", "DVR", "NVR", "H.264", "ADSL Modem",
		"Intel(R) Celeron(R) CPU  J1800  @ 2.41GHz", "AMD Ryzen 7 2700 Eight-Core Processor", "aarch64", "WDC WD30EFRX-68EUZN0", "ST8000NE0001-1WN112", "INTEL SSDSA2M160G2GN", "SSD 860 EVO mSATA 500GB", "5200_MTFDDAK960TDD",
		"2.5.0-RELEASE", "2.0.0-alpha.8",
		"AR7", "VRX220", "Amazon SE", "x86", "x86_64", "ath79", "Armada 385", "MIPS 24Kc", "1004Kc", "CX94610", "CN5020", "IXP425", "i.MX6", "SD5116", "Hi5115", "Ingenic T31", "RTL867x ADSL", "CViTek-1835", "NVT98528", "Ingenic-T31",
		"Boa", "RT-Thread", "QSDK", "ZyNOS", "ATP IGD", "rev A", "V2.0", "1.0.0", "3.0.0.4", "01/01/2012", "%s", "ADSL2+", "EuroDOCSIS 3.0", "HGW", "NAS01", "router2", "(7)", "2307", "RS485", "ISO9001", "RTX3060", "BME280",
		"Wireless N Router", "Model Name", "unknown", "000000000000", "00:11:22:33:44:55", "1", "1.0", "http://www.example.com", "urn:x:y",
	} {
		for _, id := range []device.Identity{
			identify(saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "ACME", "modelName", v)),
			identify(saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "ACME", "modelName", "Router", "modelNumber", v)),
			identify(saw(device.SourceMDNS, "service", "_http._tcp", "instance", "x", "txt.vendor", "ACME", "txt.model", v)),
			identify(saw(device.SourceHNAP, "VendorName", "ACME", "ModelName", v)),
			identify(saw(device.SourceONVIF, "Manufacturer", "ACME", "Model", v)),
		} {
			if id.Model != "" && v != "1" { // refused by shape, in descriptions only
				t.Errorf("%q became the model %q", v, id.Model)
			}
		}
	}
}

// A chip's name is in routers and cameras, so that it hides none as a television.
func TestAChipIsNoTelevision(t *testing.T) {
	for _, v := range []string{"BRCM963xx", "BCM96358", "RTL8196C", "MT7621", "MT7628AN", "AR9331", "QCA9558", "IPQ4019", "RT3052", "TC3162", "TC3162U", "TC2206", "EN7528", "EN751221", "ZX279128S", "Hi3518", "Hi3518EV200", "GK7205V200", "SSC30KQ", "VX180", "T31", "XM530", "NT98562"} {
		if id := identify(saw(device.SourceUPnP, "modelName", v)); id.Kind.Class() == device.ClassOther {
			t.Errorf("%q is a %s", v, id.Kind)
		}
	}
}

// TestWordsOnTheBoxAreNoModel: what sort of thing it is and how fast, in a description.
func TestWordsOnTheBoxAreNoModel(t *testing.T) {
	for v, want := range map[string]string{
		"ADSL2+ Modem Router": "", "VDSL2 Gateway": "", "AC1200 Wireless Dual Band Router": "", "H.264 DVR": "", "16CH DVR": "", "1080P": "", "5MP": "", "P2P Camera": "", "WEBOS1": "", "Toshiba DTV": "", "AQUOS TV": "", "20-004-0003": "", "N300": "N300", "Mesh System AC1200": "Mesh System AC1200", "Vera": "Vera",
	} {
		if id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "ACME", "modelName", v)); id.Model != want {
			t.Errorf("%q became the model %q, want %q", v, id.Model, want)
		}
	}
}

// TestAChipsRevisionIsNotTheDevices: a label's revision decides verdicts.
func TestAChipsRevisionIsNotTheDevices(t *testing.T) {
	for _, chip := range []string{"RT3052", "BCM4708", "MT7621"} {
		id := identify(saw(device.SourceONVIF, "Manufacturer", "ACME", "Model", chip, "HardwareId", "B1"),
			saw(device.SourceHTTP, "title", "AVM FRITZ!Repeater 600", "body", "<td>Hardware Version</td><td>"+chip+" Rev 2</td>"))
		if id.Revision != "" && id.Revision != "B1" {
			t.Errorf("%s: revision %q", chip, id.Revision)
		}
	}
}

// TestAHardwareVersionBehindTheModelIsRead as labels write it, if the list has the model
// without it.
func TestAHardwareVersionBehindTheModelIsRead(t *testing.T) {
	for said, want := range map[[2]string][2]string{
		{"Edimax", "BR-6478AC V2"}:           {"BR-6478AC", "V2"},
		{"NETGEAR", "R6400 (v2)"}:            {"R6400", "V2"},
		{"D-Link", "DIR-860L Rev.B"}:         {"DIR-860L", "B"},
		{"TP-Link", "TL-WR841N Ver. 9"}:      {"TL-WR841N", "9"},
		{"TP-Link", "Archer C7(EU) Ver:5.0"}: {"Archer C7", "5.0"},
		{"Linksys", "WRT54GL v1.1"}:          {"WRT54GL", "V1.1"},
		{"Linksys", "WRT54GL"}:               {"WRT54GL", ""},
		{"Ubiquiti", "UAP-AC-LITE v2"}:       {"UAP-AC-LITE v2", ""}, // another product's name
		{"Edimax", "BR-9999XX V2"}:           {"BR-9999XX V2", ""},
		{"ACME", "AB-9999 Rev. B1"}:          {"AB-9999", "B1"}, // a word says it
		{"ACME", "AB-9999 (HW 2.0)"}:         {"AB-9999", "2.0"},
		{"ACME", "AB-9999 Rev 1.23"}:         {"AB-9999", ""}, // the firmware's, perhaps
		{"Huawei", "AB-HW"}:                  {"AB-HW", ""},
	} {
		id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", said[0], "modelName", said[1]))
		if id.Model != want[0] || id.Revision != want[1] {
			t.Errorf("%s %q is %q %q, want %q", said[0], said[1], id.Model, id.Revision, want)
		}
	}
}

// TestAModelIsSpeltAsTheListHasIt: what the device said stays in the evidence.
func TestAModelIsSpeltAsTheListHasIt(t *testing.T) {
	for said, want := range map[string]string{"ArcherC20": "Archer C20", "archer-c20": "Archer C20", "Archer C20": "Archer C20", "Archer C9999": "Archer C9999"} {
		id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "TP-Link", "modelName", said))
		if id.Model != want || !slices.ContainsFunc(id.Evidence, func(e device.Evidence) bool { return e.Part == device.PartModel && e.Value == said }) {
			t.Errorf("%q is %q, want %q; evidence %+v", said, id.Model, want, id.Evidence)
		}
	}
}

// TestAJoinedModelHasTheEvidenceOfBothFields: neither field alone holds it.
func TestAJoinedModelHasTheEvidenceOfBothFields(t *testing.T) {
	id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "Technicolor", "modelName", "Technicolor TG", "modelNumber", "582n"))
	var fields []string
	for _, e := range id.Evidence {
		if e.Part == device.PartModel {
			fields = append(fields, e.Field)
		}
	}
	if id.Model != "TG582n" || !slices.Contains(fields, "modelName") || !slices.Contains(fields, "modelNumber") {
		t.Errorf("%q by %q, want TG582n by modelName and modelNumber", id.Model, fields)
	}
}

// TestTwoModelsInOneTextAreADoubt: which of the two the device is, nobody can tell.
func TestTwoModelsInOneTextAreADoubt(t *testing.T) {
	for text, models := range map[string]int{
		"Linux, UPnP/1.0, DIR-860L Ver 1.10 AVM FRITZ!Box 7590 154.08.25": 2,
		"FRITZ!Box 7590 FRITZ!Box 7170":                                   2,
		"Synology DS920+ NETGEAR R7000":                                   2,
		"NETGEAR R7000 / R6400":                                           2,
		"NETGEAR R7800 AC2600":                                            0, // how fast it is
		"FRITZ!Box 7590/FRITZ!Box 7170":                                   2,
		"Archer AX55/TL-WR841N":                                           2,
		"ipos/7.0 UPnP/1.0 Archer VR900v/1.0":                             0,
		"FRITZ!Box 7590 UPnP/1.0 AVM FRITZ!Box 7590 154.07.29":            0,
		"ipos/7.0 UPnP/1.0 TL-WR940N/TL-WR941ND/3.0":                      0, // one build for two
	} {
		for _, o := range []device.Observation{saw(device.SourceSSDP, "server", text), saw(device.SourceHTTP, "title", text), saw(device.SourceUPnP, "manufacturer", "x", "modelDescription", text)} {
			var doubted []string
			id := identify(o)
			for _, d := range id.Doubts {
				if d.Part == device.PartModel {
					doubted = d.Values
				}
			}
			if id.Model != "" && len(doubted) != models {
				t.Errorf("%s %q: in doubt between %q, want %d", o.Source, text, doubted, models)
			}
		}
	}
}

// TestAModelThatIsOnlyANameStaysInDoubt has makers' own devices go by a model's name: an
// owner may have called them so.
func TestAModelThatIsOnlyANameStaysInDoubt(t *testing.T) {
	name := saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "NETGEAR", "modelName", "Router", "friendlyName", "R7000")
	instance := saw(device.SourceMDNS, "service", "_http._tcp", "instance", "RT-AC68U")
	title := saw(device.SourceHTTP, "realm", "NETGEAR R7000")
	for want, o := range map[string]device.Observation{"R7000": name, "RT-AC68U": instance} {
		id := identify(o)
		if !slices.ContainsFunc(id.Doubts, func(d device.Doubt) bool { return d.Part == device.PartModel && len(d.Values) == 1 }) || id.Model != want {
			t.Errorf("model %q, in doubt %v; want %q, in doubt", id.Model, id.Doubts, want)
		}
	}
	if id := identify(name, title); id.Model != "R7000" || len(id.Doubts) > 0 {
		t.Errorf("%s, in doubt: %v, though its realm says so too", id.Model, id.Doubts)
	}
}

// Other things than televisions are called alike: a provider's box, and cameras.
func TestDigitsAloneMakeNoTelevision(t *testing.T) {
	for model, want := range map[string]device.Kind{
		"LH1000": device.Gateway, "TX-128": device.Unknown, "TH661": device.Unknown,
		"LH43QMREBGCX": device.TV, "TX-32AS600E": device.TV, "TH-103PF9": device.TV,
	} {
		id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:Basic:1", "friendlyName", "x", "modelName", model))
		if id.Kind != want {
			t.Errorf("%s is a %q, want %q", model, id.Kind, want)
		}
	}
}

// A maker's usual kind, or a family of everything, gives way to what the model is called,
// and to what the list says of it.
func TestAModelsNameTellsItsKind(t *testing.T) {
	for _, c := range []struct {
		vendor, model string
		want          device.Kind
	}{
		{"Provision-ISR", "NVR5-8200PX", device.NVR},
		{"GeoVision", "GV-SNVR0812", device.NVR},
		{"Avigilon", "AINVR-STD", device.NVR},
		{"Provision-ISR", "I4-340IPVF", device.Camera},
		{"GeoVision", "GV-VS14", device.Camera}, // the list calls it something that is not judged
		{"Ubiquiti", "U6-LR", device.AccessPoint},
		{"Foscam", "VD1", device.Doorbell},
		{"Sercomm", "iCamera2", device.Camera},
	} {
		id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:Basic:1", "manufacturer", c.vendor, "modelName", c.model))
		if id.Kind != c.want {
			t.Errorf("%s %s is a %q, want %q", c.vendor, c.model, id.Kind, c.want)
		}
	}
	// Where no family has it, what its description says counts more than the list.
	if id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "Sky", "modelName", "SR102")); id.Kind != device.Router {
		t.Errorf("Sky SR102 is a %q, want what it says of itself", id.Kind)
	}
}
