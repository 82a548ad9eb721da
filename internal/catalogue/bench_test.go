package catalogue_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"houdbaar/internal/catalogue"
	"houdbaar/internal/catalogue/build"
	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
)

// The benchmarks run at today's size and at sizes to come, filled up with invented
// products that are real ones with other numbers:
//
//	go test -tags ci -run - -bench . ./internal/catalogue/
//
// Aim: open under 20 ms, judge under 200 µs at every size; every keystroke under 10 ms
// at 50,000 products. x/today says how a cost grows: the middle one at this size, as a
// multiple of that at today's; of memory, what is held. "slowest" is the middle one of the slowest question,
// "slowest-undisturbed" the best one of the question whose best is slowest, which other
// work on the computer hardly touches; "worst" is the worst of all.

var sizes = []int{0, 50_000, 500_000} // 0 = today's

var grown = map[int]string{}

// grow returns a catalogue with at least n products, built once.
func grow(b *testing.B, n int) string {
	b.Helper()
	if n == 0 {
		path, err := built()
		must(b, err)
		return path
	}
	if grown[n] != "" {
		return grown[n]
	}
	s, err := build.Load(os.DirFS("../../assets/sources"))
	must(b, err)
	real := len(s.Products)
	facts := map[string][]*build.Fact{}
	from := map[*build.Fact]int{}
	for i := range s.Publishers {
		for j := range s.Publishers[i].Facts {
			f := &s.Publishers[i].Facts[j]
			k := f.Vendor + "\n" + f.Model + "\n" + f.Revision
			facts[k] = append(facts[k], f)
			from[f] = i
		}
	}
	more := make([][]build.Fact, len(s.Publishers))
	for i := 0; len(s.Products) < n; i++ {
		p := s.Products[i%real]
		old := p.Model
		p.Model = fmt.Sprintf("%s %c%c%d", old, 'A'+i/real%26, 'A'+i/real/26%26, i/real)
		p.Aliases = nil
		for _, f := range facts[p.Vendor+"\n"+old+"\n"+p.Revision] {
			invented := *f
			invented.Model = p.Model
			more[from[f]] = append(more[from[f]], invented)
		}
		s.Products = append(s.Products, p)
	}
	for i := range more {
		s.Publishers[i].Facts = append(s.Publishers[i].Facts, more[i]...)
	}
	dir, err := os.MkdirTemp("", "catalogue-bench-")
	must(b, err)
	path := filepath.Join(dir, "catalogue.db")
	must(b, build.Write(s, path))
	grown[n] = path
	return path
}

func atEverySize(b *testing.B, run func(b *testing.B, path string) (cost float64)) {
	var today float64
	for _, n := range sizes {
		path := grow(b, n)
		db, err := catalogue.Open(path)
		must(b, err)
		name := fmt.Sprintf("products=%d", db.Meta().Products)
		db.Close()
		runtime.GC() // what growing left behind is not this benchmark's
		b.Run(name, func(b *testing.B) {
			cost := run(b, path)
			if n == sizes[0] {
				today = cost
			}
			b.ReportMetric(cost/today, "x/today")
		})
	}
}

// measured asks n questions in turn, and returns the middle time over all of them.
func measured(b *testing.B, n int, ask func(i int)) float64 {
	took := make([][]time.Duration, n)
	var all []time.Duration
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		ask(i % n)
		took[i%n] = append(took[i%n], time.Since(start))
	}
	var slowest, undisturbed time.Duration
	for _, t := range took {
		if len(t) > 0 {
			slowest, undisturbed = max(slowest, middle(t)), max(undisturbed, slices.Min(t))
			all = append(all, t...)
		}
	}
	b.ReportMetric(float64(slowest.Nanoseconds())/1e6, "ms/slowest")
	b.ReportMetric(float64(undisturbed.Nanoseconds())/1e6, "ms/slowest-undisturbed")
	b.ReportMetric(float64(slices.Max(all).Nanoseconds())/1e6, "ms/worst")
	return float64(middle(all))
}

func middle(of []time.Duration) time.Duration {
	slices.Sort(of)
	return of[len(of)/2]
}

// streamed is assets with a file read from the disk, so that its size does not count as memory.
type streamed struct {
	fstest.MapFS
	path string
}

func (s streamed) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, catalogue.FileName) {
		return os.Open(s.path)
	}
	return s.MapFS.Open(name)
}

// BenchmarkOpenEmbedded is a start of the program: the catalogue is there already. The
// first start of all copies it, and waits until it is on the disk.
func BenchmarkOpenEmbedded(b *testing.B) {
	atEverySize(b, func(b *testing.B, path string) float64 {
		version, err := os.ReadFile(path + catalogue.VersionSuffix)
		must(b, err)
		fsys := streamed{fstest.MapFS{"catalogue/" + catalogue.FileName + catalogue.VersionSuffix: {Data: version}}, path}
		dir := b.TempDir()
		open := func(int) {
			db, err := catalogue.OpenEmbedded(fsys, dir)
			must(b, err)
			db.Close()
		}
		start := time.Now()
		open(0)
		first := time.Since(start)
		cost := measured(b, 1, open)
		b.ReportMetric(float64(first.Microseconds())/1000, "ms/first-start")
		return cost
	})
}

var judged = []device.Identity{
	{Vendor: "D-Link", Model: "DIR-860L", Revision: "B1", Kind: device.Router},
	{Vendor: "AVM", Model: "FRITZ!Box 7590", Firmware: "154.08.02", Kind: device.Router},
	{Vendor: "TP-Link", Model: "Archer C20", Kind: device.Router},
	{Vendor: "NETGEAR", Model: "R7000", Kind: device.Router},
	{Vendor: "TP-Link", Model: "TL-WR841N", Kind: device.Router}, // none has more revisions
	{Vendor: "Nobody", Model: "Nothing 1", Kind: device.Router},
}

// BenchmarkJudgeOneIdentity is looking up, finding and judging one device.
func BenchmarkJudgeOneIdentity(b *testing.B) {
	today := time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
	atEverySize(b, func(b *testing.B, path string) float64 {
		db, err := catalogue.Open(path)
		must(b, err)
		defer db.Close()
		return measured(b, len(judged), func(i int) {
			candidates, err := db.Candidates(ctx, judged[i])
			must(b, err)
			lifecycle.Judge(judged[i], lifecycle.Find(judged[i], candidates), today, lifecycle.Options{})
		})
	})
}

// keystrokes are what stands in the field after each key, as people look for a device.
var keystrokes = func() []string {
	var all []string
	for _, typed := range []string{"dir860", "fritz 7490", "TL WR 840", "archr c2O", "hikvision ds-2cd2143g0-i", "netgear r7000", "1", "s", "x"} {
		for n := 1; n <= len(typed); n++ {
			if !slices.Contains(all, typed[:n]) {
				all = append(all, typed[:n])
			}
		}
	}
	return all
}()

// BenchmarkSearchPerKeystroke is one keystroke of a person who looks up a device.
func BenchmarkSearchPerKeystroke(b *testing.B) {
	atEverySize(b, func(b *testing.B, path string) float64 {
		db, err := catalogue.Open(path)
		must(b, err)
		defer db.Close()
		for typed, want := range map[string]string{"dir860": "DIR-860L", "fritz 7490": "FRITZ!Box 7490", "netgear r7000": "R7000", "archr c2O": "Archer C20"} {
			if got, err := db.Search(ctx, typed, 5); err != nil || len(got) == 0 || got[0].Model != want {
				b.Errorf("search %q: %v, %v, want %s first", typed, got, err, want)
			}
		}
		return measured(b, len(keystrokes), func(i int) {
			if _, err := db.Search(ctx, keystrokes[i], 20); err != nil {
				b.Fatal(err)
			}
		})
	})
}

// BenchmarkMemory is what an open catalogue holds after use, and its size on disk.
// SQLite keeps at most 2 MB of pages for each connection beside that.
func BenchmarkMemory(b *testing.B) {
	atEverySize(b, func(b *testing.B, path string) float64 {
		var heap float64
		for b.Loop() {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			db, err := catalogue.Open(path)
			must(b, err)
			for _, id := range judged {
				if _, err := db.Candidates(ctx, id); err != nil {
					b.Fatal(err)
				}
			}
			for _, k := range keystrokes {
				if _, err := db.Search(ctx, k, 20); err != nil {
					b.Fatal(err)
				}
			}
			runtime.GC()
			runtime.ReadMemStats(&after)
			heap = float64(int64(after.HeapAlloc)-int64(before.HeapAlloc)) / 1024
			db.Close()
		}
		b.ReportMetric(heap, "KiB/heap")
		if info, err := os.Stat(path); err == nil {
			b.ReportMetric(float64(info.Size())/(1<<20), "MiB/file")
		}
		return heap
	})
}
