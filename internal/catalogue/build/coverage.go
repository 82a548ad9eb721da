package build

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"houdbaar/internal/catalogue"
	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
)

// What is known of a product, the best kind first.
const (
	knownDated    = "dated end"     // an end of security support or of life with a date
	knownEnded    = "ended"         // it ended, no date
	knownSupport  = "supported"     // listed as supported
	knownStopped  = "discontinued"  // no longer sold or made; no word on updates
	knownRecent   = "recent update" // a firmware of the 12 months before the day
	knownFirmware = "firmware only"
	knownIdentity = "identity only"
)

// Knowns lists them in the order of a table.
var Knowns = []string{knownDated, knownEnded, knownSupport, knownStopped, knownRecent, knownFirmware, knownIdentity}

// knownOf says what is known of a product on a day.
func knownOf(p lifecycle.Product, day time.Time) string {
	has := map[string]bool{}
	for _, f := range p.Facts {
		if f.Withdrawn {
			continue
		}
		switch f.Says {
		case lifecycle.EndOfSecuritySupport, lifecycle.EndOfLife:
			if f.Date.Precision != lifecycle.NoDate {
				has[knownDated] = true
			} else if !f.TBA {
				has[knownEnded] = true
			}
		case lifecycle.Supported:
			has[knownSupport] = true
		case lifecycle.Discontinued, lifecycle.EndOfSales:
			has[knownStopped] = true
		case lifecycle.NewestFirmware:
			has[knownFirmware] = true
			if f.Date.Precision != lifecycle.NoDate && f.Date.Time.AddDate(1, 0, 0).After(day) {
				has[knownRecent] = true
			}
		case lifecycle.KnownFirmware, lifecycle.FixedFirmware:
			has[knownFirmware] = true
		}
	}
	for _, k := range Knowns {
		if has[k] {
			return k
		}
	}
	return knownIdentity
}

// A VendorRow counts the products of one vendor by what is known of them.
type VendorRow struct {
	Vendor   string
	Products int
	Known    map[string]int
}

// CoverageByVendor counts what is known on a day, the vendor with most products first.
func CoverageByVendor(products []lifecycle.Product, day time.Time) []VendorRow {
	by := map[string]*VendorRow{}
	for _, p := range products {
		r := by[p.Vendor]
		if r == nil {
			r = &VendorRow{Vendor: p.Vendor, Known: map[string]int{}}
			by[p.Vendor] = r
		}
		r.Products++
		r.Known[knownOf(p, day)]++
	}
	var out []VendorRow
	for _, r := range by {
		out = append(out, *r)
	}
	slices.SortFunc(out, func(a, b VendorRow) int {
		return cmp.Or(cmp.Compare(b.Products, a.Products), cmp.Compare(strings.ToLower(a.Vendor), strings.ToLower(b.Vendor)))
	})
	return out
}

// A WantedRow is one model of wanted.txt and what the catalogue says of it on a day to
// somebody who knows only vendor and model.
type WantedRow struct {
	Wanted
	Products int // 0 = not known
	Known    string
	Verdict  lifecycle.VerdictKind
	Reason   string
}

// CoverageOfWanted judges the wanted models by a catalogue.
func CoverageOfWanted(ctx context.Context, db *catalogue.DB, wanted []Wanted, day time.Time) ([]WantedRow, error) {
	var out []WantedRow
	for _, w := range wanted {
		id := device.Identity{Vendor: w.Vendor, Model: w.Model, Kind: device.Router}
		candidates, err := db.Candidates(ctx, id)
		if err != nil {
			return nil, err
		}
		m := lifecycle.Find(id, candidates)
		r := WantedRow{Wanted: w, Products: len(m.Products)}
		at := len(Knowns)
		for _, p := range m.Products {
			at = min(at, slices.Index(Knowns, knownOf(p, day)))
		}
		if at < len(Knowns) {
			r.Known = Knowns[at]
		}
		v := lifecycle.Judge(id, m, day, lifecycle.Options{})
		r.Verdict = v.Kind
		if len(v.Reasons) > 0 {
			r.Reason = v.Reasons[0].Code
		}
		out = append(out, r)
	}
	return out, nil
}
