// Package watched tells a test what a window shows: every word and where it stands, as
// the widgets have it, on a line of JSON for every line that comes in. It is linked into
// programs that are built with the tag watched, and into no other.
//
// It only looks. Whatever is to happen in the window, a test does with mouse and keyboard.
package watched

import (
	"bufio"
	"encoding/json"
	"fmt"
	"image"
	"io"
	"math"
	"os"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// What is asked, each a line.
const (
	Show = "show" // answered with a Look
	Busy = "busy" // answered with the Spells since the last time
)

// A Look is what a window shows now.
type Look struct {
	Width, Height int // of the content, in pixels
	Things        []Thing
}

// A Thing is a text, or a widget that has words for who cannot see it, at least partly
// in sight.
type Thing struct {
	Says    string
	Role    string          // fyne.AccessibleRole; "entry", "drawn" for painted text
	Box     image.Rectangle // where it stands, in pixels
	Seen    image.Rectangle // the part of it that is not scrolled or cut away
	Layer   int             // 0 = the window, 1 = the dialog on it, ...
	Top     bool            // no dialog lies over it
	Focused bool            // it has the keyboard
	Asleep  bool            // it is disabled
}

// Spells are how long the window was busy each time that it kept others waiting.
type Spells []time.Duration

// step is how often it is tried whether the window answers; shorter than a screen's frame.
const step = time.Millisecond

func init() { go serve(os.Stdin, os.Stdout) }

func serve(in io.Reader, out io.Writer) {
	w := watch{}
	answer := json.NewEncoder(out)
	for lines := bufio.NewScanner(in); lines.Scan(); {
		var err error
		switch lines.Text() {
		case Show:
			var l Look
			fyne.DoAndWait(func() { l = look() })
			err = answer.Encode(l)
		case Busy:
			err = answer.Encode(w.spells())
		default:
			err = answer.Encode(fmt.Sprintf("%q is not understood", lines.Text()))
		}
		if err != nil {
			return
		}
	}
}

// A watch times how long the window keeps others waiting.
type watch struct {
	once sync.Once
	mu   sync.Mutex
	long Spells
}

// spells returns what was seen since the last time; the first call begins to look.
func (w *watch) spells() Spells {
	w.once.Do(func() {
		go func() {
			for range time.Tick(step) {
				began := time.Now()
				fyne.DoAndWait(func() {})
				if took := time.Since(began); took > step {
					w.mu.Lock()
					w.long = append(w.long, took)
					w.mu.Unlock()
				}
			}
		}()
	})
	w.mu.Lock()
	defer w.mu.Unlock()
	long := w.long
	w.long = nil
	return long
}

// look walks through the first window.
func look() (l Look) {
	all := fyne.CurrentApp().Driver().AllWindows()
	if len(all) == 0 {
		return l
	}
	c := all[0].Canvas()
	k := c.Scale()
	pixels := func(p fyne.Position, s fyne.Size) image.Rectangle {
		round := func(f float32) int { return int(math.Round(float64(f * k))) }
		return image.Rect(round(p.X), round(p.Y), round(p.X+s.Width), round(p.Y+s.Height))
	}
	whole := pixels(fyne.Position{}, c.Size())
	l.Width, l.Height = whole.Dx(), whole.Dy()
	layers := append([]fyne.CanvasObject{c.Content()}, c.Overlays().List()...)
	for i, layer := range layers {
		walk(layer, fyne.Position{}, whole, func(o fyne.CanvasObject, at fyne.Position, clip image.Rectangle) image.Rectangle {
			t := thing(o)
			t.Box = pixels(at, o.Size())
			t.Seen = t.Box.Intersect(clip)
			t.Layer, t.Top = i, i == len(layers)-1
			if f, ok := o.(fyne.Focusable); ok {
				t.Focused = c.Focused() == f
			}
			if t.Says != "" && !t.Seen.Empty() {
				l.Things = append(l.Things, t)
			}
			if _, ok := o.(*container.Scroll); ok {
				return t.Seen
			}
			return clip
		})
	}
	return l
}

// thing is what an object says.
func thing(o fyne.CanvasObject) (t Thing) {
	switch o := o.(type) {
	case *canvas.Text:
		t.Says, t.Role = o.Text, "drawn"
	case interface{ SelectedText() string }: // an entry, whatever it is made of
		t.Role = "entry"
		if e, ok := o.(fyne.Accessible); ok {
			t.Says = e.AccessibilityLabel()
		}
		if e, ok := o.(*widget.Entry); ok {
			t.Says = e.PlaceHolder
		}
	case *fyne.Container:
	case fyne.Accessible:
		t.Says, t.Role = o.AccessibilityLabel(), string(o.AccessibilityRole())
	}
	if d, ok := o.(fyne.Disableable); ok {
		t.Asleep = d.Disabled()
	}
	return t
}

// walk visits what is in sight; see returns to what its children are cut.
func walk(o fyne.CanvasObject, at fyne.Position, clip image.Rectangle, see func(fyne.CanvasObject, fyne.Position, image.Rectangle) image.Rectangle) {
	if o == nil || !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	clip = see(o, at, clip)
	var children []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		children = o.Objects
	case fyne.Widget:
		children = test.WidgetRenderer(o).Objects()
	}
	for _, child := range children {
		walk(child, at, clip, see)
	}
}
