package announce

import (
	"slices"
	"strings"
)

// readDeviceInfo reads any other XML or JSON document a device gives about itself:
// Roku's device-info, HEOS and Denon, Hikvision's DeviceInfo, Zyxel's
// getBasicInformation. Fields are the elements or keys, nested ones by dotted path
// below the root.
func readDeviceInfo(p page) []map[string]string {
	if p.json != nil {
		return said(p.json)
	}
	if p.xml == nil {
		return nil
	}
	fields := map[string]string{}
	for _, root := range p.xml.children {
		if slices.Contains(notDeviceInfo, strings.ToLower(root.name)) {
			return nil
		}
		root.flatten("", fields)
	}
	return said(fields)
}

// notDeviceInfo are the elements that other documents begin with: a UPnP description
// cut short before its device, a service's own description, a SOAP fault, and a page
// of HTML or a piece of one.
var notDeviceInfo = []string{
	"root", "scpd", "envelope",
	"html", "head", "body", "title", "meta", "link", "script", "style", "base", "frameset", "frame", "iframe", "noscript",
	"div", "span", "p", "a", "b", "i", "u", "br", "hr", "img", "font", "center", "h1", "h2", "h3", "h4", "pre", "em", "strong",
	"table", "tr", "td", "th", "tbody", "ul", "ol", "li", "form", "input", "label", "select", "option", "button", "object", "embed",
}

// said returns fields as the one observation of a page, or none when it is empty.
func said(fields map[string]string) []map[string]string {
	if len(fields) == 0 {
		return nil
	}
	return []map[string]string{fields}
}
