package announce

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"houdbaar/internal/device"
)

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
		{"lines that end with CR", "HTTP/1.1 200 OK\rServer: a\rContent-Length: 4\r\rh\ri\n", 200, "h\ri\n", false},
		{"some that end with CR", "HTTP/1.1 200 OK\rServer: a\r\nX: y\r\n\r\nhi\r\rho", 200, "hi\r\rho", false},
		{"a CR too many", "HTTP/1.1 200 OK\r\r\nServer: a\r\r\n\r\nh\r", 200, "h\r", false},
		{"CR in a body without a head", "<html>\r<p>\r", 0, "<html>\r<p>\r", false},
		{"a head of CR without its end", "HTTP/1.1 200 OK\rServer: half a na", 200, "", true},
		{"a head without its end", head + "Server: half a na", 200, "", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := ParseResponse([]byte(tt.raw))
			if r.Status != tt.status || string(r.Body) != tt.body || r.Cut != tt.cut {
				t.Errorf("got %d, %.60q, cut %v; want %d, %.60q, cut %v", r.Status, r.Body, r.Cut, tt.status, tt.body, tt.cut)
			}
			if r.Header.Get("server") == "half a na" {
				t.Error("half a header line was passed on")
			}
		})
	}
	if obs := HTTP(Exchange{Request: []byte("GET / HTTP/1.1\r\n")}); obs != nil {
		t.Errorf("no bytes at all gave %v", obs)
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
	twice := HTTP(Exchange{Response: []byte("HTTP/1.1 401 No\r\nServer:\r\nServer: nginx\r\nServer: GoAhead-Webs\r\nServer: nginx\r\n" +
		"WWW-Authenticate: Basic realm=\"\", Digest realm=\" \"\r\nWWW-Authenticate: Digest realm=\"DCS-932L\"\r\n\r\n")})[0]
	for field, want := range map[string]string{"server": "nginx", "server#2": "GoAhead-Webs", "server#3": "", "header.server": ", nginx, GoAhead-Webs, nginx", "realm": "DCS-932L"} {
		if got := twice.Get(field); got != want {
			t.Errorf("of headers sent twice %s is %q, want %q", field, got, want)
		}
	}
	for header, want := range map[string]string{
		`Digest algorithm=MD5, realm=IP Camera, nonce="1"`: "IP Camera", "Basic realm=DCS-932L": "DCS-932L", "Basic realm=IP Camera charset=UTF-8": "IP Camera",
		`Basic realm="NETGEAR R7000`: "NETGEAR R7000", "Basic realm='a b', Digest realm=x": "a b", `Basic realm=x"y"`: "x",
	} {
		o := HTTP(Exchange{Response: []byte("HTTP/1.1 401 No\r\nWWW-Authenticate: " + header + "\r\n\r\n")})[0]
		if got := o.Get("realm"); got != want {
			t.Errorf("the realm of %s is %q, want %q", header, got, want)
		}
	}
	carriage := HTTP(Exchange{Response: []byte("HTTP/1.1 200 OK\rServer: GoAhead-Webs\rContent-Type: text/html\r\r<title>R1</title>")})[0]
	if carriage.Get("server") != "GoAhead-Webs" || carriage.Get("header.content-type") != "text/html" || carriage.Get("title") != "R1" {
		t.Errorf("lines that end with CR: %v", carriage.Fields)
	}
	within := HTTP(Exchange{Response: []byte("HTTP/1.1 200 OK\r\nServer: a\rX-Injected: b\r\n\r\n")})[0]
	if within.Get("server") != "a X-Injected: b" || within.Get("header.x-injected") != "" {
		t.Errorf("a CR within a line: %v", within.Fields)
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
		"<title>Foo 1</title>":                                                           "Foo 1",
		`<script>w("<title>FOO "+name+"</title>")`:                                       "",
		`<script>w('<title>' + name + '</title>')`:                                       "",
		`<title>Foo "Pro" + Bar</title>`:                                                 `Foo "Pro" + Bar`,
		"<title>Remote UI<Top Page></title><body></body>":                                "Remote UI",
		"<head><TITLE>Foo 1<TITLE></head>":                                               "Foo 1",
		"<head><title>Foo 1\n</head><body>":                                              "Foo 1",
		"<title></title>\n<title>Foo 1</title>":                                          "Foo 1",
		`<title>"Foo 1"</title>`:                                                         "Foo 1",
		"<title></title>" + strings.Repeat(" ", 300) + "<svg><title>Wheel</title></svg>": "",
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
