package main

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"testing"
	"time"

	"houdbaar/cmd/houdbaar/watched"
	"houdbaar/internal/lab"
)

const (
	// mostMemory is the most that the whole process may ever have resident.
	mostMemory = 300 << 10 // kB
	// promptly is how soon half of all clicks must show on the screen, whatever the network
	// does; tolerable is how soon every one must, unless the computer has much else to do.
	promptly, tolerable = 500 * time.Millisecond, 3 * time.Second
)

// hostileScan scans in the window among devices that mean harm, clicks meanwhile, and
// wants an answer on the screen each time, bounded memory, the honest router found, and
// what was dropped to be said.
func hostileScan(t *testing.T, n *lab.Net, bin string) {
	t.Helper()
	d := sit(t, n, bin, "--theme", "light", "--lang", "en", "--on", lab.HomeDay)
	d.press("first.go")
	d.reads("home.question")
	d.busy()
	d.press("home.scan")
	router := row(d.chip("replace_now"), "DIR-860L")
	d.sees("the router", router)
	// As long as the scan is on, somebody goes to another page and comes back.
	var waited []time.Duration
	for {
		running := d.is(can(says(d.words.Text("window.stop"))))
		waited = append(waited, d.answersTo("window.label", "sticker.what"), d.answersTo("window.results", "window.find"))
		if !running {
			break
		}
	}
	d.scanned()
	spells := d.busy()
	memory := d.peak()
	slices.Sort(waited)
	slices.Sort(spells)
	longest := func(all []time.Duration) time.Duration { return append([]time.Duration{0}, all...)[len(all)] }
	t.Logf("%d clicks answered, half of them within %v, the slowest after %v; the window was busy for at most %v; at most %d MB",
		len(waited), waited[len(waited)/2].Round(time.Millisecond), longest(waited).Round(time.Millisecond), longest(spells).Round(time.Millisecond), memory>>10)
	if len(waited) < 6 {
		t.Errorf("only %d clicks were made during the scan; the test means nothing", len(waited))
	}
	if half := waited[len(waited)/2]; half > promptly || longest(waited) > tolerable && !overloaded(t) {
		t.Errorf("half of the clicks were answered within %v and the slowest after %v; want at most %v and %v", half, longest(waited), promptly, tolerable)
	}
	if memory > mostMemory {
		t.Errorf("%d MB of memory; want at most %d", memory>>10, mostMemory>>10)
	}
	d.sees("the router", router)
	// What was dropped is said, behind the line that says that something was.
	d.click("what was in the way", can(holds("got in the way of this scan")))
	d.sees("what was dropped", holds("we left out"))
	d.tidy("the results")
	d.keep("hostile-en")
	d.leave()
}

// overloaded tells whether other programs had more to do lately than three times what the
// computer can: then how long one click took says nothing of the window.
func overloaded(t *testing.T) bool {
	t.Helper()
	text, err := os.ReadFile("/proc/loadavg")
	must(t, err)
	var lately float64
	if _, err := fmt.Sscan(string(text), &lately); err != nil {
		t.Fatal(err)
	}
	return lately > 3*float64(runtime.NumCPU())
}

// is tells whether something that is meant is in sight.
func (d *desk) is(m match) bool {
	d.t.Helper()
	_, ok := find(d.shows(), m)
	return ok
}

// answersTo clicks on a button and returns how long it took until the screen showed what
// it leads to; both by their keys.
func (d *desk) answersTo(key, leads string) time.Duration {
	d.t.Helper()
	button := d.sees(key, can(says(d.words.Text(key))))
	began := time.Now()
	d.clickAt(button.Seen)
	d.until(leads, func(l watched.Look) bool {
		o, ok := find(l, says(d.words.Text(leads)))
		return ok && inked(d.look(), o.Seen)
	})
	return time.Since(began)
}

// busy returns how long the window kept others waiting since it was last asked; the first
// time it begins to look.
func (d *desk) busy() (spells watched.Spells) {
	d.t.Helper()
	d.answers(watched.Busy, &spells)
	return spells
}

// peak is the most memory that the program had resident, in kB.
func (d *desk) peak() int {
	d.t.Helper()
	return status(d.t, d.app.Process.Pid, "VmHWM")
}

func TestTheWindowUnderAFlood(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		play(t, n, lab.RouterAddr.As4()[3], "d-link-dir-860l-a1")
		rate := n.Flood(100_000)
		hostileScan(t, n, bin)
		t.Logf("%.0f forged datagrams a second", rate())
	})
}

func TestTheWindowAmongTenThousandDevices(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		play(t, n, lab.RouterAddr.As4()[3], "d-link-dir-860l-a1")
		replied := n.Crowd(10_000)
		hostileScan(t, n, bin)
		if replied() < 10_000 {
			t.Errorf("only %d replies; the test means nothing", replied())
		}
	})
}
