package build

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"houdbaar/internal/catalogue"
	"houdbaar/internal/lifecycle"
)

// What can only be seen in many rows together.

// checkDates compares the dates that one publisher gives. What two of its documents
// say may differ; what one says must make sense.
func (v *verifier) checkDates(p Publisher) {
	type at struct{ product, region, source string }
	by := map[at][]Fact{}
	same := map[string]map[string]bool{} // date of an end to products
	first := map[string]Pos{}
	for _, f := range p.Facts {
		says := lifecycle.Statement(f.Says)
		if f.Withdrawn || f.Date == "" || f.Date == "tba" || !slices.Contains(milestones, says) {
			continue
		}
		k := f.key()
		a := at{k, f.Region, f.Source}
		by[a] = append(by[a], f)
		if says != lifecycle.GeneralAvailability {
			if same[f.Date] == nil {
				same[f.Date] = map[string]bool{}
				first[f.Date] = f.Pos
			}
			same[f.Date][k] = true
		}
	}
	for _, date := range slices.Sorted(maps.Keys(same)) {
		if len(same[date]) > sameDateAllowed && p.SameDates[date] == "" {
			v.add(first[date], ruleSameDate, "%d products of %s share an end on %s; if the publisher says so, say it in publisher.json under same_dates", len(same[date]), p.Name, date)
		}
	}
	for _, facts := range by {
		for _, a := range facts {
			for _, b := range facts {
				if a.Note == "" && b.Note == "" && comesBefore(a, b) && after(a.Date, b.Date) {
					v.add(b.Pos, ruleOrder, "%s %s: %s %s is before %s %s; if that is so, say why in the note", b.Vendor, b.Model, b.Says, b.Date, a.Says, a.Date)
				}
			}
		}
	}
}

// comesBefore reports whether the milestone of a comes before that of b.
func comesBefore(a, b Fact) bool {
	return slices.Index(milestones, lifecycle.Statement(a.Says)) < slices.Index(milestones, lifecycle.Statement(b.Says))
}

// checkSales complains about an end of security support that is the end of sale, whoever
// says either: the one was taken for the other.
func (v *verifier) checkSales(s *Sources) {
	sold := map[string]bool{} // product and date
	for _, p := range s.Publishers {
		for _, f := range p.Facts {
			if f.Says == string(lifecycle.EndOfSales) && !f.Withdrawn {
				sold[f.key()+"\n"+f.Date] = true
			}
		}
	}
	for _, p := range s.Publishers {
		for _, f := range p.Facts {
			dated := f.Date != "" && f.Date != "tba"
			if f.Says == string(lifecycle.EndOfSecuritySupport) && dated && f.Note == "" && !f.Withdrawn && sold[f.key()+"\n"+f.Date] {
				v.add(f.Pos, ruleSaleIsEnd, "%s %s: the end of security support is the end of sale, %s; if the source says so, say it in the note", f.Vendor, f.Model, f.Date)
			}
		}
	}
}

// after reports whether a is surely after b, as far as both are exact.
func after(a, b string) bool {
	n := min(len(a), len(b))
	return a[:n] > b[:n]
}

// checkMinimums complains about a promise of "at least until" that would be told as an
// end: one whose day has passed or lies within a year of the newest day a source was read.
func (v *verifier) checkMinimums(s *Sources) {
	read, err := time.Parse(time.DateOnly, newest(s))
	if err != nil {
		return // checkSources has said so
	}
	for _, p := range s.Publishers {
		for _, f := range p.Facts {
			says := lifecycle.Statement(f.Says)
			if f.Withdrawn || says != lifecycle.EndOfSecuritySupport && says != lifecycle.EndOfLife || !strings.Contains(f.Detail, "at least") {
				continue
			}
			if d, _, err := catalogue.ParseDate(f.Date); err == nil && d.Precision != lifecycle.NoDate && !d.Time.After(read.AddDate(1, 0, 0)) {
				v.add(f.Pos, ruleMinimum, "%s %s: updates until at least %s are no end; say it in the detail of an exists line", f.Vendor, f.Model, f.Date)
			}
		}
	}
}

// checkUse looks at the whole: products nobody speaks of, and withdrawn facts.
func (v *verifier) checkUse(s *Sources, used map[string]bool) {
	withdrawn := map[string]Fact{}
	fact := func(f Fact) string { // whoever says it
		return strings.Join([]string{f.key(), f.Says, f.Campaign, f.Date}, "\n")
	}
	dead := map[string]bool{}
	for _, p := range s.Publishers {
		for _, f := range p.Facts {
			if f.Withdrawn {
				withdrawn[fact(f)] = f
				dead[f.key()] = true
				if f.Note == "" {
					v.add(f.Pos, ruleWithdrawn, "%s %s: a withdrawn fact needs a note that says why", f.Vendor, f.Model)
				}
			}
		}
	}
	for _, p := range s.Publishers {
		for _, f := range p.Facts {
			if w, is := withdrawn[fact(f)]; is && !f.Withdrawn && f.Note == "" {
				v.add(f.Pos, ruleWithdrawn, "%s %s: withdrawn at %s and used here", f.Vendor, f.Model, w.Pos)
			}
		}
	}
	for i := range s.Products {
		p := &s.Products[i]
		k := p.key()
		switch {
		case used[k]:
		case dead[k]:
			v.add(p.Pos, ruleWithdrawn, "%s is known from withdrawn facts only", p.ID())
		default:
			v.add(p.Pos, ruleNoFact, "nothing is said about %s", p.ID())
		}
	}
}

// bracketed is a name that a maker writes behind a longer one: "ZenWiFi AX (XT8)".
var bracketed = regexp.MustCompile(`\(([^()]+)\)`)

// checkShortName complains about a product that stands under its short name as well, behind
// the name of the line: "ZenWiFi AX (XT8)" and "ZenWiFi XT8" are one, and what is said of
// the one would not be told of the other.
func (v *verifier) checkShortName(p Product, models map[string]string) {
	names := slices.Clone(p.Aliases)
	if m := bracketed.FindStringSubmatch(p.Model); m != nil {
		names = append(names, m[1])
	}
	words := strings.Fields(p.Model)
	for _, name := range names {
		for i := 1; i < len(words); i++ {
			long := strings.Join(words[:i], " ") + " " + name
			if other, is := models[key(p.Vendor, long, "")]; is && other != p.Model {
				v.add(p.Pos, ruleTwice, "%s and %s are one, if %s is its short name", p.Model, other, name)
			}
		}
	}
}

// packaged is how a fact says that it is about a package: "notice of 2024-12-02; 3-pack package".
var packaged = regexp.MustCompile(`(\d)-pack package`)

// checkPackages complains about an end that is said of a package, "Deco P7(3-pack)", and
// told of the device in it, which is sold in others too: of 18 Decos whose packages
// TP-Link's American list had ended 10 got firmware afterwards. Where packages of one, two
// and three ended there is none left.
func (v *verifier) checkPackages(p Publisher) {
	ended := map[string]map[string]bool{} // product to sizes
	said := map[string]Pos{}
	for _, f := range p.Facts {
		says := lifecycle.Statement(f.Says)
		if f.Withdrawn || says != lifecycle.EndOfSecuritySupport && says != lifecycle.EndOfLife {
			continue
		}
		for _, m := range packaged.FindAllStringSubmatch(f.Detail, -1) {
			if ended[f.key()] == nil {
				ended[f.key()], said[f.key()] = map[string]bool{}, f.Pos
			}
			ended[f.key()][m[1]] = true
		}
	}
	for _, k := range slices.Sorted(maps.Keys(ended)) {
		if !ended[k]["1"] || !ended[k]["2"] || !ended[k]["3"] {
			v.add(said[k], rulePackage, "the end of a package is not that of the device; say that it exists, and which package ended")
		}
	}
}
