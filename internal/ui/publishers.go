package ui

import (
	"context"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"

	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

// publisherList says whose catalogues are taken, and lets a person trust another one.
func (w *Window) publisherList() fyne.CanvasObject {
	block := stack(0)
	for _, p := range w.publishers {
		if p.BuiltIn {
			block.Add(prose(w.text("catalogue.publisher_own", p.ID)))
			continue
		}
		no := w.about(w.press(pressQuiet, "remove", w.text("catalogue.distrust"), func() { w.distrust(p) }), p.Name)
		block.Add(container.New(tail{}, prose(w.text("catalogue.publisher", report.Clean(p.Name, 80), p.ID)), no))
	}
	if len(w.publishers) == 0 {
		block.Add(prose(w.text("catalogue.publisher_none"), muted))
	}
	trust := w.press(pressPlain, "open", w.text("catalogue.trust"), w.chooseKey)
	if w.delivery.busy {
		trust.Disable()
	}
	block.Add(inset(0, 0, gap, 0, container.NewHBox(trust)))
	return w.section(w.text("catalogue.publishers"), block)
}

// askPublishers asks whose catalogues are taken.
func (w *Window) askPublishers() {
	fetchHere(w, w.engine.Publishers, func(all []scan.Publisher, err error) {
		if err == nil {
			w.publishers = all
			w.rebuild(screenCatalogue)
		}
	})
}

// chooseKey asks for the file with a publisher's public key.
func (w *Window) chooseKey() {
	w.popFile(dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if err == nil && f != nil {
			w.trust(f)
		}
	}, w.win))
}

// trust takes the catalogues of a publisher from now on, and says whose that is.
func (w *Window) trust(key io.ReadCloser) {
	engine := w.engine
	fetch(w, func(ctx context.Context) (scan.Publisher, error) {
		defer key.Close()
		return engine.Trust(ctx, key)
	}, func(p scan.Publisher, err error) {
		if err != nil {
			w.say(w.text("catalogue.trust"), w.refusalText(err))
			return
		}
		w.say(w.text("catalogue.trust"), w.text("ctl.catalogue.trusted", report.Clean(p.Name, 80), p.ID))
		w.askPublishers()
	})
}

// distrust takes no more catalogues of a publisher.
func (w *Window) distrust(p scan.Publisher) {
	engine := w.engine
	w.away(func(ctx context.Context) error { return engine.Distrust(ctx, p.ID) }, func(err error) {
		if err != nil {
			w.say(w.text("catalogue.distrust"), w.refusalText(err))
			return
		}
		w.say(w.text("catalogue.distrust"), w.text("ctl.catalogue.distrusted", report.Clean(p.Name, 80), p.ID))
		w.askPublishers()
	})
}
