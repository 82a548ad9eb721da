package fingerprint

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"houdbaar/internal/device"
)

// said are the fields that firmware writes and that may name a model in a text.
var said = map[string][]string{
	device.SourceSSDP: {"server"},
	device.SourceHTTP: {"realm", "title", "server"},
	device.SourceMDNS: {"txt.md", "txt.model", "instance"},
	device.SourceWSD:  {"scopes"},
	device.SourceUPnP: {"modelName", "modelNumber"}, // of a description without a maker
}

// judged are the types of devices that routers and cameras are; a television's number
// may look like theirs.
var judged = regexp.MustCompile(`:device:(?:InternetGateway|WFADevice|WLANAccessPoint|Basic|\w*Camera)`)

// titled are the fields that firmware writes and that begin with the maker's name, if
// they name it.
var titled = map[string][]string{
	device.SourceSSDP: {"server"},
	device.SourceHTTP: {"realm", "title", "server"},
	device.SourceMDNS: {"instance", "txt.md"},
}

// ownName are the services that a device calls by its own name until somebody renames it.
var ownName = regexp.MustCompile(`(?i)^_(?:https?|rtsp|psia|cgi|onvif|hap|ssh|sftp-ssh|telnet|axis-video|nvr)\._`)

// printing are the services of printers, whose instances are called by maker and model.
var printing = regexp.MustCompile(`(?i)^_(?:ipps?|pdl-datastream|printer|uscans?|scanner)\._`)

// castInstance is the name that Google Cast gives a service: the model and an identifier,
// "Google-Nest-Hub-0e2f...".
var castInstance = regexp.MustCompile(`^([A-Z][\w-]*?)-[0-9a-f]{32}$`)

// readNames reads "NETGEAR R7000" and "D-Link Internet Camera" where firmware writes
// them: a maker of the table first, then a model or words that say what sort of thing
// it is. In a SERVER header the maker is the first product. A maker without a model
// is a weak claim.
func (s *Set) readNames(o device.Observation) []claim {
	var out []claim
	say := func(p device.Part, v, field, vendor string, st strength) {
		if v == "" {
			return
		}
		out = append(out, claim{
			part: p, value: v, strength: st, vendor: vendor, rank: sourceRank[o.Source], order: 1 << 21,
			evidence: device.Evidence{Part: p, Gives: v, Rule: "text/" + field, Source: o.Source, Field: field, Value: o.Get(field), Addr: o.Addr, At: o.At},
		})
	}
	for _, field := range titled[o.Source] {
		text := strings.TrimSpace(o.Get(field))
		if text == "" || len(text) > 120 {
			continue
		}
		if o.Source == device.SourceMDNS {
			service := o.Get("service")
			cast := castInstance.FindStringSubmatch(text)
			if strings.HasPrefix(service, "_googlecast.") && cast != nil {
				text = strings.ReplaceAll(cast[1], "-", " ")
			}
			v, model := s.namedFirst(strings.ReplaceAll(text, "_", " "))
			if cast != nil && v == "" {
				v = s.onlyMaker(text)
			}
			switch {
			case v == "":
			case strings.HasPrefix(service, "_googlecast.") && cast != nil:
				say(device.PartVendor, v, field, v, weak)
				say(device.PartModel, strings.TrimPrefix(text, v+" "), field, v, weak)
			case field == "txt.md" && strings.HasPrefix(service, "_googlecast."):
				say(device.PartVendor, v, field, v, weak)
			case printing.MatchString(service) && !strings.Contains(text, "@"): // behind "@" stands another computer
				say(device.PartVendor, v, field, v, weak)
				say(device.PartModel, model, field, v, weak)
			case ownName.MatchString(service):
				say(device.PartVendor, v, field, v, weak)
				if bare := addressEnd.ReplaceAllString(model, ""); bare != model && !s.isModel(v, model) && !variantEnd.MatchString(model) {
					switch {
					case looksLikeModel(bare) && s.named(v, bare):
						model = bare
					case descriptive(bare):
						model = "" // "Aqara Hub-1019"
					}
				}
				if s.named(v, model) { // else the number may be the end of a hardware address
					say(device.PartModel, model, field, v, weak)
				}
			}
			continue
		}
		if field == "server" {
			vendor, model := s.readServer(text)
			say(device.PartVendor, vendor, field, vendor, weak)
			say(device.PartModel, model, field, vendor, weak)
			continue
		}
		vendor, model := s.namedFirst(text)
		if vendor == "" && bareModel.MatchString(text) && len(text) >= 5 && looksLikeModel(text) && !speed.MatchString(text) && !s.noise(text) {
			say(device.PartModel, text, field, "", weak) // a realm "GWR-120" of who knows whom
			continue
		}
		st := strength(generic)
		if model == "" {
			st = weak
		}
		say(device.PartVendor, vendor, field, vendor, st)
		say(device.PartModel, model, field, vendor, st)
		if vendor != "" && o.Source == device.SourceHTTP {
			say(device.PartKind, string(sortOf(text)), field, vendor, weak)
		}
	}
	if o.Source == device.SourceHTTP && len(out) > 0 {
		// A title that is nothing but a model of the maker that the header names.
		vendor := out[0].vendor
		for _, field := range []string{"realm", "title"} {
			text := strings.TrimSpace(o.Get(field))
			if first, _ := s.namedFirst(text); first != "" {
				continue
			}
			if s.named(vendor, text) && looksLikeModel(text) && len(words(text)) <= 3 && !s.noise(text) {
				say(device.PartModel, text, field, vendor, generic)
			}
		}
	}
	return out
}

// sorts are the words behind a maker's name that say what sort of thing theirs is.
var sorts = map[string]device.Kind{
	"camera": device.Camera, "cameras": device.Camera, "cam": device.Camera, "ipcam": device.Camera, "netcam": device.Camera, "webcam": device.Camera, "ipcamera": device.Camera,
	"doorbell": device.Doorbell, "intercom": device.Doorbell, "nvr": device.NVR, "dvr": device.NVR, "hvr": device.NVR, "xvr": device.NVR,
	"router": device.Router, "modem": device.Modem, "repeater": device.Extender, "extender": device.Extender,
	"nas": device.NAS, "printer": device.Printer, "switch": device.Other,
}

// sortOf returns the kind that a title names in one word, the first that it has.
func sortOf(text string) device.Kind {
	if gossip.MatchString(text) || len(words(text)) > 7 {
		return device.Unknown
	}
	for _, w := range words(text) {
		if k := sorts[w]; k != device.Unknown {
			return k
		}
	}
	return device.Unknown
}

// readServer returns the maker of the table that a SERVER header names as one of its
// products, "Linux/2.6.22 ZyXEL-UPnP/1.0", and the model if the product is one, "TP-Link
// SMB ER605, UPnP/1.0", or all of the header is. "" = none.
func (s *Set) readServer(text string) (vendor, model string) {
	if bareModel.MatchString(text) && looksLikeModel(text) && !speed.MatchString(text) && !s.noise(text) {
		return "", text
	}
	products := strings.Split(text, ", ")
	products = append(products, strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '/' })...)
	for _, product := range products {
		product, _, _ = strings.Cut(product, "/")
		product = serving.ReplaceAllString(strings.ReplaceAll(product, "_", " "), "")
		if k := fold(product); len(k) < 3 || everyday[k] {
			continue
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

// serving are the words behind a maker's name that say what the program does.
var serving = regexp.MustCompile(`(?i)[ -](?:embedded )?(?:web|http|upnp)[ -]?(?:server|sdk|d)?\b.*$`)

// namedFirst splits a text that begins with a maker of the table. model is the next
// word that looks like one, "" if only plain words follow; both are "" for any other
// text: a sentence that mentions a maker does not say who made the device.
func (s *Set) namedFirst(text string) (vendor, model string) {
	fields := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '|' || r == ':' })
	if strings.ContainsFunc(text, isDigit) && (gossip.MatchString(text) || watching.MatchString(text)) {
		return "", "" // a page about a model is no model's page
	}
	for n := 0; n < 4 && len(fields) > 1 && descriptive(fields[0]) && s.aliases[fold(fields[0])] == ""; n++ {
		fields = fields[1:] // "Welcome to the Tilgin router", "Home - Xerox Phaser 3300MFP"
	}
	for n := min(3, len(fields)-2); n > 0; n-- {
		if s.provider[fold(strings.Join(fields[:n], " "))] {
			if v, m := s.namedFirst(strings.Join(fields[n:], " ")); m != "" {
				return v, m // "Ziggo Ubee EVW3226"
			}
		}
	}
	at, name := 0, ""
	for n := min(3, len(fields)); n > 0 && vendor == ""; n-- {
		name = fold(strings.Join(fields[:n], " "))
		if !s.noVendor[name] && (len(name) >= 3 || len(name) == 2 && strings.ContainsFunc(strings.Join(fields[n:min(n+3, len(fields))], ""), isDigit)) {
			vendor, at = s.aliases[name], n
		}
	}
	if vendor == "" {
		return s.namedBehind(fields)
	}
	for n := 1; n < at; n++ {
		if s.aliases[fold(strings.Join(fields[:n], " "))] == vendor && s.isModel(vendor, strings.Join(fields[n:], " ")) {
			at, name = n, fold(strings.Join(fields[:n], " ")) // "YI Home Camera 3", not "YI Home"
		}
	}
	if at < len(fields) && s.aliases[fold(fields[at])] == vendor && !s.isModel(vendor, strings.Join(fields[at:], " ")) {
		at++ // "EFM Networks ipTIME", not "Apple AirPort Extreme"
	}
	own := fields[at:]
	if fold(vendor) != name && len(own) > 0 && !descriptive(own[0]) {
		own = fields // a brand of theirs is part of the model: "Tapo C211"
	}
	if model := s.ownFamily(vendor, own); model != "" && (!everyday[name] || looksLikeModel(model) || s.isModel(vendor, model) || aDevice.MatchString(text)) {
		return vendor, model
	}
	for i, w := range fields[at:] {
		w = strings.Trim(w, "(),;-–®™")
		switch {
		case w == "":
		case (strings.ContainsFunc(w, isLetter) && (!speed.MatchString(w) || len(s.families[vendor]) == 0 && s.isModel(vendor, w)) && looksLikeModel(w) || short.MatchString(w) || bareNumber.MatchString(w) || i == 0 && threeDigits.MatchString(w) && s.named(vendor, w)) && !s.noise(w):
			if next := at + i + 1; short.MatchString(w) && next < len(fields) && s.named(vendor, fields[next]) {
				continue // "Nighthawk X6 R8000"
			}
			if _, rest, ok := strings.Cut(text, w); ok {
				if listed.MatchString(rest) {
					return "", "" // a page about several
				}
				w += further(rest)
			}
			return vendor, w
		case !descriptive(w) && s.namedAfter(vendor, fields[at+i+1:]):
			// "TP-Link SMB ER605", "Synology DiskStation - DS218+"
		case !descriptive(w) && i == 0 && !slices.ContainsFunc(fields[at:], func(w string) bool { return s.named(vendor, w) }) && title(fields[at:]) && numbered.MatchString(fields[len(fields)-1]) && !speed.MatchString(fields[len(fields)-1]) && looksLikeModel(strings.Join(fields[at:], " ")):
			return vendor, strings.Join(fields[at:], " ") // "Peplink Balance 20X"
		case !descriptive(w):
			if (title(fields[at:]) || (i > 0 || sortOf(text) != device.Unknown || aDevice.MatchString(text)) && !gossip.MatchString(text)) && (!everyday[name] || aDevice.MatchString(text)) {
				return vendor, "" // "Synology Photos", "Sitecom Login, enter password"
			}
			return "", ""
		}
	}
	if everyday[name] && !aDevice.MatchString(text) {
		return "", ""
	}
	return vendor, ""
}

// namedAfter reports whether one of the next three words is a model of the vendor.
func (s *Set) namedAfter(vendor string, fields []string) bool {
	return slices.ContainsFunc(fields[:min(3, len(fields))], func(w string) bool { return (looksLikeModel(w) || bareNumber.MatchString(w)) && s.named(vendor, w) })
}

// namedBehind reads a text of a model and its maker behind a dash, "RT-AC68U - ASUS", or
// between plain words: nothing else may stand there.
func (s *Set) namedBehind(fields []string) (vendor, model string) {
	fields = slices.DeleteFunc(slices.Clone(fields), descriptive)
	for n := 1; n < len(fields) && n <= 4; n++ {
		v := s.aliases[fold(strings.Join(fields[n:], " "))]
		if name := strings.Join(fields[:n], " "); v != "" && !s.noVendor[fold(v)] && s.named(v, name) && looksLikeModel(name) && !s.noise(name) {
			return v, name
		}
	}
	return "", ""
}

// ownFamily returns the model that words name if it begins with a word, not a number,
// and is one of the vendor's: "AirPort Extreme", "Tapo C201". "" = none.
func (s *Set) ownFamily(vendor string, fields []string) string {
	if len(fields) == 0 || looksLikeModel(fields[0]) || descriptive(fields[0]) || isDigit(rune(fields[0][0])) {
		return ""
	}
	for n := min(len(fields), 7); n > 1; n-- {
		if model := strings.Join(fields[:n], " "); s.isModel(vendor, model) && (n == len(fields) || !lowerWord.MatchString(fields[n])) {
			return model // "Nest Cam with floodlight"
		}
	}
	n := 1
	for n < len(fields) && n < 4 && !descriptive(fields[n]) && !gossip.MatchString(fields[n]) && fields[n][0] != '[' {
		if lowerWord.MatchString(fields[n]) {
			return "" // "Airport Express bus timetable"
		}
		n++
	}
	model := strings.Trim(strings.Join(fields[:n], " "), ",;-–®™ ")
	if !s.named(vendor, model) || s.noise(model) || series.MatchString(model) {
		return ""
	}
	return model
}

var lowerWord = regexp.MustCompile(`^[a-z]{2,}$`)

// series are the letters of many models: "Cisco SPA Configuration".
var series = regexp.MustCompile(`^[A-Z]{2,4}$`)

// named reports whether a model is one that the vendor's families know, and not all,
// or one of the list.
func (s *Set) named(vendor, model string) bool {
	if model != "" && s.isModel(vendor, model) {
		return true
	}
	_, _, kind, rule := readFamily(s.families[vendor], model)
	return kind != "" && strings.Trim(rule, "^.") != ""
}

// gossip are words of pages that speak about devices, not for one.
var gossip = regexp.MustCompile(`(?i)^my\b|^index of\b|\b(?:forum|reviews?|shop|store|wiki|blog|news|about|drivers?|manuals?|downloads?|how|notes?|docs?|guide)\b`)

// short is a model of two characters, which counts behind its maker's name only.
var short = regexp.MustCompile(`^[A-Z]\d$`)

// bareNumber is a model that only its maker's name makes one: "Mitel 6755i", "Algo 8028".
var bareNumber = regexp.MustCompile(`^(?:[13-9]\d{3}|2[1-9]\d\d|\d{5})[a-zA-Z]{0,2}$`)

// threeDigits is a number that is a model only where the maker's families know it: "Axis 205".
var threeDigits = regexp.MustCompile(`^\d{3}[a-zA-Z]?$`)

// numbered is a word with a number in it, and no version.
var numbered = regexp.MustCompile(`^[A-Za-z]{0,5}-?\d{1,5}[A-Za-z+]{0,4}$`)

// title reports whether words are few and written as a product's name is, unlike a
// sentence or an address.
func title(fields []string) bool {
	if len(fields) <= 7 && len(fields) > 4 && !slices.ContainsFunc(fields, func(w string) bool { return !nameWord.MatchString(w) }) {
		return true // "SoundTouch Wi-Fi Music System Setup"
	}
	return len(fields) <= 4 && nameWord.MatchString(fields[0]) && !slices.ContainsFunc(fields, func(w string) bool { return !anyWord.MatchString(w) })
}

var nameWord = regexp.MustCompile(`^(?:[A-Z0-9]|[a-z]{1,2}[A-Z])[\w+/-]*(?:\.[A-Za-z][\w+/-]*)*$`)

var anyWord = regexp.MustCompile(`^[\w+/-]+(?:\.[A-Za-z][\w+/-]*)*$|^[vV](?:er)?\.?[\d.]+$`)

// aDevice are words of which one makes an everyday word a maker's name.
var aDevice = regexp.MustCompile(`(?i)\b(?:router|gateway|modem|hub|cam|camera|webcam|ipc|doorbell|repeater|extender|access point|printer|firewall|nvr|dvr|recorder|inverter|web device manager|(?:managed|smart|gigabit|web) (?:\w+ )?switch|print ?server|ip surveillance)\b`)

// everyday are makers' names that are also words: "Free WiFi" names no maker.
var everyday = map[string]bool{
	"free": true, "strong": true, "ring": true, "blink": true, "sky": true, "pace": true, "pure": true, "poly": true,
	"zoom": true, "parrot": true, "creative": true, "olive": true, "digital": true, "nest": true,
	"promise": true, "canary": true, "homey": true, "savant": true, "marshall": true, "technics": true,
	"trust": true, "genius": true, "canyon": true, "encore": true, "jensen": true, "lantech": true, "emtec": true,
	"emerson": true, "tesla": true, "sonnen": true, "solis": true, "steca": true, "lumin": true, "costar": true, "novus": true,
	"overmax": true, "appro": true, "tecom": true, "fon": true, "hamlet": true, "barricade": true, "equip": true, "qms": true,
	"fast": true, "obi": true, "develop": true, "primera": true, "origo": true, "unify": true, "sling": true, "rad": true, "nrg": true,
	"argosy": true, "minuteman": true, "shuttle": true, "itx": true, "netman": true,
	"eve": true, "linn": true, "primare": true, "vera": true, "algo": true, "oki": true, "ruark": true,
	"sharp": true, "sunny": true, "davis": true, "patton": true, "pentagram": true, "paxton": true, "kramer": true, "digicom": true, "hager": true,
	"gude": true, "geist": true, "airport": true, "checkpoint": true, "juniper": true, "hercules": true, "verbatim": true, "tandberg": true,
	"sofar": true, "zebra": true, "medialink": true, "cnet": true, "inverto": true, "nighthawk": true, "morningstar": true, "albrecht": true,
	"hirschmann": true, "epiphan": true, "promethean": true, "robin": true, "roberts": true, "polk": true, "milestone": true, "octagon": true,
	"planet": true, "pearl": true, "mercury": true, "hawking": true, "gryphon": true, "rhombus": true, "plume": true, "minim": true, "mimosa": true,
	"hegel": true, "pioneer": true, "metz": true, "tivoli": true, "toon": true, "lupus": true, "astoria": true, "trapeze": true, "valve": true,
	"sato": true, "savin": true, "kami": true, "lumi": true, "dune": true, "dish": true, "amino": true, "minix": true, "kaon": true,
	"meru": true, "micronet": true, "overland": true, "gigabyte": true, "yoko": true, "gira": true, "intermec": true, "infotec": true,
	"time capsule": true, "check point": true, "storage options": true, "snap server": true, "power one": true, "virtual access": true,
	"server technology": true,
}

// joined is what a hyphen joins to a model that a token ends before.
var joined = regexp.MustCompile(`^(?:-(?:[A-Z]*\d[A-Za-z0-9]*|[A-Z]{1,4}\b))+`)

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

// readTokens finds model names that are nobody else's.
func (s *Set) readTokens(o device.Observation, low *lowered) []claim {
	var out []claim
	if o.Source == device.SourceUPnP {
		if v, _ := s.Vendor(o.Get("manufacturer")); v != "" || embeddedDevice(o) || !judged.MatchString(o.Get("deviceType")) {
			return nil
		}
	}
	for _, field := range said[o.Source] {
		text := strings.TrimSpace(o.Get(field))
		if text == "" || watching.MatchString(text) {
			continue
		}
		first, its := "", ""
		digit := strings.ContainsFunc(text, isDigit)
		switch o.Source {
		case device.SourceHTTP:
			first, its = s.namedFirst(text)
		case device.SourceMDNS:
			if field == "instance" {
				first, its = s.namedFirst(strings.ReplaceAll(text, "_", " "))
			}
		case device.SourceWSD:
			first, _ = s.namedFirst(strings.ReplaceAll(o.Get("scope.name"), "_", " "))
			its = first // the maker's own word in a reply of few words
		}
		for i := range s.tokens {
			t := &s.tokens[i]
			if first != "" && t.vendor != first && (its != "" || len(s.families[first]) > 0) {
				continue // "Tapo TC70" is no Technicolor, "LB-LINK BL-WR450H" no Panasonic
			}
			if field == "instance" && o.Get("txt.ty") != "" || t.digit && !digit || !low.hasAny(field, t.need) {
				continue
			}
			model := t.find(text)
			if field == "instance" {
				if bare := addressEnd.ReplaceAllString(model, ""); t.find(bare) == bare && !variantEnd.MatchString(model) {
					model = bare
				}
			}
			if field != "instance" {
				model += longer(text, model)
			}
			if model == "" || s.noise(model) || len(squeeze(model)) <= shortName && !s.shortIn(o, field, model, t.vendor) {
				continue
			}
			if (field == "title" || field == "instance") && !s.speaksFor(text, model, t.vendor) || field == "instance" && s.renamed(text, model) {
				continue
			}
			st := family
			if o.Source == device.SourceMDNS && field == "instance" || o.Source == device.SourceUPnP {
				st = generic // an instance may have been renamed, a description is for people
			}
			guess := len(squeeze(model)) <= shortName && first != t.vendor && its != t.vendor && o.Source != device.SourceMDNS && o.Source != device.SourceUPnP
			for _, p := range []device.Part{device.PartVendor, device.PartModel} {
				v := t.vendor
				if p == device.PartModel {
					v = model
				}
				out = append(out, claim{
					part: p, value: v, strength: st, vendor: t.vendor, rank: sourceRank[o.Source], order: 1<<20 + t.order, guessed: guess,
					evidence: device.Evidence{Part: p, Gives: v, Rule: t.name, Source: o.Source, Field: field, Value: text, Addr: o.Addr, At: o.At},
				})
			}
			break
		}
	}
	return out
}

// shortName is the length, in letters and digits, up to which a model's name may be
// part of anything: "E1500" is a router, and in "Solar inverter E1500" it is not.
const shortName = 5

// shortIn reports whether a short name in a field is that maker's model all the same: a
// page or a service calls itself just so, or the maker stands in the record too.
func (s *Set) shortIn(o device.Observation, field, model, vendor string) bool {
	switch {
	case field == "title" || field == "instance" && ownName.MatchString(o.Get("service")):
		return s.alone(o.Get(field), model, vendor)
	case o.Source != device.SourceMDNS:
		return true
	}
	for _, k := range []string{"instance", "txt.vendor", "txt.manufacturer", "txt.brand", "txt.mf"} {
		if v, _ := s.namedFirst(o.Get(k)); v == vendor {
			return true
		}
	}
	return false
}

// renamed reports whether words stand behind the model in an instance's name that
// are a person's: "DIR-615 statistics" is no router. Numbers are a serial number or
// the end of a hardware address.
func (s *Set) renamed(instance, model string) bool {
	_, after, _ := strings.Cut(instance, model)
	return slices.ContainsFunc(words(after), func(w string) bool {
		return !plain[w] && s.aliases[w] == "" && !strings.ContainsFunc(w, isDigit) && !hexWord.MatchString(w)
	})
}

var hexWord = regexp.MustCompile(`^[0-9a-f]+$`)

// alone reports whether a text says nothing but a model, its maker and what sort of
// thing it is.
func (s *Set) alone(text, model, vendor string) bool {
	before, after, _ := strings.Cut(text, model)
	for _, w := range words(before + " " + after) {
		if !plain[w] && s.aliases[w] != vendor && w != strings.ToLower(vendor) && strings.ContainsFunc(w, isLetter) && !speed.MatchString(w) && !slices.Contains(words(vendor), w) {
			return false
		}
	}
	return true
}

// speaksFor reports whether a title with a model in it is that device's own. Before the
// model stand a maker and words that say what sort of thing it is; "Grafana - DIR-860L"
// and "Clients: DIR-860L" are pages of something else. Things that are never judged may
// be introduced in other words.
func (s *Set) speaksFor(title, model, vendor string) bool {
	before, after, _ := strings.Cut(title, model)
	if gossip.MatchString(before+" "+after) || watching.MatchString(title) || listed.MatchString(after) {
		return false
	}
	if _, _, kind, _ := readFamily(s.families[vendor], model); kind != "" && device.Kind(kind).Class() == device.ClassOther {
		return true
	}
	w := words(before)
	for i := 0; i < len(w); {
		n := min(s.longest, len(w)-i)
		for n > 0 && s.aliases[strings.Join(w[i:i+n], " ")] == "" && !s.provider[strings.Join(w[i:i+n], " ")] {
			n--
		}
		if n == 0 && !plain[w[i]] && strings.ContainsFunc(w[i], isLetter) && !speed.MatchString(w[i]) {
			return false
		}
		i += max(n, 1)
	}
	return true
}

// watching are programs that tell about other devices than the one they run on.
var watching = regexp.MustCompile(`(?i)\b(?:home ?assistant|open ?hab|domoticz|home(?:bridge|seer)|io ?broker|node-?red|grafana|zabbix|libre ?nms|observium|nagios|icinga|check ?mk|prtg|cacti|munin|netdata|uptime kuma|prometheus|zone ?minder|shinobi|blue ?iris|frigate|agent ?dvr|ispy|scrypted|octo(?:print|pi)|esphome)\b`)

// listed is what joins one model to the next in a list.
var listed = regexp.MustCompile(`^\s*(?:,|;|&|\+ |\band\b)\s*(?:[\w-]+ ){0,2}[A-Z]{1,5}-?\d`)

func (t *tokenRule) find(text string) string {
	m := t.re.FindStringSubmatchIndex(text)
	if m == nil {
		return ""
	}
	i := max(t.re.SubexpIndex("model"), 0)
	if m[2*i] < 0 || prefixed.MatchString(text[:m[0]]) {
		return "" // "CG-WGR1200" is no WGR1200
	}
	return strings.TrimSpace(text[m[2*i]:m[2*i+1]] + further(text[m[2*i+1]:]))
}

// prefixed is a text that ends in the first letters of a longer model.
var prefixed = regexp.MustCompile(`(?:^|[^A-Za-z0-9-])[A-Za-z0-9]{1,4}-$`)

// suffix is what follows a model's number and makes it another model.
var suffix = regexp.MustCompile(`^(?:\+|[-_](?:5G|4G|LTE|Outdoor|Wall|PoE|Pro|Plus|Lite|Mini|[Vv]\d|[A-Z]{1,3}\d?)\b)*(?:[ _](?:Pro|PRO|Plus|Max|Mini|Lite|Ultra|Go|II|III|LTE|4G|5G|XGS|VDSL|Fiber|Outdoor|Zoom|PoE|Dual|HD|[234]K|\d{1,2}MP|1080p|a[cx]\d?|Deluxe|LR|Long-Range|Enterprise|In-Wall|XT\d+)\b)*\+?(?: [vV]\d{1,2}(?:\.\d+)?\b)?`)

// further returns the part of rest that still belongs to the model before it: a
// "Deco XE70 Pro" that is read as a Deco XE70 gets the other one's verdict.
func further(rest string) string { return suffix.FindString(rest) }
