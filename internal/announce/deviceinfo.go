package announce

import (
	"slices"
	"strings"
)

// readDeviceInfo reads any other XML or JSON document a device gives about itself:
// Roku's device-info, HEOS and Denon, Hikvision's DeviceInfo, Zyxel's
// getBasicInformation. Fields are the elements or keys, nested ones by dotted path
// below the root. A page of HTML is not such a document.
func readDeviceInfo(p page) []map[string]string {
	if p.json != nil {
		return said(p.json)
	}
	if p.xml == nil {
		return nil
	}
	fields := map[string]string{}
	for _, root := range p.xml.children {
		if slices.Contains(htmlElements, strings.ToLower(root.name)) {
			return nil
		}
		root.flatten("", fields)
	}
	return said(fields)
}

// htmlElements are those that a page, or a piece of one, begins with.
var htmlElements = []string{
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
