package report

import (
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
)

// A Line is everything a person may read about one finding, in one language.
// Screen and paper both show lines, so they cannot disagree. All text that came
// from the network is cleaned (control and bidirectional characters removed,
// length bounded) before it gets here.
type Line struct {
	ID       string                // Device.ID
	Kind     device.Kind           // for the picture
	KindName string                // "router", "camera", in the language
	Verdict  lifecycle.VerdictKind // for icon and colour
	Gateway  bool

	Title    string // the name people know: their name for it, else vendor and model, else address
	Model    string // "D-Link DIR-860L"; "" when not known
	Small    string // "Ver. B1 · firmware 2.00": revision and firmware, "" when not known
	Address  string // "192.168.1.23"
	MAC      string // masked unless asked for
	Page     string // http(s) address on the device itself, "" when it gave none that is its own
	Chip     string // the verdict in two or three words: "Replace this device"
	Headline string // the verdict for this kind: "Replace this router"
	Reason   string // one or two sentences
	Badges   []Badge
	Tonight  []string // what to do now, in order
	Buy      []string // what to look for when buying, empty when there is nothing to buy
	Provider string   // script for the provider's helpdesk, "" for a box from a shop
	Why      []Step   // the trail
	Sources  []SourceLine
}

// A Badge is a campaign that names the model, and what that does and does not mean.
type Badge struct {
	Text    string
	Means   string // "That does not mean yours is infected."
	Sources []SourceLine
}

// A Step is one step of the "Why?" trail: received, read, matched, sourced, ruled.
type Step struct {
	Head string // "What the device said"
	Text []string
}

// A SourceLine is one source as a person sees it.
type SourceLine struct {
	Publisher string
	Title     string
	URL       string // http(s) only
	Read      time.Time
	ReadText  string // "read on 21 November 2026"
}

// A Group is the lines under one heading, in the order of what needs action.
type Group struct {
	Verdict lifecycle.VerdictKind
	Heading string
	Lines   []Line
}
