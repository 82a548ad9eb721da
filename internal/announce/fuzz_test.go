package announce

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"houdbaar/internal/device"
)

// seeds adds our own examples, and the files of the recorded set beside the
// project that match a pattern, where it is present.
func seeds(f *testing.F, pattern string, own ...string) {
	for _, s := range own {
		f.Add([]byte(s))
	}
	if pattern == "" {
		return
	}
	files, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "announcements", "*", filepath.FromSlash(pattern)))
	for _, path := range files {
		if b, err := os.ReadFile(path); err == nil && len(b) < 64<<10 {
			f.Add(b)
		}
	}
}

func FuzzSSDP(f *testing.F) {
	seeds(f, "ssdp.txt", "HTTP/1.1 200 OK\r\nUSN: uuid:1::x\r\nLOCATION: /a\r\n fold\r\n\r\n", "NOTIFY * HTTP/1.1\nnt:a")
	f.Fuzz(func(t *testing.T, b []byte) {
		if o, ok := SSDP(Packet{From: from, Data: b}); ok {
			check(t, []device.Observation{o})
			Location(o)
		}
	})
}

func FuzzMDNS(f *testing.F) {
	for _, p := range mdnsPackets() {
		seeds(f, "", string(p))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		// Two packets of one sender, so that joining is tried as well.
		half := len(b) / 2
		ps := asPackets(b, b[:half], b[half:])
		check(t, MDNS(ps))
		MDNSServices(ps)
	})
}

func FuzzParseResponse(f *testing.F) {
	seeds(f, "http/001.txt", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n", "HTTP/1.0 200\nContent-Encoding: deflate\n\nx",
		"HTTP/1.1 200 OK\r\n\r\n"+gzipped("hi"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if r := ParseResponse(b); len(r.Body) > maxBody {
			t.Errorf("%d bytes: body of %d", len(b), len(r.Body))
		}
	})
}

func FuzzParseExchange(f *testing.F) {
	seeds(f, "http/001.txt", "GET /a HTTP/1.1\r\nHost: 192.168.1.1\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx")
	f.Fuzz(func(t *testing.T, b []byte) {
		x, err := ParseExchange(b)
		if err != nil {
			return
		}
		again, err := ParseExchange(x.Bytes())
		if err != nil || !bytes.Equal(again.Response, x.Response) && len(x.Response) <= maxExchange {
			t.Errorf("%q was read as %q and then as %q (%v)", b, x.Response, again.Response, err)
		}
	})
}

func FuzzOnward(f *testing.F) {
	seeds(f, "", `<frameset><frame name=main src="status.htm"><iframe src='a?b'>`, `<meta http-equiv=refresh content="0;url=/a">`, "<script>location.href='/b'</script>")
	f.Fuzz(func(t *testing.T, b []byte) {
		found := HTTP(Exchange{From: from, Request: []byte("GET / HTTP/1.1\r\n\r\n"), Response: append([]byte("HTTP/1.1 200 OK\r\n\r\n"), b...)})
		for i, place := range Onward(found[0]) {
			if place == "" || i >= framesMost {
				t.Errorf("place %d is %q", i+1, place)
			}
		}
	})
}

// fuzzPage fuzzes the body of a page on a path.
func fuzzPage(f *testing.F, path string, own ...string) {
	seeds(f, "", own...)
	f.Fuzz(func(t *testing.T, b []byte) {
		x := Exchange{From: from, Request: []byte("GET " + path + " HTTP/1.1\r\n\r\n"), Response: append([]byte("HTTP/1.1 200 OK\r\n\r\n"), b...)}
		check(t, HTTP(x))
		x.Response = b
		check(t, HTTP(x))
	})
}

func FuzzUPnP(f *testing.F) {
	fuzzPage(f, "/root.xml", description, "<root><device><UDN>1</UDN>", "<!DOCTYPE a [<!ENTITY b 'c'>]><device/>")
}
func FuzzHNAP(f *testing.F) {
	fuzzPage(f, "/HNAP1/", "<GetDeviceSettingsResponse><ModelName>E1200</ModelName></GetDeviceSettingsResponse>")
}
func FuzzONVIF(f *testing.F) {
	fuzzPage(f, "/onvif/device_service", "<t:GetDeviceInformationResponse><t:Model>C</t:Model></t:GetDeviceInformationResponse>")
}
func FuzzBoxinfo(f *testing.F) {
	fuzzPage(f, "/jason_boxinfo.xml", "<j:BoxInfo><j:Name>FRITZ!Box</j:Name></j:BoxInfo>")
}
func FuzzJNAP(f *testing.F) {
	fuzzPage(f, "/JNAP/", `{"result":"OK","output":{"modelNumber":"EA4500"}}`)
}
func FuzzAxis(f *testing.F) {
	fuzzPage(f, "/axis-cgi/basicdeviceinfo.cgi", `{"data":{"propertyList":{"ProdNbr":"M1"}}}`)
}
func FuzzGoogleWifi(f *testing.F) {
	fuzzPage(f, "/api/v1/status", `{"software":{"softwareVersion":"1"}}`)
}
func FuzzXiaomi(f *testing.F) {
	fuzzPage(f, "/cgi-bin/luci/api/xqsystem/init_info", `{"romversion":"1","id":"2/3","hardware":"R4A"}`)
}
func FuzzCurrentSetting(f *testing.F) {
	fuzzPage(f, "/currentsetting.htm", "Firmware=V1\r\nModel=R7000\r\n")
}
func FuzzNIPCA(f *testing.F) { fuzzPage(f, "/common/info.cgi", "model=DCS\nversion=1\n") }
func FuzzDeviceInfo(f *testing.F) {
	fuzzPage(f, "/info", "<a><b>1</b><b>2</b></a>", `{"a":[1,{"b":null}],"c":1e9}`, "<html><title>x</title>",
		"00000\r\nid 0|1\r\nmodelName Archer%20C80\r\n", "var model=\"C1\";\nvar softVersion='1.0';\nvar tz=-3600;\n", "[0,0]0\nmodelName=MR200\n[error]0\n",
		`function st(domain,ModelName) {} new st("InternetGatewayDevice.DeviceInfo","HG8145X7\x2d10",top.x)`)
}
func FuzzFoscamStatus(f *testing.F) { fuzzPage(f, "/get_status.cgi", "var sys_ver='1';\n") }

// fuzzUDP fuzzes what comes from a port.
func fuzzUDP(f *testing.F, port uint16) {
	own := 0
	for _, r := range udpReplies {
		if r.port == port {
			f.Add([]byte(r.data))
			own++
		}
	}
	if own == 0 {
		f.Fatalf("no example for port %d", port)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		check(t, UDP(port, Packet{From: from, Data: b}))
	})
}

func FuzzWSD(f *testing.F)            { fuzzUDP(f, PortWSD) }
func FuzzSADP(f *testing.F)           { fuzzUDP(f, PortSADP) }
func FuzzDHIP(f *testing.F)           { fuzzUDP(f, PortDHIP) }
func FuzzMNDP(f *testing.F)           { fuzzUDP(f, PortMNDP) }
func FuzzKasaAndInfosvr(f *testing.F) { fuzzUDP(f, PortKasa) }
func FuzzFoscam(f *testing.F)         { fuzzUDP(f, PortFoscam) }
func FuzzDVRIP(f *testing.F)          { fuzzUDP(f, PortDVRIP) }
func FuzzPPPP(f *testing.F)           { fuzzUDP(f, PortPPPP) }
func FuzzV380(f *testing.F)           { fuzzUDP(f, PortV380) }
func FuzzReolink(f *testing.F)        { fuzzUDP(f, PortReolink) }
func FuzzUbiquiti(f *testing.F)       { fuzzUDP(f, PortUbiquiti) }
func FuzzTDP(f *testing.F)            { fuzzUDP(f, PortTDP) }
