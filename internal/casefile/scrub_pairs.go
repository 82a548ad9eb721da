package casefile

import (
	"bytes"
	"cmp"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A pair is a key and where its value stands in a message or document.
type pair struct {
	key      string
	from, to int
	weak     bool // the key is also a word of pages and programs, or a label for people
	number   bool // the value is a bare number of JSON
}

// pairPatterns find keys (k) and values (v) as documents, scripts, forms and lines write
// them. Each is tried alone, so that none hides what stands within another's.
var pairPatterns = []*regexp.Regexp{
	regexp.MustCompile(`(?i)<(?:paraname|key|name)>(?P<k>[^<]{1,64})</(?:paraname|key|name)>\s*<(?:paravalue|value|string|integer|real)>(?P<v>[^<]*)`),
	regexp.MustCompile(`<(?P<k>[A-Za-z][\w:.-]{0,63})(?:\s[^<>]{0,200})?>(?:<!\[CDATA\[)?(?P<v>[^<\]]*)`),
	regexp.MustCompile(`"(?:name|key|id)"\s*:\s*"(?P<k>[^"]{1,64})"\s*,\s*"(?:value|val|data)"\s*:\s*"(?P<v>(?:[^"\\]|\\.)*)`),
	regexp.MustCompile(`\b(?:name|key|id)\s*=\s*"(?P<k>[^"]{1,64})"\s+(?:value|val)\s*=\s*"(?P<v>[^"]*)`),
	regexp.MustCompile(`"(?P<k>[\w./ -]{1,64})"\]?\s*[:=]\s*(?:"(?P<v>(?:[^"\\]|\\.)*)|'(?P<v>[^'\r\n]*)|(?P<n>-?\d[\d.eE+-]*))`),
	regexp.MustCompile(`\\"(?P<k>[\w./ -]{1,64})\\"\s*:\s*(?:\\"(?P<v>[^"\\]*)|(?P<n>-?\d[\d.eE+-]*))`),
	regexp.MustCompile(`'(?P<k>[\w./ -]{1,64})'\]?\s*[:=]\s*(?:"(?P<v>(?:[^"\\]|\\.)*)|'(?P<v>[^'\r\n]*)|(?P<n>-?\d[\d.eE+-]*))`),
	regexp.MustCompile(`\b(?P<k>[A-Za-z_][\w.-]{0,63})[ \t]*[:=][ \t]*(?:"(?P<v>(?:[^"\\\r\n]|\\.)*)|'(?P<v>(?:[^'\\\r\n]|\\.)*))`),
	regexp.MustCompile(`\b(?P<k>[A-Za-z_][\w.-]{0,63})[ \t]*=[ \t]*(?P<v>[^\s&'";<>?,(){}=][^\r\n&'";<>?,(){}]*)`),
	regexp.MustCompile(`(?m)^[ \t]*(?P<k>[A-Za-z][\w./ -]{0,40}?)[ \t]*[:=][ \t]*(?P<v>[^\r\n<>"'&;{}]+)`),
}

// urlPattern finds keys and values of addresses on the web, in header lines too.
var urlPattern = regexp.MustCompile(`(?i)[?&;](?P<k>[a-z][\w.-]{0,63})=(?P<v>[^\s&;"'<>#]+)|/(?P<k>user|sid|session|token|sn|serial)/(?P<v>[^\s/?#&"'<>]+)`)

var (
	inputTag   = regexp.MustCompile(`(?i)<input\b[^>]{1,600}>`)
	inputName  = regexp.MustCompile(`(?i)\b(?:name|id)\s*=\s*["']?([\w.:-]{1,64})`)
	inputValue = regexp.MustCompile(`(?i)\bvalue\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`)
	inputPlain = regexp.MustCompile(`(?i)\btype\s*=\s*["']?(?:button|submit|reset|image|radio|checkbox)`)
	headerLine = regexp.MustCompile(`(?m)^([A-Za-z0-9._-]{1,40}):[ \t]*([^\r\n]+)`)
	htmlMark   = regexp.MustCompile(`(?i)<(?:html|body|head|table|script|div|form)\b`)
	htmlToken  = regexp.MustCompile(`(?is)<script\b.*?</script>|<style\b.*?</style>|<!--.*?-->|<[^<>]*>|[^<]+`)
	labelled   = regexp.MustCompile(`(?i)([\p{L}][\p{L}/. -]{0,40}?)\s*[:=#]\s*([^\s,;|()<>"']+)`)
)

// pairs finds the keys that are about something, and their values. Header lines end at head.
func pairs(b []byte, head int) []pair {
	var out []pair
	for _, m := range headerLine.FindAllSubmatchIndex(b[:head], -1) {
		if headerAbout(string(b[m[2]:m[3]])) != aNothing {
			out = append(out, pair{key: strings.TrimPrefix(strings.ToLower(string(b[m[2]:m[3]])), "x-"), from: m[4], to: m[5]})
		}
	}
	for _, m := range urlPattern.FindAllSubmatchIndex(b, -1) {
		found, _ := groups(urlPattern, b, m)
		found.weak = isWeak(found.key) && !loginNames.MatchString(baseKey(found.key))
		out = append(out, found)
	}
	page := htmlMark.Match(b[head:])
	tags := make([]bool, len(b))
	markFormat(b, tags)
	for i, p := range pairPatterns {
		for _, m := range p.FindAllSubmatchIndex(b, -1) {
			found, at := groups(p, b, m)
			if about := keyAbout(found.key); about == aNothing || about == aProduct || at < head {
				continue
			}
			found.weak = isWeak(found.key)
			if found.weak && page && (tags[at] || at > 0 && b[at-1] == '<' || i >= unquoted) { // name= of a form's field, <label>, code
				continue
			}
			out = append(out, found)
		}
	}
	out = append(out, inputs(b)...)
	out = append(out, records(b, head)...)
	if page {
		out = append(out, labels(b, head)...)
	}
	out = slices.DeleteFunc(out, listed(b, out))
	slices.SortStableFunc(out, func(a, b pair) int { return cmp.Compare(a.from, b.from) })
	return out
}

// listed tells the pairs of a weak key that a document uses for a list of things: settings,
// channels, files.
func listed(b []byte, found []pair) func(pair) bool {
	values := map[string]map[string]bool{}
	for _, p := range found {
		if values[p.key] == nil {
			values[p.key] = map[string]bool{}
		}
		values[p.key][string(b[p.from:p.to])] = true
	}
	return func(p pair) bool { return p.weak && len(values[p.key]) > mostNames }
}

// mostNames is the most values of one weak key that are taken for names; a home has some
// dozen devices.
const mostNames = 24

// unquoted is the first of pairPatterns whose value has no quotes.
const unquoted = 8

// groups returns the pair of a match, and where its key stands.
func groups(p *regexp.Regexp, b []byte, m []int) (pair, int) {
	var out pair
	at := 0
	for i, name := range p.SubexpNames() {
		switch {
		case i == 0 || m[2*i] < 0:
		case name == "k":
			out.key, at = string(b[m[2*i]:m[2*i+1]]), m[2*i]
		default:
			out.from, out.to, out.number = m[2*i], m[2*i+1], name == "n"
		}
	}
	return out, at
}

// inputs finds what a form's fields were filled with.
func inputs(b []byte) []pair {
	var out []pair
	for _, t := range inputTag.FindAllIndex(b, -1) {
		tag := b[t[0]:t[1]]
		from, to := filledWith(tag)
		if to == 0 {
			continue
		}
		if bytes.Contains(bytes.ToLower(tag), []byte("password")) {
			out = append(out, pair{key: "password", from: t[0] + from, to: t[0] + to})
		}
		for _, m := range inputName.FindAllSubmatch(tag, -1) {
			if about := keyAbout(string(m[1])); about != aNothing && about != aProduct {
				out = append(out, pair{key: string(m[1]), from: t[0] + from, to: t[0] + to, weak: isWeak(string(m[1]))})
			}
		}
	}
	return out
}

// filledWith returns where the value of an input tag stands, 0 and 0 for one that people
// do not fill.
func filledWith(tag []byte) (from, to int) {
	m := inputValue.FindSubmatchIndex(tag)
	if m == nil || inputPlain.Match(tag) {
		return 0, 0
	}
	for g := 2; g < len(m); g += 2 {
		if m[g] >= 0 {
			return m[g], m[g+1]
		}
	}
	return 0, 0
}

// labels finds what an HTML page shows behind the words for it: "Serial: X" in one text,
// and the next text, or filled field, after a text that is a key.
func labels(b []byte, head int) []pair {
	var out []pair
	key := ""
	for _, t := range htmlToken.FindAllIndex(b[head:], -1) {
		from, to := head+t[0], head+t[1]
		if b[from] == '<' {
			if to-from > 7 && bytes.EqualFold(b[from:from+7], []byte("<script")) { // which may write the value
				key = ""
			}
			if v, end := filledWith(b[from:to]); key != "" && end > 0 && inputTag.Match(b[from:to]) {
				out = append(out, pair{key: key, from: from + v, to: from + end, weak: true})
				key = ""
			}
			continue
		}
		from, to = trimmed(b, from, to)
		if from == to {
			continue
		}
		text := string(b[from:to])
		if about := labelAbout(text); about != aNothing {
			key = text
			continue
		}
		if strings.HasSuffix(text, ":") {
			key = ""
		}
		if key != "" {
			out = append(out, pair{key: key, from: from, to: to, weak: true})
			key = ""
		}
		for _, m := range labelled.FindAllStringSubmatchIndex(text, -1) {
			if labelAbout(text[m[2]:m[3]]) != aNothing {
				out = append(out, pair{key: text[m[2]:m[3]], from: from + m[4], to: from + m[5], weak: true})
			}
		}
	}
	return out
}

// trimmed leaves off blanks, however HTML writes them.
func trimmed(b []byte, from, to int) (int, int) {
	for from < to {
		switch {
		case bytes.IndexByte([]byte(" \t\r\n:"), b[from]) >= 0:
			from++
		case bytes.HasPrefix(b[from:to], []byte("&nbsp;")):
			from += 6
		case bytes.IndexByte([]byte(" \t\r\n"), b[to-1]) >= 0:
			to--
		case bytes.HasSuffix(b[from:to], []byte("&nbsp;")):
			to -= 6
		default:
			return from, to
		}
	}
	return from, from
}

// labelAbout says what the words before a value say it is about: all of them as a key, or
// the last, as in "Router S/N".
func labelAbout(text string) about {
	text = strings.TrimRight(strings.ReplaceAll(text, "&nbsp;", " "), " \t\r\n:=#*")
	if len(text) > 40 || strings.ContainsAny(text, ":=#0123456789") {
		return aNothing
	}
	about := keyAbout(text)
	if i := strings.LastIndexByte(text, ' '); about == aNothing && i >= 0 && !isWeak(text[i:]) {
		about = keyAbout(text[i+1:])
	}
	if about == aProduct || about == aMAC || about == aAddress {
		return aNothing
	}
	return about
}

// pair learns what the value of a key is, and writes over it where it stands, if it says
// who, where or with what secret.
func (s *scrubber) pair(p pair, value []byte) {
	v := strings.TrimSpace(unescaped(string(value)))
	about := cmp.Or(keyAbout(p.key), labelAbout(p.key))
	if saysNothing(v) || s.ofProduct(v) || bareMAC(v) != "" || uuidPattern.MatchString(v) || p.weak && keyAbout(v) != aNothing && about != aName && about != aOwner {
		return
	}
	digit := strings.ContainsAny(v, "0123456789")
	if p.weak && !likely(about, v, digit) {
		return
	}
	if rest := s.behindProduct(v); rest != v && bytes.HasSuffix(value, []byte(rest)) {
		v, value = rest, value[len(value)-len(rest):]
	}
	full := len(s.ids)+len(s.words) > mostLearned
	switch {
	case about == aName, about == aOwner && !digit, about == aAddress && streetPattern.MatchString(v):
		if !full {
			s.learnName(v)
		}
		return
	case about != aNetwork && about != aSerial && about != aSecret && about != aOwner:
		return
	case full: // it is written over here, and only here
	case about == aNetwork:
		s.learnNetwork(v)
	case digit && isID(v):
		s.learnID(v, 5)
	}
	switch {
	case p.number:
		number(value)
	case s.ids[v] > 0: // is replaced everywhere
	case len(v) >= 3 || strings.ContainsAny(v, "123456789"):
		shape(value, 1, 'a')
	}
}

// unescaped returns a value without the escapes of JSON, HTML and URLs.
func unescaped(v string) string {
	if t, err := strconv.Unquote(`"` + v + `"`); err == nil {
		v = t
	}
	if t, err := url.PathUnescape(v); err == nil && utf8.ValidString(t) {
		v = t
	}
	return html.UnescapeString(v)
}

// mostLearned is the most that is learned from pages: what is learned is looked for
// everywhere, and a page may be made to hold ten thousand names.
const mostLearned = 1000

// notID is what may stand behind a word for a number without being one of a device: a
// version, a date, a short number, words.
var notID = regexp.MustCompile(`^[\d.,:+-]*\.[\d.,:+-]*$|^\d{1,5}$|[\s(){}<>\[\]=$]`)

// isID reports whether a value can be searched for everywhere without harm.
func isID(v string) bool { return len(v) >= 5 && len(v) <= 64 && !notID.MatchString(v) }

// ofProduct reports whether a value is, or is part of, what the product says it is, or
// only words that belong to products and pages.
func (s *scrubber) ofProduct(v string) bool {
	if slices.ContainsFunc(s.said, func(said string) bool { return strings.EqualFold(said, v) }) {
		return true
	}
	for _, said := range s.masked {
		if i := strings.Index(said, v); len(v) >= 3 && i >= 0 && alone([]byte(said), i, i+len(v)) {
			return true
		}
	}
	words := letters(v)
	known := len(words) > 0 && !strings.ContainsAny(v, "0123456789")
	for _, w := range words {
		known = known && s.keep[w]
	}
	return known
}

// likely reports whether a value behind a weak key is what the key is about, and not the
// next word of a page or a piece of code.
func likely(about about, v string, digit bool) bool {
	switch about {
	case aSerial:
		return digit
	case aNetwork:
		return len(v) <= 32 && !strings.ContainsAny(v, code)
	case aSecret:
		return digit || len(v) >= 5 && !strings.ContainsAny(v, code+" ")
	}
	return digit && about == aOwner || likeAName(v)
}

// code are bytes of programs.
const code = "{}<>()=;"

// codeName is how programs name their own parts, files and hosts.
var codeName = regexp.MustCompile(`^[a-z]+[A-Z][A-Za-z]*$|^[^ ]+\.[^ ]+$`)

// likeAName reports whether a value is likely what a person typed: short, not all in lower
// case, no code.
func likeAName(v string) bool {
	return len(v) <= 40 && strings.Count(v, " ") < 4 && strings.ToLower(v) != v && !strings.ContainsAny(v, code+`[]\$#|/*%`) && !codeName.MatchString(v)
}

// learnNetwork learns a network name: whole, and its words.
func (s *scrubber) learnNetwork(v string) {
	s.learnID(v, 3)
	s.learnName(v)
}
