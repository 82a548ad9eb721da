package announce

import (
	"bytes"
	"fmt"
	"maps"
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

// saidBy returns what one source said, without what every observation of it has.
func saidBy(obs []device.Observation, source string) []map[string]string {
	var out []map[string]string
	for _, o := range obs {
		if o.Source == source {
			f := maps.Clone(o.Fields)
			delete(f, "url")
			out = append(out, f)
		}
	}
	return out
}

// many returns a text for each of so many numbers.
func many(text string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, text, i)
	}
	return b.String()
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
			"CR line ends",
			"HTTP/1.1 200 OK\rSERVER: Linux\r UPnP/1.0\rLOCATION: http://192.168.1.1/a.xml\rUSN: uuid:ABC-1\r\rST: x\r",
			map[string]string{"server": "Linux UPnP/1.0", "location": "http://192.168.1.1/a.xml", "usn": "uuid:ABC-1"}, "abc-1",
		},
		{
			"a folded line belongs to the one before, one without colon to nobody",
			"HTTP/1.0 200 OK\r\nSERVER: Linux\r\n UPnP/1.0\r\njunk\r\nST : upnp:rootdevice\r\n\r\n",
			map[string]string{"server": "Linux UPnP/1.0", "st": "upnp:rootdevice"}, "",
		},
		{
			"of a header sent twice the first wins, and what follows the head is ignored",
			"HTTP/1.1 200 OK\r\nST: a\r\nST: b\r\nst: a\r\n\r\nSERVER: x\r\n",
			map[string]string{"st": "a", "st#2": "b"}, "",
		},
		{
			"of SERVER sent twice the first that says something wins, and none is lost",
			"HTTP/1.1 200 OK\r\nSERVER:\r\nSERVER: Linux UPnP/1.0\r\nServer: RT-N66U/1.0\r\nEXT:\r\n\r\n",
			map[string]string{"server": "Linux UPnP/1.0", "server#2": "RT-N66U/1.0", "ext": ""}, "",
		},
		{
			"a hundred SERVER headers are no more than eight",
			"HTTP/1.1 200 OK\r\n" + many("SERVER: x%d\r\n", 1000) + "USN: late\r\n\r\n",
			map[string]string{"server": "x0", "server#2": "x1", "server#3": "x2", "server#4": "x3", "server#5": "x4", "server#6": "x5", "server#7": "x6", "server#8": "x7"}, "",
		},
		{
			"the nil UUID identifies nothing, Latin-1 becomes UTF-8",
			"HTTP/1.1 200 OK\r\nUSN: uuid:00000000-0000-0000-0000-000000000000\r\nSERVER: Caf\xe9\r\n\r\n",
			map[string]string{"usn": "uuid:00000000-0000-0000-0000-000000000000", "server": "Café"}, "",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o, ok := SSDP(packet(tt.data))
			if !ok {
				t.Fatal("not read")
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
		if o, ok := SSDP(packet(bad)); ok {
			t.Errorf("SSDP(%q) = %v, want nothing", bad, o)
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
			return UDP(tt.port, packet(s))
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
