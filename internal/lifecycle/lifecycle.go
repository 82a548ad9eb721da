// Package lifecycle knows products, what their publishers said about them, how an
// identity is matched to a product, and what that means on a given day.
//
// It promises that its verdict is a function of identity, facts and day, and that
// no path leads to Supported without a fresh, sourced fact about that very
// product. It refuses prefix and fuzzy matches, the clock, and prose: a verdict
// carries codes and values, the words are report's.
//
// Milestones carry the names of OASIS OpenEoX Core 1.0. The names in JSON are those under
// which history keeps what was matched and decided; they never change.
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

// A Source is where a fact was read.
type Source struct {
	Publisher string    `json:"publisher,omitempty"`
	Title     string    `json:"title,omitempty"`
	URL       string    `json:"url,omitempty"`
	Read      time.Time `json:"read,omitzero"` // the day it was read, UTC midnight
	Trust     Trust     `json:"trust"`
	Via       string    `json:"via,omitempty"` // "read through ..." where it was read in a copy, else ""
}

// A Fact is one thing one source says about one product.
type Fact struct {
	Says      Statement `json:"says"`
	Date      Date      `json:"date,omitzero"`
	TBA       bool      `json:"tba,omitempty"`       // the source says "to be announced"
	Version   string    `json:"version,omitempty"`   // firmware, as its vendor writes it
	Region    string    `json:"region,omitempty"`    // "US", "EU", ... "" = not said
	Campaign  string    `json:"campaign,omitempty"`  // for Named: the campaign's id, such as "socksescort"
	Detail    string    `json:"detail,omitempty"`    // item numbers, CVE ids, the narrower scope the source speaks of
	Withdrawn bool      `json:"withdrawn,omitempty"` // kept on record, never used in judging
	Why       string    `json:"why,omitempty"`       // why it was withdrawn
	Source    Source    `json:"source"`
}

// A Product is vendor, model and hardware revision.
type Product struct {
	ID       string      `json:"id"` // "d-link/dir-860l/b1"; stable; "" = no product, only what was said of one and withdrawn
	Vendor   string      `json:"vendor"`
	Model    string      `json:"model"`
	Revision string      `json:"hardware_revision,omitempty"` // "" = what is said holds for the model without naming a revision
	Kind     device.Kind `json:"kind,omitempty"`
	Provider string      `json:"provider,omitempty"` // whose box it is, "" = bought in a shop
	Aliases  []string    `json:"aliases,omitempty"`
	Page     string      `json:"page,omitempty"` // the maker's own support page for a next step, "" if none is known
	Facts    []Fact      `json:"facts,omitempty"`
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
	How      How       `json:"how"`
	Alias    string    `json:"alias,omitempty"`    // the alias that matched, for ByAlias
	Products []Product `json:"products,omitempty"` // all that it can still be, sorted by ID; several when the revision is not known
	Unlisted bool      `json:"unlisted,omitempty"` // the revision is known, but no source mentions it: Products are siblings, not it
	Siblings []Product `json:"siblings,omitempty"` // other revisions of the same model, when the revision is known and listed; never judged on

	Withdrawn []Fact `json:"withdrawn,omitempty"` // what was said of it and taken back, also where no product is met; never judged on
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

// A Reason is one step of the judgement: a code that report turns into words, the
// values it needs, and the sources it rests on.
type Reason struct {
	Code    string            `json:"code"`
	Args    map[string]string `json:"args,omitempty"` // "vendor", "date", "version", "revisions", ...; dates as "2006-01-02", "2006-01" or "2006"
	Sources []Source          `json:"sources,omitempty"`
}

// A Verdict is what to do about a device on a day.
type Verdict struct {
	Kind      VerdictKind `json:"kind"`
	Rule      string      `json:"rule,omitempty"`      // the rule that decided, for the "Why?" trail
	Reasons   []Reason    `json:"reasons,omitempty"`   // the first is the headline's reason
	Campaigns []Reason    `json:"campaigns,omitempty"` // where the model is named; decides nothing
	Until     Date        `json:"until,omitzero"`      // the milestone that decides, past or future; zero = none
	Newest    string      `json:"newest,omitempty"`    // the newest firmware known, when it matters
	Provider  string      `json:"provider,omitempty"`  // whose box it is: the path is the provider's
}

// Options are what a person may set. The zero value means the defaults.
type Options struct {
	Horizon time.Duration // how far ahead an end counts as "plan"; 0 = 12 months
	Gateway bool          // the device is this computer's default gateway: the words differ when it stays silent

	NoCatalogue bool // there was none to look in: of what was met by nothing, nothing is said
}
