package discover

import (
	"houdbaar/internal/announce"
	"houdbaar/internal/device"
)

// ubiquiti is Ubiquiti's discovery, in its two versions, by broadcast: that is the one
// packet of the protocol in a burst, and reaches whoever listens to the port. The
// protocol's group, 233.89.188.1, is not spoken to. With a time to live of 1 no router
// may forward it, but it is a group of the whole internet (RFC 3180) and not of the
// home, so that a mistake in one box is all that it takes, and we know of no device that
// answers the group alone.
var ubiquiti = makersQuestion{
	source: device.SourceUbiquiti,
	why:    "Ubiquiti access points, routers and cameras: model and firmware version",
	rounds: byTurns(shout{everyone(announce.PortUbiquiti), []byte{1, 0, 0, 0}}, shout{everyone(announce.PortUbiquiti), []byte{2, 8, 0, 0}}),
}
