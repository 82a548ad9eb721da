package probe

import (
	"slices"

	"houdbaar/internal/device"
	"houdbaar/internal/lan"
)

// index asks for a device's front page. Its Server header, its realm or its title
// often names the model: a hint where nothing better is said. It is asked of a
// gateway, of what may be a router, a camera or a NAS and has not named its model,
// and of a silent device whose network part is from a maker of such things.
var index = Door{
	name:      "http",
	ports:     web,
	questions: []lan.Question{{Method: "GET", Path: "/", Why: "Any router, camera or NAS: the name on its front page"}},
	fits: func(dev device.Device, id device.Identity) bool {
		if id.Model != "" {
			return false
		}
		if _, ok := made(dev); ok {
			return true
		}
		return dev.Gateway || id.Kind.Class() != device.ClassUnknown || announced(dev)
	},
}

// announced reports whether a device said anything itself: a neighbour that is
// only in the table may be a phone, which is not to be bothered.
func announced(dev device.Device) bool {
	return slices.ContainsFunc(dev.Observations, func(o device.Observation) bool {
		return o.Source != device.SourceNeighbour && o.Source != device.SourceRoute
	})
}
