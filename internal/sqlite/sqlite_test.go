package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

var ctx = context.Background()

// must ends a test that cannot go on.
func must(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// open opens a database until the test ends.
func open(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := Open(path)
	must(t, err)
	t.Cleanup(func() { db.Close() })
	return db
}

func run(t *testing.T, db *sql.DB, statements string) {
	t.Helper()
	_, err := db.Exec(statements)
	must(t, err)
}

func TestEveryConnectionChecksForeignKeys(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "a b?c%d.db"))
	db.SetMaxOpenConns(2)
	var conns []interface{ Close() error }
	for range 2 {
		c, err := db.Conn(ctx)
		must(t, err)
		conns = append(conns, c)
		var on int
		if err := c.QueryRowContext(ctx, `PRAGMA foreign_keys`).Scan(&on); err != nil || on != 1 {
			t.Errorf("foreign_keys = %d, %v, want 1 on every connection", on, err)
		}
	}
	for _, c := range conns {
		c.Close()
	}
}

// TestAPathMayBeginWithTwoSlashes: as that of a folder on another Windows computer does.
func TestAPathMayBeginWithTwoSlashes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	if filepath.VolumeName(path) != "" {
		t.Skip("here two slashes are another computer")
	}
	run(t, open(t, "/"+path), `CREATE TABLE a (b)`)
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

// TestWhatIsDeletedIsGone searches the file and its log.
func TestWhatIsDeletedIsGone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	db := open(t, path)
	run(t, db, `CREATE TABLE a (b TEXT); INSERT INTO a VALUES ('stays'), ('secret')`)
	here := func(word string) bool {
		for _, name := range []string{path, path + "-wal"} {
			data, _ := os.ReadFile(name)
			if strings.Contains(string(data), word) {
				return true
			}
		}
		return false
	}
	if !here("secret") {
		t.Fatal("the search does not work")
	}
	run(t, db, `DELETE FROM a WHERE b = 'secret'`)
	if done, err := Wipe(ctx, db); !done || err != nil {
		t.Fatal(done, err)
	}
	if here("secret") || !here("stays") {
		t.Errorf("secret is there: %v, stays is there: %v", here("secret"), here("stays"))
	}
}

func TestWhatWentWrongIsTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	db := open(t, path)
	run(t, db, `CREATE TABLE a (b BLOB); PRAGMA max_page_count = 5`)
	if _, err := db.Exec(`INSERT INTO a VALUES (zeroblob(100000))`); !Full(err) || Busy(err) || Forbidden(err) || Damaged(err) {
		t.Errorf("a full disk: %v", err)
	}
	if _, err := Open(filepath.Join(path, "below", "a file")); !Forbidden(err) || Full(err) {
		t.Errorf("no folder: %v", err)
	}
	ro, err := OpenReadOnly(path)
	must(t, err)
	defer ro.Close()
	if _, err := ro.Exec(`CREATE TABLE c (d)`); !Forbidden(err) {
		t.Errorf("read-only: %v", err)
	}
	for _, err := range noRoom {
		err = &fs.PathError{Op: "write", Path: path, Err: err}
		if !Full(err) || Forbidden(err) {
			t.Errorf("no room for a file: %v", err)
		}
	}
	for _, err := range writeLocked {
		err = &fs.PathError{Op: "open", Path: path, Err: err}
		if !Forbidden(err) || Full(err) {
			t.Errorf("a disk that is not to be written: %v", err)
		}
	}
	if Full(nil) || Busy(nil) || Forbidden(nil) || Damaged(nil) {
		t.Error("nothing is wrong, and it is told")
	}
}

func TestReadOnlyRefusesWrites(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	db, err := Create(path)
	must(t, err)
	run(t, db, `CREATE TABLE a (b)`)
	db.Close()
	ro, err := OpenReadOnly(path)
	must(t, err)
	defer ro.Close()
	if _, err := ro.Exec(`INSERT INTO a VALUES (1)`); err == nil {
		t.Error("a write to a read-only database was accepted")
	}
	left, _ := filepath.Glob(path + "*")
	if len(left) != 1 {
		t.Errorf("opening left files behind: %v", left)
	}
}

func TestReadOnlyRefuses(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text.db")
	os.WriteFile(text, []byte("this is no database, it is a sentence that is long enough to be read as a header of one hundred bytes or more"), 0o600)
	if _, err := OpenReadOnly(text); err == nil || !Damaged(err) {
		t.Errorf("a text file: got %v, want an error that says it is damaged", err)
	}
	if _, err := OpenReadOnly(filepath.Join(dir, "none.db")); err == nil || Damaged(err) {
		t.Errorf("a missing file: got %v, want an error that does not say it is damaged", err)
	}
}

func TestMigrate(t *testing.T) {
	one := fstest.MapFS{"m/0001_init.sql": {Data: []byte("CREATE TABLE a (b);")}}
	two := fstest.MapFS{"m/0001_init.sql": one["m/0001_init.sql"], "m/0002_more.sql": {Data: []byte("ALTER TABLE a ADD COLUMN c; INSERT INTO a (b,c) VALUES (1,2);")}}
	bad := fstest.MapFS{"m/0001_init.sql": one["m/0001_init.sql"], "m/0002_bad.sql": {Data: []byte("INSERT INTO a (b) VALUES (9); nonsense;")}}
	path := filepath.Join(t.TempDir(), "x.db")
	db := open(t, path)
	must(t, Migrate(ctx, db, one, "m"))
	if err := Migrate(ctx, db, bad, "m"); err == nil {
		t.Fatal("a broken migration was accepted")
	}
	var rows int
	db.QueryRow(`SELECT count(*) FROM a`).Scan(&rows)
	if n, _ := UserVersion(ctx, db); n != 1 || rows != 0 {
		t.Errorf("after a broken migration: schema %d with %d rows, want 1 with 0", n, rows)
	}
	for range 2 {
		must(t, Migrate(ctx, db, two, "m"))
	}
	db.QueryRow(`SELECT count(*) FROM a`).Scan(&rows)
	if n, _ := UserVersion(ctx, db); n != 2 || rows != 1 {
		t.Errorf("after two: schema %d with %d rows, want 2 with 1", n, rows)
	}
	if err := Migrate(ctx, db, one, "m"); !errors.Is(err, ErrNewer) {
		t.Errorf("a newer file: got %v, want ErrNewer", err)
	}
	if err := Migrate(ctx, db, fstest.MapFS{"m/0001_a.sql": {}, "m/0002_b.sql": {}, "m/0004_d.sql": {}}, "m"); err == nil {
		t.Error("a gap in the numbers was accepted")
	}
}

func TestCheck(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	db, err := Create(path)
	must(t, err)
	run(t, db, `CREATE TABLE a (b TEXT); CREATE INDEX i ON a (b)`)
	for range 2000 {
		run(t, db, `INSERT INTO a VALUES (hex(randomblob(40)))`)
	}
	must(t, Check(ctx, db))
	db.Close()
	body, err := os.ReadFile(path)
	must(t, err)
	for i := len(body) / 2; i < len(body)/2+4096; i++ {
		body[i] ^= 0x5a
	}
	os.WriteFile(path, body, 0o600)
	ro, err := OpenReadOnly(path)
	if err != nil {
		return // seen even earlier
	}
	defer ro.Close()
	if err := Check(ctx, ro); err == nil {
		t.Error("a damaged file passed the check")
	}
}
