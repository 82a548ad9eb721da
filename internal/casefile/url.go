package casefile

import (
	"net/netip"
	"net/url"
	"strconv"
)

// hostAddr returns the host of a URL when it is an address.
func hostAddr(s string) (netip.Addr, bool) {
	u, err := url.Parse(s)
	if err != nil {
		return netip.Addr{}, false
	}
	a, err := netip.ParseAddr(u.Hostname())
	return a, err == nil
}

// portOf returns the port a URL asks: what it names, else that of its scheme.
func portOf(s string) uint16 {
	u, err := url.Parse(s)
	if err != nil {
		return 0
	}
	if n, err := strconv.ParseUint(u.Port(), 10, 16); err == nil {
		return uint16(n)
	}
	return map[string]uint16{"http": 80, "https": 443, "rtsp": 554}[u.Scheme]
}
