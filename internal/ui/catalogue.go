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

// A catalogueSearch is the screen of the catalogue: what is typed, what was found, one model's facts.
type catalogueSearch struct {
	modelSearch
	model   *proposal
	credits []string
}

// cataloguePage searches all models and shows what is said of each and by whom; below,
// where the catalogue comes from, and a newer or an older one.
func (w *Window) cataloguePage() fyne.CanvasObject {
	s := &w.catalogue
	what := w.catalogueText()
	if w.engine.CatalogueMeta().Old(w.engine.Today()) {
		what += " " + w.text("text.catalogue_old")
	}
	s.body = stack(gap)
	s.entry = w.field(w.text("catalogue.find"), s.typed)
	s.entry.OnChanged = w.lookUp
	w.drawCatalogue()
	parts := []fyne.CanvasObject{prose(what, muted), flush(s.entry), s.body}
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
		fetch(w, func(ctx context.Context, at site) ([]string, error) { return at.engine.Credits(ctx) }, func(lines []string, err error) {
			if err == nil && len(lines) > 0 {
				w.catalogue.credits = lines
				w.rebuild(screenCatalogue)
			}
		})
	}
	return w.page(w.text("window.catalogue"), parts...)
}

// catalogueText says which catalogue judges.
func (w *Window) catalogueText() string {
	p, meta := w.printer.Load(), w.engine.CatalogueMeta()
	if meta.Products == 0 {
		return w.text("about.no_catalogue")
	}
	return w.text("about.catalogue", meta.Version, p.Date(meta.Date), p.Number(meta.Products))
}

// lookUp searches while a person types.
func (w *Window) lookUp(text string) {
	w.catalogue.model = nil
	w.catalogue.look(w, text, 8*maxFound, maxFound, w.drawCatalogue)
}

func (w *Window) drawCatalogue() {
	s := &w.catalogue
	if s.body == nil {
		return
	}
	w.refill(s.body, func() {
		switch {
		case s.model != nil:
			w.drawModel(*s.model)
		case len(s.models) > 0:
			s.body.Add(s.list(w, func(p proposal) {
				s.model = &p
				w.drawCatalogue()
				w.scroller.ScrollToTop()
			}))
		case s.looked:
			s.body.Add(prose(w.text("catalogue.nothing")))
		default:
			s.body.Add(prose(w.text("about.catalogue_what"), muted))
		}
	})
}

// drawModel shows what every source says of a model and its revisions.
func (w *Window) drawModel(m proposal) {
	s, p := &w.catalogue, w.printer.Load()
	s.body.Add(container.NewHBox(w.press(pressPlain, "back", w.text("catalogue.back"), func() {
		s.model = nil
		w.drawCatalogue()
	})))
	for _, one := range s.found {
		if one.Vendor != m.vendor || one.Model != m.model {
			continue
		}
		block := stack(0, prose(report.ProductText(p, report.NewProductObject(one)), subhead))
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
	words := strings.TrimSuffix(report.NamedText(p, f.Campaign), ".")
	if f.Says != lifecycle.Named {
		words = w.text("fact." + string(f.Says))
	}
	var more []string
	if f.Version != "" {
		more = append(more, report.Clean(f.Version, 60))
	}
	switch date := f.Date.String(); {
	case f.TBA:
		more = append(more, w.text("fact.tba"))
	case date != "" && f.Says == lifecycle.Exists: // when it was looked for
		words = w.text("fact.exists.looked", p.OnDate(date))
	case date != "":
		more = append(more, p.DateText(date))
	}
	if f.Region != "" {
		more = append(more, w.text("fact.region", report.RegionText(p, f.Region)))
	}
	if f.Detail != "" {
		more = append(more, report.Clean(f.Detail, 160))
	}
	if len(more) == 0 {
		return words
	}
	return words + ": " + strings.Join(more, " · ")
}
