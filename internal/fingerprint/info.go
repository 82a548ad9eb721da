package fingerprint

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"houdbaar/internal/device"
	"houdbaar/internal/firmware"
)

// partPath are the parts of a path under which a document speaks of the device's own parts,
// and of firmware that it does not run.
var partPath = regexp.MustCompile(`(?i)(?:^|\.)(?:\w*(?:sensors|lights|items|disks|drives|modules|apps|packages|plugins|networks|groups|channels)|disk|hdd|ups|modem|battery|usb\w*|app|new\w*|latest\w*|update\w*|upgrade\w*|` +
	`boot\w*|kernel|wi-?fi|wlan|radio|[av]?dsl|bt|bluetooth|zigbee|mcu|api|protocol|min(?:imum)?|available|required|previous|backup|recovery|factory)(?:#?\d+)?\.`)

// lineKey are keys of the line to the provider, which only what joins the home to it has.
// Cameras know PPPoE too.
var lineKey = regexp.MustCompile(`(?i)(?:^|[._-])(?:wan(?:\d|$|[._-]|ip|link|state|status|type|proto|conn|mode|dns|gate|addr|access)|[av]?dsl(?:$|[._-])|docsis|gpon)`)

// cableKey are keys of a line that only a modem for it has.
var cableKey = regexp.MustCompile(`(?i)(?:^|[._-])docsis_?version$`)

// othersPath are the parts of a path under which other devices stand.
var othersPath = regexp.MustCompile(`(?i)(?:^|\.)(?:\w*(?:devices|clients|hosts|stations|children|neighbou?rs|cameras|bridges)|client|station|neighbou?r|peer|cam\d+)(?:#?\d+)?\.`)

// plainVersion is what a firmware version looks like in any maker's document.
var plainVersion = regexp.MustCompile(`^(?:(?:FRITZ!OS|DSM|SRM|QTS|RouterOS|KeeneticOS|ReyeeOS) )?[vV]?\d+[._]\d(?:[\w.+() -]{0,40}(?:\(Build: ?\w{1,12}\))?|[\w.]*` + behindVersion + `)$`)

// codedVersion is a firmware version that begins with the name of what it is for, under a key
// that can mean nothing else: "NB6V-MAIN-R3.5.8", "V200R001B310D01SP00C00", "V5R022C10S590", "VVTK-0103f",
// "IPC_D1201-B0011P10D1806", Comtrend's "A121-306CTU-C08_R04", FiberHome's "RP2631", Nokia's "3FE46606AFIA63".
var codedVersion = regexp.MustCompile(`^[A-Z][\w-]{0,30}[._-][\w.:+-]*\d[._]\d[\w.:+-]{0,40}$|` + released + `|^[A-Z]{3,5}-\d{4}[a-z]\d?$|^[A-Z]{2,8}_[A-Z]\d{4}-B\d{4}P\d\w{0,20}$|^[A-Z]{1,4}\d{2,3}-[34]\d\d[A-Z]{3}-C\d\d_R\d\d\w?$|^RP\d{4}$|^3FE\d{5}[A-Z]{3,4}\d{2,3}$`)

// released is a version as Huawei's way of counting has it, which nothing else looks like.
const released = `^V\d{1,3}R\d{3}\w{0,30}$`

var releasedOnly = regexp.MustCompile(released)

// ownKey is what a key may begin with that says whose version it is: "deviceFirmwareVersion".
// MikroTik's "current-firmware" is its boot program's.
var ownKey = regexp.MustCompile(`^(?:device|dev|system|sys|router|product|current|running|installed|active)+((?:firmware|fw|software|sw|hardware|hw).+)$`)

// joinedWith are the parts of a path under which a device, or a program, may speak of another
// one that it works with.
var joinedWith = regexp.MustCompile(`(?i)(?:^|\.)(?:gateway|up(?:stream|link)|target|connected\w*|linked\w*|paired\w*|remote|parent|master|source|origin|backend|proxied|monitored|attributes)(?:#?\d+)?\.`)

// aboutItself is what stands before the part of a document that is about the device itself.
var aboutItself = regexp.MustCompile(`(?i)^.*\bdevice_?info(?:rmation)?\.`)

// copiedServices are the services whose TXT strings computers copy from other makers', or whose
// keys mean something else.
var copiedServices = regexp.MustCompile(`(?i)^_(?:device-info|smb|afpovertcp|airplay|raop|companion-link|adisk|sleep-proxy|webdavs?|nfs|rfb|daap|dacp|home-sharing|ipps?|ipp-\w+|printer|pdl-datastream|uscans?|scanner|googlecast|hap|workstation)\._`)

// readInfo reads a document that a device gives about itself, or the TXT strings of a
// DNS-SD service, by what its keys mean to everybody. What a maker means otherwise is for
// the maker's rules, which come first.
func (s *Set) readInfo(o device.Observation) []claim {
	service := o.Source == device.SourceMDNS
	if service && copiedServices.MatchString(o.Get("service")) || !service && o.Source != device.SourceDeviceInfo {
		return nil
	}
	fields := sortedKeys(o.Fields)
	found := s.infoFields(o, fields)
	vendor, known := "", false
	if f := found[device.PartVendor]; f != "" {
		vendor, known = s.Vendor(o.Get(f))
	}
	guessed := false // the maker, by a model so short that other things may be called so
	var out []claim
	say := func(part device.Part, v, field string, st strength) {
		if v != "" {
			c := claimAt(o, field, "info/"+string(part), orderInfo, vendor, st).giving(part, v)
			c.guessed = guessed && part == device.PartVendor
			c.called = part == device.PartModel && !service && joinedWith.MatchString(field)
			out = append(out, c)
		}
	}
	kind, kindField := s.saidKind(o, fields, service)
	say(device.PartKind, string(kind), kindField, weak)
	if f := found[device.PartModel]; f != "" && vendor == "" {
		model := strings.TrimSpace(o.Get(f))
		if maker := s.infoMaker(model, service); maker != "" {
			first, _ := s.namedFirst(model)
			vendor, known, found[device.PartVendor], guessed = maker, true, f, first == "" && isShort(model)
		}
	}
	for _, part := range parts {
		field := found[part]
		if field == "" {
			continue
		}
		v, st := strings.TrimSpace(o.Get(field)), generic
		switch part {
		case device.PartVendor:
			if v = vendor; !known {
				st = weak
			}
		case device.PartModel:
			if v = s.without(vendor, v); len(s.vendors[vendor].Families) == 0 && !s.vendors[vendor].SelfNamed {
				v = strings.TrimPrefix(v, vendor+" ") // "Elgato Key Light", not "Raspberry Pi 4"
			}
		case device.PartRevision:
			v = Revision(v)
		}
		say(part, v, field, st)
	}
	return out
}

// infoFields returns the field for each part that a document's fields, the higher first, give.
func (s *Set) infoFields(o device.Observation, fields []string) map[device.Part]string {
	found := map[device.Part]string{}
	model := s.modelField(o, fields)
	for _, field := range fields {
		key := infoKey(field)
		if whole := nestedKey(o, field); whole != "" {
			key = whole
		}
		part, ok := s.keys[key]
		if m := ownKey.FindStringSubmatch(key); !ok && m != nil {
			part, ok = s.keys[m[1]]
		}
		if !ok || !ofItself(field) || !s.usableInfo(part, key, o.Get(field)) || part == device.PartFirmware && !itself(o, field, model) {
			continue
		}
		have := strings.ToLower(found[part])
		provider := strings.HasSuffix(have, "companyname")
		sort := (strings.HasSuffix(have, "type") || strings.HasSuffix(have, "class")) && key != "productclass"
		if have == "" || provider || sort { // what was found may be these, not the device's own
			found[part] = field
		}
	}
	return found
}

// nestedVersion is a version below the name of what it is of, "firmware.version".
var nestedVersion = regexp.MustCompile(`(?i)^(.*\.)?(firmware|fw|hardware|hw)\.(?:(version|ver|revision|rev)|current|current_?version|installed|installed_?version)$`)

// nestedKey returns the key that such a field stands for, "" if none, or beside where that
// firmware is to be had.
func nestedKey(o device.Observation, field string) string {
	m := nestedVersion.FindStringSubmatch(field)
	if m == nil {
		return ""
	}
	for other := range o.Fields {
		if !strings.HasPrefix(other, m[1]+m[2]+".") {
			continue
		}
		if offeredKey.MatchString(other) || m[3] != "" && (waitingKey.MatchString(other) || stateKey.MatchString(other) && waits.MatchString(o.Get(other))) {
			return ""
		}
	}
	if m[2][0]|0x20 == 'h' {
		return "hardwareversion"
	}
	return "firmwareversion"
}

// offeredKey are keys of firmware that is there to be fetched.
var offeredKey = regexp.MustCompile(`(?i)\.[^.]*(?:url|link|size|md5|sha\d*|checksum|hash|notes?|changelog|released?|date|progress|path|file)(?:#\d)?$`)

// waitingKey are keys beside a version that may be one to come: "available": true.
var waitingKey = regexp.MustCompile(`(?i)\.(?:is_?)?(?:available|mandatory|forced?)(?:#\d)?$`)

// stateKey is a key beside a version that says how far it is, and waits what it says of one that
// does not run yet: "status": "downloaded".
var (
	stateKey = regexp.MustCompile(`(?i)\.[^.]*(?:status|state)(?:#\d)?$`)
	waits    = regexp.MustCompile(`(?i)download|avail|pending|ready|waiting|scheduled|new`)
)

// saidKind returns what a document says it is of, and the field. What has a line for cable and
// calls itself a router or gateway is both.
func (s *Set) saidKind(o device.Observation, fields []string, service bool) (kind device.Kind, field string) {
	var lines, cables []string
	for _, field := range fields {
		if !service && lineKey.MatchString(field) && !ofOthers(field) {
			lines = append(lines, field)
			if cableKey.MatchString(field) {
				cables = append(cables, field)
			}
		}
	}
	for _, field := range fields {
		if !s.kindKeys[infoKey(field)] || !ofItself(field) {
			continue
		}
		switch k := readFamily(s.kinds, strings.TrimSpace(o.Get(field))).kind; {
		case k == device.Unknown || service && k == device.Router: // a service's "gateway" joins lamps
		case len(cables) == 0:
			return k, field
		case k == device.Router:
			return device.Gateway, field
		}
	}
	switch {
	case len(cables) > 0:
		return device.Modem, cables[0]
	case len(lines) > 1:
		return device.Router, lines[len(lines)-1]
	}
	return device.Unknown, ""
}

// infoMaker returns the maker who stands before a model or, unless a service has it and it
// is short, the one maker who uses it.
func (s *Set) infoMaker(model string, service bool) string {
	maker, _ := s.namedFirst(model)
	if maker == "" && !(service && isShort(model)) {
		return s.onlyMaker(model)
	}
	return maker
}

// infoKey is the last part of a field, in the form in which keys are compared. A second
// value of a key, "model#2", keeps its mark and is not the key "model2".
func infoKey(field string) string {
	key, more, second := strings.Cut(field[strings.LastIndexByte(field, '.')+1:], "#")
	if second {
		return squeeze(key) + "#" + more
	}
	return squeeze(key)
}

// ofItself reports whether what stands in a field of a document is about the device.
func ofItself(field string) bool {
	path := aboutItself.ReplaceAllString(field, "")
	return !partPath.MatchString(path) && !ofOthers(field) && strings.Count(path, ".") <= 3
}

// ofOthers reports whether a field stands in a list of other things, by the list's name or
// because it is one of several in what is not called as the device itself.
func ofOthers(field string) bool {
	path := strings.Split(field, ".")
	for i := 1; i < len(path); i++ {
		if listIndex.MatchString(path[i]) && !ownPath.MatchString(path[i-1]+".") {
			return true
		}
	}
	return othersPath.MatchString(field)
}

var listIndex = regexp.MustCompile(`^\d+$`)

// modelField returns the field of a document that names the model, the nearest to the top.
func (s *Set) modelField(o device.Observation, fields []string) string {
	for _, field := range fields {
		key := infoKey(field)
		if s.keys[key] == device.PartModel && s.usableInfo(device.PartModel, key, o.Get(field)) {
			return field
		}
	}
	return ""
}

// itself reports whether what holds a firmware version in a document is the device: the
// document or what holds the model, or a part of these that is called so. A document may
// speak of satellites, modules and telephones in any words.
func itself(o device.Observation, field, model string) bool {
	at := field[:strings.LastIndexByte(field, '.')+1]
	holder := model[:strings.LastIndexByte(model, '.')+1]
	return o.Source == device.SourceMDNS || ownPath.MatchString(at) || holder != "" && strings.HasPrefix(at, holder) && ownPath.MatchString(at[len(holder):])
}

// ownPath are parts of a path that are called as the device itself, or as what is told of it.
var ownPath = regexp.MustCompile(`(?i)^(?:(?:get[-_]?)?(?:(?:` + ownWord + `)[-_]?)+s?\d*(?:#\d+)?\.|\d+\.)*$`)

const ownWord = `device|dev|product|unit|router|system|sys|hardware|hw|software|sw|firmware|fw|version|info|information|status|state|` +
	`summary|overview|about|general|basic|common|main|data|result|response|reply|return|output|body|head|header|payload|content|value|param|config|setting|root|envelope|rsp|me|self|local|` +
	`identity|description|logger`

// modelName is what stands under "model" and is a name.
var modelName = regexp.MustCompile(`^[A-Z][\w+-]*(?: [\w+-]+){0,3}$`)

// modelType is what stands under "type" and is a model, not a sort of thing.
var modelType = regexp.MustCompile(`^(?:(?:[A-Z][A-Z0-9]*|\d[A-Z0-9]+)-[A-Z0-9/-]*\d[\w/-]*|[A-Z]{3}\d{4}[A-Z]{0,3}-[A-Z]{1,3})$`)

// onLabel is a hardware revision as labels have it, unlike a year, an address and a zero.
var onLabel = regexp.MustCompile(`^(?:V?[1-9]\d?(?:\.\d{1,2}){0,2}|V?[1-9]\.\d[A-Z]|[A-Z]\d{0,2}|[A-Z]?\d[A-Z])$`)

// linkplayModule is what stands under "hardware" in Linkplay's documents: the module inside, "A31".
var linkplayModule = regexp.MustCompile(`^A\d\d$`)

// noRevision is a mobile network's, a voltage or a size: "5G", "12V", "8M".
var noRevision = regexp.MustCompile(`(?i)^\d+(?:\.\d)?[gvm]$`)

// usableInfo reports whether v can be what its key says.
func (s *Set) usableInfo(part device.Part, key, v string) bool {
	v = strings.TrimSpace(v)
	switch part {
	case device.PartVendor:
		name, _ := s.Vendor(v)
		return name != ""
	case device.PartModel:
		if strings.HasSuffix(key, "type") && !modelType.MatchString(v) {
			return false
		}
		if key == "productclass" {
			return s.onlyMaker(v) != ""
		}
		if key == "makeandmodel" { // of eSCL: nothing else stands there
			return looksLikeModel(v) && !s.noise(v)
		}
		if key == "productname" {
			if maker, _ := s.namedFirst(v); maker != "" && len(words(v)) <= 5 {
				return true // "Elgato Key Light Air"
			}
		}
		plainly := strings.Contains(key, "model") && modelName.MatchString(v) && !s.descriptive(v) // "E1 Zoom"
		return (looksLikeModel(v) || plainly) && !s.noise(v) && !s.advertises(v)
	case device.PartFirmware:
		named := (strings.Contains(key, "ware") || strings.HasPrefix(key, "fwver") || strings.HasPrefix(key, "swver")) && codedVersion.MatchString(v) && !s.noise(v) // which is a system or a program
		return plainVersion.MatchString(v) || named || releasedOnly.MatchString(v) ||
			strings.HasPrefix(key, "f") && firmware.Software(v) != "" // which is to be said; under "software" it may be a base
	case device.PartRevision:
		if key == "hardware" && linkplayModule.MatchString(v) {
			return false
		}
		return onLabel.MatchString(Revision(v)) && !strings.HasPrefix(v, "-") && !noRevision.MatchString(v)
	}
	return false
}

func letterOrDigit(r rune) rune {
	if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// sortedKeys returns the keys of m, those that stand higher first: they are about the whole.
func sortedKeys(m map[string]string) []string {
	return slices.SortedFunc(maps.Keys(m), func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.Count(a, "."), strings.Count(b, ".")), cmp.Compare(a, b))
	})
}
