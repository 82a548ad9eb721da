package fingerprint

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// This file takes a page apart into what it says under which label, wherever that is written:
// in rows, lines, marks, fields and, in pages_script.go, scripts. What the labels mean is in
// words.json, and of what it is said is for pages_meaning.go.

// A said is a value that a page gives under a label that means something.
type said struct {
	label, value string // entities resolved, blanks joined
	means        string // the label's group in words.json
	by           how
	after        string  // what its line goes on with behind the value
	tag          string  // the element that the value stands in
	first        bool    // the label begins its line, or stands behind a stroke; the mark is an id
	cell         bool    // the label stands in a cell, or where a list has its labels
	row          int     // the label's, of a table; 0 = none
	under        string  // the heading above; in a script, the name before the label's dot
	before       []text  // the last texts before the label in its section, the nearest first
	form         *object // of a field; its name is how it is called, and where it is sent
	in           *object // of a script; nil = none
}

// how says in what way a page gives a value.
type how uint8

const (
	row      how = iota // in a row or a list: a label, and in the next element its value
	line                // in a line, "Model: X1"
	spoken              // in a line without a colon, "Firmware 1.2"
	mark                // in an element whose id, class or name is the label
	field               // in a hidden field of a form
	head                // in the page's head, its outermost element or a remark
	key                 // in an object of a script
	variable            // in a variable of a script
)

// bare reports whether the label is the one word "Firmware", of which it need not be said.
func (x *said) bare() bool { return x.means == labelBare }

// shown reports whether people see label and value; scripted whether a script has them.
func (x *said) shown() bool    { return x.by <= spoken }
func (x *said) scripted() bool { return x.by == key || x.by == variable }

// A pageText is what a page says.
type pageText struct {
	said     []said
	metas    []string // what its head says it is
	large    []string // its headings
	titles   []string // greetings, and elements that are marked as a title
	scripted []string // titles that a script gives it
	lists    bool     // a script has a list of other devices
}

// mostAlike is how many models or versions a page may give: one with more is a list, of devices or of
// releases.
const mostAlike = 100

// few returns those of what a page says that are as wanted, none if they are too many.
func (p *pageText) few(wanted func(x *said) bool) []said {
	few := slices.DeleteFunc(slices.Clone(p.said), func(x said) bool { return !wanted(&x) })
	if len(few) > mostAlike {
		return nil
	}
	return few
}

// A text is what stands between two marks of a page.
type text struct {
	words     string
	tag       string   // of the element that begins with it, "" where another did
	marks     []markOf // that element's
	block     int      // texts of one block stand in one line
	row, cell int      // 0 = in no table
	first     int      // the row that its table begins with
	label     bool     // in a cell, or where a list has its labels
	choice    bool     // one of several to choose from
	section   int      // the number of its heading
}

// A markOf is an element's id, class or name.
type markOf struct {
	name string
	id   bool
}

// A place is a row and a cell in it.
type place struct{ row, cell int }

// A reader takes one page apart.
type reader struct {
	pageText
	words    *vocabulary
	title    string
	texts    []text
	at       text             // the next text, without its words
	cells    []int            // how many each row has, from 1
	above    map[place]string // what stands in the first rows of tables
	sections []string         // headings, "" where the last has ended
	form     *object
	heading  *strings.Builder // the words of the one that has begun, nil = none
	headTag  string
	inside   bool // what a script writes, or noscript holds, is being read
	template int  // how many elements are open whose content a script copies into the page
	lines    bool // in text that is shown with the lines it has
	titled   int  // from which text on an element is marked as a title; -1 = none
}

// readHTML takes a page apart. title is what its observation has as its title: the same again as a
// heading is no section's.
func (v *vocabulary) readHTML(body, title string) *pageText {
	r := &reader{words: v, title: strings.TrimSpace(title), sections: []string{""}, cells: []int{0}, titled: -1, form: &object{}, above: map[place]string{}}
	if trimmed := strings.TrimSpace(body); strings.HasPrefix(trimmed, "<") || strings.Contains(body, "</") {
		r.html(body)
	} else { // lines, or a script
		for _, l := range strings.Split(body, "\n") {
			r.at.block++
			r.text(l)
		}
		r.script(body)
	}
	r.sayTexts()
	return &r.pageText
}

// What elements are for.
var (
	lineTags    = setOf("td th tr table tbody thead div p li ul ol dl dt dd br hr form fieldset legend section header footer main body caption center h1 h2 h3 h4 h5 h6 title nav article aside select option button")
	sectionTags = setOf("table fieldset section") // a heading does not rule beyond their end
	headingTags = setOf("h1 h2 h3 h4 h5 h6 legend caption")
	largeTags   = setOf("h1 h2 h3")
	labelTags   = setOf("td th dt")
	valueTags   = setOf("span div td p b font label strong") // which pages mark
	outerTags   = setOf("html body main header footer")
	outerDivs   = setOf("app root main page")
	rawTags     = setOf("script title style textarea noscript noframes") // the tokenizer leaves what is in them as it is
	aboutNames  = setOf("description generator application-name")
)

func setOf(words string) map[string]bool { return set(strings.Fields(words)) }

// html reads a page, or what a script writes into it.
func (r *reader) html(body string) {
	z := html.NewTokenizer(strings.NewReader(body))
	raw, left := "", len(body)
	for {
		kind := z.Next()
		left -= len(z.Raw())
		switch kind {
		case html.ErrorToken:
			r.endHeading()
			return
		case html.TextToken:
			switch raw {
			case "":
				if words := string(z.Text()); left > 0 || r.inside || strings.HasSuffix(words, "\n") { // else it is cut
					r.text(words)
				}
			case "title":
				r.greeting(oneBlank(string(z.Text())))
			case "script":
				r.script(string(z.Raw()))
			case "noscript", "noframes":
				r.inner(string(z.Raw()))
			}
		case html.CommentToken: // "<!-- Firmware Version: 1.2.3 -->"
			label, value, _ := strings.Cut(string(z.Text()), ":")
			r.say(said{label: strings.TrimSpace(label), value: strings.TrimSpace(value), by: head})
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			tag := string(name)
			attr := attributes(z, more)
			r.begin(tag, attr)
			if raw = ""; rawTags[tag] {
				raw = tag
			}
			if notRun.MatchString(attr["type"]) {
				raw = "style"
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			r.end(string(name))
			raw = ""
		}
	}
}

// notRun is the type of a script that tells a search engine of a program, or has gaps that another fills.
var notRun = regexp.MustCompile(`(?i)ld\+json|template|handlebars|mustache`)

// inner reads HTML that stands inside another, once.
func (r *reader) inner(body string) {
	if !r.inside {
		r.inside = true
		r.html(body)
		r.inside = false
	}
}

// mostAttributes is how many of an element are read.
const mostAttributes = 40

func attributes(z *html.Tokenizer, more bool) map[string]string {
	if !more {
		return nil
	}
	attr := map[string]string{}
	for more && len(attr) < mostAttributes {
		var k, v []byte
		k, v, more = z.TagAttr()
		attr[string(k)] = strings.TrimSpace(string(v))
	}
	return attr
}

func (r *reader) begin(tag string, attr map[string]string) {
	r.between(tag)
	switch tag {
	case "table":
		r.at.first = len(r.cells)
	case "tr":
		r.cells = append(r.cells, 0)
		r.at.row, r.at.cell = len(r.cells)-1, 0
	case "td", "th":
		if r.at.row == 0 {
			r.cells = append(r.cells, 0)
			r.at.row = len(r.cells) - 1
		}
		r.cells[r.at.row]++
		r.at.cell = r.cells[r.at.row]
	case "select", "option":
		r.at.choice = true
	case "template":
		r.template++
	case "pre":
		r.lines = true
	case "form":
		r.form = &object{name: attr["action"] + " " + attr["name"] + " " + attr["id"]}
	case "meta":
		if name := strings.ToLower(attr["name"]); aboutNames[name] {
			r.metas = append(r.metas, attr["content"])
		} else {
			r.say(said{label: name, value: attr["content"], by: head})
		}
	case "input":
		r.form.offers = r.form.offers || offering.MatchString(attr["name"])
		if strings.EqualFold(attr["type"], "hidden") {
			r.say(said{label: attr["id"], value: attr["value"], by: field, form: r.form})
			r.say(said{label: attr["name"], value: attr["value"], by: field, form: r.form})
		}
	}
	if labelTags[tag] {
		r.at.label = true
	}
	if headingTags[tag] {
		r.endHeading()
		r.heading, r.headTag = &strings.Builder{}, tag
	}
	r.at.tag = tag
	r.marks(tag, attr)
}

// marks reads what an element's attributes say of the page, or of what stands in the element.
func (r *reader) marks(tag string, attr map[string]string) {
	if outerTags[tag] || tag == "div" && outerDivs[strings.ToLower(attr["id"])] {
		for k, v := range attr {
			if k, ours := strings.CutPrefix(k, "data-"); ours {
				r.say(said{label: k, value: v, by: head})
			}
		}
	}
	if valueTags[tag] && attr != nil {
		for _, k := range []string{"id", "class", "name", "data-i18n"} {
			if attr[k] != "" {
				r.at.marks = append(r.at.marks, markOf{attr[k], k == "id"})
			}
		}
		if titleMark.MatchString(attr["id"]) || titleMark.MatchString(attr["class"]) {
			r.titled = len(r.texts)
		}
	}
}

// between begins a new line at the elements that do, and forgets the last element's marks.
func (r *reader) between(tag string) {
	if lineTags[tag] {
		r.at.block++
	}
	r.at.tag, r.at.marks = "", nil
}

// titleMark is the mark of an element that is as good as a heading.
var titleMark = regexp.MustCompile(`(?i)^(?:login|page|head(?:er)?|logo|product|main)[-_]?(?:title|label|text)$`)

func (r *reader) end(tag string) {
	r.between(tag)
	switch tag {
	case "tr", "table":
		r.at.row, r.at.cell = 0, 0
	case "select":
		r.at.choice = false
	case "template":
		r.template = max(0, r.template-1)
	case "pre":
		r.lines = false
	case "form":
		r.form = &object{}
	}
	if labelTags[tag] {
		r.at.label = false
	}
	if headingTags[tag] {
		r.endHeading()
	}
	if sectionTags[tag] {
		r.section("")
	}
	if r.titled >= 0 {
		var words []string
		for _, t := range r.texts[r.titled:] {
			words = append(words, t.words)
		}
		r.titles, r.titled = append(r.titles, strings.Join(words, " ")), -1
	}
}

// endHeading ends a heading: it rules over what follows.
func (r *reader) endHeading() {
	if r.heading == nil {
		return
	}
	words := oneBlank(r.heading.String())
	r.heading = nil
	if largeTags[r.headTag] {
		r.large = append(r.large, words)
	}
	if words == r.title && looksLikeModel(words) && !ofUpdate.MatchString(words) {
		words = ""
	}
	r.section(words)
}

func (r *reader) section(heading string) {
	r.sections = append(r.sections, heading)
	r.at.section = len(r.sections) - 1
}

// oneBlank returns a text with one blank where a page has several.
func oneBlank(s string) string { return strings.Join(strings.Fields(s), " ") }

// text reads what stands between two marks.
func (r *reader) text(s string) {
	if r.lines && strings.Contains(strings.TrimSpace(s), "\n") {
		for l := range strings.Lines(s) {
			r.at.block++
			r.text(l)
		}
		return
	}
	words := oneBlank(s)
	if words == "" || r.template > 0 {
		return
	}
	if r.heading != nil {
		r.heading.WriteString(" " + words)
	}
	r.greeting(words)
	t := r.at
	t.words = words
	r.texts = append(r.texts, t)
	if t.row > 0 && t.row == t.first {
		r.above[place{t.row, t.cell}] = words
	}
	r.at.tag, r.at.marks = "", nil
}

// welcome is a greeting that is as good as a heading.
const welcome = "welcome to "

func (r *reader) greeting(words string) {
	if len(words) > len(welcome) && len(words) <= 72 && strings.EqualFold(words[:len(welcome)], welcome) {
		r.titles = append(r.titles, words)
	}
}

const (
	longLabel = 60 // bytes: longer is no label
	someTexts = 3  // texts before a label in which an offer may be spoken of
)

// say keeps what is said under a label that means something.
func (r *reader) say(x said) {
	if x.label == "" || x.value == "" || len(x.label) > longLabel {
		return
	}
	if x.means = r.words.means(&x); x.means != "" {
		r.said = append(r.said, x)
	}
}

// sayTexts pairs labels with values in the texts that people read.
func (r *reader) sayTexts() {
	for i, t := range r.texts {
		if t.choice {
			continue
		}
		for _, m := range t.marks {
			r.sayText(i, said{label: m.name, value: t.words, by: mark, tag: t.tag, first: m.id})
		}
		strokes := strings.FieldsFunc(t.words, func(c rune) bool { return c == '|' || c == '•' || c == '·' })
		for n, part := range strokes {
			for k, s := range strings.FieldsFunc(part, func(c rune) bool { return c == ',' || c == ';' }) {
				r.sayLine(i, strings.TrimSpace(s), k == 0, n == len(strokes)-1)
			}
		}
	}
}

// sayLine reads a part of a text: a label with its value, or one whose value is the next text.
// first says that it is the first of those between commas, last that it is at the text's end.
func (r *reader) sayLine(i int, s string, first, last bool) {
	t := &r.texts[i]
	x := said{by: line, tag: t.tag, first: first, cell: t.label}
	if last {
		x.after = r.rest(i)
	}
	colon := strings.IndexAny(s, ":：=")
	if colon < 0 {
		if n := strings.IndexFunc(s, isDigit); n > 0 {
			if n = strings.LastIndexByte(s[:n], ' '); n > 0 {
				y := x
				y.by, y.first, y.label, y.value = spoken, first && last, strings.TrimSuffix(s[:n], " is"), s[n+1:]
				r.sayText(i, y)
			}
		}
		colon = len(s)
	}
	x.label, x.value = strings.TrimSpace(s[:colon]), afterColon(s[colon:])
	if short, more, ok := strings.Cut(x.value, " "); ok && len(short) <= 6 && hardwareFirst.MatchString(x.label) {
		r.sayLine(i, more, false, last) // "Hardware Version: B1 Firmware Version: 1.12"
	}
	if next := r.valueOf(i); x.value == "" && last && len(s) <= longLabel && next >= 0 {
		v := &r.texts[next]
		x.value, x.after, x.tag = afterColon(v.words), r.rest(next), v.tag
		if t.block != v.block || colon == len(s) && x.value == v.words {
			x.by = row
		}
	}
	r.sayText(i, x)
}

func afterColon(s string) string { return strings.TrimLeft(s, ":：= ") }

// hardwareFirst is a label before which, in one line, that of the firmware may stand.
var hardwareFirst = regexp.MustCompile(`(?i)^hardware (?:version|revision)$`)

// rest returns what stands behind a text in its line.
func (r *reader) rest(i int) string {
	var rest []string
	for _, t := range r.texts[i+1:] {
		if t.block != r.texts[i].block || len(rest) == someTexts {
			break
		}
		rest = append(rest, t.words)
	}
	return strings.Join(rest, " ")
}

// valueOf returns which text is the value of a label: the next one, unless it is one of several to
// choose from or stands below another label of a row of them; a cell below what is of other firmware is
// passed over. -1 = none.
func (r *reader) valueOf(i int) int {
	label := &r.texts[i]
	for n, v := range r.texts[i+1 : min(len(r.texts), i+1+someTexts)] {
		switch {
		case v.choice || v.section != label.section && r.sections[v.section] != "":
			return -1
		case label.row > 0 && v.row != label.row && r.cells[label.row] > 1:
			return -1
		case v.row > v.first && otherVersion.MatchString(r.above[place{v.first, v.cell}]):
		case afterColon(v.words) != "":
			return i + 1 + n
		}
	}
	return -1
}

// sayText says x of a label in a text, with what stands above and before it.
func (r *reader) sayText(i int, x said) {
	t := &r.texts[i]
	x.under, x.row = r.sections[t.section], t.row
	said := len(r.said)
	if r.say(x); len(r.said) == said {
		return
	}
	for _, b := range slices.Backward(r.texts[max(0, i-someTexts):i]) {
		if b.section != t.section {
			break
		}
		b.label = b.label && (b.row == 0 || r.cells[b.row] > 1)
		r.said[said].before = append(r.said[said].before, b)
	}
}
