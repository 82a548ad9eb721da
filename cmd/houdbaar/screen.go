package main

import (
	"image"

	"github.com/go-gl/glfw/v3.4/glfw"
)

// screens are the sizes of the screens without the desktop's own bars. Fyne has no word for
// them; its loop must have begun.
func screens() (sizes []image.Point) {
	for _, m := range glfw.GetMonitors() {
		_, _, width, height := m.GetWorkarea()
		sizes = append(sizes, image.Pt(width, height))
	}
	return sizes
}
