package scan

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// start is any moment.
var start = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// TestAClockThatRunsBackwardsOrJumpsStopsNothing gives a scan clocks that a set-back,
// a sleep, or a broken battery make.
func TestAClockThatRunsBackwardsOrJumpsStopsNothing(t *testing.T) {
	for name, clock := range map[string]func(call int) time.Time{
		"an hour back each time it is read": func(n int) time.Time { return start.Add(-time.Duration(n) * time.Hour) },
		"back and forth":                    func(n int) time.Time { return start.Add(time.Duration(n%2*2-1) * time.Hour) },
		"a day of sleep each time":          func(n int) time.Time { return start.Add(time.Duration(n) * 24 * time.Hour) },
		"standing still":                    func(int) time.Time { return start },
		"at the beginning of time":          func(int) time.Time { return time.Time{} },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var mu sync.Mutex
				calls := 0
				s := scanner(script{name: "ssdp", lines: []line{{0, seen("192.168.1.1", "R1")}, {4 * time.Second, seen("192.168.1.2", "R2")}}})
				s.Clock = func() time.Time { mu.Lock(); defer mu.Unlock(); calls++; return clock(calls) }
				began, last := time.Now(), 0.0
				done := s.Run(t.Context(), func(p Snapshot) {
					if p.Fraction < last || p.Fraction > 1 {
						t.Errorf("progress went from %v to %v", last, p.Fraction)
					}
					last = p.Fraction
				})
				if took := time.Since(began); took > 15*time.Second {
					t.Errorf("took %v", took)
				}
				if len(done.Findings) != 2 || done.Finished.Before(done.Started) {
					t.Errorf("%d findings, from %s to %s", len(done.Findings), done.Started, done.Finished)
				}
			})
		})
	}
}
