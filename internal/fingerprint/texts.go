package fingerprint

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"houdbaar/internal/device"
)

// nameFields are the fields that firmware writes and that begin with the maker's name, if
// they name it.
var nameFields = map[string][]string{
	device.SourceSSDP: {"server"},
	device.SourceHTTP: {"realm", "title", "server"},
	device.SourceMDNS: {"instance", "txt.md"},
}

// ownNameServices are the services that a device calls by its own name until somebody renames it.
var ownNameServices = regexp.MustCompile(`(?i)^_(?:https?|rtsp|psia|cgi|onvif|hap|ssh|sftp-ssh|telnet|axis-video|nvr)\._`)

// printerServices are the services of printers, whose instances are called by maker and model.
var printerServices = regexp.MustCompile(`(?i)^_(?:ipps?|pdl-datastream|printer|uscans?|scanner)\._`)

// castInstance is the name that Google Cast gives a service: the model and an identifier,
// "Google-Nest-Hub-0e2f...".
var castInstance = regexp.MustCompile(`^([A-Z][\w-]*?)-[0-9a-f]{32}$`)

// twoCodes is a model with a hyphen of its own, "E55-E2".
var twoCodes = regexp.MustCompile(`^[A-Z]+\d+[A-Z]*-[A-Z]+\d+$`)

// hyphened is the name that many devices give their services: maker, model and the end of
// the hardware address, "OKI-B430-A11C36".
var hyphened = regexp.MustCompile(`^([A-Za-z]{2,12})-(\w[\w-]*\d[\w-]*)-(?:[0-9A-F]{6}|[0-9a-f]{6})$`)

// makerAndAddress is the name of devices that have nothing else to say.
var makerAndAddress = regexp.MustCompile(`^([A-Za-z]{4,12})-(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{12})$`)

// thingServices are the services of things, which computers do not call by their own name.
var thingServices = regexp.MustCompile(`(?i)^_(?:https?|hap)\._`)

// readNames reads "NETGEAR R7000" and "D-Link Internet Camera" where firmware writes
// them: a maker of the table first, then a model or words that say what sort of thing
// it is. In a SERVER header the maker is the first product. A maker without a model
// is a weak claim.
func (s *Set) readNames(o device.Observation) []claim {
	var out []claim
	say := func(p device.Part, v, field, vendor string, st strength) {
		if v = s.usable(p, v); v != "" {
			out = append(out, claimAt(o, field, "text/"+field, orderText, vendor, st).giving(p, v))
		}
	}
	for _, field := range nameFields[o.Source] {
		text := strings.TrimSpace(o.Get(field))
		if text == "" || len(text) > 120 || field == "instance" && peoplesName(o) {
			continue
		}
		vendor, model, st, kind, kindStrength := "", "", weak, device.Unknown, weak
		switch {
		case o.Source == device.SourceMDNS:
			vendor, model = s.nameOfService(field, text, o.Get("service"))
		case field == "server":
			vendor, model = s.readServer(text)
		default:
			if vendor, model = s.namedFirst(text); vendor == "" {
				vendor, model = s.namedJoined(text)
			}
			if vendor == "" {
				vendor = s.company(text)
			}
			if model != "" {
				st = generic
			}
			if vendor != "" {
				kind, kindStrength = s.sortOfMakers(vendor, text)
			} else if bareModel.MatchString(text) && len(text) >= 5 && s.plausible(text) {
				model = text // a realm "GWR-120" of who knows whom
			}
		}
		say(device.PartVendor, vendor, field, vendor, st)
		say(device.PartModel, model, field, vendor, st)
		say(device.PartKind, string(kind), field, vendor, kindStrength)
	}
	if o.Source == device.SourceHTTP && len(out) > 0 {
		// A title that is nothing but a model of the maker that the header names.
		vendor := out[0].vendor
		for _, field := range []string{"realm", "title"} {
			text := strings.TrimSpace(o.Get(field))
			if first, _ := s.namedFirst(text); first != "" {
				continue
			}
			text = pageBehind.ReplaceAllString(text, "")
			if s.named(vendor, text) && looksLikeModel(text) && len(words(text)) <= 3 && !s.noise(text) && !s.gossip.MatchString(text) {
				say(device.PartModel, text, field, vendor, generic)
			}
		}
	}
	return out
}

// pageBehind is what sort of page it is, behind the model in its title: "RTX830 - Login".
var pageBehind = regexp.MustCompile(`(?i)(?:\s*[-–:|]?\s*\b(?:log[ -]?(?:in|on)|sign in|status|home|page|set-?up|configuration|web ?ui|gui|(?:web )?interface|manager|management))+$`)

// sortOfMakers is sortOf behind the name of a maker. The "gateway" of one who makes nothing
// that leads to the internet, "GARDENA smart Gateway", is what the maker makes, and surely so.
func (s *Set) sortOfMakers(vendor, text string) (device.Kind, strength) {
	makes := s.vendors[vendor].Kind
	leadsElsewhere := makes.Class() == device.ClassOther && !s.makesAny(vendor, device.ClassNetwork)
	if (leadsElsewhere || makes == device.Doorbell) && gatewayOnly.MatchString(text) && !toInternet.MatchString(text) {
		return makes, generic
	}
	return s.sortOf(text), weak
}

// othersMake reports whether a text is about a router, a camera or a drive, and the maker makes
// none: "Dual WAN Router" is not of those who make radios by that name.
func (s *Set) othersMake(vendor, text string) bool {
	sort, _ := s.sortOfMakers(vendor, text)
	judged := sort.Class() != device.ClassOther && sort.Class() != device.ClassUnknown
	return judged && s.vendors[vendor].Kind.Class() == device.ClassOther && !s.makesAny(vendor, sort.Class())
}

// makesAny reports whether a maker has a line of models of a class.
func (s *Set) makesAny(vendor string, class device.Class) bool {
	return slices.ContainsFunc(s.vendors[vendor].Families, func(f familyRule) bool { return f.Kind.Class() == class })
}

// gatewayOnly is the word that leads to wires and radio of any sort, toInternet those that
// say where a gateway leads to the internet, too.
var (
	gatewayOnly = regexp.MustCompile(`(?i)\bgateway\b`)
	toInternet  = regexp.MustCompile(`(?i)rout|modem|wi-?fi|wlan|\b(?:wan|lte|[345]g|vpn|nat|internet|broadband|residential|cellular|mobile)\b|dsl|pon\b|docsis`)
)

// company returns the maker whom a text names with its legal form, and says no more: "Aztech
// Systems, Ltd.". "" = none.
func (s *Set) company(text string) string {
	name := s.bare(text)
	k := fold(name)
	if name == text || s.noVendor[k] || s.everyday[k] || s.chipMaker(name) || strings.Contains(fold(text), "software") {
		return "" // "AVTECH Software" makes no cameras
	}
	return s.aliases[k]
}

// nameOfService returns the maker, and the model if there is one, that the name of a
// DNS-SD service or its TXT string "md" gives.
func (s *Set) nameOfService(field, text, service string) (vendor, model string) {
	isCast := strings.HasPrefix(service, "_googlecast.")
	if cast := castInstance.FindStringSubmatch(text); isCast && cast != nil {
		if text = cast[1]; !twoCodes.MatchString(text) {
			text = strings.ReplaceAll(text, "-", " ")
		}
		if vendor, _ = s.namedFirst(text); vendor == "" {
			vendor = s.onlyMaker(text)
		}
		return vendor, strings.TrimPrefix(text, vendor+" ")
	}
	if m := hyphened.FindStringSubmatch(text); m != nil && ownNameServices.MatchString(service) {
		text = m[1] + " " + m[2]
	}
	if m := makerAndAddress.FindStringSubmatch(text); m != nil && thingServices.MatchString(service) {
		if name := fold(m[1]); !s.everyday[name] && !s.noVendor[name] && s.aliases[name] != "" {
			return s.aliases[name], "" // "Rachio-1A2B3C"
		}
	}
	vendor, model = s.namedFirst(strings.ReplaceAll(text, "_", " "))
	switch {
	case isCast && field == "txt.md":
		return vendor, ""
	case printerServices.MatchString(service) && !strings.Contains(text, "@"): // behind "@" stands another computer
		if rest, ok := strings.CutPrefix(text, vendor+" "); ok && !strings.ContainsFunc(model, isDigit) && looksLikeModel(rest) {
			model = rest // "HP LaserJet Professional P1102w"
		}
		return vendor, model
	case !ownNameServices.MatchString(service):
		return "", ""
	}
	if bare := withoutAddress(model); bare != model && !s.isModel(vendor, model) {
		switch {
		case s.named(vendor, bare):
			model = bare // "Heatmiser neoHub 0A1B2C"
		case s.descriptive(bare):
			model = "" // "Aqara Hub-1019"
		}
	}
	if !s.named(vendor, model) { // the number may be the end of a hardware address
		model = ""
	}
	return vendor, model
}

// readServer returns the maker of the table that a SERVER header names as one of its
// products, "Linux/2.6.22 ZyXEL-UPnP/1.0", and the model if the product is one, "TP-Link
// SMB ER605, UPnP/1.0", or all of the header is. "" = none.
func (s *Set) readServer(text string) (vendor, model string) {
	if bareModel.MatchString(text) && s.plausible(text) {
		return "", text
	}
	if first, m := s.namedFirst(text); makersCode.MatchString(m) && strings.HasSuffix(text, " "+m) && len(strings.Fields(text)) <= 3 {
		return first, m // "Lantronix MSS100"
	}
	products := strings.Split(text, ", ")
	products = append(products, strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '/' })...)
	for _, product := range products {
		product, _, _ = strings.Cut(product, "/")
		product = serving.ReplaceAllString(strings.ReplaceAll(behindProgram.ReplaceAllString(product, ""), "_", " "), "")
		if k := fold(product); len(k) < 3 || s.everyday[k] {
			continue
		}
		if first, m := s.namedFirst(product); m != "" && s.named(first, m) {
			return first, m // "Sagemcom SE681 WiMAX"
		}
		if v, known := s.Vendor(product); known && v != "Microsoft" { // whose web server runs on anything
			if first, m := s.namedFirst(product); first == v && s.named(v, m) {
				model = m
			}
			return v, model
		}
	}
	return "", ""
}

// bareModel is a text that is a model and nothing else: "Si-R220B".
var bareModel = regexp.MustCompile(`^[A-Z][A-Za-z]{0,4}-?[A-Z]{0,2}\d{2,5}[A-Z]{0,3}\d?$`)

// behindProgram is the name of a free server before the maker's who built it: "lighttpd-Intelbras".
var behindProgram = regexp.MustCompile(`(?i)^(?:lighttpd|thttpd|mini_httpd|boa|goahead|nginx)[-_]`)

// serving are the words behind a maker's name that say what the program does.
var serving = regexp.MustCompile(`(?i)[ -](?:embedded )?(?:web|http|upnp)[ -]?(?:server|sdk|d)?\b.*$`)

// registered are the marks behind a name that its owner has registered.
var registered = regexp.MustCompile(`(?i)\((?:r|tm)\)|[®™]`)

// namedFirst splits a text that begins with a maker of the table. model is the next
// word that looks like one, "" if only plain words follow; both are "" for any other
// text: a sentence that mentions a maker does not say who made the device.
func (s *Set) namedFirst(text string) (vendor, model string) {
	if strings.ContainsFunc(text, isDigit) && (s.gossip.MatchString(text) || s.watching.MatchString(text)) {
		return "", "" // a page about a model is no model's page
	}
	text = registered.ReplaceAllString(text, "") // "Oracle(R) Integrated Lights Out Manager"
	fields := strings.FieldsFunc(s.spaced(text), func(r rune) bool { return unicode.IsSpace(r) || r == '|' || r == ':' })
	for n := 0; n < 4 && len(fields) > 1 && s.descriptive(fields[0]); n++ {
		if maker, _ := s.makerFirst(fields); maker != "" {
			break // "IPCAM Central"
		}
		fields = fields[1:] // "Welcome to the Tilgin router", "Home - Xerox Phaser 3300MFP"
	}
	for n := min(3, len(fields)-2); n > 0; n-- {
		if s.provider[fold(strings.Join(fields[:n], " "))] {
			if v, m := s.namedFirst(strings.Join(fields[n:], " ")); m != "" {
				return v, m // "Ziggo Ubee EVW3226"
			}
		}
	}
	vendor, at := s.makerFirst(fields)
	if vendor == "" {
		return s.namedBehind(fields)
	}
	name := fold(strings.Join(fields[:at], " "))
	if at < len(fields) && s.maker(fields[at:at+1]) == vendor && s.modelFirst(vendor, fields[at:]) < 2 {
		at++ // "EFM Networks ipTIME", not "Apple AirPort Extreme"
	}
	behind := s.beyondForm(vendor, fields[at:])
	if len(behind) > 1 && (behind[0] == "-" || behind[0] == "–") && looksLikeModel(strings.Join(behind[1:min(3, len(behind))], " ")) {
		behind = behind[1:] // "Intelbras - RX 1500"
	}
	if model := s.modelBehind(vendor, behind); model != "" {
		return vendor, model
	}
	vague := s.everyday[name] && (!s.aDevice.MatchString(text) || s.othersMake(vendor, text))
	own := behind
	if fold(vendor) != name && len(behind) > 0 && !s.descriptive(behind[0]) {
		own = fields // a brand of theirs is part of the model: "Tapo C211"
	}
	if model := s.ownFamily(vendor, own); model != "" && (!vague || looksLikeModel(model) || s.isModel(vendor, model)) {
		return vendor, model
	}
	return s.namedWith(text, vendor, behind, vague)
}

// namedJoined reads maker and model, or plain words, that hyphens join: "ASUS-RT-AC66U",
// "OpenVox-Wireless-Gateway". What stands behind the maker in other such names is its owner's.
func (s *Set) namedJoined(text string) (vendor, model string) {
	at := strings.IndexAny(text, "-_")
	if at < 4 || strings.ContainsFunc(text, unicode.IsSpace) {
		return "", ""
	}
	name, rest := fold(text[:at]), text[at+1:]
	vendor = s.aliases[name]
	switch {
	case vendor == "" || s.noVendor[name] || s.everyday[name]:
		return "", ""
	case makersCode.MatchString(rest) && s.named(vendor, rest) && !s.noise(rest):
		return vendor, rest
	case s.descriptive(rest):
		return vendor, ""
	}
	return "", ""
}

// longestGlued is how many letters the longest maker's name in Chinese or Japanese has, at most.
const longestGlued = 6

// spaced puts spaces into a text where Chinese and Japanese need none: between it and other letters,
// "ER3200系统管理", and behind a maker's name that it begins with, "小米路由器".
func (s *Set) spaced(text string) string {
	if !strings.ContainsFunc(text, isGlued) {
		return text
	}
	if first, rest := s.gluedMaker(text); first != "" {
		return first + " " + s.spaced(rest)
	}
	if first := s.plainGlued.FindString(text); first != "" && first != text {
		return first + " " + s.spaced(text[len(first):]) // "登录爱快流控路由"
	}
	var b strings.Builder
	last := ' '
	for _, r := range text {
		if isGlued(r) != isGlued(last) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// gluedMaker cuts the maker's name in Chinese or Japanese off a text that begins with it.
func (s *Set) gluedMaker(text string) (name, rest string) {
	letters := []rune(text)
	for n := min(longestGlued, len(letters)); n > 1; n-- {
		if name := string(letters[:n]); isGlued(letters[0]) && s.aliases[fold(name)] != "" {
			return name, string(letters[n:])
		}
	}
	return "", text
}

// namedWith reads the words behind a maker's name in a text word by word. vague says that
// the name alone is an everyday word.
func (s *Set) namedWith(text, maker string, behind []string, vague bool) (vendor, model string) {
	for i, w := range behind {
		if bracketedAddress.MatchString(w) {
			continue // "IP phone Intelbras (192.168.1.5)"
		}
		w, _, _ = strings.Cut(strings.Trim(w, "(),;-–®™"), "(") // "243Q(2)", "EX6120(US)"
		w = joinedVersion.ReplaceAllString(w, "")
		switch {
		case w == "":
		case s.modelWord(maker, w, i == 0):
			if twoCharacters.MatchString(w) && i+1 < len(behind) && s.named(maker, behind[i+1]) {
				continue // "Nighthawk X6 R8000"
			}
			_, rest, _ := strings.Cut(text, w)
			if listed.MatchString(rest) {
				return "", "" // a page about several
			}
			return maker, w + further(rest)
		case s.descriptive(w) || i == 0 && s.legalForm(maker, behind) || s.namedAfter(maker, behind[i+1:]):
			// "Meru Networks AP320", "TP-Link SMB ER605", "Synology DiskStation - DS218+"
		case i == 0 && s.modelTitle(maker, behind):
			return maker, strings.Join(behind, " ") // "Peplink Balance 20X"
		case vague:
			return "", ""
		case titled(behind) || (i > 0 || s.sortOf(text) != device.Unknown || s.aDevice.MatchString(text)) && !s.gossip.MatchString(text):
			return maker, "" // "Synology Photos", "Sitecom Login, enter password"
		default:
			return "", ""
		}
	}
	if vague {
		return "", ""
	}
	return maker, ""
}

// maker returns the maker of the table whom the words name, all of them. "" = none.
func (s *Set) maker(fields []string) string { return s.aliases[fold(strings.Join(fields, " "))] }

// makerFirst returns the maker whom the first words name, and how many of them do: as many
// as can, unless a model of theirs needs more.
func (s *Set) makerFirst(fields []string) (vendor string, at int) {
	for at := min(3, len(fields)); at > 0; at-- {
		name := fold(strings.Join(fields[:at], " "))
		vendor := s.aliases[name]
		digits := strings.ContainsFunc(strings.Join(fields[at:min(at+3, len(fields))], ""), isDigit)
		if vendor == "" || s.noVendor[name] || len(name) < 2 || len(name) == 2 && !digits {
			continue
		}
		for n := 1; n < at; n++ {
			if s.maker(fields[:n]) == vendor && s.modelFirst(vendor, fields[n:]) > at-n {
				return vendor, n // "YI Home Camera 3", not "YI Home"
			}
		}
		return vendor, at
	}
	return "", 0
}

// modelWord reports whether a word behind its maker's name is a model. next says that it is
// the very next.
func (s *Set) modelWord(vendor, w string, next bool) bool {
	technology := speed.MatchString(w) && (len(s.vendors[vendor].Families) > 0 || !s.isModel(vendor, w))
	looks := !technology && strings.ContainsFunc(w, isLetter) && looksLikeModel(w)
	if w[0] == '[' {
		return false // "NetGear [WIFI5GHz]", which its owner called so
	}
	return (looks || twoCharacters.MatchString(w) || bareNumber.MatchString(w) || next && threeDigits.MatchString(w) && s.named(vendor, w)) && !s.noise(w)
}

// legalForm reports whether the first of the words behind a maker's name belongs to it, and the
// next is a model.
func (s *Set) legalForm(maker string, behind []string) bool {
	return len(behind) > 1 && s.legal[fold(behind[0])] && s.modelWord(maker, behind[1], false)
}

// beyondForm cuts off the legal form behind a maker's name, where it is no word of a model:
// "Extron Electronics IPL 250", "MikroTik Inc. RB951Ui-2HnD".
func (s *Set) beyondForm(vendor string, behind []string) []string {
	for len(behind) > 1 && companyForm.MatchString(behind[0]) && s.modelFirst(vendor, behind) < 2 {
		behind = behind[1:]
	}
	return behind
}

// companyForm is a word that ends a company's name: of the list legal those that begin no
// product's ("SPA" and "Digital" do).
var companyForm = regexp.MustCompile(`(?i)^(?:inc\.?|ltd\.?|corp\.?|llc|gmbh|incorporated|limited|corporation|company|electronics|technology|technologies|international|systems|communications|networks),?$`)

// modelTitle reports whether the words are a title that ends in a number and has no word
// that is a model alone.
func (s *Set) modelTitle(vendor string, fields []string) bool {
	last, name := fields[len(fields)-1], strings.Join(fields, " ")
	return titled(fields) && numberedWord.MatchString(last) && !speed.MatchString(last) && looksLikeModel(name) && !s.noise(name) &&
		!slices.ContainsFunc(fields, func(w string) bool { return s.named(vendor, w) })
}

// namedAfter reports whether one of the next three words is a model of the vendor.
func (s *Set) namedAfter(vendor string, fields []string) bool {
	return slices.ContainsFunc(fields[:min(3, len(fields))], func(w string) bool { return (looksLikeModel(w) || bareNumber.MatchString(w)) && s.named(vendor, w) })
}

// namedBehind reads a text of a model and its maker behind a dash, "RT-AC68U - ASUS", or
// between plain words: nothing else may stand there.
func (s *Set) namedBehind(fields []string) (vendor, model string) {
	fields = slices.DeleteFunc(slices.Clone(fields), func(w string) bool { return len(words(w)) == 0 })
	text := strings.Join(fields, " ")
	for n := 1; n < len(fields) && n <= 4; n++ {
		if v, name := s.maker(fields[n:]), strings.Join(fields[:n], " "); s.isModel(v, name) && !s.descriptive(name) && !s.noise(name) {
			return v, name // "hAP ac lite - MikroTik"
		}
	}
	fields = slices.DeleteFunc(fields, s.descriptive)
	for n := 1; n < len(fields) && n <= 4; n++ {
		v, name := s.maker(fields[n:]), strings.Join(fields[:n], " ")
		if v != "" && !s.noVendor[fold(v)] && s.named(v, name) && (looksLikeModel(name) || s.isModel(v, name)) && !s.noise(name) && strings.Contains(text, name) {
			return v, name
		}
	}
	return "", ""
}

// ownFamily returns the model that words name if it begins with a word, not a number,
// and is one of the vendor's: "AirPort Extreme", "Tapo C201". "" = none.
func (s *Set) ownFamily(vendor string, fields []string) string {
	if len(fields) == 0 || looksLikeModel(fields[0]) || s.descriptive(fields[0]) || isDigit(rune(fields[0][0])) {
		return ""
	}
	if n := s.modelFirst(vendor, fields); n > 1 {
		return strings.Join(fields[:n], " ") // "Nest Cam with floodlight"
	}
	n := 1
	for n < len(fields) && n < 4 && !s.descriptive(fields[n]) && fields[n][0] != '[' {
		if lowerWord.MatchString(fields[n]) || s.gossip.MatchString(fields[n]) {
			return "" // "Airport Express bus timetable", "Blink Mini review"
		}
		if w := strings.ToLower(fields[n]); s.sections[w] && !cameraShape[w] {
			break // "TP-Link Archer Einstellungen", not "Wyze Cam Pan"
		}
		n++
	}
	model := strings.Trim(strings.Join(fields[:n], " "), ",;-–®™ ")
	if !s.named(vendor, model) || s.noise(model) || seriesLetters.MatchString(model) {
		return ""
	}
	return model
}

// cameraShape are the words beside models that are part of a camera's name.
var cameraShape = setOf("bullet dome fisheye pan ptz turret")

var lowerWord = regexp.MustCompile(`^[a-z]{2,}$`)

// seriesLetters are the letters of many models: "Cisco SPA Configuration".
var seriesLetters = regexp.MustCompile(`^[A-Z]{2,4}$`)

// twoCharacters is a model of two characters, which counts behind its maker's name only.
var twoCharacters = regexp.MustCompile(`^[A-Z]\d$`)

// bareNumber is a model that only its maker's name makes one: "Mitel 6755i", "Algo 8028".
var bareNumber = regexp.MustCompile(`^(?:[13-9]\d{3}|2[1-9]\d\d|\d{5})[a-zA-Z]{0,2}$`)

// bracketedAddress is what some devices write behind their name. Without brackets it is a person's
// word: "Huawei 192.168.1.1" is a page about how to sign in.
var bracketedAddress = regexp.MustCompile(`^\(\d{1,3}(?:\.\d{1,3}){3}\)$`)

// threeDigits is a number that is a model only where the maker's families know it: "Axis 205".
var threeDigits = regexp.MustCompile(`^\d{3}[a-zA-Z]?$`)

// numberedWord is a word with a number in it, and no version.
var numberedWord = regexp.MustCompile(`^[A-Za-z]{0,5}-?\d{1,5}[A-Za-z+]{0,4}$`)

// titled reports whether words are few and written as a product's name is, unlike a
// sentence or an address.
func titled(fields []string) bool {
	if len(fields) <= 7 && len(fields) > 4 && !slices.ContainsFunc(fields, func(w string) bool { return !nameWord.MatchString(w) }) {
		return true // "SoundTouch Wi-Fi Music System Setup"
	}
	return len(fields) <= 4 && nameWord.MatchString(fields[0]) && !slices.ContainsFunc(fields, func(w string) bool { return !anyWord.MatchString(w) })
}

// nameWord is a word with a capital, in any script that has capitals: "Téléviseur", "imagePROGRAF".
var nameWord = regexp.MustCompile(`^(?:[\p{Lu}0-9]|[a-z]{1,8}[A-Z])[\w\p{Lu}\p{Ll}+/-]*(?:\.[A-Za-z][\w+/-]*)*$`)

// anyWord is a word, a version or a number. An article may stand before it: "d'impression".
var anyWord = regexp.MustCompile(`^(?:[dlDL]['’])?[\w\p{Lu}\p{Ll}+/-]+(?:\.[A-Za-z][\w+/-]*)*$|^[vV](?:er)?\.?[\d.]+$|^\d{1,2}(?:\.\d+)+$`)
