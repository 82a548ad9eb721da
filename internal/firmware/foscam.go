package firmware

import (
	"regexp"
	"strings"
)

var foscamForm = regexp.MustCompile(`^v?((\d+\.\d+\.\d+)\.(\d+))$`)

// readFoscam reads "2.71.1.59": the first three numbers tell the camera's platform
// (2.71 and 2.72 stand side by side), the last is the release.
func readFoscam(raw string) (Version, bool) {
	m := foscamForm.FindStringSubmatch(strings.ToLower(raw))
	if m == nil {
		return Version{}, false
	}
	n, ok := number(m[3])
	return Version{branch: m[2], main: []uint64{n}, text: m[1]}, ok
}
