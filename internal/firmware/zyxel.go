package firmware

import (
	"regexp"
	"strings"
)

// "V5.50(ABOM.8)C0": ABOM is the model, 8 the patch, C0 a general release; b15 is a beta.
var zyxelForm = regexp.MustCompile(`(?i)^v?(\d+)\.(\d+)\(([a-z]{4})\.(\d+)\)(c|b)(\d+)(?:_(\d{8}))?$`)

// readZyxel reads "V5.50(ABOM.8)C0" and "1.00(AACF.2)C0".
func readZyxel(raw string) (Version, bool) {
	m := zyxelForm.FindStringSubmatch(raw)
	if m == nil {
		return readGeneric(raw)
	}
	main, ok := numbers(m[1] + "." + m[2])
	build, ok2 := numbers(m[4] + "." + m[6])
	kind := strings.ToUpper(m[5])
	if kind == "B" {
		kind = "b"
	}
	v := Version{branch: strings.ToUpper(m[3]) + kind, main: main, build: build}
	v.text = "V" + m[1] + "." + m[2] + "(" + strings.ToUpper(m[3]) + "." + m[4] + ")" + kind + m[6]
	ok = ok && ok2 && v.behind("_", m[7], date)
	return v, ok
}
