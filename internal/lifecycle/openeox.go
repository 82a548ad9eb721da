package lifecycle

import (
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// The schemas of OpenEoX. The core is version 1.0; the shell around it, which says of
// what product it speaks, was still a draft when this was written.
const (
	EoXCoreSchema  = "https://docs.oasis-open.org/openeox/eox-core/v1.0/schema/core.json"
	EoXShellSchema = "https://docs.oasis-open.org/openeox/tbd/schema/shell.json"
)

// An EoXCore is an OpenEoX core: a time of RFC 3339, "tba", or nothing for each milestone.
type EoXCore struct {
	Schema               string `json:"$schema"`
	EndOfLife            string `json:"end_of_life,omitempty"`
	EndOfSales           string `json:"end_of_sales,omitempty"`
	EndOfSecuritySupport string `json:"end_of_security_support,omitempty"`
	GeneralAvailability  string `json:"general_availability,omitempty"`
	LastUpdated          string `json:"last_updated"`
}

// An EoXStatement is a core and the product it speaks of, as the shell's draft writes it.
type EoXStatement struct {
	Core    EoXCore `json:"core"`
	Product string  `json:"productName"`
	Version string  `json:"productVersion"`
	Vendor  string  `json:"vendorName"`
}

// An EoXShell is a list of statements about products.
type EoXShell struct {
	Schema     string         `json:"$schema"`
	Statements []EoXStatement `json:"statements"`
}

// EoXAnyVersion is written for a product whose revision does not matter.
const EoXAnyVersion = "any"

// WriteOpenEoX writes what publishers said with a date as an OpenEoX shell, and returns
// how many products it could not write: OpenEoX has no word for "reached, date not
// given", and wants an end of security support and of life, at least announced.
func WriteOpenEoX(w io.Writer, products []Product) (left int, err error) {
	shell := EoXShell{Schema: EoXShellSchema, Statements: []EoXStatement{}}
	for _, p := range products {
		core := EoXCore{Schema: EoXCoreSchema}
		var read time.Time
		undated := false
		put := func(to *string, f Fact) {
			when := "tba"
			if !f.TBA {
				when = lastMoment(f.Date).Format(time.RFC3339)
			}
			// Of several sources the earliest date is the careful one.
			if *to == "" || *to == "tba" || when != "tba" && when < *to {
				*to = when
			}
			if f.Source.Read.After(read) {
				read = f.Source.Read
			}
		}
		for _, f := range p.Facts {
			if f.Withdrawn {
				continue
			}
			dated := f.TBA || f.Date.Precision != NoDate
			switch {
			case !dated && (f.Says == EndOfSecuritySupport || f.Says == EndOfLife):
				undated = true
			case !dated:
			case f.Says == EndOfSecuritySupport:
				put(&core.EndOfSecuritySupport, f)
			case f.Says == EndOfLife:
				put(&core.EndOfLife, f)
			case f.Says == EndOfSales:
				put(&core.EndOfSales, f)
			case f.Says == GeneralAvailability:
				put(&core.GeneralAvailability, f)
			}
		}
		if core.EndOfSecuritySupport == "" {
			if undated || core.EndOfLife != "" || core.EndOfSales != "" {
				left++
			}
			continue
		}
		if core.EndOfLife == "" {
			core.EndOfLife = "tba"
		}
		core.LastUpdated = read.Format(time.RFC3339)
		version := p.Revision
		if version == "" {
			version = EoXAnyVersion
		}
		shell.Statements = append(shell.Statements, EoXStatement{Core: core, Product: p.Model, Version: version, Vendor: p.Vendor})
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(shell); err != nil {
		return left, fmt.Errorf("write OpenEoX: %w", err)
	}
	return left, nil
}

// lastMoment is the end of a day, a month or a year: a milestone is the last day of it.
func lastMoment(d Date) time.Time {
	t := d.Time
	switch d.Precision {
	case Year:
		t = t.AddDate(1, 0, 0)
	case Month:
		t = t.AddDate(0, 1, 0)
	default:
		t = t.AddDate(0, 0, 1)
	}
	return t.Add(-time.Second)
}
