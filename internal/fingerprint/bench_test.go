package fingerprint

import (
	"strings"
	"testing"

	"houdbaar/internal/device"
)

// BenchmarkIdentify reads a gateway that answered with five long pages.
func BenchmarkIdentify(b *testing.B) {
	page := strings.Repeat("<td>Wireless settings of this router</td>\n", 800)
	d := device.Device{Observations: []device.Observation{
		saw(device.SourceSSDP, "server", "Linux/2.6.30 UPnP/1.0 MiniUPnPd/1.6", "st", igd),
		saw(device.SourceUPnP, "depth", "0", "deviceType", igd, "manufacturer", "D-Link", "modelName", "D-Link Router", "modelNumber", "DIR-860L", "friendlyName", "Home"),
	}}
	for range 5 {
		d.Observations = append(d.Observations, saw(device.SourceHTTP, "path", "/", "title", "D-LINK", "server", "nginx", "body", page))
	}
	for b.Loop() {
		Default().Identify(d)
	}
}
