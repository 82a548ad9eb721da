package fingerprint

import (
	"regexp"
	"slices"
	"strings"

	"houdbaar/internal/device"
)

// This file is about what the labels of a page mean, and whether what they are of is the device: a
// page speaks of parts, of other devices, and of firmware that does not run yet.

// The groups of labels in words.json.
const (
	labelFirmware = "firmware" // the version that runs
	labelBare     = "bare"     // the same, or something else: "Firmware"
	labelModel    = "model"
	labelCalled   = "called" // the model, or what its owner calls it
	labelThing    = "thing"  // the same of a variable or a mark; in a row it says something else
	labelRevision = "revision"
	labelVendor   = "vendor"
)

// ownLabel are what a label may begin with that says whose it is, in words or in the name of a
// variable, in this order: "Current firmware version", "g_strFirmwareVersion".
var ownLabel = [][]string{{"g", "your"}, {"str", "sz", "lbl", "label", "txt", "span"}, {"current", "cur", "running", "installed", "aktuelle", "installierte", "huidige", "geïnstalleerde", "当前", "目前", "現在の", "현재", "текущая", "установленная", "device", "dev", "router", "product", "system", "sys", "your", "main", "uc"}}

// markEnd is what a mark may end with that says that it is of the value.
var markEnd = regexp.MustCompile(`(?:value|val|text|txt|number|num|str|info|span|label)$`)

// shortKey is how long a label is that people do not write, "HwVer", in bytes.
const shortKey = 6

// othersMark is in a mark of what is of another device.
var othersMark = regexp.MustCompile(`cam|client|neigh|peer|channel|host`)

// means returns the group of a label, "" for a label that means nothing.
func (v *vocabulary) means(x *said) string {
	k := device.Letters(x.label)
	if x.shown() && len(k) <= shortKey && len(k) == len(x.label) && (v.labels[k] == labelFirmware || v.labels[k] == labelRevision) {
		return "" // "FwVer" of a chip
	}
	if g := v.labels[k]; g != "" {
		return g
	}
	if x.by == mark {
		if strings.Contains(k, "model") && len(k) <= 35 && !othersMark.MatchString(k) {
			return labelModel
		}
		k = markEnd.ReplaceAllString(k, "")
	}
	for _, words := range ownLabel {
		for _, w := range words {
			if rest, ok := strings.CutPrefix(k, w); ok {
				k = rest
				break
			}
		}
	}
	return v.labels[k]
}

// ofOther reports whether a value is of a part, of another device, or of firmware that does not run.
func (x *said) ofOther() bool {
	if x.in != nil {
		return x.inOthersObject()
	}
	if x.by == field {
		return x.form.offers || ofUpdateForm.MatchString(x.form.name)
	}
	current := currentLabel.MatchString(x.label)
	ofOthers := func(words string) bool {
		return isHeading(words, partsHeading) || isHeading(words, programsHeading) || !current && isHeading(words, offersHeading)
	}
	if ofOthers(x.under) {
		return true
	}
	if len(x.before) > 0 {
		last := x.before[0]
		beside := last.row > 0 && last.row == x.row
		if (beside || headingLike[last.tag] && !last.label) && ofOthers(last.words) || beside && otherVersion.MatchString(last.words) {
			return true
		}
	}
	return slices.ContainsFunc(x.before, func(t text) bool {
		return t.label && programLabel.MatchString(t.words) || !current && spokenOffer.MatchString(t.words)
	})
}

// programLabel is a label before that of a version, by which it is a program's.
var programLabel = regexp.MustCompile(`(?i)^(?:package|component|library|program|plug-?in):?$`)

// currentLabel is a label of what runs now, on a page of updates too.
var currentLabel = regexp.MustCompile(`(?i)^(?:your )?(?:current|running|installed|active|aktuell|installiert|huidig|geïnstalleerd|当前|目前|現在|현재|текущ|установлен)|(?:corrente|attuale|actuelle|actual|atual)\b`)

// headingLike are elements that a heading may stand in.
var headingLike = setOf("div p strong b h1 h2 h3 h4 h5 h6 legend caption")

// ofUpdateForm is how forms are called that send firmware to a device.
var ofUpdateForm = regexp.MustCompile(`(?i)upgrad|updat|flash`)

// isHeading reports whether a heading says what a pattern wants, of a part.
func isHeading(words string, wanted *regexp.Regexp) bool {
	words = strings.TrimRight(words, ": ")
	return words != "" && len(words) <= 60 && wanted.MatchString(words) && !wholeDevice.MatchString(words)
}

// headingOf returns the pattern of a heading in which one of some words stands.
func headingOf(words string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:[\w !]{0,20}\b)?(?:` + words + `)\b[\w +.]{0,20}(?:\([\w ]{1,20}\))?$`)
}

var (
	// partsHeading is a heading of a part, or of a device besides.
	partsHeading = regexp.MustCompile(headingOf(`ups|disks?|hdd|ssd|drives?|volume|battery|cpu|processor|memory|usb|module|sfp|transceiver|cellular|wwan|(?:internal|built-?in|embedded|lte|[345]g|mobile) modem|`+
		`camera \d+|ch(?:annel)? ?\d+|(?:one|easy|ai)?mesh|satellites?|extenders?|repeaters?|clients?|handsets?|dect|printers?|renderers?|neighbou?rs?|chime|sensors?|lamps?|bulbs?|lights?|remote control|`+
		`olt|dslam|central office|upstream|parent|paired|main router|your router|root ap|supported|compatible|(?:usb|external|attached) storage|storage (?:devices?|media|pools?)|other [\w-]+ products|`+
		`accessor(?:y|ies)|peripherals?|(?:in|out)door unit|(?:remote|slave) unit|thermostat|z-?wave|raid|nic|phy|switch chip|lens|ptz|microphone|tuner|scanner|set-?top|(?:tv|sat) receiver|phone ?book|bmc|access points|home network|your (?:phone|device|computer)`).String() + `|(?i)^(?:storage|remote)$`)
	// programsHeading is one of what has a version of its own besides.
	programsHeading = headingOf(`modem|lte|[345]g|mobile broadband|[avx]?dsl2?|wlan|browser|java|flash player|activex|third[ -]party|bios|dongle|powerline|plc|cameras?|boot ?loader|wi-?fi|wireless|radio|bluetooth|zigbee|kernel|nodes?|hub|plug|voice|voip|sip|` +
		`snmp|tr-?069|app|plug-?in|licen[cs]es?|open source|packages?|recovery|backup|standby|inactive|fallback|secondary|second`)
	// offersHeading is one of firmware that does not run, or not yet.
	offersHeading = regexp.MustCompile(headingOf(`new|latest|available|previous|old|beta|test (?:release|firmware|version)|recommended|minimum|alternate|golden|factory|partition \d|to install|known issues|advisor(?:y|ies)|examples?|faq|help|tips|updates?|upgrade|downgrade|roll ?back|restore|uploaded|selected|history|fixed|changelog|release notes`).String() + `|(?i)^.{0,40}?(?:what.{1,3}s new|` + foreignNew + `).{0,40}$`)
)

// foreignNew is said of firmware that does not run yet, in other languages than English.
const foreignNew = `(?:^|\s)(?:now[aey]\b|nov[ýé]|új\b|ny(?:tt|a|e)?\b|uusi|nou[aă]?\s|νέ[αο]|нов[аоыи])|新(?:固件|韌體|韧体|软件|軟體|ファーム)|새 ?(?:로운|펌웨어|버전)|` +
	`geschiedenis|\bneueste|nieuwste|\bderni[èe]re|[úu]ltim[ao]\b|najnowsz|nejnov|\bsenaste|\bnyeste|последн|новая|新版|최신|أحدث|\byeni\b|frissít|elérhető|dostęp|dostupn|aktuali[sz]ac|עדכון|تحديث|historique|historial|verlauf|\bnouvel|\bneue[rs]?\b|\bverfügbar|\bnieuwe?\b|\bbeschikba|\bnuev[ao]|\bnuov[ao]|\bnov[ao]\b|\bdisponi|\ba[ck]tuali[sz]a|\baggiornament|\bmises? à jour|\bgüncelle|обновлени|доступн|最新|更新|升[级級]|新しい|アップデート|업데이트`

// wholeDevice is such a heading of no part: "LTE Router", "Wireless Modem Router WR300".
var wholeDevice = regexp.MustCompile(`(?i)^(?:(?:wireless|wi-?fi|cable|lte|[345]g|voice|voip|modem|dual|band|mesh|powerline|cellular|gigabit|mobile|indoor|outdoor|\w{0,3}dsl2?|[bga]?n\d00|a[cx]\d{3,4}) )+(?:router|gateway)(?: [\w -]*\d[\w -]*)?$`)

// otherVersion is a cell before the label in its row, or above the value, by which it is of firmware that
// does not run.
var otherVersion = regexp.MustCompile(`(?i)^(?:(?:new(?:est)?|latest|available|minimum|required|recommended|next|previous|backup)\b[\w ]{0,20}|.{0,20}(?:` + foreignNew + `).{0,20}):?$`)

// spokenOffer is a text before a version, by which it is of firmware that does not run yet, or an example.
var spokenOffer = regexp.MustCompile(`(?i)\b(?:(?:update|upgrade|version|firmware|software) (?:is |was |has been )?(?:now )?(?:available|found|ready|released)|new(?:er)? (?:firmware|software|version)|changelog|release notes|` +
	`server offers|to be installed|will be (?:updated|upgraded|installed)|selected the following|saved by|for example|example:|e\.g\.|such as)|` +
	`(?:` + foreignUpdate + `).{0,30}(?:` + foreignThere + `)|(?:` + foreignThere + `).{0,30}(?:` + foreignUpdate + `)|` +
	`neue (?:version|firmware)|nieuwe (?:versie|firmware)|nouvelle version|nueva versión|nuova versione|nova versão|новая верси|ny (?:version|programvara|firmware)|yeni sürüm|检测到新|发现新|新版本|最新|在线升级|最新版`)

const (
	foreignUpdate = `update|version|versie|firmware|software|mise à jour|actualiza|atualiza|aggiornament|aktuali[sz]|frissítés|обновлени|верси|تحديث|עדכון|アップデート|업데이트`
	foreignThere  = `verfügbar|beschikba|disponib|dostęp|dostupn|elérhető|доступ|tillgänglig|متوفر|זמין|あります|있습니다`
)

// othersName is the name of an object in a script, of another device, or one of several, of a part,
// or of firmware that does not run yet.
var othersName = regexp.MustCompile(`(?i)satellite|slave|child|client|node|peer|neighbou?r|module|modem|wi-?fi|radio|new|latest|avail|update|upgrade|backup|cam|` +
	`sensor|light|lamp|bulb|plug|lock|thing|printer|disk|drive|ups|battery|dect|handset|extender|repeater|zigbee|bluetooth|boot|kernel|minimum|require|default|cloud|remote|previous|recovery|factory|release|` +
	`mesh|agent|topolog|i18n|^lang|_lang|locale|transl|resource|^init(?:ial)?_?state|chann|attached|paired|^hosts?$|strings$|messages$|labels$|^others?|uplink|parent|points?$|list$|history|versions$|change_?log|target|image|compat|^need|^min|firmware_?check|recommend|support|example|sample|demo|mock|promo|dongle|^(?:ota|olt|old|topo|[avx]?dsl)(?:_?info)?$|^(?:ap|re|ch|chn|dev|device|unit|router|cpe|item)[_-]?\d{1,3}$|^(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}$`)

// ofUpdateFunction is the name of a function of a script that looks for firmware.
var ofUpdateFunction = regexp.MustCompile(`(?i)^data$|^addres|updat|upgrad|latest|check_?(?:new|fw|firmware|ver)|new_?(?:fw|firm|ver)`)

// othersRole and offering are what an object has in it that is of another device in a mesh, or of firmware
// that is there to be fetched.
var (
	othersRole = regexp.MustCompile(`(?i)^(?:satellite|slave|agent|node|extender|repeater|client|child|re)$`)
	offering   = regexp.MustCompile(`(?i)^(?:(?:fw_?|firmware_?|download_?|file_?)?url|(?:fw_?|firmware_?|download_?)link|download|change_?log|release_?(?:notes?|date)|md5(?:sum)?|sha\d{1,3}|checksum|available)$`)
)

// inOthersObject reports whether a value stands in an object of a script that is of another device, or
// of firmware that does not run.
func (x *said) inOthersObject() bool {
	return x.in.offers || othersName.MatchString(x.under) || x.in.ofOther()
}

// ofPart reports whether a value stands under a part's heading, or in a part's object of a script.
func (x *said) ofPart() bool {
	if x.in != nil {
		return x.inOthersObject()
	}
	return isHeading(x.under, partsHeading)
}

// ofOther reports whether an object, by how it or one around it is called or because it is one of several, is
// of another device.
func (o *object) ofOther() bool {
	for ; o.in != nil; o = o.in {
		if o.function && ofUpdateFunction.MatchString(o.name) || !o.function && (o.place > 0 || othersName.MatchString(o.name) || listOfOthers.MatchString(o.name)) {
			return true
		}
	}
	return false
}

// unanimous returns what all that is said and meant agree on, "" if nothing or several things. Of
// two versions the one may say more: "3.0.0.4.378_4980-g8c12415".
func unanimous(all []said, meant func(x *said) string) string {
	found := ""
	for i := range all {
		v := meant(&all[i])
		switch {
		case v == "" || v == found || found != "" && strings.HasPrefix(v, found+"-"):
		case found == "" || strings.HasPrefix(found, v+"-"):
			found = v
		default:
			return ""
		}
	}
	return found
}
