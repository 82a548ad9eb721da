package app

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"houdbaar/internal/lab"
)

// TestFiveHundredScansLeaveNothingBehind scans a small home again and again with all
// there is, most of the scans stopped in the middle of something, and wants as many
// goroutines and open files at the end as at the beginning, and no more memory.
func TestFiveHundredScansLeaveNothingBehind(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		for i, name := range []string{"d-link-dir-860l-a1", "netgear-r7000", "hikvision-ds-2cd2143g0-i", "axis-m3045-v"} {
			s, err := lab.Read(filepath.Join(recordings, name))
			must(t, err)
			n.Play(byte(1+i), "", s, lab.Quirks{})
		}
		n.Play(9, "", lab.Script{Name: "mute"}, lab.Quirks{})
		e := at(t, t.TempDir(), builtIn(t, "DIR-860L", "2026-11-01"))
		most := 0
		run := func(d time.Duration) {
			t.Helper()
			ctx, stop := context.WithTimeout(t.Context(), d)
			defer stop()
			done, err := e.Scan(ctx, nil, nil)
			must(t, err)
			most = max(most, len(done.Findings))
		}
		for range 3 { // caches fill
			run(150 * time.Millisecond)
		}
		goroutines, files, memory := settled(t)
		for i := range 500 {
			run(time.Duration(5+i%16*5) * time.Millisecond)
		}
		run(time.Minute) // one to its end
		g, f, m := settled(t)
		t.Logf("goroutines %d to %d, files %d to %d, memory %d to %d KB; at most %d devices", goroutines, g, files, f, memory>>10, m>>10, most)
		if most < 4 {
			t.Errorf("at most %d devices were found; the test means little", most)
		}
		if g > goroutines+3 || f > files+3 {
			t.Errorf("goroutines %d to %d, files %d to %d", goroutines, g, files, f)
		}
		if m > memory+8<<20 {
			t.Errorf("memory went from %d to %d KB", memory>>10, m>>10)
		}
	})
}

// settled returns how many goroutines, open files and bytes of memory there are, once
// they have been the same for a while: the lab's devices end their connections a
// moment later.
func settled(t *testing.T) (goroutines, files int, memory uint64) {
	t.Helper()
	same := 0
	for end := time.Now().Add(10 * time.Second); same < 20 && time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		list, err := os.ReadDir("/proc/self/fd")
		must(t, err)
		if g := runtime.NumGoroutine(); g == goroutines && len(list) == files {
			same++
		} else {
			same = 0
		}
		goroutines, files = runtime.NumGoroutine(), len(list)
	}
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return goroutines, files, m.HeapAlloc
}
