package fingerprint

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"houdbaar/internal/device"
	"houdbaar/internal/firmware"
)

// sourceRank orders sources of the same strength: the higher says it more directly.
var sourceRank = map[string]int{
	device.SourceLabel:   100,
	device.SourceBoxinfo: 60, device.SourceCurrentSetting: 60, device.SourceHNAP: 60, device.SourceJNAP: 60,
	device.SourceNIPCA: 60, device.SourceAxis: 60, device.SourceGoogleWifi: 60, device.SourceXiaomi: 60,
	device.SourceONVIF: 60, device.SourceSADP: 60, device.SourceDHIP: 60, device.SourceUbiquiti: 60,
	device.SourceMNDP: 60, device.SourceKasa: 60, device.SourceTDP: 60, device.SourceInfosvr: 60, device.SourceFoscam: 60,
	device.SourceDVRIP: 60, device.SourcePPPP: 60, device.SourceReolink: 60, device.SourceV380: 60,
	device.SourceUPnP: 50, device.SourceMDNS: 40, device.SourceSSDP: 35, device.SourceWSD: 30, device.SourceHTTP: 20,
	device.SourceNeighbour: 5, device.SourceRoute: 4,
}

// A claim is one part that one rule gives for one observation.
type claim struct {
	part     device.Part
	value    string
	strength strength
	vendor   string // whose device the same rule says it is, "" if it does not say
	evidence device.Evidence
	rank     int
	depth    int // of the UPnP device, 0 = root
	order    int
	software bool              // the same rule says it is third-party firmware
	base     bool              // or that a maker's own is built on it
	from     int               // which observation
	imitator string            // the kind of those who say this too, "" = nobody does
	guessed  bool              // a maker whom nothing names but a model that is known as theirs alone
	called   bool              // a model or a kind that stands where a name does, which its owner may have given
	also     []device.Evidence // the other fields that the value was put together from
}

// The order, between claims else equal, of what is read without a rule: a description's
// fields in their standard meaning before the rules, the rest behind them.
const (
	orderDescribed = -1
	orderToken     = 1 << 20 // and the token's own behind it
	orderText      = 1 << 21
	orderInfo      = 1 << 22
	orderPage      = 1 << 23 // and what is nothing but a model
)

// claimAt returns a claim on what stands in a field of o. It gives nothing yet.
func claimAt(o device.Observation, field, rule string, order int, vendor string, st strength) claim {
	c := claim{strength: st, vendor: vendor, rank: sourceRank[o.Source], order: order}
	c.evidence = device.Evidence{Rule: rule, Source: o.Source, Field: field, Value: o.Get(field), Addr: o.Addr, At: o.At}
	if embeddedDevice(o) {
		c.depth = 1
	}
	return c
}

// giving returns c as one that gives a value for a part.
func (c claim) giving(p device.Part, value string) claim {
	c.part, c.value = p, value
	c.evidence.Part, c.evidence.Gives = p, value
	return c
}

// naming returns c as claims on a maker and a model, of which either may be empty.
func (c claim) naming(vendor, model string) []claim {
	var out []claim
	if vendor != "" {
		out = append(out, c.giving(device.PartVendor, vendor))
	}
	if model != "" {
		out = append(out, c.giving(device.PartModel, model))
	}
	return out
}

// sure reports whether what c says is neither guessed nor a mere name, nor what others say
// of themselves too.
func (c *claim) sure() bool {
	switch c.part {
	case device.PartVendor:
		return !c.guessed
	case device.PartModel:
		return !c.called
	case device.PartKind:
		return c.imitator == ""
	}
	return true
}

// Identify says who d is. It always returns an identity; parts that nobody said are
// empty.
func (s *Set) Identify(d device.Device) device.Identity {
	d.Observations = asRead(d.Observations)
	claims, hints := s.read(d)
	slices.SortStableFunc(claims, stronger)

	var id device.Identity
	id.Vendor = settle(&id, claims, device.PartVendor)
	claims = s.readFamilies(claims, id.Vendor)
	for i := range claims {
		c := &claims[i]
		c.called = c.called || c.part == device.PartModel && (besideWords[c.evidence.Field] && s.amid(c) || plus(c))
	}
	if s.vendors[id.Vendor].Versioned {
		claims = slices.DeleteFunc(claims, boards)
	}
	if s.namesMaker(d) && !slices.ContainsFunc(claims, func(c claim) bool { return c.part == device.PartSoftware && !c.base }) {
		claims = slices.DeleteFunc(claims, func(c claim) bool { return c.base && c.part != device.PartKind })
	}
	id.Software = settle(&id, claims, device.PartSoftware)
	if id.Software != "" {
		// What the maker's firmware would say is not what runs.
		claims = slices.DeleteFunc(claims, func(c claim) bool { return c.part == device.PartFirmware && !c.software })
	}
	id.Model = settle(&id, claims, device.PartModel)
	s.doubtRival(&id)
	id.Revision = settle(&id, claims, device.PartRevision)
	id.Firmware = settle(&id, claims, device.PartFirmware)
	claims = gatewayFirst(claims, id.Vendor, d.Observations)
	if id.Kind = device.Kind(settle(&id, claims, device.PartKind)); id.Kind == device.Unknown {
		s.settleByMaker(&id, claims)
	}
	s.doubtNamed(&id, claims)
	id.Name = settle(&id, claims, device.PartName)
	id.Provider = settle(&id, claims, device.PartProvider)

	if known := s.inList(id.Vendor, id.Model).model; len(known) >= len(id.Model) && strings.Count(known, " ") >= strings.Count(id.Model, " ") {
		id.Model = known // but not the list's "Vigor3910" for "Vigor 3910"
	}
	id.Corrected = slices.ContainsFunc(claims, func(c claim) bool { return c.strength == person })
	if id.Firmware != "" {
		id.FirmwareDisplay = firmware.Display(id.Vendor, id.Firmware)
	}
	hints = append(hints, s.hardware(d)...)
	slices.SortFunc(hints, func(a, b device.Hint) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Value, b.Value))
	})
	id.Hints = slices.Compact(hints)
	return id
}

// read returns what every observation of d says, by the rules and without.
func (s *Set) read(d device.Device) (claims []claim, hints []device.Hint) {
	for i, o := range withServers(d.Observations) {
		o = s.withoutReport(o)
		low := &lowered{fields: o.Fields}
		o, page := s.withPage(o, low)
		low.fields = o.Fields
		here, signs := s.readRules(d, o, low)
		hints = append(hints, signs...)
		here = append(here, s.describe(o)...)
		here = append(here, s.readInfo(o)...)
		here = append(here, s.readTokens(o, low)...)
		here = append(here, s.readNames(o)...)
		here = append(here, s.readPage(o, page, low)...)
		here = append(here, s.readKnown(o)...)
		for _, c := range here {
			if c.part == device.PartFirmware && anyMatches(s.noFirmware, c.value) {
				continue
			}
			if c.part == device.PartFirmware && c.strength == weak && c.vendor == "" {
				c.vendor = s.describer(o)
			}
			c.from = i
			c.called = c.called || isName[c.evidence.Field] && (c.order < 0 || c.order >= orderToken) // a rule knows how firmware writes it
			if c.part == device.PartModel {
				c.called = c.called || s.doubtful(o, &c)
			}
			if c.part == device.PartModel && c.evidence.Field != "body" { // in which more than a name stands
				c = c.giving(c.part, s.whole(c.vendor, saidIn(c), c.value))
			}
			claims = append(claims, c)
		}
	}
	return claims, hints
}

// describer is whom a description names as its manufacturer, also one who makes no device:
// the number beside a program's author is the program's, not that of the router it runs on.
func (s *Set) describer(o device.Observation) string {
	if v, _ := s.Vendor(o.Get("manufacturer")); v != "" {
		return v
	}
	return o.Get("manufacturer")
}

// besideGateway are kinds of things that never describe themselves as what shares out a
// connection. A router may do what they do, for the printer, the loudspeakers and the
// telephones that are plugged into it.
var besideGateway = map[device.Kind]bool{device.Speaker: true, device.Printer: true, device.TV: true, device.Light: true, device.Plug: true, device.Phone: true}

// gatewayFirst returns the claims without those of such a kind, where one of them would win
// over what the device of this vendor describes itself as: an internet gateway.
func gatewayFirst(claims []claim, vendor string, observations []device.Observation) []claim {
	kind := device.Kind(settle(&device.Identity{Vendor: vendor}, claims, device.PartKind))
	if !besideGateway[kind] || !slices.ContainsFunc(observations, aGateway) {
		return claims
	}
	return slices.DeleteFunc(claims, func(c claim) bool { return c.part == device.PartKind && besideGateway[device.Kind(c.value)] })
}

// aGateway reports whether a device describes itself as an internet gateway. Its answers to
// a search do not tell: some send back whatever was searched for.
func aGateway(o device.Observation) bool {
	return !embeddedDevice(o) && gatewayType.MatchString(o.Get("deviceType"))
}

var gatewayType = regexp.MustCompile(`:device:InternetGatewayDevice:`)

// withServers returns observations, and after each with further SERVER headers one for each
// of these: a program and another that stands before it may both send theirs.
func withServers(observations []device.Observation) []device.Observation {
	var all []device.Observation
	for _, o := range observations {
		all = append(all, o)
		if o.Source != device.SourceSSDP && o.Source != device.SourceHTTP {
			continue
		}
		for n := 2; o.Get("server#"+strconv.Itoa(n)) != ""; n++ {
			more := o
			more.Fields = map[string]string{"server": o.Get("server#" + strconv.Itoa(n))}
			all = append(all, more)
		}
	}
	return all
}

// readRules returns what the rules give for one observation of d.
func (s *Set) readRules(d device.Device, o device.Observation, low *lowered) (claims []claim, hints []device.Hint) {
	for _, r := range s.rules[o.Source] {
		got := r.match(o, low)
		if got == nil {
			continue
		}
		these := s.claims(r, o, got)
		if r.Imitated != nil && !offers(d, r.Imitated.unless) {
			for j := range these {
				these[j].imitator = r.Imitated.By
			}
		}
		claims = append(claims, these...)
		for code, t := range r.Hints {
			if v, _ := fill(t, got); v != "" {
				hints = append(hints, device.Hint{Code: code, Value: v})
			}
		}
	}
	return claims, hints
}

// doubtRival puts the model in doubt where the very text that it was read in names
// another one too: which of the two this is, nobody can tell.
func (s *Set) doubtRival(id *device.Identity) {
	ofModel := func(d device.Doubt) bool { return d.Part == device.PartModel }
	if slices.ContainsFunc(id.Doubts, func(d device.Doubt) bool { return ofModel(d) && len(d.Values) > 1 }) {
		return
	}
	i := slices.IndexFunc(id.Evidence, func(e device.Evidence) bool { return e.Part == device.PartModel }) // the strongest
	if i < 0 || id.Evidence[i].Field == "body" {
		return
	}
	if other := s.rival(id.Evidence[i].Value, id.Vendor, id.Model); other != "" {
		id.Doubts = append(slices.DeleteFunc(id.Doubts, ofModel), device.Doubt{Part: device.PartModel, Values: []string{id.Model, other}})
	}
}

// namesMaker reports whether the description of a gateway names a maker of the table, which
// third-party firmware does not.
func (s *Set) namesMaker(d device.Device) bool {
	return slices.ContainsFunc(d.Observations, func(o device.Observation) bool {
		if o.Source != device.SourceUPnP || embeddedDevice(o) || !judgedType.MatchString(o.Get("deviceType")) {
			return false
		}
		_, known := s.Vendor(o.Get("manufacturer"))
		return known
	})
}

// offers reports whether d offers a DNS-SD service. nil = none that would tell.
func offers(d device.Device, service *regexp.Regexp) bool {
	return service != nil && slices.ContainsFunc(d.Observations, func(o device.Observation) bool {
		return o.Source == device.SourceMDNS && service.MatchString(o.Get("service"))
	})
}

// settleByMaker takes the kind from what the model is known to be, or from a maker who
// makes one sort of thing, where nothing else speaks of it.
func (s *Set) settleByMaker(id *device.Identity, claims []claim) {
	kind, part, value := s.inList(id.Vendor, id.Model).kind, device.PartModel, id.Model
	if kind == device.Unknown {
		kind, part, value = s.vendors[id.Vendor].Kind, device.PartVendor, id.Vendor
		if told := toldByName(kind, id.Model); told != kind {
			kind, part, value = told, device.PartModel, id.Model
		}
	}
	for _, c := range claims {
		if c.part != part || c.value != value || kind == device.Unknown {
			continue
		}
		id.Kind, id.Evidence = kind, append(id.Evidence, c.giving(device.PartKind, string(kind)).evidence)
		return
	}
}

// toldByName returns what a model is called, where that is another kind than its maker's
// usual one.
func toldByName(usual device.Kind, model string) device.Kind {
	switch {
	case usual.Class() == device.ClassNetwork && cameraName.MatchString(model):
		return device.Camera
	case usual.Class() == device.ClassNetwork && televisionName.MatchString(model):
		return device.TV
	case usual == device.Camera && recorderName.MatchString(model):
		return device.NVR
	}
	return usual
}

// cameraName is a camera's name among those of a maker of routers: "WIPC409HD", "EWS1025CAM",
// "iCamera2".
var cameraName = regexp.MustCompile(`(?i)^w?ip-?c(?:am)?[-\d]|^i?cam(?:era)?[-\d]|\dcam\d?$`)

// televisionName is the name of a box at a television among theirs: "UHD_STB_100",
// "Set-Top Box 4K", "Xstream_Smart_Box".
var televisionName = regexp.MustCompile(`(?i)(?:^|[^a-z])(?:stb|set[-_ ]?top|tv[-_ ]?box|xstream_smart_box)(?:$|[^a-z])`)

// recorderName is a recorder's name among those of a maker of cameras: "NVR5-8200PX",
// "GV-SNVR0812", "AV800NVR", "DW-DVR 16".
var recorderName = regexp.MustCompile(`(?i)[dnx]vr(?:$|[-_ \d])`)

// isName are the fields with a name that people may change: UPnP Device Architecture 2.0,
// section 2.3 ("short description for end user"), and RFC 6763, section 4.1.1.
var isName = map[string]bool{"friendlyName": true, "instance": true}

// claims are the parts that r gives for o.
func (s *Set) claims(r *rule, o device.Observation, got map[string]capture) []claim {
	var out []claim
	vendor := ""
	if t, ok := r.Gives[string(device.PartVendor)]; ok {
		raw, _ := fill(t, got)
		var known bool
		if vendor, known = s.Vendor(raw); !known && strengths[r.Strength] == weak {
			vendor = "" // a mere word is no vendor unless there is one of that name
		}
	}
	model, _ := fill(r.Gives[string(device.PartModel)], got)
	isChip := model != "" && s.noise(model) // whose revision is not the device's
	named := got[""].named && device.Kind(r.Gives[string(device.PartKind)]).Class() == device.ClassOther
	providerOnly := r.Gives[string(device.PartProvider)] != "" && r.Gives[string(device.PartModel)] == ""
	for _, p := range parts {
		t, ok := r.Gives[string(p)]
		if !ok || embeddedDevice(o) && p != device.PartKind { // which may be a program with a version of its own
			continue
		}
		v, from := fill(t, got)
		if p == device.PartVendor {
			v = vendor
		}
		if v = s.usable(p, v); v == "" {
			continue
		}
		if p == device.PartRevision && isChip || p == device.PartKind && providerOnly && device.Kind(v).Class() == device.ClassNetwork && plays(o) {
			continue
		}
		st := strengths[r.Strength]
		if b, ok := r.But[string(p)]; ok {
			st = strengths[b]
		}
		if named && (p == device.PartKind || p == device.PartVendor) {
			st = weak
		}
		at := func(from capture) claim {
			c := claimAt(o, from.field, r.name, r.order, vendor, st)
			c.evidence.Value = from.shows
			return c
		}
		c := at(from[0])
		c.called = p == device.PartKind && named
		c.software, c.base = r.Gives[string(device.PartSoftware)] != "", r.Base && from[0].field == "server"
		for _, other := range from[1:] {
			c.also = append(c.also, at(other).giving(p, v).evidence)
		}
		out = append(out, c.giving(p, v))
	}
	return out
}

// usable returns a value as the part has it, "" if it can be none.
func (s *Set) usable(p device.Part, v string) string {
	switch {
	case p == device.PartRevision:
		return Revision(v)
	case p == device.PartProvider: // "SKY" is Sky
		if spelt, known := s.Vendor(v); known && strings.EqualFold(spelt, v) {
			return spelt
		}
	case p == device.PartKind && !knownKind(device.Kind(v)), p == device.PartModel && s.noise(v), p == device.PartName && s.nobodysName(v):
		return ""
	}
	return v
}

// playerType are the types of devices that play what others send, as no router does: where
// nothing but a provider is named, it is that of a television box.
var playerType = regexp.MustCompile(`(?i):device:(?:MediaRenderer|tv\w*|dial\w*):`)

func plays(o device.Observation) bool {
	return o.Source == device.SourceUPnP && !embeddedDevice(o) && playerType.MatchString(o.Get("deviceType"))
}

// embeddedDevice reports whether o is a device inside another of a description.
func embeddedDevice(o device.Observation) bool {
	return o.Source == device.SourceUPnP && o.Get("depth") != "" && o.Get("depth") != "0"
}
