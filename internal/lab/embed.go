package lab

import (
	"embed"
	"io/fs"
)

//go:embed recordings practice
var recordings embed.FS

// Recordings holds the recorded and invented devices, one folder each, for who has no
// source tree at hand: those of the tests in recordings, and those that only the practice
// house needs in practice.
func Recordings() fs.FS { return recordings }
