package discover

import (
	"houdbaar/internal/announce"
	"houdbaar/internal/device"
)

// tdp is the discovery of TP-Link's Tapo and newer Kasa, sixteen bytes without a
// key of ours, so that only the open part of the answer can be read
// (python-kasa, kasa/discover.py). Newer devices listen on the second port.
var tdp = makersQuestion{
	source: device.SourceTDP,
	why:    "TP-Link Tapo and newer Kasa cameras, plugs and hubs: model, hardware and firmware version",
	rounds: byTurns(shout{everyone(announce.PortTDP), tdpHello}, shout{everyone(portTDP2), tdpHello}),
}

const portTDP2 = 20004

var tdpHello = []byte{2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0x46, 0x3c, 0xb5, 0xd3}
