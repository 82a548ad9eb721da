package casefile

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"

	"houdbaar/internal/announce"
)

// Words for what a person has, which a person's name stands beside.
const (
	personal = `iphone|ipad|ipod|macbook|macbookpro|macbookair|imac|mac-mini|mac-pro|galaxy|pixel|laptop|desktop|notebook|computer|pc|phone|telefoon|telefon|handy|mobiel|tablet|watch|airpods|nas|mac`
	owned    = personal + `|camera|kamera|cam|webcam|router|server|media ?server|mediaserver|modem|repeater|printer|drucker|tv|televisie|fernseher|box|fritz!?box|dvr|nvr|diskstation|deurbel|doorbell|switch|` +
		`wifi|wlan|netwerk|network|kamer|slaapkamer|kinderkamer|room|bedroom|zimmer|huis|house|home|thuis|familie|family`
)

// personPatterns find names of persons by how people name what they have. Every group is
// a name.
var personPatterns = []*regexp.Regexp{
	// "NAS van Annelies", "Camera of Bob Smith", "iPhone von Karl", "iPhone-van-Piet"
	regexp.MustCompile(`(?:^|[^\pL])(?i:` + owned + `)[\w ]{0,16}[ _-](?:van|von|of|bij|bei|Van|Von)[ _-](?:(?:de|den|der|het|dem|the) )?(\p{Lu}\pL+(?:[ -]\p{Lu}\pL+)?)`),
	// "Bob's R7000", "Annelies' NAS"
	regexp.MustCompile(`(?:^|[^\pL])(\p{Lu}\pL+)(?:['’´]s|s['’´]|&#0?39;s|&apos;s|&rsquo;s|['’´]) (?:(?i:` + owned + `)(?:[^\pL]|$)|[A-Z][\w-]*\d)`),
	// "Annelies-iPhone", "Piets-MacBook-Pro", "ANNELIES-PC"
	regexp.MustCompile(`(?:^|[^\pL\d_-])(\p{Lu}\pL+)[_-](?i:` + personal + `)(?:[^\pL]|$)`),
	// "laptop-Sophie", "iPhone_Piet"
	regexp.MustCompile(`(?:^|[^\pL\d_-])(?i:` + personal + `)[_-](\p{Lu}\pL+)(?:[^\pL\d_-]|$)`),
	// "Welcome Annelies Pietersen!", "Logged in as: annelies"
	regexp.MustCompile(`(?m)^\s*(?i:welcome|welkom|willkommen|hello|hallo|hi|dag)[, ]+(\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)?)[.!]?\s*$`),
	regexp.MustCompile(`(?i:logged in as|signed in as|ingelogd als|aangemeld als|angemeldet als):?\s+(\pL+)`),
	// "AnneliesNAS", "AnneliesPC"
	regexp.MustCompile(`(?:^|[^\pL\d_-])(\p{Lu}\p{Ll}+(?:NAS|PC|iPhone|iPad|MacBook))(?:[^\pL\d]|$)`),
}

// headingPatterns find them in titles, realms and headings alone.
var headingPatterns = []*regexp.Regexp{
	// "Annelies Pietersen - R7000"
	regexp.MustCompile(`^(\p{Lu}\p{Ll}+ (?:(?:van|de|der|den|von|ten|ter) ){0,2}\p{Lu}\p{Ll}+)(?:\s+[-–|]|\s*:)\s.*(?:\d|(?i:` + owned + `))`),
	// "Camera Annelies", "FRITZ!Box Annelies"
	regexp.MustCompile(`^(?i:\w*camera|kamera|(?:web)?cam|nas|(?:fritz!?)?box|\w*kamer|\w*zimmer|\w*room|tv)[: ]+(\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)?)$`),
}

var (
	headingPattern = regexp.MustCompile(`(?i)<(?:title|h[1-6])\b[^<>]*>([^<]{1,120})`)
	realmPattern   = regexp.MustCompile(`(?i)\brealm\s*=\s*("[^"\r\n]{1,120}|[^"\s,][^",\r\n]{0,120})`)
	titleKey       = regexp.MustCompile(`(?i)"title"\s*:\s*"([^"]{1,120})`)
	windowsName    = regexp.MustCompile(`\b(?:DESKTOP|LAPTOP)-([A-Z0-9]{7})\b`) // what Windows calls a computer
	tagPattern     = regexp.MustCompile(`(?is)<style\b.*?</style>|<[^<>]*>`)
)

// people returns the words of names of persons that a text has by its shape, but for those
// that belong to products. A heading is a text that a person gave to the whole.
func (s *scrubber) people(text string, heading bool) []string {
	patterns := personPatterns
	if heading {
		patterns = append(headingPatterns[:len(headingPatterns):len(headingPatterns)], personPatterns...)
	}
	var out []string
	for _, p := range patterns {
		for _, m := range p.FindAllStringSubmatch(text, -1) {
			for _, name := range m[1:] {
				w := slices.DeleteFunc(letters(name), func(w string) bool { return particles[w] })
				if !s.anyKept(w) {
					out = append(out, w...)
				}
			}
		}
	}
	return out
}

// anyKept reports whether one of the words belongs to products: then the others, which
// stand beside it, do too.
func (s *scrubber) anyKept(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return s.keep[w] || s.keep[strings.TrimSuffix(w, "s")] || notPeople[w] })
}

// particles stand within names of persons.
var particles = map[string]bool{"van": true, "de": true, "der": true, "den": true, "het": true, "von": true, "ten": true, "ter": true, "dem": true}

// notPeople are words that have the shape of a person's name.
var notPeople = map[string]bool{
	"today": true, "manufacturer": true, "owner": true, "customer": true, "let": true, "it": true, "that": true, "there": true, "here": true, "what": true, "who": true,
	"things": true, "your": true, "my": true, "our": true, "this": true, "mobile": true, "smart": true, "set": true, "mini": true, "tower": true, "blade": true,
}

// learnPeople learns names of persons from what a message or document shows: headings,
// realms, SERVER, and its texts.
func (s *scrubber) learnPeople(b []byte, head int) {
	for _, p := range []*regexp.Regexp{headingPattern, realmPattern, titleKey} {
		for _, m := range p.FindAllSubmatch(b, -1) {
			s.learnWords(s.people(strings.Trim(unescaped(string(m[1])), "\" \t\r\n"), true))
		}
	}
	s.learnWords(s.people(string(b[:head]), false))
	body := b[head:]
	if htmlMark.Match(body) {
		body = tagPattern.ReplaceAll(body, []byte("\n"))
	}
	s.learnWords(s.people(unescaped(string(body)), false))
	for _, m := range windowsName.FindAllSubmatch(b, -1) {
		s.learnID(string(m[1]), 7)
	}
}

// learnWords notes words of names, in lower case.
func (s *scrubber) learnWords(words []string) {
	for _, w := range words {
		if len(s.words) < mostLearned {
			s.words.of(w)
		}
	}
}

// hostPattern finds names of a home on the internet: what stands before the domain of a
// service that gives them out.
var hostPattern = regexp.MustCompile(`(?i)\b((?:[a-z0-9_-]+\.)+)(?:` +
	strings.NewReplacer(".", `\.`, "*", `[a-z-]+`).Replace(strings.Join(strings.Fields(ddnsDomains), "|")) + `)\b`)

// ddnsDomains are those of makers and of services for everybody; * is any word.
//
//go:embed ddns.txt
var ddnsDomains string

// quickConnect finds the name of a home behind a slash.
var quickConnect = regexp.MustCompile(`(?i)\bquickconnect\.to/([a-z0-9_-]+)`)

// homeWord and homeHost find the name of a device within a home, in an address on the web or
// where one is asked for by it: a single word, or what stands before an end that only homes
// use, or one maker's devices ("kast.fritz.box").
var (
	homeWord = regexp.MustCompile(webHost + `([a-z0-9_-]*[a-z][a-z0-9_-]*)` + hostEnd)
	homeHost = regexp.MustCompile(webHost + `((?:[a-z0-9_-]+\.)+)(?:local|localdomain|lan|home|home\.arpa|internal|intranet|` +
		`router|gateway|setup|station|cpe|cube|ip|fritz\.(?:box|nas|repeater|powerline))` + hostEnd)
)

// homeDomain finds the domain of a home where its own page sends one: all of it but its end.
var homeDomain = regexp.MustCompile(`(?im)^(?:location:[ \t]*https?://|host:[ \t]*)((?:[a-z0-9_-]+\.)+)([a-z]{2,})` + hostEnd)

// webHost and hostEnd are what stands around a host.
const (
	webHost = `(?im)(?:://|^host:[ \t]*)`
	hostEnd = `(?:[:/"'<\s]|$)`
)

// hosts learns the names that homes have on the internet and devices have in them, and writes
// over those that no word search would find.
func (s *scrubber) hosts(b []byte) {
	for _, p := range []*regexp.Regexp{hostPattern, quickConnect, homeWord, homeHost, homeDomain} {
		for _, m := range p.FindAllSubmatchIndex(b, -1) {
			if p == homeDomain && given(string(b[m[2]:m[5]])) {
				continue
			}
			for _, label := range strings.Split(strings.TrimSuffix(string(b[m[2]:m[3]]), "."), ".") {
				if s.ofProduct(label) {
					continue
				}
				s.learnName(label)
				if strings.ContainsAny(label, "0123456789") {
					s.learnID(label, 3)
				}
			}
		}
	}
}

// given tells whether a host is a maker's name for its device, or is a service's that gives
// names out.
func given(host string) bool { return announce.OwnName(host) || hostPattern.MatchString(host) }
