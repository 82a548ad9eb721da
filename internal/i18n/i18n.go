// Package i18n holds every word a person reads, in Dutch and in English, with
// plurals, dates and numbers.
//
// The texts stand in <language>.json, and the window's own in
// window.<language>.json: one flat object from key to text. A key names the
// meaning ("headline.replace_now"), not the sentence. Values go into positional
// verbs (%[1]s, Text and N) or, for codes that carry named values, into {name}
// (Fill). Both languages are written, not translated word for word, and the tests
// hold them to the same keys and the same verbs.
//
// It promises that no key and no value can make it fail: a missing key shows as
// the key. It refuses to look at the system: the language comes in as an argument.
package i18n

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Language is one the program speaks.
type Language string

// The languages.
const (
	English Language = "en"
	Dutch   Language = "nl"
)

// Languages are all there are, in the order a menu shows them.
var Languages = []Language{Dutch, English}

// Name is the language's name in itself.
func (l Language) Name() string {
	if l == Dutch {
		return "Nederlands"
	}
	return "English"
}

// Parse reads the first language of a locale or of a list of locales that the
// program speaks: "nl_NL.UTF-8", "nl-BE", "de_DE:nl", "C". Frisian readers get
// Dutch. Everything else is English.
func Parse(locale string) Language {
	for one := range strings.FieldsFuncSeq(strings.ToLower(locale), func(r rune) bool { return r == ':' || r == ',' || r == ' ' }) {
		tag, _, _ := strings.Cut(one, ".")
		tag, _, _ = strings.Cut(tag, "@")
		tag, _, _ = strings.Cut(tag, "_")
		tag, _, _ = strings.Cut(tag, "-")
		switch tag {
		case "nl", "nld", "dut", "fy":
			return Dutch
		case "en", "eng":
			return English
		}
	}
	return English
}

//go:embed *.json
var files embed.FS

var texts = map[Language]map[string]string{English: mustLoad(English), Dutch: mustLoad(Dutch)}

// mustLoad reads the embedded files of one language; the tests read the same ones.
func mustLoad(l Language) map[string]string {
	all := map[string]string{}
	for _, name := range []string{string(l) + ".json", "window." + string(l) + ".json"} {
		data, err := files.ReadFile(name)
		if err != nil {
			panic(err)
		}
		if err := json.Unmarshal(data, &all); err != nil {
			panic(name + ": " + err.Error())
		}
	}
	return all
}

// FyneWords returns the translations for Fyne's own few strings in the form its
// lang package reads. Fyne lacks Dutch, and its English is needed to switch back:
// the window puts the chosen language in the place of the system's.
func FyneWords(l Language) []byte {
	data, _ := files.ReadFile("fyne." + string(l) + ".json")
	return data
}

// Keys returns every key of a language, sorted.
func Keys(l Language) []string { return slices.Sorted(maps.Keys(texts[l])) }

// A Printer speaks one language. It is safe for use from many goroutines.
type Printer struct {
	lang  Language
	texts map[string]string
}

// New returns the printer of a language; one that does not exist is English.
func New(l Language) *Printer {
	if texts[l] == nil {
		l = English
	}
	return &Printer{lang: l, texts: texts[l]}
}

// Language is what the printer speaks.
func (p *Printer) Language() Language { return p.lang }

// Has tells whether there is a text for key, for keys made from outside codes.
func (p *Printer) Has(key string) bool { return p.texts[key] != "" }

// Text returns the text for key with args in its positional verbs (%[1]s). A key
// that does not exist comes back as it is.
func (p *Printer) Text(key string, args ...any) string {
	text, ok := p.texts[key]
	if !ok {
		return key
	}
	if len(args) == 0 || !strings.Contains(text, "%") {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// N returns the text for a number of things: key.one for exactly one, else
// key.other, with the number as %[1]d and args after it.
func (p *Printer) N(key string, n int, args ...any) string {
	form := key + ".other"
	if n == 1 {
		form = key + ".one"
	}
	return p.Text(form, append([]any{n}, args...)...)
}

// Fill returns the text for key with each {name} replaced by its value. Values are
// put in as they are: clean what came from outside first.
func (p *Printer) Fill(key string, values map[string]string) string {
	text := p.Text(key)
	if !strings.Contains(text, "{") {
		return text
	}
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if values[name] == "" { // nor a blank before it, nor brackets about it
			pairs = append(pairs, " ({"+name+"})", "", " {"+name+"}", "")
		}
		pairs = append(pairs, "{"+name+"}", values[name])
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Date writes a day out: "21 november 2026", "21 November 2026".
func (p *Printer) Date(t time.Time) string {
	return strconv.Itoa(t.Day()) + " " + p.Month(t)
}

// Month writes a month out: "november 2026", "November 2026".
func (p *Printer) Month(t time.Time) string {
	return p.Text("month."+strconv.Itoa(int(t.Month()))) + " " + p.Year(t)
}

// Year writes a year: "2026".
func (p *Printer) Year(t time.Time) string { return strconv.Itoa(t.Year()) }

// DateText writes out a date in the form "2006-01-02", "2006-01" or "2006", to the
// precision it has. Anything else comes back as it is.
func (p *Printer) DateText(date string) string {
	if t, err := time.Parse(time.DateOnly, date); err == nil {
		return p.Date(t)
	}
	if t, err := time.Parse("2006-01", date); err == nil {
		return p.Month(t)
	}
	return date
}

// OnDate is DateText with the word that goes before it: "on 1 May 2018", "in May 2018".
func (p *Printer) OnDate(date string) string {
	if date == "" {
		return ""
	}
	key := "date.in"
	if len(date) == len(time.DateOnly) {
		key = "date.on"
	}
	return p.Text(key, p.DateText(date))
}

// DateTime writes a moment: "21 november 2026, 14:05", in t's own zone.
func (p *Printer) DateTime(t time.Time) string {
	return p.Date(t) + ", " + t.Format("15:04")
}

// Number writes a whole number with the language's thousands mark: "12.345", "12,345".
func (p *Printer) Number(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + p.Text("number.thousands") + digits[i:]
	}
	return sign + digits
}

// List joins words as the language does: "a", "a en b", "a, b en c".
func (p *Printer) List(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " " + p.Text("list.and") + " " + words[last]
}
