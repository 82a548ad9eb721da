package fingerprint

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"houdbaar/internal/device"
)

// A reading is what a vendor's families make of a model's name.
type reading struct {
	model    string // in the vendor's own spelling
	revision string // that stood in it
	kind     device.Kind
	by       string // the last pattern that matched, "" if none did
}

// readAs lets a vendor's families read a model's name. Where only a family of everything
// has it, its own name and the list say better what it is, unless the list takes it for
// nothing to look after.
func (s *Set) readAs(vendor, model string) reading {
	r := readFamily(s.vendors[vendor].Families, model)
	if r.by == "" || !anything(r.by) {
		return r
	}
	r.kind = toldByName(r.kind, r.model)
	if listed := s.inList(vendor, r.model).kind; listed != device.Unknown && listed.Class() != device.ClassOther {
		r.kind = listed
	}
	return r
}

// readFamily lets families read a model's name.
func readFamily(fams []familyRule, name string) reading {
	r := reading{model: name}
	for _, f := range fams {
		m := f.re.FindStringSubmatchIndex(r.model)
		if m == nil {
			continue
		}
		r.by = f.Match
		if f.Revision != "" && r.revision == "" {
			r.revision = string(f.re.ExpandString(nil, f.Revision, r.model, m))
		}
		if r.kind == "" {
			r.kind = f.Kind
		}
		if f.Model != "" {
			r.model = strings.TrimSpace(string(f.re.ExpandString(nil, f.Model, r.model, m)))
		}
		if !f.On {
			break
		}
	}
	return r
}

// confirmed reports whether the vendor's naming says that this is a model of theirs. A
// family of everything does not.
func (r reading) confirmed() bool { return r.kind != "" && !anything(r.by) }

// anything reports whether a family's pattern is one of everything.
func anything(pattern string) bool { return strings.Trim(pattern, "^.") == "" }

// named reports whether a model is one that the vendor's families know, or one of the
// list.
func (s *Set) named(vendor, model string) bool {
	return model != "" && s.isModel(vendor, model) || s.readAs(vendor, model).confirmed()
}

// makesModel reports whether a family of the vendor's routers, cameras or storage has
// the model.
func (s *Set) makesModel(vendor, model string) bool {
	r := s.readAs(vendor, model)
	return model != "" && r.confirmed() && r.kind.Class() != device.ClassOther
}

// behindModel is a hardware version behind a model's name, as labels have it: "R6400 (v2)",
// "DIR-860L Rev.B", "Archer C7(EU) Ver:5.0".
var behindModel = regexp.MustCompile(`(?i)^(\S.*?\w) ?(?:\((?:eu|us|uk|de|un|ww|int)\))?[ _/-]?\(?((?:h/?w[.: ]*)?(?:ver(?:sion)?|rev(?:ision)?)[.: ]*(?:[a-z]\d?|\d{1,2}(?:\.\d{1,2})?)|v[.: ]*\d{1,2}(?:\.\d{1,2})?)\)?$`)

// withRevision takes a hardware version off the end of a model that the list has without it.
// Of makers whose labels have none, another name is another product.
func (s *Set) withRevision(vendor, model string) (base, revision string) {
	m := behindModel.FindStringSubmatch(model)
	if m == nil || !s.vendors[vendor].Versioned || s.isModel(vendor, model) || !s.isModel(vendor, m[1]) {
		return "", ""
	}
	return m[1], m[2]
}

// worded is a hardware version behind a model that a word says to be one: "Rev. B1", "(HW 2.0)".
var worded = regexp.MustCompile(`(?i)^(\S.*?)(?:[ _]+\(?|\()((?:h/?w|hardware)[.: ]*(?:ver(?:sion)?|rev(?:ision)?)?|rev(?:ision)?)[.: ]*([a-z]\d?|\d{1,2}(?:\.\d{1,2})?)?\)?$`)

// withoutWords takes such a version off a model's name, whoever made it. A number after
// "Rev" alone may be that of the firmware, and is no revision then.
func (s *Set) withoutWords(vendor, model string) (base, revision string) {
	m := worded.FindStringSubmatch(model)
	if m == nil || s.isModel(vendor, model) {
		return model, ""
	}
	if rev := strings.ToLower(m[2]); strings.HasPrefix(rev, "rev") && strings.IndexFunc(m[3], isDigit) == 0 {
		return m[1], ""
	}
	return m[1], m[3]
}

// readFamilies lets the vendor's families read every model claim: the model in its
// own spelling, a revision inside it, and the kind it stands for.
func (s *Set) readFamilies(claims []claim, vendor string) []claim {
	var more []claim
	for i := range claims {
		c := &claims[i]
		if c.part != device.PartModel {
			continue
		}
		if c.evidence.Field == "txt.ty" || c.evidence.Field == "MakeAndModel" {
			*c = c.giving(c.part, s.without(vendor, c.value))
		}
		if c.vendor != "" && c.vendor != vendor {
			continue
		}
		r := s.readAs(vendor, c.value)
		if base, revision := s.withRevision(vendor, r.model); r.revision == "" && base != "" {
			r.model, r.revision = base, revision
		}
		if base, revision := s.withoutWords(vendor, r.model); base != r.model {
			stated := cmp.Or(r.revision, revision)
			r = s.readAs(vendor, base)
			r.revision = cmp.Or(stated, r.revision)
		}
		if r.model != c.value && (s.noise(r.model) || s.descriptive(r.model)) {
			c.value = "" // "Huawei router"
			continue
		}
		st := c.strength
		if st == generic && r.confirmed() {
			st = family // the vendor's own naming confirms it
		}
		also := func(p device.Part, v string, st strength) {
			n := c.giving(p, v)
			n.strength = st
			n.rank++ // the model says it more exactly than the words beside it
			more = append(more, n)
		}
		if r.revision != "" {
			also(device.PartRevision, Revision(r.revision), st)
		}
		switch {
		case r.kind.Class() == device.ClassOther && !r.confirmed():
			n := c.giving(device.PartKind, string(r.kind))
			n.strength, n.rank = generic, 0 // what all of a maker's are gives way to "network camera"
			more = append(more, n)
		case r.kind != "":
			also(device.PartKind, string(r.kind), max(st, family))
		case !c.called:
			if listed := s.inList(vendor, r.model).kind; listed != device.Unknown {
				also(device.PartKind, string(listed), weak)
			}
		}
		*c = c.giving(c.part, r.model)
		c.strength = st
	}
	claims = slices.DeleteFunc(append(claims, more...), func(c claim) bool { return c.value == "" })
	slices.SortStableFunc(claims, stronger)
	return claims
}
