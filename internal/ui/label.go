package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"houdbaar/internal/device"
	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

// maxProposals bounds the list below what is typed: more would have to be searched
// itself.
const maxProposals = 8

// labelScreen is where a person types what is on a label: proposals while typing,
// the revisions of the model that was picked, and the verdict at once.
type labelScreen struct {
	modelSearch
	w         *Window
	picked    *proposal
	revision  string
	unprinted bool   // the label names no revision
	device    string // whose label this is, by Device.ID; "" = of a device in no scan
	name      string // what that device is called
	verdict   *scan.Finding
}

// typeLabel goes to the label of a device that is in no scan.
func (w *Window) typeLabel() {
	if w.label != nil && w.label.device != "" {
		w.label = nil
	}
	w.show(screenLabel)
}

// correct goes to the label, bound to a device: what is typed there is what it is.
func (w *Window) correct(l report.Line) {
	w.label = &labelScreen{w: w, device: l.ID, name: l.Title}
	if l.Address != "" && l.Address != l.Title {
		w.label.name += " (" + l.Address + ")"
	}
	w.show(screenLabel)
}

func (w *Window) labelPage() fyne.CanvasObject {
	if w.label == nil {
		w.label = &labelScreen{w: w}
	}
	s := w.label
	s.body = stack(gap)
	s.entry = w.field(w.text("sticker.example"), s.typed)
	s.entry.OnChanged = s.search
	s.entry.OnSubmitted = func(string) {
		if s.picked == nil && len(s.models) > 0 {
			s.pick(s.models[0])
		}
	}
	s.draw()
	if s.verdict != nil {
		s.check() // in the language now in use
	}
	what := prose(w.text("sticker.what"))
	if s.device != "" {
		what = prose(w.text("sticker.what_for", s.name))
	}
	return w.page(w.text("window.label"), what, flush(s.entry), s.body)
}

// search looks up what is typed.
func (s *labelScreen) search(text string) {
	s.picked, s.verdict, s.revision, s.unprinted = nil, nil, "", false
	s.look(s.w, text, 4*maxProposals, maxProposals, s.draw)
}

// check judges what was picked.
func (s *labelScreen) check() {
	s.asked++
	asked, id := s.asked, s.identity()
	fetch(s.w, func(ctx context.Context, at site) (scan.Finding, error) { return at.engine.Check(ctx, id) }, func(found scan.Finding, err error) {
		if asked == s.asked && err == nil {
			s.verdict = &found
			s.draw()
		}
	})
}

// draw shows the step the person is at.
func (s *labelScreen) draw() {
	w := s.w
	w.refill(s.body, func() {
		switch {
		case s.picked != nil:
			s.drawPicked()
		case len(s.models) > 0:
			s.body.Add(s.list(w, s.pick))
		default:
			if s.looked {
				s.body.Add(prose(w.text("sticker.nothing")))
			}
			s.body.Add(w.drawLabel("", "", device.Router, ""))
		}
	})
}

func (s *labelScreen) pick(p proposal) {
	s.picked = &p
	if len(p.revisions) == 0 {
		s.unprinted = true
		s.check()
	}
	s.draw()
}

// drawPicked asks for the revision, and shows the verdict once it can be given.
func (s *labelScreen) drawPicked() {
	w, p := s.w, s.picked
	s.body.Add(prose(p.name(), subhead))
	if len(p.revisions) > 0 {
		s.drawRevisions()
		if s.verdict == nil {
			s.body.Add(w.drawLabel(p.vendor, p.model, p.kind, report.ItemNumber(p.vendor, p.model, p.revisions...)))
		}
	}
	if s.verdict != nil {
		line := report.NewLine(w.printer.Load(), *s.verdict, report.Options{On: w.engine.Today()})
		key := "sticker.save_list"
		if s.device != "" {
			key = "sticker.save_device"
		}
		s.body.Add(inset(gap, 0, gap, gap, container.NewHBox(w.press(pressPrimary, "label", w.text(key), s.keep))))
		s.body.Add(w.detail(line, false, s.draw))
	}
}

// drawRevisions asks for the revision: one of those that are known, none, or another.
func (s *labelScreen) drawRevisions() {
	w, known := s.w, s.picked.revisions
	take := func(revision string, unprinted bool) {
		s.revision, s.unprinted = revision, unprinted
		s.check()
		s.draw()
	}
	s.body.Add(prose(w.text("sticker.revision")))
	row := wrapped(gap, gap)
	button := func(word, revision string, unprinted bool) {
		style := pressPlain
		if s.revision == revision && s.unprinted == unprinted {
			style = pressPrimary
		}
		row.Add(w.press(style, "", shown(word, 40), func() { take(revision, unprinted) }))
	}
	for _, r := range known {
		button(report.ItemText(w.printer.Load(), r), r, false)
	}
	button(w.text("sticker.unprinted"), "", true)
	other := w.field(w.text("sticker.other"), "")
	if !slices.Contains(known, s.revision) {
		other.SetText(s.revision)
	}
	other.OnSubmitted = func(revision string) {
		if revision = strings.TrimSpace(revision); revision != "" {
			take(revision, false)
		}
	}
	s.body.Add(flush(row))
	s.body.Add(flush(container.New(column{widest: 260 * w.textSize}, other)))
}

// identity is what a person read on the label.
func (s *labelScreen) identity() device.Identity {
	return device.Identity{Vendor: s.picked.vendor, Model: s.picked.model, Revision: s.revision, Kind: s.picked.kind, Provider: s.picked.provider, Corrected: true}
}

// keep keeps what was typed: as what a device is, or as one of its own.
func (s *labelScreen) keep() {
	w, id, had := s.w, s.identity(), s.w.model.typed
	f, ok := w.model.finding(s.device)
	if s.device != "" && !ok {
		w.say(w.text("said.not_kept"), w.text("said.gone"))
		return
	}
	w.tell(func(ctx context.Context, at site) error {
		if s.device == "" {
			_, err := at.book.AddSticker(ctx, at.ref, "", id)
			return err
		}
		return at.book.Correct(ctx, at.ref, at.number, f.Device, id)
	}, func() {
		w.label = nil
		w.show(screenResults)
		if s.device != "" {
			w.openDetail(s.device)
			return
		}
		for _, f := range w.model.typed {
			if !slices.ContainsFunc(had, func(h scan.Finding) bool { return h.Device.ID == f.Device.ID }) {
				w.results.list.choose(f.Device.ID)
			}
		}
	})
}
