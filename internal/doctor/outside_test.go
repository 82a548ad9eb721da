package doctor

import (
	"net/netip"
	"strings"
	"testing"

	"houdbaar/internal/device"
)

func described(services string) device.Observation {
	return device.Observation{Source: device.SourceUPnP, Fields: map[string]string{"url": "http://192.168.1.1:5000/dir/root.xml"}, Raw: [][]byte{[]byte(
		"GET /dir/root.xml HTTP/1.1\r\nHost: 192.168.1.1:5000\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<root><device><serviceList>" + services + "</serviceList></device></root>")}}
}

func service(kind, at string) string {
	return "<service><serviceType>" + kind + "</serviceType><controlURL>" + at + "</controlURL></service>"
}

func TestWhereTheOutsideAddressIsAsked(t *testing.T) {
	const wan = "urn:schemas-upnp-org:service:WANIPConnection:1"
	for name, c := range map[string]struct{ services, kind, path string }{
		"an absolute path":                      {service(wan, "/ctl/IPConn"), wan, "/ctl/IPConn"},
		"a relative path":                       {service(wan, "ctl"), wan, "/dir/ctl"},
		"with a query":                          {service(wan, "/c?a=1&amp;b=2"), wan, "/c?a=1&b=2"},
		"a whole URL of its own":                {service(wan, "http://192.168.1.1:5000/x"), wan, "/x"},
		"after other services":                  {service("urn:schemas-upnp-org:service:Layer3Forwarding:1", "/l3") + service(wanServices[2], "/ppp"), wanServices[2], "/ppp"},
		"another device's URL is left":          {service(wan, "http://192.168.1.7:5000/x"), "", ""},
		"an address in the world is left":       {service(wan, "http://192.0.2.7/x"), "", ""},
		"another scheme is left":                {service(wan, "file:///etc/passwd"), "", ""},
		"no such service":                       {service("urn:schemas-upnp-org:service:X:1", "/x"), "", ""},
		"a service that is cut short":           {"<service><serviceType>" + wan + "</serviceType><controlURL>/c", "", ""},
		"nothing at all":                        {"", "", ""},
		"a description as large as one may get": {strings.Repeat(service("urn:x:1", "/x"), 60) + service(wan, "/c"), wan, "/c"},
	} {
		if kind, path := control(described(c.services)); kind != c.kind || path != c.path {
			t.Errorf("%s: %q at %q, want %q at %q", name, kind, path, c.kind, c.path)
		}
	}
}

func TestTheOutsideAddress(t *testing.T) {
	for response, want := range map[string]netip.Addr{
		"HTTP/1.1 200 OK\r\n\r\n<NewExternalIPAddress>192.168.178.20</NewExternalIPAddress>":                    netip.MustParseAddr("192.168.178.20"),
		"HTTP/1.1 200 OK\r\n\r\n<NewExternalIPAddress dt:dt=\"string\"> 203.0.113.9 </NewExternalIPAddress>":    netip.MustParseAddr("203.0.113.9"),
		"HTTP/1.1 200 OK\r\n\r\n<NewExternalIPAddress>0.0.0.0</NewExternalIPAddress>":                           {},
		"HTTP/1.1 200 OK\r\n\r\n<NewExternalIPAddress></NewExternalIPAddress>":                                  {},
		"HTTP/1.1 200 OK\r\n\r\n<NewExternalIPAddress>999.1.1.1</NewExternalIPAddress>":                         {},
		"HTTP/1.1 500 Internal Server Error\r\n\r\n<NewExternalIPAddress>192.168.178.20</NewExternalIPAddress>": {},
		"HTTP/1.1 401 Unauthorized\r\n\r\n":                                                                     {},
		"":                                                                                                      {},
		"HTTP/1.1 200 OK\r\n\r\n<NewExternalIPAddress>192.168.1":                                                {},
	} {
		if got := wanAddress([]byte(response)); got != want {
			t.Errorf("%q: %v, want %v", response, got, want)
		}
	}
}
