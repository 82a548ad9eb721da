package firmware

import (
	"regexp"
	"strings"
)

var genericForm = regexp.MustCompile(`(?i)^(?:v|ver\.? ?|version ?)?(\d+(?:\.\d+)+)$`)

// readGeneric reads plain dotted numbers: "4.8.3", "v1.0.20". Any letter behind
// them is a branch that we do not know.
func readGeneric(raw string) (Version, bool) {
	m := genericForm.FindStringSubmatch(raw)
	if m == nil {
		return Version{}, false
	}
	main, ok := numbers(m[1])
	return Version{main: main, text: strings.TrimSpace(m[1])}, ok
}
