package lifecycle

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// reason makes a reason with the arguments that name the product.
func (j judge) reason(code string, facts []*Fact, args ...string) Reason {
	r := Reason{Code: code, Args: map[string]string{
		"vendor": j.vendor, "model": j.model, "revision": j.id.Revision, "label": j.label,
	}, Sources: sources(facts)}
	for i := 0; i+1 < len(args); i += 2 {
		r.Args[args[i]] = args[i+1]
	}
	return r
}

// endedReason says that support ended, with the date or the range of dates.
func (j judge) endedReason(a assessment) Reason {
	dates := dated(a.ended)
	switch {
	case len(dates) == 0:
		return j.reason(CodeEndedNoDate, a.ended)
	case len(dates) == 1:
		return j.reason(CodeEnded, a.ended, "date", dates[0].String())
	}
	return j.reason(CodeEndedRange, a.ended, "first", dates[0].String(), "last", dates[len(dates)-1].String())
}

// dated returns the distinct dates of the end of security support, or without one
// those of the end of life, earliest first.
func dated(facts []*Fact) []Date {
	for _, says := range []Statement{EndOfSecuritySupport, EndOfLife} {
		var dates []Date
		for _, f := range facts {
			if f.Says == says && f.Date.given() {
				dates = append(dates, f.Date)
			}
		}
		slices.SortFunc(dates, func(a, b Date) int { return a.Last().Compare(b.Last()) })
		dates = slices.CompactFunc(dates, func(a, b Date) bool { return a.String() == b.String() })
		if len(dates) > 0 {
			return dates
		}
	}
	return nil
}

// basis says when what was decided rests on nothing better than second-hand sources
// or an authority, or on another region's list only.
func (j judge) basis(facts []*Fact) []Reason {
	best, here := SecondHand, false
	publishers := map[string]bool{}
	for _, f := range facts {
		best = max(best, f.Source.Trust)
		here = here || home(f.Region)
		if name := f.Source.Publisher; name != j.vendor || f.Source.Via == "" {
			publishers[name] = true
		} else { // the maker's words, as somebody else retells them
			publishers[f.Source.Via] = true
		}
	}
	for name := range publishers { // "Greenbone" says it for "Greenbone community feed"
		first, _, _ := strings.Cut(name, " ")
		if first != name && publishers[first] {
			delete(publishers, name)
		}
	}
	var out []Reason
	switch best {
	case SecondHand:
		out = append(out, j.reason(CodeSecondHandOnly, facts, "publishers", list(publishers)))
	case Authority:
		out = append(out, j.reason(CodeAuthorityOnly, facts, "publishers", list(publishers)))
	}
	if !here {
		out = append(out, j.reason(CodeOtherRegion, facts, "region", each(facts, region)))
	}
	return out
}

// said says who says so: publisher, region and item of each fact.
func said(facts []*Fact) string {
	return each(facts, func(f *Fact) string {
		out := f.Source.Publisher
		for _, s := range []string{f.Region, f.Detail} {
			if s != "" {
				out += " " + s
			}
		}
		return out
	})
}

// each writes what facts say, every word once.
func each(facts []*Fact, say func(*Fact) string) string {
	set := map[string]bool{}
	for _, f := range facts {
		set[say(f)] = true
	}
	return list(set)
}

// region is for where a fact is said.
func region(f *Fact) string { return f.Region }

// list writes a set as words with commas, v2 before v10.
func list(set map[string]bool) string {
	delete(set, "")
	return strings.Join(slices.SortedFunc(maps.Keys(set), Natural), ", ")
}

// Natural compares strings with the numbers in them as numbers: v2 comes before v10.
func Natural(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		n, m := digits(x), digits(y)
		if n == 0 || m == 0 {
			if x[0] != y[0] {
				return cmp.Compare(x[0], y[0])
			}
			x, y = x[1:], y[1:]
			continue
		}
		p, q := strings.TrimLeft(x[:n], "0"), strings.TrimLeft(y[:m], "0")
		if c := cmp.Or(cmp.Compare(len(p), len(q)), cmp.Compare(p, q)); c != 0 {
			return c
		}
		x, y = x[n:], y[m:]
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(a, b))
}

// digits returns how many digits s begins with.
func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// bySide writes names under the standing that each has, as arguments of a reason.
func bySide(all []alternative) []string {
	sides := map[standing]map[string]bool{silent: {}, supported: {}, plan: {}, disagree: {}, ended: {}}
	every := map[string]bool{}
	for _, alt := range all {
		sides[alt.kind][alt.name], every[alt.name] = true, true
	}
	return []string{
		"revisions", list(every), "models", list(every), "ended", list(sides[ended]), "plan", list(sides[plan]),
		"supported", list(sides[supported]), "disagree", list(sides[disagree]), "silent", list(sides[silent]),
	}
}

// withdrawn returns what was taken back, one reason for each ground. It decides nothing,
// and is told so that nobody who met it elsewhere takes it for true.
func (j judge) withdrawn(said []Fact) []Reason {
	by := map[string][]*Fact{}
	for i := range said {
		if f := &said[i]; f.Source.named() && j.wasRead(f) {
			by[f.Why] = append(by[f.Why], f)
		}
	}
	var out []Reason
	for _, why := range slices.Sorted(maps.Keys(by)) {
		out = append(out, j.reason(CodeWithdrawn, by[why], "why", why))
	}
	return out
}

// campaigns returns where the products are named, one reason for each campaign and
// detail. They decide nothing.
func (j judge) campaigns() []Reason {
	type key struct{ campaign, detail, revision string }
	named := map[key][]*Fact{}
	for _, p := range j.m.Products {
		if j.m.Unlisted && p.Revision != "" {
			continue // a sibling is named, this is not known to be
		}
		for i := range p.Facts {
			if f := &p.Facts[i]; f.Says == Named && !f.Withdrawn && f.Source.named() && !f.Date.first().After(j.today) {
				k := key{f.Campaign, f.Detail, p.Revision}
				named[k] = append(named[k], f)
			}
		}
	}
	var out []Reason
	for k, facts := range named {
		out = append(out, j.reason(CodeNamed, facts, "campaign", k.campaign, "detail", k.detail, "revision", k.revision))
	}
	slices.SortFunc(out, func(a, b Reason) int {
		return strings.Compare(a.Args["campaign"]+"\x00"+a.Args["detail"]+"\x00"+a.Args["revision"],
			b.Args["campaign"]+"\x00"+b.Args["detail"]+"\x00"+b.Args["revision"])
	})
	return out
}
