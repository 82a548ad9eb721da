package fingerprint

import (
	"testing"

	"houdbaar/internal/device"
)

func TestADocumentIsReadByWhatItsKeysMean(t *testing.T) {
	for _, c := range []struct {
		name                    string
		fields                  []string
		vendor, model, firmware string
	}{
		{"nested", []string{"data.deviceInfo.vendor", "Acme", "data.deviceInfo.modelName", "WR-900", "data.deviceInfo.firmwareVersion", "2.3.4"}, "Acme", "WR-900", "2.3.4"},
		{"a model that names its maker", []string{"Model-Name", "RT-AC68U"}, "ASUS", "RT-AC68U", ""},
		{"other devices", []string{"clients.0.model", "iPhone12,1", "devices.0.model", "RT-AC68U", "devices.0.firmware", "1.2.3"}, "", "", ""},
		{"a list of its clients", []string{"client_list.0.vendor", "D-Link", "client_list.0.model", "DIR-868L", "client_list.0.firmware", "9.8.7"}, "", "", ""},
		{"its nodes", []string{"vendor", "TP-Link", "result.node_list.0.model", "M5", "result.node_list.1.model", "M9"}, "TP-Link", "", ""},
		{"a list of one's parts", []string{"data.0.model", "WR-900", "data.0.firmware", "1.2.3"}, "", "WR-900", "1.2.3"},
		{"an update that waits", []string{"model", "WR-900", "update.firmware_version", "9.9.9"}, "", "WR-900", ""},
		{"a type that is a model", []string{"type", "IP2M-841", "vendor", "Amcrest"}, "Amcrest", "IP2M-841", ""},
		{"a type that is a model with letters behind", []string{"type", "VTO2111D-WP", "vendor", "Dahua"}, "Dahua", "VTO2111D-WP", ""},
		{"a type that is a cipher", []string{"type", "AES256-GCM", "vendor", "Dahua"}, "Dahua", "", ""},
		{"a version with its build", []string{"model", "WR-900", "SoftwareVersion", "3.2.2 (Build: 5921EX)"}, "", "WR-900", "3.2.2 (Build: 5921EX)"},
		{"a maker of two words before a model", []string{"product_name", "Dune HD TV-102"}, "Dune HD", "TV-102", ""},
		{"a type that is none", []string{"type", "error404"}, "", "", ""},
		{"a class that is empty", []string{"ProductClass", ""}, "", "", ""},
		{"a modem's answer", []string{"R.GetMotoStatusSoftwareResponse.StatusSoftwareModelName", "SB8200", "R.GetMotoStatusSoftwareResponse.StatusSoftwareSfVer", "AB01.02.053.05_080901_193.0A.NSH"}, "Arris", "SB8200", "AB01.02.053.05_080901_193.0A.NSH"},
		{"the whole of it", []string{"model", "WR-900", "fullFirmwareVersion", "2.3.4.5"}, "", "WR-900", "2.3.4.5"},
		{"a key that says whose it is", []string{"model", "WR-900", "deviceFirmwareVersion", "2.3.4"}, "", "WR-900", "2.3.4"},
		{"keys of other versions", []string{"model", "WR-900", "currentVersion", "9.1", "systemVersion", "9.2", "latestFirmwareVersion", "9.3", "current-firmware", "9.4", "minFwVersion", "9.5", "bootSoftwareVersion", "9.6"}, "", "WR-900", ""},
		{"counted as Huawei does", []string{"model", "AP3602", "softversion", "V200R006P02"}, "", "AP3602", "V200R006P02"},
		{"below its name", []string{"model", "WR-900", "firmware.version", "2.3.4", "bootloader.version", "9.9"}, "", "WR-900", "2.3.4"},
		{"below its name, to be fetched", []string{"model", "WR-900", "firmware.version", "2.3.4", "firmware.url", "http://192.0.2.1/fw.bin"}, "", "WR-900", ""},
		{"below its name, waiting", []string{"model", "WR-900", "firmware.version", "2.3.4", "firmware.available", "true"}, "", "WR-900", ""},
		{"below its name, downloaded", []string{"model", "WR-900", "firmware.version", "2.3.4", "firmware.status", "downloaded"}, "", "WR-900", ""},
		{"below its name, in use", []string{"model", "WR-900", "firmware.version", "2.3.4", "firmware.status", "ok"}, "", "WR-900", "2.3.4"},
		{"below its name, beside one waiting", []string{"model", "WR-900", "firmware.current", "2.3.4", "firmware.available", "2.4"}, "", "WR-900", "2.3.4"},
		{"below another's name", []string{"model", "WR-900", "modem.firmware.version", "2.3.4", "software.version", "9.1", "update.firmware.version", "9.2"}, "", "WR-900", ""},
		{"a word for a version", []string{"model", "WR-900", "firmware", "ok"}, "", "WR-900", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			id := identify(saw(device.SourceDeviceInfo, c.fields...))
			if id.Vendor != c.vendor || id.Model != c.model || id.Firmware != c.firmware {
				t.Errorf("%q, %q, %q; want %q, %q, %q", id.Vendor, id.Model, id.Firmware, c.vendor, c.model, c.firmware)
			}
		})
	}
}

func TestWhatSpeaksOfItsLineToTheProviderJoinsTheHomeToIt(t *testing.T) {
	for _, c := range []struct {
		name   string
		fields []string
		want   device.Kind
	}{
		{"a router", []string{"wan.ip", "192.0.2.1", "wan.upspeed", "0", "hardware.platform", "RA67"}, device.Router},
		{"a modem for cable", []string{"cablemodem.docsisVersion", "3.1", "cablemodem.status", "operational"}, device.Modem},
		{"a gateway for cable", []string{"cablemodem.docsisVersion", "3.1", "productType", "Cable Gateway", "type", "gateway"}, device.Gateway},
		{"a router for cable", []string{"deviceType", "router", "docsis_version", "3.0"}, device.Gateway},
		{"one key", []string{"default_wan", "fibre", "status", "ok"}, device.Unknown},
		{"a list of others", []string{"clients.0.wan_ip", "192.0.2.1", "clients.0.wan_state", "up"}, device.Unknown},
		{"a camera that dials", []string{"network.pppoe.enable", "0", "network.pppoe.user", "x"}, device.Unknown},
		{"a camera described", []string{"deviceInfo.deviceName", "212", "deviceInfo.deviceDescription", "IPCamera"}, device.Camera},
		{"a camera that says so", []string{"deviceType", "IPCamera", "wan_ip", "192.0.2.1", "wan_state", "up"}, device.Camera},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := identify(saw(device.SourceDeviceInfo, c.fields...)).Kind; got != c.want {
				t.Errorf("kind %q, want %q", got, c.want)
			}
		})
	}
}

// TestAShortModelAloneOnlyHintsAtItsMaker: an inverter may be an E1500 too.
func TestAShortModelAloneOnlyHintsAtItsMaker(t *testing.T) {
	for model, doubts := range map[string]int{"E1500": 1, "RT-AC68U": 0} {
		id := identify(saw(device.SourceDeviceInfo, "model", model, "type", "inverter"))
		if id.Vendor == "" || len(id.Doubts) != doubts {
			t.Errorf("%s is by %q with the doubts %v, want %d", model, id.Vendor, id.Doubts, doubts)
		}
	}
}

func TestADocumentSpeaksOfItsDeviceOnly(t *testing.T) {
	for name, c := range map[string]struct {
		o                         device.Observation
		model, revision, firmware string
	}{
		"what it runs":               {saw(device.SourceDeviceInfo, "model", "DIR-615", "hwver", "B1", "firmware", "1.2.3"), "DIR-615", "B1", "1.2.3"},
		"a neighbour":                {saw(device.SourceDeviceInfo, "neighbours.device_info.model", "DIR-615"), "", "", ""},
		"a client":                   {saw(device.SourceDeviceInfo, "clients.deviceinfo.model", "DCS-932L", "clients.deviceinfo.manufacturer", "D-Link"), "", "", ""},
		"two cameras":                {saw(device.SourceDeviceInfo, "cam1.model", "DCS-932L", "cam2.model", "DCS-5222L"), "", "", ""},
		"the firmware of its radio":  {saw(device.SourceDeviceInfo, "model", "DIR-615", "wifi.firmwareversion", "7.14.89"), "DIR-615", "", ""},
		"a satellite's":              {saw(device.SourceDeviceInfo, "model", "DIR-615", "satellites.0.model", "DAP-1610", "satellites.0.firmwareVersion", "9.8.7"), "DIR-615", "", ""},
		"its cloud's":                {saw(device.SourceDeviceInfo, "model", "DIR-615", "cloud.firmwareVersion", "9.9.9"), "DIR-615", "", ""},
		"in a part of its own":       {saw(device.SourceDeviceInfo, "data.deviceInfo.model", "DIR-615", "data.softwareInfo.firmwareVersion", "1.2.3"), "DIR-615", "", "1.2.3"},
		"where its model stands":     {saw(device.SourceDeviceInfo, "thing.model", "DIR-615", "thing.firmwareVersion", "1.2.3"), "DIR-615", "", "1.2.3"},
		"a revision below zero":      {saw(device.SourceDeviceInfo, "model", "DIR-615", "hwversion", "-1"), "DIR-615", "", ""},
		"its boot loader":            {saw(device.SourceDeviceInfo, "model", "DIR-615", "bootloader.softwareVersion", "1.0.1"), "DIR-615", "", ""},
		"firmware there is":          {saw(device.SourceDeviceInfo, "model", "DIR-615", "available.firmware", "9.9.9"), "DIR-615", "", ""},
		"another's firmware":         {saw(device.SourceDeviceInfo, "model", "DIR-615", "softwareVersion", "OpenWrt-23.05.2"), "DIR-615", "", ""},
		"a program's version":        {saw(device.SourceDeviceInfo, "model", "DIR-615", "firmwareversion", "MiniUPnPd-2.1"), "DIR-615", "", ""},
		"a year as a revision":       {saw(device.SourceDeviceInfo, "model", "DIR-615", "hwversion", "2024"), "DIR-615", "", ""},
		"a letter behind a revision": {saw(device.SourceDeviceInfo, "model", "DIR-615", "hwversion", "2.4E"), "DIR-615", "2.4E", ""},
		"a frequency as a revision":  {saw(device.SourceDeviceInfo, "model", "DIR-615", "hardware", "2.4G"), "DIR-615", "", ""},
		"a board of OpenWrt's":       {saw(device.SourceDeviceInfo, "model", "tplink,cpe210-v1", "model2", "TP-Link CPE210 v1"), "CPE210", "V1", ""},
		"a fibre box's firmware":     {saw(device.SourceDeviceInfo, "model", "HG8145V5", "SoftwareVersion", "V5R022C10S590"), "HG8145V5", "", "V5R022C10S590"},
		"an address as a revision":   {saw(device.SourceDeviceInfo, "model", "DIR-615", "hwversion", "192.168.1.1"), "DIR-615", "", ""},
		"a computer by its name":     {saw(device.SourceMDNS, "service", "_sftp-ssh._tcp.local", "instance", "R7000"), "", "", ""},
		"a second value of a key":    {saw(device.SourceDeviceInfo, "model", "unknown", "model#2", "DIR-868L"), "", "", ""},
		"the module inside":          {saw(device.SourceDeviceInfo, "model", "DIR-615", "hardware", "A31"), "DIR-615", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			id := identify(c.o)
			if id.Model != c.model || id.Revision != c.revision || id.Firmware != c.firmware {
				t.Errorf("it is %q %q %q, want %q %q %q", id.Model, id.Revision, id.Firmware, c.model, c.revision, c.firmware)
			}
		})
	}
}

func TestAModelCalledByItsMakersNameKeepsIt(t *testing.T) {
	id := identify(saw(device.SourceMDNS, "service", "_octoprint._tcp", "instance", "OctoPrint", "txt.model", "Raspberry Pi 4"))
	if id.Vendor != "Raspberry Pi" || id.Model != "Raspberry Pi 4" {
		t.Errorf("it is %q %q", id.Vendor, id.Model)
	}
}

func TestACamerasNumberOfThreePartsIsNoVersion(t *testing.T) {
	for words, want := range map[string]string{"Network Camera": "", "Music player": "1.2.3"} {
		id := identify(saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:Basic:1", "manufacturer", "Some One", "modelName", "ZK-4455", "modelDescription", words, "modelNumber", "1.2.3"))
		if id.Firmware != want {
			t.Errorf("%s: firmware %q, want %q", words, id.Firmware, want)
		}
	}
}

func TestAProgramsVersionIsNotTheRoutersItRunsOn(t *testing.T) {
	server := saw(device.SourceUPnP, "depth", "0", "deviceType", "urn:schemas-upnp-org:device:MediaServer:1", "manufacturer", "Justin Maggard",
		"modelName", "Windows Media Connect compatible (MiniDLNA)", "modelNumber", "1.2.1")
	for _, o := range []device.Observation{
		saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "ASUSTeK Computer Inc.", "modelName", "RT-AC68U"),
		saw(device.SourceMDNS, "service", "_http._tcp", "instance", "DS218j", "txt.vendor", "Synology", "txt.model", "DS218j"),
	} {
		if id := identify(o, server); id.Firmware != "" || id.Model == "" {
			t.Errorf("%s %s has firmware %q", id.Vendor, id.Model, id.Firmware)
		}
	}
}
