package scan

import (
	"context"
	"slices"
	"strings"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
)

// A Judge makes findings: who a device is, what product that is, and what to do. Without a
// usable catalogue a finding is still made, judged on nothing, and the error says why.
type Judge struct {
	Identifier interface { // *fingerprint.Set is one
		Identify(d device.Device) device.Identity
	}
	Catalogue Catalogue // nil or failing: every device is "cannot tell"
	Options   lifecycle.Options
	Correct   func(device.Device) (device.Identity, bool) // what a person said a device is; nil = nobody did
}

// Device judges a device by what it said, for a day.
func (j Judge) Device(ctx context.Context, d device.Device, on time.Time) (Finding, error) {
	id := j.Identifier.Identify(d)
	if d.Gateway && id.Kind == device.Unknown {
		// Whatever it is, it is where a router stands.
		id.Kind = device.Router
		id.Evidence = append(id.Evidence, place(d))
	}
	return j.Identity(ctx, d, j.corrected(id, d), on)
}

// Again judges a finding that was kept: from what the device said, or, where that was
// masked or a person alone named the device, from the identity it had.
func (j Judge) Again(ctx context.Context, f Finding, on time.Time) (Finding, error) {
	for _, mark := range []string{maskedKey, maskedBare, device.Typed} {
		if strings.HasPrefix(f.Device.ID, mark) {
			return j.Identity(ctx, f.Device, j.corrected(f.Identity, f.Device), on)
		}
	}
	return j.Device(ctx, f.Device, on)
}

// Identity judges an identity that is already known, such as one a person typed.
func (j Judge) Identity(ctx context.Context, d device.Device, id device.Identity, on time.Time) (Finding, error) {
	f := Finding{Device: d, Identity: id}
	var candidates []lifecycle.Product
	var err error
	if j.Catalogue != nil {
		candidates, err = j.Catalogue.Candidates(ctx, id)
	}
	f.Match = lifecycle.Find(id, candidates)
	o := j.Options
	o.Gateway, o.NoCatalogue = d.Gateway, j.Catalogue == nil || err != nil || j.Catalogue.Meta().Products == 0
	f.Verdict = lifecycle.Judge(id, f.Match, on, o)
	return f, err
}

// place is the evidence that a default gateway is a router.
func place(d device.Device) device.Evidence {
	e := device.Evidence{Part: device.PartKind, Gives: string(device.Router), Rule: "place/default-gateway", Source: device.SourceRoute, Field: "gateway"}
	for _, o := range d.Observations {
		if o.Source == device.SourceRoute {
			e.Value, e.Addr, e.At = o.Get("gateway"), o.Addr, o.At
		}
	}
	return e
}

// corrected lets what a person said of a device win, part by part, and keeps the rest.
// A corrected vendor or model drops what the device itself said of the parts that
// belong to it.
func (j Judge) corrected(id device.Identity, d device.Device) device.Identity {
	if j.Correct == nil {
		return id
	}
	said, ok := j.Correct(d)
	if !ok {
		return id
	}
	out := id
	if said.Vendor != "" || said.Model != "" {
		out.Vendor, out.Model, out.Revision = said.Vendor, said.Model, said.Revision
		out.Doubts, out.Provider = nil, said.Provider
	}
	if said.Revision != "" {
		out.Revision = said.Revision
	}
	if said.Firmware != "" {
		out.Firmware, out.FirmwareDisplay = said.Firmware, said.FirmwareDisplay
	}
	if said.Kind != device.Unknown {
		out.Kind = said.Kind
	}
	out.Evidence = slices.Concat(said.Evidence, id.Evidence)
	out.Corrected, out.CorrectedBy, out.CorrectedAt = true, said.CorrectedBy, said.CorrectedAt
	return out
}
