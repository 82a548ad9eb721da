package fingerprint

import "testing"

func TestTextsThatBeginWithAMaker(t *testing.T) {
	s := Default()
	for text, want := range map[string][2]string{
		"ZTE F660 Login":                      {"ZTE", "F660"},
		"TP-LINK Wireless N Router WR841N":    {"TP-Link", "WR841N"},
		"AXIS M3045":                          {"Axis", "M3045"},
		"3Com - OfficeConnect":                {"", ""},
		"D-Link Internet Camera":              {"D-Link", ""},
		"Linksys forum, all about the WRT54G": {"", ""},
		"Reviews of the NETGEAR R7000":        {"", ""},
		"Broadcom BCM96348":                   {"", ""},
		"ASUS Login":                          {"ASUS", ""},
		"NETGEAR 802.11ac Router":             {"NETGEAR", ""},
		"Huawei 192.168.1.1":                  {"", ""},
	} {
		t.Run(text, func(t *testing.T) {
			if vendor, model := s.namedFirst(text); vendor != want[0] || model != want[1] {
				t.Errorf("vendor %q and model %q, want %q", vendor, model, want)
			}
		})
	}
}
