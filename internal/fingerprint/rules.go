// Package fingerprint names a device from its observations, by rules as data.
//
// It promises that every part of an identity comes with the field it was read from,
// and that a more specific rule beats a more general one. A part that nothing gives
// stays empty. One thing is guessed, and then stays in doubt: the maker, where nothing
// names one but a short model, or one that only the catalogue's list knows as theirs. It
// refuses sockets, the clock, percentages, and to take a chip, an operating system or a
// program for a model.
//
// A rule looks at one observation. The files in rules/ hold them, one file for a
// vendor and some for what is common to all; rules/README.md describes the format, and
// says what is read without a rule.
package fingerprint

import (
	"cmp"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"sort"
	"strings"
	"sync"

	"houdbaar/internal/device"
)

//go:embed rules/*.json
var embedded embed.FS

// Default returns the built-in rules. They are tested, so it panics if they do
// not load.
var Default = sync.OnceValue(func() *Set {
	sub, err := fs.Sub(embedded, "rules")
	if err != nil {
		panic(err)
	}
	s, err := Load(sub)
	if err != nil {
		panic(err)
	}
	s.know(modelNames)
	return s
})

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
	About     string       `json:"about"`
	Vendor    string       `json:"vendor"`    // the one spelling; the vendor of every rule here that gives a model and names no vendor
	Aliases   []string     `json:"aliases"`   // what the vendor calls itself, compared without case, punctuation and legal form
	Vendors   []vendorName `json:"vendors"`   // more vendors, for the generic files
	Not       notVendors   `json:"not"`       // generic files only
	Providers []string     `json:"providers"` // of internet access, whose name may stand before the maker's
	Models    []tokenRule  `json:"models"`    // model names that are nobody else's, and what they are
	Families  []familyRule `json:"families"`  // what this vendor's model names mean
	Rules     []rule       `json:"rules"`
}

type vendorName struct {
	Vendor   string       `json:"vendor"`
	Aliases  []string     `json:"aliases"`
	Kind     string       `json:"kind"` // what everything they make for homes is, "" = several
	Models   []tokenRule  `json:"models"`
	Families []familyRule `json:"families"` // as a file's
}

// notVendors are values that are never what they are printed as.
type notVendors struct {
	Vendors []string `json:"vendors"` // folded manufacturers that are a chip's, a system's or a program's
	Chips   []string `json:"chips"`   // makers of chips: what they call a model may be one
	Models  []string `json:"models"`  // patterns of what is never a model
	Names   []string `json:"names"`   // patterns of what nobody calls their device
}

// A familyRule reads a model name as its vendor means it. The first that matches
// decides; rewriting is by templates over the pattern's groups.
type familyRule struct {
	Match    string            `json:"match"`
	Model    string            `json:"model,omitempty"` // rewritten; "" = as it is
	Revision string            `json:"revision,omitempty"`
	Kind     string            `json:"kind,omitempty"`
	On       bool              `json:"on,omitempty"` // go on to the next family after this one
	Examples map[string]string `json:"examples"`     // model as announced → "model | revision | kind"

	re *regexp.Regexp
}

// everything is 1 for a family that any name is of, else 0.
func everything(f familyRule) int {
	if !f.On && anything(f.Match) {
		return 1
	}
	return 0
}

// A tokenRule finds a model name that only this vendor uses in a text that firmware
// writes: a SERVER header, a realm, a title. The whole pattern is the model, or its
// group "model" if it has one. With a kind it is a familyRule too, behind the vendor's
// others.
type tokenRule struct {
	Match    string            `json:"match"`
	Kind     string            `json:"kind,omitempty"`
	Examples map[string]string `json:"examples"` // text → model, "" = none

	re     *regexp.Regexp
	need   []string
	digit  bool // the text must have one
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
	By     string `json:"by"`     // kind
	Unless string `json:"unless"` // pattern of the service
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
	rules     map[string][]*rule // by source
	all       []*rule
	aliases   map[string]string      // folded alias → vendor
	longest   int                    // words in the longest alias
	makes     map[string]device.Kind // vendor → what everything of theirs is
	families  map[string][]familyRule
	tokens    []tokenRule
	known     map[string][]knownModel // by modelKey
	selfNamed map[string]bool         // vendors whose models are called by their name too: "Arlo Pro 3"
	noVendor  map[string]bool
	provider  map[string]bool // folded
	chips     []string        // folded
	noModel   []*regexp.Regexp
	noName    []*regexp.Regexp
}

// Load reads every *.json of fsys, in the order of their names. It returns every
// error it finds, each naming file and rule.
func Load(fsys fs.FS) (*Set, error) {
	names, err := fs.Glob(fsys, "*.json")
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, errors.New("no rule files")
	}
	sort.Strings(names)
	s := &Set{rules: map[string][]*rule{}, aliases: map[string]string{}, makes: map[string]device.Kind{}, families: map[string][]familyRule{}, noVendor: map[string]bool{}, provider: map[string]bool{}}
	var errs []error
	for _, name := range names {
		if err := s.add(fsys, name); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", name, err))
		}
	}
	return s, errors.Join(errs...)
}

func (s *Set) add(fsys fs.FS, path string) error {
	b, err := fs.ReadFile(fsys, path)
	if err != nil {
		return err
	}
	var f file
	d := json.NewDecoder(strings.NewReader(string(b)))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return err
	}
	var errs []error
	compile := func(where, pattern string) *regexp.Regexp {
		re, err := regexp.Compile("(?i)" + pattern)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", where, err))
		}
		return re
	}
	if f.Vendor != "" {
		f.Vendors = append(f.Vendors, vendorName{Vendor: f.Vendor, Aliases: f.Aliases, Models: f.Models, Families: f.Families})
	}
	for _, v := range f.Vendors {
		if v.Kind != "" {
			if s.makes[v.Vendor] = device.Kind(v.Kind); !knownKind(v.Kind) {
				errs = append(errs, fmt.Errorf("%s makes the unknown kind %q", v.Vendor, v.Kind))
			}
		}
		for _, a := range append([]string{v.Vendor}, v.Aliases...) {
			k := fold(a)
			if have, ok := s.aliases[k]; ok && have != v.Vendor {
				errs = append(errs, fmt.Errorf("alias %q belongs to %s and %s", a, have, v.Vendor))
			}
			s.aliases[k] = v.Vendor
			s.longest = max(s.longest, len(strings.Fields(k)))
		}
	}
	for _, p := range f.Providers {
		s.provider[fold(p)] = true
	}
	for _, v := range f.Not.Vendors {
		s.noVendor[fold(v)] = true
	}
	for _, v := range f.Not.Chips {
		s.noVendor[fold(v)] = true
		s.chips = append(s.chips, fold(v))
	}
	for _, p := range f.Not.Models {
		s.noModel = append(s.noModel, compile("not.models", p))
	}
	for _, p := range f.Not.Names {
		s.noName = append(s.noName, compile("not.names", p))
	}
	addFamily := func(vendor string, fam familyRule) {
		fam.re = compile("family "+fam.Match, fam.Match)
		if fam.Kind != "" && !knownKind(fam.Kind) {
			errs = append(errs, fmt.Errorf("family %s: unknown kind %q", fam.Match, fam.Kind))
		}
		s.families[vendor] = append(s.families[vendor], fam)
	}
	for _, v := range f.Vendors {
		for _, fam := range v.Families {
			addFamily(v.Vendor, fam)
		}
		for _, t := range v.Models {
			t.re, t.need, t.digit = compile("token "+t.Match, t.Match), need("(?i)"+t.Match), needsDigit(t.Match)
			t.vendor, t.name, t.order = v.Vendor, strings.TrimSuffix(path, ".json")+"/token", len(s.tokens)
			s.tokens = append(s.tokens, t)
			if t.Kind != "" {
				addFamily(v.Vendor, familyRule{Match: "^(?:" + t.Match + ")$", Kind: t.Kind})
			}
		}
		// A family of everything is asked last.
		slices.SortStableFunc(s.families[v.Vendor], func(a, b familyRule) int {
			return cmp.Compare(everything(a), everything(b))
		})
	}
	for i := range f.Rules {
		r := &f.Rules[i]
		r.name = strings.TrimSuffix(path, ".json") + "/" + r.ID
		r.order = len(s.all)
		if slices.ContainsFunc(f.Rules[:i], func(o rule) bool { return o.ID == r.ID }) {
			errs = append(errs, fmt.Errorf("%s: two rules of that name", r.ID))
		}
		if _, ok := strengths[r.Strength]; !ok {
			errs = append(errs, fmt.Errorf("%s: unknown strength %q", r.ID, r.Strength))
		}
		for p, st := range r.But {
			if _, ok := strengths[st]; !ok || !slices.Contains(parts, device.Part(p)) {
				errs = append(errs, fmt.Errorf("%s: but %s: %s makes no sense", r.ID, p, st))
			}
		}
		for _, m := range []map[string]string{r.Gives, r.But} {
			if v, ok := m["revision"]; ok { // the short name in rule files
				delete(m, "revision")
				m[string(device.PartRevision)] = v
			}
		}
		for p, t := range r.Gives {
			if !slices.Contains(parts, device.Part(p)) {
				errs = append(errs, fmt.Errorf("%s gives %q, which is no part", r.ID, p))
			}
			if p == string(device.PartKind) && !strings.Contains(t, "{") && !knownKind(t) {
				errs = append(errs, fmt.Errorf("%s: unknown kind %q", r.ID, t))
			}
		}
		if f.Vendor != "" && r.Gives["vendor"] == "" && r.Gives["provider"] == "" && r.Gives["software"] == "" {
			if r.Gives == nil {
				r.Gives = map[string]string{}
			}
			r.Gives["vendor"] = f.Vendor
		}
		r.whens = conditions(r.When, r.ID, compile)
		r.unless = conditions(r.Unless, r.ID, compile)
		if r.Imitated != nil {
			if r.Imitated.unless = compile(r.ID+": imitated", r.Imitated.Unless); !knownKind(r.Imitated.By) || r.Imitated.Unless == "" {
				errs = append(errs, fmt.Errorf("%s: imitated wants a kind and a service", r.ID))
			}
		}
		if len(r.whens) == 0 || len(r.From) == 0 {
			errs = append(errs, fmt.Errorf("%s: from and when may not be empty", r.ID))
		}
		for _, m := range []map[string]string{r.Gives, r.Hints} {
			for _, t := range m {
				errs = append(errs, checkTemplate(t, r))
			}
		}
		s.all = append(s.all, r)
		for _, src := range r.From {
			s.rules[src] = append(s.rules[src], r)
		}
	}
	return errors.Join(errs...)
}

// checkTemplate wants every group and pipe of a template to exist.
func checkTemplate(t string, r *rule) error {
	for _, m := range place.FindAllStringSubmatch(t, -1) {
		if !slices.ContainsFunc(r.whens, func(c condition) bool { return c.re != nil && c.re.SubexpIndex(m[1]) >= 0 }) {
			return fmt.Errorf("%s: no pattern has the group %q", r.ID, m[1])
		}
		for _, p := range strings.Split(m[2], "|")[1:] {
			if pipes[p] == nil {
				return fmt.Errorf("%s: there is no pipe %q", r.ID, p)
			}
		}
	}
	return nil
}

func conditions(m map[string]string, id string, compile func(where, pattern string) *regexp.Regexp) []condition {
	var out []condition
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, condition{strings.Split(k, "|"), compile(id+": "+k, m[k]), need("(?i)" + m[k])})
	}
	return out
}

// knownKind reports whether k is one of device's kinds; "unknown" is none to give.
func knownKind(k string) bool {
	return slices.Contains(device.Kinds, device.Kind(k))
}
