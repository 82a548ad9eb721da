package lab

import (
	"fmt"
	"net/netip"
	"path/filepath"
	"time"

	"houdbaar/internal/casefile"
)

// A Resident is a device of a home, and what is to be said of it.
type Resident struct {
	Name    string
	Addr    netip.Addr
	MAC     string
	Vendor  string   // "" = not known from what it says
	Models  []string // the ways to name it that are right; nil = any
	Kinds   []string // the kinds that are right; nil = any
	Verdict string   // on Home's day
	Gateway bool
	Device  *Device // nil = a real program, or a silent host
}

// HomeDay is the day that the verdicts of Home are for.
const HomeDay = "2026-11-21"

// homeQuirks are the bad manners in Home, by recording.
var homeQuirks = map[string]Quirks{
	"linksys-e1200":         {FirstByte: 2500 * time.Millisecond},
	"tp-link-tl-wr841n-v14": {OnlyTarget: "urn:schemas-upnp-org:device:InternetGatewayDevice:1"},
	"synology-ds218":        {IPv6: true},
}

// Home plugs in a home: a default gateway that answers nothing but ARP, a router,
// a media server, a camera and a base station that are real programs, and every
// recording in the folder. It returns when all of them answer.
func (n *Net) Home(recordings string) []Resident {
	n.t.Helper()
	gateway := n.Host("gateway", RouterAddr.As4()[3], "")
	upnp, dlna := n.MiniUPnPd(2), n.MiniDLNA(3)
	camera := n.Avahi(4, "00:40:8c:00:00:04", "axis-00408c000004",
		Service{Name: "AXIS M1065-L - 00408C000004", Type: "_axis-video._tcp", Port: 80, TXT: []string{"macaddress=00408C000004"}},
		Service{Name: "AXIS M1065-L - 00408C000004", Type: "_http._tcp", Port: 80, TXT: []string{"path=/"}})
	base := n.Avahi(5, "", "garage",
		Service{Name: "Garage", Type: "_airport._tcp", Port: 5009, TXT: []string{"waMA=02-00-00-00-00-05,raMA=02-00-00-00-00-06,syFl=0x820C,syAP=115,syVs=7.8.1,srcv=78100.3,bjSd=27"}},
		Service{Name: "Garage", Type: "_device-info._tcp", Port: 0, TXT: []string{"model=AirPort10,115"}})
	home := []Resident{
		{Name: gateway.Name, Addr: gateway.Addr, MAC: gateway.MAC, Verdict: "cannot_tell", Gateway: true},
		{Name: upnp.Name, Addr: upnp.Addr, MAC: upnp.MAC, Kinds: []string{"router", "gateway"}, Verdict: "cannot_tell"},
		{Name: dlna.Name, Addr: dlna.Addr, MAC: dlna.MAC, Verdict: "cannot_tell"},
		{Name: camera.Name, Addr: camera.Addr, MAC: camera.MAC, Vendor: "Axis", Models: []string{"M1065-L"}, Kinds: []string{"camera"}, Verdict: "cannot_tell"},
		{Name: base.Name, Addr: base.Addr, MAC: base.MAC, Vendor: "Apple", Kinds: []string{"router", "access_point"}, Verdict: "plan_replacement"},
	}
	truths, err := filepath.Glob(filepath.Join(recordings, "*", "truth.json"))
	if err != nil || len(truths) == 0 {
		n.t.Fatalf("no recordings in %s: %v", recordings, err)
	}
	for i, truth := range truths {
		home = append(home, n.move(filepath.Dir(truth), byte(10+i)))
	}
	return home
}

func (n *Net) move(dir string, octet byte) Resident {
	n.t.Helper()
	c, err := casefile.Read(dir)
	n.must(err)
	s, err := fromCase(c)
	n.must(err)
	if c.Truth.On != HomeDay {
		n.t.Fatalf("%s: the verdict is for %s, the home's are for %s", dir, c.Truth.On, HomeDay)
	}
	r := Resident{Name: s.Name, Verdict: c.Truth.ExpectVerdict}
	if c.Truth.Vendor != nil {
		r.Vendor = *c.Truth.Vendor
	}
	if c.Truth.Model != nil {
		r.Models = append([]string{*c.Truth.Model}, c.Truth.ModelAlt...)
	}
	if c.Truth.Kind != nil {
		r.Kinds = append([]string{*c.Truth.Kind}, c.Truth.KindAlt...)
	}
	r.Device = n.Play(octet, "", s, homeQuirks[s.Name])
	r.Addr, r.MAC = r.Device.Addr, fmt.Sprintf("02:00:00:00:00:%02x", octet)
	return r
}
