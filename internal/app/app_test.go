package app

import (
	"errors"
	"io/fs"
	"net/netip"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"houdbaar/internal/catalogue"
	"houdbaar/internal/catalogue/build"
	"houdbaar/internal/device"
	"houdbaar/internal/lab"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// recordings are the devices of the lab, as case folders.
const recordings = "../lab/recordings"

// must ends a test that cannot go on.
func must(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// invented writes a catalogue of one invented product, read on a day.
func invented(t *testing.T, path, model, read string) {
	t.Helper()
	s := &build.Sources{
		Vendors:  []build.Vendor{{Name: "D-Link"}},
		Products: []build.Product{{Vendor: "D-Link", Model: model, Kind: "router"}},
		Publishers: []build.Publisher{{Folder: "invented", Name: "Invented", Trust: "vendor", Terms: "invented",
			Sources: []build.Source{{Key: "list", Title: "Invented list", URL: "https://example.com/list", Read: read}},
			Facts:   []build.Fact{{Vendor: "D-Link", Model: model, Says: "end_of_security_support", Date: "2018-05-01", Source: "list"}}}},
	}
	must(t, build.Write(s, path))
}

// builtIn is an embedded catalogue with one invented product.
func builtIn(t *testing.T, model, read string) fs.FS {
	t.Helper()
	path := filepath.Join(t.TempDir(), "catalogue.db")
	invented(t, path, model, read)
	data, err := os.ReadFile(path)
	must(t, err)
	db, err := catalogue.Open(path)
	must(t, err)
	defer db.Close()
	return fstest.MapFS{
		"catalogue/" + catalogue.FileName:                           {Data: data},
		"catalogue/" + catalogue.FileName + catalogue.VersionSuffix: {Data: []byte(db.Meta().Version)},
	}
}

// at opens an engine with a data folder of its own.
func at(t *testing.T, home string, in fs.FS) *Engine {
	t.Helper()
	lab.HomeFolder(t, home)
	e := Open(in)
	t.Cleanup(func() { e.Close() })
	return e
}

func TestTheNewestCatalogueJudges(t *testing.T) {
	home := t.TempDir()
	old, recent := builtIn(t, "DIR-1", "2026-01-01"), builtIn(t, "DIR-2", "2026-11-01")
	for _, c := range []struct {
		name string
		in   fs.FS
		want string
	}{
		{"a first start installs the built-in one", old, "2026-01-01"},
		{"a newer program brings its newer one", recent, "2026-11-01"},
		{"an older program keeps the newer one", old, "2026-11-01"},
		{"one without a built-in one uses it too", fstest.MapFS{}, "2026-11-01"},
	} {
		e := at(t, home, c.in)
		if got := e.CatalogueMeta().Date.Format(time.DateOnly); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		if p, ok := e.CatalogueProblem(); ok {
			t.Errorf("%s: %+v", c.name, p)
		}
		e.Close() // Windows does not replace a file that is open
	}
	folder, err := DataFolder()
	must(t, err)
	left, err := os.ReadDir(folder)
	if err != nil || len(left) != 1 {
		t.Errorf("%d files in the data folder, %v; want the catalogue only", len(left), err)
	}
}

func TestNoCatalogueIsAProblemAndNotTheEnd(t *testing.T) {
	e := at(t, t.TempDir(), fstest.MapFS{})
	if p, ok := e.CatalogueProblem(); !ok || p.Code != "catalogue_missing" || !errors.Is(e.missing, catalogue.ErrMissing) {
		t.Errorf("problem %+v, error %v", p, e.missing)
	}
	f, err := e.Check(t.Context(), device.Identity{Vendor: "D-Link", Model: "DIR-1"})
	if err != nil || f.Verdict.Kind != lifecycle.CannotTell {
		t.Errorf("verdict %s, %v", f.Verdict.Kind, err)
	}
	if found, err := e.Search(t.Context(), "DIR", 5); err != nil || len(found) > 0 {
		t.Errorf("found %v, %v", found, err)
	}
}

func TestATypedIdentityGetsItsKindAndSpelling(t *testing.T) {
	e := at(t, t.TempDir(), builtIn(t, "DIR-1", "2026-01-01"))
	e.On = time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
	f, err := e.Check(t.Context(), device.Identity{Vendor: "d-link", Model: "dir-1"})
	must(t, err)
	if f.Verdict.Kind != lifecycle.ReplaceNow || f.Identity.Kind != device.Router || f.Identity.Vendor != "D-Link" || len(f.Identity.Evidence) != 2 {
		t.Errorf("verdict %s, identity %+v", f.Verdict.Kind, f.Identity)
	}
}

// TestWhatIsRecordedIsIdentifiedAlike records each device of the lab as a scan
// would and reads it back.
func TestWhatIsRecordedIsIdentifiedAlike(t *testing.T) {
	e := at(t, t.TempDir(), fstest.MapFS{})
	e.On = time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
	cases, err := filepath.Glob(filepath.Join(recordings, "*", "truth.json"))
	if err != nil || len(cases) == 0 {
		t.Fatalf("no recordings: %v", err)
	}
	for _, path := range cases {
		name := filepath.Base(filepath.Dir(path))
		before, err := e.Identify(t.Context(), filepath.Dir(path))
		must(t, err)
		dir := t.TempDir()
		if n, err := e.Record(dir, scan.Scan{Findings: []scan.Finding{before}}, "a test"); n != 1 || err != nil {
			t.Fatalf("%s: %d written, %v", name, n, err)
		}
		made, _ := os.ReadDir(dir)
		after, err := e.Identify(t.Context(), filepath.Join(dir, made[0].Name()))
		must(t, err)
		a, b := before.Identity, after.Identity
		if a.Vendor != b.Vendor || a.Model != b.Model || a.Revision != b.Revision || a.Firmware != b.Firmware || a.Kind != b.Kind {
			t.Errorf("%s: was %s %s %s %s %s, recorded it is %s %s %s %s %s", name,
				a.Vendor, a.Model, a.Revision, a.Firmware, a.Kind, b.Vendor, b.Model, b.Revision, b.Firmware, b.Kind)
		}
	}
}

func TestFoldersOfRecordingsHaveSafeAndFreeNames(t *testing.T) {
	for name, c := range map[string]struct {
		id   device.Identity
		want string
	}{
		"maker and model":              {device.Identity{Vendor: "AVM", Model: "FRITZ!Box 7590", Name: "Jan"}, "device-avm-fritz-box-7590"},
		"a maker that is in the model": {device.Identity{Vendor: "Arlo", Model: "Arlo Pro 3"}, "device-arlo-pro-3"},
		"never the name a person gave": {device.Identity{Name: "Jan's camera", Kind: device.Camera}, "device-camera"},
		"no way out of the folder":     {device.Identity{Vendor: "../..", Model: "/etc/passwd\x00"}, "device-etc-passwd"},
		"nothing known":                {device.Identity{}, "device-unknown"},
	} {
		if got := folderName(scan.Finding{Identity: c.id}); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
	dir := t.TempDir()
	for _, want := range []string{"device-x", "device-x-2", "device-x-3"} {
		got, err := freeFolder(dir, "device-x")
		if err != nil || filepath.Base(got) != want {
			t.Errorf("got %q, %v; want %q", got, err, want)
		}
		must(t, os.Mkdir(got, 0o755))
	}
}

func TestADeviceThatSaidNothingIsNotRecorded(t *testing.T) {
	e := at(t, t.TempDir(), fstest.MapFS{})
	silent := scan.Finding{Device: device.Device{Addrs: []netip.Addr{netip.MustParseAddr("192.0.2.1")}, Observations: []device.Observation{{Source: device.SourceNeighbour}}}}
	if n, err := e.Record(t.TempDir(), scan.Scan{Findings: []scan.Finding{silent}}, "a test"); n != 0 || err != nil {
		t.Errorf("%d written, %v", n, err)
	}
}

func TestLostInterfacesAreToldInTheirOrder(t *testing.T) {
	lost := lostProblems([]string{"eth0", "wlan0"})
	if len(lost) != 2 || lost[0].Args["interface"] != "eth0" || lost[1].Args["interface"] != "wlan0" {
		t.Errorf("it tells %v", lost)
	}
}
