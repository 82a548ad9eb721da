package casefile

import (
	"maps"
	"net/netip"
	"slices"
	"strings"

	"houdbaar/internal/device"
)

// A scrubber replaces what names a person, a household, a network or one single
// device, by something of the same length and make-up. The same thing becomes the
// same replacement throughout a folder. Replacements are counted, not hashed, so
// that nothing can be worked back; a vendor's MAC prefix stays.
//
// What a device says of its product is kept: models, versions, vendors, and the
// words of products within names. Private addresses are kept as well: they are the
// same in most homes.
type scrubber struct {
	keep   map[string]bool // words that belong to products, lower case
	masked []string        // values that say what the product is: nothing but MACs and UUIDs changes in them
	said   []string        // what the caller knows the product is called
	macs   numbers[string] // 12 lower-case hex digits
	ids    numbers[string] // serial numbers, network names and the like
	words  numbers[string] // words of names, lower case
	uuids  numbers[string] // lower case
	addrs  numbers[netip.Addr]
	tails  map[string]string // last 4 or 6 hex digits of a MAC, as names end in → replacement
}

// numbers counts different things from one, in the order in which they are met.
type numbers[T comparable] map[T]int

// of is the number of a thing, which gets one if it has none.
func (n numbers[T]) of(x T) int {
	if n[x] == 0 {
		n[x] = len(n) + 1
	}
	return n[x]
}

// newScrubber learns from the fields of a device's observations what to replace
// and what to keep. Keep are words that belong to products.
func newScrubber(d device.Device, keep []string) *scrubber {
	s := &scrubber{
		keep: map[string]bool{}, macs: numbers[string]{}, ids: numbers[string]{}, words: numbers[string]{},
		uuids: numbers[string]{}, addrs: numbers[netip.Addr]{}, tails: map[string]string{},
	}
	for _, w := range letters(productWords + strings.Join(keep, " ")) {
		s.keep[w] = true
	}
	s.said = keep
	var private []secret
	s.learnMAC(d.MAC)
	for _, o := range d.Observations {
		s.learnMAC(o.MAC)
		for _, name := range slices.Sorted(maps.Keys(o.Fields)) {
			private = append(private, s.learnField(o.Source, name, strings.TrimSpace(o.Fields[name]))...)
			if called, _, ok := strings.Cut(o.Fields[name], avmServer); ok && strings.HasPrefix(name, "server") {
				private = append(private, secret{aName, called})
			}
		}
	}
	for _, f := range private { // after all products are known
		switch f.about {
		case aSerial:
			s.learnID(f.value, 5)
		case aSecret:
			if isID(f.value) && strings.ContainsAny(f.value, "0123456789") {
				s.learnID(f.value, 5)
			}
		case aOwner:
			s.learnID(f.value, 5)
			s.learnName(f.value)
		case aNetwork:
			s.learnNetwork(f.value)
		case aName:
			s.learnName(f.value)
		}
	}
	return s
}

// A secret is something private that a field holds.
type secret struct {
	about about
	value string
}

// learnField learns what of a field is of the product, and the MACs in it, and returns
// what is private.
func (s *scrubber) learnField(source, name, value string) []secret {
	if name == "modelDescription" {
		s.masked = append(s.masked, versions(value)...)
	}
	switch about := classify(source, name); about {
	case aProduct:
		for _, part := range s.productParts(name, value) {
			if len(part) >= 3 {
				s.masked = append(s.masked, part)
			}
			for _, w := range letters(part) {
				s.keep[w] = true
			}
		}
	case aMAC:
		s.learnMAC(value)
	case aSerial, aNetwork, aName, aOwner, aSecret:
		private := []secret{{about, value}}
		if isCertificate(source, name) { // makers put serial numbers into what it is called
			for _, part := range strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(" .,#=/_", r) }) {
				if strings.ContainsAny(part, "0123456789") {
					private = append(private, secret{aSerial, part})
				}
			}
		}
		return private
	case aAddress:
		if streetPattern.MatchString(value) {
			return []secret{{aName, value}}
		}
	case aUDN:
		if serial := serialInUDN(value); serial != "" {
			return []secret{{aSerial, serial}}
		}
	}
	return nil
}

// serialInUDN returns the end of a UDN that is no UUID, which is mostly a serial number or
// a MAC; "" for a UUID.
func serialInUDN(udn string) string {
	id, _, _ := strings.Cut(udn, "::")
	if len(id) > 5 && strings.EqualFold(id[:5], "uuid:") {
		id = id[5:]
	}
	last := id[strings.LastIndexByte(id, '-')+1:]
	if uuidPattern.MatchString(id) || len(last) < 6 || !strings.ContainsAny(last, "0123456789") {
		return ""
	}
	return last
}

// text replaces in place, in a text without a format of its own.
func (s *scrubber) text(b []byte) { s.replace(b, make([]bool, len(b))) }

// document replaces in place, in a message or document. Name words are left alone
// where the format's own words stand: in tags, in keys of JSON, and in the names of
// header lines, which end at head.
func (s *scrubber) document(b []byte, head int) {
	format := make([]bool, len(b))
	markFormat(b, format)
	markHeader(b[:head], format)
	s.replace(b, format)
}

// replace does the work of text and document; format marks where name words stay.
func (s *scrubber) replace(b []byte, format []bool) {
	masked := s.mask(b)
	s.findHex(b, masked)
	for _, m := range uuidPattern.FindAllIndex(b, -1) {
		s.uuid(b[m[0]:m[1]])
	}
	s.replaceMACs(b, masked)
	s.replaceIDs(b, masked)
	for _, m := range mailPattern.FindAllIndex(b, -1) {
		if free(masked, m[0], m[1]) {
			shape(b[m[0]:m[1]], 0, 'x')
		}
	}
	for _, m := range quadPattern.FindAllIndex(b, -1) {
		if alone(b, m[0], m[1]) && !moreNumbers.Match(b[m[1]:]) && (m[0] == 0 || b[m[0]-1] != '.') {
			s.quad(b, m[0], m[1], free(masked, m[0], m[1]))
		}
	}
	for _, m := range v6Pattern.FindAllIndex(b, -1) {
		s.v6(b[m[0]:m[1]])
	}
	for i := range format {
		format[i] = format[i] || masked[i]
	}
	s.nameWords(b, format)
	for _, m := range b64Pattern.FindAllIndex(b, -1) {
		if free(masked, m[0], m[1]) {
			s.base64(b[m[0]:m[1]])
		}
	}
}

// free reports whether nothing from here to there is masked.
func free(masked []bool, from, to int) bool { return !slices.Contains(masked[from:to], true) }

// replaceMACs replaces those in a notation of their own, and then those learned where
// they stand as bare digits.
func (s *scrubber) replaceMACs(b []byte, masked []bool) {
	s.replaceLooseMACs(b)
	for _, m := range macPattern.FindAllIndex(b, -1) {
		if m[0] > 0 && (isHexByte(b[m[0]-1]) || b[m[0]-1] == ':') || m[1] < len(b) && (isHexByte(b[m[1]]) || b[m[1]] == ':') {
			continue
		}
		text := string(b[m[0]:m[1]])
		if strings.Contains(text, ".") && !free(masked, m[0], m[1]) {
			continue
		}
		bare := bareMAC(text)
		s.learnMAC(bare)
		if s.macs[bare] > 0 {
			overlay(b[m[0]:m[1]], s.fakeMAC(bare))
		}
	}
	lower := lowerASCII(b) // as it was, so that a replacement is not replaced again
	for _, bare := range slices.Sorted(maps.Keys(s.macs)) {
		for _, i := range indexAll(lower, []byte(bare)) {
			overlay(b[i:i+12], s.fakeMAC(bare))
		}
	}
}

// replaceLooseMACs replaces those that are written in blanks or without zeros in front.
func (s *scrubber) replaceLooseMACs(b []byte) {
	for _, m := range looseMAC.FindAllIndex(b, -1) {
		text, ahead := b[m[0]:m[1]], b[max(0, m[0]-40):m[0]]
		bare := paddedMAC(string(text))
		if bare == "" || macPattern.Match(text) || hexAhead.Match(ahead) || hexAfter.Match(b[m[1]:]) {
			continue
		}
		if s.macs[bare] > 0 || macAhead.Match(ahead) {
			s.learnMAC(bare)
			overlayMAC(text, s.fakeMAC(bare))
		}
	}
}

// replaceIDs replaces serial numbers, network names and the like.
func (s *scrubber) replaceIDs(b []byte, masked []bool) {
	for _, id := range byLength(s.ids) {
		for _, i := range indexAll(b, []byte(id)) {
			if free(masked, i, i+len(id)) && alone(b, i, i+len(id)) {
				shape(b[i:i+len(id)], s.ids[id], 'a')
			}
		}
	}
}
