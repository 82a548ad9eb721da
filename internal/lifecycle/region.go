package lifecycle

import (
	"regexp"
	"slices"
	"strings"
)

// home reports whether a fact of the region speaks for a home in the Low Countries:
// no region said, or one of several ("EU/RU/JP") that covers them. Britain is in: its
// law makes makers state a period, and they state it for their European models. UN is
// TP-Link's "universal".
func home(region string) bool {
	if strings.TrimSpace(region) == "" {
		return true
	}
	return slices.ContainsFunc(regionsIn(region), func(r string) bool { return slices.Contains(homeRegions, r) })
}

// homeRegions are how sources write a region that covers such a home.
var homeRegions = []string{"EU", "EMEA", "EUROPE", "NL", "BE", "LU", "DE", "FR", "UK", "GB", "UN", "WW", "WORLDWIDE", "GLOBAL", "ALL"}

// regionsIn takes apart what a fact says of where it holds: "EU/RU/JP".
func regionsIn(region string) []string {
	return strings.FieldsFunc(strings.ToUpper(region), func(r rune) bool { return r == '/' || r == ',' || r == ' ' })
}

// speaksFor reports whether a fact of a region holds for a device whose label names
// one: no region said, that one, or both in Europe.
func speaksFor(fact, label string) bool {
	if strings.TrimSpace(fact) == "" || home(fact) && home(label) {
		return true
	}
	return slices.Contains(regionsIn(fact), label)
}

// revisionIsFor returns the one region that a revision as printed on a label names,
// "EU/5.0" or "1.0 (US)", in capitals; "" for none or several.
func revisionIsFor(revision string) string {
	if m := labelRegion.FindStringSubmatch(strings.TrimSpace(revision)); m != nil {
		return strings.ToUpper(m[1] + m[2])
	}
	return ""
}

// labelRegion is a revision that names one region.
var labelRegion = regexp.MustCompile(`(?i)^(?:(` + regions + `)/v?\d.*|[^(]*\((` + regions + `)\))$`)

// regions are the regions that labels name, for regular expressions.
const regions = "US|EU|UK|AU|BR|CA|CN|DE|FR|IL|IN|JP|KR|NA|ROW|RU|TW|UN"
