package history

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

var (
	ctx   = context.Background()
	today = time.Date(2026, 11, 21, 18, 30, 0, 0, time.UTC)
)

func clock() time.Time { return today }

// open opens a history of its own.
func open(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(ctx, path, clock)
	must(t, err)
	t.Cleanup(func() { s.Close() })
	return s
}

// must ends a test that cannot go on.
func must(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// keep saves scans, and returns the number of the last.
func keep(t testing.TB, s *Store, ref string, scans ...scan.Scan) (number int) {
	t.Helper()
	for _, one := range scans {
		var err error
		number, err = s.Save(ctx, ref, one)
		must(t, err)
	}
	return number
}

func newVisit(t testing.TB, s *Store, household string) Visit {
	t.Helper()
	v, err := s.NewVisit(ctx, household)
	must(t, err)
	return v
}

func fresh(t testing.TB) *Store { return open(t, filepath.Join(t.TempDir(), "data", FileName)) }

// invented is a device that does not exist: number picks its hardware address and model.
func invented(number int) scan.Finding {
	addr := netip.AddrFrom4([4]byte{192, 0, 2, byte(number%250 + 1)})
	mac := fmt.Sprintf("02:00:5e:00:%02x:%02x", number>>8, number&255)
	udn := fmt.Sprintf("0badcafe-0000-1000-8000-%012x", number)
	source := lifecycle.Source{Publisher: "Acme", Title: "Invented list", URL: "https://example.com/list", Read: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), Trust: lifecycle.Vendor}
	return scan.Finding{
		Device: device.Device{ID: "mac-" + strings.ReplaceAll(mac, ":", ""), Addrs: []netip.Addr{addr, netip.MustParseAddr("fe80::1%eth0")}, MAC: mac, Gateway: number == 0,
			Observations: []device.Observation{
				{At: today, Source: device.SourceNeighbour, Addr: addr, MAC: mac},
				{At: today, Source: device.SourceUPnP, Interface: "eth0", Addr: addr, Key: udn, Fields: map[string]string{"modelName": "R1", "friendlyName": fmt.Sprintf("Kamer %d", number),
					"serialNumber": fmt.Sprintf("SN%08d", number)}, Raw: [][]byte{[]byte("GET /d.xml\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<UDN>uuid:" + udn + "</UDN>\x00\xff")}},
			}},
		Identity: device.Identity{Vendor: "Acme", Model: fmt.Sprintf("R%d", number%40), Firmware: "1.10", Kind: device.Router, Name: fmt.Sprintf("Kamer %d", number),
			Evidence: []device.Evidence{{Part: device.PartModel, Gives: "R1", Rule: "invented/model", Source: device.SourceUPnP, Field: "modelName", Value: "R1", Addr: addr, At: today}}},
		Match: lifecycle.Match{How: lifecycle.ByModel, Products: []lifecycle.Product{{ID: "acme/r1", Vendor: "Acme", Model: "R1", Kind: device.Router, Facts: []lifecycle.Fact{
			{Says: lifecycle.EndOfSecuritySupport, Date: lifecycle.Date{Time: time.Date(2018, 5, 1, 0, 0, 0, 0, time.UTC), Precision: lifecycle.Day}, Source: source}}}}},
		Verdict: lifecycle.Verdict{Kind: lifecycle.ReplaceNow, Rule: "ended", Reasons: []lifecycle.Reason{{Code: "ended", Args: map[string]string{"date": "2018-05-01"}, Sources: []lifecycle.Source{source}}}},
	}
}

// home is a scan of invented devices, numbered from first.
func home(first, devices int) scan.Scan {
	s := scan.Scan{Started: today, Finished: today.Add(5 * time.Second), On: time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC),
		Catalogue:  scan.CatalogueMeta{Version: "2026-11-20", Date: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), Products: 12345},
		Interfaces: []scan.Interface{{Name: "eth0", Addresses: []string{"192.0.2.10/24"}, Used: true, Sent: 40, Heard: 62}},
		Problems:   []scan.Problem{{Source: "mdns", Code: "announcements_unheard", Args: map[string]string{"interface": "eth0"}, Detail: "address in use"}}}
	for i := range devices {
		s.Findings = append(s.Findings, invented(first+i))
	}
	return s
}

// alike compares what was saved with what came back; addresses are compared as values.
func alike(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateComparable(netip.Addr{}), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// fill gives every field of a value something that is not zero.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.Date(2026, 11, 21, 1, 2, *n%60, 0, time.UTC)))
		return
	case netip.Addr:
		v.Set(reflect.ValueOf(netip.MustParseAddr("fe80::1%eth0")))
		return
	case lifecycle.Date:
		v.Set(reflect.ValueOf(lifecycle.Date{Time: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), Precision: lifecycle.Month}))
		return
	case device.Kind:
		v.SetString(string(device.Camera))
		return
	case lifecycle.Statement:
		v.SetString(string(lifecycle.Named))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(v.Index(i), n)
		}
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]string{fmt.Sprint("key", *n): "value\x00"}))
	case reflect.String:
		v.SetString(fmt.Sprintf("text %d", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Uint8:
		v.SetUint(1)
	case reflect.Int:
		v.SetInt(int64(*n))
	default:
		panic("no filling for " + v.Type().String())
	}
}

// TestNothingOfAScanIsLost fills every field there is, so that one that is added to a
// finding and not to its stored form shows.
func TestNothingOfAScanIsLost(t *testing.T) {
	var full scan.Scan
	n := 0
	fill(reflect.ValueOf(&full).Elem(), &n)
	full.On, full.Catalogue.Date = time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	zoned := home(0, 3)
	zoned.Started = today.In(time.FixedZone("", 3600))
	for name, want := range map[string]scan.Scan{"every field": full, "an empty scan": {}, "a home": home(0, 3), "a home in another zone": zoned} {
		s := fresh(t)
		number, err := s.Save(ctx, Home, want)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, ok, err := s.Scan(ctx, Home, number)
		if err != nil || !ok {
			t.Fatalf("%s: %v, %v", name, ok, err)
		}
		alike(t, name, want, got)
		if _, offset := got.Started.Zone(); name == "a home in another zone" && offset != 3600 {
			t.Errorf("%s: came back in zone %d", name, offset)
		}
	}
}

func TestTheFileIsForItsOwnerOnly(t *testing.T) {
	s := fresh(t)
	keep(t, s, Home, home(0, 1))
	for _, path := range []string{s.path, s.path + "-wal", filepath.Dir(s.path)} {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
	s.Close()
	must(t, os.Chmod(s.path, 0o644))
	open(t, s.path)
	if info, _ := os.Stat(s.path); info.Mode().Perm() != 0o600 {
		t.Errorf("a file that others could read stayed so: %v", info.Mode())
	}
}

func TestANewVisitIsOfWhoCameLast(t *testing.T) {
	s := fresh(t)
	must(t, s.Describe(ctx, Home, "", "", "Oma"))
	a, err := s.NewVisit(ctx, "Familie Jansen")
	must(t, err)
	must(t, s.Describe(ctx, a.Ref, a.Household, "Belt terug", "Piet"))
	var file bytes.Buffer
	must(t, s.Write(ctx, &file, a.Ref, Export{Unmask: true}))
	must(t, s.Describe(ctx, a.Ref, a.Household, "", "Anna"))
	other, err := s.Import(ctx, &file)
	must(t, err)
	if v, _, err := s.Visit(ctx, other); err != nil || v.Visitor != "Piet" {
		t.Errorf("the visit from another computer is of %q, %v", v.Visitor, err)
	}
	if b, err := s.NewVisit(ctx, ""); err != nil || a.Visitor != "" || b.Visitor != "Anna" || b.Notes != "" {
		t.Errorf("the first visit is of %q, the next of %q, %v", a.Visitor, b.Visitor, err)
	}
}

func TestVisitsAreListedSearchedAndDescribed(t *testing.T) {
	s := fresh(t)
	if rows, err := s.List(ctx, ""); err != nil || len(rows) != 0 {
		t.Errorf("an empty history: %v, %v", rows, err)
	}
	a, err := s.NewVisit(ctx, "Familie Jansen, Dorpsstraat")
	must(t, err)
	b, err := s.NewVisit(ctx, "")
	if err != nil || a.Ref == b.Ref {
		t.Fatalf("%s and %s, %v", a.Ref, b.Ref, err)
	}
	must(t, s.Describe(ctx, a.Ref, a.Household, "Camera hangt bij de achterdeur.\nZoë belt terug", "Piet"))
	later := home(5, 2)
	later.Started = today.Add(time.Hour)
	for _, save := range []struct {
		ref string
		s   scan.Scan
	}{{a.Ref, home(0, 3)}, {b.Ref, later}, {a.Ref, home(0, 2)}, {Home, home(90, 1)}} {
		keep(t, s, save.ref, save.s)
	}
	if _, err := s.AddSticker(ctx, b.Ref, "zolder", device.Identity{Vendor: "D-Link", Model: "DIR-860L", Revision: "B1"}); err != nil {
		t.Fatal(err)
	}
	must(t, s.Note(ctx, b.Ref, 1, later.Findings[0].Device, "wachtwoord vergeten"))
	for text, want := range map[string][]string{
		"":                  {Home, b.Ref, a.Ref},
		"jansen":            {a.Ref},
		"DORPSSTRAAT":       {a.Ref},
		"zoë":               {a.Ref},
		"piet achterd":      {a.Ref},
		"dir-860l b1":       {b.Ref},
		"vergeten":          {b.Ref},
		"acme":              {Home, b.Ref, a.Ref},
		"acme jansen r1":    {a.Ref},
		"02:00:5e:00:00:06": {b.Ref},
		"zolder jansen":     {},
		b.Ref:               {b.Ref},
		"%":                 {Home, b.Ref, a.Ref}, // a sign is no word
		"' OR 1=1 --":       {},
		"nothing-such":      {},
	} {
		rows, err := s.List(ctx, text)
		var got []string
		for _, r := range rows {
			got = append(got, r.Ref)
		}
		if err != nil || strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%q: got %v, %v; want %v", text, got, err, want)
		}
	}
	all, err := s.List(ctx, "")
	if err != nil || len(all) != 3 {
		t.Fatalf("%v, %v", all, err)
	}
	if !all[0].Last.NoRouter || !all[1].Last.NoRouter || all[2].Last.NoRouter {
		t.Errorf("only the first home's last scan found a router: %+v", all)
	}
	if r := all[2]; r.Ref != a.Ref || r.Scans != 2 || r.Last.Number != 2 || r.Last.Devices != 2 || r.Last.Counts[lifecycle.ReplaceNow] != 2 || !r.Last.Started.Equal(today) {
		t.Errorf("got %+v", r)
	}
	v, ok, err := s.Visit(ctx, a.Ref)
	if err != nil || !ok || len(v.Scans) != 2 || v.Household != a.Household || v.Visitor != "Piet" || v.Scans[1].NoRouter || v.Scans[0].Catalogue.Products != 12345 {
		t.Errorf("got %+v, %v, %v", v, ok, err)
	}
	if _, ok, err := s.Visit(ctx, "none"); ok || err != nil {
		t.Errorf("a visit that is not there: %v, %v", ok, err)
	}
	if _, err := s.Save(ctx, "none", home(0, 1)); Code(err) != "not_found" {
		t.Errorf("a scan for a visit that is not there: %v", err)
	}
	if _, ok, err := s.Scan(ctx, a.Ref, 9); ok || err != nil {
		t.Errorf("a scan that is not there: %v, %v", ok, err)
	}
}

// TestACorrectionSurvivesRescans is rule 7 of the verdicts.
func TestACorrectionSurvivesRescans(t *testing.T) {
	s := fresh(t)
	first := home(0, 3)
	bare := first.Findings[2]
	bare.Device.ID, bare.Device.MAC, bare.Device.Observations = "ip-192.0.2.3", "", nil
	first.Findings[2] = bare
	number := keep(t, s, Home, first)
	said := device.Identity{CorrectedBy: "Piet", Vendor: "D-Link", Model: "DIR-860L", Revision: "B1", Kind: device.Router}
	for _, f := range []scan.Finding{first.Findings[0], bare} {
		must(t, s.Correct(ctx, Home, number, f.Device, said))
	}
	moved := first.Findings[0].Device
	moved.Addrs = []netip.Addr{netip.MustParseAddr("192.0.2.200")}
	twin := invented(7).Device // of the same series: one UDN, another network card
	twin.Observations[1].Key = first.Findings[0].Device.Observations[1].Key
	quiet := moved // says no UDN today
	quiet.Observations = nil
	v := visit(t, s, Home)
	for name, c := range map[string]struct {
		number int
		d      device.Device
		want   bool
	}{
		"the device itself":                             {0, first.Findings[0].Device, true},
		"at another address":                            {0, moved, true},
		"by its network card alone":                     {0, quiet, true},
		"another device":                                {0, first.Findings[1].Device, false},
		"another device with the same UDN":              {0, twin, false},
		"known by its address, in the scan it was said": {number, bare.Device, true},
		"known by its address, in another scan":         {0, bare.Device, false},
	} {
		id, ok := v.Corrector(c.number)(c.d)
		if ok != c.want {
			t.Errorf("%s: %v, want %v", name, ok, c.want)
		}
		if ok && (id.Model != "DIR-860L" || id.Revision != "B1" || id.CorrectedBy != "Piet" || !id.CorrectedAt.Equal(today) || len(id.Evidence) != 4 || id.Evidence[0].Source != device.SourceLabel) {
			t.Errorf("%s: %+v", name, id)
		}
	}
	// A newer one counts; both stay on record.
	said.Revision = "A1"
	must(t, s.Correct(ctx, Home, number, moved, said))
	v = visit(t, s, Home)
	if id, _ := v.Corrector(0)(moved); id.Revision != "A1" || len(v.Devices) != 2 || len(v.Devices[0].Corrections) != 2 {
		t.Errorf("%+v, %+v", id, v.Devices)
	}
	must(t, s.Withdraw(ctx, Home, number, moved))
	v = visit(t, s, Home)
	if _, ok := v.Corrector(0)(moved); ok || len(v.Devices[0].Corrections) != 2 {
		t.Errorf("a withdrawn correction counts: %+v", v.Devices)
	}
	if err := s.Correct(ctx, Home, 0, bare.Device, said); err == nil {
		t.Error("a correction was kept that can never be found again")
	}
}

func visit(t *testing.T, s *Store, ref string) Visit {
	t.Helper()
	v, ok, err := s.Visit(ctx, ref)
	if err != nil || !ok {
		t.Fatalf("visit %s: %v, %v", ref, ok, err)
	}
	return v
}

func TestNotesLabelsAndWhatIsGoneAreKept(t *testing.T) {
	s := fresh(t)
	d := home(0, 1)
	number := keep(t, s, Home, d)
	who := d.Findings[0].Device
	must(t, s.Note(ctx, Home, number, who, "in de meterkast"))
	must(t, s.SayGone(ctx, Home, number, who))
	st, err := s.AddSticker(ctx, Home, "schuur", device.Identity{CorrectedBy: "Piet", Vendor: "TP-Link", Model: "Archer C20", Revision: "5.0", Kind: device.Router})
	if err != nil || st.ID == 0 {
		t.Fatal(err)
	}
	v := visit(t, s, Home)
	if k, ok := v.Said(0, who); !ok || k.Note != "in de meterkast" || !k.Gone.Equal(today) {
		t.Errorf("got %+v", k)
	}
	if len(v.Stickers) != 1 || v.Stickers[0].Model != "Archer C20" || v.Stickers[0].Identity().Name != "schuur" || len(scan.Keys(v.Stickers[0].Device())) != 1 {
		t.Errorf("got %+v", v.Stickers)
	}
	must(t, s.SayBack(ctx, Home, number, who))
	must(t, s.RemoveSticker(ctx, Home, st.ID))
	v = visit(t, s, Home)
	if k, _ := v.Said(0, who); !k.Gone.IsZero() || len(v.Stickers) != 0 {
		t.Errorf("got %+v and %+v", k, v.Stickers)
	}
}

func TestScansOfAVisitAreCompared(t *testing.T) {
	s := fresh(t)
	if _, ok, err := s.Compare(ctx, Pick{Home, 0}, Pick{Home, 0}); ok || err != nil {
		t.Errorf("nothing to compare: %v, %v", ok, err)
	}
	changed := home(0, 3)
	changed.Findings = append(changed.Findings[:1], changed.Findings[2], invented(9))
	changed.Findings[0].Identity.Firmware = "1.11"
	keep(t, s, Home, home(0, 3), home(0, 3), changed)
	c, ok, err := s.Compare(ctx, Pick{Home, 0}, Pick{Home, 0})
	if err != nil || !ok || len(c.Before.Findings) != 3 || c.Count(scan.Appeared) != 1 || c.Count(scan.NotSeen) != 1 || c.Count(scan.Stayed) != 2 || !c.Devices[1].Firmware {
		t.Errorf("got %+v, %v, %v", c, ok, err)
	}
	if c, ok, _ := s.Compare(ctx, Pick{Home, 2}, Pick{Home, 1}); !ok || c.Count(scan.Stayed) != 3 {
		t.Errorf("two alike: %+v", c)
	}
	must(t, s.SayGone(ctx, Home, 1, home(1, 1).Findings[0].Device))
	keep(t, s, Home, changed, changed)
	c, _, _ = s.Compare(ctx, Pick{Home, 1}, Pick{Home, 3})
	if c.Count(scan.Gone) != 1 || c.Devices[2].Gone != "said" {
		t.Errorf("said to be gone: %+v", c)
	}
	must(t, s.SayBack(ctx, Home, 1, home(1, 1).Findings[0].Device))
	c, _, _ = s.Compare(ctx, Pick{Home, 1}, Pick{Home, 5})
	if c.Count(scan.Gone) != 1 || c.Devices[2].Gone != "missed" {
		t.Errorf("missed by three: %+v", c)
	}
	elsewhere := home(0, 1)
	elsewhere.Findings = []scan.Finding{invented(20)}
	keep(t, s, Home, elsewhere, elsewhere, changed)
	c, _, _ = s.Compare(ctx, Pick{Home, 1}, Pick{Home, 8})
	if c.Count(scan.Gone) != 1 || c.Devices[2].Gone != "missed" {
		t.Errorf("missed by four, and elsewhere in between: %+v", c)
	}
	if _, ok, err := s.Compare(ctx, Pick{Home, 0}, Pick{Home, 1}); ok || err != nil {
		t.Errorf("the first scan has none before it: %v, %v", ok, err)
	}
	if _, ok, err := s.Compare(ctx, Pick{Home, 1}, Pick{Home, 99}); ok || err != nil {
		t.Errorf("a scan that is not there: %v, %v", ok, err)
	}
}
