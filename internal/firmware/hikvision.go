package firmware

import "regexp"

var hikvisionForm = regexp.MustCompile(`(?i)^v?(\d+\.\d+\.\d+)(?:[ ,._]*(?:build ?)?(\d{6}))?$`)

// readHikvision reads "V5.5.800 build 210628" (also EZVIZ and HiLook).
func readHikvision(raw string) (Version, bool) {
	m := hikvisionForm.FindStringSubmatch(raw)
	if m == nil {
		return Version{}, false
	}
	main, ok := numbers(m[1])
	v := Version{main: main, text: "V" + m[1]}
	ok = ok && v.behind(" build ", m[2], date)
	return v, ok
}
