package ui

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"houdbaar/internal/history"
	"houdbaar/internal/i18n"
)

// A stage is a window on Fyne's test driver. What other goroutines send through the
// door waits in a queue until the test lets it in, so that all widget work happens
// on the test's goroutine.
type stage struct {
	*Window
	t      *testing.T
	queue  chan func()
	opened []string // web pages given to the browser
	closed bool
}

// stageApp notes what would be opened in a browser.
type stageApp struct {
	fyne.App
	opened *[]string
	fail   error
}

func (a *stageApp) OpenURL(u *url.URL) error {
	*a.opened = append(*a.opened, u.String())
	return a.fail
}

func open(t *testing.T, e *storyEngine, l i18n.Language, size fyne.Size, change ...func(*Options)) *stage {
	t.Helper()
	s := &stage{t: t, queue: make(chan func(), 10000)}
	o := storyOptions(e, t.TempDir())
	o.App = &stageApp{App: test.NewTempApp(t), opened: &s.opened}
	o.Language, o.Look = string(l), "light"
	o.App.Preferences().SetBool(prefFirst, true)
	o.door = func(f func()) { s.queue <- f }
	for _, c := range change {
		c(&o)
	}
	s.Window = New(o)
	s.begin()
	s.win.Resize(size)
	t.Cleanup(func() {
		if s.cancel != nil {
			s.cancel()
		}
		s.running.Wait()
		if !s.closed {
			s.win.Close()
		}
		e.book.Close()
	})
	return s
}

// practising gives the window a practice house.
func practising(t *testing.T, e *storyEngine, closed chan struct{}) func(*Options) {
	return func(o *Options) {
		e.book = inventedBook(t.TempDir(), 0)
		o.Practice = func() (Practice, error) { return storyPractice{e, closed}, nil }
	}
}

// until lets in what waits at the door until done says so.
func (s *stage) until(what string, done func() bool) {
	s.t.Helper()
	deadline := time.After(time.Minute)
	for !done() {
		select {
		case f := <-s.queue:
			f()
		case <-deadline:
			s.t.Fatalf("%s did not happen; on the screen:\n%s", what, strings.Join(s.words(), "\n"))
		}
	}
}

func (s *stage) ended() bool {
	m := &s.model
	return m.state == stateDone || m.state == stateStopped || m.state == stateFailed
}

// scanned scans to the end.
func (s *stage) scanned() *stage {
	s.t.Helper()
	s.scan()
	s.until("the end of the scan", s.ended)
	s.settled()
	return s
}

// atVisit opens the first of inventedVisits.
func atVisit(t *testing.T, e *storyEngine, l i18n.Language, size fyne.Size) *stage {
	t.Helper()
	s := open(t, e, l, size)
	s.settled()
	s.openVisit(firstVisit)
	s.settled()
	return s
}

// inBook is a visit as its history has it.
func (s *stage) inBook(ref string) history.Visit {
	s.t.Helper()
	v, _, err := s.book.Visit(s.t.Context(), ref)
	if err != nil {
		s.t.Fatal(err)
	}
	return v
}

// walk visits what can be seen below o.
func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if o == nil || !o.Visible() {
		return
	}
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			walk(child, visit)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			walk(child, visit)
		}
	}
}

// all returns what of one kind can be seen below o.
func all[T fyne.CanvasObject](o fyne.CanvasObject) (out []T) {
	walk(o, func(o fyne.CanvasObject) {
		if one, ok := o.(T); ok {
			out = append(out, one)
		}
	})
	return out
}

// pick returns what of one kind matches below o, the last if there are several.
func pick[T fyne.CanvasObject](s *stage, o fyne.CanvasObject, what string, match func(T) bool) T {
	s.t.Helper()
	for _, one := range slices.Backward(all[T](o)) {
		if match(one) {
			return one
		}
	}
	s.t.Fatalf("no %q on the screen:\n%s", what, strings.Join(s.words(), "\n"))
	panic("unreachable")
}

// layOut lays everything out once more, as the real canvas does when a text that
// wraps has found its height.
func (s *stage) layOut() {
	walk(s.win.Content(), func(o fyne.CanvasObject) {
		if c, ok := o.(*fyne.Container); ok && c.Layout != nil {
			c.Layout.Layout(c.Objects, c.Size())
		}
	})
}

// words are the texts on the screen, from top to bottom of the tree.
func (s *stage) words() []string {
	var out []string
	walk(s.win.Content(), func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *words:
			out = append(out, o.String())
		case *canvas.Text:
			out = append(out, o.Text)
		}
	})
	return out
}

func (s *stage) reads(text string) bool { return strings.Contains(strings.Join(s.words(), "\n"), text) }

func (s *stage) wantWords(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if !s.reads(text) {
			s.t.Errorf("%q is not on the screen:\n%s", text, strings.Join(s.words(), "\n"))
		}
	}
}

// button finds a button by what a screen reader would call it.
func (s *stage) button(name string) *press {
	s.t.Helper()
	return pick(s, s.win.Content(), name, func(b *press) bool { return b.AccessibilityLabel() == name || b.text == name })
}

// row finds the row of a device or heading.
func (s *stage) row(key string) *row {
	s.t.Helper()
	one := s.results.list.rows[key]
	if one == nil || !one.Visible() {
		s.t.Fatalf("no row %q in sight", key)
	}
	return one
}

var (
	wide   = fyne.NewSize(1280, 800)
	narrow = fyne.NewSize(700, 600)
)

// settled lets in all that waits until nothing runs any more. A scan that holds must
// be ended before.
func (s *stage) settled() {
	s.t.Helper()
	for {
		s.running.Wait() // nobody in there waits for this goroutine: the queue is long
		select {
		case f := <-s.queue:
			f()
		default:
			return
		}
	}
}

// ticked finds a box to tick by its words.
func (s *stage) ticked(words string) *tick {
	s.t.Helper()
	return pick(s, s.win.Content(), words, func(t *tick) bool { return t.Text == words })
}

// answer finds a button of the dialog that is open.
func (s *stage) answer(word string) *press {
	s.t.Helper()
	return pick(s, s.win.Canvas().Overlays().Top(), word, func(b *press) bool { return b.text == word })
}

// key gives a key to what has the keyboard, or to the window.
func (s *stage) key(k fyne.KeyName) {
	if f := s.win.Canvas().Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: k})
		return
	}
	s.typedKey(&fyne.KeyEvent{Name: k})
}

// askedFor is the entry of the dialog that is open.
func (s *stage) askedFor() *field {
	s.t.Helper()
	return pick(s, s.win.Canvas().Overlays().Top(), "words to fill in", func(*field) bool { return true })
}

// overlaid are the words of the dialog that is open, "" when there is none.
func (s *stage) overlaid() string {
	var out []string
	for _, w := range all[*words](s.win.Canvas().Overlays().Top()) {
		out = append(out, w.String())
	}
	return strings.Join(out, "\n")
}
