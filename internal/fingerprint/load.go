package fingerprint

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"houdbaar/internal/device"
)

//go:embed rules/*.json
var embedded embed.FS

// Default returns the built-in rules.
var Default = sync.OnceValue(func() *Set {
	rules, _ := fs.Sub(embedded, "rules")
	s := load(rules)
	s.know(modelNames)
	return s
})

// load reads the words and then every other *.json of fsys, in the order of their names.
// They are part of the program, so it panics where one cannot be read; what else may be
// wrong with them is for the tests.
func load(fsys fs.FS) *Set {
	s := &Set{
		rules: map[string][]*rule{}, aliases: map[string]string{}, everyday: map[string]bool{},
		vendors: map[string]vendorName{}, noVendor: map[string]bool{}, provider: map[string]bool{},
		vocabulary: readJSON[wordLists](fsys, wordsFile).vocabulary(),
	}
	names, _ := fs.Glob(fsys, "*.json")
	slices.Sort(names)
	for _, name := range names {
		if name != wordsFile {
			s.addFile(strings.TrimSuffix(name, ".json"), readJSON[file](fsys, name))
		}
	}
	return s
}

// readJSON reads a file that may hold no other keys than T has.
func readJSON[T any](fsys fs.FS, name string) (t T) {
	text, err := fs.ReadFile(fsys, name)
	if err == nil {
		d := json.NewDecoder(bytes.NewReader(text))
		d.DisallowUnknownFields()
		err = d.Decode(&t)
	}
	if err != nil {
		panic(fmt.Errorf("%s: %w", name, err))
	}
	return t
}

// providersHere stands in a rule's pattern for the names of all providers of its file.
const providersHere = "{providers}"

// spellOut gives the revision its own name, which is shorter in the files.
func spellOut[T ~string, V any](parts map[T]V) {
	if v, ok := parts["revision"]; ok {
		delete(parts, "revision")
		parts[T(device.PartRevision)] = v
	}
}

// pattern returns a pattern that ignores case.
func pattern(p string) *regexp.Regexp { return regexp.MustCompile("(?i)" + p) }

// patterns returns a list of them.
func patterns(list []string) []*regexp.Regexp {
	var out []*regexp.Regexp
	for _, p := range list {
		out = append(out, pattern(p))
	}
	return out
}

// addFile adds a rule file, by its name without its ending.
func (s *Set) addFile(name string, f file) {
	if f.Vendor != "" {
		f.Vendors = append(f.Vendors, f.vendorName)
	}
	for _, v := range f.Vendors {
		s.addVendor(name, v)
	}
	var providers []string
	for _, p := range f.Providers {
		s.provider[fold(p)] = true
		providers = append(providers, regexp.QuoteMeta(p))
	}
	for _, v := range slices.Concat(f.Not.Vendors, f.Not.Chips) {
		s.noVendor[fold(v)] = true
	}
	for _, v := range f.Not.Chips {
		s.chips = append(s.chips, fold(v))
	}
	s.noModel = append(s.noModel, patterns(f.Not.Models)...)
	s.noName = append(s.noName, patterns(f.Not.Names)...)
	s.noFirmware = append(s.noFirmware, patterns(f.Not.Firmware)...)
	for i := range f.Rules {
		r := &f.Rules[i]
		r.name = name + "/" + r.ID
		s.addRule(r, f.Vendor, strings.Join(providers, "|"))
	}
}

// addVendor adds a vendor of a file.
func (s *Set) addVendor(file string, v vendorName) {
	for _, a := range append([]string{v.Vendor}, v.Aliases...) {
		k := fold(a)
		s.aliases[k] = v.Vendor
		s.longest = max(s.longest, len(strings.Fields(k)))
	}
	for _, name := range v.Everyday {
		s.everyday[fold(name)] = true
	}
	for i := range v.Families {
		v.Families[i].re = pattern(v.Families[i].Match)
	}
	for _, t := range v.Models {
		t.re, t.need = pattern(t.Match), need(t.Match)
		t.vendor, t.name, t.order = v.Vendor, file+"/token", len(s.tokens)
		s.tokens = append(s.tokens, t)
		if t.Kind != "" {
			match := "^(?:" + t.Match + ")" + joinedTo + "$"
			v.Families = append(v.Families, familyRule{Match: match, Kind: t.Kind, re: pattern(match)})
		}
	}
	// A family of everything is asked last.
	slices.SortStableFunc(v.Families, func(a, b familyRule) int {
		return cmp.Compare(everything(a), everything(b))
	})
	s.vendors[v.Vendor] = v
}

// everything is 1 for a family that any name is of, else 0.
func everything(f familyRule) int {
	if !f.On && anything(f.Match) {
		return 1
	}
	return 0
}

// addRule adds a rule of a file, whose vendor it gives unless it says otherwise.
func (s *Set) addRule(r *rule, vendor, providers string) {
	r.order = len(s.all)
	spellOut(r.Gives)
	spellOut(r.But)
	if vendor != "" && r.Gives["vendor"] == "" && r.Gives["provider"] == "" && r.Gives["software"] == "" {
		if r.Gives == nil {
			r.Gives = map[string]string{}
		}
		r.Gives["vendor"] = vendor
	}
	r.whens = conditions(r.When, providers)
	r.unless = conditions(r.Unless, providers)
	if r.Imitated != nil && r.Imitated.Unless != "" {
		r.Imitated.unless = pattern(r.Imitated.Unless)
	}
	s.all = append(s.all, r)
	for _, source := range r.From {
		s.rules[source] = append(s.rules[source], r)
	}
}

// conditions makes the patterns of fields ready, and puts what is really asked back in their place.
func conditions(patterns map[string]string, providers string) []condition {
	var out []condition
	for _, fields := range slices.Sorted(maps.Keys(patterns)) {
		names := strings.Split(fields, "|")
		p := loosened(strings.ReplaceAll(patterns[fields], providersHere, providers), names)
		patterns[fields] = p
		out = append(out, condition{names, pattern(p), need(p)})
	}
	return out
}

// looseParts are what loosened looks at in a pattern; the name of a group and an escape are
// left alone.
var looseParts = regexp.MustCompile(`\(\?P<\w+>|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]| [=-] |, |[="'<> ]`)

// loosened returns a pattern of fields that does not mind how firmware writes the same thing:
// in a page either quote, and blanks around "=" and between marks and text; in a SERVER header
// commas between the products; in a title what stands between its parts.
func loosened(pattern string, fields []string) string {
	page, server := slices.Contains(fields, "body"), slices.Contains(fields, "server")
	title := slices.Contains(fields, "title") || slices.Contains(fields, "realm")
	return looseParts.ReplaceAllStringFunc(pattern, func(part string) string {
		switch {
		case page && (part == `"` || part == `'` || part == `\"` || part == `\'`):
			return `["']`
		case page && part[0] == '[' && strings.ContainsAny(part, `"'`):
			return strings.TrimSuffix(part, "]") + `"']`
		case page && (part == "=" || part == " = "):
			return `(?:\s*=\s*)`
		case page && part == ">":
			return `(?:>\s*)`
		case page && part == "<":
			return `(?:\s*<)`
		case title && part == " - ":
			return `(?: [-–—|·] |: )`
		case server && (part == ", " || part == " "):
			return `,? `
		}
		return part
	})
}

// knownKind reports whether k is one of device's kinds; "unknown" is none to give.
func knownKind(k device.Kind) bool { return slices.Contains(device.Kinds, k) }
