package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

// A checkup is the test of the searching: running, failed, or what it found.
type checkup struct {
	running bool
	health  *scan.Health
	failed  string
}

// doctorPage tests whether searching works here, and says what helps.
func (w *Window) doctorPage() fyne.CanvasObject {
	p := w.printer.Load()
	parts := []fyne.CanvasObject{prose(w.text("checkup.what"))}
	c := &w.checkup
	switch {
	case c.running:
		parts = append(parts, beside(w.sign("scan"), prose(w.text("checkup.running"), muted)))
		return w.page(w.text("window.checkup"), parts...)
	case c.failed != "":
		parts = append(parts, w.remark("notice", prose(c.failed)))
	case c.health != nil:
		for _, d := range report.Diagnoses(p, *c.health) {
			sign := "notice"
			if d.Code == scan.DoctorOK {
				sign = "info"
			}
			said := stack(-gap/2, prose(d.Text, bold), prose(d.Fix))
			if router, ok := w.model.unnamed(); ok && (d.Code == scan.DoctorUPnPOff || d.Code == scan.DoctorMulticast) {
				said.Add(container.NewHBox(w.press(pressQuiet, "label", w.text("window.router_label"), func() { w.correct(router) })))
			}
			parts = append(parts, w.remark(sign, said))
		}
		if counts := report.DoctorCounts(p, *c.health); len(counts) > 0 {
			lines := stack(-gap)
			for _, line := range counts {
				lines.Add(prose(line, small, muted))
			}
			parts = append(parts, lines)
		}
	}
	word := "checkup.start"
	if c.health != nil || c.failed != "" {
		word = "checkup.again"
	}
	test := w.press(pressPrimary, "scan", w.text(word), w.examine)
	if !w.model.canScan() {
		test.Disable() // a scan uses the network already
		parts = append(parts, prose(w.text("checkup.busy"), small, muted))
	}
	parts = append(parts, inset(0, 0, gap, gap, container.NewHBox(test)))
	return w.page(w.text("window.checkup"), parts...)
}

// examine runs the test.
func (w *Window) examine() {
	if w.checkup.running || !w.model.canScan() {
		return
	}
	w.checkup = checkup{running: true}
	w.rebuild(screenDoctor)
	chosen := w.chosen
	fetchHere(w, func(ctx context.Context, at site) (scan.Health, error) { return at.engine.Doctor(ctx, chosen) }, func(health scan.Health, err error) {
		w.checkup = checkup{health: &health}
		if err != nil {
			w.checkup = checkup{failed: report.ProblemText(w.printer.Load(), asProblem(err))}
		}
		w.rebuild(screenDoctor)
	})
}
