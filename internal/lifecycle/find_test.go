package lifecycle

import (
	"fmt"
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

// A label, a box or a shop writes more than the model; what tells no two apart does not count.
func TestALabelsWholeNameMeetsItsModel(t *testing.T) {
	dead := fact(EndOfSecuritySupport, "2021-01-01", maker)
	plain := func(vendor, model, revision string) Product { return product(vendor, model, revision, dead) }
	box := plain("ZTE", "H369A", "")
	box.Provider, box.Aliases = "KPN", []string{"Experia Box V10"}
	american := plain("TP-Link", "Archer C7", "V5")
	american.Facts[0].Region = "US"
	item := plain("NETGEAR", "RAX30", "100EUS")
	item.Aliases = []string{"RAX30-100EUS"}
	candidates := []Product{
		plain("NETGEAR", "R7000", ""), plain("NETGEAR", "R7500", ""), plain("NETGEAR", "Nighthawk AX12", ""), item, product("NETGEAR", "RAX30", ""),
		american, plain("TP-Link", "Archer C9", ""), plain("TP-Link", "EAP225", ""), plain("Tenda", "Nova MW6", ""), plain("Synology", "DS213", ""), box,
		plain("D-Link", "DIR-882", ""), plain("Hikvision", "DS-2DY3220IW-DE", ""), plain("Hikvision", "DS-2DY3220IW", ""),
	}
	for _, c := range []struct {
		vendor, model, revision string
		meets                   string // the first product's model; "" = none
		kind                    VerdictKind
	}{
		{"NETGEAR", "Nighthawk R7000", "", "R7000", ReplaceNow},
		{"NETGEAR", "NETGEAR Nighthawk R7000", "", "R7000", ReplaceNow},
		{"NETGEAR", "AX12", "", "Nighthawk AX12", ReplaceNow},
		{"NETGEAR", "R7000-100PES", "", "R7000", ReplaceNow},       // said of the R7000, whatever the item
		{"NETGEAR", "RAX30-100EUS", "", "RAX30", ReplaceNow},       // the item number is the revision
		{"NETGEAR", "RAX30", "rax30-100eus", "RAX30", ReplaceNow},  // also where a person wrote it
		{"NETGEAR", "RAX30", "R7000-100EUS", "RAX30", CheckLabel},  // another model's
		{"NETGEAR", "RAX30 100eus", "", "RAX30", ReplaceNow},       //
		{"NETGEAR", "RAX30-100NAS", "", "RAX30", CheckLabel},       // an item that nobody lists inherits nothing
		{"NETGEAR", "RAX30", "", "RAX30", ReplaceNow},              // every listed item ended
		{"TP-Link", "Archer C9(EU)", "", "Archer C9", ReplaceNow},  // said of every region
		{"TP-Link", "Archer C9 (EU)", "", "Archer C9", ReplaceNow}, //
		{"TP-Link", "Archer C9/EU", "", "Archer C9", ReplaceNow},
		{"TP-Link", "Archer C7(EU)", "V5", "Archer C7", CheckLabel}, // said of the American one only
		{"TP-Link", "Archer C7(US)", "V5", "Archer C7", ReplaceNow},
		{"TP-Link", "Archer C7(US) V5", "", "Archer C7", ReplaceNow},
		{"TP-Link", "Archer C7(EU) V5", "", "Archer C7", CheckLabel},
		{"TP-Link", "Archer C7(EU) V4", "", "", CannotTell},
		{"TP-Link", "Omada EAP225", "", "EAP225", ReplaceNow},
		{"Tenda", "MW6", "", "Nova MW6", ReplaceNow},
		{"Synology", "DiskStation DS213", "", "DS213", ReplaceNow},
		{"D-Link", "EXO DIR-882", "", "DIR-882", ReplaceNow},
		{"ZTE", "KPN Experia Box V10", "", "H369A", ReplaceNow},
		{"KPN", "KPN Experia Box V10", "", "H369A", ReplaceNow},
		{"KPN", "H369A", "", "H369A", ReplaceNow},
		{"Hikvision", "DS-2DY3220IW-DE", "", "DS-2DY3220IW-DE", ReplaceNow},
		{"Hikvision", "DS-2DY3220IW-US", "", "", CannotTell}, // a hyphen is part of a name
		{"NETGEAR", "Nighthawk R7000P", "", "", CannotTell},
		{"NETGEAR", "Nighthawk R700", "", "", CannotTell},
		{"NETGEAR", "R7000-100", "", "", CannotTell},
		{"NETGEAR", "R70-100PES", "", "", CannotTell},
		{"Linksys", "R7000-100PES", "", "", CannotTell},
		{"TP-Link", "EAP225-100EUS", "", "", CannotTell}, // item numbers are NETGEAR's
		{"Linksys", "Nighthawk R7000", "", "", CannotTell},
		{"NETGEAR", "Nighthawk", "", "", CannotTell},
		{"TP-Link", "Archer C(EU)", "", "", CannotTell},
		{"TP-Link", "Archer C7(XX)", "", "", CannotTell},
		{"TP-Link", "(EU)", "", "", CannotTell},
		{"Ziggo", "KPN Experia Box V10", "", "", CannotTell},
	} {
		id := who(c.vendor, c.model, c.revision, "")
		m := Find(id, candidates)
		meets := ""
		if len(m.Products) > 0 {
			meets = m.Products[0].Model
		}
		v := Judge(id, m, today, Options{})
		if meets != c.meets || v.Kind != c.kind {
			t.Errorf("%s %s %s meets %q: %v because of %s; want %q, %v", c.vendor, c.model, c.revision, meets, v.Kind, v.Reasons[0].Code, c.meets, c.kind)
		}
		if m.How != NoMatch && !slices.ContainsFunc(IdentityKeys(id), func(k string) bool { return slices.Contains(ProductKeys(m.Products[0]), k) }) {
			t.Errorf("%s %s shares no key with %s: %v, %v", c.vendor, c.model, meets, IdentityKeys(id), ProductKeys(m.Products[0]))
		}
	}
}

// Whatever is put around a model that nobody lists, it stays one.
func TestAHundredInventedModelsInEveryDressAreNotKnown(t *testing.T) {
	var products []Product
	for i := range 60 {
		for _, p := range [][2]string{{"NETGEAR", fmt.Sprintf("R7%d0", i)}, {"NETGEAR", fmt.Sprintf("RAX%d", i)}, {"TP-Link", fmt.Sprintf("Archer C%d", i)}, {"D-Link", fmt.Sprintf("DIR-8%dL", i)}, {"Linksys", fmt.Sprintf("E%d01", i)}} {
			products = append(products, product(p[0], p[1], "", fact(EndOfLife, "2020", maker)), product(p[0], p[1], "v1", fact(Supported, "2026-10-01", maker)))
		}
	}
	n := 0
	for i := range 25 {
		for _, p := range [][2]string{{"NETGEAR", fmt.Sprintf("R7%d0P", i)}, {"TP-Link", fmt.Sprintf("Archer C%dx", i)}, {"D-Link", fmt.Sprintf("DIR-8%dLX", i)}, {"Linksys", fmt.Sprintf("E%d0", 100+i)}} {
			for _, dress := range []string{"%s", "%s(EU)", "%s (US)", "%s/EU", "%s-100PES", "%s-100NAS", "Nighthawk %s", "Orbi %s", "EXO %s", "Velop %s", "KPN %s", "%s v1", "Nighthawk %s-100EUS"} {
				n++
				id := who(p[0], fmt.Sprintf(dress, p[1]), "", "1.0")
				if v := judged(id, products...); v.Kind != CannotTell || v.Reasons[0].Code != CodeNotInCatalogue {
					t.Errorf("%s %s: %v because of %s", id.Vendor, id.Model, v.Kind, v.Reasons[0].Code)
				}
			}
		}
	}
	if n < 1000 {
		t.Errorf("only %d", n)
	}
}
