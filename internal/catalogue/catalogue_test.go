package catalogue_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

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
	fsys := os.DirFS("../../assets/sources")
	s, err := build.Load(fsys)
	if err != nil {
		return "", err
	}
	digest, err := build.Digest(fsys)
	if err != nil {
		return "", err
	}
	return path, build.Write(s, digest, path)
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := built(); err == nil {
		os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

func open(t testing.TB) *catalogue.DB {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	db, err := catalogue.Open(path)
	if err != nil {
		t.Fatal(err)
	}
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
		{"NETGEAR, Inc.", "R7000", "", []string{"netgear/r7000"}, map[lifecycle.Statement]bool{lifecycle.EndOfSecuritySupport: true}},
		{"NETGEAR", "R7000P", "", []string{"netgear/r7000p"}, map[lifecycle.Statement]bool{lifecycle.EndOfSecuritySupport: true}},
		{"NETGEAR", "R7000-100PES", "", []string{"netgear/r7000"}, nil},
		{"Linksys", "E100", "", nil, nil},
		{"", "DIR-860L", "", nil, nil},
		{"AVM Berlin", "FRITZ!Box 7590", "", []string{"avm/fritz-box-7590"}, map[lifecycle.Statement]bool{lifecycle.NewestFirmware: true}},
		{"AVM", "FRITZ!Box Fon WLAN 7390", "", []string{"avm/fritz-box-7390"}, nil},
	} {
		got, err := db.Candidates(ctx, device.Identity{Vendor: tc.vendor, Model: tc.model, Revision: tc.revision})
		if err != nil {
			t.Fatal(err)
		}
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
		if len(ids) != len(tc.want) {
			t.Errorf("candidates for %s %s = %v, want %v", tc.vendor, tc.model, ids, tc.want)
			continue
		}
		for i := range ids {
			if ids[i] != tc.want[i] {
				t.Errorf("candidates for %s %s = %v, want %v", tc.vendor, tc.model, ids, tc.want)
			}
		}
		for s := range tc.says {
			if !says[s] {
				t.Errorf("%s %s: no fact says %s", tc.vendor, tc.model, s)
			}
		}
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
