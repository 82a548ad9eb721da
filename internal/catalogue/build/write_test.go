package build

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"houdbaar/internal/catalogue"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/sqlite"
)

// real is the folder of the reviewed sources.
const real = "../../../assets/sources"

func TestTheSourcesOfThisRepositoryAreGood(t *testing.T) {
	s := loaded(t, os.DirFS(real))
	for i, c := range Verify(s) {
		t.Error(c)
		if i > 20 {
			t.Fatal("... and more")
		}
	}
	if len(s.Products) < 7000 {
		t.Errorf("%d products, want at least those of the first researched set", len(s.Products))
	}
}

func TestTheSameSourcesGiveTheSameBytes(t *testing.T) {
	fsys := os.DirFS(real)
	var got [2][]byte
	for i := range got {
		s := loaded(t, fsys)
		if i == 1 { // the order of reading is no part of it
			slices.Reverse(s.Products)
			slices.Reverse(s.Publishers)
		}
		path := filepath.Join(t.TempDir(), "catalogue.db")
		must(t, Write(s, path))
		var err error
		got[i], err = os.ReadFile(path)
		must(t, err)
	}
	if !bytes.Equal(got[0], got[1]) {
		t.Errorf("two builds differ (%d and %d bytes)", len(got[0]), len(got[1]))
	}
	if len(got[0]) < 1<<20 {
		t.Errorf("the catalogue has %d bytes, too few to hold what the sources say", len(got[0]))
	}
}

// TestWhatWasWithdrawnStandsApart: in the catalogue with the reason and the source, and
// not among the facts that are judged on.
func TestWhatWasWithdrawnStandsApart(t *testing.T) {
	s := &Sources{
		Products: []Product{{Vendor: "Invented", Model: "X1"}},
		Publishers: []Publisher{{Folder: "invented", Name: "Invented", Trust: "vendor",
			Sources: []Source{
				{Key: "list", Title: "List", URL: "https://invented.example.com/list", Read: "2026-11-01"},
				{Key: "old", Title: "Old list", URL: "https://invented.example.com/old", Read: "2026-11-01"},
			},
			Facts: []Fact{
				{Vendor: "Invented", Model: "X1", Says: "supported", Source: "list"},
				{Vendor: "Invented", Model: "X1", Says: "end_of_life", Source: "old", Note: "a slip", Withdrawn: true},
				{Vendor: "Invented", Model: "X9", Says: "end_of_life", Source: "old", Note: "there is none", Withdrawn: true},
			}}},
	}
	db, path := built(t, s)
	all := products(t, db)
	if len(all) != 1 || all[0].ID != "invented/x1" || len(all[0].Facts) != 2 {
		t.Fatalf("%+v", all)
	}
	if f := all[0].Facts[0]; f.Withdrawn || f.Says != "supported" {
		t.Errorf("first %+v, want what holds", f)
	}
	if f := all[0].Facts[1]; !f.Withdrawn || f.Why != "a slip" || f.Source.Title != "Old list" {
		t.Errorf("then %+v, want what was withdrawn, why and where", f)
	}
	if gone := db.Withdrawn(); len(gone) != 2 || gone[1].Model != "X9" || gone[1].Facts[0].Why != "there is none" || gone[1].Facts[0].Source.URL == "" {
		t.Errorf("withdrawn: %+v", gone)
	}
	raw, err := sqlite.OpenReadOnly(path)
	must(t, err)
	defer raw.Close()
	var facts int
	if err := raw.QueryRow(`SELECT count(*) FROM fact`).Scan(&facts); err != nil || facts != 1 {
		t.Errorf("%d facts to judge on, %v, want 1", facts, err)
	}
}

// TestANameOfTheModelIsOneOfEachRevision: a "WR10" that does not say its revision may be the
// V2 as well. "X20 v2" and "X20-100PES" can be one only.
func TestANameOfTheModelIsOneOfEachRevision(t *testing.T) {
	db, _ := built(t, &Sources{Products: []Product{
		{Vendor: "Invented", Model: "TL-WR10", Revision: "V1", Aliases: []string{"WR10"}},
		{Vendor: "Invented", Model: "TL-WR10", Revision: "V2"},
		{Vendor: "Invented", Model: "TL-WR31", Revision: "V1", Aliases: []string{"WR31"}},
		{Vendor: "Invented", Model: "TL-WR31", Revision: "V3"},
		{Vendor: "Invented", Model: "X20", Aliases: []string{"Big X20"}},
		{Vendor: "Invented", Model: "X20", Revision: "100PES", Aliases: []string{"X20-100PES"}},
		{Vendor: "Invented", Model: "X20", Revision: "v2", Aliases: []string{"Wide X20 (v2)"}},
	}, Publishers: []Publisher{{Sources: []Source{{Read: "2026-11-01"}}}}})
	got := map[string]string{}
	for _, p := range products(t, db) {
		got[p.ID] = strings.Join(p.Aliases, ", ")
	}
	want := map[string]string{
		"invented/tl-wr10/v1": "WR10", "invented/tl-wr10/v2": "WR10", "invented/tl-wr31/v1": "WR31", "invented/tl-wr31/v3": "WR31",
		"invented/x20": "Big X20", "invented/x20/100pes": "X20-100PES, Big X20", "invented/x20/v2": "Wide X20 (v2), Big X20",
	}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// built writes s and opens it; path is where it lies.
func built(t *testing.T, s *Sources) (db *catalogue.DB, path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "catalogue.db")
	must(t, Write(s, path))
	db, err := catalogue.Open(path)
	must(t, err)
	t.Cleanup(func() { db.Close() })
	return db, path
}

// products are all products of a catalogue.
func products(t *testing.T, db *catalogue.DB) []lifecycle.Product {
	t.Helper()
	all, err := db.All(t.Context())
	must(t, err)
	return all
}

func TestSaveWritesWhatLoadRead(t *testing.T) {
	s := loaded(t, os.DirFS(real))
	dir := t.TempDir()
	if _, err := Save(s, dir); err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(written(t, dir), written(t, real)) {
		t.Error(`the sources are not as Save writes them; "mkcatalogue sort" mends that`)
	}
	if wrote, err := Save(s, dir); err != nil || len(wrote) > 0 {
		t.Errorf("saving twice wrote %v (%v)", wrote, err)
	}
}

// written are the tables and lists below a folder of sources, by their names.
func written(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	must(t, fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if ext := filepath.Ext(name); err != nil || ext != ".csv" && ext != ".json" {
			return err
		}
		body, err := os.ReadFile(filepath.Join(dir, name))
		out[name] = string(body)
		return err
	}))
	return out
}

// TestAnotherCatalogueHasAnotherVersion also where the same sources are written otherwise.
func TestAnotherCatalogueHasAnotherVersion(t *testing.T) {
	version := func(models ...string) string {
		s := &Sources{Publishers: []Publisher{{Sources: []Source{{Read: "2026-11-01"}}}}}
		for _, m := range models {
			s.Products = append(s.Products, Product{Vendor: "Invented", Model: m})
		}
		db, path := built(t, s)
		beside, err := os.ReadFile(path + catalogue.VersionSuffix)
		must(t, err)
		if got := db.Meta().Version; strings.TrimSpace(string(beside)) != got || !strings.HasPrefix(got, "2026-11-01-") {
			t.Errorf("version %q in the file, %q beside it", got, beside)
		}
		return db.Meta().Version
	}
	if one := version("X1", "X2"); one != version("X2", "X1") || one == version("X1", "X3") {
		t.Error("the version is not what tells catalogues apart")
	}
}

func TestSlug(t *testing.T) {
	for in, want := range map[string]string{
		"FRITZ!Box 7590": "fritz-box-7590", "DS207+": "ds207-plus", "DIR-860L": "dir-860l", "": "", "F@st 5359": "f-st-5359", "--": "",
	} {
		if got := slug(in); got != want {
			t.Errorf("Slug(%q) = %q, want %q", in, got, want)
		}
	}
}
