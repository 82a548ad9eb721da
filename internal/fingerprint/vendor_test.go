package fingerprint

import (
	"testing"

	"houdbaar/internal/device"
)

func TestAMakerIsNamedWithoutItsLegalFormTradeAndTown(t *testing.T) {
	s := Default()
	for raw, want := range map[string]string{
		"Topodome Technology Co., Ltd.":      "Topodome",
		"ACME Communications (Europe) GmbH":  "ACME",
		"Shenzhen Acme Electronics Co.,Ltd":  "Acme",
		"New H3C Technologies Co., Ltd.":     "H3C",
		"Askey Computer Corp.":               "Askey",
		"Hangzhou Hikvision Digital":         "Hikvision",
		"Network":                            "Network",
		"Realtek Semiconductor Corp.":        "",
		"EcoNet (Suzhou) Limited":            "",
		"http://www.example.com/manufacture": "",
		"Inc.":                               "Inc",
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

func TestADocumentIsReadByWhatItsKeysMean(t *testing.T) {
	s := Default()
	for _, c := range []struct {
		name                    string
		fields                  map[string]string
		vendor, model, firmware string
	}{
		{"nested", map[string]string{"data.deviceInfo.vendor": "Acme", "data.deviceInfo.modelName": "WR-900", "data.deviceInfo.firmwareVersion": "2.3.4"}, "Acme", "WR-900", "2.3.4"},
		{"a model that names its maker", map[string]string{"Model-Name": "RT-AC68U"}, "ASUS", "RT-AC68U", ""},
		{"other devices", map[string]string{"clients.0.model": "iPhone12,1", "devices.0.model": "RT-AC68U", "devices.0.firmware": "1.2.3"}, "", "", ""},
		{"an update that waits", map[string]string{"model": "WR-900", "update.firmware_version": "9.9.9"}, "", "WR-900", ""},
		{"a type that is a model", map[string]string{"type": "IP2M-841", "vendor": "Amcrest"}, "Amcrest", "IP2M-841", ""},
		{"a type that is none", map[string]string{"type": "error404"}, "", "", ""},
		{"a word for a version", map[string]string{"model": "WR-900", "firmware": "ok"}, "", "WR-900", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			id := s.Identify(one("deviceinfo", c.fields))
			if id.Vendor != c.vendor || id.Model != c.model || id.Firmware != c.firmware {
				t.Errorf("%q, %q, %q; want %q, %q, %q", id.Vendor, id.Model, id.Firmware, c.vendor, c.model, c.firmware)
			}
		})
	}
}

func TestWhatSpeaksOfItsLineToTheProviderJoinsTheHomeToIt(t *testing.T) {
	for _, c := range []struct {
		name   string
		fields map[string]string
		want   device.Kind
	}{
		{"a router", map[string]string{"wan.ip": "192.0.2.1", "wan.upspeed": "0", "hardware.platform": "RA67"}, device.Router},
		{"one key", map[string]string{"default_wan": "fibre", "status": "ok"}, device.Unknown},
		{"a list of others", map[string]string{"clients.0.wan_ip": "192.0.2.1", "clients.0.wan_state": "up"}, device.Unknown},
		{"a camera that dials", map[string]string{"network.pppoe.enable": "0", "network.pppoe.user": "x"}, device.Unknown},
		{"a camera that says so", map[string]string{"deviceType": "IPCamera", "wan_ip": "192.0.2.1", "wan_state": "up"}, device.Camera},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Default().Identify(one("deviceinfo", c.fields)).Kind; got != c.want {
				t.Errorf("kind %q, want %q", got, c.want)
			}
		})
	}
}
