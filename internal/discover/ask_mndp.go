package discover

import (
	"houdbaar/internal/announce"
	"houdbaar/internal/device"
)

// mndp asks MikroTik's routers for the announcement that they make every minute. It
// comes by broadcast.
var mndp = makersQuestion{
	source: device.SourceMNDP, hear: announce.PortMNDP,
	why:    "MikroTik routers: model and RouterOS version",
	rounds: fourTimes(everyone(announce.PortMNDP), []byte{0, 0, 0, 0}),
}
