package announce

import (
	"html"
	"regexp"
	"slices"
	"strings"

	"houdbaar/internal/device"
)

var (
	// refresh is the element that sends a browser on, and its address (HTML, "Shared
	// declarative refresh steps"). Its attributes come in any order.
	refresh = regexp.MustCompile(`(?is)<meta\b[^>]*\bhttp-equiv\s*=\s*["']?refresh\b[^>]*`)
	toURL   = regexp.MustCompile(`(?i)\b[0-5]\s*[;,]\s*(?:url\s*=\s*)?["']?([^"'<>\s]+)`)
	// toScript is a script that sends a browser on to an address that stands there in whole,
	// or with something to keep it from being cached behind it.
	toScript = regexp.MustCompile(`(?i)\blocation(?:\.href)?\s*=\s*["']([^"'\\]{1,200})["']|\blocation\.(?:replace|assign)\(\s*["']([^"'\\]{1,200})["']`)
	// unseen is what a browser does not show.
	unseen   = regexp.MustCompile(`(?is)<script\b.*?(?:</script\s*>|$)|<style\b.*?</style\s*>|<noscript\b.*?</noscript\s*>|<title\b.*?</title\s*>|<!--.*?-->|<[^>]*>`)
	noScript = regexp.MustCompile(`(?is)<noscript\b.*?</noscript\s*>`)
	// asksFor is what a page has that a person is to use: that page is where the way ends.
	asksFor  = regexp.MustCompile(`(?i)<(?:input|form|button|select)\b`)
	frameset = regexp.MustCompile(`(?i)<frameset\b`)
	// frame is a part of a page that stands at an address of its own; a name and an address
	// that a script puts together are none.
	frame       = regexp.MustCompile(`(?is)<i?frame\b([^>]*)`)
	frameSource = regexp.MustCompile(`(?is)(?:^|\s)src\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))`)
	frameName   = regexp.MustCompile(`(?i)\s(?:name|id)\s*=\s*["']?\w*`)
	plainPlace  = regexp.MustCompile(`^[\w./~%?=&:,;@-]{1,200}$`)
	notShown    = regexp.MustCompile(`(?is)<!--.*?-->|<noscript\b.*?</noscript\s*>|<noframes\b.*?</noframes\s*>`)
)

// framePages are words in the address and name of a frame that say what it shows, the most
// telling first. A frame with none of them is less telling than the first two sorts.
var framePages = []*regexp.Regexp{
	regexp.MustCompile(`(?i)status|info|about|system|device|version|firmware|overview|summary`),
	regexp.MustCompile(`(?i)main|home|index|login|logon|title|top|banner|head|logo`),
}

var (
	// tellsNothing is in the address or name of a frame that is not worth a question: no
	// text, without end, or the same of every device.
	tellsNothing = regexp.MustCompile(`(?i)help|blank|empty|foot|copyright|hidden|dummy|video|live(?:view|image)?\b|stream|snapshot|chat|\.(?:jpe?g|gif|png|bmp|ico|svg|css|js|json|swf|cab|jar|avi|mp4|mjpe?g|asf|pdf|zip|bin|cfg)$`)
	onlyLeads    = regexp.MustCompile(`(?i)menu|tree|nav|left`)
	// acts is in the address of a frame that may do something: a form's program, a query to
	// any program but a page, or one that says what to do.
	acts = regexp.MustCompile(`(?i)(?:go|boa)form|^[^?]*cgi[^?]*\?|[?&;](?:act\w*|cmd|command|ctrl|do|exec|fn|func|function|method|op\w*|run|set\w*|submit\w*|todo)=`)
)

// framesMost is how many frames of one page are told of: more than are asked for, since some
// may be elsewhere.
const framesMost = 8

// seenMost is the most text, in bytes, of a page that only says that it sends one on.
const seenMost = 300

// Onward returns where a page, an observation of source "http", sends its visitor at
// once, as the device wrote it: by a redirect (RFC 9110, section 15.4), a refresh within
// five seconds, or a script on a page that shows nothing else; or what it shows in
// frames, the most telling first. nil = nowhere.
func Onward(o device.Observation) []string {
	if slices.Contains([]string{"301", "302", "303", "307", "308"}, o.Get("status")) {
		first, _, _ := strings.Cut(o.Get("header.location"), ", ") // it may have been sent twice
		return named(first)
	}
	body := o.Get("body")
	if o.Get("status") != "200" {
		return nil
	}
	if frameset.MatchString(body) { // which shows nothing else
		return frames(body)
	}
	if asksFor.MatchString(body) || len(strings.Join(strings.Fields(unseen.ReplaceAllString(body, " ")), " ")) > seenMost {
		return nil
	}
	if frame.MatchString(body) {
		return frames(body)
	}
	if m := toScript.FindStringSubmatch(body); m != nil {
		return named(m[1] + m[2])
	}
	if m := toURL.FindStringSubmatch(refresh.FindString(noScript.ReplaceAllString(body, ""))); m != nil {
		return named(html.UnescapeString(m[1]))
	}
	return nil
}

// named returns one place, if there is one.
func named(place string) []string {
	if place = strings.TrimSpace(place); place == "" {
		return nil
	}
	return []string{place}
}

// frames returns the addresses of the most telling frames of a page.
func frames(body string) []string {
	var ranks [4][]string
	for _, m := range frame.FindAllStringSubmatch(notShown.ReplaceAllString(body, ""), -1) {
		source, name := frameSource.FindStringSubmatch(m[1]), frameName.FindStringSubmatch(m[1])
		if source == nil {
			continue
		}
		place := html.UnescapeString(strings.TrimSpace(source[1] + source[2] + source[3]))
		rank, ok := telling(place, strings.Join(name, " "))
		if ok && !slices.Contains(ranks[rank], place) {
			ranks[rank] = append(ranks[rank], place)
		}
	}
	told := slices.Concat(ranks[0], ranks[1], ranks[2])
	if len(told) == 0 {
		told = ranks[3]
	}
	return told[:min(len(told), framesMost)]
}

// telling returns how much a frame's address and name promise, the most first: what
// framePages has, anything else, and what only leads elsewhere. false = not to be read.
func telling(place, name string) (rank int, ok bool) {
	what, _, _ := strings.Cut(place, "?")
	what = name + " " + what[strings.LastIndexByte(what, '/')+1:]
	if !plainPlace.MatchString(place) || acts.MatchString(place) || tellsNothing.MatchString(what) {
		return 0, false
	}
	if onlyLeads.MatchString(what) {
		return 3, true
	}
	if rank = slices.IndexFunc(framePages, func(p *regexp.Regexp) bool { return p.MatchString(what) }); rank < 0 {
		return 2, true
	}
	return rank, true
}
