package ui

import (
	"context"
	"io"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/history"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// An Engine is what the window asks of the rest of the house, beside the history;
// cmd/houdbaar puts one together. All of it may be called from any goroutine.
type Engine interface {
	// Use takes what a person set; it holds for what is begun after it.
	Use(Wishes)

	// Scan blocks until the scan is done or ctx ends, which is no error. interfaces
	// are the names a person chose, nil for the engine's own choice. progress is
	// called from one goroutine at a time.
	Scan(ctx context.Context, interfaces []string, said Corrector, progress func(scan.Snapshot)) (scan.Scan, error)

	// Again judges a scan anew, by the catalogue and the wishes that hold now.
	Again(ctx context.Context, s scan.Scan, said Corrector) (scan.Scan, error)

	// Labels judges what was typed from labels at a visit, for a day; zero = today.
	Labels(ctx context.Context, v history.Visit, on time.Time) ([]scan.Finding, error)

	// Today is the day judged for.
	Today() time.Time

	// Interfaces lists this computer's network interfaces, and whether a scan
	// that is not told otherwise would use them.
	Interfaces() []scan.Interface

	// Doctor tests whether searching works here. It takes some five seconds.
	Doctor(ctx context.Context, interfaces []string) (scan.Health, error)

	// Search returns the products that a half-typed text may mean, best first.
	Search(ctx context.Context, text string, limit int) ([]lifecycle.Product, error)

	// Check judges a typed identity as a scan would.
	Check(ctx context.Context, id device.Identity) (scan.Finding, error)

	// CatalogueMeta says which catalogue judges.
	CatalogueMeta() scan.CatalogueMeta

	// Credits are the lines that publishers ask for where their words are used.
	Credits(ctx context.Context) ([]string, error)

	// InstallPack makes the catalogue of a pack the one that judges. A refused pack
	// changes nothing; its error is a Refusal.
	InstallPack(ctx context.Context, pack io.Reader) (scan.CatalogueMeta, error)

	// FetchPack gets a pack from an https address that a person gave, and then does as
	// InstallPack. progress is told how many bytes have come, and of how many, 0 = not
	// known, from one goroutine. Nothing is fetched where no publisher is trusted.
	FetchPack(ctx context.Context, address string, progress func(have, of int64)) (scan.CatalogueMeta, error)

	// StepBack makes the catalogue before the last pack the one that judges again.
	StepBack(ctx context.Context) (scan.CatalogueMeta, error)

	// Publishers are those whose packs are taken.
	Publishers() ([]scan.Publisher, error)

	// Trust takes the packs of the publisher whose public key a file holds; Distrust
	// takes no more of one, by the ID of its key. Their errors are Refusals.
	Trust(key io.Reader) (scan.Publisher, error)
	Distrust(id string) error
}

// A Corrector tells what a person said a device is, as history.Visit's does.
type Corrector = func(device.Device) (device.Identity, bool)

// Wishes are what a person set for scans.
type Wishes struct {
	Quiet   bool          // "Ask routers and cameras directly" is off
	Leave   []string      // IDs of devices that are not to be asked directly
	Horizon time.Duration // how far ahead an end of updates counts as near; 0 = a year
}

// A Refusal is an error with a code that has a sentence: "pack.<code>".
type Refusal struct {
	Err  error
	Code string
}

func (r Refusal) Error() string { return r.Err.Error() }
func (r Refusal) Unwrap() error { return r.Err }

// A Practice is an engine on a simulated home inside this computer, with a history of its
// own. Nothing of it is kept, and nothing leaves the computer. It must be closed.
type Practice interface {
	Engine
	io.Closer

	// Book is the history that is kept in the house.
	Book() *history.Store

	// Invented tells whether a device of the house is invented or played after a real
	// one; ok is false where it is none of the house's.
	Invented(d device.Device) (invented, ok bool)
}
