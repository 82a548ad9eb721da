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

// Load reads the words and then every other *.json of fsys, in the order of their names.
// It returns every error it finds, each naming file and rule.
func Load(fsys fs.FS) (*Set, error) {
	names, err := fs.Glob(fsys, "*.json")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	l := loader{Set: &Set{
		rules: map[string][]*rule{}, aliases: map[string]string{}, everyday: map[string]bool{},
		vendors: map[string]vendorName{}, noVendor: map[string]bool{}, provider: map[string]bool{},
	}}
	add(&l, fsys, wordsFile, l.addWords)
	for _, name := range names {
		if name != wordsFile {
			add(&l, fsys, name, l.addRules)
		}
	}
	return l.Set, errors.Join(l.errs...)
}

// add adds a file of a set.
func add[T any](l *loader, fsys fs.FS, name string, to func(T)) {
	l.file = strings.TrimSuffix(name, ".json")
	if f, err := readJSON[T](fsys, name); err != nil {
		l.wrong("%w", err)
	} else {
		to(f)
	}
}

// readJSON reads a file that may hold no other keys than T has.
func readJSON[T any](fsys fs.FS, name string) (t T, err error) {
	f, err := fsys.Open(name)
	if err != nil {
		return t, err
	}
	defer f.Close()
	d := json.NewDecoder(f)
	d.DisallowUnknownFields()
	err = d.Decode(&t)
	return t, err
}

// A loader adds rule files to a set and gathers what is wrong with them.
type loader struct {
	*Set
	file      string // the one being added, without its ending
	providers string // of that file, as a pattern's alternatives
	errs      []error
}

func (l *loader) wrong(format string, args ...any) {
	l.errs = append(l.errs, fmt.Errorf("%s.json: %w", l.file, fmt.Errorf(format, args...)))
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

// compile returns a pattern that ignores case.
func (l *loader) compile(where, pattern string) *regexp.Regexp {
	re, err := regexp.Compile("(?i)" + pattern)
	if err != nil {
		l.wrong("%s: %w", where, err)
	}
	return re
}

func (l *loader) addRules(f file) {
	if f.Vendor != "" {
		f.Vendors = append(f.Vendors, f.vendorName)
	}
	for _, v := range f.Vendors {
		l.addVendor(v)
	}
	var names []string
	for _, p := range f.Providers {
		l.provider[fold(p)] = true
		names = append(names, regexp.QuoteMeta(p))
	}
	l.providers = strings.Join(names, "|")
	for _, v := range slices.Concat(f.Not.Vendors, f.Not.Chips) {
		l.noVendor[fold(v)] = true
	}
	for _, v := range f.Not.Chips {
		l.chips = append(l.chips, fold(v))
	}
	for _, p := range f.Not.Models {
		l.noModel = append(l.noModel, l.compile("not.models", p))
	}
	for _, p := range f.Not.Names {
		l.noName = append(l.noName, l.compile("not.names", p))
	}
	for _, p := range f.Not.Firmware {
		l.noFirmware = append(l.noFirmware, l.compile("not.firmware", p))
	}
	for i := range f.Rules {
		r := &f.Rules[i]
		if slices.ContainsFunc(f.Rules[:i], func(o rule) bool { return o.ID == r.ID }) {
			l.wrong("%s: two rules of that name", r.ID)
		}
		l.addRule(r, f.Vendor)
	}
}

func (l *loader) addVendor(v vendorName) {
	if _, twice := l.vendors[v.Vendor]; twice || v.Kind != "" && !knownKind(v.Kind) {
		l.wrong("%s stands in a second place, or makes the unknown kind %q", v.Vendor, v.Kind)
	}
	for _, a := range append([]string{v.Vendor}, v.Aliases...) {
		k := fold(a)
		if have, ok := l.aliases[k]; ok && have != v.Vendor {
			l.wrong("alias %q belongs to %s and %s", a, have, v.Vendor)
		}
		l.aliases[k] = v.Vendor
		l.longest = max(l.longest, len(strings.Fields(k)))
	}
	for _, name := range v.Everyday {
		if l.everyday[fold(name)] = true; l.aliases[fold(name)] != v.Vendor {
			l.wrong("%s is not called %q", v.Vendor, name)
		}
	}
	for i := range v.Families {
		l.ready(&v.Families[i])
	}
	for _, t := range v.Models {
		t.re, t.need = l.compile("token "+t.Match, t.Match), need(t.Match)
		t.vendor, t.name, t.order = v.Vendor, l.file+"/token", len(l.tokens)
		l.tokens = append(l.tokens, t)
		if t.Kind != "" {
			fam := familyRule{Match: "^(?:" + t.Match + ")" + joinedTo + "$", Kind: t.Kind}
			l.ready(&fam)
			v.Families = append(v.Families, fam)
		}
	}
	// A family of everything is asked last.
	slices.SortStableFunc(v.Families, func(a, b familyRule) int {
		return cmp.Compare(everything(a), everything(b))
	})
	l.vendors[v.Vendor] = v
}

// ready makes a family ready to use.
func (l *loader) ready(f *familyRule) {
	f.re = l.compile("family "+f.Match, f.Match)
	if f.Kind != "" && !knownKind(f.Kind) {
		l.wrong("family %s: unknown kind %q", f.Match, f.Kind)
	}
}

// everything is 1 for a family that any name is of, else 0.
func everything(f familyRule) int {
	if !f.On && anything(f.Match) {
		return 1
	}
	return 0
}

// addRule adds a rule of a file, whose vendor it gives unless it says otherwise.
func (l *loader) addRule(r *rule, vendor string) {
	r.name, r.order = l.file+"/"+r.ID, len(l.all)
	spellOut(r.Gives)
	spellOut(r.But)
	if vendor != "" && r.Gives["vendor"] == "" && r.Gives["provider"] == "" && r.Gives["software"] == "" {
		if r.Gives == nil {
			r.Gives = map[string]string{}
		}
		r.Gives["vendor"] = vendor
	}
	r.whens = l.conditions(r.ID, r.When)
	r.unless = l.conditions(r.ID, r.Unless)
	if r.Imitated != nil && r.Imitated.Unless != "" {
		r.Imitated.unless = l.compile(r.ID+": imitated", r.Imitated.Unless)
	}
	l.check(r)
	l.all = append(l.all, r)
	for _, source := range r.From {
		l.rules[source] = append(l.rules[source], r)
	}
}

func (l *loader) conditions(id string, patterns map[string]string) []condition {
	var out []condition
	for _, fields := range slices.Sorted(maps.Keys(patterns)) {
		p := patterns[fields]
		if l.providers == "" && strings.Contains(p, providersHere) { // it would match anything
			l.wrong("%s: %s, and the file has no providers", id, providersHere)
		}
		names := strings.Split(fields, "|")
		p = loosened(strings.ReplaceAll(p, providersHere, l.providers), names)
		patterns[fields] = p
		out = append(out, condition{names, l.compile(id+": "+fields, p), need(p)})
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

// check says what is wrong with a rule.
func (l *loader) check(r *rule) {
	if len(r.whens) == 0 || len(r.From) == 0 {
		l.wrong("%s: from and when may not be empty", r.ID)
	}
	if strengths[r.Strength] == 0 {
		l.wrong("%s: unknown strength %q", r.ID, r.Strength)
	}
	for p, st := range r.But {
		if strengths[st] == 0 || !slices.Contains(parts, device.Part(p)) {
			l.wrong("%s: but %s: %s makes no sense", r.ID, p, st)
		}
	}
	for p, t := range r.Gives {
		if !slices.Contains(parts, device.Part(p)) {
			l.wrong("%s gives %q, which is no part", r.ID, p)
		}
		if p == string(device.PartKind) && !strings.Contains(t, "{") && !knownKind(device.Kind(t)) {
			l.wrong("%s: unknown kind %q", r.ID, t)
		}
		l.checkTemplate(r, t)
	}
	for _, t := range r.Hints {
		l.checkTemplate(r, t)
	}
	if r.Imitated != nil && !knownKind(device.Kind(r.Imitated.By)) {
		l.wrong("%s: imitated wants a kind", r.ID)
	}
}

// checkTemplate wants every group and pipe of a template to exist.
func (l *loader) checkTemplate(r *rule, template string) {
	for _, m := range templateGroup.FindAllStringSubmatch(template, -1) {
		if !slices.ContainsFunc(r.whens, func(c condition) bool { return c.re != nil && c.re.SubexpIndex(m[1]) >= 0 }) {
			l.wrong("%s: no pattern has the group %q", r.ID, m[1])
		}
		for _, p := range strings.Split(m[2], "|")[1:] {
			if pipes[p] == nil {
				l.wrong("%s: there is no pipe %q", r.ID, p)
			}
		}
	}
}

// knownKind reports whether k is one of device's kinds; "unknown" is none to give.
func knownKind(k device.Kind) bool { return slices.Contains(device.Kinds, k) }
