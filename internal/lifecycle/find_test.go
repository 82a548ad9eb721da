package lifecycle

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

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

// A device that sends "DIR-860L B1" is judged as one that sends "DIR-860L" and "B1".
func TestModelAndRevisionInOneNameMeetWhatIsSaidOfTheModel(t *testing.T) {
	whole := Product{ID: "whole", Vendor: "D-Link", Model: "DIR-860L"}
	b1 := Product{ID: "b1", Vendor: "D-Link", Model: "DIR-860L", Revision: "B1"}
	candidates := []Product{whole, b1, {ID: "a1", Vendor: "D-Link", Model: "DIR-860L", Revision: "A1"}, {ID: "other", Vendor: "D-Link", Model: "DIR-860"}}
	inFields := Find(device.Identity{Vendor: "D-Link", Model: "DIR-860L", Revision: "B1"}, candidates)
	if len(inFields.Products) != 2 || len(inFields.Siblings) != 1 {
		t.Fatalf("in two fields: %+v", inFields)
	}
	for _, revision := range []string{"", "B1", "Ver. B1"} {
		id := device.Identity{Vendor: "D-Link", Model: "DIR-860L B1", Revision: revision}
		if diff := cmp.Diff(inFields, Find(id, candidates)); diff != "" {
			t.Errorf("revision %q: -two fields +one name:\n%s", revision, diff)
		}
		if keys := IdentityKeys(id); !slices.Contains(keys, ModelKey("D-Link", "DIR-860L")) {
			t.Errorf("revision %q: keys %v do not look up the model as a whole", revision, keys)
		}
	}
	if m := Find(device.Identity{Vendor: "TP-Link", Model: "Archer C7 v5.0"}, []Product{{Vendor: "TP-Link", Model: "Archer C7", Revision: "V5"}, {Vendor: "TP-Link", Model: "Archer C7", Revision: "V5.6"}}); len(m.Products) != 1 || m.Products[0].Revision != "V5" {
		t.Errorf("Archer C7 v5.0 matches %+v, want V5", m.Products)
	}
	for _, model := range []string{"DIR-860L C1", "DIR-860L BB1", "DIR-860B1"} {
		if m := Find(device.Identity{Vendor: "D-Link", Model: model}, candidates); m.How != NoMatch {
			t.Errorf("%s matches %+v", model, m)
		}
	}
}
