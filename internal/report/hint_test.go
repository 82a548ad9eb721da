package report

import (
	"testing"

	"houdbaar/internal/device"
	"houdbaar/internal/i18n"
	"houdbaar/internal/scan"
)

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
