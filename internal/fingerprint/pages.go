package fingerprint

import (
	"cmp"
	"html"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"houdbaar/internal/device"
)

var (
	heading = regexp.MustCompile(`(?is)<h[1-3]\b[^>]{0,120}>(.{1,200}?)</h[1-3]`)
	// lettered are words that are as good as a heading: a greeting, or an element whose mark says so.
	lettered = regexp.MustCompile(`(?is)>\s*(welcome to [^<>]{3,60}?)\s*<|` + inElement + `[^>]{0,100}(?:id|class)=["'](?:login|page|head(?:er)?|logo|product|main)[-_]?(?:title|label|text)["'][^>]{0,100}>(.{1,80}?)</`)
	// scriptTitle is the title that a page's script gives it.
	scriptTitle   = regexp.MustCompile(`\bdocument\.title\s*=\s*(?:"([^"\n<>]{3,60})"|'([^'\n<>]{3,60})')\s*(?:;|\n|\r|$|</)`)
	meta          = regexp.MustCompile(`(?is)<meta\s[^>]{0,60}name=["']?(?:description|generator|application-name)["']?\s[^>]{0,20}content=["']([^"'<>]{2,100})["']`)
	copyright     = regexp.MustCompile(`(?is)(?:©|&copy;|copyright)[^<>]{0,20}?(?:19|20)\d\d(?:\s?[-–,]\s?(?:19|20)\d\d)*[,.]?\s*(?:by\s+)?(?:<a\b[^>]{0,120}>\s*)?([A-Z0-9][^<>|\n]{1,50})|<meta\s+name=["']?copyright["']?\s+content=["'](?:(?:©|&copy;|copyright|\(c\)|[\d\s,-])+)?([^"'<>]{2,60})`)
	modelVariable = regexp.MustCompile(`(?i)(?:^|[^\w.-])(?:g_)?(?:str|sz)?(?:device_?|product_?|hw_?|sys_?|router_?|modem_?)?model(?:_?name|_?number|_?no)?["']?\s*[:=]\s*(?:GV\()?["']([A-Za-z][\w +./-]{2,39})["']|` + inElement + `[^>]{0,80}(?:id|class|name|data-i18n)=["'](?P<mark>[^"']{0,30}model[^"']{0,30})["'][^>]{0,80}>\s*([A-Za-z][\w +./-]{2,39}?)\s*<`)
	// inventory is a page's list of other devices: its title, a heading, a variable, or
	// the mark of an element.
	inventory     = regexp.MustCompile(`(?i)\b(?:clients?|devices|cameras|neighbou?rs?|hosts|leases|stations|attached|connected|inventory)\b`)
	inventoryList = regexp.MustCompile(`(?i)(?:devices|clients|hosts|stations|cameras|neighbou?rs)["']?\s*[:=]\s*\[`)
	inventoryMark = regexp.MustCompile(`(?i)cam|client|neigh|peer|channel|host`)
	// modelCalled is what a page calls its device in other words, which may be its owner's.
	modelCalled = regexp.MustCompile(`(?i)(?:^|[^\w.-])(?:device|product|board|dev_?name|device_?name|product_?name)["']?\s*[:=]\s*["'](?:\w{2,8}/)?([A-Za-z][\w +.-]{2,39})["']|` + inElement + `[^>]{0,80}(?:id|class|name)=["'](?:(?:dev|device|product|prod|router|modem|gateway|box)[_-]?(?:name|type|id|title)|prod|product)["'][^>]{0,80}>\s*([A-Za-z][\w +./-]{2,39}?)\s*<`)
	anyTag      = regexp.MustCompile(`<[^>]*>`)
	// modelRow is a line of a page's table or list that names the model.
	modelRow = regexp.MustCompile(`(?i)<(?:t[dh]\b[^>]{0,120}>` + betweenWords + modelLabel + `[:：]?|(?:span|label|div|p|b|br|strong|font|dt|li)\b[^>]{0,120}>\s*` + modelLabel + `(?:[:：]|</\w{1,6}>))` + betweenWords + `((?:[A-Za-z]|\d{3,4}[A-Z-])[\w +./-]{1,39}?)\s*<`)
	// modelNamedRow is such a line that may name the model, or something else.
	modelNamedRow = regexp.MustCompile(`(?i)<(?:t[dh]|span|label|div|p|b|strong|font|dt|li)\b[^>]{0,120}>` + betweenWords + `(?:(?:product|device|board) ?(?:name|id|type)|alias name|produktname|productnaam|nom(?:e|bre)? d(?:el|o|u) produ(?:to|cto|it)|nome (?:del )?prodotto|nazwa (?:produktu|urządzenia)|наименование|название устройства|产品名称|設備名稱|设备名称|ger(?:ä|&auml;)tename|apparaatnaam)\s*(?::|</\w{1,6}>)` + betweenWords + `([A-Za-z][\w +./-]{2,39}?)\s*<`)
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

// modelLabel is what pages write before the model.
const modelLabel = `(?:(?:(?:hardware|device|product|router|gateway|system) )?model(?:l|lo|o)?(?:\s*(?:name|naam|number|nummer|no\.?))?|mod[eè]le|модель(?: (?:устройства|маршрутизатора))?|(?:产品|设备|產品|設備|裝置)?(?:型[号號]|機種)(?:名称|名稱)?|機種名|(?:製品|装置|モデル|品)名|型番|모델명?|제품 ?모델)\s*`

// sentence goes on behind a version that is spoken of: "firmware version 1.20 is available".
var sentence = regexp.MustCompile(`(?i)^(?:[\s,]|\([^()<>]{1,30}\)|</?(?:b|i|em|strong|span|a)\b[^<>]{0,60}>)*(?:or (?:later|higher|newer|above)|and (?:later|higher|newer|above|up)|` +
	`(?:(?:is|are|was|has been|can be|will be) )?(?:available|required|needed|outdated|old|out)\b|(?:of|for) (?:your|the|this|a)\b|on\b|please\b|` +
	`disponi|verfügbar|beschikbaar|доступн|или |ou |lub |oder |o superior|of hoger|以上|以降|可用|可供)`)

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

// otherObject is the name of an object in a script, before what it holds: of another device,
// of a part, or of firmware that does not run yet.
var otherObject = regexp.MustCompile(`(?i)(?:\b\w{0,20}(?:satellite|slave|child|client|node|peer|neighbou?r|module|modem|wi-?fi|radio|new|latest|avail\w*|update|upgrade|backup|cam|` +
	`sensor|light|lamp|bulb|plug|lock|thing|printer|disk|drive|ups|battery|dect|handset|extender|repeater|zigbee|bluetooth|boot|kernel|minimum|require|default|cloud|remote|previous|recovery|factory|release|` +
	`mesh|agent|topolog|firmware_?check|recommend|support|example|sample|demo|mock|promo)\w{0,10}|\b(?:ota|olt|old|topo)(?:_?info)?|\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2})["']?\s*(?:[:=]|\()\s*[\[{]+[^{}]{0,200}(?:[:=]\s*[\[{]+[^{}]{0,200})?$`)

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

// noVersion is a day, an address at home or a file's name, where a version should be.
var noVersion = regexp.MustCompile(`(?i)^\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d$|^(?:19|20)\d\d[.](?:0[1-9]|1[0-2])[.](?:0[1-9]|[12]\d|3[01])$|^(?:192\.168\.\d+|10\.0\.0|172\.16\.\d+)\.\d+$|\.(?:bin|img|chk|trx|zip|simg|rar|tar|gz|upd|pkg|rom|ros|fw|web)$`)

// sectionNear is how far before a version such a heading is looked for, in bytes.
const sectionNear = 400

// namedFirmware is the name of a field that holds the version.
const namedFirmware = `\b(?:id|name)=["']?(?:(?:current|device|router|sys)[-_]?)?(?:fw|firmware|software|sw)[-_]?ver(?:sion)?["'\s]`

// andBuild is what stands behind a version that is alone in its element, and is no part of it here.
const andBuild = `(?: ?(?:build|rev\.?|rel\.?) ?\d[\w.]{0,12}| ?\((?:build ?|rev\.? ?|[rbv])?\d[\w .:/-]{0,24}\)| \([A-Z][a-z]{2} [ \d]?\d,? \d{4}[\d :]{0,10}\)| \d{4}-\d\d-\d\d)?`

// behindVersion is what TP-Link writes behind a version: "3.16.9 Build 150310 Rel.60257n",
// "1.1.7 Build 20201010 rel.49458(5553)".
const behindVersion = `(?:(?:(?: \d+\.\d+(?:\.\d+)?)? v\w{3,6}\.\w+)? Build[ .]?\d{6}(?:\d\d){0,2} Rel\.? ?\d\w*(?: ?\([0-9A-F]{4}\))?)?`

// betweenWords are what stands between two words of a page: elements and blanks, and what writes
// the second in a script.
const betweenWords = `(?:\s|&nbsp;|["']?\s*</?[a-z][^<>]{0,120}>|document\.write(?:ln)?\()*`

// inElement begins an element that pages write a value in.
const inElement = `<(?:span|div|td|p|b|font|label|strong)\s`

// listBegun is what stands between a heading and the first label below it.
const listBegun = `(?:\s|&nbsp;|</?(?:table|tbody|thead|tr|td|th|div|ul|li|p|span|label|dl|dt)\b[^<>]{0,100}>)*`

// aboutProgram is what a page tells a search engine of a program, with its version.
var aboutProgram = regexp.MustCompile(`(?is)<script\b[^<>]{0,80}\bapplication/ld\+json\b.*?</script>`)

// document is how JSON begins: a page to nobody, and read by its keys (info.go).
var document = regexp.MustCompile(`^\s*(?:\[\s*)?\{\s*"`)

// readPage reads what a page says of its device: maker and model in large letters and in
// its head, the model in a table, an element or a script, the firmware it runs, and the
// maker at its foot. All of it is weak: a page may speak of other things too.
func (s *Set) readPage(o device.Observation, low *lowered) []claim {
	body, title := o.Get("body"), o.Get("title")
	if o.Source != device.SourceHTTP || body == "" || document.MatchString(body) {
		return nil
	}
	var out []claim
	if !s.watching.MatchString(title) && !inventory.MatchString(title+" "+o.Get(headings)) {
		its, _ := s.namedFirst(title)
		out = s.readHeadings(o, title, its)
		runs := s.readRunning(o, low, title, cmp.Or(its, s.titlesMaker(title)))
		out = append(append(out, runs...), s.readSaidModel(o, low, title, its)...)
		if len(runs) == 0 {
			out = append(out, s.readObject(o, low, title, its)...)
		}
	}
	return append(out, s.readOwner(o, low)...)
}

// titlesMaker returns the maker of whom a title is a model and nothing else, "" if nobody, or if
// it is so short that it may be of other things.
func (s *Set) titlesMaker(title string) string {
	if title = strings.TrimSpace(title); isShort(title) {
		return ""
	}
	return s.onlyMaker(title)
}

// onPage returns the claims that a page's text names maker and model, of which either may
// be empty.
func onPage(o device.Observation, field, text, vendor, model string) []claim {
	var out []claim
	c := claimAt(o, field, "page/text", orderPage, vendor, weak)
	c.evidence.Value = text
	if vendor != "" {
		out = append(out, c.giving(device.PartVendor, vendor))
	}
	if model != "" {
		out = append(out, c.giving(device.PartModel, model))
	}
	return out
}

// withoutReport returns o without its page, if that is a program's about another device, by
// its title. o itself stays as it is.
func (s *Set) withoutReport(o device.Observation) device.Observation {
	if o.Source != device.SourceHTTP || !s.reports.MatchString(strings.TrimSpace(o.Get("title"))) {
		return o
	}
	o.Fields = maps.Clone(o.Fields)
	delete(o.Fields, "title")
	delete(o.Fields, "body")
	return o
}

// readHeadings reads maker and model in large letters, on a page whose title names the same
// maker (its), that very model or nothing. A page about several is nobody's.
func (s *Set) readHeadings(o device.Observation, title, its string) []claim {
	var out []claim
	silent := s.silent(title)
	for _, text := range strings.Split(o.Get(headings), headingEnd) {
		vendor, model := s.namedFirst(text)
		switch {
		case vendor != "":
			if (its == vendor || silent || model != "" && strings.EqualFold(model, strings.TrimSpace(title))) && !s.gossip.MatchString(text+title) && len(words(text)) <= 9 {
				out = append(out, onPage(o, headings, text, vendor, model)...)
			}
		case silent && !s.noise(text):
			if maker := s.tokensMaker(text); maker != "" {
				out = append(out, onPage(o, headings, text, maker, text)...)
			}
		}
	}
	if differ(out) {
		return nil
	}
	return out
}

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

// readSaidModel reads the model that a page's script, table or element names. Its maker is
// a guess, even where a row of the table names it; its is the one whom the title names.
func (s *Set) readSaidModel(o device.Observation, low *lowered, title, its string) []claim {
	body := o.Get("body")
	if !low.hasAny("body", []string{"model", "device", "prod", "devname", "board", "apparaat", "tename", "alias", "nazwa", "наименование", "название", "产品", "名称", "名稱", "modèle", "модель", "型", "機種", "製品名", "装置名", "モデル名", "品名", "모델"}) || inventoryList.MatchString(body) {
		return nil
	}
	variable := s.saidModel(body, modelVariable)
	model := variable
	hidden := ""
	if low.hasAny("body", []string{"hidden"}) {
		hidden = s.saidModel(body, modelHidden)
	}
	row := cmp.Or(hidden, s.saidModel(body, modelRow))
	maker := s.rowsMaker(body, title, its)
	if known := its != "" || maker != "" || s.onlyMaker(row) != ""; model == "" && (known || row != strings.ToLower(row) && !isDigit(rune(row[0]))) {
		model = row // not "gpt-4o", a program's
	}
	if m := s.saidModel(body, modelCalled); model == "" {
		if first, bare := s.namedFirst(m); s.onlyMaker(m) != "" || first != "" && s.named(first, bare) {
			model = m
		}
	}
	if m := s.saidModel(body, modelNamedRow); model == "" {
		if maker, _ := s.madeBy(m, its); maker != "" {
			model = m
		}
	}
	if model == "" {
		return nil
	}
	vendor, bare := s.madeBy(model, its)
	if maker != "" && vendor == "" && (model == row || model == variable) {
		vendor, bare = maker, s.without(maker, model)
	}
	if bare != "" && isDigit(rune(bare[0])) {
		bare = strings.Join(withoutSort(strings.Fields(bare)), " ") // "2701HG-B Gateway"
	}
	out := onPage(o, "body", model, vendor, bare)
	for i := range out {
		out[i].guessed = true
		if s.provider[fold(its)] && s.onlyMaker(model) == vendor {
			out[i].strength = generic // the title names who lent the box, not who made it
		}
	}
	return out
}

// scriptObject is an object in a page's script that holds no other, and scriptPair a key in it with
// its value.
var (
	scriptObject = regexp.MustCompile(`\{[^{}]+\}`)
	scriptPair   = regexp.MustCompile(`(?:[{,]|^)\s*["']?([A-Za-z]\w{1,30})["']?\s*:\s*["']([^"'<>{}\n]{1,80})["']`)
)

// objectLong is how much of such an object is read, in bytes.
const objectLong = 2000

// readObject reads the one object in a page's script that states a maker's model and the firmware
// it runs: config={product:"AC10", model:"AC10", fw_ver:"V15.03.06.47"}. One of several, in a list
// or called otherwise than the device may be another's.
func (s *Set) readObject(o device.Observation, low *lowered, title, its string) []claim {
	body := o.Get("body")
	if !low.hasAny("body", []string{"model", "product"}) || inventoryList.MatchString(body) || s.gossip.MatchString(title) {
		return nil
	}
	body = aboutProgram.ReplaceAllString(body, "")
	var found map[device.Part]string
	for _, at := range scriptObject.FindAllStringIndex(body, 200) {
		parts := s.objectParts(body[at[0]:min(at[1], at[0]+objectLong)], its)
		if parts[device.PartModel] == "" || parts[device.PartFirmware] == "" {
			continue
		}
		before := strings.TrimRight(body[:at[0]], " \t\r\n")
		if found != nil || strings.HasSuffix(before, "[") || strings.HasSuffix(before, ",") || ofOther(body, at[0]) {
			return nil
		}
		found = parts
	}
	if _, titled := s.namedFirst(title); titled != "" && !within(titled, found[device.PartModel]) {
		return nil // a satellite's
	}
	vendor, model := s.madeBy(found[device.PartModel], its)
	if v := found[device.PartVendor]; v != "" && (its == "" || its == v) {
		vendor, model = v, s.without(v, found[device.PartModel])
	}
	if said := found[device.PartModel]; vendor == "" && its != "" && s.named(its, said) {
		vendor, model = its, said
	}
	if vendor == "" || its != vendor && !s.silent(title) && s.onlyMaker(title) != vendor {
		return nil
	}
	out := onPage(o, "body", found[device.PartModel], vendor, model)
	for i := range out {
		out[i].guessed = true
	}
	for _, p := range []device.Part{device.PartFirmware, device.PartRevision} {
		if v := found[p]; v != "" {
			c := claimAt(o, "body", "page/text", orderPage, vendor, weak).giving(p, v)
			c.evidence.Value = v
			out = append(out, c)
		}
	}
	return out
}

// objectParts returns what the keys of an object in a script mean to everybody, with the maker's
// name as the table has it. its is the maker whom the title names.
func (s *Set) objectParts(object, its string) map[device.Part]string {
	parts := map[device.Part]string{}
	for _, m := range scriptPair.FindAllStringSubmatch(object, 40) {
		key, v := squeeze(m[1]), strings.TrimSpace(m[2])
		part, ok := s.keys[key]
		if maker, _ := s.madeBy(v, its); key == "product" && (maker != "" || its != "" && s.named(its, v)) {
			part, ok = device.PartModel, true
		}
		if !ok || parts[part] != "" || !s.usableInfo(part, key, v) || part == device.PartFirmware && noVersion.MatchString(v) {
			continue
		}
		if part == device.PartVendor {
			known := false
			if v, known = s.Vendor(v); !known {
				continue
			}
		}
		if part == device.PartRevision {
			v = Revision(v)
		}
		parts[part] = v
	}
	return parts
}

// makerRow is a line of a page's table or list that names the maker.
var makerRow = regexp.MustCompile(`(?i)<(?:t[dh]|dt|li|span|label|div|p|b|br|strong)\b[^>]{0,120}>\s*(?:<b>\s*)?(?:manufacturer|vendor|brand|hersteller|fabrikant|fabricante?|produttore|производитель|(?:生产)?厂商|制造商|製造元|メーカー)(?: ?name)?\s*(?::|</\w{1,6}>)` + betweenWords + `([A-Za-z0-9][^<>]{1,39}?)\s*<`)

// makerVariable is a variable of a page's script that names the maker.
var makerVariable = regexp.MustCompile(`(?i)(?:^|[>;{,\s])(?:vendor|manufacturer)(?:_?name)?["']?\s*[:=]\s*["']([A-Za-z0-9][^"'<>]{1,39})["']`)

// rowsMaker returns the maker whom a row of a page's table, or its script, names, where the title
// names nobody.
func (s *Set) rowsMaker(body, title, its string) string {
	found := ""
	in := makerRow
	if !in.MatchString(body) {
		in = makerVariable
	}
	for _, at := range in.FindAllStringSubmatchIndex(body, 4) {
		v, known := s.Vendor(html.UnescapeString(body[at[2]:at[3]]))
		part := underHeading(body, at[0], partsHeading) || in == makerVariable && ofOther(body, at[0])
		if !known || part || s.chipMaker(v) || found != "" && found != v {
			return ""
		}
		found = v
	}
	if its != "" || s.gossip.MatchString(title) {
		return ""
	}
	return found
}

// madeBy returns the maker of what a page calls its model, "" if unknown, and the model
// without the maker's name: "PROLiNK H9200AR". If the title names a maker (its) who has no
// such model, it returns neither.
func (s *Set) madeBy(said, its string) (vendor, model string) {
	if maker, bare := s.namedFirst(said); bare != "" && (its == "" || maker == its) {
		return maker, bare
	}
	vendor = s.onlyMaker(said)
	switch {
	case !isShort(said) || vendor == its:
		return vendor, said
	case vendor != "" && its != "":
		return "", "" // the title's maker has no such model
	}
	return "", said // an inverter may be an E1500 too
}

// readOwner reads the maker at a page's foot.
func (s *Set) readOwner(o device.Observation, low *lowered) []claim {
	if !low.hasAny("body", []string{"copyright", "&copy;", "©"}) {
		return nil
	}
	var out []claim
	for _, m := range copyright.FindAllStringSubmatch(o.Get("body"), 2) {
		owner := strings.TrimSpace(html.UnescapeString(cmp.Or(m[1], m[2])))
		owner, _, _ = strings.Cut(owner, ". ")
		owner, _, _ = strings.Cut(strings.ToLower(owner), " all rights")
		if v, known := s.Vendor(strings.Trim(owner, " .,-")); known && !s.everyday[fold(owner)] && v != "Microsoft" && v != "Google" {
			out = append(out, onPage(o, "body", strings.TrimSpace(m[0]), v, "")...)
		}
	}
	return out
}

// oneOf returns what a page says with the words of a pattern (in), if it says one thing that
// can be meant. "" = nothing, or several.
func oneOf(body string, in *regexp.Regexp, can func(string) bool) string {
	found := ""
	for _, at := range in.FindAllStringSubmatchIndex(body, 8) {
		v := strings.Trim(body[at[2]:at[3]], ".-(")
		if !can(v) || sentence.MatchString(body[at[3]:]) || ofOther(body, at[0]) || otherCell(body, at[0], at[2]) {
			continue
		}
		switch {
		case found == "" || strings.HasPrefix(found, v+"-"): // "3.0.0.4.378_4980-g8c12415" says it longer
			found = v
		case v != found && !strings.HasPrefix(v, found+"-"):
			return ""
		}
	}
	return found
}

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

// differ reports whether claims name more than one maker or model.
func differ(claims []claim) bool {
	first := map[device.Part]string{}
	return slices.ContainsFunc(claims, func(c claim) bool {
		if first[c.part] == "" {
			first[c.part] = c.value
		}
		return first[c.part] != c.value
	})
}

// saidModel returns the model that a page's script or an element of its own names.
// "" = none, or several that differ.
func (s *Set) saidModel(body string, in *regexp.Regexp) string {
	found := ""
	for _, at := range in.FindAllStringSubmatchIndex(body, 8) {
		group := func(i int) string {
			if i < 0 || at[2*i] < 0 {
				return ""
			}
			return body[at[2*i]:at[2*i+1]]
		}
		model := group(1)
		if last := in.NumSubexp(); last > 1 {
			model += group(last)
		}
		model = strings.TrimSpace(model)
		if inventoryMark.MatchString(group(in.SubexpIndex("mark"))) {
			continue
		}
		if in == modelVariable && inOthersObject(body, at[0]) {
			continue
		}
		if choice.MatchString(body[at[0]:at[1]]) || underHeading(body, at[0], partsHeading) {
			continue
		}
		if len(strings.Fields(model)) > 3 || s.advertises(model) || !s.plausible(model) {
			continue
		}
		if found != "" && found != model {
			return ""
		}
		found = model
	}
	return found
}

// onlyMaker returns the maker whose model this can only be, "" = not known.
func (s *Set) onlyMaker(model string) string {
	if maker := s.tokensMaker(model); maker != "" {
		return maker
	}
	return s.onlyModel(model).vendor
}

// tokensMaker returns the maker of whom a text is a token and nothing else, "" = nobody.
func (s *Set) tokensMaker(text string) string {
	for i := range s.tokens {
		if t := &s.tokens[i]; text != "" && t.find(text) == text {
			return t.vendor
		}
	}
	return ""
}

// silent reports whether a page's title says nothing of what the page is about, so that
// its headings may: it has none, plain words, or one word.
func (s *Set) silent(title string) bool { return len(words(title)) <= 1 || s.descriptive(title) }

// The fields of an HTTP observation that withPage adds. Headings are a title in larger
// letters, so they are named as one and masked as one.
const (
	headings   = "title#2"
	headingEnd = " | "
	goes       = "goes"
)

// sends is where a page sends its visitor at once: the path alone, without the slash it
// begins with. Host and query may be anybody's. A page is known by these; whether they
// may be followed is announce.Onward's to say, which wants a whole address on a page that
// shows nothing else.
var sends = regexp.MustCompile(`(?i)(?:;\s*url=|location(?:\.href)?\s*=\s*|\.(?:replace|assign)\()[\s"']*(?:https?://[^/"'\s]+)?[/.]*([\w.-][\w./#-]{2,119})`)

// withPage returns o with what its page's body says in large letters and of itself, and
// with where it sends its visitor, as more fields. o itself stays as it is.
func withPage(o device.Observation, low *lowered) device.Observation {
	if o.Source != device.SourceHTTP || o.Get("body") == "" {
		return o
	}
	more := map[string]string{}
	if low.hasAny("body", []string{"<h1", "<h2", "<h3", "<meta", "welcome to", "title", "label", "text"}) {
		var texts []string
		for _, re := range []*regexp.Regexp{meta, heading, lettered, scriptTitle} {
			for _, m := range re.FindAllStringSubmatch(o.Get("body"), 3) {
				text := strings.Join(strings.Fields(html.UnescapeString(anyTag.ReplaceAllString(strings.Join(m[1:], ""), " "))), " ")
				if text != "" && len(text) <= 120 {
					texts = append(texts, text)
				}
			}
		}
		more[headings] = strings.Join(texts, headingEnd)
	}
	if low.hasAny("body", []string{"url=", "location", "replace(", "assign("}) {
		var paths []string
		for _, m := range sends.FindAllStringSubmatch(o.Get("body"), 8) {
			paths = append(paths, m[1])
		}
		more[goes] = strings.Join(paths, " ")
	}
	maps.DeleteFunc(more, func(_, v string) bool { return v == "" })
	if len(more) > 0 {
		o.Fields = maps.Clone(o.Fields)
		maps.Copy(o.Fields, more)
	}
	return o
}
