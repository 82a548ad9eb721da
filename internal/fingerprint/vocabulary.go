package fingerprint

import (
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
	Sections  []string                 `json:"sections"`
	Lines     []string                 `json:"lines"`
	Others    []string                 `json:"others"`
	Sorts     map[device.Kind][]string `json:"sorts"`
	Devices   []string                 `json:"devices"`
	Gossip    []string                 `json:"gossip"`
	Watching  []string                 `json:"watching"`
	Reports   []string                 `json:"reports"`
	Personal  []string                 `json:"personal"`
	Keys      map[device.Part][]string `json:"keys"`
	Labels    map[string][]string      `json:"labels"`
	KindKeys  []string                 `json:"kindKeys"`
	Kinds     []familyRule             `json:"kinds"`
}

// A vocabulary is word lists, ready to use.
type vocabulary struct {
	legal, places, elsewhere, plain, kindKeys map[string]bool
	sections, lines, others                   map[string]bool // beside a model

	plainGlued        *regexp.Regexp // plain words that a Chinese or Japanese text begins with
	sorts             map[string]device.Kind
	aDevice, gossip   *regexp.Regexp
	watching, reports *regexp.Regexp
	personal          []string
	keys              map[string]device.Part
	labels            map[string]string // by device.Letters
	kinds             []familyRule
}

// vocabulary makes the lists ready.
func (w wordLists) vocabulary() vocabulary {
	var glued []string
	for _, word := range w.Plain {
		if strings.ContainsFunc(word, isGlued) {
			glued = append(glued, word)
		}
	}
	spellOut(w.Keys)
	for i := range w.Kinds {
		w.Kinds[i].re = pattern(w.Kinds[i].Match)
	}
	labels := map[string]string{}
	for group, list := range w.Labels {
		for _, label := range list {
			labels[device.Letters(label)] = group
		}
	}
	return vocabulary{
		labels: labels,
		legal:  set(w.Legal), places: set(w.Places), elsewhere: set(w.Elsewhere), plain: set(w.Plain), kindKeys: set(w.KindKeys),
		sections: set(w.Sections), lines: set(w.Lines), others: set(w.Others),
		aDevice: anyOf(w.Devices), gossip: anyOf(w.Gossip), watching: anyOf(w.Watching), reports: anyOf(w.Reports),
		sorts: byWord(w.Sorts), keys: byWord(w.Keys), personal: w.Personal, kinds: w.Kinds,
		plainGlued: anyGlued(glued),
	}
}

// anyGlued returns the pattern of as many of the words as a text begins with.
func anyGlued(words []string) *regexp.Regexp {
	re := regexp.MustCompile(`^(?:` + strings.Join(words, "|") + `)+`)
	re.Longest()
	return re
}

// set returns a list of words as a set.
func set(list []string) map[string]bool {
	words := map[string]bool{}
	for _, w := range list {
		words[w] = true
	}
	return words
}

// byWord returns of which list each word is.
func byWord[T ~string](lists map[T][]string) map[string]T {
	of := map[string]T{}
	for what, list := range lists {
		for _, w := range list {
			of[w] = what
		}
	}
	return of
}

// anyOf returns the pattern of the whole words that any of a list's patterns match.
func anyOf(list []string) *regexp.Regexp {
	var apart, glued []string // Chinese knows no ends of words
	for _, p := range list {
		if strings.ContainsFunc(p, isGlued) {
			glued = append(glued, p)
		} else {
			apart = append(apart, p)
		}
	}
	return pattern(strings.Join(append(glued, `\b(?:`+strings.Join(apart, "|")+`)\b`), "|"))
}

// words splits into lower-case words of letters and digits.
func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// fold brings a vendor's name to the form that aliases are compared in.
func fold(s string) string { return strings.Join(words(s), " ") }

// descriptive reports whether every word of text only says what sort of thing it is.
func (v *vocabulary) descriptive(text string) bool {
	return !slices.ContainsFunc(words(text), func(w string) bool { return !v.plain[w] && v.plainGlued.FindString(w) != w })
}

// isGlued reports whether a letter is of Chinese or Japanese, which are written without spaces.
func isGlued(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r == 'ー'
}

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
