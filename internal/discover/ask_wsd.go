package discover

import (
	"houdbaar/internal/announce"
	"houdbaar/internal/device"
	"houdbaar/internal/lan"
)

// wsDiscovery is the Probe of WS-Discovery (2005/04, which ONVIF and Windows use):
// first for ONVIF's network video transmitters, then for anything, then for anything
// over IPv6. Devices answer by unicast, from any port, and repeat the number.
var wsDiscovery = makersQuestion{
	source: device.SourceWSD, port: announce.PortWSD, tied: true,
	why: "ONVIF cameras and recorders: model and name; printers and computers: that they are such",
	rounds: [3]shout{
		{lan.WSD4, wsdProbe(` xmlns:dn="http://www.onvif.org/ver10/network/wsdl"`, `<d:Types>dn:NetworkVideoTransmitter</d:Types>`)},
		{lan.WSD4, wsdProbe("", "")},
		{lan.WSD6, wsdProbe("", "")},
	},
}

// wsdProbe is a Probe for what the types name; "" = everything.
func wsdProbe(namespace, types string) []byte {
	return []byte(`<?xml version="1.0" encoding="UTF-8"?>` +
		`<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing"` +
		` xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"` + namespace + `>` +
		`<e:Header><w:MessageID>urn:uuid:` + uuidMark + `</w:MessageID>` +
		`<w:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To>` +
		`<w:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</w:Action></e:Header>` +
		`<e:Body><d:Probe>` + types + `</d:Probe></e:Body></e:Envelope>`)
}
