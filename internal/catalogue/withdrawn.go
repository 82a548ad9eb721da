package catalogue

import (
	"context"
	"database/sql"
	"slices"

	"houdbaar/internal/lifecycle"
	"houdbaar/internal/sqlite"
)

// A retraction is a product with what was said of it and taken back, and by which keys
// it is asked for.
type retraction struct {
	slug string // the ID of the product, if it is one
	lifecycle.Product
	vendors, keys []string
}

// withdrawnOf returns what was taken back of a product.
func (c *DB) withdrawnOf(id string) []lifecycle.Fact {
	for i := range c.withdrawn {
		if c.withdrawn[i].slug == id {
			return c.withdrawn[i].Facts
		}
	}
	return nil
}

// withdrawnAbout returns those that share a key with an identity and are none of the
// products that were found.
func (c *DB) withdrawnAbout(vendor string, keys []string, found []lifecycle.Product) []lifecycle.Product {
	var out []lifecycle.Product
	for i := range c.withdrawn {
		r := &c.withdrawn[i]
		if slices.Contains(r.vendors, vendor) && slices.ContainsFunc(keys, func(k string) bool { return slices.Contains(r.keys, k) }) &&
			!slices.ContainsFunc(found, func(p lifecycle.Product) bool { return p.ID == r.slug }) {
			out = append(out, r.Product)
		}
	}
	return out
}

// Withdrawn returns what was said of products and taken back, and why, in the order of
// their IDs. Nothing is judged by it.
func (c *DB) Withdrawn() []lifecycle.Product {
	if c == nil {
		return nil
	}
	var out []lifecycle.Product
	for _, r := range c.withdrawn {
		out = append(out, r.Product)
	}
	return out
}

func (c *DB) readWithdrawn(ctx context.Context) error {
	var all []retraction // of one fact each
	var sources []int
	rows, err := c.db.QueryContext(ctx, `SELECT slug, vendor, model, revision, says, date, version, region, campaign, detail, why, source FROM withdrawn ORDER BY slug, id`)
	err = sqlite.EachRow(rows, err, func(rows *sql.Rows) error {
		f := lifecycle.Fact{Withdrawn: true}
		var r retraction
		var date string
		var source int
		if err := rows.Scan(&r.slug, &r.Vendor, &r.Model, &r.Revision, &f.Says, &date, &f.Version, &f.Region, &f.Campaign, &f.Detail, &f.Why, &source); err != nil {
			return err
		}
		f.Date, f.TBA, err = ParseDate(date)
		r.Facts = []lifecycle.Fact{f}
		all, sources = append(all, r), append(sources, source)
		return err
	})
	if err != nil {
		return err
	}
	for i, r := range all {
		if r.Facts[0].Source, err = c.source(ctx, sources[i]); err != nil {
			return err
		}
		if n := len(c.withdrawn); n > 0 && c.withdrawn[n-1].slug == r.slug {
			c.withdrawn[n-1].Facts = append(c.withdrawn[n-1].Facts, r.Facts...)
			continue
		}
		r.vendors, r.keys = lifecycle.ProductVendorKeys(r.Product), lifecycle.ProductKeys(r.Product)
		c.withdrawn = append(c.withdrawn, r)
	}
	return nil
}
