package fingerprint

import (
	"strings"
	"testing"

	"houdbaar/internal/device"
)

func TestATradeMarkIsNoName(t *testing.T) {
	for _, maker := range []string{"ASUSTeK Computer Inc.(TM)", "ASUS®", "ASUS™"} {
		if name, known := Default().Vendor(maker); name != "ASUS" || !known {
			t.Errorf("%q is %q", maker, name)
		}
	}
}

// TestHowItIsTypedDoesNotMatter: the same description, with other blanks, hyphens and letters.
// The texts are invented after the form.
func TestHowItIsTypedDoesNotMatter(t *testing.T) {
	spell := map[string]func(string) string{
		"as it is":         func(v string) string { return v },
		"no-break spaces":  func(v string) string { return strings.ReplaceAll(v, " ", "\u00a0") },
		"two blanks":       func(v string) string { return " " + strings.ReplaceAll(v, " ", "  ") + " " },
		"no-break hyphens": func(v string) string { return strings.ReplaceAll(v, "-", "\u2011") },
		"dashes":           func(v string) string { return strings.ReplaceAll(v, "-", "–") },
		"a mark in front":  func(v string) string { return "\ufeff" + v },
		"unseen":           func(v string) string { return strings.Join(strings.Split(v, ""), "\u200b\u00ad") },
		"wide letters": func(v string) string {
			return strings.Map(func(r rune) rune {
				if isDigit(r) || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
					return r - '!' + '！'
				}
				return r
			}, v)
		},
	}
	for _, maker := range []struct{ name, model, number string }{
		{"AVM Berlin", "FRITZ!Box 7590", "avm"}, {"TP-LINK", "TL-WR740N", "4.0"}, {"ASUSTeK Computer Inc.", "RT-AC68U", ""}, {"Synology", "DS216se", "DS216se 6.2-25556"},
	} {
		seen := func(how func(string) string) device.Observation {
			return saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", how(maker.name), "modelName", how(maker.model), "modelNumber", how(maker.number))
		}
		want := identify(seen(spell["as it is"]))
		for name, how := range spell {
			got := identify(seen(how))
			if got.Vendor != want.Vendor || got.Model != want.Model || got.Revision != want.Revision || got.Firmware != want.Firmware || got.Kind != want.Kind || len(got.Doubts) != len(want.Doubts) {
				t.Errorf("%s with %s: %s %q %q %q %s %v, want %s %q %q %q %s %v", maker.model, name, got.Vendor, got.Model, got.Revision, got.Firmware, got.Kind, got.Doubts,
					want.Vendor, want.Model, want.Revision, want.Firmware, want.Kind, want.Doubts)
			}
		}
	}
}
