// Package app puts the house together for the commands: it opens the catalogue,
// takes a view of the network, and runs a scan, a recorded case or a typed
// identity through the same rules.
//
// It promises that it can always be opened: without a catalogue, without a home to
// write in and without a network everything answers, and says what is missing. It
// refuses to decide and to speak: verdicts are lifecycle's, words are report's.
package app

import (
	"context"
	"fmt"
	"io/fs"
	"net/netip"
	"slices"
	"time"

	"houdbaar/internal/casefile"
	"houdbaar/internal/catalogue"
	"houdbaar/internal/device"
	"houdbaar/internal/discover"
	"houdbaar/internal/doctor"
	"houdbaar/internal/fingerprint"
	"houdbaar/internal/firmware"
	"houdbaar/internal/lan"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/probe"
	"houdbaar/internal/scan"
)

// scanTakes is how long discovery takes, for the progress bar: discover ends by
// itself after about four seconds.
const scanTakes = 4 * time.Second

// An Engine is the house behind a command. Its methods may be called from any
// goroutine; its fields are set before the first.
type Engine struct {
	On      time.Time                                   // the day judged for; zero = today
	Options lifecycle.Options                           // what a person may set
	Correct func(device.Device) (device.Identity, bool) // what a person said a device is; nil = nobody
	Quiet   bool                                        // "Ask routers and cameras directly" is off: UPnP and mDNS only
	Leave   func(deviceID string) bool                  // devices that are not to be asked directly; nil = none
	Clock   func() time.Time
	View    func(interfaces []string) (n *lan.Network, err error) // nil = lan.Open

	builtIn   fs.FS
	catalogue *catalogue.DB // nil = none
	missing   error         // why there is none
	rules     *fingerprint.Set
}

// Open returns an engine with the catalogue that is built in, or the newer one in
// the data folder. Without a usable one the engine still works: everything is
// "cannot tell", and CatalogueProblem says why.
func Open(builtIn fs.FS) *Engine {
	e := &Engine{Clock: time.Now, rules: fingerprint.Default(), builtIn: builtIn}
	dir, _ := DataFolder() // "" = nowhere to write; the catalogue then gets a temporary place
	e.catalogue, e.missing = catalogue.OpenEmbedded(builtIn, dir)
	return e
}

// Close closes the catalogue.
func (e *Engine) Close() error { return e.catalogue.Close() }

// CatalogueProblem says why there is no catalogue; false when there is one.
func (e *Engine) CatalogueProblem() (scan.Problem, bool) {
	if e.missing == nil {
		return scan.Problem{}, false
	}
	return catalogueProblem(e.missing), true
}

// CatalogueMeta says which catalogue judges.
func (e *Engine) CatalogueMeta() scan.CatalogueMeta { return e.catalogue.Meta() }

// Today is the day judged for, as UTC midnight.
func (e *Engine) Today() time.Time { return e.Day(e.catalogue.Meta().Date) }

// Day is the day judged for by a catalogue of this day: the newest that a source was read.
// A clock that is behind it is wrong, and would make what has ended look supported.
func (e *Engine) Day(catalogue time.Time) time.Time {
	if !e.On.IsZero() {
		return lifecycle.Midnight(e.On)
	}
	today := lifecycle.Midnight(e.Clock())
	if today.Before(catalogue) {
		return catalogue
	}
	return today
}

// Interfaces lists this computer's network interfaces, and whether a scan that is
// not told otherwise would use them. A system that will not tell gives none.
func (e *Engine) Interfaces() []scan.Interface {
	n, err := e.view(nil)
	if err != nil {
		return nil
	}
	return discover.Interfaces(n)
}

func (e *Engine) view(interfaces []string) (*lan.Network, error) {
	if e.View != nil {
		return e.View(interfaces)
	}
	return lan.Open(lan.Options{Interfaces: interfaces})
}

// Scan searches the networks of this computer, or only those on the interfaces
// named. It blocks until the scan is done or ctx ends, which is no error. progress
// may be nil. An error means that the scan could not start.
func (e *Engine) Scan(ctx context.Context, interfaces []string, progress func(scan.Snapshot)) (scan.Scan, error) {
	n, err := e.view(interfaces)
	if err != nil {
		return scan.Scan{}, fmt.Errorf("look at the network: %w", err)
	}
	return e.run(ctx, n, discover.All(n, e.Quiet), e.probers(n), "", progress), nil
}

// ScanAddress looks at the one address that a person typed, and at nothing else. An
// error that is ErrElsewhere means that it is no private address, or cannot be
// reached through a network of the home.
func (e *Engine) ScanAddress(ctx context.Context, address netip.Addr, progress func(scan.Snapshot)) (scan.Scan, error) {
	n, err := e.view(nil)
	if err != nil {
		return scan.Scan{}, fmt.Errorf("look at the network: %w", err)
	}
	if n, err = n.Typed(address); err != nil {
		return scan.Scan{}, err
	}
	probers := e.probers(n)
	for i := range probers {
		probers[i] = typedProber{probers[i]}
	}
	return e.run(ctx, n, discover.Address(n, address, e.Quiet), probers, address.String(), progress), nil
}

// ErrElsewhere says that an address is none of a home's that can be reached.
var ErrElsewhere = lan.ErrNotLocal

// Doctor tests whether searching works here, on the interfaces named or on all. It
// takes some five seconds.
func (e *Engine) Doctor(ctx context.Context, interfaces []string) (scan.Health, error) {
	n, err := e.view(interfaces)
	if err != nil {
		return scan.Health{}, fmt.Errorf("look at the network: %w", err)
	}
	return doctor.Examine(ctx, n, e.Quiet), nil
}

func (e *Engine) run(ctx context.Context, n *lan.Network, discoverers []scan.Discoverer, probers []scan.Prober, only string, progress func(scan.Snapshot)) scan.Scan {
	s := scan.Scanner{
		Judge:       e.judge(),
		Discoverers: discoverers,
		Probers:     probers,
		Only:        only,
		Leave:       e.Leave,
		Interfaces:  func() []scan.Interface { return discover.Interfaces(n) },
		Clock:       e.Clock,
		On:          e.Today(),
		Expect:      scanTakes,
	}
	done := s.Run(ctx, progress)
	done.Problems = append(lostProblems(n.Lost()), done.Problems...)
	if e.missing != nil {
		done.Problems = append(done.Problems, catalogueProblem(e.missing))
	}
	if e.On.IsZero() && lifecycle.Midnight(e.Clock()).Before(s.On) {
		done.Problems = append(done.Problems, scan.Problem{Source: "catalogue", Code: "clock_behind",
			Args: map[string]string{"date": s.On.Format(time.DateOnly)}})
	}
	return done
}

// lostProblems are those of interfaces that were lost on the way.
func lostProblems(names []string) []scan.Problem {
	var lost []scan.Problem
	for _, name := range names {
		lost = append(lost, scan.Problem{Source: "network", Code: "network_lost", Args: map[string]string{"interface": name}})
	}
	return lost
}

// judge is how this engine judges.
func (e *Engine) judge() scan.Judge {
	return scan.Judge{Identifier: e.rules, Catalogue: e.catalogue, Correct: e.Correct, Options: e.Options}
}

// probers are what asks one device at a time; none when the engine is quiet.
func (e *Engine) probers(n *lan.Network) []scan.Prober {
	if e.Quiet {
		return nil
	}
	return probe.All(n)
}

// A typedProber asks a device whose address was typed what an unknown gateway is
// asked: the person says that it matters.
type typedProber struct{ scan.Prober }

// Wants is the prober's, for a device of which nobody knows who made it.
func (p typedProber) Wants(d device.Device, id device.Identity) bool {
	d.Gateway = d.Gateway || id.Vendor == "" || id.Model == ""
	return p.Prober.Wants(d, id)
}

// Identify reads a recorded case folder as if the device had just been heard. A
// folder is one device, whatever its parts say about addresses.
func (e *Engine) Identify(ctx context.Context, dir string) (scan.Finding, error) {
	c, err := casefile.Read(dir)
	if err != nil {
		return scan.Finding{}, err
	}
	d := device.Device{ID: c.Name, MAC: c.Truth.MAC, Gateway: c.Truth.Gateway, Observations: c.Observations}
	if boxes := device.Correlate(c.Observations); len(boxes) == 1 {
		d.ID, d.MAC = boxes[0].ID, boxes[0].MAC
	}
	for _, o := range c.Observations {
		if o.Addr.IsValid() && !slices.Contains(d.Addrs, o.Addr) {
			d.Addrs = append(d.Addrs, o.Addr)
		}
	}
	f, err := e.judge().Device(ctx, d, e.Today())
	if err != nil {
		return scan.Finding{}, fmt.Errorf("look up %s: %w", dir, err)
	}
	return f, nil
}

// Check judges an identity that somebody typed from a label, as a scan would. A
// kind that was not given is the product's, where all it can be agree.
func (e *Engine) Check(ctx context.Context, id device.Identity) (scan.Finding, error) {
	if name, known := e.rules.Vendor(id.Vendor); known {
		id.Vendor = name
	}
	if id.FirmwareDisplay == "" && id.Firmware != "" {
		id.FirmwareDisplay = firmware.Display(id.Vendor, id.Firmware)
	}
	id.Revision = fingerprint.Revision(id.Revision)
	id.Evidence = append(id.Evidence, device.ByPerson(id, time.Time{})...)
	f, err := e.judge().Identity(ctx, device.Device{}, id, e.Today())
	if err != nil || id.Kind != device.Unknown || len(f.Match.Products) == 0 {
		return f, err
	}
	kind := f.Match.Products[0].Kind
	if slices.ContainsFunc(f.Match.Products, func(p lifecycle.Product) bool { return p.Kind != kind }) {
		return f, nil
	}
	id.Kind = kind
	return e.judge().Identity(ctx, device.Device{}, id, e.Today())
}

// Search proposes at most limit products for what somebody typed, best first.
func (e *Engine) Search(ctx context.Context, text string, limit int) ([]lifecycle.Product, error) {
	return e.catalogue.Search(ctx, text, limit)
}

// Withdrawn is what was said of models and taken back, and why. Nothing is judged by it.
func (e *Engine) Withdrawn() []lifecycle.Product { return e.catalogue.Withdrawn() }

// Questions returns everything that this program can ever send: what a person can
// read, and what testdata/questions.golden holds for the reviewer.
func Questions() []scan.Question {
	return slices.Concat(discover.Questions(), probe.Questions(), doctor.Questions())
}
