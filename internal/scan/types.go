package scan

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
)

// A Discoverer listens to and asks the whole network. It blocks until it is done
// or ctx ends, sends every observation to emit (from any goroutine), and what is in its
// way to problem.
type Discoverer interface {
	Name() string
	Discover(ctx context.Context, emit func(device.Observation), problem func(Problem))
}

// A Prober asks one device who it is, read-only. A device that does not answer is no
// problem of the scan.
type Prober interface {
	Name() string
	Wants(d device.Device, id device.Identity) bool
	Probe(ctx context.Context, d device.Device, emit func(device.Observation))
}

// A Catalogue narrows the products an identity may be. lifecycle decides.
type Catalogue interface {
	Candidates(ctx context.Context, id device.Identity) ([]lifecycle.Product, error)
	Meta() CatalogueMeta
}

// CatalogueMeta says which catalogue judged.
type CatalogueMeta struct {
	Version  string
	Date     time.Time // the newest day a source was read
	Products int
}

// Old tells whether the catalogue is more than six months old on a day: long enough for
// makers to have said more. It still judges; what it says of support fades by itself.
func (m CatalogueMeta) Old(on time.Time) bool {
	return m.Products > 0 && on.After(m.Date.AddDate(0, 6, 0))
}

// A Publisher signs catalogue packs. ID is its key's, as minisign shows it; the name is
// what the file with the key says, and proves nothing.
type Publisher struct {
	ID      string `json:"id"` // "0123456789ABCDEF"
	Name    string `json:"name"`
	BuiltIn bool   `json:"built_in"` // the program was built with its key; the others a person trusts
}

// An Interface is a network interface of this computer and whether it was used.
type Interface struct {
	Name      string   `json:"name"`
	Addresses []string `json:"addresses,omitempty"` // CIDR
	Used      bool     `json:"used,omitempty"`
	Why       string   `json:"why,omitempty"`   // code: "", "loopback", "down", "no_address", "tunnel", "container", "not_chosen", "no_multicast"
	Sent      int      `json:"sent,omitempty"`  // packets sent for discovery
	Heard     int      `json:"heard,omitempty"` // packets received
}

// A Problem is something that hampered a scan without ending it.
type Problem struct {
	Source string            `json:"source"`           // "ssdp", "mdns", "catalogue", ...
	Code   string            `json:"code"`             // i18n key suffix: "problem.<code>"
	Args   map[string]string `json:"args,omitempty"`   // values for the words, such as "interface"
	Detail string            `json:"detail,omitempty"` // the error, for the small print
}

// Failed is the problem of a source that could not work.
func Failed(source, detail string) Problem {
	return Problem{Source: source, Code: "source_failed", Args: map[string]string{"source": source}, Detail: detail}
}

// A Finding is a device, who it says it is, what it matched and what to do. History keeps
// it as JSON: the names in that, here and in what a finding holds, never change.
type Finding struct {
	Device   device.Device     `json:"device"`
	Identity device.Identity   `json:"identity"`
	Match    lifecycle.Match   `json:"match"`
	Verdict  lifecycle.Verdict `json:"verdict"`
}

// A Scan is the complete result of one run.
type Scan struct {
	Started, Finished time.Time
	Stopped           bool      // a person stopped it; what was found is kept
	On                time.Time // the day judged for
	Only              string    // the one address that was looked at, as it was typed; "" = the whole network
	Catalogue         CatalogueMeta
	Interfaces        []Interface
	Problems          []Problem
	Findings          []Finding // ordered by what needs action, gateway first within a group
}

// LabelsOnly reports whether nothing was scanned, and people read all there is from labels.
func (s Scan) LabelsOnly() bool {
	return len(s.Findings) > 0 && len(s.Interfaces) == 0 && !slices.ContainsFunc(s.Findings, func(f Finding) bool {
		return !f.Identity.Corrected || len(f.Device.Addrs) > 0 || f.Device.MAC != ""
	})
}

// Searched reports whether there was a network to search.
func (s Scan) Searched() bool {
	return slices.ContainsFunc(s.Interfaces, func(i Interface) bool { return i.Used })
}

// NoRouter reports whether the whole network was scanned and the router is not among what
// was found.
func (s Scan) NoRouter() bool {
	return s.Only == "" && !s.LabelsOnly() && !slices.ContainsFunc(s.Findings, func(f Finding) bool { return f.Device.Gateway })
}

// A Phase is what a scan is doing now.
type Phase string

// The phases in their order.
const (
	PhaseListening Phase = "listening" // searching and listening on the network
	PhaseAsking    Phase = "asking"    // asking devices who they are
	PhaseDone      Phase = "done"
)

// A Snapshot is the whole state of a running scan; it is never changed after it
// was handed out. The returned Scan is complete even if every snapshot is thrown away.
type Snapshot struct {
	Phase    Phase
	Fraction float64 // 0 to 1, never going back
	Findings []Finding
}

// A Question is one thing that this program can send, for who wants to know. All
// of them together are all that is ever sent.
type Question struct {
	Name  string // the protocol, mostly the source of its answers; i18n key suffix: "sends.why.<name>"
	Group string // i18n key suffix: "sends.group.<group>"; "search", "makers", "nudge", "device", "test"
	Whom  string // who gets it; i18n key suffix: "sends.whom.<whom>"
	To    string // where: "239.255.255.250:1900", "broadcast:9999", "port 80 or 443 of the device"
	Bytes []byte // what; words in braces stand for what differs
}

// Text returns what is sent as a person can read it: as it is where it is text, else
// in hexadecimal.
func (q Question) Text() string {
	for _, b := range q.Bytes {
		if b < ' ' && b != '\r' && b != '\n' || b > '~' {
			rest := bytes.TrimRight(q.Bytes, "\x00")
			if zeros := len(q.Bytes) - len(rest); zeros > 8 {
				return fmt.Sprintf("% x and %d times 00", rest, zeros)
			}
			return fmt.Sprintf("% x", q.Bytes)
		}
	}
	return strings.ReplaceAll(string(q.Bytes), "\r", "")
}

// Whom questions go to.
const (
	WhomAll       = "all"       // everybody on the network
	WhomGateway   = "gateway"   // the router
	WhomTyped     = "typed"     // the router, or the address that a person typed
	WhomAnnounced = "announced" // the place that a device itself named
	WhomSilent    = "silent"    // addresses of the subnet from which nothing was heard
	WhomDevice    = "device"    // one device that the question fits
	WhomSelf      = "self"      // this computer
)

// The groups of questions.
const (
	GroupSearch = "search" // always: UPnP and mDNS
	GroupMakers = "makers" // to everybody, in the makers' own words; off when quiet
	GroupNudge  = "nudge"  // to find silent neighbours; off when quiet
	GroupDevice = "device" // to one device that it fits; off when quiet
	GroupTest   = "test"   // by the discovery doctor only
)
