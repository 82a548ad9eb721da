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
	v := Version{main: main, text: "v" + m[1]}
	ok = ok && v.behind("_", m[2], date)
	v.text += m[3] + strings.ToLower(m[4])
	return v, ok
}
