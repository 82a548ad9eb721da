package app

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"houdbaar/internal/catalogue"
	"houdbaar/internal/scan"
)

// catalogueFile is the catalogue's name, built in and in the data folder.
const catalogueFile = "catalogue.db"

// DataFolder is where the program keeps its files: the system's folder for a
// program's data, with the program's name. It is not made.
func DataFolder() (string, error) {
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) && runtime.GOOS != "windows" && runtime.GOOS != "darwin" {
		return filepath.Join(dir, "houdbaar"), nil
	}
	if runtime.GOOS == "windows" {
		if dir := os.Getenv("LocalAppData"); dir != "" {
			return filepath.Join(dir, "Houdbaar"), nil
		}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("data folder: %w", err)
	}
	if runtime.GOOS == "darwin" {
		return filepath.Join(home, "Library", "Application Support", "Houdbaar"), nil
	}
	return filepath.Join(home, ".local", "share", "houdbaar"), nil
}

// openCatalogue opens the catalogue of the data folder, or the built-in one where
// that is newer: SQLite reads files, so the built-in one is first written there.
// Where the data folder cannot be written it goes to a folder of its own among the
// system's temporary files, which the second result removes.
func openCatalogue(builtIn fs.FS) (*catalogue.DB, func(), error) {
	remove := func() {}
	data, err := fs.ReadFile(builtIn, "catalogue/"+catalogueFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, remove, err
	}
	dir, err := DataFolder()
	if err == nil {
		var db *catalogue.DB
		if db, err = catalogueIn(dir, data); err == nil {
			return db, remove, nil
		}
	}
	if len(data) == 0 {
		return nil, remove, err
	}
	dir, temporary := os.MkdirTemp("", "houdbaar-")
	if temporary != nil {
		return nil, remove, err
	}
	remove = func() { os.RemoveAll(dir) }
	db, err := catalogueIn(dir, data)
	return db, remove, err
}

// catalogueIn opens the catalogue in a folder, after bringing the built-in one there
// unless what is there is newer. Without data it opens what is there.
func catalogueIn(dir string, data []byte) (*catalogue.DB, error) {
	path := filepath.Join(dir, catalogueFile)
	have, err := os.ReadFile(path)
	if len(data) == 0 || err == nil && bytes.Equal(have, data) {
		return catalogue.Open(path)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	tmp, err := os.CreateTemp(dir, "catalogue-*.tmp")
	if err != nil {
		return nil, err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(data)
	if err = cmp.Or(err, tmp.Close()); err != nil {
		return nil, err
	}
	fresh, err := catalogue.Open(tmp.Name())
	if err != nil {
		return nil, err
	}
	date := fresh.Meta().Date
	fresh.Close()
	if installed, err := catalogue.Open(path); err == nil {
		if installed.Meta().Date.After(date) {
			return installed, nil
		}
		installed.Close()
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return nil, err
	}
	return catalogue.Open(path)
}

// catalogueProblem is the problem of a scan without a catalogue.
func catalogueProblem(err error) scan.Problem {
	code := "catalogue_unusable"
	if errors.Is(err, catalogue.ErrMissing) {
		code = "catalogue_missing"
	}
	return scan.Problem{Source: "catalogue", Code: code, Detail: err.Error()}
}
