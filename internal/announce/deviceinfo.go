package announce

import (
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// readElements reads any other XML or SOAP document: Roku's device-info, HEOS and Denon,
// Hikvision's DeviceInfo, Zyxel's getBasicInformation.
func readElements(p page) map[string]string {
	if p.xml == nil {
		return nil
	}
	fields := map[string]string{}
	for _, root := range p.xml.children {
		if strings.EqualFold(root.name, "envelope") {
			return soapInfo(root)
		}
		if slices.Contains(notDeviceInfo, strings.ToLower(root.name)) {
			return nil
		}
		root.flatten("", fields)
		root.attributes("", fields) // <Unit_Description Unit_Name="RX-A2060"> says it nowhere else
	}
	return fields
}

// namedPairs reads the list of pairs in which Deutsche Telekom's Speedports answer,
// [{"varid": "device_name", "varvalue": "Speedport Plus"}, ...]; nil if p is none.
func namedPairs(p page) map[string]string {
	var list []struct {
		VarID    string          `json:"varid"`
		VarValue json.RawMessage `json:"varvalue"`
	}
	if !strings.HasPrefix(p.text, "[") || json.Unmarshal([]byte(p.text), &list) != nil {
		return nil
	}
	fields := map[string]string{}
	for _, one := range list {
		var v string
		if one.VarID != "" && json.Unmarshal(one.VarValue, &v) == nil {
			set(fields, one.VarID, v)
		}
	}
	return fields
}

// plainLines returns the lines of a plain text, without a last one that may be half;
// nil for a page and for an object.
func plainLines(p page) []string {
	text := strings.TrimLeft(p.text, " \t\r\n\ufeff")
	if text == "" || text[0] == '<' || p.json != nil || !isText(text) {
		return nil
	}
	text = p.wholeLines(text, "\r\n")
	return strings.FieldsFunc(clip(text, maxText), func(r rune) bool { return r == '\n' || r == '\r' })
}

// blankPairs reads what TP-Link's Archer C80 and its siblings say of themselves: a number,
// then lines "modelName Archer%20C80". nil if p is none.
func blankPairs(p page) map[string]string {
	lines := plainLines(p)
	if len(lines) < 3 || !answerNumber.MatchString(lines[0]) {
		return nil
	}
	fields := map[string]string{}
	for _, line := range lines[1:] {
		name, value, ok := strings.Cut(line, " ")
		plain, err := url.PathUnescape(value)
		if !ok || err != nil || !blankName.MatchString(name) {
			return nil
		}
		set(fields, name, strings.TrimSpace(toUTF8([]byte(plain), "")))
	}
	return fields
}

var (
	answerNumber = regexp.MustCompile(`^\d{5}$`)
	blankName    = regexp.MustCompile(`^[A-Za-z]\w{0,40}$`)
)

// scriptLines reads an answer that is nothing but lines of a script, as cameras with
// HiSilicon's software give: var softVersion="V13.1.30"; nil if p is none.
func scriptLines(p page) map[string]string {
	fields := map[string]string{}
	for _, line := range plainLines(p) {
		m := scriptLine.FindStringSubmatch(line)
		if m == nil {
			return nil
		}
		set(fields, m[1], strings.TrimSpace(m[2]+m[3]+m[4]))
	}
	if len(fields) < 2 {
		return nil
	}
	return fields
}

var scriptLine = regexp.MustCompile(`^\s*var\s+(\w{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|(-?[\d.]+))\s*;?\s*$`)

// scriptRecord reads the record about the device itself that the pages of gateways with
// TR-069's names make with a function of their own: function st(domain,ModelName){...}
// ... new st("InternetGatewayDevice.DeviceInfo","HG8145V5"). nil if p has none.
func scriptRecord(p page) map[string]string {
	made := recordMade.FindStringSubmatch(p.text)
	if made == nil {
		return nil
	}
	names := regexp.MustCompile(`\bfunction\s+` + made[1] + `\s*\(([\w\s,$]{1,400})\)`).FindStringSubmatch(p.text)
	if names == nil {
		return nil
	}
	values := recordValue.FindAllStringSubmatch(made[2], maxFields)
	fields := map[string]string{}
	for i, name := range strings.Split(names[1], ",") {
		if i < len(values) {
			set(fields, strings.TrimSpace(name), unescapeScript(values[i][1]))
		}
	}
	return fields
}

var (
	recordMade  = regexp.MustCompile(`\bnew\s+(\w{1,40})\s*\(\s*("(?:InternetGateway)?Device\.DeviceInfo"(?:\s*,\s*(?:"[^"\n]*"|[\w.]+))+)\s*\)`)
	recordValue = regexp.MustCompile(`"([^"]*)"|[\w.]+`)
)

// ByteEscape is a blank or a mark, but no quote, as a script's text may have it: \x2e.
var ByteEscape = regexp.MustCompile(`\\x(?:2[0189a-fA-F]|3[aA]|40|5[fF])`)

// unescapeScript replaces such escapes by what they stand for.
func unescapeScript(s string) string {
	if !strings.Contains(s, `\x`) {
		return s
	}
	return ByteEscape.ReplaceAllStringFunc(s, func(e string) string {
		n, _ := strconv.ParseUint(e[2:], 16, 8)
		return string(rune(n))
	})
}

// soapInfo reads the answer to a SOAP action that asks what a device is: NETGEAR's GetInfo,
// TR-064's DeviceInfo GetInfo, whose results all begin with "New". nil = it is another's.
func soapInfo(envelope *node) map[string]string {
	body := envelope.find("Body")
	if body == nil {
		return nil
	}
	for _, answer := range body.children {
		if !infoAnswer.MatchString(answer.name) {
			continue
		}
		leaves, prefix := answer.leaves(), "New"
		for name := range leaves {
			if !strings.HasPrefix(name, prefix) {
				prefix = "" // among others it means what it says
			}
		}
		fields := map[string]string{}
		for name, v := range leaves {
			set(fields, strings.TrimPrefix(name, prefix), v)
		}
		return fields
	}
	return nil
}

var infoAnswer = regexp.MustCompile(`^Get(?:Device)?Info(?:rmation)?Response$`)

var textLine = regexp.MustCompile(`^\s*([A-Za-z][\w ./-]{1,60}?)\s*[:=]\s*(.*?)\s*$`)

// setLines are three lines or more of settings, and nothing else.
var setLines = regexp.MustCompile(`^\s*(?:[A-Za-z][\w.-]{1,60}=[^\r\n]*(?:[\r\n]+\s*|$)){3,}$`)

// section is a line that begins a part of a text, or ends it: "[0,0,0,0,0,0]0", "[error]0".
// A part with another name may be about anything, "[latest]".
var section = regexp.MustCompile(`^\s*\[(?:[\d,. ]{1,60}|error)\]\d{0,3}\s*$`)

// program is a line of a script or a style sheet, or an address.
var program = regexp.MustCompile(`^\s*(?:var|let|const|function|return|if|for|while)\b|[;{}]\s*$|^\s*\w+://`)

// textLines reads lines "Key: value" or "key=value" of a plain text, nil if most lines
// are something else. What is called HTML has to be several lines "key=value" and no element.
func textLines(p page) map[string]string {
	if strings.Contains(strings.ToLower(p.Header.Get("content-type")), "html") && (strings.Contains(p.text, "<") || !setLines.MatchString(p.text)) {
		return nil
	}
	lines := slices.DeleteFunc(plainLines(p), section.MatchString)
	fields := map[string]string{}
	read := 0
	for _, line := range lines {
		if m := textLine.FindStringSubmatch(line); m != nil && !program.MatchString(line) {
			set(fields, m[1], unquote(m[2]))
			read++
		}
	}
	if read == 0 || read*3 < len(lines)*2 {
		return nil
	}
	return fields
}

// unquote takes a pair of quotes off a value.
func unquote(v string) string {
	if n := len(v); n > 1 && (v[0] == '"' || v[0] == '\'') && v[n-1] == v[0] {
		return v[1 : n-1]
	}
	return v
}

// notDeviceInfo are the elements that other documents begin with: a UPnP description
// cut short before its device, a service's own description, and a page
// of HTML or a piece of one.
var notDeviceInfo = []string{
	"root", "scpd",
	"html", "head", "body", "title", "meta", "link", "script", "style", "base", "frameset", "frame", "iframe", "noscript",
	"div", "span", "p", "a", "b", "i", "u", "br", "hr", "img", "font", "center", "h1", "h2", "h3", "h4", "pre", "em", "strong",
	"table", "tr", "td", "th", "tbody", "ul", "ol", "li", "form", "input", "label", "select", "option", "button", "object", "embed",
}
