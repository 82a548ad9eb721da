package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"houdbaar/internal/history"
	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
)

// TestAVisitsRowSaysItsWholeOutcome: the good and the uncertain too, in words, to eyes and
// to a screen reader.
func TestAVisitsRowSaysItsWholeOutcome(t *testing.T) {
	type counts = map[lifecycle.VerdictKind]int
	for l, cases := range map[i18n.Language]map[string]struct {
		counts  counts
		stopped bool
		missed  bool // the router
		want    string
	}{
		i18n.English: {
			"of everything something": {counts{lifecycle.SupportedNow: 3, lifecycle.CannotTell: 1, lifecycle.UpdateFirmware: 4, lifecycle.CheckLabel: 5, lifecycle.PlanReplacement: 6, lifecycle.ReplaceNow: 2, lifecycle.OtherDevice: 9}, false, false,
				"Replace now (2), Replace soon (6), Check the label (5), Update the software (4), We cannot tell (1), Still get updates (3)"},
			"all is well":              {counts{lifecycle.SupportedNow: 12}, false, false, "Still get updates (12)"},
			"nothing is known":         {counts{lifecycle.CannotTell: 1, lifecycle.OtherDevice: 2}, false, false, "We cannot tell (1)"},
			"nothing that is judged":   {counts{lifecycle.OtherDevice: 2}, false, false, "Other devices (2)"},
			"well as far as it looked": {counts{lifecycle.SupportedNow: 1}, true, false, "stopped early, Still get updates (1)"},
			"well, but no router":      {counts{lifecycle.SupportedNow: 1}, false, true, "Router not found, Still get updates (1)"},
			"nothing was found":        {nil, false, false, "0 devices"},
		},
		i18n.Dutch: {
			"of most something": {counts{lifecycle.SupportedNow: 3, lifecycle.CannotTell: 1, lifecycle.ReplaceNow: 2}, false, false,
				"Nu vervangen (2), Dit weten we niet (1), Krijgt nog updates (3)"},
			"well, but no router":      {counts{lifecycle.SupportedNow: 1}, false, true, "Router niet gevonden, Krijgt nog updates (1)"},
			"well as far as it looked": {counts{lifecycle.SupportedNow: 1}, true, false, "eerder gestopt, Krijgt nog updates (1)"},
		},
	} {
		s := open(t, inventedVisits(1), l, wide)
		s.show(screenVisits)
		s.settled()
		for name, c := range cases {
			row := history.Row{Ref: "2026-11-21-7A2B", Created: storyDay, Scans: 1, Last: history.ScanInfo{Started: storyDay, Counts: c.counts, Stopped: c.stopped, NoRouter: c.missed}}
			s.visits.list.set([]history.Row{row})
			var spoken string
			var drawn []string
			for _, v := range all[*visitLine](s.visits.list) {
				spoken = v.AccessibilityLabel()
				for _, one := range v.stamps {
					if one.text.Visible() {
						drawn = append(drawn, one.text.Text)
					}
				}
			}
			if !strings.HasSuffix(strings.ReplaceAll(spoken, " · ", ", "), ", "+c.want) {
				t.Errorf("%s: %s: spoken as %q, want %q", l, name, spoken, c.want)
			}
			_, outcome, _ := strings.Cut(spoken, ", ")
			if len(drawn) != len(s.outcome(row.Last)) || !strings.HasSuffix(outcome, strings.Join(drawn, ", ")) {
				t.Errorf("%s: %s: drawn are %q, spoken is %q", l, name, drawn, spoken)
			}
		}
	}
}

// TestNoPartOfAnOutcomeIsCutOff, whatever the size of the window and of the text: the rows
// grow with what stands in them.
func TestNoPartOfAnOutcomeIsCutOff(t *testing.T) {
	s := open(t, inventedVisits(3), i18n.Dutch, wide)
	s.show(screenVisits)
	s.settled()
	lines := map[float32]bool{}
	for _, k := range textSizes {
		s.setTextSize(k)
		for _, size := range []fyne.Size{wide, fyne.NewSize(1024, 640), fyne.NewSize(640, 480), narrow} {
			s.win.Resize(size)
			s.settled()
			s.wholeOutcomes(lines)
		}
	}
	if len(lines) < 3 {
		t.Errorf("all stand on %d lines: nothing was too wide", len(lines))
	}
	row := history.Row{Scans: 1, Last: history.ScanInfo{Counts: map[lifecycle.VerdictKind]int{lifecycle.SupportedNow: 1, lifecycle.CannotTell: 1}}}
	missed := row
	missed.Last.NoRouter = true
	for width := float32(420); width < 1200; width += 20 {
		s.visits.list.Resize(fyne.NewSize(width, 300))
		s.visits.list.set([]history.Row{row, missed})
		s.wholeOutcomes(lines)
	}
}

// wholeOutcomes looks whether all verdicts of the visits in sight stand in their rows, and
// notes on which lines.
func (s *stage) wholeOutcomes(lines map[float32]bool) {
	s.t.Helper()
	for _, v := range all[*visitLine](s.visits.list) {
		outcome := s.outcome(v.row.Last)
		for i, one := range v.stamps[:len(outcome)] {
			end := one.back.Position().Add(one.back.Size())
			if one.text.Text != outcome[i].text || end.X > v.Size().Width || end.Y > v.Size().Height {
				s.t.Errorf("text size %v: %q stands at %v, to %v, in a row of %v", s.textSize, one.text.Text, one.back.Position(), end, v.Size())
			}
			lines[one.back.Position().Y] = true
		}
	}
}
