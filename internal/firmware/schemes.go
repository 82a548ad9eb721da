package firmware

import (
	"fmt"
	"regexp"
	"strings"
)

// A form is one way to write versions. read is given what the groups of re hold; with
// false it is no version after all.
type form struct {
	re   *regexp.Regexp
	read func(m []string) (version, bool)
}

// schemes are the forms of each vendor, whose key is in lower-case letters and digits; the
// first that fits counts. Every other vendor's are generic.
var schemes = map[string][]form{
	"asus":      {asusLong, asusShort, generic},
	"axis":      {axis},
	"dahua":     {dahua},
	"dlink":     {dlink},
	"foscam":    {foscam},
	"fritz":     {fritz},
	"hikvision": {hikvision},
	"linksys":   {linksys},
	"mikrotik":  {mikrotik},
	"netgear":   {netgear},
	"qnap":      {qnap},
	"reolink":   {reolink},
	"synology":  {synology},
	"tplink":    {tplinkFile, tplink},
	"ubiquiti":  {ubiquiti},
	"zyxel":     {zyxel, generic},
}

// sameScheme are vendors that write versions as another one does.
var sameScheme = map[string]string{
	"amcrest":  "dahua", // rebuilt Dahua firmware under the same numbers
	"avm":      "fritz",
	"ezviz":    "hikvision",
	"hilook":   "hikvision",
	"imou":     "dahua",
	"mercusys": "tplink",
	"tapo":     "tplink",
}

// generic reads plain dotted numbers: "4.8.3", "v1.0.20". Any letter behind them is a
// branch that we do not know.
var generic = form{
	regexp.MustCompile(`(?i)^(?:v|ver\.? ?|version ?)?(\d+(?:\.\d+)+)$`),
	func(m []string) (version, bool) { return version{main: numbers(m[1]), text: m[1]}, true },
}

// ASUS writes "3.0.0.4.386_45934"; lists and devices shorten it to "386_45934" or
// "386.45934", with or without the marks of its source behind it. 3.0.0.4 goes with 37x to
// 388, 3.0.0.6 with 102. A short form needs a build of at least four digits, and a long one
// of two: "388.8" is Asuswrt-Merlin's own numbering, not ASUS's. The betas, which begin
// with 9.0.0, are not ordered against releases.
var (
	asusLong = form{
		regexp.MustCompile(`^(\d\.\d\.\d\.\d)\.(\d{3})[._](\d{2,})` + asusMarks),
		func(m []string) (version, bool) { return readASUS(m[1], m[2], m[3]), true },
	}
	asusShort = form{
		regexp.MustCompile(`^(\d{3})[._](\d{4,6})` + asusMarks),
		func(m []string) (version, bool) {
			if m[1] < "300" {
				return readASUS("3.0.0.6", m[1], m[2]), true
			}
			return readASUS("3.0.0.4", m[1], m[2]), true
		},
	}
)

const asusMarks = `(?:-g?[0-9a-f]+(?:_\d+-g?[0-9a-f]+)?_?)?$`

func readASUS(base, line, build string) version {
	branch := "asuswrt"
	if base[0] == '9' {
		branch = "beta"
	}
	return version{branch: branch, main: numbers(base + "." + line + "." + build), text: base + "." + line + "_" + build}
}

// axis reads "10.12.240" and "5.51.7.4". Axis keeps long-term tracks alive beside the
// newest one (8.40, 9.80, 10.12), so 10.12.240 is not behind 11.5: versions are ordered
// within their first number only.
var axis = form{
	regexp.MustCompile(`(?i)^(?:AXIS OS )?v?(\d+(?:\.\d+){1,3})$`),
	func(m []string) (version, bool) {
		all := numbers(m[1])
		return version{branch: fmt.Sprint(all[0]), main: all[1:], text: m[1]}, true
	},
}

// dahua reads "2.800.0000000.16.R, Build Date 2020-10-13": the third part is zeros for the
// general build and names a customer's build otherwise; the letter is R for a release.
var dahua = form{
	regexp.MustCompile(`(?i)^v?(\d+)\.(\d+)\.([0-9a-z]+)\.(\d+)(?:\.([a-z]))?(?:,? ?build(?: date)?:? ?(\d{4}-\d{2}-\d{2}|\d{6}|\d{8}))?$`),
	func(m []string) (version, bool) {
		custom, letter := strings.ToUpper(m[3]), strings.ToUpper(m[5])
		if strings.Trim(custom, "0") == "" {
			custom = ""
		}
		v := version{branch: custom + "/" + letter, main: numbers(m[1] + "." + m[2] + "." + m[4])}
		v.text = m[1] + "." + m[2] + "." + m[3] + "." + m[4]
		v.write(".", letter, "")
		return v, v.day(", Build Date ", m[6])
	},
}

// dlink reads "2.00B05", "v1.10", "AU_1.02.06", "1.10WWB09" and "1.10.B04". The first
// number follows the hardware revision (1.x for A, 2.x for B, ...), so versions with
// different first numbers are not ordered; nor are 1.2 and 1.02, where nobody can say
// whether .2 is .02 or .20.
var dlink = form{
	regexp.MustCompile(`(?i)^(?:([a-z]{2,3})_)?(?:v|ver\.? ?)?(\d+)\.(\d+)((?:\.\d+){0,2})(?:\.?([a-z]{2})?b(\d+))?([_ -].+)?$`),
	func(m []string) (version, bool) {
		region, build := strings.ToUpper(m[1]), strings.ToUpper(m[5])
		v := version{
			branch: fmt.Sprintf("%s/%s/%d%s", strings.TrimLeft(m[2], "0"), region+build, len(m[3]), strings.ToLower(m[7])),
			main:   numbers(m[3] + m[4]),
			text:   m[2] + "." + m[3] + m[4],
		}
		if region != "" {
			v.text = region + "_" + v.text
		}
		v.number(build+"B", m[6])
		v.text += m[7]
		return v, true
	},
}

// foscam reads "2.71.1.59": the first three numbers tell the camera's platform (2.71 and
// 2.72 stand side by side), the last is the release.
var foscam = form{
	regexp.MustCompile(`(?i)^v?((\d+\.\d+\.\d+)\.(\d+))$`),
	func(m []string) (version, bool) { return version{branch: m[2], main: numbers(m[3]), text: m[1]}, true },
}

// fritz reads "154.07.57", "FRITZ!OS 7.57", "07.57" and "7.57-99999": 154 is the hardware,
// 7.57 the FRITZ!OS version. Labor and beta carry the number of the release they lead to or
// follow: not ordered against releases.
var fritz = form{
	regexp.MustCompile(`(?i)^(?:FRITZ!OS:? ?)?(?:(\d{2,3})\.)?(\d{1,2})\.(\d{2})(?:-(\d+))?(?:[ -]?(LABOR|BETA|INHAUS|INHOUSE)\b.*)?$`),
	func(m []string) (version, bool) {
		main := numbers(m[2] + "." + m[3])
		v := version{class: m[1], main: main, text: fmt.Sprintf("FRITZ!OS %d.%s", main[0], m[3])}
		v.number("-", m[4])
		if m[5] != "" {
			v.branch = strings.ToLower(m[5])
			v.text += " " + strings.ToUpper(m[5])
		}
		return v, true
	},
}

// hikvision reads "V5.5.800 build 210628" (also EZVIZ and HiLook).
var hikvision = form{
	regexp.MustCompile(`(?i)^v?(\d+\.\d+\.\d+)(?:[ ,._]*(?:build ?)?(\d{6}))?$`),
	func(m []string) (version, bool) {
		v := version{main: numbers(m[1]), text: "V" + m[1]}
		return v, v.day(" build ", m[2])
	},
}

// linksys reads "1.0.00 build 11", "2.1.41.162351", "Ver.1.0.04" and
// "1.0.04.002_US_20130619".
var linksys = form{
	regexp.MustCompile(`(?i)^(?:v|ver\.? ?)?(\d+(?:\.\d+){1,3})(?:_([a-z]{2}))?(?:_(\d{8}))?(?:,? ?\(?build ?(\d+)\)?)?$`),
	func(m []string) (version, bool) {
		v := version{branch: strings.ToUpper(m[2]), main: numbers(m[1]), text: m[1]}
		v.write("_", v.branch, "")
		ok := v.day("_", m[3])
		v.number(" build ", m[4])
		return v, ok
	},
}

// mikrotik reads "6.49.10 (long-term)" and "7.16rc1". Channels get fixes apart from each
// other, so two that both say their channel are ordered within it only, and RouterOS 6 is
// not ordered against 7.
var mikrotik = form{
	regexp.MustCompile(`(?i)^(?:RouterOS )?v?(\d+)\.(\d+(?:\.\d+)?)(?:(alpha|beta|rc)(\d+))?(?: ?\(([a-z-]+)\))?(?: .*)?$`),
	func(m []string) (version, bool) {
		stage := strings.ToLower(m[3])
		v := version{
			branch: fmt.Sprint(number(m[1])),
			class:  strings.ToLower(m[5]),
			main:   numbers(m[2] + ".0")[:2], // 7.16 is 7.16.0
			build:  []uint64{mikrotikStages[stage], number(m[4])},
			text:   "RouterOS " + m[1] + "." + m[2] + stage + m[4],
		}
		v.write(" (", v.class, ")")
		return v, true
	},
}

// mikrotikStages orders the ways to a release.
var mikrotikStages = map[string]uint64{"alpha": 1, "beta": 2, "rc": 3, "": 4}

// netgear reads "V1.0.11.100_10.2.100" and "1.0.9.88": the second part is the version of
// the texts inside; the vendor's pages leave it out. Letters are a region ("RU", "WW",
// "NA"). A person is shown the V that the device writes.
var netgear = form{
	regexp.MustCompile(`(?i)^(?:v|ver\.? ?)?(\d+(?:\.\d+){1,4})([a-z]{2})?(?:_(\d+(?:\.\d+)*)([a-z]{2})?)?$`),
	func(m []string) (version, bool) {
		return version{branch: strings.ToUpper(m[2] + m[4]), main: numbers(m[1]), text: "V" + m[1] + strings.ToUpper(m[2])}, true
	},
}

// qnap reads "5.1.0.2348 Build 20230325" and "QTS 4.2.6". Builds are ordered by their day,
// and by their number where no day stands behind it. QuTS hero (h5.1.0) is another system
// with numbers of its own.
var qnap = form{
	regexp.MustCompile(`(?i)^(?:(QTS|QuTS hero) ?)?(h)?(\d+\.\d+\.\d+)(?:\.(\d{1,5}))?(?:[ (]*(?:build ?)?(\d{8})\)?)?$`),
	func(m []string) (version, bool) {
		v := version{branch: "qts", main: numbers(m[3]), text: "QTS " + m[3]}
		if m[2] != "" || strings.EqualFold(m[1], "QuTS hero") {
			v.branch, v.text = "hero", "QuTS hero h"+m[3]
		}
		v.write(".", m[4], "")
		if m[4] != "" && m[5] == "" {
			v.main = append(v.main, number(m[4]))
		}
		return v, v.day(" build ", m[5])
	},
}

// reolink reads "v3.0.0.136_20121100": version, then the day of the build (20-12-11) and a
// counter of two to four digits. Builds of one version are ordered to the day.
// "_v1.0.0.159" behind it is the version of a second part.
var reolink = form{
	regexp.MustCompile(`(?i)^v?(\d+\.\d+\.\d+\.\d+)(?:_(\d{6})(\d{2,4}))?(_v[\d.]+)?$`),
	func(m []string) (version, bool) {
		v := version{main: numbers(m[1]), text: "v" + m[1]}
		ok := v.day("_", m[2])
		v.text += m[3] + strings.ToLower(m[4])
		return v, ok
	},
}

// synology reads "6.2-25556", "DSM 7.2.1-69057 Update 5" and "SRM 1.3.1-9346". A device
// announces 6.2.4-25556 as "6.2-25556" and never its update, so the build orders within 6.2
// and a missing update is not update 0. Without a name, 1.x is the router's SRM and the
// rest DSM.
var synology = form{
	regexp.MustCompile(`(?i)^(?:(DSM|SRM) ?)?(\d+)\.(\d+)((?:\.\d+)?)(?:-(\d+)(?: ?(?:update|-) ?(\d+))?)?$`),
	func(m []string) (version, bool) {
		main, name := numbers(m[2]+"."+m[3]), strings.ToUpper(m[1])
		switch {
		case name != "":
		case strings.HasPrefix(m[5], "0"):
			return version{}, false // a camera's, "1.0.5-0185"
		case main[0] == 1:
			name = "SRM"
		default:
			name = "DSM"
		}
		v := version{branch: name, main: main, text: name + " " + m[2] + "." + m[3] + m[4]}
		v.number("-", m[5])
		v.number(" Update ", m[6])
		return v, true
	},
}

// tplinkFile reads "V5_260317", as a file is named: V5 is the hardware, the rest the day of
// the build. Of 142 files on TP-Link's American pages that name both, 141 had the day of
// their build.
var tplinkFile = form{
	regexp.MustCompile(`(?i)^v\d+(?:\.\d+)?_(\d{6}|\d{8})$`),
	func(m []string) (version, bool) {
		day, ok := tplinkDay(m[1])
		return version{build: []uint64{day}, text: strings.ToUpper(m[0])}, ok
	},
}

// tplink reads "1.1.17 Build 240529 Rel.57938n", "1.3.6 Build 20240829 rel.71119",
// "1.7.4 Build 2023121222 Rel. 63684" and "1.7.0 Build 26050812", whose builds have an
// hour, and "3.16.9". In "0.9.1 4.16 v0001.0 Build 200116 Rel.54321n" v0001.0 is the
// hardware profile, the rest is version and time of the build.
var tplink = form{
	regexp.MustCompile(`(?i)^v?(\d+(?:\.\d+)+)(?: (\d+\.\d+(?:\.\d+)?))?(?: v([0-9a-f]{4}\.[0-9a-f]+))?(?: build ?(\d{6}|\d{8}|\d{10}))?(?: rel\.? ?(\d+)[a-z]?)?(?: ?\([0-9a-f]+\))?$`),
	func(m []string) (version, bool) {
		v := version{class: strings.ToLower(m[3]), main: numbers(m[1]), text: m[1]}
		if m[2] != "" {
			v.main = append(v.main, numbers(m[2])...)
		}
		v.write(" ", m[2], "")
		v.write(" v", m[3], "")
		if m[4] == "" {
			return v, true
		}
		day, ok := tplinkDay(m[4])
		v.build = []uint64{day}
		v.text += " Build " + m[4]
		if m[5] != "" {
			v.build = append(v.build, number(m[5]))
		}
		return v, ok
	},
}

// tplinkDay reads the day of a build: YYMMDD or YYYYMMDD, with or without the hour behind
// it. No firmware is of before 2000, so "26050812" is of 2026.
func tplinkDay(build string) (uint64, bool) {
	day := build[:min(len(build), 8)]
	if len(build) == 8 && day[:2] != "20" {
		day = build[:6]
	}
	return date(day)
}

// ubiquiti reads airOS, UniFi and EdgeOS versions: "XW.ar934x.v6.3.11.33396.210101.1234" is
// board, chip, version, build, date, time. EdgeOS adds hotfixes: "2.0.9-hotfix.6" follows
// "2.0.9".
var ubiquiti = form{
	regexp.MustCompile(`(?i)^(?:([A-Za-z0-9-]+\.[0-9_-]*[A-Za-z][A-Za-z0-9_-]*)\.)?v?(\d+\.\d+\.\d+)(?:-hotfix\.(\d+))?(?:[.+](\d+))?(?:\.\d{6}\.\d{4})?$`),
	func(m []string) (version, bool) {
		v := version{class: m[1], main: append(numbers(m[2]), number(m[3])), text: m[2]}
		v.write("-hotfix.", m[3], "")
		v.number(".", m[4])
		return v, true
	},
}

// zyxel reads "V5.50(ABOM.8)C0" and "1.00(AACF.2)C0": ABOM is the model, 8 the patch, C0 a
// general release; b15 is a beta.
var zyxel = form{
	regexp.MustCompile(`(?i)^v?(\d+\.\d+)\(([a-z]{4})\.(\d+)\)(c|b)(\d+)(?:_(\d{8}))?$`),
	func(m []string) (version, bool) {
		model, kind := strings.ToUpper(m[2]), strings.ToUpper(m[4])
		if kind == "B" {
			kind = "b"
		}
		v := version{branch: model + kind, main: numbers(m[1]), build: numbers(m[3] + "." + m[5])}
		v.text = "V" + m[1] + "(" + model + "." + m[3] + ")" + kind + m[5]
		return v, v.day("_", m[6])
	},
}
