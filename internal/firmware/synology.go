package firmware

import (
	"regexp"
	"strings"
)

var synologyForm = regexp.MustCompile(`(?i)^(?:(DSM|SRM) ?)?(\d+)\.(\d+)((?:\.\d+)?)(?:-(\d+)(?: ?(?:update|-) ?(\d+))?)?$`)

// readSynology reads "6.2-25556", "DSM 7.2.1-69057 Update 5" and "SRM 1.3.1-9346".
// A device announces 6.2.4-25556 as "6.2-25556" and never its update, so the
// build orders within 6.2 and a missing update is not update 0. Without a name,
// 1.x is the router's SRM and the rest DSM.
func readSynology(raw string) (Version, bool) {
	m := synologyForm.FindStringSubmatch(raw)
	if m == nil {
		return Version{}, false
	}
	main, ok := numbers(m[2] + "." + m[3])
	if !ok {
		return Version{}, false
	}
	name := strings.ToUpper(m[1])
	if name == "" {
		name = "DSM"
		if main[0] == 1 {
			name = "SRM"
		}
		if strings.HasPrefix(m[5], "0") {
			return Version{}, false // a camera's, "1.0.5-0185"
		}
	}
	v := Version{branch: name, main: main, text: name + " " + m[2] + "." + m[3] + m[4]}
	ok = v.behind("-", m[5], number) && v.behind(" Update ", m[6], number)
	return v, ok
}
