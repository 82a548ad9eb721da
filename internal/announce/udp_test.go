package announce

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"houdbaar/internal/device"
)

func unhex(s string) []byte {
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		panic(err)
	}
	return b
}

// pad returns s with NULs to n bytes.
func pad(s string, n int) string { return s + strings.Repeat("\x00", n-len(s)) }

// kasa encrypts as the device does.
func kasa(s string) string {
	b, key := []byte(s), byte(171)
	for i := range b {
		b[i] ^= key
		key = b[i]
	}
	return string(b)
}

// udpReplies are one reply of each protocol, built for the tests.
var udpReplies = []struct {
	name, source string
	port         uint16
	data         string
	want         map[string]string
}{
	{"WS-Discovery with unescaped scopes", device.SourceWSD, PortWSD,
		`<?xml version="1.0"?><e:Envelope><e:Body><d:ProbeMatches><d:ProbeMatch><a:EndpointReference><a:Address>urn:uuid:ABC-1</a:Address></a:EndpointReference><d:Types>dn:NetworkVideoTransmitter
 tds:Device</d:Types><d:Scopes>onvif://www.onvif.org/hardware/DS-2CD1 onvif://www.onvif.org/name/My%20Cam onvif://www.onvif.org/type/ptz onvif://www.onvif.org/type/audio</d:Scopes><d:XAddrs>http://192.168.1.9/onvif/device_service</d:XAddrs></d:ProbeMatch></d:ProbeMatches></e:Body></e:Envelope>`,
		map[string]string{
			"address": "urn:uuid:ABC-1", "types": "dn:NetworkVideoTransmitter tds:Device", "xaddrs": "http://192.168.1.9/onvif/device_service",
			"scopes":         "onvif://www.onvif.org/hardware/DS-2CD1 onvif://www.onvif.org/name/My%20Cam onvif://www.onvif.org/type/ptz onvif://www.onvif.org/type/audio",
			"scope.hardware": "DS-2CD1", "scope.name": "My Cam", "scope.type": "ptz", "scope.type#2": "audio",
		}},
	{"Hikvision SADP", device.SourceSADP, PortSADP,
		`<?xml version="1.0" encoding="UTF-8"?><ProbeMatch><Types>inquiry</Types><DeviceDescription>DS-2CD2032-I</DeviceDescription><SoftwareVersion>V5.3.0build 150513</SoftwareVersion><Activated>true</Activated></ProbeMatch>`,
		map[string]string{"Types": "inquiry", "DeviceDescription": "DS-2CD2032-I", "SoftwareVersion": "V5.3.0build 150513", "Activated": "true"}},
	{"Dahua DHDiscover", device.SourceDHIP, PortDHIP,
		string(dhipMagic) + strings.Repeat("\x00", 24) + `{"mac":"02:00:00:00:00:01","params":{"deviceInfo":{"DeviceType":"IPC-HFW","Version":"2.800.0.16.R","IPv4Address":{"IPAddress":"192.168.1.9"}}}}` + "\n\x00",
		map[string]string{"mac": "02:00:00:00:00:01", "DeviceType": "IPC-HFW", "Version": "2.800.0.16.R", "IPv4Address.IPAddress": "192.168.1.9"}},
	{"MikroTik MNDP", device.SourceMNDP, PortMNDP,
		"\x00\x00\x00\x01" + "\x00\x05\x00\x04home" + "\x00\x07\x00\x046.48" + "\x00\x08\x00\x08MikroTik" + "\x00\x0c\x00\x05RB433" + "\x00\x0a\x00\x04\x10\x00\x00\x00",
		map[string]string{"identity": "home", "version": "6.48", "platform": "MikroTik", "board": "RB433", "uptime": "16"}},
	{"Kasa, without its place on earth", device.SourceKasa, PortKasa,
		kasa(`{"system":{"get_sysinfo":{"model":"HS110(EU)","sw_ver":"1.2.5 Build 171213","hw_ver":"1.0","latitude":52.1,"longitude_i":49000}}}`),
		map[string]string{"model": "HS110(EU)", "sw_ver": "1.2.5 Build 171213", "hw_ver": "1.0"}},
	{"a Kasa camera, whose keys stand one deeper", device.SourceKasa, PortKasa,
		kasa(`{"system":{"get_sysinfo":{"err_code":0,"system":{"model":"KC120","sw_ver":"2.2.0"}}}}`),
		map[string]string{"err_code": "0", "model": "KC120", "sw_ver": "2.2.0"}},
	{"ASUS infosvr, on the port of Kasa", device.SourceInfosvr, PortKasa,
		"\x0c\x16\x1f\x00" + pad("", 4) + pad("", 128) + pad("network", 32) + pad("255.255.255.0", 32) + pad("RT-AC68U", 32) + pad("3.0.0.4.386", 16) + pad("\x01\x02\x00\x00\x00\x00\x01", 264),
		map[string]string{"ProductID": "RT-AC68U", "FirmwareVersion": "3.0.0.4.386"}},
	{"Foscam", device.SourceFoscam, PortFoscam,
		pad("MO_I\x00\x01", 23) + pad("00606E000001", 13) + pad("Schuur", 21) + pad("\xc0\xa8\x01\x09", 20) + "\x0b\x25\x02\x38" + "\x02\x00\x0a\x07" + "\x00\x50\x01",
		map[string]string{"name": "Schuur", "firmware": "11.37.2.56", "web": "2.0.10.7"}},
	{"Xiongmai, as sol-vin's xet has it", device.SourceDVRIP, PortDVRIP,
		"\xff\x00\x00\x00" + pad("", 10) + "\xfb\x05" + "\x00\x01\x00\x00" + `{ "NetWork.NetCommon" : { "ChannelNum" : 1, "DeviceType" : 1, "GateWay" : "0x010BA8C0", "HostName" : "LocalHost", "MAC" : "00:12:31:00:00:01", "OtherFunction" : "D=2019-02-28 17:30:58 V=0", "SN" : "0000000000000001", "TCPPort" : 34567 }, "Ret" : 100, "SessionID" : "0x00000000" }` + "\n\x00",
		map[string]string{"HostName": "LocalHost", "ChannelNum": "1"}},
	{"Xiongmai, cut short", device.SourceDVRIP, PortDVRIP,
		"\xff\x01\x00\x00" + pad("", 10) + "\xfb\x05" + "\x00\x01\x00\x00" + `{ "NetWork.NetCommon" : { "BuildDate" : "2014-09-04 16:32:11", "ChannelNum" : 16, "Dev`,
		map[string]string{"BuildDate": "2014-09-04 16:32:11", "ChannelNum": "16"}},
	{"PPPP, without what reaches the camera", device.SourcePPPP, PortPPPP,
		"\xf1\x41\x00\x14" + pad("VSTB", 8) + "\x00\x01\xe2\x40" + pad("ABCDE", 8),
		map[string]string{"prefix": "VSTB"}},
	{"PPPP, veiled with a maker's key", device.SourcePPPP, PortPPPP,
		string(VeilPPPP("vstarcam2018", []byte("\xf1\x41\x00\x14"+pad("VE", 8)+"\x00\x01\xe2\x40"+pad("ABCDE", 8)))),
		map[string]string{"prefix": "VE"}},
	{"Reolink, a recorder", device.SourceReolink, PortReolink,
		pad("", 50) + "\x02\x03\x08" + pad("", 5) + pad("", 46) + pad("\xaa\xaa", 4) + pad("192.168.1.9", 20) + pad("\x28\x23", 4) + pad("Schuur", 32) + pad("EC:71:DB:00:00:01", 64) + pad("95270000AAAAAAAA", 160),
		map[string]string{"type": "2", "name": "Schuur"}},
	{"V380, without its number", device.SourceV380, PortV380,
		"NVDEVRESULT^1^00:00:00:00:00:01^192.168.1.50^255.255.255.0^192.168.1.1^x^x^x^x^x^x^10000001^x\x00",
		map[string]string{"result": "1"}},
	{"Ubiquiti version 1", device.SourceUbiquiti, PortUbiquiti,
		"\x01\x00\x00\x29" + "\x01\x00\x06\x02\x00\x00\x00\x00\x01" + "\x03\x00\x0aXM.v5.6.15" + "\x0b\x00\x04roof" + "\x0c\x00\x03LM5" + "\x14\x00\x09NanoSt M5",
		map[string]string{"firmware": "XM.v5.6.15", "name": "roof", "platform": "LM5", "model": "NanoSt M5"}},
	{"Ubiquiti version 1, an airOS 8 that announces itself", device.SourceUbiquiti, PortUbiquiti,
		"\x01\x06\x00\x1c" + "\x03\x00\x0aWA.V8.7.17" + "\x14\x00\x0cNanoBeam 5AC",
		map[string]string{"firmware": "WA.V8.7.17", "model": "NanoBeam 5AC"}},
	{"Ubiquiti version 2", device.SourceUbiquiti, PortUbiquiti,
		"\x02\x06\x00\x10" + "\x15\x00\x03UDR" + "\x16\x00\x053.2.9",
		map[string]string{"model": "UDR", "version": "3.2.9"}},
	{"Ubiquiti version 0, a recorder", device.SourceUbiquiti, PortUbiquiti,
		"\x00\x00\x00\x10" + "\x15\x00\x04UNVR" + "\x16\x00\x06v4.2.1",
		map[string]string{"model": "UNVR", "version": "v4.2.1"}},
	{"TP-Link TDP, without the sealed part", device.SourceTDP, PortTDP,
		pad("\x02\x00\x00\x01", 16) + `{"result":{"device_model":"C210","firmware_version":"1.4.3 Build 241010","mgt_encrypt_schm":{"is_support_https":true},"encrypt_info":{"data":"QUJD"}},"error_code":0}`,
		map[string]string{"device_model": "C210", "firmware_version": "1.4.3 Build 241010", "mgt_encrypt_schm.is_support_https": "true"}},
}

func TestUDP(t *testing.T) {
	for _, tt := range udpReplies {
		t.Run(tt.name, func(t *testing.T) {
			obs := UDP(tt.port, packet(tt.data))
			if len(obs) != 1 || obs[0].Source != tt.source {
				t.Fatalf("got %v, want one of %s", obs, tt.source)
			}
			if d := cmp.Diff(tt.want, obs[0].Fields); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
			if tt.port == PortWSD && obs[0].Key != "abc-1" {
				t.Errorf("key %q", obs[0].Key)
			}
		})
	}
}

func TestQuestionsAndNoiseAreNoReplies(t *testing.T) {
	for _, tt := range []struct {
		name string
		port uint16
		data string
	}{
		{"a WS-Discovery Probe", PortWSD, `<Envelope><Body><Probe><Types>dn:NetworkVideoTransmitter</Types></Probe></Body></Envelope>`},
		{"a SADP Probe", PortSADP, `<?xml version="1.0"?><Probe><Uuid>1</Uuid><Types>inquiry</Types></Probe>`},
		{"a DHDiscover search", PortDHIP, string(dhipMagic) + strings.Repeat("\x00", 24) + `{"method":"DHDiscover.search","params":{"mac":"","uni":1}}`},
		{"an MNDP request", PortMNDP, "\x00\x00\x00\x00"},
		{"a Kasa request", PortKasa, kasa(`{"system":{"get_sysinfo":{}}}`)},
		{"an ASUS request", PortKasa, pad("\x0c\x15\x1f\x00", 512)},
		{"a Ubiquiti request", PortUbiquiti, "\x01\x00\x00\x00"},
		{"a Ubiquiti request of version 2", PortUbiquiti, "\x02\x08\x00\x00"},
		{"a TDP probe", PortTDP, string(unhex("020000010000000000000000463cb5d3"))},
		{"a Foscam search", PortFoscam, pad("MO_I", 27)},
		{"a Xiongmai search", PortDVRIP, "\xff" + pad("", 13) + "\xfa\x05" + pad("", 4)},
		{"a Xiongmai command that changes a device", PortDVRIP, "\xff" + pad("", 13) + "\xfc\x05" + pad("\x10", 4) + `{"NetWork.NetCommon":{"HostName":"x"}}`},
		{"a PPPP search", PortPPPP, "\xf1\x30\x00\x00"},
		{"a PPPP answer without a number", PortPPPP, "\xf1\x41\x00\x14" + pad("", 20)},
		{"a veiled PPPP answer", PortPPPP, "\x49\xc4\xea\x36" + pad("x", 20)},
		{"a V380 search", PortV380, "NVDEVSEARCH^100"},
		{"a V380 answer whose result is no number", PortV380, "NVDEVRESULT^00:00:00:00:00:01^x^x^x^x^x^x^x^x^x^x^x^x"},
		{"a PPPP answer that goes on", PortPPPP, "\xf1\x41\x00\x15" + pad("VSTB", 12) + pad("ABCDE", 9)},
		{"a V380 answer cut short", PortV380, "NVDEVRESULT^1^00:00:00:00:00:01^192.168.1.50"},
		{"a Reolink search", PortReolink, "\xaa\xaa\x00\x00"},
		{"a Reolink answer to another question", PortReolink, pad("\x00\x00", 388)},
		{"an unknown port", 7, "hello"},
		{"nothing", PortWSD, ""},
	} {
		if obs := UDP(tt.port, packet(tt.data)); len(obs) > 0 {
			t.Errorf("%s: got %v, want nothing", tt.name, obs)
		}
	}
}

// The search that a camera answered in magicus/pppp-dissector's issue 3.
func TestTheVeilIsTheCameras(t *testing.T) {
	search := []byte{0xf1, 0x30, 0, 0}
	if got := fmt.Sprintf("%x", VeilPPPP("vstarcam2018", search)); got != "49b573d5" {
		t.Errorf("the search is %s, want 49b573d5", got)
	}
	for _, key := range append([]string{""}, PPPPKeys...) {
		if got := unveil(key, VeilPPPP(key, search)); !bytes.Equal(got, search) {
			t.Errorf("with %q it comes back as % x", key, got)
		}
	}
}
