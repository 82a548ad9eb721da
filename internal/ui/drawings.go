package ui

import (
	"bytes"
	"fmt"
	"image/color"
	"io/fs"
	"regexp"
	"strconv"

	"fyne.io/fyne/v2"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
)

// drawings are our own line drawings in the colour and for the size that is asked
// for. Fyne's own recolouring only fills, and its renderer draws a stroke as wide in
// pixels as the file says in the drawing's units, so both are written into the file.
type drawings struct {
	files fs.FS          // kind-router.svg, verdict-supported.svg, sign-copy.svg, place-router.svg, ...
	scale func() float32 // pixels to one of Fyne's units
	made  map[string]fyne.Resource
}

var (
	strokeWidth = regexp.MustCompile(`stroke-width="([0-9.]+)"`)
	viewBox     = regexp.MustCompile(`viewBox="0 0 ([0-9.]+)`)
)

// kind returns the picture of a kind of device.
func (d *drawings) kind(k device.Kind, c color.Color, side float32) fyne.Resource {
	return d.draw("kind-"+k.String(), "kind-other", c, side)
}

// verdict returns the sign of a verdict; each has a shape of its own.
func (d *drawings) verdict(v lifecycle.VerdictKind, c color.Color, side float32) fyne.Resource {
	return d.draw("verdict-"+v.String(), "verdict-cannot_tell", c, side)
}

// place returns where the label of a kind of device sits, seen from below or behind.
func (d *drawings) place(k device.Kind, c color.Color, side float32) fyne.Resource {
	switch k {
	case device.Camera, device.Doorbell:
		return d.draw("place-camera", "", c, side)
	case device.NAS, device.NVR:
		return d.draw("place-box", "", c, side)
	}
	return d.draw("place-router", "", c, side)
}

// sign returns a small sign, such as "copy".
func (d *drawings) sign(name string, c color.Color, side float32) fyne.Resource {
	return d.draw("sign-"+name, "sign-info", c, side)
}

// draw returns one drawing, or another where it does not exist.
func (d *drawings) draw(name, instead string, c color.Color, side float32) fyne.Resource {
	r, g, b, _ := c.RGBA()
	hex := fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
	pixels := side * d.scale()
	key := fmt.Sprintf("%s%s@%.0f", name, hex, pixels)
	if made := d.made[key]; made != nil {
		return made
	}
	svg, err := fs.ReadFile(d.files, name+".svg")
	if err != nil {
		if svg, err = fs.ReadFile(d.files, instead+".svg"); err != nil {
			svg = []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>`)
		}
	}
	units := float64(pixels)
	if m := viewBox.FindSubmatch(svg); m != nil {
		units, _ = strconv.ParseFloat(string(m[1]), 64)
	}
	svg = strokeWidth.ReplaceAllFunc(svg, func(attr []byte) []byte {
		width, _ := strconv.ParseFloat(string(strokeWidth.FindSubmatch(attr)[1]), 64)
		return fmt.Appendf(nil, `stroke-width="%.2f"`, width*float64(pixels)/units)
	})
	res := fyne.NewStaticResource(key+".svg", bytes.ReplaceAll(svg, []byte("currentColor"), []byte(hex)))
	d.made[key] = res
	return res
}
