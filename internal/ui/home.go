package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"houdbaar/internal/history"
	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

// homeScreen asks one question and has one large button.
func (w *Window) homeScreen() fyne.CanvasObject {
	w.network = prose("", centred)
	w.showNetwork()
	change := container.NewCenter()
	if w.practice == nil { // the practice house has but one network
		change.Add(w.press(pressQuiet, "", w.text("home.change_network"), func() { w.show(screenSettings) }))
	}
	promise := func(sign, key string) fyne.CanvasObject {
		return beside(w.sign(sign), prose(w.text(key)))
	}
	content := stack(0,
		prose(w.text("home.question"), question, centred),
		inset(0, 2*gap, 0, 0, prose(w.text("home.what"), centred, muted)),
		container.NewCenter(w.press(pressLarge, "scan", w.text("home.scan"), w.scan)),
		inset(gap, 0, 0, 0, w.network),
		change,
		inset(3*gap, gap, 0, 0, container.New(column{widest: 560 * w.textSize, middle: true},
			panel(stack(0,
				promise("lock", "home.promise_stays"),
				promise("info", "home.promise_asks"))))),
		prose(w.text("home.missing"), centred),
		container.NewCenter(w.press(pressQuiet, "label", w.text("home.label"), w.typeLabel)),
	)
	if w.model.state != stateNone {
		content.Add(container.NewCenter(w.press(pressQuiet, "back", w.text("window.results"), func() { w.show(screenResults) })))
	}
	if row, ok := w.visits.ownRow(); ok && !w.visiting() && w.practice == nil {
		content.Add(container.NewCenter(w.press(pressQuiet, "horizon", w.text("home.earlier", w.printer.Load().Date(row.Last.Started.Local())), func() { w.openVisit(history.Home) })))
	}
	w.scroller = inTheMiddle(2*gap, 2*gap, 720*w.textSize, content)
	return w.scroller
}

// used lists the interfaces a scan would use now.
func (w *Window) used() []scan.Interface {
	all := slices.Clone(w.interfaces)
	for i := range all {
		if len(w.chosen) > 0 {
			all[i].Used = slices.Contains(w.chosen, all[i].Name)
		}
	}
	return all
}

// showNetwork says on the home screen which network a scan would be on.
func (w *Window) showNetwork() {
	if w.network == nil {
		return
	}
	line := w.text("home.network_asking")
	if w.practice != nil {
		line = w.text("practice.network")
	} else if w.asked {
		line = w.text("home.network", report.NetworkLine(w.printer.Load(), w.used()))
	}
	setProse(w.network, line)
}
