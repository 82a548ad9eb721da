package firmware

import (
	"regexp"
	"strings"
)

// "0.9.1 4.16 v0001.0 Build 200116 Rel.54321n": v0001.0 is the hardware profile, the
// rest is version and time of the build.
var tplinkForm = regexp.MustCompile(`(?i)^v?(\d+(?:\.\d+)+)(?: (\d+\.\d+(?:\.\d+)?))?(?: v([0-9a-f]{4}\.[0-9a-f]+))?(?: build ?(\d{6}|\d{8}|\d{10}))?(?: rel\.? ?(\d+)[a-z]?)?(?: ?\([0-9a-f]+\))?$`)

// "V5_260317" is how a file is named: V5 is the hardware, the rest the day of the build. Of
// 142 files on TP-Link's American pages that name both, 141 had the day of their build.
var tplinkFile = regexp.MustCompile(`(?i)^v\d+(?:\.\d+)?_(\d{6}|\d{8})$`)

// readTPLink reads "1.1.17 Build 240529 Rel.57938n", "1.3.6 Build 20240829
// rel.71119", "1.7.4 Build 2023121222 Rel. 63684" and "1.7.0 Build 26050812", whose builds
// have an hour, and "3.16.9".
func readTPLink(raw string) (Version, bool) {
	if m := tplinkFile.FindStringSubmatch(raw); m != nil {
		d, ok := tplinkDay(m[1])
		return Version{build: []uint64{d}, text: strings.ToUpper(raw)}, ok
	}
	m := tplinkForm.FindStringSubmatch(raw)
	if m == nil {
		return Version{}, false
	}
	whole := m[1]
	if m[2] != "" {
		whole += "." + m[2]
	}
	main, ok := numbers(whole)
	if !ok {
		return Version{}, false
	}
	v := Version{class: strings.ToLower(m[3]), main: main, text: m[1]}
	if m[2] != "" {
		v.text += " " + m[2]
	}
	if m[3] != "" {
		v.text += " v" + m[3]
	}
	if m[4] != "" {
		d, ok := tplinkDay(m[4])
		if !ok {
			return Version{}, false
		}
		v.build = []uint64{d}
		v.text += " Build " + m[4]
		if m[5] != "" {
			n, ok := number(m[5])
			if !ok {
				return Version{}, false
			}
			v.build = append(v.build, n)
		}
	}
	return v, true
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
