package discover

import (
	"fmt"
	"math"
	"testing"
	"time"

	"houdbaar/internal/device"
)

// Where a tenth of all packets is lost each way, an asking brings an answer 81 times in
// a hundred. TestHowOftenADeviceIsMissed says what that leaves of each protocol.
const (
	lost = 0.1
	vain = 1 - (1-lost)*(1-lost) // an asking
)

// mostMissed is the chance that may be left that a device is never heard: 1 in 750.
const mostMissed = 1.0 / 750

// unheard returns the chance that no answer to multicast questions at these times comes
// through, of a responder that takes 120 ms for each and then rests for a second
// (RFC 6762, section 6).
func unheard(at []time.Duration, rested time.Duration) float64 {
	switch {
	case len(at) == 0:
		return 1
	case at[0] < rested:
		return unheard(at[1:], rested)
	}
	return lost*unheard(at[1:], rested) + (1-lost)*lost*unheard(at[1:], at[0]+1120*time.Millisecond)
}

func TestHowOftenADeviceIsMissed(t *testing.T) {
	chances := map[string]float64{
		"mDNS, a device with IPv4 that cannot answer by unicast": unheard(askAll, 0),
		"mDNS, a device with IPv4":                               unheard(askAll, 0) * vain * vain,
		"SSDP, a device that answers one target":                 math.Pow(vain, float64(len(bursts))),
		"SSDP, a device that answers two":                        math.Pow(vain, float64(2*len(bursts))),
	}
	for _, q := range makersQuestions {
		type words struct {
			port  uint16 // whoever listens to it hears a group of the protocol and broadcasts alike
			bytes string
		}
		times := map[words]float64{}
		if q.source == device.SourceWSD { // whoever knows one of the words knows the empty Probe too
			for name, w := range map[string]shout{"a camera": wsdCamera, "what Windows finds": wsdWindows} {
				k := 0.0
				for _, r := range q.rounds {
					if r.to == w.to && (string(r.bytes) == string(w.bytes) || string(r.bytes) == string(wsdAny.bytes)) {
						k++
					}
				}
				chances[q.source+", "+name] = math.Pow(vain, k)
			}
			continue
		}
		for _, r := range q.rounds {
			times[words{r.to.Port(), string(r.bytes)}]++
		}
		for w, k := range times {
			chances[fmt.Sprintf("%s, port %d, % .4x", q.source, w.port, w.bytes)] = math.Pow(vain, k)
		}
		if len(q.rounds) != len(askingBursts) && len(q.rounds) != len(askingBursts)/2 {
			t.Errorf("%s: %d rounds, which do not fit into %d bursts", q.source, len(q.rounds), len(askingBursts))
		}
	}
	for what, chance := range chances {
		t.Logf("%-60s missed once in %.0f", what, 1/chance)
		if chance > mostMissed {
			t.Errorf("%s: missed once in %.0f; want at most once in %.0f", what, 1/chance, 1/mostMissed)
		}
	}
}
