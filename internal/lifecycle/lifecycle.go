// Package lifecycle knows products, what their publishers said about them, how an
// identity is matched to a product, and what that means on a given day.
//
// It promises that its verdict is a function of identity, facts and day, and that
// no path leads to Supported without a fresh, sourced fact about that very
// product. It refuses prefix and fuzzy matches, the clock, and prose: a verdict
// carries codes and values, the words are report's.
//
// Milestones carry the names of OASIS OpenEoX Core 1.0.
package lifecycle

import (
	"cmp"
	"slices"
	"time"

	"houdbaar/internal/device"
)

// Precision says how exactly a source gave a date.
type Precision uint8

// The precisions. The zero value goes with a zero date.
const (
	NoDate Precision = iota
	Year
	Month
	Day
)

// A Date is a calendar date with the precision its source gives. Time is the
// first moment (UTC) of the day, month or year; zero = not given.
type Date struct {
	Time      time.Time
	Precision Precision
}

// A Statement is what a source says of a product.
type Statement string

// The statements. Dates go with those that say so.
const (
	GeneralAvailability  Statement = "general_availability"    // Date = first day on sale
	EndOfSales           Statement = "end_of_sales"            // Date = last day sold; without a date or TBA: reached, date not given
	EndOfSecuritySupport Statement = "end_of_security_support" // Date = last day of security fixes; without a date or TBA: reached, date not given
	EndOfLife            Statement = "end_of_life"             // Date = last day of any support; without a date or TBA: reached, date not given
	Discontinued         Statement = "discontinued"            // "discontinued", "could be end-of-life": nothing said about updates
	Supported            Statement = "supported"               // the vendor lists it as supported; Date = the statement's own date, else the day it was read
	NewestFirmware       Statement = "newest_firmware"         // the newest on the vendor's list; Version, Date = released
	FixedFirmware        Statement = "fixed_firmware"          // Version fixes the vulnerability named in Detail
	KnownFirmware        Statement = "known_firmware"          // at least this version exists; Version; never "the newest"
	Named                Statement = "named"                   // named in Campaign (a botnet warning, CISA KEV); decides nothing by itself
	Exists               Statement = "exists"                  // the product exists; Date = the day its lifecycle was looked for and not found, if it was
)

// Statements are all there are, in the order in which a catalogue lists them.
var Statements = []Statement{GeneralAvailability, EndOfSales, EndOfSecuritySupport, EndOfLife, Discontinued, Supported,
	NewestFirmware, FixedFirmware, KnownFirmware, Named, Exists}

// Trust ranks who speaks.
type Trust uint8

// The ranks. A second-hand source never outranks the vendor's own.
const (
	SecondHand Trust = iota // press, community, a copy that restates
	Authority               // a CVE record, CISA, a national CERT, police
	Vendor                  // the maker's own statement, read there or through a faithful copy
)

// Trusts are the words for the ranks in catalogues and in history, each at its rank's place.
var Trusts = []string{SecondHand: "second_hand", Authority: "authority", Vendor: "vendor"}

// A Source is where a fact was read.
type Source struct {
	Publisher string
	Title     string
	URL       string
	Read      time.Time // the day it was read, UTC midnight
	Trust     Trust
	Via       string // "read through ..." where it was read in a copy, else ""
}

// A Fact is one thing one source says about one product.
type Fact struct {
	Says      Statement
	Date      Date
	TBA       bool   // the source says "to be announced"
	Version   string // firmware, as its vendor writes it
	Region    string // "US", "EU", ... "" = not said
	Campaign  string // for Named: the campaign's id, such as "socksescort"
	Detail    string // item numbers, CVE ids, the narrower scope the source speaks of
	Withdrawn bool   // kept on record, never used in judging
	Why       string // why it was withdrawn
	Source    Source
}

// A Product is vendor, model and hardware revision.
type Product struct {
	ID       string // "d-link/dir-860l/b1"; stable; "" = no product, only what was said of one and withdrawn
	Vendor   string
	Model    string
	Revision string // "" = what is said holds for the model without naming a revision
	Kind     device.Kind
	Provider string // whose box it is, "" = bought in a shop
	Aliases  []string
	Page     string // the maker's own support page for a next step, "" if none is known
	Facts    []Fact
}

// How says how an identity met a product.
type How uint8

// The ways to match. NoMatch is the zero value.
const (
	NoMatch How = iota
	ByAlias
	ByModel // the model, whatever the revision
	ByModelAndRevision
)

// A Match is every product the device can still be.
type Match struct {
	How      How
	Alias    string    // the alias that matched, for ByAlias
	Products []Product // all that it can still be, sorted by ID; several when the revision is not known
	Unlisted bool      // the revision is known, but no source mentions it: Products are siblings, not it
	Siblings []Product // other revisions of the same model, when the revision is known and listed; never judged on

	Withdrawn []Fact // what was said of it and taken back, also where no product is met; never judged on
}

// A VerdictKind is one of the verdicts of the product. Unknown is the zero value.
type VerdictKind uint8

// The verdicts. CannotTell is the zero value.
const (
	CannotTell VerdictKind = iota
	ReplaceNow
	PlanReplacement
	CheckLabel
	UpdateFirmware
	SupportedNow
	OtherDevice
)

// Urgency is the order in which verdicts are told: what needs action first, what is
// clearly something else last.
var Urgency = [...]VerdictKind{ReplaceNow, PlanReplacement, CheckLabel, UpdateFirmware, CannotTell, SupportedNow, OtherDevice}

// Actions are the verdicts that need action.
var Actions = Urgency[:4]

// ByUrgency compares two verdicts by what needs action, for sorting.
func ByUrgency(a, b VerdictKind) int {
	return cmp.Compare(slices.Index(Urgency[:], a), slices.Index(Urgency[:], b))
}

// String returns the code used in JSON, in history and in file formats.
func (k VerdictKind) String() string {
	return [...]string{"cannot_tell", "replace_now", "plan_replacement", "check_label", "update_firmware", "supported", "other_device"}[k]
}

// A Reason is one step of the judgement: a code that report turns into words, the
// values it needs, and the sources it rests on.
type Reason struct {
	Code    string
	Args    map[string]string // "vendor", "date", "version", "revisions", ...; dates as "2006-01-02", "2006-01" or "2006"
	Sources []Source
}

// A Verdict is what to do about a device on a day.
type Verdict struct {
	Kind      VerdictKind
	Rule      string   // the rule that decided, for the "Why?" trail
	Reasons   []Reason // the first is the headline's reason
	Campaigns []Reason // where the model is named; decides nothing
	Until     Date     // the milestone that decides, past or future; zero = none
	Newest    string   // the newest firmware known, when it matters
	Provider  string   // whose box it is: the path is the provider's
}

// Options are what a person may set. The zero value means the defaults.
type Options struct {
	Horizon time.Duration // how far ahead an end counts as "plan"; 0 = 12 months
	Gateway bool          // the device is this computer's default gateway: the words differ when it stays silent
}
