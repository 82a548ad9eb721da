package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"houdbaar/internal/history"
	"houdbaar/internal/i18n"
)

// topBar has the name, and what is reachable from everywhere.
func (w *Window) topBar() fyne.CanvasObject {
	name := letters("Houdbaar", theme.ColorNameForeground, theme.SizeNameSubHeadingText, fyne.TextStyle{Bold: true})
	brand := container.NewHBox(picture(fyne.NewStaticResource("icon.svg", w.o.Icon), name.TextSize*1.5), container.NewCenter(name))
	other := i18n.Dutch
	if w.printer.Load().Language() == i18n.Dutch {
		other = i18n.English
	}
	m := &w.model
	buttons := func(worded ...pressStyle) fyne.CanvasObject {
		row := container.New(layout.NewCustomPaddedHBoxLayout(gap))
		add := func(style pressStyle, sign, key string, do func()) *press {
			word := ""
			if slices.Contains(worded, style) && key != "window.menu" {
				word = w.text(key)
			}
			b := w.press(style, sign, word, do)
			b.spoken = w.text(key)
			row.Add(b)
			return b
		}
		if key, to := w.wayBack(); key != "" {
			add(pressPlain, "back", key, func() { w.show(to) })
		}
		if m.screen == screenResults && m.running() {
			if stop := add(pressPrimary, "stop", "window.stop", w.stop); !m.canStop() {
				stop.Disable()
			}
		} else if m.screen == screenResults {
			add(pressPrimary, "scan", "window.scan_again", w.scan)
			if m.result != nil && m.state != stateFailed {
				add(pressPlain, "report", "window.report", w.startReport)
			}
		}
		if w.visits.any && w.practice == nil && m.screen == screenHome {
			add(pressQuiet, "house", "window.visits", w.showVisits)
		}
		if m.screen != screenLabel && m.screen != screenFirst {
			add(pressQuiet, "label", "window.label", w.typeLabel)
		}
		row.Add(w.press(pressQuiet, "language", other.Name(), func() { w.setLanguage(other) }))
		add(pressQuiet, "menu", "window.menu", w.showMenu)
		return row
	}
	return inset(gap, gap, 2*gap, gap, container.New(fits{}, brand,
		buttons(pressPrimary, pressPlain, pressQuiet), buttons(pressPrimary, pressPlain), buttons(pressPrimary), buttons()))
}

// wayBack is the button that leads back from a screen: its words and where to.
func (w *Window) wayBack() (key string, to screen) {
	m := &w.model
	behind := m.behind()
	switch {
	case m.screen == screenHome, m.screen == screenFirst:
		return "", screenHome
	case m.screen == screenResults && (m.reopened || w.visiting()),
		(m.screen == screenChanges || m.screen == screenReport) && behind == screenVisit:
		if !w.visiting() {
			return "visit.show_home", screenVisit
		}
		return "visit.show", screenVisit
	case m.screen == screenResults:
		return "", screenHome
	case m.screen == screenVisit && behind == screenVisits:
		return "window.visits", screenVisits
	case m.state != stateNone:
		return "window.results", screenResults
	}
	return "window.home", screenHome
}

// showVisits goes to the list of visits.
func (w *Window) showVisits() { w.show(screenVisits) }

// about says to screen readers what a button is about, where several have one word.
func (w *Window) about(b *press, what string) *press {
	b.spoken = b.text + ": " + what
	return b
}

func (w *Window) showMenu() {
	menu := fyne.NewMenu("")
	add := func(key string, do func()) { menu.Items = append(menu.Items, fyne.NewMenuItem(w.text(key), do)) }
	lead := func(key string, s screen) { add(key, func() { w.show(s) }) }
	lead("window.settings", screenSettings)
	lead("window.horizon", screenHorizon)
	lead("window.catalogue", screenCatalogue)
	lead("window.checkup", screenDoctor)
	if w.practice == nil {
		if _, ok := w.visits.ownRow(); ok && !w.visiting() {
			add("window.earlier", func() { w.openVisit(history.Home) })
		}
		add("window.visits", w.showVisits)
	}
	if w.model.result != nil && !w.model.running() {
		add("window.report", w.startReport)
	}
	switch {
	case w.practice != nil:
		add("practice.leave", w.leavePractice)
	case w.o.Practice != nil && !w.model.running() && !w.visiting():
		add("window.practice", w.enterPractice)
	}
	menu.Items = append(menu.Items, fyne.NewMenuItemSeparator())
	lead("window.sends", screenSends)
	lead("window.help", screenHelp)
	lead("window.about", screenAbout)
	pop := widget.NewPopUpMenu(menu, w.win.Canvas())
	// Not where the button stands: Fyne knows that of no object before it is painted, and
	// the bar may be a moment old.
	pop.ShowAtPosition(fyne.NewPos(w.win.Canvas().Size().Width-gap-pop.MinSize().Width, w.top.Size().Height-gap+4))
}

// fits shows its first object left and, right, the first of the others that is not too
// wide, or else the last.
type fits struct{}

func (fits) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left := o[0].MinSize().Width
	place(o[0], 0, 0, left, size.Height)
	use := 1
	for use < len(o)-1 && left+2*gap+o[use].MinSize().Width > size.Width {
		use++
	}
	for i, one := range o[1:] {
		if i+1 != use {
			one.Hide()
		}
	}
	o[use].Show()
	least := o[use].MinSize()
	place(o[use], size.Width-least.Width, (size.Height-least.Height)/2, least.Width, least.Height)
}

func (fits) MinSize(o []fyne.CanvasObject) fyne.Size {
	least := fyne.NewSize(o[0].MinSize().Width+o[len(o)-1].MinSize().Width, 0)
	for _, one := range o {
		least.Height = max(least.Height, one.MinSize().Height)
	}
	return least
}
