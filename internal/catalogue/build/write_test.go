package build

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// real is the folder of the reviewed sources.
const real = "../../../assets/sources"

func TestTheSourcesOfThisRepositoryAreGood(t *testing.T) {
	s, err := Load(os.DirFS(real))
	if err != nil {
		t.Fatal(err)
	}
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
	digest, err := Digest(fsys)
	if err != nil {
		t.Fatal(err)
	}
	var got [2][]byte
	for i := range got {
		s, err := Load(fsys)
		if err != nil {
			t.Fatal(err)
		}
		if i == 1 { // the order of reading is no part of it
			for j := 0; j < len(s.Products)/2; j++ {
				k := len(s.Products) - 1 - j
				s.Products[j], s.Products[k] = s.Products[k], s.Products[j]
			}
			for j := 0; j < len(s.Publishers)/2; j++ {
				k := len(s.Publishers) - 1 - j
				s.Publishers[j], s.Publishers[k] = s.Publishers[k], s.Publishers[j]
			}
		}
		path := filepath.Join(t.TempDir(), "catalogue.db")
		if err := Write(s, digest, path); err != nil {
			t.Fatal(err)
		}
		if got[i], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(got[0], got[1]) {
		t.Errorf("two builds differ (%d and %d bytes)", len(got[0]), len(got[1]))
	}
	if len(got[0]) < 1<<20 {
		t.Errorf("the catalogue has %d bytes, too few to hold what the sources say", len(got[0]))
	}
}

func TestSaveWritesWhatLoadRead(t *testing.T) {
	s, err := Load(os.DirFS(real))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if _, err := Save(s, dir); err != nil {
		t.Fatal(err)
	}
	a, err := Digest(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	b, err := Digest(os.DirFS(real))
	if err != nil {
		t.Fatal(err)
	}
	if a != b {
		t.Error(`the sources are not as Save writes them; "mkcatalogue sort" mends that`)
	}
	if wrote, err := Save(s, dir); err != nil || len(wrote) > 0 {
		t.Errorf("saving twice wrote %v (%v)", wrote, err)
	}
}

func TestSlug(t *testing.T) {
	for in, want := range map[string]string{
		"FRITZ!Box 7590": "fritz-box-7590", "DS207+": "ds207-plus", "DIR-860L": "dir-860l", "": "", "F@st 5359": "f-st-5359", "--": "",
	} {
		if got := Slug(in); got != want {
			t.Errorf("Slug(%q) = %q, want %q", in, got, want)
		}
	}
}
