package device

import (
	"strings"
	"unicode"
)

// FullName is a maker and its model as people say them: "D-Link DIR-860L". A model that
// begins with its maker's name, however that is written, says it already: "Arlo Pro 3" of
// Arlo, "TP-LINK Archer C7" of TP-Link. "eufyCam 2" of eufy begins with another word.
func FullName(vendor, model string) string {
	vendor, model = strings.TrimSpace(vendor), strings.TrimSpace(model)
	switch {
	case begins(model, vendor):
		return model
	case model == "":
		return vendor
	}
	return vendor + " " + model
}

// begins tells whether text begins with the words of start, letter for letter and digit
// for digit. Every text begins with no words at all.
func begins(text, start string) bool {
	left := []rune(Letters(start))
	if len(left) == 0 {
		return true
	}
	for _, r := range strings.ToLower(text) {
		switch kept := unicode.IsLetter(r) || unicode.IsDigit(r); {
		case !kept && len(left) == 0:
			return true
		case !kept:
		case len(left) == 0 || r != left[0]:
			return false
		default:
			left = left[1:]
		}
	}
	return len(left) == 0
}

// Letters is what of a text counts when names are compared: letters and digits, in
// lower case.
func Letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, strings.ToLower(s))
}
