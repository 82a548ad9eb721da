package history

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"strconv"
	"time"

	"houdbaar/internal/sqlite"
)

// Forget removes a visit with all that belongs to it. Nothing of it is left in the file
// or beside it, unless the error's code is "wipe": then it is out of the list, and the
// traces go when the file is next opened with no other program at it.
func (s *Store) Forget(ctx context.Context, ref string) (err error) {
	defer wrap(&err, "forget visit %s", ref)
	return s.forget(ctx, func(tx *sql.Tx) error {
		return deleteSome(ctx, tx, `DELETE FROM visit WHERE ref = ?`, ref)
	})
}

// ForgetScan removes one scan of a visit, and what was said of devices that are known in it
// alone, as Forget does.
func (s *Store) ForgetScan(ctx context.Context, ref string, number int) (err error) {
	defer wrap(&err, "forget scan %d of visit %s", number, ref)
	return s.forget(ctx, func(tx *sql.Tx) error {
		id, err := s.visitID(ctx, tx, ref)
		if err != nil {
			return err
		}
		if err := deleteSome(ctx, tx, `DELETE FROM scan WHERE visit_id = ? AND number = ?`, id, number); err != nil {
			return err
		}
		// The next scan may get its number; what was said in this one alone is not about that.
		if _, err := tx.ExecContext(ctx, `DELETE FROM device WHERE id IN (SELECT device_id FROM device_key WHERE visit_id = ? AND key GLOB ?)`,
			id, keyInScan(number, "*")); err != nil {
			return err
		}
		return index(ctx, tx, id)
	})
}

// deleteSome deletes rows; that there are none is ErrNotFound.
func deleteSome(ctx context.Context, tx *sql.Tx, query string, args ...any) error {
	r, err := tx.ExecContext(ctx, query, args...)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); n > 0 || err != nil {
		return err
	}
	return ErrNotFound
}

// Erase removes everything, the owner's own home and settings too, as Forget does.
func (s *Store) Erase(ctx context.Context) (err error) {
	defer wrap(&err, "erase everything")
	if db, err := s.reading(ctx); db == nil {
		return err
	}
	return s.forget(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM visit; DELETE FROM setting`)
		return err
	})
}

// ForgetBefore removes the visits that were last changed before a moment (by a scan, by
// what a person said or typed, by an import), as Forget does, and returns how many. Of
// Home only the scans go that are older, and never its newest.
func (s *Store) ForgetBefore(ctx context.Context, before time.Time) (visits int, err error) {
	defer wrap(&err, "forget old visits")
	old, scans, home, err := s.older(ctx, before)
	if err != nil || len(old)+len(scans) == 0 {
		return 0, err
	}
	err = s.forget(ctx, func(tx *sql.Tx) error {
		for _, id := range old {
			if _, err := tx.ExecContext(ctx, `DELETE FROM visit WHERE id = ?`, id); err != nil {
				return err
			}
		}
		for _, id := range scans {
			if _, err := tx.ExecContext(ctx, `DELETE FROM scan WHERE id = ?`, id); err != nil {
				return err
			}
		}
		if len(scans) > 0 {
			return index(ctx, tx, home)
		}
		return nil
	})
	if err != nil && !errors.Is(err, errWipe) {
		return 0, err
	}
	return len(old), err
}

// older returns the visits that ForgetBefore removes, and the scans of Home, whose row is
// home. It compares moments in Go: the tables hold them with the zone they were read in,
// which does not sort as text. Whatever a person or a scan does to a visit stamps it as
// changed (edit, Import); looking at it does not.
func (s *Store) older(ctx context.Context, before time.Time) (visits, scans []int64, home int64, err error) {
	db, err := s.reading(ctx)
	if db == nil {
		return nil, nil, 0, err
	}
	err = eachRow(ctx, db, `SELECT id, ref, changed FROM visit`, nil, func(rows *sql.Rows) error {
		var id int64
		var ref, changed string
		err := rows.Scan(&id, &ref, &changed)
		if ref == Home {
			home = id
		} else if moment(changed).Before(before) {
			visits = append(visits, id)
		}
		return err
	})
	if err != nil {
		return nil, nil, 0, err
	}
	err = eachRow(ctx, db, `
		SELECT id, started FROM scan
		WHERE visit_id = ?1 AND number < (SELECT max(number) FROM scan WHERE visit_id = ?1)`, []any{home}, func(rows *sql.Rows) error {
		var id int64
		var started string
		err := rows.Scan(&id, &started)
		if moment(started).Before(before) {
			scans = append(scans, id)
		}
		return err
	})
	return visits, scans, home, err
}

// Keep returns how many days a visit is kept; 0 = until somebody forgets it.
func (s *Store) Keep(ctx context.Context) (days int, err error) {
	value, err := s.setting(ctx, "keep_days")
	if err != nil || value == "" {
		return 0, err
	}
	return strconv.Atoi(value)
}

// SetKeep sets how many days a visit is kept; 0 = until somebody forgets it. Tidy does it.
func (s *Store) SetKeep(ctx context.Context, days int) error {
	if days <= 0 {
		return s.set(ctx, "keep_days", "")
	}
	return s.set(ctx, "keep_days", strconv.Itoa(days))
}

// Tidy forgets the visits that are older than the owner set, and returns how many.
func (s *Store) Tidy(ctx context.Context) (visits int, err error) {
	days, err := s.Keep(ctx)
	if err != nil || days == 0 {
		return 0, err
	}
	return s.ForgetBefore(ctx, s.now().AddDate(0, 0, -days))
}

// forget deletes and then wipes. That it has to wipe is kept in the same transaction,
// so that a program that is killed in between does it at its next start.
func (s *Store) forget(ctx context.Context, f func(*sql.Tx) error) error {
	err := s.change(ctx, func(tx *sql.Tx) error {
		if err := f(tx); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO setting (name, value) VALUES ('wipe', 'pending') ON CONFLICT (name) DO NOTHING`)
		return err
	})
	if err != nil {
		return err
	}
	return s.wipe(ctx)
}

// wipe leaves nothing of what was deleted: SQLite overwrites deleted rows with zeros
// (sqlite.Open sets secure_delete), the file is rebuilt, its log emptied, and copies of
// an older schema removed.
func (s *Store) wipe(ctx context.Context) error {
	for schema := 1; schema < newest(); schema++ {
		if err := os.Remove(backup(s.path, schema)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	db, err := s.writing(ctx)
	if err != nil {
		return err
	}
	done, err := sqlite.Wipe(ctx, db)
	if err != nil && !sqlite.Busy(err) {
		return err
	}
	if err != nil || !done {
		return errWipe
	}
	return s.set(ctx, "wipe", "")
}
