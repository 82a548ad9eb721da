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
	first, want := "", Letters(start)
	for _, word := range strings.FieldsFunc(strings.ToLower(text), isMark) {
		if first == want {
			break
		}
		first += word
	}
	return first == want
}

func isMark(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// Letters is what of a text counts when names are compared: letters and digits, in
// lower case.
func Letters(s string) string {
	return strings.Map(func(r rune) rune {
		if isMark(r) {
			return -1
		}
		return r
	}, strings.ToLower(s))
}
