package announce

import (
	"html"
	"regexp"
	"slices"
	"strings"

	"houdbaar/internal/device"
)

var (
	// refresh is the element that sends a browser on, and its address (HTML, "Shared
	// declarative refresh steps"). Its attributes come in any order.
	refresh = regexp.MustCompile(`(?is)<meta\b[^>]*\bhttp-equiv\s*=\s*["']?refresh\b[^>]*`)
	toURL   = regexp.MustCompile(`(?i)\b[0-5]\s*[;,]\s*(?:url\s*=\s*)?["']?([^"'<>\s]+)`)
	// toScript is a script that sends a browser on to an address that stands there in whole,
	// or with something to keep it from being cached behind it.
	toScript = regexp.MustCompile(`(?i)\blocation(?:\.href)?\s*=\s*["']([^"'\\]{1,200})["']|\blocation\.(?:replace|assign)\(\s*["']([^"'\\]{1,200})["']`)
	// unseen is what a browser does not show.
	unseen   = regexp.MustCompile(`(?is)<script\b.*?(?:</script\s*>|$)|<style\b.*?</style\s*>|<noscript\b.*?</noscript\s*>|<title\b.*?</title\s*>|<!--.*?-->|<[^>]*>`)
	noScript = regexp.MustCompile(`(?is)<noscript\b.*?</noscript\s*>`)
	// asksFor is what a page has that a person is to use: that page is where the way ends.
	asksFor = regexp.MustCompile(`(?i)<(?:input|form|button|select|frame|iframe)\b`)
)

// seenMost is the most text, in bytes, of a page that only says that it sends one on.
const seenMost = 300

// Onward returns where a page, an observation of source "http", sends its visitor at
// once, as the device wrote it: by a redirect (RFC 9110, section 15.4), a refresh within
// five seconds, or a script on a page that shows nothing else. "" = nowhere.
func Onward(o device.Observation) string {
	if slices.Contains([]string{"301", "302", "303", "307", "308"}, o.Get("status")) {
		return strings.TrimSpace(o.Get("header.location"))
	}
	body := o.Get("body")
	if o.Get("status") != "200" || asksFor.MatchString(body) || len(strings.Join(strings.Fields(unseen.ReplaceAllString(body, " ")), " ")) > seenMost {
		return ""
	}
	if m := toScript.FindStringSubmatch(body); m != nil {
		return m[1] + m[2]
	}
	if m := toURL.FindStringSubmatch(refresh.FindString(noScript.ReplaceAllString(body, ""))); m != nil {
		return html.UnescapeString(m[1])
	}
	return ""
}
