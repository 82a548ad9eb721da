package fingerprint

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"houdbaar/internal/device"
)

// describe reads the standard fields of the root device of a UPnP description in
// their standard meaning: the manufacturer is the vendor, friendlyName the name,
// and the model stands in whichever of modelName and modelNumber looks like one.
// What a vendor does otherwise is for the vendor's rules.
func (s *Set) describe(o device.Observation) []claim {
	if o.Source != device.SourceUPnP {
		return nil
	}
	if embeddedDevice(o) {
		return s.describeInner(o)
	}
	if s.makerIsModel(o) {
		o.Fields = maps.Clone(o.Fields)
		delete(o.Fields, "manufacturer")
	}
	vendor, from, told := s.describedVendor(o)
	model, field := s.describedModel(o, vendor)
	ours := s.makesModel(vendor, model)
	if vendor == "" && o.Get("manufacturer") == "" && model != "" {
		if maker := s.onlyMaker(model); s.makesModel(maker, model) {
			vendor, from, ours = maker, field, true // a document that leaves the maker out
		}
	}
	if ours {
		told = family // maker and model name agree with each other
	}
	var out []claim
	say := func(p device.Part, value, field, rule string, st strength) {
		if value != "" {
			c := claimAt(o, field, "upnp/"+rule, orderDescribed, vendor, st)
			c.guessed = from != "manufacturer" && from != "manufacturerURL" && s.stranger(o.Get("manufacturer"))
			out = append(out, c.giving(p, value))
		}
	}
	say(device.PartVendor, vendor, from, "manufacturer", told)
	say(device.PartModel, model, field, "model", generic)
	if model == "" && vendor != "" {
		// A name that nobody gave it is its model's.
		name := strings.TrimSuffix(strings.TrimSpace(o.Get("friendlyName")), " (Gateway)") // NETGEAR's
		name = numberLast.ReplaceAllString(sortFirst.ReplaceAllString(name, ""), "")
		its := strings.Contains(o.Get("deviceType"), ":InternetGateway")
		if n := len(vendor) + 1; len(name) > n && strings.EqualFold(name[:n], vendor+" ") {
			name, its = name[n:], true
		}
		if name = s.without(vendor, name); s.isModel(vendor, name) || s.onlyMaker(name) == vendor || its && makersCode.MatchString(name) && !s.noise(name) {
			say(device.PartModel, name, "friendlyName", "name", generic)
		}
	}
	if name := o.Get("friendlyName"); !s.nobodysName(name) {
		say(device.PartName, strings.TrimSpace(name), "friendlyName", "name", generic)
	}
	return out
}

// makerIsModel reports whether the manufacturer only repeats the number that the model
// begins with: "VMAX480" of a "VMAX480-8".
func (s *Set) makerIsModel(o device.Observation) bool {
	maker := strings.TrimSpace(o.Get("manufacturer"))
	_, known := s.Vendor(maker)
	return !known && makersCode.MatchString(maker) && strings.HasPrefix(o.Get("modelName"), maker)
}

// describedVendor returns who a description says made it, the field that says so, and how
// strongly it does.
func (s *Set) describedVendor(o device.Observation) (vendor, field string, told strength) {
	vendor, known := s.Vendor(o.Get("manufacturer"))
	if u := o.Get("manufacturerURL"); vendor == "Microsoft" && u != "" && !strings.Contains(strings.ToLower(u), "microsoft") {
		vendor = "" // media servers call themselves Microsoft's so that Windows plays from them
	}
	if vendor == "Microsoft" && o.Get("modelName") == "Windows Media Player" && o.Get("modelNumber") == "" {
		vendor = "" // and so do televisions and boxes that play; the player itself tells its number
	}
	if known {
		return vendor, "manufacturer", generic
	}
	if v, field := s.vendorBeside(o); v != "" {
		return v, field, weak
	}
	if freeSystems.MatchString(o.Get("modelName")) {
		vendor = "" // a computer's owner, not a maker
	}
	return vendor, "manufacturer", weak
}

// stranger reports whether a manufacturer is nobody in the table, and no provider, chip's
// maker or filler: a program's author may say which router it plays, or speaks to.
func (s *Set) stranger(manufacturer string) bool {
	v, known := s.Vendor(manufacturer)
	return v != "" && !known && !s.provider[fold(v)]
}

// makersCode is a model as makers write it, unlike "rv042": nobody calls a router of theirs so.
var makersCode = regexp.MustCompile(`^[A-Z]{1,5}-?[A-Z]{0,3}\d{2,5}[A-Za-z]{0,4}(?:v\d|[-+][A-Za-z0-9]{0,5})?$`)

// innerDevice are the devices of a gateway's description in which some makers repeat who made it.
var innerDevice = regexp.MustCompile(`:device:WAN(?:Connection)?Device:`)

// describeInner reads the maker and the model that the inner devices of a gateway repeat,
// for descriptions that say nothing of the gateway itself. Programs name themselves there.
func (s *Set) describeInner(o device.Observation) []claim {
	vendor, known := s.Vendor(o.Get("manufacturer"))
	if !known || !innerDevice.MatchString(o.Get("deviceType")) {
		return nil
	}
	model, field := s.describedModel(o, vendor)
	if !s.named(vendor, model) {
		return nil
	}
	at := func(field string) claim { return claimAt(o, field, "upnp/inner", orderDescribed, vendor, weak) }
	return append(at("manufacturer").naming(vendor, ""), at(field).naming("", model)...)
}

// vendorBeside returns the maker of the table that a description names elsewhere than
// as its manufacturer, who may be a chip's maker or a contractor, and the field.
func (s *Set) vendorBeside(o device.Observation) (vendor, field string) {
	if v := s.vendorOfSite(o.Get("manufacturerURL")); v != "" && (judgedType.MatchString(o.Get("deviceType")) || !s.noise(o.Get("modelName"))) { // a program's author may work for it
		return v, "manufacturerURL"
	}
	fields := []string{"modelName", "modelDescription", "friendlyName"}
	if !judgedType.MatchString(o.Get("deviceType")) {
		fields = fields[:2] // a television is called as its owner likes
	}
	for _, field := range fields {
		text := o.Get(field)
		chip := len(text) < 20 && s.noise(text) && !s.descriptive(s.behindMaker(text, "")) // "Amazon SE"
		if v, model := s.namedFirst(text); v != "" && (model != "" || !chip) {
			return v, field
		}
	}
	return "", ""
}

// describedModel picks the field that holds the model, "" if none does.
func (s *Set) describedModel(o device.Observation, vendor string) (model, field string) {
	name, number := s.without(vendor, o.Get("modelName")), s.without(vendor, o.Get("modelNumber"))
	maker := fold(o.Get("manufacturer"))
	chip := vendor == "" && s.chipMaker(o.Get("manufacturer"))
	usable := func(v string) string {
		own := s.behindMaker(v, maker)
		empty := own != v && s.descriptive(own) && !radio.MatchString(own) || s.sortOnly(v) // "D-Link Router"
		if chip || empty && !s.isModel(vendor, v) || s.noise(v) || fold(v) == maker || strings.EqualFold(v, vendor) {
			return ""
		}
		return v
	}
	described := !chip && !looksLikeModel(number)
	name, number = usable(name), usable(number)
	switch {
	case looksLikeModel(name) && s.named(vendor, name):
		return name, "modelName"
	case looksLikeModel(number) && s.named(vendor, number):
		return number, "modelNumber"
	case name != "" && s.named(vendor, name) && len(words(name)) <= 3:
		return name, "modelName" // "Home Hub" is a model if its maker has one
	case number != "" && s.isModel(vendor, number):
		return number, "modelNumber"
	case looksLikeModel(name) && !s.advertises(name):
		return name, "modelName"
	case looksLikeModel(number) && !s.advertises(number):
		return number, "modelNumber"
	case name != "" && !s.descriptive(s.behindMaker(name, maker)) && len(words(name)) <= 6:
		return name, "modelName"
	case described:
		return s.modelInside(vendor, o.Get("modelDescription")), "modelDescription"
	}
	return "", ""
}

// modelInside finds the model in a description from the box, where no field is for it:
// a word that the maker's families know, or all that stands before plain words.
func (s *Set) modelInside(vendor, text string) string {
	said := len(strings.Fields(text))
	text = s.without(vendor, text)
	if s.isModel(vendor, text) {
		return text
	}
	fields := strings.Fields(text)
	if model := s.modelAmong(vendor, fields); model != "" {
		return model
	}
	for _, w := range fields {
		if w = strings.Trim(w, "(),;:"); s.plausible(w) && s.named(vendor, w) {
			return w
		}
	}
	n := len(fields)
	for n > 0 && s.descriptive(fields[n-1]) {
		n--
	}
	if n == 0 || speed.MatchString(fields[n-1]) {
		return "" // "AC1750 Wireless Router" is any of that speed
	}
	if model := strings.Join(fields[:n], " "); vendor != "" && n < said && n <= 3 && said <= 7 && looksLikeModel(model) && !s.noise(model) && productName.MatchString(model) {
		return model
	}
	return ""
}

// productName is words that each begin with a capital or are a number.
var productName = regexp.MustCompile(`^(?:(?:[A-Z][\w-]*|\d+[A-Z]{0,3})(?: |$))+$`)

// without takes the maker's name off the front of a model, and plain words off its end, if
// what is left still says which model it is: "TOTOLINK A3002RU" is an A3002RU, "Sonos One"
// stays. A model of the list stays as it is.
func (s *Set) without(vendor, model string) string {
	model = strings.TrimSpace(model)
	if vendor == "" || s.isModel(vendor, model) {
		return model
	}
	fields := strings.Fields(model)
	if own := s.withoutPlain(vendor, fields); own != "" {
		return own
	}
	fields = withoutSort(fields)
	model = strings.Join(fields, " ")
	if s.readAs(vendor, model).model != model {
		return model // the maker's families do so
	}
	for n := min(3, len(fields)-1); n > 0; n-- {
		maker, rest := fold(strings.Join(fields[:n], " ")), strings.Join(fields[n:], " ")
		its := maker == fold(vendor) || len(s.vendors[vendor].Families) == 0 && s.aliases[maker] == vendor
		if its && (!s.vendors[vendor].SelfNamed || looksLikeModel(fields[n]) && !speed.MatchString(fields[n])) && looksLikeModel(rest) && strings.ContainsFunc(rest, isLetter) {
			return rest // but an "Arlo Pro 3" is called so
		}
	}
	return model
}

// sortWord and adjective are words behind a model that say what sort of thing it is, and how
// fast. An adjective alone may tell one model of two, as may a hardware version and what a
// box has for a line: a "dLAN 500 WiFi" is no dLAN 500, a "Deco X20 4G Router" no Deco X20.
var (
	sortWord  = regexp.MustCompile(`(?i)^(?:router|gateway|modem|camera|device)$`)
	adjective = regexp.MustCompile(`(?i)^(?:wireless|wi-?fi|broadband|network|internet|ip|802\.11\w*|(?:ac|ax|be)\d{3,5}|n\d[05]0)$`)
	sortFirst = regexp.MustCompile(`(?i)^(?:(?:wireless|wi-?fi|broadband|network|internet|ip) )*(?:router|gateway|modem|camera) `)

	numberLast = regexp.MustCompile(`(?i) (?:- [0-9a-f]{12}|\([0-9a-f]{12}\)|\[[0-9a-f]{12}\])$`) // "AXIS M1014 - ACCC8E000000"
)

// withoutSort takes such words off the end of a model: "RAX45 802.11ax Wireless Router" is
// a RAX45.
func withoutSort(fields []string) []string {
	end := len(fields)
	for end > 1 && (sortWord.MatchString(fields[end-1]) || end < len(fields) && adjective.MatchString(fields[end-1])) {
		end--
	}
	if rest := strings.Join(fields[:end], " "); !looksLikeModel(rest) || speed.MatchString(rest) || end < len(fields) && !strings.ContainsFunc(fields[end-1], isDigit) {
		return fields // "Nighthawk X4 AC2350 Smart WiFi Router" is a sentence
	}
	return fields[:end]
}

// behindMaker returns what stands behind a maker's name, all of it if none stands first.
// maker is who the description says made it, folded, known or not.
func (s *Set) behindMaker(v, maker string) string {
	fields := strings.Fields(v)
	for n := min(3, len(fields)-1); n > 0; n-- {
		first := fold(strings.Join(fields[:n], " "))
		if s.aliases[first] != "" || maker != "" && strings.HasPrefix(maker+" ", first+" ") {
			return strings.Join(fields[n:], " ")
		}
	}
	return v
}

// freeSystems are systems that people install themselves, and name as they like.
var freeSystems = regexp.MustCompile(`(?i)(?:open|free|net)bsd|dragonfly|pfsense|opnsense`)

var (
	versionOnly = regexp.MustCompile(`(?i)^(?:v|rev\.?\s*)?\d+(?:[._]\d+)*[a-z]?$|^r(?:\d{1,2}|\d+(?:[._]\d+)+)[a-z]?$|^\d+(?:\.\d+)+[~+ ]`)
	identifier  = regexp.MustCompile(`(?i)^(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}$|^[0-9a-f]{12}$|^[0-9a-f]{8}-[0-9a-f]{4}-|^\d{7,}$`)
	// speed is a digit that belongs to a technology, not to a model.
	speed = regexp.MustCompile(`(?i)^(?:802|11[abgnx]+|802\.?11\w*|h\.?26[45]\+?|\d+-?ch(?:annels?)?|p2p|[av]dsl2?(?:\+|/?2\+)?|[345]g|ac\d{3,4}\w?|ax\d{3,4}\w?|be\d{3,5}|n\d[05]0|ipv[46]|wi-?fi\d|wifi\d|\d+(?:mbps|m|t|p|in|port|ghz)|v\d+(?:\.\d+)?|t1|e1|rj45|usb\d*|\d+k\+?|\d+(?:st|nd|rd|th))$`)
)

// looksLikeModel reports whether v has a word with a letter and a digit, or a
// number of three digits and more, that is no mere technology.
func looksLikeModel(v string) bool {
	v = strings.TrimSpace(v)
	if len(v) < 3 || len(v) > 64 || versionOnly.MatchString(v) || identifier.MatchString(v) || strings.Contains(v, "://") {
		return false
	}
	if len(words(v)) == 1 && strings.ContainsFunc(v, isDigit) && strings.ContainsFunc(v, isLetter) {
		return true // "N300", "AC1450" alone are models
	}
	for _, w := range strings.Fields(v) {
		w = strings.Trim(w, "(),.;:")
		if speed.MatchString(w) {
			continue
		}
		digits := 0
		for _, r := range w {
			if isDigit(r) {
				digits++
			}
		}
		if digits > 0 && strings.ContainsFunc(w, isLetter) || digits >= 3 {
			return true
		}
	}
	return false
}

// plausible reports whether v looks like a model and is neither a technology nor noise.
func (s *Set) plausible(v string) bool {
	return looksLikeModel(v) && !speed.MatchString(v) && !s.noise(v)
}

func isDigit(r rune) bool  { return r >= '0' && r <= '9' }
func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// noise reports whether v is never a model: a chip, a system, a program, a filler.
func (s *Set) noise(v string) bool {
	v = strings.TrimSpace(v)
	if v == "" || len(v) > 100 || identifier.MatchString(v) {
		return true
	}
	return anyMatches(s.noModel, v)
}

// nobodysName reports whether v is a filler rather than a name.
func (s *Set) nobodysName(v string) bool {
	v = strings.TrimSpace(v)
	return v == "" || anyMatches(s.noName, v)
}

func anyMatches(patterns []*regexp.Regexp, v string) bool {
	return slices.ContainsFunc(patterns, func(re *regexp.Regexp) bool { return re.MatchString(v) })
}
