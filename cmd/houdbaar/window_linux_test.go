package main

import (
	"bufio"
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"houdbaar/internal/lab"
)

const (
	// builtEnv passes the built window on to the process inside the namespaces.
	builtEnv = "HOUDBAAR_BUILT"
	// shotsEnv names a folder to keep the screenshots in.
	shotsEnv = "HOUDBAAR_SHOTS"
)

// build builds the window with the real driver and with Fyne's check that one
// thread alone touches it, which the tag migrated_fynedo would leave out.
func build(t *testing.T) string {
	t.Helper()
	if bin := os.Getenv(builtEnv); bin != "" {
		return bin
	}
	bin := filepath.Join(t.TempDir(), "houdbaar")
	out, err := exec.Command("go", "build", "-tags", "gles,accessibility", "-o", bin, ".").CombinedOutput()
	if err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	t.Setenv(builtEnv, bin)
	return bin
}

// A desk is a screen without a monitor, with a mouse.
type desk struct {
	t       *testing.T
	n       *lab.Net
	display string
}

// newDesk starts a screen inside the lab's network.
func newDesk(t *testing.T, n *lab.Net) *desk {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	c := exec.Command(n.Program("Xvfb"), "-displayfd", "3", "-screen", "0", "1280x900x24", "-nolisten", "tcp")
	c.ExtraFiles = []*os.File{write}
	var log bytes.Buffer
	c.Stderr = &log
	if err := n.Client.Start(c); err != nil {
		t.Fatal(err)
	}
	write.Close()
	read.SetReadDeadline(time.Now().Add(20 * time.Second))
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb did not start: %v\n%s", err, log.String())
	}
	return &desk{t, n, ":" + strings.TrimSpace(number)}
}

// run runs a program of the desk and returns what it printed.
func (d *desk) run(stdin []byte, name string, args ...string) []byte {
	d.t.Helper()
	c := exec.Command(d.n.Program(name), args...)
	c.Env = append(os.Environ(), "DISPLAY="+d.display)
	c.Stdin = bytes.NewReader(stdin)
	var out, complaint bytes.Buffer
	c.Stdout, c.Stderr = &out, &complaint
	if err := c.Run(); err != nil {
		d.t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, complaint.String())
	}
	return out.Bytes()
}

// look takes a screenshot.
func (d *desk) look() *image.NRGBA {
	d.t.Helper()
	b := d.run(d.run(nil, "xwd", "-root", "-silent"), "convert", "xwd:-", "-depth", "8", "png32:-")
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		d.t.Fatal(err)
	}
	picture, ok := img.(*image.NRGBA)
	if !ok {
		d.t.Fatalf("a screenshot of type %T", img)
	}
	return picture
}

// keep writes a screenshot to the folder that was asked for, if any.
func (d *desk) keep(name string, img image.Image) {
	d.t.Helper()
	dir := os.Getenv(shotsEnv)
	if dir == "" {
		return
	}
	var b bytes.Buffer
	err := png.Encode(&b, img)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), b.Bytes(), 0o644)
	}
	if err != nil {
		d.t.Error(err)
	}
}

// click moves the mouse and presses its button.
func (d *desk) click(at image.Point) {
	d.t.Helper()
	d.run(nil, "xdotool", "mousemove", strconv.Itoa(at.X), strconv.Itoa(at.Y), "click", "1")
}

// until looks until ok says that it has seen what it waits for.
func (d *desk) until(what string, limit time.Duration, ok func(*image.NRGBA) bool) *image.NRGBA {
	d.t.Helper()
	for end := time.Now().Add(limit); ; {
		img := d.look()
		if ok(img) {
			return img
		}
		if time.Now().After(end) {
			d.keep("failed", img)
			d.t.Fatalf("waited %v for %s", limit, what)
		}
		time.Sleep(100 * time.Millisecond) // the screen tells nobody that it changed
	}
}

// still looks until nothing has moved on the screen for a while.
func (d *desk) still(what string, limit time.Duration) *image.NRGBA {
	d.t.Helper()
	var last *image.NRGBA
	since := time.Now()
	return d.until(what, limit, func(img *image.NRGBA) bool {
		if last == nil || changed(last, img, img.Bounds()) > 0 {
			last, since = img, time.Now()
		}
		return time.Since(since) > 2*time.Second
	})
}

// changed counts the pixels that differ within an area.
func changed(a, b *image.NRGBA, in image.Rectangle) int {
	n := 0
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			if a.NRGBAAt(x, y) != b.NRGBAAt(x, y) {
				n++
			}
		}
	}
	return n
}

// button finds the largest area that is filled with one strong colour: the button
// that is to be pressed. Letters and lines, in whatever colour, are no long runs.
func button(img *image.NRGBA) (image.Rectangle, bool) {
	const run, enough = 40, 5000 // pixels
	areas := map[color.NRGBA]image.Rectangle{}
	counts := map[color.NRGBA]int{}
	for y := img.Rect.Min.Y; y < img.Rect.Max.Y; y++ {
		for x := img.Rect.Min.X; x < img.Rect.Max.X; {
			c, from := img.NRGBAAt(x, y), x
			for x < img.Rect.Max.X && img.NRGBAAt(x, y) == c {
				x++
			}
			grey := max(c.R, c.G, c.B)-min(c.R, c.G, c.B) < 60
			if !grey && x-from >= run {
				counts[c] += x - from
				areas[c] = areas[c].Union(image.Rect(from, y, x, y+1))
			}
		}
	}
	var best color.NRGBA
	for c, n := range counts {
		if n > counts[best] {
			best = c
		}
	}
	return areas[best], counts[best] > enough
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

func TestTheWindowScansAHomeByMouse(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		home := n.Home("../../internal/lab/recordings")
		d := newDesk(t, n)
		folder := t.TempDir()
		log, err := os.Create(filepath.Join(folder, "log"))
		if err != nil {
			t.Fatal(err)
		}
		defer log.Close()
		if err := os.Mkdir(filepath.Join(folder, ".cache"), 0o700); err != nil {
			t.Fatal(err)
		}
		c := exec.Command(bin, "--lang", "nl", "--theme", "light", "--on", lab.HomeDay)
		c.Env = []string{"DISPLAY=" + d.display, "HOME=" + folder, "XDG_RUNTIME_DIR=" + folder, "LANG=en_US.UTF-8", "PATH=/usr/bin:/bin", "LIBGL_ALWAYS_SOFTWARE=1"}
		c.Stdout, c.Stderr = log, log
		if err := n.Client.Start(c); err != nil {
			t.Fatal(err)
		}
		said := func() string {
			b, _ := os.ReadFile(log.Name())
			return string(b)
		}

		d.until("a button on the first screen", time.Minute, func(img *image.NRGBA) bool { _, ok := button(img); return ok })
		first := d.still("the first screen", time.Minute)
		d.keep("window-1-home", first)
		if names := asked(home); len(names) > 0 {
			t.Fatalf("%v were asked before anybody pressed a button\n%s", names, said())
		}
		scan, _ := button(first)
		d.click(scan.Min.Add(scan.Size().Div(2)))
		d.until("the screen to change", 10*time.Second, func(img *image.NRGBA) bool { return changed(first, img, img.Bounds()) > 20000 })
		results := d.still("the end of the scan", time.Minute)
		d.keep("window-2-results", results)
		if names := asked(home); len(names) < 15 {
			t.Errorf("only %v were asked\n%s", names, said())
		}

		// The list is on the left, the detail of one device on the right. Which
		// rows are devices depends on what was found: one of these is.
		detail, right := results, image.Rect(640, 100, 1100, 680)
		for y := 270; y < 640 && changed(results, detail, right) < 5000; y += 60 {
			d.click(image.Pt(200, y))
			detail = d.still("the detail of a device", time.Minute)
		}
		d.keep("window-3-detail", detail)
		if n := changed(results, detail, right); n < 5000 {
			t.Errorf("clicks on devices changed %d pixels beside the list; want the detail of another one", n)
		}
		for _, bad := range []string{"Error in Fyne call thread", "panic:", "goroutine "} {
			if strings.Contains(said(), bad) {
				t.Errorf("%q in what the window printed:\n%s", bad, said())
			}
		}
		t.Logf("printed: %s", said())
	})
}
