package ui

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"houdbaar/internal/i18n"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// ourTypes are the Go names of our widgets, which no screen shows.
var ourTypes = regexp.MustCompile(` type="\*ui\.\w+"`)

func TestGoldenStates(t *testing.T) {
	scanned := func(s *stage) { s.scanned() }
	for _, one := range []sitting{
		{"home", stories["empty"], func(s *stage) { s.until("the network", func() bool { return s.asked }) }},
		{"results", stories["done"], scanned},
		{"running", func() *storyEngine { return &storyEngine{findings: inventedHome()[:3], hold: true} }, func(s *stage) {
			s.scan()
			s.until("three devices", func() bool { return len(s.model.findings()) == 3 })
		}},
		{"first", stories["empty"], func(s *stage) { s.show(screenFirst) }},
		{"one", stories["one"], scanned},
		{"eighty", func() *storyEngine { return &storyEngine{findings: manyDevices(80), stride: 80} }, scanned},
		{"hampered", stories["hampered"], scanned},
		{"empty", stories["empty"], scanned},
		{"failed", func() *storyEngine { return &storyEngine{fail: errors.New("invented")} }, scanned},
		{"visits", func() *storyEngine { return inventedVisits(6) }, func(s *stage) { s.show(screenVisits); s.settled() }},
		{"no_visits", stories["empty"], func(s *stage) { s.show(screenVisits); s.settled() }},
		{"visit", func() *storyEngine { return inventedVisits(1) }, func(s *stage) { s.openVisit(firstVisit); s.settled() }},
		{"changes", func() *storyEngine { return inventedVisits(1) }, func(s *stage) {
			s.openVisit(firstVisit)
			s.settled()
			s.openChanges(0, 0)
			s.settled()
		}},
		{"narrow_device", stories["done"], func(s *stage) {
			s.win.Resize(narrow)
			s.scanned()
			s.openDetail("invented-44")
		}},
	} {
		for _, l := range i18n.Languages {
			file := one.name + "." + string(l) + ".xml"
			t.Run(file, func(t *testing.T) {
				s := open(t, one.story(), l, pictureSize)
				one.reach(s)
				s.layOut()
				got := ourTypes.ReplaceAllString(test.RenderToMarkup(s.win.Canvas()), "")
				path := filepath.Join("testdata", file)
				if *update {
					if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if got != string(want) {
					t.Errorf("%s differs; look at it and run with -update if it is meant:\n%s", path, firstDifference(string(want), got))
				}
			})
		}
	}
}

// firstDifference shows where two texts part, with the lines around.
func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return fmt.Sprintf("line %d\nwant %s\n got %s", i+1, w[i], g[i])
		}
	}
	return fmt.Sprintf("want %d lines, got %d", len(w), len(g))
}
