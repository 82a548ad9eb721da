package fingerprint

import (
	"html"
	"regexp"
	"strings"

	"houdbaar/internal/device"
)

var (
	heading   = regexp.MustCompile(`(?is)<h[1-3]\b[^>]{0,120}>(.{1,200}?)</h[1-3]`)
	meta      = regexp.MustCompile(`(?is)<meta\s[^>]{0,60}name=["']?(?:description|generator|application-name)["']?\s[^>]{0,20}content=["']([^"'<>]{2,100})["']`)
	copyright = regexp.MustCompile(`(?is)(?:©|&copy;|copyright)[^<>]{0,20}?(?:19|20)\d\d(?:\s?[-–,]\s?(?:19|20)\d\d)*[,.]?\s*(?:by\s+)?(?:<a\b[^>]{0,120}>\s*)?([A-Z0-9][^<>|\n]{1,50})`)
	element   = regexp.MustCompile(`<[^>]*>`)
)

// readPage reads what a page says of its device in large letters, about itself in its
// head, and at its foot: who made it and, in the first two, the model. All of it is
// weak: a page may speak of other things too.
func (s *Set) readPage(o device.Observation) []claim {
	body := o.Get("body")
	if o.Source != device.SourceHTTP || body == "" {
		return nil
	}
	var out []claim
	say := func(p device.Part, v, vendor, text string) {
		if v == "" {
			return
		}
		out = append(out, claim{
			part: p, value: v, strength: weak, vendor: vendor, rank: sourceRank[o.Source], order: 1 << 23,
			evidence: device.Evidence{Part: p, Gives: v, Rule: "page/text", Source: o.Source, Field: "body", Value: text, Addr: o.Addr, At: o.At},
		})
	}
	for _, text := range large(body) {
		if vendor, model := s.namedFirst(text); vendor != "" {
			say(device.PartVendor, vendor, vendor, text)
			say(device.PartModel, model, vendor, text)
			continue
		}
		for i := range s.tokens {
			if t := &s.tokens[i]; t.find(text) == text && !s.noise(text) {
				say(device.PartVendor, t.vendor, t.vendor, text)
				say(device.PartModel, text, t.vendor, text)
				break
			}
		}
	}
	for _, m := range copyright.FindAllStringSubmatch(body, 2) {
		owner := strings.TrimSpace(html.UnescapeString(m[1]))
		owner, _, _ = strings.Cut(owner, ". ")
		owner, _, _ = strings.Cut(strings.ToLower(owner), " all rights")
		if v, known := s.Vendor(strings.Trim(owner, " .,-")); known && !everyday[fold(owner)] && v != "Microsoft" && v != "Google" {
			say(device.PartVendor, v, v, strings.TrimSpace(m[0]))
		}
	}
	return out
}

// large are the texts of a page's headings and of what its head says it is.
func large(body string) []string {
	var out []string
	for _, re := range []*regexp.Regexp{meta, heading} {
		for _, m := range re.FindAllStringSubmatch(body, 3) {
			text := strings.Join(strings.Fields(html.UnescapeString(element.ReplaceAllString(m[1], " "))), " ")
			if text != "" && len(text) <= 120 {
				out = append(out, text)
			}
		}
	}
	return out
}
