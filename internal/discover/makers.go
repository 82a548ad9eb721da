package discover

import (
	"encoding/binary"
	"net/netip"
	"slices"

	"houdbaar/internal/announce"
	"houdbaar/internal/device"
	"houdbaar/internal/lan"
)

// A makersQuestion asks everybody on the network, in the words of one maker or one
// standard, what they are. Many cameras answer nothing else.
type makersQuestion struct {
	source  string         // what announce.UDP reads answers as
	hear    uint16         // answers are sent to this port, whoever asked; 0 = to the asker
	group   netip.AddrPort // answers are sent to this group; zero = to the asker
	tied    bool           // an answer from another port counts when it names the question's number
	anyPort bool           // answers come from any port; what they are shows in their form
	rounds  []shout        // what is sent, one packet in a burst: in every one, or every second
}

// A shout is one packet of a question. Its bytes may hold uuidMark once.
type shout struct {
	to    netip.AddrPort // a group of lan's; without an address: the subnet's broadcast address
	bytes []byte
}

// uuidMark stands for a new random number in each burst, which answers repeat.
const uuidMark = "{random UUID}"

// makersQuestions is the reviewable list. First come those that cameras answer which
// often answer nothing else. Why each is asked is said to people in i18n, under
// "sends.why.<source>".
var makersQuestions = append([]makersQuestion{
	// The Probe of WS-Discovery (2005/04, which ONVIF and Windows use): for ONVIF's network
	// video transmitters, for anything, for what Windows looks for, and for anything over
	// IPv6. The prefixes are those that Windows writes: wsdd and wsdd2, and who knows which
	// cameras, look for them and not for what they stand for. Devices answer by unicast, from
	// any port, and repeat the number. A camera is asked five times in words that it knows,
	// and whatever Windows finds is four times.
	{source: device.SourceWSD, tied: true,
		rounds: []shout{wsdCamera, wsdAny, wsdWindows, {lan.WSD6, wsdProbe("", "")}, wsdCamera, wsdAny, wsdWindows, wsdCamera}},

	// The inquiry of Hikvision's SADP, which many makers' cameras answer to. The other types
	// of the protocol change devices and are never sent. Cameras answer to the group.
	{source: device.SourceSADP, group: lan.SADP,
		rounds: fourTimes(shout{lan.SADP, []byte(`<?xml version="1.0" encoding="utf-8"?><Probe><Uuid>` + uuidMark + `</Uuid><Types>inquiry</Types></Probe>`)})},

	// The search of Dahua's DHDiscover, answered by Dahua, Amcrest, Lorex and others: by turns
	// to the group and by broadcast, which whoever listens to the port hears too. The port is
	// known for being abused to flood others from forged addresses, so it is asked sparingly
	// and never beyond the link.
	{source: device.SourceDHIP, group: lan.DHIP,
		rounds: slices.Repeat([]shout{{lan.DHIP, dhipSearch()}, everyone(announce.PortDHIP, dhipSearch())}, 2)},

	// The device search of Xiongmai's cameras and recorders: message 1530 of their protocol,
	// without content. They answer to all.
	{source: device.SourceDVRIP, hear: announce.PortDVRIP,
		rounds: fourTimes(everyone(announce.PortDVRIP, []byte{0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xfa, 0x05, 0, 0, 0, 0}))},

	// The device search of Foscam and the cameras built like it: a head of 23 bytes with the
	// length of what follows, 4, and the number 1. Many answer by broadcast.
	{source: device.SourceFoscam, hear: announce.PortFoscam,
		rounds: fourTimes(everyone(announce.PortFoscam,
			[]byte("MO_I"+"\x00\x00"+"\x00\x00\x00\x00\x00\x00\x00\x00\x00"+"\x04\x00\x00\x00"+"\x00\x00\x00\x00"+"\x00\x00\x00\x01")))},

	// The device search of cameras that come with the app V380. It is asked at one port and
	// answered to the next.
	{source: device.SourceV380, hear: portV380Answers, anyPort: true,
		rounds: fourTimes(everyone(announce.PortV380, []byte("NVDEVSEARCH^100")))},

	// The device search of Reolink, whose newer cameras have their pages and ONVIF switched
	// off. It is asked at one port and answered to another, whoever asked.
	{source: device.SourceReolink, hear: portReolinkAnswers, anyPort: true,
		rounds: fourTimes(everyone(announce.PortReolink, []byte{0xaa, 0xaa, 0, 0}))},

	// Ubiquiti's discovery, in its two versions, by broadcast: that is the one packet of the
	// protocol in a burst, and reaches whoever listens to the port. The protocol's group,
	// 233.89.188.1, is not spoken to. With a time to live of 1 no router may forward it, but it
	// is a group of the whole internet (RFC 3180) and not of the home, so that a mistake in one
	// box is all that it takes, and we know of no device that answers the group alone.
	{source: device.SourceUbiquiti,
		rounds: fourTimes(everyone(announce.PortUbiquiti, []byte{1, 0, 0, 0}), everyone(announce.PortUbiquiti, []byte{2, 8, 0, 0}))},

	// MikroTik's routers are asked for the announcement that they make every minute. It comes
	// by broadcast.
	{source: device.SourceMNDP, hear: announce.PortMNDP, rounds: fourTimes(everyone(announce.PortMNDP, []byte{0, 0, 0, 0}))},

	// The information request of ASUS routers; nothing else is ever sent to that service,
	// which has had holes. Old firmware answers by broadcast.
	{source: device.SourceInfosvr, hear: announce.PortKasa,
		rounds: fourTimes(everyone(announce.PortKasa, append([]byte{0x0c, 0x15, 0x1f, 0}, make([]byte, 508)...)))},

	// get_sysinfo of TP-Link's older Kasa plugs, lamps and cameras.
	{source: device.SourceKasa, rounds: fourTimes(everyone(announce.PortKasa, announce.VeilKasa([]byte(`{"system":{"get_sysinfo":{}}}`))))},

	// The discovery of TP-Link's Tapo and newer Kasa, sixteen bytes without a key of ours, so
	// that only the open part of the answer can be read (python-kasa, kasa/discover.py). Newer
	// devices listen on the second port.
	{source: device.SourceTDP, rounds: fourTimes(everyone(announce.PortTDP, tdpHello), everyone(portTDP2, tdpHello))},

	// The search of cheap cameras, in its two forms.
	pppp(ppppSearch, []byte{0xf1, 0x32, 0, 0}),
}, ppppVeiled()...)

const (
	portV380Answers    = 10009
	portReolinkAnswers = 3000
	portTDP2           = 20004
)

var (
	wsdCamera  = shout{lan.WSD4, wsdProbe(` xmlns:dn="http://www.onvif.org/ver10/network/wsdl"`, `<wsd:Types>dn:NetworkVideoTransmitter</wsd:Types>`)}
	wsdAny     = shout{lan.WSD4, wsdProbe("", "")}
	wsdWindows = shout{lan.WSD4, wsdProbe(` xmlns:wsdp="http://schemas.xmlsoap.org/ws/2006/02/devprof"`, `<wsd:Types>wsdp:Device</wsd:Types>`)}

	tdpHello   = []byte{2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0x46, 0x3c, 0xb5, 0xd3}
	ppppSearch = []byte{0xf1, 0x30, 0, 0}
)

// fourTimes says the same in four bursts, or two things by turns, each in four: for two
// generations of a protocol.
func fourTimes(all ...shout) []shout { return slices.Repeat(all, 4) }

// everyone is told by the subnet's broadcast address and a port.
func everyone(port uint16, b []byte) shout { return shout{netip.AddrPortFrom(netip.Addr{}, port), b} }

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

// dhipSearch is a head of 32 bytes, with its own length, the magic word and twice the
// length of what follows, and the search as JSON.
func dhipSearch() []byte {
	body := `{"method":"DHDiscover.search","params":{"mac":"","uni":0}}` + "\n"
	b := append(make([]byte, 0, 128), "\x20\x00\x00\x00DHIP"...)
	b = append(b, make([]byte, 24)...)
	binary.LittleEndian.PutUint32(b[16:], uint32(len(body)))
	binary.LittleEndian.PutUint32(b[24:], uint32(len(body)))
	return append(b, body...)
}

// pppp asks cheap cameras that phones reach through their maker's servers (CS2 Network P2P
// and iLnkP2P), in two words by turns. Answers come from a port of the camera's choice.
func pppp(a, b []byte) makersQuestion {
	return makersQuestion{source: device.SourcePPPP, anyPort: true, rounds: fourTimes(everyone(announce.PortPPPP, a), everyone(announce.PortPPPP, b))}
}

// ppppVeiled are the same search for those that veil their words with a maker's key,
// two keys in each.
func ppppVeiled() []makersQuestion {
	var out []makersQuestion
	for k := 0; k+1 < len(announce.PPPPKeys); k += 2 {
		out = append(out, pppp(announce.VeilPPPP(announce.PPPPKeys[k], ppppSearch), announce.VeilPPPP(announce.PPPPKeys[k+1], ppppSearch)))
	}
	return out
}
