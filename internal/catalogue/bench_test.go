package catalogue_test

import (
	"fmt"

	"io/fs"
	"os"
	"path/filepath"
	"runtime"
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
// Aim: open under 20 ms, judge under 200 µs at every size; a keystroke under 10 ms at
// 50,000 products.

var sizes = []int{0, 50_000, 500_000} // 0 = today's

var grown = map[int]string{}

// grow returns a catalogue with at least n products, built once.
func grow(b *testing.B, n int) string {
	b.Helper()
	if n == 0 {
		path, err := built()
		if err != nil {
			b.Fatal(err)
		}
		return path
	}
	if grown[n] != "" {
		return grown[n]
	}
	s, err := build.Load(os.DirFS("../../assets/sources"))
	if err != nil {
		b.Fatal(err)
	}
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
	if err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(dir, "catalogue.db")
	if err := build.Write(s, fmt.Sprintf("%08d", n), path); err != nil {
		b.Fatal(err)
	}
	grown[n] = path
	return path
}

func atEverySize(b *testing.B, run func(b *testing.B, path string)) {
	for _, n := range sizes {
		path := grow(b, n)
		db, err := catalogue.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		name := fmt.Sprintf("products=%d", db.Meta().Products)
		db.Close()
		b.Run(name, func(b *testing.B) { run(b, path) })
	}
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

// BenchmarkOpenEmbedded is a start of the program: the catalogue is there already.
func BenchmarkOpenEmbedded(b *testing.B) {
	atEverySize(b, func(b *testing.B, path string) {
		version, err := os.ReadFile(path + catalogue.VersionSuffix)
		if err != nil {
			b.Fatal(err)
		}
		fsys := streamed{fstest.MapFS{"catalogue/" + catalogue.FileName + catalogue.VersionSuffix: {Data: version}}, path}
		dir := b.TempDir()
		first := time.Now()
		db, err := catalogue.OpenEmbedded(fsys, dir)
		if err != nil {
			b.Fatal(err)
		}
		took := time.Since(first)
		db.Close()
		b.ResetTimer()
		for b.Loop() {
			db, err := catalogue.OpenEmbedded(fsys, dir)
			if err != nil {
				b.Fatal(err)
			}
			db.Close()
		}
		b.ReportMetric(float64(took.Microseconds())/1000, "ms/first-start")
	})
}

var judged = []device.Identity{
	{Vendor: "D-Link", Model: "DIR-860L", Revision: "B1", Kind: device.Router},
	{Vendor: "AVM", Model: "FRITZ!Box 7590", Firmware: "154.08.02", Kind: device.Router},
	{Vendor: "TP-Link", Model: "Archer C20", Kind: device.Router},
	{Vendor: "NETGEAR", Model: "R7000", Kind: device.Router},
	{Vendor: "Nobody", Model: "Nothing 1", Kind: device.Router},
}

// BenchmarkJudgeOneIdentity is looking up, finding and judging one device.
func BenchmarkJudgeOneIdentity(b *testing.B) {
	today := time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
	atEverySize(b, func(b *testing.B, path string) {
		db, err := catalogue.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		defer db.Close()
		i := 0
		b.ResetTimer()
		for b.Loop() {
			id := judged[i%len(judged)]
			i++
			candidates, err := db.Candidates(ctx, id)
			if err != nil {
				b.Fatal(err)
			}
			lifecycle.Judge(id, lifecycle.Find(id, candidates), today, lifecycle.Options{})
		}
	})
}

var keystrokes = []string{"d", "di", "dir", "dir8", "dir86", "dir860", "f", "fr", "fritz 7", "fritz 74", "fritz 7490", "tp", "tp-l", "TL WR 840", "archr c2O", "hikvision ds-2cd2143g0"}

// BenchmarkSearchPerKeystroke is one keystroke of a person who looks up a device.
func BenchmarkSearchPerKeystroke(b *testing.B) {
	atEverySize(b, func(b *testing.B, path string) {
		db, err := catalogue.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		defer db.Close()
		i, slowest := 0, time.Duration(0)
		b.ResetTimer()
		for b.Loop() {
			start := time.Now()
			if _, err := db.Search(ctx, keystrokes[i%len(keystrokes)], 20); err != nil {
				b.Fatal(err)
			}
			slowest = max(slowest, time.Since(start))
			i++
		}
		b.ReportMetric(float64(slowest.Microseconds())/1000, "ms/slowest")
	})
}

// BenchmarkMemory is what an open catalogue holds after use, and its size on disk.
func BenchmarkMemory(b *testing.B) {
	atEverySize(b, func(b *testing.B, path string) {
		for b.Loop() {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			db, err := catalogue.Open(path)
			if err != nil {
				b.Fatal(err)
			}
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
			b.ReportMetric(float64(int64(after.HeapAlloc)-int64(before.HeapAlloc))/1024, "KiB/heap")
			db.Close()
		}
		if info, err := os.Stat(path); err == nil {
			b.ReportMetric(float64(info.Size())/(1<<20), "MiB/file")
		}
	})
}
