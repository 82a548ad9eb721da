package ui

import (
	"context"
	"path/filepath"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"houdbaar/internal/i18n"
	"houdbaar/internal/report"
)

// horizons are the choices of how far ahead an end of updates counts as near, in
// months.
var horizons = []int{6, 12, 24}

// usualHorizon is the choice of who never chose.
const usualHorizon = 12

// monthLong is a month on average: a horizon is no date.
const monthLong = 365 * 24 * time.Hour / 12

func (w *Window) settingsPage() fyne.CanvasObject {
	textSize := textSizes[0] // the command line may give one between
	for _, k := range textSizes {
		if w.textSize >= k {
			textSize = k
		}
	}
	percent := func(k float32) string { return w.text("settings.text_size_percent", int(k*100)) }
	ahead := func(months int) string { return w.text("settings.horizon_months", months) }
	return w.page(w.text("window.settings"),
		w.section(w.text("settings.language"), choose(w, i18n.Languages, w.printer.Load().Language(), i18n.Language.Name, w.setLanguage)),
		w.section(w.text("settings.text_size"), choose(w, textSizes, textSize, percent, w.setTextSize)),
		w.section(w.text("settings.look"), choose(w, looks, w.look, func(l look) string { return w.text("settings.look." + string(l)) }, w.setLook)),
		w.section(w.text("settings.ask"), w.askSwitch(w.text("settings.ask_what")), w.leftAlone()),
		w.section(w.text("settings.networks"), prose(w.text("settings.networks_what"), muted), w.networks()),
		w.section(w.text("settings.horizon"), prose(w.text("settings.horizon_what"), muted), choose(w, horizons, w.months, ahead, w.setHorizon)),
		w.section(w.text("settings.kept"), w.kept()),
	)
}

// askSwitch is the switch "Ask routers and cameras directly".
func (w *Window) askSwitch(why string) fyne.CanvasObject {
	box := w.tick(w.text("settings.ask_switch"), !w.quiet, func(on bool) { w.setQuiet(!on) })
	return inset(0, 0, gap, 0, explained(-gap, box, why))
}

// leftAlone lists the devices that are not asked directly, each to be taken off.
func (w *Window) leftAlone() fyne.CanvasObject {
	if len(w.alone) == 0 {
		return prose(w.text("settings.leave_none"), small, muted)
	}
	return flush(stack(0, prose(w.count("settings.leave", len(w.alone)), small),
		container.NewHBox(w.press(pressQuiet, "", w.text("settings.leave_clear"), func() { w.setLeave(nil); w.build() }))))
}

// kept says where results and what people said are kept, and forgets them.
func (w *Window) kept() fyne.CanvasObject {
	if w.book.Path() == "" {
		return prose(w.text("settings.kept_nowhere"))
	}
	where := filepath.Dir(w.book.Path())
	block := stack(-gap/2, prose(w.text("settings.kept_what")), prose(where, small, muted))
	if w.practice == nil {
		block.Add(inset(0, gap, 0, 0, w.keepFor()))
		block.Add(container.NewHBox(w.copyButton(w.text("settings.kept_copy"), where),
			w.press(pressQuiet, "remove", w.text("settings.erase"), w.askErase)))
	}
	return block
}

// keepings are the choices of how long scans are kept, in days; 0 = until a person
// forgets them.
var keepings = []int{0, 30, 90, 365, 730}

// keepFor is the choice of how long scans are kept.
func (w *Window) keepFor() fyne.CanvasObject {
	days := slices.Clone(keepings)
	if !slices.Contains(days, w.keepDays) {
		days = append(days, w.keepDays) // it was set at the prompt
	}
	name := func(n int) string {
		switch {
		case n == 0:
			return w.text("settings.keep_always")
		case n%365 == 0:
			return w.count("settings.keep_years", n/365)
		}
		return w.count("settings.keep", n)
	}
	return stack(-gap/2, prose(w.text("settings.keep_what"), muted), choose(w, days, w.keepDays, name, w.setKeepDays))
}

// askKeepDays asks how long scans are kept.
func (w *Window) askKeepDays() {
	fetch(w, func(ctx context.Context, at site) (int, error) { return at.book.Keep(ctx) }, func(days int, err error) {
		if err == nil && days != w.keepDays {
			w.keepDays = days
			w.rebuild(screenSettings)
		}
	})
}

// setKeepDays sets how long scans are kept. What is older goes at once, so that is asked
// before.
func (w *Window) setKeepDays(days int) {
	set := func() {
		fetch(w, func(ctx context.Context, at site) (forgotten int, err error) {
			if err := at.book.SetKeep(ctx, days); err != nil {
				return 0, err
			}
			return at.book.Tidy(ctx)
		}, func(forgotten int, err error) {
			if err != nil {
				w.say(w.text("said.not_kept"), w.lossText(err))
			} else {
				w.keepDays = days
			}
			if forgotten > 0 {
				w.say(w.text("settings.kept"), w.count("ctl.visit.forgotten.old", forgotten))
			}
			w.askVisits()
			w.rebuild(screenSettings)
		})
	}
	if days == 0 {
		set()
		return
	}
	w.rebuild(screenSettings) // what was chosen before stands until the answer is yes
	w.ask(w.text("settings.kept"), w.text("settings.keep_ask"), w.text("settings.keep_yes"), set)
}

// askErase asks once more, and forgets everything.
func (w *Window) askErase() {
	if w.busyScanning(w.text("settings.erase")) {
		return
	}
	w.ask(w.text("settings.erase"), w.text("settings.erase_ask"), w.text("settings.erase_yes"), func() {
		w.away(func(ctx context.Context, at site) error { return at.book.Erase(ctx) }, func(err error) {
			if err != nil {
				w.say(w.text("settings.erase"), w.lossText(err))
				return
			}
			p := w.app.Preferences()
			w.setLeave(nil)
			for _, key := range preferences {
				p.RemoveValue(key)
			}
			w.delivery.address = ""
			if w.visiting() {
				w.goHome()
			}
			w.model, w.number = model{screen: screenHome}, 0
			w.said, w.label, w.visits, w.diary, w.keepDays = nil, nil, visitList{asked: w.visits.asked}, visitOnScreen{}, 0
			w.build()
			w.askVisits()
			w.say(w.text("settings.erase"), w.text("settings.erased"))
		})
	})
}

// use tells the engine what a person set. The usual horizon is left to the engine.
func (w *Window) use() {
	wishes := Wishes{Quiet: w.quiet, Leave: w.alone}
	if w.months != usualHorizon {
		wishes.Horizon = time.Duration(w.months) * monthLong
	}
	w.engine.Use(wishes)
}

func (w *Window) setHorizon(months int) {
	if months == w.months {
		return
	}
	w.app.Preferences().SetInt(prefHorizon, months)
	w.months = months
	w.use()
	w.judgeAgain(nil)
}

// setQuiet switches the direct questions off or on.
func (w *Window) setQuiet(quiet bool) {
	w.quiet = quiet
	w.app.Preferences().SetBool(prefQuiet, quiet)
	w.use()
}

// setLeave sets which devices are not asked directly.
func (w *Window) setLeave(ids []string) {
	w.alone = ids
	if w.practice == nil {
		w.app.Preferences().SetStringList(prefLeave, ids)
	}
	w.use()
}

// leave takes one device in or out of the direct questions.
func (w *Window) leave(id string, alone bool) {
	ids := slices.DeleteFunc(slices.Clone(w.alone), func(one string) bool { return one == id })
	if alone {
		ids = append(ids, id)
	}
	w.setLeave(ids)
}

// networks lists this computer's interfaces with a tick for those a scan uses.
func (w *Window) networks() fyne.CanvasObject {
	if !w.asked {
		return prose(w.text("home.network_asking"), muted)
	}
	list := stack(0)
	for _, i := range w.used() {
		if i.Why == "loopback" && !slices.Contains(w.chosen, i.Name) {
			continue
		}
		box := w.tick(shown(i.Name, 60), i.Used, func(on bool) { w.chooseInterface(i.Name, on) })
		note := w.text("settings.network_addresses", w.printer.Load().List(i.Addresses))
		if !i.Used && i.Why != "" {
			note = report.WhyUnused(w.printer.Load(), i)
		}
		list.Add(explained(-1.5*gap, box, note))
	}
	if len(list.Objects) == 0 {
		list.Add(prose(w.text("network.none")))
	}
	if len(w.chosen) > 0 {
		list.Add(container.NewHBox(w.press(pressQuiet, "", w.text("settings.networks_auto"), func() { w.chooseInterfaces(nil) })))
	}
	return inset(0, 0, gap, 0, list)
}

// chooseInterface takes one interface in or out of the scan.
func (w *Window) chooseInterface(name string, on bool) {
	var chosen []string
	for _, i := range w.used() {
		if i.Name == name && on || i.Name != name && i.Used {
			chosen = append(chosen, i.Name)
		}
	}
	w.chooseInterfaces(chosen)
}

// chooseInterfaces keeps a choice of interfaces; none means the engine's own choice.
func (w *Window) chooseInterfaces(names []string) {
	w.chosen = names
	w.app.Preferences().SetStringList(prefInterfaces, names)
	w.build()
}
