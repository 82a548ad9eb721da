package firmware

import (
	"regexp"
	"strings"
)

// "2.800.0000000.16.R, Build Date 2020-10-13": the third part is zeros for the
// general build and names a customer's build otherwise; the letter is R for a release.
var dahuaForm = regexp.MustCompile(`(?i)^v?(\d+)\.(\d+)\.([0-9a-z]+)\.(\d+)(?:\.([a-z]))?(?:,? ?build(?: date)?:? ?(\d{4}-\d{2}-\d{2}|\d{6}|\d{8}))?$`)

// readDahua reads "2.800.0000000.16.R, Build Date 2020-10-13".
func readDahua(raw string) (Version, bool) {
	m := dahuaForm.FindStringSubmatch(raw)
	if m == nil {
		return Version{}, false
	}
	custom := strings.ToUpper(m[3])
	if strings.Trim(custom, "0") == "" {
		custom = ""
	}
	main, ok := numbers(m[1] + "." + m[2] + "." + m[4])
	v := Version{branch: custom + "/" + strings.ToUpper(m[5]), main: main}
	v.text = m[1] + "." + m[2] + "." + m[3] + "." + m[4]
	if m[5] != "" {
		v.text += "." + strings.ToUpper(m[5])
	}
	ok = ok && v.behind(", Build Date ", m[6], date)
	return v, ok
}
