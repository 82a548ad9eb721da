package app

import (
	"errors"
	"path/filepath"
	"testing"
)

func TestTheDataFolderIsTheSystemsOwn(t *testing.T) {
	homeless := errors.New("no home")
	for name, c := range map[string]struct {
		system string
		env    map[string]string
		home   string // "" = the system does not know it
		want   string // "" = an error
	}{
		"Linux":                                {"linux", nil, "/home/ann", "/home/ann/.local/share/houdbaar"},
		"Linux with a place of its own":        {"linux", map[string]string{"XDG_DATA_HOME": "/data"}, "/home/ann", "/data/houdbaar"},
		"Linux with a place that is no path":   {"linux", map[string]string{"XDG_DATA_HOME": "data"}, "/home/ann", "/home/ann/.local/share/houdbaar"},
		"macOS":                                {"darwin", map[string]string{"XDG_DATA_HOME": "/data"}, "/Users/ann", "/Users/ann/Library/Application Support/Houdbaar"},
		"Windows":                              {"windows", map[string]string{"LocalAppData": "C:/Users/ann/AppData/Local", "XDG_DATA_HOME": "/data"}, "C:/Users/ann", "C:/Users/ann/AppData/Local/Houdbaar"},
		"Windows with a bare environment":      {"windows", nil, "C:/Users/ann", "C:/Users/ann/AppData/Local/Houdbaar"},
		"a service account that has no folder": {"linux", nil, "", ""},
	} {
		got, err := dataFolder(c.system, func(k string) string { return c.env[k] }, func() (string, error) {
			if c.home == "" {
				return "", homeless
			}
			return c.home, nil
		})
		if filepath.ToSlash(got) != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%s: %q, %v; want %q", name, got, err, c.want)
		}
	}
}
