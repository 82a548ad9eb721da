package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// show goes to another screen; from a page, Back leads where it was opened.
func (w *Window) show(s screen) {
	if s == w.model.screen {
		return
	}
	w.model.visit(s)
	switch s {
	case screenSettings:
		w.askInterfaces()
		w.askKeepDays()
	case screenHome:
		w.askInterfaces()
	case screenVisits:
		w.askVisits()
	case screenVisit:
		w.lookAgain()
	case screenCatalogue:
		w.askPublishers()
	}
	w.build()
}

// build makes the window's content anew from the model.
func (w *Window) build() {
	w.leaveField()
	var offset fyne.Position // where the list was; it should not jump because colours change
	onList := false
	if w.results != nil {
		offset = w.results.list.scroll.Offset
		onList = w.results.list.focused
	}
	var read fyne.Position // how far a page was read; it stays there when a choice on it is made
	if w.scroller != nil && w.built == w.model.screen {
		read = w.scroller.Offset
	}
	held, _ := w.win.Canvas().Focused().(*press)
	if w.built != w.model.screen {
		held = nil
	}
	w.built = w.model.screen
	w.results, w.network, w.scroller = nil, nil, nil
	content := w.drawn()[w.model.screen]()
	w.top, w.flags = container.NewStack(w.topBar()), stack(0, w.banners()...)
	w.frame = above(stack(0, w.top, rule(), w.flags), content)
	w.win.SetContent(container.New(anySize{}, w.frame))
	if w.scroller != nil {
		w.scroller.Refresh() // its content knows its height now
		w.scroller.ScrollToOffset(read)
	}
	if held != nil {
		w.holdIn(w.win.Content(), held)
	}
	switch w.model.screen {
	case screenLabel:
		w.focus(w.label.entry)
	case screenCatalogue:
		w.focus(w.catalogue.entry)
	case screenVisits:
		w.focus(w.visits.entry)
	}
	if w.results != nil {
		w.results.list.scroll.ScrollToOffset(offset)
		w.results.list.draw()
		if onList {
			w.focus(w.results.list)
		}
	}
}

// drawn are what draws each screen.
func (w *Window) drawn() map[screen]func() fyne.CanvasObject {
	return map[screen]func() fyne.CanvasObject{
		screenHome:      w.homeScreen,
		screenResults:   w.resultsScreen,
		screenLabel:     w.labelPage,
		screenSettings:  w.settingsPage,
		screenSends:     w.sendsPage,
		screenAbout:     w.aboutPage,
		screenHelp:      w.helpPage,
		screenFirst:     w.firstPage,
		screenDoctor:    w.doctorPage,
		screenReport:    w.reportPage,
		screenCatalogue: w.cataloguePage,
		screenHorizon:   w.horizonPage,
		screenVisits:    w.visitsPage,
		screenVisit:     w.visitPage,
		screenChanges:   w.changesPage,
	}
}

// redraw gives a container other content.
func redraw(c *fyne.Container, content fyne.CanvasObject) {
	c.Objects = []fyne.CanvasObject{content}
	c.Refresh()
}

func (w *Window) back() {
	w.model.leave()
	w.build()
}

// rebuild draws a screen anew if it is the one that is shown.
func (w *Window) rebuild(s screen) {
	if w.model.screen == s {
		w.build()
	}
}
