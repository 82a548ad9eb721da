package discover

import (
	"houdbaar/internal/announce"
	"houdbaar/internal/device"
)

// ubiquiti is Ubiquiti's discovery, in its two versions. It goes by broadcast: the
// protocol's group, 233.89.188.1, is one that routers may forward out of the home.
var ubiquiti = makersQuestion{
	source: device.SourceUbiquiti, port: announce.PortUbiquiti,
	why: "Ubiquiti access points, routers and cameras: model and firmware version",
	rounds: []shout{
		{everyone(announce.PortUbiquiti), []byte{1, 0, 0, 0}},
		{everyone(announce.PortUbiquiti), []byte{2, 8, 0, 0}},
		{everyone(announce.PortUbiquiti), []byte{1, 0, 0, 0}},
	},
}

// mndp asks MikroTik's routers for the announcement that they make every minute. It
// comes by broadcast.
var mndp = makersQuestion{
	source: device.SourceMNDP, port: announce.PortMNDP, hear: true,
	why:    "MikroTik routers: model and RouterOS version",
	rounds: thrice(everyone(announce.PortMNDP), []byte{0, 0, 0, 0}),
}

// infosvr is the information request of ASUS routers; nothing else is ever sent to
// that service, which has had holes. Old firmware answers by broadcast.
var infosvr = makersQuestion{
	source: device.SourceInfosvr, port: announce.PortKasa, hear: true,
	why:    "ASUS routers: model and firmware version",
	rounds: thrice(everyone(announce.PortKasa), append([]byte{0x0c, 0x15, 0x1f, 0}, make([]byte, 508)...)),
}
