package lifecycle

import (
	"slices"
	"strings"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/firmware"
)

// A judge is one case: who, what it can be, and the day.
type judge struct {
	period
	id            device.Identity
	m             Match
	o             Options
	vendor, model string // as the catalogue writes them, else as the identity does
	label         string // the vendor's key
}

// Judge says what to do about a device on the day today. It is a function of its
// arguments; the order of products and facts does not matter. The rules stand in the
// order of the verdicts: the first that applies wins, and green comes last and only
// from a fresh, sourced fact about this very product.
func Judge(id device.Identity, m Match, today time.Time, o Options) Verdict {
	if id.Software == "" && id.Kind.Class() != device.ClassOther {
		id.Software = firmware.Software(id.Firmware) // typed from its own page: "OpenWrt 23.05.2"
	}
	id = asMatched(id, m)
	j := judge{period: newPeriod(today, o), id: id, m: m, o: o, vendor: id.Vendor, model: id.Model}
	if j.m.How == NoMatch || VendorKey(id.Vendor) == "" || ModelKey(id.Vendor, id.Model) == "" {
		j.m = Match{} // rule 13: no vendor, no match
	}
	j.m.Products, j.m.Siblings = sorted(j.m.Products), sorted(j.m.Siblings)
	if names := j.models(); len(names) == 1 {
		j.vendor, j.model = j.m.Products[0].Vendor, j.m.Products[0].Model
	}
	j.label = VendorKey(j.vendor)
	v := j.decide()
	v.Provider = j.provider()
	v.Campaigns = j.campaigns()
	if v.Provider != "" {
		v.Reasons = append(v.Reasons, j.reason(CodeProviderBox, nil, "provider", v.Provider))
	}
	if id.Corrected {
		v.Reasons = append(v.Reasons, j.reason(CodeCorrected, nil))
	}
	v.Reasons = append(v.Reasons, j.withdrawn(m.Withdrawn)...)
	return v
}

// decide finds the verdict, without what stands beside it.
func (j judge) decide() Verdict {
	if len(j.m.Products) == 0 && j.id.Kind.Class() == device.ClassOther && j.id.Software == "" && !j.o.Gateway {
		if values := inDoubt(j.id, device.PartKind); values != nil {
			return verdict(CannotTell, RuleNoIdentity, j.reason(CodeKindInDoubt, nil, "kind", j.id.Kind.String(), "values", strings.Join(values, ", ")))
		}
		// Two makers' names are two devices' words: one of them may be a router's.
		if values := inDoubt(j.id, device.PartVendor); len(values) > 1 {
			return verdict(CannotTell, RuleNoIdentity, j.doubted(device.PartVendor, values))
		}
		return verdict(OtherDevice, RuleSomethingElse, j.reason(CodeOtherDevice, nil, "kind", j.id.Kind.String()))
	}
	if j.keptApart() {
		return verdict(OtherDevice, RuleKeptApart, j.reason(CodeKeptApart, nil))
	}
	if j.id.Software != "" {
		return j.thirdParty()
	}
	if len(j.m.Products) == 0 {
		return j.unmatched()
	}
	v := j.matched()
	for _, part := range []device.Part{device.PartVendor, device.PartModel} {
		switch values := inDoubt(j.id, part); {
		case values == nil:
		case len(values) == 1 && part == device.PartVendor && v.Kind == CannotTell: // nor would the label help
			v.Reasons = append(v.Reasons, j.doubted(part, values))
		default:
			return verdict(CheckLabel, RuleDoubtfulIdentity, j.doubted(part, values))
		}
	}
	if values := inDoubt(j.id, device.PartKind); values != nil && j.id.Kind.Class() != device.ClassOther {
		// Others say the same of themselves.
		return verdict(CheckLabel, RuleDoubtfulIdentity, j.reason(CodeKindInDoubt, nil, "kind", j.id.Kind.String(), "values", strings.Join(values, ", ")))
	}
	if v.Rule == RuleRevisionNotListed && j.labelRead() {
		v.Kind = CannotTell // it was looked at: nobody who knows speaks of what stands there
	}
	if values := inDoubt(j.id, device.PartRevision); values != nil {
		r := j.reason(CodeRevisionInDoubt, nil, "values", strings.Join(values, ", "))
		if v.Kind == SupportedNow || v.Kind == UpdateFirmware {
			return verdict(CheckLabel, RuleDoubtfulIdentity, append([]Reason{r}, v.Reasons...)...)
		}
		v.Reasons = append(v.Reasons, r)
	}
	if j.m.How == ByAlias {
		v.Reasons = append(v.Reasons, j.reason(CodeMatchedAlias, nil, "alias", j.m.Alias,
			"vendor", j.m.Products[0].Vendor, "model", j.m.Products[0].Model))
	}
	return v
}

// labelRead reports whether a person gave the revision, from the label, in a form that we
// understand.
func (j judge) labelRead() bool {
	_, plain := plainRevision(RevisionKey(j.id.Revision))
	return plain && slices.ContainsFunc(j.id.Evidence, func(e device.Evidence) bool {
		return e.Part == device.PartRevision && e.Source == device.SourceLabel
	})
}

// doubted says what of a device's maker or model is in doubt, and why.
func (j judge) doubted(part device.Part, values []string) Reason {
	switch {
	case len(values) > 1:
	case part == device.PartModel:
		return j.reason(CodeModelCalled, nil)
	default:
		return j.reason(CodeMakerGuessed, nil)
	}
	return j.reason(CodeIdentityInDoubt, nil, "part", string(part), "values", strings.Join(values, ", "))
}

// keptApart reports whether nothing is known of a device but that its hardware address
// speaks for a telephone or a computer. Whatever else is known undoes it.
func (j judge) keptApart() bool {
	return len(j.m.Products) == 0 && !j.o.Gateway && !j.id.Corrected &&
		j.id.Vendor == "" && j.id.Model == "" && j.id.Software == "" && j.id.Kind == device.Unknown &&
		slices.ContainsFunc(j.id.Hints, func(h device.Hint) bool { return h.Code == device.HintKeptApart })
}

// unmatched says which part of the identity is missing, or that there is no catalogue.
func (j judge) unmatched() Verdict {
	vendor, model := VendorKey(j.id.Vendor) != "", ModelKey(j.id.Vendor, j.id.Model) != ""
	switch {
	case j.o.NoCatalogue:
		return verdict(CannotTell, RuleNoCatalogue, j.reason(CodeNoCatalogue, nil))
	case vendor && model:
		v := verdict(CannotTell, RuleNoEntry, j.reason(CodeNotInCatalogue, nil))
		for _, part := range []device.Part{device.PartVendor, device.PartModel} {
			if values := inDoubt(j.id, part); values != nil {
				v.Reasons = append(v.Reasons, j.doubted(part, values))
			}
		}
		return v
	case vendor:
		return verdict(CannotTell, RuleNoIdentity, j.reason(CodeNoModel, nil))
	case model:
		return verdict(CannotTell, RuleNoIdentity, j.reason(CodeNoVendor, nil))
	case j.o.Gateway:
		return verdict(CannotTell, RuleNoIdentity, j.reason(CodeGatewaySilent, nil))
	}
	return verdict(CannotTell, RuleNoIdentity, j.reason(CodeNotIdentified, nil, "kind", j.id.Kind.String()))
}

// thirdParty judges a device that runs other firmware than its vendor's. The vendor's
// dates say nothing of that firmware, neither that it ended nor that it gets
// fixes; what the vendor says stands behind as a reason.
func (j judge) thirdParty() Verdict {
	v := verdict(CannotTell, RuleThirdPartyFirmware, j.reason(CodeThirdParty, nil, "software", j.id.Software))
	if len(j.m.Products) > 0 {
		if maker := j.matched(); maker.Kind != CannotTell {
			v.Reasons = append(v.Reasons, maker.Reasons[0])
		}
	}
	return v
}

// matched judges a device that met at least one product.
func (j judge) matched() Verdict {
	families := j.families(j.m.Products)
	switch {
	case len(families) > 1:
		return j.severalModels(families)
	case j.m.Unlisted:
		return j.unlisted(families[0])
	}
	f := families[0]
	switch {
	case len(f.revisions) == 0:
		return j.one(f.whole)
	case len(f.revisions) == 1 && (j.m.How == ByModelAndRevision || j.hasRevision(f.revisions[0].name)):
		return j.listed(f.revisions[0], f.whole)
	}
	return j.unknownRevision(f)
}

// hasRevision reports whether the device is known to be of the revision.
func (j judge) hasRevision(revision string) bool {
	return inDoubt(j.id, device.PartRevision) == nil && RevisionKey(j.id.Revision) == RevisionKey(revision)
}

// listed judges a known, listed revision. Where only the model as a whole was spoken
// of, and other revisions of it are said to stand otherwise, the whole is not
// to be taken at its word.
func (j judge) listed(it, whole alternative) Verdict {
	if it.own.kind == silent && whole.kind != silent {
		all := slices.DeleteFunc(slices.Clone(j.m.Products), func(p Product) bool { return RevisionKey(p.Revision) != "" })
		siblings := j.family(append(all, j.m.Siblings...)).revisions
		if v, differ := j.revisionsDisagree(whole, siblings); differ {
			return v
		}
	}
	return j.one(it)
}

// unlisted judges a revision that no source mentions. It inherits nothing from its
// siblings; only what is said of the model as a whole holds.
func (j judge) unlisted(f family) Verdict {
	if f.whole.kind != silent {
		if v, differ := j.revisionsDisagree(f.whole, f.revisions); differ {
			return v
		}
		return j.one(f.whole)
	}
	kind := CannotTell
	known := slices.DeleteFunc(slices.Clone(f.revisions), func(s alternative) bool { return s.own.kind == silent })
	if len(known) > 0 {
		kind = CheckLabel // the label may show a revision that is listed
	}
	return verdict(kind, RuleRevisionNotListed, j.reason(CodeRevisionUnlisted, deciding(known), bySide(f.revisions)...))
}

// revisionsDisagree reports whether a revision stands otherwise than the whole model once
// what is said of it itself is added.
func (j judge) revisionsDisagree(whole alternative, siblings []alternative) (Verdict, bool) {
	differ := false
	said := slices.Clone(whole.deciding())
	own := make([]alternative, len(siblings))
	for i, s := range siblings {
		own[i] = alternative{name: s.name, assessment: s.own}
		if s.kind != whole.kind {
			differ = true
			said = append(said, s.deciding()...)
		}
	}
	return verdict(CheckLabel, RuleRevisionNotListed, j.reason(CodeRevisionsDisagree, said, bySide(own)...)), differ
}

// unknownRevision judges a model whose revision is not known. When every listed revision
// ended it has ended, and when every one was discontinued it was; but a list of another
// region leaves out the revisions that were sold here, so such lists alone do not settle
// it, nor does one that begins with a later revision: there are others, of which nobody
// speaks. Green needs a statement on the model, whatever the revision.
func (j judge) unknownRevision(f family) Verdict {
	can, known := f.revisions, deciding(f.revisions)
	check := func() Verdict {
		return verdict(CheckLabel, RuleRevisionsDiffer, j.reason(CodeRevisionUnknown, known, bySide(can)...))
	}
	if !oneKind(can) {
		return check()
	}
	switch can[0].kind {
	case silent:
		return j.one(merge(can))
	case supported:
		if f.whole.kind == supported {
			return j.one(f.whole)
		}
		return check()
	case ended, plan:
		here := slices.ContainsFunc(known, func(f *Fact) bool { return home(f.Region) })
		if !here || f.whole.kind != can[0].kind && beginsLate(can) {
			v := check()
			v.Reasons = append(v.Reasons, j.basis(known)...)
			return v
		}
	}
	v := j.one(merge(can))
	v.Reasons = append(v.Reasons, j.reason(CodeEveryListedRevision, nil, bySide(can)...))
	return v
}

// severalModels judges a name that goes with several models, such as a provider's
// name for two boxes. It is never a way to green.
func (j judge) severalModels(families []family) Verdict {
	var all, models []alternative
	names := j.models()
	for _, f := range families {
		for _, a := range f.can() {
			all = append(all, a)
			models = append(models, alternative{name: names[f.model], assessment: a.assessment})
		}
	}
	r := j.reason(CodeSeveralModels, deciding(all), append(bySide(models), "alias", j.m.Alias)...)
	if oneKind(all) && all[0].kind != supported {
		v := j.one(merge(all))
		v.Reasons = append(v.Reasons, r)
		return v
	}
	return verdict(CheckLabel, RuleNameIsShared, r)
}

// models returns the models among the products, by key, each by its full name.
func (j judge) models() map[string]string {
	names := map[string]string{}
	for i, p := range j.m.Products {
		if i > 0 && p.Vendor == j.m.Products[i-1].Vendor && p.Model == j.m.Products[i-1].Model {
			continue
		}
		if key := modelOf(p); names[key] == "" {
			names[key] = device.FullName(p.Vendor, p.Model)
		}
	}
	return names
}

// modelOf returns the key of p's vendor and model.
func modelOf(p Product) string {
	vendor := VendorKey(p.Vendor)
	return vendor + "/" + modelKey(vendor, p.Model)
}

// provider returns whose box it is: who the device says, else the one that all
// products have.
func (j judge) provider() string {
	if j.id.Provider != "" || len(j.m.Products) == 0 {
		return j.id.Provider
	}
	one := j.m.Products[0].Provider
	if slices.ContainsFunc(j.m.Products, func(p Product) bool { return p.Provider != one }) {
		return ""
	}
	return one
}

// verdict makes a verdict.
func verdict(kind VerdictKind, rule string, reasons ...Reason) Verdict {
	return Verdict{Kind: kind, Rule: rule, Reasons: reasons}
}
