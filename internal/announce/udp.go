package announce

import "houdbaar/internal/device"

// The ports whose replies UDP reads.
const (
	PortReolink  = 2000
	PortWSD      = 3702
	PortMNDP     = 5678
	PortKasa     = 9999 // and ASUS infosvr
	PortFoscam   = 10000
	PortUbiquiti = 10001
	PortV380     = 10008
	PortTDP      = 20002
	PortPPPP     = 32108
	PortDVRIP    = 34569
	PortSADP     = 37020
	PortDHIP     = 37810
)

// datagrams lists the protocols that UDP reads. Each reader returns the fields of the
// observations it found, or nil; of two on one port the first that finds something.
var datagrams = []struct {
	source string
	port   uint16
	read   func([]byte) []map[string]string
}{
	{device.SourceReolink, PortReolink, one(readReolink)},
	{device.SourceWSD, PortWSD, readWSD},
	{device.SourceMNDP, PortMNDP, one(readMNDP)},
	{device.SourceInfosvr, PortKasa, one(readInfosvr)},
	{device.SourceKasa, PortKasa, one(readKasa)},
	{device.SourceFoscam, PortFoscam, one(readFoscam)},
	{device.SourceUbiquiti, PortUbiquiti, one(readUbiquiti)},
	{device.SourceV380, PortV380, one(readV380)},
	{device.SourceTDP, PortTDP, one(readTDP)},
	{device.SourcePPPP, PortPPPP, one(readPPPP)},
	{device.SourceDVRIP, PortDVRIP, one(readDVRIP)},
	{device.SourceSADP, PortSADP, one(readSADP)},
	{device.SourceDHIP, PortDHIP, one(readDHIP)},
}

// Port returns the port whose replies UDP reads as a source, 0 if there is none.
func Port(source string) uint16 {
	for _, d := range datagrams {
		if d.source == source {
			return d.port
		}
	}
	return 0
}

// UDP reads a datagram that came from a port of a device. It gives nothing
// when that is no reply of a protocol known there; among others because it is a
// question, which on a broadcast protocol is heard as well.
func UDP(port uint16, p Packet) (out []device.Observation) {
	for _, d := range datagrams {
		if d.port != port || len(p.Data) > maxDatagram {
			continue
		}
		for _, fields := range d.read(p.Data) {
			o := p.observe(d.source, fields)
			if d.source == device.SourceWSD {
				o.Key = key(fields["address"])
			}
			out = append(out, o)
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// readSADP reads the ProbeMatch of Hikvision's SADP. A Probe, the question, is
// heard as well and has no DeviceDescription or other self-description.
func readSADP(b []byte) map[string]string {
	return parseXML(toUTF8(b, "")).find("ProbeMatch").leaves()
}
