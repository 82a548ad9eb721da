package casefile

import (
	_ "embed"
	"regexp"
)

//go:embed words.txt
var wordsFile string

// productWords are words within names that say what a thing is and not whose it is: makers,
// product lines, kinds of device, and words of pages and of the protocols.
var productWords = regexp.MustCompile(`(?m)^#.*`).ReplaceAllString(wordsFile, "")
