package lab

import (
	"embed"
	"io/fs"
)

//go:embed recordings
var recordings embed.FS

// Recordings holds the recorded and invented devices, one folder each, for who has no
// source tree at hand: the practice house.
func Recordings() fs.FS {
	sub, err := fs.Sub(recordings, "recordings")
	if err != nil {
		panic(err) // only a wrong name in this file
	}
	return sub
}
