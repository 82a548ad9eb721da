package scan

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"runtime"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
)

// A script is a discoverer that says prepared observations after given waits.
type script struct {
	name  string
	lines []line
	bad   string // what is in its way
	boom  bool
}

type line struct {
	after time.Duration
	obs   device.Observation
}

func (s script) Name() string { return s.name }

func (s script) Discover(ctx context.Context, emit func(device.Observation), problem func(Problem)) {
	for _, l := range s.lines {
		select {
		case <-time.After(l.after):
			emit(l.obs)
		case <-ctx.Done():
			return
		}
	}
	if s.boom {
		panic("broken parser")
	}
	if s.bad != "" {
		problem(Failed(s.name, s.bad))
	}
}

// An echo is a prober that asks devices of one vendor and hears their firmware.
type echo struct {
	name, wants string
	asked       *atomic.Int32
	takes       time.Duration
}

func (e echo) Name() string { return e.name }

func (e echo) Wants(_ device.Device, id device.Identity) bool { return id.Vendor == e.wants }

func (e echo) Probe(ctx context.Context, d device.Device, emit func(device.Observation)) {
	e.asked.Add(1)
	select {
	case <-time.After(e.takes):
	case <-ctx.Done():
		return
	}
	emit(device.Observation{Source: "z-" + e.name, Addr: d.Addrs[0], Fields: map[string]string{"vendor": "after-" + e.name}})
}

// fields reads the identity straight from the fields; the last vendor said wins.
type fields struct{}

func (fields) Identify(d device.Device) device.Identity {
	var id device.Identity
	for _, o := range d.Observations {
		if v := o.Get("vendor"); v != "" {
			id.Vendor = v
		}
	}
	return id
}

type noCatalogue struct{ err error }

func (c noCatalogue) Candidates(context.Context, device.Identity) ([]lifecycle.Product, error) {
	return nil, c.err
}
func (noCatalogue) Meta() CatalogueMeta { return CatalogueMeta{Version: "test"} }

func seen(a, vendor string) device.Observation {
	return device.Observation{Source: device.SourceUPnP, Addr: netip.MustParseAddr(a), Key: "udn-of-" + a, Fields: map[string]string{"vendor": vendor}}
}

func scanner(ds ...Discoverer) *Scanner {
	return &Scanner{Discoverers: ds, Judge: Judge{Identifier: fields{}, Catalogue: noCatalogue{}}, Clock: time.Now, Expect: 4 * time.Second}
}

func TestFindingsStreamInOrderAndProgressNeverGoesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := scanner(script{name: "a", lines: []line{{30 * time.Millisecond, seen("192.168.1.1", "x")}, {3 * time.Second, seen("192.168.1.2", "y")}}})
		var at []time.Duration
		var counts []int
		last := -1.0
		began := time.Now()
		got := s.Run(t.Context(), func(x Snapshot) {
			if x.Fraction < last {
				t.Errorf("progress went back from %v to %v", last, x.Fraction)
			}
			last = x.Fraction
			if len(counts) == 0 || counts[len(counts)-1] != len(x.Findings) {
				at, counts = append(at, time.Since(began)), append(counts, len(x.Findings))
			}
		})
		if len(got.Findings) != 2 || got.Stopped {
			t.Fatalf("Run = %d findings, stopped %v; want 2, false", len(got.Findings), got.Stopped)
		}
		if fmt.Sprint(counts) != "[0 1 2]" {
			t.Errorf("snapshots held %v findings, want 0, 1, then 2", counts)
		}
		if at[1] > 200*time.Millisecond {
			t.Errorf("the first device was shown after %v, want within 200 ms", at[1])
		}
		if last != 1 {
			t.Errorf("the last snapshot stood at %v, want 1", last)
		}
	})
}

func TestStopKeepsWhatWasFound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		s := scanner(script{name: "a", lines: []line{{0, seen("192.168.1.1", "x")}, {time.Hour, seen("192.168.1.2", "y")}}})
		time.AfterFunc(time.Second, stop)
		began := time.Now()
		got := s.Run(ctx, nil)
		if !got.Stopped || len(got.Findings) != 1 {
			t.Errorf("Run = %+v; want one finding and Stopped", got)
		}
		if d := time.Since(began); d != time.Second {
			t.Errorf("stopping took until %v, want 1s", d)
		}
	})
}

func TestOneSourceFailingIsAProblemNotTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := scanner(script{name: "bad", bad: "no socket"}, script{name: "worse", boom: true},
			script{name: "good", lines: []line{{0, seen("192.168.1.1", "x")}}})
		got := s.Run(t.Context(), nil)
		if len(got.Findings) != 1 || len(got.Problems) != 2 {
			t.Fatalf("Run = %+v; want one finding and two problems", got)
		}
		for _, p := range got.Problems {
			if p.Code != "source_failed" || p.Detail == "" {
				t.Errorf("problem %+v, want source_failed with the error", p)
			}
		}
	})
}

func TestAnUnusableCatalogueIsSaidOnceAndEverythingStaysUnknown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := scanner(script{name: "a", lines: []line{{0, seen("192.168.1.1", "x")}, {0, seen("192.168.1.2", "x")}}})
		s.Catalogue = noCatalogue{errors.New("damaged")}
		got := s.Run(t.Context(), nil)
		if len(got.Problems) != 1 || got.Problems[0].Code != "catalogue_unusable" {
			t.Errorf("problems %+v, want catalogue_unusable once", got.Problems)
		}
		for _, f := range got.Findings {
			if f.Verdict.Kind != lifecycle.CannotTell {
				t.Errorf("%s judged %v without a catalogue", f.Device.ID, f.Verdict.Kind)
			}
		}
	})
}

func TestProbesAskEachDeviceOnceAndWhatTheyHearMayWantAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var first, second, never atomic.Int32
		s := scanner(script{name: "a", lines: []line{{0, seen("192.168.1.1", "x")}, {time.Second, seen("192.168.1.2", "x")}}})
		s.Probers = []Prober{
			echo{"one", "x", &first, 300 * time.Millisecond},
			echo{"two", "after-one", &second, 300 * time.Millisecond},
			echo{"three", "nobody", &never, 0},
		}
		got := s.Run(t.Context(), nil)
		if first.Load() != 2 || second.Load() != 2 || never.Load() != 0 {
			t.Errorf("asked %d, %d and %d times; want 2, 2 and 0", first.Load(), second.Load(), never.Load())
		}
		for _, f := range got.Findings {
			if len(f.Device.Observations) != 3 {
				t.Errorf("%s has %d observations, want 3", f.Device.ID, len(f.Device.Observations))
			}
		}
	})
}

func TestADeviceThatIsToBeLeftIsNotAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		s := scanner(script{name: "a", lines: []line{{0, seen("192.168.1.1", "x")}, {0, seen("192.168.1.2", "x")}}})
		s.Probers = []Prober{echo{"one", "x", &asked, 0}}
		var left string
		s.Leave = func(id string) bool {
			if left == "" {
				left = id
			}
			return id == left
		}
		got := s.Run(t.Context(), nil)
		for _, f := range got.Findings {
			if want := 2; f.Device.ID != left && len(f.Device.Observations) != want || f.Device.ID == left && len(f.Device.Observations) != 1 {
				t.Errorf("%s has %d observations, left alone %v", f.Device.ID, len(f.Device.Observations), f.Device.ID == left)
			}
		}
		if asked.Load() != 1 {
			t.Errorf("asked %d devices, want the one that may be", asked.Load())
		}
	})
}

func TestAFloodIsBoundedAndSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		flood := script{name: "flood"}
		for i := range maxFromOne + 500 {
			o := seen("192.168.1.66", "forged")
			o.Key = fmt.Sprintf("forged-udn-%07d", i)
			flood.lines = append(flood.lines, line{0, o})
		}
		s := scanner(flood, script{name: "good", lines: []line{{2 * time.Second, seen("192.168.1.1", "x")}}})
		got := s.Run(t.Context(), nil)
		if len(got.Findings) != 2 {
			t.Errorf("%d findings, want the flooder and the honest device", len(got.Findings))
		}
		if len(got.Problems) != 1 || got.Problems[0].Code != "flood" || got.Problems[0].Args["count"] != "500" {
			t.Errorf("problems %+v, want flood with 500 dropped", got.Problems)
		}
	})
}

// TestAFloodIsSaidFirst, also when as much was in the way as a person is told.
func TestAFloodIsSaidFirst(t *testing.T) {
	r := run{}
	for i := range maxProblems + 10 {
		r.problem(Problem{Source: "ssdp", Code: "description_elsewhere", Args: map[string]string{"address": fmt.Sprint(i)}})
	}
	r.problem(Problem{Source: "ssdp", Code: "flood", Args: map[string]string{"count": "1000"}})
	got := r.problems
	if len(got) != maxProblems+1 || got[0].Code != "flood" {
		t.Errorf("%d problems, the first %+v; want %d, the flood first", len(got), got[0], maxProblems+1)
	}
}

func TestSilentGatewayIsJudgedAsARouter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gw := device.Observation{Source: device.SourceRoute, Addr: netip.MustParseAddr("192.168.1.1"), Fields: map[string]string{"gateway": "eth0"}}
		got := scanner(script{name: "route", lines: []line{{0, gw}}}).Run(t.Context(), nil)
		if len(got.Findings) != 1 {
			t.Fatalf("%d findings, want the gateway", len(got.Findings))
		}
		f := got.Findings[0]
		if !f.Device.Gateway || f.Identity.Kind != device.Router || f.Verdict.Kind != lifecycle.CannotTell {
			t.Errorf("gateway %v, kind %v, verdict %v; want a router we cannot tell", f.Device.Gateway, f.Identity.Kind, f.Verdict.Kind)
		}
		if e := f.Identity.Evidence; len(e) != 1 || e[0].Source != device.SourceRoute {
			t.Errorf("evidence %+v, want the route", e)
		}
	})
}

func TestACorrectionWinsAndIsShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := scanner(script{name: "a", lines: []line{{0, seen("192.168.1.1", "said-by-device")}}})
		s.Correct = func(device.Device) (device.Identity, bool) {
			return device.Identity{Vendor: "D-Link", Model: "DIR-860L", Revision: "B1",
				Evidence: []device.Evidence{{Part: device.PartModel, Source: device.SourceLabel}}}, true
		}
		got := s.Run(t.Context(), nil)
		id := got.Findings[0].Identity
		if id.Vendor != "D-Link" || id.Revision != "B1" || !id.Corrected || id.Evidence[0].Source != device.SourceLabel {
			t.Errorf("identity %+v, want the correction", id)
		}
	})
}

// synctest itself fails when a goroutine of the bubble is left behind.
func TestNothingOutlivesRun(t *testing.T) {
	for range 50 {
		synctest.Test(t, func(t *testing.T) {
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			var n atomic.Int32
			s := scanner(script{name: "a", lines: []line{{0, seen("192.168.1.1", "x")}, {time.Hour, seen("192.168.1.2", "y")}}})
			s.Probers = []Prober{echo{"slow", "x", &n, time.Hour}}
			s.Run(ctx, func(x Snapshot) {
				if n.Load() > 0 {
					stop()
				}
			})
			before := runtime.NumGoroutine()
			synctest.Wait()
			if after := runtime.NumGoroutine(); after > before {
				t.Errorf("%d goroutines after Run, %d once all had settled", before, after)
			}
		})
	}
}
