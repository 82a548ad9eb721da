package build

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"houdbaar/internal/lifecycle"
)

// The schemas of OpenEoX. The core is version 1.0; the shell around it, which says of
// what product it speaks, was still a draft when this was written.
const (
	openEoXCore  = "https://docs.oasis-open.org/openeox/eox-core/v1.0/schema/core.json"
	openEoXShell = "https://docs.oasis-open.org/openeox/tbd/schema/shell.json"
)

// eoxCore is an OpenEoX core: a time of RFC 3339, "tba", or nothing for each milestone.
type eoxCore struct {
	Schema               string `json:"$schema"`
	EndOfLife            string `json:"end_of_life,omitempty"`
	EndOfSales           string `json:"end_of_sales,omitempty"`
	EndOfSecuritySupport string `json:"end_of_security_support,omitempty"`
	GeneralAvailability  string `json:"general_availability,omitempty"`
	LastUpdated          string `json:"last_updated"`
}

// eoxStatement is a core and the product it speaks of, as the shell's draft writes it.
type eoxStatement struct {
	Core    eoxCore `json:"core"`
	Product string  `json:"productName"`
	Version string  `json:"productVersion"`
	Vendor  string  `json:"vendorName"`
}

type eoxShell struct {
	Schema     string         `json:"$schema"`
	Statements []eoxStatement `json:"statements"`
}

// anyVersion is written for a product whose revision does not matter.
const anyVersion = "any"

// An Origin says where a file that does not say so itself comes from.
type Origin struct {
	Publisher Publisher // folder of an existing publisher, or a whole new one
	Key       string    // of the source
	Title     string
	URL       string
	Read      string
	Vendor    string // for a file that names no vendor
	Model     string // for a core, which names no product
	Kind      string // of products that are not listed yet
}

func (o Origin) source() Source {
	return Source{Key: o.Key, Title: o.Title, URL: o.URL, Read: o.Read}
}

// ReadOpenEoX reads an OpenEoX shell, or a core about the vendor and model of the origin.
func ReadOpenEoX(r io.Reader, o Origin) (Import, error) {
	in := Import{Publisher: o.Publisher, Covers: func(key string) bool { return key == o.Key }}
	body, err := io.ReadAll(io.LimitReader(r, 64<<20))
	if err != nil {
		return in, fmt.Errorf("read OpenEoX: %w", err)
	}
	var shell eoxShell
	var core eoxCore
	if err := errors.Join(json.Unmarshal(body, &shell), json.Unmarshal(body, &core)); err != nil {
		return in, fmt.Errorf("read OpenEoX: %w", err)
	}
	statements := shell.Statements
	switch {
	case len(statements) > 0:
	case shell.Schema == openEoXCore && o.Vendor != "" && o.Model != "":
		statements = []eoxStatement{{Core: core, Vendor: o.Vendor, Product: o.Model}}
	case shell.Schema == openEoXCore:
		return in, errors.New("read OpenEoX: a core names no product; say which vendor and model it is about")
	default:
		return in, fmt.Errorf("read OpenEoX: schema %q is neither a core of 1.0 nor a shell", shell.Schema)
	}
	key := in.source(o.source())
	for i, st := range statements {
		if st.Vendor == "" {
			st.Vendor = o.Vendor
		}
		if st.Version == anyVersion {
			st.Version = ""
		}
		if st.Vendor == "" || st.Product == "" {
			in.skip("statement %d: no vendor or no product", i+1)
			continue
		}
		for _, ms := range []struct {
			says lifecycle.Statement
			time string
		}{
			{lifecycle.GeneralAvailability, st.Core.GeneralAvailability}, {lifecycle.EndOfSales, st.Core.EndOfSales},
			{lifecycle.EndOfSecuritySupport, st.Core.EndOfSecuritySupport}, {lifecycle.EndOfLife, st.Core.EndOfLife},
		} {
			if ms.time == "" {
				continue
			}
			date := "tba"
			if ms.time != "tba" {
				t, err := time.Parse(time.RFC3339, ms.time)
				if err != nil {
					in.skip("statement %d: %s %q is no time", i+1, ms.says, ms.time)
					continue
				}
				date = t.Format(time.DateOnly) // the day the publisher wrote, in its own zone
			}
			in.Publisher.Facts = append(in.Publisher.Facts, Fact{Vendor: st.Vendor, Model: st.Product, Revision: st.Version, Says: string(ms.says), Date: date, Source: key})
		}
		in.Products = append(in.Products, Product{Vendor: st.Vendor, Model: st.Product, Revision: st.Version, Kind: o.Kind})
	}
	return in, nil
}

// WriteOpenEoX writes what publishers said with a date as an OpenEoX shell, and returns
// how many products it could not write: OpenEoX has no word for "reached, date not
// given", and wants an end of security support and of life, at least announced.
func WriteOpenEoX(w io.Writer, products []lifecycle.Product) (left int, err error) {
	shell := eoxShell{Schema: openEoXShell}
	for _, p := range products {
		core := eoxCore{Schema: openEoXCore}
		var read time.Time
		undated := false
		put := func(to *string, f lifecycle.Fact) {
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
			dated := f.TBA || f.Date.Precision != lifecycle.NoDate
			switch {
			case !dated && (f.Says == lifecycle.EndOfSecuritySupport || f.Says == lifecycle.EndOfLife):
				undated = true
			case !dated:
			case f.Says == lifecycle.EndOfSecuritySupport:
				put(&core.EndOfSecuritySupport, f)
			case f.Says == lifecycle.EndOfLife:
				put(&core.EndOfLife, f)
			case f.Says == lifecycle.EndOfSales:
				put(&core.EndOfSales, f)
			case f.Says == lifecycle.GeneralAvailability:
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
			version = anyVersion
		}
		shell.Statements = append(shell.Statements, eoxStatement{Core: core, Product: p.Model, Version: version, Vendor: p.Vendor})
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
func lastMoment(d lifecycle.Date) time.Time {
	t := d.Time
	switch d.Precision {
	case lifecycle.Year:
		t = t.AddDate(1, 0, 0)
	case lifecycle.Month:
		t = t.AddDate(0, 1, 0)
	default:
		t = t.AddDate(0, 0, 1)
	}
	return t.Add(-time.Second)
}

// trimRevision takes the "Rev." that lists write in front of a revision away.
func trimRevision(s string) string {
	return strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(s, "Rev."), "Rev "))
}
