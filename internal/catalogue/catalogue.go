package catalogue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
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
	ErrDamaged = refusal{"damaged", "catalogue is damaged"}
	ErrForeign = refusal{"damaged", "not a catalogue of this program"}
	ErrSchema  = refusal{"schema", "catalogue has another schema"}
)

// A DB is an open catalogue. It may be used by several goroutines. A nil *DB is an
// empty catalogue.
type DB struct {
	db   *sql.DB
	temp string // a private copy that Close removes, "" for none
	meta scan.CatalogueMeta

	byKeys, byModels, gram, models *sql.Stmt

	last      int          // the highest id of a model
	withdrawn []retraction // in the order of their IDs

	mu      sync.Mutex
	sources map[int]lifecycle.Source // read once each
}

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
	c := &DB{db: db, sources: map[int]lifecycle.Source{}}
	if err := c.ready(context.Background()); err != nil {
		db.Close()
		return nil, fmt.Errorf("open catalogue %s: %w", path, err)
	}
	return c, nil
}

// What lies between the facts of a product, and between the parts of a fact, in an
// answer. Nothing that is read holds them: build refuses it.
const (
	betweenFacts = "\x1e"
	betweenParts = "\x1f"
)

// productsOf is the question for the products whose ids a subquery gives, each with all
// its facts in one text, which is much quicker than a row for each. That it is a
// subquery counts too: SQLite 3.54 prepares a join with a parameter in its condition
// anew at every question, and that costs more than answering it. Facts come in the
// order of their table.
func productsOf(ids string) string {
	return `SELECT p.slug, m.vendor, m.name, p.revision, p.kind, p.provider, p.page, p.aliases,
			(SELECT coalesce(group_concat(concat_ws(char(31), says, date, version, region, campaign, detail, source), char(30)), '')
			FROM fact WHERE product = p.id)
		FROM product p JOIN model m ON m.id = p.model WHERE p.id IN (` + ids + `) ORDER BY p.id`
}

// ready checks whose file it is, prepares the questions, and reads what every answer needs.
func (c *DB) ready(ctx context.Context) error {
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
	for _, step := range []func(context.Context) error{c.prepare, c.readMeta, c.readWithdrawn} {
		if err := step(ctx); err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
	}
	return nil
}

func (c *DB) prepare(ctx context.Context) (err error) {
	for _, q := range []struct {
		to  **sql.Stmt
		sql string
	}{
		{&c.byKeys, productsOf(`SELECT product FROM name WHERE vendor_key = ? AND key IN (SELECT value FROM json_each(?))`)},
		{&c.byModels, productsOf(`SELECT id FROM product WHERE model IN (SELECT value FROM json_each(?))`)},
		{&c.gram, `SELECT models FROM gram WHERE gram IN (SELECT value FROM json_each(?))`},
		{&c.models, `SELECT id, vendor, name, words FROM model WHERE id IN (SELECT value FROM json_each(?))`},
	} {
		if *q.to, err = c.db.PrepareContext(ctx, q.sql); err != nil {
			return err
		}
	}
	return c.db.QueryRowContext(ctx, `SELECT coalesce(max(id), 0) FROM model`).Scan(&c.last)
}

func (c *DB) readMeta(ctx context.Context) error {
	rows, err := c.db.QueryContext(ctx, `SELECT key, value FROM meta`)
	return sqlite.EachRow(rows, err, func(rows *sql.Rows) error {
		var key, value string
		if err := rows.Scan(&key, &value); err != nil {
			return err
		}
		switch key {
		case "version":
			c.meta.Version = value
		case "date":
			c.meta.Date, err = time.Parse(time.DateOnly, value)
		case "products":
			c.meta.Products, err = strconv.Atoi(value)
		}
		if err != nil {
			return fmt.Errorf("meta %s %q: %w", key, value, err)
		}
		return nil
	})
}

// Close closes the file.
func (c *DB) Close() error {
	if c == nil {
		return nil
	}
	err := c.db.Close()
	if c.temp != "" {
		os.Remove(c.temp)
	}
	return err
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
// vendor and a model there are none. Behind them stand those that are no product, of
// which all that was said is withdrawn.
func (c *DB) Candidates(ctx context.Context, id device.Identity) ([]lifecycle.Product, error) {
	if c == nil {
		return nil, nil
	}
	keys := lifecycle.IdentityKeys(id)
	if len(keys) == 0 {
		return nil, nil
	}
	vendor := lifecycle.VendorKey(id.Vendor)
	found, err := c.products(ctx, c.byKeys, vendor, array(keys))
	if err != nil {
		return nil, fmt.Errorf("look up %s %s: %w", id.Vendor, id.Model, err)
	}
	return append(found, c.withdrawnAbout(vendor, keys, found)...), nil
}

// All returns every product, in the order of their IDs.
func (c *DB) All(ctx context.Context) (all []lifecycle.Product, err error) {
	defer wrap(&err, "read products")
	ids, err := c.db.PrepareContext(ctx, productsOf(`SELECT id FROM product`))
	if err != nil {
		return nil, err
	}
	defer ids.Close()
	return c.products(ctx, ids)
}

// Credits returns the lines that must be shown where the catalogue is named.
func (c *DB) Credits(ctx context.Context) (out []string, err error) {
	defer wrap(&err, "read credits")
	if c == nil {
		return nil, nil
	}
	rows, err := c.db.QueryContext(ctx, `SELECT text FROM credit ORDER BY id`)
	err = sqlite.EachRow(rows, err, func(rows *sql.Rows) error {
		out = append(out, "")
		return rows.Scan(&out[len(out)-1])
	})
	return out, err
}

// wrap says of an error what was being done.
func wrap(err *error, doing string) {
	if *err != nil {
		*err = fmt.Errorf("%s: %w", doing, *err)
	}
}

// products asks for products and their facts.
func (c *DB) products(ctx context.Context, by *sql.Stmt, args ...any) ([]lifecycle.Product, error) {
	var out []lifecycle.Product
	var facts []string // of each product
	rows, err := by.QueryContext(ctx, args...)
	err = sqlite.EachRow(rows, err, func(rows *sql.Rows) error {
		var p lifecycle.Product
		var aliases, its string
		if err := rows.Scan(&p.ID, &p.Vendor, &p.Model, &p.Revision, &p.Kind, &p.Provider, &p.Page, &aliases, &its); err != nil {
			return err
		}
		if aliases != "" {
			p.Aliases = strings.Split(aliases, "\n")
		}
		if out == nil { // few models have more revisions
			out, facts = make([]lifecycle.Product, 0, 10), make([]string, 0, 10)
		}
		out, facts = append(out, p), append(facts, its)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i, its := range facts {
		if out[i].Facts, err = c.facts(ctx, its); err != nil {
			return nil, err
		}
		out[i].Facts = append(out[i].Facts, c.withdrawnOf(out[i].ID)...)
	}
	return out, nil
}

// facts reads the facts of a product, as productsOf has them written.
func (c *DB) facts(ctx context.Context, text string) ([]lifecycle.Fact, error) {
	if text == "" {
		return nil, nil
	}
	out := make([]lifecycle.Fact, 0, 1+strings.Count(text, betweenFacts))
	for one := range strings.SplitSeq(text, betweenFacts) {
		parts := strings.SplitN(one, betweenParts, 8)
		if len(parts) != 7 {
			return nil, fmt.Errorf("%w: fact %q", ErrDamaged, one)
		}
		source, err := strconv.Atoi(parts[6])
		if err != nil {
			return nil, fmt.Errorf("%w: fact %q", ErrDamaged, one)
		}
		f := lifecycle.Fact{Says: lifecycle.Statement(parts[0]), Version: parts[2], Region: parts[3], Campaign: parts[4], Detail: parts[5]}
		if f.Date, f.TBA, err = ParseDate(parts[1]); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if f.Source, err = c.source(ctx, source); err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// source reads a source, once.
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
	if errors.Is(err, sql.ErrNoRows) {
		return s, fmt.Errorf("%w: no source %d", ErrDamaged, id)
	}
	if err != nil {
		return s, fmt.Errorf("read source %d: %w", id, err)
	}
	if s.Read, err = time.Parse(time.DateOnly, read); err != nil {
		return s, fmt.Errorf("%w: source %d: %w", ErrDamaged, id, err)
	}
	rank := slices.Index(lifecycle.Trusts, trust)
	if rank < 0 {
		return s, fmt.Errorf("%w: source %d: trust %q", ErrDamaged, id, trust)
	}
	s.Trust = lifecycle.Trust(rank)
	c.mu.Lock()
	c.sources[id] = s
	c.mu.Unlock()
	return s, nil
}

// ParseDate reads "2026-11-21", "2026-11", "2026", "tba" or "".
func ParseDate(s string) (date lifecycle.Date, tba bool, err error) {
	if s == "tba" {
		return date, true, nil
	}
	date, err = lifecycle.ParseDate(s)
	return date, false, err
}
