package ui

import (
	"context"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

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
		no := w.about(w.press(pressQuiet, "remove", w.text("catalogue.distrust"), func() {
			engine := w.engine
			w.changePublishers("catalogue.distrust", "ctl.catalogue.distrusted", func(ctx context.Context) (scan.Publisher, error) {
				return p, engine.Distrust(ctx, p.ID)
			})
		}), p.Name)
		block.Add(container.New(tail{}, prose(w.text("catalogue.publisher", report.Clean(p.Name, 80), p.ID)), no))
	}
	if len(w.publishers) == 0 {
		block.Add(prose(w.text("catalogue.publisher_none"), muted))
	}
	trust := w.press(pressPlain, "open", w.text("catalogue.trust"), func() { w.chooseFile(w.trust) })
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

// trust takes the catalogues of the publisher whose public key it reads.
func (w *Window) trust(key io.ReadCloser) {
	engine := w.engine
	w.changePublishers("catalogue.trust", "ctl.catalogue.trusted", func(ctx context.Context) (scan.Publisher, error) {
		defer key.Close()
		return engine.Trust(ctx, key)
	})
}

// changePublishers changes whose catalogues are taken, and says of whom.
func (w *Window) changePublishers(title, done string, change func(context.Context) (scan.Publisher, error)) {
	fetch(w, change, func(p scan.Publisher, err error) {
		if err != nil {
			w.say(w.text(title), w.refusalText(err))
			return
		}
		w.say(w.text(title), w.text(done, report.Clean(p.Name, 80), p.ID))
		w.askPublishers()
	})
}
