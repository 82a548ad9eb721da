package fingerprint

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"houdbaar/internal/device"
)

// modelNames are the models there are: a line for each vendor and kind, separated by
// tabs. "mkcatalogue models" writes it from the sources of the catalogue.
//
//go:embed rules/models.txt
var modelNames string

// A knownModel is a model that there is.
type knownModel struct {
	vendor, model string
	maker         string      // whom the rules take the vendor for; the house may have several names
	kind          device.Kind // Unknown where nobody wrote it down
}

// know adds the models of a list to the set.
func (s *Set) know(list string) {
	s.known = make(map[string][]knownModel, strings.Count(list, "\t"))
	for line := range strings.Lines(list) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(cells) < 3 {
			continue
		}
		vendor := cells[0]
		maker, known := s.Vendor(vendor)
		if !known {
			maker = vendor
		}
		if squeeze(maker) == squeeze(vendor) {
			vendor = maker // "HUMAX" and "Humax" are one spelling
		}
		for _, model := range cells[2:] {
			if strings.HasPrefix(strings.ToLower(model), strings.ToLower(maker)+" ") {
				its := s.vendors[maker]
				its.SelfNamed = true
				s.vendors[maker] = its
			}
			k := modelKey(model)
			s.known[k] = append(s.known[k], knownModel{vendor, model, maker, device.Kind(cells[1])})
		}
	}
}

// of reports whether the model is a vendor's.
func (m knownModel) of(vendor string) bool { return m.vendor == vendor || m.maker == vendor }

// modelKey is the form in which spellings of one model meet, and of no two: a "MF283+"
// is no MF283, and "WiFi 2-1" is not "WiFi 21".
func modelKey(v string) string {
	var b strings.Builder
	last, apart := ' ', false
	for _, r := range strings.ToLower(v) {
		if letterOrDigit(r) < 0 && r != '+' && !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			apart = true
			continue
		}
		if apart && isDigit(last) && isDigit(r) {
			b.WriteByte('-')
		}
		b.WriteRune(r)
		last, apart = r, false
	}
	return b.String()
}

// inList returns a vendor's model as the list has it, the zero value if it is not there.
func (s *Set) inList(vendor, model string) knownModel {
	for _, m := range s.known[modelKey(model)] {
		if m.of(vendor) {
			return m
		}
	}
	return knownModel{}
}

// isModel reports whether the list has this model of the vendor.
func (s *Set) isModel(vendor, model string) bool { return s.inList(vendor, model).model != "" }

// modelFirst returns how many of the first words are a model of the vendor in the list, 0 if
// none are, or if what follows may make them another one: a "Tenda AX12 Pro" is no AX12.
func (s *Set) modelFirst(vendor string, fields []string) int {
	n := min(7, len(fields))
	for n > 0 && (len(words(fields[n-1])) == 0 || !s.isModel(vendor, strings.Join(fields[:n], " "))) {
		n-- // a dash is no part of a model
	}
	if rest := strings.Join(fields[n:], " "); !modelEnd.MatchString(rest) && s.maker(fields[n:]) != vendor { // "Tapo C210 | TP-Link"
		return 0
	}
	return n
}

// modelEnd is what follows a model and belongs to it no more: nothing, a dash, or words that
// say what sort of thing or page it is. What it sends may tell one model of two: a
// "FRITZ!Box 7690 AX" would be no 7690.
var modelEnd = regexp.MustCompile(`(?i)^(?:$|[-–—|;·•\[]|(?:(?:wireless(?:[ -](?:n|ac|ax|be))?|wi-?fi|broadband|network|internet|ip|gigabit|dual[ -]band|tri[ -]band|802\.11\w*) )*` +
	`(?:router|gateway|modem|camera|device|series|login|log in|sign in|web|admin\w*|setup|config\w*|management|interface|access|settings|status|home ?page|page|server|console)\b)`)

// modelBehind returns the model of the list that words name behind plain ones, "Wireless
// Router Deco BE95". A plain word alone is none: "Withings Home". "" = none.
func (s *Set) modelBehind(vendor string, fields []string) string {
	for i := range fields {
		if n := s.modelFirst(vendor, fields[i:]); n > 0 {
			model := strings.TrimRight(strings.Join(fields[i:i+n], " "), ",;:-–")
			if (n > 1 || !s.descriptive(model)) && !s.noise(model) && !speed.MatchString(model) {
				return model
			}
		}
		if !s.descriptive(fields[i]) {
			break
		}
	}
	return ""
}

// withoutPlain returns the model of the list that words are, but for the maker's name
// before it and plain words behind it: "Ubiquiti UAP-AC" and "R7000 Wireless Router". "" if
// they are none.
func (s *Set) withoutPlain(vendor string, fields []string) string {
	for n := range min(4, len(fields)) {
		maker := fold(strings.Join(fields[:n], " "))
		if n > 0 && (s.provider[maker] || s.aliases[maker] != vendor) {
			continue // a provider's name is part of its boxes': "KPN Box 12"
		}
		if k := s.modelFirst(vendor, fields[n:]); k > 0 && s.descriptive(strings.Join(fields[n+k:], " ")) {
			return strings.Join(fields[n:n+k], " ")
		}
	}
	return ""
}

// modelAmong returns the longest of the vendor's models in the list that words name, "" if
// they name none. What may be a speed is none.
func (s *Set) modelAmong(vendor string, fields []string) string {
	best := ""
	for i := range fields {
		n := s.modelFirst(vendor, fields[i:])
		model := strings.Trim(strings.Join(fields[i:i+n], " "), "(),;:")
		if len(model) > len(best) && looksLikeModel(model) && !speed.MatchString(fields[i+n-1]) && !s.noise(model) {
			best = model
		}
	}
	return best
}

// saidIn is the text that a model was read in: of a camera's scopes the one that has it,
// spelled out, for "RLC-823A%2016X" is no RLC-823A.
func saidIn(c claim) string {
	if c.evidence.Field != "scopes" {
		return c.evidence.Value
	}
	for _, scope := range strings.Fields(c.evidence.Value) {
		if text := pipes["percent"](scope); strings.Contains(text, c.value) {
			return text
		}
	}
	return c.evidence.Value
}

// whole returns the longest model of the vendor that begins where model does in a text: a
// rule that reads "FRITZ!Box 5690" in "FRITZ!Box 5690 XGS" has read another box.
func (s *Set) whole(vendor, text, model string) string {
	at := strings.Index(text, model)
	if vendor == "" || model == "" || at < 0 || len(text) > longTitle || versionBehind.MatchString(text[at+len(model):]) {
		return model
	}
	found := model
	for end := at + len(model) + 1; end <= min(len(text), at+len(model)+longTail); end++ {
		if inWord(text[end:]) {
			continue // an "R7000 Página" is no R7000P
		}
		name := s.inList(vendor, text[at:end]).model
		if name != "" && strings.HasPrefix(text[end:], "+") {
			name = text[at : end+1] // a "Magic 2 WiFi+" is no Magic 2 WiFi
		}
		if len(modelKey(name)) > len(modelKey(found)) {
			found = name
		}
	}
	return found
}

// inWord reports whether rest goes on in the middle of a word or of a letter. Chinese needs
// no space behind a model.
func inWord(rest string) bool {
	if rest == "" {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest)
	return next == utf8.RuneError || isDigit(next) || unicode.IsLower(next) || unicode.IsUpper(next) || unicode.IsMark(next) || unicode.IsNumber(next)
}

// versionBehind is a program's version behind a model: "MC801A/1.0" is no MC801A1.
var versionBehind = regexp.MustCompile(`^/v?\d+\.\d`)

const (
	longTitle = 200 // bytes; longer texts are pages
	longText  = 10 * longTitle
	longTail  = 32 // bytes; what the list has behind another of its models is shorter
)

// sortNumber is what a thing is and a number, which may be anybody's: "NVR516".
var sortNumber = regexp.MustCompile(`^(?:[ndxh]vr|ipc|cam(?:era)?|ap|router|modem|server|printer)\d*$|^nas\d{1,2}$`)

// onlyModel returns the one model that a text names and nothing else, "Login - SB8200",
// if only one maker has a model of that name, else the zero value.
func (s *Set) onlyModel(text string) knownModel {
	if len(text) > 80 || s.gossip.MatchString(text) || sortNumber.MatchString(squeeze(text)) {
		return knownModel{}
	}
	if found := s.known[modelKey(text)]; len(found) == 1 && found[0].kind.Class() != device.ClassCamera && s.distinct(text) && !s.noise(text) {
		return found[0] // "Magic 2 LAN 1-1", not "Home Camera 1080P", which may be anybody's
	}
	fields := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t_|:,;()[]/", r) })
	named := false
	fields = slices.DeleteFunc(fields, func(w string) bool {
		if !strings.ContainsFunc(w, isLetter) && !strings.ContainsFunc(w, isDigit) {
			return true
		}
		named = named || !s.descriptive(w)
		return s.descriptive(w) && !(named && radio.MatchString(w)) // a "MR500 5G" is no MR500
	})
	model := strings.Join(fields, " ")
	if len(fields) == 0 || len(fields) > 3 || len(squeeze(model)) < 5 || !strings.ContainsFunc(model, isLetter) || !s.plausible(model) {
		return knownModel{}
	}
	if found := s.known[modelKey(model)]; len(found) == 1 {
		return found[0]
	}
	return knownModel{}
}

// distinct reports whether several words are too many to be a model by chance: they are
// long, have a number, and one is more than what sort of thing it is.
func (s *Set) distinct(text string) bool {
	name := func(w string) bool { return strings.ContainsFunc(w, isLetter) && !s.descriptive(w) }
	return len(words(text)) > 1 && len(squeeze(text)) > 7 && strings.ContainsFunc(text, isDigit) && slices.ContainsFunc(words(text), name)
}

// radio are the words behind a model that say what it sends, which make it another one.
var radio = regexp.MustCompile(`(?i)^(?:n|ac|ax|be|[345]g|lte|dual|mesh|adsl2?|v?dsl|fib(?:er|re)|gpon|wi-?fi6?)$`)

// modelFields are the fields in which firmware writes its own model's name without its
// maker's.
var modelFields = map[string][]string{
	device.SourceSSDP:       {"server"},
	device.SourceHTTP:       {"realm", "title", "title#2", "server", "certificate.cn"},
	device.SourceMDNS:       {"txt.md", "txt.model", "instance"},
	device.SourceWSD:        {"scope.hardware", "scope.name"},
	device.SourceUPnP:       {"modelName", "modelNumber"},
	device.SourceDeviceInfo: {"model"},
}

// readKnown reads a field that is nothing but a model that one maker has: a title
// "SB8200" is Arris's. It is a weak claim, beside what says who made it, and a guess.
func (s *Set) readKnown(o device.Observation) []claim {
	if embeddedDevice(o) || o.Source == device.SourceMDNS && !ownNameServices.MatchString(o.Get("service")) {
		return nil
	}
	if v, _ := s.Vendor(o.Get("manufacturer")); v != "" {
		return nil
	}
	for _, field := range modelFields[o.Source] {
		text := o.Get(field)
		if field == "server" {
			text, _, _ = strings.Cut(text, "/")
		}
		m := s.onlyModel(text)
		if m.model == "" && field == "instance" {
			m = s.onlyModel(withoutAddress(text))
		}
		if m.model == "" || o.Source == device.SourceMDNS && isShort(text) { // a service may be a computer's
			continue
		}
		c := claimAt(o, field, "models", orderPage, m.vendor, weak)
		c.guessed, c.called = true, field == "certificate.cn" // which anybody may show
		return c.naming(m.vendor, m.model)
	}
	return nil
}

// squeeze leaves the letters and digits of a name, in lower case.
func squeeze(v string) string { return strings.Map(letterOrDigit, strings.ToLower(v)) }
