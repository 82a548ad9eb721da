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
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"houdbaar/internal/sqlite"
)

// FileName is the name of the file in the folder of the program's data.
const FileName = "history.db"

// Home is the reference of the home of whoever owns this computer.
const Home = "home"

//go:embed migrations/*.sql
var migrations embed.FS

// applicationID says that a SQLite file is ours; migration 1 writes it.
const applicationID = 1215264118

// A Store is a history file. Its methods may be called from any goroutine, and another
// program may have the same file open.
type Store struct {
	path string
	now  func() time.Time

	mu    sync.Mutex // guards what follows
	db    *sql.DB    // nil = not open yet
	stuck error      // why the file is only viewed, nil = it can be written
}

// New returns a history that opens by itself: the file is made when there is something to
// keep, asking of one that is not there finds nothing, and one that cannot be written is
// viewed. Without a path nothing is kept, and the error is ErrNowhere.
func New(path string, now func() time.Time) *Store { return &Store{path: path, now: now} }

// Path is where the file is, "" = nowhere.
func (s *Store) Path() string { return s.path }

// Stuck says why nothing can be kept in a file that was opened, nil when it can.
func (s *Store) Stuck() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stuck
}

// reading returns the database to look into, nil where there is none.
func (s *Store) reading(ctx context.Context) (*sql.DB, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.db != nil || s.path != "" && !Exists(s.path) {
		return s.db, nil
	}
	opened, stuck, err := OpenOrView(ctx, s.path, s.now)
	if err != nil {
		return nil, err
	}
	s.db, s.stuck = opened.db, stuck
	return s.db, nil
}

// writing returns the database to write in. A file that was only viewed is tried again.
func (s *Store) writing(ctx context.Context) (*sql.DB, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.db != nil && s.stuck == nil {
		return s.db, nil
	}
	opened, err := Open(ctx, s.path, s.now)
	if err != nil {
		return nil, err
	}
	if s.stuck != nil {
		s.db.Close()
	}
	s.db, s.stuck = opened.db, nil
	return s.db, nil
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

// Open opens the history file, makes it when it is not there (for its owner's eyes
// only), brings an older one up to date, finishes a forgetting that was cut short, and
// forgets the visits that are older than the owner set (SetKeep).
// A file that is newer, damaged or another program's is left as it is. now is the
// clock. Without a path the error is ErrNowhere.
func Open(ctx context.Context, path string, now func() time.Time) (*Store, error) {
	if path == "" {
		return nil, ErrNowhere
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of %s: %w", path, err)
	}
	if err := look(path); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	f.Close()
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	db, err := sqlite.Open(path)
	if err != nil {
		return nil, err
	}
	s := &Store{db: db, path: path, now: now}
	if err := s.ready(ctx); err != nil {
		db.Close()
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return s, nil
}

// Exists tells whether there is a history file at path, without opening it.
func Exists(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Size() > 0
}

// look reads the header of the file and refuses one that is not ours or newer, before
// SQLite has changed a byte of it. The numbers stand at fixed places:
// https://www.sqlite.org/fileformat.html#the_database_header
func look(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	head := make([]byte, 100)
	if n, err := io.ReadFull(f, head); n == 0 && errors.Is(err, io.EOF) {
		return nil // made and never written: a start that was cut short
	} else if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	if !strings.HasPrefix(string(head), "SQLite format 3\x00") {
		return errNotOurs
	}
	version, id := binary.BigEndian.Uint32(head[60:]), binary.BigEndian.Uint32(head[68:])
	if id != applicationID && (id != 0 || version != 0) {
		return errNotOurs
	}
	if known := newest(); id == applicationID && version > uint32(known) {
		return fmt.Errorf("schema %d, this program knows %d: %w", version, known, sqlite.ErrNewer)
	}
	return nil
}

// newest is the number of the last migration.
func newest() int {
	files, _ := fs.Glob(migrations, "migrations/*.sql")
	return len(files)
}

// ready brings the file up to date and finishes what was cut short.
func (s *Store) ready(ctx context.Context) error {
	if err := s.update(ctx); err != nil {
		return err
	}
	if id, err := sqlite.ApplicationID(ctx, s.db); err != nil {
		return err
	} else if id != applicationID {
		return errNotOurs
	}
	if err := s.indexMissing(ctx); err != nil {
		return err
	}
	if pending, err := s.setting(ctx, "wipe"); err != nil {
		return err
	} else if pending != "" {
		// Another program may still read; then the next start tries again.
		if err := s.wipe(ctx); err != nil && !errors.Is(err, errWipe) {
			return err
		}
	}
	if _, err := s.Tidy(ctx); err != nil && !errors.Is(err, errWipe) {
		return err
	}
	return nil
}

// update brings the file up to date. Two programs may start on one file at the same
// moment: each then finds the other's half-made copy or its work, so what failed is
// looked at again before it is believed.
func (s *Store) update(ctx context.Context) error {
	for try := 0; ; try++ {
		have, err := sqlite.UserVersion(ctx, s.db)
		switch {
		case err != nil:
			return err
		case have == newest():
			return nil
		case have > 0:
			err = s.migrate(ctx, have)
		default:
			err = sqlite.Migrate(ctx, s.db, migrations, "migrations")
		}
		if err == nil || try == updateTries || sqlite.Damaged(err) {
			return err
		}
		select {
		case <-time.After(updateRest):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// How often and how soon an update that failed is looked at again.
const (
	updateTries = 10
	updateRest  = 100 * time.Millisecond
)

// migrate brings an older file up to date, with a copy kept until the new one has
// passed a check.
func (s *Store) migrate(ctx context.Context, from int) error {
	copied := backup(s.path, from)
	os.Remove(copied) // of a start that was cut short: the file itself is still as old
	f, err := os.OpenFile(copied, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("keep a copy: %w", err)
	}
	f.Close()
	if _, err := s.db.ExecContext(ctx, `VACUUM INTO ?`, copied); err != nil {
		os.Remove(copied)
		return fmt.Errorf("keep a copy: %w", err)
	}
	if err := sqlite.Migrate(ctx, s.db, migrations, "migrations"); err != nil {
		return err
	}
	if err := sqlite.Check(ctx, s.db); err != nil {
		return err
	}
	return os.Remove(copied)
}

// backup is where the copy of a file with an older schema stands while it is migrated.
func backup(path string, schema int) string { return fmt.Sprintf("%s.schema-%d", path, schema) }

// Close closes the file, if it is open. A nil store may be closed.
func (s *Store) Close() error {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	db := s.db
	s.db, s.stuck = nil, nil
	if db == nil {
		return nil
	}
	return db.Close()
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
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := read(rows); err != nil {
			return err
		}
	}
	return rows.Err()
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

// view opens a history file that may not be written, for reading alone: every method
// that changes something fails, with the code "forbidden". What another program has
// written and not yet put into the file itself is not seen. A file of an older schema
// cannot be viewed: bringing it up to date would write.
func view(ctx context.Context, path string, now func() time.Time) (*Store, error) {
	if err := look(path); err != nil {
		return nil, fmt.Errorf("view %s: %w", path, err)
	}
	db, err := sqlite.OpenReadOnly(path)
	if err != nil {
		return nil, err
	}
	schema, err := sqlite.UserVersion(ctx, db)
	if err == nil && schema != newest() {
		err = fmt.Errorf("schema %d, this program knows %d", schema, newest())
	}
	if err != nil {
		db.Close()
		return nil, fmt.Errorf("view %s: %w", path, err)
	}
	return &Store{db: db, path: path, now: now}, nil
}

// OpenOrView opens the history file, and views one that cannot be written: because it may
// not be, or because the disk is full. stuck is then why, otherwise nil.
func OpenOrView(ctx context.Context, path string, now func() time.Time) (s *Store, stuck, err error) {
	s, err = Open(ctx, path, now)
	if code := Code(err); code != "forbidden" && code != "full" {
		return s, nil, err
	}
	if s, viewErr := view(ctx, path, now); viewErr == nil {
		return s, err, nil
	}
	return nil, nil, err
}
