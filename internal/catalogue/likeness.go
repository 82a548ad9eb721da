package catalogue

import (
	"slices"
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A search works on folded text: lower case, letters and digits only, with the
// characters that labels make people mix up written alike (O and 0; l, I and 1). It
// collects the models that share pieces of text with what was typed, then compares
// the best of them word by word. It proposes; a person picks.

// Fold writes text as it is compared in a search, word by word.
func Fold(text string) []string {
	var out []string
	for _, word := range strings.FieldsFunc(strings.ToLower(norm.NFKD.String(text)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '+' && !unicode.Is(unicode.Mn, r)
	}) {
		word = strings.Map(func(r rune) rune {
			switch {
			case r == 'o':
				return '0'
			case r == 'l' || r == 'i':
				return '1'
			case unicode.Is(unicode.Mn, r):
				return -1
			}
			return r
		}, word)
		if word != "" {
			out = append(out, word)
		}
	}
	return out
}

// Words returns the spellings of a model that a search compares with: vendor and
// model, the model, and every other name, folded. They are what the build stores.
func Words(vendor, model string, aliases []string) []string {
	v, m := Fold(vendor), Fold(model)
	out := []string{strings.Join(append(slices.Clone(v), m...), " "), strings.Join(m, " ")}
	for _, a := range aliases {
		if w := strings.Join(Fold(a), " "); w != "" && !slices.Contains(out, w) {
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
	set := map[string]bool{}
	for _, s := range spellings {
		for _, g := range inside(strings.ReplaceAll(s, " ", "")) {
			set[g] = true
		}
		for _, word := range strings.Fields(s) {
			for _, g := range begin(word) {
				set[g] = true
			}
		}
	}
	out := make([]string, 0, len(set))
	for g := range set {
		out = append(out, g)
	}
	sort.Strings(out)
	return out
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

// alike says how much what was typed is like the best of the spellings, of 100.
func alike(typed, spellings []string) float64 {
	joined := strings.Join(typed, "")
	best := 0.0
	for i, s := range spellings {
		plain := strings.ReplaceAll(s, " ", "")
		score := 88 * wordsAlike(typed, strings.Fields(s), plain)
		switch {
		case plain == joined:
			score = 100
		case strings.HasPrefix(plain, joined):
			score = max(score, 90+5*ratio(joined, plain))
		case len(joined) > 2 && strings.Contains(plain, joined):
			score = max(score, 78+5*ratio(joined, plain))
		}
		if i > 1 {
			score-- // another name of it; its own name goes first
		}
		best = max(best, score)
	}
	return best
}

func ratio(a, b string) float64 { return float64(len(a)) / float64(len(b)) }

// wordsAlike compares word by word; a longer word weighs more, a wrong digit much.
func wordsAlike(typed, words []string, plain string) float64 {
	var sum, weight float64
	for _, t := range typed {
		w := float64(len(t))
		if strings.ContainsAny(t, "0123456789") && len(t) > 2 {
			w *= 1.5 // the number is what tells models apart
		}
		weight += w
		sum += w * wordAlike(t, words, plain)
	}
	if weight == 0 {
		return 0
	}
	// what the model has and nobody typed counts a little against it
	return sum/weight - 0.1*(1-min(1, float64(len(strings.Join(typed, "")))/float64(max(1, len(plain)))))
}

func wordAlike(t string, words []string, plain string) float64 {
	best := 0.0
	for i, w := range words {
		switch {
		case w == t:
			return 1
		case strings.HasPrefix(w, t):
			best = max(best, 0.85+0.1*ratio(t, w))
		case len(t) > 2 && strings.Contains(w, t):
			best = max(best, 0.75+0.1*ratio(t, w))
		}
		// two words written as one, or one as two
		if i+1 < len(words) {
			if both := w + words[i+1]; both == t {
				return 1
			} else if strings.HasPrefix(both, t) {
				best = max(best, 0.85)
			}
		}
		if len(t) >= 3 {
			for _, against := range []string{w, next(words, i)} {
				if against == "" {
					continue
				}
				if d := distance(t, against, 2); d <= 2 && d < (len(t)+1)/2 {
					best = max(best, 0.9-0.18*float64(d)-0.02*float64(max(0, len(against)-len(t))))
				}
			}
		}
	}
	if best < 0.7 && len(t) > 3 && strings.Contains(plain, t) {
		best = 0.7
	}
	return best
}

// next joins a word with the one after it.
func next(words []string, i int) string {
	if i+1 < len(words) {
		return words[i] + words[i+1]
	}
	return ""
}

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
