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
	v := Version{branch: strings.ToUpper(m[2]), main: main, text: m[1]}
	if m[2] != "" {
		v.text += "_" + strings.ToUpper(m[2])
	}
	ok = ok && v.behind("_", m[3], date) && v.behind(" build ", m[4], number)
	return v, ok
}
