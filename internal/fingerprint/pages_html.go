package fingerprint

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// This file takes a page apart into texts, and into what its elements themselves say: fields, marks, its
// head and, in pages_script.go, scripts.

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
	option   bool // the next text is one to choose: it stands behind a button of several
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
	r.lists = r.lists || r.several()
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
			t := z.Token()
			attr := map[string]string{}
			for _, a := range t.Attr[:min(len(t.Attr), mostAttributes)] {
				attr[a.Key] = strings.TrimSpace(a.Val)
			}
			r.begin(t.Data, attr)
			if raw = ""; rawTags[t.Data] {
				raw = t.Data
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
		r.option = strings.EqualFold(attr["type"], "radio")
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
	if valueTags[tag] {
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
	t.words, t.choice = words, t.choice || r.option
	r.option = false
	r.texts = append(r.texts, t)
	if t.row > 0 && t.row == t.first {
		r.above[place{t.row, t.cell}] = words
	}
	if (t.tag == "b" || t.tag == "strong") && numbered.MatchString(words) {
		r.section(words)
	}
	r.at.tag, r.at.marks = "", nil
}

// numbered is what stands in bold above one of several, as a heading does: "CH1 Front door".
var numbered = regexp.MustCompile(`(?i)^(?:ch(?:annel)?|cam(?:era)?|node|satellite) ?\d{1,2}\b`)

// welcome is a greeting that is as good as a heading.
const welcome = "welcome to "

func (r *reader) greeting(words string) {
	if len(words) > len(welcome) && len(words) <= 72 && strings.EqualFold(words[:len(welcome)], welcome) {
		r.titles = append(r.titles, words)
	}
}
