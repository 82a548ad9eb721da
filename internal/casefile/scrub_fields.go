package casefile

import (
	"regexp"
	"strings"
	"unicode"

	"houdbaar/internal/device"
)

// avmServer stands in SERVER of a FRITZ!Box, after the name its owner gave it.
const avmServer = " UPnP/1.0 AVM "

// productPart returns what of a field's value says what the product is.
func productPart(name, value string) string {
	if i := strings.Index(value, avmServer); i >= 0 && name == "server" {
		return strings.TrimSpace(value[i:])
	}
	return value
}

// versions returns the parts of a description that are or hold a version: those
// with a digit and a dot, as "SG40_sip-fr-4.15.10.1_7.21.3.1" of an Orange Livebox.
func versions(text string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;()[]", r) }) {
		if strings.Contains(part, ".") && strings.ContainsAny(part, "0123456789") {
			out = append(out, part)
		}
	}
	return out
}

// What a field can be about.
type about uint8

const (
	aNothing about = iota
	aProduct
	aSerial
	aNetwork
	aMAC
	aName
	aUDN
)

var (
	serialNames = regexp.MustCompile(`^(.*serial.*|sn|devicesn|device-?id|devid|hwid|machinename|udid|uid|softwareid|advertisingid|deviceuuid|hhid|mhhid|owner|cpuid|imei|routerid|keygendeviceid)$`)
	personNames = regexp.MustCompile(`^(friendlyname|friendlydevicename|userdevicename|userdevicelocation|roomname|zonename|alias|devicename|nickname|identity|name|hostname|host|instance|routername|ranm|fn|nm|note|nn|dn|displayname|contact|email|user|username|location|country/.*)$`)
	productName = regexp.MustCompile(`model|manufact|vendor|product|prodnbr|prodfullname|prodshortname|brand|firmware|version|^sw_?ver|^hw_?ver|^[hsf]w$|romver|hardware|platform|board|devicetype|^server$|^types?$|^services?$|^ty$|^md$|^realm$|^title$|syvs|syap|revision|^version$|devicedescription|^web$`)
)

// classify says what a field is about. The names are those of announce.
func classify(source, name string) about {
	if source == device.SourceHTTP && strings.HasPrefix(name, "header.") || name == "body" || name == "path" || name == "url" {
		return aNothing
	}
	base, _, _ := strings.Cut(name, "#")
	base = strings.ToLower(base[strings.LastIndexByte(base, '.')+1:])
	plain := strings.NewReplacer("-", "", "_", "").Replace(base)
	switch {
	case plain == "udn" || plain == "usn" && source == device.SourceSSDP:
		return aUDN
	case source == device.SourceSSDP && (plain == "location" || plain == "host"):
		return aNothing
	case plain == "modeldescription": // media servers put the computer's name there
		return aNothing
	case serialNames.MatchString(plain):
		return aSerial
	case strings.Contains(plain, "ssid") && !strings.Contains(plain, "bssid"):
		return aNetwork
	case strings.Contains(plain, "mac") && !strings.Contains(plain, "machine"):
		return aMAC
	case personNames.MatchString(plain):
		return aName
	case productName.MatchString(plain) && plain != "title":
		return aProduct
	}
	return aNothing
}
