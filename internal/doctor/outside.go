package doctor

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
	"houdbaar/internal/scan"
)

// wanServices are the services of UPnP's Internet gateway device that can be asked
// for the outside address. The action, GetExternalIPAddress, only reads.
var wanServices = []string{
	"urn:schemas-upnp-org:service:WANIPConnection:1",
	"urn:schemas-upnp-org:service:WANIPConnection:2",
	"urn:schemas-upnp-org:service:WANPPPConnection:1",
}

// wanQuestion asks a service at a path for the outside address.
func wanQuestion(service, path string) lan.Question {
	return lan.Question{
		Method: "POST", Path: path,
		Header: map[string]string{"Content-Type": `text/xml; charset="utf-8"`, "SOAPAction": `"` + service + `#GetExternalIPAddress"`},
		Body: `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"` +
			` s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body>` +
			`<u:GetExternalIPAddress xmlns:u="` + service + `"/></s:Body></s:Envelope>`,
	}
}

// Questions returns what only the doctor sends.
func Questions() []scan.Question {
	var out []scan.Question
	for _, service := range wanServices {
		out = append(out, scan.Question{Name: "wanaddress", Group: scan.GroupTest, Whom: scan.WhomGateway,
			To: "the gateway, at the port of its description", Bytes: wanQuestion(service, "{path in the router's description}").Text("{address}")})
	}
	return out
}

// outside asks the gateway for its outside address, where its description offers
// that; zero when it does not tell.
func outside(ctx context.Context, n *lan.Network, gateway netip.Addr, obs []device.Observation) netip.Addr {
	for _, o := range obs {
		if o.Source != device.SourceUPnP || o.Addr != gateway || len(o.Raw) == 0 {
			continue
		}
		service, path := control(o)
		target, _, err := lan.ParseURL(o.Get("url"), gateway)
		if service == "" || err != nil || target.Addr.Addr() != gateway {
			continue
		}
		x, err := n.Fetch(ctx, wanQuestion(service, path), target)
		if err != nil {
			return netip.Addr{}
		}
		return wanAddress(x.Response)
	}
	return netip.Addr{}
}

var (
	serviceElement = regexp.MustCompile(`(?s)<service>(.*?)</service>`)
	serviceType    = regexp.MustCompile(`<serviceType>\s*([^<\s]{1,120})\s*</serviceType>`)
	controlURL     = regexp.MustCompile(`<controlURL>\s*([^<\s]{1,300})\s*</controlURL>`)
	wanElement     = regexp.MustCompile(`<NewExternalIPAddress[^>]*>\s*([0-9.]{7,15})\s*<`)
)

// control returns the service to ask and the path where it is, both as the
// description has them; "" when there is none, or it is somewhere else.
func control(o device.Observation) (service, path string) {
	x, err := announce.ParseExchange(o.Raw[0])
	if err != nil {
		return "", ""
	}
	r := announce.ParseResponse(x.Response)
	base, err := url.Parse(o.Get("url"))
	if err != nil {
		return "", ""
	}
	for _, m := range serviceElement.FindAllSubmatch(r.Body, 64) {
		kind, at := serviceType.FindSubmatch(m[1]), controlURL.FindSubmatch(m[1])
		if kind == nil || at == nil || !slices.Contains(wanServices, string(kind[1])) {
			continue
		}
		to, err := base.Parse(strings.ReplaceAll(string(at[1]), "&amp;", "&"))
		if err != nil || to.Host != base.Host || to.Scheme != base.Scheme {
			continue
		}
		return string(kind[1]), to.RequestURI()
	}
	return "", ""
}

// wanAddress reads the answer. 0.0.0.0, which means "not connected", is no address.
func wanAddress(response []byte) netip.Addr {
	r := announce.ParseResponse(response)
	if r.Status != 200 {
		return netip.Addr{}
	}
	m := wanElement.FindSubmatch(r.Body)
	if m == nil {
		return netip.Addr{}
	}
	a, err := netip.ParseAddr(string(m[1]))
	if err != nil || a.IsUnspecified() {
		return netip.Addr{}
	}
	return a
}
