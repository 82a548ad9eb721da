package probe

import (
	_ "embed"
	"strings"

	"houdbaar/internal/device"
)

// makers are the owners of hardware addresses whose devices are asked though they say
// nothing: that is then all that is known, and enough to ask, never to name.
//
//go:embed makers.txt
var makers string

// made reports whether d is silent and its hardware address belongs to one of makers,
// and the vendor whose doors it may have.
func made(d device.Device) (vendor string, ok bool) {
	if announced(d) {
		return "", false
	}
	for _, o := range d.Observations {
		owner := strings.ToLower(o.Get("vendor"))
		if o.Source != device.SourceNeighbour || owner == "" {
			continue
		}
		for line := range strings.Lines(makers) {
			if name, vendor, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "|"); name != "" && strings.HasPrefix(owner, name) {
				return vendor, true
			}
		}
	}
	return "", false
}
