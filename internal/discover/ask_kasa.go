package discover

import (
	"houdbaar/internal/announce"
	"houdbaar/internal/device"
)

// kasa is get_sysinfo of TP-Link's older Kasa plugs, lamps and cameras.
var kasa = makersQuestion{
	source: device.SourceKasa,
	why:    "TP-Link Kasa cameras, plugs and lamps: model, hardware and firmware version",
	rounds: fourTimes(everyone(announce.PortKasa), announce.VeilKasa([]byte(`{"system":{"get_sysinfo":{}}}`))),
}
