package build

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"houdbaar/internal/device"
	"houdbaar/internal/fingerprint"
	"houdbaar/internal/lifecycle"
)

// TestTheNumbersThatAreToldAreTheCatalogues: what README.md and CATALOGUE.md count is
// what a catalogue built of these sources holds.
func TestTheNumbersThatAreToldAreTheCatalogues(t *testing.T) {
	s := loaded(t, os.DirFS(real))
	db, _ := built(t, s)
	day := db.Meta().Date
	known, facts, hikvision := map[string]int{}, 0, 0
	for _, p := range products(t, db) {
		known[knownOf(p, day)]++
		for _, f := range p.Facts {
			if f.Withdrawn {
				continue
			}
			facts++
			if p.Vendor == "Hikvision" && f.Says == lifecycle.NewestFirmware && f.Region == "" && f.Date.Time.AddDate(1, 0, 0).After(day) {
				hikvision++
			}
		}
	}
	rows, err := CoverageOfWanted(t.Context(), db, s.Wanted, day)
	must(t, err)
	listed, verdicts := 0, map[lifecycle.VerdictKind]int{}
	for _, r := range rows {
		if r.Products > 0 {
			listed++
		}
		verdicts[r.Verdict]++
	}
	judged := len(rows) - verdicts[lifecycle.CannotTell]
	say := message.NewPrinter(language.English).Sprintf
	for file, told := range map[string][]string{
		"../../../README.md": {
			say("%d products and %d facts, each with its source", db.Meta().Products, facts),
			say("Of %d models that commonly stand in Dutch homes it knows %d and can judge %d: replace %d, replace soon %d, check the label %d, green %d.", len(rows), listed, judged,
				verdicts[lifecycle.ReplaceNow], verdicts[lifecycle.PlanReplacement], verdicts[lifecycle.CheckLabel], verdicts[lifecycle.SupportedNow]),
		},
		real + "/CATALOGUE.md": {
			say("### Where it stands on %s", day.Format(time.DateOnly)),
			say("%d products, %d facts, %d publishers.", db.Meta().Products, facts, len(s.Publishers)),
			say("Of the %d models of `wanted.txt` %d are known and %d (%d %%) judged by vendor and model alone; the other %d carry", len(rows), listed, judged, 100*judged/len(rows), len(rows)-judged),
			say("Of all products %d have a dated end, %d ended without a day, %d are listed as supported, %d are discontinued, %d had an update in the last twelve months, %d are known by firmware alone, %d by name alone.",
				known[knownDated], known[knownEnded], known[knownSupport], known[knownStopped], known[knownRecent], known[knownFirmware], known[knownIdentity]),
			say("Of Hikvision's %d rows with an update of the last year", hikvision),
		},
	} {
		text, err := os.ReadFile(file)
		must(t, err)
		plain := strings.Join(strings.Fields(string(text)), " ")
		for _, one := range told {
			if !strings.Contains(plain, one) {
				t.Errorf("%s does not say %q", file, one)
			}
		}
	}
}

// TestEveryProductIsFoundByItsOwnName: what a device or a label calls by the catalogue's
// maker and model meets that product, once the rules have spelled the maker.
func TestEveryProductIsFoundByItsOwnName(t *testing.T) {
	s := loaded(t, os.DirFS(real))
	db, _ := built(t, s)
	rules := fingerprint.Default()
	for _, p := range products(t, db) {
		vendor, known := rules.Vendor(p.Vendor)
		if !known {
			vendor = p.Vendor
		}
		id := device.Identity{Vendor: vendor, Model: p.Model, Revision: p.Revision}
		candidates, err := db.Candidates(t.Context(), id)
		must(t, err)
		found := lifecycle.Find(id, candidates)
		if !slices.ContainsFunc(found.Products, func(q lifecycle.Product) bool { return q.ID == p.ID }) {
			t.Errorf("%s %s %s is not found as one of %q: %d others are", p.Vendor, p.Model, p.Revision, vendor, len(found.Products))
		}
	}
}
