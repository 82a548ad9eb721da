package probe

import (
	_ "embed"
	"slices"
	"strings"

	"houdbaar/internal/device"
	"houdbaar/internal/lan"
)

// doors is the reviewable fact of what is asked of single devices, in this order. Why each
// is asked is said to people in i18n, under "sends.why.<name>".
var doors = []door{
	// The FRITZ!Box's TR-064 description, whose systemVersion holds the FRITZ!OS version. Its
	// actions need a login; the description does not (kbr/fritzconnection, core/processor.py).
	{name: "tr064", ports: []port{{49000, false}}, fits: by("AVM"), questions: get("/tr64desc.xml")},

	// The FRITZ!Box's own summary, without its serial number (kbr/fritzconnection,
	// core/fritzconnection.py).
	{name: "boxinfo", ports: web[:1], fits: by("AVM"), questions: get("/jason_boxinfo.xml")},

	// The page that NETGEAR's own set-up program looks for. It is asked for as a path only:
	// as a query suffix it is the shape of an old exploit.
	{name: "currentsetting", ports: web, fits: orGateway(by("NETGEAR")), questions: get("/currentsetting.htm")},

	// Linksys Smart Wi-Fi's GetDeviceInfo, which needs no login and reads only (reujab/linksys,
	// readme). Nothing but GetDeviceInfo is ever asked: in the name that Linksys' own program
	// has for it, and where that is not known in the one of Cisco's days, by which scanners
	// find the EA series of 2012 (Greenbone's test of JNAP).
	{name: "jnap", ports: web[:1], fits: orGateway(by("Linksys", "Belkin")), questions: []lan.Question{jnapIn("linksys.com"), jnapIn("cisco.com")}},

	// HNAP1, which older D-Link and Linksys routers and cameras answer to GET with
	// GetDeviceSettings (nmap, scripts/hnap-info.nse).
	{name: "hnap", ports: web[:1], fits: orGateway(by("D-Link", "Linksys", "Cisco", "TRENDnet")), questions: get("/HNAP1/")},

	// The information page of D-Link's Network IP Camera API, which most of its cameras give
	// without a login.
	{name: "nipca", ports: web[:1], questions: get("/common/info.cgi"), fits: func(_ device.Device, id device.Identity) bool {
		return id.Vendor == "D-Link" && (id.Kind.Class() == device.ClassCamera || id.Kind == device.Unknown)
	}},

	// The properties that Axis gives to everybody from AXIS OS 8.40 on (developer.axis.com,
	// basic device information).
	{name: "axis", ports: web, fits: by("Axis"), questions: []lan.Question{{Method: "POST", Path: "/axis-cgi/basicdeviceinfo.cgi",
		Header: map[string]string{"Content-Type": "application/json"},
		Body:   `{"apiVersion":"1.0","method":"getAllUnrestrictedProperties"}`}}},

	// The status that Google Wifi, Nest Wifi and OnHub give to everybody (Home Assistant,
	// components/google_wifi/sensor.py).
	{name: "googlewifi", ports: web[:1], fits: orGateway(by("Google")), questions: get("/api/v1/status")},

	// init_info, whose serial number is dropped on receipt, by announce.
	{name: "xiaomi", ports: web[:1], fits: orGateway(by("Xiaomi")), questions: get("/cgi-bin/luci/api/xqsystem/init_info")},

	// An ONVIF camera's GetDeviceInformation, at the address it announced by WS-Discovery,
	// once. The standard lets it refuse; 401 is an answer.
	{name: "onvif", where: onvifPlaces, fits: func(d device.Device, _ device.Identity) bool { return len(onvifPlaces(d)) > 0 },
		questions: []lan.Question{{Method: "POST", Path: "/onvif/device_service",
			Header: map[string]string{"Content-Type": `application/soap+xml; charset=utf-8; action="http://www.onvif.org/ver10/device/wsdl/GetDeviceInformation"`},
			Body: `<?xml version="1.0" encoding="utf-8"?>` +
				`<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>` +
				`<GetDeviceInformation xmlns="http://www.onvif.org/ver10/device/wsdl"/></s:Body></s:Envelope>`}}},

	// A device's front page, and what that leads to. Its Server header, its realm or its title
	// often names the model: a hint where nothing better is said. It is asked of a gateway, of
	// what may be a router, a camera or a NAS and has not named its model, and of a silent
	// device whose network part is from a maker of such things.
	{name: "http", ports: web, questions: get("/"), onward: true,
		fits: func(d device.Device, id device.Identity) bool {
			if id.Model != "" {
				return false
			}
			_, ok := made(d)
			return ok || d.Gateway || id.Kind.Class() != device.ClassUnknown || announced(d)
		}},
}

func get(path string) []lan.Question { return []lan.Question{{Method: "GET", Path: path}} }

func jnapIn(domain string) lan.Question {
	return lan.Question{Method: "POST", Path: "/JNAP/", Body: "{}",
		Header: map[string]string{"X-JNAP-Action": "http://" + domain + "/jnap/core/GetDeviceInfo", "Content-Type": "application/json; charset=UTF-8"}}
}

// by returns a fit for the makers named.
func by(vendors ...string) func(device.Device, device.Identity) bool {
	return func(_ device.Device, id device.Identity) bool { return slices.Contains(vendors, id.Vendor) }
}

// orGateway also fits the way out, where that has not said who made it.
func orGateway(fits func(device.Device, device.Identity) bool) func(device.Device, device.Identity) bool {
	return func(d device.Device, id device.Identity) bool {
		return d.Gateway && (id.Vendor == "" || id.Model == "") || fits(d, id)
	}
}

// onvifPlaces returns where a device says its ONVIF service is, if that is on the
// device itself.
func onvifPlaces(dev device.Device) []place {
	for _, o := range dev.Observations {
		if o.Source != device.SourceWSD || !strings.Contains(o.Get("scopes"), "onvif://") {
			continue
		}
		for _, url := range strings.Fields(o.Get("xaddrs")) {
			t, path, err := lan.ParseURL(url, o.Addr)
			if err == nil && slices.Contains(dev.Addrs, t.Addr.Addr()) && t.Addr.Addr().Is4() == o.Addr.Is4() {
				return []place{{t, path}}
			}
		}
	}
	return nil
}

// makers are the owners of hardware addresses whose devices are asked though they say
// nothing: that is then all that is known, and enough to ask, never to name.
//
//go:embed makers.txt
var makers string

// made reports whether d is silent and its hardware address belongs to one of makers,
// and the vendor whose doors it may have.
func made(d device.Device) (vendor string, ok bool) {
	if announced(d) {
		return "", false
	}
	for _, o := range d.Observations {
		owner := strings.ToLower(o.Get("vendor"))
		if o.Source != device.SourceNeighbour || owner == "" {
			continue
		}
		for line := range strings.Lines(makers) {
			if name, vendor, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "|"); name != "" && strings.HasPrefix(owner, name) {
				return vendor, true
			}
		}
	}
	return "", false
}
