package fingerprint

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"houdbaar/internal/device"
)

// stronger orders claims, the strongest first.
func stronger(a, b claim) int {
	return cmp.Or(
		cmp.Compare(b.strength, a.strength),
		cmp.Compare(a.depth, b.depth),
		cmp.Compare(b.rank, a.rank),
		cmp.Compare(a.order, b.order),
		cmp.Compare(a.value, b.value),
		a.evidence.Addr.Compare(b.evidence.Addr),
		a.evidence.At.Compare(b.evidence.At),
	)
}

// settle picks the strongest claim for a part, keeps the evidence of all that agree
// with it, and notes a doubt where strong claims disagree. The vendor is settled first.
func settle(id *device.Identity, claims []claim, p device.Part) string {
	var best *claim
	var disputes func(c *claim) bool
	sure := false // somebody says so who does not guess and whom nobody imitates
	var others []string
	// Observations whose strongest reading was seen: a weaker one is no contradiction, but that
	// the type of a description says one thing and its words another.
	read, typed := map[int]bool{}, map[int]bool{}
	for i := range claims {
		c := &claims[i]
		// A model, revision or firmware of another maker's program or part is not this
		// device's. Kind and name stand for themselves.
		if c.part != p || doubtful(p) && c.vendor != "" && id.Vendor != "" && c.vendor != id.Vendor {
			continue
		}
		if best == nil {
			best, disputes = c, disputing(c, claims)
		}
		switch {
		case same(p, best.value, c.value):
			sure = sure || c.sure()
			id.Evidence = append(append(id.Evidence, c.evidence), c.also...)
		case (!read[c.from] || c.typed() && !typed[c.from]) && !slices.Contains(others, c.value) && disputes(c):
			others = append(others, c.value)
			id.Evidence = append(id.Evidence, c.evidence)
		}
		read[c.from], typed[c.from] = true, typed[c.from] || c.typed()
	}
	if best == nil {
		return ""
	}
	if p == device.PartKind && !sure && !slices.Contains(others, best.imitator) {
		others = append(others, best.imitator)
	}
	if len(others) > 0 || (p == device.PartVendor || p == device.PartModel) && !sure {
		id.Doubts = append(id.Doubts, device.Doubt{Part: p, Values: append([]string{best.value}, others...)})
	}
	return best.value
}

// typed reports whether c is a kind that the type of a description says, by itself or with words.
func (c *claim) typed() bool {
	return c.part == device.PartKind && c.evidence.Field == "deviceType"
}

// disputing returns what says of another claim for the same part, with another value,
// whether it puts the best one in doubt.
func disputing(best *claim, claims []claim) func(c *claim) bool {
	p := best.part
	switch {
	case best.strength == person || p != device.PartKind && !doubtful(p):
		return func(*claim) bool { return false }
	case p == device.PartKind:
		return func(c *claim) bool {
			return (c.strength >= family || c.strength == generic && !isName[c.evidence.Field]) && hides(best, c)
		}
	case p == device.PartRevision || p == device.PartFirmware:
		return func(c *claim) bool { return c.strength >= family || asPlain(best, c) }
	}
	other, whole := otherThings(claims), wholeNames(claims)
	return func(c *claim) bool {
		if p == device.PartVendor && other[c.from] && best.evidence.Source != device.SourceHTTP {
			return false
		}
		return c.strength >= family || c.strength == generic && whole[c.from] ||
			p == device.PartModel && asPlain(best, c) && !within(c.value, best.value) && !within(best.value, c.value)
	}
}

// asPlain reports whether two pages, or two documents, say what they say equally plainly.
// Either may speak of a part or of another device, so neither contradicts a stronger word;
// but where there is none, nothing makes the one truer than the other.
func asPlain(a, b *claim) bool {
	source := a.evidence.Source
	return a.strength == b.strength && source == b.evidence.Source && (source == device.SourceHTTP || source == device.SourceDeviceInfo)
}

// within reports whether the words of a model stand in another's: "Archer" is the line of
// an "Archer C7", and "C7" the same without it. An R7000P is no R7000.
func within(model, other string) bool {
	return strings.Contains(" "+strings.Join(words(other), " ")+" ", " "+strings.Join(words(model), " ")+" ")
}

// hides reports whether a thing that is never judged got the better of one that is:
// what a device is then stays in doubt, so that nobody can talk a router out of sight.
func hides(best, c *claim) bool {
	b, o := device.Kind(best.value).Class(), device.Kind(c.value).Class()
	return b == device.ClassOther && o != device.ClassOther && o != device.ClassUnknown
}

// doubtNamed puts a kind that is never judged in doubt where nothing but a name says it, which
// people give, and anything else says that this is one that is judged, or its maker makes some:
// an access point or a camera that somebody calls "TV" stays in sight. A maker's television box
// says somewhere that it plays.
func (s *Set) doubtNamed(id *device.Identity, claims []claim) {
	if id.Kind.Class() != device.ClassOther || slices.ContainsFunc(id.Doubts, func(d device.Doubt) bool { return d.Part == device.PartKind }) {
		return
	}
	var hidden *claim
	other := false // something else says that this is never judged
	for i := range claims {
		c := &claims[i]
		given := c.called || (isName[c.evidence.Field] || c.evidence.Field == "host") && c.strength < family
		switch {
		case c.part != device.PartKind:
		case given:
		case c.value == string(id.Kind):
			return
		case hides(&claim{value: string(id.Kind)}, c):
			hidden = cmp.Or(hidden, c)
		default:
			other = true
		}
	}
	if made := s.makesJudged(id.Vendor); hidden == nil && !other && made != device.Unknown {
		if i := slices.IndexFunc(claims, func(c claim) bool {
			return c.part == device.PartVendor && c.value == id.Vendor && !isName[c.evidence.Field]
		}); i >= 0 {
			of := claims[i].giving(device.PartKind, string(made))
			hidden = &of
		}
	}
	if hidden != nil {
		id.Evidence = append(id.Evidence, hidden.evidence)
		id.Doubts = append(id.Doubts, device.Doubt{Part: device.PartKind, Values: []string{string(id.Kind), hidden.value}})
	}
}

// makesJudged returns a kind of thing a vendor makes that is judged, Unknown if none is.
func (s *Set) makesJudged(vendor string) device.Kind {
	its := s.vendors[vendor]
	kinds := []device.Kind{its.Kind}
	for _, f := range its.Families {
		kinds = append(kinds, f.Kind)
	}
	i := slices.IndexFunc(kinds, func(k device.Kind) bool { return k != device.Unknown && k.Class() != device.ClassOther })
	if i < 0 {
		return device.Unknown
	}
	return kinds[i]
}

// otherThings are the observations about something that is never judged: a light
// bridge or a television that a program on a NAS plays does not put its maker in doubt.
func otherThings(claims []claim) map[int]bool {
	other := map[int]bool{}
	for _, c := range claims { // the strongest first
		if _, seen := other[c.from]; !seen && c.part == device.PartKind {
			other[c.from] = device.Kind(c.value).Class() == device.ClassOther
		}
	}
	return other
}

// wholeNames are the observations that say both maker and model in so many words. What
// another one reads better does not silence them: a page title cannot talk a router that
// names itself into being another maker's, or another model.
func wholeNames(claims []claim) map[int]bool {
	maker, model := map[int]bool{}, map[int]bool{}
	for _, c := range claims {
		if c.strength >= generic {
			maker[c.from] = maker[c.from] || c.part == device.PartVendor
			model[c.from] = model[c.from] || c.part == device.PartModel
		}
	}
	maps.DeleteFunc(maker, func(from int, named bool) bool { return !named || !model[from] })
	return maker
}

// doubtful says whether a contradiction in this part matters.
func doubtful(p device.Part) bool {
	return p == device.PartVendor || p == device.PartModel || p == device.PartRevision || p == device.PartFirmware
}

var (
	brackets   = regexp.MustCompile(`\([^)]*\)`)
	ownVersion = regexp.MustCompile(`v\d+$`)
)

// same says whether two values of a part say the same, written differently.
func same(p device.Part, a, b string) bool {
	if a == b {
		return true
	}
	switch p {
	case device.PartModel:
		if strings.HasSuffix(a, "+") != strings.HasSuffix(b, "+") {
			return false // a DS218+ is no DS218
		}
		x, y := squeeze(brackets.ReplaceAllString(a, "")), squeeze(brackets.ReplaceAllString(b, ""))
		if x == y || strings.TrimPrefix(x, "tl") == strings.TrimPrefix(y, "tl") {
			return true
		}
		// "R7500" and "R7500v2" do not contradict each other; "v2" and "v3" do.
		return ownVersion.ReplaceAllString(x, "") == y || ownVersion.ReplaceAllString(y, "") == x
	case device.PartRevision:
		// "V2" and "2.0" are two forms of one revision; "2.1" is another.
		x, y := strings.TrimPrefix(strings.ToLower(a), "v"), strings.TrimPrefix(strings.ToLower(b), "v")
		return strings.TrimSuffix(x, ".0") == strings.TrimSuffix(y, ".0")
	case device.PartFirmware:
		// One may be the whole string, the other the number inside it.
		x, y := numbers(a), numbers(b)
		if len(x) > len(y) {
			x, y = y, x
		}
		if len(x) == 0 {
			return strings.EqualFold(a, b)
		}
		for i := 0; i+len(x) <= len(y); i++ {
			if slices.Equal(y[i:i+len(x)], x) {
				return true
			}
		}
		return false
	}
	return strings.EqualFold(a, b)
}

// numbers are the runs of digits in a version, without leading zeros.
func numbers(v string) []string {
	out := strings.FieldsFunc(v, func(r rune) bool { return r < '0' || r > '9' })
	for i := range out {
		out[i] = strings.TrimLeft(out[i], "0")
	}
	return out
}
