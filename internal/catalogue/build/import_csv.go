package build

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// listColumns are the columns of a list typed from a publisher's page; one source, given
// with the list, holds for all rows. Columns may be left out and stand in any order.
var listColumns = []string{"vendor", "model", "revision", "region", "kind", "says", "date", "version", "campaign", "detail", "note", "aliases"}

// readCSV reads a list that somebody typed from a page.
func readCSV(r io.Reader, o Origin, _ *Sources) (Import, error) {
	in := o.begin()
	c := csv.NewReader(r)
	c.TrimLeadingSpace = true
	head, err := c.Read()
	if err != nil {
		return in, fmt.Errorf("read list: %w", err)
	}
	at := map[string]int{}
	for i, name := range head {
		if !slices.Contains(listColumns, name) {
			return in, fmt.Errorf("read list: column %q is none of %v", name, listColumns)
		}
		at[name] = i
	}
	for _, name := range []string{"model", "says"} {
		if _, ok := at[name]; !ok {
			return in, fmt.Errorf("read list: column %s is missing", name)
		}
	}
	for {
		record, err := c.Read()
		if errors.Is(err, io.EOF) {
			return in, nil
		}
		if err != nil {
			return in, fmt.Errorf("read list: %w", err)
		}
		get := func(name string) string {
			if i, ok := at[name]; ok {
				return record[i]
			}
			return ""
		}
		vendor, kind := cmp.Or(get("vendor"), o.Vendor), cmp.Or(get("kind"), o.Kind)
		revision := trimRevision(get("revision"))
		in.add(Fact{Vendor: vendor, Model: get("model"), Revision: revision, Region: get("region"),
			Says: get("says"), Date: get("date"), Version: get("version"), Campaign: get("campaign"), Detail: get("detail"), Note: get("note"), Source: o.Key})
		in.Products = append(in.Products, Product{Vendor: vendor, Model: get("model"), Revision: revision, Kind: kind, Aliases: list(get("aliases"))})
	}
}

// trimRevision takes the "Rev." that lists write in front of a revision away.
func trimRevision(s string) string {
	return strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(s, "Rev."), "Rev "))
}
