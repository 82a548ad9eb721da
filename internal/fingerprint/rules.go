// Package fingerprint names a device from its observations, by rules as data.
//
// It promises that every part of an identity comes with the field it was read from,
// and that a more specific rule beats a more general one. A part that nothing gives
// stays empty. What is only likely stays in doubt: a maker whom nothing names but a short
// model, or one that only the catalogue's list knows as theirs; a model that stands only in
// a name, which people may change; and a model in a text that names another one too. It
// refuses sockets, the clock, percentages, and to take a chip, an operating system or a
// program for a model.
//
// A rule looks at one observation. The files in rules/ hold them, one file for a
// vendor and some for what is common to all; rules/README.md describes the format, and
// says what is read without a rule.
package fingerprint

import (
	"regexp"

	"houdbaar/internal/device"
)

// A strength says how specific a rule is. A higher one beats a lower one; between
// equals the source and then the order of the rules decide.
type strength uint8

// The strengths by their names in rule files.
const (
	weak    strength = iota + 1 // a word or a service that usually means it
	generic                     // a standard field in the standard meaning
	family                      // how this vendor's devices write it
	exact                       // a field in which this vendor's firmware states just this
	person                      // read from the label
)

var strengths = map[string]strength{"weak": weak, "generic": generic, "family": family, "exact": exact, "person": person}

// parts are the parts that a rule may give, in the order they are worked out.
var parts = []device.Part{
	device.PartVendor, device.PartModel, device.PartRevision, device.PartFirmware,
	device.PartKind, device.PartName, device.PartProvider, device.PartSoftware,
}

// A file is one rule file.
type file struct {
	About      string       `json:"about"`
	vendorName              // the vendor of every rule here that gives a model and names no vendor
	Vendors    []vendorName `json:"vendors"`   // more vendors, for the generic files
	Not        notVendors   `json:"not"`       // never.json only
	Providers  []string     `json:"providers"` // of internet access, whose name may stand before the maker's
	Rules      []rule       `json:"rules"`
}

// A vendorName is a vendor: what it and its models are called, and what they are.
type vendorName struct {
	Vendor    string       `json:"vendor"`    // the one spelling
	Aliases   []string     `json:"aliases"`   // what the vendor calls itself, compared without case, punctuation and legal form
	Everyday  []string     `json:"everyday"`  // those of these names that are also words
	SelfNamed bool         `json:"selfNamed"` // its models are called by its name too: "Sonos One"
	Versioned bool         `json:"versioned"` // a version behind its models is the hardware's, as its labels have it: "AC6 V2.0"
	Kind      device.Kind  `json:"kind"`      // what everything they make for homes is, "" = several
	Models    []tokenRule  `json:"models"`    // model names that are nobody else's, and what they are
	Families  []familyRule `json:"families"`  // what this vendor's model names mean
}

// notVendors are values that are never what they are printed as.
type notVendors struct {
	Vendors  []string `json:"vendors"`  // folded manufacturers that are a chip's, a system's or a program's
	Chips    []string `json:"chips"`    // makers of chips: what they call a model may be one
	Models   []string `json:"models"`   // patterns of what is never a model
	Names    []string `json:"names"`    // patterns of what nobody calls their device
	Firmware []string `json:"firmware"` // patterns of versions that are a program's, never the device's firmware
}

// A familyRule reads a model name as its vendor means it. The first that matches
// decides; rewriting is by templates over the pattern's groups.
type familyRule struct {
	Match    string            `json:"match"`
	Model    string            `json:"model,omitempty"` // rewritten; "" = as it is
	Revision string            `json:"revision,omitempty"`
	Kind     device.Kind       `json:"kind,omitempty"`
	On       bool              `json:"on,omitempty"` // go on to the next family after this one
	Examples map[string]string `json:"examples"`     // model as announced → "model | revision | kind"

	re *regexp.Regexp
}

// A tokenRule finds a model name that only this vendor uses in a text that firmware
// writes: a SERVER header, a realm, a title. The whole pattern is the model, or its
// group "model" if it has one. With a kind it is a familyRule too, behind the vendor's
// others.
type tokenRule struct {
	Match    string            `json:"match"`
	Kind     device.Kind       `json:"kind,omitempty"`
	Examples map[string]string `json:"examples"` // text → model, "" = none

	re     *regexp.Regexp
	need   []string
	vendor string
	name   string
	order  int
}

// A rule reads one observation.
type rule struct {
	ID       string            `json:"id"`
	About    string            `json:"about,omitempty"`
	From     []string          `json:"from"`             // sources, any of them
	When     map[string]string `json:"when"`             // field or "field|field" → pattern; all must match
	Unless   map[string]string `json:"unless,omitempty"` // none may match
	Gives    map[string]string `json:"gives"`            // part → template
	Hints    map[string]string `json:"hints,omitempty"`  // code → template
	Strength string            `json:"strength"`         // of all parts
	But      map[string]string `json:"but,omitempty"`    // part → another strength
	Imitated *imitated         `json:"imitated,omitempty"`
	Base     bool              `json:"base,omitempty"` // in a SERVER header, makers say so of what theirs is built on
	Examples []example         `json:"examples"`

	name   string // "file/id"
	order  int
	whens  []condition
	unless []condition
}

// imitated says that others say the same, so that the kind is in doubt unless the device
// also offers a DNS-SD service that they do not.
type imitated struct {
	By     string `json:"by"`               // kind
	Unless string `json:"unless,omitempty"` // pattern of the service, "" = none tells
	unless *regexp.Regexp
}

type condition struct {
	fields []string
	re     *regexp.Regexp
	need   []string // one of these must stand in the value; nil = not known
}

// An example is an observation, or several of one device, that the rule must read and what the whole
// set must then make of it. Parts that are not named are not compared.
type example struct {
	From string            `json:"from"`
	Saw  map[string]string `json:"saw"`
	Is   map[string]string `json:"is"`
	Note string            `json:"note,omitempty"` // where it was seen, or "invented"
}

// A Set is rules, ready to use. It is safe for concurrent use.
type Set struct {
	vocabulary
	rules      map[string][]*rule // by source
	all        []*rule
	aliases    map[string]string     // folded alias → vendor
	everyday   map[string]bool       // those that are also words: "Free WiFi" names no maker
	longest    int                   // words in the longest alias
	vendors    map[string]vendorName // by their one spelling
	tokens     []tokenRule
	known      map[string][]knownModel // by modelKey
	noVendor   map[string]bool
	provider   map[string]bool // folded
	chips      []string        // folded
	noModel    []*regexp.Regexp
	noName     []*regexp.Regexp
	noFirmware []*regexp.Regexp
}
