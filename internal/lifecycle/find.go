package lifecycle

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"houdbaar/internal/device"
)

// Find returns every product among the candidates that id can still be. It matches
// exactly after normalisation (VendorKey, ModelKey, RevisionKey), by alias, or where
// model and revision, item number or region are written as one name; never by prefix or
// likeness. Without a vendor and a model there is no match.
//
// A product without a revision speaks of the model as a whole, so it is always
// among the products of its model. The order of the candidates does not matter.
//
// What was withdrawn of something that is no product (no ID) is told, and meets nothing.
func Find(id device.Identity, candidates []Product) Match {
	products := slices.DeleteFunc(slices.Clone(candidates), noProduct)
	gone := slices.DeleteFunc(slices.Clone(candidates), func(p Product) bool { return !noProduct(p) })
	m, _ := find(id, products)
	was, _ := find(id, gone)
	m.Withdrawn = append(withdrawn(was), withdrawn(m)...)
	return m
}

// noProduct reports whether p is only what was said and taken back.
func noProduct(p Product) bool {
	return p.ID == "" && len(p.Facts) > 0 && !slices.ContainsFunc(p.Facts, func(f Fact) bool { return !f.Withdrawn })
}

// withdrawn returns what was said of the products of a match and taken back.
func withdrawn(m Match) []Fact {
	var out []Fact
	for _, p := range m.Products {
		if m.Unlisted && p.Revision != "" {
			continue // said of a sibling
		}
		for i := range p.Facts {
			if p.Facts[i].Withdrawn {
				out = append(out, p.Facts[i])
			}
		}
	}
	return out
}

// find is Find among products. It also returns the reading of id that met them, id where
// none did.
func find(id device.Identity, candidates []Product) (Match, device.Identity) {
	vendor := VendorKey(id.Vendor)
	if vendor == "" || ModelKey(id.Vendor, id.Model) == "" {
		return Match{}, id
	}
	all := readings(id)
	for _, it := range all {
		if m := findModel(it, candidates); m.How != NoMatch {
			return m, it
		}
	}
	for _, it := range all {
		if alias, found := findAlias(vendor, ModelKey(it.Vendor, it.Model), candidates); len(found) > 0 {
			return narrow(Match{How: ByAlias, Alias: alias}, found, knownRevision(it)), it
		}
	}
	return Match{}, id
}

// knownRevision returns the key of the revision, "" where the device contradicts itself
// or names several.
func knownRevision(id device.Identity) string {
	if inDoubt(id, device.PartRevision) != nil || severalRevisions.MatchString(id.Revision) {
		return ""
	}
	return RevisionKey(id.Revision)
}

// severalRevisions is how TP-Link's firmware for several says so: "6.0/7.0".
var severalRevisions = regexp.MustCompile(`^\d+\.\d+(?:/\d+\.\d+)+$`)

// findModel returns the products that id names, not by another name of theirs.
func findModel(id device.Identity, candidates []Product) Match {
	vendor, model, revision := VendorKey(id.Vendor), ModelKey(id.Vendor, id.Model), knownRevision(id)
	whole, ok := joined(id.Vendor, id.Model, id.Revision)

	var byModel, byWhole, byName []Product
	var key, last string
	named := map[string]bool{} // keys of models that the name holds, a revision behind them
	for _, p := range candidates {
		if p.Vendor != id.Vendor && VendorKey(p.Vendor) != vendor {
			continue
		}
		if p.Model != last { // the revisions of a model stand together
			key, last = modelKey(vendor, p.Model), p.Model
		}
		switch {
		case key == model && endsInRevision(p, key) && (revision == "" || revision == RevisionKey(p.Revision)):
			byName = append(byName, p)
		case namesRevision(p, key, model, revision):
			byName = append(byName, p)
			named[key] = true
		case key == model:
			byModel = append(byModel, p)
		case ok && revision != "" && key == whole && (p.Revision == "" || RevisionKey(p.Revision) == revision):
			byWhole = append(byWhole, p)
		}
	}
	switch {
	case len(byName) > 0: // "R7500v2" meets R7500 v2, and R7500v2 where a list writes it so
		whole := slices.DeleteFunc(slices.Clone(byModel), func(p Product) bool { return p.Revision != "" })
		m := Match{How: ByModelAndRevision, Products: append(byName, whole...)}
		for _, p := range candidates { // what is said of the R7500, and of its other revisions
			switch key := modelKey(vendor, p.Model); {
			case !named[key] || VendorKey(p.Vendor) != vendor || namesRevision(p, key, model, revision):
			case RevisionKey(p.Revision) == "":
				m.Products = append(m.Products, p)
			default:
				m.Siblings = append(m.Siblings, p)
			}
		}
		m.Products = sorted(m.Products)
		return m
	case len(byWhole) > 0 && !slices.ContainsFunc(byModel, func(p Product) bool { return revision != "" && RevisionKey(p.Revision) == revision }):
		return Match{How: ByModelAndRevision, Products: sorted(byWhole)} // RT-AC66U with B1 meets RT-AC66U_B1
	case len(byModel) > 0:
		return narrow(Match{How: ByModel}, byModel, revision)
	}
	return Match{}
}

// findAlias returns the products of which model is another name, for their maker or for
// the provider whose box they are, and one spelling of it, always the same. For the
// provider its box's own model is such a name, and so is any with its name in front.
func findAlias(vendor, model string, candidates []Product) (alias string, found []Product) {
	for _, p := range candidates {
		provider := VendorKey(p.Provider)
		if VendorKey(p.Vendor) != vendor && (provider == "" || provider != vendor) {
			continue
		}
		names := p.Aliases
		if provider != "" {
			names = append([]string{p.Model}, names...)
		}
		for _, a := range names {
			if modelKey(vendor, a) == model || provider != "" && modelKey(vendor, p.Provider+" "+a) == model {
				found = append(found, p)
				if alias == "" || a < alias {
					alias = a
				}
				break
			}
		}
	}
	return alias, found
}

// namesRevision reports whether model is p's model and revision written as one name:
// "R7500v2" for R7500 v2, "Archer C7 v5.0" for Archer C7 V5. key is p's model key.
func namesRevision(p Product, key, model, revision string) bool {
	own := RevisionKey(p.Revision)
	behind, ok := strings.CutPrefix(model, key)
	return ok && behind != "" && own != "" && key != "" && joinable.MatchString(behind) && RevisionKey(behind) == own &&
		(revision == "" || revision == own)
}

// endsInRevision reports whether p's model already carries its revision, as
// "FRITZ!Repeater 600 v2" does, revision v2: its name tells the revision.
func endsInRevision(p Product, key string) bool {
	r := RevisionKey(p.Revision)
	if r != "" && r[0] >= '0' && r[0] <= '9' {
		r = "v" + r
	}
	return joinable.MatchString(r) && strings.HasSuffix(key, r)
}

// narrow keeps the products of the known revision, with what is said of the model
// as a whole. When no source mentions the revision, all stay and Unlisted says so.
func narrow(m Match, found []Product, revision string) Match {
	found = sorted(found)
	if revision == "" {
		m.Products = found
		return m
	}
	var it, whole, siblings []Product
	for _, p := range found {
		switch own := RevisionKey(p.Revision); {
		case own == revision, isLine(p.Vendor, own, revision):
			it = append(it, p)
		case own == "":
			whole = append(whole, p)
		default:
			siblings = append(siblings, p)
		}
	}
	switch {
	case len(it) > 0:
		if m.How == ByModel {
			m.How = ByModelAndRevision
		}
		m.Products, m.Siblings = sorted(append(it, whole...)), siblings
	case len(siblings) > 0:
		m.Products, m.Unlisted = found, true
	default:
		m.Products = whole
	}
	return m
}

// isLine reports whether a product's revision is the hardware line that a revision
// belongs to: D-Link's announcements say "all Ax hardware" or "Rev. A" and mean A1,
// A2 and so on, while the label has the letter and the number
// (supportannouncement.us.dlink.com, "H/W revision: All Ax"). No other maker is known
// to speak so.
func isLine(vendor, own, revision string) bool {
	return VendorKey(vendor) == VendorKey("D-Link") && len(own) == 1 && own[0] >= 'a' && own[0] <= 'z' &&
		len(revision) > 1 && revision[:1] == own && strings.Trim(revision[1:], "0123456789") == ""
}

// sorted returns the products in a fixed order.
func sorted(products []Product) []Product {
	out := slices.Clone(products)
	slices.SortStableFunc(out, func(a, b Product) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Vendor, b.Vendor),
			cmp.Compare(a.Model, b.Model), cmp.Compare(a.Revision, b.Revision))
	})
	return out
}

// inDoubt returns the values of the part on which the device contradicts itself, nil
// when it does not, or when a person has read the label.
func inDoubt(id device.Identity, part device.Part) []string {
	if id.Corrected {
		return nil
	}
	for _, d := range id.Doubts {
		if d.Part == part {
			return d.Values
		}
	}
	return nil
}
