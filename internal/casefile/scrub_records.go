package casefile

import (
	"regexp"
	"strings"
)

var (
	// functionMade is a function of a script, and the names of what it is given.
	// "function st(a,b)", "st = function(a,b)", "st = (a,b) =>".
	functionMade = regexp.MustCompile(`\bfunction\s+(\w{1,40})\s*\(([\w\s,$]{1,600})\)|\b(\w{1,40})\s*[:=]\s*(?:function\s*\w{0,40}\s*\(([\w\s,$]{1,600})\)|\(([\w\s,$]{1,600})\)\s*=>)`)
	// recordBegun is where a script gives values without their keys: st("a","b"),
	// var x = new Array("a","b"), x = ["a","b"], "x": ["a","b"].
	recordBegun = regexp.MustCompile(`\b(\w{1,40})["']?\s*(?:[=:]\s*(?:new\s+Array\s*\(|\[)|\()`)
	// recordValue is the next of them.
	recordValue = regexp.MustCompile(`^(?:[\s,\[\]()]|new\s+Array\s*\()*(?:"((?:[^"\\\r\n]|\\.)*)"|'((?:[^'\\\r\n]|\\.)*)'|([\w.-]+))`)
	// wireless is what a record about a wireless network is called.
	wireless = regexp.MustCompile(`(?i)wlan|wi-?fi|wireless|ssid`)
	// secured is a value that only such a record has: how the network is secured, or its
	// name in TR-098.
	secured = regexp.MustCompile(`(?i)^(?:wpa\d?[/_ -]?)+(?:psk|personal|aes|tkip)?\d?$|\.WLANConfiguration\.`)
	// counted is a value that tells a record from a list of words.
	counted = regexp.MustCompile(`^-?\d+(?:\.\d+)?$`)
	// noNetwork is what stands beside a network's name: its sort of radio, a part of the
	// system, a path, a name of TR-098.
	noNetwork = regexp.MustCompile(`(?i)^(?:(?:802\.)?11[a-z/]{1,8}|[\d./+-]*\s?(?:[mg]hz|[mg]bps|dbm|db|%)?|(?:wlan|ath|rai?|wl|eth|br|vap|wifi|apcli)[\d.-]*|mixed|shared|infrastructure|ad-?hoc|\w+(?:\.\w+){2,}\.?)$|/|\.(?:html?|asp|js|cgi|php)\b`)
)

// mostValues is the most values of a record that are looked at.
const mostValues = 64

// records finds the values that a script gives without keys: by the names of its own
// function or, of a wireless network, by what else stands there.
func records(b []byte, head int) []pair {
	params := map[string][]string{}
	for _, m := range functionMade.FindAllSubmatch(b[head:], -1) {
		params[string(m[1])+string(m[3])] = strings.Split(string(m[2])+string(m[4])+string(m[5]), ",")
	}
	var out []pair
	for _, m := range recordBegun.FindAllSubmatchIndex(b[head:], -1) {
		name, values := string(b[head+m[2]:head+m[3]]), recordValues(b, head+m[1])
		keys := params[name]
		if keys == nil {
			out = append(out, networks(b, name, values)...)
			continue
		}
		for i, v := range values[:min(len(values), len(keys))] {
			v.key = strings.TrimSpace(keys[i])
			if about := keyAbout(v.key); !v.number && about != aNothing && about != aProduct {
				out = append(out, v)
			}
		}
	}
	return out
}

// recordValues returns where the values of a record stand, which begins there. What is no
// text is a number.
func recordValues(b []byte, at int) []pair {
	var out []pair
	for len(out) < mostValues {
		m := recordValue.FindSubmatchIndex(b[at:min(len(b), at+maxTag)])
		if m == nil || at+m[1] < len(b) && b[at+m[1]] == '(' { // a record of its own
			break
		}
		for g := 1; g <= 3; g++ {
			if m[2*g] >= 0 {
				out = append(out, pair{from: at + m[2*g], to: at + m[2*g+1], weak: true, number: g == 3})
			}
		}
		at += m[1]
	}
	return out
}

// networks returns those values of a record that may be a wireless network's name or key, if
// the record is about one.
func networks(b []byte, name string, values []pair) []pair {
	text := func(v pair) string { return string(b[v.from:v.to]) }
	has := func(re *regexp.Regexp) (n int) {
		for _, v := range values {
			if re.MatchString(text(v)) {
				n++
			}
		}
		return n
	}
	if safe := has(secured); safe > 2 || safe == 0 && (!wireless.MatchString(name) || has(counted) == 0) {
		return nil // three ways to secure a network are there to choose from
	}
	var out []pair
	for _, v := range values {
		if t := text(v); !v.number && len(t) >= 3 && !secured.MatchString(t) && !noNetwork.MatchString(t) {
			v.key = "ssid"
			out = append(out, v)
		}
	}
	return out
}
