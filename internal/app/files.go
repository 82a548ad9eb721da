package app

import (
	"cmp"
	"errors"
	"fmt"
	"io"
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
// Where the data folder cannot be written it goes to the system's temporary folder.
func openCatalogue(builtIn fs.FS) (*catalogue.DB, error) {
	var folders []string
	if dir, err := DataFolder(); err == nil {
		folders = append(folders, dir)
	}
	folders = append(folders, filepath.Join(os.TempDir(), fmt.Sprintf("houdbaar-%d", os.Getuid())))
	var first error
	for _, dir := range folders {
		db, err := catalogueIn(dir, builtIn)
		if err == nil {
			return db, nil
		}
		first = cmp.Or(first, err)
		if errors.Is(err, catalogue.ErrMissing) {
			break // there is none to write elsewhere either
		}
	}
	return nil, first
}

// catalogueIn opens the catalogue in a folder after bringing the built-in one there.
func catalogueIn(dir string, builtIn fs.FS) (*catalogue.DB, error) {
	path := filepath.Join(dir, catalogueFile)
	src, err := builtIn.Open("catalogue/" + catalogueFile)
	if errors.Is(err, fs.ErrNotExist) {
		return catalogue.Open(path)
	}
	if err != nil {
		return nil, err
	}
	defer src.Close()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	tmp, err := os.CreateTemp(dir, "catalogue-*.tmp")
	if err != nil {
		return nil, err
	}
	defer os.Remove(tmp.Name())
	_, err = io.Copy(tmp, src)
	if err = cmp.Or(err, tmp.Close()); err != nil {
		return nil, err
	}
	fresh, err := catalogue.Open(tmp.Name())
	if err != nil {
		return nil, err
	}
	date := fresh.Meta().Date
	fresh.Close()
	if have, err := catalogue.Open(path); err == nil {
		if have.Meta().Date.After(date) {
			return have, nil
		}
		have.Close()
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
