package report

import (
	"strings"
	"testing"

	"houdbaar/internal/device"
	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// TestASignOfAgeStandsBesideWeCannotTell: and beside no other verdict.
func TestASignOfAgeStandsBesideWeCannotTell(t *testing.T) {
	p := i18n.New(i18n.English)
	const age = "It is built on old software (Linux 2.4.17). That is a sign of age, not proof."
	id := device.Identity{Kind: device.Router, Hints: []device.Hint{{Code: "mac_vendor", Value: "x"}, {Code: "old_kernel", Value: "2.4.17"}}}
	for kind, want := range map[lifecycle.VerdictKind]bool{lifecycle.CannotTell: true, lifecycle.SupportedNow: false, lifecycle.ReplaceNow: false} {
		f := scan.Finding{Identity: id, Verdict: lifecycle.Verdict{Kind: kind, Reasons: []lifecycle.Reason{{Code: lifecycle.CodeNoModel}}}}
		if got := NewLine(p, f, Options{}).Reason; strings.HasSuffix(got, age) != want {
			t.Errorf("%s: %q", kind, got)
		}
	}
}

// TestASilentDeviceIsNamedByWhatItsAddressHints: never as a maker or model.
func TestASilentDeviceIsNamedByWhatItsAddressHints(t *testing.T) {
	p := i18n.New(i18n.English)
	for name, c := range map[string]struct {
		id   device.Identity
		want string
	}{
		"nothing known":               {device.Identity{}, "unknown device"},
		"the maker of a network part": {device.Identity{Hints: []device.Hint{{Code: "mac_vendor", Value: "Invented Ltd"}}}, "unknown device, network part by Invented Ltd"},
		"most likely a telephone":     {device.Identity{Hints: []device.Hint{{Code: device.HintKeptApart}, {Code: "mac_vendor", Value: "x"}}}, "silent device, probably a phone or computer"},
		"it said what it is":          {device.Identity{Kind: device.Camera, Hints: []device.Hint{{Code: "mac_vendor", Value: "x"}}}, "camera"},
	} {
		if got := NewLine(p, scan.Finding{Identity: c.id}, Options{}).KindName; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
