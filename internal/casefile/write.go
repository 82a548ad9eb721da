package casefile

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"houdbaar/internal/announce"
	"houdbaar/internal/device"
)

// Options are what Write cannot know from the device.
type Options struct {
	Recorded string   // which program recorded it, such as "houdbaarctl 1.0"
	Keep     []string // words of products that may stand in names, such as the identified vendor and model
}

// scrubbed says in truth.json what Write replaces.
var scrubbed = []string{
	"MAC addresses (the maker's prefix kept)", "UUIDs", "serial numbers and device ids", "public addresses",
	"network names", "words of names that no product uses", "passwords, tokens and positions", "cookies",
}

// ErrNothing says that a device has no bytes to record: it was typed in by a
// person, or is only in the neighbour table.
var ErrNothing = errors.New("nothing was received from this device")

// Write writes what was received from a device as a new case folder, which must not
// be there yet. What names a person, a household, a network or this one device is
// replaced by something of the same length; private addresses stay. What Read
// gives back says the same of the product: Write compares, and fails rather than
// leave a recording that says something else or still names somebody.
func Write(dir string, d device.Device, opt Options) error {
	parts := collect(d)
	if len(parts.ssdp)+len(parts.mdns)+len(parts.http)+len(parts.udp) == 0 {
		return fmt.Errorf("write case %s: %w", dir, ErrNothing)
	}
	s := newScrubber(d, opt.Keep)
	parts.scrub(s) // once to learn what stands where,
	out := parts.scrub(s)
	truth := Truth{
		Gateway: d.Gateway, Recorded: opt.Recorded, Scrubbed: scrubbed, Fidelity: "edited", Edited: "scrubbed when it was recorded",
		Notes: "A recording of a device met on a home network. What it is was not looked up: fill in vendor, model, hw_rev, firmware and kind by hand.",
	}
	if len(d.Addrs) > 0 {
		truth.Address = s.fakeAddr(d.Addrs[0]).String()
	}
	if bare := bareMAC(d.MAC); bare != "" && s.macs[bare] > 0 {
		mac := []byte(d.MAC)
		overlay(mac, s.fakeMAC(bare))
		truth.MAC = string(mac)
	}
	err := cmp.Or(s.compare(parts, out), out.names(s))
	if err == nil {
		err = out.save(dir, truth)
	}
	if err != nil {
		return fmt.Errorf("write case %s: %w", dir, err)
	}
	return nil
}

// parts are the bytes of a folder.
type parts struct {
	ssdp, mdns, http [][]byte
	udp              map[uint16][][]byte
}

// collect returns the packets and exchanges of a device, each once.
func collect(d device.Device) parts {
	p := parts{udp: map[uint16][][]byte{}}
	add := func(list, raw [][]byte, most int) [][]byte {
		for _, b := range raw {
			had := slices.ContainsFunc(list, func(have []byte) bool { return bytes.Equal(have, b) })
			if !had && len(b) > 0 && len(list) < most {
				list = append(list, b)
			}
		}
		return list
	}
	for _, o := range d.Observations {
		switch {
		case o.Source == device.SourceSSDP:
			p.ssdp = add(p.ssdp, o.Raw, maxPackets)
		case o.Source == device.SourceMDNS:
			p.mdns = add(p.mdns, o.Raw, maxPackets)
		case isExchange(o):
			p.http = add(p.http, o.Raw, maxHTTP)
		case announce.Port(o.Source) != 0:
			port := announce.Port(o.Source)
			p.udp[port] = add(p.udp[port], o.Raw, maxPackets)
		}
	}
	return p
}

// isExchange reports whether an observation was read over HTTP.
func isExchange(o device.Observation) bool {
	if len(o.Raw) != 1 {
		return false
	}
	_, err := announce.ParseExchange(o.Raw[0])
	return err == nil
}

func (p parts) scrub(s *scrubber) parts {
	out := parts{udp: map[uint16][][]byte{}}
	for _, b := range p.ssdp {
		b = bytes.TrimRight(bytes.Clone(announce.LineFeeds(b)), "\r\n")
		s.page(b, len(b))
		end := "\n"
		if bytes.Contains(b, []byte("\r\n")) || !bytes.Contains(b, []byte("\n")) {
			end = "\r\n"
		}
		out.ssdp = append(out.ssdp, append(b, end+end...))
	}
	for _, b := range p.mdns {
		b = bytes.Clone(b)
		s.dns(b)
		out.mdns = append(out.mdns, b)
	}
	for _, b := range p.http {
		out.http = append(out.http, s.exchange(b))
	}
	for _, port := range slices.Sorted(maps.Keys(p.udp)) { // in one order, so that numbers are given out alike
		for _, b := range p.udp[port] {
			b = bytes.Clone(b)
			s.udp(port, b)
			out.udp[port] = append(out.udp[port], b)
		}
	}
	return out
}

// compare reads both and returns an error when a field that says what the product
// is differs.
func (s *scrubber) compare(before, after parts) error {
	was, is := before.products(s), after.products(s)
	for name, v := range was {
		if is[name] != v {
			return fmt.Errorf("scrubbing would change %s from %q to %q", name, v, is[name])
		}
	}
	return nil
}

func (p parts) observations() []device.Observation {
	c := Case{SSDP: p.ssdp, MDNS: p.mdns, UDP: p.udp}
	for _, b := range p.http {
		if x, err := announce.ParseExchange(b); err == nil {
			c.HTTP = append(c.HTTP, x)
		}
	}
	c.observe() // the only error is of an address, and there is none
	return c.Observations
}

// products returns the fields that say what the product is, by number of
// observation, source and name, without MACs.
func (p parts) products(s *scrubber) map[string]string {
	out := map[string]string{}
	for i, o := range p.observations() {
		for name, v := range o.Fields {
			id := fmt.Sprintf("%d %s.%s", i, o.Source, name)
			if classify(o.Source, name) == aProduct {
				out[id] = macPattern.ReplaceAllString(strings.Join(s.productParts(name, v), " "), "")
			} else if name == "modelDescription" {
				out[id] = strings.Join(versions(v), " ")
			}
		}
	}
	return out
}

// names returns an error when a field that people name things in still has a word
// that s should have replaced.
func (p parts) names(s *scrubber) error {
	for _, o := range p.observations() {
		for name, v := range o.Fields {
			if classify(o.Source, name) != aName {
				continue
			}
			for _, w := range letters(v) {
				if s.words[w] > 0 && !s.isMasked(v) {
					return fmt.Errorf("a word of %s.%s could not be replaced", o.Source, name)
				}
			}
		}
	}
	return nil
}

// save writes the folder under another name first, so that it is whole or not there.
func (p parts) save(dir string, truth Truth) (err error) {
	if _, err := os.Lstat(dir); err == nil {
		return errors.New("is there already")
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(filepath.Dir(dir), ".case-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.RemoveAll(tmp)
		}
	}()
	files := map[string][]byte{}
	if len(p.ssdp) > 0 {
		files["ssdp.txt"] = bytes.Join(p.ssdp, nil)
	}
	if len(p.mdns) > 0 {
		files["mdns.hex"] = hexFile(p.mdns)
	}
	for i, b := range p.http {
		files[filepath.Join("http", fmt.Sprintf("%03d.txt", i+1))] = b
	}
	for port, list := range p.udp {
		files[filepath.Join("udp", strconv.Itoa(int(port))+".hex")] = hexFile(list)
	}
	text, err := json.MarshalIndent(truth, "", " ")
	if err != nil {
		return err
	}
	files["truth.json"] = append(text, '\n')
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(tmp, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(path, files[name], 0o600); err != nil {
			return err
		}
	}
	return os.Rename(tmp, dir)
}

// hexFile returns packets as hexadecimal, one a line.
func hexFile(packets [][]byte) []byte {
	var out []byte
	for _, p := range packets {
		out = append(append(out, hex.EncodeToString(p)...), '\n')
	}
	return out
}
