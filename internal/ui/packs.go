package ui

import (
	"context"
	"errors"
	"io"
	"net/url"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

// This file is about a newer catalogue: how it comes, from a file or from an address, and
// whose are taken.

// A delivery is a change of the catalogue that is under way, or how the last one went.
type delivery struct {
	busy    bool
	message func() string // how it went, in the language of now; nil = nothing yet
	address string        // that was typed last, for another try
	stop    context.CancelFunc
	from    string            // the server that is asked, "" = none is
	have    int64             // bytes that have come from there
	of      int64             // bytes that are to come, 0 = not known
	card    fyne.CanvasObject // says all this, nil = not on the screen
	words   *words            // in it, about what has come
	bar     *bar
}

// packs installs a newer catalogue from a file or an address, and goes back to the one
// before.
func (w *Window) packs() fyne.CanvasObject {
	d := &w.delivery
	install := w.press(pressPlain, "open", w.text("catalogue.install"), w.choosePack)
	get := w.press(pressPlain, "language", w.text("catalogue.fetch"), w.askAddress)
	back := w.press(pressQuiet, "back", w.text("catalogue.step_back"), func() {
		w.ask(w.text("catalogue.step_back"), w.text("catalogue.step_back_ask"), w.text("catalogue.step_back_yes"), func() {
			w.changeCatalogue("catalogue.stepped_back", func(ctx context.Context, at site) (scan.CatalogueMeta, error) { return at.engine.StepBack(ctx) })
		})
	})
	if d.busy || !w.model.canScan() {
		install.Disable()
		get.Disable()
		back.Disable()
	}
	block := stack(0, prose(w.text("catalogue.packs_what"), muted))
	block.Add(inset(0, 0, gap, 0, stack(0, wrapped(gap, gap/2, install, get), container.NewHBox(back))))
	d.card, d.words, d.bar = nil, nil, nil
	switch {
	case d.from != "":
		d.words, d.bar = prose(""), newBar()
		w.showDelivery()
		d.card = panel(stack(0, d.words, inset(0, gap, gap, gap, d.bar),
			container.NewHBox(w.press(pressPlain, "stop", w.text("window.stop"), d.stop))))
	case d.message != nil:
		d.card = w.remark("info", prose(d.message()))
	}
	if d.card != nil {
		block.Add(d.card)
	}
	return w.section(w.text("catalogue.packs"), block)
}

// drawDelivery draws what a change of the catalogue changes, and brings it in sight.
func (w *Window) drawDelivery() {
	w.rebuild(screenCatalogue)
	s, c := w.scroller, w.delivery.card
	if c == nil || w.model.screen != screenCatalogue {
		return
	}
	if top, ok := find(s.Content, func(o fyne.CanvasObject) bool { return o == c }); ok {
		s.ScrollToOffset(fyne.NewPos(0, max(min(s.Offset.Y, top-gap), top+c.Size().Height+gap-s.Size().Height)))
	}
}

// showDelivery says how much of a pack has come.
func (w *Window) showDelivery() {
	d, p := &w.delivery, w.printer.Load()
	if d.words == nil {
		return
	}
	kilobytes := func(n int64) string { return p.Number(int((n + 999) / 1000)) }
	text, share := w.text("catalogue.fetching", d.from), 0.0
	switch {
	case d.of > 0:
		text, share = w.text("catalogue.fetching_of", d.from, kilobytes(d.have), kilobytes(d.of)), float64(d.have)/float64(d.of)
	case d.have > 0:
		text = w.text("catalogue.fetching_some", d.from, kilobytes(d.have))
	}
	setProse(d.words, text)
	d.bar.set(share, w.text("window.percent", int(100*share)))
}

// choosePack asks for the file of a pack.
func (w *Window) choosePack() {
	w.chooseFile(func(f io.ReadCloser) {
		w.changeCatalogue("catalogue.installed", func(ctx context.Context, at site) (scan.CatalogueMeta, error) {
			defer f.Close()
			return at.engine.InstallPack(ctx, f)
		})
	})
}

// packAddress reads the address of a pack as it was typed.
func packAddress(text string) (*url.URL, bool) {
	u, ok := report.Web(strings.TrimSpace(text))
	return u, ok && u.Scheme == "https"
}

// server is who is asked at an address. Of a long name its end counts: it says whose it is.
func server(u *url.URL) string {
	const most = 60
	name := []rune(shown(u.Host, 4*maxShown))
	if len(name) > most {
		return "…" + string(name[len(name)-most:])
	}
	return string(name)
}

// askAddress asks for the address of a pack, and says what fetching it means before
// anything is fetched.
func (w *Window) askAddress() {
	prefs := w.app.Preferences()
	kept := prefs.String(prefPack)
	address := w.delivery.address
	if address == "" {
		address = kept
	}
	means := func(text string) (words string, ok bool) {
		u, ok := packAddress(text)
		if !ok {
			return w.text("pack.no_address"), false
		}
		return w.text("catalogue.fetch_what", server(u)), true
	}
	words, ok := means(address)
	entry, what := w.field(w.text("catalogue.address"), address), prose(words)
	remember := w.tick(w.text("catalogue.remember"), kept != "", func(bool) {})
	get := w.pop(w.text("catalogue.fetch_title"), stack(gap/2, entry, what, remember), 340*w.textSize, w.text("catalogue.fetch_yes"), func() {
		typed := strings.TrimSpace(entry.Text)
		prefs.RemoveValue(prefPack)
		if remember.Checked {
			prefs.SetString(prefPack, typed)
		}
		w.fetchPack(typed)
	})
	if !ok {
		get.Disable()
	}
	entry.OnSubmitted = func(string) { get.Tapped(nil) }
	entry.OnChanged = func(text string) {
		words, ok := means(text)
		setProse(what, words)
		if get.Disable(); ok {
			get.Enable()
		}
	}
	w.focus(entry)
}

// fetchPack gets a pack from an address and makes its catalogue the one that judges.
func (w *Window) fetchPack(address string) {
	d := &w.delivery
	u, ok := packAddress(address)
	if !ok || !w.model.canScan() || d.busy {
		return
	}
	d.address, d.from, d.have, d.of = address, server(u), 0, 0
	type step struct{ have, of int64 }
	tell := latest(w.door, func(s step) {
		if d.from != "" {
			d.have, d.of = s.have, s.of
			w.showDelivery()
		}
	})
	w.changeCatalogue("catalogue.installed", func(ctx context.Context, at site) (scan.CatalogueMeta, error) {
		return at.engine.FetchPack(ctx, address, func(have, of int64) { tell(step{have, of}) })
	})
}

// changeCatalogue changes the catalogue, says how that went, and judges again.
func (w *Window) changeCatalogue(done string, change func(context.Context, site) (scan.CatalogueMeta, error)) {
	d := &w.delivery
	if !w.model.canScan() || d.busy {
		return
	}
	ctx, stop := context.WithCancel(w.life)
	d.busy, d.message, d.stop = true, func() string { return w.text("catalogue.busy") }, stop
	w.drawDelivery()
	fetch(w, func(_ context.Context, at site) (scan.CatalogueMeta, error) {
		defer stop()
		return change(ctx, at)
	}, func(meta scan.CatalogueMeta, err error) {
		message := func() string {
			if err != nil {
				return w.refusalText(err)
			}
			return w.text(done, meta.Version, w.printer.Load().Number(meta.Products))
		}
		w.delivery = delivery{message: message, address: d.address}
		w.catalogue = catalogueSearch{modelSearch: modelSearch{typed: w.catalogue.typed, asked: w.catalogue.asked}}
		w.lookUp(w.catalogue.typed) // in another catalogue
		w.drawDelivery()
		if err == nil {
			w.judgeAgain(nil)
		}
	})
}

// refusalText says why the catalogue was not changed.
func (w *Window) refusalText(err error) string {
	code := "other"
	var r Refusal
	if errors.As(err, &r) {
		code = r.Code
	}
	key := "pack." + code
	if code == "no_key" {
		key = "catalogue.no_key" // the window says where to trust one
	}
	return w.text(key) + " " + w.text("catalogue.unchanged")
}

// publisherList says whose catalogues are taken, and lets a person trust another one.
func (w *Window) publisherList() fyne.CanvasObject {
	block := stack(0)
	for _, p := range w.publishers {
		if p.BuiltIn {
			block.Add(prose(w.text("catalogue.publisher_own", p.ID)))
			continue
		}
		no := w.about(w.press(pressQuiet, "remove", w.text("catalogue.distrust"), func() {
			w.changePublishers("catalogue.distrust", "ctl.catalogue.distrusted", func(_ context.Context, at site) (scan.Publisher, error) {
				return p, at.engine.Distrust(p.ID)
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
	fetchHere(w, func(_ context.Context, at site) ([]scan.Publisher, error) { return at.engine.Publishers() }, func(all []scan.Publisher, err error) {
		if err == nil {
			w.publishers = all
			w.rebuild(screenCatalogue)
		}
	})
}

// trust takes the catalogues of the publisher whose public key it reads.
func (w *Window) trust(key io.ReadCloser) {
	w.changePublishers("catalogue.trust", "ctl.catalogue.trusted", func(_ context.Context, at site) (scan.Publisher, error) {
		defer key.Close()
		return at.engine.Trust(key)
	})
}

// changePublishers changes whose catalogues are taken, and says of whom.
func (w *Window) changePublishers(title, done string, change func(context.Context, site) (scan.Publisher, error)) {
	fetch(w, change, func(p scan.Publisher, err error) {
		if err != nil {
			w.say(w.text(title), w.refusalText(err))
			return
		}
		w.say(w.text(title), w.text(done, report.Clean(p.Name, 80), p.ID))
		w.askPublishers()
	})
}
