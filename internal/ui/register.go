package ui

import (
	"context"
	"io"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// A Register holds the visits: the homes that were looked at, the own one among them.
// What goes wrong with its file is a Loss.
type Register interface {
	// Visits lists the visits in which every word of text occurs: the own home first,
	// then the one looked at last. An error beside rows says what cannot be done with
	// them, such as keeping anything more.
	Visits(ctx context.Context, text string) ([]VisitRow, error)

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
	// scan or, for before, the one before after.
	Compare(ctx context.Context, before, after int) (Compared, error)

	// SayGone keeps that a person says a device was taken away, or was not after all.
	SayGone(ctx context.Context, d device.Device, gone bool) error
}

// A VisitRow is a visit in the list.
type VisitRow struct {
	Ref       string
	Household string
	Home      bool // the home of whoever owns this computer
	Begun     time.Time
	Scans     int
	Last      ScanRow // the newest scan, if there is one
}

// A ScanRow is a scan in a list.
type ScanRow struct {
	Number    int
	At        time.Time
	Stopped   bool
	On        time.Time // the day it was judged for
	Catalogue scan.CatalogueMeta
	Devices   int
	Counts    map[lifecycle.VerdictKind]int
	NoRouter  bool // the router was looked for and not found
}

// A Visit is what is kept of one home, without the findings of its scans.
type Visit struct {
	Ref       string // "" = nothing is kept yet
	Household string
	Notes     string
	Visitor   string
	Home      bool
	Begun     time.Time
	Imported  time.Time // zero = made on this computer
	Scans     []ScanRow // the oldest first
	Spoken    []Spoken
	Labels    []scan.Finding // typed from labels
}

// A Spoken is a device of a visit of which a person said something.
type Spoken struct {
	Finding *scan.Finding // as it was found last, nil when no scan is left that met it
	Note    string
	Is      *device.Identity // what the person says it is, nil = nothing
	Gone    time.Time        // when the person said it was taken away, zero = never
}

// A Compared is what changed between two scans. Before.Number is 0 when there are no two.
type Compared struct {
	scan.Comparison
	Before, After ScanRow
}
