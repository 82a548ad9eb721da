package ui

import (
	"go/parser"
	"go/token"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

func TestTheModelKnowsNoFyne(t *testing.T) {
	for _, name := range []string{"model.go", "engine.go"} {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range f.Imports {
			if strings.Contains(spec.Path.Value, "fyne.io") {
				t.Errorf("%s imports %s; it must be testable without a window", name, spec.Path.Value)
			}
		}
	}
}

// TestOneDoor counts what may occur in one file only, or not at all.
func TestOneDoor(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 10 {
		t.Fatalf("files: %v, %v", files, err)
	}
	for what, only := range map[string]string{
		"fyne.Do":              "door.go",    // the one way to Fyne's goroutine
		"app.OpenURL(":         "opening.go", // behind report.Web
		"RichTextFromMarkdown": "",           // loads images from addresses in the text
		"ParseMarkdown":        "",
		"SendNotification":     "", // runs text as a program on Windows
		"NewNotification":      "",
		"NewHyperlink":         "", // opens what it is given, past openURL
	} {
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(string(text), what); n > 0 && name != only {
				t.Errorf("%s: %s occurs %d times; it belongs in %q only", name, what, n, only)
			}
		}
	}
}

// storyModel is a model at the end of an invented scan.
func storyModel(findings []scan.Finding) *model {
	m := &model{}
	m.start()
	s := scan.Scan{On: storyDay, Findings: findings, Interfaces: storyInterfaces, Catalogue: (&storyEngine{}).CatalogueMeta()}
	m.finish(s, compose(i18n.New(i18n.English), s, nil))
	return m
}

func keys(items []item) []string {
	var out []string
	for _, it := range items {
		out = append(out, it.key)
	}
	return out
}

func TestTheListIsOrderedByWhatNeedsActionAndFoldsTheRest(t *testing.T) {
	m := storyModel(inventedHome())
	want := []string{
		"group:replace_now", "invented-1", "invented-23",
		"group:plan_replacement", "invented-31",
		"group:check_label", "invented-44",
		"group:update_firmware", "invented-52",
		"group:cannot_tell", "invented-60",
		"group:supported", "invented-70", "invented-71",
		"group:other_device",
	}
	if diff := cmp.Diff(want, keys(m.items)); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	if m.selected != "invented-1" {
		t.Errorf("selected %q; want the most urgent device", m.selected)
	}
	m.fold(lifecycle.OtherDevice)
	if got := keys(m.items); len(got) != len(want)+3 {
		t.Errorf("opened fold shows %v", got)
	}
}

func TestTheFilterLooksAtAllAPersonSees(t *testing.T) {
	for name, c := range map[string]struct {
		typed string
		want  []string
	}{
		"a model":                       {"dir-860", []string{"group:replace_now", "invented-1"}},
		"a name in capitals":            {" HAL ", []string{"group:replace_now", "invented-23"}},
		"an address":                    {"178.31", []string{"group:plan_replacement", "invented-31"}},
		"words in any order":            {"920 synology", []string{"group:supported", "invented-70"}},
		"a folded device, unfolded now": {"sonos", []string{"group:other_device", "invented-82"}},
		"nothing":                       {"no such device", nil},
	} {
		t.Run(name, func(t *testing.T) {
			m := storyModel(inventedHome())
			m.search(c.typed)
			if diff := cmp.Diff(c.want, keys(m.items)); diff != "" {
				t.Errorf("search %q (-want +got):\n%s", c.typed, diff)
			}
			if beside := append(c.want, "", "")[1]; m.selected != beside {
				t.Errorf("search %q shows %q beside the list; want %q", c.typed, m.selected, beside)
			}
			if m.search(""); len(m.items) < 10 {
				t.Errorf("cleared filter leaves %v", keys(m.items))
			}
			if m.selected == "" {
				t.Error("cleared filter leaves nothing beside the list")
			}
		})
	}
}

func TestASelectionIsByDeviceAndOutlivesNewRows(t *testing.T) {
	m := &model{}
	m.start()
	home := inventedHome()
	p := i18n.New(i18n.Dutch)
	step := func(n int) {
		s := scan.Snapshot{Phase: scan.PhaseAsking, Fraction: 0.5, Findings: home[:n]}
		m.progress(s, composeSnapshot(p, s, storyDay))
	}
	step(3)
	if m.selected != "" {
		t.Errorf("a running scan selected %q by itself", m.selected)
	}
	m.choose("invented-23")
	step(8)
	if m.selected != "invented-23" {
		t.Errorf("selected %q after new rows came, want invented-23", m.selected)
	}
	m.choose("no such device")
	if m.selected != "invented-23" {
		t.Errorf("chose a device that is not there: %q", m.selected)
	}
	s := scan.Scan{On: storyDay, Findings: home[:1], Stopped: true}
	m.finish(s, compose(p, s, nil))
	if m.selected != "invented-1" || m.state != stateStopped {
		t.Errorf("selected %q in state %d after its device went, want the first left, stopped", m.selected, m.state)
	}
}

func TestASnapshotAfterTheEndChangesNothing(t *testing.T) {
	m := storyModel(inventedHome())
	before := keys(m.items)
	late := scan.Snapshot{Findings: inventedHome()[:1]}
	m.progress(late, composeSnapshot(i18n.New(i18n.English), late, storyDay))
	if diff := cmp.Diff(before, keys(m.items)); diff != "" {
		t.Errorf("a late snapshot changed the list (-before +after):\n%s", diff)
	}
}

func TestWhichButtonsWork(t *testing.T) {
	for _, c := range []struct {
		state      state
		scan, stop bool
	}{
		{stateNone, true, false},
		{stateScanning, false, true},
		{stateStopping, false, false},
		{stateDone, true, false},
		{stateStopped, true, false},
		{stateFailed, true, false},
	} {
		m := &model{state: c.state}
		if m.canScan() != c.scan || m.canStop() != c.stop {
			t.Errorf("state %d: scan %v, stop %v; want %v, %v", c.state, m.canScan(), m.canStop(), c.scan, c.stop)
		}
	}
}

func TestOnlyADevicesOwnPageIsOpened(t *testing.T) {
	for page, open := range map[string]bool{
		"http://192.168.178.1/":           true,
		"https://192.168.178.1:8443/x?y":  true,
		"http://[fe80::1%25eth0]/":        true,
		"http://192.168.178.2/":           false, // another device
		"http://router.example/":          false, // a name
		"http://admin:x@192.168.178.1/":   false, // credentials
		"ftp://192.168.178.1/":            false,
		"file:///etc/passwd":              false,
		"javascript:alert(1)":             false,
		"http:192.168.178.1":              false,
		"//192.168.178.1/":                false,
		"http://192.168.178.1\x00/":       false,
		"":                                false,
		"http://192.168.178.1.evil.test/": false,
	} {
		m := storyModel(inventedHome())
		m.result.Findings[0].Device.Addrs = append(m.result.Findings[0].Device.Addrs, netip.MustParseAddr("fe80::1%eth0"))
		line := &m.view.groups[0].Lines[0]
		line.Page = page
		if _, ok := m.ownPage(line.ID); ok != open {
			t.Errorf("page %q: opened %v, want %v", page, ok, open)
		}
	}
}

func TestTextIsSafeToDraw(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                      "plain",
		"a\nb\tc":                    "a b c",
		"\x1b[31mred\x00":            "[31mred",
		"photo\u202egnp.exe":         "photognp.exe",
		"\u2066x\u2069\u200bz\ufeff": "xz",
		"é 👨‍👩‍👧":                    "é 👨‍👩‍👧",
		strings.Repeat("x", 20):      strings.Repeat("x", 10) + "…",
	} {
		limit := 10
		if !strings.HasPrefix(in, "xxx") {
			limit = 100
		}
		if got := shown(in, limit); got != want {
			t.Errorf("shown(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestANameInHebrewTurnsNoBrackets(t *testing.T) {
	for text, want := range map[string]string{
		"נתב (DIR-860L)": "\u200eנתב (DIR-860L)",
		"DIR-860L (נתב)": "DIR-860L (נתב)",
		"192.168.1.1":    "192.168.1.1",
	} {
		if got := fit(text, 1000, 14, false); got != want {
			t.Errorf("%q is drawn as %q, want %q", text, got, want)
		}
	}
}

func TestOnlyTheNewestSnapshotWaits(t *testing.T) {
	var queue []func()
	var got []int
	show := latest(func(f func()) { queue = append(queue, f) }, func(n int) { got = append(got, n) })
	for n := range 1000 {
		show(n)
	}
	if len(queue) != 1 {
		t.Fatalf("%d calls wait for a slow screen, want 1", len(queue))
	}
	queue[0]()
	show(1000)
	queue[1]()
	if diff := cmp.Diff([]int{999, 1000}, got); diff != "" {
		t.Errorf("shown (-want +got):\n%s", diff)
	}
}

func TestTheSecondLineTellsDevicesApart(t *testing.T) {
	want := map[string]string{
		"invented-1":  "Ver. A1 · firmware 1.10",
		"invented-60": "camera · 192.168.178.60",
	}
	m := storyModel(inventedHome())
	for id, text := range want {
		line, ok := m.line(id)
		if got := secondLine(line); !ok || got != text {
			t.Errorf("%s: second line %q, want %q", id, got, text)
		}
	}
}

// A thousand devices must be put into words faster than snapshots come.
func BenchmarkComposeAThousandDevices(b *testing.B) {
	s := scan.Snapshot{Phase: scan.PhaseAsking, Findings: manyDevices(1000)}
	p := i18n.New(i18n.Dutch)
	for b.Loop() {
		composeSnapshot(p, s, time.Time{})
	}
}

// TestAShortTitleKeepsTheModel: where a row is narrow the maker goes, or the model that the
// second line has too.
func TestAShortTitleKeepsTheModel(t *testing.T) {
	for _, c := range []struct{ title, vendor, product, want string }{
		{"Hal (DCS-930L)", "D-Link", "DCS-930L", "Hal"},
		{"Hal (boven) (DCS-930L)", "D-Link", "DCS-930L", "Hal (boven)"},
		{"Camera (boven)", "", "", "Camera (boven)"},
		{"D-Link DCS-930L", "D-Link", "DCS-930L", "DCS-930L"},
		{"Hal (boven)", "D-Link", "DCS-930L", "Hal (boven)"},
	} {
		l := report.Line{Title: c.title, Product: c.product, Model: strings.TrimSpace(c.vendor + " " + c.product)}
		if got := shortTitle(l); got != c.want {
			t.Errorf("%q of a %q became %q, want %q", c.title, l.Model, got, c.want)
		}
	}
}
