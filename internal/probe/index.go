package probe

import (
	"context"
	"net/url"
	"regexp"
	"slices"

	"houdbaar/internal/device"
	"houdbaar/internal/lan"
)

// index asks for a device's front page. Its Server header, its realm or its title
// often names the model: a hint where nothing better is said. It is asked of a
// gateway, of what may be a router, a camera or a NAS and has not named its model,
// and of a silent device whose network part is from a maker of such things.
var index = Door{
	name:      "http",
	ports:     web,
	questions: []lan.Question{{Method: "GET", Path: "/", Why: "Any router, camera or NAS: the name on its front page"}},
	onward: &lan.Question{Method: "GET", Path: "{path that the front page leads to}",
		Why: "Any router, camera or NAS: the page that its front page leads to at once, on the same address"},
	fits: func(dev device.Device, id device.Identity) bool {
		if id.Model != "" {
			return false
		}
		if _, ok := made(dev); ok {
			return true
		}
		return dev.Gateway || id.Kind.Class() != device.ClassUnknown || announced(dev)
	},
}

// onwardMost is how often the way is followed: to HTTPS, and there to the page for
// signing in.
const onwardMost = 2

// doing are words in paths that may do more than show a page, to somebody who is signed in
// from this computer or to a device that takes no care. Nobody is led there.
var doing = regexp.MustCompile(`(?i)log-?_?(?:out|off)|sign-?_?(?:out|off)|re-?boot|restart|reset|restore|factory|defaults\b|erase|clear|(?:^|[^n])format|wps|disable|disconnect|upgrade|update|delete|remove|apply|save|shutdown|poweroff`)

// follow reads the page that a device's front page leads to at once, as a browser would,
// but only on the device's own address. from is what was asked.
func (d Door) follow(ctx context.Context, from place, onward string, emit func(device.Observation)) {
	seen := []place{from}
	for range onwardMost {
		to, ok := from.leads(onward)
		if d.onward == nil || !ok || slices.Contains(seen, to) {
			return
		}
		q := *d.onward
		q.Path = to.path
		onward = d.ask(ctx, q, to.target, emit).onward
		from, seen = to, append(seen, to)
	}
}

// leads returns the place that a reference on a page means (RFC 3986, section 5), if
// that is on the same device and only shows something.
func (p place) leads(onward string) (place, bool) {
	base, err := url.Parse(p.target.String() + p.path)
	if onward == "" || err != nil {
		return place{}, false
	}
	to, err := base.Parse(onward)
	if err != nil {
		return place{}, false
	}
	target, path, err := lan.ParseURL(to.String(), p.target.Addr.Addr())
	ok := err == nil && target.Addr.Addr() == p.target.Addr.Addr() && !doing.MatchString(path)
	return place{target, path}, ok
}

// announced reports whether a device said anything itself: a neighbour that is
// only in the table may be a phone, which is not to be bothered.
func announced(dev device.Device) bool {
	return slices.ContainsFunc(dev.Observations, func(o device.Observation) bool {
		return o.Source != device.SourceNeighbour && o.Source != device.SourceRoute
	})
}
