package firmware

import (
	"regexp"
	"strings"
)

var linksysForm = regexp.MustCompile(`(?i)^(?:v|ver\.? ?)?(\d+(?:\.\d+){1,3})(?:_([a-z]{2}))?(?:_(\d{8}))?(?:,? ?\(?build ?(\d+)\)?)?$`)

// readLinksys reads "1.0.00 build 11", "2.1.41.162351", "Ver.1.0.04" and
// "1.0.04.002_US_20130619".
func readLinksys(raw string) (Version, bool) {
	m := linksysForm.FindStringSubmatch(raw)
	if m == nil {
		return Version{}, false
	}
	main, ok := numbers(m[1])
	if !ok {
		return Version{}, false
	}
	v := Version{branch: strings.ToUpper(m[2]), main: main, text: m[1]}
	if m[2] != "" {
		v.text += "_" + strings.ToUpper(m[2])
	}
	if m[3] != "" {
		d, ok := date(m[3])
		if !ok {
			return Version{}, false
		}
		v.build = append(v.build, d)
		v.text += "_" + m[3]
	}
	if m[4] != "" {
		n, ok := number(m[4])
		if !ok {
			return Version{}, false
		}
		v.build = append(v.build, n)
		v.text += " build " + m[4]
	}
	return v, true
}
