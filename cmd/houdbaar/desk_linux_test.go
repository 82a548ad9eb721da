package main

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"houdbaar/cmd/houdbaar/watched"
	"houdbaar/internal/i18n"
	"houdbaar/internal/lab"
	"houdbaar/internal/ui"
)

const (
	// builtEnv passes the built window on to the process inside the namespaces.
	builtEnv = "HOUDBAAR_BUILT"
	// picturesEnv names a folder for the pictures of the screen; without it they
	// are not kept.
	picturesEnv = "HOUDBAAR_PICTURES"

	// knownServers is the file of a home folder with the certificates that are trusted.
	knownServers = "servers.pem"

	// passing is the folder for temporary files in the home folder: in that of all programs
	// another run of the tests may have its practice house.
	passing = ".tmp"

	// patience is how long a person would wait for something to appear.
	patience = 60 * time.Second
	// glance is how long a person looks away when it is not there yet.
	glance = 20 * time.Millisecond
)

// TestMain cleans up after build.
func TestMain(m *testing.M) {
	status := m.Run()
	if built != "" {
		os.RemoveAll(filepath.Dir(built))
	}
	os.Exit(status)
}

var built string // what build built, "" = nothing yet

// build builds the window, once for all tests: with eyes for tests, and with Fyne's
// thread check, which speaks only without the tag migrated_fynedo.
func build(t testing.TB) string {
	t.Helper()
	if bin := os.Getenv(builtEnv); bin != "" {
		return bin
	}
	if _, err := os.Stat("../../assets/catalogue/catalogue.db"); err != nil {
		t.Fatal("assets/catalogue/catalogue.db is not there: make catalogue builds it")
	}
	dir, err := os.MkdirTemp("", "houdbaar-built-*")
	must(t, err)
	built = filepath.Join(dir, "houdbaar")
	compile(t, built, ".", "gles,accessibility,watched")
	os.Setenv(builtEnv, built)
	return built
}

// compile builds a command.
func compile(t testing.TB, to, source, tags string) {
	t.Helper()
	if out, err := exec.Command("go", "build", "-tags", tags, "-o", to, source).CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
}

// A screen is an X screen in memory.
type screen struct {
	t       testing.TB
	n       *lab.Net
	display string
	frame   string // the file with what it shows
}

// newScreen starts a screen of 1100 by 720 pixels, on which the window, as large as that,
// fills all.
func newScreen(t testing.TB, n *lab.Net) *screen {
	t.Helper()
	dir := t.TempDir()
	r, w, err := os.Pipe()
	must(t, err)
	// Without -noreset the screen begins anew when its last program goes, and turns
	// away the next one meanwhile.
	c := exec.Command(n.Program("Xvfb"), "-displayfd", "3", "-fbdir", dir, "-screen", "0", "1100x720x24", "-nolisten", "tcp", "-noreset")
	c.ExtraFiles = []*os.File{w}
	n.Client.Start(c)
	w.Close()
	number := make([]byte, 16)
	k, err := r.Read(number)
	if err != nil {
		t.Fatalf("the screen did not start: %v", err)
	}
	return &screen{t, n, ":" + strings.TrimSpace(string(number[:k])), filepath.Join(dir, "Xvfb_screen0")}
}

// look returns what is on the screen, of which the file is a window dump (XWDFile.h).
func (s *screen) look() image.Image {
	s.t.Helper()
	dump, err := os.ReadFile(s.frame)
	must(s.t, err)
	field := func(i int) int { return int(binary.BigEndian.Uint32(dump[4*i:])) }
	header, width, height, bits, line, colours := field(0), field(4), field(5), field(11), field(12), field(19)
	if field(1) != 7 || bits != 32 || field(7) != 0 {
		s.t.Fatalf("the screen is of another kind: %d bits", bits)
	}
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	from := dump[header+12*colours:]
	for y := range height {
		row := from[y*line:]
		for x := range width {
			p := row[4*x : 4*x+3]
			copy(img.Pix[img.PixOffset(x, y):], []byte{p[2], p[1], p[0], 0xff})
		}
	}
	return img
}

// keep writes a picture of the screen where people can look at it.
func (s *screen) keep(name string) {
	s.t.Helper()
	dir := os.Getenv(picturesEnv)
	if dir == "" {
		return
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		s.t.Fatal(err)
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	must(s.t, err)
	defer f.Close()
	if err := png.Encode(f, s.look()); err != nil {
		s.t.Fatal(err)
	}
}

// do moves the mouse and presses keys.
func (s *screen) do(args ...string) {
	s.t.Helper()
	c := exec.Command(s.n.Program("xdotool"), args...)
	c.Env = []string{"DISPLAY=" + s.display}
	if out, err := c.CombinedOutput(); err != nil {
		s.t.Fatalf("xdotool %v: %v\n%s", args, err, out)
	}
}

// A desk is a screen with the window on it, and somebody in front of it.
type desk struct {
	*screen
	home string // the home folder of who sits there
	app  *exec.Cmd
	said string // file of what the app prints

	mu     sync.Mutex // one question at a time
	ask    io.Writer
	answer *json.Decoder
	words  *i18n.Printer // of the language that the window now speaks
}

// sit starts a screen and the window on it, in Dutch unless args say otherwise.
func sit(t testing.TB, n *lab.Net, bin string, args ...string) *desk {
	t.Helper()
	d := &desk{screen: newScreen(t, n), home: t.TempDir(), words: i18n.New(i18n.Dutch)}
	if i := slices.Index(args, "--lang"); i >= 0 {
		d.speaks(i18n.Parse(args[i+1]))
	}
	d.fills()
	d.open(bin, args...)
	return d
}

// fills has the window as large as the screen, as somebody left it.
func (d *desk) fills() { d.left(1100, 720) }

// left has the window as large as somebody left it.
func (d *desk) left(width, height int) {
	d.t.Helper()
	folder := filepath.Join(d.home, ".config", "fyne", ui.AppID)
	kept := fmt.Sprintf(`{"window_width":%d,"window_height":%d}`, width, height)
	must(d.t, os.MkdirAll(folder, 0o700), os.WriteFile(filepath.Join(folder, "preferences.json"), []byte(kept), 0o600))
}

// open starts the program on the screen.
func (d *desk) open(bin string, args ...string) {
	d.t.Helper()
	d.said = filepath.Join(d.t.TempDir(), "said")
	said, err := os.Create(d.said)
	must(d.t, err)
	defer said.Close()
	d.app = exec.Command(bin, args...)
	d.app.Env = environment(d.t, d.display, d.home)
	d.app.Stderr = said
	d.app.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if d.ask, err = d.app.StdinPipe(); err != nil {
		d.t.Fatal(err)
	}
	answer, err := d.app.StdoutPipe()
	must(d.t, err)
	d.answer = json.NewDecoder(bufio.NewReader(answer))
	if err := d.app.Start(); err != nil {
		d.t.Fatal(err)
	}
	app := d.app
	d.t.Cleanup(func() { app.Process.Kill() })
}

// environment is that of a program on a screen, with a home folder of its own.
func environment(t testing.TB, display, home string) []string {
	must(t, os.MkdirAll(filepath.Join(home, ".cache"), 0o700), os.MkdirAll(filepath.Join(home, passing), 0o700))
	return []string{"DISPLAY=" + display, "HOME=" + home, "TMPDIR=" + filepath.Join(home, passing), "XDG_RUNTIME_DIR=" + home, "LANG=nl_NL.UTF-8", "PATH=/usr/bin:/bin", "LIBGL_ALWAYS_SOFTWARE=1",
		"SSL_CERT_FILE=" + filepath.Join(home, knownServers)}
}

// speaks notes the language that the window is to speak.
func (d *desk) speaks(l i18n.Language) { d.words = i18n.New(l) }

// answers asks the window one thing.
func (d *desk) answers(question string, answer any) {
	d.t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := fmt.Fprintln(d.ask, question); err != nil {
		d.t.Fatalf("the window is gone: %v\n%s", err, d.printed())
	}
	if err := d.answer.Decode(answer); err != nil {
		d.t.Fatalf("the window does not answer: %v\n%s", err, d.printed())
	}
}

// shows is what the window shows now.
func (d *desk) shows() (l watched.Look) {
	d.t.Helper()
	d.answers(watched.Show, &l)
	return l
}

// printed is what the app wrote to its standard error.
func (d *desk) printed() string {
	said, err := os.ReadFile(d.said)
	must(d.t, err)
	return string(said)
}

// until waits until the window shows something, and fails the test with what it shows
// instead.
func (d *desk) until(what string, ok func(watched.Look) bool) {
	d.t.Helper()
	var l watched.Look
	for end := time.Now().Add(patience); ; time.Sleep(glance) {
		if l = d.shows(); ok(l) {
			return
		}
		if time.Now().After(end) {
			d.keep("failed")
			d.t.Fatalf("%s did not come; it says:\n%s\n%s", what, strings.Join(said(l), "\n"), d.printed())
		}
	}
}

// untilSeen waits until the picture on the screen is right.
func (d *desk) untilSeen(what string, ok func(image.Image) bool) {
	d.t.Helper()
	d.until(what, func(watched.Look) bool { return ok(d.look()) })
}

// said are all words that are in sight.
func said(l watched.Look) []string {
	var all []string
	for _, one := range l.Things {
		all = append(all, one.Says)
	}
	return all
}

// A match tells which things are meant.
type match func(watched.Thing) bool

// says is a match by the whole text.
func says(text string) match { return func(o watched.Thing) bool { return o.Says == text } }

// holds is a match by a part of the text.
func holds(text string) match {
	return func(o watched.Thing) bool { return strings.Contains(o.Says, text) }
}

// can is a match of what can be pressed or typed in, besides by its words.
func can(m match) match {
	return func(o watched.Thing) bool {
		return m(o) && !o.Asleep && slices.Contains([]string{"button", "link", "entry"}, o.Role)
	}
}

// find is the first thing in sight that is meant and that no dialog covers.
func find(l watched.Look, m match) (watched.Thing, bool) {
	i := slices.IndexFunc(l.Things, func(o watched.Thing) bool { return o.Top && m(o) })
	if i < 0 {
		return watched.Thing{}, false
	}
	return l.Things[i], true
}

// sees waits until something that is meant is in sight, on the screen too, and stands
// still.
func (d *desk) sees(what string, m match) (found watched.Thing) {
	d.t.Helper()
	d.until(what, func(l watched.Look) bool {
		before := found.Box
		var ok bool
		found, ok = find(l, m)
		return ok && found.Box == before && inked(d.look(), found.Seen)
	})
	return found
}

// reads waits until the window says a text by its key.
func (d *desk) reads(key string, args ...any) watched.Thing {
	d.t.Helper()
	text := d.words.Text(key, args...)
	return d.sees(fmt.Sprintf("%q", text), says(text))
}

// gone waits until nothing that is meant is in sight.
func (d *desk) gone(what string, m match) {
	d.t.Helper()
	d.until("the end of "+what, func(l watched.Look) bool {
		_, there := find(l, m)
		return !there
	})
}

// press clicks on what says the text of a key, once it can be pressed.
func (d *desk) press(key string, args ...any) {
	d.t.Helper()
	text := d.words.Text(key, args...)
	d.click(fmt.Sprintf("the button %q", text), can(says(text)))
}

// click clicks on what is meant, once it is in sight.
func (d *desk) click(what string, m match) {
	d.t.Helper()
	d.clickAt(d.sees(what, m).Seen)
}

// clickAt presses the middle of a box.
func (d *desk) clickAt(box image.Rectangle) {
	d.t.Helper()
	at := box.Min.Add(box.Max).Div(2)
	d.do("mousemove", fmt.Sprint(at.X), fmt.Sprint(at.Y), "click", "1")
}

// types types text where the keyboard is.
func (d *desk) types(text string) {
	d.t.Helper()
	d.do("type", "--delay", "5", text)
}

// keys presses keys, by their names in X.
func (d *desk) keys(names ...string) {
	d.t.Helper()
	d.do(append([]string{"key", "--delay", "20"}, names...)...)
}

// inked tells whether something is drawn in a box: it is not all of one colour.
func inked(img image.Image, box image.Rectangle) bool {
	box = box.Intersect(img.Bounds())
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			if img.At(x, y) != img.At(box.Min.X, box.Min.Y) {
				return true
			}
		}
	}
	return false
}

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
