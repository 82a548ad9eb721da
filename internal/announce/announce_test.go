package announce

import (
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"houdbaar/internal/device"
)

// from is the device of all tests.
var from = netip.MustParseAddrPort("192.168.1.1:1900")

func packet(data string) Packet { return Packet{From: from, Data: []byte(data)} }

// exchange builds an exchange with a whole response of 200 and a body.
func exchange(path, contentType, body string) Exchange {
	return Exchange{
		From:     from,
		Request:  []byte("GET " + path + " HTTP/1.1\r\nHost: 192.168.1.1\r\n\r\n"),
		Response: fmt.Appendf(nil, "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", contentType, len(body), body),
	}
}

// said by one source, without what every observation of it has.
func saidBy(obs []device.Observation, source string) []map[string]string {
	var out []map[string]string
	for _, o := range obs {
		if o.Source == source {
			f := map[string]string{}
			for k, v := range o.Fields {
				f[k] = v
			}
			delete(f, "url")
			out = append(out, f)
		}
	}
	return out
}

func TestSSDP(t *testing.T) {
	for _, tt := range []struct {
		name, data string
		want       map[string]string
		key        string
	}{
		{
			"a reply names model and firmware in SERVER", // home-assistant/core issue 57243
			"HTTP/1.1 200 OK\r\nSERVER: FRITZ!Box 7530 UPnP/1.0 AVM FRITZ!Box 7530 164.07.29\r\nUSN: uuid:ABC-1::upnp:rootdevice\r\n\r\n",
			map[string]string{"server": "FRITZ!Box 7530 UPnP/1.0 AVM FRITZ!Box 7530 164.07.29", "usn": "uuid:ABC-1::upnp:rootdevice"},
			"abc-1",
		},
		{
			"LF line ends, lower case, no blank after the colon, no last line",
			"NOTIFY * HTTP/1.1\nlocation:http://192.168.1.1/a.xml\nnts:ssdp:alive",
			map[string]string{"location": "http://192.168.1.1/a.xml", "nts": "ssdp:alive"}, "",
		},
		{
			"a folded line belongs to the one before, one without colon to nobody",
			"HTTP/1.0 200 OK\r\nSERVER: Linux\r\n UPnP/1.0\r\njunk\r\nST : upnp:rootdevice\r\n\r\n",
			map[string]string{"server": "Linux UPnP/1.0", "st": "upnp:rootdevice"}, "",
		},
		{
			"of a header sent twice the first wins, and what follows the head is ignored",
			"HTTP/1.1 200 OK\r\nST: a\r\nST: b\r\n\r\nSERVER: x\r\n",
			map[string]string{"st": "a"}, "",
		},
		{
			"the nil UUID identifies nothing, Latin-1 becomes UTF-8",
			"HTTP/1.1 200 OK\r\nUSN: uuid:00000000-0000-0000-0000-000000000000\r\nSERVER: Caf\xe9\r\n\r\n",
			map[string]string{"usn": "uuid:00000000-0000-0000-0000-000000000000", "server": "Café"}, "",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o, err := SSDP(packet(tt.data))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, o.Fields); d != "" || o.Key != tt.key {
				t.Errorf("SSDP(%q) key %q, want %q; fields (-want +got)\n%s", tt.data, o.Key, tt.key, d)
			}
			if o.Addr != from.Addr() || !bytes.Equal(o.Raw[0], []byte(tt.data)) {
				t.Errorf("sender %v, raw %q", o.Addr, o.Raw)
			}
		})
	}
	for _, bad := range []string{"", "\r\n\r\n", "M-SEARCH * HTTP/1.1\r\nST: ssdp:all\r\n\r\n", "HTTP/1.1 404 Not Found\r\nST: a\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n", "\x00\x01\x02"} {
		if o, err := SSDP(packet(bad)); !errors.Is(err, ErrNotThis) {
			t.Errorf("SSDP(%q) = %v, %v, want ErrNotThis", bad, o, err)
		}
	}
}

func TestLocationIsMadeAbsolute(t *testing.T) {
	for _, tt := range []struct{ addr, location, want string }{
		{"192.168.1.1", "http://192.168.1.1:49000/igddesc.xml", "http://192.168.1.1:49000/igddesc.xml"},
		{"192.168.1.1", " /desc.xml ", "http://192.168.1.1/desc.xml"},
		{"192.168.1.1", "http://user:secret@192.168.1.1/a#b", "http://192.168.1.1/a"},
		{"fe80::1%eth0", "/a", "http://[fe80::1%25eth0]/a"},
		{"192.168.1.1", "", ""},
		{"192.168.1.1", "file:///etc/passwd", ""},
		{"192.168.1.1", "http://[::1/a", ""},
	} {
		o := device.Observation{Addr: netip.MustParseAddr(tt.addr), Fields: map[string]string{"location": tt.location}}
		if got := Location(o); got != tt.want {
			t.Errorf("Location(%q from %s) = %q, want %q", tt.location, tt.addr, got, tt.want)
		}
	}
}

// gzipped returns s compressed.
func gzipped(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

func TestParseResponse(t *testing.T) {
	const head = "HTTP/1.1 200 OK\r\n"
	for _, tt := range []struct {
		name, raw string
		status    int
		body      string
		cut       bool
	}{
		{"an ordinary response", head + "Content-Length: 2\r\n\r\nhi", 200, "hi", false},
		{"HTTP/1.0 with LF only", "HTTP/1.0 401 Unauthorized\nServer: x\n\nno", 401, "no", false},
		{"no reason phrase", "HTTP/1.1 404\r\n\r\n", 404, "", false},
		{"no status line at all (HTTP/0.9)", "<html>200 OK</html>", 0, "<html>200 OK</html>", false},
		{"empty lines and a byte order mark first", "\xef\xbb\xbf\r\n\r\n" + head + "\r\nhi", 200, "hi", false},
		{"chunks", head + "transfer-encoding: Chunked\r\n\r\n2\r\nhi\r\n3;x=y\r\n yo\r\n0\r\n\r\n", 200, "hi yo", false},
		{"chunks without the last", head + "Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n", 200, "hi", true},
		{"a chunk cut short", head + "Transfer-Encoding: chunked\r\n\r\n9\r\nhi", 200, "hi", true},
		{"chunks promised and not sent", head + "Transfer-Encoding: chunked\r\n\r\n<root/>", 200, "<root/>", false},
		{"an interim response first", "HTTP/1.1 100 Continue\r\n\r\n" + head + "\r\nhi", 200, "hi", false},
		{"an interim response alone", "HTTP/1.1 100 Continue\r\n\r\n", 100, "", false},
		{"gzip", head + "Content-Encoding: gzip\r\n\r\n" + gzipped("hi"), 200, "hi", false},
		{"gzip that nobody announced", head + "\r\n" + gzipped("hi"), 200, "hi", false},
		{"gzip promised and not sent", head + "Content-Encoding: gzip\r\n\r\nhi", 200, "hi", false},
		{"a gzip bomb stops at the limit", head + "Content-Encoding: gzip\r\n\r\n" + gzipped(strings.Repeat("a", 8*maxBody)), 200, strings.Repeat("a", maxBody), true},
		{"less than Content-Length", head + "Content-Length: 9\r\n\r\nhi", 200, "hi", true},
		{"more than Content-Length", head + "Content-Length: 1\r\n\r\nhi", 200, "hi", false},
		{"a head without its end", head + "Server: half a na", 200, "", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := ParseResponse([]byte(tt.raw))
			if err != nil {
				t.Fatal(err)
			}
			if r.Status != tt.status || string(r.Body) != tt.body || r.Cut != tt.cut {
				t.Errorf("got %d, %.60q, cut %v; want %d, %.60q, cut %v", r.Status, r.Body, r.Cut, tt.status, tt.body, tt.cut)
			}
			if r.Header.Get("server") == "half a na" {
				t.Error("half a header line was passed on")
			}
		})
	}
	if _, err := ParseResponse(nil); err == nil {
		t.Error("no bytes at all gave no error")
	}
}

// description is a UPnP description of an invented router.
const description = `<?xml version="1.0"?>
<root xmlns="urn:schemas-upnp-org:device-1-0"><specVersion><major>1</major></specVersion><URLBase>http://192.168.1.1:5000</URLBase>
<systemVersion><HW>7</HW><Display>7.01.02</Display></systemVersion>
<device><deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType>
<friendlyName>Gate &amp; Way</friendlyName><manufacturer>Invented</manufacturer><modelName>GW-1</modelName><UDN>uuid:ABC</UDN>
<x:firmwareVersion>1.2.3</x:firmwareVersion>
<iconList><icon><url>/i.png</url></icon></iconList>
<serviceList><service><serviceType>urn:a:1</serviceType><SCPDURL>/s</SCPDURL></service><service><serviceType>urn:b:1</serviceType></service></serviceList>
<deviceList><device><deviceType>urn:schemas-upnp-org:device:WANDevice:1</deviceType><modelName>GW-1 WAN</modelName><UDN>uuid:DEF</UDN></device></deviceList>
</device></root>`

func TestDescriptionGivesEveryDeviceAndEveryTag(t *testing.T) {
	obs := HTTP(exchange("/root.xml", "text/xml", description))
	want := []map[string]string{
		{
			"depth": "0", "deviceType": "urn:schemas-upnp-org:device:InternetGatewayDevice:1", "friendlyName": "Gate & Way",
			"manufacturer": "Invented", "modelName": "GW-1", "UDN": "uuid:ABC", "firmwareVersion": "1.2.3", "services": "urn:a:1 urn:b:1",
			"URLBase": "http://192.168.1.1:5000", "systemVersion.HW": "7", "systemVersion.Display": "7.01.02",
		},
		{"depth": "1", "deviceType": "urn:schemas-upnp-org:device:WANDevice:1", "modelName": "GW-1 WAN", "UDN": "uuid:DEF"},
	}
	if d := cmp.Diff(want, saidBy(obs, device.SourceUPnP)); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	for _, o := range obs {
		if o.Source == device.SourceUPnP && (o.Key != "abc" || o.Get("url") != "http://192.168.1.1/root.xml") {
			t.Errorf("key %q, url %q; want the root's, and where it was read", o.Key, o.Get("url"))
		}
		if len(o.Raw) != 1 || !bytes.HasPrefix(o.Raw[0], []byte("GET /root.xml HTTP/1.1\r\nHost: 192.168.1.1\r\n\r\nHTTP/1.1 200 OK\r\n")) {
			t.Errorf("raw is not one exchange: %.80q", o.Raw)
		}
	}
}

func TestDescriptionsAsDevicesWriteThem(t *testing.T) {
	for _, tt := range []struct{ name, body, contentType, want string }{
		{"a wrong charset", "<?xml version=\"1.0\" encoding=\"utf-8\"?><root><device><modelName>Caf\xe9</modelName></device></root>", "", "Café"},
		{"ISO-8859-1 declared, UTF-8 sent", `<?xml version="1.0" encoding="ISO-8859-1"?><root><device><modelName>Café</modelName></device></root>`, "", "Café"},
		{"a charset in the head only", "<root><device><modelName>\xcf\xf0\xe8</modelName></device></root>", "text/xml; charset=windows-1251", "При"},
		{"a byte order mark and empty lines first", "\xef\xbb\xbf\r\n\r\n<root><device><modelName>M</modelName></device></root>", "", "M"},
		{"UTF-16", "\xff\xfe" + wide("<root><device><modelName>M</modelName></device></root>"), "", "M"},
		{"UTF-16 without a byte order mark", wide("<root><device><modelName>M</modelName></device></root>"), "", "M"},
		{"the same, the high byte first", "\x00" + strings.TrimSuffix(wide("<root><device><modelName>M</modelName></device></root>"), "\x00"), "", "M"},
		{"junk before and after", "junk<root><device><modelName>M</modelName></device></root>\x00\x00<x>", "", "M"},
		{"prefixes that nobody declared", `<u:root><u:device><u:modelName>M</u:modelName></u:device></u:root>`, "", "M"},
		{"a bare ampersand and an HTML entity", `<root><device><modelName>A & B&nbsp;C &#38; &bogus;</modelName></device></root>`, "", "A & B\u00a0C & &bogus;"},
		{"control characters", "<root><device><modelName>M\x01\x02</modelName></device></root>", "", "M"},
		{"CDATA, a comment and XML 1.1", `<?xml version="1.1"?><root><!-- a -- b --><device><modelName><![CDATA[M<1>]]></modelName></device></root>`, "", "M<1>"},
		{"an end tag in another case", `<root><device><modelName>M</ModelName><modelNumber>1</modelNumber></device></root>`, "", "M"},
		{"element names in another case", `<root><Device><ModelName>M</ModelName></Device></root>`, "", "M"},
		{"an end tag that is missing for the parent", `<root><device><modelName>M</modelName></root>`, "", "M"},
		{"a document without root, cut off", `<device><modelName>M</modelName><serialNumber>1`, "", "M"},
		{"an attribute with > in it", `<root a="x>y"><device b='>'><modelName>M</modelName></device></root>`, "", "M"},
		{"a DOCTYPE with entities of its own", `<!DOCTYPE root [<!ENTITY a "boom"><!ENTITY b "&a;&a;">]><root><device><modelName>M&b;</modelName></device></root>`, "", "M&b;"},
		{"blanks around the value", "<root><device><modelName>\n  M  1 \n</modelName></device></root>", "", "M  1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := saidBy(HTTP(exchange("/d.xml", tt.contentType, tt.body)), device.SourceUPnP)
			if len(got) != 1 || got[0]["modelName"] != tt.want {
				t.Errorf("%.120q gave %v, want modelName %q", tt.body, got, tt.want)
			}
		})
	}
}

// wide returns ASCII as little-endian UTF-16.
func wide(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		b.WriteByte(c)
		b.WriteByte(0)
	}
	return b.String()
}

func TestBombsAreHarmless(t *testing.T) {
	deep := strings.Repeat("<a>", 100000)
	for _, body := range []string{
		deep, "<root><device><modelName>M</modelName>" + deep, strings.Repeat("<!x", 300000), strings.Repeat("<![x>", 200000),
		strings.Repeat("<", 1<<20), strings.Repeat(`<a b="`, 170000), strings.Repeat("<a></b>", 140000),
		strings.Repeat(`{"a":`, 200000), `{"a":` + strings.Repeat("[", 1<<20), strings.Repeat("&", 1<<20), strings.Repeat("<device>", 120000),
		"<root>" + strings.Repeat("<device><UDN>1</UDN></device>", 30000), "<title>" + strings.Repeat("<title", 100000),
	} {
		for _, o := range HTTP(exchange("/x.xml", "text/xml", body)) {
			if len(o.Fields) > maxFields {
				t.Errorf("%.20q gave %d fields", body, len(o.Fields))
			}
		}
	}
}

func TestWhatAPageTurnsOutToBe(t *testing.T) {
	soap := func(body string) string {
		return `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>` + body + `</s:Body></s:Envelope>`
	}
	for _, tt := range []struct {
		name, path, body, source string
		want                     map[string]string
	}{
		{
			"HNAP1, without its lists", "/HNAP1/", // the values of nmap's sample, a Linksys E1200
			soap(`<GetDeviceSettingsResponse><VendorName>Linksys</VendorName><ModelName>E1200</ModelName><FirmwareVersion>1.0.00 build 11</FirmwareVersion><SOAPActions><string>x</string></SOAPActions></GetDeviceSettingsResponse>`),
			device.SourceHNAP, map[string]string{"VendorName": "Linksys", "ModelName": "E1200", "FirmwareVersion": "1.0.00 build 11"},
		},
		{
			"ONVIF GetDeviceInformation", "/onvif/device_service",
			soap(`<tds:GetDeviceInformationResponse><tds:Manufacturer>Invented</tds:Manufacturer><tds:Model>C1</tds:Model><tds:FirmwareVersion>V5.5.82 build 190909</tds:FirmwareVersion></tds:GetDeviceInformationResponse>`),
			device.SourceONVIF, map[string]string{"Manufacturer": "Invented", "Model": "C1", "FirmwareVersion": "V5.5.82 build 190909"},
		},
		{
			"a FRITZ!Box, whose elements are prefixed", "/jason_boxinfo.xml",
			`<j:BoxInfo xmlns:j="http://jason.avm.de/updatecheck/"><j:Name>FRITZ!Box 7390</j:Name><j:HW>156</j:HW><j:Version>84.06.50</j:Version></j:BoxInfo>`,
			device.SourceBoxinfo, map[string]string{"Name": "FRITZ!Box 7390", "HW": "156", "Version": "84.06.50"},
		},
		{
			"NETGEAR currentsetting.htm", "/currentsetting.htm", "Firmware=V1.0.9.88_10.2.88\r\nRegionTag=WW\r\nModel=R7000\r\n",
			device.SourceCurrentSetting, map[string]string{"Firmware": "V1.0.9.88_10.2.88", "RegionTag": "WW", "Model": "R7000"},
		},
		{
			"Linksys JNAP GetDeviceInfo", "/JNAP/", `{"result":"OK","output":{"manufacturer":"Linksys","modelNumber":"EA4500","hardwareVersion":"1","firmwareVersion":"2.1.42.183584"}}`,
			device.SourceJNAP, map[string]string{"manufacturer": "Linksys", "modelNumber": "EA4500", "hardwareVersion": "1", "firmwareVersion": "2.1.42.183584"},
		},
		{
			"D-Link NIPCA", "/common/info.cgi", "model=DCS-932L\r\nversion=1.14.04\r\nbuild=4\r\nhw_version=B\r\nname=DCS-932L\r\n",
			device.SourceNIPCA, map[string]string{"model": "DCS-932L", "version": "1.14.04", "build": "4", "hw_version": "B", "name": "DCS-932L"},
		},
		{
			"Axis basicdeviceinfo", "/axis-cgi/basicdeviceinfo.cgi", `{"apiVersion":"1.3","data":{"propertyList":{"ProdNbr":"M1065-L","Version":"9.80.3.1","BuildDate":"Jun 1 2022 09:30"}}}`,
			device.SourceAxis, map[string]string{"ProdNbr": "M1065-L", "Version": "9.80.3.1", "BuildDate": "Jun 1 2022 09:30"},
		},
		{
			"Google Wifi, its software and system only", "/api/v1/status", `{"software":{"softwareVersion":"12371.71.11","updateStatus":"idle"},"system":{"modelId":"AC-1304"},"wan":{"localIpAddress":"192.0.2.9"}}`,
			device.SourceGoogleWifi, map[string]string{"software.softwareVersion": "12371.71.11", "software.updateStatus": "idle", "system.modelId": "AC-1304"},
		},
		{
			"Foscam get_status.cgi", "/get_status.cgi", "var id='00606E000001';\nvar sys_ver='11.37.2.56';\nvar app_ver='2.0.10.7';\nvar alias='';\n",
			device.SourceFoscam, map[string]string{"firmware": "11.37.2.56", "web": "2.0.10.7", "name": ""},
		},
		{
			"any other document of a device", "/query/device-info", `<device-info><vendor-name>Roku</vendor-name><model-name>3500X</model-name><x><y>1</y><y>2</y></x></device-info>`,
			device.SourceDeviceInfo, map[string]string{"vendor-name": "Roku", "model-name": "3500X", "x.y": "1", "x.y#2": "2"},
		},
		{
			"any other object of a device", "/getBasicInformation", `{"ModelName":"EX5501-B0","SoftwareVersion":"V5.15(ABRY.1)C0","RememberPassword":0,"a":[true,null,{"b":1.50}]}`,
			device.SourceDeviceInfo, map[string]string{"ModelName": "EX5501-B0", "SoftwareVersion": "V5.15(ABRY.1)C0", "RememberPassword": "0", "a.0": "true", "a.1": "", "a.2.b": "1.50"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			obs := HTTP(exchange(tt.path, "text/plain", tt.body))
			if len(obs) != 2 || obs[0].Source != device.SourceHTTP || obs[1].Source != tt.source {
				t.Fatalf("got %v, want http and %s", obs, tt.source)
			}
			got := saidBy(obs, tt.source)[0]
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

func TestAPageIsNothingElse(t *testing.T) {
	for _, tt := range []struct{ name, path, body string }{
		{"HTML where a description was asked for", "/rootDesc.xml", "<html><head><title>404</title></head><body><device>no</device></body></html>"},
		{"a piece of HTML", "/", "<div>Firmware: <span>1.0</span></div>"},
		{"a script", "/page.js", "var model='x';"},
		{"a style sheet", "/page.css", "a: b;\nc {\n"},
		{"a text of sentences", "/", "You need a password.\nTry again.\nError: 12\n"},
		{"a list of several things", "/clients", `[{"model":"A1"},{"model":"B2"}]`},
		{"HTML where currentsetting was asked for", "/currentsetting.htm", "<html>Firmware=1\n</html>"},
		{"an empty body", "/", ""},
	} {
		obs := HTTP(exchange(tt.path, "", tt.body))
		if len(obs) != 1 || obs[0].Source != device.SourceHTTP {
			t.Errorf("%s: got %v, want the page alone", tt.name, obs)
		}
	}
}

func TestHTTPAlwaysSaysWhatThePageWas(t *testing.T) {
	raw := "HTTP/1.0 401 Unauthorized\r\nServer: Router Webserver\r\nWWW-Authenticate: Basic realm=\"NETGEAR R7000\"\r\nwww-authenticate: Digest realm=x\r\n\r\n" +
		"<TITLE>\n 401&nbsp;No&#32;&amp; \n way</TITLE>"
	obs := HTTP(Exchange{From: from, URL: "http://192.168.1.1/a?b", Response: []byte(raw)})
	want := map[string]string{
		"path": "/a?b", "proto": "HTTP/1.0", "status": "401", "server": "Router Webserver", "realm": "NETGEAR R7000", "title": "401 No & way",
		"header.server": "Router Webserver", "header.www-authenticate": `Basic realm="NETGEAR R7000", Digest realm=x`,
		"body": "<TITLE>\n 401 No&#32;&amp; \n way</TITLE>",
	}
	if d := cmp.Diff([]map[string]string{want}, saidBy(obs, device.SourceHTTP)); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	rtsp := HTTP(Exchange{Request: []byte("OPTIONS rtsp://192.168.1.9:554/ RTSP/1.0\r\n"), Response: []byte("RTSP/1.0 200 OK\r\nServer: Dahua Rtsp Server\r\n\r\n")})
	if rtsp[0].Get("server") != "Dahua Rtsp Server" || rtsp[0].Get("proto") != "RTSP/1.0" {
		t.Errorf("RTSP: %v", rtsp[0].Fields)
	}
	if obs := HTTP(Exchange{}); obs != nil {
		t.Errorf("no answer gave %v", obs)
	}
}

func TestATitleIsAPagesOwn(t *testing.T) {
	for body, want := range map[string]string{
		"<title>Foo 1</title>":                            "Foo 1",
		`<script>w("<title>FOO "+name+"</title>")`:        "",
		`<script>w('<title>' + name + '</title>')`:        "",
		`<title>Foo "Pro" + Bar</title>`:                  `Foo "Pro" + Bar`,
		"<title>Remote UI<Top Page></title><body></body>": "Remote UI",
	} {
		if got := HTTP(exchange("/", "", body))[0].Get("title"); got != want {
			t.Errorf("the title of %s is %q, want %q", body, got, want)
		}
	}
}

func TestAPageThatWasCutEndsBeforeTheDamage(t *testing.T) {
	const page = "HTTP/1.1 200 OK\r\n\r\n<b>Model X</b>\n<i>Firmware 1.2"
	for _, tt := range []struct {
		name string
		x    Exchange
		want string
	}{
		{"reading ended early", Exchange{Response: []byte(page), Cut: true}, "<b>Model X</b>\n<i>"},
		{"the head promised more", Exchange{Response: []byte(strings.Replace(page, "OK\r\n", "OK\r\nContent-Length: 99\r\n", 1))}, "<b>Model X</b>\n<i>"},
		{"longer than is kept", Exchange{Response: []byte("HTTP/1.1 200 OK\r\n\r\n" + strings.Repeat("a;", maxText/2-1) + "1.2.3")}, strings.Repeat("a;", maxText/2-1)},
		{"whole", Exchange{Response: []byte(page)}, "<b>Model X</b>\n<i>Firmware 1.2"},
	} {
		if got := HTTP(tt.x)[0].Get("body"); got != tt.want {
			t.Errorf("%s: %.80q, want %.80q", tt.name, got, tt.want)
		}
	}
	x := exchange("/currentsetting.htm", "", "Firmware=V1.0.9\r\nModel=R70")
	x.Cut = true
	if got := saidBy(HTTP(x), device.SourceCurrentSetting); len(got) != 1 || got[0]["Model"] != "" || got[0]["Firmware"] != "V1.0.9" {
		t.Errorf("currentsetting: %v", got)
	}
}

func TestXiaomiSerialIsGoneOnReceipt(t *testing.T) {
	body := `{"romversion":"2.28.62","hardware":"R4A","id":"16133/90000001","routername":"Thuis bij Tessa","routerId":"0a1b2c3d","inited":1,"model":"xiaomi.router.r4a"}`
	for name, x := range map[string]Exchange{
		"plain":            exchange("/cgi-bin/luci/api/xqsystem/init_info", "application/json", body),
		"on another path":  exchange("/", "text/html", body),
		"cut short":        exchange("/cgi-bin/luci/api/xqsystem/init_info", "", body[:strings.Index(body, "0001")]),
		"gzip and chunked": {Request: []byte("GET /x HTTP/1.1\r\n"), Response: []byte("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzipped(body))},
	} {
		obs := HTTP(x)
		all := fmt.Sprint(obs)
		for _, o := range obs {
			all += string(o.Raw[0])
		}
		for _, private := range []string{"16133", "90000", "Tessa", "0a1b2c3d"} {
			if strings.Contains(all, private) {
				t.Errorf("%s: %q was kept: %s", name, private, all)
			}
		}
		if name == "cut short" {
			continue
		}
		if got := saidBy(obs, device.SourceXiaomi); len(got) != 1 || got[0]["hardware"] != "R4A" || got[0]["romversion"] != "2.28.62" {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestParseExchangeIsTheReverseOfBytes(t *testing.T) {
	for _, recorded := range []string{
		"GET /a HTTP/1.1\nHost: 192.168.1.1:49000\n\nHTTP/1.0 200 OK\n\nbody\n\nmore",
		"GET /a HTTP/1.1\r\nHost: 192.168.1.1:49000\r\n\r\nHTTP/1.0 200 OK\r\n\r\nbody\n\nmore",
	} {
		x, err := ParseExchange([]byte(recorded))
		if err != nil {
			t.Fatal(err)
		}
		if x.URL != "http://192.168.1.1:49000/a" || !bytes.HasPrefix(x.Response, []byte("HTTP/1.0 200 OK")) || !bytes.HasSuffix(x.Response, []byte("more")) {
			t.Errorf("%q: URL %q, response %q", recorded, x.URL, x.Response)
		}
		again, err := ParseExchange(x.Bytes())
		if err != nil || again.URL != x.URL || !bytes.Equal(again.Response, x.Response) {
			t.Errorf("%q: read again %+v, %v", recorded, again, err)
		}
	}
	for _, bad := range []string{"", "\n\n", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1"} {
		if x, err := ParseExchange([]byte(bad)); err == nil {
			t.Errorf("ParseExchange(%q) = %+v", bad, x)
		}
	}
	post := Exchange{Request: []byte("POST /JNAP/ HTTP/1.1\r\nHost: a\r\n\r\n{}"), Response: []byte("HTTP/1.1 200 OK\r\n\r\n")}
	if got := string(post.Bytes()); got != "POST /JNAP/ HTTP/1.1\r\nHost: a\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" {
		t.Errorf("Bytes keeps a body that was sent: %q", got)
	}
}

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
			obs, err := UDP(tt.port, packet(tt.data))
			if err != nil {
				t.Fatal(err)
			}
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
		if obs, err := UDP(tt.port, packet(tt.data)); !errors.Is(err, ErrNotThis) {
			t.Errorf("%s: got %v, %v, want ErrNotThis", tt.name, obs, err)
		}
	}
}

// TestAReplyCutShortNeverSaysSomethingElse holds for every protocol that more than
// one line or datagram can carry: what a cut leaves is what was sent, or nothing.
func TestAReplyCutShortNeverSaysSomethingElse(t *testing.T) {
	type reply struct {
		name string
		data string
		read func(string) []device.Observation
	}
	var replies []reply
	for _, tt := range udpReplies {
		replies = append(replies, reply{tt.name, tt.data, func(s string) []device.Observation {
			obs, _ := UDP(tt.port, packet(s))
			return obs
		}})
	}
	for path, body := range map[string]string{
		"/root.xml":           description,
		"/currentsetting.htm": "Firmware=V1.0.9.88_10.2.88\r\nModel=R7000\r\n",
		"/common/info.cgi":    "model=DCS-932L\nversion=1.14.04\n",
		"/get_status.cgi":     "var sys_ver='11.37.2.56';\nvar app_ver='2.0.10.7';\n",
		"/JNAP/":              `{"result":"OK","output":{"modelNumber":"EA4500","firmwareVersion":"2.1.42.183584","hardwareVersion":1.25}}`,
	} {
		for _, head := range []string{"", fmt.Sprintf("Content-Length: %d\r\n", len(body))} {
			replies = append(replies, reply{path + " " + head, "HTTP/1.1 200 OK\r\nServer: Thing/1.25\r\n" + head + "\r\n" + body, func(s string) []device.Observation {
				return HTTP(Exchange{Request: []byte("GET " + path + " HTTP/1.1\r\n\r\n"), Response: []byte(s)})
			}})
		}
	}
	for _, p := range mdnsPackets() {
		replies = append(replies, reply{"mDNS", string(p), func(s string) []device.Observation { return MDNS([]Packet{packet(s)}) }})
	}
	// Lists grow with what arrives, and a page is a page up to where it stops.
	grows := map[string]bool{"services": true, "addresses": true}
	for _, r := range replies {
		whole := r.read(r.data)
		if len(whole) == 0 {
			t.Errorf("%s: the whole reply says nothing", r.name)
		}
		truth := map[string]bool{"OK": true} // JNAP's result, which only stands alone when output is cut off
		for _, o := range whole {
			for _, v := range o.Fields {
				truth[v] = true
			}
		}
		for n := range len(r.data) {
			for _, o := range r.read(r.data[:n]) {
				for name, v := range o.Fields {
					if v != "" && !grows[name] && o.Source != device.SourceHTTP && !truth[v] {
						t.Errorf("%s cut at %d: %s.%s = %q, which was not said", r.name, n, o.Source, name, v)
					}
					if name == "server" && v != "Thing/1.25" {
						t.Errorf("%s cut at %d: server %q", r.name, n, v)
					}
				}
			}
		}
	}
}

// check returns what is wrong with observations that came of any bytes.
func check(t *testing.T, obs []device.Observation) {
	t.Helper()
	for _, o := range obs {
		if o.Source == "" || o.Fields == nil {
			t.Errorf("no source or fields: %+v", o)
		}
		if len(o.Fields) > maxFields+maxHeaders+16 {
			t.Errorf("%s: %d fields", o.Source, len(o.Fields))
		}
		for name, v := range o.Fields {
			if !utf8.ValidString(name) || !utf8.ValidString(v) {
				t.Errorf("%s.%q = %q is not UTF-8", o.Source, name, v)
			}
			if len(v) > maxText || name != "body" && len(v) > maxValue {
				t.Errorf("%s.%s has %d bytes", o.Source, name, len(v))
			}
		}
		if !utf8.ValidString(o.Key) {
			t.Errorf("key %q is not UTF-8", o.Key)
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
