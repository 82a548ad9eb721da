package discover

import (
	"houdbaar/internal/announce"
	"houdbaar/internal/device"
)

// kasa is get_sysinfo of TP-Link's older Kasa plugs, lamps and cameras, each byte
// combined with the one before as the protocol has it (not encryption: the key
// is 171 for everybody).
var kasa = makersQuestion{
	source: device.SourceKasa,
	why:    "TP-Link Kasa cameras, plugs and lamps: model, hardware and firmware version",
	rounds: fourTimes(everyone(announce.PortKasa), kasaVeil(`{"system":{"get_sysinfo":{}}}`)),
}

func kasaVeil(text string) []byte {
	b, last := []byte(text), byte(171)
	for i := range b {
		b[i] ^= last
		last = b[i]
	}
	return b
}
