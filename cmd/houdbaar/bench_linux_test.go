package main

import (
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"houdbaar/internal/lab"
)

const (
	startsTimed = 11              // each program is started so often, in turns
	idleTimed   = 5 * time.Second // how long it then rests
	wheelTurns  = 80              // how often the wheel is turned over a list
	wheelPause  = 40 * time.Millisecond
)

// minimalEnv passes the smallest Fyne program on to the process inside the namespaces.
const minimalEnv = "HOUDBAAR_MINIMAL"

// BenchmarkWindow starts the window and the smallest program that Fyne makes, in turns
// on the same screen, both as they are shipped: the time until the window is there and
// until the processor had enough of it, the memory, and the processor when nothing happens.
//
//	go test -tags ci -run '^$' -bench Window -benchtime 1x ./cmd/houdbaar
func BenchmarkWindow(b *testing.B) {
	bins := pair(b, "gles,accessibility,migrated_fynedo")
	lab.Run(b, func(n *lab.Net) {
		s, home := newScreen(b, n), b.TempDir()
		(&desk{screen: s, home: home}).fills() // both windows are of one size
		took, used := map[string][]float64{}, map[string][]float64{}
		rest, memory := map[string]time.Duration{}, map[string]int{}
		for turn := range startsTimed {
			for _, name := range []string{"Minimal", "Houdbaar"} {
				c := exec.Command(bins[name])
				c.Env = environment(b, s.display, home)
				c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
				began := time.Now()
				must(b, c.Start())
				for {
					look := exec.Command(n.Program("xdotool"), "search", "--onlyvisible", "--name", "^"+name+"$")
					look.Env = []string{"DISPLAY=" + s.display}
					if look.Run() == nil {
						break
					}
					if time.Since(began) > time.Minute {
						c.Process.Kill()
						b.Fatalf("%s shows no window", name)
					}
				}
				took[name] = append(took[name], time.Since(began).Seconds())
				used[name] = append(used[name], spent(b, c.Process.Pid).Seconds())
				if turn == startsTimed-1 {
					time.Sleep(2 * time.Second) // what it does after its start is not idling
					before := spent(b, c.Process.Pid)
					time.Sleep(idleTimed)
					rest[name], memory[name] = spent(b, c.Process.Pid)-before, status(b, c.Process.Pid, "VmRSS")
				}
				c.Process.Kill()
				c.Wait()
			}
		}
		b.ReportMetric(1000*median(took["Houdbaar"]), "start-ms")
		b.ReportMetric(1000*median(took["Minimal"]), "start-minimal-ms")
		b.ReportMetric(median(took["Houdbaar"])/median(took["Minimal"]), "start-times-minimal")
		b.ReportMetric(slices.Min(took["Houdbaar"])/slices.Min(took["Minimal"]), "start-least-times-minimal") // where much else runs
		b.ReportMetric(1000*median(used["Houdbaar"]), "start-cpu-ms")
		b.ReportMetric(1000*median(used["Minimal"]), "start-cpu-minimal-ms")
		for name, label := range map[string]string{"Houdbaar": "", "Minimal": "-minimal"} {
			b.ReportMetric(100*rest[name].Seconds()/idleTimed.Seconds(), "idle-cpu-%"+label)
			b.ReportMetric(float64(memory[name])/1024, "memory-MB"+label)
		}
	})
}

// BenchmarkWindowScroll turns the wheel over the list of a crowd, and over Fyne's own list
// of as many lines of text: how long a frame keeps the window busy, and the processor that
// it takes. Both are as they are shipped, but for the eyes of the test.
func BenchmarkWindowScroll(b *testing.B) {
	bins := pair(b, "gles,accessibility,migrated_fynedo,watched")
	lab.Run(b, func(n *lab.Net) {
		n.Crowd(10_000)
		d := sit(b, n, bins["Houdbaar"], "--theme", "light", "--lang", "en", "--on", lab.HomeDay, "--scan")
		d.scanned()
		d.scroll(b, list, "")
		m := &desk{screen: newScreen(b, n), home: b.TempDir()}
		m.open(bins["Minimal"], "-list")
		m.sees("the list", drawn("row 3"))
		m.scroll(b, list, "-minimal")
	})
}

// scroll turns the wheel over a part of the window and reports what that took.
func (d *desk) scroll(b *testing.B, part image.Rectangle, label string) {
	b.Helper()
	at := part.Min.Add(part.Max).Div(2)
	d.do("mousemove", fmt.Sprint(at.X), fmt.Sprint(at.Y))
	d.busy()
	before := spent(b, d.app.Process.Pid)
	d.do("click", "--repeat", fmt.Sprint(wheelTurns), "--delay", fmt.Sprint(wheelPause.Milliseconds()), "5")
	used := spent(b, d.app.Process.Pid) - before
	var frames []float64
	for _, spell := range d.busy() {
		frames = append(frames, 1000*spell.Seconds())
	}
	if len(frames) < wheelTurns/4 {
		b.Fatalf("only %d frames were drawn", len(frames))
	}
	slices.Sort(frames)
	b.ReportMetric(median(frames), "frame-ms"+label)
	b.ReportMetric(frames[len(frames)*95/100], "frame-95%-ms"+label)
	b.ReportMetric(1000*used.Seconds()/float64(len(frames)), "frame-cpu-ms"+label)
}

// pair builds the window and the smallest program, once for a benchmark.
func pair(b *testing.B, tags string) map[string]string {
	b.Helper()
	bins := map[string]string{"Houdbaar": os.Getenv(builtEnv), "Minimal": os.Getenv(minimalEnv)}
	if bins["Minimal"] == "" {
		dir := b.TempDir()
		for name, source := range map[string]string{"Houdbaar": ".", "Minimal": "./testdata/minimal"} {
			bins[name] = filepath.Join(dir, name)
			compile(b, bins[name], source, tags)
		}
		b.Setenv(builtEnv, bins["Houdbaar"])
		b.Setenv(minimalEnv, bins["Minimal"])
	}
	return bins
}

func median(all []float64) float64 {
	slices.Sort(all)
	return all[len(all)/2]
}

// spent is the processor time of a process so far.
func spent(t testing.TB, pid int) time.Duration {
	t.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	must(t, err)
	_, rest, _ := strings.Cut(string(stat), ") ")
	f := strings.Fields(rest)
	user, _ := strconv.Atoi(f[11])
	system, _ := strconv.Atoi(f[12])
	return time.Duration(user+system) * 10 * time.Millisecond // a tick of Linux
}

// status is a line of /proc/<pid>/status in kB: VmRSS is the memory that a process has
// resident, VmHWM the most it ever had.
func status(t testing.TB, pid int, line string) int {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	must(t, err)
	_, rest, _ := strings.Cut(string(text), line+":")
	kB, err := strconv.Atoi(strings.Fields(rest + " -")[0])
	if err != nil {
		t.Fatalf("the system does not say %s", line)
	}
	return kB
}
