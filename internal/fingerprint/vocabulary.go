package fingerprint

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"houdbaar/internal/device"
)

const wordsFile = "words.json"

// wordLists are what words mean, whoever made the device: wordsFile. rules/README.md says
// what each list is for.
type wordLists struct {
	About     string                   `json:"about"`
	Legal     []string                 `json:"legal"`
	Places    []string                 `json:"places"`
	Elsewhere []string                 `json:"elsewhere"`
	Plain     []string                 `json:"plain"`
	Sorts     map[device.Kind][]string `json:"sorts"`
	Devices   []string                 `json:"devices"`
	Gossip    []string                 `json:"gossip"`
	Watching  []string                 `json:"watching"`
	Reports   []string                 `json:"reports"`
	Personal  []string                 `json:"personal"`
}

// A vocabulary is word lists, ready to use.
type vocabulary struct {
	legal, places, elsewhere, plain map[string]bool

	plainHan          *regexp.Regexp // plain words that a Chinese text begins with
	sorts             map[string]device.Kind
	aDevice, gossip   *regexp.Regexp
	watching, reports *regexp.Regexp
	personal          []string
}

// readWords reads wordsFile. It returns every error it finds.
func readWords(fsys fs.FS) (v vocabulary, err error) {
	lists, err := readJSON[wordLists](fsys, wordsFile)
	if err != nil {
		return v, err
	}
	var errs []error
	wrong := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	set := func(list string, all []string) map[string]bool {
		m := map[string]bool{}
		for _, w := range all {
			if fold(w) != w || strings.Contains(w, " ") || m[w] {
				wrong("%s: %q is no single word in lower case, or stands there twice", list, w)
			}
			m[w] = true
		}
		return m
	}
	var han []string
	for _, w := range lists.Plain {
		if strings.ContainsFunc(w, isHan) {
			han = append(han, w)
		}
	}
	pattern := func(list string, all []string) *regexp.Regexp {
		var apart, glued []string // Chinese knows no ends of words
		for _, p := range all {
			if strings.ContainsFunc(p, isHan) {
				glued = append(glued, p)
			} else {
				apart = append(apart, p)
			}
		}
		re, err := regexp.Compile(strings.Join(append(glued, `(?i)\b(?:`+strings.Join(apart, "|")+`)\b`), "|"))
		if err != nil || len(all) == 0 {
			wrong("%s: no patterns, or a broken one: %w", list, err)
		}
		return re
	}
	v = vocabulary{
		legal: set("legal", lists.Legal), places: set("places", lists.Places), elsewhere: set("elsewhere", lists.Elsewhere), plain: set("plain", lists.Plain),
		aDevice: pattern("devices", lists.Devices), gossip: pattern("gossip", lists.Gossip), watching: pattern("watching", lists.Watching), reports: pattern("reports", lists.Reports),
		sorts: map[string]device.Kind{}, personal: lists.Personal,
		plainHan: regexp.MustCompile(`^(?:` + strings.Join(han, "|") + `)+`),
	}
	for kind, all := range lists.Sorts {
		for w := range set("sorts", all) {
			if v.sorts[w] != device.Unknown || !knownKind(string(kind)) {
				wrong("sorts: %q is of two kinds, or of the unknown kind %q", w, kind)
			}
			v.sorts[w] = kind
		}
	}
	return v, errors.Join(errs...)
}

// words splits into lower-case words of letters and digits.
func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// fold brings a vendor's name to the form that aliases are compared in.
func fold(s string) string { return strings.Join(words(s), " ") }

// descriptive reports whether every word of text only says what sort of thing it is.
func (v *vocabulary) descriptive(text string) bool {
	return !slices.ContainsFunc(words(text), func(w string) bool { return !v.plain[w] && v.plainHan.FindString(w) != w })
}

// isHan reports whether a letter is of the writing that Chinese, and much of Japanese, has
// no spaces in.
func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// sortOnly reports whether text are words that say what sort of thing it is and how fast:
// "AC1200 Wireless Dual Band Router". A speed alone may be a model: "N300".
func (v *vocabulary) sortOnly(text string) bool {
	fields := strings.Fields(text)
	if len(fields) < 2 || speed.MatchString(fields[len(fields)-1]) { // "Mesh System AC1200"
		return false
	}
	return !slices.ContainsFunc(fields, func(w string) bool { return !speed.MatchString(w) && !v.descriptive(w) })
}

// advertises reports whether text is a sentence from the box: many words, most of
// them plain.
func (v *vocabulary) advertises(text string) bool {
	all, plain := words(strings.ReplaceAll(text, "!", "")), 0 // a FRITZ!Box is no box
	for _, w := range all {
		if v.plain[w] {
			plain++
		}
	}
	return len(all) >= 4 && plain >= 2
}

// sortOf returns the kind that a title names in one word, the first that it has; of
// several that stand together the last, for a "NAS Router" is a router.
func (v *vocabulary) sortOf(title string) device.Kind {
	all := words(title)
	if v.gossip.MatchString(title) || len(all) > 7 {
		return device.Unknown
	}
	kind := device.Unknown
	for _, w := range all {
		k := v.sorts[w]
		if k == device.Unknown && kind != device.Unknown {
			break
		}
		kind = k
	}
	return kind
}
