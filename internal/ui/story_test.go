package ui

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"houdbaar/internal/device"
	"houdbaar/internal/history"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// Everything in this file is invented: no device here was ever recorded, and no
// source was read. It is what the window's tests and its storybook show.

// storyDay is the day all stories are judged for.
var storyDay = time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)

// invented makes a finding. last is the last number of its address and of its MAC.
func invented(last int, kind device.Kind, name, vendor, model, revision, firmware string, v lifecycle.Verdict) scan.Finding {
	addr := netip.AddrFrom4([4]byte{192, 168, 178, byte(last)})
	mac := fmt.Sprintf("00:00:5e:00:53:%02x", last%256)
	d := device.Device{ID: fmt.Sprintf("invented-%d", last), Addrs: []netip.Addr{addr}, MAC: mac}
	id := device.Identity{Vendor: vendor, Model: model, Revision: revision, Firmware: firmware, FirmwareDisplay: firmware, Kind: kind, Name: name}
	if model != "" {
		d.Observations = []device.Observation{{Source: device.SourceUPnP, Addr: addr, Interface: "eth0", At: storyDay,
			Fields: map[string]string{"manufacturer": vendor, "modelName": model, "modelNumber": revision, "friendlyName": name, "url": "http://" + addr.String() + "/desc.xml", "presentationURL": "http://" + addr.String() + "/"}}}
		id.Evidence = []device.Evidence{
			{Part: device.PartVendor, Gives: vendor, Rule: "invented/rule", Source: device.SourceUPnP, Field: "manufacturer", Value: vendor, Addr: addr, At: storyDay},
			{Part: device.PartModel, Gives: model, Rule: "invented/rule", Source: device.SourceUPnP, Field: "modelName", Value: model, Addr: addr, At: storyDay},
		}
	}
	return scan.Finding{Device: d, Identity: id, Verdict: v}
}

func inventedSource(vendor, title string) []lifecycle.Source {
	return []lifecycle.Source{{Publisher: vendor, Title: title, URL: "https://support.example.com/products/" + strings.ToLower(strings.ReplaceAll(title, " ", "-")),
		Read: time.Date(2026, 11, 12, 0, 0, 0, 0, time.UTC), Trust: lifecycle.Vendor}}
}

func because(kind lifecycle.VerdictKind, rule, code string, args map[string]string, sources []lifecycle.Source) lifecycle.Verdict {
	return lifecycle.Verdict{Kind: kind, Rule: rule, Reasons: []lifecycle.Reason{{Code: code, Args: args, Sources: sources}}}
}

// inventedHome is a home with every verdict in it.
func inventedHome() []scan.Finding {
	ended := because(lifecycle.ReplaceNow, lifecycle.RuleEveryProductEnded, lifecycle.CodeEnded,
		map[string]string{"vendor": "D-Link", "model": "DIR-860L", "revision": "A1", "date": "2018-05-01"}, inventedSource("D-Link", "DIR-860L end of support"))
	ended.Campaigns = []lifecycle.Reason{{Code: lifecycle.CodeNamed, Args: map[string]string{"campaign": "socksescort"}, Sources: inventedSource("Police", "Warning about home routers")}}
	day := func(y int, m time.Month, d int) lifecycle.Date {
		return lifecycle.Date{Time: time.Date(y, m, d, 0, 0, 0, 0, time.UTC), Precision: lifecycle.Day}
	}
	ended.Until = day(2018, 5, 1)
	soon := because(lifecycle.PlanReplacement, lifecycle.RuleEndsWithinHorizon, lifecycle.CodeEndsSoon,
		map[string]string{"vendor": "ASUS", "model": "RT-AC66U", "date": "2027-03-31"}, inventedSource("ASUS", "End of life products"))
	soon.Until = day(2027, 3, 31)
	dated := because(lifecycle.SupportedNow, lifecycle.RuleFreshFact, lifecycle.CodeSupportedUntil,
		map[string]string{"vendor": "Synology", "model": "DS920+", "date": "2030-05-31"}, inventedSource("Synology", "Product support status"))
	dated.Until = day(2030, 5, 31)
	router := invented(1, device.Router, "", "D-Link", "DIR-860L", "A1", "1.10", ended)
	router.Device.Gateway = true
	return []scan.Finding{
		router,
		invented(23, device.Camera, "Hal", "D-Link", "DCS-930L", "B2", "2.16.01", because(lifecycle.ReplaceNow, lifecycle.RuleEveryProductEnded, lifecycle.CodeEndedNoDate,
			map[string]string{"vendor": "D-Link", "model": "DCS-930L"}, inventedSource("D-Link", "DCS-930L"))),
		invented(31, device.AccessPoint, "Zolder", "ASUS", "RT-AC66U", "", "3.0.0.4.382", soon),
		invented(44, device.Router, "", "TP-Link", "Archer C20", "", "", because(lifecycle.CheckLabel, lifecycle.RuleRevisionsDiffer, lifecycle.CodeRevisionUnknown,
			map[string]string{"vendor": "TP-Link", "model": "Archer C20", "revisions": "V1,V4,V5", "ended": "V1", "supported": "V5", "silent": "V4", "label": "tplink"}, inventedSource("TP-Link", "Archer C20 support"))),
		invented(52, device.NVR, "Recorder schuur", "Hikvision", "DS-7604NI-K1", "", "V4.1.0", because(lifecycle.UpdateFirmware, lifecycle.RuleBehindNewest, lifecycle.CodeFirmwareBehind,
			map[string]string{"vendor": "Hikvision", "model": "DS-7604NI-K1", "installed": "V4.1.0", "newest": "V4.76.210"}, inventedSource("Hikvision", "DS-7604NI-K1 firmware"))),
		invented(60, device.Camera, "", "", "", "", "", because(lifecycle.CannotTell, lifecycle.RuleNoIdentity, lifecycle.CodeNotIdentified, map[string]string{"kind": "camera"}, nil)),
		invented(70, device.NAS, "DiskStation", "Synology", "DS920+", "", "DSM 7.2", dated),
		invented(71, device.Mesh, "", "AVM", "FRITZ!Repeater 3000", "", "FRITZ!OS 8.02", because(lifecycle.SupportedNow, lifecycle.RuleFreshFact, lifecycle.CodeSupportedListed,
			map[string]string{"vendor": "AVM", "model": "FRITZ!Repeater 3000", "date": "2026-11-01"}, inventedSource("AVM", "Support status"))),
		invented(80, device.Printer, "HP OfficeJet", "HP", "OfficeJet 8010", "", "", because(lifecycle.OtherDevice, lifecycle.RuleSomethingElse, lifecycle.CodeOtherDevice, map[string]string{"kind": "printer"}, nil)),
		invented(81, device.TV, "Woonkamer", "Samsung", "QE55", "", "", because(lifecycle.OtherDevice, lifecycle.RuleSomethingElse, lifecycle.CodeOtherDevice, map[string]string{"kind": "tv"}, nil)),
		invented(82, device.Speaker, "Keuken", "Sonos", "One", "", "", because(lifecycle.OtherDevice, lifecycle.RuleSomethingElse, lifecycle.CodeOtherDevice, map[string]string{"kind": "speaker"}, nil)),
	}
}

// hostileHome has names meant to break a screen.
func hostileHome() []scan.Finding {
	cannot := because(lifecycle.CannotTell, lifecycle.RuleNoEntry, lifecycle.CodeNotInCatalogue, map[string]string{"vendor": "Evil", "model": "<b>x</b>"}, nil)
	var out []scan.Finding
	for i, name := range []string{
		strings.Repeat("A", 5000),
		strings.Repeat("Very long name with spaces ", 200),
		"photo\u202egnp.exe\u202c \u2066x\u2069",
		"📷 Camera 👨‍👩‍👧 voordeur 🚪",
		"[click](http://evil.example/) **bold** ![x](http://evil.example/x.png) # <b>html</b> $(calc) `id`",
		"line one\nline two\ttab\x00nul\x1b[31mred",
		"Z̸̡̢̧̛̛̫̥̞a̷l̶g̵o",
		"",
		"مرحبا 摄像头 Камера",
	} {
		f := invented(100+i, device.Camera, name, "Evil", name, name, name, cannot)
		for _, o := range f.Device.Observations {
			o.Fields["presentationURL"] = "http://203.0.113.9/steal"
		}
		out = append(out, f)
	}
	return out
}

// manyDevices is a crowd of n.
func manyDevices(n int) []scan.Finding {
	home := inventedHome()
	out := make([]scan.Finding, n)
	for i := range out {
		out[i] = home[i%len(home)]
		out[i].Device.Gateway = i == 0
		out[i].Device.ID = fmt.Sprintf("crowd-%04d", i)
		out[i].Device.Addrs = []netip.Addr{netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)})}
	}
	return out
}

var storyInterfaces = []scan.Interface{
	{Name: "wlp3s0", Addresses: []string{"192.168.178.20/24"}, Used: true, Sent: 40, Heard: 66},
	{Name: "tun0", Addresses: []string{"10.8.0.2/24"}, Why: "tunnel"},
	{Name: "docker0", Addresses: []string{"172.17.0.1/16"}, Why: "container"},
	{Name: "lo", Addresses: []string{"127.0.0.1/8"}, Why: "loopback"},
}

// A storyEngine plays an invented scan.
type storyEngine struct {
	findings []scan.Finding
	problems []scan.Problem
	offline  bool // the computer is on no network
	fail     error
	pace     time.Duration // between findings; 0 = all at once
	later    time.Duration // after storyDay it is
	stride   int           // findings a snapshot; 0 = one
	hold     bool          // never ends by itself

	visits  int            // that its history begins with, besides the own home; 0 = it is empty
	book    *history.Store // its history
	trusted []scan.Publisher
	fetched []string     // addresses
	told    atomic.Int32 // how often it was asked what is kept
	wishes  Wishes
}

func (e *storyEngine) Use(w Wishes) { e.wishes = w }

func (e *storyEngine) Scan(ctx context.Context, _ []string, said Corrector, progress func(scan.Snapshot)) (scan.Scan, error) {
	at := storyDay.Add(e.later)
	s := scan.Scan{Started: at, Finished: at, On: e.Today(), Catalogue: e.CatalogueMeta(), Interfaces: storyInterfaces, Problems: e.problems}
	if e.fail != nil {
		return s, e.fail
	}
	for i := range e.findings {
		if e.stride > 0 && i%e.stride != 0 {
			continue
		}
		progress(scan.Snapshot{Phase: scan.PhaseAsking, Fraction: float64(i+1) / float64(len(e.findings)+2), Findings: e.findings[:i+1]})
		if e.pace > 0 {
			select {
			case <-time.After(e.pace):
			case <-ctx.Done():
			}
		}
		if ctx.Err() != nil {
			s.Findings, s.Stopped = e.findings[:i+1], true
			return s, nil
		}
	}
	if e.hold {
		<-ctx.Done()
	}
	s.Findings, s.Stopped = e.findings, ctx.Err() != nil
	return e.Again(ctx, s, said)
}

func (e *storyEngine) Today() time.Time { return storyDay.Add(e.later).Truncate(24 * time.Hour) }

func (e *storyEngine) Interfaces() []scan.Interface {
	if e.offline {
		return nil
	}
	return storyInterfaces
}
func (e *storyEngine) CatalogueMeta() scan.CatalogueMeta {
	return scan.CatalogueMeta{Version: "invented", Date: time.Date(2026, 11, 12, 0, 0, 0, 0, time.UTC), Products: 3210}
}

func (e *storyEngine) Doctor(ctx context.Context, _ []string) (scan.Health, error) {
	return scan.Health{System: "linux", Interfaces: []scan.TestedInterface{{Interface: storyInterfaces[0], TestSent: 4}}}, ctx.Err()
}

func (e *storyEngine) Credits(context.Context) ([]string, error) {
	return []string{"Support dates from endoflife.example, CC BY 4.0 (invented)"}, nil
}

func (e *storyEngine) InstallPack(_ context.Context, pack io.Reader) (scan.CatalogueMeta, error) {
	said, err := io.ReadAll(pack)
	if err == nil && string(said) != "good" {
		err = storyRefusal("signature")
	}
	return e.CatalogueMeta(), err
}

// FetchPack gets a pack from the host "good.example", stands still half-way at
// "slow.example", and is refused elsewhere with the first part of the host as the code.
func (e *storyEngine) FetchPack(ctx context.Context, address string, progress func(have, of int64)) (scan.CatalogueMeta, error) {
	e.fetched = append(e.fetched, address)
	u, err := url.Parse(address)
	if err != nil {
		return scan.CatalogueMeta{}, err
	}
	progress(734_003, 1_258_291)
	switch code, _, _ := strings.Cut(u.Host, "."); code {
	case "good":
		return e.CatalogueMeta(), nil
	case "slow":
		<-ctx.Done()
		return scan.CatalogueMeta{}, storyRefusal("cancelled")
	default:
		return scan.CatalogueMeta{}, storyRefusal(code)
	}
}

func (e *storyEngine) Publishers() ([]scan.Publisher, error) { return e.trusted, nil }
func (e *storyEngine) Trust(key io.Reader) (scan.Publisher, error) {
	said, err := io.ReadAll(key)
	if err == nil && string(said) != "key" {
		return scan.Publisher{}, storyRefusal("no_public_key")
	}
	p := scan.Publisher{Name: "Helpdesk De Brug (invented)", ID: "0123456789ABCDEF"}
	e.trusted = append(e.trusted, p)
	return p, err
}

func (e *storyEngine) Distrust(string) error { e.trusted = nil; return nil }

func (e *storyEngine) StepBack(context.Context) (scan.CatalogueMeta, error) {
	return scan.CatalogueMeta{}, storyRefusal("no_before")
}

func storyRefusal(code string) error { return Refusal{errors.New(code), code} }

// Again gives a device that a person named the verdict of the first invented one.
func (e *storyEngine) Again(_ context.Context, s scan.Scan, said Corrector) (scan.Scan, error) {
	s.Findings = slices.Clone(s.Findings)
	for i, f := range s.Findings {
		if id, ok := said(f.Device); ok {
			s.Findings[i].Identity, s.Findings[i].Verdict = id, inventedHome()[0].Verdict
		}
	}
	return s, nil
}

// Labels gives all that was typed from labels that verdict too.
func (e *storyEngine) Labels(_ context.Context, v history.Visit, _ time.Time) (typed []scan.Finding, err error) {
	e.told.Add(1)
	for _, label := range v.Stickers {
		f := inventedHome()[0]
		f.Device, f.Identity = label.Device(), label.Identity()
		typed = append(typed, f)
	}
	return typed, nil
}

// A storyPractice is the story of a practice house.
type storyPractice struct {
	*storyEngine
	closed chan struct{}
}

func (p storyPractice) Close() error         { close(p.closed); return p.book.Close() }
func (p storyPractice) Book() *history.Store { return p.book }

func (p storyPractice) Invented(d device.Device) (invented, ok bool) { return true, true }

func (e *storyEngine) Search(_ context.Context, text string, limit int) ([]lifecycle.Product, error) {
	var out []lifecycle.Product
	for _, p := range []lifecycle.Product{
		{Vendor: "D-Link", Model: "DIR-860L", Revision: "A1", Kind: device.Router, Facts: []lifecycle.Fact{
			{Says: lifecycle.EndOfSecuritySupport, Date: lifecycle.Date{Time: time.Date(2018, 5, 1, 0, 0, 0, 0, time.UTC), Precision: lifecycle.Day}, Source: inventedSource("D-Link", "DIR-860L end of support")[0]},
			{Says: lifecycle.Named, Campaign: "socksescort", Source: inventedSource("Police", "Warning about home routers")[0]}}},
		{Vendor: "D-Link", Model: "DIR-860L", Revision: "B1", Kind: device.Router},
		{Vendor: "D-Link", Model: "DIR-850L", Revision: "A1", Kind: device.Router},
		{Vendor: "Synology", Model: "DS920+", Kind: device.NAS},
	} {
		if strings.Contains(strings.ToLower(p.Vendor+" "+p.Model), strings.ToLower(text)) && len(out) < limit {
			out = append(out, p)
		}
	}
	return out, nil
}

func (e *storyEngine) Check(_ context.Context, id device.Identity) (scan.Finding, error) {
	f := inventedHome()[0]
	f.Device = device.Device{ID: "typed"}
	id.Evidence = nil
	f.Identity = id
	return f, nil
}

// knownOnly are devices of which more is known than what decides, and two of a provider.
func knownOnly() []scan.Finding {
	says := func(code, publisher, title string) lifecycle.Reason {
		return lifecycle.Reason{Code: code, Args: map[string]string{"vendor": "TP-Link", "date": "2024-03-01", "version": "1.2.0", "installed": "1.0.0", "newest": "1.2.0", "region": "CPI", "looked": "2026-11-01"},
			Sources: inventedSource(publisher, title)}
	}
	names, shelf := says(lifecycle.CodeNoStatement, "OpenWrt", "Device list"), says(lifecycle.CodeLastUpdate, "TP-Link", "Downloads of the EX222")
	mine := lifecycle.Verdict{Kind: lifecycle.UpdateFirmware, Rule: lifecycle.RuleBehindNewest, Provider: "KPN", Reasons: []lifecycle.Reason{
		says(lifecycle.CodeFirmwareBehind, "KPN", "Versions of the Box 12"), says(lifecycle.CodeSupportedListed, "KPN", "List of boxes"), {Code: lifecycle.CodeProviderBox, Args: map[string]string{"provider": "KPN"}}}}
	old := because(lifecycle.ReplaceNow, lifecycle.RuleEveryProductEnded, lifecycle.CodeEnded, map[string]string{"vendor": "TP-Link", "date": "2020-07-31"}, inventedSource("TP-Link", "End of life list"))
	old.Reasons = append(old.Reasons, says(lifecycle.CodeOtherRegion, "TP-Link", "End of life list"), says(lifecycle.CodeFirmwareNotKnown, "TP-Link", "Downloads of the TL-WR841N"))
	out := []scan.Finding{
		invented(1, device.Gateway, "", "KPN", "Box 12", "", "1.0.0", mine),
		invented(2, device.Router, "", "TP-Link", "TL-WR841N", "V13", "", old),
		invented(3, device.Router, "", "TP-Link", "EX222", "V1", "", lifecycle.Verdict{Kind: lifecycle.CannotTell, Rule: lifecycle.RuleNoFreshFact, Reasons: []lifecycle.Reason{names, shelf}}),
		invented(4, device.Camera, "Tuin", "Invented", "Cam 1", "", "", lifecycle.Verdict{Kind: lifecycle.CannotTell, Rule: lifecycle.RuleNoFreshFact, Reasons: []lifecycle.Reason{names}}),
	}
	out[0].Device.Gateway, out[0].Identity.Provider = true, "KPN"
	return out
}

// stories are the states that are looked at, by name.
var stories = map[string]func() *storyEngine{
	"home":    func() *storyEngine { return &storyEngine{findings: inventedHome(), pace: 300 * time.Millisecond} },
	"done":    func() *storyEngine { return &storyEngine{findings: inventedHome()} },
	"running": func() *storyEngine { return &storyEngine{findings: inventedHome()[:6], hold: true} },
	"slow":    func() *storyEngine { return &storyEngine{findings: inventedHome(), pace: 2 * time.Second} },
	"hostile": func() *storyEngine { return &storyEngine{findings: append(inventedHome()[:1], hostileHome()...)} },
	"crowd": func() *storyEngine {
		return &storyEngine{findings: manyDevices(1000), stride: 20, pace: 200 * time.Millisecond}
	},
	"known":  func() *storyEngine { return &storyEngine{findings: knownOnly()} },
	"visits": func() *storyEngine { return inventedVisits(12) },
	"empty":  func() *storyEngine { return &storyEngine{} },
	"one":    func() *storyEngine { return &storyEngine{findings: inventedHome()[:1]} },
	"failed": func() *storyEngine {
		return &storyEngine{fail: fmt.Errorf("no usable network (invented)"), problems: []scan.Problem{{Source: "ssdp", Code: "no_network"}}}
	},
	"hampered": func() *storyEngine {
		return &storyEngine{findings: inventedHome()[1:5], problems: []scan.Problem{
			{Source: "mdns", Code: "source_failed", Args: map[string]string{"source": "mdns"}, Detail: "listen udp4 224.0.0.251:5353: invented"},
			{Source: "ssdp", Code: "interface_failed", Args: map[string]string{"interface": "tun0"}, Detail: "sendto: operation not permitted (invented)"}}}
	},
}

var (
	story    = flag.String("story", "", "open the real window with this invented story instead of running tests")
	language = flag.String("story-lang", "nl", "language of the story")
	skin     = flag.String("story-look", "light", "look of the story")
	textSize = flag.Float64("story-text", 1, "text size of the story")
	where    = flag.String("story-screen", "", "screen to open: settings, sends, help, about, label, first, doctor, report, catalogue, horizon, visits; with the story visits also visit, changes, kept")
	extent   = flag.String("story-size", "", "size of the window, such as 1024x640")
)

// TestMain opens the storybook where it is asked for: an invented scan in the real
// window, to be looked at.
func TestMain(m *testing.M) {
	flag.Parse()
	time.Local = time.UTC // what is shown and compared is the same everywhere
	make, ok := stories[*story]
	if !ok {
		os.Exit(m.Run())
	}
	folder, err := os.MkdirTemp("", "houdbaar-story-*")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	o := storyOptions(make(), folder)
	o.Language, o.Look, o.TextSize = *language, *skin, float32(*textSize)
	o.ScanNow = *story != "home" && *where == ""
	w := New(o)
	w.win.SetTitle("Houdbaar (invented example)")
	var width, height float32
	if _, err := fmt.Sscanf(*extent, "%fx%f", &width, &height); err == nil {
		w.win.Resize(fyne.NewSize(width, height))
	}
	if s, ok := map[string]screen{"settings": screenSettings, "sends": screenSends, "help": screenHelp, "about": screenAbout, "label": screenLabel,
		"first": screenFirst, "doctor": screenDoctor, "report": screenReport, "catalogue": screenCatalogue, "horizon": screenHorizon, "visits": screenVisits}[*where]; ok {
		w.show(s)
	}
	if *where == "visit" || *where == "changes" || *where == "kept" {
		w.app.Lifecycle().SetOnStarted(w.begin)
		w.openVisit(firstVisit)
		w.running.Wait() // it waits at the door
		w.away(func(context.Context, site) error { return nil }, func(error) {
			switch *where {
			case "changes":
				w.openChanges(0, 0)
			case "kept":
				w.reopen(1, false, nil)
			}
		})
	}
	w.Run()
}

// storyOptions are a window on a story, which keeps its history in a folder.
func storyOptions(e *storyEngine, folder string) Options {
	if e.book == nil {
		e.book = inventedBook(folder, e.visits)
	}
	icon, err := os.ReadFile("../../assets/icon.svg")
	if err != nil {
		panic(err)
	}
	return Options{Engine: e, Book: e.book, Drawings: os.DirFS("../../assets/drawings"), Icon: icon,
		Version:   "0.0.0 (invented)",
		Licences:  "example.com/invented v1.0.0\n\tMIT\n\tCopyright nobody",
		Questions: []scan.Question{{Group: "search", Name: "ssdp", Whom: "all", To: "239.255.255.250:1900", Bytes: []byte("M-SEARCH * HTTP/1.1\r\nMAN: \"ssdp:discover\"\r\n\r\n")}}}
}
