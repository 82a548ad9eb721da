package assets

import (
	"embed"
	"io/fs"
)

// Icon is the app's icon, an SVG that is readable at 16 pixels.
//
//go:embed icon.svg
var Icon []byte

//go:embed drawings/*.svg
var drawings embed.FS

// Drawings holds the window's line drawings: kind-*.svg, verdict-*.svg, sign-*.svg, and
// place-*.svg, where a label sits. They are drawn in currentColor, which the window fills
// in.
func Drawings() fs.FS {
	sub, err := fs.Sub(drawings, "drawings")
	if err != nil {
		panic(err) // only a wrong name in this file
	}
	return sub
}
