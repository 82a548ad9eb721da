package lifecycle

import (
	"regexp"
	"strings"

	"houdbaar/internal/device"
)

// Labels, boxes and shops write more than the model in its place. What is known to tell
// no two models apart is taken off; everything else stays, so that no likeness decides.

// lines are the names of product lines that makers print in front of a model whose
// number is theirs alone: "Nighthawk R7000" is the R7000. By vendor key, in letters
// only. "Archer" and "Tapo" are none: TP-Link has an Archer C200 and a Tapo C200.
var lines = map[string][]string{
	"arris":    {"surfboard"},
	"asus":     {"rograpture"},
	"buffalo":  {"airstation"},
	"dlink":    {"exo", "mydlink", "eagleproai"},
	"huawei":   {"echolife"},
	"linksys":  {"velop", "maxstream"},
	"mercusys": {"halo"},
	"motorola": {"surfboard"},
	"netgear":  {"nighthawk", "orbi"},
	"ruckus":   {"zoneflex"},
	"synology": {"diskstation", "rackstation"},
	"tenda":    {"nova"},
	"tplink":   {"omada"},
	"ubiquiti": {"unifi"},
	"zte":      {"zxhn"},
}

// withoutLine drops the name of a product line in front of a model, when a model's
// number is left: letters and digits. "Orbi 970" and "UniFi AP" keep theirs.
func withoutLine(vendor string, names []string) []string {
	for _, line := range lines[vendor] {
		rest := withoutVendor(line, names)
		if left := strings.Join(rest, ""); len(rest) < len(names) && strings.ContainsAny(left, "0123456789") &&
			strings.ContainsAny(left, "abcdefghijklmnopqrstuvwxyz") {
			return rest
		}
	}
	return names
}

// itemNumber is a model with NETGEAR's item behind it, which says for which market it is
// (netgear.com/about/eos lists both): the catalogue has the item for a revision.
var itemNumber = regexp.MustCompile(`(?i)^(.*[a-z0-9])[-_ ](\d{3}[a-z]{3})$`)

// modelRegion is a model with the region that it is made for behind it, as labels have
// it: "Archer C7(EU)", "DIR-860L/EU", "Archer C7(EU) V5".
var modelRegion = regexp.MustCompile(`(?i)^(.*[^ ])(?: *\(((?:` + regions + `)(?:/(?:` + regions + `))*)\)|/(` + regions + `))( .*)?$`)

// readings returns the ways to take an identity's model apart, as it is written first: an
// item number is a revision, also where it is written for one, and a region is said with the
// revision.
func readings(id device.Identity) []device.Identity {
	netgear := VendorKey(id.Vendor) == "netgear"
	if m := itemNumber.FindStringSubmatch(strings.TrimSpace(id.Revision)); m != nil && netgear && ModelKey(id.Vendor, m[1]) == ModelKey(id.Vendor, id.Model) {
		id.Revision = strings.ToUpper(m[2])
	}
	out := []device.Identity{id}
	if id.Revision == "" && netgear {
		if m := itemNumber.FindStringSubmatch(strings.TrimSpace(id.Model)); m != nil {
			it := id
			it.Model, it.Revision = m[1], strings.ToUpper(m[2])
			out = append(out, it)
		}
	}
	if !strings.ContainsAny(id.Model, "(/") {
		return out // most are spared the regular expression
	}
	if m := modelRegion.FindStringSubmatch(strings.TrimSpace(id.Model)); m != nil {
		it := id
		it.Model = m[1] + m[4]
		if revisionIsFor(id.Revision) == "" {
			it.Revision = strings.TrimSpace(id.Revision + " (" + strings.ToUpper(m[2]+m[3]) + ")")
		}
		out = append(out, it)
	}
	return out
}

// asMatched returns the reading of an identity that met the products of a match: the
// name may have told the revision or the region.
func asMatched(id device.Identity, m Match) device.Identity {
	if m.How == NoMatch || len(readings(id)) == 1 {
		return id
	}
	_, it := find(id, m.Products)
	return it
}
