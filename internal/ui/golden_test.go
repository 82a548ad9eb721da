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

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"houdbaar/internal/i18n"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// ourTypes are the Go names of our widgets, which no screen shows.
var ourTypes = regexp.MustCompile(` type="\*ui\.\w+"`)

func TestGoldenStates(t *testing.T) {
	for name, prepare := range map[string]func(*testing.T, i18n.Language) *stage{
		"home": func(t *testing.T, l i18n.Language) *stage {
			s := open(t, &storyEngine{}, l, fyne.NewSize(1024, 640))
			s.until("the network", func() bool { return s.asked })
			return s
		},
		"results": func(t *testing.T, l i18n.Language) *stage {
			return open(t, &storyEngine{findings: inventedHome()}, l, fyne.NewSize(1024, 640)).scanned()
		},
		"running": func(t *testing.T, l i18n.Language) *stage {
			s := open(t, &storyEngine{findings: inventedHome()[:3], hold: true}, l, fyne.NewSize(1024, 640))
			s.scan()
			s.until("three devices", func() bool { return len(s.model.findings) == 3 })
			return s
		},
		"first": func(t *testing.T, l i18n.Language) *stage {
			return open(t, &storyEngine{}, l, fyne.NewSize(1024, 640), func(o *Options) { o.App.Preferences().SetBool(prefFirst, false) })
		},
		"one": func(t *testing.T, l i18n.Language) *stage {
			return open(t, stories["one"](), l, fyne.NewSize(1024, 640)).scanned()
		},
		"eighty": func(t *testing.T, l i18n.Language) *stage {
			return open(t, &storyEngine{findings: manyDevices(80), stride: 80}, l, fyne.NewSize(1024, 640)).scanned()
		},
		"hampered": func(t *testing.T, l i18n.Language) *stage {
			return open(t, stories["hampered"](), l, fyne.NewSize(1024, 640)).scanned()
		},
		"empty": func(t *testing.T, l i18n.Language) *stage {
			return open(t, &storyEngine{}, l, fyne.NewSize(1024, 640)).scanned()
		},
		"failed": func(t *testing.T, l i18n.Language) *stage {
			return open(t, &storyEngine{fail: errors.New("invented")}, l, fyne.NewSize(1024, 640)).scanned()
		},
		"visits": func(t *testing.T, l i18n.Language) *stage {
			s := open(t, inventedVisits(6), l, fyne.NewSize(1024, 640))
			s.show(screenVisits)
			s.settled()
			return s
		},
		"no visits": func(t *testing.T, l i18n.Language) *stage {
			s := open(t, &storyEngine{}, l, fyne.NewSize(1024, 640))
			s.show(screenVisits)
			s.settled()
			return s
		},
		"visit": func(t *testing.T, l i18n.Language) *stage {
			s := open(t, inventedVisits(1), l, fyne.NewSize(1024, 640))
			s.openVisit("2026-11-21-7A2B", false)
			s.settled()
			return s
		},
		"changes": func(t *testing.T, l i18n.Language) *stage {
			s := open(t, inventedVisits(1), l, fyne.NewSize(1024, 640))
			s.openVisit("2026-11-21-7A2B", false)
			s.settled()
			s.openChanges(0, 0)
			s.settled()
			return s
		},
		"narrow device": func(t *testing.T, l i18n.Language) *stage {
			s := open(t, &storyEngine{findings: inventedHome()}, l, narrow).scanned()
			s.openDetail("invented-44")
			return s
		},
	} {
		for _, l := range i18n.Languages {
			file := strings.ReplaceAll(name, " ", "_") + "." + string(l) + ".xml"
			t.Run(file, func(t *testing.T) {
				s := prepare(t, l)
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
