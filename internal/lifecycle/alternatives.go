package lifecycle

import (
	"cmp"
	"regexp"
	"slices"
)

// An alternative is one product the device can still be, with what its facts come to.
type alternative struct {
	name string // its revision, or its model where several models share a name
	assessment
	own  assessment // what is said of this revision itself, without the model as a whole
	page string
}

// A family is the products of one model: what is said of it as a whole and of each
// revision.
type family struct {
	model     string        // modelOf its products
	whole     alternative   // what is said without naming a revision
	revisions []alternative // each with what is said of the whole added
}

// families groups products by model. Only an alias can meet several models; otherwise
// two spellings of the name are one model.
func (j judge) families(products []Product) []family {
	if j.m.How != ByAlias {
		return []family{j.family(products)}
	}
	groups := map[string][]Product{}
	var order []string
	for _, p := range products {
		key := modelOf(p)
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], p)
	}
	slices.Sort(order)
	var out []family
	for _, key := range order {
		out = append(out, j.family(groups[key]))
	}
	return out
}

// family assesses the products of one model. Products under two spellings of one
// revision are one. A statement on the whole model holds for each revision; a
// firmware version does not, for revisions take different firmware.
func (j judge) family(products []Product) family {
	byRevision := map[string][]Product{}
	for _, p := range products {
		key := RevisionKey(p.Revision)
		byRevision[key] = append(byRevision[key], p)
	}
	whole := facts(byRevision[""])
	if len(byRevision) > 1 || byRevision[""] == nil {
		whole = statements(whole)
	}
	f := family{model: modelOf(products[0]), whole: alternative{assessment: j.assess(whole), page: page(byRevision[""])}}
	f.whole.own = f.whole.assessment
	f.revisions = make([]alternative, 0, len(byRevision))
	for key, ps := range byRevision {
		if key == "" {
			continue
		}
		own := facts(ps)
		alt := alternative{name: firstRevision(ps), own: j.assess(own), page: cmp.Or(page(ps), f.whole.page)}
		alt.assessment = alt.own
		if len(whole) > 0 {
			alt.assessment = j.assess(slices.Concat(own, whole))
		}
		f.revisions = append(f.revisions, alt)
	}
	slices.SortFunc(f.revisions, func(a, b alternative) int { return Natural(a.name, b.name) })
	return f
}

// can returns what a device of this family can still be: each listed revision, or the
// model where none is told apart.
func (f family) can() []alternative {
	if len(f.revisions) == 0 {
		return []alternative{f.whole}
	}
	return f.revisions
}

// facts returns all facts of the products.
func facts(products []Product) []*Fact {
	var out []*Fact
	for _, p := range products {
		for i := range p.Facts {
			out = append(out, &p.Facts[i])
		}
	}
	return out
}

// statements returns the facts that are not about firmware.
func statements(facts []*Fact) []*Fact {
	return slices.DeleteFunc(slices.Clone(facts), func(f *Fact) bool {
		return f.Says == NewestFirmware || f.Says == FixedFirmware || f.Says == KnownFirmware
	})
}

// page returns the first support page, in a fixed order.
func page(products []Product) string {
	best := ""
	for _, p := range products {
		if p.Page != "" && (best == "" || p.Page < best) {
			best = p.Page
		}
	}
	return best
}

// firstRevision returns one spelling of a revision, always the same.
func firstRevision(products []Product) string {
	return slices.MinFunc(products, func(a, b Product) int { return cmp.Compare(a.Revision, b.Revision) }).Revision
}

// oneKind reports whether all have the same standing.
func oneKind(all []alternative) bool {
	return !slices.ContainsFunc(all, func(a alternative) bool { return a.kind != all[0].kind })
}

// beginsLate reports whether revisions that are counted, "V4" or "C1", begin with a later
// one than the first.
func beginsLate(all []alternative) bool {
	for _, a := range all {
		first, ok := isFirst(RevisionKey(a.name))
		if !ok || first {
			return false
		}
	}
	return len(all) > 0
}

// counted is a revision's key that counts: "4", "2.20", "c1", "c".
var counted = regexp.MustCompile(`^(?:(\d{1,2})(?:\.\d+)*|([a-z])\d?)$`)

// isFirst reports whether a revision is of the first that a maker counts. ok is false
// where it is no number of that kind, such as a board's name.
func isFirst(key string) (first, ok bool) {
	m := counted.FindStringSubmatch(key)
	return m != nil && (m[1] == "1" || m[2] == "a"), m != nil
}
