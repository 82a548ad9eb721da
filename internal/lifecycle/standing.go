package lifecycle

import (
	"cmp"
	"slices"
	"time"
)

// A standing is what the facts about one product come to on a day.
type standing uint8

// The standings. silent is the zero value: nothing is said.
const (
	silent standing = iota
	supported
	plan
	disagree // one source says ended, another supported or updated since
	ended
)

// An assessment is the facts about one product, sorted by what they say on a day.
// Withdrawn facts and facts without a source are left out of all.
type assessment struct {
	kind standing

	ended   []*Fact // security support, or all support, is over
	since   []*Fact // released after ended, which is said for other regions only
	ending  []*Fact // dated, within the horizon
	later   []*Fact // listed as ended without a date, within the horizon after the day
	stopped []*Fact // discontinued or no longer sold
	strong  []*Fact // fresh: a dated end in the future, or the vendor's list of supported models; this region
	afar    []*Fact // the same, of another region
	release []*Fact // weaker: firmware released lately
	second  []*Fact // said to be supported or updated, but second hand, or listed by others than the vendor
	stale   []*Fact // was said to be supported, too long ago
	exists  []*Fact
	newest  []*Fact // newest firmware on the vendor's list
	fixed   []*Fact // firmware that fixes something
	known   []*Fact // firmware that exists; there may be newer
}

// period is the day to judge for and the last day that is still near.
type period struct{ today, horizon time.Time }

func newPeriod(today time.Time, o Options) period {
	p := period{today: Midnight(today)}
	p.horizon = p.today.AddDate(0, defaultHorizon, 0)
	if o.Horizon != 0 {
		p.horizon = Midnight(p.today.Add(o.Horizon))
	}
	return p
}

// assess sorts facts and says what they come to. Their order does not matter, and is
// another one afterwards.
func (p period) assess(facts []*Fact) assessment {
	var a assessment
	order(facts)
	for _, f := range facts {
		if f.Withdrawn || !f.Source.named() {
			continue
		}
		p.sort(&a, f)
	}
	a.since = p.updatedSince(a)
	a.kind = a.standing()
	return a
}

// sort puts one fact where it belongs.
func (p period) sort(a *assessment, f *Fact) {
	switch f.Says {
	case EndOfSecuritySupport, EndOfLife:
		p.sortEnd(a, f)
	case Discontinued, EndOfSales:
		if !f.TBA && (f.Date.past(p.today) || !f.Date.given() && p.wasRead(f)) {
			a.stopped = append(a.stopped, f)
		}
	case Supported:
		said := f.Date
		if !said.given() {
			said = dayOf(f.Source.Read)
		}
		switch {
		case said.first().After(p.today):
			// Not said yet on that day.
		case !said.within(listFresh, p.today):
			a.stale = append(a.stale, f)
		case f.Source.Trust != Vendor:
			a.second = append(a.second, f)
		case !home(f.Region):
			a.afar = append(a.afar, f)
		default:
			a.strong = append(a.strong, f)
		}
	case NewestFirmware, FixedFirmware, KnownFirmware:
		p.sortFirmware(a, f)
	case Exists:
		a.exists = append(a.exists, f)
	}
}

// sortFirmware puts a firmware where it belongs: nowhere before it was released. A new
// one that is known at second hand only makes nothing green.
func (p period) sortFirmware(a *assessment, f *Fact) {
	switch {
	case f.Date.first().After(p.today):
		return
	case f.Says == FixedFirmware:
		a.fixed = append(a.fixed, f)
		return
	case f.Says == KnownFirmware:
		a.known = append(a.known, f)
		return
	}
	a.newest = append(a.newest, f)
	switch {
	case !f.Date.within(releaseFresh, p.today) || !home(f.Region):
	case f.Source.Trust == SecondHand:
		a.second = append(a.second, f)
	default:
		a.release = append(a.release, f)
	}
}

// wasRead reports whether a fact's source had been read by the day. What it lists as
// ended without a date had ended by then; whether it had on a day before nobody says.
func (p period) wasRead(f *Fact) bool { return !Midnight(f.Source.Read).After(p.today) }

// sortEnd puts an end of security support or of life where it belongs. An end of life
// in the past is an end of security support too; in the future it promises none.
func (p period) sortEnd(a *assessment, f *Fact) {
	read := Midnight(f.Source.Read)
	switch {
	case f.TBA:
		return // says that there will be an end, which nobody doubted
	case !f.Date.given() && !p.wasRead(f):
		if !read.After(p.horizon) {
			a.later = append(a.later, f)
		}
		return
	case !f.Date.given(), f.Date.past(p.today):
		a.ended = append(a.ended, f)
		return
	case !f.Date.first().After(p.horizon):
		a.ending = append(a.ending, f)
	}
	if f.Says != EndOfSecuritySupport {
		return
	}
	switch {
	case read.After(p.today.AddDate(0, futureFresh, 0)):
		// Not said yet on that day.
	case read.AddDate(0, futureFresh, 0).Before(p.today):
		a.stale = append(a.stale, f)
	case f.Source.Trust == SecondHand:
		a.second = append(a.second, f)
	case !home(f.Region):
		a.afar = append(a.afar, f)
	default:
		a.strong = append(a.strong, f)
	}
}

// updatedSince returns the firmware that the maker released after the end, where every
// end is dated and said for another region: the list of one country ends what is sold
// there, and a version that follows shows that the maker did not stop with the device
// (TP-Link's American list ended the RE205 V4 in 2025 and the Archer C20 V5 in 2022, and
// its own CVE records name fixes of 2026). Of an end that is said for this region, or for
// none in particular, an update takes nothing back; nor does one for another region that
// is no longer recent.
func (p period) updatedSince(a assessment) []*Fact {
	var last time.Time
	for _, f := range a.ended {
		if home(f.Region) || !f.Date.given() {
			return nil
		}
		if end := f.Date.Last(); end.After(last) {
			last = end
		}
	}
	if last.IsZero() {
		return nil
	}
	return slices.DeleteFunc(slices.Concat(a.newest, a.fixed), func(f *Fact) bool {
		return f.Source.Trust == SecondHand || !f.Date.first().After(last) || !home(f.Region) && !f.Date.within(releaseFresh, p.today)
	})
}

// standing says what the sorted facts come to. A recent firmware weighs less than any
// word of an end that is said for this region: an update never lifts one.
func (a assessment) standing() standing {
	switch {
	case len(a.ended) > 0 && len(a.strong)+len(a.afar)+len(a.since) > 0:
		return disagree
	case len(a.ended) > 0:
		return ended
	case len(a.ending)+len(a.later) > 0:
		return plan
	case len(a.strong) > 0:
		return supported
	case len(a.stopped) > 0:
		return plan
	case len(a.release) > 0:
		return supported
	}
	return silent
}

// named reports whether the source can be shown to a person.
func (s Source) named() bool {
	return s.Publisher != "" || s.Title != "" || s.URL != ""
}

// order puts facts in a fixed order, so that a verdict does not hang on theirs.
func order(facts []*Fact) {
	slices.SortFunc(facts, func(a, b *Fact) int {
		if c := cmp.Or(cmp.Compare(a.Says, b.Says), a.Date.Time.Compare(b.Date.Time)); c != 0 {
			return c // most differ so soon
		}
		return cmp.Or(cmp.Compare(a.Date.Precision, b.Date.Precision),
			compareSources(a.Source, b.Source), cmp.Compare(a.Version, b.Version), cmp.Compare(a.Region, b.Region),
			cmp.Compare(a.Campaign, b.Campaign), cmp.Compare(a.Detail, b.Detail))
	})
}

// compareSources puts the one to believe first.
func compareSources(a, b Source) int {
	return cmp.Or(cmp.Compare(b.Trust, a.Trust), cmp.Compare(a.Publisher, b.Publisher), cmp.Compare(a.Title, b.Title),
		cmp.Compare(a.URL, b.URL), a.Read.Compare(b.Read), cmp.Compare(a.Via, b.Via))
}

// sources returns where the facts were read, each once, the one to believe first.
func sources(facts []*Fact) []Source {
	var out []Source
	for _, f := range facts {
		if !slices.Contains(out, f.Source) {
			out = append(out, f.Source)
		}
	}
	slices.SortFunc(out, compareSources)
	return slices.CompactFunc(out, func(a, b Source) bool { return compareSources(a, b) == 0 })
}
