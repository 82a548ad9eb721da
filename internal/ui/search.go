package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
)

// A modelSearch finds models of the catalogue while a person types.
type modelSearch struct {
	typed  string
	asked  int // counts searches, so that a late answer to an old one is dropped
	found  []lifecycle.Product
	models []proposal // of what was found
	looked bool       // there is an answer
	body   *fyne.Container
	entry  *field
}

// A proposal is a model with the revisions the catalogue knows.
type proposal struct {
	vendor, model string
	kind          device.Kind
	provider      string
	revisions     []string
}

func (p proposal) name() string { return device.FullName(p.vendor, p.model) }

// look looks up what is typed, among at most so many products and for at most so many
// models, and then draws.
func (s *modelSearch) look(w *Window, text string, products, most int, draw func()) {
	s.typed = text
	s.asked++
	asked := s.asked
	if len(strings.TrimSpace(text)) < 2 {
		s.found, s.models, s.looked = nil, nil, false
		draw()
		return
	}
	fetch(w, func(ctx context.Context, at site) ([]lifecycle.Product, error) {
		return at.engine.Search(ctx, text, products)
	}, func(found []lifecycle.Product, err error) {
		if asked == s.asked {
			s.found, s.models, s.looked = found, models(found, most), err == nil
			draw()
		}
	})
}

// list shows what was found, to choose from.
func (s *modelSearch) list(w *Window, pick func(proposal)) fyne.CanvasObject {
	room := s.body.Size().Width - 6*size(theme.SizeNameText)
	if room < 100 {
		room = 480
	}
	list := stack(gap / 2)
	for _, p := range s.models {
		words := p.name()
		if len(p.revisions) > 1 { // a single one reads as if no other existed
			words += " · " + strings.Join(p.revisions, ", ")
		}
		words = fit(words, room, size(theme.SizeNameText), true)
		list.Add(w.press(pressRow, "kind-"+p.kind.String(), words, func() { pick(p) }))
	}
	return flush(list)
}

// models joins products of one model, in the order they came.
func models(products []lifecycle.Product, limit int) []proposal {
	var out []proposal
	for _, p := range products {
		i := slices.IndexFunc(out, func(o proposal) bool { return o.vendor == p.Vendor && o.model == p.Model })
		if i < 0 {
			out = append(out, proposal{vendor: p.Vendor, model: p.Model, kind: p.Kind, provider: p.Provider})
			i = len(out) - 1
		}
		if p.Revision != "" && !slices.Contains(out[i].revisions, p.Revision) {
			out[i].revisions = append(out[i].revisions, p.Revision)
		}
	}
	for _, p := range out {
		slices.SortFunc(p.revisions, lifecycle.Natural)
	}
	return out[:min(len(out), limit)]
}
