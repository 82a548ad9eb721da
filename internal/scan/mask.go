package scan

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
)

// What is private in a text, in any of the notations devices use.
var (
	macText  = regexp.MustCompile(`(?i)([0-9a-f]{2}([:-])[0-9a-f]{2}[:-][0-9a-f]{2})[:-][0-9a-f]{2}[:-][0-9a-f]{2}[:-][0-9a-f]{2}`)
	dotText  = regexp.MustCompile(`(?i)\b[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}\b`)
	uuidText = regexp.MustCompile(`(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	bareWord = regexp.MustCompile(`[0-9A-Za-z]{12,}`) // what may be a hardware address without colons, or hold one
	// serialText is a serial number behind the word for it: ".../serial/210235EXAMPLE", "S/N: 123".
	serialText = regexp.MustCompile(`(?i)((?:^|[^a-z])(?:serial(?:[ _-]?n(?:o|r|um|umber))?|serienn?ummer|s/?n)\.?["']?\s*[/:=]\s*["']?)[^\s/"'<>&;,]*[0-9][^\s/"'<>&;,]*`)
	sixText    = regexp.MustCompile(`(?i)\b[0-9a-f]{1,4}:[0-9a-f]{0,4}:[0-9a-f:]*(?:%[0-9a-z]+)?(?:/\d+)?`)
)

// hidden stands where something private was.
const hidden = "…"

// MaskMAC keeps the maker's half of a hardware address: "00:11:22:xx:xx:xx". One with dots
// has letters: three numbers of four figures are a version.
func MaskMAC(mac string) string {
	mac = macText.ReplaceAllString(mac, "${1}${2}xx${2}xx${2}xx")
	return dotText.ReplaceAllStringFunc(mac, func(s string) string {
		if strings.ContainsAny(strings.ToLower(s), "abcdef") {
			return s[:7] + "xx.xxxx"
		}
		return s
	})
}

// MaskValue hides hardware addresses, UUIDs and serial numbers in a value. own is the
// device's own hardware address, which also goes where it is written without colons.
// Twelve digits are taken for a build number, twelve letters for a word. Dahua's
// "updateSerial" is the series that an update is for: a model.
func MaskValue(field, value, own string) string {
	if serialNumber(field) {
		return hidden
	}
	value = serialText.ReplaceAllString(uuidText.ReplaceAllString(MaskMAC(value), hidden), "${1}"+hidden)
	own = strings.ToLower(strings.ReplaceAll(own, ":", ""))
	return bareWord.ReplaceAllStringFunc(value, func(s string) string {
		lower := strings.ToLower(s)
		if at := strings.Index(lower, own); at >= 0 && len(own) == 12 {
			return s[:at+6] + "xxxxxx" + s[at+12:]
		}
		hex := strings.Trim(lower, "0123456789abcdef") == ""
		if len(s) == 12 && hex && strings.ContainsAny(lower, "0123456789") && strings.ContainsAny(lower, "abcdef") {
			return s[:6] + "xxxxxx"
		}
		return s
	})
}

// serialNumber tells whether a field holds a serial number, or what may be one.
func serialNumber(field string) bool {
	lower := strings.ToLower(field)
	return strings.Contains(lower, "serial") && lower != "updateserial" || strings.HasSuffix(lower, ".sn") || lower == "sn"
}

// Masked returns a scan fit to leave the house: without serial numbers, hardware
// addresses, UUIDs, names of Wi-Fi networks, and names that people gave. What devices
// said is left out but for the values that gave the identity, and in those only the
// words of the product stay where a person may have written. Devices get made-up marks
// that begin with label.
func Masked(s Scan, label string) Scan { return NewMasker(label).Scan(s) }

// A Masker masks the scans of one visit alike, so that they can still be compared with
// each other, and with nothing else.
type Masker struct {
	label string
	marks map[string]string // key of a device → its made-up mark
	made  int
}

// NewMasker returns a masker whose marks begin with label.
func NewMasker(label string) *Masker { return &Masker{label: label, marks: map[string]string{}} }

// Scan returns a masked copy of s.
func (m *Masker) Scan(s Scan) Scan {
	out := s
	out.Only = maskText(s.Only)
	out.Interfaces = nil
	for _, i := range s.Interfaces {
		i.Addresses = slices.DeleteFunc(slices.Clone(i.Addresses), func(a string) bool { return strings.Contains(a, ":") })
		out.Interfaces = append(out.Interfaces, i)
	}
	out.Problems = nil
	for _, p := range s.Problems {
		p.Detail = maskText(p.Detail)
		args := map[string]string{}
		for name, value := range p.Args {
			args[name] = maskText(value)
		}
		p.Args = args
		out.Problems = append(out.Problems, p)
	}
	out.Findings = nil
	used := map[string]bool{}
	for _, f := range s.Findings {
		mark := m.mark(f.Device, used)
		used[mark] = true
		out.Findings = append(out.Findings, masked(f, mark))
	}
	return out
}

// mark returns the made-up mark of a device; one in used is another device's.
func (m *Masker) mark(d device.Device, used map[string]bool) string {
	keys := Keys(d)
	for _, key := range keys {
		if mark := m.marks[key]; mark != "" && !used[mark] {
			return mark
		}
	}
	m.made++
	mark := fmt.Sprintf("%s%s-%d", maskedKey, m.label, m.made)
	if len(keys) == 0 {
		mark = fmt.Sprintf("%s%d", maskedBare, m.made) // not known again, masked or not
	}
	for _, key := range keys {
		if m.marks[key] == "" {
			m.marks[key] = mark
		}
	}
	return mark
}

// Key returns the made-up mark that stands for a key in the scans masked so far, ""
// where there is none.
func (m *Masker) Key(key string) string { return m.marks[key] }

func masked(f Finding, mark string) Finding {
	c := cover{of: f.Identity, mac: f.Device.MAC, words: private(f)}
	f.Device = maskDevice(f.Device, mark)
	f.Identity = c.identity()
	f.Verdict.Reasons, f.Verdict.Campaigns = c.reasons(f.Verdict.Reasons), c.reasons(f.Verdict.Campaigns)
	return f
}

// maskDevice leaves of a device where it is and when it spoke, not what it said.
func maskDevice(d device.Device, mark string) device.Device {
	out := device.Device{ID: mark, MAC: MaskMAC(d.MAC), Gateway: d.Gateway}
	for _, a := range d.Addrs {
		if a.Unmap().Is4() {
			out.Addrs = append(out.Addrs, a)
		}
	}
	for _, o := range d.Observations {
		out.Observations = append(out.Observations, device.Observation{At: o.At, Source: o.Source, Interface: o.Interface, Addr: four(o.Addr)})
	}
	return out
}

// A cover hides what is private in what is known of one device.
type cover struct {
	of    device.Identity
	mac   string   // the device's own
	words []string // names that people gave, and serial numbers
}

// hide hides what is private in a value that a device gave for a part of its identity;
// all but the value may be "".
func (c cover) hide(part device.Part, source, field, value string) string {
	if part == device.PartName {
		return hidden
	}
	value = maskText(MaskValue(field, value, c.mac))
	if source != device.SourceLabel && personField(field) {
		return productWords(value, c.of)
	}
	for _, word := range c.words {
		value = strings.ReplaceAll(value, word, hidden)
	}
	return value
}

// identity returns the identity without names, and with what it rests on masked.
func (c cover) identity() device.Identity {
	id := c.of
	id.Name, id.CorrectedBy = "", ""
	id.Evidence, id.Doubts, id.Hints = nil, nil, nil
	for _, e := range c.of.Evidence {
		e.Value = c.hide(e.Part, e.Source, e.Field, e.Value)
		e.Addr = four(e.Addr)
		if e.Part == device.PartName {
			e.Gives = ""
		}
		id.Evidence = append(id.Evidence, e)
	}
	for _, doubt := range c.of.Doubts {
		var values []string
		for _, v := range doubt.Values {
			values = append(values, c.hide(doubt.Part, "", "", v))
		}
		id.Doubts = append(id.Doubts, device.Doubt{Part: doubt.Part, Values: values})
	}
	for _, h := range c.of.Hints {
		h.Value = c.hide("", "", "", h.Value)
		id.Hints = append(id.Hints, h)
	}
	return id
}

// reasons returns reasons with what they name masked.
func (c cover) reasons(list []lifecycle.Reason) []lifecycle.Reason {
	list = slices.Clone(list)
	for i, r := range list {
		args := map[string]string{}
		for name, value := range r.Args {
			args[name] = c.hide("", "", "", value)
		}
		list[i].Args = args
	}
	return list
}

// four keeps an IPv4 address: an IPv6 one may hold the hardware address, or say which
// household it is.
func four(a netip.Addr) netip.Addr {
	if a.Unmap().Is4() {
		return a
	}
	return netip.Addr{}
}

func maskText(text string) string {
	return sixText.ReplaceAllStringFunc(uuidText.ReplaceAllString(MaskMAC(text), hidden), func(s string) string {
		a, _, _ := strings.Cut(s, "/")
		if addr, err := netip.ParseAddr(strings.TrimRight(a, ":")); err == nil && addr.Is6() {
			return hidden
		}
		if _, err := netip.ParseAddr(a); err == nil {
			return hidden
		}
		return s
	})
}

// shortestSerial is the least that a serial number is looked for in other values, in bytes.
const shortestSerial = 6

// private are the names that people gave, and the serial numbers, as this device said them.
func private(f Finding) []string {
	var words []string
	add := func(word string, shortest int) {
		word = strings.TrimSpace(word)
		if len(word) >= shortest && productWords(word, f.Identity) != word && !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	add(f.Identity.Name, 3)
	for _, o := range f.Device.Observations {
		for field, value := range o.Fields {
			switch {
			case serialNumber(field):
				add(value, shortestSerial)
			case personField(field):
				add(value, 3)
			}
		}
	}
	// The longest first, so that no half of a name is left.
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	return words
}

// personField tells whether people write in a field: names of devices, rooms, hosts
// and Wi-Fi networks, pages and addresses of pages that have those, and certificates that
// they made.
func personField(field string) bool {
	if strings.HasPrefix(field, "certificate.") {
		return true
	}
	last := field
	if at := strings.LastIndexByte(field, '.'); at >= 0 {
		last = field[at+1:]
	}
	last, _, _ = strings.Cut(last, "#")
	switch last = fold(last); last {
	case "name", "fn", "host", "hostname", "instance", "identity", "title", "alias", "owner", "user", "key", "usn", "path", "location", "netbiosname", "body", "goes", "realm":
		return true
	case "modelname", "vendorname", "manufacturername", "productname", "chipname", "boardname":
		return false
	}
	inside := []string{"friendlyname", "ssid", "devicename", "machinename", "nickname", "roomname", "username", "displayname", "scopename"}
	return slices.ContainsFunc(inside, func(word string) bool { return strings.Contains(last, word) })
}

// productWords keeps the words of a value that are of the product.
func productWords(value string, id device.Identity) string {
	known := fold(strings.Join([]string{id.Vendor, id.Model, id.Revision, id.Firmware, id.FirmwareDisplay, id.Provider, id.Software}, "\n"))
	var out []string
	for _, word := range strings.FieldsFunc(value, func(r rune) bool { return unicode.IsSpace(r) || r == '_' || r == ',' || r == '(' || r == ')' }) {
		if f := fold(word); len(f) >= 2 && strings.Contains(known, f) {
			out = append(out, word)
		} else if len(out) == 0 || out[len(out)-1] != hidden {
			out = append(out, hidden)
		}
	}
	return strings.Join(out, " ")
}

// fold leaves letters and digits, lower case.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\n' {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
