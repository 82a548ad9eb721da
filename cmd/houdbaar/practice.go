package main

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/history"
	"houdbaar/internal/lab"
	"houdbaar/internal/lan"
	"houdbaar/internal/scan"
	"houdbaar/internal/ui"
)

// residents are the devices of the practice house, by the folder in lab.Recordings; the
// first plays the router that this computer goes out through. Every verdict is among them.
var residents = []string{
	"recordings/d-link-dir-860l-a1",
	"recordings/tp-link-archer-c20-v1",
	"recordings/tp-link-archer-c20-v5",
	"practice/tp-link-archer-c7",
	"recordings/avm-fritz-box-7590",
	"recordings/netgear-r7000",
	"recordings/asus-rt-ac66u",
	"recordings/linksys-e1200",
	"recordings/hikvision-ds-2cd2143g0-i",
	"recordings/axis-m3045-v",
	"recordings/synology-ds218",
	"practice/synology-ds923plus",
	"recordings/apple-airport-extreme",
	"recordings/hp-officejet-pro-8210",
	"recordings/philips-49pus8503",
	"recordings/sonos-play-3",
}

// street is where the practice house stands: a part of the loopback network that
// nothing else is known to use. The system must let any program listen there, as
// Linux and Windows do.
var street = netip.MustParseAddr("127.0.83.10")

// A practice is a simulated home inside this computer: devices of the lab on real
// sockets, searched by the very code of a real scan, on the loopback interface alone.
type practice struct {
	*engine
	book    *history.Store // what is said in the house
	plays   map[netip.Addr]lab.Script
	devices []*lab.Device
	folder  string
}

// openPractice builds the house behind a real engine, whose catalogue it shares.
func openPractice(real *engine) (_ ui.Practice, err error) {
	p := &practice{plays: map[netip.Addr]lab.Script{}}
	defer func() {
		if err != nil {
			p.Close()
			err = fmt.Errorf("practice house: %w", err)
		}
	}()
	if p.folder, err = os.MkdirTemp("", "houdbaar-practice-*"); err != nil {
		return nil, err
	}
	p.book = history.New(filepath.Join(p.folder, "kept", history.FileName), time.Now)
	recordings := filepath.Join(p.folder, "recordings")
	if err := os.CopyFS(recordings, lab.Recordings()); err != nil {
		return nil, err
	}
	at := street
	for _, name := range residents {
		script, err := lab.Read(filepath.Join(recordings, name))
		if err != nil {
			return nil, err
		}
		d, err := lab.Loopback(at, script, lab.Quirks{})
		if err != nil {
			return nil, err
		}
		p.devices = append(p.devices, d)
		p.plays[at] = script
		at = at.Next()
	}
	p.engine = &engine{base: real.base, view: func([]string) (*lan.Network, error) { return lan.Open(lan.Options{Loopback: true}) }}
	return p, nil
}

// resident is the device of the house that was found.
func (p *practice) resident(d device.Device) (lab.Script, bool) {
	for _, a := range d.Addrs {
		if script, ok := p.plays[a]; ok {
			return script, true
		}
	}
	return lab.Script{}, false
}

func (p *practice) Book() *history.Store { return p.book }

func (p *practice) Invented(d device.Device) (invented, ok bool) {
	script, ok := p.resident(d)
	return !script.Real, ok
}

// ours leaves out what else listens on the loopback interface: programs of this
// computer are no part of the house. The first resident stands where a router does.
func (p *practice) ours(findings []scan.Finding) []scan.Finding {
	out := []scan.Finding{}
	for _, f := range findings {
		if _, ok := p.resident(f.Device); ok {
			f.Device.Gateway = slices.Contains(f.Device.Addrs, street)
			out = append(out, f)
		}
	}
	scan.Order(out)
	return out
}

func (p *practice) Scan(ctx context.Context, _ []string, said ui.Corrector, progress func(scan.Snapshot)) (scan.Scan, error) {
	done, err := p.engine.Scan(ctx, nil, said, func(s scan.Snapshot) {
		s.Findings = p.ours(s.Findings)
		progress(s)
	})
	done.Findings = p.ours(done.Findings)
	// A loopback has no way out, no neighbours and no IPv6 groups.
	done.Problems = slices.DeleteFunc(done.Problems, func(problem scan.Problem) bool {
		return problem.Code == "no_gateway" || problem.Code == "neighbours_unreadable" || problem.Code == "routes_unreadable" ||
			problem.Code == "interface_failed" && problem.Args["family"] == "IPv6"
	})
	return done, err
}

func (p *practice) Again(ctx context.Context, s scan.Scan, said ui.Corrector) (scan.Scan, error) {
	again, err := p.engine.Again(ctx, s, said)
	again.Findings = p.ours(again.Findings)
	return again, err
}

// Close implements ui.Practice: the house is pulled down and what was kept of it goes.
func (p *practice) Close() error {
	errs := []error{p.book.Close()}
	for _, d := range p.devices {
		errs = append(errs, d.Close())
	}
	if p.folder != "" {
		errs = append(errs, os.RemoveAll(p.folder))
	}
	return errors.Join(errs...)
}
