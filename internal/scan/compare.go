package scan

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
)

// A Presence says whether a device is in both of two scans.
type Presence string

// The presences, as they are printed and as the keys of their words end.
const (
	Appeared     Presence = "new"          // only in the later scan
	Stayed       Presence = "stayed"       // in both
	NotSeen      Presence = "not_seen"     // only in the earlier scan; it may be switched off
	Gone         Presence = "gone"         // only in the earlier scan, and something says that it was taken away
	Unrecognised Presence = "unrecognised" // it says nothing by which it could be known again
)

// A Difference is one device in two scans. Before or After is nil where it was not
// seen; both are nil never.
type Difference struct {
	Presence Presence
	Before   *Finding
	After    *Finding
	Firmware bool   // both scans read its firmware, and it is another
	Verdict  bool   // the verdict is another
	Because  string // why the verdict changed: "device" (what it is or runs), "knowledge" (the list or the day); "" = it did not
	Gone     string // why it is taken for gone: "said", "replaced", "missed"; "" = it is not
}

// Changed tells whether there is anything to say about the device.
func (d Difference) Changed() bool { return d.Presence != Stayed || d.Firmware || d.Verdict }

// A Comparison is what changed between two scans, and what weakens it.
type Comparison struct {
	Devices []Difference // changes first, in the order of what needs action
	Doubts  []string     // codes: "stopped", "only" (one address was looked at), "hampered", "other_network", "other_visit"
}

// Count returns how many devices have the presence.
func (c Comparison) Count(p Presence) int {
	n := 0
	for _, d := range c.Devices {
		if d.Presence == p {
			n++
		}
	}
	return n
}

// GoneAfter is how many whole scans in a row must miss a device before it is taken
// for gone without anybody saying so: one is a device that is switched off, two a
// weekend away.
const GoneAfter = 3

// A Compared holds what Compare may use beside the two scans. The zero value is fine.
type Compared struct {
	Between []Scan             // scans of the same home between the two
	Removed func(Finding) bool // a person said that the device was taken away; nil = nobody
	Apart   bool               // the scans are of two visits, and may be of two homes
}

// Compare says what changed from one scan to a later one. Devices are known again by
// what Keys returns, never by their address. One that is missing is "not seen" (it
// may be switched off) unless a person said it was taken away, another router stands
// in its place, or GoneAfter whole scans of this home in a row have missed it. Of two
// visits only what is there is said: a visitor's own telephone is in every home.
func Compare(before, after Scan, with Compared) Comparison {
	c := Comparison{Doubts: doubts(after)}
	pairs := recognise(before.Findings, after.Findings)
	found := map[int]bool{}
	for i := range before.Findings {
		b := &before.Findings[i]
		if j, ok := pairs[i]; ok {
			found[j] = true
			c.Devices = append(c.Devices, stayed(b, &after.Findings[j]))
			continue
		}
		d := Difference{Presence: NotSeen, Before: b}
		if len(Keys(b.Device)) == 0 {
			d.Presence = Unrecognised
		} else if d.Gone = gone(*b, before, after, with); d.Gone != "" {
			d.Presence = Gone
		}
		c.Devices = append(c.Devices, d)
	}
	for j := range after.Findings {
		if found[j] {
			continue
		}
		a := &after.Findings[j]
		d := Difference{Presence: Appeared, After: a}
		if len(Keys(a.Device)) == 0 {
			d.Presence = Unrecognised
		}
		c.Devices = append(c.Devices, d)
	}
	if len(pairs) == 0 && c.Count(NotSeen)+c.Count(Gone) > 0 && c.Count(Appeared) > 0 {
		c.Doubts = append(c.Doubts, "other_network")
		for i, d := range c.Devices {
			if d.Presence == Gone && d.Gone != "said" {
				c.Devices[i].Presence, c.Devices[i].Gone = NotSeen, ""
			}
		}
	} else if with.Apart {
		c.Doubts = append(c.Doubts, "other_visit")
	}
	slices.SortStableFunc(c.Devices, func(a, b Difference) int {
		return cmp.Or(cmp.Compare(importance(a), importance(b)), lifecycle.ByUrgency(cmp.Or(a.After, a.Before).Verdict.Kind, cmp.Or(b.After, b.Before).Verdict.Kind))
	})
	return c
}

// doubts says what of a scan itself weakens a comparison with it.
func doubts(s Scan) []string {
	var out []string
	if s.Stopped {
		out = append(out, "stopped")
	}
	if s.Only != "" {
		out = append(out, "only")
	}
	if len(s.Problems) > 0 {
		out = append(out, "hampered")
	}
	return out
}

// importance orders differences: what changed first, what only stayed last.
func importance(d Difference) int {
	switch {
	case d.Presence == Appeared:
		return 0
	case d.Verdict:
		return 1
	case d.Firmware:
		return 2
	case d.Presence == Gone:
		return 3
	case d.Presence == NotSeen:
		return 4
	case d.Presence == Unrecognised:
		return 5
	}
	return 6
}

// stayed compares a device with itself. Firmware that one of the scans could not read
// did not change.
func stayed(b, a *Finding) Difference {
	d := Difference{Presence: Stayed, Before: b, After: a}
	x, y := b.Identity, a.Identity
	d.Firmware = x.Firmware != "" && y.Firmware != "" && x.Firmware != y.Firmware
	if d.Verdict = b.Verdict.Kind != a.Verdict.Kind; d.Verdict {
		d.Because = "knowledge"
		if x.Vendor != y.Vendor || x.Model != y.Model || x.Revision != y.Revision || x.Firmware != y.Firmware || x.Kind != y.Kind ||
			x.Provider != y.Provider || x.Software != y.Software {
			d.Because = "device"
		}
	}
	return d
}

// gone says why a missing device is taken for gone, "" where it may be switched off.
func gone(f Finding, before, after Scan, with Compared) string {
	if with.Removed != nil && with.Removed(f) {
		return "said"
	}
	if !whole(after) || with.Apart {
		return ""
	}
	if f.Device.Gateway && gateway(before.Findings) != nil {
		// The one router of this computer is another box now.
		if g := gateway(after.Findings); g != nil && len(Keys(g.Device)) > 0 {
			return "replaced"
		}
	}
	missed := 1
	for _, s := range slices.Backward(with.Between) {
		if !Witness(s, before, after) {
			continue
		}
		if _, there := recognise([]Finding{f}, s.Findings)[0]; there {
			break
		}
		missed++
	}
	if missed >= GoneAfter {
		return "missed"
	}
	return ""
}

// whole tells whether a scan looked everywhere: it was not stopped, not of one address
// only, and not without any network.
func whole(s Scan) bool { return !s.Stopped && s.Only == "" && len(s.Findings) > 0 }

// Witness reports whether a scan between two others can tell that a device is not in their
// home: it looked everywhere, and met something of that home.
func Witness(s, before, after Scan) bool {
	meet := func(other Scan) bool { return len(recognise(other.Findings, s.Findings)) > 0 }
	return whole(s) && (meet(before) || meet(after))
}

// gateway returns the one default gateway among findings, nil where there is none or more
// than one.
func gateway(fs []Finding) *Finding {
	var out *Finding
	for i := range fs {
		if !fs[i].Device.Gateway {
			continue
		}
		if out != nil {
			return nil
		}
		out = &fs[i]
	}
	return out
}

// recognise pairs findings of two scans: before's index to after's. The strongest key
// goes first; a key that two devices of one scan bear is nobody's.
func recognise(before, after []Finding) map[int]int {
	pairs, taken := map[int]int{}, map[int]bool{}
	for _, kind := range keyKinds {
		mine, theirs := owners(before, kind), owners(after, kind)
		for i, f := range before {
			for _, key := range Keys(f.Device) {
				j, ok := theirs[key]
				if _, done := pairs[i]; !ok || done || j < 0 || taken[j] || mine[key] != i || !strings.HasPrefix(key, kind) {
					continue
				}
				pairs[i], taken[j] = j, true
			}
		}
	}
	return pairs
}

// owners maps each key of a kind to its one device, -1 where there are several.
func owners(fs []Finding, kind string) map[string]int {
	out := map[string]int{}
	for i, f := range fs {
		for _, key := range Keys(f.Device) {
			if !strings.HasPrefix(key, kind) {
				continue
			}
			if had, ok := out[key]; ok && had != i {
				out[key] = -1
			} else if !ok {
				out[key] = i
			}
		}
	}
	return out
}

// The kinds of keys, the strongest first.
var keyKinds = []string{maskedKey, "mac-", "udn-", "serial-", device.Typed}

// maskedKey begins the ID of a device whose own marks were masked; the rest of the ID
// is a mark made up for it.
const maskedKey = "masked-"

// maskedBare begins the ID of a masked device that had no marks of its own: it cannot
// be known again.
const maskedBare = "device-"

// Keys returns by what a device can be known again, strongest first: its hardware
// address, the UDNs it announces, its serial number (hashed). It is empty for a device
// of which only the address is known.
func Keys(d device.Device) []string {
	if strings.HasPrefix(d.ID, maskedKey) || strings.HasPrefix(d.ID, device.Typed) {
		return []string{d.ID}
	}
	var keys []string
	add := func(key string) {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	// Correlate names a device by its MAC unless that stands for several addresses.
	if strings.HasPrefix(d.ID, "mac-") && len(d.MAC) == len("00:11:22:33:44:55") {
		add("mac-" + strings.ReplaceAll(strings.ToLower(d.MAC), ":", ""))
	}
	var serials []string
	for _, o := range d.Observations {
		if udn := o.UDN(); udn != "" {
			add("udn-" + udn)
		}
		for name, value := range o.Fields {
			if serialField(name) && serial(value) {
				serials = append(serials, strings.ToUpper(strings.TrimSpace(value)))
			}
		}
	}
	slices.Sort(serials)
	for _, s := range slices.Compact(serials) {
		sum := sha256.Sum256([]byte("houdbaar serial " + s))
		add("serial-" + hex.EncodeToString(sum[:8]))
	}
	return keys
}

// serialField tells whether a field holds a serial number.
func serialField(name string) bool {
	if at := strings.LastIndexByte(name, '.'); at >= 0 {
		name = name[at+1:]
	}
	switch strings.ToLower(name) {
	case "serialnumber", "serial_number", "serialno", "serial", "sn":
		return true
	}
	return false
}

// serial tells whether a value can be one box's own: makers that leave the number out
// send a short word, one repeated sign, or counting digits.
func serial(value string) bool {
	v := strings.TrimSpace(value)
	if len(v) < 8 || strings.HasPrefix("12345678901234567890", v) || strings.HasPrefix("01234567890123456789", v) {
		return false
	}
	return strings.Trim(v, v[:1]) != "" && strings.ContainsAny(v, "0123456789")
}
