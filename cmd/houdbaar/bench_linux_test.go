package main

import (
	"fmt"
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
	startsTimed = 7               // each program is started so often, in turns
	idleTimed   = 3 * time.Second // how long it then rests
)

// minimalEnv passes the smallest Fyne program on to the process inside the namespaces.
const minimalEnv = "HOUDBAAR_MINIMAL"

// BenchmarkWindow starts the window and the smallest program that Fyne makes, in turns
// on the same screen: the time until the window is there, the memory, and the processor
// when nothing happens.
//
//	go test -tags ci -run '^$' -bench Window -benchtime 1x ./cmd/houdbaar
func BenchmarkWindow(b *testing.B) {
	bins := map[string]string{"Houdbaar": os.Getenv(builtEnv), "Minimal": os.Getenv(minimalEnv)}
	if bins["Houdbaar"] == "" {
		dir := b.TempDir()
		for name, source := range map[string]string{"Houdbaar": ".", "Minimal": "./testdata/minimal"} {
			bins[name] = filepath.Join(dir, name)
			if out, err := exec.Command("go", "build", "-tags", "gles,accessibility,migrated_fynedo", "-o", bins[name], source).CombinedOutput(); err != nil {
				b.Fatalf("build: %v\n%s", err, out)
			}
		}
		b.Setenv(builtEnv, bins["Houdbaar"])
		b.Setenv(minimalEnv, bins["Minimal"])
	}
	lab.Run(b, func(n *lab.Net) {
		r, w, err := os.Pipe()
		if err != nil {
			b.Fatal(err)
		}
		// Without -noreset the screen begins anew when its last program goes, and
		// turns away the next one meanwhile.
		screen := exec.Command(n.Program("Xvfb"), "-displayfd", "3", "-screen", "0", "1100x720x24", "-nolisten", "tcp", "-noreset")
		screen.ExtraFiles = []*os.File{w}
		if err := n.Client.Start(screen); err != nil {
			b.Fatal(err)
		}
		w.Close()
		number := make([]byte, 16)
		k, err := r.Read(number)
		if err != nil {
			b.Fatalf("the screen did not start: %v", err)
		}
		display := ":" + strings.TrimSpace(string(number[:k]))
		home := b.TempDir()
		if err := os.Mkdir(filepath.Join(home, ".cache"), 0o700); err != nil {
			b.Fatal(err)
		}
		took, rest, memory := map[string][]time.Duration{}, map[string]time.Duration{}, map[string]int{}
		for turn := range startsTimed {
			for _, name := range []string{"Minimal", "Houdbaar"} {
				c := exec.Command(bins[name])
				c.Env = []string{"DISPLAY=" + display, "HOME=" + home, "XDG_RUNTIME_DIR=" + home, "LANG=en_US.UTF-8", "PATH=/usr/bin:/bin", "LIBGL_ALWAYS_SOFTWARE=1"}
				c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
				began := time.Now()
				if err := c.Start(); err != nil {
					b.Fatal(err)
				}
				for {
					look := exec.Command(n.Program("xdotool"), "search", "--onlyvisible", "--name", "^"+name+"$")
					look.Env = []string{"DISPLAY=" + display}
					if look.Run() == nil {
						break
					}
					if time.Since(began) > time.Minute {
						c.Process.Kill()
						b.Fatalf("%s shows no window", name)
					}
				}
				took[name] = append(took[name], time.Since(began))
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
		middle := func(name string) float64 {
			slices.Sort(took[name])
			return took[name][len(took[name])/2].Seconds()
		}
		b.ReportMetric(1000*middle("Houdbaar"), "start-ms")
		b.ReportMetric(1000*middle("Minimal"), "start-minimal-ms")
		b.ReportMetric(middle("Houdbaar")/middle("Minimal"), "times-minimal")
		for name, label := range map[string]string{"Houdbaar": "", "Minimal": "-minimal"} {
			b.ReportMetric(100*rest[name].Seconds()/idleTimed.Seconds(), "idle-cpu-%"+label)
			b.ReportMetric(float64(memory[name])/1024, "memory-MB"+label)
		}
	})
}

// spent is the processor time of a process so far.
func spent(b *testing.B, pid int) time.Duration {
	b.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		b.Fatal(err)
	}
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
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), line+":")
	kB, err := strconv.Atoi(strings.Fields(rest + " -")[0])
	if err != nil {
		t.Fatalf("the system does not say %s", line)
	}
	return kB
}
