package build

import (
	"fmt"
	"slices"
	"sort"
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
	ids := map[string]bool{}
	for id := range before {
		ids[id] = true
	}
	for id := range after {
		ids[id] = true
	}
	var out []Change
	for _, id := range sortedKeys(ids) {
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
		return lifecycle.VendorKey(p.Vendor) + "\n" + lifecycle.ModelKey(p.Vendor, p.Model)
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
	words := []string{string(f.Says)}
	date := f.Date.String()
	if f.TBA {
		date = "tba"
	}
	region := f.Region
	if region != "" {
		region = "in " + region
	}
	for _, w := range []string{date, f.Version, f.Campaign, region, f.Detail} {
		if w != "" {
			words = append(words, w)
		}
	}
	if f.Withdrawn {
		words = append(words, "withdrawn")
	}
	return fmt.Sprintf("%s (%s, %s)", strings.Join(words, " "), f.Source.Publisher, f.Source.Title)
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
	sort.SliceStable(out, func(i, j int) bool { return out[i][2:] < out[j][2:] })
	return out
}
