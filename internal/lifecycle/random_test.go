package lifecycle

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"houdbaar/internal/device"
)

// Everything in this file is invented.

var (
	someModels    = []string{"R7", "R7P", "R70"}
	someRevisions = []string{"", "v1", "V2.0", "3.0"}
)

func randomFact(r *rand.Rand) Fact {
	all := []Statement{GeneralAvailability, EndOfSales, EndOfSecuritySupport, EndOfSecuritySupport, EndOfLife, Discontinued,
		Supported, Supported, NewestFirmware, KnownFirmware, FixedFirmware, Named, Exists}
	if r.IntN(2) == 0 {
		all = []Statement{Supported, NewestFirmware}
	}
	f := Fact{
		Says:      all[r.IntN(len(all))],
		Version:   fmt.Sprintf("1.0.%d.%d", r.IntN(3), r.IntN(3)),
		Region:    []string{"", "", "", "EU", "US"}[r.IntN(5)],
		TBA:       r.IntN(12) == 0,
		Withdrawn: r.IntN(12) == 0,
		Source: Source{Publisher: []string{"p", "q"}[r.IntN(2)], Title: "t", Trust: Trust(r.IntN(3)),
			Read: today.AddDate(0, -r.IntN(36), -r.IntN(28)).Truncate(24 * time.Hour)},
	}
	if r.IntN(6) > 0 {
		d := time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC).AddDate(0, r.IntN(60)-30, r.IntN(28)-14)
		f.Date = Date{Time: d, Precision: Day}
	}
	return f
}

func randomProducts(r *rand.Rand, facts int) []Product {
	var out []Product
	for _, model := range someModels {
		for _, revision := range someRevisions {
			if r.IntN(3) == 0 || revision == "" && r.IntN(3) == 0 {
				continue
			}
			p := product("NETGEAR", model, revision)
			for range r.IntN(facts + 1) {
				p.Facts = append(p.Facts, randomFact(r))
			}
			out = append(out, p)
		}
	}
	return out
}

func randomIdentity(r *rand.Rand) device.Identity {
	id := who([]string{"NETGEAR", "Netgear, Inc.", "NETGEAR", "NETGEAR", "NETGEAR", ""}[r.IntN(6)], someModels[r.IntN(3)],
		[]string{"", "2", "1.0", "V2", "v3", "4"}[r.IntN(6)], []string{"", "V1.0.0.1_2.3", "1.0.2.2", "1.0.0.0", "1.0.0.0", "odd"}[r.IntN(6)])
	if r.IntN(10) == 0 {
		id.Software = "OpenWrt"
	}
	if r.IntN(10) == 0 {
		part := []device.Part{device.PartVendor, device.PartModel, device.PartRevision, device.PartFirmware}[r.IntN(4)]
		id.Doubts = []device.Doubt{{Part: part, Values: []string{"a", "b"}}}
	}
	return id
}

// aboutIt returns the facts that are about the very product, by the numbers in its
// revision: an oracle that knows nothing of keys, standings and alternatives.
func aboutIt(id device.Identity, products []Product) (about []Fact, wholeOnly bool) {
	number := func(s string) string {
		for _, r := range s {
			if r >= '1' && r <= '9' {
				return string(r)
			}
		}
		return ""
	}
	for _, p := range products {
		if p.Model == id.Model && (p.Revision == "" || number(id.Revision) != "" && number(p.Revision) == number(id.Revision)) {
			about = append(about, p.Facts...)
		}
	}
	return about, number(id.Revision) == ""
}

// mayBeGreen is the oracle for green and blue.
func mayBeGreen(id device.Identity, products []Product) bool {
	if id.Vendor == "" || id.Software != "" {
		return false
	}
	for _, d := range id.Doubts {
		if d.Part != device.PartFirmware {
			return false
		}
	}
	about, _ := aboutIt(id, products)
	day := time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
	strong, weak, bad := false, false, false
	stopped := false
	for _, f := range about {
		if f.Withdrawn {
			continue
		}
		when := f.Date.Time
		switch f.Says {
		case EndOfSecuritySupport, EndOfLife:
			if f.TBA {
				continue
			}
			if when.IsZero() || !when.After(day.AddDate(1, 0, 0)) {
				bad = true
			} else if f.Says == EndOfSecuritySupport && !f.Source.Read.Before(day.AddDate(-2, 0, 0)) && f.Region != "US" && f.Source.Trust != SecondHand {
				strong = true
			}
		case Supported:
			if when.IsZero() {
				when = f.Source.Read
			}
			if f.Source.Trust == Vendor && f.Region != "US" && !when.After(day) && !when.Before(day.AddDate(-1, 0, 0)) {
				strong = true
			}
		case NewestFirmware:
			if !when.IsZero() && f.Region != "US" && f.Source.Trust != SecondHand && !when.After(day) && !when.Before(day.AddDate(-1, 0, 0)) {
				weak = true
			}
		case Discontinued, EndOfSales:
			if !f.TBA && (when.IsZero() || when.Before(day)) {
				stopped = true
			}
		}
	}
	return !bad && (strong || weak && !stopped)
}

// mayBeRed is the oracle for red: some end has passed for each product it can be.
func mayBeRed(id device.Identity, products []Product) bool {
	past := func(facts []Fact) bool {
		return slices.ContainsFunc(facts, func(f Fact) bool {
			end := f.Says == EndOfSecuritySupport || f.Says == EndOfLife
			return end && !f.Withdrawn && !f.TBA && (f.Date.Time.IsZero() || f.Date.Time.Before(time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)))
		})
	}
	about, wholeOnly := aboutIt(id, products)
	if past(about) {
		return true
	}
	unsure := slices.ContainsFunc(id.Doubts, func(d device.Doubt) bool { return d.Part == device.PartRevision })
	if !wholeOnly && !unsure {
		return false
	}
	for _, p := range products {
		if p.Model == id.Model && p.Revision != "" && !past(p.Facts) {
			return false
		}
	}
	return true
}

// greenness orders verdicts by how safe they sound. Orange, yellow and grey all say "not
// known to be safe" and are one.
func greenness(k VerdictKind) int {
	switch k {
	case ReplaceNow:
		return 0
	case UpdateFirmware:
		return 2
	case SupportedNow, OtherDevice:
		return 3
	}
	return 1
}

func TestRule08AndTheOracleOnRandomCases(t *testing.T) {
	r := rand.New(rand.NewPCG(2026, 11))
	seen := map[VerdictKind]int{}
	for i := range 12_000 {
		id, products := randomIdentity(r), randomProducts(r, 1+i%3)
		v := judged(id, products...)
		seen[v.Kind]++
		if greenness(v.Kind) >= 2 && !mayBeGreen(id, products) {
			t.Fatalf("case %d: %v by %s for %+v of %+v", i, v.Kind, v.Rule, id, products)
		}
		if v.Kind == ReplaceNow && !mayBeRed(id, products) {
			t.Fatalf("case %d: %v by %s for %+v of %+v", i, v.Kind, v.Rule, id, products)
		}
		if v.Kind != CannotTell && len(v.Reasons[0].Sources) == 0 && v.Rule != RuleDoubtfulIdentity {
			t.Fatalf("case %d: %v because of %s, without a source", i, v.Kind, v.Reasons[0].Code)
		}
		r.Shuffle(len(products), func(a, b int) { products[a], products[b] = products[b], products[a] })
		for _, p := range products {
			r.Shuffle(len(p.Facts), func(a, b int) { p.Facts[a], p.Facts[b] = p.Facts[b], p.Facts[a] })
		}
		if again := judged(id, products...); i%8 == 0 && !cmp.Equal(v, again) || v.Kind != again.Kind || v.Rule != again.Rule {
			t.Fatalf("case %d: the order of facts matters for %+v:\n%s", i, id, cmp.Diff(v, again))
		}

		if len(products) > 0 {
			p := &products[r.IntN(len(products))]
			p.Facts = append(p.Facts, Fact{Says: EndOfSecuritySupport, Source: cve})
			if worse := judged(id, products...); greenness(worse.Kind) > greenness(v.Kind) {
				t.Fatalf("case %d: an end of support for %s made %v into %v", i, p.ID, v.Kind, worse.Kind)
			}
		}
	}
	for _, k := range []VerdictKind{CannotTell, ReplaceNow, PlanReplacement, CheckLabel, UpdateFirmware, SupportedNow} {
		if seen[k] < 25 {
			t.Errorf("only %d of the cases are %v: the test proves little", seen[k], k)
		}
	}
}

// TestWhatWasWithdrawnJudgesNothing: with what was taken back or without it the verdict
// is the same, but for the reasons that tell of it.
func TestWhatWasWithdrawnJudgesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 4))
	told := 0
	for i := range 5000 {
		products, id := randomProducts(r, 4), randomIdentity(r)
		without := slices.Clone(products)
		for j := range products {
			without[j].Facts = slices.DeleteFunc(slices.Clone(products[j].Facts), func(f Fact) bool { return f.Withdrawn })
		}
		gone := product("NETGEAR", someModels[r.IntN(3)], someRevisions[r.IntN(len(someRevisions))], randomFact(r), randomFact(r))
		gone.ID = ""
		for j := range gone.Facts {
			gone.Facts[j].Withdrawn = true
		}
		got, want := judged(id, append(products, gone)...), judged(id, without...)
		n := len(got.Reasons)
		got.Reasons = slices.DeleteFunc(got.Reasons, func(r Reason) bool { return r.Code == CodeWithdrawn })
		told += n - len(got.Reasons)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("case %d, %+v of %+v: %+v, without what was withdrawn %+v", i, id, products, got, want)
		}
	}
	if told < 500 {
		t.Errorf("%d reasons tell of what was withdrawn, too few to mean anything", told)
	}
}

func TestAHundredInventedModelsAreNotKnown(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 2))
	var products []Product
	for i := range 50 {
		products = append(products, product("TP-Link", fmt.Sprintf("Archer C%d", i), "v1", fact(EndOfLife, "2020", maker)),
			product("TP-Link", fmt.Sprintf("TL-WR%dN", 700+i), "", fact(Supported, "2026-10-01", maker)))
	}
	for i := range 100 {
		model := fmt.Sprintf([]string{"Archer C%dx", "TL-WR%dND", "Archer CX%d", "WR%d"}[i%4], r.IntN(800))
		want(t, judged(who("TP-Link", model, []string{"", "v1"}[i%2], "1.0.0"), products...), CannotTell, CodeNotInCatalogue)
	}
}

// BenchmarkFindAndJudge judges one identity against 50 candidates of four facts each.
func BenchmarkFindAndJudge(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	var products []Product
	for i := range 50 {
		p := product("TP-Link", []string{"Archer C20", "Archer C20i", "TL-WR841N"}[i%3], fmt.Sprintf("v%d", i/3+1))
		p.Aliases = []string{"AC750 Router"}
		for range 4 {
			p.Facts = append(p.Facts, randomFact(r))
		}
		products = append(products, p)
	}
	for name, revision := range map[string]string{"known revision": "V5.0", "unknown revision": ""} {
		id := who("TP-Link", "Archer C20", revision, "0.9.1 4.16 v0001.0 Build 200116 Rel.54321n")
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if v := Judge(id, Find(id, products), today, Options{}); len(v.Reasons) == 0 {
					b.Fatal("no reasons")
				}
			}
		})
	}
}
