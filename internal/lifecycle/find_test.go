package lifecycle

import (
	"testing"

	"houdbaar/internal/device"
)

func TestALetterIsADLinkHardwareLine(t *testing.T) {
	line := func(vendor, revision string) Product {
		return Product{ID: vendor + revision, Vendor: vendor, Model: "DIR-822", Revision: revision}
	}
	for name, c := range map[string]struct {
		vendor, has, read string
		unlisted          bool
	}{
		"D-Link's A covers A1":                {"D-Link", "A", "A1", false},
		"D-Link's A covers A12":               {"D-Link", "A", "A12", false},
		"D-Link's A is not B1":                {"D-Link", "A", "B1", true},
		"D-Link's A1 does not cover A2":       {"D-Link", "A1", "A2", true},
		"D-Link's A does not cover A1E":       {"D-Link", "A", "A1E", true},
		"another maker's A does not cover A1": {"TRENDnet", "A", "A1", true},
	} {
		m := Find(device.Identity{Vendor: c.vendor, Model: "DIR-822", Revision: c.read}, []Product{line(c.vendor, c.has), line(c.vendor, "C1")})
		if m.Unlisted != c.unlisted {
			t.Errorf("%s: unlisted %v, want %v", name, m.Unlisted, c.unlisted)
		}
	}
}
