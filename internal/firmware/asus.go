package firmware

import "regexp"

// ASUS writes "3.0.0.4.386_45934"; lists and devices shorten it to "386_45934" or
// "386.45934". 3.0.0.4 goes with 37x to 388, 3.0.0.6 with 102.
var (
	asusForm  = regexp.MustCompile(`^(\d\.\d\.\d\.\d)\.(\d{3})[._](\d{2,})(?:-g?[0-9a-f]+(?:_\d+-g?[0-9a-f]+)?_?)?$`)
	asusShort = regexp.MustCompile(`^(\d{3})[._](\d{4,6})(?:-g?[0-9a-f]+(?:_\d+-g?[0-9a-f]+)?_?)?$`)
)

// readASUS reads "3.0.0.4.386_45934" and "388_22068", with or without the marks of its
// source behind it. A short form needs a build of at least four digits, and a long one of
// two: "388.8" is Asuswrt-Merlin's own numbering, not ASUS's. The betas, which begin with
// 9.0.0, are not ordered against releases.
func readASUS(raw string) (Version, bool) {
	m := asusForm.FindStringSubmatch(raw)
	if m == nil {
		s := asusShort.FindStringSubmatch(raw)
		if s == nil {
			return readGeneric(raw)
		}
		base := "3.0.0.4"
		if s[1] < "300" {
			base = "3.0.0.6"
		}
		m = []string{"", base, s[1], s[2]}
	}
	main, ok := numbers(m[1] + "." + m[2] + "." + m[3])
	branch := "asuswrt"
	if m[1][0] == '9' {
		branch = "beta"
	}
	return Version{branch: branch, main: main, text: m[1] + "." + m[2] + "_" + m[3]}, ok
}
