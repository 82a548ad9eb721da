package history

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// A Visit is one home that was looked at, without the scans' findings. A visit file has its
// names.
type Visit struct {
	Ref       string     `json:"ref"`
	Household string     `json:"household"` // free text, may be empty
	Notes     string     `json:"notes"`
	Visitor   string     `json:"visitor"` // who came
	Created   time.Time  `json:"created,omitzero"`
	Changed   time.Time  `json:"changed,omitzero"`
	Imported  time.Time  `json:"-"` // when it came from another computer, zero = made here
	Scans     []ScanInfo `json:"-"`
	Devices   []Known    `json:"devices,omitempty"` // what people said of devices
	Stickers  []Sticker  `json:"stickers,omitempty"`
}

// A ScanInfo is a scan in a list.
type ScanInfo struct {
	Number    int // 1, 2, ... within the visit
	Started   time.Time
	Stopped   bool
	On        time.Time
	Catalogue scan.CatalogueMeta
	Devices   int
	Counts    map[lifecycle.VerdictKind]int
	NoRouter  bool // the router was looked for and not found; not known of scans before schema 5
}

// A Row is a visit in the list.
type Row struct {
	Ref       string
	Household string
	Created   time.Time
	Imported  time.Time
	Scans     int
	Last      ScanInfo // the newest scan; Number 0 = none
}

// NewVisit makes a visit of a household, which may be empty. Who comes is who came to the
// visit that was made here last: a helpdesk worker types a name once.
func (s *Store) NewVisit(ctx context.Context, household string) (v Visit, err error) {
	defer wrap(&err, "make a visit")
	now := s.now()
	var ref string
	err = s.change(ctx, func(tx *sql.Tx) error {
		var visitor string
		err := tx.QueryRowContext(ctx, `SELECT visitor FROM visit WHERE ref != ? AND imported = '' ORDER BY id DESC LIMIT 1`, Home).Scan(&visitor)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		for range 20 {
			ref = newRef(now)
			id, err := insertVisit(ctx, tx, Visit{Ref: ref, Household: household, Visitor: visitor, Created: now, Changed: now})
			if err != nil {
				return err
			}
			if id != 0 {
				return index(ctx, tx, id)
			}
		}
		return errors.New("no free reference")
	})
	if err == nil {
		v, _, err = s.Visit(ctx, ref)
	}
	return v, err
}

// insertVisit returns 0 when the reference is taken.
func insertVisit(ctx context.Context, tx *sql.Tx, v Visit) (int64, error) {
	r, err := tx.ExecContext(ctx, `
		INSERT INTO visit (ref, household, notes, visitor, created, changed, imported) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (ref) DO NOTHING`,
		v.Ref, v.Household, v.Notes, v.Visitor, stamp(v.Created), stamp(v.Changed), stamp(v.Imported))
	if err != nil {
		return 0, err
	}
	if n, err := r.RowsAffected(); n == 0 || err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

// visitID finds a visit; Home is made when it is not there.
func (s *Store) visitID(ctx context.Context, tx *sql.Tx, ref string) (int64, error) {
	if ref == Home {
		now := s.now()
		if _, err := insertVisit(ctx, tx, Visit{Ref: Home, Created: now, Changed: now}); err != nil {
			return 0, err
		}
	}
	var id int64
	err := tx.QueryRowContext(ctx, `SELECT id FROM visit WHERE ref = ?`, ref).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("visit %s: %w", ref, ErrNotFound)
	}
	return id, err
}

// edit changes a visit in one transaction, and what it is found by.
func (s *Store) edit(ctx context.Context, ref string, f func(tx *sql.Tx, id int64) error) error {
	return s.change(ctx, func(tx *sql.Tx) error {
		id, err := s.visitID(ctx, tx, ref)
		if err != nil {
			return err
		}
		if err := f(tx, id); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE visit SET changed = ? WHERE id = ?`, stamp(s.now()), id); err != nil {
			return err
		}
		return index(ctx, tx, id)
	})
}

// Describe sets what a person wrote about a visit.
func (s *Store) Describe(ctx context.Context, ref, household, notes, visitor string) (err error) {
	defer wrap(&err, "describe visit %s", ref)
	return s.edit(ctx, ref, func(tx *sql.Tx, id int64) error {
		_, err := tx.ExecContext(ctx, `UPDATE visit SET household = ?, notes = ?, visitor = ? WHERE id = ?`, household, notes, visitor, id)
		return err
	})
}

// List returns the visits in which every word of text occurs (household, notes, devices,
// labels), the own home first, then the one looked at last.
func (s *Store) List(ctx context.Context, text string) (out []Row, err error) {
	defer wrap(&err, "list visits")
	db, err := s.reading(ctx)
	if db == nil {
		return nil, err
	}
	where, args := "", []any{}
	for _, word := range strings.Fields(fold(text)) {
		where += ` AND instr(w.text, ?) > 0`
		args = append(args, word)
	}
	if where != "" {
		where = `WHERE v.id IN (SELECT w.visit_id FROM words w WHERE 1` + where + `)`
	}
	err = eachRow(ctx, db, `
		SELECT v.ref, v.household, v.created, v.imported, (SELECT count(*) FROM scan WHERE visit_id = v.id),
			coalesce(l.number, 0), coalesce(l.started, ''), coalesce(l.stopped, 0), coalesce(l.judged_on, ''), coalesce(l.catalogue_version, ''),
			coalesce(l.catalogue_date, ''), coalesce(l.catalogue_products, 0), coalesce(l.devices, 0), coalesce(l.counts, '{}'), coalesce(l.no_router, 0)
		FROM visit v
		LEFT JOIN scan l ON l.visit_id = v.id AND l.number = (SELECT max(number) FROM scan WHERE visit_id = v.id)
		`+where+`
		ORDER BY v.ref = 'home' DESC, unixepoch(coalesce(nullif(l.started, ''), v.created)) DESC, v.id DESC`, args, func(rows *sql.Rows) error {
		var r Row
		var created, imported string
		if err := scanInfo(rows, &r.Last, &r.Ref, &r.Household, &created, &imported, &r.Scans); err != nil {
			return err
		}
		r.Created, r.Imported = moment(created), moment(imported)
		out = append(out, r)
		return nil
	})
	return out, err
}

// scanInfo reads the columns of a ScanInfo behind others.
func scanInfo(rows *sql.Rows, i *ScanInfo, before ...any) error {
	var started, on, date, counts string
	to := append(before, &i.Number, &started, &i.Stopped, &on, &i.Catalogue.Version, &date, &i.Catalogue.Products, &i.Devices, &counts, &i.NoRouter)
	if err := rows.Scan(to...); err != nil {
		return err
	}
	i.Started, i.On, i.Catalogue.Date = moment(started), dayOf(on), dayOf(date)
	if err := json.Unmarshal([]byte(counts), &i.Counts); err != nil {
		return fmt.Errorf("counts of scan %d: %w", i.Number, err)
	}
	return nil
}

// Visit returns a visit, false when there is none.
func (s *Store) Visit(ctx context.Context, ref string) (v Visit, ok bool, err error) {
	defer wrap(&err, "read visit %s", ref)
	db, err := s.reading(ctx)
	if db == nil {
		return Visit{}, false, err
	}
	v.Ref = ref
	var id int64
	var created, changed, imported string
	err = db.QueryRowContext(ctx, `SELECT id, household, notes, visitor, created, changed, imported FROM visit WHERE ref = ?`, ref).
		Scan(&id, &v.Household, &v.Notes, &v.Visitor, &created, &changed, &imported)
	if errors.Is(err, sql.ErrNoRows) {
		return Visit{}, false, nil
	}
	if err != nil {
		return Visit{}, false, err
	}
	v.Created, v.Changed, v.Imported = moment(created), moment(changed), moment(imported)
	err = eachRow(ctx, db, `
		SELECT number, started, stopped, judged_on, catalogue_version, catalogue_date, catalogue_products, devices, counts, no_router
		FROM scan WHERE visit_id = ? ORDER BY number`, []any{id}, func(rows *sql.Rows) error {
		var i ScanInfo
		err := scanInfo(rows, &i)
		v.Scans = append(v.Scans, i)
		return err
	})
	if err != nil {
		return Visit{}, false, err
	}
	if v.Devices, err = known(ctx, db, id); err != nil {
		return Visit{}, false, err
	}
	if v.Stickers, err = stickers(ctx, db, id); err != nil {
		return Visit{}, false, err
	}
	return v, true, nil
}

// index writes the words a visit is found by.
func index(ctx context.Context, tx *sql.Tx, id int64) error {
	seen := map[string]bool{}
	var text strings.Builder
	err := eachRow(ctx, tx, `
		SELECT ref || ' ' || household || ' ' || notes || ' ' || visitor FROM visit WHERE id = ?1
		UNION SELECT f.name || ' ' || f.vendor || ' ' || f.model || ' ' || f.revision || ' ' || f.firmware || ' ' || f.address || ' ' || f.mac
			FROM finding f JOIN scan s ON s.id = f.scan_id WHERE s.visit_id = ?1
		UNION SELECT place || ' ' || vendor || ' ' || model || ' ' || revision || ' ' || firmware FROM sticker WHERE visit_id = ?1
		UNION SELECT note FROM device WHERE visit_id = ?1
		UNION SELECT c.vendor || ' ' || c.model || ' ' || c.revision FROM correction c JOIN device d ON d.id = c.device_id
			WHERE d.visit_id = ?1 AND c.withdrawn = ''`, []any{id}, func(rows *sql.Rows) error {
		var line string
		if err := rows.Scan(&line); err != nil {
			return err
		}
		for _, word := range strings.Fields(fold(line)) {
			if !seen[word] {
				seen[word] = true
				text.WriteString(word + " ")
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO words (visit_id, text) VALUES (?, ?) ON CONFLICT (visit_id) DO UPDATE SET text = excluded.text`, id, text.String())
	return err
}

// indexMissing gives words to the visits of an older file.
func (s *Store) indexMissing(ctx context.Context) error {
	missing := func(q querier) (ids []int64, err error) {
		err = eachRow(ctx, q, `SELECT id FROM visit WHERE id NOT IN (SELECT visit_id FROM words)`, nil, func(rows *sql.Rows) error {
			var id int64
			err := rows.Scan(&id)
			ids = append(ids, id)
			return err
		})
		return ids, err
	}
	if ids, err := missing(s.db); err != nil || len(ids) == 0 {
		return err // nearly always: nothing to write
	}
	return s.change(ctx, func(tx *sql.Tx) error {
		ids, err := missing(tx)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := index(ctx, tx, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// fold makes text fit to be found: lower case, letters without their accents, and
// everything a space that is neither letter, digit nor a sign inside a model or address.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsMark(r):
			return -1
		case unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-.:+/", r):
			return unicode.ToLower(r)
		}
		return ' '
	}, norm.NFD.String(text))
}
