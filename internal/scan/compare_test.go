package scan

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
)

// box is an invented device: marks are "mac", "udn:x" and "serial:x"; without any it is
// known by its address alone.
func box(last byte, marks string, change func(*Finding)) Finding {
	addr := netip.AddrFrom4([4]byte{192, 0, 2, last})
	d := device.Device{ID: "ip-" + addr.String(), Addrs: []netip.Addr{addr}}
	o := device.Observation{Source: device.SourceUPnP, Addr: addr, Fields: map[string]string{"modelName": "X"}}
	for mark := range strings.FieldsSeq(marks) {
		kind, value, _ := strings.Cut(mark, ":")
		switch kind {
		case "mac":
			d.MAC = fmt.Sprintf("02:00:5e:00:00:%02x", last)
			if value != "" {
				d.MAC = "02:00:5e:00:00:" + value
			}
			d.ID = "mac-" + strings.ReplaceAll(d.MAC, ":", "")
		case "udn":
			o.Key = value
			if d.MAC == "" {
				d.ID = "udn-" + value
			}
		case "serial":
			o.Fields["serialNumber"] = value
		}
	}
	d.Observations = []device.Observation{o}
	f := Finding{Device: d, Identity: device.Identity{Vendor: "Acme", Model: "X", Firmware: "1.0", Kind: device.Camera}, Verdict: lifecycle.Verdict{Kind: lifecycle.SupportedNow}}
	if change != nil {
		change(&f)
	}
	return f
}

func gatewayOf(f *Finding) { f.Device.Gateway = true }

func TestDevicesAreKnownAgainByTheirMarksAndNeverByTheirAddress(t *testing.T) {
	udn, other := "0badcafe-0000-1000-8000-000000000001", "0badcafe-0000-1000-8000-000000000002"
	for name, c := range map[string]struct {
		before, after []Finding
		want          string // presences, in the order shown
	}{
		"the same hardware address at another address": {[]Finding{box(1, "mac:aa", nil)}, []Finding{box(9, "mac:aa", nil)}, "stayed"},
		"another hardware address at the same address": {[]Finding{box(1, "mac:aa", nil)}, []Finding{box(1, "mac:bb", nil)}, "new not_seen"},
		"the same UDN at another address":              {[]Finding{box(1, "udn:"+udn, nil)}, []Finding{box(2, "udn:"+udn, nil)}, "stayed"},
		"a UDN known before, an address learnt since":  {[]Finding{box(1, "udn:"+udn, nil)}, []Finding{box(1, "mac:aa udn:"+udn, nil)}, "stayed"},
		"the same serial number":                       {[]Finding{box(1, "serial:ABC1234567", nil)}, []Finding{box(2, "serial:ABC1234567", nil)}, "stayed"},
		"a serial number that many bear":               {[]Finding{box(1, "serial:00000000", nil)}, []Finding{box(1, "serial:00000000", nil)}, "unrecognised unrecognised"},
		"an address alone":                             {[]Finding{box(1, "", nil)}, []Finding{box(1, "", nil)}, "unrecognised unrecognised"},
		"two boxes with one UDN are nobody":            {[]Finding{box(1, "udn:"+udn, nil), box(2, "udn:"+udn, nil)}, []Finding{box(1, "udn:"+udn, nil)}, "new not_seen not_seen"},
		"two boxes with one UDN and their own cards":   {[]Finding{box(1, "mac:aa udn:"+udn, nil), box(2, "mac:bb udn:"+udn, nil)}, []Finding{box(2, "mac:bb udn:"+udn, nil)}, "not_seen stayed"},
		"another UDN":        {[]Finding{box(1, "udn:"+udn, nil)}, []Finding{box(1, "udn:"+other, nil)}, "new not_seen"},
		"a bare word as UDN": {[]Finding{box(1, "udn:0", nil)}, []Finding{box(1, "udn:0", nil)}, "unrecognised unrecognised"},
		"nothing before":     {nil, []Finding{box(1, "mac", nil)}, "new"},
		"nothing at all":     {nil, nil, ""},
	} {
		var got []string
		for _, d := range Compare(Scan{Findings: c.before}, Scan{Findings: c.after}, Compared{}).Devices {
			got = append(got, string(d.Presence))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// TestAMissingDeviceIsNotSeenUntilSomethingSaysItIsGone tells "switched off" from
// "taken away".
func TestAMissingDeviceIsNotSeenUntilSomethingSaysItIsGone(t *testing.T) {
	router, camera, next := box(1, "mac", gatewayOf), box(2, "mac", nil), box(3, "mac", gatewayOf)
	whole := Scan{Findings: []Finding{router, camera}}
	without := Scan{Findings: []Finding{router}}
	stopped, office := Scan{Findings: []Finding{router}, Stopped: true}, Scan{Findings: []Finding{next}}
	for name, c := range map[string]struct {
		before, after Scan
		with          Compared
		missing       Finding
		want          Presence
		why           string
	}{
		"missed once":                         {whole, without, Compared{}, camera, NotSeen, ""},
		"missed twice":                        {whole, without, Compared{Between: []Scan{without}}, camera, NotSeen, ""},
		"missed by three whole scans":         {whole, without, Compared{Between: []Scan{without, without}}, camera, Gone, "missed"},
		"a scan that was stopped counts not":  {whole, without, Compared{Between: []Scan{without, stopped}}, camera, NotSeen, ""},
		"one address was looked at":           {whole, Scan{Findings: []Finding{next}, Only: "192.0.2.3"}, Compared{Between: []Scan{without, without}}, camera, NotSeen, ""},
		"no network, at first":                {whole, without, Compared{Between: []Scan{{}, {}, without}}, camera, NotSeen, ""},
		"no network, at last":                 {whole, Scan{}, Compared{Between: []Scan{{}, {}}}, camera, NotSeen, ""},
		"scans at work":                       {whole, without, Compared{Between: []Scan{office, office, office}}, camera, NotSeen, ""},
		"at work, at last":                    {whole, office, Compared{Between: []Scan{without, without, without}}, camera, NotSeen, ""},
		"seen in between":                     {whole, without, Compared{Between: []Scan{without, without, whole}}, camera, NotSeen, ""},
		"the later scan was stopped":          {whole, stopped, Compared{Between: []Scan{without, without}}, camera, NotSeen, ""},
		"a person said so":                    {whole, stopped, Compared{Removed: func(f Finding) bool { return f.Device.ID == camera.Device.ID }}, camera, Gone, "said"},
		"another router stands in its place":  {whole, Scan{Findings: []Finding{next, camera}}, Compared{}, router, Gone, "replaced"},
		"another router, in another visit":    {whole, Scan{Findings: []Finding{next, camera}}, Compared{Apart: true}, router, NotSeen, ""},
		"no router was found":                 {whole, Scan{Findings: []Finding{camera}}, Compared{}, router, NotSeen, ""},
		"a second router stands beside":       {Scan{Findings: []Finding{router, next}}, Scan{Findings: []Finding{next}}, Compared{}, router, NotSeen, ""},
		"a router known by its address alone": {whole, Scan{Findings: []Finding{box(1, "", gatewayOf), camera}}, Compared{}, router, NotSeen, ""},
		"an altogether other home":            {Scan{Findings: []Finding{router}}, Scan{Findings: []Finding{next}}, Compared{}, router, NotSeen, ""},
	} {
		for _, d := range Compare(c.before, c.after, c.with).Devices {
			if d.Before == nil || d.Before.Device.ID != c.missing.Device.ID {
				continue
			}
			if d.Presence != c.want || d.Gone != c.why || d.After != nil {
				t.Errorf("%s: got %s %q, want %s %q", name, d.Presence, d.Gone, c.want, c.why)
			}
		}
	}
	if c := Compare(Scan{Findings: []Finding{router}}, Scan{Findings: []Finding{next}}, Compared{}); len(c.Doubts) != 1 || c.Doubts[0] != "other_network" {
		t.Errorf("two homes: doubts %q", c.Doubts)
	}
	if c := Compare(whole, without, Compared{Apart: true}); len(c.Doubts) != 1 || c.Doubts[0] != "other_visit" {
		t.Errorf("two visits: doubts %q", c.Doubts)
	}
	if c := Compare(whole, Scan{Findings: whole.Findings, Stopped: true, Problems: []Problem{{}}}, Compared{}); strings.Join(c.Doubts, " ") != "stopped hampered" {
		t.Errorf("doubts %q", c.Doubts)
	}
}

func TestWhatChangedIsToldFromWhatIsKnownSince(t *testing.T) {
	firmware := func(v string) func(*Finding) { return func(f *Finding) { f.Identity.Firmware = v } }
	verdict := func(k lifecycle.VerdictKind) func(*Finding) { return func(f *Finding) { f.Verdict.Kind = k } }
	for name, c := range map[string]struct {
		before, after func(*Finding)
		want          Difference
	}{
		"nothing":                           {nil, nil, Difference{}},
		"an update":                         {nil, firmware("1.1"), Difference{Firmware: true}},
		"firmware that could not be read":   {nil, firmware(""), Difference{}},
		"firmware that is read for once":    {firmware(""), nil, Difference{}},
		"the list says otherwise":           {nil, verdict(lifecycle.ReplaceNow), Difference{Verdict: true, Because: "knowledge"}},
		"an update that changes the answer": {verdict(lifecycle.UpdateFirmware), firmware("1.1"), Difference{Firmware: true, Verdict: true, Because: "device"}},
	} {
		got := Compare(Scan{Findings: []Finding{box(1, "mac", c.before)}}, Scan{Findings: []Finding{box(1, "mac", c.after)}}, Compared{}).Devices[0]
		if got.Presence != Stayed || got.Firmware != c.want.Firmware || got.Verdict != c.want.Verdict || got.Because != c.want.Because {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
		}
		if got.Changed() != (c.want.Firmware || c.want.Verdict) {
			t.Errorf("%s: changed is %v", name, got.Changed())
		}
	}
}

// TestMaskedScansNameNobodyAndCanStillBeCompared looks for everything private in all
// that a masked scan holds.
func TestMaskedScansNameNobodyAndCanStillBeCompared(t *testing.T) {
	private := []string{"02:00:5e:00:00:01", "02005e000001", "02-00-5E-00-00-01", "0badcafe-0000-1000-8000-000000000001", "SN12345678", "Jansen", "Zolder", "fe80::5eff", "2001:db8", "THUISNET", "210235EXAMPLE", "AB99"}
	made := func() Scan {
		f := box(1, "mac:01 udn:"+private[3]+" serial:"+private[4], gatewayOf)
		f.Device.Addrs = append(f.Device.Addrs, netip.MustParseAddr("fe80::5eff:fe00:1"), netip.MustParseAddr("2001:db8::1"))
		f.Identity.Name = "Router van Jansen"
		o := &f.Device.Observations[0]
		o.Raw = [][]byte{[]byte("Jansen")}
		o.Fields["friendlyName"], o.Fields["url"] = "Router van Jansen", "http://[fe80::5eff:fe00:1]/"
		f.Device.Observations = append(f.Device.Observations,
			device.Observation{Source: device.SourceMDNS, Key: "Jansen X._http._tcp", Fields: map[string]string{"instance": "Jansen X", "host": "jansen-zolder.local"}},
			device.Observation{Source: device.SourceHTTP, Fields: map[string]string{"certificate.o": "Acme van Jansen", "certificate.cn": "Zolder"}},
			device.Observation{Source: device.SourceWSD, Fields: map[string]string{"scope.serial": "210235EXAMPLE"}},
			device.Observation{Source: device.SourceUbiquiti, Fields: map[string]string{"essid": "THUISNET"}})
		f.Identity.Evidence = []device.Evidence{
			{Part: device.PartName, Gives: "Router van Jansen", Source: device.SourceUPnP, Field: "friendlyName", Value: "Router van Jansen"},
			{Part: device.PartModel, Gives: "X", Source: device.SourceUPnP, Field: "modelName", Value: "X of Router van Jansen (02:00:5e:00:00:01)", Addr: netip.MustParseAddr("fe80::5eff:fe00:1")},
			{Part: device.PartModel, Gives: "X", Source: device.SourceMDNS, Field: "instance", Value: "Jansen Acme X 02005e000001"},
			{Part: device.PartVendor, Gives: "Acme", Source: device.SourceHTTP, Field: "certificate.o", Value: "Acme Zolder Jansen"},
			{Part: device.PartKind, Gives: "printer", Source: device.SourceHTTP, Field: "header.location", Value: "http://jansen.lan/x"},
			{Part: device.PartModel, Gives: "X", Source: device.SourceUbiquiti, Field: "essid", Value: "THUISNET"},
			{Part: device.PartFirmware, Gives: "1.0", Source: device.SourceUPnP, Field: "serialNumber", Value: "SN12345678"},
			{Part: device.PartVendor, Gives: "Acme", Source: device.SourceWSD, Field: "scopes", Value: "onvif://www.onvif.org/hardware/X onvif://www.onvif.org/serial/210235EXAMPLE"},
			{Part: device.PartModel, Gives: "X", Source: device.SourceHTTP, Field: "body", Value: "<td>Acme X</td> <td>Serial AB99</td> <td>SSID THUISNET</td>"},
			{Part: device.PartModel, Gives: "X", Source: device.SourceHTTP, Field: "realm", Value: "Jansen X"},
		}
		f.Identity.Doubts = []device.Doubt{{Part: device.PartName, Values: []string{"Jansen", "Zolder"}}, {Part: device.PartModel, Values: []string{"X", "02-00-5E-00-00-01"}}}
		f.Verdict.Reasons = []lifecycle.Reason{{Code: "disagree", Args: map[string]string{"values": "X, Router van Jansen, 02:00:5e:00:00:01"}}}
		f.Identity.Hints = []device.Hint{{Code: "mac_vendor", Value: "02:00:5e:00:00:01"}}
		return Scan{Findings: []Finding{f, box(2, "", nil)}, Started: time.Unix(1, 0), Interfaces: []Interface{{Name: "eth0", Addresses: []string{"192.0.2.9/24", "2001:db8::9/64"}}},
			Problems: []Problem{{Detail: "http://[fe80::5eff:fe00:1]:80/ and 02:00:5e:00:00:01", Args: map[string]string{"address": "2001:db8::1"}}}}
	}
	before := made()
	all := fmt.Sprintf("%+v", before)
	for _, word := range private {
		if !strings.Contains(strings.ToLower(all), strings.ToLower(word)) {
			t.Fatalf("the test's own scan lacks %s", word)
		}
	}
	m := NewMasker("visit")
	first, second := m.Scan(before), m.Scan(made())
	all = fmt.Sprintf("%+v", first)
	for _, word := range private {
		if strings.Contains(strings.ToLower(all), strings.ToLower(word)) {
			t.Errorf("a masked scan holds %s:\n%s", word, all)
		}
	}
	for _, word := range []string{"02:00:5e:xx:xx:xx", "Acme", "192.0.2.1", "Value:… Acme …"} {
		if !strings.Contains(all, word) {
			t.Errorf("a masked scan lacks %s:\n%s", word, all)
		}
	}
	c := Compare(first, second, Compared{})
	if c.Count(Stayed) != 1 || c.Count(Unrecognised) != 2 || len(c.Devices) != 3 {
		t.Errorf("masked alike, compared: %+v", c)
	}
	if c := Compare(first, NewMasker("other").Scan(made()), Compared{}); c.Count(Stayed) != 0 {
		t.Errorf("a masked device was known again in another visit")
	}
	if fmt.Sprintf("%+v", before) != fmt.Sprintf("%+v", made()) {
		t.Error("masking changed the scan itself")
	}
}

// rules are the least that identifies: a device is what it says in "modelName".
type rules struct{}

func (rules) Identify(d device.Device) device.Identity {
	for _, o := range d.Observations {
		if m := o.Get("modelName"); m != "" {
			return device.Identity{Vendor: "Acme", Model: m, Kind: device.Camera}
		}
	}
	return device.Identity{}
}

// TestAKeptFindingIsJudgedByWhatIsLeftOfIt: a masked device has said nothing any more,
// and is judged by the identity it had.
func TestAKeptFindingIsJudgedByWhatIsLeftOfIt(t *testing.T) {
	whole := box(1, "mac", nil)
	bare := box(2, "", nil)
	masked := Masked(Scan{Findings: []Finding{whole, bare}}, "visit").Findings
	typed := Finding{Device: device.Device{ID: "typed-1"}, Identity: device.Identity{Vendor: "Acme", Model: "Label", Kind: device.Router}}
	forgotten := whole
	forgotten.Identity.Model = "old name"
	said := func(d device.Device) (device.Identity, bool) {
		return device.Identity{Model: "Said"}, d.ID == masked[0].Device.ID
	}
	for name, c := range map[string]struct {
		f       Finding
		correct func(device.Device) (device.Identity, bool)
		want    string
	}{
		"by what it said, whatever was made of it then": {forgotten, nil, "X"},
		"masked":                       {masked[0], nil, "X"},
		"masked, known by its address": {masked[1], nil, "X"},
		"masked and corrected":         {masked[0], said, "Said"},
		"typed from its label":         {typed, nil, "Label"},
	} {
		got, err := Judge{Identifier: rules{}, Correct: c.correct}.Again(t.Context(), c.f, time.Unix(0, 0))
		if err != nil || got.Identity.Model != c.want {
			t.Errorf("%s: got %q, %v, want %q", name, got.Identity.Model, err, c.want)
		}
	}
}
