package catalogue_test

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"aead.dev/minisign"

	"houdbaar/internal/catalogue"
	"houdbaar/internal/catalogue/build"
	"houdbaar/internal/device"
)

// small builds a catalogue of one invented router, read on a day.
func small(t testing.TB, day string) string {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, body := range map[string]string{
		"vendors.csv":             "vendor,page,provider,aka\nInvented,https://invented.example.com/support,,\n",
		"copies.csv":              "name,home,terms,credit\n",
		"campaigns.csv":           "id,name,authority,year\n",
		"products/invented.csv":   "model,revision,kind,provider,aliases,page,note\nX1,,router,,,,\n",
		"invented/publisher.json": `{"publisher": "Invented", "trust": "vendor", "terms": "invented"}`,
		"invented/sources.csv":    "key,publisher,title,url,read,published,trust,via,via_url\nlist,,Invented list,https://invented.example.com/list," + day + ",,,,\n",
		"invented/facts.csv":      "vendor,model,revision,region,says,date,version,campaign,detail,source,note,withdrawn\nInvented,X1,,,end_of_life,2020,,,,list,,\n",
	} {
		fsys[name] = &fstest.MapFile{Data: []byte(body)}
	}
	s, err := build.Load(fsys)
	must(t, err)
	if c := build.Verify(s); len(c) > 0 {
		t.Fatal(c)
	}
	path := filepath.Join(t.TempDir(), catalogue.FileName)
	must(t, build.Write(s, path))
	return path
}

// change changes a catalogue behind the back of this program.
func change(t testing.TB, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	must(t, err)
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

func pair(t testing.TB) (minisign.PublicKey, minisign.PrivateKey) {
	t.Helper()
	public, private, err := minisign.GenerateKey(rand.Reader)
	must(t, err)
	return public, private
}

// trusting returns a folder in which packs signed with a key are taken.
func trusting(t testing.TB, key minisign.PublicKey) string {
	t.Helper()
	dir := t.TempDir()
	_, err := catalogue.Trust(dir, strings.NewReader(keyFile("Invented", key)))
	must(t, err)
	return dir
}

func pack(t testing.TB, path string, key minisign.PrivateKey) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, catalogue.WritePack(&b, path, key))
	return b.Bytes()
}

// sealed packs and signs a file, whatever it is.
func sealed(body []byte, key minisign.PrivateKey) []byte {
	var packed bytes.Buffer
	gz := gzip.NewWriter(&packed)
	gz.Write(body)
	gz.Close()
	return slices.Concat([]byte("houdbaar catalogue pack 1\n"), bytes.TrimSpace(minisign.Sign(key, packed.Bytes())), []byte("\n\n"), packed.Bytes())
}

// version opens the catalogue in a folder and returns its version, "" if there is none.
func version(t *testing.T, dir string) string {
	t.Helper()
	db, err := catalogue.Open(filepath.Join(dir, catalogue.FileName))
	if errors.Is(err, catalogue.ErrMissing) {
		return ""
	}
	must(t, err)
	defer db.Close()
	return db.Meta().Version
}

func TestInstallAndStepBack(t *testing.T) {
	public, private := pair(t)
	dir := trusting(t, public)
	for _, day := range []string{"2026-01-01", "2026-02-01"} {
		meta, err := catalogue.Install(ctx, bytes.NewReader(pack(t, small(t, day), private)), dir)
		must(t, err)
		if !strings.HasPrefix(meta.Version, day) || version(t, dir) != meta.Version {
			t.Errorf("installed %s, in the folder is %s, want %s", meta.Version, version(t, dir), day)
		}
	}
	meta, err := catalogue.StepBack(ctx, dir)
	if err != nil || !strings.HasPrefix(version(t, dir), "2026-01-01") || meta.Version != version(t, dir) {
		t.Errorf("step back: %v, in the folder is %s, want that of January", err, version(t, dir))
	}
	if _, err := catalogue.StepBack(ctx, dir); !errors.Is(err, catalogue.ErrNoBefore) {
		t.Errorf("a second step back: %v, want ErrNoBefore", err)
	}
	left, _ := filepath.Glob(filepath.Join(dir, ".*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestABadPackChangesNothing(t *testing.T) {
	public, private := pair(t)
	_, stranger := pair(t)
	newer := small(t, "2026-03-01")
	good := pack(t, newer, private)
	seal := func(body []byte) []byte { return sealed(body, private) }
	read := func(path string) []byte {
		b, err := os.ReadFile(path)
		must(t, err)
		return b
	}
	alter := func(statement string) []byte {
		path := filepath.Join(t.TempDir(), "x.db")
		must(t, os.WriteFile(path, read(newer), 0o600))
		change(t, path, statement)
		return seal(read(path))
	}
	flipped := bytes.Clone(good)
	flipped[len(flipped)-10] ^= 1
	half := read(newer)
	torn := bytes.Clone(half)
	for i := len(torn) / 2; i < len(torn); i++ {
		torn[i] = 0xff
	}
	for _, tc := range []struct {
		name string
		pack []byte
		want error
	}{
		{"signed by a stranger", pack(t, newer, stranger), catalogue.ErrSignature},
		{"one bit changed", flipped, catalogue.ErrSignature},
		{"cut short", good[:len(good)-5], catalogue.ErrSignature},
		{"a web page", []byte("<html>not found</html>"), catalogue.ErrNoPack},
		{"nothing", nil, catalogue.ErrNoPack},
		{"another program's database", alter("PRAGMA application_id = 7"), catalogue.ErrForeign},
		{"another schema", alter("PRAGMA user_version = 99"), catalogue.ErrSchema},
		{"the schema of an older program", alter(fmt.Sprintf("DROP TABLE withdrawn; PRAGMA user_version = %d", catalogue.SchemaVersion-1)), catalogue.ErrSchema},
		{"a text, signed", seal([]byte(strings.Repeat("this is no database ", 100))), catalogue.ErrDamaged},
		{"half a catalogue, signed", seal(half[:len(half)/2]), catalogue.ErrDamaged},
		{"a torn catalogue, signed", seal(torn), catalogue.ErrDamaged},
		{"an older one", pack(t, small(t, "2026-01-01"), private), catalogue.ErrNotNewer},
		{"the same one", pack(t, small(t, "2026-02-01"), private), catalogue.ErrNotNewer},
	} {
		t.Run(tc.name, func(t *testing.T) {
			dir := trusting(t, public)
			if _, err := catalogue.Install(ctx, bytes.NewReader(pack(t, small(t, "2026-02-01"), private)), dir); err != nil {
				t.Fatal(err)
			}
			before := read(filepath.Join(dir, catalogue.FileName))
			_, err := catalogue.Install(ctx, bytes.NewReader(tc.pack), dir)
			if !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
			if !bytes.Equal(before, read(filepath.Join(dir, catalogue.FileName))) {
				t.Error("the catalogue in use was changed")
			}
			if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

// dies is a pack whose reading stops in the middle, as when the power goes.
type dies struct{ r io.Reader }

func (d dies) Read(p []byte) (int, error) {
	if n, err := d.r.Read(p); err == nil {
		return n, nil
	}
	return 0, fmt.Errorf("gone")
}

func TestAnInterruptedInstallKeepsTheOldCatalogue(t *testing.T) {
	public, private := pair(t)
	dir := trusting(t, public)
	if _, err := catalogue.Install(ctx, bytes.NewReader(pack(t, small(t, "2026-02-01"), private)), dir); err != nil {
		t.Fatal(err)
	}
	p := pack(t, small(t, "2026-03-01"), private)
	if _, err := catalogue.Install(ctx, dies{bytes.NewReader(p[:len(p)/2])}, dir); err == nil {
		t.Error("half a pack was installed")
	}
	if v := version(t, dir); !strings.HasPrefix(v, "2026-02-01") {
		t.Errorf("in the folder is %s, want that of February", v)
	}
	// A file of an install that the power ended does not disturb the next one.
	os.WriteFile(filepath.Join(dir, ".pack-1.db"), []byte("half"), 0o600)
	if _, err := catalogue.Install(ctx, bytes.NewReader(p), dir); err != nil {
		t.Error(err)
	}
}

// assetsWith is the program's assets with a catalogue in them, or without.
func assetsWith(t *testing.T, path string) fstest.MapFS {
	t.Helper()
	fsys := fstest.MapFS{"catalogue/.gitkeep": {}}
	if path == "" {
		return fsys
	}
	for _, suffix := range []string{"", catalogue.VersionSuffix} {
		body, err := os.ReadFile(path + suffix)
		must(t, err)
		fsys["catalogue/"+catalogue.FileName+suffix] = &fstest.MapFile{Data: body}
	}
	return fsys
}

func TestOpenEmbedded(t *testing.T) {
	x1 := device.Identity{Vendor: "Invented", Model: "X1"}
	put := func(t *testing.T, dir, from string) {
		body, err := os.ReadFile(from)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, catalogue.FileName), body, 0o600)
		}
		must(t, err)
	}
	for _, tc := range []struct {
		name, inside, have string // days; "" = none, "damaged" = rubbish
		want               string // "" = ErrMissing
	}{
		{"a first start installs the built-in one", "2026-02-01", "", "2026-02-01"},
		{"a later program brings a newer one", "2026-02-01", "2026-01-01", "2026-02-01"},
		{"a newer pack stays", "2026-02-01", "2026-03-01", "2026-03-01"},
		{"a damaged one is replaced", "2026-02-01", "damaged", "2026-02-01"},
		{"one of an older program is replaced", "2026-02-01", "older schema", "2026-02-01"},
		{"a program built without one uses what is there", "", "2026-03-01", "2026-03-01"},
		{"a program built without one and nothing there", "", "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			os.MkdirAll(dir, 0o700)
			switch tc.have {
			case "":
			case "damaged":
				os.WriteFile(filepath.Join(dir, catalogue.FileName), []byte(strings.Repeat("rubbish ", 200)), 0o600)
			case "older schema":
				path := small(t, "2026-03-01")
				change(t, path, fmt.Sprintf("DROP TABLE withdrawn; PRAGMA user_version = %d", catalogue.SchemaVersion-1))
				put(t, dir, path)
			default:
				put(t, dir, small(t, tc.have))
			}
			inside := ""
			if tc.inside != "" {
				inside = small(t, tc.inside)
			}
			db, err := catalogue.OpenEmbedded(assetsWith(t, inside), dir)
			if tc.want == "" {
				if !errors.Is(err, catalogue.ErrMissing) || db != nil {
					t.Fatalf("got %v, %v, want ErrMissing", db, err)
				}
				return
			}
			must(t, err)
			defer db.Close()
			if !strings.HasPrefix(db.Meta().Version, tc.want) {
				t.Errorf("opened %s, want that of %s", db.Meta().Version, tc.want)
			}
			if got, err := db.Candidates(ctx, x1); err != nil || len(got) != 1 {
				t.Errorf("candidates: %v, %v", got, err)
			}
		})
	}
}

func TestOpenEmbeddedWithoutAFolderToWrite(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	os.WriteFile(file, nil, 0o600)
	for name, dir := range map[string]string{"no folder": "", "a folder below a file": filepath.Join(file, "data")} {
		t.Run(name, func(t *testing.T) {
			assets, private := assetsWith(t, small(t, "2026-02-01")), t.TempDir()
			t.Setenv("TMPDIR", private)
			t.Setenv("TMP", private) // on Windows
			db, err := catalogue.OpenEmbedded(assets, dir)
			must(t, err)
			if there, err := os.ReadDir(private); err != nil || len(there) != 1 {
				t.Errorf("%d private copies, %v", len(there), err)
			}
			if got, err := db.Candidates(ctx, device.Identity{Vendor: "Invented", Model: "X1"}); err != nil || len(got) != 1 {
				t.Errorf("candidates: %v, %v", got, err)
			}
			db.Close()
			if there, err := os.ReadDir(private); err != nil || len(there) != 0 {
				t.Errorf("the private copy %s is still there, %v", there, err)
			}
		})
	}
}
