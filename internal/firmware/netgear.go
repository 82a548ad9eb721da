package firmware

import (
	"regexp"
	"strings"
)

// "V1.0.11.100_10.2.100": the second part is the version of the texts inside; the
// vendor's pages leave it out. Letters are a region ("RU", "WW", "NA"). A person is shown
// the V that the device writes.
var netgearForm = regexp.MustCompile(`(?i)^(?:v|ver\.? ?)?(\d+(?:\.\d+){1,4})([a-z]{2})?(?:_(\d+(?:\.\d+)*)([a-z]{2})?)?$`)

// readNETGEAR reads "V1.0.11.100_10.2.100" and "1.0.9.88".
func readNETGEAR(raw string) (Version, bool) {
	m := netgearForm.FindStringSubmatch(raw)
	if m == nil {
		return Version{}, false
	}
	main, ok := numbers(m[1])
	region := strings.ToUpper(m[2] + m[4])
	return Version{branch: region, main: main, text: "V" + m[1] + strings.ToUpper(m[2])}, ok
}
