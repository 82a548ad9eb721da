package ui

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"houdbaar/internal/i18n"
	"houdbaar/internal/scan"
)

// AppID names the app to the desktop and its place for preferences.
const AppID = "nl.houdbaar.houdbaar"

// Keys of the preferences. Only what the window itself remembers is kept there.
const (
	prefLanguage   = "language"
	prefText       = "text_size"
	prefLook       = "look"
	prefInterfaces = "interfaces"
	prefWidth      = "window_width"
	prefHeight     = "window_height"
	prefQuiet      = "quiet"
	prefLeave      = "leave"
	prefHorizon    = "horizon_months"
	prefFirst      = "first_start_read"
)

// doubleTap is how soon a second tap on a row must follow to count as double; Fyne's
// own double tap would hold every single tap back as long.
const doubleTap = 400 * time.Millisecond

// Options are what the window is made of and started with.
type Options struct {
	App       fyne.App // nil makes the desktop app
	Engine    Engine
	Drawings  fs.FS  // kind-*.svg, verdict-*.svg, sign-*.svg
	Icon      []byte // SVG
	Version   string
	Questions []scan.Question          // everything that can be sent
	Licences  string                   // of all that is linked
	Today     func() time.Time         // the day judged for
	Practice  func() (Practice, error) // builds the practice house; nil = there is none

	// What a person gave on the command line; it holds for this run and is not kept.
	Language   string // "nl", "en"; "" = as kept, else the system's
	Look       string // "system", "light", "dark", "contrast"; "" = as kept
	TextSize   float32
	Interfaces []string
	ScanNow    bool

	door door // nil = the real one; tests bring their own
}

// A Window is the app's window. All its methods belong to Fyne's goroutine.
type Window struct {
	o        Options
	app      fyne.App
	win      fyne.Window
	engine   Engine
	drawings *drawings
	door     door
	printer  atomic.Pointer[i18n.Printer] // read by the scan's goroutine too
	model    model

	look       look
	textSize   float32
	interfaces []scan.Interface // this computer's, as last asked
	asked      bool             // they are known
	chosen     []string         // interfaces a person chose, nil = the engine's choice
	cancel     context.CancelFunc
	scanned    chan struct{}        // closed when the scan that was started last has ended
	ends       []context.CancelFunc // of everything else that runs
	wishes     Wishes
	said       map[string]Said // what is kept of the devices on the screen
	trouble    []string        // what could not be kept
	checkup    checkup
	paperwork  paperwork
	shelf      shelf
	practice   Practice // nil = this is real
	waiting    home     // the real one, during practice
	entering   bool
	running    sync.WaitGroup
	over       atomic.Bool // the window was closed

	top      *fyne.Container
	scroller *container.Scroll // what the keyboard scrolls on this screen
	results  *results          // nil when another screen is shown
	label    *labelScreen
	network  *words

	whyOpen, problemsOpen       bool
	questionsOpen, licencesOpen bool
	onFold                      string // the folding heading the keyboard is on
	lastTap                     time.Time
	lastTapped                  string
	fits                        map[fitKey]string
	variant                     fyne.ThemeVariant
	building                    bool
	built                       screen // what build drew last
}

// New makes the window without showing it.
func New(o Options) *Window {
	w := &Window{o: o, app: o.App, engine: o.Engine, door: o.door, drawings: &drawings{files: o.Drawings, scale: func() float32 { return 1 }}, fits: map[fitKey]string{}}
	if w.door == nil {
		w.door = openDoor()
	}
	through := w.door
	w.door = func(f func()) {
		if !w.over.Load() { // there is no UI goroutine any more
			through(f)
		}
	}
	if w.app == nil {
		w.app = app.NewWithID(AppID)
	}
	if o.Today == nil {
		w.o.Today = time.Now
	}
	prefs := w.app.Preferences()
	w.look = look(prefs.StringWithFallback(prefLook, string(lookSystem)))
	if o.Look != "" {
		w.look = look(o.Look)
	}
	if !slices.Contains(looks, w.look) {
		w.look = lookSystem
	}
	w.textSize = float32(prefs.FloatWithFallback(prefText, 1))
	if o.TextSize != 0 {
		w.textSize = o.TextSize
	}
	w.textSize = min(max(w.textSize, textSizes[0]), textSizes[len(textSizes)-1])
	w.chosen = prefs.StringList(prefInterfaces)
	if len(o.Interfaces) > 0 {
		w.chosen = o.Interfaces
	}
	w.wishes = Wishes{Quiet: prefs.Bool(prefQuiet), Leave: prefs.StringList(prefLeave), Horizon: horizonOf(prefs.IntWithFallback(prefHorizon, usualHorizon))}
	if !prefs.Bool(prefFirst) && !o.ScanNow {
		w.model.screen = screenFirst
	}
	language := i18n.Parse(lang.SystemLocale().String())
	if kept := prefs.String(prefLanguage); kept != "" {
		language = i18n.Parse(kept)
	}
	if o.Language != "" {
		language = i18n.Parse(o.Language)
	}
	w.speak(language)

	w.app.SetIcon(fyne.NewStaticResource("icon.svg", o.Icon))
	w.app.Settings().SetTheme(newDress(w.look, w.textSize))
	w.variant = w.app.Settings().ThemeVariant()
	w.win = w.app.NewWindow("Houdbaar")
	w.drawings.scale = func() float32 { return max(1, w.win.Canvas().Scale()) }
	w.win.SetMaster()
	w.win.SetPadded(false)
	width, height := float32(prefs.FloatWithFallback(prefWidth, 1100)), float32(prefs.FloatWithFallback(prefHeight, 720))
	w.win.Resize(fyne.NewSize(max(width, 640), max(height, 480)))
	w.win.SetCloseIntercept(w.close)
	w.app.Settings().AddListener(func(s fyne.Settings) {
		if v := s.ThemeVariant(); v != w.variant {
			w.variant = v
			w.build()
		}
	})
	for _, s := range w.shortcuts() {
		w.win.Canvas().AddShortcut(&s.on, func(fyne.Shortcut) { s.do() })
	}
	w.win.Canvas().SetOnTypedKey(w.typedKey)
	w.build()
	return w
}

// begin does what can wait until the first screen is drawn: it asks the engine, which
// opens meanwhile, and draws the icon.
func (w *Window) begin() {
	w.engine.Use(w.wishes)
	w.win.SetIcon(fyne.NewStaticResource("icon.svg", w.o.Icon))
	w.askInterfaces()
	w.recall()
	if w.o.ScanNow {
		w.scan()
	}
}

// Run shows the window and returns when it is closed and its scan has ended.
func (w *Window) Run() {
	w.app.Lifecycle().SetOnStarted(w.begin)
	w.win.ShowAndRun()
	w.over.Store(true)
	w.end()
	w.running.Wait()
	if w.practice != nil {
		if err := w.practice.Close(); err != nil {
			fyne.LogError("close the practice house", err)
		}
	}
}

// end ends everything that runs.
func (w *Window) end() {
	if w.cancel != nil {
		w.cancel()
	}
	for _, cancel := range w.ends {
		cancel()
	}
}

// close remembers the size and ends the scan.
func (w *Window) close() {
	size := w.win.Canvas().Size()
	w.app.Preferences().SetFloat(prefWidth, float64(size.Width))
	w.app.Preferences().SetFloat(prefHeight, float64(size.Height))
	w.end()
	w.win.Close()
}

// text and count are the window's words.
func (w *Window) text(key string, args ...any) string { return w.printer.Load().Text(key, args...) }
func (w *Window) count(key string, n int, args ...any) string {
	return w.printer.Load().N(key, n, args...)
}

// speak sets the language, also of Fyne's own few words: those follow the system's
// locale and cannot be told otherwise, so the chosen language is put in its place.
func (w *Window) speak(l i18n.Language) {
	w.printer.Store(i18n.New(l))
	if words := i18n.FyneWords(l); words != nil {
		if err := lang.AddTranslationsForLocale(words, lang.SystemLocale()); err != nil {
			fyne.LogError("translate Fyne's words", err)
		}
	}
}

// setLanguage changes the language at once, also during a scan.
func (w *Window) setLanguage(l i18n.Language) {
	if w.printer.Load().Language() == l {
		return
	}
	w.app.Preferences().SetString(prefLanguage, string(l))
	w.speak(l)
	w.reword()
	w.build()
}

// reword says what is known in the language now in use.
func (w *Window) reword() {
	m := &w.model
	switch {
	case m.state == stateNone:
	case m.result != nil:
		m.reword(compose(w.printer.Load(), *m.result, m.typed))
	default:
		m.reword(composeSnapshot(w.printer.Load(), m.snapshot, w.o.Today()))
	}
}

// setLook changes the colours at once.
func (w *Window) setLook(l look) {
	if l != w.look {
		w.look = l
		w.app.Preferences().SetString(prefLook, string(l))
		w.dressUp()
	}
}

// setTextSize changes the size of all text at once.
func (w *Window) setTextSize(k float32) {
	if k != w.textSize {
		w.textSize = k
		w.app.Preferences().SetFloat(prefText, float64(k))
		w.dressUp()
	}
}

func (w *Window) dressUp() {
	w.app.Settings().SetTheme(newDress(w.look, w.textSize))
	w.build()
}

// askInterfaces reads this computer's interfaces away from the UI goroutine.
func (w *Window) askInterfaces() {
	engine := w.engine
	w.running.Go(func() {
		found := engine.Interfaces()
		w.door(func() {
			if engine != w.engine {
				return
			}
			w.interfaces, w.asked = found, true
			w.showNetwork()
			if w.model.screen == screenSettings {
				w.build()
			}
		})
	})
}

// scan starts a scan on a goroutine of its own; its snapshots come back through the
// door, at most one waiting there.
func (w *Window) scan() {
	if !w.model.canScan() || w.model.screen == screenFirst {
		return
	}
	w.model.start()
	w.problemsOpen, w.trouble = false, nil
	ctx, cancel := context.WithCancel(context.Background())
	w.cancel = cancel
	w.build()
	engine, chosen, today, typed := w.engine, w.chosen, w.o.Today(), w.model.typed
	over := make(chan struct{})
	w.scanned = over
	type step struct {
		snapshot scan.Snapshot
		view     view
	}
	show := latest(w.door, func(s step) {
		if engine != w.engine {
			return
		}
		if s.view.language != w.printer.Load().Language() {
			s.view = composeSnapshot(w.printer.Load(), s.snapshot, today)
		}
		w.model.progress(s.snapshot, s.view)
		w.showProgress()
	})
	w.running.Go(func() {
		defer close(over)
		defer cancel()
		result, err := engine.Scan(ctx, chosen, func(s scan.Snapshot) {
			show(step{s, composeSnapshot(w.printer.Load(), s, today)})
		})
		failed := err != nil
		if failed {
			result.Problems = append(slices.Clone(result.Problems), asProblem(err))
		}
		v := compose(w.printer.Load(), result, typed)
		w.door(func() {
			if engine != w.engine {
				return
			}
			if v.language != w.printer.Load().Language() {
				v = compose(w.printer.Load(), result, typed)
			}
			w.model.finish(result, v, failed)
			w.showEnd()
			if failed {
				w.recall()
			} else {
				w.remember(result)
			}
		})
	})
}

// asProblem puts the error of a scan that could not start among the problems; its
// words are chosen by code, the error stands in the small print.
func asProblem(err error) scan.Problem {
	var p interface{ Problem() scan.Problem }
	if errors.As(err, &p) {
		return p.Problem()
	}
	return scan.Problem{Source: "scan", Code: "general", Detail: err.Error()}
}

// stop ends the scan; what was found stays.
func (w *Window) stop() {
	if w.cancel == nil || !w.model.canStop() {
		return
	}
	w.model.stop()
	w.cancel()
	w.top.Objects = []fyne.CanvasObject{w.topBar()}
	w.top.Refresh()
	w.showProgress()
}

// openURL opens a web page in the browser. Callers pass sources from the catalogue
// or a page that model.ownPage let through.
func (w *Window) openURL(u *url.URL) {
	if _, ok := webAddress(u.String()); !ok {
		return
	}
	if err := w.app.OpenURL(u); err != nil {
		w.app.Clipboard().SetContent(u.String())
		w.say(w.text("window.no_browser"), u.String())
	}
}

// openFile opens a file that the window itself wrote, in the program the system has for it.
func (w *Window) openFile(path string) {
	u := &url.URL{Scheme: "file", Path: filepath.ToSlash(path)}
	if !strings.HasPrefix(u.Path, "/") {
		u.Path = "/" + u.Path // C:/...
	}
	if err := w.app.OpenURL(u); err != nil {
		w.app.Clipboard().SetContent(path)
		w.say(w.text("paper.no_program"), path)
	}
}

// openPage opens a device's own page.
func (w *Window) openPage(id string) {
	if u, ok := w.model.ownPage(id); ok {
		w.openURL(u)
	}
}

// say shows a sentence that must be read before going on.
func (w *Window) say(title, text string) {
	message := prose(text)
	d := dialog.NewCustom(title, w.text("window.close"), message, w.win)
	d.Resize(fyne.NewSize(min(480, w.win.Canvas().Size().Width*0.9), 200))
	d.Show()
}

// tappedTwice tells whether a tap on a row is the second in a short time.
func (w *Window) tappedTwice(id string) bool {
	now := time.Now()
	twice := id == w.lastTapped && now.Sub(w.lastTap) < doubleTap
	w.lastTap, w.lastTapped = now, id
	return twice
}

// focus gives the keyboard to a widget.
func (w *Window) focus(f fyne.Focusable) {
	if w.win.Canvas().Focused() != f {
		w.win.Canvas().Focus(f)
	}
}

// show goes to another screen; from a page, Back leads where it was opened.
func (w *Window) show(s screen) {
	if s == w.model.screen {
		return
	}
	w.model.visit(s)
	if s == screenSettings || s == screenHome {
		w.askInterfaces()
	}
	w.build()
}

// build makes the window's content anew from the model.
func (w *Window) build() {
	if w.building {
		return
	}
	w.building = true
	defer func() { w.building = false }()
	var offset fyne.Position // where the list was; it should not jump because colours change
	onList := false
	if w.results != nil {
		offset = w.results.list.scroll.Offset
		onList = w.results.list.focused
	}
	var read fyne.Position // how far a page was read; it stays there when a choice on it is made
	if w.scroller != nil && w.built == w.model.screen {
		read = w.scroller.Offset
	}
	w.built = w.model.screen
	w.results, w.network, w.scroller = nil, nil, nil
	var content fyne.CanvasObject
	switch w.model.screen {
	case screenHome:
		content = w.homeScreen()
	case screenResults:
		content = w.resultsScreen()
	case screenLabel:
		content = w.labelPage()
	case screenSettings:
		content = w.settingsPage()
	case screenSends:
		content = w.sendsPage()
	case screenAbout:
		content = w.aboutPage()
	case screenHelp:
		content = w.helpPage()
	case screenFirst:
		content = w.firstPage()
	case screenDoctor:
		content = w.doctorPage()
	case screenReport:
		content = w.reportPage()
	case screenCatalogue:
		content = w.cataloguePage()
	case screenHorizon:
		content = w.horizonPage()
	}
	line := canvas.NewRectangle(colour(colourEdge))
	line.SetMinSize(fyne.NewSize(0, 1))
	w.top = container.NewStack(w.topBar())
	head := stack(0, w.top, line)
	if w.practice != nil {
		head.Add(inset(gap/2, 0, gap, gap, w.banner()))
	}
	w.win.SetContent(container.New(anySize{}, above(head, content)))
	if w.scroller != nil {
		w.scroller.Refresh() // its content knows its height now
		w.scroller.ScrollToOffset(read)
	}
	switch w.model.screen {
	case screenLabel:
		w.focus(w.label.entry)
	case screenCatalogue:
		w.focus(w.shelf.entry)
	}
	if w.results != nil {
		w.results.list.scroll.ScrollToOffset(offset)
		w.results.list.draw()
		if onList {
			w.focus(w.results.list)
		}
	}
}

// showEnd brings the results screen from scanning to done, where it stands.
func (w *Window) showEnd() {
	w.top.Objects = []fyne.CanvasObject{w.topBar()}
	w.top.Refresh()
	if w.results != nil {
		w.results.foot.Objects = []fyne.CanvasObject{w.footer()}
		w.results.foot.Refresh()
	}
	w.showProgress()
}

// topBar has the name, and what is reachable from everywhere.
func (w *Window) topBar() fyne.CanvasObject {
	name := canvas.NewText("Houdbaar", colour(theme.ColorNameForeground))
	name.TextSize = size(theme.SizeNameSubHeadingText)
	name.TextStyle.Bold = true
	brand := container.NewHBox(picture(fyne.NewStaticResource("icon.svg", w.o.Icon), name.TextSize*1.5), container.NewCenter(name))
	other := i18n.Dutch
	if w.printer.Load().Language() == i18n.Dutch {
		other = i18n.English
	}
	buttons := func(words bool) fyne.CanvasObject {
		word := func(key string) string {
			if words {
				return w.text(key)
			}
			return ""
		}
		row := container.New(layout.NewCustomPaddedHBoxLayout(gap))
		switch {
		case w.model.screen == screenHome, w.model.screen == screenFirst:
		case w.model.screen != screenResults && w.model.state != stateNone:
			row.Add(w.named(w.press(pressPlain, "back", word("window.results"), func() { w.show(screenResults) }), "window.results"))
		case w.model.screen != screenResults:
			row.Add(w.named(w.press(pressPlain, "back", word("window.home"), func() { w.show(screenHome) }), "window.home"))
		}
		if w.model.screen == screenResults {
			if w.model.running() {
				stop := w.named(w.press(pressPrimary, "stop", word("window.stop"), w.stop), "window.stop")
				if !w.model.canStop() {
					stop.Disable()
				}
				row.Add(stop)
			} else {
				row.Add(w.named(w.press(pressPrimary, "scan", word("window.scan_again"), w.scan), "window.scan_again"))
				if w.model.result != nil && w.model.state != stateFailed {
					row.Add(w.named(w.press(pressPlain, "report", word("window.report"), w.startReport), "window.report"))
				}
			}
		}
		if w.model.screen != screenLabel && w.model.screen != screenFirst {
			row.Add(w.named(w.press(pressQuiet, "label", word("window.label"), w.typeLabel), "window.label"))
		}
		tongue := w.press(pressQuiet, "language", other.Name(), func() { w.setLanguage(other) })
		row.Add(tongue)
		var menu *press
		menu = w.named(w.press(pressQuiet, "menu", "", func() { w.showMenu(menu) }), "window.menu")
		row.Add(menu)
		return row
	}
	return inset(gap, gap, 2*gap, gap, container.New(fits{}, brand, buttons(true), buttons(false)))
}

// named gives a button that may stand without a word its name for screen readers.
func (w *Window) named(b *press, key string) *press {
	b.spoken = w.text(key)
	return b
}

func (w *Window) showMenu(below fyne.CanvasObject) {
	entry := func(key string, s screen) *fyne.MenuItem {
		return fyne.NewMenuItem(w.text(key), func() { w.show(s) })
	}
	menu := fyne.NewMenu("",
		entry("window.settings", screenSettings),
		entry("window.horizon", screenHorizon),
		entry("window.catalogue", screenCatalogue),
		entry("window.checkup", screenDoctor))
	if w.model.result != nil && !w.model.running() {
		menu.Items = append(menu.Items, fyne.NewMenuItem(w.text("window.report"), w.startReport))
	}
	switch {
	case w.practice != nil:
		menu.Items = append(menu.Items, fyne.NewMenuItem(w.text("practice.leave"), w.leavePractice))
	case w.o.Practice != nil && !w.model.running():
		menu.Items = append(menu.Items, fyne.NewMenuItem(w.text("window.practice"), w.enterPractice))
	}
	menu.Items = append(menu.Items, fyne.NewMenuItemSeparator(),
		entry("window.sends", screenSends),
		entry("window.help", screenHelp),
		entry("window.about", screenAbout))
	pop := widget.NewPopUpMenu(menu, w.win.Canvas())
	at := w.app.Driver().AbsolutePositionForObject(below)
	pop.ShowAtPosition(fyne.NewPos(at.X+below.Size().Width-pop.MinSize().Width, at.Y+below.Size().Height+4))
}

// A shortcut is a key that works whatever has the keyboard.
type shortcut struct {
	on desktop.CustomShortcut
	do func()
}

// shortcuts are all there are; help names them.
func (w *Window) shortcuts() []shortcut {
	control := func(k fyne.KeyName) desktop.CustomShortcut {
		return desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault}
	}
	return []shortcut{{control(fyne.KeyR), w.scan}, {control(fyne.KeyF), w.startFind}, {control(fyne.KeyP), w.startReport}}
}

// typedKey handles the keys that a focused widget has no use for.
func (w *Window) typedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape:
		w.escape()
	case fyne.KeyF1:
		w.show(screenHelp)
	case fyne.KeyLeft:
		if w.results != nil && w.results.left.Visible() {
			w.focus(w.results.list)
		}
	case fyne.KeyDown, fyne.KeyUp:
		if w.results != nil && w.results.left.Visible() && w.win.Canvas().Focused() == nil {
			w.focus(w.results.list)
			return
		}
		w.turn(e.Name)
	case fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyHome, fyne.KeyEnd:
		w.turn(e.Name)
	}
}

// turn scrolls what is read on this screen.
func (w *Window) turn(key fyne.KeyName) {
	s := w.scroller
	if s == nil {
		return
	}
	line, page, all := 3*size(theme.SizeNameText), s.Size().Height*0.9, s.Content.MinSize().Height
	by := map[fyne.KeyName]float32{fyne.KeyDown: line, fyne.KeyUp: -line, fyne.KeyPageDown: page, fyne.KeyPageUp: -page, fyne.KeyHome: -all, fyne.KeyEnd: all}[key]
	s.ScrollToOffset(fyne.NewPos(0, s.Offset.Y+by))
}

// reveal scrolls what got the keyboard into view.
func (w *Window) reveal(o fyne.CanvasObject) {
	s := w.scroller
	if s == nil || !below(s.Content, o) {
		return
	}
	at := w.app.Driver().AbsolutePositionForObject(o).Y - w.app.Driver().AbsolutePositionForObject(s).Y
	switch {
	case at < 0:
		s.ScrollToOffset(fyne.NewPos(0, s.Offset.Y+at-2*gap))
	case at+o.Size().Height > s.Size().Height:
		s.ScrollToOffset(fyne.NewPos(0, s.Offset.Y+at+o.Size().Height-s.Size().Height+2*gap))
	}
}

// refocus gives the keyboard to the button with a text, after it was drawn anew.
func (w *Window) refocus(text string) {
	find(w.win.Content(), func(o fyne.CanvasObject) bool {
		b, ok := o.(*press)
		if ok = ok && b.text == text; ok {
			w.focus(b)
		}
		return ok
	})
}

// below tells whether o stands somewhere below root.
func below(root, o fyne.CanvasObject) bool {
	return find(root, func(one fyne.CanvasObject) bool { return one == o })
}

// find looks through containers and scrollers for an object.
func find(root fyne.CanvasObject, match func(fyne.CanvasObject) bool) bool {
	if match(root) {
		return true
	}
	switch root := root.(type) {
	case *fyne.Container:
		return slices.ContainsFunc(root.Objects, func(o fyne.CanvasObject) bool { return find(o, match) })
	case *container.Scroll:
		return find(root.Content, match)
	}
	return false
}

// escape goes one step back: out of a page, out of a device, out of the filter, and
// only then it stops a scan.
func (w *Window) escape() {
	m := &w.model
	switch {
	case m.screen == screenFirst:
		w.closeFirst()
	case m.screen != screenResults && m.screen != screenHome:
		w.back()
	case m.screen == screenHome:
	case m.reading && w.results != nil && w.results.narrow:
		w.closeDetail()
	case m.filter != "":
		w.endFind()
	case m.canStop():
		w.stop()
	}
}

func (w *Window) back() {
	w.model.leave()
	w.build()
}

// anySize lets the window be smaller than its content would like: what does not fit
// scrolls or is cut by its own layout, and the screen is never too small to open it.
type anySize struct{}

func (anySize) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
}
func (anySize) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(480, 360) }

// fits shows its first object left and, right, its second or, where that is too
// wide, its third.
type fits struct{}

func (fits) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left, full, brief := o[0], o[1], o[2]
	left.Resize(fyne.NewSize(left.MinSize().Width, size.Height))
	left.Move(fyne.NewPos(0, 0))
	use, hide := full, brief
	if left.MinSize().Width+2*gap+full.MinSize().Width > size.Width {
		use, hide = brief, full
	}
	hide.Hide()
	use.Show()
	least := use.MinSize()
	use.Resize(least)
	use.Move(fyne.NewPos(size.Width-least.Width, (size.Height-least.Height)/2))
}
func (fits) MinSize(o []fyne.CanvasObject) fyne.Size {
	least := fyne.NewSize(o[0].MinSize().Width+o[2].MinSize().Width, 0)
	for _, one := range o {
		least.Height = max(least.Height, one.MinSize().Height)
	}
	return least
}

// A fitKey is one question to fit.
type fitKey struct {
	text  string
	width int
	size  float32
	bold  bool
}

// fit cuts text to a width, with an ellipsis where something was left out.
func (w *Window) fit(text string, width, textSize float32, bold bool) string {
	key := fitKey{text, int(width), textSize, bold}
	if done, ok := w.fits[key]; ok {
		return done
	}
	if len(w.fits) > 4000 {
		clear(w.fits)
	}
	style := fyne.TextStyle{Bold: bold}
	wide := func(s string) bool { return fyne.MeasureText(s, textSize, style).Width > width }
	done := shown(text, maxShown)
	if wide(done) {
		runes := []rune(done)
		low, high := 0, len(runes) // runes[:low] fits, runes[:high] does not
		for high-low > 1 {
			if mid := (low + high) / 2; wide(string(runes[:mid]) + "…") {
				high = mid
			} else {
				low = mid
			}
		}
		done = string(runes[:low]) + "…"
	}
	w.fits[key] = done
	return done
}
