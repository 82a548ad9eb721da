package announce

import (
	"regexp"
	"strings"
)

var v380Result = regexp.MustCompile(`^\d{1,3}$`)

// readV380 reads what a camera of the V380 app answers to a search: words between
// carets, NVDEVRESULT first and the camera's number thirteenth, as V380Decoder's
// DeviceDiscovery.cs has it. Hardware address, addresses and number are left out; what
// the rest means is not known.
func readV380(b []byte) map[string]string {
	parts := strings.SplitN(cString(b), "^", 16)
	if len(parts) < 13 || parts[0] != "NVDEVRESULT" || !v380Result.MatchString(parts[1]) {
		return nil
	}
	fields := map[string]string{}
	set(fields, "result", parts[1])
	return fields
}
