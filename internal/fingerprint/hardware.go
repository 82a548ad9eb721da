package fingerprint

import (
	"slices"
	"strconv"
	"strings"

	"houdbaar/internal/device"
)

// The hints that a hardware address gives. It never names a vendor, let alone a
// model: the maker of a network part is often not the maker of the device.
//
// device.HintKeptApart is the one that matters for a verdict, and this is the rule: a
// device that says nothing at all, is not the way out, and whose hardware address is
// either made up on the spot, as phones and laptops do and routers and cameras hardly
// ever, or of a maker that sells homes computers, telephones or games but (since
// 2010) no router, camera or network drive, is listed apart as "other device": nobody
// judges it. Thirty telephones are not thirty riddles. It never becomes green, and
// never red. Every other silent device stays "cannot tell".
const (
	hintMaker  = "mac_vendor" // who made the network part
	hintRandom = "random_mac" // the address is made up
)

// hardware returns the hints of d's hardware address.
func (s *Set) hardware(d device.Device) []device.Hint {
	if d.MAC == "" {
		return nil
	}
	maker, silent := "", !d.Gateway
	for _, o := range d.Observations {
		switch {
		case o.Source == device.SourceNeighbour && o.MAC == d.MAC && maker == "":
			maker = o.Get("vendor")
		case o.Source != device.SourceNeighbour:
			silent = false
		}
	}
	var hints []device.Hint
	random := madeUp(d.MAC)
	switch { // a made-up address has no maker
	case random:
		hints = append(hints, device.Hint{Code: hintRandom})
	case maker != "":
		hints = append(hints, device.Hint{Code: hintMaker, Value: maker})
	}
	if silent && (random || s.sellsNone(maker)) {
		hints = append(hints, device.Hint{Code: device.HintKeptApart})
	}
	return hints
}

// madeUp reports whether a hardware address is locally administered: the second
// lowest bit of its first byte is set (IEEE 802, clause 8.4).
func madeUp(mac string) bool {
	first, _, _ := strings.Cut(mac, ":")
	n, err := strconv.ParseUint(first, 16, 8)
	return err == nil && n&2 != 0
}

// sellsNone reports whether a maker is one of those that make nothing we judge.
func (s *Set) sellsNone(maker string) bool {
	maker = strings.ToLower(maker)
	return slices.ContainsFunc(s.personal, func(p string) bool { return strings.HasPrefix(maker, p) })
}
