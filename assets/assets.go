// Package assets holds what is built into the program: the catalogue.
//
// The directory is embedded, not the file, so that a fresh clone compiles before
// mkcatalogue has built the catalogue. sources/ holds what it is built from and is
// not embedded.
package assets

import "embed"

// Catalogue holds catalogue/catalogue.db once it has been built.
//
//go:embed all:catalogue
var Catalogue embed.FS
