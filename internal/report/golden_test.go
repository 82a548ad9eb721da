package report

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"houdbaar/internal/device"
	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// shelf is an invented catalogue.
type shelf []lifecycle.Product

func (s shelf) Candidates(context.Context, device.Identity) ([]lifecycle.Product, error) {
	return s, nil
}

func (s shelf) Meta() scan.CatalogueMeta {
	return scan.CatalogueMeta{Version: "2026-11-20", Date: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), Products: 12345}
}

// household is an invented home, its products and what is said of them: nothing in
// it is a fact about a real product. The verdicts are lifecycle's own.
func household(t *testing.T) scan.Scan {
	t.Helper()
	day := func(y int, m time.Month, d int) lifecycle.Date {
		return lifecycle.Date{Time: time.Date(y, m, d, 0, 0, 0, 0, time.UTC), Precision: lifecycle.Day}
	}
	source := func(publisher, title string) lifecycle.Source {
		return lifecycle.Source{Publisher: publisher, Title: title, URL: "https://example.com/" + strings.ToLower(publisher), Read: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), Trust: lifecycle.Vendor}
	}
	police := source("Example Police", "Invented warning")
	police.Trust, police.Via = lifecycle.Authority, "example/copy"
	goods := shelf{
		{ID: "acme/r1/a1", Vendor: "Acme", Model: "R1", Revision: "A1", Kind: device.Router, Facts: []lifecycle.Fact{
			{Says: lifecycle.EndOfSecuritySupport, Date: day(2018, 5, 1), Source: source("Acme", "Invented list of old products")},
			{Says: lifecycle.Named, Campaign: "socksescort", Source: police},
		}},
		{ID: "acme/r1/b1", Vendor: "Acme", Model: "R1", Revision: "B1", Kind: device.Router, Facts: []lifecycle.Fact{
			{Says: lifecycle.EndOfSecuritySupport, Date: day(2030, 5, 1), Source: source("Acme", "Invented list of products")},
		}},
		{ID: "boxmaker/h5", Vendor: "Boxmaker", Model: "H5", Kind: device.Gateway, Provider: "KPN", Facts: []lifecycle.Fact{
			{Says: lifecycle.EndOfSecuritySupport, Source: source("Boxmaker", "Invented notice")},
		}},
		{ID: "eye/cam2", Vendor: "Eye", Model: "Cam 2", Kind: device.Camera, Facts: []lifecycle.Fact{
			{Says: lifecycle.EndOfSecuritySupport, Date: day(2027, 3, 31), Source: source("Eye", "Invented support table")},
		}},
		{ID: "disk/d2", Vendor: "Disk", Model: "D2+", Kind: device.NAS, Facts: []lifecycle.Fact{
			{Says: lifecycle.EndOfSecuritySupport, Date: day(2031, 12, 31), Source: source("Disk", "Invented support table")},
		}},
	}
	s := scan.Scan{
		Started:   time.Date(2026, 11, 21, 18, 30, 0, 0, time.UTC),
		Finished:  time.Date(2026, 11, 21, 18, 30, 5, 0, time.UTC),
		On:        today,
		Catalogue: goods.Meta(),
		Interfaces: []scan.Interface{
			{Name: "lo", Addresses: []string{"127.0.0.1/8"}, Why: "loopback"},
			{Name: "wlan0", Addresses: []string{"192.0.2.10/24", "fe80::10/64"}, Used: true, Sent: 40, Heard: 62},
			{Name: "tun0", Addresses: []string{"10.8.0.2/24"}, Why: "tunnel"},
		},
		Problems: []scan.Problem{{Source: "mdns", Code: "announcements_unheard", Args: map[string]string{"interface": "wlan0"}, Detail: "address in use"}},
	}
	meet := func(last byte, gateway bool, id device.Identity) {
		addr := netip.AddrFrom4([4]byte{192, 0, 2, last})
		mac := fmt.Sprintf("02:00:5e:00:00:%02x", last)
		at := s.Started.Add(time.Duration(last) * time.Second)
		d := device.Device{ID: "mac-" + mac, Addrs: []netip.Addr{addr}, MAC: mac, Gateway: gateway,
			Observations: []device.Observation{{Source: device.SourceNeighbour, Addr: addr, MAC: mac}}}
		if id.Model+id.Name+id.Vendor != "" {
			d.Observations = append(d.Observations, device.Observation{Source: device.SourceUPnP, Addr: addr, At: at, Interface: "wlan0",
				Fields: map[string]string{"url": "http://" + addr.String() + ":5000/d.xml", "presentationURL": "/"}})
			id.Evidence = []device.Evidence{
				{Part: device.PartVendor, Gives: id.Vendor, Rule: "invented/vendor", Source: device.SourceUPnP, Field: "manufacturer", Value: id.Vendor + " Inc.", Addr: addr, At: at},
				{Part: device.PartModel, Gives: id.Model, Rule: "invented/model", Source: device.SourceUPnP, Field: "modelName", Value: id.Model + " (" + mac + ")", Addr: addr, At: at},
			}
		}
		f, err := scan.Judge{Catalogue: goods}.Identity(t.Context(), d, id, today)
		must(t, err)
		s.Findings = append(s.Findings, f)
	}
	meet(1, true, device.Identity{Vendor: "Acme", Model: "R1", Revision: "A1", Firmware: "1.10", Kind: device.Router})
	meet(2, false, device.Identity{Vendor: "Acme", Model: "R1", Name: "Zolder", Kind: device.Router})
	meet(3, false, device.Identity{Vendor: "Boxmaker", Model: "H5", Kind: device.Gateway})
	meet(4, false, device.Identity{Vendor: "Eye", Model: "Cam 2", Name: "Hal \u202e\x00<b>", Firmware: "2.0", Kind: device.Camera})
	meet(5, false, device.Identity{Vendor: "Disk", Model: "D2+", Firmware: "7.2", FirmwareDisplay: "DiskOS 7.2", Kind: device.NAS,
		Hints: []device.Hint{{Code: "old_kernel", Value: "2.6.30"}}})
	meet(6, false, device.Identity{Vendor: "Eye", Kind: device.Camera})
	meet(7, false, device.Identity{Vendor: "Nobody", Model: "X9", Revision: "V2", Kind: device.Router})
	meet(8, false, device.Identity{})
	meet(9, false, device.Identity{Vendor: "Tele", Model: "Vision", Kind: device.TV})
	scan.Order(s.Findings)
	return s
}

// must ends a test that cannot go on.
func must(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// golden compares got with a file in testdata, or rewrites it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		must(t, os.MkdirAll("testdata", 0o755))
		must(t, os.WriteFile(path, got, 0o644))
	}
	want, err := os.ReadFile(path)
	must(t, err)
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs; rewrite with -update if it should (-want +got):\n%s", path, diff)
	}
}

// TestAHouseholdInEveryFormat: the paper is TestAVisitOnPaperInBothLanguages, and an object
// has no words that are not in the text too.
func TestAHouseholdInEveryFormat(t *testing.T) {
	s := household(t)
	var object bytes.Buffer
	must(t, WriteJSON(&object, NewScanObject(english, s, Options{Unmask: true})))
	golden(t, "household.en.json", object.Bytes())
	for _, l := range i18n.Languages {
		p := i18n.New(l)
		var text, table bytes.Buffer
		must(t, WriteText(&text, p, s, Options{}))
		golden(t, "household."+string(l)+".txt", text.Bytes())
		must(t, writeCSV(&table, p, s, Options{}))
		golden(t, "household."+string(l)+".csv", table.Bytes())
	}
}

func TestTheTrailOfEachFindingInBothLanguages(t *testing.T) {
	s := household(t)
	for _, l := range i18n.Languages {
		var out strings.Builder
		for _, g := range Groups(i18n.New(l), s, Options{}) {
			for _, line := range g.Lines {
				fmt.Fprintf(&out, "== %s · %s\n", line.Title, line.Headline)
				for _, step := range line.Why {
					fmt.Fprintf(&out, "%s\n", step.Head)
					for _, text := range step.Text {
						fmt.Fprintf(&out, "  %s\n", text)
					}
				}
			}
		}
		golden(t, "trail."+string(l)+".txt", []byte(out.String()))
	}
}

// TestWhatLeavesTheHouseHoldsNoNamePeopleGave looks for the names of the household
// in every format that is made to be handed over.
func TestWhatLeavesTheHouseHoldsNoNamePeopleGave(t *testing.T) {
	s := household(t)
	for i := range s.Findings {
		id := &s.Findings[i].Identity
		id.Name = "Jansen"
		id.Evidence = append(id.Evidence, device.Evidence{Part: device.PartName, Gives: "Jansen", Source: device.SourceUPnP, Field: "friendlyName", Value: "Jansen"})
	}
	for _, o := range []Options{{}, {Unmask: true}} {
		var page, table, object bytes.Buffer
		must(t, writeHTML(&page, dutch, s, o, Sheet{}), writeCSV(&table, dutch, s, o), WriteJSON(&object, NewScanObject(dutch, s, o)))
		for format, b := range map[string]*bytes.Buffer{"HTML": &page, "CSV": &table, "JSON": &object} {
			if strings.Contains(b.String(), "Jansen") != o.Unmask {
				t.Errorf("%s with %+v: the name is there or not, wrongly", format, o)
			}
		}
	}
}

// TestMaskedObjectsHoldNoAddressOfHardware looks for what must not leave the house.
func TestMaskedObjectsHoldNoAddressOfHardware(t *testing.T) {
	s := household(t)
	for i := range s.Findings {
		f := &s.Findings[i]
		f.Identity.Doubts = append(f.Identity.Doubts, device.Doubt{Part: device.PartModel, Values: []string{"R1", "R1-" + f.Device.MAC}})
		f.Identity.Hints = append(f.Identity.Hints, device.Hint{Code: "old_date", Value: f.Device.MAC})
	}
	data, err := json.Marshal(NewScanObject(english, s, Options{}))
	must(t, err)
	for _, f := range s.Findings {
		if bytes.Contains(data, []byte(f.Device.MAC)) {
			t.Errorf("the masked object holds %s", f.Device.MAC)
		}
	}
	if !bytes.Contains(data, []byte("02:00:5e:xx:xx:xx")) {
		t.Error("the maker's half of the addresses is gone too")
	}
}

// TestWhatADeviceCallsItselfRunsNowhere gives a device the names that break pages
// and spreadsheets.
func TestWhatADeviceCallsItselfRunsNowhere(t *testing.T) {
	for _, name := range []string{
		`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</title></style><svg onload=alert(1)>`, `javascript:alert(1)`,
		`=HYPERLINK("http://example.com")`, `+1+cmd|' /C calc'!A0`, `-2+3`, `@SUM(A1)`, "\t=1+1", "\r\n=1+1", "＝1+1", `';--`, `a;b,c"d`,
	} {
		s := scan.Scan{On: today, Findings: []scan.Finding{made("", "", lifecycle.CannotTell, func(f *scan.Finding) { f.Identity.Name, f.Identity.Vendor = name, name })}}
		var page, table bytes.Buffer
		must(t, writeHTML(&page, english, s, Options{Unmask: true}, Sheet{Household: name, Visitor: name, Note: name}))
		lower := strings.ToLower(page.String())
		for _, bad := range []string{"<script", "<img", "<svg onload", "href=\"javascript"} {
			if strings.Contains(lower, bad) {
				t.Errorf("%q: the page holds %s", name, bad)
			}
		}
		if n := strings.Count(lower, "<svg"); n != 1 {
			t.Errorf("%q: %d drawings, want the QR code only", name, n)
		}
		must(t, writeCSV(&table, dutch, s, Options{Unmask: true}))
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(table.String(), "\ufeff")))
		r.Comma = ';'
		rows, err := r.ReadAll()
		if err != nil || len(rows) != 2 {
			t.Fatalf("%q: %d rows, %v", name, len(rows), err)
		}
		for _, cell := range rows[1] {
			if strings.IndexAny(cell, "=+-@\t\r") == 0 {
				t.Errorf("%q: the cell %q may be taken for a formula", name, cell)
			}
		}
	}
}

// A disk takes so many bytes and no more.
type disk struct{ room int }

var errFull = errors.New("the disk is full")

func (d *disk) Write(b []byte) (int, error) {
	if len(b) > d.room {
		n := d.room
		d.room = 0
		return n, errFull
	}
	d.room -= len(b)
	return len(b), nil
}

func TestAFileThatDoesNotFitIsNotCalledWritten(t *testing.T) {
	s, sheet := visited(t)
	p := i18n.New(i18n.Dutch)
	for _, format := range Formats {
		var whole bytes.Buffer
		must(t, Write(&whole, format, p, s, Options{On: today}, sheet))
		for _, room := range []int{0, whole.Len() / 2, whole.Len() - 1} {
			if err := Write(&disk{room}, format, p, s, Options{On: today}, sheet); !errors.Is(err, errFull) {
				t.Errorf("%s: %d bytes on a disk with room for %d: %v", format, whole.Len(), room, err)
			}
		}
	}
}
