package main

import (
	"houdbaar/internal/app"
	"houdbaar/internal/history"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

// A rowObject is a visit in the list, as JSON.
type rowObject struct {
	Ref       string      `json:"ref"`
	Household string      `json:"household"`
	Created   string      `json:"created"`
	Imported  string      `json:"imported"` // "" = made here
	Scans     int         `json:"scans"`
	Last      *infoObject `json:"last"` // null = no scan yet
}

// An infoObject is a scan in a list, as JSON.
type infoObject struct {
	Number    int                           `json:"number"`
	Started   string                        `json:"started"`
	Stopped   bool                          `json:"stopped"`
	On        string                        `json:"on"`
	Catalogue string                        `json:"catalogue"`
	Devices   int                           `json:"devices"`
	Verdicts  map[lifecycle.VerdictKind]int `json:"verdicts"`
}

func newInfo(i history.ScanInfo) *infoObject {
	if i.Number == 0 {
		return nil
	}
	return &infoObject{i.Number, report.Moment(i.Started), i.Stopped, report.Day(i.On), i.Catalogue.Version, i.Devices, i.Counts}
}

// listJSON prints the visits as one object; what they are called only with --unmask.
func (v *visiting) listJSON(rows []history.Row) error {
	out := struct {
		Schema string      `json:"schema"`
		Visits []rowObject `json:"visits"`
	}{"houdbaar.visits/1", []rowObject{}}
	for _, r := range rows {
		if !v.unmask {
			r.Household = ""
		}
		out.Visits = append(out.Visits, rowObject{r.Ref, r.Household, report.Moment(r.Created), report.Moment(r.Imported), r.Scans, newInfo(r.Last)})
	}
	return report.WriteJSON(v.out, out)
}

// object is a visit and one of its scans, masked and without what people wrote unless
// --unmask.
func (v *visiting) object(f app.Kept) any {
	if !v.unmask {
		f.Household, f.Notes, f.Visitor = "", "", ""
	}
	out := struct {
		Schema    string             `json:"schema"`
		Ref       string             `json:"ref"`
		Household string             `json:"household"`
		Notes     string             `json:"notes"`
		Visitor   string             `json:"visitor"`
		Imported  string             `json:"imported"`
		Scans     []*infoObject      `json:"scans"`
		Number    int                `json:"number"`
		Scan      *report.ScanObject `json:"scan"` // null = nothing scanned and nothing typed
	}{"houdbaar.visit.show/1", f.Ref, f.Household, f.Notes, f.Visitor, report.Moment(f.Imported), []*infoObject{}, f.Number, nil}
	for _, i := range f.Scans {
		out.Scans = append(out.Scans, newInfo(i))
	}
	if f.Number > 0 || len(f.Typed) > 0 {
		done := report.NewScanObject(v.Printer, f.Scan, report.Options{On: f.Scan.On, Unmask: v.unmask})
		out.Scan = &done
	}
	return out
}

// comparison is what changed, with every device, masked unless --unmask.
func (v *visiting) comparison(c history.Pair, o report.Options) any {
	type change struct {
		Presence string                `json:"presence"`
		Changed  bool                  `json:"changed"`
		Firmware bool                  `json:"firmware_changed"`
		Verdict  bool                  `json:"verdict_changed"`
		Because  string                `json:"because"`
		Gone     string                `json:"gone"`
		Text     string                `json:"text"`
		Before   *report.FindingObject `json:"before"`
		After    *report.FindingObject `json:"after"`
	}
	out := struct {
		Schema  string   `json:"schema"`
		Before  string   `json:"before"`
		After   string   `json:"after"`
		Doubts  []string `json:"doubts"`
		Devices []change `json:"devices"`
	}{"houdbaar.compare/1", report.Moment(c.Before.Started), report.Moment(c.After.Started), append([]string{}, c.Doubts...), []change{}}
	object := func(f *scan.Finding) *report.FindingObject {
		if f == nil {
			return nil
		}
		one := scan.Scan{Findings: []scan.Finding{*f}}
		if !o.Unmask {
			one = scan.Masked(one, "compare")
		}
		x := report.NewFindingObject(v.Printer, one.Findings[0], o)
		return &x
	}
	for _, d := range c.Devices {
		out.Devices = append(out.Devices, change{string(d.Presence), d.Changed(), d.Firmware, d.Verdict, d.Because, d.Gone,
			report.ChangeText(v.Printer, d, o), object(d.Before), object(d.After)})
	}
	return out
}
