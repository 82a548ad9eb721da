package probe

import (
	"context"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"houdbaar/internal/announce"
	"houdbaar/internal/device"
	"houdbaar/internal/lan"
)

// onwardMost is how many pages are read beyond the front page: over HTTPS, and there the
// page for signing in; or two frames.
const onwardMost = 2

// doing are words in paths that may do more than show a page, to somebody who is signed in
// from this computer or to a device that takes no care. Nobody is led there.
var doing = regexp.MustCompile(`(?i)log-?_?(?:out|off)|sign-?_?(?:out|off)|re-?boot|restart|reset|restore|factory|defaults\b|erase|clear|(?:^|[^n])format|wps|disable|disconnect|upgrade|update|delete|remove|apply|save|shutdown|poweroff`)

// follow reads the pages that a device's front page leads to at once or shows in frames, as
// a browser would, but only on the device's own address. from is what was asked, and r what
// came of it. What a page leads to goes before the other frames.
func (d door) follow(ctx context.Context, from place, r reply, emit func(device.Observation)) {
	if !d.onward {
		return
	}
	seen, ways := []place{from}, from.ways(r)
	for len(ways) > 0 && len(seen) <= onwardMost {
		to := ways[0]
		ways = ways[1:]
		if slices.Contains(seen, to) {
			continue
		}
		seen = append(seen, to)
		ways = append(to.ways(d.ask(ctx, get(to.path)[0], to.target, emit)), ways...)
	}
}

// ways returns the places that a page leads to and that may be asked.
func (p place) ways(r reply) []place {
	var out []place
	for _, onward := range r.onward {
		if to, ok := p.leads(onward); ok {
			out = append(out, to)
		}
	}
	return out
}

// leads returns the place that a reference on a page means (RFC 3986, section 5), if
// that is on the same device and only shows something. A name that a device has for itself
// means the device that is being asked, so nothing is looked up.
func (p place) leads(onward string) (place, bool) {
	base, err := url.Parse(p.target.String() + p.path)
	if err != nil {
		return place{}, false
	}
	to, err := base.Parse(onward)
	if err != nil {
		return place{}, false
	}
	name := ""
	if announce.OwnName(to.Hostname()) {
		name = to.Hostname()
		to.Host = strings.Replace(to.Host, name, hostOf(p.target.Addr.Addr()), 1)
	}
	target, path, err := lan.ParseURL(to.String(), p.target.Addr.Addr())
	target.Name = name
	plain, unread := url.PathUnescape(path) // "%72eboot" is as good as "reboot"
	ok := err == nil && unread == nil && target.Addr.Addr() == p.target.Addr.Addr() && !doing.MatchString(path) && !doing.MatchString(plain)
	return place{target, path}, ok
}

// hostOf returns an address as the host of a URL, without its zone.
func hostOf(a netip.Addr) string {
	if a.Is6() {
		return "[" + a.WithZone("").String() + "]"
	}
	return a.String()
}

// announced reports whether a device said anything itself: a neighbour that is
// only in the table may be a phone, which is not to be bothered.
func announced(dev device.Device) bool {
	return slices.ContainsFunc(dev.Observations, func(o device.Observation) bool {
		return o.Source != device.SourceNeighbour && o.Source != device.SourceRoute
	})
}
