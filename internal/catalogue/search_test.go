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
