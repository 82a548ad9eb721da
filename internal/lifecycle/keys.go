package lifecycle

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"houdbaar/internal/device"
)

// VendorKey returns the key under which spellings of one vendor meet: "TP-LINK",
// "TP-Link Technologies Co., Ltd." and "tp link" are "tplink". "" = no vendor.
func VendorKey(vendor string) string {
	words := strings.FieldsFunc(strings.ToLower(vendor), func(r rune) bool {
		return unicode.IsSpace(r) || r == ',' || r == '.' || r == '/' || r == '(' || r == ')'
	})
	for len(words) > 1 && slices.Contains(legalForm, words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	key := device.Letters(strings.Join(words, ""))
	if one, ok := sameVendor[key]; ok {
		return one
	}
	return key
}

// legalForm are words at the end of a company's name that do not tell it apart.
var legalForm = strings.Fields("ab ag bv co company computer communications communication corp corporation " +
	"gmbh inc incorporated international kg limited llc ltd networks sa sas sia systems technologies technology " +
	"broadband berlin oy spa")

// sameVendor maps other names of a vendor to its key: what devices send in
// manufacturer fields and what lists print.
var sameVendor = map[string]string{
	"asustek":                     "asus",
	"avmcomputersystemevertriebs": "avm",
	"ciscolinksys":                "linksys",
	"fritz":                       "avm",
	"hangzhouhikvisiondigital":    "hikvision",
	"mikrotikls":                  "mikrotik",
	"routerboard":                 "mikrotik",
	"routerboardcom":              "mikrotik",
	"telekom":                     "deutschetelekom",
	"ubnt":                        "ubiquiti",
	"westerndigitalwd":            "westerndigital",
	"wd":                          "westerndigital",
	"zhejiangdahua":               "dahua",
}

// ModelKey returns the key under which spellings of one model meet, and only those:
// case, spaces, hyphens and underscores do not count, nor does the vendor's name
// repeated in front, or that of a product line ("Nighthawk R7000"); every letter, digit, plus sign, dot, slash and bracket does.
// A separator between two digits stays ("WiFi 2-1" is not "WiFi 21").
func ModelKey(vendor, model string) string {
	return modelKey(VendorKey(vendor), model)
}

// modelKey is ModelKey for a vendor's key.
func modelKey(vendor, model string) string {
	names := withoutLine(vendor, withoutVendor(vendor, split(model)))
	if vendor == "avm" {
		names = withoutFon(names)
	}
	var b strings.Builder
	last := rune(0)
	for i, name := range names {
		for j, r := range name {
			if i > 0 && j == 0 && unicode.IsDigit(last) && unicode.IsDigit(r) {
				b.WriteByte('-')
			}
			b.WriteRune(r)
			last = r
		}
	}
	return b.String()
}

// ornaments are marks that a name is written with and without: "F@st" is Sagemcom's way
// of writing "Fast", "FRITZ!" AVM's of writing "FRITZ".
var ornaments = strings.NewReplacer("@", "a", "!", " ", "®", "", "™", "", "°", "")

// split lower-cases a model and cuts it at separators.
func split(model string) []string {
	model = ornaments.Replace(strings.ToLower(model))
	names := strings.FieldsFunc(model, func(r rune) bool {
		return unicode.IsSpace(r) || r == '-' || r == '_' || r == '‑' || r == '–' || unicode.IsControl(r)
	})
	if n := len(names) - 1; n > 0 && names[n] == "00000000" {
		return names[:n] // as TP-Link writes "Archer C20 v5 00000000"
	}
	return names
}

// withoutVendor drops the vendor's name in front of a model, unless nothing would
// be left.
func withoutVendor(vendor string, names []string) []string {
	front := ""
	for i, name := range names {
		front += device.Letters(name)
		if front == vendor && vendor != "" && i+1 < len(names) {
			return withoutVendor(vendor, names[i+1:])
		}
		if !strings.HasPrefix(vendor, front) {
			break
		}
	}
	return names
}

// withoutFon drops "Fon" and "WLAN" from an AVM name that has a number: AVM's own
// lists call the "FRITZ!Box Fon WLAN 7390" the "FRITZ!Box 7390".
func withoutFon(names []string) []string {
	if !strings.ContainsAny(strings.Join(names, ""), "0123456789") {
		return names
	}
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == "fon" || name == "wlan" })
}

var (
	revisionWords  = regexp.MustCompile(`(?i)^(?:(?:h/?w|hardware)[ .:]*)?(?:version|ver|revision|rev)?[ .:]*`)
	revisionRegion = regexp.MustCompile(`(?i)^(?:` + regions + `)/(v?\d)|[ ]*\((?:` + regions + `)(?:/(?:` + regions + `))*\)$`)
	revisionIn     = regexp.MustCompile(`(?i)^[^,/+]*[a-z][^,/+ ]*\d[^,/+]* v\.?(\d+(?:\.\d+)*)(?: 0+)?$`)
	beginsWithOne  = regexp.MustCompile(`^v?\d+(?:\.\d+)* `) // "v2 & v3" is two, and no model with one behind it
	revisionNumber = regexp.MustCompile(`^v?[. ]*0*(\d+)((?:\.\d+)*)$`)
)

// RevisionKey returns the key under which spellings of one hardware revision meet:
// "v5", "5", "5.0", "Ver: 5.0" and "Archer C20 v5 00000000" are "5"; "A1", "Ver. A1"
// and "H/W Ver.: A1" are "a1". 5.0, 5.6 and 5.8 stay apart, and so do 3.2 and 3.20.
// A region ("EU/5.0", "1.0 (US)") is no part of it. "" = no revision.
func RevisionKey(revision string) string {
	s := strings.ToLower(strings.Join(strings.Fields(revision), " "))
	if key, ok := plainRevision(s); ok {
		return key
	}
	return spelledRevision(s)
}

// plainRevision is spelledRevision for what most revisions are: "v1", "14.6", "b1". It
// is asked many times for each product that is judged.
func plainRevision(s string) (key string, ok bool) {
	if len(s) > 1 && s[0] >= 'a' && s[0] <= 'z' && s[0] != 'v' {
		return s, digits(s[1:]) == len(s)-1
	}
	key = strings.TrimPrefix(s, "v")
	numbers := strings.Trim(key, "0123456789.") == "" && key != ""
	return key, numbers && key[0] != '0' && key[0] != '.' && !strings.Contains(key, ".0") && !strings.Contains(key, "..") && !strings.HasSuffix(key, ".")
}

// spelledRevision is RevisionKey of lower-case text with single blanks. A
// regular expression is asked only where the text holds what it needs.
func spelledRevision(s string) string {
	if strings.ContainsAny(s, "/(") {
		s = revisionRegion.ReplaceAllString(s, "$1")
	}
	if s != "" && strings.ContainsAny(s[:1], "hvr .:") {
		s = revisionWords.ReplaceAllString(s, "")
	}
	if strings.Contains(s, " v") {
		if m := revisionIn.FindStringSubmatch(s); m != nil && !beginsWithOne.MatchString(s) {
			s = m[1]
		}
	}
	if m := revisionNumber.FindStringSubmatch(s); m != nil {
		rest := m[2]
		for strings.HasSuffix(rest, ".0") || strings.HasSuffix(rest, ".00") {
			rest = rest[:strings.LastIndexByte(rest, '.')]
		}
		if m[1] == "0" && rest == "" {
			return "" // "0" and "00000000" are placeholders
		}
		return m[1] + rest
	}
	switch s {
	case "unknown", "n/a", "na", "none", "-", "":
		return ""
	}
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '_' {
			return -1
		}
		return r
	}, s)
}

// joinable is a revision that vendors also print behind the model: "R7500v2",
// "RT-AC66U B1". A bare number or letter is not: E100 with a 0 is not E1000, R7000
// with a P is not R7000P.
var joinable = regexp.MustCompile(`^[a-z]\d+(?:\.\d+)?$`)

// joined returns the key of model and revision written as one name.
func joined(vendor, model, revision string) (string, bool) {
	r := RevisionKey(revision)
	if r == "" {
		return "", false
	}
	if r[0] >= '0' && r[0] <= '9' {
		r = "v" + r
	}
	key := ModelKey(vendor, model)
	return key + r, key != "" && joinable.MatchString(r)
}

// revisionBehind is a joinable revision at the end of a model's key.
var revisionBehind = regexp.MustCompile(`[a-z]\d+(?:\.\d+)?$`)

// IdentityKeys returns the model keys under which a product for id may stand: the
// model's, model and revision written as one name, and the model's without what may be
// a revision, an item number or a region behind it. None without vendor or model.
func IdentityKeys(id device.Identity) []string {
	model := ModelKey(id.Vendor, id.Model)
	if VendorKey(id.Vendor) == "" || model == "" {
		return nil
	}
	var keys []string
	for _, it := range readings(id) {
		model := ModelKey(it.Vendor, it.Model)
		keys = append(keys, model)
		if both, ok := joined(it.Vendor, it.Model, it.Revision); ok {
			keys = append(keys, both)
		}
		if at := revisionBehind.FindStringIndex(model); at != nil && at[0] > 0 {
			keys = append(keys, model[:at[0]])
		}
	}
	return distinct(keys)
}

// ProductVendorKeys returns the vendor keys under which p may be asked for: its maker's
// and, for a provider's box, the provider's ("KPN Experia Box V10").
func ProductVendorKeys(p Product) []string {
	keys := []string{VendorKey(p.Vendor)}
	if provider := VendorKey(p.Provider); provider != "" && provider != keys[0] {
		keys = append(keys, provider)
	}
	return keys
}

// ProductKeys returns every model key of p, for a catalogue to look it up by: the
// model's, its aliases', and model and revision written as one name. Find meets
// an identity with a product only when they share a key.
func ProductKeys(p Product) []string {
	keys := []string{ModelKey(p.Vendor, p.Model)}
	for _, alias := range p.Aliases {
		keys = append(keys, ModelKey(p.Vendor, alias))
	}
	if p.Provider != "" {
		for _, name := range append([]string{p.Model}, p.Aliases...) {
			keys = append(keys, ModelKey(p.Provider, name), ModelKey(p.Vendor, p.Provider+" "+name))
		}
	}
	if both, ok := joined(p.Vendor, p.Model, p.Revision); ok {
		keys = append(keys, both)
	}
	return distinct(keys)
}

// distinct returns the keys that say something, each once.
func distinct(keys []string) []string {
	slices.Sort(keys)
	return slices.DeleteFunc(slices.Compact(keys), func(key string) bool { return key == "" })
}
