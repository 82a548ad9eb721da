package discover

import (
	"encoding/binary"
	"slices"

	"houdbaar/internal/announce"
	"houdbaar/internal/device"
	"houdbaar/internal/lan"
)

// dhDiscover is the search of Dahua's DHDiscover, answered by Dahua, Amcrest, Lorex
// and others: by turns to the group and by broadcast, which whoever listens to the port
// hears too. The port is known for being abused
// to flood others from forged addresses, so it is asked sparingly and never beyond
// the link.
var dhDiscover = makersQuestion{
	source: device.SourceDHIP, group: lan.DHIP,
	why:    "Dahua, Amcrest and Lorex cameras and recorders: model and firmware version",
	rounds: slices.Repeat([]shout{{lan.DHIP, dhipSearch()}, {everyone(announce.PortDHIP), dhipSearch()}}, 2),
}

// dhipSearch is a head of 32 bytes, with its own length, the magic word and twice the
// length of what follows, and the search as JSON.
func dhipSearch() []byte {
	body := `{"method":"DHDiscover.search","params":{"mac":"","uni":0}}` + "\n"
	b := append(make([]byte, 0, 128), "\x20\x00\x00\x00DHIP"...)
	b = append(b, make([]byte, 24)...)
	binary.LittleEndian.PutUint32(b[16:], uint32(len(body)))
	binary.LittleEndian.PutUint32(b[24:], uint32(len(body)))
	return append(b, body...)
}
