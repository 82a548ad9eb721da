package fingerprint

import (
	"regexp"
	"slices"

	"houdbaar/internal/device"
)

// Words returns the words of the patterns by which an identity was told, in texts of
// several words each. They belong to products, also where they stand in a name that a
// person gave.
func (s *Set) Words(id device.Identity) []string {
	var out []string
	for _, r := range s.all {
		if !slices.ContainsFunc(id.Evidence, func(e device.Evidence) bool { return e.Rule == r.name }) {
			continue
		}
		for _, p := range r.When {
			out = append(out, patternSyntax.ReplaceAllString(p, " "))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// patternSyntax is what letters of a pattern do not stand for themselves.
var patternSyntax = regexp.MustCompile(`\\[pP]\{\w+\}|\\[a-zA-Z]|\(\?[^:)]*[:)]|\[[^\]]*\]`)
