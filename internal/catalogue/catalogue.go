package catalogue

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
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
	c := &DB{db: db}
	if err := c.ready(context.Background()); err != nil {
		db.Close()
		return nil, fmt.Errorf("open catalogue %s: %w", path, err)
	}
	return c, nil
}

// factJSON writes a row of fact or withdrawn, and its source s, as lifecycle.Fact is read.
const factJSON = `json_object('says', says, 'date', iif(date = 'tba', '', date), 'tba', json(iif(date = 'tba', 'true', 'false')),
	'version', version, 'region', region, 'campaign', campaign, 'detail', detail, 'source', json_object('publisher', s.publisher,
	'title', s.title, 'url', s.url, 'read', s.read || 'T00:00:00Z', 'trust', s.trust, 'via', s.via))`

// productsOf is the question for the products whose ids a subquery gives, each with all
// its facts in one text, which is much quicker than a row for each. That it is a
// subquery counts too: SQLite 3.54 prepares a join with a parameter in its condition
// anew at every question, and that costs more than answering it.
func productsOf(ids string) string {
	return `SELECT p.slug, m.vendor, m.name, p.revision, p.kind, p.provider, p.page, p.aliases,
			(SELECT json_group_array(` + factJSON + ` ORDER BY n) FROM fact LEFT JOIN source s ON s.id = source WHERE product = p.id)
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
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
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
	}
	return rows.Err()
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
	if c == nil {
		return nil, nil
	}
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
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return nil, err
		}
		out = append(out, line)
	}
	return out, rows.Err()
}

// wrap says of an error what was being done.
func wrap(err *error, doing string) {
	if *err != nil {
		*err = fmt.Errorf("%s: %w", doing, *err)
	}
}

// products asks for products and their facts.
func (c *DB) products(ctx context.Context, by *sql.Stmt, args ...any) ([]lifecycle.Product, error) {
	rows, err := by.QueryContext(ctx, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []lifecycle.Product
	for rows.Next() {
		var p lifecycle.Product
		var aliases string
		var facts []byte
		if err := rows.Scan(&p.ID, &p.Vendor, &p.Model, &p.Revision, &p.Kind, &p.Provider, &p.Page, &aliases, &facts); err != nil {
			return nil, err
		}
		if aliases != "" {
			p.Aliases = strings.Split(aliases, "\n")
		}
		if p.Facts, err = readFacts(facts); err != nil {
			return nil, err
		}
		p.Facts = append(p.Facts, c.withdrawnOf(p.ID)...)
		out = append(out, p)
	}
	return out, rows.Err()
}

// readFacts reads a list of facts, as factJSON writes them.
func readFacts(text []byte) (facts []lifecycle.Fact, err error) {
	if err = json.Unmarshal(text, &facts); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if slices.ContainsFunc(facts, func(f lifecycle.Fact) bool { return f.Source.Read.IsZero() }) {
		return nil, fmt.Errorf("%w: a fact without a source", ErrDamaged)
	}
	return facts, nil
}
