package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"houdbaar/internal/catalogue"
	"houdbaar/internal/scan"
)

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

// catalogueProblem is the problem of a scan without a catalogue.
func catalogueProblem(err error) scan.Problem {
	code := "catalogue_unusable"
	if errors.Is(err, catalogue.ErrMissing) {
		code = "catalogue_missing"
	}
	return scan.Problem{Source: "catalogue", Code: code, Detail: err.Error()}
}
