package catalogue_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"houdbaar/internal/catalogue"
	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
)

// TestSearchProposesWhatWasMeant: more that people type stands in typedByPeople.
func TestSearchProposesWhatWasMeant(t *testing.T) {
	db := open(t)
	for _, tc := range []struct {
		typed string
		want  string // the first proposal's vendor and model
	}{
		{"dir-860l", "D-Link DIR-860L"},
		{"DIR 860 L", "D-Link DIR-860L"},
		{"d-link dir860l", "D-Link DIR-860L"},
		{"dlink 860", "D-Link DIR-860L"},
		{"wr841n", "TP-Link TL-WR841N"},
		{"fritzbox 7590", "AVM FRITZ!Box 7590"},
		{"fritz 749O", "AVM FRITZ!Box 7490"}, // O for 0
		{"Nighthawk R7000", "NETGEAR R7000"},
		{"netgear nighthawk r7000", "NETGEAR R7000"},
		{"Archer C7(EU) V5", "TP-Link Archer C7"},
		{"KPN Box 12", "KPN Box 12"},
		{"archer c2O", "TP-Link Archer C20"},
		{"acher c7", "TP-Link Archer C7"},
		{"C2O archer tplink", "TP-Link Archer C20"},
		{"rtac66u", "ASUS RT-AC66U"},
		{"ds213", "Synology DS213"},
		{"synology 213", "Synology DS213"},
		{"DCS930l", "D-Link DCS-930L"},
		{"dcs 930", "D-Link DCS-930"},
		{"e1000", "Linksys E1000"},
		{"experia box v10", "KPN Experia Box V10"},
		{"kpn experia v10", "KPN Experia Box V10"},
		{"experiabox", "KPN Experia Box V8"},
		{"connectbox", "Ziggo Connectbox"},
		{"vmg8825", "Zyxel VMG8825-T50"},
		{"tapo c200", "TP-Link Tapo C200"},
		{"hikvision 2143G0", "Hikvision DS-2CD2143G0-I"},
		{"nest hello", "Google Nest Doorbell (legacy)"},
		{"deco m4", "TP-Link Deco M4"},
		{"repeater 1750e", "AVM FRITZ!WLAN Repeater 1750E"},
		{"eero 6", "eero eero 6"},
	} {
		got, err := db.Search(ctx, tc.typed, 30)
		must(t, err)
		if len(got) == 0 {
			t.Errorf("search %q found nothing, want %s", tc.typed, tc.want)
			continue
		}
		if first := got[0].Vendor + " " + got[0].Model; first != tc.want {
			var all []string
			for _, p := range got[:min(6, len(got))] {
				all = append(all, p.Vendor+" "+p.Model+" "+p.Revision)
			}
			t.Errorf("search %q: first %s, want %s; then %v", tc.typed, first, tc.want, all)
		}
	}
}

func TestSearchAsOneTypes(t *testing.T) {
	db := open(t)
	text := "fritz!box 7490"
	for n := 1; n <= len(text); n++ {
		got, err := db.Search(ctx, text[:n], 20)
		must(t, err)
		if len(got) == 0 {
			t.Errorf("search %q found nothing", text[:n])
		}
		if n >= 5 && len(got) > 0 && got[0].Vendor != "AVM" {
			t.Errorf("search %q: first %s %s, want something of AVM", text[:n], got[0].Vendor, got[0].Model)
		}
	}
}

func TestSearchPutsTheTypedRevisionFirst(t *testing.T) {
	got, err := open(t).Search(ctx, "archer c20 v5", 10)
	if err != nil || len(got) == 0 {
		t.Fatal(got, err)
	}
	if got[0].Model != "Archer C20" || lifecycle.RevisionKey(got[0].Revision) != "5" {
		t.Errorf("first %s %s, want Archer C20 V5", got[0].Model, got[0].Revision)
	}
}

func TestSearchFindsNothingInNothing(t *testing.T) {
	db := open(t)
	for _, typed := range []string{"", "   ", "!!!", "zzzzqqqq", "\x00\xff", strings.Repeat("x", 10000)} {
		got, err := db.Search(ctx, typed, 10)
		if err != nil || len(got) > 0 {
			t.Errorf("search %.20q = %d products, %v, want none", typed, len(got), err)
		}
	}
	if got, err := db.Search(ctx, "fritz", 0); err != nil || got != nil {
		t.Errorf("a search for none: %v, %v", got, err)
	}
}

func TestAHundredInventedModelsCannotBeTold(t *testing.T) {
	db := open(t)
	today := time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
	vendors := []string{"D-Link", "TP-Link", "NETGEAR", "AVM", "Linksys", "Hikvision", "ASUS", "Zyxel", "KPN", "Nobody"}
	for i := range 100 {
		vendor := vendors[i%len(vendors)]
		invented := fmt.Sprintf("ZQ-%dX", 7000+i)
		for _, model := range []string{invented, "R7000Q", "DIR-860LX", "E100", "FRITZ!Box", "Archer",
			invented + "(EU)", invented + " v1", invented + "-100PES", "Nighthawk " + invented, "Omada " + invented, "Ziggo " + invented,
			"R7000Q-100PES", "Nighthawk R7000Q", "DIR-860LX/EU", "E100(EU)", "Archer(EU)", "Nighthawk", "(EU)"} {
			id := device.Identity{Vendor: vendor, Model: model, Kind: device.Router}
			candidates, err := db.Candidates(ctx, id)
			must(t, err)
			m := lifecycle.Find(id, candidates)
			if v := lifecycle.Judge(id, m, today, lifecycle.Options{}); v.Kind != lifecycle.CannotTell {
				t.Errorf("invented %s %s: %s (%s)", vendor, model, v.Kind, v.Rule)
			}
		}
	}
}

func FuzzSearch(f *testing.F) {
	path, err := built()
	must(f, err)
	db, err := catalogue.Open(path)
	must(f, err)
	defer db.Close()
	for _, s := range []string{"dir860", "TL WR 840", "é+0O1lI", "\xff", "_", "fritz!box"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		got, err := db.Search(context.Background(), typed, 5)
		must(t, err)
		if len(got) > 5 {
			t.Errorf("%d proposals, want at most 5", len(got))
		}
	})
}
