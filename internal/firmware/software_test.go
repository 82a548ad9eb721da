package firmware

import "testing"

func TestAVersionMayNameOtherFirmware(t *testing.T) {
	for version, want := range map[string]string{
		"OpenWrt 23.05.2":        "OpenWrt",
		"openwrt-22.03":          "OpenWrt",
		"LEDE Reboot 17.01.4":    "OpenWrt",
		"DD-WRT v3.0-r44715 std": "DD-WRT",
		"ddwrt":                  "DD-WRT",
		"FreshTomato 2024.1":     "FreshTomato",
		"Fresh Tomato":           "FreshTomato",
		"Tomato 1.28":            "Tomato",
		"388.8_2 (Merlin)":       "Asuswrt-Merlin",
		"Asuswrt-Merlin 386.14":  "Asuswrt-Merlin",
		"":                       "",
		"1.0.11.100":             "",
		"FRITZ!OS 7.57":          "",
		"3.0.0.4.386_51997":      "",
		"V5.5.800 build 210628":  "",
		"wrt":                    "",
	} {
		if got := Software(version); got != want {
			t.Errorf("Software(%q) = %q, want %q", version, got, want)
		}
	}
}
