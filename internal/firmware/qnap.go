package firmware

import (
	"regexp"
	"strings"
)

var qnapForm = regexp.MustCompile(`(?i)^(?:(QTS|QuTS hero) ?)?(h)?(\d+\.\d+\.\d+)((?:\.\d{1,5})?)(?:[ (]*(?:build ?)?(\d{8})\)?)?$`)

// readQNAP reads "5.1.0.2348 Build 20230325" and "QTS 4.2.6". Builds are ordered by their
// day, and by their number where no day stands behind it. QuTS hero (h5.1.0) is another
// system with numbers of its own.
func readQNAP(raw string) (Version, bool) {
	m := qnapForm.FindStringSubmatch(raw)
	if m == nil {
		return Version{}, false
	}
	main, ok := numbers(m[3])
	v := Version{branch: "qts", main: main, text: "QTS "}
	if m[2] != "" || strings.EqualFold(m[1], "QuTS hero") {
		v.branch, v.text = "hero", "QuTS hero h"
	}
	v.text += m[3] + m[4]
	if m[4] != "" && m[5] == "" {
		n, fits := number(m[4][1:])
		v.main, ok = append(v.main, n), ok && fits
	}
	ok = ok && v.behind(" build ", m[5], date)
	return v, ok
}
