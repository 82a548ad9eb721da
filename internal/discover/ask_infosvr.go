package discover

import (
	"houdbaar/internal/announce"
	"houdbaar/internal/device"
)

// infosvr is the information request of ASUS routers; nothing else is ever sent to
// that service, which has had holes. Old firmware answers by broadcast.
var infosvr = makersQuestion{
	source: device.SourceInfosvr, hear: announce.PortKasa,
	why:    "ASUS routers: model and firmware version",
	rounds: fourTimes(everyone(announce.PortKasa), append([]byte{0x0c, 0x15, 0x1f, 0}, make([]byte, 508)...)),
}
