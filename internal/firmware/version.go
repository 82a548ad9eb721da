// Package firmware reads firmware versions as their vendors write them, and orders
// the two that can be ordered.
//
// It promises that an order it gives is the vendor's own: 1.0.11.100 is newer than
// 1.0.9.88, 154.07.57 is FRITZ!OS 7.57, 2.00B05 is older than 2.01B01. It refuses
// to guess: versions of another branch, another hardware, another region, or
// written to another depth, cannot be compared, and that is an answer.
package firmware

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A version is a firmware version that could be read. The zero value is none and compares
// with nothing.
type version struct {
	scheme string   // the scheme that read it
	branch string   // must be equal for two versions to be ordered: custom build, beta, region, ...
	class  string   // must be equal where both say it: hardware prefix, release channel
	main   []uint64 // ordered first; none where no more than a day is said
	build  []uint64 // ordered next, only to the depth that both give
	text   string   // as the vendor's page writes it
}

// longest is the longest version that is read, in bytes: the longest in use, such as
// "EdgeRouter.ER-e50.v2.0.9-hotfix.6.5574652.221230.1015", has about 60.
const longest = 120

// tooLong is a number of more digits than any version's.
var tooLong = regexp.MustCompile(`\d{19}`)

// read reads a firmware version as the vendor writes it. ok is false when it is not
// written in a way that is known for that vendor.
func read(vendor, raw string) (v version, ok bool) {
	raw = strings.Join(strings.Fields(raw), " ")
	if len(raw) > longest || tooLong.MatchString(raw) {
		return version{}, false
	}
	key := fold(vendor)
	scheme := cmp.Or(sameScheme[key], key)
	forms, ok := schemes[scheme]
	if !ok {
		scheme, forms = "generic", []form{generic}
	}
	for _, f := range forms {
		m := f.re.FindStringSubmatch(raw)
		if m == nil {
			continue
		}
		if v, ok = f.read(m); !ok {
			return version{}, false
		}
		v.scheme = scheme
		return v, true
	}
	return version{}, false
}

// Display returns a version as the label and the vendor's page write it, such as
// "FRITZ!OS 7.57" for "154.07.57"; what cannot be read comes back as it was, with
// the white space tidied.
func Display(vendor, raw string) string {
	if v, ok := read(vendor, raw); ok {
		return v.text
	}
	return strings.Join(strings.Fields(raw), " ")
}

// Compare returns -1, 0 or 1 as one version of a vendor's is older than, the same as, or
// newer than another. ok is false when they cannot be ordered, or one cannot be read.
func Compare(vendor, a, b string) (c int, ok bool) {
	v, _ := read(vendor, a)
	w, _ := read(vendor, b)
	return v.compare(w)
}

func (v version) compare(o version) (c int, ok bool) {
	if v.scheme == "" || v.scheme != o.scheme || v.branch != o.branch {
		return 0, false
	}
	if v.class != "" && o.class != "" && v.class != o.class {
		return 0, false
	}
	if len(v.main) == 0 || len(o.main) == 0 {
		return byDay(v, o)
	}
	if c, ok = order(v.main, o.main); !ok || c != 0 {
		return c, ok
	}
	return order(v.build, o.build)
}

// byDay orders two versions of which one says no more than the day of its build. Two of one
// day may be two builds, unless both are written so.
func byDay(v, o version) (int, bool) {
	mine, _, _ := strings.Cut(v.text, "_")
	other, _, _ := strings.Cut(o.text, "_")
	if len(v.build) == 0 || len(o.build) == 0 || len(v.main) == len(o.main) && mine != other {
		return 0, false // no day, or another hardware
	}
	c := cmp.Compare(v.build[0], o.build[0])
	return c, c != 0 || v.text == o.text
}

// order compares number by number. Where one list ends first the two cannot be ordered:
// 1.1.17 says nothing about which build of 1.1.17 it is.
func order(a, b []uint64) (int, bool) {
	n := min(len(a), len(b))
	c := slices.Compare(a[:n], b[:n])
	return c, c != 0 || len(a) == len(b)
}

// write writes what may stand behind the version proper, between its marks.
func (v *version) write(before, s, after string) {
	if s != "" {
		v.text += before + s + after
	}
}

// number reads a number that may stand behind the version proper, and writes it with the
// word before it.
func (v *version) number(word, s string) {
	if s != "" {
		v.build = append(v.build, number(s))
	}
	v.write(word, s, "")
}

// day does the same with a day, and reports false for one that cannot be.
func (v *version) day(word, s string) bool {
	if s == "" {
		return true
	}
	n, ok := date(s)
	v.build = append(v.build, n)
	v.text += word + s
	return ok
}

// numbers reads "1.0.11.100".
func numbers(s string) []uint64 {
	var out []uint64
	for part := range strings.SplitSeq(s, ".") {
		out = append(out, number(part))
	}
	return out
}

// number reads digits, of which read let no more through than fit. "" is 0.
func number(s string) uint64 {
	n, _ := strconv.ParseUint(s, 10, 64)
	return n
}

// date reads YYMMDD or YYYYMMDD, with or without dashes, as the number YYYYMMDD.
func date(s string) (uint64, bool) {
	s = strings.ReplaceAll(s, "-", "")
	n := number(s)
	if len(s) == 6 {
		n += 20_00_00_00
	}
	month, day := n/100%100, n%100
	return n, n >= 1990_00_00 && month >= 1 && month <= 12 && day >= 1 && day <= 31
}

// fold keeps the lower-case letters and digits of a vendor's name.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(s))
}
