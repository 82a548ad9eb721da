package build

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"houdbaar/internal/lifecycle"
)

// readOpenEoX reads an OpenEoX shell, or a core about the vendor and model of the origin.
func readOpenEoX(r io.Reader, o Origin, _ *Sources) (Import, error) {
	in := o.begin()
	body, err := io.ReadAll(io.LimitReader(r, 64<<20))
	if err != nil {
		return in, fmt.Errorf("read OpenEoX: %w", err)
	}
	statements, err := eoxStatements(body, o)
	if err != nil {
		return in, fmt.Errorf("read OpenEoX: %w", err)
	}
	for i, st := range statements {
		p := st.Product
		p.Vendor = cmp.Or(p.Vendor, o.Vendor)
		if p.Version == lifecycle.EoXAnyVersion {
			p.Version = ""
		}
		if p.Vendor == "" || p.Name == "" {
			in.skip("statement %d: no vendor or no product", i+1)
			continue
		}
		if st.Core.Schema != lifecycle.EoXCoreSchema {
			in.skip("statement %d, %s: schema %q is no core of 1.0", i+1, p.Name, st.Core.Schema)
			continue
		}
		if conflict := st.Core.Conflict(); conflict != "" {
			in.skip("statement %d, %s: %s", i+1, p.Name, conflict)
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
			if t, err := time.Parse(time.RFC3339, ms.time); err == nil {
				date = t.Format(time.DateOnly) // the day the publisher wrote, in its own zone
			}
			in.add(Fact{Vendor: p.Vendor, Model: p.Name, Revision: p.Version, Says: string(ms.says), Date: date, Source: o.Key})
		}
		in.Products = append(in.Products, Product{Vendor: p.Vendor, Model: p.Name, Revision: p.Version, Kind: o.Kind})
	}
	return in, nil
}

// eoxStatements reads the statements of a shell, or a core as the one statement about the
// vendor and model of the origin.
func eoxStatements(body []byte, o Origin) ([]lifecycle.EoXStatement, error) {
	var shell lifecycle.EoXShell
	var core lifecycle.EoXCore
	if err := errors.Join(json.Unmarshal(body, &shell), json.Unmarshal(body, &core)); err != nil {
		return nil, err
	}
	switch {
	case len(shell.Statements) > 0:
		return shell.Statements, nil
	case shell.Schema != lifecycle.EoXCoreSchema:
		return nil, fmt.Errorf("schema %q is neither a core of 1.0 nor a shell", shell.Schema)
	case o.Vendor == "" || o.Model == "":
		return nil, errors.New("a core names no product; say which vendor and model it is about")
	}
	return []lifecycle.EoXStatement{{Core: core, Product: lifecycle.EoXProduct{Vendor: o.Vendor, Name: o.Model}}}, nil
}
