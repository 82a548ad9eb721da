package casefile

import (
	"encoding/binary"
	"encoding/hex"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"houdbaar/internal/announce"
	"houdbaar/internal/device"
)

// secrets are what an invented household would not want on paper, in the ways that
// devices write it. None of it is anybody's.
var secrets = []string{
	"Wilhelmina", "Zwanenburg", "Kwetterlaan", "1234QX", "wilhelmina@zwanenburg.example", "+31600012345", "0600012345",
	"Zwaantjesnet", "geheim-w8woord", "52.37021", "4.89517", "523702", "48951", "-73.98",
	"AB12CD34EF56", "20:00:5e:aa:bb:cc", "20005eaabbcc", "84.12.34.56", "2a02:a446:dead:beef::1",
	"c0ffee00-1234-4bcd-8ef0-a1b2c3d4e5f6", "356938035643809",
	"ZWAAN", "20005eaa", // of a camera's number
}

// TestNothingOfAnInventedHouseholdIsWritten gives every protocol the household's
// secrets in the fields that are made for them, and reads all that Write leaves.
func TestNothingOfAnInventedHouseholdIsWritten(t *testing.T) {
	from := netip.MustParseAddrPort("192.168.1.9:80")
	packet := func(s string) announce.Packet { return announce.Packet{From: from, Data: []byte(s)} }
	page := func(path, body string) func(t *testing.T) []device.Observation {
		return func(t *testing.T) []device.Observation {
			return announce.HTTP(announce.Exchange{From: from, Request: []byte("GET " + path + " HTTP/1.1\r\nHost: 192.168.1.9\r\n\r\n"),
				Response: []byte("HTTP/1.1 200 OK\r\nServer: Thing/1.0\r\nSet-Cookie: token=AB12CD34EF56\r\n\r\n" + body)})
		}
	}
	udp := func(port uint16, data string) func(t *testing.T) []device.Observation {
		return func(t *testing.T) []device.Observation {
			return announce.UDP(port, packet(data))
		}
	}
	tlv := func(head string, size int, values ...string) string {
		b := []byte(head)
		for _, v := range values { // the first byte is the kind
			if size == 3 {
				b = append(b, v[0])
			} else {
				b = append(b, 0, v[0])
			}
			b = append(binary.BigEndian.AppendUint16(b, uint16(len(v)-1)), v[1:]...)
		}
		if size == 3 {
			binary.BigEndian.PutUint16(b[2:], uint16(len(b)-4))
		}
		return string(b)
	}
	for name, says := range map[string]func(t *testing.T) []device.Observation{
		"Kasa, an older plug": udp(announce.PortKasa, string(announce.VeilKasa([]byte(`{"system":{"get_sysinfo":{"alias":"Slaapkamer Wilhelmina","model":"HS110(EU)","sw_ver":"1.2.5","hw_ver":"1.0","deviceId":"AB12CD34EF56AB12CD34EF56AB12CD34EF56AB12","mac":"20:00:5e:aa:bb:cc","latitude":52.37021,"longitude":4.89517,"type":"IOT.SMARTPLUGSWITCH"}}}`)))),
		"Kasa, a newer plug":  udp(announce.PortKasa, string(announce.VeilKasa([]byte(`{"system":{"get_sysinfo":{"alias":"Wilhelmina","model":"HS300(US)","sw_ver":"1.2.5","latitude_i":523702,"longitude_i":48951,"children":[{"id":"20005eaabbcc00","alias":"Zwanenburg"}]}}}`)))),
		"Kasa, west":          udp(announce.PortKasa, string(announce.VeilKasa([]byte(`{"system":{"get_sysinfo":{"model":"HS300(US)","sw_ver":"1.2.5","longitude" : -73.98 }}}`)))),
		"TDP":                 udp(announce.PortTDP, string(make([]byte, 16))+`{"result":{"device_model":"C210","firmware_version":"1.2.3","device_id":"AB12CD34EF56","owner":"AB12CD34EF56AB12CD34EF56","mac":"20-00-5e-aa-bb-cc","ip":"192.168.1.9","nickname":"Wilhelmina"}}`),
		"SADP":                udp(announce.PortSADP, `<ProbeMatch><DeviceDescription>DS-1</DeviceDescription><DeviceSN>DS-1AB12CD34EF56</DeviceSN><SoftwareVersion>V5.1</SoftwareVersion><MAC>20-00-5e-aa-bb-cc</MAC><IPv6Address>2a02:a446:dead:beef::1</IPv6Address></ProbeMatch>`),
		"DHIP": udp(announce.PortDHIP, func() string {
			body := `{"mac":"20:00:5e:aa:bb:cc","method":"client.notifyDevInfo","params":{"deviceInfo":{"DeviceType":"IPC","Version":"2.8","SerialNo":"AB12CD34EF56","MachineName":"Wilhelmina","IPv6Address":{"IPAddress":"2a02:a446:dead:beef::1"}}}}`
			b := append([]byte("\x20\x00\x00\x00DHIP"), make([]byte, 24)...)
			binary.LittleEndian.PutUint32(b[16:], uint32(len(body)))
			binary.LittleEndian.PutUint32(b[24:], uint32(len(body)))
			return string(b) + body
		}()),
		"Ubiquiti": udp(announce.PortUbiquiti, tlv("\x01\x00\x00\x00", 3, "\x03BZ.v6", "\x0bWilhelmina", "\x0dZwaantjesnet", "\x06Zwanenburg", "\x02\x20\x00\x5e\xaa\xbb\xcc\x54\x0c\x22\x38")),
		"MNDP":     udp(announce.PortMNDP, tlv("\x00\x00\x00\x01", 4, "\x05Zwanenburg", "\x076.48", "\x0bAB12CD34EF56", "\x0chAP", "\x01\x20\x00\x5e\xaa\xbb\xcc")),
		"Xiongmai, cut short in a name": udp(announce.PortDVRIP, "\xff\x01\x00\x00Zwaan"+string(make([]byte, 5))+"\xfb\x05\x00\x01\x00\x00"+
			`{ "NetWork.NetCommon" : { "ChannelNum" : 4, "UUID" : "AB12CD34EF56", "User" : "Wilhelmina", "HostIP" : "0x3822540C", "HostName" : "Zwanenburg van Wilhel`),
		"Xiongmai": udp(announce.PortDVRIP, "\xff"+string(make([]byte, 13))+"\xfb\x05\x00\x01\x00\x00"+
			`{ "NetWork.NetCommon" : { "ChannelNum" : 4, "HostName" : "Wilhelmina", "MAC" : "20:00:5e:aa:bb:cc", "SN" : "AB12CD34EF56" }, "Ret" : 100 }`+"\n\x00"),
		"PPPP":         udp(announce.PortPPPP, "\xf1\x41\x00\x14VSTB\x00\x00\x00\x00\x20\x00\x5e\xaaZWAAN\x00\x00\x00"),
		"PPPP, veiled": udp(announce.PortPPPP, string(announce.VeilPPPP("camera", []byte("\xf1\x41\x00\x14DGOA\x00\x00\x00\x00\x20\x00\x5e\xaaZWAAN\x00\x00\x00")))),
		"V380":         udp(announce.PortV380, "NVDEVRESULT^1^20:00:5e:aa:bb:cc^192.168.1.9^255.255.255.0^192.168.1.1^Wilhelmina^0^0^0^0^0^AB12CD34EF56^0\x00Zwanenburg"),
		"Reolink": udp(announce.PortReolink, func() string {
			b := make([]byte, 388)
			b[50], b[52] = 1, 1
			copy(b[80:], "\x20\x00\x5e\xaa\xbb\xcc")
			copy(b[104:], "\xaa\xaa\x00\x00192.168.1.9")
			copy(b[58:], "Wilhelmina")
			copy(b[132:], "Schuur\x00Zwanenburg")
			copy(b[164:], "20:00:5E:AA:BB:CC")
			copy(b[228:], "AB12CD34EF56")
			return string(b)
		}()),
		"infosvr": udp(announce.PortKasa, func() string {
			b := make([]byte, 512)
			copy(b, "\x0c\x16\x1f\x00")
			copy(b[8:], "Wilhelmina")
			copy(b[136:], "Zwaantjesnet")
			copy(b[200:], "RT-AC66U")
			copy(b[232:], "3.0.0.4")
			copy(b[249:], "\x20\x00\x5e\xaa\xbb\xcc")
			return string(b)
		}()),
		"WS-Discovery": udp(announce.PortWSD, `<Envelope><Body><ProbeMatches><ProbeMatch><EndpointReference><Address>urn:uuid:c0ffee00-1234-4bcd-8ef0-a1b2c3d4e5f6</Address></EndpointReference><Types>dn:NetworkVideoTransmitter</Types><Scopes>onvif://www.onvif.org/hardware/IPC onvif://www.onvif.org/name/Wilhelmina onvif://www.onvif.org/location/city/Zwanenburg onvif://www.onvif.org/location/street/Kwetterlaan onvif://www.onvif.org/MAC/20:00:5e:aa:bb:cc</Scopes><XAddrs>http://192.168.1.9/onvif</XAddrs></ProbeMatch></ProbeMatches></Body></Envelope>`),
		"SSDP": func(t *testing.T) []device.Observation {
			o, _ := announce.SSDP(packet("NOTIFY * HTTP/1.1\r\nNT: x\r\nUSN: uuid:c0ffee00-1234-4bcd-8ef0-a1b2c3d4e5f6::x\r\nLOCATION: http://84.12.34.56/d.xml\r\nX-FRIENDLY-NAME: V2lsaGVsbWluYSBad2FuZW5idXJn\r\nX-USER: wilhelmina@zwanenburg.example\r\n\r\n"))
			return []device.Observation{o}
		},
		"UPnP":                      page("/root.xml", `<root><device><deviceType>x</deviceType><friendlyName>NAS van Wilhelmina Zwanenburg</friendlyName><manufacturer>M</manufacturer><modelName>M-1</modelName><serialNumber>AB12CD34EF56</serialNumber><UDN>uuid:c0ffee00-1234-4bcd-8ef0-a1b2c3d4e5f6</UDN><presentationURL>http://84.12.34.56/</presentationURL></device></root>`),
		"a page of settings":        page("/status.json", `{"model":"R1","ssid":"Zwaantjesnet","ssid_5g" : "Zwaantjesnet","wifi":{"key":"geheim-w8woord","psk":"geheim-w8woord","password":"geheim-w8woord","wpa_passphrase":"geheim-w8woord"},"owner":"Wilhelmina Zwanenburg","email":"wilhelmina@zwanenburg.example","phone":"+31600012345","street":"Kwetterlaan 7","postcode":"1234QX","city":"Zwanenburg","lat":52.37021,"lng":4.89517,"latitude":"52.37021","gps":{"lon":4.89517},"wan_ip":"84.12.34.56","ip6":"2a02:a446:dead:beef::1","imei":"356938035643809","msisdn":"0600012345","access_token":"AB12CD34EF56"}`),
		"the same in XML":           page("/status.xml", `<status><model>R1</model><SSID>Zwaantjesnet</SSID><ESSID>Zwaantjesnet</ESSID><PreSharedKey>geheim-w8woord</PreSharedKey><Password>geheim-w8woord</Password><Owner>Wilhelmina Zwanenburg</Owner><Email>wilhelmina@zwanenburg.example</Email><PhoneNumber>0600012345</PhoneNumber><Address><Street>Kwetterlaan 7</Street><PostalCode>1234QX</PostalCode><City>Zwanenburg</City></Address><Latitude>52.37021</Latitude><Longitude>4.89517</Longitude><IMEI>356938035643809</IMEI></status>`),
		"as attributes":             page("/info.xml", `<info><device model="R1" friendlyName="Wilhelmina" serialNumber="AB12CD34EF56" mac="20005EAABBCC" wan="84.12.34.56"/><wifi SSID='Zwaantjesnet' key="geheim-w8woord"/><gps latitude="52.37021" lon="4.89517"/></info>`),
		"as a record":               page("/d.asp", `<script>function st(domain,SerialNumber,ModelName,Mac) {} var infos = new Array(new st("InternetGatewayDevice.DeviceInfo","AB12CD34EF56","HG8145V5","20\x3a00\x3a5e\x3aaa\x3abb\x3acc"),null);</script>`),
		"with its marks as escapes": page("/d.asp", `<script>function st(domain,SerialNumber) {} var x = new st("InternetGatewayDevice.DeviceInfo","AB12CD34EF56"); var wan='84\x2e12\x2e34\x2e56', v6='2a02\x3aa446\x3adead\x3abeef\x3a\x3a1', mail="wilhelmina\x40zwanenburg\x2eexample", mac="20\x2d00\x2d5E\x2dAA\x2dBB\x2dCC", model="HG8145X7\x2D10", ssid="Zwaantjesnet";</script>`),
		"as pairs":                  page("/info.xml", `<ajax_response_xml_root><OBJ><Instance><ParaName>ModelName</ParaName><ParaValue>F660</ParaValue><ParaName>SerialNumber</ParaName><ParaValue>AB12CD34EF56</ParaValue><ParaName>ESSID</ParaName><ParaValue>Zwaantjesnet</ParaValue><ParaName>KeyPassphrase</ParaName><ParaValue>geheim-w8woord</ParaValue><ParaName>MACAddr</ParaName><ParaValue>20:00:5e:aa:bb:cc</ParaValue><ParaName>HostName</ParaName><ParaValue>Wilhelmina</ParaValue><ParaName>Latitude</ParaName><ParaValue>52.37021</ParaValue></Instance></OBJ></ajax_response_xml_root>`),
		"magicBox":                  page("/cgi-bin/magicBox.cgi?action=getSystemInfo", "deviceType=31\r\nprocessor=ST7108\r\nserialNumber=AB12CD34EF56\r\nupdateSerial=NVR2X-4KS3\r\n"),
		"as a form":                 page("/wifi.htm", `<form><input type=text name="ssid" value="Zwaantjesnet"><INPUT value='geheim-w8woord' TYPE=password id=pw1><input name=wpaPassphrase value=geheim-w8woord><input type=hidden name="serialNumber" value="AB12CD34EF56"></form>`),
		"as lines":                  page("/info.cgi", "model=DCS-1\r\nname=Wilhelmina\r\nssid=Zwaantjesnet\r\nmacaddr=20:00:5e:aa:bb:cc\r\nlocation=Zwanenburg\r\npassword=geheim-w8woord\r\nlatitude=52.37021\r\nlongitude=4.89517\r\nemail=wilhelmina@zwanenburg.example\r\n"),
		"as a script":               page("/get_status.cgi", "var id='20005EAABBCC';\nvar sys_ver='11.37';\nvar alias='Wilhelmina';\nvar ssid='Zwaantjesnet';\nvar pwd='geheim-w8woord';\nvar latitude = 52.37021;\nvar longitude='4.89517';\n"),
	} {
		t.Run(name, func(t *testing.T) {
			obs := says(t)
			if len(obs) == 0 {
				t.Fatal("nothing was read; the test means nothing")
			}
			all := strings.ToLower(writtenIn(rewritten(t, device.Device{MAC: "20:00:5e:aa:bb:cc", Addrs: []netip.Addr{from.Addr()}, Observations: obs}, Options{})))
			escapes := strings.NewReplacer(":", `\x3a`, ".", `\x2e`, "-", `\x2d`, "@", `\x40`)
			for _, secret := range secrets {
				for _, form := range []string{secret, strings.ReplaceAll(secret, ":", "-"), escapes.Replace(secret), escapes.Replace(strings.ReplaceAll(secret, ":", "-")), hex.EncodeToString([]byte(secret))} {
					if strings.Contains(all, strings.ToLower(form)) {
						t.Errorf("%q was written:\n%.1500s", form, all)
					}
				}
			}
		})
	}
}

// writtenIn is all text in a folder, with what is packed unpacked.
func writtenIn(c Case) string {
	var all strings.Builder
	for _, b := range append(c.SSDP, c.MDNS...) {
		all.Write(b)
	}
	for _, x := range c.HTTP {
		all.Write(x.Bytes())
	}
	for _, port := range slices.Sorted(maps.Keys(c.UDP)) {
		for _, b := range c.UDP[port] {
			if _, plain := announce.UnveilPPPP(b); port == announce.PortPPPP && plain != nil {
				b = plain
			}
			if port == announce.PortKasa && len(b) > 0 && b[0] != 0x0c {
				b = announce.UnveilKasa(b)
			}
			all.Write(b)
			all.WriteString(" " + hex.EncodeToString(b) + "\n")
		}
	}
	return all.String()
}
