package app

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"houdbaar/internal/casefile"
	"houdbaar/internal/catalogue"
	"houdbaar/internal/device"
	"houdbaar/internal/fingerprint"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// A court judges what was heard as a scan does, by the catalogue that is shipped.
type court struct {
	t     testing.TB
	rules *fingerprint.Set
	db    *catalogue.DB
	on    time.Time
}

func newCourt(t testing.TB) court {
	t.Helper()
	db, err := catalogue.Open("../../assets/catalogue/catalogue.db")
	if err != nil {
		t.Fatalf("%v (make catalogue builds it)", err)
	}
	t.Cleanup(func() { db.Close() })
	return court{t, fingerprint.Default(), db, time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)}
}

// at returns the finding that an address belongs to.
func (c court) at(a netip.Addr, obs []device.Observation) scan.Finding {
	c.t.Helper()
	var found []scan.Finding
	for _, d := range device.Correlate(obs) {
		if slices.Contains(d.Addrs, a) {
			f, err := scan.Judge{Identifier: c.rules, Catalogue: c.db}.Device(c.t.Context(), d, c.on)
			if err != nil {
				c.t.Fatal(err)
			}
			found = append(found, f)
		}
	}
	if len(found) != 1 {
		c.t.Fatalf("%s belongs to %d findings; want 1", a, len(found))
	}
	return found[0]
}

// safe says that a verdict lets a person leave a device as it is.
func safe(v lifecycle.Verdict) bool {
	return v.Kind == lifecycle.SupportedNow || v.Kind == lifecycle.UpdateFirmware || v.Kind == lifecycle.OtherDevice
}

// recorded reads the lab's recordings, each moved to an address of its own with the
// hardware address that the neighbour table would have.
func recorded(t *testing.T) (names []string, said map[string][]device.Observation) {
	t.Helper()
	dirs, err := filepath.Glob(filepath.Join(recordings, "*", "truth.json"))
	if err != nil || len(dirs) == 0 {
		t.Fatalf("no recordings: %v", err)
	}
	said = map[string][]device.Observation{}
	for _, truth := range dirs {
		c, err := casefile.Read(filepath.Dir(truth))
		must(t, err)
		names, said[c.Name] = append(names, c.Name), c.Observations
	}
	return names, said
}

// from returns observations as another address would have made them.
func from(a netip.Addr, obs []device.Observation) []device.Observation {
	out := slices.Clone(obs)
	for i := range out {
		if out[i].Source == device.SourceMDNS && out[i].Get("addresses") != "" {
			out[i].Fields = maps.Clone(out[i].Fields)
			out[i].Fields["addresses"] = a.WithZone("").String()
		}
		out[i].Addr, out[i].MAC = a, ""
	}
	return out
}

// neighbour is the entry of the neighbour table for a.
func neighbour(a netip.Addr, mac string) device.Observation {
	return device.Observation{Source: device.SourceNeighbour, Addr: a, MAC: mac, Fields: map[string]string{}}
}

// tailored are the lies that somebody who has read this program would tell.
func tailored(victim []device.Observation) []device.Observation {
	var out []device.Observation
	say := func(source, key string, fields ...string) {
		o := device.Observation{Source: source, Key: key, Fields: map[string]string{}}
		for i := 0; i < len(fields); i += 2 {
			o.Fields[fields[i]] = fields[i+1]
		}
		out = append(out, o)
	}
	say(device.SourceUPnP, "", "deviceType", "urn:schemas-upnp-org:device:InternetGatewayDevice:1", "manufacturer", "AVM Berlin", "modelName", "FRITZ!Box 7590", "depth", "0")
	say(device.SourceUPnP, "", "deviceType", "urn:schemas-upnp-org:device:Printer:1", "manufacturer", "HP", "modelName", "OfficeJet Pro 8210", "depth", "0")
	say(device.SourceBoxinfo, "", "Name", "FRITZ!Box 7590", "HW", "226", "Version", "154.08.25")
	say(device.SourceHNAP, "", "VendorName", "D-Link", "ModelName", "DIR-X1560", "FirmwareVersion", "9.99", "HardwareVersion", "A1")
	say(device.SourceHNAP, "", "VendorName", "D-Link", "ModelName", "DIR-860L", "FirmwareVersion", "9.99", "HardwareVersion", "B1")
	say(device.SourceCurrentSetting, "", "Model", "RAX120", "Firmware", "V9.9.9.99_1.1.1")
	say(device.SourceAxis, "", "ProdNbr", "M3085-V", "Version", "12.9.9", "Brand", "AXIS")
	say(device.SourceSADP, "", "DeviceDescription", "DS-2CD2143G2-I", "SoftwareVersion", "V5.9.9build 260101")
	say(device.SourceKasa, "", "model", "EC70", "type", "IOT.IPCAMERA", "sw_ver", "9.9.9", "hw_ver", "3.0")
	say(device.SourceMDNS, "x._ipp._tcp.local", "service", "_ipp._tcp", "instance", "x", "host", "x.local", "txt.ty", "HP OfficeJet Pro 8210")
	say(device.SourceMDNS, "x._googlecast._tcp.local", "service", "_googlecast._tcp", "instance", "x", "host", "x.local", "txt.md", "Chromecast")
	say(device.SourceMDNS, "x._sonos._tcp.local", "service", "_sonos._tcp", "instance", "x", "host", "x.local")
	say(device.SourceHTTP, "", "path", "/lies", "title", "OpenWrt - LuCI", "status", "200", "server", "uhttpd")
	say(device.SourceSSDP, "", "server", "Linux UPnP/1.0 Sonos/80.1 (ZPS1)", "usn", "uuid:RINCON_1::upnp:rootdevice", "st", "upnp:rootdevice")
	// In the victim's own words, with one of them changed.
	for _, o := range victim {
		if o.Source != device.SourceUPnP && o.Source != device.SourceMDNS && o.Source != device.SourceHNAP {
			continue
		}
		for i, name := range slices.Sorted(maps.Keys(o.Fields)) {
			fields := maps.Clone(o.Fields)
			fields[name] = []string{"9.99.99", "B1", "V5", "FRITZ!Box 7590", "printer"}[i%5]
			out = append(out, device.Observation{Source: o.Source, Key: o.Key, Fields: fields})
		}
	}
	return out
}

// whollyWell are products that would be green if a device were believed to be one, some
// of the many, and every way in which a device says that it is one.
func whollyWell(c court) []device.Observation {
	c.t.Helper()
	products, err := c.db.All(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	var well []device.Identity
	for _, p := range products {
		id := device.Identity{Vendor: p.Vendor, Model: p.Model, Revision: p.Revision, Firmware: "99.99.99", FirmwareDisplay: "99.99.99"}
		if safe(lifecycle.Judge(id, lifecycle.Find(id, []lifecycle.Product{p}), c.on, lifecycle.Options{})) {
			well = append(well, id)
		}
	}
	if len(well) < 100 {
		c.t.Fatalf("only %d products are well; the test proves little", len(well))
	}
	var out []device.Observation
	for i := 0; i < len(well); i += len(well) / 8 {
		id := well[i]
		say := func(source string, fields ...string) {
			o := device.Observation{Source: source, Fields: map[string]string{}}
			for i := 0; i < len(fields); i += 2 {
				o.Fields[fields[i]] = fields[i+1]
			}
			out = append(out, o)
		}
		name := id.Vendor + " " + id.Model
		say(device.SourceHTTP, "path", "/", "title", name)
		say(device.SourceHTTP, "path", "/", "title", id.Model, "realm", id.Model, "server", name)
		say(device.SourceHTTP, "path", "/", "body", "<h1>"+name+"</h1><script>var model = \""+id.Model+"\";</script><p>Copyright 2026 "+id.Vendor+"</p>")
		say(device.SourceMDNS, "service", "_http._tcp.local", "instance", name, "host", "x.local", "txt.vendor", id.Vendor, "txt.model", id.Model, "txt.version", id.Firmware)
		say(device.SourceDeviceInfo, "manufacturer", id.Vendor, "model", id.Model, "hardwareVersion", id.Revision, "firmwareVersion", id.Firmware)
		say(device.SourceWSD, "types", "dn:NetworkVideoTransmitter", "scopes", "onvif://www.onvif.org/hardware/"+id.Model+" onvif://www.onvif.org/name/"+id.Vendor, "scope.hardware", id.Model, "scope.name", id.Vendor)
		say(device.SourceONVIF, "Manufacturer", id.Vendor, "Model", id.Model, "FirmwareVersion", id.Firmware)
		say(device.SourceSSDP, "server", id.Model+"/1.0 UPnP/1.0", "st", "upnp:rootdevice", "usn", "uuid:x::upnp:rootdevice")
	}
	return out
}

// TestAForgerCannotTurnRedIntoGreen lets others, and the device itself, say whatever
// this program could be told beside what a device says that is to be replaced.
func TestAForgerCannotTurnRedIntoGreen(t *testing.T) {
	c := newCourt(t)
	names, said := recorded(t)
	home := netip.MustParseAddr("10.77.0.20")
	forgers := []netip.Addr{
		netip.MustParseAddr("10.77.0.66"),                  // on the link, in the neighbour table
		netip.MustParseAddr("10.77.0.67"),                  // a forged sender: nobody is there
		netip.MustParseAddr("192.168.99.9"),                // another subnet
		netip.MustParseAddr("fe80::1234:5678:9abc:def0%e"), // without a hardware address in it
	}
	r := rand.New(rand.NewPCG(8, 2026))
	well, believed := whollyWell(c), 0
	for _, lie := range well {
		if safe(c.at(home, from(home, []device.Observation{lie})).Verdict) {
			believed++
		}
	}
	if believed < 20 {
		t.Errorf("only %d of %d lies are believed where nobody speaks against them; the test proves little", believed, len(well))
	}
	victims := 0
	for _, name := range names {
		for _, mac := range []string{"02:00:5e:00:53:20", ""} {
			honest := from(home, said[name])
			if mac != "" {
				honest = append(honest, neighbour(home, mac))
			}
			if f := c.at(home, honest); f.Verdict.Kind != lifecycle.ReplaceNow {
				continue
			}
			victims++
			var lies []device.Observation
			for _, other := range names {
				if other != name {
					lies = append(lies, said[other]...)
				}
			}
			lies = append(append(lies, tailored(honest)...), well...)
			try := func(what string, extra []device.Observation) {
				t.Helper()
				f := c.at(home, append(slices.Clone(honest), extra...))
				if safe(f.Verdict) {
					t.Errorf("%s (MAC %q): %s makes it %s by %s: %s %s %s, firmware %s, kind %s, doubts %+v", name, mac, what,
						f.Verdict.Kind, f.Verdict.Rule, f.Identity.Vendor, f.Identity.Model, f.Identity.Revision, f.Identity.Firmware, f.Identity.Kind, f.Identity.Doubts)
				}
			}
			// Each lie by itself, under the victim's own address or in its name; then in
			// crowds, from everywhere.
			for i, l := range lies {
				if mac != "" {
					break // the crowds below show that it makes nothing worse
				}
				a := home
				if i%3 == 0 {
					a = forgers[r.IntN(len(forgers))]
				}
				try(fmt.Sprintf("%s %v from %s", l.Source, short(l.Fields), a), inTheNameOf(a, honest, []device.Observation{l}))
			}
			for i := range 40 {
				crowd := make([]device.Observation, 1+r.IntN(30))
				for k := range crowd {
					crowd[k] = lies[r.IntN(len(lies))]
				}
				a := append(forgers, home)[r.IntN(len(forgers)+1)]
				try(fmt.Sprintf("crowd %d from %s", i, a), inTheNameOf(a, honest, crowd))
			}
		}
	}
	if victims < 6 {
		t.Errorf("only %d recordings are to be replaced; the test proves little", victims)
	}
}

// inTheNameOf has a say what others said, once as it is and once under the name,
// UUID and host of the victim.
func inTheNameOf(a netip.Addr, victim, lies []device.Observation) []device.Observation {
	out := from(a, lies)
	if a == netip.MustParseAddr("10.77.0.66") {
		out = append(out, neighbour(a, "02:00:5e:00:53:66"))
	}
	for _, v := range victim {
		if v.Key == "" && v.Get("host") == "" {
			continue
		}
		for _, l := range from(a, lies) {
			l.Key, l.Fields = v.Key, maps.Clone(l.Fields)
			if l.Source == device.SourceMDNS {
				l.Fields["host"], l.Fields["addresses"] = v.Get("host"), ""
			}
			out = append(out, l)
		}
		break
	}
	return out
}

func short(fields map[string]string) string {
	s := fmt.Sprint(fields)
	return s[:min(200, len(s))]
}

// TestAContradictionIsShown wants both sides of a contradiction on the list, whoever
// of them is right.
func TestAContradictionIsShown(t *testing.T) {
	c := newCourt(t)
	_, said := recorded(t)
	home := netip.MustParseAddr("10.77.0.20")
	honest := from(home, said["d-link-dir-860l-a1"])
	for lie, want := range map[string]lifecycle.VerdictKind{
		"DIR-882":        lifecycle.CheckLabel, // one that is in the catalogue
		"DIR-INVENTED-1": lifecycle.CannotTell,
	} {
		o := device.Observation{Source: device.SourceHNAP, Addr: home, Fields: map[string]string{"VendorName": "D-Link", "ModelName": lie}}
		f := c.at(home, append(slices.Clone(honest), o))
		at := slices.IndexFunc(f.Verdict.Reasons, func(r lifecycle.Reason) bool { return r.Code == lifecycle.CodeIdentityInDoubt })
		if f.Verdict.Kind != want || at < 0 {
			t.Errorf("%s: verdict %s by %s, reasons %+v; want %s and the doubt", lie, f.Verdict.Kind, f.Verdict.Rule, f.Verdict.Reasons, want)
			continue
		}
		for _, model := range []string{"DIR-860L", lie} {
			if values := f.Verdict.Reasons[at].Args["values"]; !strings.Contains(values, model) {
				t.Errorf("%q leaves out %s", values, model)
			}
			if !slices.ContainsFunc(f.Identity.Evidence, func(e device.Evidence) bool { return e.Gives == model }) {
				t.Errorf("no evidence is kept of %s", model)
			}
		}
	}
}

// TestAVoiceOfAnotherDeviceStaysThere lets a device with a hardware address of its own
// repeat another's UUID and host name: it gets a finding of its own, and the other's
// stays what it was.
func TestAVoiceOfAnotherDeviceStaysThere(t *testing.T) {
	c := newCourt(t)
	names, said := recorded(t)
	home, thief := netip.MustParseAddr("10.77.0.20"), netip.MustParseAddr("10.77.0.66")
	for _, name := range names {
		honest := append(from(home, said[name]), neighbour(home, "02:00:5e:00:53:20"))
		was := c.at(home, honest)
		both := append(slices.Clone(honest), inTheNameOf(thief, honest, append(slices.Clone(said["avm-fritz-box-7590"]), said[name]...))...)
		is, other := c.at(home, both), c.at(thief, both)
		if is.Verdict.Kind != was.Verdict.Kind || is.Identity.Model != was.Identity.Model || len(is.Identity.Doubts) != len(was.Identity.Doubts) {
			t.Errorf("%s: was %s %s, is %s %s with doubts %+v", name, was.Verdict.Kind, was.Identity.Model, is.Verdict.Kind, is.Identity.Model, is.Identity.Doubts)
		}
		if other.Device.ID == is.Device.ID {
			t.Errorf("%s: the thief is taken for it", name)
		}
	}
}
