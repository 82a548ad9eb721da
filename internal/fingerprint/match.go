package fingerprint

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"houdbaar/internal/device"
)

// A capture is the text of a group, the field it was found in, and what of the field shows
// it: all of it, but of a page what was read, or the mark. Of the whole, named says that the
// rule found in a description's name, which people give, what it looks for in other fields too.
type capture struct {
	text, field, shows string
	named              bool
}

// match returns what the rule's groups captured, nil if it does not match. The
// captures hold every group by name, and under "" the first that matched as a whole.
func (r *rule) match(o device.Observation, low *lowered) map[string]capture {
	got := map[string]capture{}
	for _, c := range r.whens {
		field, groups := c.in(o, low)
		if groups == nil {
			return nil
		}
		whole := capture{field: field, shows: o.Fields[field]}
		page := field == "body" // which may hold what is private, and is too long to show
		if page {
			whole.shows = strings.ToValidUTF8(groups[0][:min(len(groups[0]), longMark)], "")
		}
		for i, n := range c.re.SubexpNames() {
			if n == "" || groups[i] == "" {
				continue
			}
			part := capture{text: strings.TrimSpace(groups[i]), field: field, shows: whole.shows}
			if page {
				part.shows = part.text
				whole.shows = part.text
			}
			got[n] = part
		}
		if first, has := got[""]; has {
			whole = first
		}
		whole.named = whole.named || field == "friendlyName" && len(c.fields) > 1
		got[""] = whole
	}
	for _, c := range r.unless {
		if _, groups := c.in(o, low); groups != nil {
			return nil
		}
	}
	return got
}

// longMark is how much is shown of a mark that a rule found in a page, in bytes.
const longMark = 80

// in returns the first field that matches, and its groups; nil if none does.
func (c condition) in(o device.Observation, low *lowered) (field string, groups []string) {
	for _, f := range c.fields {
		if v, said := o.Fields[f]; said && low.hasAny(f, c.need) {
			if groups = c.re.FindStringSubmatch(v); groups != nil {
				return f, groups
			}
		}
	}
	return "", nil
}

var templateGroup = regexp.MustCompile(`\{([^{}|]+)((?:\|[a-z0-9]+)*)\}`)

// fill fills a template from captures and returns the text and the captures that it came from,
// one of each field and at least one. A group that captured nothing leaves nothing.
func fill(template string, got map[string]capture) (text string, from []capture) {
	text = templateGroup.ReplaceAllStringFunc(template, func(p string) string {
		m := templateGroup.FindStringSubmatch(p)
		c, ok := got[m[1]]
		if !ok {
			return ""
		}
		if !slices.ContainsFunc(from, func(had capture) bool { return had.field == c.field }) {
			from = append(from, c)
		}
		t := c.text
		for _, f := range strings.Split(m[2], "|")[1:] {
			t = pipes[f](t)
		}
		return t
	})
	if len(from) == 0 {
		from = []capture{got[""]}
	}
	return strings.TrimSpace(text), from
}

// pipes are what a template may do to a group: {group|pipe}.
var pipes = map[string]func(string) string{
	"upper":  strings.ToUpper,
	"spaces": func(t string) string { return strings.TrimSpace(strings.NewReplacer("_", " ", "+", " ").Replace(t)) },
	"percent": func(t string) string {
		if u, err := url.PathUnescape(t); err == nil {
			return u
		}
		return t
	},
}

var revisionWord = regexp.MustCompile(`(?i)^(?:h/?w|hardware)?[\s.:_-]*(?:version|ver|revision|rev)?[\s.:_-]*(v?)[\s.:_-]*([a-z]?[0-9][0-9a-z]?(?:\.[0-9]+)*|[a-z][0-9]?|[0-9.]+)$`)

// Revision returns a hardware revision in the form the label has it: "B1" for
// "rev. b1", "V5" for "v5", "2.0" as it is. What is no revision comes back as it is.
func Revision(raw string) string {
	raw = strings.TrimSpace(raw)
	m := revisionWord.FindStringSubmatch(raw)
	if m == nil {
		return raw
	}
	return strings.ToUpper(m[1] + m[2])
}

// Words returns the words of the patterns by which an identity was told, in texts of
// several words each. They belong to products, also where they stand in a name that a
// person gave.
func (s *Set) Words(id device.Identity) []string {
	var out []string
	for _, r := range s.all {
		if !slices.ContainsFunc(id.Evidence, func(e device.Evidence) bool { return e.Rule == r.name }) {
			continue
		}
		for _, p := range r.When {
			out = append(out, patternSyntax.ReplaceAllString(p, " "))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// patternSyntax is what letters of a pattern do not stand for themselves.
var patternSyntax = regexp.MustCompile(`\\[pP]\{\w+\}|\\[a-zA-Z]|\(\?[^:)]*[:)]|\[[^\]]*\]`)
