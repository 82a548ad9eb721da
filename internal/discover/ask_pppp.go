package discover

import (
	"houdbaar/internal/announce"
	"houdbaar/internal/device"
)

// pppp is the search of cheap cameras that phones reach through their maker's servers
// (CS2 Network P2P and iLnkP2P), in its two forms. Answers come from a port of the
// camera's choice.
var pppp = makersQuestion{
	source: device.SourcePPPP, anyPort: true,
	why:    "cameras that are reached through a maker's servers and answer nothing else: that they are there",
	rounds: byTurns(shout{everyone(announce.PortPPPP), ppppSearch}, shout{everyone(announce.PortPPPP), []byte{0xf1, 0x32, 0, 0}}),
}

var ppppSearch = []byte{0xf1, 0x30, 0, 0}

// ppppVeiled are the same search for those that veil their words with a maker's key,
// two keys in each.
func ppppVeiled() []makersQuestion {
	var out []makersQuestion
	for k := 0; k+1 < len(announce.PPPPKeys); k += 2 {
		q := pppp
		q.rounds = byTurns(shout{everyone(announce.PortPPPP), announce.VeilPPPP(announce.PPPPKeys[k], ppppSearch)},
			shout{everyone(announce.PortPPPP), announce.VeilPPPP(announce.PPPPKeys[k+1], ppppSearch)})
		out = append(out, q)
	}
	return out
}
