package scan

import (
	"net/netip"
	"strings"
	"testing"

	"houdbaar/internal/device"
)

func TestAMaskedValueHidesWhoseDeviceItIs(t *testing.T) {
	for name, c := range map[string]struct{ field, value, own, want string }{
		"a serial number":           {"serialNumber", "AB12CD34EF56", "", hidden},
		"a serial number, short":    {"device.sn", "1234", "", hidden},
		"a hardware address":        {"name", "Box 00:11:22:33:44:55", "", "Box 00:11:22:xx:xx:xx"},
		"its address, bare":         {"name", "Box-001122334455", "00:11:22:33:44:55", "Box-001122xxxxxx"},
		"a build number":            {"version", "201810101200", "", "201810101200"},
		"the series of an update":   {"updateSerial", "NVR2X-4KS3", "", "NVR2X-4KS3"},
		"a model beside nothing":    {"modelName", "DIR-615", "", "DIR-615"},
		"an address in its series":  {"updateSerial", "00:11:22:33:44:55", "", "00:11:22:xx:xx:xx"},
		"an address with dashes":    {"", "00-11-22-AA-BB-CC", "", "00-11-22-xx-xx-xx"},
		"an address with dots":      {"", "AP 0011.22AA.bbcc", "", "AP 0011.22xx.xxxx"},
		"a version of as many":      {"version", "2024.0101.1234", "", "2024.0101.1234"},
		"one in a sentence":         {"ssdp.usn", "uuid:x 00:11:22:aa:bb:cc::upnp", "", "uuid:x 00:11:22:xx:xx:xx::upnp"},
		"one without colons":        {"mdns.instance", "AXIS M1034-W - 00408CAABBCC", "", "AXIS M1034-W - 00408Cxxxxxx"},
		"a UUID":                    {"ssdp.usn", "uuid:12345678-9abc-def0-1234-56789abcdef0::x", "", "uuid:…::x"},
		"a version with colons":     {"", "01:02:03", "", "01:02:03"},
		"a long hexadecimal number": {"", "00112233445566778899aabb", "", "00112233445566778899aabb"},
		"behind an underscore":      {"", "AP_00:11:22:AB:CD:EF", "", "AP_00:11:22:xx:xx:xx"},
		"without colons behind one": {"", "AP_001122abcdef_5G", "", "AP_001122xxxxxx_5G"},
		"its own within a word":     {"", "AP001122445566GHz", "00:11:22:44:55:66", "AP001122xxxxxxGHz"},
		"beside no address":         {"", "ABCDEFGHIJKLMNOP", "op", "ABCDEFGHIJKLMNOP"},
		"a serial number in a list": {"scopes", "onvif://www.onvif.org/serial/210235EXAMPLE onvif://www.onvif.org/hardware/X", "", "onvif://www.onvif.org/serial/… onvif://www.onvif.org/hardware/X"},
		"one behind a word for it":  {"modelDescription", "Camera, S/N: 12345, X1", "", "Camera, S/N: …, X1"},
		"one in Dutch":              {"modelDescription", "Camera, serienummer: A12345", "", "Camera, serienummer: …"},
		"one behind a short word":   {"modelDescription", "Camera Serial No.: A12345", "", "Camera Serial No.: …"},
		"what a device is for":      {"modelDescription", "Serial/Ethernet converter", "", "Serial/Ethernet converter"},
		"a word that ends so":       {"modelName", "Design: 5", "", "Design: 5"},
		"a UUID behind its word":    {"", "uuid_550e8400-e29b-41d4-a716-446655440000_1", "", "uuid_…_1"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := MaskValue(c.field, c.value, c.own); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// TestAMaskedTextHoldsNoAddressOfTheInternet: an IPv6 address says which household it is,
// in whatever form a program writes it; what looks like one stays.
func TestAMaskedTextHoldsNoAddressOfTheInternet(t *testing.T) {
	for text, want := range map[string]string{
		"dial [2001:db8::1]:80":                "dial […]:80",
		"2001:db8:0:1:2:3:4:5 is gone":         "… is gone",
		"on fe80::1%eth0/64":                   "on …",
		"2001:db8::/64 has no route":           "… has no route",
		"at 12:30:45":                          "at 12:30:45",
		"192.168.1.20: connection refused":     "192.168.1.20: connection refused",
		"12345678-9ABC-DEF0-1234-56789ABCDEF0": "…",
	} {
		if got := maskText(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
	if got := four(netip.MustParseAddr("2001:db8::1")); got.IsValid() {
		t.Errorf("%v is kept", got)
	}
	if a := netip.MustParseAddr("192.0.2.1"); four(a) != a {
		t.Errorf("%v became %v", a, four(a))
	}
}

// TestWhatPeopleWriteIsNotKept: of a field in which people write, only the words of the
// product stay, and what stood there is hidden wherever else it stands.
func TestWhatPeopleWriteIsNotKept(t *testing.T) {
	of := device.Identity{Vendor: "Acme", Model: "X 1"}
	for _, field := range []string{"name", "fn", "host", "hostname", "instance", "identity", "title", "alias", "owner", "user", "key", "usn", "path", "location",
		"netbiosname", "body", "goes", "realm", "certificate.subject", "device.friendlyName", "ssid", "ssid#2", "wlan.ssid5g", "device_name", "machineName",
		"nickName", "roomName", "userName", "displayName", "scopeName"} {
		if got := (cover{of: of}).hide(device.PartModel, device.SourceUPnP, field, "Acme of_Jansen"); got != "Acme "+hidden {
			t.Errorf("%s: %q", field, got)
		}
	}
	for _, field := range []string{"modelName", "vendorName", "manufacturerName", "productName", "chipName", "boardName", "device.modelName", "server"} {
		if got := (cover{of: of}).hide(device.PartModel, device.SourceUPnP, field, "X1 Plus"); got != "X1 Plus" {
			t.Errorf("%s: %q", field, got)
		}
	}
	if got := (cover{of: of}).hide(device.PartModel, device.SourceLabel, "name", "Acme of Jansen"); got != "Acme of Jansen" {
		t.Errorf("what a person typed became %q", got)
	}
	said := Finding{Identity: of, Device: device.Device{Observations: []device.Observation{{Fields: map[string]string{
		"serialNumber": " 4711-08 ", "name": "Jan", "hostname": "Jansens-router", "title": "Jo", "sn": "12345", "friendlyName": "X1"}}}}}
	if got := strings.Join(private(said), " "); got != "Jansens-router 4711-08 Jan" {
		t.Errorf("private: %q", got)
	}
	said.Identity.Name = "Zolder"
	c := cover{of: of, words: private(said)}
	if got := c.hide(device.PartModel, "", "", "X1 Jansens-router 4711-08 Zolder"); got != "X1 … … …" {
		t.Errorf("%q", got)
	}
}
