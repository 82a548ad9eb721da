package firmware

import "regexp"

// "XW.ar934x.v6.3.11.33396.210101.1234": board, chip, version, build, date, time. EdgeOS
// adds hotfixes: "2.0.9-hotfix.6" follows "2.0.9".
var ubiquitiForm = regexp.MustCompile(`(?i)^(?:([A-Za-z0-9-]+\.[0-9_-]*[A-Za-z][A-Za-z0-9_-]*)\.)?v?(\d+\.\d+\.\d+)(?:-hotfix\.(\d+))?(?:[.+](\d+))?(?:\.\d{6}\.\d{4})?$`)

// readUbiquiti reads airOS, UniFi and EdgeOS versions.
func readUbiquiti(raw string) (Version, bool) {
	m := ubiquitiForm.FindStringSubmatch(raw)
	if m == nil {
		return Version{}, false
	}
	main, ok := numbers(m[2])
	if !ok {
		return Version{}, false
	}
	v := Version{class: m[1], main: main, text: m[2]}
	var hotfix uint64
	if m[3] != "" {
		if hotfix, ok = number(m[3]); !ok {
			return Version{}, false
		}
		v.text += "-hotfix." + m[3]
	}
	v.main = append(v.main, hotfix)
	ok = v.behind(".", m[4], number)
	return v, ok
}
