package announce

import (
	_ "embed"
	"regexp"
	"strings"
)

// names are those that devices have for themselves.
//
//go:embed names.txt
var names string

// nameForm is that of a name: an address, in whatever notation, ends with a part that
// begins with a digit.
var nameForm = regexp.MustCompile(`^(?:[a-z0-9_-]{1,63}\.)*[a-z][a-z0-9_-]{0,62}$`)

// OwnName reports whether a host is a name that a device has for itself: one of names. Any
// other may be another device's, or a page's on the internet that it only points to.
func OwnName(host string) bool {
	host = strings.ToLower(host)
	if !nameForm.MatchString(host) {
		return false
	}
	for line := range strings.Lines(names) {
		name := strings.TrimSpace(line)
		if strings.TrimPrefix(host, "www.") == name || strings.HasPrefix(name, ".") && strings.HasSuffix(host, name) {
			return true
		}
	}
	return false
}
