package fingerprint

import (
	"regexp"
	"strings"
)

// This file is about what a page says of a part, of another device, or of firmware that does
// not run yet: none of it is the device's.

// otherSection is the last heading before a version, where what follows is of a part, of
// another device, or of firmware that does not run yet.
var otherSection = regexp.MustCompile(`(?is)<(?:h[1-6]|legend|caption|div|strong|b)\b[^<>]{0,100}>\s*(` + othersWords + `):?\s*</(?:h[1-6]|legend|caption|div|strong|b)>` + listBegun + `[>\s(]?$`)

// sectionHeading is a heading, and what follows up to its section's end may all be of what it names.
var (
	sectionHeading = regexp.MustCompile(`(?is)<(?:h[1-6]|legend|caption)\b[^<>]{0,100}>\s*([^<>]{1,60}?):?\s*</(?:h[1-6]|legend|caption)>`)
	sectionEnd     = regexp.MustCompile(`(?i)</(?:table|fieldset|section)>`)
	othersHeading  = regexp.MustCompile(`(?i)^(?:` + othersWords + `)$`)
	partsHeading   = regexp.MustCompile(`(?i)^(?:` + partsWords + `)$`)
)

// underHeading reports whether the last heading before a place of a page says what a pattern wants,
// and its section has not ended.
func underHeading(body string, at int, wanted *regexp.Regexp) bool {
	before := body[max(0, at-sectionNear):at]
	found := sectionHeading.FindAllStringSubmatchIndex(before, -1)
	if len(found) == 0 {
		return false
	}
	last := found[len(found)-1]
	text := strings.TrimSpace(before[last[2]:last[3]])
	return wanted.MatchString(text) && !wholeDevice.MatchString(text) && !sectionEnd.MatchString(before[last[1]:])
}

// othersWords are a heading of a part, of another device, or of firmware that does not run yet.
const othersWords = `(?:[\w ]{0,20}\b)?(?:modem|lte|[345]g|module|cellular|wwan|mobile broadband|[av]?dsl|dongle|powerline|(?:one|easy|ai)?mesh|cameras?|satellites?|boot ?loader|wi-?fi|wireless|radio|bluetooth|zigbee|new|latest|available|updates?|upgrade|recovery|backup|` +
	`kernel|nodes?|extenders?|repeaters?|clients?|handsets?|dect|hub|plug|changelog|release notes)\b[\w ]{0,20}(?:\([\w ]{1,20}\))?|[^<>]{0,40}?(?:` + foreignNew + `)[^<>]{0,40}?`

// partsWords are a heading of a part, or of a device besides.
const partsWords = `(?:[\w ]{0,20}\b)?(?:ups|disks?|hdd|ssd|drives?|battery|cpu|processor|memory|cellular|wwan|(?:internal|built-?in|embedded|lte|[345]g|mobile) modem|camera \d+|(?:one|easy|ai)?mesh|satellites?|extenders?|repeaters?|clients?|handsets?|dect|usb|module|printers?|neighbou?rs?)\b[\w ]{0,20}`

// foreignNew is said of firmware that does not run yet, in other languages than English.
const foreignNew = `\bnouvel|\bneue[rs]?\b|\bverfügbar|\bnieuwe?\b|\bbeschikba|\bnuev[ao]|\bnuov[ao]|\bnov[ao]\b|\bdisponi|\ba[ck]tuali[sz]a|\baggiornament|\bmises? à jour|\bgüncelle|обновлени|доступн|最新|更新|升[级級]|新しい|アップデート|업데이트`

// wholeDevice is such a heading of no part: "LTE Router", "Wireless Modem Router WR300".
var wholeDevice = regexp.MustCompile(`(?i)^(?:(?:wireless|wi-?fi|lte|[345]g|modem|dual|band|mesh|powerline|cellular|gigabit|mobile|indoor|outdoor|\w{0,3}dsl2?|[bga]?n\d00|a[cx]\d{3,4}) )+(?:router|gateway)(?: [\w -]*\d[\w -]*)?$`)

// otherVersion is a cell before the label in its row, by which it is of firmware that does not run.
var otherVersion = regexp.MustCompile(`(?i)<t[dh]\b[^<>]{0,100}>\s*(?:new(?:est)?|latest|available|minimum|required|recommended|next|previous|backup)\b[\w ]{0,20}:?\s*</t[dh]>\s*(?:<(?:t[dh]|b|strong|span)\b[^<>]{0,100}>\s*)*$`)

// otherObject is the name of an object in a script, before what it holds: of another device, or
// one of several, of a part, or of firmware that does not run yet.
var otherObject = regexp.MustCompile(`(?i)(?:\b\w{0,20}(?:satellite|slave|child|client|node|peer|neighbou?r|module|modem|wi-?fi|radio|new|latest|avail\w*|update|upgrade|backup|cam|` +
	`sensor|light|lamp|bulb|plug|lock|thing|printer|disk|drive|ups|battery|dect|handset|extender|repeater|zigbee|bluetooth|boot|kernel|minimum|require|default|cloud|remote|previous|recovery|factory|release|` +
	`mesh|agent|topolog|firmware_?check|recommend|support|example|sample|demo|mock|promo)\w{0,10}|\b(?:ota|olt|old|topo)(?:_?info)?|\b(?:ap|re|dev|device|unit|router|cpe|item)[_-]?\d{1,3}|\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2})["']?\s*(?:[:=]|\()\s*[\[{]+[^{}]{0,200}(?:[:=]\s*[\[{]+[^{}]{0,200})?$`)

// spokenOffer is a text before a version, by which it is of firmware that does not run yet.
var spokenOffer = regexp.MustCompile(`(?i)>[^<>]{0,60}\b(?:(?:update|upgrade|version|firmware|software) (?:is |was |has been )?(?:now )?(?:available|found|ready|released)|new (?:firmware|software|version)|changelog|release notes)\b[^<>]{0,80}<`)

// othersKey is a key of an object in a script, by which the object is of another device in a mesh,
// or of firmware that is there to be fetched.
var othersKey = regexp.MustCompile(`(?i)\brole["']?\s*:\s*["'](?:satellite|slave|agent|node|extender|repeater|client|child|re)["']|[{,\s"'](?:(?:fw_?|firmware_?|download_?|file_?)?url|(?:fw_?|firmware_?|download_?)link|download|change_?log|release_?(?:notes?|date)|md5(?:sum)?|sha\d{1,3}|checksum|available)["']?\s*:`)

// inOthersObject reports whether what begins at a place of a page stands in an object of a script
// that is of another device, or of firmware that does not run.
func inOthersObject(body string, at int) bool {
	before, after := body[max(0, at-sectionNear):at+1], body[at+1:min(len(body), at+1+sectionNear)]
	if otherObject.MatchString(before) {
		return true
	}
	begin, end := strings.LastIndexAny(before, "{}"), strings.IndexAny(after, "{}")
	if begin < 0 || before[begin] == '}' {
		return false
	}
	return oneOfMore.MatchString(before[:begin]) || end >= 0 && othersKey.MatchString(before[begin:]+after[:end])
}

// oneOfMore is what stands before an object of a list that is not its first.
var oneOfMore = regexp.MustCompile(`\}\s*,\s*$`)

// sectionNear is how far before a version such a heading is looked for, in bytes.
const sectionNear = 400

// ofOther reports whether what begins at a place of a page is of a part or of another device.
func ofOther(body string, at int) bool {
	before := body[max(0, at-sectionNear) : at+1]
	text := strings.TrimSuffix(before, "<")
	return underHeading(body, at, othersHeading) || otherSection.MatchString(text) && !wholeDevice.MatchString(strings.TrimSpace(otherSection.FindStringSubmatch(text)[1])) || otherVersion.MatchString(text) || spokenOffer.MatchString(text) || inOthersObject(body, at)
}

// otherCell reports whether a value does not belong to the label before it: it is one of
// several to choose from, or stands below another label of a row of them.
func otherCell(body string, label, value int) bool {
	between := body[label:value]
	if choice.MatchString(between) {
		return true
	}
	before := body[max(0, label-sectionNear) : label+1]
	before = before[strings.LastIndex(before, "<tr")+1:]
	return strings.Contains(between, "</tr") && cellEnd.MatchString(before)
}

var (
	choice  = regexp.MustCompile(`(?i)<(?:select|option)\b`)
	cellEnd = regexp.MustCompile(`(?i)</t[dh]>`)
)
