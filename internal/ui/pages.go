package ui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"houdbaar/internal/lifecycle"
)

// page is a screen of text or settings: a heading and what belongs to it.
func (w *Window) page(title string, parts ...fyne.CanvasObject) fyne.CanvasObject {
	content := stack(gap, prose(title, heading))
	for _, p := range parts {
		content.Add(p)
	}
	w.scroller = container.NewVScroll(inset(2*gap, 4*gap, 2*gap, 2*gap, container.New(column{widest: 680 * w.textSize, middle: true}, content)))
	return w.scroller
}

// without is a page that needs a scan, and says how to come by one.
func (w *Window) without(title, text string) fyne.CanvasObject {
	next := w.press(pressPrimary, "scan", w.text("home.scan"), w.scan)
	if w.model.running() {
		text, next = w.text("window.wait"), w.press(pressPlain, "back", w.text("window.results"), func() { w.show(screenResults) })
	}
	return w.page(title, prose(text), inset(0, 0, gap, gap, container.NewHBox(next)))
}

// section is a subheading with its text below.
func (w *Window) section(title string, parts ...fyne.CanvasObject) *fyne.Container {
	block := stack(-gap/2, prose(title, subhead))
	for _, p := range parts {
		block.Add(p)
	}
	return block
}

func (w *Window) aboutPage() fyne.CanvasObject {
	head := container.NewBorder(nil, nil, flush(picture(fyne.NewStaticResource("icon.svg", w.o.Icon), 64*w.textSize)), nil,
		stack(-gap, prose("Houdbaar", heading), prose(w.text("about.name"), muted)))
	return w.page(w.text("window.about"), head,
		w.section(w.text("about.version"), prose(w.o.Version)),
		w.section(w.text("about.catalogue_head"), prose(w.catalogueText()), prose(w.text("about.catalogue_what"), muted)),
		w.section(w.text("about.limits"), prose(w.text("about.limits.text"))),
		w.fold("licences", w.text("about.licences"), "", func() fyne.CanvasObject { return exactly(w.o.Licences) }, w.build),
	)
}

// helpOrder is the order in which the verdicts are explained: what needs action first.
var helpOrder = []lifecycle.VerdictKind{lifecycle.ReplaceNow, lifecycle.PlanReplacement, lifecycle.CheckLabel,
	lifecycle.UpdateFirmware, lifecycle.SupportedNow, lifecycle.CannotTell}

func (w *Window) helpPage() fyne.CanvasObject {
	keys := container.New(layout.NewFormLayout())
	for i, key := range []string{"Ctrl+R", "Esc", "Ctrl+F", "↑↓", "Enter", "Tab", "F1", "Ctrl+P"} {
		keys.Add(tag(key))
		keys.Add(prose(w.text("help.key." + strconv.Itoa(i+1))))
	}
	signs := stack(gap / 2)
	for _, v := range helpOrder {
		signs.Add(stack(-gap/2, container.NewHBox(inset(0, 0, gap, 0, w.chip(v, w.text("chip."+v.String())))), prose(w.text("help.verdict."+v.String()))))
	}
	parts := []fyne.CanvasObject{w.section(w.text("help.verdicts"), inset(gap, 0, 0, 0, signs))}
	for _, part := range []string{"unknown", "missing", "provider"} {
		parts = append(parts, w.section(w.text("help."+part), prose(w.text("help."+part+".text"))))
	}
	parts = append(parts, w.section(w.text("help.keys"), keys))
	return w.page(w.text("window.help"), parts...)
}

// firstPage is what a person reads once: what it does, what it sends, whose network.
func (w *Window) firstPage() fyne.CanvasObject {
	cards := stack(gap)
	for _, c := range []struct{ sign, key, words string }{{"scan", "first.does", "first.does.text"}, {"lock", "first.sends", "first.sends.text"}, {"house", "first.whose", "first.whose.text"}} {
		block := stack(-gap/2, prose(w.text(c.key), subhead), prose(w.text(c.words)))
		if c.key == "first.sends" {
			block.Add(w.askSwitch(w.text("first.ask_what")))
		}
		cards.Add(w.remark(c.sign, block))
	}
	page := w.page(w.text("first.welcome"), cards)
	return container.New(footed{}, page, inset(gap, 2*gap, 0, 0, container.NewCenter(w.press(pressLarge, "", w.text("first.go"), w.closeFirst))))
}

// closeFirst goes from the first cards to the home screen; they do not come again.
func (w *Window) closeFirst() {
	w.app.Preferences().SetBool(prefFirst, true)
	w.model.screen = screenHome
	w.build()
}
