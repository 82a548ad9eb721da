package fingerprint

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"houdbaar/internal/device"
)

// besideWords are the fields in which more than the model may stand.
var besideWords = map[string]bool{"title": true, headings: true, "realm": true, "server": true, "modelDescription": true,
	"txt.md": true, "txt.model": true, "txt.am": true, "scope.hardware": true, "Model": true}

// modelAlone are the fields that hold a model; where a rule takes only a part of one, its
// families have yet to see to it.
var modelAlone = map[string]bool{"modelName": true, "modelNumber": true}

// doubtful reports whether what says a model may say it of another device, or of a program.
func (s *Set) doubtful(o device.Observation, c *claim) bool {
	below := c.evidence.Field == headings || c.order == orderPage // a title
	return modelAlone[c.evidence.Field] && s.amid(c) || passedOn(o) || s.bridged(o, c) || below && s.strange(o.Get("title"), c)
}

// amid reports whether a model stands in a text among words that say neither who made the
// thing nor what sort of thing or page it is: an "R7000 Emulator" is a program.
func (s *Set) amid(c *claim) bool {
	before, after, found := s.around(c)
	if !found {
		return false
	}
	if beside := before + " " + after; s.gossip.MatchString(beside) || s.watching.MatchString(beside) {
		return true
	}
	kind := s.inList(c.vendor, c.value).kind
	expected := func(w string) bool {
		if sort := s.sorts[w].Class(); sort != device.ClassUnknown && kind != device.Unknown && sort != kind.Class() {
			return false // an "R7000 Printer" is a printer beside it
		}
		return s.plainFor(c.vendor, w) || serial.MatchString(w)
	}
	maker := func(name string) bool { return c.vendor != "" && s.aliases[name] == c.vendor }
	seller := func(name string) bool { return maker(name) || s.provider[name] }
	for _, w := range s.withoutNames(words(s.spaced(before)), seller) {
		if !expected(w) && !s.lines[w] && !strings.ContainsFunc(w, isDigit) {
			return true
		}
	}
	for i, w := range s.withoutNames(words(s.spaced(after)), maker) {
		number := strings.Trim(w, "0123456789") == ""
		if !expected(w) && (i == 0 || !number) { // an "R7000 2" is another model
			return true
		}
	}
	return false
}

// plus reports whether a model was read out of another's name: a "WL-351+" is no WL-351.
func plus(c *claim) bool {
	_, after, _ := cutFold(c.evidence.Value, c.value)
	return c.evidence.Field != "body" && strings.HasPrefix(after, "+")
}

// cutFold is strings.Cut whatever the case of English letters.
func cutFold(text, model string) (before, after string, found bool) {
	for i := 0; model != "" && i+len(model) <= len(text); i++ {
		if strings.EqualFold(text[i:i+len(model)], model) {
			return text[:i], text[i+len(model):], true
		}
	}
	return text, "", false
}

// around returns what stands before and behind a model in its text, as far as it may tell of
// another thing. found is false where the text has the model in other letters.
func (s *Set) around(c *claim) (before, after string, found bool) {
	field, model := c.evidence.Field, c.value
	if besideWords[field] && !strings.Contains(s.inList(c.vendor, model).model, "(") {
		model = strings.TrimSpace(brackets.ReplaceAllString(model, ""))
	}
	text := versions.ReplaceAllString(c.evidence.Value, " ")
	if before, after, found = strings.Cut(text, model); !found {
		before, after, found = cutFold(text, model) // "F@st 5359 X", which a rule wrote in capitals
	}
	after = strings.ReplaceAll(after, model, " ")
	switch {
	case field == "server": // where other programs stand beside it
		before, after = "", after[:strings.IndexAny(after+"/", "/,;()")]
	case field == "modelDescription" && s.advertises(after):
		after = ""
	case strings.HasPrefix(after, "/") && c.vendor == "TP-Link": // whose way it is to write one build for two
		_, after, _ = strings.Cut(after, " ")
	}
	after = ownPages.ReplaceAllString(after, " ")
	if leadsUp.MatchString(before) && !notItself.MatchString(before) {
		before = "" // "TP-LINK Wireless Lite N Router WR740N" may be the box's words
	}
	return before, after, found
}

// plainFor reports whether a word beside a model of a vendor's says what sort of thing or
// page it is, or who the vendor is.
func (s *Set) plainFor(vendor, w string) bool {
	return s.descriptive(w) && !s.others[w] || s.sections[w] || slices.Contains(words(vendor), w) || speed.MatchString(w)
}

// strange reports whether a page's title says more than maker, model and sort of page: what
// is below "Smokeping" or "FRITZ!Box Monitor" may be about a router.
func (s *Set) strange(title string, c *claim) bool {
	if squeeze(title) == squeeze(c.value) || c.vendor != "" && s.tokensMaker(title) == c.vendor {
		return false
	}
	titled, _ := s.namedFirst(title)
	vendor, model := cmp.Or(c.vendor, titled), words(c.value)
	maker := func(name string) bool { return vendor != "" && s.aliases[name] == vendor }
	return slices.ContainsFunc(s.withoutNames(words(s.spaced(title)), maker), func(w string) bool {
		its := s.plainFor(vendor, w) || s.lines[w] || s.legal[w] || slices.Contains(model, w)
		return !its && !strings.ContainsFunc(w, isDigit)
	})
}

var (
	// versions are versions, with the words for them or of three numbers, and hardware addresses.
	versions = regexp.MustCompile(`(?i)[ (-]*\b(?:(?:h/?w|hardware|f/?w|firmware|software)[.: ]*)?(?:ver(?:sion)?|rev(?:ision)?|h/?w|f/?w|firmware|build|release)[.: ]*(?:[a-z]\d?|v?\d[\w.]*)\b|` +
		`\bv?\d+(?:\.\d+){2,}\S*|_\d\d\b|\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b`)
	// ownPages are what devices call their pages in several words, one of which alone may be a
	// program's name.
	ownPages = regexp.MustCompile(`(?i)\bweb g?ui\b|\bcontrol (?:panel|cent(?:er|re))\b|\b(?:panel de control|panneau de contr[oô]le|painel de controle|pannello di controllo)\b`)
	// serial is a number, or an address, behind a model.
	serial = regexp.MustCompile(`^\d{3,}$|^[0-9a-f]{4,12}$`)
	// leadsUp are words for a sort of thing at the end of what stands before a model; with one
	// of notItself among it, another thing, or none, is spoken of.
	leadsUp   = regexp.MustCompile(`(?i)\b(?:router|gateway|modem|camera|switch|printer|access point)s?[\s:-]*$`)
	notItself = regexp.MustCompile(`(?i)\b(?:for|of|on|to|via|with|by|von|für|van|voor|de|pour|para|di|per|(?:emulat|simulat|monitor)\w*|virtual|fake|mock|dummy|demo)\b`)
)

// ofComputers are web servers as computers run them, which no router's firmware does: what
// they show is another device's page, passed on, or a program's.
var ofComputers = regexp.MustCompile(`(?i)\((?:ubuntu|debian|raspbian|fedora|centos|rocky|almalinux|red hat|rhel|suse|arch|win32|win64)\b|^(?:caddy|traefik|envoy|haproxy|openresty|cloudflare|simplehttp|gunicorn|uvicorn|hypercorn|waitress|werkzeug|tornadoserver|kestrel|cowboy|microsoft-iis)\b|\b(?:aiohttp|python)/\d`)

// frameworks are what programs on computers are written with, as X-Powered-By names them.
var frameworks = regexp.MustCompile(`(?i)^(?:express|next\.js|asp\.net)\b`)

// inHome are the categories of HomeKit that things of a class offer themselves in, with a
// bridge's (2): cameras and doorbells, routers. What is in another imitates them.
var inHome = map[device.Class]string{device.ClassCamera: " 2 17 18 ", device.ClassNetwork: " 2 33 "}

// bridged reports whether a service of HomeKit's is another device's, offered by a program.
func (s *Set) bridged(o device.Observation, c *claim) bool {
	if !strings.HasPrefix(o.Get("service"), "_hap.") {
		return false
	}
	vendor, model := c.vendor, c.value
	if first, bare := s.namedFirst(c.value); bare != "" {
		vendor, model = first, bare
	}
	kind := cmp.Or(s.inList(vendor, model).kind, s.readAs(vendor, model).kind)
	categories, category := inHome[kind.Class()], o.Get("txt.ci")
	return s.watching.MatchString(o.Get("instance")) || categories != "" && category != "" && !strings.Contains(categories, " "+category+" ")
}

// passedOn reports whether a page comes from a computer's web server, or through a relay.
func passedOn(o device.Observation) bool {
	return o.Source == device.SourceHTTP && (ofComputers.MatchString(o.Get("server")) || o.Get("header.via") != "" || frameworks.MatchString(o.Get("header.x-powered-by")))
}
