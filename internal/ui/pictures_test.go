package ui

import (
	"cmp"
	"flag"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"houdbaar/internal/history"
	"houdbaar/internal/i18n"
)

var pictures = flag.String("pictures", "", "write a picture of every screen into this folder")

// pictureSize is the smallest window that shows everything at once.
var pictureSize = fyne.NewSize(1024, 640)

// A sitting is a screen that is looked at, by the name of its file, and how it is reached.
type sitting struct {
	name  string
	story func() *storyEngine
	reach func(s *stage)
}

// sittings are the screens that are pictured. Every one shows the invented home.
var sittings = []sitting{
	{"first", stories["done"], func(s *stage) { s.show(screenFirst) }},
	{"home", stories["done"], func(*stage) {}},
	{"scanning", stories["running"], func(s *stage) {
		s.scan()
		s.until("six devices", func() bool { return len(s.model.findings()) == 6 })
	}},
	{"results", stories["done"], func(s *stage) { s.scanned() }},
	{"check-label", stories["done"], func(s *stage) { s.scanned(); s.openDetail("invented-44") }},
	{"why", stories["done"], func(s *stage) {
		s.scanned()
		s.unfolded["why"] = true
		s.openDetail("invented-23")
		s.build()
		s.layOut()
		s.results.right.ScrollToOffset(fyne.NewPos(0, 640))
	}},
	{"failed", stories["failed"], func(s *stage) { s.scanned() }},
	{"empty", stories["empty"], func(s *stage) { s.scanned() }},
	{"hampered", stories["hampered"], func(s *stage) { s.scanned() }},
	{"label", stories["done"], func(s *stage) {
		s.show(screenLabel)
		s.label.entry.SetText("860L")
		s.settled()
		s.label.pick(s.label.models[0])
	}},
	{"label-verdict", stories["done"], func(s *stage) {
		s.show(screenLabel)
		s.label.entry.SetText("860L")
		s.settled()
		s.label.pick(s.label.models[0])
		s.label.revision = "A1"
		s.label.check()
	}},
	{"settings", stories["done"], func(s *stage) { s.show(screenSettings) }},
	{"settings-below", stories["done"], func(s *stage) {
		s.book = history.New("/home/anna/.local/share/houdbaar/"+history.FileName, time.Now) // nothing asks it to keep
		s.show(screenSettings)
		s.settled()
		s.layOut()
		s.scroller.ScrollToOffset(fyne.NewPos(0, 520))
	}},
	{"doctor", stories["hampered"], func(s *stage) { s.show(screenDoctor); s.examine() }},
	{"report", stories["done"], func(s *stage) { s.scanned(); s.paperwork.folder = "/home/anna/Documents"; s.startReport() }},
	{"catalogue", stories["done"], func(s *stage) {
		s.show(screenCatalogue)
		s.catalogue.entry.SetText("860L")
		s.settled()
		s.catalogue.model = &s.catalogue.models[0]
		s.build()
	}},
	{"horizon", stories["done"], func(s *stage) { s.scanned(); s.show(screenHorizon) }},
	{"visits", stories["visits"], func(s *stage) { s.show(screenVisits) }},
	{"visits-none", stories["done"], func(s *stage) { s.show(screenVisits) }},
	{"visit", stories["visits"], func(s *stage) { s.openVisit(firstVisit) }},
	{"visit-scan", stories["visits"], func(s *stage) {
		s.openVisit(firstVisit)
		s.settled()
		s.reopen(1, false, nil)
	}},
	{"changes", stories["visits"], func(s *stage) {
		s.openVisit(firstVisit)
		s.settled()
		s.openChanges(0, 0)
	}},
	{"practice", stories["done"], func(s *stage) {
		s.enterPractice()
		s.settled()
		s.scanned()
	}},
	{"sends", stories["done"], func(s *stage) { s.show(screenSends) }},
	{"help", stories["done"], func(s *stage) { s.show(screenHelp) }},
	{"about", stories["done"], func(s *stage) { s.show(screenAbout) }},
}

// TestPictures writes a picture of every screen in both languages, light and dark, with
// -pictures; without it every screen is reached and drawn once.
func TestPictures(t *testing.T) {
	looks := []string{"light", "dark"}
	if *pictures == "" {
		looks = looks[:1]
	}
	for _, sitting := range sittings {
		for _, l := range i18n.Languages {
			for _, look := range looks {
				s := open(t, sitting.story(), l, pictureSize, func(o *Options) {
					o.Look = look
				}, practising(t, stories["done"](), make(chan struct{})))
				sitting.reach(s)
				if !s.model.running() {
					s.settled()
				}
				s.layOut()
				img := s.win.Canvas().Capture()
				if blank(img) {
					t.Errorf("%s, %s: there is nothing on the screen", sitting.name, l)
				}
				if *pictures != "" {
					file := filepath.Join(*pictures, sitting.name+"-"+string(l)+"-"+look+".png")
					if err := writePicture(file, img); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	}
}

// blank tells whether a picture has one colour only.
func blank(img image.Image) bool {
	b := img.Bounds()
	first := img.At(b.Min.X, b.Min.Y)
	for y := b.Min.Y; y < b.Max.Y; y += 7 {
		for x := b.Min.X; x < b.Max.X; x += 7 {
			if img.At(x, y) != first {
				return false
			}
		}
	}
	return true
}

// writePicture writes a PNG with at most 256 colours, the most frequent ones: a screen
// has few, and the picture is a fifth as large.
func writePicture(path string, img image.Image) error {
	b := img.Bounds()
	count := map[color.RGBA]int{}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			count[color.RGBAModel.Convert(img.At(x, y)).(color.RGBA)]++
		}
	}
	often := slices.SortedFunc(maps.Keys(count), func(p, q color.RGBA) int {
		return cmp.Or(cmp.Compare(count[q], count[p]), cmp.Compare(p.R, q.R), cmp.Compare(p.G, q.G), cmp.Compare(p.B, q.B))
	})
	var palette color.Palette
	for _, c := range often[:min(len(often), 256)] {
		palette = append(palette, c)
	}
	nearest := map[color.RGBA]uint8{}
	out := image.NewPaletted(b, palette)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := color.RGBAModel.Convert(img.At(x, y)).(color.RGBA)
			i, ok := nearest[c]
			if !ok {
				i = uint8(palette.Index(c))
				nearest[c] = i
			}
			out.SetColorIndex(x, y, i)
		}
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(f, out)
}
