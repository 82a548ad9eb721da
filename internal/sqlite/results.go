//go:build cgo

package sqlite

import (
	"errors"

	driver "github.com/mattn/go-sqlite3"
)

// results are SQLite's result code in err, and the extended one; 0 when err is none of
// SQLite's.
func results(err error) (code, extended int) {
	var e driver.Error
	if !errors.As(err, &e) {
		return 0, 0
	}
	return int(e.Code), int(e.ExtendedCode)
}
