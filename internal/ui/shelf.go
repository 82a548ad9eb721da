package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"houdbaar/internal/lifecycle"
	"houdbaar/internal/report"
)

// maxFound bounds the list of models below what is typed in the catalogue.
const maxFound = 12

// A shelf is the catalogue's screen: what is typed, what was found, one model's facts.
type shelf struct {
	typed   string
	asked   int
	found   []lifecycle.Product
	models  []proposal
	looked  bool
	model   *proposal
	credits []string
	body    *fyne.Container // nil = not on the screen yet
	entry   *field
}

// cataloguePage searches all models and shows what is said of each and by whom; below,
// where the catalogue comes from, and a newer or an older one.
func (w *Window) cataloguePage() fyne.CanvasObject {
	s, p := &w.shelf, w.printer.Load()
	meta := w.engine.CatalogueMeta()
	what := w.text("about.no_catalogue")
	if meta.Products > 0 {
		what = w.text("about.catalogue", meta.Version, p.Date(meta.Date), p.Number(meta.Products))
	}
	if meta.Old(w.o.Today()) {
		what += " " + w.text("text.catalogue_old")
	}
	s.body = stack(gap)
	s.entry = w.field(w.text("catalogue.find"), s.typed)
	s.entry.OnChanged = w.lookUp
	w.drawShelf()
	parts := []fyne.CanvasObject{prose(what, muted), inset(0, 0, gap, gap, s.entry), s.body}
	if w.practice == nil {
		parts = append(parts, w.packs(), w.publisherList())
	}
	if len(s.credits) > 0 {
		lines := stack(-gap)
		for _, line := range s.credits {
			lines.Add(prose(line, small))
		}
		parts = append(parts, w.section(w.text("catalogue.credits"), prose(w.text("catalogue.credits_what"), muted), lines))
	}
	if s.credits == nil {
		s.credits = []string{}
		fetch(w, w.engine.Credits, func(lines []string, err error) {
			if err == nil && len(lines) > 0 {
				w.shelf.credits = lines
				w.rebuild(screenCatalogue)
			}
		})
	}
	return w.page(w.text("window.catalogue"), parts...)
}

// lookUp searches while a person types.
func (w *Window) lookUp(text string) {
	s := &w.shelf
	s.typed, s.model = text, nil
	s.asked++
	asked, engine := s.asked, w.engine
	if len(strings.TrimSpace(text)) < 2 {
		s.found, s.models, s.looked = nil, nil, false
		w.drawShelf()
		return
	}
	fetch(w, func(ctx context.Context) ([]lifecycle.Product, error) { return engine.Search(ctx, text, 8*maxFound) }, func(found []lifecycle.Product, err error) {
		if asked != w.shelf.asked {
			return
		}
		s.found, s.models, s.looked = found, models(found, maxFound), err == nil
		w.drawShelf()
	})
}

func (w *Window) drawShelf() {
	s := &w.shelf
	if s.body == nil {
		return
	}
	s.body.RemoveAll()
	switch {
	case s.model != nil:
		w.drawModel(*s.model)
	case len(s.models) > 0:
		list := stack(gap / 2)
		for _, one := range s.models {
			list.Add(w.proposalRow(one, s.body, func() {
				s.model = &one
				w.drawShelf()
				w.scroller.ScrollToTop()
			}))
		}
		s.body.Add(inset(0, 0, gap, gap, list))
	case s.looked:
		s.body.Add(prose(w.text("catalogue.nothing")))
	default:
		s.body.Add(prose(w.text("about.catalogue_what"), muted))
	}
	s.body.Refresh()
}

// drawModel shows what every source says of a model and its revisions.
func (w *Window) drawModel(m proposal) {
	s, p := &w.shelf, w.printer.Load()
	s.body.Add(container.NewHBox(w.press(pressPlain, "back", w.text("catalogue.back"), func() {
		s.model = nil
		w.drawShelf()
	})))
	for _, one := range s.found {
		if one.Vendor != m.vendor || one.Model != m.model {
			continue
		}
		block := stack(0, prose(report.ProductText(p, report.ProductObject{Vendor: one.Vendor, Model: one.Model, HardwareRevision: one.Revision}), subhead))
		if one.Provider != "" {
			block.Add(prose(w.text("catalogue.provider", one.Provider), muted))
		}
		facts := 0
		for _, f := range one.Facts {
			if f.Withdrawn {
				continue
			}
			facts++
			block.Add(stack(-gap, prose(w.factText(f)), w.source(report.SourceOf(p, f.Source))))
		}
		if facts == 0 {
			block.Add(prose(w.text("catalogue.no_facts"), muted))
		}
		s.body.Add(panel(block))
	}
}

// factText is what one source says, in a few words.
func (w *Window) factText(f lifecycle.Fact) string {
	p := w.printer.Load()
	words := w.text("fact." + string(f.Says))
	var more []string
	if f.Version != "" {
		more = append(more, report.Clean(f.Version, 60))
	}
	switch date := f.Date.String(); {
	case f.TBA:
		more = append(more, w.text("fact.tba"))
	case date != "":
		more = append(more, p.DateText(date))
	}
	if f.Campaign != "" {
		more = append(more, report.Clean(f.Campaign, 60))
	}
	if f.Region != "" {
		more = append(more, w.text("fact.region", f.Region))
	}
	if f.Detail != "" {
		more = append(more, report.Clean(f.Detail, 160))
	}
	if len(more) == 0 {
		return words
	}
	return words + ": " + strings.Join(more, " · ")
}
