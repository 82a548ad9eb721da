package announce

import "strings"

// readCurrentSetting reads NETGEAR's currentsetting.htm: lines Key=Value.
func readCurrentSetting(p page) []map[string]string {
	if p.xml != nil || !strings.Contains(strings.ToLower(p.path), "currentsetting") {
		return nil
	}
	fields := keyValues(p)
	if fields["Firmware"] == "" && fields["Model"] == "" {
		return nil
	}
	return said(fields)
}

// wholeLines returns a text of the page without a last line that has no end, unless the
// page is known to be whole, because half a version is a wrong version.
func (p page) wholeLines(text, ends string) string {
	if p.Cut || !p.sized {
		return text[:strings.LastIndexAny(text, ends)+1]
	}
	return text
}

// keyValues reads lines Key=Value; "&" parts them too.
func keyValues(p page) map[string]string {
	text := p.wholeLines(p.text, "\r\n&")
	fields := map[string]string{}
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' || r == '&' }) {
		if name, value, ok := strings.Cut(line, "="); ok {
			set(fields, strings.TrimSpace(name), strings.TrimSpace(value))
		}
	}
	return fields
}
