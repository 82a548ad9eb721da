package lifecycle

import (
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// The schemas of OpenEoX, as the committee's repository (github.com/oasis-tcs/openeox)
// had them on 2026-06-12: the core is 1.0, Committee Specification Draft 01 of
// 2026-05-20; the shell around it, which says of what product it speaks, and the
// hardware product in it are still the drafts of 2025-05-21, with "tbd" in their names.
const (
	EoXCoreSchema     = "https://docs.oasis-open.org/openeox/v1.0/schema/core.json"
	eoxShellSchema    = "https://docs.oasis-open.org/openeox/tbd/schema/shell.json"
	eoxHardwareSchema = "https://docs.oasis-open.org/openeox/tbd/schema/product_hardware.json"
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

// An EoXProduct is a piece of hardware.
type EoXProduct struct {
	Schema  string `json:"$schema"`
	Name    string `json:"product_name"`
	Version string `json:"product_version"`
	Vendor  string `json:"vendor_name"`
}

// An eoxHelper helps to recognise a product, as CSAF 2.1 does.
type eoxHelper struct {
	ModelNumbers []string `json:"model_numbers,omitempty"`
}

// An EoXStatement is a core and the product it speaks of.
type EoXStatement struct {
	Core    EoXCore    `json:"core"`
	Product EoXProduct `json:"product"`
	Helper  eoxHelper  `json:"product_identification_helper"`
}

// An EoXShell is a list of statements about products.
type EoXShell struct {
	Schema     string         `json:"$schema"`
	Statements []EoXStatement `json:"statements"`
}

// EoXAnyVersion is written for a product whose revision does not matter.
const EoXAnyVersion = "any"

const eoxTBA = "tba"

// Conflict says which mandatory test of OpenEoX Core 1.0 (section 7.1) a core fails, ""
// for none: no time that is one, an end of life before another date, a general
// availability behind one.
func (c EoXCore) Conflict() string {
	times := map[string]time.Time{}
	dates := []struct{ name, text string }{
		{"end_of_life", c.EndOfLife}, {"end_of_sales", c.EndOfSales},
		{"end_of_security_support", c.EndOfSecuritySupport}, {"general_availability", c.GeneralAvailability},
	}
	for _, d := range dates {
		if d.text == "" || d.text == eoxTBA {
			continue
		}
		t, err := time.Parse(time.RFC3339, d.text)
		if err != nil {
			return fmt.Sprintf("%s %q is no time", d.name, d.text)
		}
		times[d.name] = t
	}
	end, ends := times["end_of_life"]
	begin, begins := times["general_availability"]
	for _, d := range dates {
		t, ok := times[d.name]
		switch {
		case !ok:
		case ends && end.Before(t):
			return "end_of_life is before " + d.name
		case begins && begin.After(t):
			return "general_availability is after " + d.name
		}
	}
	return ""
}

// WriteOpenEoX writes what publishers said with a date as an OpenEoX shell, and returns
// how many products it could not write: OpenEoX has no word for "reached, date not
// given", wants an end of security support and of life, at least announced, and takes no
// dates that contradict each other, as those of two publishers may.
func WriteOpenEoX(w io.Writer, products []Product) (left int, err error) {
	shell := EoXShell{Schema: eoxShellSchema, Statements: []EoXStatement{}}
	for _, p := range products {
		core, says := eoxCore(p)
		if core.EndOfSecuritySupport == "" || core.Conflict() != "" {
			if says {
				left++
			}
			continue
		}
		version := p.Revision
		if version == "" {
			version = EoXAnyVersion
		}
		shell.Statements = append(shell.Statements, EoXStatement{
			Core:    core,
			Product: EoXProduct{Schema: eoxHardwareSchema, Name: p.Model, Version: version, Vendor: p.Vendor},
			Helper:  eoxHelper{ModelNumbers: []string{p.Model}},
		})
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(shell); err != nil {
		return left, fmt.Errorf("write OpenEoX: %w", err)
	}
	return left, nil
}

// eoxCore returns what is said of a product as a core, and whether anything is said of
// an end of it.
func eoxCore(p Product) (core EoXCore, says bool) {
	core.Schema = EoXCoreSchema
	fields := map[Statement]*string{EndOfSecuritySupport: &core.EndOfSecuritySupport, EndOfLife: &core.EndOfLife,
		EndOfSales: &core.EndOfSales, GeneralAvailability: &core.GeneralAvailability}
	var read time.Time
	for _, f := range p.Facts {
		field := fields[f.Says]
		if field == nil || f.Withdrawn {
			continue
		}
		var when string
		switch {
		case f.TBA:
			when = eoxTBA
		case !f.Date.given():
			says = says || f.Says == EndOfSecuritySupport || f.Says == EndOfLife
			continue
		case f.Says == GeneralAvailability:
			when = f.Date.first().Format(time.RFC3339)
		default:
			when = lastMoment(f.Date).Format(time.RFC3339)
		}
		// Of several sources the earliest date is the careful one.
		if *field == "" || *field == eoxTBA || when != eoxTBA && when < *field {
			*field = when
		}
		if f.Source.Read.After(read) {
			read = f.Source.Read
		}
	}
	says = says || core.EndOfSecuritySupport != "" || core.EndOfLife != "" || core.EndOfSales != ""
	if core.EndOfLife == "" {
		core.EndOfLife = eoxTBA
	}
	if core.GeneralAvailability == eoxTBA {
		core.GeneralAvailability = "" // recommended: no "tba" for it beside a date
	}
	core.LastUpdated = read.Format(time.RFC3339)
	return core, says
}

// lastMoment is the end of a day, a month or a year: a milestone is the last day of it.
func lastMoment(d Date) time.Time { return d.Last().AddDate(0, 0, 1).Add(-time.Second) }
