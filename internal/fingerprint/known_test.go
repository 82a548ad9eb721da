package fingerprint

import (
	"maps"
	"strings"
	"testing"

	"houdbaar/internal/device"
)

func TestATextThatIsNothingButAModel(t *testing.T) {
	s := *Default()
	s.known = maps.Clone(s.known)
	s.known["inventedx100"] = []knownModel{{vendor: "Foo", model: "Invented X100"}, {vendor: "Bar", model: "Invented X100"}}
	for name, c := range map[string]struct {
		o             device.Observation
		vendor, model string
		kind          device.Kind
	}{
		"names the one maker who has it":            {saw(device.SourceHTTP, "title", "Login - AP-BS404"), "A-Plus Video", "AP-BS404", device.NVR},
		"says it in a realm too":                    {saw(device.SourceHTTP, "realm", "WL-HDD25"), "ASUS", "WL-HDD25", device.Unknown},
		"names nobody if two makers have one":       {saw(device.SourceHTTP, "title", "Invented X100"), "", "", device.Unknown},
		"is no page about a model":                  {saw(device.SourceHTTP, "title", "WL-HDD25 manual download"), "", "", device.Unknown},
		"is no sentence with a model in it":         {saw(device.SourceHTTP, "title", "Notes of Peter on his WL-HDD25"), "", "", device.Unknown},
		"is no short word that may mean much":       {saw(device.SourceHTTP, "title", "C6P"), "", "", device.Unknown},
		"does not speak against a maker":            {saw(device.SourceUPnP, "depth", "0", "manufacturer", "Gigabyte", "modelName", "WL-HDD25"), "Gigabyte", "WL-HDD25", device.Unknown},
		"may have its maker behind it":              {saw(device.SourceHTTP, "title", "Tapo C210 | TP-Link"), "TP-Link", "Tapo C210", device.Camera},
		"may look like a version":                   {saw(device.SourceHTTP, "title", "Mobotix v26"), "Mobotix", "v26", device.Camera},
		"is one with letters before many":           {saw(device.SourceHTTP, "title", "NAS326"), "Zyxel", "NAS326", device.NAS},
		"is one with one letter before it":          {saw(device.SourceHTTP, "title", "B818-263"), "Huawei", "B818-263", device.Gateway},
		"is nobody's if it says what it is":         {saw(device.SourceHTTP, "title", "NVR516"), "", "NVR516", device.NVR},
		"may be several words":                      {saw(device.SourceHTTP, "title", "Magic 2 LAN 1-1"), "devolo", "Magic 2 LAN 1-1", device.Unknown},
		"is nobody's if cameras are called so":      {saw(device.SourceHTTP, "title", "Home Camera 1080P"), "", "", device.Unknown},
		"may be an instance that people may rename": {saw(device.SourceMDNS, "service", "_smb._tcp.local", "instance", "AP-BS404"), "", "", device.Unknown},
		"may end like a hardware address":           {saw(device.SourceMDNS, "service", "_http._tcp.local", "instance", "VMG8825-B50B"), "Zyxel", "VMG8825-B50B", device.Gateway},
		"is another one without its plus":           {saw(device.SourceHTTP, "title", "CP300"), "", "CP300", device.Unknown},
		"is the one with its plus":                  {saw(device.SourceHTTP, "title", "CP300+"), "TOTOLINK", "CP300+", device.Unknown},
		"is another one with a word of radio":       {saw(device.SourceHTTP, "title", "AP-BS404 LTE"), "", "", device.Unknown},
		"says the kind however its maker is spelt":  {saw(device.SourceUPnP, "depth", "0", "manufacturer", "VStarcam", "modelName", "CS663DR"), "VStarcam", "CS663DR", device.Camera},
		"may carry the end of a hardware address":   {saw(device.SourceMDNS, "service", "_dcp._tcp.local", "instance", "DCS-8000LH-12AB"), "D-Link", "DCS-8000LH", device.Camera},
		"whatever digits that end has":              {saw(device.SourceMDNS, "service", "_dcp._tcp.local", "instance", "DCS-932L-1A2B"), "D-Link", "DCS-932L", device.Camera},
	} {
		t.Run(name, func(t *testing.T) {
			id := s.Identify(device.Device{Observations: []device.Observation{c.o}})
			if id.Vendor != c.vendor || id.Model != c.model || c.kind != device.Unknown && id.Kind != c.kind {
				t.Errorf("it is %q %q, a %s; want %q %q, a %s", id.Vendor, id.Model, id.Kind, c.vendor, c.model, c.kind)
			}
		})
	}
}

func TestALongerModelIsReadWhole(t *testing.T) {
	for title, want := range map[string]string{
		"FRITZ!Box 5690 XGS":         "FRITZ!Box 5690 XGS",
		"FRITZ!Box 5690":             "FRITZ!Box 5690",
		"E1 Outdoor S - Login":       "E1 Outdoor S",
		"ASUS Lyra Voice Router":     "Lyra Voice",
		"UDR-5G-Max":                 "UDR-5G-Max",
		"FRITZ!WLAN Repeater 310(b)": "FRITZ!WLAN Repeater 310 (b)",
		"GT-BE96 AIR":                "GT-BE96",
		"ZTE MC801A1":                "MC801A1",
	} {
		if id := identify(saw(device.SourceHTTP, "title", title)); id.Model != want {
			t.Errorf("%q is %q, want %q", title, id.Model, want)
		}
	}
}

func TestAProgramsVersionIsNoPartOfAModel(t *testing.T) {
	if id := identify(saw(device.SourceHTTP, "server", "ZTE MC801A/1.0")); id.Model != "MC801A" {
		t.Errorf("it is %q", id.Model)
	}
}

func TestAMakerWhomOnlyTheModelNamesIsAGuess(t *testing.T) {
	title := saw(device.SourceHTTP, "title", "Login - AP-BS404")
	id := identify(title)
	if len(id.Doubts) != 1 || id.Doubts[0].Part != device.PartVendor || len(id.Doubts[0].Values) != 1 {
		t.Errorf("the doubts are %v, want one value of the vendor", id.Doubts)
	}
	page := saw(device.SourceHTTP, "body", `<script>var model = "AP-BS404";</script>`)
	if id := identify(page); len(id.Doubts) != 1 {
		t.Errorf("a script's word: the doubts are %v, want one", id.Doubts)
	}
	said := saw(device.SourceHTTP, "title", "A-Plus Video AP-BS404")
	if id := identify(title, said); len(id.Doubts) != 0 || id.Vendor != "A-Plus Video" {
		t.Errorf("it is of %q with the doubts %v where the maker is named too, want none", id.Vendor, id.Doubts)
	}
}

// Devices write their model in few ways, and a model that is in the list must be read in all
// of them: what is read wrongly or not at all gets no verdict.
func TestAModelOfTheListIsReadHoweverItIsWritten(t *testing.T) {
	s := Default()
	const router = "urn:schemas-upnp-org:device:InternetGatewayDevice:1"
	forms := map[string]func(maker, model string) device.Observation{
		"behind its maker in modelName": func(maker, model string) device.Observation {
			return saw(device.SourceUPnP, "depth", "0", "deviceType", router, "manufacturer", maker+" Inc.", "modelName", maker+" "+model, "friendlyName", "UPnP")
		},
		"before plain words in modelName": func(maker, model string) device.Observation {
			return saw(device.SourceUPnP, "depth", "0", "deviceType", router, "manufacturer", maker, "modelName", model+" Wireless Router", "friendlyName", "UPnP")
		},
		"in modelNumber beside plain words": func(maker, model string) device.Observation {
			return saw(device.SourceUPnP, "depth", "0", "deviceType", router, "manufacturer", maker, "modelName", maker+" Router", "modelNumber", model, "friendlyName", "UPnP")
		},
		"in a description beside plain words": func(maker, model string) device.Observation {
			return saw(device.SourceUPnP, "depth", "0", "deviceType", router, "manufacturer", maker, "modelName", maker+" Router", "modelDescription", maker+" "+model+" Router", "friendlyName", "UPnP")
		},
		"as the name of a description without one": func(maker, model string) device.Observation {
			return saw(device.SourceUPnP, "depth", "0", "deviceType", router, "manufacturer", maker, "modelName", maker+" Gateway", "friendlyName", model)
		},
		"with underscores": func(maker, model string) device.Observation {
			return saw(device.SourceUPnP, "depth", "0", "deviceType", router, "manufacturer", maker, "modelName", strings.ReplaceAll(model, " ", "_"), "friendlyName", "UPnP")
		},
		"in a title behind its maker": func(maker, model string) device.Observation {
			return saw(device.SourceHTTP, "title", maker+" "+model+" - Login")
		},
	}
	for form, say := range forms {
		t.Run(form, func(t *testing.T) {
			n, bad := 0, []string{}
			for line := range strings.Lines(modelNames) {
				c := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
				maker, known := s.Vendor(c[0])
				if len(c) < 3 || !known || s.provider[fold(c[0])] || device.Kind(c[1]).Class() != device.ClassNetwork {
					continue
				}
				for i := 2; i < len(c); i += 9 {
					n++
					id := identify(say(c[0], c[i]))
					if id.Vendor != maker || squeeze(id.Model+id.Revision) != squeeze(c[i]) && squeeze(id.Model) != squeeze(c[i]) {
						bad = append(bad, c[0]+" "+c[i]+" is read as "+id.Vendor+" "+id.Model)
					}
				}
			}
			if n < 200 || len(bad)*100 > 2*n {
				t.Errorf("%d of %d are read otherwise:\n%s", len(bad), n, strings.Join(bad, "\n"))
			}
			t.Logf("%d of %d are read otherwise: %q", len(bad), n, bad)
		})
	}
}

// A word behind a model makes it another one, which may have another verdict.
func TestAModelOfTheListIsNotReadInALongerOne(t *testing.T) {
	s := Default()
	for _, title := range []string{"Tenda AX12 Pro", "Foscam R2 Pro", "Synology DS218 II", "Ubiquiti EdgeRouter Infinity", "NETGEAR R6400 V2"} {
		maker, model, _ := strings.Cut(title, " ")
		short, _, _ := strings.Cut(model, " ")
		if !s.isModel(maker, short) {
			t.Errorf("%s %s is not in the list, and shows nothing", maker, short)
		}
		if id := identify(saw(device.SourceHTTP, "title", title)); id.Model != model {
			t.Errorf("%s is read as a %s", title, id.Model)
		}
	}
	for _, suffix := range []string{" Pro", " Infinity", " 4G", " AX", " Home", " v9 Router", " 4G Router", " AX Router"} {
		n, bad := 0, []string{}
		for line := range strings.Lines(modelNames) {
			c := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			maker, known := s.Vendor(c[0])
			if len(c) < 3 || !known || maker == "Synology" || device.Kind(c[1]).Class() == device.ClassOther { // Synology's is read from among the words
				continue
			}
			for i := 2; i < len(c); i += 23 {
				if longer := c[i] + suffix; !s.isModel(maker, longer) {
					n++
					if got := s.without(maker, longer); modelKey(got) == modelKey(c[i]) {
						bad = append(bad, c[0]+" "+longer)
					}
				}
			}
		}
		if n < 200 || len(bad) > 0 {
			t.Errorf("%d of %d with %q are cut short: %q", len(bad), n, suffix, bad)
		}
	}
}

// Letters that are not English are letters: the word behind a model is none of its name.
func TestAWordBehindAModelIsNoPartOfIt(t *testing.T) {
	for title, want := range map[string]string{
		"NETGEAR R7000 Página de inicio": "R7000",
		"NETGEAR R7000 Přihlášení":       "R7000",
		"Linksys WRT54G Lösenord":        "WRT54G",
		"TP-Link TL-WR841N Dörr":         "TL-WR841N",
		"NETGEAR R7000P管理":               "R7000P",
		"FRITZ!Box 192.168.178.1":        "",
		"ASUS ZenWiFi Login":             "ZenWiFi",
		"ASUS ZenWiFi XT8 Login":         "ZenWiFi XT8",
		"TP-Link Deco Web Interface":     "Deco",
		"devolo Magic 2 WiFi+":           "Magic 2 WiFi+",
		"Foscam C2 Black+":               "C2 Black+",
		"EdgeRouter Login":               "",
		"Wyze Cam Pan":                   "Cam Pan",
		"Ubiquiti G4 Dome":               "G4 Dome",
		"TP-Link Archer Einstellungen":   "Archer",
		"NETGEAR R7000²":                 "R7000²",
		"hAP ac lite - MikroTik":         "hAP ac lite",
	} {
		if id := identify(saw(device.SourceHTTP, "title", title)); id.Model != want {
			t.Errorf("%s is read as a %s, want %s", title, id.Model, want)
		}
	}
}

// TestNoPartOfAModelsNameIsAnother writes each model of the list as devices do.
func TestNoPartOfAModelsNameIsAnother(t *testing.T) {
	set := Default()
	for _, models := range set.known {
		for _, m := range models {
			if !strings.Contains(m.model, " ") {
				continue // no other name is in a single word
			}
			for _, text := range []string{m.model + "/1.0 UPnP/1.0 " + m.vendor + " " + m.model, m.model + " V3.5", m.model + "-1A2B3C"} {
				if other := set.rival(text, m.vendor, m.model); other != "" {
					t.Errorf("%q: %s %s, or %s", text, m.vendor, m.model, other)
				}
			}
		}
	}
}
