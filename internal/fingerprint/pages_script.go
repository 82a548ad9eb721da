package fingerprint

import (
	"cmp"
	"regexp"
	"strings"
	"text/scanner"

	"houdbaar/internal/device"
)

// This file reads what the scripts of a page state: variables, and the keys of objects.
// Nothing is run.

// An object is what stands between two brackets of a script.
type object struct {
	name     string // a variable, a key or a function that it is handed to
	function bool   // it is the body of a function so called
	in       *object
	open     string // the bracket it begins with
	depth    int
	holds    int // objects in it
	place    int // of those before it in a list
	listed   bool

	model, maker string // what it says these are, as it says it
	offers       bool   // it has what only firmware to be fetched, or another device in a mesh, has
}

// deepest is how many brackets of a script are read inside one another.
const deepest = 50

// A token is a word or a sign of a script.
type token struct {
	text string
	kind rune // of text/scanner; every text is a scanner.String
}

func (t token) is(sign string) bool { return t.kind != scanner.String && t.text == sign }

// beforePattern reports whether a stroke behind a word begins a pattern, and is no division.
func (t token) beforePattern() bool {
	return t.kind == scanner.Ident && t.text == "return" || t.kind != scanner.String && len(t.text) == 1 && strings.Contains("(,=:[!&|?{};", t.text)
}

// behindCondition reports whether a script ends with a condition in brackets, of which this is the
// first: "if (x) /'/.test(y)".
func (s script) behindCondition(first int) bool {
	word := s.at(first - 1)
	return s.at(len(s)-1).is(")") && word.kind == scanner.Ident && conditionWord.MatchString(word.text)
}

var conditionWord = regexp.MustCompile(`^(?:if|while|for|with)$`)

// A script is its words and signs, without remarks and patterns.
type script []token

func readScript(js string) script {
	var s scanner.Scanner
	s.Init(strings.NewReader(js))
	s.Mode = scanner.ScanIdents | scanner.ScanFloats | scanner.ScanStrings | scanner.ScanRawStrings | scanner.ScanChars | scanner.ScanComments | scanner.SkipComments
	s.Error = func(*scanner.Scanner, string) {} // a page may be cut anywhere
	s.IsIdentRune = func(c rune, i int) bool {
		return c == '_' || c == '$' || isLetter(c) || i > 0 && isDigit(c)
	}
	var out script
	var opened []int // the brackets ( that are open
	last := 0        // the one that was closed last
	for kind := s.Scan(); kind != scanner.EOF; kind = s.Scan() {
		t := token{s.TokenText(), kind}
		switch kind {
		case scanner.String, scanner.RawString, scanner.Char:
			quote := t.text[:1]
			if len(t.text) == 1 || !strings.HasSuffix(t.text, quote) {
				continue // cut in the middle
			}
			t = token{escapes.Replace(strings.Trim(t.text, quote)), scanner.String}
		case '/':
			if len(out) == 0 || out[len(out)-1].beforePattern() || out.behindCondition(last) {
				skipPattern(&s)
				continue
			}
		case '(':
			opened = append(opened, len(out))
		case ')':
			if n := len(opened) - 1; n >= 0 {
				last, opened = opened[n], opened[:n]
			}
		}
		out = append(out, t)
	}
	return out
}

var escapes = strings.NewReplacer(`\/`, `/`, `\"`, `"`, `\'`, `'`, `\n`, " ", `\t`, " ")

// skipPattern reads a pattern to its end: there may be quotes in it.
func skipPattern(s *scanner.Scanner) {
	class := false
	for c := s.Next(); c != scanner.EOF && c != '\n'; c = s.Next() {
		switch {
		case c == '\\':
			s.Next()
		case c == '[' || c == ']':
			class = c == '['
		case c == '/' && !class:
			return
		}
	}
}

// at returns a word, an empty one outside of the script.
func (s script) at(i int) token {
	if i < 0 || i >= len(s) {
		return token{}
	}
	return s[i]
}

// listOfOthers is the name of a list of other devices.
var listOfOthers = regexp.MustCompile(`(?i)(?:devices|clients|hosts|stations|cameras|neighbou?rs)$`)

// script reads what a script says, and what it writes into the page.
func (r *reader) script(js string) {
	s := readScript(js)
	inside, last := &object{}, &object{}
	name, function := "", "" // of the bracket that comes next
	for i, t := range s {
		switch {
		case t.is("function"):
			if function = s.at(i + 1).text; function == "(" {
				function = name
			}
		case t.kind == scanner.Ident || t.kind == scanner.String:
			end := i + 1
			if t.kind == scanner.String && s.at(i-1).is("[") && s.at(end).is("]") { // info["fw"] = "1.2"
				end++
			}
			switch sign := s.at(end); {
			case sign.is("(") && t.kind == scanner.Ident:
				name = t.text
				v := s.at(end + 1)
				if name == translate && s.at(end+2).is(",") {
					v = s.at(end + 3)
				}
				if v.kind == scanner.String && (name == "write" || name == "writeln" || name == translate) {
					r.inner(v.text)
				}
			case sign.is(":") || sign.is("=") && !s.at(end+1).is("="):
				name = t.text
				r.assign(inside, s, i, end)
			}
		case strings.Contains("{[(", t.text):
			if inside.depth == deepest {
				return
			}
			r.lists = r.lists || t.is("[") && listOfOthers.MatchString(name)
			o := &object{name: name, in: inside, open: t.text, depth: inside.depth + 1}
			if t.is("{") && s.at(i-1).is(")") { // "check() {" without the word too
				o.name, o.function, function = cmp.Or(function, last.name), true, ""
			}
			if t.is("{") && s.at(i-1).is(">") && s.at(i-3).is(")") { // check = () => {
				o.name, o.function = last.name, true
			}
			if t.is("{") && inside.in != nil && inside.open != "{" {
				o.place, o.listed = inside.holds, inside.open == "["
				inside.holds++
			}
			name, inside = "", o
		case strings.Contains("}])", t.text) && inside.in != nil:
			inside, last = inside.in, inside
		case t.is(",") || t.is(";"):
			name = ""
		}
	}
}

// workedOut are signs behind a text by which it is not what is given.
var workedOut = setOf("+ . [ ? %")

// translate is how routers of D-Link write a label in the reader's language: I18N("h", "Model Name").
const translate = "I18N"

// template is how cameras of D-Link write what their page is filled with: GV("1.01", "1.00").
const template = "GV"

// assign says what a script gives a name to, where it is a text and nothing is joined to it. The
// name is word i, the sign behind it word sign.
func (r *reader) assign(inside *object, s script, i, sign int) {
	v, behind := s.at(sign+1), s.at(sign+2)
	if v.is(template) {
		v, behind = s.at(sign+3), token{}
	}
	x := said{label: s[i].text, value: v.text, by: key, in: inside}
	if s[sign].is("=") {
		x.by = variable
	} else {
		inside.offers = inside.offers || offering.MatchString(x.label) || strings.EqualFold(x.label, "role") && othersRole.MatchString(x.value)
	}
	if v.kind != scanner.String || behind.kind != scanner.String && workedOut[behind.text] || s[sign].is("=") && inside.open == "(" {
		return // it is worked out, or what a function takes when it is given nothing
	}
	for n := i; n >= 2 && s[n-1].is(".") && s[n-2].kind == scanner.Ident; n -= 2 {
		x.under = strings.TrimSuffix(s[n-2].text+"."+x.under, ".")
	}
	if x.by == variable && x.label == "title" && x.under == "document" && (behind.text == "" || behind.is(";")) {
		r.scripted = append(r.scripted, x.value)
	}
	r.say(x)
	if x.by == key {
		switch label := device.Letters(x.label); {
		case inside.model == "" && (label == "product" || strings.HasPrefix(label, "model")):
			inside.model = x.value
		case inside.maker == "" && r.words.labels[label] == labelVendor:
			inside.maker = x.value
		}
	}
}
