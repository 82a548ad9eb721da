package discover

import (
	"houdbaar/internal/announce"
	"houdbaar/internal/device"
)

// reolink is the device search of Reolink, whose newer cameras have their pages and
// ONVIF switched off. It is asked at one port and answered to another, whoever asked.
var reolink = makersQuestion{
	source: device.SourceReolink, hear: portReolinkAnswers, anyPort: true,
	why:    "Reolink cameras and recorders: that they are there",
	rounds: fourTimes(everyone(announce.PortReolink), []byte{0xaa, 0xaa, 0, 0}),
}

const portReolinkAnswers = 3000
