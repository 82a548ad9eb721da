package casefile

import (
	"strings"
	"testing"

	"houdbaar/internal/announce"
	"houdbaar/internal/device"
)

// TestNothingThatAPageShowsOfAHouseholdIsWritten gives an invented household's pages and
// messages, whose forms are those of devices, and reads what Write leaves. None of the
// values is anybody's.
func TestNothingThatAPageShowsOfAHouseholdIsWritten(t *testing.T) {
	page := func(title, body string) string {
		return "HTTP/1.1 200 OK\r\nETag: \"5f3c-1a\"\r\n\r\n<html><head><title>" + title + "</title></head><body>" + body + "</body></html>"
	}
	for _, tt := range []struct {
		name, response string
		gone, left     []string
	}{
		{
			"a script behind its tag",
			page("NETGEAR R7000", `<script>var serialNumber="QX70000ZK91"; var wifi_name = 'Zwaantjes thuis', pin="31415926", lat=52.37021, firmware="V1.0.11.100";</script>`),
			[]string{"QX70000ZK91", "Zwaantjes", "31415926"},
			[]string{"NETGEAR R7000", `var serialNumber="`, `firmware="V1.0.11.100"`, `ETag: "5f3c-1a"`},
		},
		{
			"a script with its marks as escapes",
			page("HG8145X7", `<script>var SerialNumber="QX7\x2d0000ZK91", model="HG8145X7\x2D10", ip='192\x2e168\x2e1\x2e1', wan='84\x2e12\x2e34\x2e56';</script>`),
			[]string{"0000ZK91", `84\x2e12`},
			[]string{`model="HG8145X7\x2D10", ip='192\x2e168\x2e1\x2e1', wan='`},
		},
		{
			"marks as an address on the web writes them",
			page("HG8145X7", `<a href="/reboot?sn=QX7%2D0000ZK91&name=HG8145X7%2D10&next=%2Fhome">a</a><script>var serial = "QX8%2d0000ZK92"; say("mailto:wilhelmina%40zwaan%2Eexample", "20%3A00%3A5e%3Aaa%3Abb%3Acc", "84%2E12%2E34%2E56");</script>`),
			[]string{"0000ZK91", "0000ZK92", "wilhelmina", "zwaan", "aa%3Abb%3Acc", "84%2E12"},
			[]string{"/reboot?sn=", "%2D0", "&name=HG8145X7%2D10&next=%2Fhome", "20%3A00%3A5e%3A00", "%40"},
		},
		{
			"records of a script",
			page("R1", `<script>var wlan = new Array("0","Zwaantjesnet","WPA2"); var wlanPara = new Array(1, "Kwetternet", 15, "11bgn", "A0-04-60-12-34-57", "wlan0");`+
				`stInfo("InternetGatewayDevice.LANDevice.1.WLANConfiguration.1","Huisnet","1"); x = [["1","Gastnet","WPA2-PSK","geheim99"]]; y = {"wifi":[1,"Buurtnet"],"wifiModes":["Legacy"]}; var wlanMenu = new Array("Scan","Roaming"), modes = ["Mixed","Legacy"], ways = ["Radius","WPA-PSK","WPA2-PSK","WPA3-Personal"];`+
				`function st(domain,SerialNumber,ssid,HostName,Model) {} var a = new Array(new st("x","QX70000ZK91","Tuinnet","Wilhelmina","AX-3000"),null);`+
				`var add = function(ssid, psk) {}; add("Zolderbuur","zolder1234"); const own = (owner, model) => {}; own("Quirijntje","AX-3000");</script>`),
			[]string{"Zolderbuur", "zolder1234", "Quirijn", "Zwaantjes", "Kwetter", "Huisnet", "Gastnet", "geheim99", "Buurtnet", "QX70000ZK91", "Tuinnet", "Wilhelmina"},
			[]string{`new Array("0","`, `","WPA2")`, `"11bgn"`, `"wlan0"`, `"InternetGatewayDevice.LANDevice.1.WLANConfiguration.1"`, `"Scan","Roaming"`, `["Mixed","Legacy"]`, `["Radius",`, `"AX-3000"`},
		},
		{
			"addresses in sentences",
			page("R1", `<p>You are 84.12.34.56. Last login from 5.132.1.9 yesterday.</p><p>Sie kommen von 5.132.1.10.</p><p>Access over 84.12.34.57 is open, and at 12.34.56.79, too.</p>`+
				`<p>Firmware was updated to 5.132.1.11.</p><p>Update: 5.132.1.12</p><p>The latest is 5.132.1.13</p><a href="/fw/5.132.1.14.bin">x</a>`),
			[]string{"84.12.34", "5.132.1.9 ", "5.132.1.10", "12.34.56.79"},
			[]string{"You are 10.", ". Last login from 0.", "updated to 5.132.1.11.", "Update: 5.132.1.12", "latest is 5.132.1.13", "/fw/5.132.1.14.bin"},
		},
		{
			"texts between marks, as QNAP writes them",
			"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n" + `<?xml version="1.0"?><QDocRoot><model><modelName><![CDATA[TS-X51]]></modelName></model><hostname><![CDATA[Wilhelmina]]></hostname><note><![CDATA[of Wilhelmina]]></note></QDocRoot>`,
			[]string{"Wilhelmina"}, []string{"<modelName><![CDATA[TS-X51]]></modelName>", "<hostname><![CDATA["},
		},
		{
			"names that look like products",
			"HTTP/1.1 200 OK\r\n\r\n" + `{"friendlyName":"JAN2000","owner":"Max","model":"DAP-2000","note":"of JAN2000, Jan and MAX","hostname":"EX2000-NAS2000"}`,
			[]string{"JAN2000", `"Max"`, "Jan ", "MAX"},
			[]string{`"model":"DAP-2000"`, "NAS2000"},
		},
		{
			"blanks as an address on the web writes them",
			"HTTP/1.1 200 OK\r\n\r\n00000\r\nfullName ZWAAN%20XR-Wilhelmina%20Wi-Fi%20Router\r\nmodelName Archer%20C80\r\nsoftVer 1.13.15%20Build%20240812\r\nlink /x?sid=s3ss%20ion9&a=1\r\n",
			[]string{"ZWAAN", "Wilhelmina", "s3ss", "ion9"}, []string{"%20Wi-Fi%20Router", "modelName Archer%20C80", "softVer 1.13.15%20Build%20240812", "&a=1"},
		},
		{
			"objects of a script",
			page("R1", `<script>var info = {devSN: 'QX70000ZK91', ssid:"Zwaantjesnet", ownerName : "Wilhelmina", mode:'auto', security:"WPA2-PSK", model:'AX-3000'}; info['apiKey'] = "k3y0f0urs"; say("{\"cloudId\":\"QX7CLOUD99\"}");</script>`),
			[]string{"QX70000ZK91", "Zwaantjesnet", "Wilhelmina", "k3y0f0urs", "QX7CLOUD99"},
			[]string{"mode:'auto'", `security:"WPA2-PSK"`, "model:'AX-3000'"},
		},
		{
			"rows of a table",
			page("R1", `<table><tr><td>Serial Number</td><td>QX7ABC9912</td></tr><tr><th>SSID:</th><td>&nbsp;Zwaantjesnet</td></tr><tr><td>S/N</td><td><b>4711223344556</b></td></tr>`+
				`<tr><td>Serial</td><td>Status</td></tr><tr><td>WAN IP</td><td>5.132.1.9</td></tr><tr><td>Firmware Version</td><td>84.12.3.4</td></tr><tr><td>Device Name:</td><td><input type=text name=x1 value="Wilhelmina"></td></tr></table>`),
			[]string{"QX7ABC9912", "Zwaantjesnet", "4711223344556", "5.132.1.9", "Wilhelmina"},
			[]string{"<td>Serial Number</td>", "<td>Status</td>", "<td>84.12.3.4</td>"},
		},
		{
			"words and values in one text",
			page("R1 (SN: 31415926)", `<p>Serial: QX7ABC9912, hardware B1</p><li>Router S/N: 4711223344556</li><p>SSID: Zwaantjesnet</p><p>Serial port: 9600</p>`),
			[]string{"31415926", "QX7ABC9912", "4711223344556", "Zwaantjesnet"},
			[]string{"hardware B1", "Serial port: 9600", "R1 (SN: "},
		},
		{
			"forms",
			page("R1", `<input name="wpaPassphrase" value="geheim99"><input type="hidden" name="session" value="a1b2c3d4e5"><input type=submit name="ssid" value="Save"><input name="Subscriber" value="Zwanenburg">`),
			[]string{"geheim99", "a1b2c3d4e5", "Zwanenburg"},
			[]string{`name="wpaPassphrase"`, `value="Save"`},
		},
		{
			"keys of settings",
			"HTTP/1.1 200 OK\r\n\r\n" + `{"model":"R1","imsi":"204040000051234","iccid":"8931000000304567890","msisdn":"31600012345","customerId":"C0012345","accountName":"Zwanenburg","firstName":"Wilhelmina",` +
				`"address":"Kwetterlaan 7","ip":{"address":"192.168.1.1"},"dhcpName":"Wilhelmina-pc","ddns":"Zwanenburg","sid":"s3ss10n","token":"t0k3nABC","p2pId":"P2P00123","did":"D1D00123","longitude":"4.89517","mode":"router","enabled":"true"}`,
			[]string{"204040000051234", "8931000000304567890", "31600012345", "C0012345", "Zwanenburg", "Wilhelmina", "Kwetterlaan", "s3ss10n", "t0k3nABC", "P2P00123", "D1D00123", "4.89517"},
			[]string{`"address":"192.168.1.1"`, `"mode":"router"`, `"enabled":"true"`},
		},
		{
			"names and values as pairs",
			"HTTP/1.1 200 OK\r\n\r\n" + `[{"name":"SerialNumber","value":"QX7ABC9912"},{"key":"ModelName","value":"R1"}]`,
			[]string{"QX7ABC9912"}, []string{`"key":"ModelName","value":"R1"`},
		},
		{
			"headers that makers invented",
			"HTTP/1.1 401 Unauthorized\r\nX-Serial: SN12345678\r\nX-Auth-Token: t0k3nsecret\r\nX-Session-Id: 99aa77bb\r\nAuthorization: Bearer ZXlKaGJHY2lP\r\nWWW-Authenticate: Digest realm=\"R1\", nonce=\"abc123def\", opaque=\"0paque77\"\r\nETag: \"x1y2z3\"\r\n\r\nno",
			[]string{"SN12345678", "t0k3nsecret", "99aa77bb", "ZXlKaGJHY2lP", "abc123def", "0paque77"},
			[]string{`realm="R1"`, `ETag: "x1y2z3"`, "X-Serial: "},
		},
		{
			"where it sends people",
			"HTTP/1.1 302 Found\r\nLocation: https://wilhelmina.synology.me:5001/webman/?sid=s3cr3tsess99&user=zwanenburg&v=7.2\r\n\r\n" +
				`<a href="http://zwaan.duckdns.org/x">a</a> <a href="https://quickconnect.to/kwetter">b</a> <a href="http://router.asuscomm.com/">c</a> http://q7x99.myfritz.net http://schuur.no-ip.biz rtsp://kwaak:pw12345@cam/1 https://www.synology.com/`,
			[]string{"wilhelmina", "s3cr3tsess99", "zwanenburg", "zwaan.", "kwetter", "q7x99", "schuur", "kwaak", "pw12345"},
			[]string{".synology.me:5001/webman/?sid=", "&v=7.2", "router.asuscomm.com", "https://www.synology.com/"},
		},
		{
			"a domain of the home's own",
			"HTTP/1.1 301 Moved Permanently\r\nLocation: https://schuur.zwanenburg.nl/login\r\n\r\n",
			[]string{"schuur", "zwanenburg"}, []string{"Location: https://", ".nl/login"},
		},
		{"a maker's name for its device", "HTTP/1.1 302 Found\r\nLocation: http://www.routerlogin.net/start.htm\r\n\r\n", nil, []string{"http://www.routerlogin.net/start.htm"}},
		{"a person and a product in a title", page("Wilhelmina Zwanenburg - R7000", ""), []string{"Wilhelmina", "Zwanenburg"}, []string{" - R7000"}},
		{"with the words between their names", page("Wilhelmina van der Zwaan | DS218", "<h2>Piet Kwetter: FRITZ!Box 7590</h2>"), []string{"Wilhelmina", "Zwaan", "Kwetter"}, []string{" | DS218", ": FRITZ!Box 7590"}},
		{"a maker in a title", page("Zhone Technologies - ADSL2+ Router", "<h2>Modem Information</h2>"), nil, []string{"Zhone Technologies - ADSL2+ Router", "Modem Information"}},
		{"whose it is, in Dutch", page("NAS van Wilhelmina", "<h1>Welkom Wilhelmina</h1>"), []string{"Wilhelmina"}, []string{"NAS van "}},
		{"whose it is, in English", page("Bartholomew's R7000", "<h2>Wilhelminas' NAS</h2><p>Camera of Zwaan</p>"), []string{"Bartholomew", "Wilhelmina", "Zwaan"}, []string{"'s R7000", "Camera of "}},
		{"whose it is, in German", page("Router von Waldtraud", ""), []string{"Waldtraud"}, []string{"Router von "}},
		{"a product with its word", page("Status of Router", "<h1>Internet of Things</h1><p>Camera Settings</p><p>D-Link's Camera</p>"), nil, []string{"Status of Router", "Internet of Things", "Camera Settings", "D-Link's Camera"}},
		{
			"clients",
			page("R1", "<table><tr><td>Wilhelmina-iPhone<td>laptop-Zwaan<td>iPhone van Bartholomew<td>Waldtrauds-MacBook-Pro<td>IP-Camera<td>Smart-TV<td>DESKTOP-QX7AB12</table>"),
			[]string{"QX7AB12", "Wilhelmina", "Zwaan", "Bartholomew", "Waldtraud"}, []string{"-iPhone", "laptop-", "-MacBook-Pro", "IP-Camera", "Smart-TV"},
		},
		{"a realm", "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"Camera Wilhelmina\"\r\n\r\n", []string{"Wilhelmina"}, []string{`realm="Camera `}},
		{"a realm without quotes", "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=Camera Wilhelmina\r\n\r\n", []string{"Wilhelmina"}, []string{"realm=Camera "}},
		{"SERVER", "HTTP/1.1 200 OK\r\nServer: WILHELMINA-PC UPnP/1.0 MiniDLNA/1.3\r\n\r\nx", []string{"WILHELMINA"}, []string{"-PC UPnP/1.0 MiniDLNA/1.3"}},
		{
			"MACs as people write them",
			page("R1", "<p>MAC A0 04 60 12 34 56</p><p>MAC: a0-4-60-12-34-57</p><p>00 11 22 33 44 55 66</p><p>20 00 5E AA BB CC</p><p>NETGEARAABBCC</p><p>2020-1-2-3-4-5-6</p>"),
			[]string{"A0 04 60 12 34 56", "a0-4-60-12-34-57", "20 00 5E AA BB CC", "AABBCC"},
			[]string{"00 11 22 33 44 55 66", "MAC A0 04 60 ", "MAC: a0-4-60-", "NETGEAR", "2020-1-2-3-4-5-6"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := sightings("/x", tt.response)
			d.MAC = "20:00:5e:aa:bb:cc"
			all := writtenIn(rewritten(t, d, Options{}))
			for _, s := range tt.gone {
				if strings.Contains(strings.ToLower(all), strings.ToLower(s)) {
					t.Errorf("%q was written:\n%s", s, all)
				}
			}
			for _, s := range tt.left {
				if !strings.Contains(all, s) {
					t.Errorf("%q is gone from:\n%s", s, all)
				}
			}
			if in := "GET /x HTTP/1.1\r\nHost: 192.168.1.9\r\n\r\n" + tt.response; len(all) != len(in) {
				t.Errorf("%d bytes were written for %d", len(all), len(in))
			}
		})
	}
}

func TestAMessagesWordsForAPersonAreReplaced(t *testing.T) {
	o, _ := announce.SSDP(announce.Packet{Data: []byte("NOTIFY * HTTP/1.1\r\nSERVER: Wilhelmina-NAS/1.0 UPnP/1.0\r\nLOCATION: http://zwanenburg.myfritz.net:5000/d.xml?user=kwetter&token=t0k3nabc99\r\nNAME.UPNP.ORG: Waldtraud\r\nBOOTID.UPNP.ORG: 12\r\n\r\n")})
	all := writtenIn(rewritten(t, device.Device{Observations: []device.Observation{o}}, Options{}))
	for _, s := range []string{"Wilhelmina", "zwanenburg", "kwetter", "t0k3nabc99", "Waldtraud"} {
		if strings.Contains(all, s) {
			t.Errorf("%q was written:\n%s", s, all)
		}
	}
	for _, s := range []string{"-NAS/1.0 UPnP/1.0", ".myfritz.net:5000/d.xml?user=", "BOOTID.UPNP.ORG: 12"} {
		if !strings.Contains(all, s) {
			t.Errorf("%q is gone from:\n%s", s, all)
		}
	}
}

// TestADocumentInUTF16IsScrubbedToo: it is written as UTF-8, for nothing is found in the other.
func TestADocumentInUTF16IsScrubbedToo(t *testing.T) {
	doc := `<?xml version="1.0"?><root><device><deviceType>urn:schemas-upnp-org:device:Basic:1</deviceType><manufacturer>ACME</manufacturer><modelName>R1-3000</modelName><serialNumber>QX70000ZK91</serialNumber></device></root>`
	var wide []byte
	for i := range len(doc) {
		wide = append(wide, doc[i], 0)
	}
	for _, mark := range []string{"", "\xff\xfe"} {
		all := writtenIn(rewritten(t, sightings("/d.xml", "HTTP/1.1 200 OK\r\n\r\n"+mark+string(wide)), Options{}))
		if bare := strings.ReplaceAll(all, "\x00", ""); strings.Contains(bare, "QX70000ZK91") || !strings.Contains(all, "R1-3000") {
			t.Errorf("written: %q", all)
		}
	}
}
