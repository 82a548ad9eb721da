package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"houdbaar/internal/catalogue"
	"houdbaar/internal/history"
	"houdbaar/internal/scan"
)

// DataFolder is where the program keeps its files: the system's folder for a
// program's data, with the program's name. It is not made.
func DataFolder() (string, error) {
	return dataFolder(runtime.GOOS, os.Getenv, os.UserHomeDir)
}

// HistoryPath is where the history file stands, "" where there is no folder for it.
func HistoryPath() string {
	dir, err := DataFolder()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, history.FileName)
}

func dataFolder(system string, env func(string) string, userHome func() (string, error)) (string, error) {
	switch dir := env("XDG_DATA_HOME"); {
	case system == "windows" && env("LocalAppData") != "":
		return filepath.Join(env("LocalAppData"), "Houdbaar"), nil
	case system != "windows" && system != "darwin" && strings.HasPrefix(dir, "/"):
		return filepath.Join(dir, "houdbaar"), nil
	}
	home, err := userHome()
	if err != nil {
		return "", fmt.Errorf("data folder: %w", err)
	}
	switch system {
	case "windows":
		return filepath.Join(home, "AppData", "Local", "Houdbaar"), nil
	case "darwin":
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
