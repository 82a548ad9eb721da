package fingerprint

import (
	"testing"

	"houdbaar/internal/device"
)

func TestAMakersNameAndPlainWordsAreNoModel(t *testing.T) {
	for model, want := range map[string]string{"Invented Router": "", "Invented Home Gateway": "", "Invented Comet": "Invented Comet", "Router X100": "Router X100"} {
		id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "Invented Things", "modelName", model))
		if id.Model != want {
			t.Errorf("%q is model %q, want %q", model, id.Model, want)
		}
	}
}

func TestWhatLooksAfterAComputerIsOne(t *testing.T) {
	id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:Basic:1", "friendlyName", "BMC001122334455",
		"manufacturer", "American Megatrends Inc", "modelName", "AMI SPX", "modelNumber", "1.0.0"))
	if id.Vendor != "American Megatrends" || id.Model != "AMI SPX" || id.Kind != device.Computer {
		t.Errorf("%q %q is a %q", id.Vendor, id.Model, id.Kind)
	}
}

func TestADescriptionWithoutItsMakerIsTheModels(t *testing.T) {
	for model, want := range map[string]string{"FRITZ!WLAN Repeater 310": "AVM", "DIR-860L": "D-Link", "QX-77": "", "": ""} {
		id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "modelName", model))
		if id.Vendor != want {
			t.Errorf("%q is %q, want %q", model, id.Vendor, want)
		}
	}
}

func TestAGatewaysInnerDevicesNameItWhereItDoesNot(t *testing.T) {
	root := []string{"depth", "0", "deviceType", "urn:schemas-upnp-org:device:InternetGatewayDevice:1"}
	inner := func(maker, model string) device.Observation {
		return saw(device.SourceUPnP, "depth", "2", "deviceType", "urn:schemas-upnp-org:device:WANConnectionDevice:1", "manufacturer", maker, "modelName", "NETGEAR Smart WiFi Router", "modelNumber", model)
	}
	for name, c := range map[string]struct {
		root          []string
		inner         device.Observation
		vendor, model string
	}{
		"and says so":                      {root, inner("NETGEAR,Inc.", "XR700"), "NETGEAR", "XR700"},
		"but a program is nobody":          {root, inner("MiniUPnP", "20130207"), "", ""},
		"and is not heard where it speaks": {append(root, "manufacturer", "ASUS", "modelName", "RT-AC68U"), inner("NETGEAR,Inc.", "XR700"), "ASUS", "RT-AC68U"},
	} {
		t.Run(name, func(t *testing.T) {
			id := identify(saw(device.SourceUPnP, c.root...), c.inner)
			if id.Vendor != c.vendor || id.Model != c.model || len(id.Doubts) > 0 {
				t.Errorf("it is %q %q, doubts %v; want %q %q", id.Vendor, id.Model, id.Doubts, c.vendor, c.model)
			}
		})
	}
}

func TestANameThatIsASortAndAModelNamesTheModel(t *testing.T) {
	for _, c := range []struct{ maker, name, want string }{
		{"TP-LINK", "Wireless Router TL-WR740N", "TL-WR740N"},
		{"Panasonic", "Network Camera WV-SC385", "WV-SC385"},
		{"AXIS", "AXIS M1014 - ACCC8E000000", "M1014"}, // and which one it is
		{"TP-LINK", "Wireless Router Kitchen", ""},     // somebody's
	} {
		id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:Basic:1", "manufacturer", c.maker, "friendlyName", c.name))
		if id.Model != c.want {
			t.Errorf("%q of %s is the model %q, want %q", c.name, c.maker, id.Model, c.want)
		}
	}
}

func TestAModelThatNobodyListsIsReadWithoutItsMakerAndItsSort(t *testing.T) {
	s := Default()
	for _, c := range []struct{ vendor, said, want string }{
		{"NETGEAR", "XQ4711 Wireless Router", "XQ4711"},
		{"NETGEAR", "XQ4711 802.11ax Wireless Router", "XQ4711"},
		{"Ubiquiti", "Ubiquiti XQ-4711", "XQ-4711"},
		{"Foscam", "XQ4711 Network Camera", "XQ4711"},
		{"devolo", "dLAN 4711 WiFi", "dLAN 4711 WiFi"},                                                // there may be one without
		{"NETGEAR", "Nighthawk X4 AC2350 Smart WiFi Router", "Nighthawk X4 AC2350 Smart WiFi Router"}, // a sentence
		{"Arlo", "Arlo Pro 9", "Arlo Pro 9"},                                                          // as all of theirs
		{"AVM", "FRITZ!Box 9999 Cable", "FRITZ!Box 9999 Cable"},                                       // another model than without
		{"Linksys", "N300 Wireless Router", "N300 Wireless Router"},
	} {
		if got := s.without(c.vendor, c.said); got != c.want {
			t.Errorf("%s's %q is a %q, want %q", c.vendor, c.said, got, c.want)
		}
	}
}

func TestAModelOfSeveralWordsIsFoundInADescription(t *testing.T) {
	s := Default()
	for _, c := range []struct{ vendor, text, want string }{
		{"TP-Link", "The Archer C20 Router", "Archer C20"},
		{"TP-Link", "TP-Link Archer C20 Wireless Router", "Archer C20"},
		{"TP-Link", "The best router of all", ""},
		{"NETGEAR", "Nighthawk XQ4711 Wireless Router", "Nighthawk XQ4711"}, // which nobody lists
	} {
		if got := s.modelInside(c.vendor, c.text); got != c.want {
			t.Errorf("%q: the model is %q, want %q", c.text, got, c.want)
		}
	}
}

// TestAMakerThatIsTheModelsNumberIsNone: such a description says only the model.
func TestAMakerThatIsTheModelsNumberIsNone(t *testing.T) {
	for _, c := range []struct{ maker, model, wantVendor, wantModel string }{
		{"R7000", "R7000", "NETGEAR", "R7000"},
		{"WRT54G", "WRT54G v5", "Linksys", "WRT54G v5"},
		{"XYQ480", "XYQ480-8", "", "XYQ480-8"}, // invented
		{"XYQ480", "AB-8", "XYQ480", "AB-8"},
		{"H3C", "H3C ER2100", "H3C", "ER2100"},
	} {
		t.Run(c.maker+" "+c.model, func(t *testing.T) {
			id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:Basic:1", "manufacturer", c.maker, "modelName", c.model))
			if id.Vendor != c.wantVendor || id.Model != c.wantModel {
				t.Errorf("got %q %q, want %q %q", id.Vendor, id.Model, c.wantVendor, c.wantModel)
			}
		})
	}
}

func TestWhatIsNoModel(t *testing.T) {
	const basic = "urn:schemas-upnp-org:device:Basic:1"
	for name, c := range map[string]struct {
		saw                 device.Observation
		vendor, model, kind string
	}{
		"other firmware":       {saw(device.SourceSSDP, "server", "Linux UPnP/1.0 DD-WRT/1.0"), "", "", "router"},
		"a system":             {saw(device.SourceUPnP, "deviceType", igd, "manufacturer", "Synology Inc.", "modelName", "RT2600ac", "modelNumber", "SRM 1.2-7915"), "Synology", "RT2600ac", "router"},
		"a speed":              {saw(device.SourceUPnP, "deviceType", igd, "manufacturer", "TP-Link", "modelDescription", "AC1750 Wireless Dual Band Gigabit Router"), "TP-Link", "", "router"},
		"a line":               {saw(device.SourceUPnP, "deviceType", igd, "manufacturer", "Technicolor", "modelName", "MediaAccess TG", "modelNumber", "1.0"), "Technicolor", "", "gateway"},
		"a version":            {saw(device.SourceUPnP, "deviceType", igd, "manufacturer", "Huawei", "modelName", "Internet Gateway", "modelNumber", "V100R001"), "Huawei", "", "gateway"},
		"nor a line and a day": {saw(device.SourceUPnP, "deviceType", igd, "manufacturer", "Technicolor", "modelName", "MediaAccess TG", "modelNumber", "20190611"), "Technicolor", "", "gateway"},
		"a firmware's name":    {saw(device.SourceUPnP, "deviceType", igd, "manufacturer", "SFR", "modelName", "router", "modelNumber", "NB6-MAIN-R4.0.44k"), "SFR", "", ""},
		"a board's version":    {saw(device.SourceWSD, "scopes", "onvif://www.onvif.org/hardware/HW1.0"), "", "", ""},
		"a number from naught": {saw(device.SourceWSD, "scopes", "onvif://www.onvif.org/hardware/00001"), "", "", ""},
		"a camera's maker calls none a television": {saw(device.SourceUPnP, "deviceType", basic, "manufacturer", "TRENDnet", "friendlyName", "TRENDnet TV-NVR208"), "TRENDnet", "TV-NVR208", "nvr"},
		"a year and a person":                      {saw(device.SourceUPnP, "deviceType", basic, "manufacturer", "(c) 2005-2008 Some One <one@example.org>", "modelName", "Thing"), "", "Thing", ""},
	} {
		id := identify(c.saw)
		if kind := id.Kind.String(); id.Vendor != c.vendor || id.Model != c.model || c.kind != "" && kind != c.kind || kind == "tv" {
			t.Errorf("%s: it is %q %q, a %s", name, id.Vendor, id.Model, kind)
		}
	}
}

func TestWordsOfACameraOrRouterOutweighWhatItsMakerUsuallyMakes(t *testing.T) {
	const basic = "urn:schemas-upnp-org:device:Basic:1"
	for _, c := range []struct{ maker, model, words, kind string }{
		{"Netatmo", "ZK-4455", "Network Camera", "camera"},
		{"Netatmo", "ZK-4455", "", "other"},
		{"Somfy", "ZK-4455", "Video Doorbell", "doorbell"},
		{"Pioneer", "ZK-4455", "Network Storage", "nas"},
		{"Pioneer", "VSX-930", "", "speaker"},
		{"Medion", "LIFE P85024", "Network Camera", "camera"},
		{"Medion", "LIFE P85024", "", "speaker"},
		{"TCL", "ZK-4455", "Wireless Router", "router"},
		{"Strong", "ZK-4455", "Wireless Router", "router"},
		{"Humax", "ZK-4455", "Wi-Fi Range Extender", "extender"},
		{"TCL", "ZK-4455", "", "tv"},
	} {
		id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", basic, "manufacturer", c.maker, "modelName", c.model, "modelDescription", c.words))
		if id.Kind.String() != c.kind {
			t.Errorf("%s %s %q is a %s, want %s", c.maker, c.model, c.words, id.Kind, c.kind)
		}
	}
}

func TestAModelInScopesIsReadToItsEnd(t *testing.T) {
	for said, want := range map[string]string{"RLC-823A%2016X": "RLC-823A 16X", "RLC-823A": "RLC-823A"} {
		id := identify(saw(device.SourceWSD, "types", "dn:NetworkVideoTransmitter", "scopes", "onvif://www.onvif.org/Profile/Streaming onvif://www.onvif.org/hardware/"+said+" onvif://www.onvif.org/name/Reolink"))
		if id.Model != want {
			t.Errorf("%s is %q, want %q", said, id.Model, want)
		}
	}
}

func TestADriveThatItsOwnerCallsMyCloudIsItsMakers(t *testing.T) {
	for maker, want := range map[string]string{"Akitio": "Akitio", "Western Digital Corporation": "Western Digital", "QNAP Systems, Inc.": "QNAP"} {
		id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:MediaServer:1", "manufacturer", maker, "friendlyName", "MyCloud", "modelName", "ZK-4455"))
		if id.Vendor != want || id.Kind != device.NAS {
			t.Errorf("%s: %q, a %s", maker, id.Vendor, id.Kind)
		}
	}
}
