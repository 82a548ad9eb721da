package assets

import _ "embed"

// Licences says of everything the commands link which licence it has and whose it is.
// licences_test.go writes it.
//
//go:embed licences.txt
var Licences string
