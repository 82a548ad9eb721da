package build

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"houdbaar/internal/lifecycle"
)

// The samples in testdata are invented; their form is that of the publishers.

func sample(t *testing.T, name string) io.Reader {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", name))
	must(t, err)
	return bytes.NewReader(body)
}

// factsOf writes the facts of an import, one a line.
func factsOf(in Import) []string {
	var out []string
	for _, f := range in.Publisher.Facts {
		out = append(out, describe(f))
	}
	return out
}

var origin = Origin{
	Publisher: Publisher{Folder: "invented", Name: "Invented", Trust: "vendor", Terms: "facts only"},
	Key:       "eol-page", Title: "Invented end of life page", URL: "https://invented.example.com/eol", Read: "2026-11-20", Vendor: "Invented", Kind: "router",
}

func TestReadFormats(t *testing.T) {
	core := origin
	core.Model = "X2"
	endoflife := []string{
		"Invented X2 general_availability 2020-03-01 (eol-page)",
		"Invented X2 discontinued (eol-page)",
		"Invented X2 end_of_security_support 2026-01-31 (eol-page)",
		"Invented X2 known_firmware 1.2.9 (eol-page)",
		"Invented X7 general_availability 2024-05-05 (eol-page)",
		"Invented X7 supported recorded as not ended (eol-page)",
	}
	for _, tc := range []struct {
		name    string
		read    func(s *Sources) (Import, error)
		want    []string
		skipped int
	}{
		{"KEV takes what is named, and could be for no more than that", func(s *Sources) (Import, error) { return readKEV(sample(t, "kev.json"), origin, s) }, []string{
			"Invented X2 named cisa-kev CVE-2099-0001 (kev-cve-2099-0001)",
			"Invented X1 named cisa-kev CVE-2099-0002 (kev-cve-2099-0002)",
			"Invented X1 discontinued CISA: could be end-of-life or end-of-service; stop using it if no mitigation is available (kev-cve-2099-0002)",
			"Invented X2 named cisa-kev CVE-2099-0002 (kev-cve-2099-0002)",
			"Invented X2 discontinued CISA: could be end-of-life or end-of-service; stop using it if no mitigation is available (kev-cve-2099-0002)",
			"Invented X1 V2 named cisa-kev CVE-2099-0003 (kev-cve-2099-0003)",
			"Invented X1 V2 end_of_life CISA: end-of-life or end-of-service, disconnect it if it is still in use (kev-cve-2099-0003)",
		}, 1},
		{"CVE takes the tag, for the product and revision it names", func(s *Sources) (Import, error) { return readCVE(sample(t, "cve.json"), origin, s) }, []string{
			"Invented X1 V2 end_of_security_support (CVE-2099-1001)",
			"Invented X3 end_of_security_support (CVE-2099-1001)",
		}, 1},
		{"an OpenEoX shell", func(*Sources) (Import, error) { return readOpenEoX(sample(t, "openeox-shell.json"), origin, nil) }, []string{
			"Invented X2 general_availability 2020-03-01 (eol-page)",
			"Invented X2 end_of_sales 2025-09-01 (eol-page)",
			"Invented X2 end_of_security_support 2028-12-31 (eol-page)",
			"Invented X2 end_of_life tba (eol-page)",
			"Invented X1 V1 end_of_security_support tba (eol-page)",
			"Invented X1 V1 end_of_life tba (eol-page)",
		}, 5}, // no time, ends in the wrong order, a blank for the T, sold after its end, another schema
		{"an OpenEoX core", func(*Sources) (Import, error) { return readOpenEoX(sample(t, "openeox-core.json"), core, nil) }, []string{
			"Invented X2 end_of_security_support 2025-12-31 (eol-page)",
			"Invented X2 end_of_life 2025-12-31 (eol-page)",
		}, 0},
		{"a typed list", func(*Sources) (Import, error) { return readCSV(sample(t, "list.csv"), origin, nil) }, []string{
			"Invented X2 end_of_sales 2024-05 EU (eol-page)",
			"Invented x1 v1 end_of_life 2022-01-31 (eol-page)",
			"Invented X7 supported EU (eol-page)",
		}, 0},
		{"endoflife.date, the old list", func(*Sources) (Import, error) { return readEndOfLife(sample(t, "endoflife-list.json"), origin, nil) }, endoflife, 0},
		{"endoflife.date, version 1", func(*Sources) (Import, error) { return readEndOfLife(sample(t, "endoflife-v1.json"), origin, nil) }, endoflife, 0},
		{"endoflife.date, the page", func(*Sources) (Import, error) { return readEndOfLife(sample(t, "endoflife.md"), origin, nil) }, endoflife, 0},
		{"SunsetScan takes what the vendor said, not what was derived", func(*Sources) (Import, error) { return readSunsetScan(sample(t, "sunsetscan.json"), origin, nil) }, []string{
			"Invented X2 end_of_sales 2024-01-01 US item X2-100 (page-0001)",
			"Invented X2 end_of_life 2027-01-01 US item X2-100 (page-0001)",
			"Elsewhere E9 V2 discontinued listed as unsupported, no date (page-0002)",
		}, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			in, err := tc.read(loaded(t, with(t)))
			must(t, err)
			if d := cmp.Diff(tc.want, factsOf(in)); d != "" {
				t.Errorf("facts (-want +got):\n%s", d)
			}
			if len(in.Skipped) != tc.skipped {
				t.Errorf("left out %v, want %d", in.Skipped, tc.skipped)
			}
		})
	}
}

func TestReadRefusesOtherFiles(t *testing.T) {
	s := loaded(t, with(t))
	for _, f := range Formats {
		for _, body := range []string{"", "{}", "[]", "<html></html>", "null", `{"a": [1, {}]}`} {
			if _, err := f.Read(strings.NewReader(body), origin, s); err == nil {
				t.Errorf("%s accepted %q", f.Name, body)
			}
		}
	}
	if _, err := readOpenEoX(sample(t, "openeox-core.json"), origin, nil); err == nil {
		t.Error("a core about no product was accepted")
	}
}

func TestApplySaysWhatChanges(t *testing.T) {
	s := loaded(t, with(t))
	read := func(list string) Import {
		in, err := readCSV(strings.NewReader(list), origin, nil)
		must(t, err)
		return in
	}
	m := s.Apply(read("model,says,date\nX2,end_of_sales,2024-05\nX7,supported,\n"), false)
	if len(m.New) != 1 || len(m.Skipped) != 1 || len(m.Products) != 0 {
		t.Errorf("a first import: %+v, want one new fact and one product left out", m)
	}
	m = s.Apply(read("model,says,date\nX2,end_of_sales,2024-05\nX7,supported,\n"), true)
	if len(m.New) != 1 || len(m.Products) != 1 {
		t.Errorf("with new products: %+v, want X7 and its fact", m)
	}
	m = s.Apply(read("model,says,date\nX2,end_of_sales,2024-06\n"), true)
	if len(m.New) != 0 || len(m.Changed) != 1 || len(m.Gone) != 1 || !strings.Contains(m.Gone[0], "X7") {
		t.Errorf("a later edition: %+v, want X2 changed and X7 gone", m)
	}
	if c := Verify(s); len(c) > 0 {
		// Apply appends; Save puts in order.
		for _, x := range c {
			if x.Rule != ruleUnsorted {
				t.Errorf("after importing: %v", x)
			}
		}
	}
	dir := t.TempDir()
	if _, err := Save(s, dir); err != nil {
		t.Fatal(err)
	}
	again := loaded(t, os.DirFS(dir))
	if c := Verify(again); len(c) > 0 {
		t.Errorf("after saving: %v", c)
	}
	if len(again.Products) != 4 {
		t.Errorf("%d products after saving, want 4", len(again.Products))
	}
}

// What is said of a revision stays with it, also where the model as a whole is listed.
func TestANameWithARevisionIsThatRevision(t *testing.T) {
	s := &Sources{Vendors: []Vendor{{Name: "Invented"}}, Products: []Product{{Vendor: "Invented", Model: "X1"}, {Vendor: "Invented", Model: "X1", Revision: "V2"}, {Vendor: "Invented", Model: "X5"}}}
	for text, want := range map[string]string{"X1 V2": "X1/V2", "X1v2": "X1/V2", "X1": "X1/", "X5 V3": "X5/V3", "X5": "X5/"} {
		model, revision, ok := s.index().model("Invented", text)
		if got := model + "/" + revision; !ok || got != want {
			t.Errorf("%q is taken for %s, want %s", text, got, want)
		}
	}
}

func TestAWithdrawnFactDoesNotComeBack(t *testing.T) {
	s := loaded(t, with(t, [3]string{"invented/facts.csv", "botnet,,list,,\n", "botnet,,list,taken back,yes\n"}))
	o := origin
	o.Key = "list"
	in, err := readCSV(strings.NewReader("model,says,campaign,detail\nX2,named,botnet,again\n"), o, nil)
	must(t, err)
	if m := s.Apply(in, false); len(m.New)+len(m.Changed) > 0 || len(m.Skipped) != 1 {
		t.Errorf("a withdrawn fact came back: %+v", m)
	}
}

func TestOpenEoXThereAndBack(t *testing.T) {
	s := loaded(t, with(t))
	in, err := readOpenEoX(sample(t, "openeox-shell.json"), origin, nil)
	must(t, err)
	s.Apply(in, false)
	db, _ := built(t, s)
	two := slices.DeleteFunc(products(t, db), func(p lifecycle.Product) bool { return p.ID != "invented/x2" })
	var out bytes.Buffer
	if left, err := lifecycle.WriteOpenEoX(&out, two); err != nil || left != 0 {
		t.Fatal(left, err)
	}
	back, err := readOpenEoX(&out, origin, nil)
	must(t, err)
	want := []string{
		"Invented X2 general_availability 2020-03-01 (eol-page)",
		"Invented X2 end_of_sales 2025-09-01 (eol-page)",
		"Invented X2 end_of_security_support 2028-12-31 (eol-page)",
		"Invented X2 end_of_life tba (eol-page)",
	}
	if d := cmp.Diff(want, factsOf(back)); d != "" {
		t.Errorf("there and back (-want +got):\n%s", d)
	}
}

func FuzzImports(f *testing.F) {
	for _, name := range []string{"kev.json", "cve.json", "openeox-shell.json", "openeox-core.json", "list.csv", "endoflife-list.json", "endoflife-v1.json", "endoflife.md", "sunsetscan.json"} {
		body, err := os.ReadFile(filepath.Join("testdata", name))
		must(f, err)
		f.Add(body)
	}
	s := &Sources{Vendors: []Vendor{{Name: "Invented"}}, Products: []Product{{Vendor: "Invented", Model: "X1"}}}
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, f := range Formats {
			f.Read(bytes.NewReader(body), origin, s)
		}
	})
}

// BenchmarkImport reads a list of a thousand products and one of ten thousand: each row
// must not take longer in the longer one.
func BenchmarkImport(b *testing.B) {
	each := func(rows int) float64 {
		var list strings.Builder
		list.WriteString("model,revision,says,date\n")
		for i := range rows {
			fmt.Fprintf(&list, "X%d,V%d,supported,2026-01-01\n", i, i%7)
		}
		began := time.Now()
		if _, err := readCSV(strings.NewReader(list.String()), origin, nil); err != nil {
			b.Fatal(err)
		}
		return time.Since(began).Seconds() / float64(rows)
	}
	for b.Loop() {
		few, many := each(1_000), each(10_000)
		b.ReportMetric(many*1e6, "µs/row")
		b.ReportMetric(many/few, "ratio")
	}
}
