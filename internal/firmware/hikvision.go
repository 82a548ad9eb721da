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
	if !ok {
		return Version{}, false
	}
	v := Version{main: main, text: "V" + m[1]}
	if m[2] != "" {
		d, ok := date(m[2])
		if !ok {
			return Version{}, false
		}
		v.build = []uint64{d}
		v.text += " build " + m[2]
	}
	return v, true
}
