package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"houdbaar/internal/lab"
)

const (
	// recordings is where the simulated devices come from.
	recordings = "../../internal/lab/recordings"
	// builtEnv passes the built window on to the process inside the namespaces.
	builtEnv = "HOUDBAAR_BUILT"
	// picturesEnv names a folder for the pictures of the screen; without it they
	// go with the test.
	picturesEnv = "HOUDBAAR_PICTURES"
)

// Colours of the light look, by which the test finds its way on the screen.
var (
	accent    = color.RGBA{0x0b, 0x4a, 0xa8, 0xff} // the primary button
	red       = color.RGBA{0xfc, 0xe8, 0xe6, 0xff} // chip and card of "replace now"
	selection = color.RGBA{0xe3, 0xee, 0xfd, 0xff} // the selected row
)

// build builds the window with Fyne's thread check, which speaks only without the
// tag migrated_fynedo.
func build(t *testing.T) string {
	t.Helper()
	if bin := os.Getenv(builtEnv); bin != "" {
		return bin
	}
	if _, err := os.Stat("../../assets/catalogue/catalogue.db"); err != nil {
		t.Fatal("assets/catalogue/catalogue.db is not there: make catalogue builds it")
	}
	bin := filepath.Join(t.TempDir(), "houdbaar")
	if out, err := exec.Command("go", "build", "-tags", "gles,accessibility", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	t.Setenv(builtEnv, bin)
	return bin
}

// A desk is a screen with the window on it.
type desk struct {
	t       *testing.T
	n       *lab.Net
	display string
	app     *exec.Cmd
	said    string // file of what the app prints
}

// sit starts a screen and the window on it.
func sit(t *testing.T, n *lab.Net, bin string, args ...string) *desk {
	t.Helper()
	d := &desk{t: t, n: n, said: filepath.Join(t.TempDir(), "said")}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	screen := exec.Command(n.Program("Xvfb"), "-displayfd", "3", "-screen", "0", "1100x720x24", "-nolisten", "tcp")
	screen.ExtraFiles = []*os.File{w}
	if err := n.Client.Start(screen); err != nil {
		t.Fatal(err)
	}
	w.Close()
	number := make([]byte, 16)
	k, err := r.Read(number)
	if err != nil {
		t.Fatalf("the screen did not start: %v", err)
	}
	d.display = ":" + strings.TrimSpace(string(number[:k]))
	said, err := os.Create(d.said)
	if err != nil {
		t.Fatal(err)
	}
	defer said.Close()
	home := t.TempDir()
	if err := os.Mkdir(filepath.Join(home, ".cache"), 0o700); err != nil {
		t.Fatal(err)
	}
	d.app = exec.Command(bin, args...)
	d.app.Env = []string{"DISPLAY=" + d.display, "HOME=" + home, "XDG_RUNTIME_DIR=" + home, "LANG=nl_NL.UTF-8", "PATH=/usr/bin:/bin", "LIBGL_ALWAYS_SOFTWARE=1"}
	d.app.Stdout, d.app.Stderr = said, said
	d.app.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := d.app.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.app.Process.Kill() })
	return d
}

// look returns what is on the screen.
func (d *desk) look() image.Image {
	d.t.Helper()
	shot := exec.Command(d.n.Program("xwd"), "-root", "-silent", "-display", d.display)
	convert := exec.Command(d.n.Program("convert"), "xwd:-", "png:-")
	var out bytes.Buffer
	pipe, err := shot.StdoutPipe()
	if err != nil {
		d.t.Fatal(err)
	}
	convert.Stdin, convert.Stdout = pipe, &out
	if err := shot.Start(); err != nil {
		d.t.Fatal(err)
	}
	if err := convert.Run(); err != nil {
		d.t.Fatalf("picture: %v", err)
	}
	shot.Wait()
	img, err := png.Decode(&out)
	if err != nil {
		d.t.Fatalf("picture: %v", err)
	}
	return img
}

// keep writes a picture of the screen where people can look at it.
func (d *desk) keep(name string) {
	d.t.Helper()
	dir := os.Getenv(picturesEnv)
	if dir == "" {
		return
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		d.t.Fatal(err)
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, d.look()); err != nil {
		d.t.Fatal(err)
	}
}

// until waits until the screen shows something. Taking a picture takes long enough
// to wait with.
func (d *desk) until(what string, ok func(image.Image) bool) {
	d.t.Helper()
	for end := time.Now().Add(60 * time.Second); !ok(d.look()); {
		if time.Now().After(end) {
			d.keep("failed")
			d.t.Fatalf("%s did not come\n%s", what, d.printed())
		}
	}
}

// printed is what the app wrote to its standard streams.
func (d *desk) printed() string {
	said, err := os.ReadFile(d.said)
	if err != nil {
		d.t.Fatal(err)
	}
	return string(said)
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

// The parts of the window, which opens at 1100 by 720 and fills the screen.
var (
	bar   = image.Rect(0, 0, 1280, 52)
	page  = image.Rect(0, 53, 1280, 800)
	list  = image.Rect(0, 53, 435, 800)
	right = image.Rect(445, 53, 1280, 800)
)

func (d *desk) do(args ...string) {
	d.t.Helper()
	c := exec.Command(d.n.Program("xdotool"), args...)
	c.Env = []string{"DISPLAY=" + d.display}
	if out, err := c.CombinedOutput(); err != nil {
		d.t.Fatalf("xdotool %v: %v\n%s", args, err, out)
	}
}

// click presses the middle of a box.
func (d *desk) click(box image.Rectangle) {
	d.t.Helper()
	at := box.Min.Add(box.Max).Div(2)
	d.do("mousemove", fmt.Sprint(at.X), fmt.Sprint(at.Y), "click", "1")
}

// stopButton and scanButton find the primary button of the bar; "Opnieuw scannen"
// is about twice as wide as "Stop".
func stopButton(img image.Image) image.Rectangle {
	if b := slab(img, bar, accent, 60); b.Dx() < 140 {
		return b
	}
	return image.Rectangle{}
}
func scanButton(img image.Image) image.Rectangle { return slab(img, bar, accent, 140) }

// leave ends the app as a person's session does, and looks at what it printed.
func (d *desk) leave() {
	d.t.Helper()
	if err := d.app.Process.Signal(syscall.SIGTERM); err != nil {
		d.t.Fatal(err)
	}
	err := d.app.Wait()
	said := d.printed()
	if err != nil {
		d.t.Errorf("the window ended with %v", err)
	}
	for _, bad := range []string{"Error in Fyne call thread", "panic", "goroutine ", "Translation failure"} {
		if strings.Contains(said, bad) {
			d.t.Errorf("it printed %q:\n%s", bad, said)
		}
	}
}

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

func TestTheWindowInAHome(t *testing.T) {
	bin := build(t)
	t.Run("the mouse leads from the first screen to a verdict, and nothing leaves", func(t *testing.T) {
		lab.Run(t, func(n *lab.Net) {
			home := n.Home(recordings)
			capture := n.Capture()
			d := sit(t, n, bin, "--theme", "light", "--lang", "nl", "--on", lab.HomeDay)
			var begin, scan image.Rectangle
			d.until("the button below the first cards", func(img image.Image) bool {
				begin = slab(img, page, accent, 180)
				return !begin.Empty()
			})
			d.keep("first-nl")
			d.click(begin)
			d.until("the large button", func(img image.Image) bool {
				scan = slab(img, page, accent, begin.Dx()+40)
				return !scan.Empty()
			})
			if sent := capture.Sofar().By("client").Kind("udp", "tcp"); len(sent) > 0 {
				t.Errorf("%d packets were sent before anybody asked for a scan", len(sent))
			}
			d.keep("home-nl")
			d.click(scan)
			began := time.Now()
			d.until("the first device", func(img image.Image) bool {
				return !stopButton(img).Empty() && !slab(img, list, red, 60).Empty()
			})
			t.Logf("a device to replace is on the screen %v after the click", time.Since(began).Round(10*time.Millisecond))
			d.keep("scanning-nl")
			d.until("the end of the scan", func(img image.Image) bool { return !scanButton(img).Empty() })
			if names := asked(home); len(names) < 15 {
				t.Errorf("only %v were asked who they are", names)
			}
			t.Logf("the scan is over %v after the click", time.Since(began).Round(10*time.Millisecond))
			d.until("the most urgent device, opened", func(img image.Image) bool {
				return slab(img, right, red, 300).Dy() > 60
			})
			d.keep("scan-nl")

			first := slab(d.look(), list, selection, 100)
			d.click(first)
			d.do("key", "Down")
			d.until("the next row, by keyboard", func(img image.Image) bool {
				next := slab(img, list, selection, 100)
				return !next.Empty() && next.Min.Y > first.Min.Y
			})
			// Then it stands idle, as in a hall, and says nothing any more.
			idle := time.Now()
			time.Sleep(3 * time.Second)
			packets := capture.Stop()
			for _, p := range packets {
				if !strings.HasPrefix(p.From, "client") {
					continue
				}
				if strings.HasSuffix(p.Kind, "/53") || p.Kind == "udp/137" || p.Kind == "udp/5355" {
					t.Errorf("looks up a name: %s", p)
				}
				if p.At.After(idle) && (strings.HasPrefix(p.Kind, "udp/") || strings.HasPrefix(p.Kind, "tcp/") || p.Kind == "ssdp" || p.Kind == "mdns") {
					t.Errorf("sent by an idle window: %s", p)
				}
			}
			for _, p := range packets.By("client").Outside(lab.Subnet) {
				t.Errorf("leaves the home: %s", p)
			}
			d.leave()
		})
	})
	t.Run("a scan in English, in the dark", func(t *testing.T) {
		lab.Run(t, func(n *lab.Net) {
			n.Home(recordings)
			d := sit(t, n, bin, "--theme", "dark", "--lang", "en", "--on", lab.HomeDay, "--scan")
			light := color.RGBA{0xa8, 0xc8, 0xff, 0xff} // the primary button in the dark
			d.until("the end of the scan", func(img image.Image) bool { return slab(img, bar, light, 60).Dx() > 110 })
			d.until("the most urgent device, opened", func(img image.Image) bool {
				return slab(img, right, color.RGBA{0x5c, 0x15, 0x12, 0xff}, 300).Dy() > 60
			})
			d.keep("scan-en")
			d.leave()
		})
	})
	t.Run("Stop stops at once and keeps what was found", func(t *testing.T) {
		lab.Run(t, func(n *lab.Net) {
			n.Home(recordings)
			d := sit(t, n, bin, "--theme", "light", "--lang", "en", "--on", lab.HomeDay, "--scan")
			d.until("a device in a running scan", func(img image.Image) bool {
				return !stopButton(img).Empty() && !slab(img, list, red, 60).Empty()
			})
			began := time.Now()
			d.click(stopButton(d.look()))
			// "Scan again" is narrower than the Dutch words.
			d.until("the end", func(img image.Image) bool { return slab(img, bar, accent, 60).Dx() > 110 })
			if took := time.Since(began); took > 3*time.Second {
				t.Errorf("it took %v to stop", took)
			}
			d.until("the most urgent device, opened", func(img image.Image) bool { return slab(img, right, red, 300).Dy() > 60 })
			d.keep("stopped-en")
			d.leave()
		})
	})
}

// TestTheWindowWithoutANetwork opens the window where there is nothing to scan.
func TestTheWindowWithoutANetwork(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		if err := n.Client.IP("link set eth0 down"); err != nil {
			t.Fatal(err)
		}
		d := sit(t, n, bin, "--theme", "light", "--lang", "nl", "--scan")
		d.until("the end of the scan", func(img image.Image) bool { return !scanButton(img).Empty() })
		d.keep("no-network-nl")
		d.leave()
	})
}
