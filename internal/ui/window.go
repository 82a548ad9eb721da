package ui

import (
	"cmp"
	"context"
	"image"
	"io/fs"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"

	"houdbaar/internal/history"
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
	prefPack       = "catalogue_address"
)

// preferences are all of these keys: what is erased with everything else.
var preferences = []string{prefLanguage, prefText, prefLook, prefInterfaces, prefWidth, prefHeight, prefQuiet, prefLeave, prefHorizon, prefFirst, prefPack}

// firstWidth and firstHeight are the window's size at its first start: on screens of 1024
// by 768 and 1366 by 768 its title bar and the system's bar fit too.
const firstWidth, firstHeight = 1000, 660

// Options are what the window is made of and started with.
type Options struct {
	App       fyne.App // nil makes the desktop app
	Engine    Engine
	Book      *history.Store
	Drawings  fs.FS  // kind-*.svg, verdict-*.svg, sign-*.svg
	Icon      []byte // SVG
	Version   string
	Questions []scan.Question          // everything that can be sent
	Licences  string                   // of all that is linked
	Practice  func() (Practice, error) // builds the practice house; nil = there is none
	Screens   func() []image.Point     // how large the screens are, as Fyne's loop runs; nil = not known

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
	drawings *drawings
	door     door
	printer  atomic.Pointer[i18n.Printer] // read by the scan's goroutine too

	*home          // the one on the screen
	waiting  *home // the own home, during practice or a visit
	entering bool  // the practice house is being built

	look     look
	textSize float32
	quiet    bool     // "Ask routers and cameras directly" is off
	months   int      // how far ahead an end of updates counts as near: one of horizons
	chosen   []string // interfaces a person chose, nil = the engine's choice
	keepDays int      // how long scans are kept, as last asked

	catalogue  catalogueSearch
	publishers []scan.Publisher // whose packs are taken
	delivery   delivery
	visits     visitList
	changes    changes
	paperwork  paperwork

	cancel  context.CancelFunc
	life    context.Context    // of everything else that runs
	die     context.CancelFunc // ends it
	running sync.WaitGroup
	over    atomic.Bool // the window was closed

	frame    *fyne.Container // all of the window
	top      *fyne.Container
	flags    *fyne.Container   // the banners
	scroller *container.Scroll // what the keyboard scrolls on this screen
	results  *results          // nil when another screen is shown
	network  *words
	dialogs  []dialog.Dialog // that stand over the screen, the upper one last

	unfolded   map[string]bool // by the name of the fold
	onFold     string          // the folding heading of the list the keyboard is on
	lastTap    time.Time
	lastTapped string
	variant    fyne.ThemeVariant
	built      screen // what build drew last
}

// New makes the window without showing it.
func New(o Options) *Window {
	w := &Window{o: o, app: o.App, home: &home{site: site{engine: o.Engine, book: o.Book, ref: history.Home}}, unfolded: map[string]bool{}}
	w.life, w.die = context.WithCancel(context.Background())
	w.door = w.openDoor(o.door)
	if w.app == nil {
		w.app = app.NewWithID(AppID)
	}
	w.takeSettings()
	w.app.Settings().SetTheme(newDress(w.look, w.textSize))
	w.variant = w.app.Settings().ThemeVariant()
	w.win = w.app.NewWindow("Houdbaar")
	w.drawings = &drawings{made: map[string]fyne.Resource{}, files: o.Drawings, scale: func() float32 { return max(1, w.win.Canvas().Scale()) }}
	w.win.SetMaster()
	w.win.SetPadded(false)
	prefs := w.app.Preferences()
	width, height := float32(prefs.FloatWithFallback(prefWidth, firstWidth)), float32(prefs.FloatWithFallback(prefHeight, firstHeight))
	w.win.Resize(fyne.NewSize(max(width, 640), max(height, 480)))
	w.listen()
	w.build()
	return w
}

// takeSettings takes what was given on the command line, else what was kept.
func (w *Window) takeSettings() {
	o, prefs := w.o, w.app.Preferences()
	if w.look = look(cmp.Or(o.Look, prefs.String(prefLook))); !slices.Contains(looks, w.look) {
		w.look = lookSystem
	}
	w.textSize = cmp.Or(o.TextSize, float32(prefs.Float(prefText)))
	w.textSize = min(max(w.textSize, textSizes[0]), textSizes[len(textSizes)-1])
	w.chosen = prefs.StringList(prefInterfaces)
	if len(o.Interfaces) > 0 {
		w.chosen = o.Interfaces
	}
	w.quiet, w.alone = prefs.Bool(prefQuiet), prefs.StringList(prefLeave)
	if w.months = prefs.Int(prefHorizon); !slices.Contains(horizons, w.months) {
		w.months = usualHorizon
	}
	if !prefs.Bool(prefFirst) && !o.ScanNow {
		w.model.screen = screenFirst
	}
	w.speak(i18n.Parse(cmp.Or(o.Language, prefs.String(prefLanguage), lang.SystemLocale().String())))
}

// listen hears the keys, the desktop's light and dark, and that the window is to close.
func (w *Window) listen() {
	w.win.SetCloseIntercept(w.close)
	w.app.Settings().AddListener(func(s fyne.Settings) {
		if v := s.ThemeVariant(); v != w.variant {
			w.variant = v
			w.build()
		}
	})
	for key, do := range w.shortcuts() {
		w.win.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}, func(fyne.Shortcut) { do() })
	}
	w.win.Canvas().SetOnTypedKey(w.typedKey)
}

// begin does what can wait until the first screen is drawn: it asks the engine, which
// opens meanwhile, and draws the icon.
func (w *Window) begin() {
	w.keepOnScreen()
	w.use()
	icon := fyne.NewStaticResource("icon.svg", w.o.Icon)
	w.app.SetIcon(icon)
	w.win.SetIcon(icon)
	w.askInterfaces()
	w.app.Lifecycle().SetOnEnteredForeground(w.comeBack)
	w.recall(nil)
	w.askVisits()
	if w.o.ScanNow {
		w.scan()
	}
}

// titleBar is about what desktops put over a window.
const titleBar = 40

// keepOnScreen makes a window smaller that fits on no screen: one that was left on a larger
// screen, or begins where everything is drawn larger.
func (w *Window) keepOnScreen() {
	if w.o.Screens == nil {
		return
	}
	scale, size := w.win.Canvas().Scale(), w.win.Canvas().Size()
	var most fyne.Size
	for _, s := range w.o.Screens() {
		room := fyne.NewSize(float32(s.X)/scale, float32(s.Y)/scale)
		if size.Width <= room.Width && size.Height <= room.Height {
			return
		}
		most = most.Max(room)
	}
	if most.IsZero() {
		return
	}
	if size.Height > most.Height {
		size.Height = most.Height - titleBar
	}
	w.win.Resize(fyne.NewSize(min(size.Width, most.Width), size.Height))
	w.win.CenterOnScreen()
}

// comeBack reads the networks anew for the screen that names them: who left the window may
// have joined another.
func (w *Window) comeBack() {
	if w.model.screen == screenHome {
		w.askInterfaces()
	}
}

// Run shows the window and returns when it is closed and its scan has ended.
func (w *Window) Run() {
	w.app.Lifecycle().SetOnStarted(w.begin)
	w.win.ShowAndRun()
	w.end()
	if w.practice != nil {
		w.pullDown(w.home)
	}
	w.running.Wait()
}

// end ends everything that runs. Nobody comes through the door any more, also where Fyne
// has not ended yet: once it has, it runs what it is given on the caller's goroutine.
func (w *Window) end() {
	w.over.Store(true)
	if w.cancel != nil {
		w.cancel()
	}
	w.die()
}

// close remembers the size and ends the scan.
func (w *Window) close() {
	w.leaveField()
	size := w.win.Canvas().Size()
	w.app.Preferences().SetFloat(prefWidth, float64(size.Width))
	w.app.Preferences().SetFloat(prefHeight, float64(size.Height))
	w.end()
	w.win.Close()
}
