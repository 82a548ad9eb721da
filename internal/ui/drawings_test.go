package ui

import (
	"bytes"
	"encoding/xml"
	"image/color"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
)

func TestEveryKindVerdictAndSignHasItsOwnDrawing(t *testing.T) {
	files := os.DirFS("../../assets/drawings")
	seen := map[string]string{}
	want := []string{}
	for _, k := range append([]device.Kind{device.Unknown}, device.Kinds...) {
		want = append(want, "kind-"+k.String())
	}
	for v := lifecycle.CannotTell; v <= lifecycle.OtherDevice; v++ {
		want = append(want, "verdict-"+v.String())
	}
	// Every sign that the code names exists.
	sources, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	known, err := fs.Glob(files, "sign-*.svg")
	if err != nil || len(known) < 10 {
		t.Fatalf("signs: %v, %v", known, err)
	}
	for _, name := range known {
		want = append(want, strings.TrimSuffix(name, ".svg"))
		used := false
		for _, src := range sources {
			text, _ := os.ReadFile(src)
			used = used || bytes.Contains(text, []byte(`"`+strings.TrimSuffix(strings.TrimPrefix(name, "sign-"), ".svg")+`"`))
		}
		if !used {
			t.Errorf("%s is drawn but never shown", name)
		}
	}
	for _, name := range want {
		svg, err := fs.ReadFile(files, name+".svg")
		if err != nil {
			t.Errorf("no drawing: %v", err)
			continue
		}
		if twin := seen[string(svg)]; twin != "" {
			t.Errorf("%s looks exactly like %s", name, twin)
		}
		seen[string(svg)] = name
		if !bytes.Contains(svg, []byte("currentColor")) {
			t.Errorf("%s has no currentColor, so it cannot follow the theme", name)
		}
		for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Errorf("%s: %v", name, err)
				break
			}
		}
	}
}

// A drawing that the renderer cannot read shows as nothing; this one has ink.
func TestEveryDrawingLeavesInkInTheAskedColour(t *testing.T) {
	test.NewTempApp(t)
	d := &drawings{made: map[string]fyne.Resource{}, files: os.DirFS("../../assets/drawings"), scale: func() float32 { return 1 }}
	names, err := fs.Glob(d.files, "*.svg")
	if err != nil || len(names) == 0 {
		t.Fatalf("drawings: %v, %v", names, err)
	}
	for _, name := range names {
		img := canvas.NewImageFromResource(d.draw(strings.TrimSuffix(name, ".svg"), "", color.NRGBA{R: 0xc0, A: 0xff}, 64))
		w := test.NewTempWindow(t, img)
		w.SetPadded(false)
		w.Resize(fyne.NewSize(64, 64))
		picture := w.Canvas().Capture()
		red := 0
		for y := range 64 {
			for x := range 64 {
				r, g, b, _ := picture.At(x, y).RGBA()
				if r>>8 > 0xa0 && g>>8 < 0x40 && b>>8 < 0x40 {
					red++
				}
			}
		}
		if red < 40 || red > 2000 {
			t.Errorf("%s: %d of 4096 pixels in the asked colour, want a line drawing", name, red)
		}
	}
}
