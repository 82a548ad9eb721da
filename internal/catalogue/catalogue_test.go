package catalogue_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"houdbaar/internal/catalogue"
	"houdbaar/internal/catalogue/build"
	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
)

var ctx = context.Background()

// built is the real catalogue, built once from assets/sources.
var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "catalogue-test-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "catalogue.db")
	s, err := build.Load(os.DirFS("../../assets/sources"))
	if err != nil {
		return "", err
	}
	return path, build.Write(s, path)
})

// must ends a test that cannot go on.
func must(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := built(); err == nil {
		os.RemoveAll(filepath.Dir(path))
	}
	for _, path := range grown { // by benchmarks
		os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

func open(t testing.TB) *catalogue.DB {
	t.Helper()
	path, err := built()
	must(t, err)
	db, err := catalogue.Open(path)
	must(t, err)
	t.Cleanup(func() { db.Close() })
	return db
}

func TestCandidates(t *testing.T) {
	db := open(t)
	for _, tc := range []struct {
		vendor, model, revision string
		want                    []string // IDs
		says                    map[lifecycle.Statement]bool
	}{
		{"D-Link", "DIR-860L", "", []string{"d-link/dir-860l", "d-link/dir-860l/b1"}, map[lifecycle.Statement]bool{lifecycle.EndOfSecuritySupport: true, lifecycle.Named: true}},
		{"NETGEAR, Inc.", "R7000", "", []string{"netgear/r7000", "netgear/r7000/100nas", "netgear/r7000/100pes"}, map[lifecycle.Statement]bool{lifecycle.EndOfSecuritySupport: true}},
		{"NETGEAR", "R7000P", "", []string{"netgear/r7000p", "netgear/r7000p/100nas"}, map[lifecycle.Statement]bool{lifecycle.EndOfSecuritySupport: true}},
		{"NETGEAR", "R7000-100PES", "", []string{"netgear/r7000", "netgear/r7000/100nas", "netgear/r7000/100pes"}, nil},
		{"Linksys", "E100", "", []string{""}, nil}, // no product: what was said of it was withdrawn
		{"", "DIR-860L", "", nil, nil},
		{"AVM Berlin", "FRITZ!Box 7590", "", []string{"avm/fritz-box-7590"}, map[lifecycle.Statement]bool{lifecycle.NewestFirmware: true}},
		{"AVM", "FRITZ!Box Fon WLAN 7390", "", []string{"avm/fritz-box-7390"}, nil},
	} {
		got, err := db.Candidates(ctx, device.Identity{Vendor: tc.vendor, Model: tc.model, Revision: tc.revision})
		must(t, err)
		var ids []string
		says := map[lifecycle.Statement]bool{}
		for _, p := range got {
			ids = append(ids, p.ID)
			for _, f := range p.Facts {
				says[f.Says] = true
				if f.Source.URL == "" || f.Source.Title == "" || f.Source.Publisher == "" || f.Source.Read.IsZero() {
					t.Errorf("%s: a fact without a whole source: %+v", p.ID, f)
				}
			}
		}
		if !slices.Equal(ids, tc.want) {
			t.Errorf("candidates for %s %s = %v, want %v", tc.vendor, tc.model, ids, tc.want)
		}
		for s := range tc.says {
			if !says[s] {
				t.Errorf("%s %s: no fact says %s", tc.vendor, tc.model, s)
			}
		}
	}
}

// TestTheWholeCatalogueIsRead: every fact of the sources comes back as it is written
// there, with its product.
func TestTheWholeCatalogueIsRead(t *testing.T) {
	s, err := build.Load(os.DirFS("../../assets/sources"))
	must(t, err)
	count := map[string]int{} // written, less read
	line := func(parts ...string) string { return strings.Join(parts, "|") }
	listed := map[string]string{} // vendor, model and revision to ID
	for _, p := range s.Products {
		listed[line(p.Vendor, p.Model, p.Revision)] = p.ID()
	}
	for _, p := range s.Publishers {
		sources := map[string]build.Source{}
		for _, src := range p.Sources {
			sources[src.Key] = src
		}
		for _, f := range p.Facts {
			id, ok := listed[line(f.Vendor, f.Model, f.Revision)]
			if !ok {
				continue
			}
			date := f.Date
			if date == "tba" {
				date = ""
			}
			src := sources[f.Source]
			count[line(id, f.Says, date, fmt.Sprint(f.Date == "tba"), f.Version, f.Region, f.Campaign, f.Detail, fmt.Sprint(f.Withdrawn), src.Title, src.URL, src.Read, src.Via)]++
		}
	}
	products, err := open(t).All(ctx)
	must(t, err)
	for _, p := range products {
		delete(listed, line(p.Vendor, p.Model, p.Revision))
		for _, f := range p.Facts {
			count[line(p.ID, string(f.Says), f.Date.String(), fmt.Sprint(f.TBA), f.Version, f.Region, f.Campaign, f.Detail, fmt.Sprint(f.Withdrawn), f.Source.Title, f.Source.URL, f.Source.Read.Format(time.DateOnly), f.Source.Via)]--
		}
	}
	for fact, n := range count {
		if n != 0 {
			t.Errorf("written and not read, less read and not written, %d times: %s", n, fact)
		}
	}
	if len(listed) > 0 || len(count) < 10000 {
		t.Errorf("%d products were not read; %d facts", len(listed), len(count))
	}
}

// TestLookingUpIsCheap counts what a question takes, which a busy computer does not
// change. A statement that SQLite prepares anew at every question has its columns
// read anew too.
func TestLookingUpIsCheap(t *testing.T) {
	db := open(t)
	for _, tc := range []struct {
		model string
		most  float64 // allocations
	}{{"Nothing 1", 60}, {"TL-WR841N", 360}} {
		id := device.Identity{Vendor: "TP-Link", Model: tc.model}
		if got := testing.AllocsPerRun(20, func() {
			if _, err := db.Candidates(ctx, id); err != nil {
				t.Fatal(err)
			}
		}); got > tc.most {
			t.Errorf("looking up %s takes %v allocations, want at most %v", tc.model, got, tc.most)
		}
	}
}

func TestAFactThatCannotBeReadIsDamage(t *testing.T) {
	id := device.Identity{Vendor: "Invented", Model: "X1"}
	for _, damage := range []string{
		"UPDATE fact SET date = 'soon'", "UPDATE fact SET detail = 'a' || char(31)", "UPDATE fact SET detail = char(30)", "UPDATE fact SET source = 'x'", "UPDATE fact SET source = 99",
		"UPDATE source SET read = 'today'", "UPDATE source SET trust = 'high'",
	} {
		path := small(t, "2026-11-01")
		change(t, path, damage)
		db, err := catalogue.Open(path)
		must(t, err)
		if got, err := db.Candidates(ctx, id); !errors.Is(err, catalogue.ErrDamaged) {
			t.Errorf("%s: %v, %v, want damage", damage, got, err)
		}
		db.Close()
	}
}

// TestKnownDevices judges devices that stand in homes, end to end, on the day the
// catalogue was first filled. A change here is a change of what people are told.
func TestKnownDevices(t *testing.T) {
	db := open(t)
	today := time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		vendor, model, revision, firmware string
		want                              lifecycle.VerdictKind
	}{
		{"D-Link", "DIR-860L", "", "", lifecycle.ReplaceNow},
		{"D-Link", "DIR-860L", "A1", "", lifecycle.ReplaceNow},
		{"D-Link", "DIR-860L", "B1", "", lifecycle.ReplaceNow},
		{"D-Link", "DCS-930L", "", "", lifecycle.ReplaceNow},
		{"TP-Link", "Archer C20", "", "", lifecycle.CheckLabel},
		{"TP-LINK", "Archer C20", "V1", "", lifecycle.CannotTell},  // listed by name only
		{"TP-LINK", "Archer C20", "2.0", "", lifecycle.CheckLabel}, // no source mentions it
		{"TP-LINK", "Archer C20", "4.0", "", lifecycle.ReplaceNow},
		{"TP-LINK", "Archer C20", "Ver: 5.0", "", lifecycle.PlanReplacement}, // ended in 2022 for another region; an update for Europe came in 2026
		{"TP-LINK", "Archer C20", "5.6", "", lifecycle.ReplaceNow},
		{"TP-Link", "TL-WR840N", "", "", lifecycle.CheckLabel},   // v2 and v3 ended
		{"TP-Link", "TL-WR840N", "V4", "", lifecycle.CannotTell}, // named by the FBI, which is no end of support
		{"NETGEAR", "R7000", "", "", lifecycle.ReplaceNow},
		{"NETGEAR", "R7000", "v2", "", lifecycle.ReplaceNow}, // the maker's CVE record names the model, not an item
		{"NETGEAR", "R7000P", "", "", lifecycle.ReplaceNow},
		{"NETGEAR", "Nighthawk R7000", "", "", lifecycle.ReplaceNow},
		{"NETGEAR", "Nighthawk R7000Q", "", "", lifecycle.CannotTell},
		{"NETGEAR", "RAX30-100EUS", "", "", lifecycle.SupportedNow}, // the item number is all it takes
		{"NETGEAR", "RAX30-100ABC", "", "", lifecycle.CheckLabel},   // an item that nobody lists
		{"NETGEAR", "XR450", "", "", lifecycle.ReplaceNow},
		{"TP-Link", "TL-WR841N", "V14", "", lifecycle.PlanReplacement}, // the same, of 2021
		{"TP-Link", "Archer C20(EU)", "V4", "", lifecycle.CheckLabel},  // said for other regions only
		{"NETGEAR", "RBR50", "v2", "", lifecycle.CheckLabel},           // what is said is said of v1 and of another item
		{"Linksys", "E1000", "", "", lifecycle.ReplaceNow},
		{"Linksys", "E100", "", "", lifecycle.CannotTell}, // withdrawn by the FBI
		{"Linksys", "E300", "", "", lifecycle.CannotTell},
		{"NETGEAR", "CBR40", "", "", lifecycle.CheckLabel},              // the American item ended; the "*" of a record is no word of an end
		{"Hikvision", "DS-2DF6A225X-AEL", "", "", lifecycle.CannotTell}, // (T3) and (T5) share the name, one got an update lately
		{"AVM", "FRITZ!Box 7490", "", "113.07.60", lifecycle.UpdateFirmware},
		{"AVM", "FRITZ!Box 7590", "", "154.08.25", lifecycle.SupportedNow},
		{"AVM Berlin", "FRITZ!Box 7590", "", "154.08.02", lifecycle.UpdateFirmware},
		{"AVM", "FRITZ!Box 7390", "", "", lifecycle.ReplaceNow},
		{"ASUS", "RT-AC66U", "", "", lifecycle.ReplaceNow},
		{"ASUS", "RT-AC66U", "B1", "", lifecycle.ReplaceNow},
		{"ASUS", "RT-AX58U", "", "", lifecycle.CheckLabel}, // the list ends the V2 in the EU, and says nothing of the first
		{"Synology", "DS213", "", "", lifecycle.ReplaceNow},
		{"Synology", "DS920+", "", "", lifecycle.SupportedNow}, // DSM 7.4 is on its download list
		{"KPN", "Experia Box V10", "", "", lifecycle.CannotTell},
		{"Ziggo", "Connectbox", "", "", lifecycle.CannotTell},
		{"Apple", "AirPort Extreme", "", "", lifecycle.PlanReplacement},
		{"eero", "eero 6", "", "", lifecycle.CannotTell},               // eero's own page was read in a guide
		{"Google", "Nest Cam IQ Indoor", "", "", lifecycle.CannotTell}, // support in a programme is no promise of fixes
		{"Western Digital", "My Cloud Mirror", "Gen 2", "", lifecycle.CannotTell},
		{"Hikvision", "DS-2CD2043G2-I", "", "", lifecycle.CannotTell}, // nobody checked which day its file came out
	} {
		id := device.Identity{Vendor: tc.vendor, Model: tc.model, Revision: tc.revision, Firmware: tc.firmware, Kind: device.Router}
		candidates, err := db.Candidates(ctx, id)
		must(t, err)
		v := lifecycle.Judge(id, lifecycle.Find(id, candidates), today, lifecycle.Options{})
		if v.Kind != tc.want {
			t.Errorf("%s %s %s %s: %s (%s), want %s", tc.vendor, tc.model, tc.revision, tc.firmware, v.Kind, v.Rule, tc.want)
		}
	}
}

// TestWithdrawnAndWiderStatementsMatchNothing: no row about a family, a policy or a
// withdrawn claim became a product.
func TestWithdrawnAndWiderStatementsMatchNothing(t *testing.T) {
	db := open(t)
	for _, id := range []device.Identity{
		{Vendor: "Linksys", Model: "E100"}, {Vendor: "Linksys", Model: "E300"}, {Vendor: "Cradlepoint", Model: "E100"},
		{Vendor: "Google", Model: "Nest Cam IQ"}, {Vendor: "QNAP", Model: "VioStor"}, {Vendor: "Synology", Model: "DSM 6.2"},
		{Vendor: "Zyxel", Model: "VMG1312"}, {Vendor: "Guardzilla", Model: "Guardzilla cameras"}, {Vendor: "Western Digital", Model: "My Cloud OS 3"},
		{Vendor: "Hikvision", Model: "DS-2CD"}, {Vendor: "D-Link", Model: "DIR"}, {Vendor: "AVM", Model: "FRITZ!Box"},
	} {
		got, err := db.Candidates(ctx, id)
		if m := lifecycle.Find(id, got); err != nil || m.How != lifecycle.NoMatch || len(m.Products) > 0 {
			t.Errorf("%s %s met %d products, %v", id.Vendor, id.Model, len(m.Products), err)
		}
	}
}

// TestWhatWasWithdrawnIsToldAndJudgesNothing: the FBI's list of May 2025 named the E100
// and the E300 by mistake.
func TestWhatWasWithdrawnIsToldAndJudgesNothing(t *testing.T) {
	db := open(t)
	today := time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
	for model, told := range map[string]int{"E100": 1, "e-300": 1, "E100 v2": 0, "E1000": 0, "E10": 0} {
		id := device.Identity{Vendor: "Linksys", Model: model, Kind: device.Router}
		candidates, err := db.Candidates(ctx, id)
		must(t, err)
		v := lifecycle.Judge(id, lifecycle.Find(id, candidates), today, lifecycle.Options{})
		got := 0
		for _, r := range v.Reasons {
			if r.Code != lifecycle.CodeWithdrawn {
				continue
			}
			got++
			if r.Args["why"] != "the FBI removed it from the list as an error" || len(r.Sources) != 1 || r.Sources[0].URL == "" {
				t.Errorf("%s: %+v: want why, and where it was read", model, r)
			}
		}
		if got != told {
			t.Errorf("%s: %d reasons tell of what was withdrawn, want %d: %+v", model, got, told, v.Reasons)
		}
		if told > 0 && (v.Kind != lifecycle.CannotTell || v.Reasons[0].Code != lifecycle.CodeNotInCatalogue || len(v.Campaigns) > 0) {
			t.Errorf("%s: %s, %+v, %+v", model, v.Kind, v.Reasons, v.Campaigns)
		}
	}
	got := db.Withdrawn()
	if i := slices.IndexFunc(got, func(p lifecycle.Product) bool { return p.Vendor == "Linksys" && p.Model == "E100" }); i < 0 || got[i].Facts[0].Source.URL == "" || !got[i].Facts[0].Withdrawn {
		t.Errorf("withdrawn: %+v", got)
	}
	products, err := db.All(ctx)
	must(t, err)
	for _, p := range products {
		if p.Vendor == "Linksys" && (p.Model == "E100" || p.Model == "E300") {
			t.Errorf("%s is a product", p.ID)
		}
	}
	if got, err := db.Search(ctx, "linksys e300", 20); err != nil || len(got) > 0 && got[0].Model == "E300" {
		t.Errorf("search: %v, %v", got, err)
	}
}

func TestNoCatalogueIsAnEmptyOne(t *testing.T) {
	var db *catalogue.DB
	if got, err := db.Candidates(ctx, device.Identity{Vendor: "D-Link", Model: "DIR-860L"}); got != nil || err != nil {
		t.Errorf("candidates of no catalogue: %v, %v", got, err)
	}
	if got, err := db.Search(ctx, "dir860", 10); got != nil || err != nil {
		t.Errorf("search of no catalogue: %v, %v", got, err)
	}
	if m := db.Meta(); m.Products != 0 {
		t.Errorf("meta of no catalogue: %+v", m)
	}
}
