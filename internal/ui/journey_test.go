package ui

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"houdbaar/internal/device"
	"houdbaar/internal/history"
	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

func TestTheFirstStartExplainsAndThenStaysAway(t *testing.T) {
	e := &storyEngine{}
	s := open(t, e, i18n.English, wide, func(o *Options) { o.App.Preferences().SetBool(prefFirst, false) })
	s.wantWords("What it does", "What it sends", "Whose network you may scan")
	s.scan()
	if s.model.running() {
		t.Fatal("a scan starts before anybody read what it sends")
	}
	ask := s.ticked("Ask routers and cameras directly")
	if !ask.Checked || e.wishes.Quiet {
		t.Error("direct questions are not on from the start")
	}
	ask.SetChecked(false)
	if !e.wishes.Quiet || !s.app.Preferences().Bool(prefQuiet) {
		t.Error("one click does not switch direct questions off")
	}
	test.Tap(s.button("Let’s start"))
	s.wantWords("Are your router and cameras still getting updates?")
	if !s.app.Preferences().Bool(prefFirst) {
		t.Error("it comes again at the next start")
	}
}

func TestACorrectionFromTheLabelStaysAfterARescan(t *testing.T) {
	e := &storyEngine{findings: inventedHome()}
	s := open(t, e, i18n.English, wide).scanned()
	if n := len(s.inBook(history.Home).Scans); n != 1 {
		t.Errorf("%d scans were kept, want 1", n)
	}
	s.openDetail("invented-31") // a model that is known
	s.wantWords("Is this wrong? Type what is on its label")
	s.openDetail("invented-60") // the camera that says nothing
	for _, l := range i18n.Languages {
		if p := i18n.New(l); !strings.Contains(p.Text("tonight.type.window"), p.Text("said.correct")) {
			t.Errorf("%s: the step names no button that is there: %q", l, p.Text("tonight.type.window"))
		}
	}
	test.Tap(s.button("Type what is on its label"))
	s.wantWords("This is the label of: Camera (192.168.178.60). Type the model.")
	s.label.search("860")
	s.settled()
	test.Tap(s.button("D-Link DIR-860L · A1, B1"))
	test.Tap(s.button("A1"))
	s.settled()
	test.Tap(s.button("That is it. Keep it."))
	s.settled()
	l, ok := s.model.line("invented-60")
	if !ok || l.Model != "D-Link DIR-860L" || s.model.screen != screenResults || s.model.selected != "invented-60" {
		t.Fatalf("line %+v, screen %d, selected %s", l.Title, s.model.screen, s.model.selected)
	}
	s.wantWords("You said what this is. That stays, also after a new scan.")

	test.Tap(s.button("Take that back"))
	s.settled()
	if s.reads("You said what this is") {
		t.Error("it cannot be taken back")
	}
}

// TestWhatPeopleSaidIsToldByTheNextRunToo, of the devices that a new scan knows again.
func TestWhatPeopleSaidIsToldByTheNextRunToo(t *testing.T) {
	e := &storyEngine{findings: keyed(inventedHome())}
	s := open(t, e, i18n.English, wide).scanned()
	camera := e.findings[1].Device
	must(s.book.Correct(t.Context(), history.Home, 1, camera, device.Identity{Vendor: "D-Link", Model: "DCS-932L", Kind: device.Camera}))
	must(s.book.Note(t.Context(), history.Home, 1, camera, "in the hall"))
	_, err := s.book.AddSticker(t.Context(), history.Home, "", device.Identity{Vendor: "D-Link", Model: "DIR-860L"})
	must(errors.Join(err, s.book.Close()))

	next := &storyEngine{findings: slices.Clone(e.findings), later: time.Hour, book: history.New(s.book.Path(), time.Now)}
	s = open(t, next, i18n.English, wide)
	s.settled()
	s.wantWords("Results") // a label is there before any scan
	s.scanned()
	s.wantWords("typed by you")
	s.openDetail(camera.ID)
	s.wantWords("D-Link DCS-932L", "You said what this is.", "Earlier scans", "21 November 2026, 00:00")
	if note := all[*field](s.results.right)[0].Text; note != "in the hall" {
		t.Errorf("the note is %q", note)
	}
}

func TestALabelOfASilentDeviceGoesToTheList(t *testing.T) {
	s := open(t, &storyEngine{}, i18n.English, wide)
	s.settled()
	test.Tap(s.button("Type what is on its label"))
	s.label.search("860")
	s.settled()
	test.Tap(s.button("D-Link DIR-860L · A1, B1"))
	test.Tap(s.button("A1"))
	s.settled()
	test.Tap(s.button("Put it in the list"))
	s.settled()
	s.wantWords("You typed 1 device from its label. Scan your network too, to see the rest.", "typed by you")
	s.scanned()
	s.wantWords("typed by you")
	s.openDetail("typed-1")
	test.Tap(s.button("Take it off the list"))
	s.settled()
	if s.reads("typed by you") {
		t.Error("the label is still in the list")
	}
}

func TestALabelThatJoinsAListIsSelected(t *testing.T) {
	s := open(t, &storyEngine{findings: inventedHome()}, i18n.English, wide).scanned()
	s.typeLabel()
	s.label.search("860")
	s.settled()
	test.Tap(s.button("D-Link DIR-860L · A1, B1"))
	test.Tap(s.button("A1"))
	s.settled()
	test.Tap(s.button("Put it in the list"))
	s.settled()
	if s.model.selected != "typed-1" || s.model.screen != screenResults {
		t.Errorf("%q is selected, on screen %d", s.model.selected, s.model.screen)
	}
	s.wantWords("Take it off the list")
}

func TestANoteAndADeviceLeftAlone(t *testing.T) {
	e := &storyEngine{findings: inventedHome()}
	s := open(t, e, i18n.English, wide).scanned()
	s.openDetail("invented-23")
	note := all[*field](s.results.right)[0]
	test.Type(note, "in the hall")
	note.OnSubmitted("")
	s.settled()
	kept := func(n int) string {
		said, _ := s.inBook(history.Home).Said(1, e.findings[n].Device)
		return said.Note
	}
	if kept(1) != "in the hall" {
		t.Errorf("kept is %q", kept(1))
	}
	s.openDetail("invented-31")
	s.focus(all[*field](s.results.right)[0])
	test.Type(all[*field](s.results.right)[0], "in the attic")
	s.win.Canvas().Unfocus() // as a click elsewhere does
	s.openDetail("invented-23")
	s.settled()
	if kept(2) != "in the attic" {
		t.Errorf("what was typed is lost: %q", kept(2))
	}
	s.ticked("Ask this device nothing directly").SetChecked(true)
	if !slices.Equal(e.wishes.Leave, []string{"invented-23"}) {
		t.Errorf("left alone: %v", e.wishes.Leave)
	}
	s.show(screenSettings)
	s.wantWords("We leave 1 device alone.")
	test.Tap(s.button("Ask them again"))
	if len(e.wishes.Leave) > 0 {
		t.Errorf("left alone after all: %v", e.wishes.Leave)
	}
}

func TestTheDoctorSaysWhatHelps(t *testing.T) {
	s := open(t, stories["hampered"](), i18n.English, wide).scanned()
	test.Tap(s.button("See if something is in the way"))
	s.wantWords("Testing the search.")
	s.settled()
	s.wantWords("A firewall on this computer blocks the answers", "Allow Houdbaar in the firewall")
}

// TestATestOfTheSearchingStaysInItsHome, and can be made again where nobody waited for it.
func TestATestOfTheSearchingStaysInItsHome(t *testing.T) {
	s := open(t, &storyEngine{}, i18n.English, wide, practising(t, &storyEngine{}, make(chan struct{})))
	s.settled()
	s.openDoctor()
	answer := <-s.queue
	s.enterPractice()
	s.settled()
	answer()
	if s.checkup.health != nil {
		t.Error("what was found at home is shown in the practice house")
	}
	s.leavePractice()
	s.settled()
	s.show(screenDoctor)
	if s.button("Start the test").Disabled() || s.reads("Testing the search.") {
		t.Error("it never ends")
	}
}

func TestAReportNeverReplacesAFile(t *testing.T) {
	s := open(t, &storyEngine{findings: inventedHome()}, i18n.English, wide).scanned()
	s.shortcuts()[fyne.KeyP]()
	folder := t.TempDir()
	s.paperwork.folder = folder
	s.build()
	for i, ext := range report.Formats {
		s.paperwork.form = i
		s.paperwork.language, s.paperwork.chosen = i18n.Dutch, true
		for range 2 {
			s.saveReport()
			s.settled()
		}
		for _, name := range []string{"houdbaar-2026-11-21" + ext, "houdbaar-2026-11-21-2" + ext} {
			got, err := os.ReadFile(filepath.Join(folder, name))
			if err != nil {
				t.Error(err)
				continue
			}
			if ext == ".html" && !strings.Contains(string(got), "Vervang") {
				t.Error("the report is not in the language that was chosen")
			}
			if ext != ".pdf" && strings.Contains(string(got), "00:00:5e:00:53:01") {
				t.Errorf("%s holds a full hardware address", name)
			}
		}
	}
	s.wantWords("Saved as " + filepath.Join(folder, "houdbaar-2026-11-21-2.ics"))
	s.paperwork.folder = filepath.Join(folder, "no such folder")
	s.saveReport()
	s.settled()
	s.wantWords("The report was not saved.")
	if left, _ := filepath.Glob(filepath.Join(folder, "*")); len(left) != 12 {
		t.Errorf("files: %v", left)
	}
}

func TestACalendarWithoutADayIsNotMade(t *testing.T) {
	findings := inventedHome()
	for i := range findings {
		findings[i].Verdict.Until = lifecycle.Date{}
	}
	s := open(t, &storyEngine{findings: findings}, i18n.English, wide).scanned()
	s.show(screenReport)
	s.paperwork.folder, s.paperwork.form = t.TempDir(), slices.Index(report.Formats, ".ics")
	s.saveReport()
	s.settled()
	s.wantWords("so the calendar is empty")
	if left, _ := os.ReadDir(s.paperwork.folder); len(left) > 0 {
		t.Errorf("made all the same: %v", left)
	}
}

func TestTheHorizonShowsWhatLapsesFirst(t *testing.T) {
	s := open(t, &storyEngine{findings: inventedHome()}, i18n.English, wide).scanned()
	s.show(screenHorizon)
	s.wantWords("2027", "2036", "Over since 1 May 2018", "Security updates until 31 March 2027", "Put 2 dates in your calendar", "Over; the date is not known", "We do not know how long")
	if s.reads("OfficeJet") {
		t.Error("a printer is on the timeline")
	}
}

// TestALabelIsTypedByKeysAlone: each step that is drawn keeps the keyboard where it was.
func TestALabelIsTypedByKeysAlone(t *testing.T) {
	for typed, want := range map[string][]string{
		"DIR-860L": {"D-Link DIR-860L · A1, B1", "A1", "A1"},
		"DS920+":   {"Synology DS920+", "Put it in the list"},
	} {
		s := open(t, &storyEngine{}, i18n.English, wide)
		s.typeLabel()
		s.label.entry.SetText(typed)
		s.until("proposals", func() bool { return len(s.label.models) > 0 })
		s.win.Canvas().FocusNext()
		for i, word := range want {
			if i > 0 {
				s.key(fyne.KeyReturn)
			}
			if i == len(want)-1 {
				s.until("a verdict", func() bool { return s.label.verdict != nil })
			}
			if b, ok := s.win.Canvas().Focused().(*press); !ok || b.text != word {
				t.Errorf("%s: at step %d the keyboard is with %v, want %q", typed, i, s.win.Canvas().Focused(), word)
			}
		}
	}
}

// TestTheCatalogueIsReadByKeysAlone: to a model, and back to the list.
func TestTheCatalogueIsReadByKeysAlone(t *testing.T) {
	s := open(t, &storyEngine{}, i18n.English, wide)
	s.show(screenCatalogue)
	s.settled()
	s.catalogue.entry.SetText("DIR-8")
	s.until("proposals", func() bool { return len(s.catalogue.models) > 0 })
	s.win.Canvas().FocusNext()
	for _, word := range []string{"D-Link DIR-860L · A1, B1", "All models found", "D-Link DIR-860L · A1, B1"} {
		if b, ok := s.win.Canvas().Focused().(*press); !ok || b.text != word {
			t.Errorf("the keyboard is with %v, want %q", s.win.Canvas().Focused(), word)
		}
		s.key(fyne.KeyReturn)
	}
}

// TestAPageThatNeedsAScanIsNoDeadEnd: before one it offers one, and during one it leads
// to it. What was not found is not called unscanned.
func TestAPageThatNeedsAScanIsNoDeadEnd(t *testing.T) {
	for _, page := range []screen{screenReport, screenHorizon} {
		s := open(t, &storyEngine{hold: true}, i18n.English, wide)
		s.show(page)
		test.Tap(s.button("Scan my network"))
		s.until("a scan", s.model.running)
		s.show(page)
		s.wantWords("A scan is on.")
		test.Tap(s.button("Results"))
		if s.model.screen != screenResults {
			t.Errorf("it leads to %v", s.model.screen)
		}
	}
	television := invented(9, device.TV, "", "Tele", "Vision", "", "", lifecycle.Verdict{Kind: lifecycle.OtherDevice})
	s := open(t, &storyEngine{findings: []scan.Finding{television}}, i18n.English, wide).scanned()
	s.show(screenHorizon)
	s.wantWords("We found no router, camera or network drive")
}

// TestWhatDecidesNothingStandsUnderAHeadingOfItsOwn: below what the verdict rests on.
func TestWhatDecidesNothingStandsUnderAHeadingOfItsOwn(t *testing.T) {
	s := open(t, &storyEngine{findings: knownOnly()}, i18n.English, wide).scanned()
	for id, want := range map[string][]string{
		"invented-2": {"Where this comes from", "End of life list", "What else is known (this decides nothing)", "Downloads of the TL-WR841N"},
		"invented-4": {"What else is known (this decides nothing)", "Device list"},
	} {
		s.openDetail(id)
		rest := strings.Join(s.words(), "\n")
		for _, text := range want {
			before, after, ok := strings.Cut(rest, text)
			if !ok || strings.Contains(before, "Why do we say this?") {
				t.Errorf("%s: %q does not stand where it should:\n%s", id, text, rest)
			}
			rest = after
		}
	}
}

func TestThePracticeHouseIsNeverMixedWithTheRealOne(t *testing.T) {
	real, other := &storyEngine{findings: inventedHome()[:2]}, &storyEngine{findings: inventedHome()[6:8]}
	closed := make(chan struct{})
	s := open(t, real, i18n.English, wide, practising(t, other, closed)).scanned()
	s.enterPractice()
	s.settled()
	s.wantWords("Practice house. These devices are invented")
	if s.reads("DIR-860L") {
		t.Error("a real device is in the practice house")
	}
	s.scanned()
	s.wantWords("DS920+", "Practice house.", "An invented device")
	if v, _, err := real.book.Visit(t.Context(), history.Home); err != nil || len(v.Scans) != 1 || s.model.result == nil {
		t.Errorf("practice was kept with the real scans: %+v, %v", v.Scans, err)
	}
	test.Tap(s.button("Leave the practice house"))
	s.settled()
	s.wantWords("D-Link DIR-860L")
	if s.reads("DS920+") || s.reads("Practice house.") || s.reads("An invented device") {
		t.Error("practice is left in the real results")
	}
	select {
	case <-closed:
	case <-time.After(time.Minute):
		t.Error("the practice house still stands")
	}
}

func TestLeavingThePracticeHouseEndsItsScan(t *testing.T) {
	other, closed := &storyEngine{findings: inventedHome()[6:8], hold: true}, make(chan struct{})
	s := open(t, &storyEngine{}, i18n.English, wide, practising(t, other, closed))
	s.settled()
	s.enterPractice()
	s.settled()
	s.scan()
	s.until("a device", func() bool { return len(s.model.findings()) > 0 })
	s.leavePractice()
	s.settled()
	if s.model.state != stateNone || s.model.screen != screenHome {
		t.Errorf("state %d, screen %d after leaving", s.model.state, s.model.screen)
	}
	select {
	case <-closed:
	case <-time.After(time.Minute):
		t.Error("the practice house still stands")
	}
}

func TestAPracticeHouseThatComesTooLateIsNotEntered(t *testing.T) {
	closed := make(chan struct{})
	s := open(t, &storyEngine{findings: inventedHome(), hold: true}, i18n.English, wide, practising(t, &storyEngine{}, closed))
	s.settled()
	s.enterPractice()
	opens := <-s.queue
	s.scan()
	opens()
	s.stop()
	s.until("the end of the scan", s.ended)
	s.wantWords("D-Link DIR-860L")
	<-closed
}

// TestNothingIsAskedOfAPracticeHouseThatComesBehindAQuestion: "Erase everything" would be
// answered there.
func TestNothingIsAskedOfAPracticeHouseThatComesBehindAQuestion(t *testing.T) {
	closed := make(chan struct{})
	s := open(t, &storyEngine{findings: inventedHome()}, i18n.English, wide, practising(t, &storyEngine{}, closed)).scanned()
	s.enterPractice()
	opens := <-s.queue
	s.askErase()
	opens()
	if s.practice != nil {
		t.Fatal("the practice house stands behind the question")
	}
	test.Tap(s.answer("Erase everything"))
	s.settled()
	<-closed
	if v := s.inBook(history.Home); len(v.Scans) > 0 {
		t.Errorf("%d scans are left", len(v.Scans))
	}
}

// TestWhatWasTypedInThePracticeHouseIsKeptBeforeItGoes: what is kept later would make its
// folder anew.
func TestWhatWasTypedInThePracticeHouseIsKeptBeforeItGoes(t *testing.T) {
	other, closed := &storyEngine{findings: inventedHome()[6:8]}, make(chan struct{})
	s := open(t, &storyEngine{}, i18n.English, wide, practising(t, other, closed))
	s.settled()
	s.enterPractice()
	s.settled()
	s.scanned()
	s.openDetail("invented-70")
	note := all[*field](s.results.right)[0]
	s.focus(note)
	test.Type(note, "in the attic")
	there := s.site
	s.leavePractice()
	s.settled()
	<-closed
	v, _, err := there.book.Visit(t.Context(), history.Home)
	if said, _ := v.Said(1, other.findings[0].Device); err != nil || said.Note != "in the attic" {
		t.Errorf("kept is %q, %v", said.Note, err)
	}
}

func TestAPracticeHouseThatCannotOpenSaysSo(t *testing.T) {
	s := open(t, &storyEngine{}, i18n.English, wide, func(o *Options) {
		o.Practice = func() (Practice, error) { return nil, errors.New("invented") }
	})
	s.enterPractice()
	s.settled()
	if s.practice != nil {
		t.Error("it is open")
	}
	if !strings.Contains(s.overlaid(), "cannot open on this computer") {
		t.Error("nothing says why")
	}
}

func TestErasingForgetsEverything(t *testing.T) {
	e := &storyEngine{findings: inventedHome()}
	s := open(t, e, i18n.English, wide).scanned()
	s.setQuiet(true)
	s.show(screenSettings)
	s.askErase()
	if n := len(s.inBook(history.Home).Scans); n != 1 {
		t.Fatalf("%d kept", n)
	}
	test.Tap(s.answer("Erase everything"))
	s.settled()
	if len(s.inBook(history.Home).Scans) != 0 || s.model.result != nil || s.app.Preferences().Bool(prefFirst) {
		t.Error("something is left")
	}
}

// TestNothingIsErasedDuringAScan: its result would come back, and be kept.
func TestNothingIsErasedDuringAScan(t *testing.T) {
	s := open(t, &storyEngine{findings: inventedHome(), hold: true}, i18n.English, wide)
	s.scan()
	s.askErase()
	if len(s.dialogs) == 0 || strings.Contains(s.overlaid(), "Erase") || !s.model.running() {
		t.Errorf("the dialog says %q", s.overlaid())
	}
}

// TestEveryMakersLabelShowsWhatItsSentenceSays: drawing and sentence cannot disagree.
func TestEveryMakersLabelShowsWhatItsSentenceSays(t *testing.T) {
	english := i18n.New(i18n.English)
	for _, key := range i18n.Keys(i18n.English) {
		vendor, ok := strings.CutPrefix(key, "label.")
		if !ok || vendor == "any" {
			continue
		}
		l, ok := printed[vendor]
		if !ok {
			t.Errorf("there is a sentence for %s and no drawing", vendor)
			continue
		}
		said := english.Text(key)
		if word := strings.TrimSuffix(l.version[0], ":"); !strings.Contains(said, word) {
			t.Errorf("%s: the drawing says %q, the sentence %q", vendor, word, said)
		}
	}
	for vendor := range printed {
		if vendor != "" && !english.Has("label."+vendor) {
			t.Errorf("there is a drawing for %s and no sentence", vendor)
		}
	}
}

// TestAPageStaysWhereItIsReadWhenAChoiceIsMade: a tick far below does not lead to the top.
func TestAPageStaysWhereItIsReadWhenAChoiceIsMade(t *testing.T) {
	s := open(t, &storyEngine{}, i18n.English, fyne.NewSize(1024, 640))
	s.settled()
	s.show(screenSettings)
	s.settled()
	s.layOut()
	s.scroller.ScrollToOffset(fyne.NewPos(0, 300))
	s.setHorizon(24)
	s.settled()
	s.chooseInterface("tun0", true)
	if y := s.scroller.Offset.Y; y < 250 {
		t.Errorf("the page went to %v", y)
	}
	s.show(screenHelp)
	if y := s.scroller.Offset.Y; y != 0 {
		t.Errorf("another page opens at %v", y)
	}
}

func TestEverythingThatCanBeSentIsShownByteForByte(t *testing.T) {
	for l, fold := range map[i18n.Language]string{i18n.Dutch: "Alles wat het kan versturen: 1 vraag", i18n.English: "Everything it can send: 1 question"} {
		s := open(t, &storyEngine{}, l, wide)
		s.show(screenSends)
		if s.reads("M-SEARCH") {
			t.Errorf("%s: the small print is open before anybody asked for it", l)
		}
		s.button(fold).Tapped(nil)
		if s.reads("M-SEARCH") {
			t.Errorf("%s: the bytes are shown before anybody asked for them", l)
		}
		s.button(i18n.New(l).N("sends.exactly", 1)).Tapped(nil)
		s.wantWords(map[i18n.Language]string{i18n.Dutch: "Aan: iedereen op uw netwerk (239.255.255.250:1900)", i18n.English: "To: everybody on your network (239.255.255.250:1900)"}[l])
		s.wantWords("239.255.255.250:1900", "M-SEARCH * HTTP/1.1", `MAN: "ssdp:discover"`)
	}
}

// TestTheWheelTurnsThePageOverAField: Fyne's entry would keep the mouse wheel to itself.
func TestTheWheelTurnsThePageOverAField(t *testing.T) {
	s := atVisit(t, inventedVisits(6), i18n.English, fyne.NewSize(900, 500))
	s.layOut()
	var notes *field
	walk(s.win.Content(), func(o fyne.CanvasObject) {
		if f, ok := o.(*field); ok && f.MultiLine {
			notes = f
		}
	})
	turn := func(by float32) float32 {
		before := s.scroller.Offset.Y
		at := fyne.NewPos(notes.Size().Width/2, notes.Size().Height/2)
		test.Scroll(s.win.Canvas(), s.app.Driver().AbsolutePositionForObject(notes).Add(at), 0, by)
		return s.scroller.Offset.Y - before
	}
	s.reveal(notes)
	if turn(-10) <= 0 {
		t.Error("over a field the page stands still")
	}
	notes.SetText(strings.Repeat("one more line\n", 30))
	if turn(10); turn(-10) != 0 {
		t.Error("the page moves where the field has lines to show")
	}
}

// TestTheButtonStandsAtTheStepThatNamesIt, not below the steps that follow.
func TestTheButtonStandsAtTheStepThatNamesIt(t *testing.T) {
	home := inventedHome()
	home[3].Verdict.Campaigns = home[0].Verdict.Campaigns
	s := open(t, &storyEngine{findings: home}, i18n.English, wide).scanned()
	s.openDetail("invented-44")
	words := s.words()
	at, after := slices.Index(words, "Type what is on its label"), slices.Index(words, "Choose a new, long password for its settings page. One you use nowhere else.")
	if at < 0 || after < at {
		t.Errorf("the button is %d, the step after it %d of %q", at, after, words)
	}
}
