package report

import (
	"slices"
	"testing"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// TestOneWarningStandsOnce: of several weak spots that are told in the same words.
func TestOneWarningStandsOnce(t *testing.T) {
	named := func(campaign, title string) lifecycle.Reason {
		return lifecycle.Reason{Code: lifecycle.CodeNamed, Args: map[string]string{"campaign": campaign, "detail": title}, Sources: []lifecycle.Source{{Publisher: "CISA", Title: title}}}
	}
	f := scan.Finding{Verdict: lifecycle.Verdict{Kind: lifecycle.ReplaceNow, Campaigns: []lifecycle.Reason{named("CISA KEV", "CVE-1"), named("VPNFilter", "list"), named("CISA KEV", "CVE-2")}}}
	got := NewLine(i18n.New(i18n.English), f, Options{}).Badges
	if len(got) != 2 || len(got[0].Sources) != 2 || got[0].Sources[1].Title != "CVE-2" || len(got[1].Sources) != 1 {
		t.Errorf("the warnings are %+v", got)
	}
}

// TestWhatEndsOnADayIsRememberedWithIt: without one there is nothing to note.
func TestWhatEndsOnADayIsRememberedWithIt(t *testing.T) {
	p := i18n.New(i18n.English)
	day := lifecycle.Date{Time: time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC), Precision: lifecycle.Day}
	for want, until := range map[string]lifecycle.Date{"tonight.remember": day, "tonight.replace": {}} {
		f := scan.Finding{Identity: device.Identity{Kind: device.Router}, Verdict: lifecycle.Verdict{Kind: lifecycle.PlanReplacement, Until: until}}
		if got := NewLine(p, f, Options{}).Tonight; !slices.Contains(got, p.Text(want)) {
			t.Errorf("until %q: %q", until, got)
		}
	}
}
