package announce

import (
	"regexp"
	"slices"
	"strings"

	"houdbaar/internal/device"
)

// readers lists what a page can be, besides a page. Each returns the fields of the
// observations it found, or none. The first that finds something ends the search. What a
// device says of itself in another form than these is "deviceinfo": its elements or keys,
// nested ones by dotted path below the root.
var readers = []struct {
	source string
	read   func(page) []map[string]string
}{
	{device.SourceHNAP, one(leavesOf("GetDeviceSettingsResponse", "GetDeviceSettings2Response"))}, // the lists of modules and actions are no leaves
	{device.SourceONVIF, one(leavesOf("GetDeviceInformationResponse"))},
	{device.SourceBoxinfo, one(leavesOf("BoxInfo"))},
	{device.SourceUPnP, readUPnP},
	{device.SourceJNAP, one(readJNAP)},
	{device.SourceAxis, one(func(p page) map[string]string { return below(p.json, "data.propertyList") })},
	{device.SourceGoogleWifi, one(readGoogleWifi)},
	{device.SourceXiaomi, one(readXiaomi)},
	{device.SourceCurrentSetting, one(linesAt("currentsetting", "Firmware", "Model"))},
	{device.SourceNIPCA, one(linesAt("info.cgi", "model", "version"))},
	{device.SourceFoscam, one(readFoscamStatus)},
	{device.SourceDeviceInfo, one(func(p page) map[string]string { return p.json })},
	{device.SourceDeviceInfo, one(namedPairs)},
	{device.SourceDeviceInfo, one(blankPairs)},
	{device.SourceDeviceInfo, one(scriptLines)},
	{device.SourceDeviceInfo, one(scriptRecord)},
	{device.SourceDeviceInfo, one(textLines)},
	{device.SourceDeviceInfo, one(readElements)},
}

// one makes a reader of one observation, which returns its fields or none, like those of
// several.
func one[T any](read func(T) map[string]string) func(T) []map[string]string {
	return func(from T) []map[string]string {
		if fields := read(from); len(fields) > 0 {
			return []map[string]string{fields}
		}
		return nil
	}
}

// leavesOf reads the first element with one of the names: what stands in it and holds
// text only.
func leavesOf(names ...string) func(page) map[string]string {
	return func(p page) map[string]string {
		for _, name := range names {
			if n := p.xml.find(name); n != nil {
				return n.leaves()
			}
		}
		return nil
	}
}

// readJNAP reads the answer to Linksys JNAP GetDeviceInfo: {"result": ...,
// "output": {...}}.
func readJNAP(p page) map[string]string {
	fields := below(p.json, "output")
	if _, ok := p.json["result"]; !ok || fields["modelNumber"] == "" && fields["firmwareVersion"] == "" {
		return nil
	}
	return fields
}

// readGoogleWifi reads /api/v1/status of Google Wifi and Nest Wifi: its software.
// and system. parts. What it says of the line and of the clients is no business of ours.
func readGoogleWifi(p page) map[string]string {
	if p.json["software.softwareVersion"] == "" {
		return nil
	}
	fields := map[string]string{}
	for name, v := range p.json {
		if strings.HasPrefix(name, "software.") || strings.HasPrefix(name, "system.") {
			fields[name] = v
		}
	}
	return fields
}

// linesAt reads lines Key=Value of an answer at a path with that in it, where one of the
// keys says something: NETGEAR's currentsetting.htm, /common/info.cgi of D-Link's cameras
// and their siblings. "&" parts lines too.
func linesAt(path string, keys ...string) func(page) map[string]string {
	return func(p page) map[string]string {
		if p.xml != nil || p.json != nil || !strings.Contains(strings.ToLower(p.path), path) {
			return nil
		}
		fields := map[string]string{}
		for _, line := range strings.FieldsFunc(p.wholeLines(p.text, "\r\n&"), func(r rune) bool { return r == '\n' || r == '\r' || r == '&' }) {
			if name, value, ok := strings.Cut(line, "="); ok {
				set(fields, strings.TrimSpace(name), strings.TrimSpace(value))
			}
		}
		if !slices.ContainsFunc(keys, func(key string) bool { return fields[key] != "" }) {
			return nil
		}
		return fields
	}
}

// wholeLines returns a text of the page without a last line that has no end, unless the
// page is known to be whole, because half a version is a wrong version.
func (p page) wholeLines(text, ends string) string {
	if p.Cut || !p.sized {
		return text[:strings.LastIndexAny(text, ends)+1]
	}
	return text
}

var foscamStatus = regexp.MustCompile(`(?m)\bvar\s+(sys_ver|app_ver|alias)\s*=\s*'([^'\n]*)'`)

// readFoscamStatus reads /get_status.cgi of old Foscam cameras, lines of the form
// "var sys_ver='11.37.2.56';", into the fields of their device search.
func readFoscamStatus(p page) map[string]string {
	if !strings.Contains(p.path, "get_status.cgi") {
		return nil
	}
	fields := map[string]string{}
	for _, m := range foscamStatus.FindAllStringSubmatch(p.text, 8) {
		set(fields, map[string]string{"sys_ver": "firmware", "app_ver": "web", "alias": "name"}[m[1]], m[2])
	}
	if fields["firmware"] == "" {
		return nil
	}
	return fields
}
