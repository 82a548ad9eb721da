package discover

import (
	"houdbaar/internal/announce"
	"houdbaar/internal/device"
)

// foscam is the device search of Foscam and the cameras built like it: a head of 23
// bytes with the length of what follows, 4, and the number 1. Many answer by broadcast.
var foscam = makersQuestion{
	source: device.SourceFoscam, hear: announce.PortFoscam,
	why: "Foscam cameras: name and firmware version",
	rounds: fourTimes(everyone(announce.PortFoscam),
		[]byte("MO_I"+"\x00\x00"+"\x00\x00\x00\x00\x00\x00\x00\x00\x00"+"\x04\x00\x00\x00"+"\x00\x00\x00\x00"+"\x00\x00\x00\x01")),
}
