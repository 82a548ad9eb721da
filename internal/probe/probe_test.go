package probe

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lan"
)

func TestEveryQuestionOnlyReads(t *testing.T) {
	inquiries := []string{"jnap", "axis", "onvif"} // a POST that is known to change nothing
	for _, d := range All(nil) {
		name := d.Name()
		for _, q := range d.Questions() {
			if q.Method != "GET" && !(q.Method == "POST" && slices.Contains(inquiries, name)) {
				t.Errorf("%s sends %s", name, q.Method)
			}
			if q.Why == "" {
				t.Errorf("%s does not say why it asks", name)
			}
			for k := range q.Header {
				if strings.EqualFold(k, "Authorization") || strings.EqualFold(k, "Cookie") {
					t.Errorf("%s sends %s", name, k)
				}
			}
		}
	}
}

func TestWants(t *testing.T) {
	gateway := device.Device{Addrs: []netip.Addr{netip.MustParseAddr("192.168.1.1")}, Gateway: true}
	other := device.Device{Addrs: []netip.Addr{netip.MustParseAddr("192.168.1.9")}, Observations: []device.Observation{{Source: device.SourceSSDP}}}
	neighbour := device.Device{Addrs: other.Addrs, Observations: []device.Observation{{Source: device.SourceNeighbour}}}
	by := func(owner string) device.Device {
		return device.Device{Addrs: other.Addrs, Observations: []device.Observation{{Source: device.SourceNeighbour, Fields: map[string]string{"vendor": owner}}}}
	}
	for name, c := range map[string]struct {
		dev  device.Device
		id   device.Identity
		want string
	}{
		"a gateway nobody knows is asked what routers answer": {gateway, device.Identity{Kind: device.Router}, "currentsetting googlewifi hnap http jnap xiaomi"},
		"a FRITZ!Box is asked for its version":                {gateway, device.Identity{Vendor: "AVM", Model: "FRITZ!Box 7590", Kind: device.Router}, "boxinfo tr064"},
		"a NETGEAR is asked only NETGEAR's question":          {gateway, device.Identity{Vendor: "NETGEAR", Model: "R7000", Kind: device.Router}, "currentsetting"},
		"who told everything is left alone":                   {gateway, device.Identity{Vendor: "AVM", Model: "x", Firmware: "1", Kind: device.Router}, ""},
		"a television is left alone":                          {other, device.Identity{Vendor: "LG", Kind: device.TV}, ""},
		"a printer that hides its model is left alone":        {other, device.Identity{Kind: device.Printer}, ""},
		"a D-Link camera is asked D-Link's questions":         {other, device.Identity{Vendor: "D-Link", Kind: device.Camera}, "hnap http nipca"},
		"who announced something odd is asked for its page":   {other, device.Identity{}, "http"},
		"a silent neighbour may be a phone and is left alone": {neighbour, device.Identity{}, ""},
		"a silent telephone of a known maker is left alone":   {by("Xiaomi Communications Co Ltd"), device.Identity{}, ""},
		"a silent device of a camera maker is asked":          {by("Hangzhou Hikvision Digital Technology Co.,Ltd."), device.Identity{}, "http"},
		"a silent D-Link is asked what D-Links answer":        {by("D-Link International"), device.Identity{}, "hnap http nipca"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, d := range All(nil) {
				if d.Wants(c.dev, c.id) {
					got = append(got, d.Name())
				}
			}
			slices.Sort(got)
			if g := strings.Join(got, " "); g != c.want {
				t.Errorf("asked %q, want %q", g, c.want)
			}
		})
	}
}

// played returns a device on loopback whose web server is h, and its port.
func played(t *testing.T, h http.HandlerFunc) (device.Device, port) {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	ap := netip.MustParseAddrPort(s.Listener.Addr().String())
	return device.Device{Addrs: []netip.Addr{ap.Addr()}, Observations: []device.Observation{{Source: device.SourceWSD, Addr: ap.Addr(),
		Fields: map[string]string{"scopes": "onvif://www.onvif.org/hardware/X", "xaddrs": "http://" + ap.String() + "/onvif/device_service"}}}}, port{number: ap.Port()}
}

func loopback(t *testing.T) *lan.Network {
	t.Helper()
	n, err := lan.Open(lan.Options{Loopback: true})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAnswersBecomeObservations(t *testing.T) {
	for name, c := range map[string]struct {
		door   Door
		path   string
		body   string
		source string
		field  string
		want   string
	}{
		// Invented answers in the form that the named sources document.
		"FRITZ!Box description": {tr064, "/tr64desc.xml", `<?xml version="1.0"?><root xmlns="urn:dslforum-org:device-1-0"><systemVersion><HW>226</HW><Display>154.07.57</Display></systemVersion><device><deviceType>urn:dslforum-org:device:InternetGatewayDevice:1</deviceType><manufacturer>AVM</manufacturer><modelName>FRITZ!Box 7590</modelName><UDN>uuid:00000000-0000-0000-0000-000000000000</UDN></device></root>`,
			device.SourceUPnP, "modelName", "FRITZ!Box 7590"},
		"FRITZ!Box boxinfo": {boxinfo, "/jason_boxinfo.xml", `<j:BoxInfo xmlns:j="http://jason.avm.de/updatecheck/"><j:Name>FRITZ!Box 7490</j:Name><j:HW>185</j:HW><j:Version>113.07.57</j:Version></j:BoxInfo>`,
			device.SourceBoxinfo, "Version", "113.07.57"},
		"NETGEAR current setting": {currentSetting, "/currentsetting.htm", "Firmware=V1.0.11.100_10.2.100\r\nRegionTag=R7000_WW\r\nModel=R7000\r\n",
			device.SourceCurrentSetting, "Firmware", "V1.0.11.100_10.2.100"},
		"HNAP": {hnap, "/HNAP1/", `<?xml version="1.0"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><GetDeviceSettingsResponse xmlns="http://purenetworks.com/HNAP1/"><VendorName>D-Link</VendorName><ModelName>DIR-868L</ModelName><FirmwareVersion>1.12</FirmwareVersion></GetDeviceSettingsResponse></soap:Body></soap:Envelope>`,
			device.SourceHNAP, "FirmwareVersion", "1.12"},
		"JNAP": {jnap, "/JNAP/", `{"result":"OK","output":{"manufacturer":"Linksys","modelNumber":"EA6350","hardwareVersion":"2","firmwareVersion":"2.1.41.162351"}}`,
			device.SourceJNAP, "modelNumber", "EA6350"},
		"NIPCA": {nipca, "/common/info.cgi", "model=DCS-932L\r\nversion=1.14\r\nhw_version=B\r\n",
			device.SourceNIPCA, "version", "1.14"},
		"Axis": {axis, "/axis-cgi/basicdeviceinfo.cgi", `{"apiVersion":"1.0","data":{"propertyList":{"ProdNbr":"M3045-V","Version":"9.80.3.2"}}}`,
			device.SourceAxis, "Version", "9.80.3.2"},
		"Google Wifi": {googleWifi, "/api/v1/status", `{"software":{"softwareVersion":"14150.376.32"},"system":{"modelId":"AC-1304"}}`,
			device.SourceGoogleWifi, "software.softwareVersion", "14150.376.32"},
		"Xiaomi": {xiaomi, "/cgi-bin/luci/api/xqsystem/init_info", `{"hardware":"R4A","romversion":"2.28.58","code":0,"id":"00000/A0AA00000"}`,
			device.SourceXiaomi, "romversion", "2.28.58"},
		"ONVIF": {onvif, "/onvif/device_service", `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><tds:GetDeviceInformationResponse xmlns:tds="http://www.onvif.org/ver10/device/wsdl"><tds:Manufacturer>Invented</tds:Manufacturer><tds:Model>IPC-100</tds:Model><tds:FirmwareVersion>2.1.0</tds:FirmwareVersion></tds:GetDeviceInformationResponse></s:Body></s:Envelope>`,
			device.SourceONVIF, "FirmwareVersion", "2.1.0"},
		"front page": {index, "/", `<html><head><title>DS920+ - Synology NAS</title></head></html>`,
			device.SourceHTTP, "title", "DS920+ - Synology NAS"},
	} {
		t.Run(name, func(t *testing.T) {
			dev, p := played(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != c.path || r.Method != c.door.questions[0].Method {
					http.NotFound(w, r)
					return
				}
				fmt.Fprint(w, c.body)
			})
			for _, d := range All(loopback(t)) {
				if d.name == c.door.name {
					c.door = d
				}
			}
			c.door.ports = []port{p}
			got := map[string]string{}
			if err := c.door.Probe(t.Context(), dev, func(o device.Observation) { got[o.Source] = o.Get(c.field) }); err != nil {
				t.Fatal(err)
			}
			if got[c.source] != c.want {
				t.Errorf("%s.%s = %q, want %q (heard %v)", c.source, c.field, got[c.source], c.want, got)
			}
			if strings.Contains(fmt.Sprint(got), "A0AA00000") {
				t.Errorf("a serial number was kept: %v", got)
			}
		})
	}
}

func TestUnhelpfulDevices(t *testing.T) {
	for name, h := range map[string]http.HandlerFunc{
		"asks for a login": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(401) },
		"has no such page": http.NotFound,
		"is broken":        func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) },
		"redirects elsewhere": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://192.0.2.1/", http.StatusFound)
		},
		"hangs up":       func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"sends too much": func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, 1<<20)) },
		"sends half an answer": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			fmt.Fprint(w, "Firmware=V1")
		},
	} {
		t.Run(name, func(t *testing.T) {
			var asked atomic.Int32
			dev, p := played(t, func(w http.ResponseWriter, r *http.Request) { asked.Add(1); h(w, r) })
			for _, d := range All(loopback(t)) {
				d.ports, d.shut = []port{p}, &shut{ports: map[netip.AddrPort]bool{}} // each for itself
				if err := d.Probe(t.Context(), dev, func(o device.Observation) {
					if o.Source != device.SourceHTTP && o.Source != device.SourceCurrentSetting {
						t.Errorf("%s: understood %s: %v", d.name, o.Source, o.Fields)
					}
				}); err != nil {
					t.Errorf("%s: %v; an unhelpful device is no error", d.name, err)
				}
			}
			if n := asked.Load(); n == 0 || n > 30 {
				t.Errorf("asked %d times, want at least once and at most 30", n)
			}
		})
	}
}

func TestASilentDeviceIsLeftWhenTheContextEnds(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0") // accepts in the kernel, never answers
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ap := netip.MustParseAddrPort(l.Addr().String())
	all := All(loopback(t))
	d := all[len(all)-1]
	d.ports = []port{{number: ap.Port()}}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	d.Probe(ctx, device.Device{Addrs: []netip.Addr{ap.Addr()}}, func(device.Observation) { t.Error("heard something") })
	<-ctx.Done() // Probe came back, with or just before the deadline
}

func TestASilentPortIsWaitedForOnce(t *testing.T) {
	dev, p := played(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	n := loopback(t)
	for _, d := range All(n) {
		if d.where == nil {
			d.ports = []port{p}
			d.Probe(t.Context(), dev, func(device.Observation) {})
		}
	}
	if got := n.Sent(); got != 1 {
		t.Errorf("%d connections to a port that never answers, want 1", got)
	}
}

func TestONVIFIsAskedOnlyWhereTheCameraItselfIs(t *testing.T) {
	own := netip.MustParseAddr("192.168.1.23")
	for xaddrs, want := range map[string]int{
		"http://192.168.1.23/onvif/device_service":                             1,
		"http://192.168.1.23:8000/onvif/device_service http://[fe80::1]/onvif": 1,
		"http://192.168.1.1/onvif/device_service":                              0,
		"http://192.0.2.7/onvif/device_service":                                0,
		"http://user@192.168.1.23/onvif":                                       0,
		"":                                                                     0,
	} {
		dev := device.Device{Addrs: []netip.Addr{own}, Observations: []device.Observation{{Source: device.SourceWSD, Addr: own,
			Fields: map[string]string{"scopes": "onvif://www.onvif.org/hardware/X", "xaddrs": xaddrs}}}}
		if got := len(onvifPlaces(dev)); got != want {
			t.Errorf("xaddrs %q gave %d places, want %d", xaddrs, got, want)
		}
	}
}
