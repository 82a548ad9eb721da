package fingerprint

import "testing"

func TestAMakerIsNamedWithoutItsLegalFormTradeAndTown(t *testing.T) {
	s := Default()
	for raw, want := range map[string]string{
		"Topodome Technology Co., Ltd.":      "Topodome",
		"ACME Communications (Europe) GmbH":  "ACME",
		"Shenzhen Acme Electronics Co.,Ltd":  "Acme",
		"New H3C Technologies Co., Ltd.":     "H3C",
		"Askey Computer Corp.":               "Askey",
		"Hangzhou Hikvision Digital":         "Hikvision",
		"Network":                            "",
		"Security Camera":                    "",
		"WIFI_Camera":                        "",
		"Digital Video Recorder Co., Ltd":    "",
		"无线路由器":                              "",
		"Security Acme":                      "Security Acme",
		"Realtek Semiconductor Corp.":        "",
		"EcoNet (Suzhou) Limited":            "",
		"http://www.example.com/manufacture": "",
		"Inc.":                               "Inc",
		"%s":                                 "",
		"${manufacturer}":                    "",
	} {
		t.Run(raw, func(t *testing.T) {
			if got, _ := s.Vendor(raw); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestASiteNamesItsMaker(t *testing.T) {
	s := Default()
	for site, want := range map[string]string{
		"http://www.level1.com":           "LevelOne",
		"https://wavlink.com/en":          "Wavlink",
		"http://www.tp-link.com.cn":       "TP-Link",
		"www.totolink.net":                "TOTOLINK",
		"http://miniupnp.free.fr/":        "",
		"https://github.com/netgear/x":    "",
		"http://192.168.1.1/":             "",
		"http://netgear.router.example/":  "",
		"":                                "",
		"not an address":                  "",
		"http://[::1":                     "",
		"http://www.broadcom.com/tp-link": "",
	} {
		t.Run(site, func(t *testing.T) {
			if got := s.vendorOfSite(site); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestVendorsHaveOneSpelling(t *testing.T) {
	tests := map[string]string{
		"TP-LINK": "TP-Link", "TP-LINK TECHNOLOGIES CO., LTD.": "TP-Link", "tp link": "TP-Link", "D-Link Systems, Inc.": "D-Link",
		"D-link": "D-Link", "AVM Berlin": "AVM", "NETGEAR, Inc.": "NETGEAR", "ASUSTeK Computer Inc.": "ASUS", "ZyXEL Communications Corp.": "Zyxel",
		"AXIS": "Axis", "AXIS Communications AB": "Axis", "Hangzhou Hikvision Digital Technology Co.,Ltd": "Hikvision", "Huawei Technologies Co., Ltd.": "Huawei",
		"SAGEMCOM": "Sagemcom", "Ubiquiti Networks": "Ubiquiti", "Mikrotik": "MikroTik", "Synology Inc": "Synology", "LINKSYS": "Linksys",
		"Samsung Electronics": "Samsung", "Sony Corporation": "Sony", "Belkin International Inc.": "Belkin", "Royal Philips Electronics": "Philips",
		"Broadcom": "", "Realtek Semiconductor Corp.": "", "Justin Maggard": "", "MiniUPnP": "", "OpenWRT": "", "Manufacturer": "", "http://www.example.com": "",
		"Linkplay Technology Inc.": "LinkPlay", "Netgem": "Netgem", "NETIS SYSTEMS": "Netis", "Example Widgets GmbH": "Example Widgets",
	}
	for raw, want := range tests {
		if got, _ := Default().Vendor(raw); got != want {
			t.Errorf("%q is %q, want %q", raw, got, want)
		}
	}
}
