package report

import (
	"regexp"

	"houdbaar/internal/i18n"
)

// The three things that package flag has to say about a call.
var (
	unknownFlag = regexp.MustCompile(`^flag provided but not defined: -(.*)$`)
	needsValue  = regexp.MustCompile(`^flag needs an argument: -(.*)$`)
	badValue    = regexp.MustCompile(`^invalid (?:boolean )?value "(.*)" for (?:flag )?-([a-z-]+): `)
)

// FlagText says what is wrong with a flag of a call, by the error of package flag.
func FlagText(p *i18n.Printer, err error) string {
	text := err.Error()
	if m := unknownFlag.FindStringSubmatch(text); m != nil {
		return p.Text("ctl.flag.unknown", Clean(m[1], 60))
	}
	if m := needsValue.FindStringSubmatch(text); m != nil {
		return p.Text("ctl.flag.value", m[1])
	}
	if m := badValue.FindStringSubmatch(text); m != nil {
		value := Clean(m[1], 60)
		if key := "ctl.flag." + m[2]; p.Has(key) {
			return p.Text(key, value)
		}
		return p.Text("ctl.flag.wrong", value, m[2])
	}
	return Clean(text, 200)
}
