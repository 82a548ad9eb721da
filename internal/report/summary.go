package report

import (
	"cmp"
	"slices"
	"strings"

	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// Groups puts a scan's findings under their headings, in the order of what needs
// action, the gateway first in its group. A group without lines is left out.
func Groups(p *i18n.Printer, s scan.Scan, o Options) []Group {
	o.On = cmp.Or(o.On, s.On)
	findings := slices.Clone(s.Findings)
	scan.Order(findings)
	var out []Group
	for _, verdict := range lifecycle.Urgency {
		g := Group{Verdict: verdict, Heading: p.Text("group." + verdict.String())}
		for _, f := range findings {
			if f.Verdict.Kind == verdict {
				g.Lines, g.Findings = append(g.Lines, NewLine(p, f, o)), append(g.Findings, f)
			}
		}
		if len(g.Lines) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// Summary says in sentences how a home stands. What makes the answer incomplete
// comes first; "all is well" is said only when the router was identified, nothing
// hampered the scan, and everything that counts still gets updates.
func Summary(p *i18n.Printer, s scan.Scan) string {
	var said []string
	for _, key := range hampered(s) {
		said = append(said, p.Text(key, s.Only))
	}
	clouded := len(said) > 0
	counts := map[lifecycle.VerdictKind]int{}
	for _, f := range s.Findings {
		counts[f.Verdict.Kind]++
	}
	actions, asked := 0, count(s.Findings, providerUpdates) // asked: of those to update, for which the provider is asked
	for _, verdict := range lifecycle.Actions {
		n := counts[verdict]
		actions += n
		if verdict == lifecycle.UpdateFirmware && asked > 0 {
			said = append(said, p.N("summary.provider_update", asked))
			n -= asked
		}
		if n > 0 {
			said = append(said, p.N("summary."+verdict.String(), n))
		}
	}
	fine, unknown := counts[lifecycle.SupportedNow], counts[lifecycle.CannotTell]
	switch {
	case fine > 0 && actions == 0 && unknown == 0 && !clouded && !missed(s):
		said = append(said, p.N("summary.all", fine))
	case fine > 0:
		said = append(said, p.N("summary.supported", fine))
	}
	if unknown > 0 {
		said = append(said, p.N("summary.cannot_tell", unknown))
	}
	if len(s.Findings) == 0 && !clouded {
		said = append(said, p.Text("summary.nothing"))
	} else if fine+actions+unknown == 0 && len(s.Findings) > 0 {
		said = append(said, p.N("summary.other", len(s.Findings)))
	}
	if !clouded && missed(s) {
		said = append(said, p.Text("summary.problems"))
	}
	return strings.Join(said, " ")
}

// AllWell tells whether there is nothing to do: everything that matters was
// identified, the router among it, nothing is to be replaced, planned, updated or
// checked, and nothing may have kept a device from the list.
func AllWell(s scan.Scan) bool {
	return len(hampered(s)) == 0 && !missed(s) && !slices.ContainsFunc(s.Findings, func(f scan.Finding) bool {
		return f.Verdict.Kind != lifecycle.SupportedNow && f.Verdict.Kind != lifecycle.OtherDevice
	})
}

// missed tells whether a problem may have kept a device from the list. One that is
// about a device on the list has its say in that device's verdict.
func missed(s scan.Scan) bool {
	return slices.ContainsFunc(s.Problems, func(p scan.Problem) bool {
		return !strings.HasPrefix(p.Code, "description_")
	})
}

// hampered returns the keys of what makes a scan incomplete: no network, not the one that
// was chosen, one that was lost on the way, no answers, a router that kept silent or did not
// say what it is, a stop, no catalogue.
func hampered(s scan.Scan) []string {
	received := slices.ContainsFunc(s.Interfaces, func(i scan.Interface) bool { return i.Used && i.Heard > 0 })
	answered := slices.ContainsFunc(s.Findings, func(f scan.Finding) bool { return heard(f.Device) })
	tunnel := slices.ContainsFunc(s.Interfaces, func(i scan.Interface) bool { return i.Why == "tunnel" }) ||
		slices.ContainsFunc(s.Problems, func(p scan.Problem) bool {
			return strings.Contains(p.Code, "vpn") || strings.Contains(p.Code, "tunnel")
		})
	chosen := slices.ContainsFunc(s.Interfaces, func(i scan.Interface) bool { return i.Why == "not_chosen" }) ||
		slices.ContainsFunc(s.Problems, func(p scan.Problem) bool { return p.Code == "interface_missing" })
	lost := count(s.Problems, func(p scan.Problem) bool { return p.Code == "network_lost" })
	used := count(s.Interfaces, func(i scan.Interface) bool { return i.Used })
	var said []string
	switch {
	case s.Only != "" && !answered:
		said = append(said, "summary.only_silent")
	case s.Only != "":
		said = append(said, "summary.only")
	case s.LabelsOnly():
		said = append(said, "summary.labels")
	case !s.Searched() && !answered && chosen:
		said = append(said, "summary.not_chosen")
	case !s.Searched() && !answered:
		said = append(said, "summary.no_network")
	case lost > 0 && lost < used:
		said = append(said, "summary.lost_some")
	case lost > 0:
		said = append(said, "summary.lost")
	case !received && !answered:
		said = append(said, "summary.no_answers")
	case s.NoRouter():
		said = append(said, "summary.no_gateway")
	default:
		said = append(said, gatewayDoubts(s.Findings)...)
	}
	if tunnel && len(said) > 0 {
		said = append(said, "summary.vpn")
	}
	if s.Catalogue.Products == 0 {
		said = append(said, "summary.no_catalogue")
	}
	if s.Stopped {
		said = append(said, "summary.stopped")
	}
	return said
}

// count returns how many are as wanted.
func count[T any](all []T, wanted func(T) bool) int {
	n := 0
	for _, x := range all {
		if wanted(x) {
			n++
		}
	}
	return n
}

// gatewayDoubts says what is missing about the router: it kept silent, or did not say
// its model. A router in doubt is one too many for "all is
// well", also when another router was identified.
func gatewayDoubts(findings []scan.Finding) []string {
	for _, f := range findings {
		switch {
		case !f.Device.Gateway:
		case f.Identity.Model == "" && !heard(f.Device):
			return []string{"summary.gateway_silent"}
		case f.Identity.Model == "":
			return []string{"summary.gateway_unknown"}
		}
	}
	return nil
}

// leaving is a scan as it leaves the house on paper or in a table: what is private is
// left out unless o.Unmask. It is worded for the day it was judged for.
func leaving(s scan.Scan, o Options) (scan.Scan, Options) {
	o.On = cmp.Or(o.On, s.On)
	if o.HideNames = !o.Unmask; o.HideNames {
		s = scan.Masked(s, "device")
	}
	return s, o
}
