package assets

import (
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// packages is where the recipes of the packages stand.
const packages = "../fyne-cross"

// app is FyneApp.toml as Fyne's own tools read it.
type app struct {
	Details struct {
		Icon, Name, ID, Version string
		Build                   int
	}
	LinuxAndBSD struct {
		GenericName, Comment string
		Categories, Keywords []string
	}
}

func read(t *testing.T) (a app) {
	t.Helper()
	if _, err := toml.Decode(facts, &a); err != nil {
		t.Fatalf("FyneApp.toml: %v", err)
	}
	return a
}

func TestTheFactsAreAsFynesToolsReadThem(t *testing.T) {
	a := read(t)
	for name, want := range map[string]string{
		"Name": a.Details.Name, "ID": a.Details.ID, "Version": a.Details.Version, "Icon": a.Details.Icon,
		"GenericName": a.LinuxAndBSD.GenericName, "Comment": a.LinuxAndBSD.Comment,
	} {
		if got := Fact(name); got != want || want == "" {
			t.Errorf("%s is %q here, %q to Fyne", name, got, want)
		}
	}
	// Windows wants numbers.
	if !regexp.MustCompile(`^\d+\.\d+\.\d+$`).MatchString(a.Details.Version) || a.Details.Build < 1 {
		t.Errorf("version %q, build %d", a.Details.Version, a.Details.Build)
	}
}

func TestTheFactsAreAsThePackageScriptsReadThem(t *testing.T) {
	a := read(t)
	const ask = `. fyne-cross/facts.sh; for v in "$NAME" "$ID" "$VERSION" "$BUILDNR" "$GENERIC" "$COMMENT" "$CATEGORIES" "$KEYWORDS"; do echo "$v"; done; echo "@NAME@ @NUMBERS@" | fill`
	c := exec.Command("sh", "-euc", ask)
	c.Dir = ".."
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("facts.sh: %v\n%s", err, out)
	}
	list := func(words []string) string { return strings.Join(words, ";") + ";" }
	want := strings.Join([]string{a.Details.Name, a.Details.ID, a.Details.Version, Fact("Build"), a.LinuxAndBSD.GenericName, a.LinuxAndBSD.Comment,
		list(a.LinuxAndBSD.Categories), list(a.LinuxAndBSD.Keywords),
		a.Details.Name + " " + strings.ReplaceAll(a.Details.Version, ".", ",") + "," + Fact("Build")}, "\n") + "\n"
	if string(out) != want {
		t.Errorf("facts.sh says\n%s\nFyneApp.toml\n%s", out, want)
	}
}

// TestNoRecipeHasFactsOfItsOwn: a version or an identifier that stands in a recipe is
// one that somebody will forget.
func TestNoRecipeHasFactsOfItsOwn(t *testing.T) {
	read := 0
	for path, text := range recipes(t) {
		read++
		for _, fact := range []string{Fact("ID"), "houdbaar-" + Fact("Version"), "houdbaar_" + Fact("Version"), Fact("Comment")} {
			if strings.Contains(text, fact) {
				t.Errorf("%s says %q, which belongs in assets/FyneApp.toml", path, fact)
			}
		}
		if strings.Contains(text, `"`+Fact("Version")+`"`) || strings.Contains(text, "Version: "+Fact("Version")) {
			t.Errorf("%s has a version of its own", path)
		}
	}
	if read < 10 {
		t.Errorf("only %d recipes were read", read)
	}
}

// TestEveryPlaceInATemplateIsFilled: facts.sh knows every @NAME@ there is.
func TestEveryPlaceInATemplateIsFilled(t *testing.T) {
	all := recipes(t)
	known := regexp.MustCompile(`s\|(@[A-Z]+@)\|`).FindAllStringSubmatch(all[filepath.Join(packages, "facts.sh")], -1)
	filled := map[string]bool{"@BONJOUR@": true} // darwin/bundle.sh
	for _, k := range known {
		filled[k[1]] = true
	}
	for path, text := range all {
		for _, place := range regexp.MustCompile(`@[A-Z]+@`).FindAllString(text, -1) {
			if !filled[place] {
				t.Errorf("%s: nothing fills %s", path, place)
			}
		}
	}
}

func TestTheChangelogBeginsWithTheVersion(t *testing.T) {
	data, err := os.ReadFile("CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	heading := regexp.MustCompile(`(?m)^## (\S+)`).FindSubmatch(data)
	if heading == nil || string(heading[1]) != Fact("Version") {
		t.Errorf("the first heading is %q, the version %s", heading, Fact("Version"))
	}
}

func TestTheListsOfThePackagesAreXML(t *testing.T) {
	for _, name := range []string{"darwin/Info.plist", "darwin/entitlements.plist", "linux/metainfo.xml", "windows/program.manifest"} {
		wellFormed(t, name, recipes(t)[filepath.Join(packages, name)])
	}
	plist := recipes(t)[filepath.Join(packages, "darwin/Info.plist")]
	for _, key := range []string{"CFBundleIdentifier", "CFBundleShortVersionString", "CFBundleVersion", "CFBundleExecutable", "NSLocalNetworkUsageDescription", "NSBonjourServices"} {
		if !strings.Contains(plist, "<key>"+key+"</key>") {
			t.Errorf("Info.plist has no %s", key)
		}
	}
}

// TestMacOSIsToldEveryServiceAskedFor: macOS hides services that an app does not name.
func TestMacOSIsToldEveryServiceAskedFor(t *testing.T) {
	c := exec.Command("fyne-cross/darwin/bonjour.sh")
	c.Dir = ".."
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	for _, line := range lines {
		if !regexp.MustCompile(`^\t\t<string>_[A-Za-z0-9-]+(\._dns-sd)?\._(tcp|udp)</string>$`).MatchString(line) {
			t.Errorf("%q is no service", line)
		}
	}
	for _, service := range []string{"_services._dns-sd._udp", "_axis-video._tcp", "_http._tcp", "_miio._udp"} {
		if !strings.Contains(string(out), "<string>"+service+"</string>") {
			t.Errorf("macOS is not told of %s; %d are named", service, len(lines))
		}
	}
}

// recipes are the files of the packages by path, without what was made from them.
func recipes(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(packages, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			switch d.Name() {
			case "bin", "dist", "tmp":
				return fs.SkipDir
			}
			return nil
		}
		data, err := os.ReadFile(path)
		all[path] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func wellFormed(t *testing.T, name, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	elements := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		if _, ok := token.(xml.StartElement); ok {
			elements++
		}
	}
	if elements < 2 {
		t.Errorf("%s has %d elements", name, elements)
	}
}
