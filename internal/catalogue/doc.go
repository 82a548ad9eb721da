// Package catalogue is the read-only lifecycle catalogue: one SQLite file with
// products, what their publishers said about them, and where that was read.
//
// It promises that SQL only narrows: Candidates returns every product an identity
// could be, and lifecycle decides. No date and no version is compared in SQL. The
// file is never changed in place; a newer one replaces it whole. A missing or
// damaged file is a typed error, and a nil *DB answers like an empty catalogue, so
// that a scan without one still runs and says "cannot tell".
//
// catalogue/build writes the file; this package owns its schema.
//
// # Changes of the schema
//
//	1  the first
//	2  withdrawn: what was taken back stands in a table of its own, with the reason
package catalogue

import _ "embed"

// AppID stands in the file's application_id: "Hdbr".
const AppID = 0x48646272

// SchemaVersion stands in the file's user_version. A reader refuses another one.
const SchemaVersion = 2

// Schema makes an empty catalogue.
//
//go:embed schema.sql
var Schema string
