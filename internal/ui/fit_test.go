package ui

import (
	"regexp"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"houdbaar/internal/i18n"
)

// bareKey is what a text looks like that i18n does not have.
var bareKey = regexp.MustCompile(`^[a-z_]+(\.[a-z0-9_]+)+$`)

// pages are the screens that everybody can reach, besides home and results.
var pages = []screen{screenSettings, screenSends, screenAbout, screenHelp, screenLabel, screenFirst, screenDoctor, screenReport, screenCatalogue, screenHorizon}

// TestNothingIsWiderThanTheWindow looks at every screen in both languages and all
// sizes for a text that sticks out.
func TestNothingIsWiderThanTheWindow(t *testing.T) {
	for _, l := range i18n.Languages {
		for _, k := range textSizes {
			for _, size := range []fyne.Size{{Width: 1280, Height: 800}, {Width: 1024, Height: 640}, {Width: 700, Height: 600}} {
				s := open(t, &storyEngine{findings: inventedHome()}, l, size, func(o *Options) { o.TextSize = k })
				look := func(where string) {
					t.Helper()
					s.layOut()
					for _, text := range s.words() {
						if bareKey.MatchString(text) {
							t.Errorf("%s, %s: the key %q is on the screen; it has no words", where, l, text)
						}
					}
					walk(s.win.Content(), func(o fyne.CanvasObject) {
						if prose, ok := o.(*words); ok && prose.Size().Height < prose.MinSize().Height-1 {
							t.Errorf("%s, %s at %.0f%% in %v: %q has %v and needs %v", where, l, k*100, size, prose.String(), prose.Size(), prose.MinSize())
						}
						text, ok := o.(*canvas.Text)
						if !ok || text.Text == "" {
							return
						}
						at := s.app.Driver().AbsolutePositionForObject(text)
						if right := at.X + fyne.MeasureText(text.Text, text.TextSize, text.TextStyle).Width; at.X < -1 || right > size.Width+1 {
							t.Errorf("%s, %s at %.0f%% in %v: %q stands from %.0f to %.0f", where, l, k*100, size, text.Text, at.X, right)
						}
					})
				}
				look("home")
				for _, page := range pages {
					s.show(page)
					look("page " + string('0'+rune(page)))
				}
				s.show(screenHome)
				s.scanned()
				v := open(t, inventedVisits(6), l, size, func(o *Options) { o.TextSize = k })
				s, first := v, s
				s.show(screenVisits)
				s.settled()
				look("visits")
				s.openVisit(firstVisit)
				s.settled()
				look("visit")
				s.openChanges(0, 0)
				s.settled()
				look("changes")
				s.reopen(1, false, nil)
				s.settled()
				look("a kept scan")
				s.show(screenHome)
				look("home during a visit")
				s = first
				for _, page := range []screen{screenReport, screenHorizon, screenDoctor, screenCatalogue} {
					s.show(page)
					switch page {
					case screenCatalogue:
						s.lookUp("860")
						s.settled()
						look("catalogue, searched")
						s.catalogue.model = &s.catalogue.models[0]
						s.build()
					case screenDoctor:
						s.examine()
						s.settled()
					}
					look("page " + string('0'+rune(page)))
				}
				s.model.screen = screenResults
				s.build()
				look("results")
				for _, f := range inventedHome() {
					s.unfolded["why"] = true
					s.openDetail(f.Device.ID)
					look("device " + f.Device.ID)
				}
			}
		}
	}
}

// TestABannerOfTwoLinesPushesTheRestDown makes the window narrower on a screen with a
// banner: its second line may not lie over what stands below.
func TestABannerOfTwoLinesPushesTheRestDown(t *testing.T) {
	s := atVisit(t, inventedVisits(6), i18n.Dutch, fyne.NewSize(1280, 800))
	s.scanned()
	flags, rest := s.flags, s.frame.Objects[1]
	before := flags.Size().Height
	s.win.Resize(fyne.NewSize(520, 480))
	bottom := s.app.Driver().AbsolutePositionForObject(flags).Y + flags.MinSize().Height
	if flags.MinSize().Height <= before {
		t.Fatalf("the banner still has %.0f, so this shows nothing", before)
	}
	if top := s.app.Driver().AbsolutePositionForObject(rest).Y; top < bottom {
		t.Errorf("the banner ends at %.0f, and the rest begins at %.0f", bottom, top)
	}
}

// TestTheBarKeepsTheWordsThatMatter: where not all words fit, those of what is done next
// go last.
func TestTheBarKeepsTheWordsThatMatter(t *testing.T) {
	s := atVisit(t, inventedVisits(6), i18n.Dutch, fyne.NewSize(900, 600))
	s.scanned()
	for width, want := range map[float32][]bool{ // the way back, scan, report, label
		1280: {true, true, true, true},
		900:  {true, true, true, false},
		620:  {false, true, false, false},
	} {
		s.win.Resize(fyne.NewSize(width, 600))
		s.layOut()
		for i, word := range []string{"Naar het bezoek", "Opnieuw scannen", "Verslag", "Typ een etiket over"} {
			if got := slices.Contains(s.words(), word); got != want[i] {
				t.Errorf("%.0f wide: %q is there: %v, want %v", width, word, got, want[i])
			}
		}
	}
}
