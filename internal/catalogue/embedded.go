package catalogue

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// FileName is the catalogue's name in the data folder, and in assets.
const FileName = "catalogue.db"

// The catalogue lies in the assets as embedded, and beside it, with VersionSuffix behind the
// name, its version, so that a start need not read the whole file to see that it is there
// already.
const (
	embedded      = "catalogue/" + FileName
	VersionSuffix = ".version"
)

// OpenEmbedded opens the catalogue in dir, the data folder of the person. Before that
// it puts the catalogue built into the program there, unless the one in dir is as new:
// a pack that was installed later stays. When dir cannot be written (or is ""), it opens a
// private temporary copy instead, which Close removes.
//
// assets holds catalogue/catalogue.db. Where the program was built without one, the
// catalogue in dir is opened alone, and without that the error wraps ErrMissing.
func OpenEmbedded(assets fs.FS, dir string) (*DB, error) {
	var have *DB
	haveErr := fmt.Errorf("no data folder: %w", ErrMissing)
	path := filepath.Join(dir, FileName)
	if dir != "" {
		have, haveErr = Open(path)
	}
	file, err := assets.Open(embedded)
	if errors.Is(err, fs.ErrNotExist) || err != nil && have != nil {
		return have, haveErr
	}
	if err != nil {
		return nil, fmt.Errorf("built-in catalogue: %w", err)
	}
	defer file.Close()
	if have != nil {
		version, err := fs.ReadFile(assets, embedded+VersionSuffix)
		if err == nil && !replaces(strings.TrimSpace(string(version)), have.meta.Version, dir) {
			return have, nil
		}
		// Windows cannot rename over a file that is open.
		have.Close()
	}
	if dir != "" && replace(file, path) == nil {
		return Open(path)
	}
	again, err := assets.Open(embedded) // of the other a part may have been read
	if err != nil {
		return nil, fmt.Errorf("built-in catalogue: %w", err)
	}
	defer again.Close()
	db, err := openCopy(again)
	if err != nil {
		return nil, fmt.Errorf("built-in catalogue: %w", err)
	}
	return db, nil
}

// openCopy opens a private temporary copy.
func openCopy(r io.Reader) (*DB, error) {
	temp, err := writeTemp("", "houdbaar-catalogue-*.db", r)
	if err != nil {
		return nil, err
	}
	db, err := Open(temp)
	if err != nil {
		os.Remove(temp)
		return nil, err
	}
	db.temp = temp
	return db, nil
}

// replaces reports whether the program's own catalogue is to replace the one in dir. A
// pack that a person installed stays unless the program's own is of a later day.
func replaces(own, have, dir string) bool {
	if Signer(dir, have) != "" {
		return day(own) > day(have)
	}
	return newer(own, have)
}

// newer reports whether version a, "2026-11-21-0a1b2c3d", is to replace b: of a later
// day, or another one of the same day. The program's own catalogue is to be trusted, so
// of one day the one it was built with counts.
func newer(a, b string) bool {
	return a != b && day(a) >= day(b)
}

func day(version string) string {
	return version[:min(len(version), len("2006-01-02"))]
}

// replace writes what r gives to path in one step: whatever happens, path is the old
// file or the whole new one.
func replace(r io.Reader, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	temp, err := writeTemp(filepath.Dir(path), ".new-*.db", r)
	if err != nil {
		return err
	}
	defer os.Remove(temp)
	return os.Rename(temp, path)
}

// writeTemp writes what r gives to a new file in dir, named after a pattern (os.CreateTemp).
// After an error there is none.
func writeTemp(dir, pattern string, r io.Reader) (path string, err error) {
	temp, err := os.CreateTemp(dir, pattern)
	if err != nil {
		return "", err
	}
	_, err = io.Copy(temp, r)
	if err == nil {
		err = temp.Sync() // a power cut after a rename must not leave an empty file
	}
	if err = cmp.Or(err, temp.Close()); err != nil {
		os.Remove(temp.Name())
		return "", err
	}
	return temp.Name(), nil
}
