package firmware

import (
	"fmt"
	"regexp"
	"strings"
)

// A FRITZ!Box says "154.07.57": 154 is the hardware, 7.57 the FRITZ!OS version.
var fritzForm = regexp.MustCompile(`(?i)^(?:FRITZ!OS:? ?)?(?:(\d{2,3})\.)?(\d{1,2})\.(\d{2})(?:-(\d+))?(?:[ -]?(LABOR|BETA|INHAUS|INHOUSE)\b.*)?$`)

// readFRITZ reads "154.07.57", "FRITZ!OS 7.57", "07.57" and "7.57-99999". Labor and
// beta carry the number of the release they lead to or follow: not ordered
// against releases.
func readFRITZ(raw string) (Version, bool) {
	m := fritzForm.FindStringSubmatch(raw)
	if m == nil {
		return Version{}, false
	}
	main, ok := numbers(m[2] + "." + m[3])
	if !ok {
		return Version{}, false
	}
	v := Version{class: m[1], main: main, text: fmt.Sprintf("FRITZ!OS %d.%s", main[0], m[3])}
	ok = v.behind("-", m[4], number)
	if m[5] != "" {
		v.branch = strings.ToLower(m[5])
		v.text += " " + strings.ToUpper(m[5])
	}
	return v, ok
}
