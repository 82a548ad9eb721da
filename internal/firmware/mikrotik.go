package firmware

import (
	"regexp"
	"strconv"
	"strings"
)

var mikrotikForm = regexp.MustCompile(`(?i)^(?:RouterOS )?v?(\d+)\.(\d+(?:\.\d+)?)(?:(alpha|beta|rc)(\d+))?(?: ?\(([a-z-]+)\))?(?: .*)?$`)

// rank orders the ways to a release.
var rank = map[string]uint64{"alpha": 1, "beta": 2, "rc": 3, "": 4}

// readMikroTik reads "6.49.10 (long-term)" and "7.16rc1". Channels get fixes apart from
// each other, so two that both say their channel are ordered within it only, and
// RouterOS 6 is not ordered against 7.
func readMikroTik(raw string) (Version, bool) {
	m := mikrotikForm.FindStringSubmatch(raw)
	if m == nil {
		return Version{}, false
	}
	main, ok := numbers(m[2])
	if !ok {
		return Version{}, false
	}
	stage := strings.ToLower(m[3])
	var n uint64
	if m[4] != "" {
		if n, ok = number(m[4]); !ok {
			return Version{}, false
		}
	}
	major, ok := number(m[1])
	v := Version{
		branch: strconv.FormatUint(major, 10),
		class:  strings.ToLower(m[5]),
		main:   main, pad: true,
		build: []uint64{rank[stage], n},
		text:  "RouterOS " + m[1] + "." + m[2] + stage + m[4],
	}
	if v.class != "" {
		v.text += " (" + v.class + ")"
	}
	return v, ok
}
