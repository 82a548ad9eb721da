package firmware

import (
	"regexp"
	"strconv"
)

var axisForm = regexp.MustCompile(`(?i)^(?:AXIS OS )?v?(\d+(?:\.\d+){1,3})$`)

// readAxis reads "10.12.240" and "5.51.7.4". Axis keeps long-term tracks alive
// beside the newest one (8.40, 9.80, 10.12), so 10.12.240 is not behind 11.5:
// versions are ordered within their first number only.
func readAxis(raw string) (Version, bool) {
	m := axisForm.FindStringSubmatch(raw)
	if m == nil {
		return Version{}, false
	}
	all, ok := numbers(m[1])
	if !ok {
		return Version{}, false
	}
	return Version{branch: strconv.FormatUint(all[0], 10), main: all[1:], text: m[1]}, true
}
