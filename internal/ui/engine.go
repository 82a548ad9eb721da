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

// An Engine is everything the window asks of the rest of the house; cmd/houdbaar
// puts one together. All of it may be called from any goroutine.
type Engine interface {
	// Use takes what a person set; it holds for what is begun after it.
	Use(Wishes)

	// Scan blocks until the scan is done or ctx ends, which is no error. interfaces
	// are the names a person chose, nil for the engine's own choice. progress is
	// called from one goroutine at a time.
	Scan(ctx context.Context, interfaces []string, progress func(scan.Snapshot)) (scan.Scan, error)

	// Interfaces lists this computer's network interfaces, and whether a scan
	// that is not told otherwise would use them.
	Interfaces() []scan.Interface

	// Doctor tests whether searching works here. It takes some five seconds.
	Doctor(ctx context.Context, interfaces []string) (scan.Health, error)

	Searcher
	Shelf
	Memory
	Diary
	Register
}

// Wishes are what a person set for scans.
type Wishes struct {
	Quiet   bool          // "Ask routers and cameras directly" is off
	Leave   []string      // IDs of devices that are not to be asked directly
	Horizon time.Duration // how far ahead an end of updates counts as near; 0 = a year
}

// A Searcher looks up what a person read on a label.
type Searcher interface {
	// Search returns the products that a half-typed text may mean, best first.
	Search(ctx context.Context, text string, limit int) ([]lifecycle.Product, error)

	// Check judges a typed identity as a scan would.
	Check(ctx context.Context, id device.Identity) (scan.Finding, error)
}

// A Shelf holds the catalogue.
type Shelf interface {
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

	// Publishers are those whose packs are taken.
	Publishers(ctx context.Context) ([]scan.Publisher, error)

	// Trust takes the packs of the publisher whose public key a file holds; Distrust
	// takes no more of one, by the ID of its key. Their errors are Refusals.
	Trust(ctx context.Context, key io.Reader) (scan.Publisher, error)
	Distrust(ctx context.Context, id string) error

	// StepBack makes the catalogue before the last pack the one that judges again.
	StepBack(ctx context.Context) (scan.CatalogueMeta, error)
}

// A Refusal is an error with a code that has a sentence: "pack.<code>".
type Refusal struct {
	Err  error
	Code string
}

func (r Refusal) Error() string { return r.Err.Error() }
func (r Refusal) Unwrap() error { return r.Err }

// A Memory keeps the scans and what people say. What could not be kept is an error;
// a Loss has a sentence.
type Memory interface {
	// Keep keeps a finished scan.
	Keep(ctx context.Context, s scan.Scan) error

	// Told returns what is kept of each device of a scan, by Device.ID, and the
	// devices that were typed from labels, judged.
	Told(ctx context.Context, s scan.Scan) (map[string]Said, []scan.Finding, error)

	// Again judges a scan anew, by the catalogue, the wishes and the corrections
	// that hold now.
	Again(ctx context.Context, s scan.Scan) (scan.Scan, error)

	// Correct keeps what a person says a device is; Withdraw takes it back.
	Correct(ctx context.Context, d device.Device, id device.Identity) error
	Withdraw(ctx context.Context, d device.Device) error

	// Note keeps what a person writes about a device; "" takes it away.
	Note(ctx context.Context, d device.Device, text string) error

	// AddLabel keeps a device that no scan found, typed from its label; RemoveLabel
	// forgets one, by Device.ID.
	AddLabel(ctx context.Context, id device.Identity) error
	RemoveLabel(ctx context.Context, deviceID string) error

	// Where is the folder that all this is kept in, "" if nowhere.
	Where() string

	// Erase forgets all of it.
	Erase(ctx context.Context) error
}

// A Loss is an error of a Memory: its code has a sentence in report.HistoryText, Path is
// the file.
type Loss struct {
	Err        error
	Code, Path string
}

func (l Loss) Error() string { return l.Err.Error() }
func (l Loss) Unwrap() error { return l.Err }

// Said is what is kept of a device.
type Said struct {
	Note      string
	Corrected bool           // a person said what it is
	Seen      []history.Seen // in earlier scans, the newest first
}

// A Practice is an engine on a simulated home inside this computer. Nothing of it is
// kept, and nothing leaves the computer. It must be closed.
type Practice interface {
	Engine
	io.Closer

	// Invented tells whether a device of the house is invented or played after a real
	// one; ok is false where it is none of the house's.
	Invented(d device.Device) (invented, ok bool)
}

// A Register holds the visits: the homes that were looked at, the own one among them.
// What goes wrong with its file is a Loss.
type Register interface {
	// Visits lists the visits in which every word of text occurs: the own home first,
	// then the one looked at last. An error beside rows says what cannot be done with
	// them, such as keeping anything more.
	Visits(ctx context.Context, text string) ([]history.Row, error)

	// NewVisit makes a visit of a household, which may be empty, and returns its
	// reference.
	NewVisit(ctx context.Context, household string) (ref string, err error)

	// At returns an engine that keeps in, and tells of, another visit; "" is the own
	// home. It shares all else with this one.
	At(ref string) Engine

	// ForgetVisit removes a visit so that nothing of it is left.
	ForgetVisit(ctx context.Context, ref string) error

	// ExportVisit writes a visit as one file, masked unless unmask is set; ImportVisit
	// keeps such a file as a visit and returns its reference.
	ExportVisit(ctx context.Context, to io.Writer, ref string, unmask bool) error
	ImportVisit(ctx context.Context, from io.Reader) (ref string, err error)

	// KeepDays is how many days scans are kept, 0 = until somebody forgets them.
	// SetKeepDays sets it and forgets at once what is older; it returns how many visits.
	KeepDays(ctx context.Context) (int, error)
	SetKeepDays(ctx context.Context, days int) (forgotten int, err error)
}

// A Diary is what is kept of the visit that an engine is at.
type Diary interface {
	// Visit returns the visit.
	Visit(ctx context.Context) (Visit, error)

	// Describe sets what a person wrote about the visit.
	Describe(ctx context.Context, household, notes, visitor string) error

	// Reopen returns a kept scan as it was judged on its day or, with again, as it is
	// judged today. What is told, noted and corrected from then on is of that scan.
	Reopen(ctx context.Context, number int, again bool) (scan.Scan, error)

	// ForgetScan removes one scan.
	ForgetScan(ctx context.Context, number int) error

	// Compare says what changed from one scan to a later one. Number 0 is the newest
	// scan or, for before, the one before after. The pair's numbers are 0 where there are
	// no two.
	Compare(ctx context.Context, before, after int) (history.Pair, error)

	// SayGone keeps that a person says a device was taken away, or was not after all.
	SayGone(ctx context.Context, d device.Device, gone bool) error
}

// A Visit is what is kept of one home, without the findings of its scans. Created is zero
// where nothing is kept yet.
type Visit struct {
	history.Visit
	Spoken []history.Spoken
	Labels []scan.Finding // typed from labels
}
