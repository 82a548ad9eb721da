package ui

import (
	"context"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// An Engine is everything the window asks of the rest of the house; cmd/houdbaar
// puts one together. All of it may be called from any goroutine.
type Engine interface {
	// Scan blocks until the scan is done or ctx ends, which is no error. interfaces
	// are the names a person chose, nil for the engine's own choice. progress is
	// called from one goroutine at a time.
	Scan(ctx context.Context, interfaces []string, progress func(scan.Snapshot)) (scan.Scan, error)

	// Interfaces lists this computer's network interfaces, and whether a scan
	// that is not told otherwise would use them.
	Interfaces() []scan.Interface

	// CatalogueMeta says which catalogue judges.
	CatalogueMeta() scan.CatalogueMeta

	Searcher
}

// A Searcher looks up what a person read on a label.
type Searcher interface {
	// Search returns the products that a half-typed text may mean, best first.
	Search(ctx context.Context, text string, limit int) ([]lifecycle.Product, error)

	// Check judges a typed identity as a scan would.
	Check(ctx context.Context, id device.Identity) (scan.Finding, error)
}
