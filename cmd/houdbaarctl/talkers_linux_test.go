package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"testing"

	"houdbaar/internal/lab"
)

// A talker is a device that answers one of the makers' protocols and nothing else.
// All of them are invented.
type talker struct {
	name, vendor, model, firmware string
	mac                           string // "" = of no maker
	asked                         int    // datagrams and connections to it alone
	udp                           map[uint16][][]byte
	http                          []lab.Exchange
}

func one16(port uint16, reply []byte) map[uint16][][]byte { return map[uint16][][]byte{port: {reply}} }

const firstTalker = 50

// talkers returns fifteen devices whose protocol carries the model, and firmware but
// for the one that wants a login, Foscam's, whose protocol carries firmware and no
// model, and four whose protocols say little more than that a camera is there. The
// first is at 10.77.0.firstTalker, the others follow it.
func talkers() []talker {
	onvif := func(at byte, path string, answer []byte) (string, []lab.Exchange) {
		url := fmt.Sprintf("http://10.77.0.%d%s", at, path)
		return url, []lab.Exchange{{Request: []byte("POST " + path + " HTTP/1.1\r\nHost: 10.77.0.1\r\n\r\n"), Response: answer}}
	}
	url1, http1 := onvif(firstTalker, "/onvif/device_service", lab.ONVIFAnswer("Invented", "IPC-100", "2.1.0 build 7"))
	url2, http2 := onvif(firstTalker+1, "/onvif/device_service", []byte("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
	return []talker{
		{"onvif-open", "", "IPC-100", "2.1.0 build 7", "", 1, one16(3702, lab.WSDReply("00000000-0000-4000-8000-000000000101", "IPC-100", "IPC", url1)), http1},
		{"onvif-login", "", "IPC-200", "", "", 1, one16(3702, lab.WSDReply("00000000-0000-4000-8000-000000000102", "IPC-200", "IPC", url2)), http2},
		{"hikvision", "Hikvision", "DS-2CD2032-I", "V5.4.5build 170123", "", 1, one16(37020, lab.SADPReply("DS-2CD2032-I", "V5.4.5build 170123")), nil},
		{"hikvision-oem", "Hikvision", "OEM-100", "V5.5.0build 180702", "", 1, one16(37020, lab.SADPReply("OEM-100", "V5.5.0build 180702")), nil},
		{"dahua", "Dahua", "IPC-HDW4431C-A", "2.622.0000000.7.R", "", 0, one16(37810, lab.DHIPReply("Dahua", "IPC", "IPC-HDW4431C-A", "2.622.0000000.7.R")), nil},
		{"amcrest", "Amcrest", "IP2M-841", "2.420.AC00.18.R", "", 0, one16(37810, lab.DHIPReply("Amcrest", "IPC", "IP2M-841", "2.420.AC00.18.R")), nil},
		{"ubiquiti-v1", "Ubiquiti", "NanoStation Loco M5", "5.6.3", "", 0, one16(10001, lab.UbiquitiReply(1, "NanoStation Loco M5", "XM.ar7240.v5.6.3.28591.151130.1749")), nil},
		{"ubiquiti-v2", "Ubiquiti", "UDM-Pro", "4.0.6", "", 0, one16(10001, lab.UbiquitiReply(2, "UDMPRO", "4.0.6")), nil},
		{"mikrotik", "MikroTik", "RB951G-2HnD", "6.49.10", "", 1, one16(5678, lab.MNDPReply("", "RB951G-2HnD", "6.49.10 (long-term)")), nil},
		{"mikrotik-old", "MikroTik", "RB433", "5.22", "", 1, one16(5678, lab.MNDPReply("", "RB433", "5.22")), nil},
		{"asus", "ASUS", "RT-AC68U", "3.0.0.4.386", "", 1, one16(9999, lab.InfosvrReply("RT-AC68U", "3.0.0.4.386")), nil},
		{"kasa", "TP-Link", "HS110", "1.2.5 Build 171213 Rel.101523", "", 0, one16(9999, lab.KasaReply("IOT.SMARTPLUGSWITCH", "HS110(EU)", "1.0", "1.2.5 Build 171213 Rel.101523")), nil},
		{"tapo", "TP-Link", "C210", "1.4.2 Build 240829 Rel.54953n", "", 0, one16(20002, lab.TDPReply("SMART.IPCAMERA", "C210(EU)", "2.0", "1.4.2 Build 240829 Rel.54953n")), nil},
		{"tapo-new", "TP-Link", "C220", "1.2.2 Build 240914", "", 0, one16(20004, lab.TDPReply("SMART.IPCAMERA", "C220(EU)", "1.0", "1.2.2 Build 240914")), nil},
		{"axis", "Axis", "M3045-V", "9.80.3.2", "00:40:8c:00:00:01", 3, nil, []lab.Exchange{{
			Request:  []byte("POST /axis-cgi/basicdeviceinfo.cgi HTTP/1.1\r\nHost: 10.77.0.1\r\n\r\n"),
			Response: page(`{"apiVersion":"1.0","data":{"propertyList":{"Brand":"AXIS","ProdFullName":"AXIS M3045-V Network Camera","ProdNbr":"M3045-V","Version":"9.80.3.2"}}}`)}}},
		{"xiongmai", "Xiongmai", "", "", "", 3, one16(34569, lab.DVRIPReply("LocalHost", 16, "2014-09-04 16:32:11")), nil},
		{"pppp", "VStarcam", "", "", "", 2, one16(32108, lab.PPPPReply("VSTB")), nil},
		{"reolink", "Reolink", "", "", "", 2, one16(2000, lab.ReolinkReply(1, 1, "Front")), nil},
		{"v380", "", "", "", "", 3, one16(10008, lab.V380Reply("1")), nil},
		{"foscam", "", "", "11.37.2.56", "", 3, one16(10000, lab.FoscamReply("", [4]byte{11, 37, 2, 56}, [4]byte{2, 4, 10, 1})), nil},
	}
}

// page is a good answer with this body.
func page(body string) []byte {
	return []byte(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", len(body), body))
}

// netgear is a gateway that tells what it is on one page only.
var netgear = lab.Script{Name: "netgear", HTTP: []lab.Exchange{{
	Request:  []byte("GET /currentsetting.htm HTTP/1.1\r\nHost: 10.77.0.1\r\n\r\n"),
	Response: []byte("HTTP/1.0 200 OK\r\nConnection: close\r\n\r\nFirmware=V1.0.11.100_10.2.100\r\nRegionTag=R7000_WW\r\nModel=R7000\r\n"),
}}}

// plugTalkers plays the talkers, each at its address.
func plugTalkers(n *lab.Net) []talker {
	all := talkers()
	for i, d := range all {
		octet := byte(firstTalker + i)
		mac := cmp.Or(d.mac, fmt.Sprintf("a0:00:00:00:00:%02x", octet))
		n.Play(octet, mac, lab.Script{Name: d.name, UDP: d.udp, HTTP: d.http}, lab.Quirks{})
	}
	return all
}

// bigHome plugs in 44 devices: a gateway with one page, twenty talkers, nineteen
// recordings and four that say nothing.
func bigHome(t *testing.T, n *lab.Net) []talker {
	t.Helper()
	n.Play(1, "", netgear, lab.Quirks{})
	all := plugTalkers(n)
	dirs, err := filepath.Glob(recordings + "/*")
	if err != nil || len(dirs) != 19 {
		t.Fatalf("%d recordings, %v; this home wants 19", len(dirs), err)
	}
	for i, dir := range dirs {
		n.Play(byte(10+i), "", script(t, filepath.Base(dir)), lab.Quirks{})
	}
	for i, mac := range []string{"da:a1:19:00:00:01", "00:1b:21:00:00:01", "44:47:cc:00:00:01", "a0:00:00:00:00:99"} {
		n.Host(fmt.Sprintf("silent%d", i), byte(90+i), mac)
	}
	return all
}
