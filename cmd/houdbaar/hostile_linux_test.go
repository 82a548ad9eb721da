package main

import (
	"testing"
	"time"

	"houdbaar/cmd/houdbaar/watched"
	"houdbaar/internal/lab"
)

// mostMore is how much more than before the scan the process may ever have resident, in kB. What it
// has before is mostly the system's that draws, some 20 MB more with one Mesa than with another.
const mostMore = 100 << 10

// hostileScan scans in the window among devices that mean harm, clicks meanwhile, and
// wants an answer on the screen each time (how soon is BenchmarkWindowUnderAFlood's),
// bounded memory, the honest router found, and what was dropped to be said.
func hostileScan(t *testing.T, n *lab.Net, bin string) {
	t.Helper()
	d := sit(t, n, bin, "--theme", "light", "--lang", "en", "--on", lab.HomeDay)
	d.press("first.go")
	d.reads("home.question")
	before := d.peak()
	d.press("home.scan")
	router := row(d.chip("replace_now"), "DIR-860L")
	d.sees("the router", router)
	waited := d.meanwhile()
	more := d.peak() - before
	t.Logf("%d clicks answered, half of them within %.0f ms; at most %d MB more than %d", len(waited), 1000*median(waited), more>>10, before>>10)
	if len(waited) < 4 { // the last two may come after the scan; how many come before depends on the machine
		t.Error("no click was made during the scan; the test means nothing")
	}
	if more > mostMore {
		t.Errorf("%d MB of memory more than before; want at most %d", more>>10, mostMore>>10)
	}
	d.sees("the router", router)
	// What was dropped is said, behind the line that says that something was.
	d.click("what was in the way", can(holds("got in the way of this scan")))
	d.sees("what was dropped", holds("we left out"))
	d.tidy("the results")
	d.keep("hostile-en")
	d.leave()
}

// meanwhile goes to another page and comes back as long as a scan is on, and returns how
// many seconds each click took to be answered.
func (d *desk) meanwhile() (waited []float64) {
	d.t.Helper()
	for {
		running := d.is(can(says(d.words.Text("window.stop"))))
		waited = append(waited, d.answersTo("window.label", "sticker.what").Seconds(), d.answersTo("window.results", "window.find").Seconds())
		if !running {
			d.scanned()
			return waited
		}
	}
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

// BenchmarkWindowUnderAFlood scans in quiet, and again while forged datagrams pour in: how
// soon half of the clicks are answered, and the ratio of the two.
func BenchmarkWindowUnderAFlood(b *testing.B) {
	bin := build(b)
	lab.Run(b, func(n *lab.Net) {
		n.Home(recordings)
		d := sit(b, n, bin, "--theme", "light", "--lang", "en", "--on", lab.HomeDay, "--scan")
		again := func() float64 {
			d.press("window.scan_again")
			d.sees("a running scan", can(says(d.words.Text("window.stop"))))
			return median(d.meanwhile())
		}
		d.meanwhile() // the first scan draws what the others have
		quiet := again()
		rate := n.Flood(100_000)
		flooded := again()
		b.ReportMetric(rate(), "datagrams/s")
		b.ReportMetric(1000*flooded, "click-ms")
		b.ReportMetric(flooded/quiet, "ratio")
	})
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
