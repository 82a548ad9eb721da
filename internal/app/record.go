package app

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"houdbaar/internal/casefile"
	"houdbaar/internal/device"
	"houdbaar/internal/fingerprint"
	"houdbaar/internal/scan"
)

// Record writes every device of a scan that said something as a case folder below
// dir, and returns how many. A folder carries the maker and model, never the name
// a person gave; one that is taken gets a number. What could not be written is an
// error, and the rest is still written.
func (e *Engine) Record(dir string, s scan.Scan, by string) (int, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return 0, err
	}
	written := 0
	var failed error
	for _, f := range s.Findings {
		folder, err := freeFolder(dir, folderName(f))
		if err == nil {
			id := f.Identity
			keep := append(fingerprint.Default().Words(id), id.Vendor, id.Model, id.Revision, id.Firmware, id.Provider, id.Software)
			err = casefile.Write(folder, f.Device, casefile.Options{Recorded: by, Keep: keep})
		}
		switch {
		case err == nil:
			written++
		case !errors.Is(err, casefile.ErrNothing):
			failed = errors.Join(failed, err)
		}
	}
	return written, failed
}

// folderName is maker and model in letters that every file system takes.
func folderName(f scan.Finding) string {
	words := strings.FieldsFunc(strings.ToLower(device.FullName(f.Identity.Vendor, f.Identity.Model)), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	name := strings.Join(words, "-")
	name = strings.Trim(name[:min(60, len(name))], "-")
	return "device-" + cmp.Or(name, f.Identity.Kind.String())
}

// freeFolder is a folder below dir that is not there yet.
func freeFolder(dir, name string) (string, error) {
	for n := 1; n < 1000; n++ {
		path := filepath.Join(dir, name)
		if n > 1 {
			path = fmt.Sprintf("%s-%d", path, n)
		}
		if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
			return path, nil
		} else if err != nil {
			return "", err
		}
	}
	return "", fmt.Errorf("%s: a thousand folders of that name", filepath.Join(dir, name))
}
