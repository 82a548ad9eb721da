package app

import (
	"context"
	"fmt"
	"net/netip"
	"runtime"
	"testing"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// A street is a discoverer that meets so many devices at once, and listens on.
type street struct {
	devices int
	listens time.Duration
}

func (street) Name() string { return "street" }

func (s street) Discover(ctx context.Context, emit func(device.Observation), _ func(scan.Problem)) {
	for i := range s.devices {
		a := netip.AddrFrom4([4]byte{10, 77, byte(i >> 8), byte(i)})
		emit(device.Observation{At: time.Now(), Source: device.SourceNeighbour, Addr: a, MAC: fmt.Sprintf("02:00:00:00:%02x:%02x", i>>8, i&255), Fields: map[string]string{}})
		key := fmt.Sprintf("22222222-0000-4000-8000-%012d", i)
		emit(device.Observation{At: time.Now(), Source: device.SourceSSDP, Addr: a, Key: key, Fields: map[string]string{
			"server": "Linux, UPnP/1.0, DIR-860L Ver 1.10", "usn": "uuid:" + key + "::upnp:rootdevice", "st": "upnp:rootdevice"}})
		emit(device.Observation{At: time.Now(), Source: device.SourceUPnP, Addr: a, Key: key, Fields: map[string]string{
			"manufacturer": "D-Link", "modelName": "DIR-860L", "modelNumber": []string{"A1", "B1"}[i%2], "depth": "0", "UDN": "uuid:" + key,
			"deviceType": "urn:schemas-upnp-org:device:InternetGatewayDevice:1", "friendlyName": fmt.Sprint("router ", i)}})
	}
	select {
	case <-time.After(s.listens):
	case <-ctx.Done():
	}
}

// judgeStreet lets a street's devices through the pipeline.
func judgeStreet(t testing.TB, from street) []scan.Finding {
	c := newCourt(t)
	s := scan.Scanner{Discoverers: []scan.Discoverer{from}, Judge: scan.Judge{Identifier: c.rules, Catalogue: c.db}, Clock: time.Now, On: c.on, Expect: from.listens}
	return s.Run(t.Context(), nil).Findings
}

// TestTenThousandDevicesAreJudged lets ten thousand devices through, all of which the
// system knows: each is on the list with a verdict, in bounded memory.
func TestTenThousandDevicesAreJudged(t *testing.T) {
	findings := judgeStreet(t, street{10_000, 2 * time.Second})
	if len(findings) != 10_000 || findings[0].Verdict.Kind == lifecycle.CannotTell {
		t.Errorf("%d findings, the first %+v", len(findings), findings[0].Verdict)
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if m.Sys > 500<<20 { // of the whole test binary, beside other tests
		t.Errorf("%d MB from the system", m.Sys>>20)
	}
}

// BenchmarkCrowd says what each of ten thousand devices takes, against each of a thousand.
func BenchmarkCrowd(b *testing.B) {
	each := func(devices int) float64 {
		began := time.Now()
		judgeStreet(b, street{devices: devices})
		return time.Since(began).Seconds() / float64(devices)
	}
	for b.Loop() {
		few, many := each(1_000), each(10_000)
		b.ReportMetric(many*1000, "ms/device")
		b.ReportMetric(many/few, "ratio")
	}
}
