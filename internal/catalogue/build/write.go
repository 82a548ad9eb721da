package build

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"houdbaar/internal/catalogue"
	"houdbaar/internal/sqlite"
)

// Write makes the catalogue file at path from s. It writes beside path and renames,
// so that path is always a whole catalogue or the one before.
func Write(s *Sources, path string) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("write catalogue: %w", err)
		}
	}()
	temp := path + ".new"
	if err := os.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	defer os.Remove(temp)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	db, err := sqlite.Create(temp)
	if err != nil {
		return err
	}
	version, err := fill(db, s)
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	if err := os.WriteFile(path+catalogue.VersionSuffix, []byte(version+"\n"), 0o644); err != nil {
		return err
	}
	return os.Rename(temp, path)
}

// newest is the newest day a source was read.
func newest(s *Sources) string {
	day := ""
	for _, p := range s.Publishers {
		for _, src := range p.Sources {
			day = max(day, src.Read)
		}
	}
	return day
}

// fill writes all of the file, and returns the version that names it.
func fill(db *sql.DB, s *Sources) (version string, err error) {
	if _, err := db.Exec(fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", catalogue.AppID, catalogue.SchemaVersion)); err != nil {
		return "", err
	}
	tx, err := db.Begin()
	if err != nil {
		return "", err
	}
	defer tx.Rollback()
	if _, err := tx.Exec(catalogue.Schema); err != nil {
		return "", err
	}
	if version, err = rows(tx, s); err != nil {
		return "", err
	}
	if err := tx.Commit(); err != nil {
		return "", err
	}
	_, err = db.Exec(`VACUUM`)
	return version, err
}
