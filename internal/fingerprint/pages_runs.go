package fingerprint

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"houdbaar/internal/device"
)

// This file is about the firmware that a page says its device runs, and the hardware version.

// versionText is a version, with the name of its system before it and its build behind it.
const versionText = `(?:(?:FRITZ!OS|DSM|SRM|QTS|ReyeeOS) )?[\w.()+-]*\d[\w.()+-]*` + behindVersion

// behindVersion is what TP-Link writes behind a version: "3.16.9 Build 150310 Rel.60257n",
// "1.1.7 Build 20201010 rel.49458(5553)".
const behindVersion = `(?:(?:(?: \d+\.\d+(?:\.\d+)?)? v\w{3,6}\.\w+)? Build[ .]?\d{6}(?:\d\d){0,2} Rel\.? ?\d\w*(?: ?\([0-9A-F]{4}\))?)?`

// andBuild is what stands behind a version that is alone in its element, and is no part of it here.
const andBuild = `(?: ?(?:build|rev\.?|rel\.?) ?\d[\w.]{0,12}| ?\((?:build ?|rev\.? ?|[rbv])?\d[\w .:/-]{0,24}\)| \([A-Z][a-z]{2} [ \d]?\d,? \d{4}[\d :]{0,10}\)| \d{4}-\d\d-\d\d)?`

var (
	// versionFirst is the version that a value begins with.
	versionFirst = regexp.MustCompile(`(?i)^(?:(?:ALEOS|LCOS) )?(` + versionText + `)`)
	// versionAlone is a value that is nothing but a version; the words may be of the label.
	versionAlone = regexp.MustCompile(`(?i)^(?:(?:firmware )?version:?\s*|firmware:?\s+)?(` + versionText + `)` + andBuild + `$`)
	// versionSpoken is a version that is said behind one word without a colon.
	versionSpoken = regexp.MustCompile(`(?i)^(V?\d+\.\d[\w.-]{0,30}(?: \((?:build )?\d{1,8}\))?)$`)
	// versionLong is a version that is no radio's, "2.4".
	versionLong = regexp.MustCompile(`(?i)^(?:V\d+\.\d|\d+\.\d+\.\d)`)
)

// sentenceGoesOn is how a sentence goes on behind a version that is spoken of: "firmware version 1.20 is
// available".
var sentenceGoesOn = regexp.MustCompile(`(?i)^(?:[\s,]|\([^()<>]{1,30}\))*(?:[KMG]i?B\b|[MG]Hz|%|(?:means|fixes|adds|supports|contains|includes)\b|and (?:earlier|prior)|or (?:later|higher|newer|above)|and (?:later|higher|newer|above|up)|` +
	`(?:(?:is|are|was|has been|can be|will be) )?(?:available|required|needed|outdated|old|out)\b|(?:of|for) (?:your|the|this|a)\b|on\b|please\b|` +
	`disponi|verfügbar|beschikbaar|доступн|или |ou |lub |oder |o superior|of hoger|以上|以降|可用|可供)`)

// noVersion is a day, an address at home, a size, noughts or a file's name, where a version should be.
var noVersion = regexp.MustCompile(`(?i)^\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d$|^(?:19|20)\d\d[.](?:0[1-9]|1[0-2])[.](?:0[1-9]|[12]\d|3[01])$|^(?:192\.168\.\d+|10\.0\.0|172\.16\.\d+)\.\d+$|^V?[0.]+$|^[\d.]+[KMG]i?B$|\.(?:bin|img|chk|trx|zip|simg|rar|tar|gz|upd|pkg|rom|ros|fw|web)$`)

// spokenIn are the elements in which one word and a version are a sentence; in others, they are a
// link or a choice.
var spokenIn = setOf("p span div small footer label td li em")

// readRunning reads the firmware that a page says its device runs, and the hardware version.
// its is the maker whom the title names.
func (s *Set) readRunning(o device.Observation, p *pageText, title, its string) []claim {
	var out []claim
	say := func(part device.Part, v string) {
		if v != "" {
			c := claimAt(o, "body", "page/text", orderPage, "", weak).giving(part, v)
			c.evidence.Value = v
			out = append(out, c)
		}
	}
	var versions, revisions []said
	for _, x := range s.ofDevice(p, title) {
		if x.means == labelRevision {
			revisions = append(revisions, x)
		} else {
			versions = append(versions, x)
		}
	}
	say(device.PartFirmware, s.runs(p, versions, title, its))
	say(device.PartRevision, s.hardwareSaid(p, revisions, title, its))
	return out
}

// ofDevice returns what a page says of the versions of its device, and not of another or of a part.
func (s *Set) ofDevice(p *pageText, title string) []said {
	_, titled := s.namedFirst(title)
	others := p.few(func(x *said) bool { return x.means == labelModel && x.shown() && differs(titled, x.value) })
	another := slices.ContainsFunc(others, func(x said) bool { return !x.ofPart() && s.onlyMaker(x.value) != "" })
	versions := p.few(func(x *said) bool {
		return x.means == labelRevision || (x.means == labelFirmware || x.bare()) && strings.ContainsFunc(x.value, isDigit)
	})
	return slices.DeleteFunc(versions, func(x said) bool {
		return x.shown() && another || x.scripted() && (x.in.listed || differs(titled, x.in.model)) || x.ofOther()
	})
}

// series is what two ways to write one model begin with alike: "MiFi 8000L", "MiFi8000".
var series = regexp.MustCompile(`^\D*\d{0,3}`)

// differs reports whether a model is another than the one that the title names: a satellite's.
func differs(titled, model string) bool {
	return titled != "" && model != "" && !within(titled, model) && series.FindString(device.Letters(titled)) != series.FindString(device.Letters(model))
}

// runs returns the firmware version that a page says its device runs, "" if none, of what it says of it.
// its is the maker whom the title names.
func (s *Set) runs(p *pageText, versions []said, title, its string) string {
	model := cmp.Or(s.saidModel(p, modelInScript), s.saidModel(p, modelInRow), title)
	named := s.scriptNames(p, title)
	is := func(v string) bool {
		return (plainVersion.MatchString(v) || codedVersion.MatchString(v) || modelsVersion(model, v)) && !noVersion.MatchString(v)
	}
	inScript := func(x *said) bool { return s.inScript(x, its, named) }
	inSentence := func(x *said) bool { return its != "" && inSentence(x) }
	for _, way := range []func(x *said) string{
		inWords, only(inOneWord, alone), only(inMark, alone), only(inField, alone), only(inHead, alone), only(inScript, alone), only(inSentence, whole),
	} {
		fw := unanimous(versions, func(x *said) string {
			if v := strings.Trim(way(x), ".-("); is(v) {
				return v
			}
			return ""
		})
		if fw != "" {
			return fw
		}
	}
	return ""
}

// only reads the value of what is said in one way, "" for anything else.
func only(is func(x *said) bool, read func(value string) string) func(x *said) string {
	return func(x *said) string {
		if !is(x) {
			return ""
		}
		return read(x.value)
	}
}

func whole(value string) string { return value }

// The ways in which a page gives the version, the plainer first.

// inWords: a label that says it in full, wherever it stands, and a sentence that does not go on.
func inWords(x *said) string {
	full := x.shown() || x.by == key && wholeWords.MatchString(x.label)
	m := versionFirst.FindStringSubmatch(x.value)
	if x.bare() || !full || m == nil || sentenceGoesOn.MatchString(x.value[len(m[0]):]+" "+x.after) {
		return ""
	}
	return m[1]
}

// wholeWords is in the name of a key that can mean nothing else.
var wholeWords = regexp.MustCompile(`(?i)version|ware`)

// inOneWord: "Firmware" in a row or before a colon, and nothing behind the version.
func inOneWord(x *said) bool {
	named := x.by == line || x.by == row && (x.cell || versionLong.MatchString(x.value))
	return named && x.bare() && x.first && !sentenceGoesOn.MatchString(x.after)
}

// inMark: an element that is marked as the version.
func inMark(x *said) bool { return x.by == mark && (x.first || !x.bare()) }

// inField: a field of a form that nobody fills in.
func inField(x *said) bool { return x.by == field && !x.bare() }

// inHead: an attribute of the whole page, what its head says of itself, or a remark; not a program's.
func inHead(x *said) bool { return x.by == head && strings.HasPrefix(strings.ToLower(x.label), "f") }

// inScript: a variable or a key, where the title names the maker or the script a model that
// is known; one word where the model stands beside it.
func (s *Set) inScript(x *said, its string, named bool) bool {
	switch {
	case !x.scripted() || x.by == variable && ofPage[x.label]:
		return false
	case x.bare():
		model := x.in.model
		maker, _ := s.madeBy(model, its)
		return x.by == key && model != "" && (its == "" || named || maker == its || s.named(its, model))
	}
	own := x.by == key || x.under == "" || ownPath.MatchString(x.under+".") || ownObject[strings.ToLower(x.under)]
	return own && (its != "" || named || s.knows(x.in.maker))
}

// inSentence: "Firmware v1.2.3", where the title names the maker.
func inSentence(x *said) bool {
	return x.by == spoken && x.bare() && x.first && spokenIn[x.tag] && !sentenceGoesOn.MatchString(x.after) && versionSpoken.MatchString(x.value)
}

// knows reports whether a script names a maker of the table.
func (s *Set) knows(maker string) bool {
	_, known := s.Vendor(maker)
	return known
}

// ofPage are variables of which a page's own program may keep its version.
var ofPage = setOf("swVersion swVer softVersion")

// ownObject are objects of a script in which pages keep what is of the device.
var ownObject = setOf("window cfg conf")

// alone returns the version that a value is and nothing else, "" if it is none.
func alone(value string) string {
	if m := versionAlone.FindStringSubmatch(value); m != nil {
		return m[1]
	}
	return ""
}

// scriptNames reports whether a page's script names a model that one maker has, or that the title
// says too.
func (s *Set) scriptNames(p *pageText, title string) bool {
	model := s.saidModel(p, modelInScript)
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

// ofUpdate is a title of a page about firmware that may not run yet.
var ofUpdate = regexp.MustCompile(`(?i)\b(?:new|latest|available|updat\w*|upgrad\w*|recovery|backup)\b`)

var (
	// hardwareShort is a hardware version, in a line before that of the firmware too.
	hardwareShort = regexp.MustCompile(`(?i)^(?:rev\. ?)?([\w.]{1,8})(?:\s+firmware\b.*)?$`)
	// hardwareBehindModel is one behind the model: "TL-WR841N v8 00000000".
	hardwareBehindModel = regexp.MustCompile(`(?i)^([A-Z][\w+/ -]{0,18}\d[\w+/-]{0,8}) (V\d{1,2}(?:\.\d{1,2})?)(?: 0{6}\d\d)?$`)
	// hardwareLettered is one that a script need not be asked about: "V2", "B1".
	hardwareLettered = regexp.MustCompile(`(?i)^(?:rev\.? ?)?(?:V\d{1,2}(?:\.\d{1,2})?[A-Z]?|[A-Z]\d{0,2})$`)
)

// hardwareSaid returns the hardware version that a page states, "" if none.
func (s *Set) hardwareSaid(p *pageText, revisions []said, title, its string) string {
	known := its != "" || s.scriptNames(p, title)
	label := func(v string) bool { return onLabel.MatchString(Revision(v)) && !noRevision.MatchString(v) }
	inScript := func(x *said) bool {
		return x.scripted() && (known || s.knows(x.in.maker)) && hardwareLettered.MatchString(x.value) && label(x.value)
	}
	inField := func(x *said) bool { return x.by == field && label(x.value) && hardwareShort.MatchString(x.value) }
	for _, way := range []func(x *said) string{
		func(x *said) string {
			if m := hardwareShort.FindStringSubmatch(x.value); m != nil && (x.shown() || x.by == key && wholeWords.MatchString(x.label)) && label(m[1]) {
				return m[1]
			}
			return ""
		},
		only(inField, whole),
		func(x *said) string { // not that of a chip, "RT3052 V2", or of another device
			m := hardwareBehindModel.FindStringSubmatch(x.value)
			if m == nil || !x.shown() {
				return ""
			}
			if maker := s.onlyMaker(m[1]); strings.Contains(title, m[1]) || maker != "" && (its == "" || its == maker && !strings.ContainsFunc(title, isDigit)) {
				return m[2]
			}
			return ""
		},
		only(inScript, whole),
	} {
		if hw := unanimous(revisions, way); hw != "" {
			return hw
		}
	}
	return ""
}

// boards reports whether c is a number that a page calls the hardware's version. Where labels
// have versions as well, "V2", it need not be theirs: it may be the board's.
func boards(c claim) bool {
	return c.part == device.PartRevision && c.order == orderPage && !strings.ContainsFunc(c.value, unicode.IsLetter)
}
