package lifecycle

import (
	"slices"

	"houdbaar/internal/firmware"
)

// deciding returns the facts that make the standing what it is.
func (a assessment) deciding() []*Fact {
	switch a.kind {
	case ended:
		return a.ended
	case disagree:
		return slices.Concat(a.ended, a.strong, a.afar, a.since)
	case plan:
		switch {
		case len(a.ending) > 0:
			return a.ending
		case len(a.later) > 0:
			return a.later
		}
		return a.stopped
	case supported:
		if len(a.strong) > 0 {
			return a.strong
		}
		return a.release
	}
	return nil
}

// deciding returns the facts that make the standings of all what they are.
func deciding(all []alternative) []*Fact {
	var out []*Fact
	for _, a := range all {
		out = append(out, a.deciding()...)
	}
	return out
}

// merge puts alternatives of one standing together. Their firmware stays out, a version
// is one revision's; but that updates came holds for all where it holds for each.
func merge(all []alternative) alternative {
	out := alternative{assessment: assessment{kind: all[0].kind}, page: all[0].page}
	for _, a := range all {
		out.ended = append(out.ended, a.ended...)
		out.since = append(out.since, a.since...)
		out.ending = append(out.ending, a.ending...)
		out.later = append(out.later, a.later...)
		out.stopped = append(out.stopped, a.stopped...)
		out.strong = append(out.strong, a.strong...)
		out.release = append(out.release, a.release...)
		out.afar = append(out.afar, a.afar...)
		out.second = append(out.second, a.second...)
		out.stale = append(out.stale, a.stale...)
		out.exists = append(out.exists, a.exists...)
	}
	if out.kind == plan && slices.ContainsFunc(all, func(a alternative) bool { return len(a.updates()) == 0 }) {
		out.release, out.second = nil, nil
	}
	return out
}

// one judges what is, for all that matters, one product.
func (j judge) one(a alternative) Verdict {
	var v Verdict
	switch a.kind {
	case ended:
		if r := revisionIsFor(j.id.Revision); r != "" && !slices.ContainsFunc(a.ended, func(f *Fact) bool { return speaksFor(f.Region, r) }) {
			// The label names a region that no source speaks of: it inherits nothing (rule 12).
			return verdict(CheckLabel, RuleRevisionNotListed, append([]Reason{j.endedReason(a.assessment)}, j.basis(a.ended)...)...)
		}
		v = verdict(ReplaceNow, RuleEveryProductEnded, j.endedReason(a.assessment))
		if dates := dated(a.ended); len(dates) > 0 {
			v.Until = dates[len(dates)-1]
		}
	case disagree:
		v = j.disagreeing(a)
	case plan:
		v = j.planned(a)
	case supported:
		v = j.supportedBy(a)
	default:
		return j.silence(a)
	}
	v.Reasons = append(v.Reasons, j.basis(a.deciding())...)
	return j.withFirmware(v, a)
}

// disagreeing judges sources that contradict each other: whatever is near is planned
// for; else the label may tell regions or items apart; else plan.
func (j judge) disagreeing(a alternative) Verdict {
	speakFor := slices.Concat(a.strong, a.afar)
	if len(speakFor) == 0 {
		return j.updatedSince(a)
	}
	r := j.reason(CodeSourcesDisagree, a.deciding(), "ended", said(a.ended), "supported", said(speakFor))
	kind := PlanReplacement
	if len(a.ending) == 0 && scopes(a.ended) != scopes(speakFor) {
		kind = CheckLabel
	}
	v := verdict(kind, RuleDisagreeingSources, r)
	if dates := dated(a.ending); len(dates) > 0 {
		v.Until = dates[0]
	}
	return v
}

// updatedSince judges an end that is said for other regions only and that the maker's
// own firmware followed: whether it holds here nobody says, and no label tells.
func (j judge) updatedSince(a alternative) Verdict {
	ends, update := dated(a.ended), latest(a.since)
	if here := slices.DeleteFunc(slices.Clone(a.since), func(f *Fact) bool { return !home(f.Region) }); len(here) > 0 {
		update = latest(here)
	}
	return verdict(PlanReplacement, RuleDisagreeingSources, j.reason(CodeUpdatedSince, a.deciding(), "first", ends[0].String(), "region", each(a.ended, region),
		"version", firmware.Display(j.vendor, update.Version), "last", update.Date.String()))
}

// scopes writes the regions and items that facts speak of.
func scopes(facts []*Fact) string {
	return each(facts, func(f *Fact) string { return f.Region + "/" + f.Detail })
}

// planned judges what ends soon, or was discontinued without a word on updates.
func (j judge) planned(a alternative) Verdict {
	if len(a.ending) > 0 {
		dates := dated(a.ending)
		v := verdict(PlanReplacement, RuleEndsWithinHorizon, j.reason(CodeEndsSoon, a.ending, "date", dates[0].String()))
		v.Until = dates[0]
		return v
	}
	if len(a.later) > 0 {
		earliest := a.later[0].spoken().String()
		for _, f := range a.later {
			earliest = min(earliest, f.spoken().String())
		}
		return verdict(PlanReplacement, RuleEndsWithinHorizon, j.reason(CodeEndedLater, a.later, "date", earliest))
	}
	r := j.reason(CodeDiscontinued, a.stopped, "date", last(a.stopped, func(f *Fact) Date { return f.Date }))
	if updates := a.updates(); len(updates) > 0 {
		newest := latest(updates)
		r = j.reason(CodeDiscontinuedUpdated, slices.Concat(a.stopped, updates),
			"version", firmware.Display(j.vendor, newest.Version), "date", newest.Date.String())
	}
	return verdict(PlanReplacement, RuleDiscontinuedNoWord, r)
}

// updates returns the recent firmware, of the maker's own word or, where there is none,
// at second hand, as it can be known that a product is no longer made.
func (a assessment) updates() []*Fact {
	if len(a.release) > 0 {
		return a.release
	}
	return slices.DeleteFunc(slices.Clone(a.second), func(f *Fact) bool { return f.Says != NewestFirmware })
}

// supportedBy judges a product for which a fresh fact speaks: the latest published
// end, else the vendor's list, else a recent release.
func (j judge) supportedBy(a alternative) Verdict {
	if len(a.strong) == 0 {
		newest := latest(a.release)
		// To the month: some dates are the day on which a file was first seen on the
		// maker's list, which may be days after it was put there.
		date := newest.Date.String()
		args := []string{"version", firmware.Display(j.vendor, newest.Version), "date", date[:min(len(date), len("2006-01"))]}
		if j.id.Provider != "" && !slices.ContainsFunc(j.m.Products, func(p Product) bool { return p.Provider != "" }) {
			// The shop's firmware is not the provider's: no fact about this very box.
			return verdict(CannotTell, RuleNoFreshFact, j.reason(CodeSupportedProvider, a.release, append(args, "provider", j.id.Provider)...))
		}
		return verdict(SupportedNow, RuleFreshFact, j.reason(CodeSupportedUpdated, a.release, args...))
	}
	if dates := dated(a.strong); len(dates) > 0 {
		v := verdict(SupportedNow, RuleFreshFact, j.reason(CodeSupportedUntil, a.strong, "date", dates[0].String()))
		v.Until = dates[0] // the earliest is the safe promise
		return v
	}
	return verdict(SupportedNow, RuleFreshFact, j.reason(CodeSupportedListed, a.strong, "date", last(a.strong, (*Fact).spoken)))
}

// spoken returns the day a statement was made: the list's own date, else the day it
// was read. The date of an end is no day on which something was said.
func (f *Fact) spoken() Date {
	if f.Says == Supported && f.Date.given() {
		return f.Date
	}
	return dayOf(f.Source.Read)
}

// silence judges a known product about whose support nothing usable is said.
func (j judge) silence(a alternative) Verdict {
	r := j.reason(CodeNoStatement, a.exists, "looked", last(a.exists, func(f *Fact) Date { return f.Date }), "page", a.page)
	switch {
	case len(a.afar) > 0:
		r = j.reason(CodeSupportedElsewhere, a.afar, "region", each(a.afar, region), "page", a.page)
	case len(a.second) > 0:
		r = j.reason(CodeSupportedSecondHand, a.second, "date", last(a.second, (*Fact).spoken), "page", a.page)
	case len(a.stale) > 0:
		r = j.reason(CodeSupportedStale, a.stale, "date", last(a.stale, (*Fact).spoken), "page", a.page)
	}
	v := verdict(CannotTell, RuleNoFreshFact, r)
	if r, behind := j.behind(a); behind {
		v.Newest = r.Args["newest"]
		v.Reasons = append(v.Reasons, r)
	} else if len(a.newest) > 0 {
		newest := latest(a.newest)
		v.Newest = firmware.Display(j.vendor, newest.Version)
		v.Reasons = append(v.Reasons, j.reason(CodeLastUpdate, []*Fact{newest}, "version", v.Newest, "date", newest.Date.String()))
	}
	return v
}

// last writes the latest of the days that facts give, "" for none.
func last(facts []*Fact, day func(*Fact) Date) string {
	out := ""
	for _, f := range facts {
		out = max(out, day(f).String())
	}
	return out
}

// latest returns the fact with the latest date.
func latest(facts []*Fact) *Fact {
	best := facts[0]
	for _, f := range facts[1:] {
		if !f.Date.Time.Before(best.Date.Time) {
			best = f
		}
	}
	return best
}
