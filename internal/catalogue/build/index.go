package build

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
)

// index finds vendors and products by their keys.
type index struct {
	vendors  map[string]string  // vendor key to name
	products map[string]Product // key to product
	models   map[string]string  // key without revision to the model's spelling
	byVendor map[string][]lifecycle.Product
}

func (s *Sources) index() *index {
	ix := &index{map[string]string{}, map[string]Product{}, map[string]string{}, map[string][]lifecycle.Product{}}
	for _, v := range s.Vendors {
		ix.vendors[lifecycle.VendorKey(v.Name)] = v.Name
	}
	for _, p := range s.Products {
		ix.add(p)
	}
	return ix
}

func (ix *index) add(p Product) {
	ix.products[p.key()] = p
	ix.models[key(p.Vendor, p.Model, "")] = p.Model
	k := lifecycle.VendorKey(p.Vendor)
	ix.byVendor[k] = append(ix.byVendor[k], lifecycle.Product{ID: p.ID(), Vendor: p.Vendor, Model: p.Model, Revision: p.Revision, Aliases: p.Aliases})
}

// model finds the listed model that a text names exactly, and the revision in it:
// "Archer C7 V2" is Archer C7, V2. It says nothing about what is not listed.
func (ix *index) model(vendor, text string) (model, revision string, ok bool) {
	if model, revision, ok := ix.called(vendor, text); ok {
		return model, revision, true
	}
	words := strings.Fields(text)
	if len(words) < 2 {
		return "", "", false
	}
	front, last := strings.Join(words[:len(words)-1], " "), words[len(words)-1]
	if model, _, ok := ix.called(vendor, strings.TrimSuffix(front, " Rev.")); ok && looksLikeRevision.MatchString(last) {
		return model, strings.Trim(last, "()"), true
	}
	return "", "", false
}

// called finds the listed model whose name a text is, and the revision if both are written
// as one name: "R7500v2".
func (ix *index) called(vendor, text string) (model, revision string, ok bool) {
	m := lifecycle.Find(device.Identity{Vendor: vendor, Model: text}, ix.byVendor[lifecycle.VendorKey(vendor)])
	if m.How == lifecycle.NoMatch {
		return "", "", false
	}
	model = m.Products[0].Model
	for _, p := range m.Products {
		if p.Model != model {
			return "", "", false // a name of several models
		}
		if m.How == lifecycle.ByModelAndRevision && revision == "" { // the model as a whole is among them
			revision = p.Revision
		}
	}
	return model, revision, true
}

// looksLikeRevision is "v2", "V1.0", "B1", "R1" or "(A)" behind a product's name.
var looksLikeRevision = regexp.MustCompile(`^\(?(?:[vV]\d+(?:\.\d+)*|[A-Z]\d|[A-F])\)?$`)

// ends separates what is said of one product from what is said of the next.
var ends = regexp.MustCompile(`[,;:()"]|\.(?: |$)| and | or `)

// another are words that make a name another model's: a C1 is no C1 Pro.
var another = map[string]bool{"pro": true, "plus": true, "max": true, "mini": true, "lite": true, "ultra": true, "outdoor": true, "indoor": true,
	"ax": true, "ac": true, "se": true, "xl": true, "ii": true, "2": true, "3": true, "4g": true, "5g": true, "lte": true, "poe": true, "wifi": true}

// mentioned returns the listed models of a vendor that a text names as whole words, each
// with the revisions that stand behind it (none = the model as a whole): what is said of
// a revision must not be taken for the model. A name without a digit ("Mini", "Home")
// is no evidence in running text.
func (ix *index) mentioned(vendor, text string) map[string][]string {
	models := map[string]named{} // by every name of it: "R7500v2" is the R7500, v2
	for _, p := range ix.byVendor[lifecycle.VendorKey(vendor)] {
		whole := lifecycle.ModelKey(vendor, p.Model)
		for _, key := range lifecycle.ProductKeys(p) {
			if strings.ContainsAny(key, "0123456789") && key != whole && models[key].model == "" {
				models[key] = named{p.Model, p.Revision}
			}
		}
		if strings.ContainsAny(whole, "0123456789") {
			models[whole] = named{p.Model, ""}
		}
	}
	found := map[string][]string{}
	for _, part := range ends.Split(text, -1) {
		words := strings.FieldsFunc(part, func(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '/' })
		for i := 0; i < len(words); {
			it, n := named{}, 0
			for k := min(4, len(words)-i); k > 0; k-- { // the longest name counts
				if m, ok := models[lifecycle.ModelKey(vendor, strings.Join(words[i:i+k], " "))]; ok {
					it, n = m, k
					break
				}
			}
			if n == 0 {
				i++
				continue
			}
			i += n
			if i < len(words) && another[strings.ToLower(words[i])] {
				continue
			}
			revisions := also(found[it.model], it.revision)
			for ; i < len(words) && looksLikeRevision.MatchString(words[i]); i++ {
				revisions = also(revisions, words[i])
			}
			found[it.model] = revisions
		}
	}
	return found
}

// also adds to a list what it has not yet; "" is nothing.
func also(list []string, word string) []string {
	if word == "" || slices.Contains(list, word) {
		return list
	}
	return append(list, word)
}

// named is one model, and perhaps its revision, that a text names.
type named struct{ model, revision string }

// names returns what a product field and a text about it name, sorted.
func (ix *index) names(vendor, product, text string) []named {
	found := ix.mentioned(vendor, product+" ; "+text)
	if model, revision, ok := ix.model(vendor, product); ok {
		found[model] = also(found[model], revision)
	}
	var out []named
	for _, model := range slices.Sorted(maps.Keys(found)) {
		if len(found[model]) == 0 {
			out = append(out, named{model, ""})
		}
		for _, revision := range found[model] {
			out = append(out, named{model, revision})
		}
	}
	return out
}
