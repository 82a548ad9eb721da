package main

import (
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"houdbaar/internal/i18n"
	"houdbaar/internal/lab"
)

// TestAVisitByKeyboardAndMouse begins a visit, scans twice with a camera unplugged in
// between, says that it was taken away, and finds all of it again in the next run.
func TestAVisitByKeyboardAndMouse(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		play(t, n, lab.RouterAddr.As4()[3], "d-link-dir-860l-a1")
		camera := n.Host("camera", 9, "")
		args := []string{"--theme", "light", "--lang", "en", "--on", lab.HomeDay}
		d := sit(t, n, bin, args...)
		d.speaks(i18n.English)
		d.press("first.go")
		d.choose("window.visits")
		d.reads("visits.none")
		d.press("visits.new")
		d.reads("visits.new_what")
		d.types("Fam. Jansen")
		d.keys("Return")
		d.reads("ctl.visit.empty")
		d.tidy("a visit without a scan")
		d.press("visit.scan")
		d.scanned()
		d.sees("whose home it is", holds("Fam. Jansen"))
		d.sees("the router", row(d.chip("replace_now"), "DIR-860L"))
		d.tidy("the results of a visit")

		camera.IP("link set eth0 down")
		n.Client.IP("neigh flush all") // a month later
		d.press("window.scan_again")
		d.sees("the scan to be on", can(says(d.words.Text("window.stop"))))
		d.scanned()
		d.press("visit.show")
		d.press("window.changes")
		d.sees("the camera, missed", holds("was not seen this time"))
		d.tidy("what changed")
		d.keep("changes-en")
		d.click("that it was taken away", row(d.words.Text("changes.say_gone")))
		d.sees("the camera, gone", holds("was taken away"))
		d.keys("Escape")
		d.reads("visit.scans")
		d.choose("window.visits")
		d.sees("the visit in the list", row("Fam. Jansen"))
		d.tidy("the list of visits")
		d.leave()

		d.open(bin, args...)
		d.press("window.visits") // who visits has it at hand
		d.sees("the visit in the list", row("Fam. Jansen"))
		d.keys("Down", "Return") // by keyboard alone: nothing was kept of the own home
		d.reads("visit.scans")
		d.click("the newest scan", row(d.words.Text("visit.open")))
		d.sees("that it is of before", holds("as it was judged then"))
		d.press("visit.again")
		d.sees("that it is of today", holds("judged by what is known today"))
		d.tidy("a kept scan")
		d.keep("visit-scan-en")
		d.press("visit.show")
		d.bring(image.Rect(0, 53, 150, 720), "visit.forget") // an entry keeps the wheel to itself
		d.press("visit.forget")
		d.press("visit.forget_yes")
		d.reads("visits.none")
		d.leave()

		file, err := os.ReadFile(filepath.Join(d.home, ".local", "share", "houdbaar", "history.db"))
		must(t, err)
		for _, trace := range []string{"Jansen", "DIR-860L"} {
			if strings.Contains(string(file), trace) {
				t.Errorf("%q is left in the file", trace)
			}
		}
	})
}
