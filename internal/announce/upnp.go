package announce

import (
	"slices"
	"strconv"
	"strings"
)

// maxDevices bounds the devices kept of one description: a gateway has three.
const maxDevices = 32

// standardElements are spelt as the UPnP Device Architecture has them, because
// some devices write <ModelName>.
var standardElements = []string{
	"deviceType", "friendlyName", "manufacturer", "manufacturerURL", "modelDescription", "modelName",
	"modelNumber", "modelURL", "serialNumber", "UDN", "UPC", "presentationURL",
}

// readUPnP reads a UPnP device description: one set of fields for the root device
// and one for each embedded one, in document order. Every element a maker added is
// kept, by its local name; nested ones by dotted path (systemVersion.Display).
// Elements beside the root device, as URLBase and systemVersion, count as the
// root's. Added are url, depth ("0" = root) and services, the service types.
func readUPnP(p page) []map[string]string {
	if p.xml == nil {
		return nil
	}
	var out []map[string]string
	for _, d := range p.xml.all("device", nil) {
		out = describe(d, p.url, 0, out)
	}
	if len(out) == 0 {
		return nil
	}
	if root := p.xml.find("root"); root != nil {
		for _, c := range root.children {
			if !strings.EqualFold(c.name, "device") && !strings.EqualFold(c.name, "specVersion") {
				(&node{children: []*node{c}}).flatten("", out[0])
			}
		}
	}
	return out
}

// describe appends the fields of a <device> and of those embedded in it.
func describe(d *node, url string, depth int, out []map[string]string) []map[string]string {
	fields := map[string]string{}
	var embedded, services []*node
	for _, c := range d.children {
		switch strings.ToLower(c.name) {
		case "devicelist":
			embedded = c.all("device", embedded)
		case "device":
			embedded = append(embedded, c)
		case "servicelist":
			services = c.all("serviceType", services)
		case "iconlist":
		default:
			for _, name := range standardElements {
				if strings.EqualFold(c.name, name) {
					c.name = name
				}
			}
			(&node{children: []*node{c}}).flatten("", fields)
		}
	}
	known := slices.ContainsFunc(standardElements, func(name string) bool { _, has := fields[name]; return has })
	if (known || depth > 0) && len(out) < maxDevices {
		fields["url"], fields["depth"] = clip(url, maxValue), strconv.Itoa(depth)
		var types []string
		for _, s := range services {
			types = append(types, s.text)
		}
		if len(types) > 0 {
			fields["services"] = clip(strings.Join(types, " "), maxValue)
		}
		out = append(out, fields)
	} else if depth == 0 {
		return out // some other document with a <device> in it
	}
	for _, e := range embedded {
		out = describe(e, url, depth+1, out)
	}
	return out
}
