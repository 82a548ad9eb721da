package ui

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"houdbaar/internal/history"
	"houdbaar/internal/i18n"
	"houdbaar/internal/scan"
)

// TestWhoNeverHelpsOthersNeverMeetsVisits looks at every screen that is not reached by
// the menu's word for it.
func TestWhoNeverHelpsOthersNeverMeetsVisits(t *testing.T) {
	word := regexp.MustCompile(`(?i)\b(visits?|bezoek(en)?)\b`)
	for _, l := range i18n.Languages {
		s := open(t, &storyEngine{findings: inventedHome()}, l, wide)
		s.settled()
		look := func(where string) {
			t.Helper()
			for _, text := range s.words() {
				if word.MatchString(text) {
					t.Errorf("%s, %s: %q", l, where, text)
				}
			}
		}
		look("the first screen")
		s.scanned()
		look("results")
		for _, page := range pages {
			s.show(page)
			s.settled()
			look("page " + string('0'+rune(page)))
		}
		s.show(screenHome)
		s.askVisits()
		s.settled()
		test.Tap(s.button(i18n.New(l).Text("home.earlier", i18n.New(l).Date(storyDay))))
		s.settled()
		if s.model.screen != screenVisit {
			t.Fatalf("%s: earlier scans lead to screen %d", l, s.model.screen)
		}
		look("the own home")
	}
}

func TestAVisitFromItsBeginningToItsEnd(t *testing.T) {
	own := &storyEngine{findings: keyed(inventedHome())}
	s := open(t, own, i18n.English, wide).scanned()
	s.showVisits()
	s.settled()
	s.wantWords("My home", "21 November 2026 · 1 scan · 11 devices")
	test.Tap(s.button("New visit"))
	test.Type(s.askedFor(), "Fam. Jansen")
	s.key(fyne.KeyReturn)
	s.settled()
	s.wantWords("Fam. Jansen", "Reference "+s.ref+", begun on 21 November 2026", "There is no scan in this visit yet.")
	test.Tap(s.button("Scan this home"))
	s.until("the end of the scan", s.ended)
	s.settled()
	s.wantWords("Visit: Fam. Jansen. Scans and notes are kept there.", "Replace this router", "Leave the visit")
	if here, there := len(s.inBook(history.Home).Scans), len(s.inBook(s.ref).Scans); here != 1 || there != 1 {
		t.Fatalf("%d scans in the own home, %d in the visit; want 1 and 1", here, there)
	}
	test.Tap(s.button("To the visit"))
	s.settled()
	s.wantWords("11 devices · judged for 21 November 2026", "Replace now (2)")
	s.button("Look").Tapped(nil)
	s.settled()
	s.wantWords("as it was judged then.", "Judged for 21 November 2026.")
	ref := s.ref
	own.later = 31 * 24 * time.Hour
	test.Tap(s.button("Judge it again today"))
	s.settled()
	s.wantWords("judged by what is known today.", "Judged for 22 December 2026.")

	folder := t.TempDir()
	s.paperwork.folder, s.paperwork.form = folder, 1
	s.startReport()
	s.saveReport()
	s.settled()
	page, err := os.ReadFile(filepath.Join(folder, "houdbaar-2026-12-22-"+ref+".html"))
	if err != nil {
		all, _ := filepath.Glob(filepath.Join(folder, "*"))
		t.Fatalf("%v; there are %v", err, all)
	}
	if !strings.Contains(string(page), "Fam. Jansen") {
		t.Error("the report does not say whose home it is")
	}

	s.show(screenVisit)
	test.Tap(s.button("Forget this visit"))
	test.Tap(s.answer("Erase"))
	s.settled()
	if s.inBook(ref).Household != "" || s.reads("Jansen") || s.visiting() {
		t.Errorf("it is left, at %q", s.ref)
	}
	s.show(screenResults)
	s.wantWords("D-Link DIR-860L")
	if len(s.inBook(history.Home).Scans) != 1 {
		t.Error("the own home lost its scan")
	}
}

func TestTheKeyboardWalksTheVisits(t *testing.T) {
	s := open(t, inventedVisits(40), i18n.English, wide)
	s.settled()
	s.show(screenVisits)
	s.settled()
	c := s.win.Canvas()
	if c.Focused() != fyne.Focusable(s.visits.entry) {
		t.Fatalf("the keyboard begins at %T", c.Focused())
	}
	s.key(fyne.KeyDown)
	if c.Focused() != fyne.Focusable(s.visits.list) {
		t.Fatalf("Down leads to %T", c.Focused())
	}
	for _, step := range []struct {
		key  fyne.KeyName
		want int
	}{{fyne.KeyDown, 1}, {fyne.KeyUp, 0}, {fyne.KeyEnd, 40}, {fyne.KeyDown, 40}, {fyne.KeyHome, 0}, {fyne.KeyDown, 1}} {
		if s.key(step.key); s.visits.list.at != step.want {
			t.Errorf("%s leads to row %d, want %d", step.key, s.visits.list.at, step.want)
		}
	}
	s.key(fyne.KeyReturn)
	s.settled()
	s.wantWords("Reference 2026-11-21-7A2B", "Router staat in de meterkast.")
	test.Tap(s.button("Forget this visit"))
	s.key(fyne.KeyEscape)
	if s.overlaid() != "" || s.model.screen != screenVisit {
		t.Errorf("Escape leaves the question %q on screen %d", s.overlaid(), s.model.screen)
	}
	s.key(fyne.KeyEscape)
	if s.model.screen != screenVisits {
		t.Errorf("Escape from a visit leads to screen %d", s.model.screen)
	}
	test.Type(s.visits.entry, "wit")
	s.settled()
	if n := len(s.visits.list.rows); n != 5 || s.reads("De Brug") {
		t.Errorf("typing wit leaves %d rows", n)
	}
	s.key(fyne.KeyEscape)
	s.settled()
	if s.visits.entry.Text != "" || len(s.visits.list.rows) != 41 {
		t.Errorf("Escape leaves %q and %d rows", s.visits.entry.Text, len(s.visits.list.rows))
	}
	s.key(fyne.KeyUp)
	s.key(fyne.KeyEscape)
	if s.model.screen != screenHome {
		t.Errorf("Escape from the list leads to screen %d", s.model.screen)
	}
}

func TestAtHomeNobodyMeetsAVisit(t *testing.T) {
	s := open(t, &storyEngine{findings: inventedHome()}, i18n.English, wide).scanned()
	s.settled()
	s.scanned()
	s.settled()
	s.openVisit("home")
	s.settled()
	s.wantWords("My home")
	test.Tap(s.button("What changed?"))
	s.settled()
	if s.model.screen != screenChanges || s.reads("visit") || s.reads("Visit") {
		t.Errorf("screen %d says visit: %v", s.model.screen, s.reads("visit") || s.reads("Visit"))
	}
	test.Tap(s.button("To my home"))
	s.settled()
	if s.model.screen != screenVisit {
		t.Errorf("the way back leads to screen %d", s.model.screen)
	}
}

func TestNotSeenIsToldApartFromGone(t *testing.T) {
	s := atVisit(t, inventedVisits(3), i18n.English, fyne.NewSize(1280, 2000))
	test.Tap(s.button("What changed?"))
	s.settled()
	s.wantWords("New (1)", "D-Link DIR-860L is new.", "Changed (1)", "V3.4.0 before, V4.1.0 now", "Gone (1)", "another router stands in its place",
		"Not seen this time (1)", "Schuur (DCS-932L) was not seen this time. It may be switched off.", "9 devices are as they were")
	test.Tap(s.button("It was taken away"))
	s.settled()
	s.wantWords("Gone (2)", "Schuur (DCS-932L) was taken away.")
	if s.reads("Not seen this time") {
		t.Error("it is still not seen")
	}
	test.Tap(s.button("It is still here"))
	s.settled()
	s.wantWords("Not seen this time (1)")

	all[*chooser](s.win.Content())[0].SetSelectedIndex(0) // the same scan twice
	s.settled()
	s.wantWords("There are no two scans to compare yet.")
	s.key(fyne.KeyEscape)
	if s.model.screen != screenVisit {
		t.Errorf("Escape leads to screen %d", s.model.screen)
	}
}

func TestAHistoryThatMayNotBeWrittenIsViewed(t *testing.T) {
	e, folder := inventedVisits(3), t.TempDir()
	e.book = inventedBook(folder, 3)
	must(os.Mkdir(e.book.Path()+"-wal", 0o700)) // in the way of SQLite's log
	s := open(t, e, i18n.English, wide)
	s.settled()
	s.show(screenVisits)
	s.settled()
	s.wantWords("Houdbaar may not write to", "Mevrouw De Wit")
	test.Tap(s.button("New visit"))
	test.Tap(s.answer("Begin"))
	s.settled()
	if !strings.Contains(s.overlaid(), "Houdbaar may not write to") {
		t.Errorf("a visit that is not kept is not said: %q", s.overlaid())
	}
	other := filepath.Join(folder, "other.db")
	must(os.WriteFile(other, []byte("These are my letters."), 0o600))
	s = open(t, &storyEngine{book: history.New(other, time.Now)}, i18n.Dutch, wide)
	s.show(screenVisits)
	s.settled()
	s.wantWords("is niet van Houdbaar")
}

func TestAVisitGoesToAnotherComputerAsOneFile(t *testing.T) {
	s := atVisit(t, inventedVisits(2), i18n.English, wide)
	folder := t.TempDir()
	s.paperwork.folder = folder
	for i, name := range []string{"houdbaar-2026-11-21-7A2B.houdbaar", "houdbaar-2026-11-21-7A2B-2.houdbaar"} {
		s.ticked("Put in names and full addresses").SetChecked(i == 1)
		test.Tap(s.button("Save as a file"))
		s.settled()
		got, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil || strings.Contains(string(got), "Jansen") != (i == 1) {
			all, _ := filepath.Glob(filepath.Join(folder, "*"))
			t.Errorf("%s names the household: %v, %v; there are %v", name, i == 0, err, all)
		}
		s.wantWords("Saved as " + filepath.Join(folder, name))
	}
	whole, err := os.ReadFile(filepath.Join(folder, "houdbaar-2026-11-21-7A2B-2.houdbaar"))
	must(err)
	for said, want := range map[string]string{"bad": "This file is no visit of Houdbaar", string(whole): ""} {
		ref, err := s.book.Import(t.Context(), strings.NewReader(said))
		s.newlyThere("visits.import")(ref, err)
		s.settled()
		if want == "" && (!s.reads("Fam. Jansen") || s.ref != firstVisit+"-2") || !strings.Contains(s.overlaid(), want) {
			t.Errorf("%.20s: the dialog says %q; the screen %v", said, s.overlaid(), s.words())
		}
		if len(s.dialogs) > 0 {
			s.key(fyne.KeyEscape)
		}
	}
}

// TestEveryDialogOpensAndEscapeClosesIt also those that choose a file or a folder.
func TestEveryDialogOpensAndEscapeClosesIt(t *testing.T) {
	s := open(t, inventedVisits(2), i18n.English, wide)
	s.settled()
	for name, open := range map[string]func(){"visit file": s.importVisit, "pack": s.choosePack, "folder": s.chooseFolder, "new visit": s.newVisit,
		"question": s.askErase, "sentence": func() { s.say("title", "text") }} {
		open()
		if s.win.Canvas().Overlays().Top() == nil {
			t.Errorf("%s: nothing opens", name)
		}
		if s.shortcuts()[fyne.KeyR](); s.model.running() {
			t.Errorf("%s: Ctrl+R starts a scan behind it", name)
		}
		s.key(fyne.KeyEscape)
		if s.win.Canvas().Overlays().Top() != nil || len(s.dialogs) > 0 {
			t.Errorf("%s: Escape does not close it", name)
		}
	}
}

// TestShortcutsAreHeardWhileSomebodyTypes: Fyne gives them to the entry alone.
func TestShortcutsAreHeardWhileSomebodyTypes(t *testing.T) {
	s := open(t, inventedVisits(2), i18n.English, wide)
	s.settled()
	s.show(screenVisits)
	test.Type(s.visits.entry, "wit")
	if s.visits.entry.TypedShortcut(&fyne.ShortcutSelectAll{}); s.visits.entry.SelectedText() != "wit" {
		t.Errorf("Ctrl+A selects %q", s.visits.entry.SelectedText())
	}
	s.visits.entry.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyR, Modifier: fyne.KeyModifierShortcutDefault})
	if s.until("the end of the scan", s.ended); s.model.screen != screenResults {
		t.Errorf("Ctrl+R leads to screen %d", s.model.screen)
	}
}

// TestEscapeClosesTheUpperOfTwoDialogs and nothing on the screen below hears a key.
func TestEscapeClosesTheUpperOfTwoDialogs(t *testing.T) {
	s := open(t, inventedVisits(2), i18n.English, wide)
	s.settled()
	s.show(screenVisits)
	s.newVisit()
	s.say("title", "what came of something else")
	for _, want := range []string{"Whose home", ""} {
		s.typedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if got := s.overlaid(); !strings.Contains(got, want) || (want == "") != (got == "") || s.model.screen != screenVisits {
			t.Errorf("Escape leaves %q on screen %d, want %q", got, s.model.screen, want)
		}
	}
	s.typedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if s.model.screen == screenVisits {
		t.Error("Escape does not leave the page once nothing stands over it")
	}
}

func TestWhatIsOldIsErasedOnlyAfterAQuestion(t *testing.T) {
	s := open(t, inventedVisits(2), i18n.English, wide)
	old := history.New(s.book.Path(), func() time.Time { return storyDay.AddDate(-2, 0, 0) })
	_, err := old.NewVisit(t.Context(), "Fam. Lang Geleden")
	must(errors.Join(err, old.Close()))
	days := func() int { days, err := s.book.Keep(t.Context()); must(err); return days }
	s.show(screenSettings)
	s.settled()
	test.Tap(s.button("30 days"))
	s.settled()
	if days() != 0 || !strings.Contains(s.overlaid(), "What is older is erased now") {
		t.Fatalf("%d days are set before anybody was asked: %q", days(), s.overlaid())
	}
	s.key(fyne.KeyEscape)
	if s.button("Never").sign != "chosen" {
		t.Error("without an answer another choice stands")
	}
	test.Tap(s.button("1 year"))
	test.Tap(s.answer("Erase what is older"))
	s.settled()
	if days() != 365 || s.button("1 year").sign != "chosen" {
		t.Errorf("%d days are kept", days())
	}
	if !strings.Contains(s.overlaid(), "1 visit was older and is forgotten.") {
		t.Errorf("what was forgotten is not said: %q", s.overlaid())
	}
}

func TestAScanEndsWhereItBegan(t *testing.T) {
	e := inventedVisits(2)
	e.hold = true
	s := open(t, e, i18n.English, wide)
	s.until("the network", func() bool { return s.asked })
	s.reopen(1, false, nil)
	s.settled()
	s.scan()
	s.until("a device", func() bool { return len(s.model.findings()) > 0 })
	if s.number != 0 {
		t.Errorf("what is said of its devices is said of scan %d", s.number)
	}
	s.openVisit(firstVisit)
	if s.visiting() || !strings.Contains(s.overlaid(), "Wait until the scan is done.") {
		t.Errorf("at %q during a scan; %q", s.ref, s.overlaid())
	}
	s.stop()
	s.until("the end", s.ended)
}

// TestTheFolderThatWasChosenIsShown: at a visit and at a report, which share it.
func TestTheFolderThatWasChosenIsShown(t *testing.T) {
	s := atVisit(t, inventedVisits(1), i18n.English, fyne.NewSize(1280, 2000))
	s.takeFolder("/invented/usb-stick")
	s.wantWords("Where it goes: /invented/usb-stick")
	s.startReport()
	s.settled()
	folder, long := t.TempDir(), "Visits of the team East, autumn 2026"
	if err := os.Mkdir(filepath.Join(folder, long), 0o700); err != nil {
		t.Fatal(err)
	}
	s.takeFolder(folder)
	s.wantWords(folder)
	s.chooseFolder()
	var said []string
	for _, text := range all[*canvas.Text](s.win.Canvas().Overlays().Top()) {
		said = append(said, text.Text)
	}
	if !slices.Contains(said, "Choose a folder") || !slices.Contains(said, "Choose this folder") || !slices.Contains(said, long) {
		t.Errorf("the dialog says %q", said)
	}
}

func TestTheReportOfAVisitSaysWhatChanged(t *testing.T) {
	s := atVisit(t, inventedVisits(1), i18n.English, wide)
	test.Tap(s.button("Report"))
	s.settled()
	if s.model.screen != screenReport {
		t.Fatalf("it leads to screen %d", s.model.screen)
	}
	folder := t.TempDir()
	s.paperwork.folder, s.paperwork.form = folder, 1
	s.saveReport()
	s.settled()
	page, err := os.ReadFile(filepath.Join(folder, "houdbaar-2026-11-21-7A2B.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Fam. Jansen, Dorpsstraat 12", "Samira", "Terugkomen in maart.", "What changed since 22 October 2026", "another router stands in its place"} {
		if !strings.Contains(string(page), want) {
			t.Errorf("%q is not in the report", want)
		}
	}
	s.key(fyne.KeyEscape)
	if s.model.screen != screenVisit {
		t.Errorf("Escape leads to screen %d", s.model.screen)
	}
}

func TestErasingAtAVisitLeadsToTheOwnHome(t *testing.T) {
	e := inventedVisits(2)
	s := atVisit(t, e, i18n.English, wide)
	s.reopen(1, false, nil)
	s.settled()
	s.show(screenSettings)
	s.askErase()
	test.Tap(s.answer("Erase everything"))
	s.settled()
	s.key(fyne.KeyEscape)
	if s.visiting() || s.model.screen != screenHome || s.model.reopened {
		t.Errorf("at %q on screen %d", s.ref, s.model.screen)
	}
}

func TestAKeptScanIsJudgedAgainWithOneLook(t *testing.T) {
	s := atVisit(t, inventedVisits(1), i18n.English, wide)
	s.reopen(1, false, nil)
	s.settled()
	kept, followed := s.engine.(*storyEngine), 0
	before := kept.told.Load()
	s.judgeAgain(func() { followed++ })
	s.settled()
	if n := kept.told.Load() - before; n != 1 || followed != 1 {
		t.Errorf("what is kept was asked for %d times, and %d things followed", n, followed)
	}
}

func TestOneScanIsForgotten(t *testing.T) {
	e := inventedVisits(1)
	s := atVisit(t, e, i18n.English, wide)
	s.forgetScan(s.diary.visit.Scans[0])
	test.Tap(s.answer("Erase"))
	s.settled()
	if n := len(s.inBook(firstVisit).Scans); n != 1 || s.reads("12 devices") {
		t.Errorf("%d scans are left", n)
	}
}

// TestAnAnswerIsAboutTheHomeThatWasAskedOf, also where another came on the screen meanwhile.
func TestAnAnswerIsAboutTheHomeThatWasAskedOf(t *testing.T) {
	for name, ask := range map[string]func(*stage){
		"a scan":  func(s *stage) { s.forgetScan(s.diary.visit.Scans[0]) },
		"a visit": func(s *stage) { test.Tap(s.button("Forget this visit")) },
	} {
		s := atVisit(t, inventedVisits(2), i18n.English, fyne.NewSize(1280, 2000))
		rows, err := s.book.List(t.Context(), "")
		must(err)
		other := rows[slices.IndexFunc(rows, func(r history.Row) bool { return r.Ref != history.Home && r.Ref != firstVisit })]
		ask(s)
		s.openVisit(other.Ref)
		s.settled()
		test.Tap(s.answer("Erase"))
		s.settled()
		if there := s.inBook(other.Ref); len(there.Scans) != other.Scans || there.Created.IsZero() {
			t.Errorf("%s of another visit is forgotten: %d scans are left", name, len(there.Scans))
		}
		if v := s.inBook(firstVisit); len(v.Scans) == 2 {
			t.Errorf("%s is not forgotten", name)
		}
	}
}

func TestWhatIsWrittenAboutAVisitIsKept(t *testing.T) {
	e := inventedVisits(1)
	s := atVisit(t, e, i18n.English, fyne.NewSize(1280, 2000))
	all[*field](s.win.Content())[0].SetText("Fam. Jansen-Bakker")
	test.Tap(s.button("Keep"))
	s.settled()
	s.button("Kept")
	if v := s.inBook(firstVisit); v.Household != "Fam. Jansen-Bakker" || v.Visitor != "Samira" || !strings.Contains(v.Notes, "\n") {
		t.Errorf("kept %q, %q, %q", v.Household, v.Visitor, v.Notes)
	}
	visitor := all[*field](s.win.Content())[1]
	s.focus(visitor)
	test.Type(visitor, "& Bo ")
	s.key(fyne.KeyEscape)
	s.settled()
	if v := s.inBook(firstVisit); !strings.Contains(v.Visitor, "& Bo") || s.model.screen == screenVisit {
		t.Errorf("on screen %d; kept %q", s.model.screen, v.Visitor)
	}
}

// TestWhatWasNotKeptIsNotCalledKept, behind the dialog that says why.
func TestWhatWasNotKeptIsNotCalledKept(t *testing.T) {
	e := inventedVisits(1)
	s := atVisit(t, e, i18n.English, fyne.NewSize(1280, 2000))
	s.book.Close()
	must(os.Mkdir(s.book.Path()+"-wal", 0o700)) // in the way of SQLite's log
	all[*field](s.win.Content())[0].SetText("Fam. Jansen-Bakker")
	test.Tap(s.button("Keep"))
	s.settled()
	if !strings.Contains(s.overlaid(), "Houdbaar may not write to") || slices.Contains(s.words(), "Kept") {
		t.Errorf("the dialog says %q, the page %q", s.overlaid(), s.words())
	}
}

// TestTwoThousandVisitsOpenAtOnce draws only what is in sight.
func TestTwoThousandVisitsOpenAtOnce(t *testing.T) {
	s := open(t, inventedVisits(1), i18n.Dutch, wide)
	s.show(screenVisits)
	s.settled()
	s.visits.rows = slices.Repeat(s.visits.rows, 1000)
	s.drawVisits()
	s.win.Canvas().Capture()
	lines := len(all[*visitLine](s.win.Content()))
	if len(s.visits.list.rows) != 2000 || lines == 0 || lines > 30 {
		t.Errorf("%d rows, %d drawn", len(s.visits.list.rows), lines)
	}
}

// BenchmarkVisits opens the list of 2,000 visits, the page of one, and a comparison of 60
// devices, as far as the window has to do with it.
func BenchmarkVisits(b *testing.B) {
	o := storyOptions(inventedVisits(12), b.TempDir())
	o.App, o.Language, o.Look = test.NewTempApp(b), "en", "light"
	queue := make(chan func(), 10000)
	o.door = func(f func()) { queue <- f }
	w := New(o)
	w.win.Resize(wide)
	rows, err := w.book.List(b.Context(), "")
	must(err)
	w.visits.rows, w.visits.known = slices.Repeat(rows, 2000/len(rows)), true
	v, err := site{o.Engine, o.Book, firstVisit, 0}.visit(b.Context())
	must(err)
	w.diary.visit = v
	crowd := keyed(manyDevices(60))
	for i := range crowd {
		crowd[i].Device.MAC = "00:00:5e:00:53:" + string("0123456789abcdef"[i/16]) + string("0123456789abcdef"[i%16])
	}
	crowd = keyed(crowd)
	w.changes = changes{scans: v.Scans, found: history.Pair{Comparison: scan.Compare(scan.Scan{Findings: crowd[:30]}, scan.Scan{Findings: crowd}, scan.Compared{}), Numbers: [2]int{1, 2}}}
	for name, page := range map[string]screen{"list": screenVisits, "visit": screenVisit, "changes": screenChanges} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				w.model.screen = page
				w.build()
				w.win.Canvas().Capture()
			}
		})
	}
	w.running.Wait()
}
