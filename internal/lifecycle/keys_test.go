package lifecycle

import (
	"slices"
	"testing"
)

func TestVendorsMeetUnderOneKey(t *testing.T) {
	for key, names := range map[string][]string{
		"tplink":          {"TP-Link", "TP-LINK", "tp link", "TP-Link Technologies Co., Ltd.", "TP-LINK Technologies"},
		"dlink":           {"D-Link", "D-Link Corporation", "D-Link Systems", "D-LINK CORPORATION"},
		"netgear":         {"NETGEAR", "NETGEAR, Inc.", "Netgear Inc"},
		"asus":            {"ASUS", "ASUSTeK Computer Inc.", "ASUSTeK Corporation", "ASUSTEK"},
		"avm":             {"AVM", "AVM Berlin", "AVM Computersysteme Vertriebs GmbH", "FRITZ!"},
		"huawei":          {"Huawei", "Huawei Technologies Co., Ltd."},
		"linksys":         {"Linksys", "LINKSYS", "Linksys Inc.", "Cisco-Linksys, LLC"},
		"ubiquiti":        {"Ubiquiti", "Ubiquiti Inc.", "Ubiquiti Networks, Inc."},
		"hikvision":       {"HIKVISION", "Hangzhou Hikvision Digital Technology Co., Ltd."},
		"sagemcom":        {"Sagemcom", "Sagemcom Broadband SAS"},
		"westerndigital":  {"Western Digital", "WD", "Western Digital Corporation"},
		"cisco":           {"Cisco", "Cisco Systems, Inc."},
		"deutschetelekom": {"Deutsche Telekom", "Telekom"},
		"":                {"", " ", "--"},
	} {
		for _, name := range names {
			if got := VendorKey(name); got != key {
				t.Errorf("VendorKey(%q) = %q, want %q", name, got, key)
			}
		}
	}
}

func TestModelsThatAreOneMeet(t *testing.T) {
	for _, c := range []struct {
		vendor string
		names  []string
	}{
		{"TP-Link", []string{"Archer C7", "TP-LINK Archer C7", "TP-Link Archer-C7", "archer c7", "ArcherC7", "tp link Archer C7"}},
		{"TP-Link", []string{"TL-WR841N", "TL WR841N", "tl-wr841n"}},
		{"NETGEAR", []string{"R7000", "NETGEAR R7000", "netgear r7000"}},
		{"AVM", []string{"FRITZ!Box 7490", "AVM FRITZ!Box 7490", "FRITZBox 7490", "Fritz Box 7490", "FRITZ!Box Fon WLAN 7490"}},
		{"AVM", []string{"FRITZ!WLAN Repeater 450E", "FRITZ!Repeater 450E"}},
		{"Sagemcom", []string{"F@st 5359", "Fast 5359", "F@ST5359", "Sagemcom F@st 5359"}},
		{"D-Link", []string{"DIR-860L", "DIR860L", "D-Link DIR-860L"}},
		{"TP-Link", []string{"Archer C20 v5", "Archer C20 v5 00000000", "TP-Link Archer C20 v5"}},
		{"ASUS", []string{"RT-AC52U_B1", "RT-AC52U B1", "RT-AC52U-B1"}},
		{"ASUS", []string{"ZenWiFi XT8", "ZenWiFi_XT8"}},
		{"Synology", []string{"DS216+", "DS 216+", "Synology DS216+"}},
	} {
		want := ModelKey(c.vendor, c.names[0])
		if want == "" {
			t.Errorf("ModelKey(%q, %q) is empty", c.vendor, c.names[0])
		}
		for _, name := range c.names[1:] {
			if got := ModelKey(c.vendor, name); got != want {
				t.Errorf("ModelKey(%q, %q) = %q, want %q as for %q", c.vendor, name, got, want, c.names[0])
			}
		}
	}
}

func TestModelsThatAreTwoNeverMeet(t *testing.T) {
	for _, c := range [][3]string{
		{"Linksys", "E100", "E1000"},
		{"NETGEAR", "R7000", "R7000P"},
		{"TP-Link", "Archer C20", "Archer C20i"},
		{"TP-Link", "Archer C2", "Archer C20"},
		{"Synology", "DS216+", "DS216"},
		{"Synology", "DS216+", "DS216+II"},
		{"ASUS", "RT-AC66U", "RT-AC66U B1"},
		{"ASUS", "RT-AC51U+", "RT-AC51U"},
		{"AVM", "FRITZ!Box 7530", "FRITZ!Box 7530 AX"},
		{"AVM", "FRITZ!Box 7590", "FRITZ!Repeater 7590"},
		{"devolo", "Magic 1 WiFi 2-1", "Magic 1 WiFi 21"},
		{"Hikvision", "DS-2CD3E36G0-(I)S", "DS-2CD3E36G0-IS"},
		{"eero", "eero 6", "eero 6+"},
		{"ZTE", "MF283+", "MF283"},
		{"NETGEAR", "Orbi Pro", "Pro"},
		{"NETGEAR", "Orbi 970", "970"},
		{"Ubiquiti", "UniFi AP", "AP"},
		{"TP-Link", "Archer C200", "Tapo C200"},
		{"TP-Link", "Archer C200", "C200"},
	} {
		if a, b := ModelKey(c[0], c[1]), ModelKey(c[0], c[2]); a == b {
			t.Errorf("%s %s and %s meet as %q", c[0], c[1], c[2], a)
		}
	}
}

func TestRevisionsThatAreOneMeet(t *testing.T) {
	for key, spellings := range map[string][]string{
		"5":    {"v5", "V5", "5", "5.0", "v5.0", "Ver: 5.0", "Ver. 5", "Ver:5.0", "Archer C20 v5 00000000", "Version 5.0", "EU/5.0", "5.0 (EU)", "v5 (EU/RU/JP)", "V05"},
		"5.6":  {"5.6", "v5.6", "Ver: 5.6"},
		"5.8":  {"5.8", "V5.8"},
		"3.20": {"v3.20", "EU/3.20"},
		"3.2":  {"v3.2"},
		"a1":   {"A1", "Ver. A1", "H/W Ver.: A1", "rev.A1", "Rev. A1", "HW: A1", "a1", "Hardware Version A1"},
		"a":    {"A", "Rev. A"},
		"gen2": {"Gen2", "Gen 2"},
		"xw":   {"XW"},
		"4.3":  {"V.4.3"},
		"9":    {"TL-WR841N v9 00000000", "WR841N v9", "4G-AC86U v9"},
		"":     {"", "00000000", "unknown", " ", "0"},
	} {
		for _, s := range spellings {
			if got := RevisionKey(s); got != key {
				t.Errorf("RevisionKey(%q) = %q, want %q", s, got, key)
			}
		}
	}
}

func TestAPlainRevisionIsReadAsAnyOther(t *testing.T) {
	plain := 0
	for _, a := range []string{"", "v", "a", "b", "x", "v.", "v0", "ver", "r"} {
		for _, b := range []string{"", "1", "0", "10", "2.0", "14.6", "3.20", "1.02", "5.", ".5", "1..2", "1.2.0", "12b", "00"} {
			s := a + b
			if key, ok := plainRevision(s); ok {
				plain++
				if want := spelledRevision(s); key != want {
					t.Errorf("%q is %q, want %q", s, key, want)
				}
			}
		}
	}
	if plain < 15 {
		t.Errorf("only %d are plain", plain)
	}
}

func TestRevisionsThatAreTwoNeverMeet(t *testing.T) {
	for _, c := range [][2]string{
		{"5.0", "5.6"}, {"5.6", "5.8"}, {"3.2", "3.20"}, {"A", "A1"}, {"A1", "A10"}, {"v1", "v10"}, {"v2", "v2.1"}, {"v1.0R", "v1.0"},
		{"IPC_515B8M5M_V2", "IPC_523128M5MP_V2"}, {"IPC_V1", "NVR_V1"}, {"V2, V3", "V3"}, {"V2 & V3", "V3"}, {"v2.0 and v3.0", "v3"}, {"v1/v2", "v2"}, {"6.0/7.0", "7.0"},
		{"Gigabit Edition v2", "v2"}, {"CN/RU", "RU"}, {"Rev. 2 (Hynix NAND)", "Rev. 2"}, {"XW", "XM"}, {"16M", "8M"},
	} {
		if a, b := RevisionKey(c[0]), RevisionKey(c[1]); a == b {
			t.Errorf("%q and %q meet as %q", c[0], c[1], a)
		}
	}
}

func TestKeysJoinModelAndRevisionOnlyWhereTheyAreOneName(t *testing.T) {
	for _, c := range []struct{ vendor, model, revision, want string }{
		{"NETGEAR", "R7500", "v2", "r7500v2"},
		{"NETGEAR", "R7500", "2.0", "r7500v2"},
		{"ASUS", "RT-AC66U", "B1", ModelKey("ASUS", "RT-AC66U B1")},
		{"Linksys", "E100", "0", ""},
		{"NETGEAR", "R7000", "P", ""},
		{"TP-Link", "Archer C20", "i", ""},
	} {
		got, ok := joined(c.vendor, c.model, c.revision)
		if !ok {
			got = ""
		}
		if got != c.want {
			t.Errorf("joined(%s, %s, %s) = %q, want %q", c.vendor, c.model, c.revision, got, c.want)
		}
	}
}

// A catalogue narrows by these keys before Find sees anything, so what Find would match
// must share one.
func TestWhatFindMatchesSharesAKey(t *testing.T) {
	box := Product{Vendor: "Compal", Model: "CH7465LG", Provider: "Ziggo", Aliases: []string{"Connectbox", "Ziggo Connect Box 1"}}
	products := []Product{
		box, {Vendor: "NETGEAR", Model: "R7500", Revision: "v2"}, {Vendor: "NETGEAR", Model: "R7500v2"}, {Vendor: "ASUS", Model: "RT-AC66U_B1"},
		{Vendor: "AVM", Model: "FRITZ!Repeater 600 v2", Revision: "v2"}, {Vendor: "D-Link", Model: "DIR-860L", Revision: "B1", Aliases: []string{"AC1200 Cloud Router"}},
	}
	matched := 0
	for _, vendor := range []string{"Compal", "Ziggo", "NETGEAR, Inc.", "ASUSTeK Computer Inc.", "AVM Berlin", "D-Link Corporation"} {
		for _, model := range []string{"CH7465LG", "Connectbox", "Ziggo Connectbox", "Connect Box 1", "R7500", "R7500v2", "RT-AC66U", "RT-AC66U B1", "Fritz!Repeater 600 v2", "AVM FRITZ!Repeater 600v2", "dir860l", "AC1200 Cloud Router", "DIR-860L B1"} {
			for _, revision := range []string{"", "2.0", "B1", "A1", "v1"} {
				id := who(vendor, model, revision, "")
				for _, p := range products {
					if Find(id, []Product{p}).How == NoMatch {
						continue
					}
					matched++
					keys := ProductKeys(p)
					if !slices.Contains(ProductVendorKeys(p), VendorKey(vendor)) || !slices.ContainsFunc(IdentityKeys(id), func(k string) bool { return slices.Contains(keys, k) }) {
						t.Errorf("%s %s %s matches %s %s, but shares no key: %v, %v", vendor, model, revision, p.Vendor, p.Model, IdentityKeys(id), keys)
					}
				}
			}
		}
	}
	if matched < 30 {
		t.Errorf("only %d matches: the test proves little", matched)
	}
}
