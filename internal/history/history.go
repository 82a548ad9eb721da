// Package history is the program's own file: the visits, with their scans, what people
// said of devices, and the labels they typed. Home users never meet the word: their
// scans are the visit Home.
//
// It promises that what was acknowledged is on the disk; that a scan comes back as it
// was saved; that a file of a newer program, a damaged one, a full disk or a folder that
// cannot be written loses nothing and is an error with a code (Code) that has a
// sentence in both languages; that what is forgotten is gone from the file, its log and
// its copies; and that what leaves the file is masked unless somebody chose otherwise.
// It refuses to judge, to speak, and to know a device by its address alone.
//
// The tables are made by migrations/NNNN_*.sql, in order and forward only. A merged one
// is never edited.
package history

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"houdbaar/internal/sqlite"
)

// FileName is the name of the file in the folder of the program's data.
const FileName = "history.db"

// Home is the reference of the home of whoever owns this computer.
const Home = "home"

// A Store is a history file. Its methods may be called from any goroutine, and another
// program may have the same file open.
type Store struct {
	path string
	now  func() time.Time

	mu     sync.Mutex  // guards what follows
	db     *sql.DB     // nil = not open yet
	file   os.FileInfo // of the file that db has open
	stuck  error       // why the file is only viewed, nil = it can be written
	viewed *sql.DB     // what db was while the file was only viewed; others may still read in it
}

// ErrNotFound says that there is no such visit or scan.
var ErrNotFound = errors.New("no such visit or scan")

// What else can be wrong with the file; Code names them. The others are sqlite's.
var (
	ErrNowhere  = errors.New("no folder to keep anything in")
	errNotOurs  = errors.New("a database of another program")
	errWipe     = errors.New("another program has the file open, so traces may remain")
	errTooLarge = errors.New("larger than a visit can be")
	errNoVisit  = errors.New("no visit file")
)

// codes are what can go wrong, in the order in which it is looked for.
var codes = []struct {
	code string
	is   func(error) bool
}{
	{"newer", wraps(sqlite.ErrNewer)},
	{"nowhere", wraps(ErrNowhere)},
	{"not_ours", wraps(errNotOurs)},
	{"not_found", wraps(ErrNotFound)},
	{"wipe", wraps(errWipe)},
	{"too_large", wraps(errTooLarge)},
	{"no_visit", wraps(errNoVisit)},
	{"stopped", wraps(context.Canceled)},
	{"damaged", sqlite.Damaged},
	{"full", sqlite.Full},
	{"busy", sqlite.Busy},
	{"forbidden", sqlite.Forbidden},
	{"other", func(err error) bool { return err != nil }},
}

func wraps(target error) func(error) bool {
	return func(err error) bool { return errors.Is(err, target) }
}

// Code says what went wrong, as the end of an i18n key "history.<code>". It is "" for nil.
func Code(err error) string {
	for _, c := range codes {
		if c.is(err) {
			return c.code
		}
	}
	return ""
}

// change runs f in a transaction: all of it counts, or nothing.
func (s *Store) change(ctx context.Context, f func(*sql.Tx) error) error {
	db, err := s.writing(ctx)
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// wrap says of an error what was being done.
func wrap(err *error, doing string, args ...any) {
	if *err != nil {
		*err = fmt.Errorf("%s: %w", fmt.Sprintf(doing, args...), *err)
	}
}

// A querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func eachRow(ctx context.Context, q querier, query string, args []any, read func(*sql.Rows) error) error {
	rows, err := q.QueryContext(ctx, query, args...)
	return sqlite.EachRow(rows, err, read)
}

// setting returns what was set, "" when nothing was.
func (s *Store) setting(ctx context.Context, name string) (string, error) {
	db, err := s.reading(ctx)
	if db == nil {
		return "", err
	}
	var value string
	err = db.QueryRowContext(ctx, `SELECT value FROM setting WHERE name = ?`, name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

// set keeps a setting; "" takes it away.
func (s *Store) set(ctx context.Context, name, value string) error {
	db, err := s.writing(ctx)
	if err != nil {
		return err
	}
	if value == "" {
		_, err := db.ExecContext(ctx, `DELETE FROM setting WHERE name = ?`, name)
		return err
	}
	_, err = db.ExecContext(ctx, `INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	return err
}

// newRef makes a reference that can be read out over the telephone: the day and four
// signs of which none looks like another.
func newRef(day time.Time) string {
	const signs = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
	b := make([]byte, 4)
	rand.Read(b)
	for i := range b {
		b[i] = signs[int(b[i])%len(signs)]
	}
	return day.Format(time.DateOnly) + "-" + string(b)
}

// stamp writes a moment as the tables hold it.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339Nano)
}

func moment(text string) time.Time {
	t, _ := time.Parse(time.RFC3339Nano, text)
	return t
}

func calendarDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func dayOf(text string) time.Time {
	t, _ := time.Parse(time.DateOnly, text)
	return t
}
