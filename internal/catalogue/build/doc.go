// Package build makes the catalogue from the reviewed files in assets/sources, and
// refuses what must not get into it.
//
// It promises that the same files give the same bytes: everything is sorted, written
// in one transaction and packed; the clock is never read, the catalogue's date is the
// newest day a source was read. The format of the files stands in
// assets/sources/CATALOGUE.md.
package build
