package catalogue

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A search works on folded text: lower case, letters and digits only, with the
// characters that labels make people mix up written alike (O and 0; l, I and 1). It
// collects the models that share pieces of text with what was typed, then compares
// the best of them word by word. It proposes; a person picks.

// A word is a word of what was typed.
type word struct {
	text   string // folded
	number bool   // it held a digit before it was folded: what tells models apart
}

// folded writes text as it is compared in a search, word by word.
func folded(text string) []string {
	var out []string
	for _, w := range fold(text) {
		out = append(out, w.text)
	}
	return out
}

func fold(text string) []word {
	var out []word
	for _, raw := range strings.FieldsFunc(strings.ToLower(norm.NFKD.String(text)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '+' && !unicode.Is(unicode.Mn, r)
	}) {
		folded := strings.Map(func(r rune) rune {
			switch {
			case r == 'o':
				return '0'
			case r == 'l' || r == 'i':
				return '1'
			case unicode.Is(unicode.Mn, r):
				return -1
			}
			return r
		}, raw)
		if folded != "" {
			out = append(out, word{folded, strings.ContainsAny(raw, "0123456789")})
		}
	}
	return out
}

// joined writes words as one.
func joined(words []word) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(w.text)
	}
	return b.String()
}

// Words returns the spellings of a model that a search compares with: vendor and
// model, the model, and every other name, folded. They are what the build stores.
func Words(vendor, model string, aliases []string) []string {
	v, m := folded(vendor), folded(model)
	out := []string{strings.Join(append(slices.Clone(v), m...), " "), strings.Join(m, " ")}
	for _, a := range aliases {
		if w := strings.Join(folded(a), " "); w != "" && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// gramSize is the length of a piece of text in the index. Beginnings of words are
// stored from one character on, so that the first key already finds something.
const gramSize = 3

// Grams returns the pieces of text by which a model with these spellings is found,
// sorted, each once: every three characters of each spelling written without
// spaces, and the first one, two and three characters of each word, behind "^".
func Grams(spellings []string) []string {
	var out []string
	for _, s := range spellings {
		out = append(out, inside(strings.ReplaceAll(s, " ", ""))...)
		for _, word := range strings.Fields(s) {
			out = append(out, begin(word)...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func inside(s string) []string {
	r := []rune(s)
	var out []string
	for i := 0; i+gramSize <= len(r); i++ {
		out = append(out, string(r[i:i+gramSize]))
	}
	return out
}

func begin(word string) []string {
	r := []rune(word)
	var out []string
	for n := 1; n <= gramSize && n <= len(r); n++ {
		out = append(out, "^"+string(r[:n]))
	}
	return out
}

// A likeness is how much what was typed is like a model: score of 100, and of 1 how well
// each word of it is met.
type likeness struct {
	score float64
	words []float64
}

// met: a word that is met worse is not met at all.
const met = 0.5

// alike compares what was typed with the spellings of a model, and returns the best.
func alike(typed []word, spellings []string) likeness {
	whole := joined(typed)
	var best likeness
	for i, s := range spellings {
		plain := strings.ReplaceAll(s, " ", "")
		its := wordsAlike(typed, strings.Fields(s), plain)
		score := 88 * weighed(typed, its, len(whole), len(plain))
		switch {
		case plain == whole:
			score = 100
		case strings.HasPrefix(plain, whole):
			score = max(score, 90+5*ratio(whole, plain))
		case len(whole) > 2 && strings.Contains(plain, whole):
			score = max(score, 78+5*ratio(whole, plain))
		}
		if i > 1 {
			score-- // another name of it; its own name goes first
		}
		if best.words == nil || score > best.score {
			best = likeness{score, its}
		}
	}
	return best
}

func ratio(a, b string) float64 { return float64(len(a)) / float64(len(b)) }

// weighed puts together how well each word is met; a longer word weighs more, a number much.
func weighed(typed []word, its []float64, length, of int) float64 {
	var sum, weight float64
	for i, t := range typed {
		w := float64(len(t.text))
		if t.number && len(t.text) > 2 {
			w *= 1.5
		}
		weight += w
		sum += w * its[i]
	}
	// what the model has and nobody typed counts a little against it
	return sum/weight - 0.1*(1-min(1, float64(length)/float64(max(1, of))))
}

// wordsAlike says of each word that was typed how well a spelling meets it.
func wordsAlike(typed []word, words []string, plain string) []float64 {
	out := make([]float64, len(typed))
	for i, t := range typed {
		out[i] = wordAlike(t, words, plain)
	}
	for i := range len(typed) - 1 { // one word, typed as two
		both := typed[i].text + typed[i+1].text
		for _, w := range words {
			switch {
			case w == both:
				out[i], out[i+1] = 1, 1
			case strings.HasPrefix(w, both):
				out[i], out[i+1] = max(out[i], 0.9), max(out[i+1], 0.9)
			}
		}
	}
	return out
}

func wordAlike(typed word, words []string, plain string) float64 {
	t := typed.text
	best := 0.0
	switch {
	case plain == t:
		return 1
	case len(t) > 2 && strings.HasPrefix(plain, t):
		best = 0.85 + 0.1*ratio(t, plain)
	}
	for i, w := range words {
		switch {
		case w == t:
			return 1
		case strings.HasPrefix(w, t):
			best = max(best, 0.85+0.1*ratio(t, w))
		case len(t) > 2 && strings.Contains(w, t):
			best = max(best, held(typed, w))
		}
		both := "" // two words written as one, or one as two
		if i+1 < len(words) {
			both = w + words[i+1]
		}
		switch {
		case both == t:
			return 1
		case strings.HasPrefix(both, t):
			best = max(best, 0.85+0.1*ratio(t, both))
		}
		if len(t) >= 3 && best < oneWrong {
			best = max(best, mistyped(typed, w), mistyped(typed, both))
		}
	}
	if best < 0.7 && len(t) > 3 && strings.Contains(plain, t) {
		best = 0.7
	}
	return best
}

// held says how well w meets a word that it holds. Three digits out of a longer number
// are hardly anything.
func held(typed word, w string) float64 {
	t := typed.text
	at := strings.Index(w, t)
	if typed.number && len(t) == 3 && (at > 0 && digit(w[at-1]) || at+3 < len(w) && digit(w[at+3])) {
		return 0.6
	}
	return 0.75 + 0.1*ratio(t, w)
}

// How well a word is met that was mistyped once or twice.
const oneWrong, twoWrong = 0.72, 0.54

// mistyped says how well w meets a word that was not typed as it should be. In a
// number no more than one slip is believed, and another digit in it, which is another
// model's, counts as two.
func mistyped(typed word, w string) float64 {
	t := typed.text
	switch d := distance(t, w, 2); {
	case w == "" || d > 2 || d >= (len(t)+1)/2:
		return 0
	case d == 2 && typed.number:
		return 0
	case d == 2:
		return twoWrong
	case typed.number && len(t) == len(w) && otherDigit(t, w):
		return twoWrong
	}
	return oneWrong - 0.02*float64(max(0, len(w)-len(t)))
}

// otherDigit reports whether the first place where a and b differ holds a digit in
// both, and they are not swapped with the next.
func otherDigit(a, b string) bool {
	for i := range len(a) {
		if a[i] != b[i] {
			swapped := i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i]
			return !swapped && digit(a[i]) && digit(b[i])
		}
	}
	return false
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// distance counts the insertions, deletions, replacements and swaps of neighbours
// from a to b; more than limit is limit+1.
func distance(a, b string, limit int) int {
	if d := len(a) - len(b); d > limit || -d > limit {
		return limit + 1
	}
	const widest = 2 * longestSearch
	if len(b) > widest || len(a) > widest {
		return limit + 1
	}
	var space [3][widest + 1]int
	two, one, row := space[0][:], space[1][:], space[2][:]
	for j := range len(b) + 1 {
		one[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(one[j]+1, row[j-1]+1, one[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], two[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit {
			return limit + 1
		}
		two, one, row = one, row, two
	}
	return one[len(b)]
}
