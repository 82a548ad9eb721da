package firmware

import (
	"regexp"
	"strings"
)

// "v3.0.0.136_20121100": version, then the day of the build (20-12-11) and a counter
// of two to four digits. "_v1.0.0.159" behind it is the version of a second part.
var reolinkForm = regexp.MustCompile(`(?i)^v?(\d+\.\d+\.\d+\.\d+)(?:_(\d{6})(\d{2,4}))?(_v[\d.]+)?$`)

// readReolink reads "v3.0.0.136_20121100" and orders builds of one version to the day.
func readReolink(raw string) (Version, bool) {
	m := reolinkForm.FindStringSubmatch(raw)
	if m == nil {
		return Version{}, false
	}
	main, ok := numbers(m[1])
	if !ok {
		return Version{}, false
	}
	v := Version{main: main, text: "v" + m[1]}
	if m[2] != "" {
		d, ok := date(m[2])
		if !ok {
			return Version{}, false
		}
		v.build = []uint64{d}
		v.text += "_" + m[2] + m[3]
	}
	v.text += strings.ToLower(m[4])
	return v, true
}
