package ui

import (
	"bytes"
	"fmt"
	"image/color"
	"io/fs"
	"sync"

	"fyne.io/fyne/v2"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
)

// drawings are our own line drawings in the colour that is asked for. Fyne's own
// recolouring fills; these are strokes.
type drawings struct {
	files fs.FS // kind-router.svg, verdict-supported.svg, sign-copy.svg, ...
	made  sync.Map
}

// kind returns the picture of a kind of device.
func (d *drawings) kind(k device.Kind, c color.Color) fyne.Resource {
	return d.draw("kind-"+k.String(), "kind-other", c)
}

// verdict returns the sign of a verdict; each has a shape of its own.
func (d *drawings) verdict(v lifecycle.VerdictKind, c color.Color) fyne.Resource {
	return d.draw("verdict-"+v.String(), "verdict-cannot_tell", c)
}

// sign returns a small sign, such as "copy".
func (d *drawings) sign(name string, c color.Color) fyne.Resource {
	return d.draw("sign-"+name, "sign-info", c)
}

// draw returns one drawing, or another where it does not exist.
func (d *drawings) draw(name, instead string, c color.Color) fyne.Resource {
	r, g, b, _ := c.RGBA()
	hex := fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
	if made, ok := d.made.Load(name + hex); ok {
		return made.(fyne.Resource)
	}
	svg, err := fs.ReadFile(d.files, name+".svg")
	if err != nil {
		if svg, err = fs.ReadFile(d.files, instead+".svg"); err != nil {
			svg = []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>`)
		}
	}
	res := fyne.NewStaticResource(name+hex+".svg", bytes.ReplaceAll(svg, []byte("currentColor"), []byte(hex)))
	d.made.Store(name+hex, res)
	return res
}
