package history

import (
	"database/sql"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/sqlite"
)

var update = flag.Bool("update", false, "write the dump of the newest state where there is none; an older one is never rewritten")

func dumpFile(schema int) string {
	return filepath.Join("testdata", fmt.Sprintf("schema-%04d.sql", schema))
}

func dump(t *testing.T, schema int) string {
	t.Helper()
	text, err := os.ReadFile(dumpFile(schema))
	if err != nil {
		t.Fatalf("there is no dump of schema %d; make one with -update: %v", schema, err)
	}
	return string(text)
}

// load makes a file of a dump.
func load(t *testing.T, text string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), FileName)
	db, err := sqlite.Open(path)
	must(t, err)
	defer db.Close()
	_, err = db.Exec(text)
	must(t, err)
	return path
}

// TestEveryOlderStateIsBroughtUpToDate loads the dump of each state the file ever had,
// opens it, and wants everything that was in it.
func TestEveryOlderStateIsBroughtUpToDate(t *testing.T) {
	for schema := 1; schema <= newest(); schema++ {
		if _, err := os.Stat(dumpFile(schema)); os.IsNotExist(err) && *update {
			writeDump(t, schema)
		}
		text := dump(t, schema)
		if !strings.Contains(text, fmt.Sprintf("\nPRAGMA user_version = %d;\n", schema)) {
			t.Fatalf("%s is not of schema %d", dumpFile(schema), schema)
		}
		path := load(t, text)
		s := open(t, path)
		if n, _ := sqlite.UserVersion(ctx, s.db); n != newest() {
			t.Errorf("schema %d became %d, want %d", schema, n, newest())
		}
		v := visit(t, s, "2026-11-21-TEST")
		if v.Household != "It's a \"home\"" || v.Notes != "Zoë" || len(v.Scans) != 2 || v.Scans[1].Number != 2 || !v.Created.Equal(today) {
			t.Errorf("schema %d: %+v", schema, v)
		}
		done, ok, err := s.Scan(ctx, v.Ref, 1)
		if err != nil || !ok {
			t.Fatalf("schema %d: %v, %v", schema, ok, err)
		}
		alike(t, fmt.Sprint("schema ", schema), home(0, 3), done)
		rows, err := s.List(ctx, "zoë kamer")
		if err != nil || len(rows) != 1 || rows[0].Last.Devices != 2 {
			t.Errorf("schema %d: search found %+v, %v", schema, rows, err)
		}
		if schema >= 2 {
			if id, ok := v.Corrector(0)(home(0, 1).Findings[0].Device); !ok || id.Revision != "B1" || len(v.Stickers) != 1 || v.Devices[0].Note != "note" {
				t.Errorf("schema %d: %+v", schema, v)
			}
		}
		left, _ := filepath.Glob(path + ".schema-*")
		if len(left) > 0 {
			t.Errorf("schema %d: the copy was left behind: %v", schema, left)
		}
	}
}

// TestAMergedMigrationIsNeverEdited compares the tables that the migrations make with
// those of the dumps.
func TestAMergedMigrationIsNeverEdited(t *testing.T) {
	for schema := 1; schema <= newest(); schema++ {
		made, err := sqlite.Open(filepath.Join(t.TempDir(), "made.db"))
		must(t, err)
		defer made.Close()
		migrateTo(t, made, schema)
		text := dump(t, schema)
		for _, table := range tables(t, made) {
			if !strings.Contains(text, table+";\n") {
				t.Errorf("schema %d: %s does not hold this as it is made now:\n%s", schema, dumpFile(schema), table)
			}
		}
	}
}

// TestACutShortMigrationStartsAgain leaves a copy behind, as a kill would.
func TestACutShortMigrationStartsAgain(t *testing.T) {
	path := load(t, dump(t, 1))
	must(t, os.WriteFile(backup(path, 1), []byte("half a copy"), 0o600))
	s := open(t, path)
	if v := visit(t, s, "2026-11-21-TEST"); len(v.Scans) != 2 {
		t.Errorf("%+v", v)
	}
	if _, err := os.Stat(backup(path, 1)); !os.IsNotExist(err) {
		t.Errorf("the copy is still there: %v", err)
	}
}

// TestAMigratedFileThatIsDamagedIsSaidToBe, with the copy of before beside it.
func TestAMigratedFileThatIsDamagedIsSaidToBe(t *testing.T) {
	path := load(t, strings.Replace(dump(t, 1), "notes     TEXT NOT NULL", "notes     TEXT", 1)+
		`; UPDATE visit SET notes = NULL; PRAGMA writable_schema = ON;
		UPDATE sqlite_master SET sql = replace(sql, 'notes     TEXT', 'notes     TEXT NOT NULL')`)
	if s, err := Open(ctx, path, clock); Code(err) != "damaged" {
		s.Close()
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(backup(path, 1)); err != nil {
		t.Errorf("no copy of before: %v", err)
	}
}

func migrateTo(t *testing.T, db *sql.DB, schema int) {
	t.Helper()
	some := fstest.MapFS{}
	names, err := migrations.ReadDir("migrations")
	must(t, err)
	for _, e := range names[:schema] {
		data, err := migrations.ReadFile("migrations/" + e.Name())
		must(t, err)
		some["migrations/"+e.Name()] = &fstest.MapFile{Data: data}
	}
	must(t, sqlite.Migrate(ctx, db, some, "migrations"))
}

// tables are the statements that make a database.
func tables(t *testing.T, db *sql.DB) []string {
	t.Helper()
	rows, err := db.Query(`SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid`)
	must(t, err)
	defer rows.Close()
	var out []string
	for rows.Next() {
		var text string
		must(t, rows.Scan(&text))
		out = append(out, text)
	}
	return out
}

// writeDump writes the dump of a state, with an invented visit in it, by the code of
// its day.
func writeDump(t *testing.T, schema int) {
	t.Helper()
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "dump.db"))
	must(t, err)
	defer db.Close()
	migrateTo(t, db, schema)
	s := &Store{db: db, now: clock}
	must(t, s.change(ctx, func(tx *sql.Tx) error {
		id, err := insertVisit(ctx, tx, Visit{Ref: "2026-11-21-TEST", Household: "It's a \"home\"", Notes: "Zoë", Visitor: "Piet", Created: today, Changed: today.Add(time.Hour)})
		must(t, err)
		for _, done := range [][2]int{{0, 3}, {1, 2}} {
			_, err := saveScan(ctx, tx, id, 0, home(done[0], done[1]))
			must(t, err)
		}
		if schema < 2 {
			return nil
		}
		row, err := insertDevice(ctx, tx, id, Known{Note: "note"})
		must(t, err)
		must(t, insertKeys(ctx, tx, id, row, keysIn(1, home(0, 1).Findings[0].Device)))
		must(t, insertCorrection(ctx, tx, row, Correction{Statement: Statement{At: today, By: "Piet", Vendor: "D-Link", Model: "DIR-860L", Revision: "B1", Kind: device.Router}}))
		_, err = insertSticker(ctx, tx, id, Sticker{Statement: Statement{At: today, Vendor: "TP-Link", Model: "Archer C20", Revision: "5.0"}})
		must(t, err)
		if schema < 3 {
			return nil
		}
		return index(ctx, tx, id)
	}))
	var out strings.Builder
	fmt.Fprintf(&out, "-- A history file of schema %d with an invented visit, as the program of its day wrote it. Never edited.\n", schema)
	fmt.Fprintf(&out, "PRAGMA application_id = %d;\nPRAGMA user_version = %d;\n", applicationID, schema)
	for _, table := range tables(t, db) {
		out.WriteString(table + ";\n")
	}
	names, err := db.Query(`SELECT m.name, (SELECT group_concat('quote(' || name || ')', ' || '', '' || ') FROM pragma_table_info(m.name)) FROM sqlite_master m WHERE type = 'table' ORDER BY rowid`)
	must(t, err)
	var queries [][2]string
	for names.Next() {
		var q [2]string
		must(t, names.Scan(&q[0], &q[1]))
		queries = append(queries, q)
	}
	names.Close()
	for _, q := range queries {
		rows, err := db.Query(`SELECT ` + q[1] + ` FROM ` + q[0])
		must(t, err)
		for rows.Next() {
			var values string
			must(t, rows.Scan(&values))
			fmt.Fprintf(&out, "INSERT INTO %s VALUES (%s);\n", q[0], values)
		}
		rows.Close()
	}
	must(t, os.WriteFile(dumpFile(schema), []byte(out.String()), 0o644))
}
