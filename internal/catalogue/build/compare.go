package build

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
)

// A Change is what differs about one product between two catalogues.
type Change struct {
	ID            string
	New, Gone     bool     // the product itself
	Facts         []string // "+ end_of_life 2026-01-01 (CISA)", "- ...", sorted
	Before, After lifecycle.VerdictKind
}

// Compare says what is new, changed and gone from old to new, in the order of IDs,
// and how the verdict on a day changes for somebody who knows the revision.
func Compare(old, new []lifecycle.Product, today time.Time) []Change {
	before, after := byID(old), byID(new)
	verdictBefore, verdictAfter := judgeAll(old, today), judgeAll(new, today)
	all := maps.Clone(before)
	maps.Copy(all, after)
	var out []Change
	for _, id := range slices.Sorted(maps.Keys(all)) {
		a, had := before[id]
		b, has := after[id]
		c := Change{ID: id, New: !had, Gone: !has, Before: verdictBefore[id], After: verdictAfter[id]}
		if had && has {
			c.Facts = difference(lines(a), lines(b))
		}
		if c.New || c.Gone || len(c.Facts) > 0 || c.Before != c.After {
			out = append(out, c)
		}
	}
	return out
}

func byID(products []lifecycle.Product) map[string]lifecycle.Product {
	m := map[string]lifecycle.Product{}
	for _, p := range products {
		m[p.ID] = p
	}
	return m
}

// judgeAll judges every product as a device whose label was read.
func judgeAll(products []lifecycle.Product, today time.Time) map[string]lifecycle.VerdictKind {
	siblings := map[string][]lifecycle.Product{}
	model := func(p lifecycle.Product) string {
		return key(p.Vendor, p.Model, "")
	}
	for _, p := range products {
		siblings[model(p)] = append(siblings[model(p)], p)
	}
	out := map[string]lifecycle.VerdictKind{}
	for _, p := range products {
		id := device.Identity{Vendor: p.Vendor, Model: p.Model, Revision: p.Revision, Kind: p.Kind}
		out[p.ID] = lifecycle.Judge(id, lifecycle.Find(id, siblings[model(p)]), today, lifecycle.Options{}).Kind
	}
	return out
}

// lines writes what a catalogue says of a product, one fact or attribute a line.
func lines(p lifecycle.Product) []string {
	var out []string
	for _, f := range p.Facts {
		out = append(out, line(f))
	}
	for _, a := range p.Aliases {
		out = append(out, "alias "+a)
	}
	return append(out, "kind "+p.Kind.String())
}

func line(f lifecycle.Fact) string {
	date, region, withdrawn := f.Date.String(), "", ""
	if f.TBA {
		date = "tba"
	}
	if f.Region != "" {
		region = "in " + f.Region
	}
	if f.Withdrawn {
		withdrawn = "withdrawn"
	}
	return fmt.Sprintf("%s (%s, %s)", said(string(f.Says), date, f.Version, f.Campaign, region, f.Detail, withdrawn), f.Source.Publisher, f.Source.Title)
}

// said joins the words that there are.
func said(words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " ")
}

// difference returns what is in one list and not in the other, marked with + and -.
func difference(a, b []string) []string {
	var out []string
	for _, x := range a {
		if !slices.Contains(b, x) {
			out = append(out, "- "+x)
		}
	}
	for _, x := range b {
		if !slices.Contains(a, x) {
			out = append(out, "+ "+x)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(a[2:], b[2:]) })
	return out
}
