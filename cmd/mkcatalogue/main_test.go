package main

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"aead.dev/minisign"

	"houdbaar/internal/catalogue"
	"houdbaar/internal/lifecycle"
)

// sources writes a small invented folder of sources and returns it.
func sources(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, body := range map[string]string{
		"vendors.csv":             "vendor,page,provider,aka\nInvented,https://invented.example.com/support,,\n",
		"copies.csv":              "name,home,terms,credit\n",
		"campaigns.csv":           "id,name,authority,year\ncisa-kev,CISA Known Exploited Vulnerabilities,CISA,\n",
		"wanted.txt":              "Invented|X1\nInvented|X9\n",
		"products/invented.csv":   "model,revision,kind,provider,aliases,page,note\nX1,,router,,,,\n",
		"invented/publisher.json": "{\n  \"publisher\": \"Invented\",\n  \"trust\": \"vendor\",\n  \"terms\": \"invented\"\n}\n",
		"invented/sources.csv":    "key,publisher,title,url,read,published,trust,via,via_url\nlist,,Invented list,https://invented.example.com/list,2026-11-01,,,,\n",
		"invented/facts.csv":      "vendor,model,revision,region,says,date,version,campaign,detail,source,note,withdrawn\nInvented,X1,,,end_of_security_support,2019-05,,,,list,misread,yes\nInvented,X1,,,end_of_security_support,2020-05,,,,list,,\n",
	} {
		path := filepath.Join(dir, name)
		must(t, os.MkdirAll(filepath.Dir(path), 0o755))
		must(t, os.WriteFile(path, []byte(body), 0o644))
	}
	return dir
}

// must ends a test that cannot go on.
func must(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// do runs the tool and wants texts in what it prints or, if the first begins with "error ", in its error.
func do(t *testing.T, want []string, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	err := run(args, &out)
	text := out.String()
	if len(want) > 0 && strings.HasPrefix(want[0], "error ") {
		if err == nil {
			t.Fatalf("mkcatalogue %v: no error; printed %s", args, text)
		}
		want, text = append([]string{strings.TrimPrefix(want[0], "error ")}, want[1:]...), err.Error()
	} else if err != nil {
		t.Fatalf("mkcatalogue %v: %v", args, err)
	}
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("mkcatalogue %v printed\n%swant %q in it", args, text, w)
		}
	}
	return text
}

func TestFromSourcesToAPackAndBack(t *testing.T) {
	src, dir := sources(t), t.TempDir()
	db, next := filepath.Join(dir, "catalogue.db"), filepath.Join(dir, "next.db")
	do(t, []string{"1 products", "nothing to complain about"}, "verify", "-sources", src)
	do(t, []string{"1 products, 1 facts"}, "build", "-sources", src, "-o", db)
	do(t, []string{"Wanted models: 2, known 1, judged 1 (50 %)", "replace_now"}, "coverage", "-sources", src, "-catalogue", db)

	list := filepath.Join(dir, "list.csv")
	must(t, os.WriteFile(list, []byte("model,says,date\nX2,end_of_life,2025-01-31\nX1,end_of_life,2021\n"), 0o644))
	args := []string{"import", "csv", "-sources", src, "-publisher", "invented", "-key", "page", "-title", "Invented page", "-url", "https://invented.example.com/eol", "-read", "2026-11-20", "-vendor", "Invented", "-kind", "router"}
	do(t, []string{"1 new, 0 changed, 0 gone, 0 new products, 1 left out", "nothing was written"}, append(args, list)...)
	do(t, []string{"nothing to complain about"}, "verify", "-sources", src)
	do(t, []string{"2 new, 0 changed, 0 gone, 1 new products", "wrote"}, append(args, "-add", "-write", list)...)
	do(t, []string{"2 products, 3 facts"}, "build", "-sources", src, "-o", next)
	do(t, []string{"new      invented/x2: replace_now", "+ end_of_life 2021", "1 new, 1 changed (0 with another verdict"}, "compare", db, next)
	do(t, []string{"0 new, 0 changed"}, append(args, "-write", list)...)
	do(t, []string{"OpenEoX; 1 products"}, "export", "-catalogue", next, "-o", filepath.Join(dir, "eox.json"))

	key, pack, data := filepath.Join(dir, "test.key"), filepath.Join(dir, "catalogue.pack"), filepath.Join(dir, "data")
	public := signingKey(t, key)
	t.Setenv(passwordVariable, "a password for this test")
	do(t, []string{"error is there already"}, "key", "-o", key, "-name", "Invented help desk")
	must(t, os.WriteFile(filepath.Join(dir, "moved.key.pub"), []byte("whose key is kept elsewhere"), 0o644))
	do(t, []string{"error moved.key.pub is there already"}, "key", "-o", filepath.Join(dir, "moved.key"), "-name", "Invented help desk")
	do(t, []string{"2 products", "it will refuse the pack"}, "pack", "-key", key, "-catalogue", next, "-o", pack)
	install(t, pack, data, public)
}

// install installs a pack in a data folder where only its key makes the difference.
func install(t *testing.T, pack, data string, key minisign.PublicKey) {
	t.Helper()
	body, err := os.ReadFile(pack)
	must(t, err)
	if _, err := catalogue.Install(t.Context(), bytes.NewReader(body), data); !errors.Is(err, catalogue.ErrSignature) {
		t.Errorf("%v, want a refusal: it is not the program's key", err)
	}
	_, err = catalogue.Trust(data, strings.NewReader(catalogue.Publisher{Name: "Invented", Key: key}.File()))
	must(t, err)
	_, err = catalogue.Install(t.Context(), bytes.NewReader(body), data)
	must(t, err)
}

// signingKey makes a key, writes it to a file and returns the public one. It has no
// password: making one with takes seconds on purpose.
func signingKey(t *testing.T, file string) minisign.PublicKey {
	t.Helper()
	public, private, err := minisign.GenerateKey(rand.Reader)
	must(t, err)
	text, err := private.MarshalText()
	must(t, err)
	must(t, os.WriteFile(file, text, 0o600))
	return public
}

// TestSunsetScansDataStaysApart: who accepts its terms gets it into a folder of its own, and
// it becomes a catalogue and a pack of its own, which says the terms wherever it is in use.
func TestSunsetScansDataStaysApart(t *testing.T) {
	src, dir := sources(t), t.TempDir()
	sample := "../../internal/catalogue/build/testdata/sunsetscan.json"
	apart, db, key, pack, data := filepath.Join(dir, "apart"), filepath.Join(dir, "apart.db"), filepath.Join(dir, "test.key"), filepath.Join(dir, "apart.pack"), filepath.Join(dir, "data")
	do(t, []string{"error CC BY-NC"}, "import", "sunsetscan", "-read", "2026-11-20", "-into", apart, "-sources", src, sample)
	do(t, []string{"error stays apart"}, "import", "sunsetscan", "-read", "2026-11-20", "-accept-terms", "-sources", src, sample)
	do(t, []string{"error stays apart"}, "import", "sunsetscan", "-read", "2026-11-20", "-accept-terms", "-into", filepath.Join(src, "x"), "-sources", src, sample)
	do(t, []string{"3 new", "2 new products", "wrote"}, "import", "sunsetscan", "-read", "2026-11-20", "-accept-terms", "-write", "-into", apart, "-sources", src, sample)
	do(t, []string{"2 products, 3 facts"}, "build", "-sources", apart, "-o", db)
	public := signingKey(t, key)
	do(t, []string{"2 products"}, "pack", "-key", key, "-catalogue", db, "-o", pack)
	install(t, pack, data, public)
	installed, err := catalogue.Open(filepath.Join(data, catalogue.FileName))
	must(t, err)
	defer installed.Close()
	credits, err := installed.Credits(t.Context())
	if err != nil || len(credits) != 1 || !strings.Contains(credits[0], "CC BY-NC 4.0: not for commercial use") {
		t.Errorf("credits %q, %v: the terms are not said", credits, err)
	}
	products, err := installed.All(t.Context())
	must(t, err)
	for _, p := range products {
		for _, f := range p.Facts {
			if f.Source.Trust != lifecycle.SecondHand {
				t.Errorf("%s: %s has rank %d, want second hand", p.ID, f.Says, f.Source.Trust)
			}
		}
	}
	do(t, []string{"1 products"}, "verify", "-sources", src)
}

func TestBuildRefusesBadSources(t *testing.T) {
	src := sources(t)
	path := filepath.Join(src, "invented/facts.csv")
	body, err := os.ReadFile(path)
	must(t, err)
	must(t, os.WriteFile(path, bytes.Replace(body, []byte("list"), []byte("lost"), 1), 0o644))
	db := filepath.Join(t.TempDir(), "catalogue.db")
	do(t, []string{"error invented/facts.csv:2: no_source"}, "build", "-sources", src, "-o", db)
	if _, err := os.Stat(db); err == nil {
		t.Error("a refused catalogue was written")
	}
}

// TestAnImportWritesNothingUnlessTold: every format says what is new, changed and gone, and
// leaves the folder as it was; told to write, it writes, and a second time nothing.
func TestAnImportWritesNothingUnlessTold(t *testing.T) {
	samples := "../../internal/catalogue/build/testdata/"
	told := []string{"-publisher", "invented", "-key", "page", "-title", "Invented page", "-url", "https://invented.example.com/eol", "-vendor", "Invented", "-kind", "router"}
	for name, c := range map[string]struct {
		format, file string
		more         []string
		apart        bool
	}{
		"KEV":                       {"kev", "kev.json", nil, false},
		"CVE":                       {"cve", "cve.json", nil, false},
		"OpenEoX, a shell":          {"openeox", "openeox-shell.json", told, false},
		"OpenEoX, a core":           {"openeox", "openeox-core.json", append([]string{"-model", "X1"}, told...), false},
		"a typed list":              {"csv", "list.csv", told, false},
		"endoflife.date, the API":   {"endoflife", "endoflife-v1.json", told, false},
		"endoflife.date, Markdown":  {"endoflife", "endoflife.md", told, false},
		"endoflife.date, before v1": {"endoflife", "endoflife-list.json", told, false},
		"SunsetScan":                {"sunsetscan", "sunsetscan.json", []string{"-accept-terms"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			src := sources(t)
			folder, args := src, append([]string{"import", c.format, "-sources", src, "-read", "2026-11-20", "-add"}, c.more...)
			if c.apart {
				folder = filepath.Join(t.TempDir(), "apart")
				args = append(args, "-into", folder)
			}
			before := contents(t, folder)
			dry := do(t, []string{" new, ", " changed, ", " gone, ", "nothing was written"}, append(args, samples+c.file)...)
			if contents(t, folder) != before {
				t.Error("something was written, and nobody said so")
			}
			if strings.HasPrefix(dry, "0 new") {
				t.Error("the sample brings nothing")
			}
			do(t, []string{"wrote"}, append(args, "-write", samples+c.file)...)
			after := contents(t, folder)
			if after == before {
				t.Error("nothing was written")
			}
			again := do(t, []string{"0 new, 0 changed, 0 gone"}, append(args, "-write", samples+c.file)...)
			if strings.Contains(again, "wrote") || contents(t, folder) != after {
				t.Errorf("a second time: %s", again)
			}
			do(t, []string{"nothing to complain about"}, "verify", "-sources", folder)
		})
	}
}

// contents is all that stands in a folder, "" for one that is not there.
func contents(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		fmt.Fprintf(&all, "%s\n%s\n", path, body)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return all.String()
}

func TestSortPutsRowsInOrder(t *testing.T) {
	src := sources(t)
	path := filepath.Join(src, "vendors.csv")
	must(t, os.WriteFile(path, []byte("vendor,page,provider,aka\nInvented,,,\nAlpha,,,\n"), 0o644))
	do(t, []string{"error unsorted"}, "verify", "-sources", src)
	do(t, []string{"sorted vendors.csv"}, "sort", "-sources", src)
	do(t, []string{"nothing to complain about"}, "verify", "-sources", src)
}

func TestMisuse(t *testing.T) {
	for _, args := range [][]string{nil, {"nonsense"}, {"compare", "one"}, {"import"}, {"import", "kev"}, {"import", "kev", "-read", "today", "x"},
		{"import", "odd", "-read", "2026-11-20", "main.go"}, {"import", "csv", "-read", "2026-11-20", "main.go"}, {"pack"}, {"key"}, {"export"}, {"build", "-sources", "nowhere"}} {
		if err := run(args, new(bytes.Buffer)); err == nil {
			t.Errorf("mkcatalogue %v: no error", args)
		}
	}
}
