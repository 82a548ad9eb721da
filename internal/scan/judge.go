package scan

import (
	"context"
	"slices"
	"strings"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
)

// Judge makes a finding of one device for the given day. correct may be nil.
// Without a usable catalogue the finding is still there, judged on nothing, and
// the error says why.
func Judge(ctx context.Context, d device.Device, who Identifier, c Catalogue, correct func(device.Device) (device.Identity, bool),
	on time.Time, o lifecycle.Options) (Finding, error) {
	id := who.Identify(d)
	if d.Gateway && id.Kind == device.Unknown {
		// Whatever it is, it is where a router stands.
		id.Kind = device.Router
		id.Evidence = append(id.Evidence, place(d))
	}
	return JudgeIdentity(ctx, d, corrected(id, d, correct), c, on, o)
}

// JudgeAgain judges a finding that was kept: from what the device said, or, where that
// was masked or a person alone named the device, from the identity it had.
func JudgeAgain(ctx context.Context, f Finding, who Identifier, c Catalogue, correct func(device.Device) (device.Identity, bool),
	on time.Time, o lifecycle.Options) (Finding, error) {
	if !strings.HasPrefix(f.Device.ID, maskedKey) && !strings.HasPrefix(f.Device.ID, maskedBare) && !strings.HasPrefix(f.Device.ID, device.Typed) {
		return Judge(ctx, f.Device, who, c, correct, on, o)
	}
	return JudgeIdentity(ctx, f.Device, corrected(f.Identity, f.Device, correct), c, on, o)
}

// JudgeIdentity makes a finding of an identity that is already known, such as
// one a person typed.
func JudgeIdentity(ctx context.Context, d device.Device, id device.Identity, c Catalogue, on time.Time, o lifecycle.Options) (Finding, error) {
	f := Finding{Device: d, Identity: id}
	var candidates []lifecycle.Product
	var err error
	if c != nil {
		candidates, err = c.Candidates(ctx, id)
	}
	f.Match = lifecycle.Find(id, candidates)
	o.Gateway, o.NoCatalogue = d.Gateway, c == nil || err != nil || c.Meta().Products == 0
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
// belong to it. correct may be nil.
func corrected(id device.Identity, d device.Device, correct func(device.Device) (device.Identity, bool)) device.Identity {
	if correct == nil {
		return id
	}
	said, ok := correct(d)
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
