package history

import (
	"context"
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
	"time"

	"houdbaar/internal/sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

// applicationID says that a SQLite file is ours; migration 1 writes it.
const applicationID = 1215264118

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
	s.leaveRemoved()
	if s.db != nil || s.path != "" && !Exists(s.path) {
		return s.db, nil
	}
	opened, err := OpenOrView(ctx, s.path, s.now)
	if err != nil {
		return nil, err
	}
	s.db, s.file, s.stuck = opened.db, opened.file, opened.stuck
	return s.db, nil
}

// writing returns the database to write in. A file that was only viewed is tried again.
func (s *Store) writing(ctx context.Context) (*sql.DB, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.leaveRemoved()
	if s.db != nil && s.stuck == nil {
		return s.db, nil
	}
	opened, err := Open(ctx, s.path, s.now)
	if err != nil {
		return nil, err
	}
	s.viewed, s.db, s.file, s.stuck = s.db, opened.db, opened.file, nil
	return s.db, nil
}

// leaveRemoved closes a file that was removed or replaced while it was open: what is written
// there is gone when it is closed. It is closed before another is opened, because SQLite then
// removes the log at its path.
func (s *Store) leaveRemoved() {
	if s.db == nil {
		return
	}
	now, err := os.Stat(s.path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !os.SameFile(now, s.file) {
		s.db.Close()
		s.db, s.stuck = nil, nil
	}
}

// Close closes the file, if it is open. A nil store may be closed.
func (s *Store) Close() error {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for _, db := range []*sql.DB{s.db, s.viewed} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	s.db, s.viewed, s.stuck = nil, nil, nil
	return errors.Join(errs...)
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
	file, err := f.Stat()
	f.Close()
	if err := errors.Join(err, os.Chmod(path, 0o600)); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	db, err := sqlite.Open(path)
	if err != nil {
		return nil, err
	}
	s := &Store{db: db, file: file, path: path, now: now}
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
	file, statErr := os.Stat(path)
	err = errors.Join(err, statErr)
	if err == nil && schema != newest() {
		err = fmt.Errorf("schema %d, this program knows %d", schema, newest())
	}
	if err != nil {
		db.Close()
		return nil, fmt.Errorf("view %s: %w", path, err)
	}
	return &Store{db: db, file: file, path: path, now: now}, nil
}

// OpenOrView opens the history file, and views one that cannot be written: because it may
// not be, or because the disk is full. Stuck then says why.
func OpenOrView(ctx context.Context, path string, now func() time.Time) (*Store, error) {
	s, err := Open(ctx, path, now)
	if code := Code(err); code != "forbidden" && code != "full" {
		return s, err
	}
	viewed, viewErr := view(ctx, path, now)
	if viewErr != nil {
		return nil, err
	}
	viewed.stuck = err
	return viewed, nil
}
