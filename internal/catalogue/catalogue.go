package catalogue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
	"houdbaar/internal/sqlite"
)

// What can be wrong with a catalogue file. Errors of this package wrap one of them.
var (
	ErrMissing = errors.New("no catalogue")
	ErrDamaged = errors.New("catalogue is damaged")
	ErrForeign = errors.New("not a catalogue of this program")
	ErrSchema  = errors.New("catalogue has another schema")
)

// A DB is an open catalogue. It may be used by several goroutines. A nil *DB is an
// empty catalogue.
type DB struct {
	db   *sql.DB
	path string
	temp bool // path is a private copy, removed by Close
	meta scan.CatalogueMeta

	byKey, bySlug, byModels lookup
	gram, models            *sql.Stmt
	last                    int // the highest id of a model

	mu      sync.Mutex
	sources map[int]lifecycle.Source // read once each
}

// A lookup is two questions with the same arguments: for products, and for all their
// facts at once, which is much quicker than asking for the facts of each.
type lookup struct{ products, facts *sql.Stmt }

// Open opens a catalogue file for reading. The error wraps ErrMissing, ErrDamaged,
// ErrForeign or ErrSchema.
func Open(path string) (*DB, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open catalogue %s: %w", path, ErrMissing)
	}
	db, err := sqlite.OpenReadOnly(path)
	if err != nil {
		if sqlite.Damaged(err) {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		return nil, fmt.Errorf("open catalogue: %w", err)
	}
	c := &DB{db: db, path: path, sources: map[int]lifecycle.Source{}}
	if err := c.prepare(); err != nil {
		db.Close()
		return nil, fmt.Errorf("open catalogue %s: %w", path, err)
	}
	return c, nil
}

const (
	productColumns = `SELECT p.id, p.slug, m.vendor, m.name, p.revision, p.kind, p.provider, p.page, p.aliases `
	factColumns    = `SELECT f.product, f.says, f.date, f.version, f.region, f.campaign, f.detail, f.withdrawn, f.source `
)

func (c *DB) prepare() error {
	ctx := context.Background()
	app, err := sqlite.ApplicationID(ctx, c.db)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if app != AppID {
		return ErrForeign
	}
	schema, err := sqlite.UserVersion(ctx, c.db)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if schema != SchemaVersion {
		return fmt.Errorf("%w: %d, want %d", ErrSchema, schema, SchemaVersion)
	}
	for _, s := range []struct {
		to    **sql.Stmt
		query string
	}{
		{&c.byKey.products, productColumns + `FROM name n JOIN product p ON p.id = n.product JOIN model m ON m.id = p.model
			WHERE n.vendor_key = ? AND n.key = ? ORDER BY p.slug`},
		{&c.byKey.facts, factColumns + `FROM name n JOIN fact f ON f.product = n.product
			WHERE n.vendor_key = ? AND n.key = ? ORDER BY f.product, f.n`},
		{&c.bySlug.products, productColumns + `FROM product p JOIN model m ON m.id = p.model WHERE p.slug = ?`},
		{&c.bySlug.facts, factColumns + `FROM product p JOIN fact f ON f.product = p.id WHERE p.slug = ? ORDER BY f.n`},
		{&c.byModels.products, productColumns + `FROM product p JOIN model m ON m.id = p.model
			WHERE p.model IN (SELECT value FROM json_each(?)) ORDER BY p.slug`},
		{&c.byModels.facts, factColumns + `FROM product p JOIN fact f ON f.product = p.id
			WHERE p.model IN (SELECT value FROM json_each(?)) ORDER BY f.product, f.n`},
		{&c.gram, `SELECT models FROM gram WHERE gram IN (SELECT value FROM json_each(?))`},
		{&c.models, `SELECT id, vendor, name, words FROM model WHERE id IN (SELECT value FROM json_each(?))`},
	} {
		if *s.to, err = c.db.Prepare(s.query); err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
	}
	if err := c.db.QueryRow(`SELECT coalesce(max(id), 0) FROM model`).Scan(&c.last); err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return c.readMeta()
}

func (c *DB) readMeta() error {
	rows, err := c.db.Query(`SELECT key, value FROM meta`)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	defer rows.Close()
	for rows.Next() {
		var key, value string
		if err := rows.Scan(&key, &value); err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		switch key {
		case "version":
			c.meta.Version = value
		case "date":
			c.meta.Date, err = time.Parse(time.DateOnly, value)
		case "products":
			_, err = fmt.Sscan(value, &c.meta.Products)
		}
		if err != nil {
			return fmt.Errorf("%w: meta %s %q: %w", ErrDamaged, key, value, err)
		}
	}
	return rows.Err()
}

// Close closes the file.
func (c *DB) Close() error {
	if c == nil {
		return nil
	}
	err := c.db.Close()
	if c.temp {
		os.Remove(c.path)
	}
	return err
}

// Path returns the file that is open, "" for an empty catalogue.
func (c *DB) Path() string {
	if c == nil {
		return ""
	}
	return c.path
}

// Meta says which catalogue this is.
func (c *DB) Meta() scan.CatalogueMeta {
	if c == nil {
		return scan.CatalogueMeta{}
	}
	return c.meta
}

// Candidates returns every product that an identity could be: those that share a key
// of lifecycle.IdentityKeys with it, whatever their revision, sorted by ID. Without a
// vendor and a model there are none.
func (c *DB) Candidates(ctx context.Context, id device.Identity) ([]lifecycle.Product, error) {
	if c == nil {
		return nil, nil
	}
	var out []lifecycle.Product
	for _, key := range lifecycle.IdentityKeys(id) {
		found, err := c.products(ctx, c.byKey, lifecycle.VendorKey(id.Vendor), key)
		if err != nil {
			return nil, fmt.Errorf("look up %s %s: %w", id.Vendor, id.Model, err)
		}
		out = merge(out, found)
	}
	return out, nil
}

// merge adds the products that are not there yet and keeps the order by ID.
func merge(have, more []lifecycle.Product) []lifecycle.Product {
	if len(have) == 0 {
		return more
	}
	for _, p := range more {
		i := 0
		for i < len(have) && have[i].ID < p.ID {
			i++
		}
		if i < len(have) && have[i].ID == p.ID {
			continue
		}
		have = append(have[:i], append([]lifecycle.Product{p}, have[i:]...)...)
	}
	return have
}

// Product returns one product by its ID.
func (c *DB) Product(ctx context.Context, id string) (lifecycle.Product, bool, error) {
	if c == nil {
		return lifecycle.Product{}, false, nil
	}
	found, err := c.products(ctx, c.bySlug, id)
	if err != nil {
		return lifecycle.Product{}, false, fmt.Errorf("look up %s: %w", id, err)
	}
	if len(found) == 0 {
		return lifecycle.Product{}, false, nil
	}
	return found[0], true, nil
}

// All calls yield with every product, in the order of their IDs, until it returns false.
func (c *DB) All(ctx context.Context, yield func(lifecycle.Product) bool) error {
	if c == nil {
		return nil
	}
	var all lookup
	for _, q := range []struct {
		to    **sql.Stmt
		query string
	}{
		{&all.products, productColumns + `FROM product p JOIN model m ON m.id = p.model ORDER BY p.slug`},
		{&all.facts, factColumns + `FROM fact f ORDER BY f.product, f.n`},
	} {
		stmt, err := c.db.PrepareContext(ctx, q.query)
		if err != nil {
			return fmt.Errorf("read products: %w", err)
		}
		defer stmt.Close()
		*q.to = stmt
	}
	found, err := c.products(ctx, all)
	if err != nil {
		return fmt.Errorf("read products: %w", err)
	}
	for _, p := range found {
		if !yield(p) {
			break
		}
	}
	return nil
}

// Credits returns the lines that must be shown where the catalogue is named.
func (c *DB) Credits(ctx context.Context) ([]string, error) {
	if c == nil {
		return nil, nil
	}
	rows, err := c.db.QueryContext(ctx, `SELECT text FROM credit ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("read credits: %w", err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return nil, fmt.Errorf("read credits: %w", err)
		}
		out = append(out, line)
	}
	return out, rows.Err()
}

// products asks for products and their facts.
func (c *DB) products(ctx context.Context, by lookup, args ...any) ([]lifecycle.Product, error) {
	rows, err := by.products.QueryContext(ctx, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []lifecycle.Product
	at := map[int]int{} // product to its place
	for rows.Next() {
		var p lifecycle.Product
		var id int
		var kind, aliases string
		if err := rows.Scan(&id, &p.ID, &p.Vendor, &p.Model, &p.Revision, &kind, &p.Provider, &p.Page, &aliases); err != nil {
			return nil, err
		}
		p.Kind = device.Kind(kind)
		if aliases != "" {
			p.Aliases = strings.Split(aliases, "\n")
		}
		at[id] = len(out)
		out = append(out, p)
	}
	if err := rows.Err(); err != nil || len(out) == 0 {
		return nil, err
	}
	rows.Close()
	return out, c.addFacts(ctx, out, at, by, args)
}

func (c *DB) addFacts(ctx context.Context, to []lifecycle.Product, at map[int]int, by lookup, args []any) error {
	rows, err := by.facts.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var f lifecycle.Fact
		var product, source int
		var says, date string
		if err := rows.Scan(&product, &says, &date, &f.Version, &f.Region, &f.Campaign, &f.Detail, &f.Withdrawn, &source); err != nil {
			return err
		}
		f.Says = lifecycle.Statement(says)
		if f.Date, f.TBA, err = ParseDate(date); err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if f.Source, err = c.source(ctx, source); err != nil {
			return err
		}
		i, ok := at[product]
		if !ok {
			return fmt.Errorf("%w: a fact about product %d, which was not asked for", ErrDamaged, product)
		}
		to[i].Facts = append(to[i].Facts, f)
	}
	return rows.Err()
}

func (c *DB) source(ctx context.Context, id int) (lifecycle.Source, error) {
	c.mu.Lock()
	s, ok := c.sources[id]
	c.mu.Unlock()
	if ok {
		return s, nil
	}
	var read, trust string
	err := c.db.QueryRowContext(ctx, `SELECT publisher, title, url, read, trust, via FROM source WHERE id = ?`, id).
		Scan(&s.Publisher, &s.Title, &s.URL, &read, &trust, &s.Via)
	if err != nil {
		return s, fmt.Errorf("read source %d: %w", id, err)
	}
	if s.Read, err = time.Parse(time.DateOnly, read); err != nil {
		return s, fmt.Errorf("%w: source %d: %w", ErrDamaged, id, err)
	}
	if s.Trust, ok = Trusts[trust]; !ok {
		return s, fmt.Errorf("%w: source %d: trust %q", ErrDamaged, id, trust)
	}
	c.mu.Lock()
	c.sources[id] = s
	c.mu.Unlock()
	return s, nil
}

// Trusts are the words for the ranks of a source.
var Trusts = map[string]lifecycle.Trust{
	"vendor":      lifecycle.Vendor,
	"authority":   lifecycle.Authority,
	"second_hand": lifecycle.SecondHand,
}

// ParseDate reads "2026-11-21", "2026-11", "2026", "tba" or "".
func ParseDate(s string) (date lifecycle.Date, tba bool, err error) {
	switch {
	case s == "":
		return date, false, nil
	case s == "tba":
		return date, true, nil
	}
	layout, precision := "", lifecycle.NoDate
	switch len(s) {
	case len("2006"):
		layout, precision = "2006", lifecycle.Year
	case len("2006-01"):
		layout, precision = "2006-01", lifecycle.Month
	case len("2006-01-02"):
		layout, precision = "2006-01-02", lifecycle.Day
	default:
		return date, false, fmt.Errorf("date %q: want a day, a month or a year", s)
	}
	t, err := time.Parse(layout, s)
	if err != nil {
		return date, false, fmt.Errorf("date %q: want a day, a month or a year", s)
	}
	return lifecycle.Date{Time: t, Precision: precision}, false, nil
}
