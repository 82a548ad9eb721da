package fingerprint

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"houdbaar/internal/device"
)

// tokenFields are the fields that firmware writes and that may name a model in a text.
var tokenFields = map[string][]string{
	device.SourceSSDP:  {"server"},
	device.SourceHTTP:  {"realm", "title", "server"},
	device.SourceMDNS:  {"txt.md", "txt.model", "txt.am", "instance"},
	device.SourceWSD:   {"scopes"},
	device.SourceUPnP:  {"modelName", "modelNumber"}, // of a description without a maker
	device.SourceONVIF: {"Model"},                    // of a camera without a maker
}

// judgedType are the types of devices that routers and cameras are; a television's number
// may look like theirs.
var judgedType = regexp.MustCompile(`:device:(?:InternetGateway|WFADevice|WLANAccessPoint|Basic|\w*Camera)`)

// joinedTo is what a hyphen joins to a model that a token ends before; it is of the same kind.
const joinedTo = `(?:-(?:[A-Z]*\d[A-Za-z0-9]*|[A-Z]{1,4}\b))*`

var joined = regexp.MustCompile("^" + joinedTo)

// longer returns what stands joined to a model in a text: a "SC-3243-IWPS" is no SC-3243.
func longer(text, model string) string {
	_, rest, ok := strings.Cut(text, model)
	if !ok || model == "" {
		return ""
	}
	return joined.FindString(rest)
}

// addressEnd is the end of a hardware address behind a model, which makes an instance's
// name the only one.
var addressEnd = regexp.MustCompile(`[-_ ](?:[0-9A-F]{4}|[0-9A-F]{6}|[0-9A-F]{12}|[0-9a-f]{4}|[0-9a-f]{6}|[0-9a-f]{12})$`)

// variantEnd is the end of a model that looks like an address's: "VMG8825-B50B".
var variantEnd = regexp.MustCompile(`-[A-F]\d0[A-F]$`)

// withoutAddress takes the end of a hardware address off an instance's name.
func withoutAddress(name string) string {
	if variantEnd.MatchString(name) {
		return name
	}
	return addressEnd.ReplaceAllString(name, "")
}

// readTokens finds model names that are nobody else's.
func (s *Set) readTokens(o device.Observation, low *lowered) []claim {
	if o.Source == device.SourceUPnP {
		if v, _ := s.Vendor(o.Get("manufacturer")); v != "" || embeddedDevice(o) || !judgedType.MatchString(o.Get("deviceType")) {
			return nil
		}
	}
	if v, _ := s.Vendor(o.Get("Manufacturer")); o.Source == device.SourceONVIF && v != "" {
		return nil
	}
	var out []claim
	for _, field := range tokenFields[o.Source] {
		text := strings.TrimSpace(o.Get(field))
		if text == "" || s.watching.MatchString(text) || field == "instance" && (o.Get("txt.ty") != "" || peoplesName(o)) {
			continue
		}
		first, its := s.makerBeside(o, field, text)
		t, model := s.tokenIn(o, field, text, first, its, low)
		if t == nil {
			continue
		}
		st := family
		if field == "instance" || o.Source == device.SourceUPnP {
			st = generic // an instance may have been renamed, a description is for people
		}
		c := claimAt(o, field, t.name, orderToken+t.order, t.vendor, st)
		c.guessed = isShort(model) && !strings.Contains(model, "-") && first != t.vendor && o.Source != device.SourceMDNS && o.Source != device.SourceUPnP
		c.evidence.Value = text
		out = append(out, c.naming(t.vendor, model)...)
	}
	return out
}

// tokenIn returns the first token that finds a model in a field, and the model, unless another
// finds a longer one with it in it: "ZXV10 W300D" is no W300D of Tenda's. first and its are the
// maker beside the model, as makerBeside has it; nil = none.
func (s *Set) tokenIn(o device.Observation, field, text, first string, its bool, low *lowered) (*tokenRule, string) {
	var best *tokenRule
	var found string
	for i := range s.tokens {
		t := &s.tokens[i]
		if first != "" && t.vendor != first && (its || len(s.vendors[first].Families) > 0) {
			continue // "Tapo TC70" is no Technicolor, "LB-LINK BL-WR450H" no Panasonic
		}
		if !low.hasAny(field, t.need) {
			continue
		}
		model := t.modelIn(field, text)
		if model == "" || best != nil && (len(model) <= len(found) || !strings.Contains(model, found)) {
			continue
		}
		if !s.noise(model) && s.itsOwn(o, field, text, model, t.vendor) {
			best, found = t, model
		}
	}
	return best, found
}

// rival returns another model than the given one that a text names by a token, or behind
// its maker; "" if there is none. "TL-WR940N/TL-WR941ND" is TP-Link's way to write one
// build for two.
func (s *Set) rival(text, vendor, model string) string {
	text = text[:min(len(text), longText)]
	beside := strings.Replace(text, model, " ", 1)
	if !strings.ContainsFunc(beside, isDigit) {
		return ""
	}
	another := func(maker, found string) bool {
		if strings.Contains(text, found) && !strings.Contains(beside, found) {
			return false // of the same letters: "H168N V3.5" in "ZXHN H168N V3.5"
		}
		x, y := squeeze(found), squeeze(model)
		return !strings.Contains(x, y) && !strings.Contains(y, x) && !same(device.PartModel, s.inList(maker, found).model, model) &&
			!(maker == "TP-Link" && strings.Contains(text, "/"+found) && x[:len(x)/2] == y[:min(len(y), len(x)/2)]) && !s.noise(found)
	}
	low := &lowered{fields: map[string]string{"": text}}
	for i := range s.tokens {
		t := &s.tokens[i]
		for rest := text; low.hasAny("", t.need); {
			found := t.modelIn("", rest)
			if found == "" {
				break
			}
			if !isShort(found) && another(t.vendor, found) {
				return found
			}
			_, rest, _ = strings.Cut(rest, found)
		}
	}
	fields := strings.Fields(text)
	for i, word := range fields {
		if len(squeeze(word)) > 3 && !speed.MatchString(word) && s.isModel(vendor, word) && strings.ContainsFunc(word, isDigit) && another(vendor, word) {
			return word
		}
		if maker, found := s.namedFirst(strings.Join(fields[i:], " ")); s.isModel(maker, found) && another(maker, found) {
			return found
		}
	}
	return ""
}

// peoplesName reports whether a service's instance is called as its owner likes.
func peoplesName(o device.Observation) bool {
	service, _, _ := strings.Cut(o.Get("service"), ".")
	return service == "_home-assistant" || service == "_esphomelib"
}

// makerBeside returns the maker who stands in front of what a field says, and whether with a
// model: then no other maker's stands there.
func (s *Set) makerBeside(o device.Observation, field, text string) (maker string, its bool) {
	switch {
	case o.Source == device.SourceHTTP:
	case field == "instance":
		text = strings.ReplaceAll(text, "_", " ")
	case o.Source == device.SourceWSD: // the maker's own word in a reply of few words
		text = strings.ReplaceAll(o.Get("scope.name"), "_", " ")
	default:
		return "", false
	}
	maker, model := s.namedFirst(text)
	return maker, model != "" || o.Source == device.SourceWSD
}

// itsOwn reports whether a text with a token's model in it speaks of the device itself.
func (s *Set) itsOwn(o device.Observation, field, text, model, vendor string) bool {
	switch {
	case isShort(model) && !s.shortIn(o, field, model, vendor):
		return false
	case strings.HasPrefix(o.Get("service"), "_hap.") && s.readAs(vendor, model).kind == device.Printer:
		return false // no printer is a thing of HomeKit's: Moen's shower is a "TS3304" like Canon's
	case field == "title":
		return s.speaksFor(text, model, vendor)
	case field == "instance":
		return s.speaksFor(text, model, vendor) && !s.renamed(text, model)
	}
	return true
}

// isShort reports whether a model's name has so few letters and digits that it may be part
// of anything: "E1500" is a router, and in "Solar inverter E1500" it is not.
func isShort(model string) bool { return len(squeeze(model)) <= 5 }

// shortIn reports whether a short name in a field is that maker's model all the same: a
// page or a service calls itself just so, or the maker stands in the record too, or
// firmware wrote nothing else there and it is nothing that is judged.
func (s *Set) shortIn(o device.Observation, field, model, vendor string) bool {
	switch {
	case field == "title" || field == "instance" && ownNameServices.MatchString(o.Get("service")):
		return s.alone(o.Get(field), model, vendor)
	case o.Source != device.SourceMDNS:
		return true
	case field != "instance" && o.Get(field) == model && s.readAs(vendor, model).kind.Class() == device.ClassOther:
		return true // a soundbar's word; a UPS's "E1500" is no router
	}
	return slices.ContainsFunc([]string{"instance", "txt.vendor", "txt.manufacturer", "txt.brand", "txt.mf"}, func(field string) bool {
		v, _ := s.namedFirst(o.Get(field))
		return v == vendor
	})
}

// renamed reports whether words stand behind the model in an instance's name that
// are a person's: "DIR-615 statistics" is no router. Numbers are a serial number or
// the end of a hardware address.
func (s *Set) renamed(instance, model string) bool {
	_, after, _ := strings.Cut(instance, model)
	return slices.ContainsFunc(words(after), func(w string) bool {
		return !s.plain[w] && s.aliases[w] == "" && !strings.ContainsFunc(w, isDigit) && !hexWord.MatchString(w)
	})
}

var hexWord = regexp.MustCompile(`^[0-9a-f]+$`)

// alone reports whether a text says nothing but a model, its maker and what sort of
// thing it is.
func (s *Set) alone(text, model, vendor string) bool {
	before, after, _ := strings.Cut(text, model)
	its := func(w string) bool {
		return s.aliases[w] == vendor || w == strings.ToLower(vendor) || slices.Contains(words(vendor), w)
	}
	return !slices.ContainsFunc(words(before+" "+after), func(w string) bool {
		return !s.plain[w] && !its(w) && strings.ContainsFunc(w, isLetter) && !speed.MatchString(w)
	})
}

// speaksFor reports whether a title with a model in it is that device's own. Before the
// model stand a maker and words that say what sort of thing it is; "Grafana - DIR-860L"
// and "Clients: DIR-860L" are pages of something else. Things that are never judged may
// be introduced in other words.
func (s *Set) speaksFor(title, model, vendor string) bool {
	before, after, _ := strings.Cut(title, model)
	if s.gossip.MatchString(before+" "+after) || s.watching.MatchString(title) || listed.MatchString(after) {
		return false
	}
	if s.readAs(vendor, model).kind.Class() == device.ClassOther {
		return true
	}
	named := func(name string) bool { return s.aliases[name] != "" || s.provider[name] }
	return !slices.ContainsFunc(s.withoutNames(words(before), named), func(w string) bool {
		return !s.plain[w] && strings.ContainsFunc(w, isLetter) && !speed.MatchString(w)
	})
}

// withoutNames returns words without the names in them.
func (s *Set) withoutNames(w []string, name func(string) bool) []string {
	var out []string
	for len(w) > 0 {
		n := min(s.longest, len(w))
		for n > 0 && !name(strings.Join(w[:n], " ")) {
			n--
		}
		if n == 0 {
			out, n = append(out, w[0]), 1
		}
		w = w[n:]
	}
	return out
}

// listed is what joins one model to the next in a list.
var listed = regexp.MustCompile(`^\s*(?:,|;|&|\+ |\band\b)\s*(?:[\w-]+ ){0,2}[A-Z]{1,5}-?\d`)

// modelIn returns the model that the token finds in a field: all of what is joined to it,
// but for the end of a hardware address in an instance's name. "" = none.
func (t *tokenRule) modelIn(field, text string) string {
	model := t.find(text)
	if field != "instance" {
		return beforeVersion(text, model+longer(text, model))
	}
	if bare := withoutAddress(model); t.find(bare) == bare {
		return bare
	}
	return model
}

// beforeVersion cuts off a model what is the beginning of a version in the text: "SPA942-6.1.5".
func beforeVersion(text, model string) string {
	_, rest, _ := strings.Cut(text, model)
	if versionGoesOn.MatchString(rest) {
		return versionStart.ReplaceAllString(model, "")
	}
	return model
}

// versionStart is the first number of a version at a model's end, versionGoesOn what follows it
// in the text; joinedVersion is a whole one at the end of a word.
var (
	versionStart  = regexp.MustCompile(`[-/_]\d{1,3}$`)
	versionGoesOn = regexp.MustCompile(`^\.\d`)
	joinedVersion = regexp.MustCompile(`[-/_]\d{1,3}(?:\.\d+){1,4}(?:\(\w+\))?$`)
)

// find returns the model that the token finds in a text, "" if none.
func (t *tokenRule) find(text string) string {
	m := t.re.FindStringSubmatchIndex(text)
	if m == nil {
		return ""
	}
	i := max(t.re.SubexpIndex("model"), 0)
	if m[2*i] < 0 || prefixed.MatchString(text[:m[0]]) {
		return "" // "CG-WGR1200" is no WGR1200
	}
	model, rest := text[m[2*i]:m[2*i+1]], text[m[2*i+1]:]
	if cutsWord(model, rest) || isDigit(rune(model[len(model)-1])) && addressGoesOn.MatchString(rest) {
		return "" // "wac1234" is no WAC123, "FRITZ!Box 192.168.178.1" no FRITZ!Box 192
	}
	return strings.TrimSpace(model + further(rest))
}

// addressGoesOn is what follows the first number of an address.
var addressGoesOn = regexp.MustCompile(`^(?:\.\d{1,3}){3}\b`)

// cutsWord reports whether rest goes on in the middle of the word that model ends with.
func cutsWord(model, rest string) bool {
	last, _ := utf8.DecodeLastRuneInString(model)
	next, _ := utf8.DecodeRuneInString(rest)
	return (isLetter(last) || isDigit(last)) && next != utf8.RuneError && inWord(rest)
}

// prefixed is a text that ends in the first letters of a longer model, or in its letters and
// number: a "LCS-883-DSL-4F" is no DSL-4F.
var prefixed = regexp.MustCompile(`(?:^|[^A-Za-z0-9-])(?:[A-Za-z]{1,4}-\d{2,4}|[A-Za-z0-9]{1,4})-$`)

// suffix is what follows a model's number and makes it another model.
var suffix = regexp.MustCompile(`^(?:\+|[-_](?:5G|4G|LTE|Outdoor|Wall|PoE|Pro|Plus|Lite|Mini|[Vv]\d|[A-Z]{1,3}\d?)\b|/[A-Z]{1,3}\b)*(?:[ _](?:Pro|PRO|Plus|Max|Mini|Lite|Ultra|Go|II|III|M[Kk][ _]?(?:II|III|2|3)|LTE|4G|5G|XGS|VDSL|Fiber|Outdoor|Zoom|PoE|Dual|HD|[234]K|\d{1,2}MP|1080p|a[cx]\d?|Deluxe|LR|Long-Range|Enterprise|In-Wall|XT\d+)\b)*\+?(?: [vV]\d{1,2}(?:\.\d+)?\b)?`)

// further returns the part of rest that still belongs to the model before it: a
// "Deco XE70 Pro" that is read as a Deco XE70 gets the other one's verdict.
// A version of three numbers is no label's, but the firmware's.
func further(rest string) string {
	more := suffix.FindString(rest)
	if at := labelVersion.FindStringIndex(more); at != nil && goesOn.MatchString(rest[len(more):]) {
		return more[:at[0]]
	}
	if at := slashed.FindStringIndex(more); at != nil && (strings.HasPrefix(rest[len(more):], "-") || ofSeveral.MatchString(more)) {
		return more[:at[0]] // "Archer AX55/TL-WR841N", "TL-WR841N/EU", "TL-WR841N/ND"
	}
	return more
}

var (
	labelVersion = regexp.MustCompile(` [vV][\d.]+$`)
	slashed      = regexp.MustCompile(`/[A-Z]{1,3}$`)
	ofSeveral    = regexp.MustCompile(`/(?:EU|US|UK|DE|UN|WW|INT|ND)$`) // where it is sold; a "TL-WR841N/ND" is one or the other
	goesOn       = regexp.MustCompile(`^\.\d|^\([A-Z]{3,4}\.\d`)        // "V15.03.05", Zyxel's "V1.00(AAJZ.14)"
)
