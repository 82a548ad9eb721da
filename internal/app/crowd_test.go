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

// street is a discoverer that meets so many devices, all within a second.
type street int

func (street) Name() string { return "street" }

func (n street) Discover(ctx context.Context, emit func(device.Observation), _ func(scan.Problem)) error {
	for i := range int(n) {
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
	case <-time.After(2 * time.Second):
	case <-ctx.Done():
	}
	return nil
}

// TestTenThousandDevicesAreJudged lets ten thousand devices through, all of which the
// system knows: each is on the list with a verdict, in bounded time and memory.
func TestTenThousandDevicesAreJudged(t *testing.T) {
	c := newCourt(t)
	s := scan.Scanner{Discoverers: []scan.Discoverer{street(10_000)}, Identifier: c.rules, Catalogue: c.db, Clock: time.Now, On: c.on, Expect: 2 * time.Second}
	began := time.Now()
	snapshots := 0
	done, err := s.Run(t.Context(), func(scan.Snapshot) { snapshots++ })
	took := time.Since(began)
	if err != nil {
		t.Fatal(err)
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	t.Logf("%d findings in %v, %d snapshots, %d MB from the system", len(done.Findings), took.Round(time.Millisecond), snapshots, m.Sys>>20)
	if len(done.Findings) != 10_000 || done.Findings[0].Verdict.Kind == lifecycle.CannotTell {
		t.Errorf("%d findings, the first %+v", len(done.Findings), done.Findings[0].Verdict)
	}
	if took > 60*time.Second || m.Sys > 500<<20 { // of the whole test binary, beside other tests
		t.Errorf("took %v and %d MB", took, m.Sys>>20)
	}
}
