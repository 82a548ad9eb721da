package firmware

import (
	"fmt"
	"regexp"
	"strings"
)

var dlinkForm = regexp.MustCompile(`(?i)^(?:([a-z]{2,3})_)?(?:v|ver\.? ?)?(\d+)\.(\d+)((?:\.\d+){0,2})(?:\.?([a-z]{2})?b(\d+))?([_ -].+)?$`)

// readDLink reads "2.00B05", "v1.10", "AU_1.02.06", "1.10WWB09" and "1.10.B04". The
// first number follows the hardware revision (1.x for A, 2.x for B, ...), so versions
// with different first numbers are not ordered; nor are 1.2 and 1.02, where
// nobody can say whether .2 is .02 or .20.
func readDLink(raw string) (Version, bool) {
	m := dlinkForm.FindStringSubmatch(raw)
	if m == nil {
		return Version{}, false
	}
	main, ok := numbers(m[3] + m[4])
	region := strings.ToUpper(m[1] + m[5])
	v := Version{
		branch: fmt.Sprintf("%s/%s/%d%s", strings.TrimLeft(m[2], "0"), region, len(m[3]), strings.ToLower(m[7])),
		main:   main,
		text:   m[2] + "." + m[3] + m[4],
	}
	if m[1] != "" {
		v.text = strings.ToUpper(m[1]) + "_" + v.text
	}
	ok = ok && v.behind(strings.ToUpper(m[5])+"B", m[6], number)
	v.text += m[7]
	return v, ok
}
