package fingerprint

import (
	"strings"
	"testing"
	"time"

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

// BenchmarkPageMadeToTakeLong reads pages that are made to keep their reader busy, and reports how many
// times as long they take as a plain one of their length ("times").
func BenchmarkPageMadeToTakeLong(b *testing.B) {
	for name, body := range map[string]string{
		"marks":    strings.Repeat("<noscript>", 3000),
		"brackets": "<script>" + strings.Repeat("{", 8000) + strings.Repeat(`fw_ver:"1.1",`, 1800),
		"keys":     "<script>x={" + strings.Repeat(`fw_ver:"1.1",url:"x",`, 1500) + "}",
		"labels":   strings.Repeat("<b>Firmware:</b>", 2000),
		"models":   "<title>NETGEAR R7000</title>" + strings.Repeat("<p>Model: EX6120", 2000),
		"versions": strings.Repeat("<p>Firmware: 1.1", 2000),
		"colons":   strings.Repeat("<b>:</b>", 4000),
		"headings": strings.Repeat("<h1>", 8000),
		"titles":   strings.Repeat(`<p id="login-title">x`, 1500),
		"line":     strings.Repeat("Hardware Version: B1 ", 1500),
		"written":  "<script>" + strings.Repeat(`document.write("<script>`, 1300),
		"pattern":  "<script>" + strings.Repeat("=/[", 10000),
	} {
		b.Run(name, func(b *testing.B) {
			long := func(body string) time.Duration {
				begun := time.Now()
				for range b.N {
					identify(page(body))
				}
				return time.Since(begun)
			}
			plain := long(strings.Repeat("<td>Wireless settings</td>\n", len(body)/27))
			b.ReportMetric(float64(long(body))/float64(plain), "times")
		})
	}
}
