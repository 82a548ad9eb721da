package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"houdbaar/internal/i18n"
)

// topBar has the name, and what is reachable from everywhere.
func (w *Window) topBar() fyne.CanvasObject {
	name := canvas.NewText("Houdbaar", colour(theme.ColorNameForeground))
	name.TextSize = size(theme.SizeNameSubHeadingText)
	name.TextStyle.Bold = true
	brand := container.NewHBox(picture(fyne.NewStaticResource("icon.svg", w.o.Icon), name.TextSize*1.5), container.NewCenter(name))
	other := i18n.Dutch
	if w.printer.Load().Language() == i18n.Dutch {
		other = i18n.English
	}
	buttons := func(words bool) fyne.CanvasObject {
		word := func(key string) string {
			if words {
				return w.text(key)
			}
			return ""
		}
		row := container.New(layout.NewCustomPaddedHBoxLayout(gap))
		if key, to := w.wayBack(); key != "" {
			row.Add(w.named(w.press(pressPlain, "back", word(key), func() { w.show(to) }), key))
		}
		if w.model.screen == screenResults {
			if w.model.running() {
				stop := w.named(w.press(pressPrimary, "stop", word("window.stop"), w.stop), "window.stop")
				if !w.model.canStop() {
					stop.Disable()
				}
				row.Add(stop)
			} else {
				row.Add(w.named(w.press(pressPrimary, "scan", word("window.scan_again"), w.scan), "window.scan_again"))
				if w.model.result != nil && w.model.state != stateFailed {
					row.Add(w.named(w.press(pressPlain, "report", word("window.report"), w.startReport), "window.report"))
				}
			}
		}
		if w.register.any && w.practice == nil && w.model.screen == screenHome {
			row.Add(w.named(w.press(pressQuiet, "house", word("window.visits"), w.showVisits), "window.visits"))
		}
		if w.model.screen != screenLabel && w.model.screen != screenFirst {
			row.Add(w.named(w.press(pressQuiet, "label", word("window.label"), w.typeLabel), "window.label"))
		}
		tongue := w.press(pressQuiet, "language", other.Name(), func() { w.setLanguage(other) })
		row.Add(tongue)
		row.Add(w.named(w.press(pressQuiet, "menu", "", w.showMenu), "window.menu"))
		return row
	}
	return inset(gap, gap, 2*gap, gap, container.New(fits{}, brand, buttons(true), buttons(false)))
}

// wayBack is the button that leads back from a screen: its words and where to.
func (w *Window) wayBack() (key string, to screen) {
	m := &w.model
	behind := m.behind()
	switch {
	case m.screen == screenHome, m.screen == screenFirst:
		return "", screenHome
	case m.screen == screenResults && (m.kept != nil || w.visiting != ""):
		return "visit.show", screenVisit
	case m.screen == screenResults:
		return "", screenHome
	case (m.screen == screenChanges || m.screen == screenReport) && behind == screenVisit:
		return "visit.show", screenVisit
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

// named gives a button that may stand without a word its name for screen readers.
func (w *Window) named(b *press, key string) *press {
	b.spoken = w.text(key)
	return b
}

func (w *Window) showMenu() {
	entry := func(key string, s screen) *fyne.MenuItem {
		return fyne.NewMenuItem(w.text(key), func() { w.show(s) })
	}
	menu := fyne.NewMenu("",
		entry("window.settings", screenSettings),
		entry("window.horizon", screenHorizon),
		entry("window.catalogue", screenCatalogue),
		entry("window.checkup", screenDoctor))
	if w.practice == nil {
		if _, ok := w.register.ownRow(); ok && w.visiting == "" {
			menu.Items = append(menu.Items, fyne.NewMenuItem(w.text("window.earlier"), func() { w.openVisit("", true) }))
		}
		menu.Items = append(menu.Items, fyne.NewMenuItem(w.text("window.visits"), w.showVisits))
	}
	if w.model.result != nil && !w.model.running() {
		menu.Items = append(menu.Items, fyne.NewMenuItem(w.text("window.report"), w.startReport))
	}
	switch {
	case w.practice != nil:
		menu.Items = append(menu.Items, fyne.NewMenuItem(w.text("practice.leave"), w.leavePractice))
	case w.o.Practice != nil && !w.model.running() && w.visiting == "":
		menu.Items = append(menu.Items, fyne.NewMenuItem(w.text("window.practice"), w.enterPractice))
	}
	menu.Items = append(menu.Items, fyne.NewMenuItemSeparator(),
		entry("window.sends", screenSends),
		entry("window.help", screenHelp),
		entry("window.about", screenAbout))
	pop := widget.NewPopUpMenu(menu, w.win.Canvas())
	// Not where the button stands: Fyne knows that of no object before it is painted, and
	// the bar may be a moment old.
	pop.ShowAtPosition(fyne.NewPos(w.win.Canvas().Size().Width-gap-pop.MinSize().Width, w.top.Size().Height-gap+4))
}

// fits shows its first object left and, right, its second or, where that is too
// wide, its third.
type fits struct{}

func (fits) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left, full, brief := o[0], o[1], o[2]
	left.Resize(fyne.NewSize(left.MinSize().Width, size.Height))
	left.Move(fyne.NewPos(0, 0))
	use, hide := full, brief
	if left.MinSize().Width+2*gap+full.MinSize().Width > size.Width {
		use, hide = brief, full
	}
	hide.Hide()
	use.Show()
	least := use.MinSize()
	use.Resize(least)
	use.Move(fyne.NewPos(size.Width-least.Width, (size.Height-least.Height)/2))
}

func (fits) MinSize(o []fyne.CanvasObject) fyne.Size {
	least := fyne.NewSize(o[0].MinSize().Width+o[2].MinSize().Width, 0)
	for _, one := range o {
		least.Height = max(least.Height, one.MinSize().Height)
	}
	return least
}
