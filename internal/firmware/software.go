package firmware

import "regexp"

// others are firmware that is not the maker's, as a person types its name with its
// version. Names only: a bare number says nothing of who wrote it.
var others = []struct {
	name string
	re   *regexp.Regexp
}{
	{"OpenWrt", regexp.MustCompile(`(?i)\bopen-?wrt|\blede\b`)},
	{"DD-WRT", regexp.MustCompile(`(?i)\bdd-?wrt`)},
	{"FreshTomato", regexp.MustCompile(`(?i)\bfresh ?tomato`)},
	{"Tomato", regexp.MustCompile(`(?i)\b(?:advanced ?)?tomato`)},
	{"Asuswrt-Merlin", regexp.MustCompile(`(?i)(?:\b|_)merlin\b|\basuswrt-?merlin`)},
	{"Gargoyle", regexp.MustCompile(`(?i)^gargoyle\b`)},
	{"Padavan", regexp.MustCompile(`(?i)^padavan\b`)},
}

// Software returns the name of the third-party firmware that a version names, as in
// "OpenWrt 23.05.2"; "" when it names none.
func Software(version string) string {
	for _, o := range others {
		if o.re.MatchString(version) {
			return o.name
		}
	}
	return ""
}
