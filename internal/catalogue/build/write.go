package build

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
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
	if err := errors.Join(fill(db, s), db.Close()); err != nil {
		return err
	}
	if err := os.WriteFile(path+catalogue.VersionSuffix, []byte(version(s)+"\n"), 0o644); err != nil {
		return err
	}
	return os.Rename(temp, path)
}

// version names a catalogue: the newest day a source was read, and what tells it from
// another one of that day.
func version(s *Sources) string { return newest(s) + "-" + s.Digest[:min(8, len(s.Digest))] }

func newest(s *Sources) string {
	day := ""
	for _, p := range s.Publishers {
		for _, src := range p.Sources {
			day = max(day, src.Read)
		}
	}
	return day
}

func fill(db *sql.DB, s *Sources) error {
	if _, err := db.Exec(fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", catalogue.AppID, catalogue.SchemaVersion)); err != nil {
		return err
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec(catalogue.Schema); err != nil {
		return err
	}
	if err := rows(tx, s); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = db.Exec(`VACUUM`)
	return err
}

// digest tells the contents of a folder of sources apart from any other.
func digest(fsys fs.FS) (string, error) {
	h := sha256.New()
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		switch filepath.Ext(name) {
		case ".csv", ".json":
		default:
			return nil
		}
		body, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(body)
		fmt.Fprintf(h, "%s %x\n", name, sum)
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("read sources: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
