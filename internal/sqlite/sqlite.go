// Package sqlite opens SQLite files the right way and brings a database's tables
// up to date.
//
// It promises that every connection of a pool has the same settings: they stand in
// the data source name, never in a PRAGMA that is run once, because such a PRAGMA
// holds for one connection only (seen with foreign_keys on mattn/go-sqlite3). It is
// the only room that imports the driver.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"slices"
	"sort"
	"strings"
)

// OpenReadOnly opens a finished database that nobody changes while it is open.
// Writes are refused, and no lock or journal file is made, so the file may lie on a
// medium that cannot be written.
func OpenReadOnly(path string) (*sql.DB, error) {
	return connect(path, "mode=ro&immutable=1&_query_only=1", 0)
}

// Open opens a database to read and write, and makes it if it is not there: one
// connection, foreign keys on, a write-ahead log that is on the disk before a
// transaction counts as done, deleted content overwritten with zeros, and five
// seconds of patience with another process that is writing.
func Open(path string) (*sql.DB, error) {
	return connect(path, "mode=rwc&_fk=on&_txlock=immediate&_journal_mode=WAL&_busy_timeout=5000&_synchronous=FULL&_secure_delete=on", 1)
}

// Create opens a new database that is built in one go and then only read: no
// journal on disk, foreign keys on. The file must not exist, or be empty.
func Create(path string) (*sql.DB, error) {
	return connect(path, "mode=rwc&_fk=on&_journal_mode=MEMORY&_synchronous=OFF", 1)
}

// connect opens a file with so many connections at most, 0 = any number, and checks that it
// really is a database that can be read.
func connect(path, options string, connections int) (*sql.DB, error) {
	db, err := sql.Open("sqlite3", dsn(path, options))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	db.SetMaxOpenConns(connections)
	var n int
	if err := db.QueryRow(`SELECT count(*) FROM sqlite_master`).Scan(&n); err != nil {
		db.Close()
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return db, nil
}

// dsn writes a path as a SQLite URI. A question mark or percent sign in the path
// must not be read as the beginning of the options, nor the computer in the path of a
// Windows share (//computer/share) as the authority that a URI may have.
func dsn(path, options string) string {
	p := filepath.ToSlash(path)
	switch {
	case strings.HasPrefix(p, "//"):
		p = "//" + p
	case filepath.VolumeName(path) != "":
		p = "/" + p
	}
	return "file:" + (&url.URL{Path: p}).EscapedPath() + "?" + options
}

// SQLite's result codes (https://www.sqlite.org/rescode.html), the extended ones too.
const (
	resultPerm         = 3
	resultBusy         = 5
	resultLocked       = 6
	resultReadonly     = 8
	resultCorrupt      = 11
	resultFull         = 13
	resultCantOpen     = 14
	resultNotADB       = 26
	resultIOErrWrite   = 10 | 3<<8
	resultIOErrSHMSize = 10 | 19<<8
)

// Damaged tells whether err says that the file is no database, or a broken one.
func Damaged(err error) bool {
	code, _ := results(err)
	return code == resultNotADB || code == resultCorrupt || errors.Is(err, errDamaged)
}

// errDamaged is what Check found.
var errDamaged = errors.New("the file is damaged")

// Full tells whether err says that there is no room left to write.
func Full(err error) bool {
	code, extended := results(err)
	return code == resultFull || extended == resultIOErrWrite || extended == resultIOErrSHMSize ||
		isOneOf(err, noRoom)
}

// Forbidden tells whether err says that the file or its folder may not be written, or
// not even opened.
func Forbidden(err error) bool {
	code, _ := results(err)
	return code == resultReadonly || code == resultCantOpen || code == resultPerm ||
		errors.Is(err, fs.ErrPermission) || isOneOf(err, writeLocked)
}

func isOneOf(err error, all []error) bool {
	return slices.ContainsFunc(all, func(one error) bool { return errors.Is(err, one) })
}

// Busy tells whether err says that another process kept the file to itself for longer
// than our patience.
func Busy(err error) bool {
	code, _ := results(err)
	return code == resultBusy || code == resultLocked
}

// Wipe leaves nothing of what was deleted in the file or beside it: it rebuilds the
// file, moves all of the write-ahead log into it and cuts the log to nothing. done is
// false when another process is reading and keeps the log in use.
func Wipe(ctx context.Context, db *sql.DB) (done bool, err error) {
	if _, err := db.ExecContext(ctx, `VACUUM`); err != nil {
		return false, fmt.Errorf("rebuild the file: %w", err)
	}
	var busy, log, moved int
	if err := db.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &log, &moved); err != nil {
		return false, fmt.Errorf("empty the log: %w", err)
	}
	return busy == 0, nil
}

// ErrNewer says that a file was written by a newer version of the program.
var ErrNewer = errors.New("written by a newer version")

// Migrate runs the numbered files of dir ("0001_init.sql", ...) that the database has
// not seen, in their order, each in a transaction of its own. user_version holds the
// number of the last one. A database with a higher number is refused with ErrNewer.
func Migrate(ctx context.Context, db *sql.DB, fsys fs.FS, dir string) error {
	names, err := fs.Glob(fsys, dir+"/*.sql")
	if err != nil {
		return fmt.Errorf("list migrations in %s: %w", dir, err)
	}
	sort.Strings(names)
	have, err := UserVersion(ctx, db)
	if err != nil {
		return err
	}
	if have > len(names) {
		return fmt.Errorf("database has schema %d, this program knows %d: %w", have, len(names), ErrNewer)
	}
	for i, name := range names[have:] {
		number := have + i + 1
		base := name[strings.LastIndexByte(name, '/')+1:]
		if !strings.HasPrefix(base, fmt.Sprintf("%04d_", number)) {
			return fmt.Errorf("migration %s: want number %04d", base, number)
		}
		body, err := fs.ReadFile(fsys, name)
		if err != nil {
			return fmt.Errorf("read migration %s: %w", base, err)
		}
		if err := migrate(ctx, db, string(body), number); err != nil {
			return fmt.Errorf("migration %s: %w", base, err)
		}
	}
	return nil
}

func migrate(ctx context.Context, db *sql.DB, body string, number int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var have int // another program may have done it while we waited for the lock
	if err := tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&have); err != nil || have >= number {
		return err
	}
	if _, err := tx.ExecContext(ctx, body); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", number)); err != nil {
		return err
	}
	return tx.Commit()
}

// EachRow reads the answer to a question, or returns the error of asking. It is closed
// afterwards, so that what follows needs no second connection.
func EachRow(rows *sql.Rows, err error, read func(*sql.Rows) error) error {
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

// UserVersion returns the number of the schema.
func UserVersion(ctx context.Context, db *sql.DB) (int, error) {
	return number(ctx, db, "user_version")
}

// ApplicationID returns the number that says whose database this is.
func ApplicationID(ctx context.Context, db *sql.DB) (int, error) {
	return number(ctx, db, "application_id")
}

func number(ctx context.Context, db *sql.DB, name string) (n int, err error) {
	if err = db.QueryRowContext(ctx, `PRAGMA `+name).Scan(&n); err != nil {
		err = fmt.Errorf("read %s: %w", name, err)
	}
	return n, err
}

// Check reads the whole file and returns an error if it is damaged.
func Check(ctx context.Context, db *sql.DB) error {
	var said string
	if err := db.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&said); err != nil {
		return fmt.Errorf("check integrity: %w", err)
	}
	if said != "ok" {
		return fmt.Errorf("check integrity: %w: %s", errDamaged, said)
	}
	return nil
}
