package fingerprint

import "testing/fstest"

// oneFile is a rule folder with one file.
func oneFile(text string) fstest.MapFS {
	return fstest.MapFS{"a.json": {Data: []byte(text)}}
}
