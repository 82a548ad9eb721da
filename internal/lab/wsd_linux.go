package lab

import (
	"net/netip"
)

// wsdProbe is the question that the daemons below are awaited with.
const wsdProbe = `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:wsd="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:wsdp="http://schemas.xmlsoap.org/ws/2006/02/devprof"><soap:Header><wsa:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</wsa:To><wsa:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</wsa:Action><wsa:MessageID>urn:uuid:00000000-0000-4000-8000-0000000000ee</wsa:MessageID></soap:Header><soap:Body><wsd:Probe><wsd:Types>wsdp:Device</wsd:Types></wsd:Probe></soap:Body></soap:Envelope>`

// WSDD plugs in a computer that is found by WS-Discovery: wsdd, christgau's, in Python.
func (n *Net) WSDD(octet byte) *Host {
	n.t.Helper()
	h := n.Host("wsdd", octet, "")
	h.daemon("", "wsdd", "-i", "eth0", "-4", "-n", "lab-wsdd", "-v")
	h.await([]byte(wsdProbe), netip.AddrPortFrom(probeGroups[3702][0], 3702))
	return h
}

// WSDD2 plugs in one that runs wsdd2, Netgear's, in C.
func (n *Net) WSDD2(octet byte) *Host {
	n.t.Helper()
	h := n.Host("wsdd2", octet, "")
	h.daemon("", "wsdd2", "-4", "-w", "-i", "eth0", "-H", "lab-wsdd2", "-N", "LABWSDD2", "-b", "vendor:Invented,model:W-2,serial:0")
	h.await([]byte(wsdProbe), netip.AddrPortFrom(probeGroups[3702][0], 3702))
	return h
}
