package scan

import (
	"context"
	"fmt"
	"net/netip"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"houdbaar/internal/device"
)

// deaf is a prober whose every question is swallowed.
type deaf struct{ asked *atomic.Int32 }

func (deaf) Name() string                              { return "deaf" }
func (deaf) Wants(device.Device, device.Identity) bool { return true }
func (d deaf) Probe(ctx context.Context, _ device.Device, _ func(device.Observation)) {
	d.asked.Add(1)
	select {
	case <-time.After(6 * time.Second):
	case <-ctx.Done():
	}
}

// crowd is so many devices, of which every tenth is in the neighbour table if any is, from
// a moment on.
func crowd(n int, table bool, from time.Duration) script {
	s := script{name: "ssdp"}
	var neighbours []line
	for i := range n {
		a := fmt.Sprintf("10.77.%d.%d", i/250, 1+i%250)
		s.lines = append(s.lines, line{0, seen(a, "x")})
		if table && i%10 == 0 {
			neighbours = append(neighbours, line{0, device.Observation{Source: device.SourceNeighbour, Addr: netip.MustParseAddr(a),
				MAC: fmt.Sprintf("02:00:00:00:%02x:%02x", i/250, i%250), Fields: map[string]string{}}})
		}
	}
	if table {
		neighbours[0].after = from
	}
	s.lines = append(s.lines, neighbours...)
	return s
}

func TestACrowdThatSwallowsQuestionsDoesNotHoldUpTheScan(t *testing.T) {
	for name, c := range map[string]struct {
		devices int
		table   bool
		from    time.Duration
		asked   int32
		longest time.Duration
		said    bool
	}{
		"forged senders are not asked":                 {40, true, 0, 4, 8 * time.Second, false},
		"nor when that shows while they wait":          {40, true, 2 * time.Second, 8, 14 * time.Second, false},
		"without a neighbour table anybody is":         {4, false, 0, 4, 8 * time.Second, false},
		"what takes too long is cut, and that is said": {400, false, 0, 28, longestAsking + 2*time.Second, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var asked atomic.Int32
				s := scanner(crowd(c.devices, c.table, c.from))
				s.Probers = []Prober{deaf{&asked}}
				began := time.Now()
				done := s.Run(t.Context(), nil)
				if took := time.Since(began); took > c.longest {
					t.Errorf("took %v; want at most %v", took, c.longest)
				}
				said := false
				for _, p := range done.Problems {
					said = said || p.Code == "asking_cut"
				}
				if asked.Load() > c.asked || asked.Load() < c.asked/2 || said != c.said || len(done.Findings) != c.devices {
					t.Errorf("asked %d, said %v, %d findings; want %d, %v, %d", asked.Load(), said, len(done.Findings), c.asked, c.said, c.devices)
				}
			})
		})
	}
}
