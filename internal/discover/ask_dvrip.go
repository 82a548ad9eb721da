package discover

import (
	"houdbaar/internal/announce"
	"houdbaar/internal/device"
)

// dvrip is the device search of Xiongmai's cameras and recorders: message 1530 of their
// protocol, without content. They answer to all.
var dvrip = makersQuestion{
	source: device.SourceDVRIP, hear: announce.PortDVRIP,
	why:    "Xiongmai cameras and recorders, sold under many names (XMEye, iCSee): that they are there, and how old",
	rounds: fourTimes(everyone(announce.PortDVRIP), []byte{0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xfa, 0x05, 0, 0, 0, 0}),
}
