package i18n

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
)

// TestBothLanguagesHaveTheSameKeys also refuses a key that is given twice or empty.
func TestBothLanguagesHaveTheSameKeys(t *testing.T) {
	for _, l := range Languages {
		for key, text := range texts[l] {
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s: %s is empty", l, key)
			}
			for _, other := range Languages {
				if _, ok := texts[other][key]; !ok {
					t.Errorf("%s is in %s and not in %s", key, l, other)
				}
			}
		}
		given := map[string]string{}
		for _, name := range []string{string(l) + ".json", "window." + string(l) + ".json"} {
			for _, key := range keysInOrder(t, name) {
				if given[key] != "" {
					t.Errorf("%s is in %s and in %s", key, given[key], name)
				}
				given[key] = name
			}
		}
	}
	if len(texts[English]) < 100 {
		t.Fatalf("only %d texts", len(texts[English]))
	}
}

// keysInOrder reads the keys of a flat JSON object as written, doubles included.
func keysInOrder(t *testing.T, name string) []string {
	data, err := files.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(strings.NewReader(string(data)))
	var keys []string
	for i := -1; d.More() || i < 0; i++ {
		tok, err := d.Token()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if i >= 0 && i%2 == 0 {
			keys = append(keys, tok.(string))
		}
	}
	return keys
}

var (
	verb  = regexp.MustCompile(`%\[\d+\][sdq]`)
	wild  = regexp.MustCompile(`%[^\[%]`)
	named = regexp.MustCompile(`\{[a-z_]+\}`)
)

func TestBothLanguagesUseTheSameVerbsAndNames(t *testing.T) {
	for key, en := range texts[English] {
		nl := texts[Dutch][key]
		for _, re := range []*regexp.Regexp{verb, named} {
			a, b := set(re.FindAllString(bare(en), -1)), set(re.FindAllString(bare(nl), -1))
			if !slices.Equal(a, b) {
				t.Errorf("%s: English has %v, Dutch %v", key, a, b)
			}
		}
		if w := wild.FindString(strings.ReplaceAll(en+" "+nl+" ", "%%", "")); w != "" {
			t.Errorf("%s: %q is not a positional verb", key, w)
		}
	}
}

// bare takes the preposition off a date's name: {date_on} is {date}.
func bare(text string) string { return strings.ReplaceAll(text, "_on}", "}") }

func set(words []string) []string {
	slices.Sort(words)
	return slices.Compact(words)
}

func TestAnySingularHasItsPlural(t *testing.T) {
	for key := range texts[English] {
		if base, ok := strings.CutSuffix(key, ".one"); ok && texts[English][base+".other"] == "" {
			t.Errorf("%s has no .other", key)
		}
	}
}

// TestKeysInGoExistAndEveryKeyIsUsed reads every Go file of the program. A literal
// that ends in a dot is the beginning of keys whose end is a code; the codes are
// checked by the tests below.
func TestKeysInGoExistAndEveryKeyIsUsed(t *testing.T) {
	families := map[string]bool{}
	for key := range texts[English] {
		families[key[:strings.IndexByte(key, '.')]] = true
	}
	key := regexp.MustCompile(`^[a-z0-9_]+(\.[a-z0-9_]+)+\.?$`)
	literals := map[string]bool{}
	speakers := 0
	for path, file := range goFiles(t, "../..") {
		speaks := slices.ContainsFunc(file.Imports, func(s *ast.ImportSpec) bool { return s.Path.Value == `"houdbaar/internal/i18n"` })
		if speaks {
			speakers++
		}
		ast.Inspect(file, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			s, _ := strconv.Unquote(lit.Value)
			literals[s] = true
			family, _, _ := strings.Cut(s, ".")
			if !speaks || !families[family] || !key.MatchString(s) {
				return true
			}
			if !exists(s) {
				t.Errorf("%s: there is no text for %q", path, s)
			}
			return true
		})
	}
	if speakers < 3 {
		t.Fatalf("only %d files speak; the test reads the wrong place", speakers)
	}
	for key := range texts[English] {
		if !used(key, literals) {
			t.Errorf("no Go file uses %s", key)
		}
	}
}

// exists tells whether a literal is a key, the base of a plural, or the beginning
// of keys.
func exists(s string) bool {
	for key := range texts[English] {
		if key == s || key == s+".other" || strings.HasSuffix(s, ".") && strings.HasPrefix(key, s) {
			return true
		}
	}
	return false
}

func used(key string, literals map[string]bool) bool {
	base := strings.TrimSuffix(strings.TrimSuffix(key, ".one"), ".other")
	if literals[key] || literals[base] {
		return true
	}
	for i, r := range key {
		if r == '.' && literals[key[:i+1]] {
			return true
		}
	}
	return false
}

// goFiles parses the Go files below dir that are no tests.
func goFiles(t *testing.T, dir string) map[string]*ast.File {
	out := map[string]*ast.File{}
	fset := token.NewFileSet()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		out[path] = f
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEveryVerdictHasItsTexts(t *testing.T) {
	for kind := lifecycle.CannotTell; kind <= lifecycle.OtherDevice; kind++ {
		for _, form := range []string{"chip.%", "group.%", "headline.%", "verdict.%.general"} {
			want(t, strings.ReplaceAll(form, "%", kind.String()))
		}
	}
}

func TestEveryKindOfDeviceHasItsTexts(t *testing.T) {
	kinds := constants(t, "../device", "Kind")
	if len(kinds) < 15 {
		t.Fatalf("found only the kinds %q", kinds)
	}
	for _, kind := range kinds {
		want(t, "kind."+device.Kind(kind).String())
		want(t, "kind."+device.Kind(kind).String()+".this")
	}
}

func TestEveryPartOfAnIdentityHasItsName(t *testing.T) {
	parts := constants(t, "../device", "Part")
	if len(parts) < 8 {
		t.Fatalf("found only the parts %q", parts)
	}
	for _, part := range parts {
		want(t, "part."+part)
	}
}

func TestEverySourceOfObservationsHasItsName(t *testing.T) {
	n := 0
	for name, value := range constants(t, "../device", "") {
		if strings.HasPrefix(name, "Source") {
			n++
			want(t, "source."+value)
		}
	}
	if n < 10 {
		t.Fatalf("found only %d sources", n)
	}
}

func TestEveryReasonAndRuleHasItsSentence(t *testing.T) {
	had := map[string]string{}
	for name, value := range constants(t, "../lifecycle", "") {
		for prefix, key := range map[string]string{"Code": "reason.", "Rule": "rule."} {
			if strings.HasPrefix(name, prefix) {
				want(t, key+value)
				if other := had[key+value]; other != "" {
					t.Errorf("%s and %s are both %q", name, other, value)
				}
				had[key+value] = name
			}
		}
	}
	if len(had) < 60 {
		t.Fatalf("found only %d codes and rules", len(had))
	}
}

// TestEveryCampaignHasItsName reads the list the catalogue is built from.
func TestEveryCampaignHasItsName(t *testing.T) {
	data, err := os.ReadFile("../../assets/sources/campaigns.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatalf("%d campaigns, %v", len(rows), err)
	}
	for _, row := range rows[1:] {
		if !exists("campaign."+row[0]) && !exists("reason.named."+row[0]) {
			t.Errorf("there is no name for the campaign %s", row[0])
		}
	}
}

// TestEveryProblemHasItsSentence finds the codes where problems are made.
func TestEveryProblemHasItsSentence(t *testing.T) {
	codes := codesOf(t, "Problem")
	if len(codes) == 0 {
		t.Fatal("found no problem codes")
	}
	for _, code := range codes {
		want(t, "problem."+code)
	}
}

// codesOf returns the literal Code of every composite literal of a type named so,
// in the whole house.
func codesOf(t *testing.T, typeName string) []string {
	var codes []string
	for _, file := range goFiles(t, "..") {
		ast.Inspect(file, func(n ast.Node) bool {
			c, ok := n.(*ast.CompositeLit)
			if !ok || !isType(c.Type, typeName) {
				return true
			}
			for _, e := range c.Elts {
				kv, ok := e.(*ast.KeyValueExpr)
				if !ok {
					continue
				}
				if k, ok := kv.Key.(*ast.Ident); ok && k.Name == "Code" {
					if lit, ok := kv.Value.(*ast.BasicLit); ok {
						code, _ := strconv.Unquote(lit.Value)
						codes = append(codes, code)
					}
				}
			}
			return true
		})
	}
	return set(codes)
}

func isType(e ast.Expr, name string) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name == name
	case *ast.SelectorExpr:
		return e.Sel.Name == name
	}
	return false
}

func want(t *testing.T, key string) {
	t.Helper()
	for _, l := range Languages {
		if texts[l][key] == "" {
			t.Errorf("%s: there is no text for %s", l, key)
		}
	}
}

// constants returns a room's string constants by name: those of one type, or with "" all.
func constants(t *testing.T, dir, typeName string) map[string]string {
	out := map[string]string{}
	for _, file := range goFiles(t, dir) {
		for _, decl := range file.Decls {
			g, ok := decl.(*ast.GenDecl)
			if !ok || g.Tok != token.CONST {
				continue
			}
			for _, spec := range g.Specs {
				v := spec.(*ast.ValueSpec)
				if typeName != "" && !isType(v.Type, typeName) {
					continue
				}
				for i, value := range v.Values {
					if lit, ok := value.(*ast.BasicLit); ok && lit.Kind == token.STRING {
						out[v.Names[i].Name], _ = strconv.Unquote(lit.Value)
					}
				}
			}
		}
	}
	return out
}

// TestFyneGetsDutchForAllItsWords reads the English file of the very Fyne version
// that go.mod names.
func TestFyneGetsDutchForAllItsWords(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "fyne.io/fyne/v2").Output()
	if err != nil {
		t.Fatalf("where is Fyne: %v", err)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(out)), "lang", "translations", "base.en.json"))
	if err != nil {
		t.Fatal(err)
	}
	var fyne map[string]any
	if err := json.Unmarshal(data, &fyne); err != nil {
		t.Fatal(err)
	}
	for _, l := range Languages {
		var ours map[string]any
		if err := json.Unmarshal(FyneWords(l), &ours); err != nil {
			t.Fatalf("%s: %v", l, err)
		}
		for key := range fyne {
			if ours[key] == nil {
				t.Errorf("no %s for Fyne's %q", l, key)
			}
		}
		for key := range ours {
			if fyne[key] == nil {
				t.Errorf("%s: Fyne has no %q", l, key)
			}
		}
	}
}

func TestTheLanguageFollowsTheSystem(t *testing.T) {
	for locale, want := range map[string]Language{
		"nl_NL.UTF-8": Dutch, "nl": Dutch, "nl-BE": Dutch, "NL_nl": Dutch, "nl_NL@euro": Dutch, "fy_NL": Dutch,
		"de_DE:nl_NL:en": Dutch, "en_GB.UTF-8": English, "en:nl": English, "C": English, "POSIX": English, "": English,
		"nds_DE": English, "fr_FR": English, "%[1]s": English,
	} {
		if got := Parse(locale); got != want {
			t.Errorf("Parse(%q) = %s, want %s", locale, got, want)
		}
	}
}

func TestDatesAndNumbersAreWrittenOut(t *testing.T) {
	en, nl := New(English), New(Dutch)
	day := time.Date(2026, 11, 21, 14, 5, 0, 0, time.UTC)
	for _, c := range [][2]string{
		{nl.Date(day), "21 november 2026"}, {en.Date(day), "21 November 2026"},
		{nl.Month(day), "november 2026"}, {en.Month(day), "November 2026"}, {nl.Year(day), "2026"},
		{nl.DateTime(day), "21 november 2026, 14:05"},
		{nl.DateText("2018-05-01"), "1 mei 2018"}, {en.DateText("2018-05"), "May 2018"}, {en.DateText("2018"), "2018"},
		{nl.DateText("2018-02-30"), "2018-02-30"}, {nl.DateText("someday"), "someday"},
		{nl.OnDate("2018-05-01"), "op 1 mei 2018"}, {en.OnDate("2018-05"), "in May 2018"}, {en.OnDate("2018"), "in 2018"}, {en.OnDate(""), ""},
		{nl.Number(12345678), "12.345.678"}, {en.Number(-1234), "-1,234"}, {en.Number(999), "999"},
		{nl.List([]string{"A1", "B1", "C1"}), "A1, B1 en C1"}, {en.List([]string{"A1", "B1"}), "A1 and B1"}, {en.List(nil), ""},
		{en.N("summary.replace_now", 1), "Replace 1 device."}, {nl.N("summary.replace_now", 2), "Vervang 2 apparaten."},
		{nl.N("summary.replace_now", 0), "Vervang 0 apparaten."},
	} {
		if c[0] != c[1] {
			t.Errorf("got %q, want %q", c[0], c[1])
		}
	}
}

func TestNothingAskedMakesAPrinterFail(t *testing.T) {
	p := New("xx")
	if p.Language() != English {
		t.Errorf("a language that does not exist gave %s", p.Language())
	}
	for got, want := range map[string]string{
		p.Text("no.such.key", 1, 2):         "no.such.key",
		p.Text("chip.cannot_tell", "extra"): "We cannot tell",
		p.Fill("reason.corrected", map[string]string{"product": "M1", "revision": ""}):                "This was read from the label: M1.",
		p.Fill("problem.answers_dropped", map[string]string{"interface": "eth0", "detail": ""})[150:]: "e VPN off, and scan again.", // and no brackets about nothing
		p.Fill("problem.flood", map[string]string{"count": "{count} %[1]s"}):                          "A device sent far more than we can use; we left out {count} %[1]s messages. Scan again, and look for a device that is broken.",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
