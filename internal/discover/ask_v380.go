package discover

import (
	"houdbaar/internal/announce"
	"houdbaar/internal/device"
)

// v380 is the device search of cameras that come with the app V380. It is asked at one
// port and answered to the next.
var v380 = makersQuestion{
	source: device.SourceV380, hear: portV380Answers, anyPort: true,
	why:    "cameras with the app V380: that they are there",
	rounds: fourTimes(everyone(announce.PortV380), []byte("NVDEVSEARCH^100")),
}

const portV380Answers = 10009
