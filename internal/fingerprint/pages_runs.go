package fingerprint

import (
	"cmp"
	"regexp"
	"strings"
	"unicode"

	"houdbaar/internal/device"
)

// This file is about the firmware that a page says its device runs, and the hardware version.

var (
	// firmwareLabelled is the version that a page says its device runs, in a table, a list or a
	// script; "New" or "Boot" before it would make it another.
	firmwareLabelled = regexp.MustCompile(labelBegins + `(?:(?:(?:current|running|installed|device|router|system|your|main|uc)[ _]?)?(?:(?:firmware(?: external)?|software|f/?w)(?:[ _-]?versi(?:on|e)|[ _](?:ver|rev)\.?| release| revision)|s/?w ver(?:sion|\.)?|firmware name|software image name|runtime code version))` +
		`["']?` + betweenWords + `[:=]?` + betweenWords + `["']?(?:(?:ALEOS|LCOS) )?(` + versionText + `)`)
	// firmwareForeign is the same in other languages than English, where nothing goes on behind it.
	firmwareForeign = regexp.MustCompile(labelBegins + `(?:` + foreignLabels + `)` + betweenWords + `[:：]?` + betweenWords + `(` + versionText + `)\s*(?:<|\n|\r|$)`)
	// firmwareOnLine is the version behind the one word, on a line of its own or between strokes and
	// dots: of what, a script or a list of parts does not say.
	firmwareOnLine = regexp.MustCompile(`(?i)(?:^|[>\n|•·]|&(?:middot|bull);)\s*(?:firmware|f/?w)\s*(?:</(?:b|strong|span|label|em)>\s*)?:` + betweenWords + `(` + versionText + `)` + andBuild + `\s*(?:[<\n\r|•·]|&(?:middot|bull);|$)`)
	// firmwareInCell is the version in the cell or line behind that of the one word.
	firmwareInCell = regexp.MustCompile(`(?i)<(?:t[dh]|dt)\b[^<>]{0,120}>\s*(?:<(?:b|strong|span|font)\b[^<>]{0,80}>\s*)?(?:firmware|f/?w)\s*(?:</\w{1,6}>\s*)?</(?:t[dh]|dt)>\s*<(?:td|dd)\b[^<>]{0,120}>\s*(?:<(?:b|strong|span|font)\b[^<>]{0,80}>\s*)?(` + versionText + `)` + andBuild + `\s*<`)
	// firmwareBeside is the version in the element behind that of the one word, where it has three
	// numbers or a letter before it: "2.4" may be a radio's.
	firmwareBeside = regexp.MustCompile(`(?i)<(?:div|span|label|p|b|strong)\b[^<>]{0,120}>\s*(?:firmware|f/?w):?\s*</(?:div|span|label|p|b|strong)>\s*<(?:div|span|p|b|strong|em)\b[^<>]{0,120}>\s*(V\d+\.\d[\w.-]{0,30}|\d+\.\d+\.\d[\w.-]{0,30})` + andBuild + `\s*<`)
	// firmwareSpoken is the version behind the one word without a colon, "Firmware v1.2.3", and nothing
	// else in its element: of what, only a page whose title names the maker leaves no doubt.
	firmwareSpoken = regexp.MustCompile(`(?i)<(?:p|span|div|small|footer|label|td|li|em)\b[^<>]{0,80}>\s*(?:firmware|fw)\s+(?:<(?:b|strong|span)\b[^<>]{0,60}>\s*)?(V?\d+\.\d[\w.-]{0,30}(?: \((?:build )?\d{1,8}\))?)\s*<`)
	// firmwareHidden is the version in a field of a form that nobody fills in.
	firmwareHidden = regexp.MustCompile(`(?i)<input\b[^<>]{0,80}\btype=["']?hidden["']?[^<>]{0,80}\b(?:id|name)=["']?(?:(?:current|device|router|sys)[-_]?)?(?:fw|firmware|software|sw)[-_]?ver(?:sion)?["']?[^<>]{0,80}\bvalue=["']?(` + versionText + `)["'\s/>]`)
	// firmwareHiddenAlso is the same where the field says it in another order.
	firmwareHiddenAlso = regexp.MustCompile(`(?i)<input\b[^<>]{0,80}` + namedFirmware + `[^<>]{0,80}(?:\btype=["']?hidden["']?[^<>]{0,80}\bvalue=["']?(` + versionText + `)["'\s/>])`)
	// firmwareHiddenLast is the same where it says at its end that it is hidden.
	firmwareHiddenLast = regexp.MustCompile(`(?i)<input\b[^<>]{0,80}` + namedFirmware + `[^<>]{0,80}\bvalue=["']?(` + versionText + `)["'\s][^<>]{0,80}\btype=["']?hidden["'\s/>]`)
	// firmwareAttribute is the version in an attribute of the whole page, in what its head says of
	// itself, or in a remark.
	firmwareAttribute = regexp.MustCompile(`(?i)(?:<(?:html|body|main|header|footer|div\s+id=["']?(?:app|root|main|page)["']?)(?:\s[^<>]{0,160})?\sdata-(?:fw|firmware)(?:-?ver(?:sion)?)?=["']|<meta\s+name=["']?(?:fw|firmware)(?:[-_]?ver(?:sion)?)?["']?\s+content=["']|<!--\s*(?:firmware|f/?w) ?(?:version)?\s*:\s*)(` + versionText + `)(?:["']|\s*-->)`)
	// hardwareHidden and modelHidden are the same of the hardware version and of the model.
	hardwareHidden = regexp.MustCompile(`(?i)<input\b[^<>]{0,80}\btype=["']?hidden["']?[^<>]{0,80}\b(?:id|name)=["']?(?:hw|hardware)[-_]?ver(?:sion)?["']?[^<>]{0,80}\bvalue=["']?([\w.]{1,8})["'\s/>]`)
	modelHidden    = regexp.MustCompile(`(?i)<input\b[^<>]{0,80}\btype=["']?hidden["']?[^<>]{0,80}\b(?:id|name)=["']?(?:(?:device|product|router)[-_]?)?model[-_]?(?:name)?["']?[^<>]{0,80}\bvalue=["']([A-Za-z][\w +./-]{2,39})["']`)
	// firmwareMarked is the version in an element that is marked as it.
	firmwareMarked = regexp.MustCompile(`(?i)` + inElement + `(?:[^>]{0,80}\s)?(?:id|class)=["']?(?:(?:current|cur|lbl|label|txt|span|sys|system|device|dev|router|product)[-_]?)?(?:fw|firmware|firm|sw|software)[-_]?ver(?:sion)?(?:[-_]?(?:value|val|text|txt|number|num|str|info|span|label))?["']?(?:\s[^>]{0,80})?>\s*(` + versionText + `)` + andBuild + `\s*<`)
	// firmwareNamed is the version in the one element of a page that is named after it.
	firmwareNamed = regexp.MustCompile(`(?i)` + inElement + `(?:[^>]{0,80}\s)?id=["']?(?:firmware|fw)["']?(?:\s[^>]{0,80})?>\s*(?:(?:firmware )?version:?\s*|firmware:?\s+)?(` + versionText + `)` + andBuild + `\s*<`)
	// firmwareAssigned is the version in a variable of a script, which may be of anything where neither
	// the title names a maker nor the script a model.
	firmwareAssigned = regexp.MustCompile(`(?i)(?:^|[>;{\n])\s*(?:(?:var|let|const)\s+|(?:window|cfg|config|conf|sys|sys_?info|device|dev_?info|device_?info|info|system|router|status)\.)(?:g_)?(?:str|sz)?(?:(?:(?:cur(?:rent)?|device|dev|system|sys|router)_?)?(?:(?:firmware|firm|fw|soft(?:ware)?|runtime_?code|run_code)_?ver(?:sion)?|sw_ver(?:sion)?)|g_(?:str|sz)firmware)\s*=\s*(?:GV\()?["'](` + versionText + `)` + andBuild + `["']`)
	// firmwareBesideModel is the version in an object of a script that names the model too.
	firmwareBesideModel = regexp.MustCompile(`(?i)["']?model(?:_?name)?["']?\s*:\s*["'][^"'{}]{2,40}["'][^{}]{0,300}?[,\s]["']?(?:firmware|fw)["']?\s*:\s*["'](` + versionText + `)["']`)
	// hardwareLabelled is the hardware version that a page states in the same way.
	hardwareLabelled = regexp.MustCompile(hardwareLabel + `([\w.]{1,8})\s*(?:["'<\r\n,;|•]|&nbsp;|\sfirmware)`)
	// hardwareAssigned is the same in a variable of a script, with a letter: "V2", "B1".
	hardwareAssigned = regexp.MustCompile(`(?i)(?:^|[>;{\n])\s*(?:(?:var|let|const)\s+|(?:window|cfg|config|conf|sys|sys_?info|device|dev_?info|device_?info|info|system|router|status)\.)(?:(?:g|sz|str|device|dev|system|sys|router)?_?)?(?:hardware|hw)_?(?:ver(?:sion)?|rev(?:ision)?)\s*=\s*["']((?:rev\.? ?)?(?:V\d{1,2}(?:\.\d{1,2})?[A-Z]?|[A-Z]\d{0,2}))["']`)
	// hardwareBehindModel is the same behind the model: "TL-WR841N v8 00000000".
	hardwareBehindModel = regexp.MustCompile(hardwareLabel + `([A-Za-z][\w+/ -]{0,18}\d[\w+/-]{0,8} V\d{1,2}(?:\.\d{1,2})?)(?: 0{6}\d\d)?\s*["'<\r\n,;]`)
)

// versionText is a version, with the name of its system before it and its build behind it.
const versionText = `(?:(?:FRITZ!OS|DSM|SRM|QTS|ReyeeOS) )?[\w.()+-]*\d[\w.()+-]*` + behindVersion

// hardwareLabel is what stands before the hardware version.
const hardwareLabel = labelBegins + `(?:(?:hardware|h/?w)(?:[ _-]?(?:versi(?:on|e)|revision)|[ _](?:ver|rev)\.?)|vers(?:ione|i[oó]n|ão) (?:d[eo]l? )?hardware|версия (?:оборудования|аппаратного обеспечения)|硬[件體]版本[号號]?|ハードウェア ?バージョン)["']?` + betweenWords + `[:=：]?` + betweenWords + `["']?`

// foreignLabels are labels of the version that runs in other languages than English.
const foreignLabels = `vers(?:ione|i[oó]n|i&oacute;n|ão|&atilde;o) (?:d[eo]l? )?(?:firmware|software)(?: attuale| corrente| ac?tual)?|version (?:du |de )?(?:firmware|logiciel)|firmware[ -]?verzi[oó]|` +
	`wersja (?:firmware'?u?|oprogramowania)|verze firmwaru?|firmware sürümü|версия (?:прошивки|по|встроенного по)|[固软軟韌][件體体]版本[号號]?|ファームウェア ?(?:の ?)?バージョン|펌웨어 ?버전`

// labelBegins is where a label begins: another word before it would make it another's.
const labelBegins = `(?i)(?:^|[>"'\n,;{(|•]|hardware (?:version|revision)\s?:\s?[\w.]{1,6}\s)\s*`

// sentence goes on behind a version that is spoken of: "firmware version 1.20 is available".
var sentence = regexp.MustCompile(`(?i)^(?:[\s,]|\([^()<>]{1,30}\)|</?(?:b|i|em|strong|span|a)\b[^<>]{0,60}>)*(?:or (?:later|higher|newer|above)|and (?:later|higher|newer|above|up)|` +
	`(?:(?:is|are|was|has been|can be|will be) )?(?:available|required|needed|outdated|old|out)\b|(?:of|for) (?:your|the|this|a)\b|on\b|please\b|` +
	`disponi|verfügbar|beschikbaar|доступн|или |ou |lub |oder |o superior|of hoger|以上|以降|可用|可供)`)

// noVersion is a day, an address at home or a file's name, where a version should be.
var noVersion = regexp.MustCompile(`(?i)^\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d$|^(?:19|20)\d\d[.](?:0[1-9]|1[0-2])[.](?:0[1-9]|[12]\d|3[01])$|^(?:192\.168\.\d+|10\.0\.0|172\.16\.\d+)\.\d+$|\.(?:bin|img|chk|trx|zip|simg|rar|tar|gz|upd|pkg|rom|ros|fw|web)$`)

// namedFirmware is the name of a field that holds the version.
const namedFirmware = `\b(?:id|name)=["']?(?:(?:current|device|router|sys)[-_]?)?(?:fw|firmware|software|sw)[-_]?ver(?:sion)?["'\s]`

// andBuild is what stands behind a version that is alone in its element, and is no part of it here.
const andBuild = `(?: ?(?:build|rev\.?|rel\.?) ?\d[\w.]{0,12}| ?\((?:build ?|rev\.? ?|[rbv])?\d[\w .:/-]{0,24}\)| \([A-Z][a-z]{2} [ \d]?\d,? \d{4}[\d :]{0,10}\)| \d{4}-\d\d-\d\d)?`

// behindVersion is what TP-Link writes behind a version: "3.16.9 Build 150310 Rel.60257n",
// "1.1.7 Build 20201010 rel.49458(5553)".
const behindVersion = `(?:(?:(?: \d+\.\d+(?:\.\d+)?)? v\w{3,6}\.\w+)? Build[ .]?\d{6}(?:\d\d){0,2} Rel\.? ?\d\w*(?: ?\([0-9A-F]{4}\))?)?`

// aboutProgram is what a page tells a search engine of a program, with its version.
var aboutProgram = regexp.MustCompile(`(?is)<script\b[^<>]{0,80}\bapplication/ld\+json\b.*?</script>`)

// readRunning reads the firmware that a page says its device runs, and the hardware version.
// its is the maker whom the title names.
func (s *Set) readRunning(o device.Observation, low *lowered, title, its string) []claim {
	body := o.Get("body")
	if !low.hasAny("body", []string{"firm", "software", "hardware", "fw", "f/w", "hw", "h/w", "swver", "sw_ver", "sw ver", "s/w", "runtime", "run_code", "soft_ver", "softver", "logiciel", "oprogramowania", "версия", "版本", "バージョン", "버전"}) || inventoryList.MatchString(body) || s.gossip.MatchString(title) {
		return nil
	}
	body = withoutTitle(aboutProgram.ReplaceAllString(body, ""), title)
	var out []claim
	say := func(part device.Part, v string) {
		if v != "" {
			c := claimAt(o, "body", "page/text", orderPage, "", weak).giving(part, v)
			c.evidence.Value = v
			out = append(out, c)
		}
	}
	say(device.PartFirmware, s.runs(body, low, title, its))
	label := func(v string) bool { return onLabel.MatchString(Revision(v)) && !noRevision.MatchString(v) }
	behind := oneOf(body, hardwareBehindModel, func(v string) bool { // not that of a chip, "RT3052 V2", or of another device
		name := v[:strings.LastIndexByte(v, ' ')]
		maker := s.onlyMaker(name)
		return strings.Contains(title, name) || maker != "" && (its == "" || its == maker && !strings.ContainsFunc(title, isDigit))
	})
	inScript := ""
	if its != "" || low.hasAny("body", []string{"model"}) && s.scriptNames(body, title) {
		inScript = oneOf(body, hardwareAssigned, label)
	}
	say(device.PartRevision, cmp.Or(oneOf(body, hardwareLabelled, label), oneOf(body, hardwareHidden, label), behind[strings.LastIndexByte(behind, ' ')+1:], inScript))
	return out
}

// firmwareSaid are the ways in which any page says what its device runs, the plainer first, and
// what has to stand in it.
var firmwareSaid = []struct {
	in    *regexp.Regexp
	needs []string
}{
	{firmwareLabelled, nil}, {firmwareForeign, nil}, {firmwareOnLine, nil}, {firmwareInCell, nil}, {firmwareMarked, nil}, {firmwareNamed, []string{"id="}},
	{firmwareHidden, []string{"hidden"}}, {firmwareHiddenAlso, []string{"hidden"}}, {firmwareHiddenLast, []string{"hidden"}}, {firmwareBeside, nil}, {firmwareAttribute, []string{"data-f", "<meta", "<!--"}},
}

// runs returns the firmware version that a page says its device runs, "" if none. its is the
// maker whom the title names.
func (s *Set) runs(body string, low *lowered, title, its string) string {
	model := title
	if low.hasAny("body", []string{"model"}) {
		model = cmp.Or(s.saidModel(body, modelVariable), s.saidModel(body, modelRow), title)
	}
	is := func(v string) bool { return isFirmware(v) || modelsVersion(model, v) && !noVersion.MatchString(v) }
	for _, way := range firmwareSaid {
		if !low.hasAny("body", way.needs) {
			continue
		}
		if fw := oneOf(body, way.in, is); fw != "" {
			return fw
		}
	}
	named := low.hasAny("body", []string{"model"}) && s.scriptNames(body, title)
	fw := ""
	if low.hasAny("body", []string{"model"}) && (its == "" || named) {
		fw = oneOf(body, firmwareBesideModel, isFirmware)
	}
	if fw == "" && (its != "" || named) {
		fw = oneOf(body, firmwareAssigned, isFirmware)
	}
	if fw == "" && its != "" {
		fw = oneOf(body, firmwareSpoken, isFirmware)
	}
	return fw
}

// isFirmware reports whether v looks like a version of firmware.
func isFirmware(v string) bool {
	return (plainVersion.MatchString(v) || codedVersion.MatchString(v)) && !noVersion.MatchString(v)
}

// scriptNames reports whether a page's script names a model that one maker has, or that the title
// says too.
func (s *Set) scriptNames(body, title string) bool {
	model := s.saidModel(body, modelVariable)
	return model != "" && (strings.Contains(title, model) || !isShort(model) && s.onlyMaker(model) != "")
}

// modelsVersion reports whether a version begins with the model that it is for, as it stands at the
// end of a text: "NF18ACV.NC.AU-R6B021.EN" of a "NetComm Wireless - NF18ACV".
func modelsVersion(text, v string) bool {
	w := strings.Fields(text)
	if len(w) == 0 || len(v) <= len(w[len(w)-1]) {
		return false
	}
	model, rest := w[len(w)-1], v[len(w[len(w)-1]):]
	return len(model) >= 4 && looksLikeModel(model) && strings.EqualFold(v[:len(model)], model) && strings.ContainsAny(rest[:1], "._-") && versionAfter.MatchString(rest)
}

// versionAfter is what stands behind a model in its version: two numbers, or one behind a letter.
var versionAfter = regexp.MustCompile(`\d[._]\d|(?i)[._-][vr]\d`)

// withoutTitle takes a title that is a model off the headings of its page: what follows is of the
// device, not of a part called "dLAN 500 WiFi".
func withoutTitle(body, title string) string {
	if title = strings.TrimSpace(title); !looksLikeModel(title) || ofUpdate.MatchString(title) {
		return body
	}
	return strings.ReplaceAll(body, ">"+title+"<", "><")
}

// ofUpdate is a title of a page about firmware that may not run yet.
var ofUpdate = regexp.MustCompile(`(?i)\b(?:new|latest|available|updat\w*|upgrad\w*|recovery|backup)\b`)

// boards reports whether c is a number that a page calls the hardware's version. Where labels
// have versions as well, "V2", it need not be theirs: it may be the board's.
func boards(c claim) bool {
	return c.part == device.PartRevision && c.order == orderPage && !strings.ContainsFunc(c.value, unicode.IsLetter)
}
