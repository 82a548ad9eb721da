package main

import (
	"fmt"
	"image"
	"image/color"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"houdbaar/cmd/houdbaar/watched"
	"houdbaar/internal/i18n"
	"houdbaar/internal/lab"
)

const (
	// recordings is where the simulated devices come from.
	recordings = "../../internal/lab/recordings"
	// idle is how long a window stands still while it is listened to.
	idle = 10 * time.Second
)

// Colours of the light look, in which the pictures are looked at.
var (
	red       = color.RGBA{0xfc, 0xe8, 0xe6, 0xff} // chip and card of "replace now"
	selection = color.RGBA{0xe3, 0xee, 0xfd, 0xff} // the selected row
)

// asked names the simulated devices that this computer asked something.
func asked(home []lab.Resident) []string {
	var names []string
	for _, r := range home {
		if r.Device != nil && slices.ContainsFunc(r.Device.Heard(), func(h lab.Heard) bool { return h.From.Addr() == lab.ClientAddr }) {
			names = append(names, r.Name)
		}
	}
	return names
}

// row is a match of a device in the list, by words that are all in its row.
func row(words ...string) match {
	return func(o watched.Thing) bool {
		return o.Role == "button" && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(o.Says, w) })
	}
}

// chip is the word of a verdict.
func (d *desk) chip(verdict string) string { return d.words.Text("chip." + verdict) }

// scanned waits for the end of a scan.
func (d *desk) scanned() {
	d.t.Helper()
	d.sees("the end of the scan", can(says(d.words.Text("window.scan_again"))))
}

// choose chooses from the menu.
func (d *desk) choose(key string) {
	d.t.Helper()
	d.press("window.menu")
	d.click("the menu's "+d.words.Text(key), drawn(d.words.Text(key)))
}

// drawn is a match of painted text: Fyne's own menus and lists have no other words.
func drawn(text string) match {
	return func(o watched.Thing) bool { return o.Role == "drawn" && o.Says == text }
}

// tidy wants that no text in sight is cut off at its sides, or lies over another.
func (d *desk) tidy(where string) {
	d.t.Helper()
	d.until(where+" without a text that is cut off or covered", func(l watched.Look) bool { return untidy(l) == "" })
}

// untidy names a text that is cut off at its sides or lies over another, "" = none.
func untidy(l watched.Look) string {
	var texts []watched.Thing
	for _, o := range l.Things {
		if o.Role != "drawn" || strings.TrimSpace(o.Says) == "" {
			continue
		}
		if o.Seen.Dx() < o.Box.Dx() {
			return o.Says
		}
		for _, other := range texts {
			// Lines stand so close that their boxes may touch.
			if both := o.Seen.Intersect(other.Seen); o.Layer == other.Layer && both.Dx() > 2 && both.Dy() > 4 {
				return o.Says + " / " + other.Says
			}
		}
		texts = append(texts, o)
	}
	return ""
}

// slab is the box around all rows of at least width pixels of one colour in part of
// a picture: a button or a card, but never text.
func slab(img image.Image, part image.Rectangle, c color.RGBA, width int) image.Rectangle {
	var box image.Rectangle
	part = part.Intersect(img.Bounds())
	for y := part.Min.Y; y < part.Max.Y; y++ {
		run := 0
		for x := part.Min.X; x <= part.Max.X; x++ {
			if x < part.Max.X && color.RGBAModel.Convert(img.At(x, y)) == c {
				run++
				continue
			}
			if run >= width {
				box = box.Union(image.Rect(x-run, y, x, y+1))
			}
			run = 0
		}
	}
	return box
}

// The two panes of the results, in a window of 1100 by 720.
var (
	list  = image.Rect(0, 53, 435, 720)
	right = image.Rect(445, 53, 1100, 720)
)

// quiet wants that this computer said nothing to others after a moment, but what the
// kernel says by itself: ARP.
func quiet(t *testing.T, packets lab.Packets, since time.Time, when string) {
	t.Helper()
	for _, p := range packets {
		if strings.HasPrefix(p.From, "client") && p.At.After(since) && (strings.HasPrefix(p.Kind, "udp/") || strings.HasPrefix(p.Kind, "tcp/") || p.Kind == "ssdp" || p.Kind == "mdns") {
			t.Errorf("sent %s: %s", when, p)
		}
	}
}

// stays wants that nothing leaves the home and that no name is looked up.
func stays(t *testing.T, packets lab.Packets) {
	t.Helper()
	for _, p := range packets {
		if strings.HasPrefix(p.From, "client") && (strings.HasSuffix(p.Kind, "/53") || p.Kind == "udp/137" || p.Kind == "udp/5355") {
			t.Errorf("looks up a name: %s", p)
		}
	}
	for _, p := range packets.By("client").Outside(lab.Subnet) {
		t.Errorf("leaves the home: %s", p)
	}
}

// TestTheMouseLeadsFromTheFirstScreenToAVerdict, and nothing leaves.
func TestTheMouseLeadsFromTheFirstScreenToAVerdict(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		home := n.Home(recordings)
		capture := n.Capture()
		d := sit(t, n, bin, "--theme", "light", "--lang", "nl", "--on", lab.HomeDay)
		d.reads("first.welcome")
		d.tidy("the first screen")
		d.keep("first-nl")
		d.press("first.go")
		d.reads("home.question")
		d.sees("the network", holds(lab.ClientAddr.String()))
		d.tidy("the home screen")
		if sent := capture.Sofar().By("client").Kind("udp", "tcp"); len(sent) > 0 {
			t.Errorf("%d packets were sent before anybody asked for a scan", len(sent))
		}
		d.keep("home-nl")
		d.press("home.scan")
		began := time.Now()
		d.sees("the first device", row(d.chip("replace_now")))
		d.sees("the scan to be on", can(says(d.words.Text("window.stop"))))
		t.Logf("a device to replace is on the screen %v after the click", time.Since(began).Round(10*time.Millisecond))
		d.keep("scanning-nl")
		d.scanned()
		t.Logf("the scan is over %v after the click", time.Since(began).Round(10*time.Millisecond))
		if names := asked(home); len(names) < 15 {
			t.Errorf("only %v were asked who they are", names)
		}
		// The most urgent device stands open, in red.
		d.untilSeen("the red card", func(img image.Image) bool { return slab(img, right, red, 300).Dy() > 60 })
		d.sees("its verdict", func(o watched.Thing) bool {
			return o.Role == "text" && o.Box.Min.X > right.Min.X && strings.HasPrefix(o.Says, "Vervang ")
		})
		d.tidy("the results")
		d.keep("scan-nl")

		first := slab(d.look(), list, selection, 100)
		d.clickAt(first)
		d.keys("Down")
		d.untilSeen("the next row, by keyboard", func(img image.Image) bool {
			next := slab(img, list, selection, 100)
			return !next.Empty() && next.Min.Y > first.Min.Y
		})
		// Then it stands idle, as in a hall, and says nothing any more.
		still := time.Now()
		time.Sleep(idle) // the passing of time is what is tested
		packets := capture.Stop()
		quiet(t, packets, still, "by an idle window")
		stays(t, packets)
		d.leave()
	})
}

// TestALabelCorrectsADevice that says nothing, also for the next scan and the next run.
func TestALabelCorrectsADevice(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		n.Host("gateway", lab.RouterAddr.As4()[3], "")
		args := []string{"--theme", "light", "--lang", "en", "--on", lab.HomeDay}
		d := sit(t, n, bin, append(args, "--scan")...)
		d.scanned()
		d.sees("a router nobody knows", row(d.chip("cannot_tell"), lab.RouterAddr.String()))
		d.bring(right, "said.correct")
		d.press("said.correct")
		d.sees("whose label", holds(lab.RouterAddr.String()))
		d.tidy("the label to type")
		d.types("dir 86ol") // a zero read as an O
		d.until("the model, first of all", func(l watched.Look) bool {
			first, _ := find(l, row("D-Link"))
			return strings.Contains(first.Says, "DIR-860L")
		})
		d.click("the model", row("D-Link", "DIR-860L"))
		d.reads("sticker.revision")
		d.tidy("the hardware versions")
		d.press("sticker.other")
		d.types("A1")
		d.keys("Return")
		d.press("sticker.save_device")
		replaced := row(d.chip("replace_now"), "DIR-860L")
		d.sees("the router, known", replaced)
		d.bring(right, "said.corrected")
		d.keep("corrected-en")
		d.keys("ctrl+r")
		d.sees("the scan to be on", can(says(d.words.Text("window.stop"))))
		d.scanned()
		d.sees("the router, known", replaced)
		d.leave()

		d.open(bin, args...)
		d.press("first.go") // not yet read: the run before began with a scan
		d.press("home.scan")
		d.scanned()
		d.sees("the router, known", replaced)
		d.bring(right, "said.corrected")
		d.bring(right, "said.withdraw")
		d.press("said.withdraw")
		d.sees("a router nobody knows", row(d.chip("cannot_tell"), lab.RouterAddr.String()))
		d.leave()
	})
}

// bring turns the wheel over a part of the window until a text, by its key, is in sight.
func (d *desk) bring(part image.Rectangle, key string, args ...any) {
	d.t.Helper()
	text := d.words.Text(key, args...)
	at := part.Min.Add(part.Max).Div(2)
	d.until(text, func(l watched.Look) bool {
		o, ok := find(l, says(text))
		if ok && o.Seen.Dy() == o.Box.Dy() {
			return true
		}
		d.do("mousemove", fmt.Sprint(at.X), fmt.Sprint(at.Y), "click", "5")
		return false
	})
}

// TestThePracticeHouseIsNotTheRealHome: it is scanned inside this computer alone, and its
// devices never stand among the real ones.
func TestThePracticeHouseIsNotTheRealHome(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		n.Host("gateway", lab.RouterAddr.As4()[3], "")
		capture := n.Capture()
		d := sit(t, n, bin, "--theme", "light", "--lang", "nl", "--on", lab.HomeDay)
		d.press("first.go")
		d.choose("window.practice")
		d.reads("practice.banner")
		house := func() []string {
			found, err := filepath.Glob(filepath.Join(d.home, passing, "houdbaar-practice-*"))
			must(t, err)
			return found
		}
		if len(house()) != 1 {
			t.Errorf("the house stands in %v", house())
		}
		d.tidy("the practice house")
		d.press("home.scan")
		d.sees("a device of the house", row(d.chip("replace_now"), "DIR-860L"))
		d.scanned()
		d.reads("practice.banner")
		if devices := d.rows(); len(devices) < 6 {
			t.Errorf("only %q are in sight", devices)
		}
		d.tidy("the results of the practice house")
		d.keep("practice-nl")
		if sent := capture.Sofar().By("client").Kind("udp", "tcp"); len(sent) > 0 {
			t.Errorf("%d packets left this computer, the first %s", len(sent), sent[0])
		}
		d.press("practice.leave")
		d.reads("home.question")
		d.gone("the practice house", says(d.words.Text("practice.banner")))
		d.press("home.scan")
		d.scanned()
		if devices := d.rows(); len(devices) != 1 || !strings.Contains(devices[0], lab.RouterAddr.String()) {
			t.Errorf("the real home shows %q", devices)
		}
		stays(t, capture.Stop())
		d.leave()
		if left := house(); len(left) > 0 {
			t.Errorf("the house left %v", left)
		}
	})
}

// rows are the devices in sight in the list.
func (d *desk) rows() []string {
	d.t.Helper()
	var devices []string
	for _, o := range d.shows().Things {
		if o.Role == "button" && o.Box.Min.X < list.Max.X && strings.Contains(o.Says, ", ") {
			devices = append(devices, o.Says)
		}
	}
	return devices
}

// TestLargeTextInASmallWindow is read from the first screen to the end of a device, by
// keyboard alone.
func TestLargeTextInASmallWindow(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		play(t, n, lab.RouterAddr.As4()[3], "d-link-dir-860l-a1")
		play(t, n, 20, "hikvision-ds-2cd2143g0-i")
		d := sit(t, n, bin, "--theme", "light", "--lang", "nl", "--on", lab.HomeDay)
		d.press("first.go")
		d.choose("window.settings")
		d.press("window.unticked", d.words.Text("settings.text_size_percent", 150))
		d.reads("window.ticked", d.words.Text("settings.text_size_percent", 150))
		d.until("a small window", func(l watched.Look) bool {
			d.do("search", "--name", "^Houdbaar$", "windowsize", "640", "480") // Fyne may be busy with the size it had
			return l.Width == 640 && l.Height == 480
		})
		d.tidy("the settings")
		d.keep("large-settings-nl")
		d.keys("Escape")
		d.reads("home.question")
		d.tidy("the home screen")
		d.keep("large-home-nl")
		d.keys("ctrl+r")
		d.scanned()
		first := row(d.chip("replace_now"), "DIR-860L")
		d.sees("the router", first)
		d.tidy("the list")
		d.keep("large-list-nl")
		d.keys("Down", "Return")
		d.gone("the list", first)
		d.sees("the verdict", holds("D-Link"))
		d.keep("large-device-nl")
		d.until("the end of the device, by keyboard, nothing cut off", func(l watched.Look) bool {
			if cut := untidy(l); cut != "" {
				t.Fatalf("cut off or covered: %q", cut)
			}
			_, there := find(l, says(d.words.Text("said.leave_what")))
			if !there {
				d.keys("Next")
			}
			return there
		})
		d.keys("Escape")
		d.sees("the list again", first)
		d.leave()
	})
}

// TestAWindowFromALargerScreenFits: a laptop that was taken off its desk.
func TestAWindowFromALargerScreenFits(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		d := &desk{screen: newScreen(t, n), home: t.TempDir(), words: i18n.New(i18n.Dutch)}
		d.left(1900, 1200)
		d.open(bin, "--lang", "nl")
		d.until("a window that fits", func(l watched.Look) bool { return l.Width <= 1100 && l.Height <= 720 })
		d.press("first.go")
		d.reads("home.question")
		d.tidy("the home screen")
		d.leave()
	})
}

// TestTheLanguageChangesDuringAScan, in the dark.
func TestTheLanguageChangesDuringAScan(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		n.Home(recordings)
		d := sit(t, n, bin, "--theme", "dark", "--lang", "nl", "--on", lab.HomeDay, "--scan")
		d.sees("a device in a running scan", row(d.chip("replace_now")))
		d.reads("window.scanning")
		d.click("the other language", can(says(i18n.English.Name())))
		before := d.words
		d.speaks(i18n.English)
		d.reads("window.scanning") // the scan goes on
		d.sees("the device again", row(d.chip("replace_now")))
		d.scanned()
		for _, text := range said(d.shows()) {
			for _, v := range []string{"replace_now", "check_label", "cannot_tell", "supported", "update_firmware", "plan_replacement"} {
				if word := before.Text("chip." + v); strings.Contains(text, word) {
					t.Errorf("it still says %q in %q", word, text)
				}
			}
		}
		d.tidy("the results")
		d.keep("scan-en")
		d.leave()
	})
}

// TestStopStops before the scan would have ended, and keeps what was found.
func TestStopStops(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		n.Home(recordings)
		capture := n.Capture()
		d := sit(t, n, bin, "--theme", "light", "--lang", "en", "--on", lab.HomeDay, "--scan")
		d.sees("a device in a running scan", row(d.chip("replace_now")))
		d.press("window.stop")
		d.scanned()
		still := time.Now()
		d.sees("that it was stopped", holds(d.words.Text("summary.stopped")))
		d.sees("the device", row(d.chip("replace_now")))
		d.tidy("a stopped scan")
		d.keep("stopped-en")
		d.leave()
		quiet(t, capture.Stop(), still, "after Stop")
	})
}

// TestTheWindowWithoutANetwork opens the window where there is nothing to scan.
func TestTheWindowWithoutANetwork(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		n.Client.IP("link set eth0 down")
		d := sit(t, n, bin, "--theme", "light", "--lang", "nl", "--scan")
		d.scanned()
		d.sees("that there is no network", holds(d.words.Text("summary.no_network")))
		d.tidy("the results")
		d.keep("no-network-nl")
		d.leave()
	})
}

// play plugs a recorded device in.
func play(t *testing.T, n *lab.Net, octet byte, recording string) *lab.Device {
	t.Helper()
	s, err := lab.Read(filepath.Join(recordings, recording))
	must(t, err)
	return n.Play(octet, "", s, lab.Quirks{})
}
