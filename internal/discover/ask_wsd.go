package discover

import (
	"houdbaar/internal/device"
	"houdbaar/internal/lan"
)

// wsDiscovery is the Probe of WS-Discovery (2005/04, which ONVIF and Windows use):
// for ONVIF's network video transmitters, for anything, for what Windows looks for,
// and for anything over IPv6. The prefixes are those that Windows writes: wsdd and
// wsdd2, and who knows which cameras, look for them and not for what they stand
// for. Devices answer by unicast, from any port, and repeat the number. A camera is
// asked five times in words that it knows, and whatever Windows finds is four times.
var wsDiscovery = makersQuestion{
	source: device.SourceWSD, tied: true,
	why:    "ONVIF cameras and recorders: model and name; printers and computers: that they are such",
	rounds: []shout{wsdCamera, wsdAny, wsdWindows, {lan.WSD6, wsdProbe("", "")}, wsdCamera, wsdAny, wsdWindows, wsdCamera},
}

var (
	wsdCamera  = shout{lan.WSD4, wsdProbe(` xmlns:dn="http://www.onvif.org/ver10/network/wsdl"`, `<wsd:Types>dn:NetworkVideoTransmitter</wsd:Types>`)}
	wsdAny     = shout{lan.WSD4, wsdProbe("", "")}
	wsdWindows = shout{lan.WSD4, wsdProbe(` xmlns:wsdp="http://schemas.xmlsoap.org/ws/2006/02/devprof"`, `<wsd:Types>wsdp:Device</wsd:Types>`)}
)

// wsdProbe is a Probe for what the types name; "" = everything.
func wsdProbe(namespace, types string) []byte {
	return []byte(`<?xml version="1.0" encoding="utf-8"?>` +
		`<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing"` +
		` xmlns:wsd="http://schemas.xmlsoap.org/ws/2005/04/discovery"` + namespace + `>` +
		`<soap:Header><wsa:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</wsa:To>` +
		`<wsa:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</wsa:Action>` +
		`<wsa:MessageID>urn:uuid:` + uuidMark + `</wsa:MessageID></soap:Header>` +
		`<soap:Body><wsd:Probe>` + types + `</wsd:Probe></soap:Body></soap:Envelope>`)
}
