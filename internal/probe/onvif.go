package probe

import (
	"slices"
	"strings"

	"houdbaar/internal/device"
	"houdbaar/internal/lan"
)

// onvif asks an ONVIF camera, at the address it announced by WS-Discovery, for
// GetDeviceInformation, once. The standard lets it refuse; 401 is an answer.
var onvif = Door{
	name: "onvif",
	questions: []lan.Question{{Method: "POST", Path: "/onvif/device_service", Why: "ONVIF cameras: maker, model and firmware version",
		Header: map[string]string{"Content-Type": `application/soap+xml; charset=utf-8; action="http://www.onvif.org/ver10/device/wsdl/GetDeviceInformation"`},
		Body: `<?xml version="1.0" encoding="utf-8"?>` +
			`<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>` +
			`<GetDeviceInformation xmlns="http://www.onvif.org/ver10/device/wsdl"/></s:Body></s:Envelope>`}},
	fits:  func(dev device.Device, _ device.Identity) bool { return len(onvifPlaces(dev)) > 0 },
	where: onvifPlaces,
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
