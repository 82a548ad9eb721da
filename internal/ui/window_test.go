package ui

import (
	"errors"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/test"

	"houdbaar/internal/history"
	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

func TestFromTheFirstScreenToAVerdict(t *testing.T) {
	s := open(t, &storyEngine{findings: inventedHome()}, i18n.English, wide)
	s.until("the network's name", func() bool { return s.reads("wlp3s0, 192.168.178.20/24") })
	s.wantWords("Are your router and cameras still getting updates?", "What is found stays on this computer.")
	test.Tap(s.button("Scan my network"))
	if s.model.state != stateScanning {
		t.Fatal("the button started no scan")
	}
	s.until("the end of the scan", s.ended)
	s.wantWords("Replace 2 devices.", "Replace this router", "D-Link stopped security updates on 1 May 2018.",
		"DIR-860L end of support", "D-Link · read on 12 November 2026", "What you can do tonight")
	if s.reads("OfficeJet") {
		t.Error("other devices are not folded away")
	}
	test.Tap(s.row("invented-23"))
	s.wantWords("Hal (DCS-930L)", "Replace this camera")
}

func TestStopKeepsWhatWasFound(t *testing.T) {
	s := open(t, &storyEngine{findings: inventedHome()[:4], hold: true}, i18n.English, wide)
	s.scan()
	s.until("four devices", func() bool { return len(s.model.findings()) == 4 })
	s.wantWords("Looking for the devices on your network.", "4 found")
	test.Tap(s.button("Stop"))
	s.wantWords("Stopping. What was found is kept.")
	if !s.button("Stop").Disabled() {
		t.Error("Stop can be pressed twice")
	}
	s.until("the end", s.ended)
	if s.model.state != stateStopped || len(s.model.findings()) != 4 {
		t.Errorf("state %d with %d devices, want stopped with 4", s.model.state, len(s.model.findings()))
	}
	s.wantWords("Scan again", "D-Link DIR-860L")
}

func TestTheLanguageChangesDuringAScan(t *testing.T) {
	s := open(t, &storyEngine{findings: inventedHome()[:4], hold: true}, i18n.English, wide)
	s.scan()
	s.until("four devices", func() bool { return len(s.model.findings()) == 4 })
	s.model.choose("invented-1")
	test.Tap(s.button("Nederlands"))
	s.wantWords("We zoeken de apparaten op uw netwerk.", "Vervang deze router", "Stop")
	if s.reads("Looking for") {
		t.Error("English is left on the screen")
	}
	s.stop()
	s.until("the end", s.ended)
	s.wantWords("Opnieuw scannen")
	test.Tap(s.button("English"))
	s.wantWords("Scan again", "Replace this router")
	if got := s.app.Preferences().String(prefLanguage); got != "en" {
		t.Errorf("kept language %q, want en", got)
	}
}

func TestFynesOwnWordsFollowTheLanguage(t *testing.T) {
	s := open(t, &storyEngine{}, i18n.Dutch, wide)
	if got := lang.L("Cancel"); got != "Annuleren" {
		t.Errorf("Cancel in Dutch is %q", got)
	}
	s.setLanguage(i18n.English)
	if got := lang.L("Cancel"); got != "Cancel" {
		t.Errorf("Cancel in English is %q", got)
	}
}

func TestInANarrowWindowADeviceCoversTheList(t *testing.T) {
	s := open(t, &storyEngine{findings: inventedHome()}, i18n.English, narrow).scanned()
	if s.reads("Replace this router") || !s.reads("Find a device") && !s.results.left.Visible() {
		t.Error("the list is not what a narrow window opens with")
	}
	test.Tap(s.row("invented-1"))
	s.wantWords("Replace this router")
	if s.results.left.Visible() {
		t.Error("list and device are both on a narrow screen")
	}
	test.Tap(s.button("All devices"))
	if !s.results.left.Visible() || s.results.right.Visible() {
		t.Error("Back does not lead to the list")
	}
	test.Tap(s.row("invented-1"))
	s.typedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if !s.results.left.Visible() {
		t.Error("Escape does not lead to the list")
	}
	s.win.Resize(wide)
	if !s.results.left.Visible() || !s.results.right.Visible() {
		t.Error("a wide window does not show both")
	}
}

func TestTheKeyboardDoesIt(t *testing.T) {
	s := open(t, &storyEngine{findings: inventedHome()}, i18n.English, wide)
	c := s.win.Canvas()
	s.shortcuts()[fyne.KeyR]()
	s.until("a scan by Ctrl+R", s.ended)
	s.key(fyne.KeyDown) // gives the list the keyboard
	for _, want := range []struct {
		key fyne.KeyName
		id  string
	}{
		{fyne.KeyDown, "invented-23"},
		{fyne.KeyDown, "invented-31"}, // over a heading
		{fyne.KeyUp, "invented-23"},
		{fyne.KeyUp, "invented-1"},
		{fyne.KeyUp, "invented-1"}, // there is nothing above
	} {
		s.key(want.key)
		if s.model.selected != want.id {
			t.Fatalf("after %s the selection is %q, want %q", want.key, s.model.selected, want.id)
		}
	}
	s.key(fyne.KeyPageDown)
	if i := s.results.list.index(s.model.selected); i < 4 {
		t.Errorf("Page Down leads to item %d", i)
	}
	if s.key(fyne.KeyHome); s.model.selected != "invented-1" {
		t.Errorf("Home leads to %q", s.model.selected)
	}
	s.key(fyne.KeyEnd)
	if s.onFold != "group:other_device" {
		t.Errorf("End leads to %q, want the fold of the other devices", s.onFold)
	}
	s.key(fyne.KeyReturn)
	if !s.model.open[lifecycle.OtherDevice] {
		t.Error("Enter does not open the fold")
	}
	s.startFind()
	if c.Focused() != fyne.Focusable(s.results.find) {
		t.Fatalf("Ctrl+F gives the keyboard to %T", c.Focused())
	}
	test.Type(s.results.find, "hal")
	if got := keys(s.model.items); !slices.Equal(got, []string{"group:replace_now", "invented-23"}) {
		t.Errorf("typing hal shows %v", got)
	}
	s.key(fyne.KeyEscape)
	if s.model.filter != "" || c.Focused() != fyne.Focusable(s.results.list) {
		t.Errorf("Escape leaves filter %q and the keyboard with %T", s.model.filter, c.Focused())
	}
	s.key(fyne.KeyF1)
	s.wantWords("What the signs mean")
	s.typedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if s.model.screen != screenResults {
		t.Errorf("Escape from help leads to screen %d", s.model.screen)
	}
}

// TestTheKeyboardReadsADevice: what does not fit must be reachable without a mouse.
func TestTheKeyboardReadsADevice(t *testing.T) {
	s := open(t, &storyEngine{findings: inventedHome()}, i18n.English, fyne.NewSize(1024, 500)).scanned()
	c := s.win.Canvas()
	s.focus(s.results.list)
	s.results.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	first, ok := c.Focused().(*press)
	if !ok || first.AccessibilityLabel() != "Copy: Copy model" && first.AccessibilityLabel() != "Copy model" {
		t.Fatalf("Right leads to %T", c.Focused())
	}
	first.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	if s.results.right.Offset.Y == 0 {
		t.Error("Page Down does not scroll the device")
	}
	first.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	for range 5 { // to the fold at the bottom
		c.FocusNext()
	}
	why, ok := c.Focused().(*press)
	if !ok || why.AccessibilityLabel() != "Why do we say this?" {
		t.Fatalf("Tab leads to %T %v", c.Focused(), c.Focused())
	}
	y := s.app.Driver().AbsolutePositionForObject(why).Y
	if bottom := s.app.Driver().AbsolutePositionForObject(s.results.right).Y + s.results.right.Size().Height; y < 0 || y+why.Size().Height > bottom {
		t.Errorf("what has the keyboard stands at %v, out of sight", y)
	}
	why.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	s.wantWords("The rule that decided")
	if again, ok := c.Focused().(*press); !ok || again == why || again.AccessibilityLabel() != "Why do we say this?" {
		t.Errorf("after unfolding the keyboard is with %T", c.Focused())
	}
	why.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if c.Focused() != fyne.Focusable(s.results.list) {
		t.Errorf("Left leads to %T", c.Focused())
	}
}

// TestAScreenReaderHearsEverything: all our own widgets say what they are.
func TestAScreenReaderHearsEverything(t *testing.T) {
	s := open(t, &storyEngine{findings: inventedHome()}, i18n.English, wide)
	check := func(where string) {
		t.Helper()
		heard := 0
		walk(s.win.Content(), func(o fyne.CanvasObject) {
			a, ok := o.(fyne.Accessible)
			if _, can := o.(fyne.Tappable); can && !ok && strings.HasPrefix(fmt.Sprintf("%T", o), "*ui.") { // Fyne's own have no label yet
				t.Errorf("%s: %T can be tapped and has no label", where, o)
			}
			if ok {
				heard++
				if _, isText := o.(*words); !isText && strings.TrimSpace(a.AccessibilityLabel()) == "" {
					t.Errorf("%s: %T is silent", where, o)
				}
			}
		})
		if heard < 5 {
			t.Errorf("%s: only %d things can be heard", where, heard)
		}
	}
	check("home")
	for _, page := range append(slices.Clone(pages), screenVisits, screenVisit, screenChanges) {
		s.show(page)
		check(fmt.Sprint("page ", page))
	}
	s.scanned()
	check("results")
}

func TestLinksGoOnlyWhereTheyMay(t *testing.T) {
	s := open(t, &storyEngine{findings: inventedHome()}, i18n.English, wide).scanned()
	links := all[*link](s.win.Content())
	if len(links) != 2 {
		t.Fatalf("%d links, want the campaign's and the verdict's source", len(links))
	}
	for _, l := range links {
		l.OnTapped()
	}
	test.Tap(s.button("Open its own page"))
	want := []string{"https://support.example.com/products/warning-about-home-routers", "https://support.example.com/products/dir-860l-end-of-support", "http://192.168.178.1/"}
	if !slices.Equal(s.opened, want) {
		t.Errorf("opened %q, want %q", s.opened, want)
	}
	for _, bad := range []string{"file:///etc/passwd", "javascript:alert(1)", "ftp://x/"} {
		u, _ := url.Parse(bad)
		s.openURL(u)
		if _, ok := s.link("text", bad).(*words); !ok {
			t.Errorf("%s became a link", bad)
		}
	}
	if len(s.opened) != len(want) {
		t.Errorf("also opened %q", s.opened[len(want):])
	}
}

func TestADoubleTapOpensOnlyADevicesOwnPage(t *testing.T) {
	s := open(t, &storyEngine{findings: append(inventedHome()[:2], hostileHome()[0])}, i18n.English, wide).scanned()
	test.Tap(s.row("invented-1"))
	test.Tap(s.row("invented-23"))
	test.Tap(s.row("invented-100"))
	test.Tap(s.row("invented-100")) // its page is on another address
	if len(s.opened) > 0 {
		t.Fatalf("opened %q", s.opened)
	}
	test.Tap(s.row("invented-1"))
	test.Tap(s.row("invented-1"))
	if want := []string{"http://192.168.178.1/"}; !slices.Equal(s.opened, want) {
		t.Errorf("opened %q, want %q", s.opened, want)
	}
}

func TestWithoutABrowserTheAddressIsCopied(t *testing.T) {
	s := open(t, &storyEngine{findings: inventedHome()}, i18n.Dutch, wide).scanned()
	s.app.(*stageApp).fail = errors.New("no browser (invented)")
	s.openPage("invented-1")
	if got := s.app.Clipboard().Content(); got != "http://192.168.178.1/" {
		t.Errorf("clipboard %q", got)
	}
	if s.win.Canvas().Overlays().Top() == nil {
		t.Error("nothing is said")
	}
}

func TestCopyButtonsCopyAndSaySo(t *testing.T) {
	s := open(t, &storyEngine{findings: inventedHome()}, i18n.English, wide).scanned()
	b := s.button("Copy model")
	test.Tap(b)
	if got := s.app.Clipboard().Content(); got != "D-Link DIR-860L" || b.text != "Copied" {
		t.Errorf("clipboard %q, button %q", got, b.text)
	}
	test.Tap(s.button("192.168.178.1"))
	if got := s.app.Clipboard().Content(); got != "192.168.178.1" {
		t.Errorf("clipboard %q", got)
	}
}

func TestHostileNamesAreOnlyText(t *testing.T) {
	for _, size := range []fyne.Size{wide, narrow} {
		s := open(t, &storyEngine{findings: hostileHome()}, i18n.English, size).scanned()
		s.unfolded["why"] = true
		for _, f := range hostileHome() {
			s.openDetail(f.Device.ID)
			for _, text := range s.words() {
				if strings.ContainsAny(text, "\u202e\u202c\u2066\u2069\x00\x1b") {
					t.Errorf("%s: %q reaches the screen", f.Device.ID, text)
				}
				if n := len([]rune(text)); n > 4*maxShown+1 {
					t.Errorf("%s: a text of %d characters reaches the screen", f.Device.ID, n)
				}
			}
			if _, ok := s.model.ownPage(f.Device.ID); ok {
				t.Errorf("%s: a page on another address may be opened", f.Device.ID)
			}
			if len(all[*link](s.results.right)) > 0 {
				t.Errorf("%s: its text became a link", f.Device.ID)
			}
			if least := s.results.detail.MinSize().Width; least > size.Width {
				t.Errorf("%s: its text makes the page %v wide in a window of %v", f.Device.ID, least, size.Width)
			}
		}
	}
}

// TestTheFirstWindowFitsASmallScreen of 1024 by 768, with the bars of the system.
func TestTheFirstWindowFitsASmallScreen(t *testing.T) {
	o := storyOptions(&storyEngine{}, t.TempDir())
	o.App, o.door = test.NewTempApp(t), func(f func()) { f() }
	w := New(o)
	t.Cleanup(w.win.Close)
	if size := w.win.Canvas().Size(); size.Width > 1024-16 || size.Height > 768-100 || size.Width < widePane {
		t.Errorf("it opens at %v", size)
	}
}

// TestTheKeyboardStaysOnTheButtonThatChangesTheLanguage: whose word is another then.
func TestTheKeyboardStaysOnTheButtonThatChangesTheLanguage(t *testing.T) {
	s := open(t, &storyEngine{}, i18n.English, wide)
	s.win.Canvas().Focus(s.button("Nederlands"))
	for _, word := range []string{"English", "Nederlands"} {
		s.key(fyne.KeyReturn)
		if b, ok := s.win.Canvas().Focused().(*press); !ok || b.text != word {
			t.Errorf("the keyboard is with %v, want %q", s.win.Canvas().Focused(), word)
		}
	}
}

// TestEnterOpensTheMarkedDevice: also before the list has the keyboard, on a narrow screen.
func TestEnterOpensTheMarkedDevice(t *testing.T) {
	s := open(t, &storyEngine{findings: inventedHome()}, i18n.English, narrow).scanned()
	s.win.Canvas().Unfocus()
	s.key(fyne.KeyReturn)
	s.wantWords("All devices", "Replace this router")
	s.key(fyne.KeyEscape)
	if !s.results.left.Visible() {
		t.Error("Escape does not lead back to the list")
	}
}

func TestAThousandDevicesStreamInWhileTheListScrolls(t *testing.T) {
	s := open(t, &storyEngine{findings: manyDevices(1000), stride: 25}, i18n.Dutch, wide)
	s.scan()
	for !s.ended() {
		(<-s.queue)()
		if s.results.list != nil {
			s.results.list.scroll.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -40)})
		}
	}
	list := s.results.list
	if len(s.model.findings()) != 1000 || len(list.rows)+len(list.spare) > 60 {
		t.Errorf("%d devices, %d rows made; want 1000 devices in the rows of one screen", len(s.model.findings()), len(list.rows)+len(list.spare))
	}
}

func TestARowUnderThePointerStaysWhereItIs(t *testing.T) {
	s := open(t, &storyEngine{findings: manyDevices(40)}, i18n.English, wide).scanned()
	list := s.results.list
	list.scroll.ScrollToOffset(fyne.NewPos(0, 400))
	list.draw()
	var under *row
	for _, one := range list.rows {
		if y := one.Position().Y - list.scroll.Offset.Y; one.item.kind == itemDevice && y > 100 && y < 300 {
			under = one
		}
	}
	under.MouseIn(nil)
	key, before := under.item.key, under.Position().Y-list.scroll.Offset.Y
	more := scan.Scan{On: storyDay, Findings: append(manyDevices(60), s.model.findings()...)}
	for i := range more.Findings[:60] {
		more.Findings[i].Device.ID += "-new"
	}
	s.model.reword(compose(i18n.New(i18n.English), more, nil))
	s.showProgress()
	after := list.rows[key].Position().Y - list.scroll.Offset.Y
	if math.Abs(float64(before-after)) > 0.5 {
		t.Errorf("the row under the pointer moved from %v to %v", before, after)
	}
}

func TestAFailedScanSaysSoWithWhatToDo(t *testing.T) {
	for _, l := range i18n.Languages {
		s := open(t, &storyEngine{fail: errors.New("invented"), problems: []scan.Problem{{Source: "ssdp", Code: "source_failed", Args: map[string]string{"source": "ssdp"}}}}, l, wide).scanned()
		s.wantWords(i18n.New(l).Text("window.failed"), "invented")
		if s.button(i18n.New(l).Text("window.scan_again")).Disabled() {
			t.Errorf("%s: a failed scan cannot be tried again", l)
		}
	}
}

// TestARouterThatDidNotSayWhatItIs: the way to its label stands where that is asked for.
func TestARouterThatDidNotSayWhatItIs(t *testing.T) {
	for _, l := range i18n.Languages {
		words := i18n.New(l).Text("window.router_label")
		s := open(t, &storyEngine{findings: inventedHome()}, l, wide).scanned()
		if s.reads(words) {
			t.Errorf("%s: the label is asked of a router that is known", l)
		}
		home := inventedHome()
		i := slices.IndexFunc(home, func(f scan.Finding) bool { return f.Device.Gateway })
		home[i].Identity.Model = ""
		s = open(t, &storyEngine{findings: home}, l, wide).scanned()
		test.Tap(s.button(words))
		if s.model.screen != screenLabel || s.label.device != home[i].Device.ID {
			t.Errorf("%s: it leads to screen %d, for %q", l, s.model.screen, s.label.device)
		}
		for _, grouped := range []bool{true, false} { // UPnP is off, or multicast does not come through
			s.checkup.health = &scan.Health{Interfaces: []scan.TestedInterface{{Interface: storyInterfaces[0], TestSent: 1, TestHeard: 1}}, Reached: true, Neighbours: 2, Grouped: grouped}
			s.show(screenDoctor)
			test.Tap(s.button(words))
			if s.model.screen != screenLabel {
				t.Errorf("%s: the test of the searching leads to screen %d", l, s.model.screen)
			}
		}
	}
}

func TestTheNetworkIsReadAnewByWhoComesBackToTheWindow(t *testing.T) {
	e := &storyEngine{offline: true}
	s := open(t, e, i18n.English, wide)
	s.until("that there is no network", func() bool { return s.reads("Network: no network") })
	e.offline = false
	s.comeBack()
	s.until("the network's name", func() bool { return s.reads("wlp3s0, 192.168.178.20/24") })
}

// TestWhatCouldNotBeKeptIsNotFoldedAway: it is no hindrance to the scan, and somebody on a
// visit must know before they leave.
func TestWhatCouldNotBeKeptIsNotFoldedAway(t *testing.T) {
	for _, l := range i18n.Languages {
		p := i18n.New(l)
		for name, e := range map[string]*storyEngine{"devices": {findings: inventedHome()}, "no device": {}} {
			e.book = history.New("", time.Now)
			s := open(t, e, l, wide).scanned()
			s.wantWords(p.Text("said.scan_not_kept") + " " + p.Text("history.nowhere"))
			if s.reads(p.N("window.problems", 1)) {
				t.Errorf("%s: %s: it is said to have hampered the scan", l, name)
			}
		}
	}
}

// TestOpenedProblemsTakeTheRoomTheyNeed, and leave room for the list.
func TestOpenedProblemsTakeTheRoomTheyNeed(t *testing.T) {
	height := func(n int) float32 {
		e := &storyEngine{findings: inventedHome()}
		for i := range n {
			e.problems = append(e.problems, scan.Problem{Source: "network", Code: "interface_missing", Args: map[string]string{"interface": fmt.Sprint("eth", i)}})
		}
		s := open(t, e, i18n.English, wide).scanned()
		s.button(s.count("window.problems", n)).Tapped(nil)
		s.layOut()
		return s.results.notes.Size().Height
	}
	one, two, many := height(1), height(2), height(20)
	if one >= two || two >= many || many > wide.Height/2 {
		t.Errorf("one problem takes %v, two %v, twenty %v", one, two, many)
	}
}

// TestALowWindowStillSaysThatTheCatalogueIsOld, and leaves its date and number to higher ones.
func TestALowWindowStillSaysThatTheCatalogueIsOld(t *testing.T) {
	p := i18n.New(i18n.English)
	for _, c := range []struct {
		size     fyne.Size
		old      bool
		all, age bool
	}{{wide, false, true, false}, {wide, true, true, true}, {fyne.NewSize(640, 480), false, false, false}, {fyne.NewSize(640, 480), true, false, true}} {
		s := open(t, &storyEngine{findings: inventedHome()}, i18n.English, c.size).scanned()
		if c.old {
			s.model.result.On = storyDay.AddDate(1, 0, 0)
		}
		s.showEnd()
		s.layOut()
		if all, age := s.reads("3,210 products"), s.reads(p.Text("text.catalogue_old")); all != c.all || age != c.age {
			t.Errorf("%v, old %v: all %v, age %v", c.size, c.old, all, age)
		}
	}
}

func TestTheWindowRemembersItsSize(t *testing.T) {
	s := open(t, &storyEngine{}, i18n.English, wide)
	s.win.Resize(fyne.NewSize(901, 702))
	s.closed = true
	s.close()
	p := s.app.Preferences()
	if p.Float(prefWidth) != 901 || p.Float(prefHeight) != 702 {
		t.Errorf("kept %v by %v, want 901 by 702", p.Float(prefWidth), p.Float(prefHeight))
	}
}

func TestSettingsApplyAtOnceAndAreKept(t *testing.T) {
	s := open(t, &storyEngine{findings: inventedHome()}, i18n.English, wide).scanned()
	s.show(screenSettings)
	s.until("the interfaces", func() bool { return s.reads("tun0") })
	before := size(sizeTitle)
	test.Tap(s.button("150%: off"))
	if got := size(sizeTitle); got != 1.5*before {
		t.Errorf("title is %v high after choosing 150%%, was %v", got, before)
	}
	test.Tap(s.button("Dark: off"))
	s.button("Dark: on").TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if s.model.screen == screenSettings {
		t.Error("Escape does nothing while a choice has the keyboard")
	}
	s.show(screenSettings)
	if got := colour(colourPanel); got != darkPalette[colourPanel] {
		t.Errorf("panel is %v after choosing Dark", got)
	}
	s.ticked("tun0").SetChecked(true)
	if !slices.Equal(s.chosen, []string{"wlp3s0", "tun0"}) {
		t.Errorf("chosen interfaces %v", s.chosen)
	}
	p := s.app.Preferences()
	if p.Float(prefText) != 1.5 || p.String(prefLook) != "dark" || !slices.Equal(p.StringList(prefInterfaces), s.chosen) {
		t.Errorf("kept: text %v, look %q, interfaces %v", p.Float(prefText), p.String(prefLook), p.StringList(prefInterfaces))
	}
	test.Tap(s.button("Let Houdbaar choose"))
	if s.chosen != nil {
		t.Errorf("chosen %v after leaving it to the program", s.chosen)
	}
}

func TestALabelGivesAVerdictWhileTyping(t *testing.T) {
	s := open(t, &storyEngine{}, i18n.English, wide)
	s.show(screenLabel)
	s.label.search("860")
	s.until("a proposal", func() bool { return s.reads("D-Link DIR-860L") })
	test.Tap(s.button("D-Link DIR-860L · A1, B1"))
	s.wantWords("Which hardware version is on the label?")
	test.Tap(s.button("A1"))
	s.until("a verdict", func() bool { return s.reads("Replace this router") })
	s.label.search("no such model")
	s.until("an honest answer", func() bool { return s.reads("We do not know this model.") })
}

// TestTheWayOnFromTheFirstPageIsInSight on a small screen with large text too.
func TestTheWayOnFromTheFirstPageIsInSight(t *testing.T) {
	for _, size := range []fyne.Size{wide, {Width: 640, Height: 480}} {
		s := open(t, &storyEngine{}, i18n.Dutch, size, func(o *Options) { o.TextSize = 1.5 })
		s.show(screenFirst)
		s.layOut()
		b := s.button("Aan de slag")
		if bottom := s.app.Driver().AbsolutePositionForObject(b).Y + b.Size().Height; bottom > size.Height {
			t.Errorf("in %v the button ends at %v", size, bottom)
		}
	}
}

// TestAFoldOpensWhereItIsRead: what it hides comes below it, and the page stands still.
func TestAFoldOpensWhereItIsRead(t *testing.T) {
	s := open(t, &storyEngine{findings: inventedHome()}, i18n.English, fyne.NewSize(1024, 640)).scanned()
	s.layOut()
	right := s.results.right
	right.ScrollToBottom()
	before := right.Offset.Y
	test.Tap(s.button("Why do we say this?"))
	if before == 0 || right.Offset.Y != before {
		t.Errorf("the page went from %v to %v", before, right.Offset.Y)
	}
	s.wantWords("What the device said")
}

// TestNobodyComesInOnceTheWindowCloses: Fyne would let them run beside it.
func TestNobodyComesInOnceTheWindowCloses(t *testing.T) {
	s := open(t, &storyEngine{findings: inventedHome()}, i18n.English, wide)
	s.settled()
	s.closed = true
	s.close()
	s.door(func() {})
	if n := len(s.queue); n > 0 {
		t.Errorf("%d wait at the door of a closed window", n)
	}
}
