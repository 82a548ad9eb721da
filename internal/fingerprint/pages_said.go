package fingerprint

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// This file is about what a page says under which label: it pairs the labels with the values in the
// texts that pages_html.go has taken out of it. What the labels mean is in words.json, and of what
// it is said is for pages_meaning.go.

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
	lists    bool     // it has a list of other devices
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

// several reports whether a page tells of several devices: each has a heading, and below it a model
// and another version than the next.
func (p *pageText) several() bool {
	model, runs := map[string]bool{}, map[string]string{} // by heading
	for i := range p.said {
		switch x := &p.said[i]; {
		case !x.shown() || x.under == "" || x.ofOther():
		case x.means == labelModel:
			model[x.under] = true
		case x.means == labelFirmware || x.bare():
			runs[x.under] = x.value
		}
	}
	maps.DeleteFunc(runs, func(heading, _ string) bool { return !model[heading] })
	return len(set(slices.Collect(maps.Values(runs)))) > 1
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
